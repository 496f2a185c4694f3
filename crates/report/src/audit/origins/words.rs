//! What the sheet of sources says, and the addresses that it links to.

use nachweis_domain::{cell::column_letters, language::Language};

use crate::audit::{control::ControlTotal, rows::SheetKind, runs::Run};

/// The name of a control total: `Gemeldete Ausgaben · Personalausgaben`.
pub(super) fn name(control: &ControlTotal, language: Language) -> String {
    let (area, name) = (control.area.get(language), control.name.get(language));
    match &control.by {
        Some(by) => format!("{}: {area} · {name}", by.get(language)),
        None => format!("{area} · {name}"),
    }
}

/// What is of no subproject of the round.
pub(super) const fn others(language: Language) -> &'static str {
    language.pick(
        "ohne Teilvorhaben der Förderrunde",
        "of no subproject of the round",
    )
}

/// There is nothing to lead to.
pub(super) const fn nobody(language: Language) -> &'static str {
    language.pick("keine Zeilen", "no rows")
}

/// The address of rows over all columns: `'Zahlen'!A2:R61`.
pub(super) fn address(kind: &SheetKind, run: Run, language: Language) -> String {
    let last_col = u16::try_from(kind.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    format!(
        "'{}'!A{}:{}{}",
        kind.sheet_name(run.sheet, language),
        run.first + 1,
        column_letters(last_col),
        run.last + 1
    )
}

/// The same for people: `Zahlen 2–61`.
pub(super) fn place(kind: &SheetKind, run: Run, language: Language) -> String {
    let name = kind.sheet_name(run.sheet, language);
    if run.first == run.last {
        format!("{name} {}", run.first + 1)
    } else {
        format!("{name} {}–{}", run.first + 1, run.last + 1)
    }
}
