//! The sheet of persons: everybody whom a row of the workbook names, once.

use std::{collections::BTreeMap, sync::Arc};

use nachweis_domain::audit::{AuditPerson, AuditStep};

use super::{
    book::Book,
    rows::{SheetKind, column},
};
use crate::{ColumnKind, ReportError};

const KIND: SheetKind = SheetKind {
    name: ("Personen", "Persons"),
    about: (
        "Wer in dieser Datei mit seinem Anmeldenamen genannt ist",
        "Who is named in this file by a sign-in name",
    ),
    columns: &[
        column("Anmeldename", "Sign-in name", ColumnKind::Text, 30),
        column("Name", "Name", ColumnKind::Text, 50),
        column("Kennung", "Id", ColumnKind::Text, 40),
    ],
};

/// Everybody who was named so far, by sign-in name.
#[derive(Default)]
pub(super) struct People(BTreeMap<String, Arc<AuditPerson>>);

impl People {
    /// Takes note of a person.
    pub(super) fn note(&mut self, person: &Arc<AuditPerson>) {
        if !self.0.contains_key(&person.login) {
            self.0.insert(person.login.clone(), Arc::clone(person));
        }
    }

    /// Takes note of persons.
    pub(super) fn note_all<'a>(&mut self, persons: impl IntoIterator<Item = &'a Arc<AuditPerson>>) {
        for person in persons {
            self.note(person);
        }
    }

    /// Takes note of who took steps.
    pub(super) fn note_steps<'a>(&mut self, steps: impl IntoIterator<Item = &'a AuditStep>) {
        for step in steps {
            self.note(&step.by);
        }
    }

    /// Writes the sheet.
    pub(super) fn write(&self, book: &mut Book) -> Result<(), ReportError> {
        let mut rows = book.rows(&KIND)?;
        for person in self.0.values() {
            rows.begin()?;
            rows.text(&person.login)?;
            rows.text(&person.name)?;
            rows.display(person.id)?;
        }
        rows.finish()
    }
}
