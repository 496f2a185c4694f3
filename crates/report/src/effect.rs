//! The report of what rules would hit: those in shadow, or those of a proposed round file, over all stored originals of a
//! round, and among the revisions that count.

mod lists;
mod rules;

use chrono::{DateTime, Utc};
use nachweis_domain::{
    effect::{Effect, Evidence, Uncounted},
    key::RuleVersion,
    language::Text,
    ledger::JournalMark,
    round::FundingRound,
};

use crate::{Report, Value, head::grouped};

/// Two versions of a round that were compared, and over what.
#[derive(Clone, Copy, Debug)]
pub struct Trial<'a> {
    /// The round in force.
    pub before: &'a FundingRound,
    /// The version of its rules.
    pub version: &'a RuleVersion,
    /// The round as it would be.
    pub after: &'a FundingRound,
    /// The version of the proposed rules; none where those in shadow were switched on.
    pub proposed: Option<&'a RuleVersion>,
    /// Whether all revisions were judged, and not only those that stand for their subproject and quarter.
    pub all_revisions: bool,
    /// What was looked at.
    pub evidence: Evidence,
    /// The last event of the round.
    pub as_of: DateTime<Utc>,
    /// Its entry in the journal.
    pub mark: Option<JournalMark>,
}

impl Trial<'_> {
    /// The version of the rules in question: that of the round in force where those in shadow were switched on.
    const fn version_in_question(&self) -> &RuleVersion {
        match self.proposed {
            Some(version) => version,
            None => self.version,
        }
    }
}

/// The report over an effect.
pub fn effect(trial: &Trial<'_>, found: &Effect) -> Report {
    let round = trial.before;
    Report {
        name: "rules-effect",
        title: Text::new("Was Regeln treffen würden", "What rules would hit"),
        as_of: trial.as_of,
        programme: round.programme.clone(),
        round: round.code.clone(),
        round_title: round.title.clone(),
        funding_note: round.funding_note.clone(),
        parameters: parameters(trial, found),
        notes: notes(trial, found),
        tables: vec![
            rules::table(trial, found),
            lists::findings(trial, found),
            lists::not_counted(found),
        ],
        head: trial.mark.map(|mark| mark.to_string()),
    }
}

fn parameters(trial: &Trial<'_>, found: &Effect) -> Vec<(Text, Text)> {
    let same = |text: String| Text::new(text.clone(), text);
    let against = trial.proposed.map_or_else(
        || Text::new("Regeln auf Probe eingeschaltet", "rules in shadow switched on"),
        |version| same(version.to_string()),
    );
    let revisions = if trial.all_revisions {
        Text::new(
            "alle, deren Original nicht gelöscht ist; daneben die zählenden",
            "all whose original is not erased; beside them those that count",
        )
    } else {
        Text::new(
            "nur die zählenden, deren Original nicht gelöscht ist",
            "only those that count and whose original is not erased",
        )
    };
    let evidence = match trial.evidence {
        Evidence::Figures => Text::new(
            "gespeicherte Zahlen; die Regeln, um die es geht, sehen nichts anderes",
            "stored figures; the rules in question look at nothing else",
        ),
        Evidence::Originals => Text::new("erneut gelesene Originale", "originals that were read again"),
    };
    let (all, standing) = (&found.judged.all, &found.judged.standing);
    vec![
        (
            Text::new("Geltende Regeln", "Rules in force"),
            same(trial.version.to_string()),
        ),
        (Text::new("Verglichen mit", "Compared with"), against),
        (Text::new("Fassungen", "Revisions"), revisions),
        (Text::new("Geprüft wurden", "Looked at"), evidence),
        (Text::new("Arbeitsmappen", "Workbooks"), grouped(all.uploads)),
        (
            Text::new("Davon zählend", "Counting among them"),
            grouped(standing.uploads),
        ),
        (
            Text::new("Nicht gezählt", "Not counted"),
            grouped(found.left_out.uploads),
        ),
        (
            Text::new("Davon Original gelöscht", "Original erased among them"),
            grouped(found.left_out.erased),
        ),
        (
            Text::new("Neu blockiert", "Newly blocked"),
            grouped(all.newly_blocked),
        ),
        (
            Text::new("Neu blockiert, zählend", "Newly blocked, counting"),
            grouped(standing.newly_blocked),
        ),
        (
            Text::new("Nicht mehr blockiert", "No longer blocked"),
            grouped(all.no_longer_blocked),
        ),
        (
            Text::new("Nicht mehr blockiert, zählend", "No longer blocked, counting"),
            grouped(standing.no_longer_blocked),
        ),
    ]
}

