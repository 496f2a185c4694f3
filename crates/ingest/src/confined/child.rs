//! One confined child: started without environment, spoken to by frames, ended from outside when it takes too long.

use std::{
    io,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{self, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use nachweis_domain::{limits, round::FundingRound};
use serde::de::DeserializeOwned;

use super::Stopped;
use crate::{
    WORKER_ARGUMENT,
    failure::WorkerEnd,
    frame::{self, Kind},
};

/// The signal of the system for used-up processor time, on Linux.
const SIGXCPU: i32 = 24;

/// A running child.
#[derive(Debug)]
pub(super) struct Child {
    process: Arc<Mutex<process::Child>>,
    input: ChildStdin,
    output: ChildStdout,
    /// The first message, until it is sent.
    opening: Option<Vec<u8>>,
    watchdog: Sender<Watch>,
    /// Whether the watchdog ended the child.
    overdue: Arc<AtomicBool>,
}

/// What the watchdog is told.
#[derive(Debug)]
enum Watch {
    Begin,
    End,
}

impl Child {
    /// Starts a child for so many files; an answer may take as long as `patience`.
    pub(super) fn start(
        program: &Path,
        rounds: &[FundingRound],
        files: u64,
        patience: Duration,
    ) -> io::Result<Self> {
        let mut process = Command::new(program)
            .arg(WORKER_ARGUMENT)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (input, output) = pipes.ok_or(io::ErrorKind::BrokenPipe)?;
        let process = Arc::new(Mutex::new(process));
        let overdue = Arc::new(AtomicBool::new(false));
        Ok(Self {
            watchdog: watch(Arc::clone(&process), Arc::clone(&overdue), patience),
            overdue,
            process,
            input,
            output,
            opening: Some(postcard::to_stdvec(&(files, rounds)).map_err(io::Error::other)?),
        })
    }

    /// Sends a file and waits for the answer.
    pub(super) fn ask<T: DeserializeOwned>(&mut self, kind: Kind, bytes: &[u8]) -> Result<T, Stopped> {
        // A watchdog that is gone cannot be told; then the limits of the child itself still hold.
        let _ = self.watchdog.send(Watch::Begin);
        let answer = self.exchange(kind, bytes);
        let _ = self.watchdog.send(Watch::End);
        match answer {
            Ok(Some((Kind::Done, content))) => {
                postcard::from_bytes(&content).map_err(|_no_reading| self.end(WorkerEnd::Answer))
            }
            Ok(Some((Kind::Refused, content))) => Err(postcard::from_bytes(&content).map_or_else(
                |_no_refusal| self.end(WorkerEnd::Answer),
                |refusal| Stopped::Refused(Box::new(refusal)),
            )),
            Ok(Some(_)) => Err(self.end(WorkerEnd::Answer)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(self.end(WorkerEnd::Answer)),
            Ok(None) | Err(_) => Err(self.end(WorkerEnd::Crash)),
        }
    }

    fn exchange(&mut self, kind: Kind, bytes: &[u8]) -> io::Result<Option<(Kind, Vec<u8>)>> {
        if let Some(opening) = self.opening.take() {
            frame::write(&mut self.input, Kind::Opening, &opening)?;
        }
        frame::write(&mut self.input, kind, bytes)?;
        frame::read(&mut self.output, limits::FRAME_RESPONSE)
    }

    /// Ends the child and says why it ended, if the system knows better.
    fn end(&self, guess: WorkerEnd) -> Stopped {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        if guess == WorkerEnd::Answer {
            // It is still there and must not go on; a child that is gone cannot be ended twice.
            let _ = process.kill();
        }
        let signal = process.wait().ok().and_then(|status| status.signal());
        Stopped::Ended(match (guess, signal) {
            (WorkerEnd::Crash, _) if self.overdue.load(Ordering::SeqCst) => WorkerEnd::Wall,
            (WorkerEnd::Crash, Some(SIGXCPU)) => WorkerEnd::Cpu,
            (guess, _) => guess,
        })
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        // Errors mean that it has ended already.
        let _ = process.kill();
        let _ = process.wait();
    }
}

/// Ends the child when an answer takes longer than `patience`.
fn watch(process: Arc<Mutex<process::Child>>, overdue: Arc<AtomicBool>, patience: Duration) -> Sender<Watch> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(watch) = receiver.recv() {
            if matches!(watch, Watch::End) {
                continue;
            }
            let answered = receiver.recv_timeout(patience);
            if matches!(answered, Err(RecvTimeoutError::Timeout)) {
                overdue.store(true, Ordering::SeqCst);
                let mut process = process.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = process.kill();
            }
        }
    });
    sender
}
