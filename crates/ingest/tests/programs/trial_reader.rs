//! The smallest program with a confined reader: nothing but `worker_main`. Only tests run it.

fn main() -> std::process::ExitCode {
    nachweis_ingest::worker_main()
}
