//! A confined reader that misbehaves on command, to prove its limits: the first byte of the "workbook" says how.
//!
//! Only tests run it. The program's own confined reader knows no such commands.

use std::{
    env,
    hint::black_box,
    io::{self, Read, Write},
    process::ExitCode,
    thread,
    time::Duration,
};

use nachweis_ingest::confine_this_process;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Bytes before the content of a message: its kind and length.
const HEAD: usize = 5;

fn main() -> ExitCode {
    if env::vars_os().next().is_some() {
        // The child must know nothing of the environment.
        return ExitCode::FAILURE;
    }
    if env::args().nth(1).is_some_and(|argument| argument == "limits") {
        return show_limits();
    }
    match misbehave() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn misbehave() -> io::Result<()> {
    confine_this_process()?;
    // The opening message, then the file.
    message()?;
    let file = message()?;
    match file.first() {
        Some(b'm') => {
            let mut kept = Vec::new();
            loop {
                kept.push(black_box(vec![1_u8; 16 * 1024 * 1024]));
            }
        }
        Some(b's') => {
            // A second instead of ten, so that tests stay short.
            let second = Rlimit {
                current: Some(1),
                maximum: Some(2),
            };
            setrlimit(Resource::Cpu, second)?;
            loop {
                black_box(0_u64);
            }
        }
        Some(b'w') => loop {
            thread::sleep(Duration::from_mins(1));
        },
        // An answer that claims four gigabytes, and one of a foreign kind.
        Some(b'h') => io::stdout().write_all(b"D\xff\xff\xff\xffabc"),
        Some(b'k') => io::stdout().write_all(b"X\x03\0\0\0abc"),
        // A complete answer that is no reading.
        Some(b'g') => io::stdout().write_all(b"D\x03\0\0\0abc"),
        Some(b'f') => std::fs::write("/tmp/nachweis-unruly", b"x"),
        _ => Ok(()),
    }
}

/// Prints the limits that a confined reader gives itself.
fn show_limits() -> ExitCode {
    if confine_this_process().is_err() {
        return ExitCode::FAILURE;
    }
    let limits = [
        Resource::As,
        Resource::Cpu,
        Resource::Fsize,
        Resource::Nofile,
        Resource::Core,
    ];
    let shown = limits.map(|resource| {
        getrlimit(resource)
            .current
            .map_or(String::new(), |limit| limit.to_string())
    });
    match io::stdout().write_all(shown.join(" ").as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn message() -> io::Result<Vec<u8>> {
    let mut head = [0; HEAD];
    io::stdin().read_exact(&mut head)?;
    let [_, length @ ..] = head;
    let mut content = Vec::new();
    io::stdin()
        .take(u64::from(u32::from_le_bytes(length)))
        .read_to_end(&mut content)?;
    Ok(content)
}
