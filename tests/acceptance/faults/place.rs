//! A record with one subproject, its lead and two managers, on which several services can run.

use std::{fs, io::Write as _, path::Path, process::Stdio};

use nachweis_demo::programme;
use nachweis_domain::figures::QuarterlyFigures;
use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::{
    program::Desk,
    service::{Person, Service},
    workbook,
};
use serde_json::{Value, json};

use crate::year::cast::Cast;

/// The quarter that is reported.
pub(crate) const QUARTER: &str = "2023-Q1";
/// The part of the cast that nobody coordinates.
const PART: usize = 5;
const PASSWORD: &str = "sieben Birnbäume am Kanal";

/// The record, and tokens of its people.
pub(crate) struct Place {
    pub(crate) desk: Desk,
    /// The subproject.
    pub(crate) no: String,
    /// The address of the record.
    pub(crate) url: String,
    /// The database of this test, which outlives everything; none where the record lies on a server of its own.
    database: Option<TestDatabase>,
    figures: QuarterlyFigures,
    tokens: [String; 3],
}

/// Who it is.
#[derive(Clone, Copy)]
pub(crate) enum Who {
    Lead,
    Manager,
    SecondManager,
}

impl Place {
    pub(crate) fn new(backend: Backend) -> Self {
        let database = TestDatabase::empty(backend);
        let place = Self::at(&database.url().to_string());
        Self {
            database: Some(database),
            ..place
        }
    }

    /// A new record at an address.
    pub(crate) fn at(url: &str) -> Self {
        let cast = Cast::gathered();
        let no = cast.numbers[PART].clone();
        let figures = cast.figures(&no, QUARTER);
        let desk = Desk::on(url);
        let run = |arguments: &[&str]| {
            let run = desk.run(arguments);
            assert_eq!(run.status, 0, "{run:?}");
            run.stdout.trim().to_owned()
        };
        run(&["migrate"]);
        fs::write(desk.file("programm.csv"), programme::write(&cast.base))
            .expect("the folder can be written");
        run(&["programme", "import", "programm.csv"]);
        let people = [
            ("lena", vec!["lead", "--subproject", no.as_str()]),
            ("mia", vec!["manager", "--all"]),
            ("max", vec!["manager", "--all"]),
        ];
        for (name, grant) in &people {
            add(&desk, name);
            run(&[&["grant", name][..], grant].concat());
        }
        let tokens = people.map(|(name, _)| run(&["token", name]));
        Self {
            no: no.to_string(),
            url: url.to_owned(),
            database: None,
            desk,
            figures,
            tokens,
        }
    }

    /// A service on the record; people may upload as often as they like.
    pub(crate) fn serve(&self) -> Service {
        let mut command = self.desk.command();
        command.env("NACHWEIS_UPLOADS_PER_HOUR", "100000");
        Service::by(command)
    }

    /// The folder of a SQLite record.
    pub(crate) fn folder(&self) -> &Path {
        let database = self.database.as_ref().and_then(TestDatabase::folder);
        database.expect("the record is a file")
    }

    /// Somebody at a service.
    pub(crate) fn person<'a>(&self, service: &'a Service, who: Who) -> Person<'a> {
        let token = match who {
            Who::Lead => &self.tokens[0],
            Who::Manager => &self.tokens[1],
            Who::SecondManager => &self.tokens[2],
        };
        service.bearing(token)
    }

    /// A workbook without blocking findings that differs from those of other numbers.
    pub(crate) fn workbook(&self, lead: &Person<'_>, number: usize) -> Vec<u8> {
        let template = lead.get(&format!(
            "/subprojects/{}/quarters/{QUARTER}/template.xlsx",
            self.no
        ));
        assert_eq!(
            template.status,
            200,
            "{}",
            String::from_utf8_lossy(&template.body)
        );
        let (context, stamp) = workbook::issued(&template.body);
        let mut figures = self.figures.clone();
        let told = &mut figures.narrative[0].text.value;
        *told = format!("{told} Fassung {number}.");
        workbook::filled(&context, &stamp, &workbook::seal_key(), &figures)
    }

    /// A workbook uploaded, submitted and accepted. Gives the receipt.
    pub(crate) fn accepted(&self, service: &Service, number: usize) -> Value {
        let (lead, manager) = (
            self.person(service, Who::Lead),
            self.person(service, Who::Manager),
        );
        let uploaded = lead.upload(&self.no, QUARTER, &self.workbook(&lead, number));
        assert_eq!(uploaded.status, 201, "{}", uploaded.text());
        let receipt = uploaded.json();
        let id = receipt["id"].as_str().expect("an id");
        let submitted = lead.post(&format!("/uploads/{id}/submit"), &submission(&receipt));
        assert_eq!(submitted.status, 200, "{}", submitted.text());
        let accepted = manager.post(&format!("/submissions/{id}/accept"), &json!({}));
        assert_eq!(accepted.status, 200, "{}", accepted.text());
        receipt
    }

    /// The uploads of the subproject.
    pub(crate) fn uploads(&self, person: &Person<'_>) -> Vec<Value> {
        let detail = person.get(&format!("/subprojects/{}", self.no));
        assert_eq!(detail.status, 200, "{}", String::from_utf8_lossy(&detail.body));
        detail.json()["uploads"].as_array().expect("uploads").clone()
    }

    /// The record is sound.
    pub(crate) fn verify(&self) {
        let run = self.desk.run(["verify", "--lang", "en"]);
        assert_eq!(run.status, 0, "{run:?}");
    }
}

/// What a lead sends when submitting: a comment on each warning of a receipt.
pub(crate) fn submission(receipt: &Value) -> Value {
    let findings = receipt["findings"].as_array().expect("findings");
    let comments: Vec<Value> = findings
        .iter()
        .filter(|finding| finding["severity"] == "warning")
        .map(|finding| json!({ "finding": finding["index"], "comment": "Ist geprüft und zutreffend." }))
        .collect();
    json!({ "comments": comments })
}

fn add(desk: &Desk, name: &str) {
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
