//! Everybody whom the file names, once.

use std::collections::BTreeMap;

use nachweis_domain::{
    audit::{AuditPerson, AuditStep},
    dossier::Dossier,
    language::Text,
};

use crate::{Column, ColumnKind, Table, Value};

/// One row for each person, in the order of sign-in names.
pub(super) fn table(dossier: &Dossier) -> Table {
    let named = named(dossier);
    let rows = named.values().map(|person| {
        vec![
            Value::text(&person.login),
            Value::text(&person.name),
            Value::text(person.id.to_string()),
        ]
    });
    Table {
        key: "persons",
        title: Text::new("Personen", "Persons"),
        rows: rows.collect(),
        columns: vec![
            Column::new("login", ColumnKind::Text, "Anmeldename", "Sign-in name").wide(30),
            Column::new("name", ColumnKind::Text, "Name", "Name").wide(50),
            Column::new("id", ColumnKind::Text, "Kennung", "Id").wide(40),
        ],
        totals: None,
    }
}

fn named(dossier: &Dossier) -> BTreeMap<&str, &AuditPerson> {
    let uploads = dossier.uploads.iter().flat_map(|upload| {
        let taken = [&upload.submitted, &upload.endorsed, &upload.decided];
        std::iter::once(&upload.origin.uploaded).chain(taken.into_iter().flatten())
    });
    let reopenings = dossier.reopenings.iter().flat_map(|reopening| {
        std::iter::once(&reopening.requested)
            .chain(&reopening.confirmed)
            .chain(reopening.withdrawn.as_ref().map(|(step, _)| step))
    });
    let steps =
        uploads
            .chain(reopenings)
            .chain(dossier.findings.iter().filter_map(|row| row.commented.as_ref()))
            .chain(dossier.refused.iter().map(|refused| &refused.sent))
            .chain(dossier.issues.iter().map(|issued| &issued.fetched))
            .chain(dossier.holds.iter().flat_map(|hold| {
                std::iter::once(&hold.placed).chain(hold.lifted.as_ref().map(|(step, _)| step))
            }))
            .chain(dossier.erasures.iter().flat_map(|erasure| {
                std::iter::once(&erasure.proposed).chain(erasure.confirmed.as_ref().map(|(step, _)| step))
            }))
            .chain(dossier.waivers.iter().flat_map(|waiver| {
                std::iter::once(&waiver.asked)
                    .chain(&waiver.decided)
                    .chain(&waiver.withdrawn)
            }))
            .chain(dossier.closings.iter().map(|closing| &closing.closed));
    let recorders = dossier.plan_rows.iter().map(|row| &row.recorded_by);
    let recorders = recorders.chain(dossier.payments.iter().map(|payment| &payment.recorded_by));
    let actors = dossier.entries.iter().map(|entry| &entry.actor);
    steps
        .map(|step: &AuditStep| &*step.by)
        .chain(recorders.chain(actors).flatten().map(|person| &**person))
        .map(|person| (person.login.as_str(), person))
        .collect()
}
