//! `nachweis verify`: the record, an exported journal, or a proof between two heads.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use nachweis_domain::{
    language::{Language, Text},
    proof::{Head, line},
};
use nachweis_service::{
    Consistency, Place, Service, Verification, VerifyProgress, VerifyRequest, limits, read_heads,
    verify_journal_file,
};
use serde::Serialize;
use serde_json::json;

use crate::{Outcome, args::VerifyArgs, failure::Failure, open, say, settings::Settings};

/// Verifies and prints what was found. Status 1 when something was.
pub(crate) fn run(args: &VerifyArgs, settings: &Settings) -> Result<Outcome, Failure> {
    if let Some(proof) = &args.proof {
        return verify_proof(proof, settings.lang);
    }
    let heads = heads(args, settings)?;
    match &args.journal {
        Some(file) => verify_file(args, file, &heads, settings.lang),
        None => verify_record(args, heads, settings),
    }
}

/// The heads of the file that was named, each with its signature checked.
fn heads(args: &VerifyArgs, settings: &Settings) -> Result<Vec<Head>, Failure> {
    let Some(file) = &args.heads else {
        return Ok(Vec::new());
    };
    let key = match args.public_key {
        Some(key) => key,
        None => settings.head_key()?.public(),
    };
    let heads = read_heads(file)?;
    if let Some(place) = heads.iter().position(|head| !head.is_signed_by(&key)) {
        let (file, line) = (file.display(), place + 1);
        return Err(Failure::new(Text::new(
            format!("{file}, Zeile {line}: Der Kopf ist nicht mit dem Schlüssel {key} unterschrieben."),
            format!("{file}, line {line}: the head is not signed with the key {key}."),
        )));
    }
    Ok(heads.into_iter().map(|signed| signed.head).collect())
}

fn outcome(sound: bool) -> Outcome {
    if sound { Outcome::Clean } else { Outcome::Blocking }
}

fn verify_proof(file: &Path, language: Language) -> Result<Outcome, Failure> {
    let bytes = open::read_within(file, &limits::PROOF_FILE)?;
    let proof: Consistency = serde_json::from_slice(&bytes).map_err(|_other| {
        Failure::new(Text::new(
            format!(
                "{}: Das ist kein Beweis, wie `nachweis head --since` ihn ausgibt.",
                file.display()
            ),
            format!(
                "{}: this is no proof as `nachweis head --since` prints it.",
                file.display()
            ),
        ))
    })?;
    let (from, to, holds) = (proof.from.position, proof.to.position, proof.holds());
    say::line(&match (language, holds) {
        (Language::De, true) => {
            format!("Das Journal bis Eintrag {to} setzt das bis Eintrag {from} unverändert fort.")
        }
        (Language::De, false) => {
            format!("Das Journal bis Eintrag {to} setzt das bis Eintrag {from} NICHT fort.")
        }
        (Language::En, true) => {
            format!("The journal up to entry {to} continues the one up to entry {from} unchanged.")
        }
        (Language::En, false) => {
            format!("The journal up to entry {to} does NOT continue the one up to entry {from}.")
        }
    })?;
    Ok(outcome(holds))
}

fn verify_record(args: &VerifyArgs, heads: Vec<Head>, settings: &Settings) -> Result<Outcome, Failure> {
    let request = VerifyRequest {
        expected: args.expected.clone(),
        heads,
        without_reading: args.without_reading,
    };
    let verified = verified(&request, settings)?;
    if args.json {
        print(&as_json(&verified))?;
    } else {
        tell(&verified, settings.lang)?;
    }
    Ok(outcome(verified.faults.count() == 0))
}

/// Verifies the whole record and prints what was found.
pub(super) fn record(settings: &Settings) -> Result<Outcome, Failure> {
    let verified = verified(&VerifyRequest::default(), settings)?;
    tell(&verified, settings.lang)?;
    Ok(outcome(verified.faults.count() == 0))
}

fn verified(request: &VerifyRequest, settings: &Settings) -> Result<Verification, Failure> {
    let service = open::as_it_is(settings)?;
    let bar = Bar(ProgressBar::no_length());
    let verified = service.verify(&Service::operator(), request, &bar)?;
    bar.0.finish_and_clear();
    Ok(verified)
}

fn as_json(verified: &Verification) -> serde_json::Value {
    let places: Vec<Place> = verified
        .faults
        .told()
        .iter()
        .map(nachweis_service::Fault::place)
        .collect();
    json!({
        "head": verified.head,
        "groups": verified.groups,
        "originals": verified.originals,
        "erased": verified.erased,
        "read": verified.read,
        "figures": verified.figures,
        "faults": verified.faults.count(),
        "found": places,
    })
}

