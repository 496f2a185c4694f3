//! Requests by chance, made from the service's own document: whatever comes, the answer is one that the document states.
//!
//! For every operation there are requests that fit and requests with broken paths, parameters, heads and bodies, of people
//! with different roles, and ids of earlier answers go into later requests. A failure names its seed and the request.

use std::collections::BTreeMap;

use nachweis_api::ApiSettings;
use nachweis_domain::access::Role;
use nachweis_service::{Account, Clock, Pass, Quiet, Service, VerifyRequest};
use nachweis_store::testing::Backend;
use serde_json::{Value, json};

mod broken;
mod dice;
mod judge;
mod memory;
mod operation;
mod request;
mod schema;
mod value;
mod wire;

use broken::{Excused, broken};
use dice::Dice;
use memory::Memory;
use operation::Operation;
use request::Request;

use crate::{
    documents,
    issuer_stage::settings_of,
    people::{self, PASSWORD},
    world::{World, api_settings},
};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] =
    crate::tests![whatever_is_asked_the_answer_is_one_that_the_document_states];

/// The seed of the run.
const SEED: u64 = 20_261_126;

/// How many requests are made: more in the long run.
fn requests() -> usize {
    if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        10_000
    } else {
        300
    }
}

fn whatever_is_asked_the_answer_is_one_that_the_document_states(backend: Backend) {
    let settings = ApiSettings {
        // Nobody listens there: 502 is stated for it.
        issuers: vec![settings_of("login", "http://127.0.0.1:1")],
        uploads_per_hour: 1_000_000,
        ..api_settings()
    };
    let world = World::under(backend, 4, Clock::system(), settings);
    let mut run = Run::new(&world);
    let operations = Operation::all(&run.document);
    for number in 0..requests() {
        if number % 250 == 249 {
            run.renew();
        }
        run.ask(
            number,
            &operations[number % operations.len()],
            number / operations.len(),
        );
    }
    let never: Vec<String> = (operations.iter())
        .map(Operation::name)
        .filter(|name| {
            !run.answers
                .keys()
                .any(|(known, status)| known == name && *status < 300)
        })
        .collect();
    println!(
        "{} of {} operations never had a good answer: {never:?}",
        never.len(),
        operations.len()
    );
    println!("{:?}", run.answers);
    assert!(
        never.len() * 3 < operations.len(),
        "too few good answers: {never:?}"
    );
    world.client().get("/healthz").expect(204);
    let request = VerifyRequest {
        without_reading: true,
        ..VerifyRequest::default()
    };
    let verified = world
        .service
        .verify(&Service::operator(), &request, &Quiet)
        .unwrap();
    assert!(verified.faults.told().is_empty(), "{:?}", verified.faults.told());
}

/// A run with what it has learnt.
struct Run<'a> {
    world: &'a World,
    document: Value,
    dice: Dice,
    memory: Memory,
    /// Who asks.
    people: Vec<(&'static str, Shown)>,
    /// How often each operation answered with each status.
    answers: BTreeMap<(String, u16), usize>,
}

/// What somebody shows.
enum Shown {
    Nothing,
    /// A good token of an account, made when it is needed, in a session that lasts a few minutes.
    Good(Account, Pass),
    Token(String),
}

impl Shown {
    fn header(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Good(_, pass) => Some(format!("Bearer {}", people::token(pass))),
            Self::Token(token) => Some(format!("Bearer {token}")),
        }
    }
}

/// As many of the people may do everything.
const MIGHTY: usize = 3;

impl<'a> Run<'a> {
    fn new(world: &'a World) -> Self {
        let mut memory = Memory::default();
        for no in &world.numbers {
            memory.numbers.push(no.to_string());
            for variant in ["wie geplant", "nach Rückfrage"] {
                let mut figures = world.figures(no);
                for part in &mut figures.narrative {
                    part.text.value = format!("Verlauf: {variant}.");
                }
                memory
                    .workbooks
                    .push((no.to_string(), world.workbook(no, &figures)));
            }
        }
        Self {
            world,
            document: documents::document(),
            dice: Dice::of(SEED),
            memory,
            people: people(world),
            answers: BTreeMap::new(),
        }
    }

