//! The sentences of errors: what happened, where, and what to do.

use nachweis_domain::{
    access::Reason,
    finding::Finding,
    language::{Language, Text},
    limits,
    record::UploadId,
};
use nachweis_report::ReportError;

use super::{Doing, ServiceError, SignInFailure, state, system_words};

/// Whole sentences in both languages.
pub(super) fn of(error: &ServiceError) -> Text {
    match error {
        ServiceError::Hidden => Text::new(
            "Das Gesuchte gibt es nicht, oder Sie dürfen es nicht sehen. Bitte die Nummer prüfen.",
            "There is no such thing, or you may not see it. Please check the number.",
        ),
        ServiceError::Forbidden(Reason::Role) => Text::new(
            "Ihre Rolle erlaubt das nicht. Rechte vergibt die Benutzerverwaltung.",
            "Your role does not allow this. The user administration grants roles.",
        ),
        ServiceError::Forbidden(Reason::OwnSubmission) => Text::new(
            "Das haben Sie selbst hochgeladen, eingereicht, befürwortet, angenommen, beantragt oder vorgeschlagen. Entscheiden muss eine andere Person.",
            "You uploaded, submitted, endorsed, accepted, asked for or proposed this yourself. Another person has to decide on it.",
        ),
        ServiceError::State { found, turn, act } => state::text((*found, *turn), *act),
        ServiceError::Prevented(prevented) => prevented_by(prevented),
        ServiceError::Invalid { text, .. } => text.clone(),
        ServiceError::PersonalData { findings } => personal_data(findings),
        ServiceError::SignIn(failure) => sign_in(*failure),
        ServiceError::Issuer(failure) => failure.text(),
        ServiceError::TooManyUploads { retry_after_s } => Text::new(
            format!(
                "Von diesem Konto kamen in der letzten Stunde zu viele Arbeitsmappen. Bitte in {retry_after_s} Sekunden erneut senden."
            ),
            format!(
                "Too many workbooks came from this account within the last hour. Please send it again in {retry_after_s} seconds."
            ),
        ),
        ServiceError::SubprojectFull => Text::new(
            "Für dieses Teilvorhaben ist so viel gespeichert wie vorgesehen. Bitte an die Betriebsstelle des Dienstes wenden.",
            "As much is kept for this subproject as is intended. Please turn to those who run the service.",
        ),
        ServiceError::Busy => Text::new(
            "Gerade werden zu viele Arbeitsmappen zugleich geprüft. Bitte in einigen Sekunden erneut versuchen.",
            "Too many workbooks are being checked right now. Please try again in a few seconds.",
        ),
        ServiceError::File { doing, path, source } => file(*doing, &path.display().to_string(), source),
        ServiceError::Round { path, source } => Text::new(
            format!(
                "Die Rundendatei {} ist nicht brauchbar: {}. Bitte die Datei berichtigen.",
                path.display(),
                source.text(Language::De)
            ),
            format!(
                "The round file {} cannot be used: {}. Please correct the file.",
                path.display(),
                source.text(Language::En)
            ),
        ),
        ServiceError::Refused(refusal) => Text::new(refusal.text(Language::De), refusal.text(Language::En)),
        ServiceError::Unread(failure) => Text::new(failure.text(Language::De), failure.text(Language::En)),
        ServiceError::Store(error) => Text::new(error.text(Language::De), error.text(Language::En)),
        ServiceError::Programme(error) => Text::new(error.text(Language::De), error.text(Language::En)),
        ServiceError::Report(error) => report(error),
        ServiceError::Workbook(_) | ServiceError::PasswordHash(_) => internal(),
    }
}

/// What a report cannot give.
fn report(error: &ReportError) -> Text {
    match error {
        ReportError::Grouping {
            report,
            group_by,
            known,
        } => Text::new(
            format!(
                "Den Bericht {report} gibt es nicht nach {group_by}. Bitte eine dieser Gruppierungen wählen: {known}."
            ),
            format!("The report {report} has no grouping by {group_by}. Please choose one of: {known}."),
        ),
        ReportError::NoDay { report } => Text::new(
            format!(
                "Der Bericht {report} zählt keine Tage. Der Parameter „on“ gehört nur zum Bericht completeness; bitte weglassen."
            ),
            format!(
                "The report {report} counts no days. The parameter “on” belongs to the report completeness only; please leave it out."
            ),
        ),
        ReportError::DayBeforeStatus { on, status } => Text::new(
            format!(
                "Fristen können nicht am {} gerechnet werden: Die Daten sind vom {}. Bitte diesen oder einen späteren Tag angeben.",
                Language::De.date(*on),
                Language::De.date(*status)
            ),
            format!(
                "Deadlines cannot be counted on {}: the data are of {}. Please give this day or a later one.",
                Language::En.date(*on),
                Language::En.date(*status)
            ),
        ),
        ReportError::NoTable { given, known } => Text::new(
            format!("Der Bericht hat keine Tabelle „{given}“. Möglich sind: {known}."),
            format!("The report has no table “{given}”. Possible are: {known}."),
        ),
        ReportError::NoRow { given, known } => Text::new(
            format!("Der Bericht hat keine Zeile „{given}“. Möglich sind: {known}."),
            format!("The report has no row “{given}”. Possible are: {known}."),
        ),
        ReportError::NoColumn { given, known } => Text::new(
            format!("In dieser Zeile steht keine Zahl der Spalte „{given}“. Möglich sind: {known}."),
            format!("There is no number of a column “{given}” in this row. Possible are: {known}."),
        ),
        ReportError::NothingThere { row, column } => Text::new(
            format!(
                "In der Zeile „{row}“ ist die Spalte „{column}“ leer; es gibt nichts aufzuschlüsseln. Bitte eine andere wählen."
            ),
            format!(
                "In the row “{row}” the column “{column}” is empty; there is nothing to open. Please choose another."
            ),
        ),
        ReportError::Io { path, cause } => file(Doing::Write, &path.display().to_string(), cause),
        _ => internal(),
    }
}