fn tell(verified: &Verification, language: Language) -> Result<(), Failure> {
    for fault in verified.faults.told() {
        say::line(&fault.text(language))?;
    }
    let number = |number: u64| language.group(number);
    let head = verified.head;
    let (groups, files, read, figures) = (
        number(verified.groups),
        number(verified.originals),
        number(verified.read),
        number(verified.figures),
    );
    let (entries, faults) = (number(head.position), number(verified.faults.count()));
    let erased = match verified.erased {
        0 => String::new(),
        count => format!(", {} {}", number(count), language.pick("gelöscht", "erased")),
    };
    say::line(&match language {
        Language::De => format!(
            "Journal: {entries} Einträge, Kopf {}, Wurzel {}.\nZeilen: {groups} Gruppen mit dem Journal verglichen.\n\
             Originale: {files} gehasht, {read} erneut gelesen, {figures} Zellen verglichen{erased}.\nAbweichungen: {faults}.",
            head.link, head.root
        ),
        Language::En => format!(
            "Journal: {entries} entries, head {}, root {}.\nRows: {groups} groups compared with the journal.\n\
             Originals: {files} hashed, {read} read again, {figures} cells compared{erased}.\nDifferences: {faults}.",
            head.link, head.root
        ),
    })
}

fn verify_file(
    args: &VerifyArgs,
    file: &Path,
    heads: &[Head],
    language: Language,
) -> Result<Outcome, Failure> {
    let followed = verify_journal_file(file, &args.expected, heads)?;
    if args.json {
        let faults: Vec<String> = followed
            .faults
            .iter()
            .map(|fault| file_fault(fault, Language::En))
            .collect();
        print(&json!({
            "head": followed.head,
            "faults": faults,
            "not_met": followed.not_met,
            "not_grown_from": followed.not_grown_from,
        }))?;
        return Ok(outcome(followed.is_sound()));
    }
    for fault in &followed.faults {
        say::line(&file_fault(fault, language))?;
    }
    for hash in &followed.not_met {
        say::line(&nachweis_service::Fault::Expected { hash: *hash }.text(language))?;
    }
    for kept in &followed.not_grown_from {
        say::line(&nachweis_service::Fault::Head { kept: *kept }.text(language))?;
    }
    let head = followed.head;
    say::line(&match (language, followed.is_sound()) {
        (Language::De, true) => format!(
            "{} Einträge, Kopf {}: die Kette ist unverändert.",
            head.position, head.link
        ),
        (Language::En, true) => format!(
            "{} entries, head {}: the chain is unchanged.",
            head.position, head.link
        ),
        (Language::De, false) => "Das Journal ist NICHT unverändert.".to_owned(),
        (Language::En, false) => "The journal is NOT unchanged.".to_owned(),
    })?;
    Ok(outcome(followed.is_sound()))
}

fn file_fault(fault: &line::Fault, language: Language) -> String {
    match (fault, language) {
        (line::Fault::Line { line }, Language::De) => {
            format!("Zeile {line}: Sie ist nicht so, wie sie geschrieben wird.")
        }
        (line::Fault::Line { line }, Language::En) => format!("Line {line}: it is not as it is written."),
        (line::Fault::Entry { line, found }, Language::De) => {
            let text = nachweis_service::Fault::Journal { found: found.clone() }.text(language);
            format!("Zeile {line}: {text}")
        }
        (line::Fault::Entry { line, found }, Language::En) => {
            let text = nachweis_service::Fault::Journal { found: found.clone() }.text(language);
            format!("Line {line}: {text}")
        }
        (line::Fault::Head { line }, Language::De) => {
            format!("Zeile {line}: Der Kopf ist nicht der der Einträge davor.")
        }
        (line::Fault::Head { line }, Language::En) => {
            format!("Line {line}: the head is not that of the entries before it.")
        }
        (line::Fault::Truncated, Language::De) => {
            "Die Datei endet ohne ihren Kopf; es fehlen Zeilen.".to_owned()
        }
        (line::Fault::Truncated, Language::En) => {
            "The file ends without its head; lines are missing.".to_owned()
        }
    }
}

fn print(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::output(&error.into()))?;
    say::line(&text)
}

/// The bar on standard error; nothing when that is no terminal.
struct Bar(ProgressBar);

impl VerifyProgress for Bar {
    fn begin(&self, originals: u64) {
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed}") {
            self.0.set_style(style);
        }
        self.0.set_length(originals);
    }

    fn done(&self) {
        self.0.inc(1);
    }
}
