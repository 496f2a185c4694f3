//! The confined child: `nachweis ingest-worker`. It limits itself, reads files from standard input and answers on
//! standard output; it opens no file, knows no environment, and says nothing on standard error.

use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

use nachweis_domain::{limits, round::FundingRound};
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::Serialize;

use crate::{
    frame::{self, Kind},
    read_here,
    refusal::Refusal,
    table::read_table_here,
};

/// The argument that makes the program a confined reader.
pub const WORKER_ARGUMENT: &str = "ingest-worker";

/// The body of `nachweis ingest-worker`: limits first, then files until the input ends.
pub fn worker_main() -> ExitCode {
    if confine_this_process().is_err() {
        return ExitCode::from(2);
    }
    match serve(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_broken_pipe_or_message) => ExitCode::FAILURE,
    }
}

/// Takes away from this process what reading a workbook does not need: memory, processor time, files, core dumps.
///
/// # Errors
/// When the system refuses to set a limit.
pub fn confine_this_process() -> io::Result<()> {
    let both = |value| Rlimit {
        current: Some(value),
        maximum: Some(value),
    };
    setrlimit(Resource::As, both(limits::WORKER_MEMORY.value))?;
    setrlimit(Resource::Fsize, both(0))?;
    setrlimit(Resource::Nofile, both(limits::WORKER_FILES.value))?;
    setrlimit(Resource::Core, both(0))?;
    limit_cpu(1)
}

/// Allows processor time for so many files.
fn limit_cpu(files: u64) -> io::Result<()> {
    let most = limits::WORKER_CPU.value * limits::WORKER_BATCH.value;
    let limit = Rlimit {
        current: Some((limits::WORKER_CPU.value * files).min(most)),
        maximum: Some(most),
    };
    Ok(setrlimit(Resource::Cpu, limit)?)
}

/// Answers each file until the input ends.
fn serve(input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    let mut rounds: Vec<FundingRound> = Vec::new();
    while let Some((kind, content)) = frame::read(input, limits::FRAME_REQUEST)? {
        match kind {
            Kind::Opening => {
                let (files, known) = postcard::from_bytes(&content).map_err(io::Error::other)?;
                limit_cpu(files)?;
                rounds = known;
            }
            Kind::Workbook => answer(output, read_here(&rounds, &content))?,
            Kind::List => answer(output, read_table_here(&content))?,
            Kind::Done | Kind::Refused => return Err(io::ErrorKind::InvalidData.into()),
        }
    }
    Ok(())
}

fn answer<T: Serialize>(output: &mut dyn Write, read: Result<T, Refusal>) -> io::Result<()> {
    let (kind, content) = match read {
        Ok(read) => (Kind::Done, postcard::to_stdvec(&read)),
        Err(refusal) => (Kind::Refused, postcard::to_stdvec(&refusal)),
    };
    frame::write(output, kind, &content.map_err(io::Error::other)?)
}