fn notes(trial: &Trial<'_>, found: &Effect) -> Vec<Text> {
    let mut notes = vec![
        Text::new(
            "Jede Arbeitsmappe wird zweimal geprüft, mit den geltenden Regeln und mit denen, um die es geht; gezeigt ist, worin \
             sich beides unterscheidet. Plan, Auszahlungen und frühere Quartale sind die, die beim Hochladen bekannt waren.",
            "Each workbook is judged twice, with the rules in force and with those in question; shown is in what both differ. \
             Plan, payments and earlier quarters are those that were known when it was uploaded.",
        ),
        Text::new(
            "Gezählt ist jede Fassung, deren Original nicht gelöscht ist. „Zählend“ ist davon je Teilvorhaben und Quartal eine: die \
             angenommene, sonst die eingereichte, sonst die neueste. Was heute getroffen würde, sagen die Spalten „Zählend“.",
            "Counted is every revision whose original is not erased. “Counting” is one of these for each subproject and quarter: the \
             accepted one, or else the submitted one, or else the newest. What would be hit today is in the columns “Counting”.",
        ),
        Text::new(
            "Nichts davon ändert eine Feststellung, eine Einreichung oder eine Entscheidung. „Angenommen und blockiert“ zählt \
             angenommene Berichte, die die Regel verhindert hätte.",
            "None of this changes a finding, a submission or a decision. “Accepted and blocked” counts accepted reports that \
             the rule would have prevented.",
        ),
    ];
    if trial.proposed.is_none() && trial.before.in_shadow().is_empty() {
        notes.push(Text::new(
            "In dieser Runde läuft keine Regel auf Probe. Ein Eintrag unter [[rules]] mit mode = \"shadow\" stellt eine auf Probe.",
            "No rule of this round runs in shadow. An entry under [[rules]] with mode = \"shadow\" puts one there.",
        ));
    }
    if found.further > 0 {
        let (further, listed) = (
            grouped(found.further),
            grouped(u64::try_from(found.listed.len()).unwrap_or(u64::MAX)),
        );
        notes.push(Text::new(
            format!(
                "Einzeln aufgeführt sind die ersten {} Unterschiede; {} weitere sind nur gezählt.",
                listed.de, further.de
            ),
            format!(
                "The first {} differences are listed one by one; {} more are only counted.",
                listed.en, further.en
            ),
        ));
    }
    notes.extend(left_out(trial, found));
    notes
}

/// What is to be said of uploads that are not counted.
fn left_out(trial: &Trial<'_>, found: &Effect) -> Vec<Text> {
    let left_out = &found.left_out;
    let mut notes = Vec::new();
    if left_out.uploads > 0 {
        notes.push(Text::new(
            "Nicht gezählte Fassungen stehen unter „Nicht gezählt“, jede mit ihrem Grund.",
            "Revisions that are not counted stand under “Not counted”, each with its reason.",
        ));
    }
    let listed = u64::try_from(left_out.listed.len()).unwrap_or(u64::MAX);
    let further = left_out.uploads.saturating_sub(listed);
    if further > 0 {
        let (further, listed) = (grouped(further), grouped(listed));
        notes.push(Text::new(
            format!(
                "Genannt sind die ersten {} nicht gezählten Fassungen; {} weitere sind es nicht.",
                listed.de, further.de
            ),
            format!(
                "The first {} revisions that are not counted are named; {} more are not.",
                listed.en, further.en
            ),
        ));
    }
    let later = |why: &Uncounted| matches!(why, Uncounted::Erased(at) if *at > trial.as_of);
    if left_out.listed.iter().any(|(_, why)| later(why)) {
        notes.push(Text::new(
            "Originale, die nach diesem Datenstand gelöscht wurden, ließen sich nicht noch einmal lesen; so viel fehlt an dem, \
             was damals ausgegeben wurde.",
            "Originals that were erased after the moment of this data could not be read again; so much is missing from what was \
             issued then.",
        ));
    }
    notes
}

/// A whole number of a table.
fn count(number: impl TryInto<i64>) -> Value {
    Value::Count(number.try_into().unwrap_or(i64::MAX))
}
