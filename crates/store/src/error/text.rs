//! The errors of the store in words: what happened and what to do about it, in German and English.

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    language::Language,
    record::{ReopeningSettled, UploadState},
};

use super::{Conflict, Kind, OpenSubmission, StoreError, Thing};

impl StoreError {
    /// What happened and what to do about it: whole sentences.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::De => self.german(),
            Language::En => self.english(),
        }
    }

    fn german(&self) -> String {
        match self {
            Self::Absent { place } => {
                format!("Unter {place} gibt es noch keine Datenbank. Bitte zuerst `nachweis migrate` ausführen.")
            }
            Self::NotOurs { place } => format!(
                "Die Datenbank unter {place} gehört einem anderen Programm. Sie bleibt unverändert; bitte eine andere Adresse angeben."
            ),
            Self::Encoding { place, encoding } => format!(
                "Die Datenbank unter {place} speichert Texte als {encoding}. Sie bleibt unverändert; bitte eine Datenbank mit ENCODING 'UTF8' anlegen."
            ),
            Self::Older { place, missing } => format!(
                "Die Datenbank unter {place} ist älter als dieses Programm (es fehlt: {}). Bitte `nachweis migrate` ausführen.",
                missing.join(", ")
            ),
            Self::Newer { place, unknown } => format!(
                "Die Datenbank unter {place} ist neuer als dieses Programm (unbekannt: {}). Bitte das Programm aktualisieren.",
                unknown.join(", ")
            ),
            Self::Unreachable { place, reason } => {
                let place = at(" unter ", place);
                format!("Die Datenbank{place} ist nicht erreichbar ({reason}). Bitte Adresse und Datenbankserver prüfen.")
            }
            Self::Full => "Auf dem Datenträger der Datenbank ist kein Platz mehr. Es wurde nichts gespeichert; bitte Platz schaffen und den Vorgang wiederholen.".into(),
            Self::ReadOnly => "Die Datenbank kann nur gelesen werden. Bitte Schreibrechte auf die Datei und ihren Ordner prüfen.".into(),
            Self::Storage { reason } => format!(
                "Die Dateien der Datenbank lassen sich nicht lesen oder schreiben ({reason}). Bitte freien Platz, Schreibrechte auf ihren Ordner und den Datenträger prüfen."
            ),
            Self::Damaged { reason } => format!(
                "Die Datei der Datenbank ist beschädigt ({reason}). Bitte aus einer Sicherung wiederherstellen."
            ),
            Self::Busy => "Die Datenbank ist ausgelastet. Es wurde nichts gespeichert; bitte gleich noch einmal versuchen.".into(),
            Self::Unknown { thing, key } => {
                format!("Die Datenbank kennt {} {key} nicht. Bitte die Angabe prüfen.", thing.name(Language::De))
            }
            Self::State { found, turn } => format!(
                "Das geht nicht, denn diese Fassung ist {}. {} Bitte ihren Stand neu laden.",
                state(*found),
                turn.sentence(*found).de
            ),
            Self::Conflict(conflict) => conflict.german(),
            Self::Unfit { kind } => {
                format!("{} liegt außerhalb dessen, was gespeichert werden kann. Es wurde nichts gespeichert; bitte den Wert berichtigen.", kind.name(Language::De))
            }
            Self::Corrupt { table, id, reason } => format!(
                "Der gespeicherte Eintrag {table} {id} ist beschädigt ({reason}). Bitte die Datenbank aus einer Sicherung wiederherstellen."
            ),
            Self::Erased { at } => format!(
                "Das Original wurde am {} gelöscht, weil es nicht länger aufzubewahren war. Prüfsumme, Zahlen, Feststellungen und Entscheidungen sind weiterhin da; bitte sie verwenden.",
                Language::De.date(berlin_day(*at))
            ),
            Self::NotEmpty { place } => format!(
                "In der Datenbank unter {place} ist bereits etwas aufgezeichnet. Sie bleibt unverändert; bitte in eine leere Datenbank wiederherstellen."
            ),
            Self::Backup { file, fault } => fault.german(file),
            Self::Query { .. } => "Die Datenbank hat einen Fehler gemeldet. Es wurde nichts gespeichert; bitte das Protokoll des Dienstes ansehen.".into(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Absent { place } => format!("There is no database at {place} yet. Please run `nachweis migrate` first."),
            Self::NotOurs { place } => format!(
                "The database at {place} belongs to another program. It was left as it is; please give another address."
            ),
            Self::Encoding { place, encoding } => format!(
                "The database at {place} keeps texts as {encoding}. It was left as it is; please create a database with ENCODING 'UTF8'."
            ),
            Self::Older { place, missing } => format!(
                "The database at {place} is older than this program (it lacks {}). Please run `nachweis migrate`.",
                missing.join(", ")
            ),
            Self::Newer { place, unknown } => format!(
                "The database at {place} is newer than this program (unknown: {}). Please update the program.",
                unknown.join(", ")
            ),
            Self::Unreachable { place, reason } => {
                let place = at(" at ", place);
                format!("The database{place} cannot be reached ({reason}). Please check the address and the database server.")
            }
            Self::Full => "No space is left where the database lies. Nothing was stored; please make room and repeat it.".into(),
            Self::ReadOnly => "The database can only be read. Please check the write permissions of the file and its folder.".into(),
            Self::Storage { reason } => format!(
                "The files of the database cannot be read or written ({reason}). Please check free space, the write permissions of their folder, and the disk."
            ),
            Self::Damaged { reason } => format!(
                "The file of the database is damaged ({reason}). Please restore it from a backup."
            ),
            Self::Busy => "The database is busy. Nothing was stored; please try again in a moment.".into(),
            Self::Unknown { thing, key } => {
                format!("The record does not know the {} {key}. Please check it.", thing.name(Language::En))
            }
            Self::State { found, turn } => format!(
                "This revision is {}, which does not allow this. {} Please reload it.",
                found.as_str(),
                turn.sentence(*found).en
            ),
            Self::Conflict(conflict) => conflict.english(),
            Self::Unfit { kind } => {
                format!("{} is beyond what can be stored. Nothing was stored; please correct the value.", kind.name(Language::En))
            }
            Self::Corrupt { table, id, reason } => {
                format!("The stored row {table} {id} is damaged ({reason}). Please restore the database from a backup.")
            }
            Self::Erased { at } => format!(
                "The original was erased on {}, because it no longer had to be kept. Its hash, figures, findings and decisions are still there; please use them.",
                Language::En.date(berlin_day(*at))
            ),
            Self::NotEmpty { place } => format!(
                "The database at {place} already holds a record. It was left as it is; please restore into an empty database."
            ),
            Self::Backup { file, fault } => fault.english(file),
            Self::Query { operation, .. } => format!(
                "The database could not {operation}. Nothing was stored; please see the log of the service."
            ),
        }
    }
}

