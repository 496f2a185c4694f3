//! Data about single persons in a list of operations (design.md §5).
//!
//! A list may name its beneficiaries; that is what it is published for. What no list of operations holds — birth dates,
//! bank accounts, names and numbers of participants — makes the file be refused. E-mail addresses, telephone numbers and
//! addresses beside a beneficiary are left out and named; so are the first and last names of natural persons, whose
//! operations are taken without them.

use nachweis_domain::{
    cell::column_letters,
    rules::personal::{PersonalKind, of_header, of_text},
};

use super::{rows::SheetList, spelling::compact};
use crate::{RawValue, programme::ProgrammeError};

/// Refuses a list with data that no list of operations holds.
pub(super) fn refuse(list: &SheetList<'_>) -> Result<(), ProgrammeError> {
    let unread: Vec<u16> = list.header.unknown().collect();
    let by_heading = unread
        .iter()
        .find_map(|col| Some((*col, refused_heading(list.header.heading(*col))?)));
    match by_heading.or_else(|| by_cells(list, &unread)) {
        None => Ok(()),
        Some((col, kind)) => Err(ProgrammeError::PersonalData {
            sheet: list.sheet.name.clone(),
            column: column_letters(col),
            kind,
        }),
    }
}

/// The columns with the first or last name of natural persons.
pub(super) fn name_columns(list: &SheetList<'_>) -> Vec<u16> {
    let is_name = |col: &u16| of_header(list.header.heading(*col)) == Some(PersonalKind::Name);
    list.header.unknown().filter(is_name).collect()
}

fn refused_heading(heading: &str) -> Option<PersonalKind> {
    let kind = of_header(heading)?;
    let spelled = compact(heading);
    let of_participants = ["teilnehm", "participant", "klient", "client", "tnname"]
        .iter()
        .any(|word| spelled.contains(word));
    match kind {
        PersonalKind::BirthDate | PersonalKind::Iban | PersonalKind::PersonId => Some(kind),
        _ => of_participants.then_some(kind),
    }
}

/// A bank account in a column that nobody knows, by its check digits.
fn by_cells(list: &SheetList<'_>, unread: &[u16]) -> Option<(u16, PersonalKind)> {
    list.operations.iter().find_map(|row| {
        let cells = unread.iter().filter_map(|col| Some((*col, row.raw.value(*col)?)));
        cells
            .filter_map(|(col, value)| match value {
                RawValue::Text(text) if text.len() <= 200 => Some((col, of_text(text)?)),
                _ => None,
            })
            .find(|(_, kind)| *kind == PersonalKind::Iban)
    })
}