    /// Begins the sessions of all people anew.
    fn renew(&mut self) {
        for (_, shown) in &mut self.people {
            if let Shown::Good(account, pass) = shown {
                *pass = people::pass(&self.world.service, account);
            }
        }
    }

    /// Makes a request of an operation and looks at the answer. The first two rounds fit and are asked by those who may.
    fn ask(&mut self, number: usize, operation: &Operation, round: usize) {
        let dice = &mut self.dice;
        dice.plain = round < 2;
        let mut request = Request::fitting(dice, (&self.document, &self.memory), operation);
        let (name, shown) = match round {
            0 | 1 => &self.people[round],
            _ if dice.one_in(2) => &self.people[dice.below(MIGHTY)],
            _ => dice.pick(&self.people),
        };
        if let Some(authorization) = shown.header() {
            request.header("authorization", authorization.as_bytes());
        }
        let mut excused = Excused::default();
        if round > 1 && !dice.one_in(3) {
            for _ in 0..=dice.below(2) {
                broken(dice, &mut request, operation, &mut excused);
            }
        }
        let told = || {
            let headers: Vec<String> = (request.headers.iter())
                .filter(|(header, _)| header != "authorization")
                .map(|(header, value)| format!("{header}: {}", value.escape_ascii()))
                .collect();
            format!(
                "seed {SEED}, request {number} of {name}: {} {}\n{headers:?}\n{} bytes: {}",
                request.method,
                request.target().escape_ascii(),
                request.body.len(),
                request.body[..request.body.len().min(1_000)].escape_ascii(),
            )
        };
        let heard = wire::ask(self.world.address, &request).unwrap_or_else(|end| panic!("{end}\n{}", told()));
        let faults = judge::faults(&self.document, operation, excused, &heard);
        assert!(
            faults.is_empty(),
            "{}: {faults:?}\n{}\n{} {}",
            operation.name(),
            told(),
            heard.status,
            String::from_utf8_lossy(&heard.body[..heard.body.len().min(2_000)])
        );
        if let (200..300, Some(answer)) = (heard.status, heard.json()) {
            self.memory.learn(&operation.path, &answer);
        }
        *self.answers.entry((operation.name(), heard.status)).or_default() += 1;
    }
}

/// Somebody of every kind; the first ones may do everything.
fn people(world: &World) -> Vec<(&'static str, Shown)> {
    let own = [&world.numbers[0], &world.numbers[1]];
    let everything = [
        Role::Lead,
        Role::Coordinator,
        Role::Manager,
        Role::Auditor,
        Role::Admin,
    ];
    let mut known = Vec::new();
    for name in ["mighty", "mighty-too", "mighty-three"] {
        let roles = everything.map(people::all).to_vec();
        known.push((name, people::account(&world.service, name, roles, None)));
    }
    known.push(("lead", world.lead("lead", &own)));
    for (name, role) in [
        ("coordinator", Role::Coordinator),
        ("manager", Role::Manager),
        ("ministry", Role::Ministry),
        ("partner", Role::Partner),
        ("centre", Role::Centre),
        ("auditor", Role::Auditor),
        ("admin", Role::Admin),
    ] {
        known.push((name, world.account(name, role)));
    }
    people::account(&world.service, "clerk", Vec::new(), Some(PASSWORD));
    known.push((
        "ungranted",
        people::account(&world.service, "ungranted", Vec::new(), None),
    ));
    let mut expired = people::claims(&people::pass(&world.service, &known[0].1));
    expired["exp"] = json!(1_700_000_000);
    let expired = people::signed(&people::header(), &expired);
    let mut people: Vec<(&str, Shown)> = (known.into_iter())
        .map(|(name, account)| (name, people::pass(&world.service, &account), account))
        .map(|(name, pass, account)| (name, Shown::Good(account, pass)))
        .collect();
    people.push(("nobody", Shown::Nothing));
    people.push(("expired", Shown::Token(expired)));
    people
}
