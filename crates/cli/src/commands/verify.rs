//! `nachweis verify`: the record, an exported journal, or a proof between two heads.

mod file;
mod heads;
mod proof;

use indicatif::{ProgressBar, ProgressStyle};
use nachweis_domain::language::Language;
use nachweis_service::{Place, Service, Verification, VerifyProgress, VerifyRequest};
use serde::Serialize;
use serde_json::json;

use self::heads::Kept;
pub(super) use self::heads::torn;
use crate::{Outcome, args::VerifyArgs, failure::Failure, open, say, settings::Settings};

/// Verifies and prints what was found. Status 1 when something was.
pub(crate) fn run(args: &VerifyArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let kept = Kept::read(args, settings)?;
    match (&args.proof, &args.journal) {
        (Some(proof), _) => proof::verify(args, proof, &kept, settings.lang),
        (None, Some(journal)) => file::verify(args, journal, &kept, settings.lang),
        (None, None) => verify_record(args, &kept, settings),
    }
}

fn outcome(sound: bool) -> Outcome {
    if sound { Outcome::Clean } else { Outcome::Blocking }
}

fn verify_record(args: &VerifyArgs, kept: &Kept, settings: &Settings) -> Result<Outcome, Failure> {
    let request = VerifyRequest {
        expected: args.expected.clone(),
        heads: kept.heads().to_vec(),
        without_reading: args.without_reading,
    };
    let verified = verified(&request, settings)?;
    if args.json {
        print(&as_json(&verified, kept))?;
    } else {
        tell(&verified, settings.lang)?;
        say::line(&kept.sentence(args, settings.lang))?;
    }
    Ok(outcome(verified.faults.count() == 0))
}

/// Verifies a restored record and prints what was found. It is compared with what the backup says of itself, not with heads.
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

fn as_json(verified: &Verification, kept: &Kept) -> serde_json::Value {
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
        "kept_heads": kept.heads().len(),
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