fn internal() -> Text {
    Text::new(
        "Der Vorgang ist an einem inneren Fehler gescheitert; es wurde nichts geändert. Bitte erneut versuchen und sonst den Betrieb benachrichtigen.",
        "An internal error stopped this; nothing was changed. Please try again, or tell the operators.",
    )
}

/// Names the first that stand in the way of accepting many, each with its reason.
fn prevented_by(prevented: &[(UploadId, ServiceError)]) -> Text {
    let named = limits::PROBLEMS_NAMED.size();
    let list = |language: Language| {
        let reasons = prevented.iter().take(named);
        let reasons = reasons.map(|(id, error)| format!("{id}: {}", error.text(language)));
        let more = prevented.len().saturating_sub(named);
        let rest = (more > 0).then(|| {
            let more = language.group(u64::try_from(more).unwrap_or(u64::MAX));
            match language {
                Language::De => format!("Und {more} weitere."),
                Language::En => format!("And {more} more."),
            }
        });
        reasons.chain(rest).collect::<Vec<_>>().join("\n")
    };
    let count = u64::try_from(prevented.len()).unwrap_or(u64::MAX);
    let [de, en] = Language::ALL.map(|language| language.group(count));
    Text::new(
        format!(
            "Keine der Einreichungen wurde angenommen, {de} davon {} entgegen. Bitte weglassen oder klären:\n{}",
            if count == 1 { "steht" } else { "stehen" },
            list(Language::De)
        ),
        format!(
            "None of the submissions was accepted, {en} of them {} in the way. Please leave out or settle:\n{}",
            if count == 1 { "stands" } else { "stand" },
            list(Language::En)
        ),
    )
}

fn personal_data(findings: &[Finding]) -> Text {
    let wording = |language: Language| {
        let told = limits::PERSONAL_TOLD.size();
        let mut sentences: Vec<String> = findings
            .iter()
            .take(told)
            .map(|finding| finding.message(language))
            .collect();
        let further = findings.len().saturating_sub(told);
        if further > 0 {
            let name = language.pick("Weitere Stellen", "Further places");
            sentences.push(format!("{name}: {further}."));
        }
        sentences.join(" ")
    };
    Text::new(wording(Language::De), wording(Language::En))
}

fn sign_in(failure: SignInFailure) -> Text {
    match failure {
        SignInFailure::Credentials => Text::new(
            "Name oder Kennwort ist falsch. Bitte beides prüfen.",
            "Name or password is wrong. Please check both.",
        ),
        SignInFailure::TooMany { retry_after_s } => Text::new(
            format!(
                "Zu viele fehlgeschlagene Anmeldungen. Bitte in {retry_after_s} Sekunden erneut versuchen."
            ),
            format!("Too many failed sign-ins. Please try again in {retry_after_s} seconds."),
        ),
        SignInFailure::Session => Text::new(
            "Die Anmeldung ist abgelaufen. Bitte neu anmelden.",
            "The session has ended. Please sign in again.",
        ),
    }
}

fn file(doing: Doing, path: &str, source: &std::io::Error) -> Text {
    let Text { de, en } = system_words(source);
    match doing {
        Doing::Read => Text::new(
            format!("Die Datei {path} kann nicht gelesen werden ({de}). Bitte Namen und Rechte prüfen."),
            format!("The file {path} cannot be read ({en}). Please check its name and permissions."),
        ),
        Doing::Write => Text::new(
            format!(
                "Die Datei {path} kann nicht geschrieben werden ({de}). Bitte Ordner, Rechte und freien Platz prüfen."
            ),
            format!(
                "The file {path} cannot be written ({en}). Please check folder, permissions and free space."
            ),
        ),
    }
}
