//! Erasing originals that need not be kept any longer (domain.md §2.3, Records; GDPR Art. 5(1)(e)): one person proposes,
//! another confirms. The bytes go. Their hashes, what was read of them and every decision stay.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Kept, RetentionState};
use crate::{
    audit::AuditStep,
    key::SubprojectNo,
    language::{Language, Text},
    record::{ErasureId, UserId},
};

/// An erasure with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Its id.
    pub id: ErasureId,
    /// Whose originals.
    pub subproject: SubprojectNo,
    /// The last day on which they had to be kept, as known when it was proposed.
    pub keep_until: NaiveDate,
    /// The originals that were there to be erased when it was proposed.
    pub originals: usize,
    /// Their bytes.
    pub size_bytes: u64,
    /// Who proposed it, and when.
    pub proposed: AuditStep,
    /// Who confirmed it, when, and how many originals were erased; `None` while nobody has.
    pub confirmed: Option<(AuditStep, usize)>,
}

/// Why originals are not erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum ErasureRefusal {
    /// They must still be kept, until a day where one is known.
    NotDue {
        /// The last day.
        keep_until: Option<NaiveDate>,
    },
    /// Holds keep them.
    Held {
        /// How many.
        holds: usize,
    },
    /// There is nothing left to erase.
    Nothing,
    /// It is proposed already and waits for the second person.
    Proposed,
    /// It is confirmed already.
    Settled,
    /// What must be kept until when is no longer as it was proposed.
    Outdated,
    /// The role of the service in the database may not erase.
    NotHere,
    /// Four eyes: who proposed does not confirm.
    OwnProposal,
}

impl Kept {
    /// The last day of originals that may be erased on a day.
    ///
    /// # Errors
    /// [`ErasureRefusal::Held`], [`ErasureRefusal::NotDue`] or [`ErasureRefusal::Nothing`].
    pub fn erasable(&self, on: NaiveDate) -> Result<NaiveDate, ErasureRefusal> {
        let not_due = ErasureRefusal::NotDue {
            keep_until: self.keep_until,
        };
        match (self.state(on), self.keep_until) {
            (RetentionState::Held, _) => Err(ErasureRefusal::Held { holds: self.holds }),
            (RetentionState::Kept, _) | (_, None) => Err(not_due),
            (RetentionState::Erased, _) => Err(ErasureRefusal::Nothing),
            (RetentionState::Due, Some(_)) if self.originals == 0 => Err(ErasureRefusal::Nothing),
            (RetentionState::Due, Some(last)) => Ok(last),
        }
    }
}

impl Erasure {
    /// Whether a person may confirm it on a day, with what is kept of the subproject by then.
    ///
    /// # Errors
    /// [`ErasureRefusal`]: everything is looked at again, so that a hold, a payment or a report that came after the proposal
    /// counts; one that moved the last day wants another proposal.
    pub fn confirmable(&self, by: UserId, kept: &Kept, on: NaiveDate) -> Result<(), ErasureRefusal> {
        if self.confirmed.is_some() {
            return Err(ErasureRefusal::Settled);
        }
        if self.proposed.by.id == by {
            return Err(ErasureRefusal::OwnProposal);
        }
        if kept.erasable(on)? != self.keep_until {
            return Err(ErasureRefusal::Outdated);
        }
        Ok(())
    }

    /// Whether it waits for its second person and still is what was proposed.
    pub fn waits(&self, kept: &Kept) -> bool {
        self.confirmed.is_none() && kept.keep_until == Some(self.keep_until)
    }
}