impl Conflict {
    fn german(&self) -> String {
        match self {
            Self::OpenRevision { revision, turn } => format!(
                "Die Fassung {revision} dieses Quartals ist bereits eingereicht und noch nicht entschieden. {} Bitte die Entscheidung abwarten.",
                turn.sentence(UploadState::Submitted).de
            ),
            Self::NewerRevision { revision } => format!(
                "Die neuere Fassung {revision} dieses Quartals wurde bereits angenommen. Bitte eine neue Fassung hochladen."
            ),
            Self::NotEndorsed => {
                "Die Koordination des Netzwerks hat diese Einreichung noch nicht befürwortet. Bitte ihre Entscheidung abwarten; sie kann befürworten oder zurückgeben.".into()
            }
            Self::EndorsementNotNeeded => {
                "Für dieses Teilvorhaben befürwortet niemand; die Programmsteuerung entscheidet unmittelbar. Bitte die Einreichung annehmen oder zurückgeben.".into()
            }
            Self::QuarterClosed { at } => format!(
                "Das Quartal ist seit {} abgeschlossen. Berichtigungen bitte in die Arbeitsmappe des laufenden Quartals eintragen, mit Angabe des berichtigten Quartals; oder zwei Personen der Programmsteuerung öffnen das Quartal für dieses Teilvorhaben begründet wieder.",
                Language::De.date(berlin_day(*at))
            ),
            Self::ReopeningExpired { at } => format!(
                "Die Wiederöffnung des Quartals für dieses Teilvorhaben endete am {}. Bitte bei der Programmsteuerung eine neue Wiederöffnung erbitten oder die Berichtigung in die Arbeitsmappe des laufenden Quartals eintragen.",
                Language::De.date(berlin_day(*at))
            ),
            Self::Undecided { submissions } => undecided(submissions, Language::De),
            Self::QuarterOpen => {
                "Das Quartal ist nicht abgeschlossen; es muss nicht wieder geöffnet werden. Bitte das Quartal prüfen.".into()
            }
            Self::ReopeningSettled(settled) => reopening(*settled, Language::De),
            Self::ReopeningsOpen { count } => format!(
                "Für dieses Teilvorhaben warten schon {count} Anträge auf Wiederöffnung auf eine zweite Person. Bitte sie bestätigen lassen oder einen zurücknehmen."
            ),
            Self::Waiver(refusal) => refusal.text().de,
            Self::WaiversOpen { count } => format!(
                "Für dieses Teilvorhaben warten schon {count} Anträge auf Ausnahmen auf eine Entscheidung. Bitte sie abwarten oder einen zurücknehmen."
            ),
            Self::HoldLifted => {
                "Diese Aufbewahrungssperre ist schon aufgehoben. Bitte die Liste der Sperren ansehen.".into()
            }
            Self::Erasure(refusal) => refusal.text().de,
            Self::Erased { at } => format!(
                "Dieselbe Datei kam schon einmal und wurde am {} nach Ablauf der Aufbewahrungsfrist gelöscht. Bitte die Vorlage des Quartals neu herunterladen und ausfüllen.",
                Language::De.date(berlin_day(*at))
            ),
            Self::FourEyes => {
                "Über das, was durch die eigenen Hände ging, darf niemand entscheiden. Bitte eine andere Person entscheiden lassen.".into()
            }
            Self::LoginTaken { name } => {
                format!("Der Anmeldename „{name}“ ist schon vergeben. Bitte einen anderen wählen.")
            }
            Self::IdentityTaken { name } => {
                format!("Diese Identität ist oder war mit dem Konto {name} verknüpft und bleibt bei ihm, auch nach dem Lösen; zwei Konten einer Person darf es nicht geben. Bitte mit diesem Konto verknüpfen oder der Person eine andere Identität geben.")
            }
            Self::OtherRound { subproject } => {
                format!("Das Teilvorhaben {subproject} gehört zu einer anderen Förderrunde. Bitte die Nummer prüfen.")
            }
            Self::Concurrent => {
                "Jemand anderes hat gleichzeitig dasselbe geändert. Bitte neu laden und noch einmal versuchen.".into()
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::OpenRevision { revision, turn } => format!(
                "Revision {revision} of this quarter is submitted and not yet decided. {} Please wait for the decision.",
                turn.sentence(UploadState::Submitted).en
            ),
            Self::NewerRevision { revision } => format!(
                "The newer revision {revision} of this quarter was already accepted. Please upload a new revision."
            ),
            Self::NotEndorsed => {
                "The network coordination has not endorsed this submission yet. Please wait for its decision; it can endorse or return.".into()
            }
            Self::EndorsementNotNeeded => {
                "Nobody endorses the reports of this subproject; the programme management decides directly. Please accept or return the submission.".into()
            }
            Self::QuarterClosed { at } => format!(
                "The quarter has been closed since {}. Please enter corrections in the workbook of the current quarter, naming the quarter they correct; or two persons of the programme management reopen the quarter for this subproject with a reason.",
                Language::En.date(berlin_day(*at))
            ),
            Self::ReopeningExpired { at } => format!(
                "The reopening of the quarter for this subproject ended on {}. Please ask the programme management for a new one, or enter the correction in the workbook of the current quarter.",
                Language::En.date(berlin_day(*at))
            ),
            Self::Undecided { submissions } => undecided(submissions, Language::En),
            Self::QuarterOpen => {
                "The quarter is not closed; it need not be reopened. Please check the quarter.".into()
            }
            Self::ReopeningSettled(settled) => reopening(*settled, Language::En),
            Self::ReopeningsOpen { count } => format!(
                "{count} requests to reopen quarters of this subproject are waiting for a second person already. Please have them confirmed, or take one back."
            ),
            Self::Waiver(refusal) => refusal.text().en,
            Self::WaiversOpen { count } => format!(
                "{count} requests for waivers of this subproject are waiting for a decision already. Please wait for it, or take one back."
            ),
            Self::HoldLifted => "This hold is lifted already. Please look at the list of holds.".into(),
            Self::Erasure(refusal) => refusal.text().en,
            Self::Erased { at } => format!(
                "The same file came before and was erased on {} after its retention period. Please download and fill in the template of the quarter anew.",
                Language::En.date(berlin_day(*at))
            ),
            Self::FourEyes => {
                "Nobody may decide on what passed through their own hands. Please let another person decide.".into()
            }
            Self::LoginTaken { name } => {
                format!("The sign-in name \"{name}\" is taken. Please choose another one.")
            }
            Self::IdentityTaken { name } => {
                format!("This identity is or was linked to the account {name} and stays with it, also when it is unlinked; one person must not have two accounts. Please link it to that account, or give the person another identity.")
            }
            Self::OtherRound { subproject } => {
                format!(
                    "The subproject {subproject} belongs to another funding round. Please check the number."
                )
            }
            Self::Concurrent => {
                "Someone else changed the same thing at the same time. Please reload and try again.".into()
            }
        }
    }
}

impl OpenSubmission {
    /// What stands there and what to do about it: whole sentences.
    pub fn text(&self, language: Language) -> String {
        let (no, revision) = (&self.subproject, self.revision);
        match language {
            Language::De => format!(
                "Die Fassung {revision} des Teilvorhabens {no} ist eingereicht und noch nicht entschieden. Bitte sie annehmen oder zurückgeben."
            ),
            Language::En => format!(
                "Revision {revision} of the subproject {no} is submitted and not yet decided. Please accept or return it."
            ),
        }
    }
}

/// Which subprojects' submissions keep a quarter from being closed.
fn undecided(submissions: &[OpenSubmission], language: Language) -> String {
    let numbers = submissions.iter().map(|open| open.subproject.as_str());
    let numbers = language.first_of(&numbers.collect::<Vec<_>>());
    let count = u64::try_from(submissions.len()).unwrap_or(u64::MAX);
    match (language, count) {
        (Language::De, 1) => format!(
            "In diesem Quartal ist eine Einreichung noch nicht entschieden: {numbers}. Bitte sie vor dem Abschluss annehmen oder zurückgeben."
        ),
        (Language::De, _) => format!(
            "In diesem Quartal sind {} Einreichungen noch nicht entschieden: {numbers}. Bitte sie vor dem Abschluss annehmen oder zurückgeben.",
            language.group(count)
        ),
        (Language::En, 1) => format!(
            "One submission of this quarter still stands for decision: {numbers}. Please accept or return it before closing."
        ),
        (Language::En, _) => format!(
            "{} submissions of this quarter still stand for decision: {numbers}. Please accept or return them before closing.",
            language.group(count)
        ),
    }
}

/// What became of a reopening, and what to do instead.
fn reopening(settled: ReopeningSettled, language: Language) -> String {
    let day = |at: DateTime<Utc>| language.date(berlin_day(at));
    match (settled, language) {
        (ReopeningSettled::Confirmed { at, until }, Language::De) => format!(
            "Diese Wiederöffnung ist schon bestätigt, seit dem {}, und gilt bis zum {}. Bitte die neue Fassung in dieser Zeit hochladen lassen oder die Wiederöffnung zurücknehmen.",
            day(at),
            language.moment(until)
        ),
        (ReopeningSettled::Confirmed { at, until }, Language::En) => format!(
            "This reopening has been confirmed already, on {}, and counts until {}. Please have the new revision uploaded by then, or withdraw the reopening.",
            day(at),
            language.moment(until)
        ),
        (ReopeningSettled::Expired { at }, Language::De) => format!(
            "Die Frist dieser Wiederöffnung ist am {} abgelaufen. Bitte bei Bedarf eine neue beantragen.",
            day(at)
        ),
        (ReopeningSettled::Expired { at }, Language::En) => format!(
            "The time of this reopening passed on {}. Please ask for a new one if needed.",
            day(at)
        ),
        (ReopeningSettled::Withdrawn { at }, Language::De) => format!(
            "Diese Wiederöffnung wurde am {} zurückgenommen. Bitte bei Bedarf eine neue beantragen.",
            day(at)
        ),
        (ReopeningSettled::Withdrawn { at }, Language::En) => format!(
            "This reopening was withdrawn on {}. Please ask for a new one if needed.",
            day(at)
        ),
    }
}

impl Kind {
    const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Figure => language.pick("Ein Betrag oder eine Anzahl", "An amount or a count"),
            Self::Date => language.pick("Ein Datum", "A date"),
            Self::Number => language.pick(
                "Eine Zeilen-, Stück- oder Bytezahl",
                "A number of rows, items or bytes",
            ),
            Self::Text => language.pick("Ein Text", "A text"),
        }
    }
}

