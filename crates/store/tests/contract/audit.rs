//! Audit streams: every row with its revision, file and cell, in a fixed order, from one moment.

use nachweis_domain::{
    audit::{
        AuditFigure, AuditFinding, AuditPlanRow, AuditValue, AuditVoucher, FigureKind, FigurePart,
        PlanRowKind,
    },
    finding::Severity,
    key::RoundCode,
    money::Money,
    record::UploadState,
};
use nachweis_store::{AuditReader, NewUpload, Store, StoreError, Thing};

use crate::{on_both, sample::*};

fn of(number: u128, subproject: u32, name: &str, vouchers: u32) -> NewUpload {
    NewUpload {
        subproject: no(subproject),
        quarter: quarter(name),
        figures: figures(100, vouchers),
        findings: findings(Severity::Notice),
        ..upload(number)
    }
}

fn vouchers(store: &Store) -> Vec<AuditVoucher> {
    let mut all = Vec::new();
    store
        .audit(&code(), |reader| {
            reader.for_each_voucher::<StoreError>(&mut |row| {
                all.push(row);
                Ok(())
            })
        })
        .unwrap();
    all
}

on_both! {
    fn vouchers_come_with_revision_file_and_cell(store) {
        set_up(store, 2);
        accepted(store, &of(1, 2, "2024-Q1", 3));
        accepted(store, &of(2, 1, "2024-Q1", 9));
        keep(store, &of(3, 1, "2023-Q4", 1));
        keep(store, &of(4, 1, "2024-Q1", 0));
        let rows = vouchers(store);
        let places: Vec<_> = rows
            .iter()
            .map(|row| (row.origin.subproject.clone(), row.origin.quarter.to_string(), row.origin.revision, row.row))
            .collect();
        assert_eq!(rows.len(), 13);
        assert!(places.is_sorted());
        let row = &rows[1];
        assert_eq!((row.origin.state, row.origin.counts, row.origin.upload), (UploadState::Accepted, true, of(2, 1, "2024-Q1", 9).id));
        assert_eq!(row.origin.sha256, of(2, 1, "2024-Q1", 9).original.sha256());
        assert_eq!((&*row.origin.uploaded_by, row.origin.uploaded_at), ("lead", at(10)));
        assert_eq!(row.cell().to_string(), "Belege!F2");
        assert_eq!((row.number.as_deref(), row.payee.as_deref()), (Some("B-00001"), Some("Empfängerin 1")));
        assert_eq!((row.amount, row.paid_on), (Some(Money::from_cents(-199)), Some(day("2024-02-29"))));
        assert!(rows[7].number.is_none() && rows[7].amount.is_none(), "an empty row stays");
        assert!(!rows[0].origin.counts, "what was not submitted does not count");
    }

    fn a_submitted_revision_beside_an_accepted_one_does_not_count(store) {
        set_up(store, 1);
        accepted(store, &of(1, 1, "2024-Q1", 1));
        let newer = keep(store, &of(2, 1, "2024-Q1", 1));
        store.submit(newer.id, LEAD, at(40), &[]).unwrap();
        let counts: Vec<_> = vouchers(store).iter().map(|row| (row.origin.revision, row.origin.counts)).collect();
        assert_eq!(counts, [(1, true), (2, false)]);
    }

    fn more_vouchers_than_a_page_come_once_each(store) {
        set_up(store, 1);
        keep(store, &of(1, 1, "2024-Q1", 9_000));
        let rows: Vec<u32> = vouchers(store).iter().map(|row| row.row).collect();
        assert_eq!(rows, (1..=9_000).collect::<Vec<_>>());
    }

    fn figures_findings_and_plans_come_with_their_cells(store) {
        set_up(store, 1);
        accepted(store, &of(1, 1, "2024-Q1", 1));
        let (mut figures, mut found, mut plans): (Vec<AuditFigure>, Vec<AuditFinding>, Vec<AuditPlanRow>) = Default::default();
        store
            .audit(&code(), |reader: &mut AuditReader<'_, '_>| {
                reader.for_each_figure(&mut |row| { figures.push(row); Ok::<(), StoreError>(()) })?;
                reader.for_each_finding(&mut |row| { found.push(row); Ok::<(), StoreError>(()) })?;
                reader.for_each_plan_row(&mut |row| { plans.push(row); Ok::<(), StoreError>(()) })?;
                assert_eq!(reader.uploads().len(), 1);
                assert_eq!(reader.journal(0, 100)?, store.journal(0, 100)?);
                Ok::<(), StoreError>(())
            })
            .unwrap();
        let described: Vec<String> = figures
            .iter()
            .map(|row| format!("{} {} {} {} {:?}", row.at, row.kind.as_str(), row.key, row.part.as_str(), row.value))
            .collect();
        assert_eq!(described[0], "Ausgaben!E6 expenditure staff_employees amount Money(Money(100))");
        assert!(described.contains(&"Mittel!E4 fund esf_plus spent Money(Money(99))".into()), "{described:#?}");
        assert!(described.contains(&"Indikatoren!C6 indicator EECO02 women Count(-2)".into()));
        assert!(described.contains(&"Kennzahlen!B3 counter contacts_first count Count(31)".into()));
        let corrects = figures.iter().find(|row| row.part == FigurePart::Corrects).unwrap();
        assert_eq!(corrects.value, AuditValue::Quarter(quarter("2023-Q4")));
        assert!(matches!(&figures.last().unwrap().value, AuditValue::Text(text) if text.starts_with("Läuft gut.")));
        assert_eq!(figures.iter().filter(|row| row.kind == FigureKind::Indicator).count(), 7);
        assert_eq!(found.iter().map(|row| row.finding.clone()).collect::<Vec<_>>(), findings(Severity::Notice));
        assert_eq!(plans.len(), 6 + 2 + 1);
        assert!(plans.is_sorted_by_key(|row| (row.subproject.clone(), row.version, row.kind, row.key.clone(), row.year)));
        let target = plans.last().unwrap();
        assert_eq!((target.kind, &*target.key, &target.value), (PlanRowKind::Target, "EECO01", &AuditValue::Count(400)));
    }

    fn all_streams_and_the_ledger_see_the_same_moment(store) {
        set_up(store, 1);
        accepted(store, &of(1, 1, "2024-Q1", 2));
        store
            .audit(&code(), |reader| {
                keep(store, &of(2, 1, "2024-Q2", 5));
                let mut rows = 0;
                reader.for_each_voucher::<StoreError>(&mut |_| { rows += 1; Ok(()) })?;
                assert_eq!((rows, reader.ledger()?.quarters.len(), reader.uploads().len()), (2, 1, 1));
                Ok::<(), StoreError>(())
            })
            .unwrap();
        assert_eq!(vouchers(store).len(), 7);
    }

    fn a_stream_ends_when_its_taker_says_so(store) {
        set_up(store, 1);
        keep(store, &of(1, 1, "2024-Q1", 5));
        let mut rows = 0;
        let error = store.audit(&code(), |reader| {
            reader.for_each_voucher(&mut |_| {
                rows += 1;
                if rows == 2 { Err(StoreError::Full) } else { Ok(()) }
            })
        });
        assert!(matches!(error, Err(StoreError::Full)));
        assert_eq!(rows, 2);
        store.ping().unwrap();
    }

    fn a_round_that_is_not_there_has_no_audit(store) {
        let error = store.audit(&RoundCode::new("2029-2031"), |_| Ok::<(), StoreError>(()));
        assert!(matches!(error, Err(StoreError::Unknown { thing: Thing::Round, .. })));
    }
}