impl ErasureRefusal {
    /// The stable code, for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotDue { .. } => "retention-running",
            Self::Held { .. } => "retention-held",
            Self::Nothing => "nothing-to-erase",
            Self::Proposed => "erasure-proposed",
            Self::Settled => "erasure-settled",
            Self::Outdated => "erasure-outdated",
            Self::NotHere => "erasing-not-here",
            Self::OwnProposal => "four-eyes",
        }
    }

    /// Whole sentences with the remedy.
    pub fn text(self) -> Text {
        match self {
            Self::NotDue {
                keep_until: Some(last),
            } => Text::new(
                format!(
                    "Die Originale sind bis einschließlich {} aufzubewahren. Bitte danach erneut vorschlagen.",
                    Language::De.date(last)
                ),
                format!(
                    "The originals must be kept up to and including {}. Please propose it again after that day.",
                    Language::En.date(last)
                ),
            ),
            Self::NotDue { keep_until: None } => Text::new(
                "Ohne erfasste Auszahlung beginnt keine Frist; die Originale sind aufzubewahren. Bitte zuerst die Auszahlungen einlesen.",
                "Without a recorded payment no period begins; the originals must be kept. Please import the payments first.",
            ),
            Self::Held { holds } => Text::new(
                format!(
                    "Aufbewahrungssperren halten die Originale ({holds}). Bitte sie zuerst begründet aufheben, wenn ihr Grund entfallen ist."
                ),
                format!(
                    "Holds keep the originals ({holds}). Please lift them first, with a reason, when they are no longer needed."
                ),
            ),
            Self::Nothing => Text::new(
                "Es gibt hier keine Originale, die gelöscht werden können: Alle sind gelöscht, oder dieselben Dateien sind noch für ein anderes Teilvorhaben aufzubewahren. Bitte dessen Frist abwarten.",
                "There are no originals here that can be erased: all are erased, or the same files must still be kept for another subproject. Please wait for its period.",
            ),
            Self::Proposed => Text::new(
                "Die Löschung ist schon vorgeschlagen. Bitte eine andere Person der Programmsteuerung bestätigen lassen.",
                "The erasure is proposed already. Please let another person of the programme management confirm it.",
            ),
            Self::Settled => Text::new(
                "Diese Löschung ist schon bestätigt und vollzogen. Bitte die Liste der Löschungen ansehen.",
                "This erasure is confirmed and done already. Please look at the list of erasures.",
            ),
            Self::Outdated => Text::new(
                "Seit dem Vorschlag kam eine Auszahlung oder ein Bericht; die Frist ist eine andere. Bitte die Löschung neu vorschlagen.",
                "A payment or a report came after the proposal; the period is another one. Please propose the erasure anew.",
            ),
            Self::NotHere => Text::new(
                "Der Dienst darf in dieser Datenbank nicht löschen. Bitte `nachweis retention erase confirm` mit der Datenbankrolle ausführen, die sie einrichtet.",
                "The service may not erase in this database. Please run `nachweis retention erase confirm` with the database role that migrates it.",
            ),
            Self::OwnProposal => Text::new(
                "Diese Löschung haben Sie selbst vorgeschlagen. Bitte eine andere Person der Programmsteuerung bestätigen lassen.",
                "You proposed this erasure yourself. Please let another person of the programme management confirm it.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::DateTime;
    use uuid::Uuid;

    use super::{super::LastEvents, *};
    use crate::audit::AuditPerson;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn kept() -> Kept {
        Kept {
            subproject: SubprojectNo::new("IQ23-NW-001"),
            events: LastEvents {
                grant_end: day("2025-12-31"),
                payment: Some(day("2025-12-31")),
                report: None,
            },
            keep_until: Some(day("2031-06-30")),
            holds: 0,
            originals: 2,
            size_bytes: 9,
            erased: 0,
        }
    }

    fn step(by: u128) -> AuditStep {
        AuditStep {
            by: Arc::new(AuditPerson {
                id: UserId(Uuid::from_u128(by)),
                login: "mia".into(),
                name: "Mia".into(),
            }),
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn erasure() -> Erasure {
        Erasure {
            id: ErasureId(Uuid::nil()),
            subproject: SubprojectNo::new("IQ23-NW-001"),
            keep_until: day("2031-06-30"),
            originals: 2,
            size_bytes: 9,
            proposed: step(1),
            confirmed: None,
        }
    }

    #[test]
    fn originals_are_erasable_after_the_last_day_unless_held_or_gone() {
        let late = day("2031-07-01");
        let changed = |change: fn(&mut Kept)| {
            let mut kept = kept();
            change(&mut kept);
            kept.erasable(late)
        };
        assert_eq!(kept().erasable(late), Ok(day("2031-06-30")));
        assert_eq!(
            kept().erasable(day("2031-06-30")),
            Err(ErasureRefusal::NotDue {
                keep_until: Some(day("2031-06-30"))
            })
        );
        assert_eq!(
            changed(|kept| kept.holds = 3),
            Err(ErasureRefusal::Held { holds: 3 })
        );
        assert_eq!(
            changed(|kept| kept.keep_until = None),
            Err(ErasureRefusal::NotDue { keep_until: None })
        );
        assert_eq!(changed(|kept| kept.originals = 0), Err(ErasureRefusal::Nothing));
        let gone = changed(|kept| (kept.originals, kept.erased) = (0, 2));
        assert_eq!(gone, Err(ErasureRefusal::Nothing));
    }

    #[test]
    fn another_person_confirms_once_and_what_came_since_counts() {
        let late = day("2031-07-01");
        let (own, other) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        assert_eq!(erasure().confirmable(other, &kept(), late), Ok(()));
        assert_eq!(
            erasure().confirmable(own, &kept(), late),
            Err(ErasureRefusal::OwnProposal)
        );
        let held = Kept { holds: 1, ..kept() };
        assert_eq!(
            erasure().confirmable(other, &held, late),
            Err(ErasureRefusal::Held { holds: 1 })
        );
        let moved = Kept {
            keep_until: Some(day("2031-05-30")),
            ..kept()
        };
        assert_eq!(
            erasure().confirmable(other, &moved, late),
            Err(ErasureRefusal::Outdated)
        );
        assert!(erasure().waits(&kept()) && !erasure().waits(&moved));
        let done = Erasure {
            confirmed: Some((step(2), 2)),
            ..erasure()
        };
        assert_eq!(
            done.confirmable(UserId(Uuid::from_u128(3)), &kept(), late),
            Err(ErasureRefusal::Settled)
        );
    }
}
