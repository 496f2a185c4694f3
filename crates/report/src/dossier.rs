//! The workbook of a dossier: everything that the record holds of one subproject, as tables that the one renderer lays out.

use nachweis_domain::{
    audit::{AuditStep, FigureKind},
    dossier::Dossier,
    language::Text,
    round::FundingRound,
};

use crate::{Column, ColumnKind, Report, Value};

mod closing;
mod erasures;
mod findings;
mod holds;
mod journal;
mod people;
mod plans;
mod sent;
mod subproject;
mod uploads;
mod waivers;

/// The tables of a dossier. The moment is that of the last entry of the journal that concerns the subproject, so that the
/// same state gives the same report.
pub fn dossier(dossier: &Dossier) -> Report {
    let round = &dossier.round;
    let head = dossier.head;
    Report {
        name: "dossier",
        title: Text::new(
            format!("Akte des Teilvorhabens {}", dossier.subproject.no),
            format!("File of the subproject {}", dossier.subproject.no),
        ),
        as_of: head.at,
        programme: round.programme.clone(),
        round: round.code.clone(),
        round_title: round.title.clone(),
        funding_note: round.funding_note.clone(),
        parameters: parameters(dossier),
        notes: notes(),
        tables: vec![
            subproject::table(dossier),
            plans::plans(dossier),
            plans::payments(dossier),
            uploads::revisions(dossier),
            uploads::steps(dossier),
            uploads::figures(dossier),
            findings::table(dossier),
            waivers::table(dossier),
            sent::refused(dossier),
            sent::issued(dossier),
            closing::closings(dossier),
            closing::reopenings(dossier),
            holds::table(dossier),
            erasures::table(dossier),
            journal::table(dossier),
            people::table(dossier),
        ],
        head: Some(format!("{} {}", head.position, head.link)),
    }
}

fn parameters(dossier: &Dossier) -> Vec<(Text, Text)> {
    let subproject = &dossier.subproject;
    let same = |text: &str| Text::new(text, text);
    vec![
        (Text::new("Teilvorhaben", "Subproject"), same(&subproject.title)),
        (Text::new("Träger", "Carrier"), same(&subproject.carrier.name)),
    ]
}

fn notes() -> Vec<Text> {
    vec![
        Text::new(
            "Der Datenstand ist der letzte Eintrag des Journals, der dieses Teilvorhaben betrifft; alles bis dahin steht in \
             dieser Akte. Ausgaben (Berichte, Prüfdateien, Akten) ändern nichts und zählen nicht mit.",
            "The data are as of the last entry of the journal that concerns this subproject; everything up to it stands in \
             this file. Exports (reports, audit workbooks, dossiers) change nothing and do not count.",
        ),
        Text::new(
            "„Datei“ nennt die Arbeitsmappe im Ordner „originals“ der Akte, Byte für Byte wie sie kam, und ihre Prüfsumme \
             (SHA-256). Belege stehen in den Arbeitsmappen selbst.",
            "“File” names the workbook in the folder “originals” of the dossier, byte for byte as it came, and its hash \
             (SHA-256). Vouchers stand in the workbooks themselves.",
        ),
        Text::new(
            "Personen stehen mit ihrem Anmeldenamen; das letzte Blatt nennt Namen und Kennung. „operator“ ist die \
             Befehlszeile des Betriebs.",
            "Persons stand with their sign-in names; the last sheet gives names and ids. “operator” is the command line of \
             those who run the service.",
        ),
        Text::new(
            "Berichte, die beim Abschluss eines Quartals eingefroren wurden, zeigen auch andere Teilvorhaben; hier stehen \
             ihre Prüfsummen. Einträge des Journals stehen mit ihrem Kettenglied auch in „journal.jsonl“.",
            "Reports that were frozen when a quarter was closed show other subprojects as well; their hashes stand here. \
             Entries of the journal stand with their links in “journal.jsonl” as well.",
        ),
    ]
}

/// The name of a key of the round; the key itself where the round does not know it.
fn named(round: &FundingRound, kind: FigureKind, key: &str) -> Value {
    let name = match kind {
        FigureKind::Expenditure => find(&round.plan_items, key, |item| (item.key.as_str(), &item.name)),
        FigureKind::Fund => find(&round.sources, key, |source| (source.key.as_str(), &source.name)),
        FigureKind::Indicator => find(&round.indicators, key, |spec| (spec.code.as_str(), &spec.name)),
        FigureKind::Counter => find(&round.counters, key, |spec| (spec.key.as_str(), &spec.name)),
        FigureKind::Narrative => find(&round.narrative, key, |part| (part.key.as_str(), &part.name)),
    };
    match name {
        Some(name) => Value::term(key, name.clone()),
        None => Value::text(key),
    }
}

fn find<'a, T>(all: &'a [T], key: &str, named: impl Fn(&'a T) -> (&'a str, &'a Text)) -> Option<&'a Text> {
    all.iter()
        .map(named)
        .find(|(known, _)| *known == key)
        .map(|(_, name)| name)
}

/// Who took a step, and when.
fn step(step: Option<&AuditStep>) -> [Value; 2] {
    step.map_or([Value::Empty, Value::Empty], |step| {
        [Value::text(&step.by.login), Value::Time(step.at)]
    })
}

/// The columns of a step: who, and when.
fn step_columns(by: &'static str, at: &'static str, de: &str, en: &str) -> [Column; 2] {
    [
        Column::new(by, ColumnKind::Text, &format!("{de} von"), &format!("{en} by")).wide(20),
        Column::new(at, ColumnKind::Time, &format!("{de} am"), &format!("{en} at")),
    ]
}

/// A whole number.
fn count(number: impl TryInto<i64>) -> Value {
    Value::Count(number.try_into().unwrap_or(i64::MAX))
}

/// A text, where there is one.
fn maybe(text: Option<&str>) -> Value {
    text.map_or(Value::Empty, Value::text)
}
