//! The stage: the program at its desk with its clock, the running service, who is signed in, and the shelf of reports.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    fs,
    io::Write as _,
    process::Stdio,
};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use nachweis_demo::programme::{self, Instalment};
use nachweis_domain::round::shipped_text;
use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::{
    program::{Desk, Run},
    service::{Person, Service},
};

use super::{cast::Cast, shelf::Shelf};

/// The rule that is on trial all year.
pub(super) const TRIED: &str = "FIN-06";
/// The password that everybody types in the play.
const PASSWORD: &str = "sieben Birnbäume am Kanal";

/// Everything that the script needs.
pub(super) struct Stage {
    /// Who plays.
    pub(super) cast: Cast,
    /// The desk of the command line.
    pub(super) desk: Desk,
    /// The running service.
    pub(super) service: Service,
    /// The database, which outlives everything.
    pub(super) database: TestDatabase,
    /// The reports as they were issued.
    pub(super) shelf: Shelf,
    pending: VecDeque<Instalment>,
    today: Option<NaiveDate>,
    /// Access tokens of the day.
    tokens: RefCell<BTreeMap<String, String>>,
}

/// A moment of a day, by the hour.
pub(super) fn at(day: NaiveDate, hour: u32) -> DateTime<Utc> {
    day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour"))
        .and_utc()
}

/// A day as it is written.
pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

impl Stage {
    /// The first morning: a new database, the programme as it was awarded, an account for everybody, a running service.
    pub(super) fn opened(backend: Backend, first: &str) -> Self {
        let cast = Cast::gathered();
        let database = TestDatabase::empty(backend);
        let desk = Desk::on(&database.url().to_string()).with_clock(at(day(first), 8));
        try_a_rule(&desk);
        ran(&desk.run(["migrate"]));
        record(&desk, "programm", &programme::write(&cast.base));
        for (name, role, scope) in people(&cast) {
            add_account(&desk, &name);
            let mut arguments = vec!["grant", &name, role];
            arguments.extend(scope.iter().map(String::as_str));
            ran(&desk.run(arguments));
        }
        let service = Service::of(&desk);
        Self {
            pending: cast.instalments.clone().into(),
            cast,
            desk,
            service,
            database,
            shelf: Shelf::default(),
            today: Some(day(first)),
            tokens: RefCell::default(),
        }
    }

    /// The next day of the script begins. The day before is closed first; what the office records in between is recorded on
    /// its own day.
    pub(super) fn on(&mut self, text: &str) {
        let next = day(text);
        self.evening();
        while let Some(instalment) = self.pending.pop_front_if(|one| one.day <= next) {
            let own = instalment.day.max(self.today.unwrap_or(instalment.day));
            self.desk.turn_to(at(own, 7));
            record(
                &self.desk,
                &instalment.name,
                &programme::write(&instalment.import),
            );
            if own < next {
                self.today = Some(own);
                self.evening();
            }
        }
        self.today = Some(next);
        self.turn_to(at(next, 8));
    }

    /// The evening of the day: the reports are fetched and kept.
    pub(super) fn evening(&mut self) {
        if let Some(today) = self.today.take() {
            self.turn_to(at(today, 18));
            let (manager, auditor) = (self.person("mia"), self.person("anna"));
            let round = &self.cast.round.code;
            let fetched = self.shelf.fetched(at(today, 18), &manager, &auditor, round);
            self.shelf.keep(fetched);
        }
    }

    /// Turns the clock; tokens of another hour are forgotten.
    fn turn_to(&self, moment: DateTime<Utc>) {
        self.desk.turn_to(moment);
        self.tokens.borrow_mut().clear();
    }

    /// Somebody who is signed in: with the password on the first day, with a token made at the command line later.
    pub(super) fn person(&self, name: &str) -> Person<'_> {
        let known = self.tokens.borrow().get(name).cloned();
        let token = known.unwrap_or_else(|| {
            if self.shelf.is_empty() {
                return self.service.sign_in(name, PASSWORD).token().to_owned();
            }
            ran(&self.desk.run(["token", name])).trim().to_owned()
        });
        self.tokens.borrow_mut().insert(name.to_owned(), token.clone());
        self.service.bearing(&token)
    }

    /// Runs the program, which must end well, and gives what it printed.
    pub(super) fn run(&self, arguments: &[&str]) -> String {
        ran(&self.desk.run(arguments))
    }

    /// A new account with the password of the play.
    pub(super) fn add_account(&self, name: &str) {
        add_account(&self.desk, name);
    }

    /// The service is killed and started again.
    pub(super) fn restart(&mut self) {
        self.service = Service::of(&self.desk);
    }
}

/// The round of the year, in which a rule is on trial: that voucher numbers occur once.
fn try_a_rule(desk: &Desk) {
    let text = shipped_text("2023-2025").expect("the round ships");
    let tried = text.replacen("\"2023-2025.2\"", "\"2023-2025.3\"", 1);
    assert_ne!(tried, text, "the round has a version of its own");
    let shadow = format!("{tried}\n[[rules]]\ncode = \"{TRIED}\"\nmode = \"shadow\"\n");
    fs::write(desk.file("round.toml"), shadow).expect("the folder can be written");
    fs::write(desk.file("nachweis.toml"), "round_files = [\"round.toml\"]\n")
        .expect("the folder can be written");
}

/// What a run printed that must have ended well.
pub(super) fn ran(run: &Run) -> String {
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout.clone()
}

/// Name, role and scope of everybody but the leads, and a lead for each subproject.
fn people(cast: &Cast) -> Vec<(String, &'static str, Vec<String>)> {
    let all = || vec!["--all".to_owned()];
    let network = vec!["--network".to_owned(), cast.network.to_string()];
    let mut people = vec![
        ("mia".to_owned(), "manager", all()),
        ("max".to_owned(), "manager", all()),
        ("cora".to_owned(), "coordinator", network),
        ("anna".to_owned(), "auditor", all()),
    ];
    for (number, no) in cast.numbers.iter().enumerate() {
        people.push((
            format!("lead-{number}"),
            "lead",
            vec!["--subproject".to_owned(), no.to_string()],
        ));
    }
    people
}

fn add_account(desk: &Desk, name: &str) {
    let mut child = desk
        .command()
        .args(["user", "add", name])
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut typed = child.stdin.take().expect("standard input");
    writeln!(typed, "{PASSWORD}").expect("typed");
    drop(typed);
    assert!(child.wait().expect("it ends").success(), "{name}");
}

/// Records a programme file as the office does.
fn record(desk: &Desk, name: &str, text: &str) {
    let file = format!("{name}.csv");
    fs::write(desk.file(&file), text).expect("the folder can be written");
    ran(&desk.run(["programme", "import", &file]));
}
