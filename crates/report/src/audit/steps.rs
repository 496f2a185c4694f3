//! The sheet of steps: who uploaded, submitted and decided on each revision, when, and why it was returned.

use nachweis_domain::audit::AuditUpload;

use super::{
    AuditSource,
    book::Book,
    people::People,
    revisions::{self, Revisions},
    rows::{Rows, SheetKind, column},
};
use crate::{ColumnKind, ReportError};

const KIND: SheetKind = SheetKind {
    name: ("Vorgänge", "Steps"),
    about: (
        "Wer jede Fassung wann hochgeladen, eingereicht, angenommen oder zurückgegeben hat, und warum",
        "Who uploaded, submitted, accepted or returned each revision, when and why",
    ),
    columns: &[
        column("Fassungen Nr.", "Revisions no.", ColumnKind::Count, 11),
        column("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        column("Quartal", "Quarter", ColumnKind::Quarter, 10),
        column("Fassung", "Revision", ColumnKind::Count, 9),
        column("Hochgeladen von", "Uploaded by", ColumnKind::Text, 20),
        column("Hochgeladen am", "Uploaded at", ColumnKind::Time, 18),
        column("Eingereicht von", "Submitted by", ColumnKind::Text, 20),
        column("Eingereicht am", "Submitted at", ColumnKind::Time, 18),
        column("Entscheidung", "Decision", ColumnKind::Text, 14),
        column("Entschieden von", "Decided by", ColumnKind::Text, 20),
        column("Entschieden am", "Decided at", ColumnKind::Time, 18),
        column(
            "Begründung der Rückgabe",
            "Reason of the return",
            ColumnKind::Text,
            44,
        )
        .wrapped(),
        column("Ersetzt am", "Superseded at", ColumnKind::Time, 18),
    ],
};

/// Writes the sheet.
pub(super) fn write(
    source: &mut dyn AuditSource,
    book: &mut Book,
    revisions: &Revisions,
    people: &mut People,
) -> Result<(), ReportError> {
    let mut rows = book.rows(&KIND)?;
    source.uploads(&mut |upload| {
        let uploaded = [&upload.origin.uploaded];
        people.note_steps(
            uploaded
                .into_iter()
                .chain(&upload.submitted)
                .chain(&upload.decided),
        );
        rows.begin()?;
        rows.count(revisions.number(&upload.origin))?;
        revisions::origin(&mut rows, &upload.origin)?;
        steps(&mut rows, upload)
    })?;
    rows.finish()
}

fn steps(rows: &mut Rows<'_>, upload: &AuditUpload) -> Result<(), ReportError> {
    rows.step(Some(&upload.origin.uploaded))?;
    rows.step(upload.submitted.as_ref())?;
    let language = rows.language();
    let decision = match (&upload.decided, &upload.return_reason) {
        (None, _) => "",
        (Some(_), Some(_)) => language.pick("zurückgegeben", "returned"),
        (Some(_), None) => language.pick("angenommen", "accepted"),
    };
    rows.text(decision)?;
    rows.step(upload.decided.as_ref())?;
    rows.maybe_text(upload.return_reason.as_deref())?;
    rows.maybe_time(upload.superseded_at)
}
