//! `nachweis verify --proof`: that one head grew into another, for whoever kept both and has no journal.

use std::path::Path;

use nachweis_domain::{
    language::{Language, Text},
    limits,
    proof::Head,
    record::Sha256,
};
use nachweis_service::{Consistency, Fault};
use serde_json::json;

use super::{heads::Kept, outcome, print};
use crate::{Outcome, args::VerifyArgs, failure::Failure, open, say};

/// Verifies a proof and its two ends: a proof between heads that nobody kept proves nothing, whoever made it.
pub(super) fn verify(
    args: &VerifyArgs,
    file: &Path,
    kept: &Kept,
    language: Language,
) -> Result<Outcome, Failure> {
    let proof = read(file)?;
    let holds = proof.holds();
    let is_kept = |end: &Head| {
        let named = |hash: &Sha256| [end.link, end.root].contains(hash);
        kept.heads().contains(end) || args.expected.iter().any(named)
    };
    let ends = [&proof.from, &proof.to];
    let kept_ends = ends.map(is_kept);
    let of_ends = |hash: &&Sha256| ends.iter().any(|end| [end.link, end.root].contains(hash));
    let not_met: Vec<Sha256> = args
        .expected
        .iter()
        .filter(|hash| !of_ends(hash))
        .copied()
        .collect();
    // Who names heads wants both ends to be among them.
    let fits = kept.is_by_default() || kept_ends == [true; 2];
    let sound = holds && fits && not_met.is_empty();
    let [from_is_kept, to_is_kept] = kept_ends;
    if args.json {
        print(&json!({
            "from": proof.from,
            "to": proof.to,
            "holds": holds,
            "from_is_kept": from_is_kept,
            "to_is_kept": to_is_kept,
            "not_met": not_met,
        }))?;
        return Ok(outcome(sound));
    }
    let (from, to) = (proof.from.position, proof.to.position);
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
    for hash in not_met {
        say::line(&Fault::Expected { hash }.text(language))?;
    }
    for (end, is_kept) in ends.into_iter().zip(kept_ends) {
        say::line(of_end(end, is_kept).get(language))?;
    }
    Ok(outcome(sound))
}

fn of_end(end: &Head, is_kept: bool) -> Text {
    let (position, link) = (end.position, end.link);
    if is_kept {
        Text::new(
            format!("Der Kopf bei Eintrag {position} ({link}) ist einer, der aufbewahrt wurde."),
            format!("The head at entry {position} ({link}) is one that was kept."),
        )
    } else {
        Text::new(
            format!(
                "Der Kopf bei Eintrag {position} ({link}) ist unbewiesen: Er ist keiner von denen, die mit --heads oder --expect-head genannt sind, und jeder kann eine solche Datei schreiben."
            ),
            format!(
                "The head at entry {position} ({link}) is unproven: it is none of those named with --heads or --expect-head, and anybody can write such a file."
            ),
        )
    }
}

fn read(file: &Path) -> Result<Consistency, Failure> {
    serde_json::from_slice(&open::read_within(file, &limits::PROOF_FILE)?).map_err(|_other| {
        let file = file.display();
        Failure::new(Text::new(
            format!("{file}: Das ist kein Beweis, wie `nachweis head --since` ihn ausgibt."),
            format!("{file}: this is no proof as `nachweis head --since` prints it."),
        ))
    })
}