/// A place behind its preposition; nothing where it is not known.
fn at(preposition: &str, place: &str) -> String {
    match place {
        "" => String::new(),
        _ => format!("{preposition}{place}"),
    }
}

/// The day of a moment where deadlines count (design.md §3).
fn berlin_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&chrono_tz::Europe::Berlin).date_naive()
}

/// The state of an upload in German.
const fn state(state: UploadState) -> &'static str {
    match state {
        UploadState::Blocked => "geprüft und hat blockierende Feststellungen",
        UploadState::Checked => "geprüft, aber nicht eingereicht",
        UploadState::Submitted => "eingereicht",
        UploadState::Endorsed => "eingereicht und befürwortet",
        UploadState::Accepted => "angenommen",
        UploadState::Returned => "zurückgegeben",
        UploadState::Superseded => "durch eine neuere ersetzt",
    }
}

impl Thing {
    const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Round => language.pick("die Förderrunde", "funding round"),
            Self::Network => language.pick("das Netzwerk", "network"),
            Self::Subproject => language.pick("das Teilvorhaben", "subproject"),
            Self::Plan => language.pick("den Finanzierungsplan", "plan version"),
            Self::Upload => language.pick("die Einreichung", "upload"),
            Self::Finding => language.pick("die Feststellung", "finding"),
            Self::Reopening => language.pick("die Wiederöffnung", "reopening"),
            Self::Waiver => language.pick("die Ausnahme", "waiver"),
            Self::Hold => language.pick("die Aufbewahrungssperre", "hold"),
            Self::Erasure => language.pick("die Löschung", "erasure"),
            Self::User => language.pick("das Konto", "account"),
        }
    }
}

#[cfg(test)]
mod tests;
