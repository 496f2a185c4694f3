//! The program `nachweis` as a user runs it.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use chrono::{DateTime, Utc};

/// Where the program is: `NACHWEIS_TEST_PROGRAM`, or the debug build of this workspace.
///
/// # Panics
/// When neither is there; says how to build it.
pub fn program() -> PathBuf {
    if let Some(path) = std::env::var_os("NACHWEIS_TEST_PROGRAM") {
        return path.into();
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        PathBuf::from,
    );
    let path = target.join("debug/nachweis");
    if path.exists() {
        return path;
    }
    panic!(
        "{} is missing: run ./tests/run, or cargo build -p nachweis-cli first",
        path.display()
    );
}

/// The file of a desk's folder that holds the moment its clock shows.
const CLOCK: &str = "moment";

/// The library that shows programs another time than that of the machine.
fn clock_library() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").expect("there are libraries");
    folders
        .map(|folder| {
            folder
                .expect("a folder")
                .path()
                .join("faketime/libfaketimeMT.so.1")
        })
        .find(|library| library.exists())
        .unwrap_or_else(|| panic!("libfaketime is missing: run ./tests/run, or apt-get install libfaketime"))
}

/// What a run of the program left.
#[derive(Debug)]
pub struct Run {
    /// Its exit status.
    pub status: i32,
    /// What it printed on standard output.
    pub stdout: String,
    /// What it printed on standard error.
    pub stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// The program in a folder of its own, with a database and no settings from outside.
#[derive(Debug)]
pub struct Desk {
    folder: tempfile::TempDir,
    database_url: String,
    has_clock: bool,
}

impl Desk {
    /// A desk with an embedded database.
    ///
    /// # Panics
    /// When no folder can be made.
    pub fn embedded() -> Self {
        let folder = tempfile::tempdir().expect("a folder of its own");
        let database_url = format!("sqlite://{}", folder.path().join("nachweis.db").display());
        Self {
            folder,
            database_url,
            has_clock: false,
        }
    }

    /// A desk with a database at this address.
    ///
    /// # Panics
    /// When no folder can be made.
    pub fn on(database_url: &str) -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder of its own"),
            database_url: database_url.to_owned(),
            has_clock: false,
        }
    }

    /// The desk with a clock on it that shows this moment until it is turned: every program that is started here, also one
    /// that runs for a year, goes by it.
    ///
    /// # Panics
    /// When the folder cannot be written.
    #[must_use]
    pub fn with_clock(mut self, now: DateTime<Utc>) -> Self {
        self.has_clock = true;
        self.turn_to(now);
        self
    }

    /// Turns the clock. A running program never sees half of the new moment.
    ///
    /// # Panics
    /// When the folder cannot be written.
    pub fn turn_to(&self, now: DateTime<Utc>) {
        let next = self.file("next-moment");
        fs::write(&next, format!("{}\n", now.format("%Y-%m-%d %H:%M:%S")))
            .expect("the folder can be written");
        fs::rename(next, self.file(CLOCK)).expect("the folder can be written");
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with this desk's settings; arguments are added by the caller.
    pub fn command(&self) -> Command {
        let mut command = Command::new(program());
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("NACHWEIS_DATABASE_URL", &self.database_url)
            .env("NACHWEIS_TOKEN_KEY", "0123456789abcdef".repeat(4))
            .env("NACHWEIS_SEAL_KEY", "fedcba9876543210".repeat(4));
        if self.has_clock {
            command
                .env("LD_PRELOAD", clock_library())
                .env("FAKETIME_TIMESTAMP_FILE", self.file(CLOCK))
                .env("FAKETIME_NO_CACHE", "1")
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .env("TZ", "UTC0");
        }
        command
    }

    /// The program with this desk's settings, for which time passes so many times as fast, also while it sleeps.
    pub fn hurried(&self, times: u32) -> Command {
        let mut command = self.command();
        command
            .env("LD_PRELOAD", clock_library())
            .env("FAKETIME", format!("+0 x{times}"))
            .env("TZ", "UTC0");
        command
    }

    /// The program in this desk's folder without any setting: for commands that name a settings file.
    pub fn bare_command(&self) -> Command {
        let mut command = Command::new(program());
        command.current_dir(self.folder.path()).env_clear();
        command
    }

    /// Runs the program to its end.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn run<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, arguments: I) -> Run {
        self.command()
            .args(arguments)
            .output()
            .expect("the program starts")
            .into()
    }
}
