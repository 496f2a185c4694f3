//! Audit streams: every row with its revision, file and cell, in a fixed order, from one moment.

use std::collections::BTreeMap;

use nachweis_domain::{
    audit::{
        AuditFigure, AuditFinding, AuditPayment, AuditPlanRow, AuditRows, AuditStep, AuditUpload, AuditValue,
        AuditVoucher, FigureKind, FigurePart, PlanRowKind,
    },
    finding::Severity,
    key::RoundCode,
    money::Money,
    record::{UploadState, WarningComment},
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
        let uploaded_at = accepted(store, &of(2, 1, "2024-Q1", 9)).uploaded_at;
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
        assert_eq!((row.origin.uploaded.by.login.as_str(), row.origin.uploaded.at), ("lead", uploaded_at));
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
                let journal: Vec<_> = reader.journal(0, 100)?.into_iter().map(|row| row.entry).collect();
                assert_eq!(journal, store.journal(0, 100)?);
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

    fn a_revision_says_who_took_each_step_when_and_why(store) {
        set_up(store, 1);
        let returned = keep(store, &NewUpload { findings: findings(Severity::Warning), ..of(1, 1, "2024-Q1", 1) });
        let comment = WarningComment { finding: 1, comment: "Ist abgestimmt.".into() };
        store.submit(returned.id, LEAD, at(12), &[comment]).unwrap();
        store.return_to_lead(returned.id, MANAGER, at(14), "Beleg 17 fehlt.").unwrap();
        accepted(store, &of(2, 1, "2024-Q1", 2));
        let newer = keep(store, &of(3, 1, "2024-Q1", 3));
        store.submit(newer.id, LEAD, at(40), &[]).unwrap();
        store.accept(newer.id, MANAGER, at(50)).unwrap();
        keep(store, &of(4, 1, "2024-Q2", 0));
        let mut found = Vec::new();
        let uploads: Vec<AuditUpload> = store
            .audit(&code(), |reader: &mut AuditReader<'_, '_>| {
                reader.for_each_finding(&mut |row| { found.push(row); Ok::<(), StoreError>(()) })?;
                let last = reader.journal(0, 1_000)?.pop().unwrap();
                assert_eq!(last.actor.map(|actor| (actor.id, actor.login.clone())), Some((LEAD, "lead".into())));
                let first = reader.journal(0, 1)?.pop().unwrap();
                assert!(first.actor.is_none(), "the system itself");
                Ok::<_, StoreError>(reader.uploads().cloned().collect())
            })
            .unwrap();
        let step = |step: &Option<AuditStep>| step.as_ref().map(|step| (step.by.login.clone(), step.at));
        let steps: Vec<_> = uploads
            .iter()
            .map(|row| (step(&row.submitted), step(&row.decided), row.return_reason.as_deref(), row.superseded_at))
            .collect();
        let by = |login: &str, minutes| Some((login.to_owned(), at(minutes)));
        assert_eq!(
            steps,
            [
                (by("lead", 12), by("manager", 14), Some("Beleg 17 fehlt."), None),
                (by("lead", 20), by("manager", 30), None, Some(at(50))),
                (by("lead", 40), by("manager", 50), None, None),
                (None, None, None, None),
            ]
        );
        assert_eq!(uploads[0].origin.uploaded.by.name, "lead (made up)");
        let comments: Vec<_> = found[..2].iter().map(|row| (row.finding.comment.as_deref(), step(&row.commented))).collect();
        assert_eq!(comments, [(None, None), (Some("Ist abgestimmt."), by("lead", 12))]);
    }

    fn payments_and_plans_say_who_recorded_them_when(store) {
        set_up(store, 2);
        let mut later = programme(2);
        later.disbursements.push((no(1), paid("2024-01-05", -70)));
        later.disbursements.push((no(1), paid("2024-01-05", -70)));
        later.subprojects.push((subproject(2), plan("2024-04-01")));
        store.import_programme(&code(), "zahlungen.csv", &later, MANAGER, at(60)).unwrap();
        let (mut payments, mut plans): (Vec<AuditPayment>, Vec<AuditPlanRow>) = Default::default();
        store
            .audit(&code(), |reader: &mut AuditReader<'_, '_>| {
                reader.for_each_payment(&mut |row| { payments.push(row); Ok::<(), StoreError>(()) })?;
                reader.for_each_plan_row(&mut |row| { plans.push(row); Ok::<(), StoreError>(()) })
            })
            .unwrap();
        assert!(payments.is_sorted_by_key(|row| (row.subproject.clone(), row.paid_on, row.source.clone())));
        let recorded: Vec<_> = payments
            .iter()
            .map(|row| (row.amount, row.recorded_at, row.recorded_by.as_ref().map(|by| by.login.as_str())))
            .filter(|(_, at, _)| *at != self::at(1))
            .collect();
        assert_eq!(recorded, [(Money::from_euro(-70), at(60), Some("manager")); 2]);
        assert!(payments.len() > 2 && payments.iter().any(|row| row.recorded_by.is_none()), "the system itself");
        let recorders: Vec<_> = plans
            .iter()
            .map(|row| (row.subproject.clone(), row.version, row.recorded_by.as_ref().map(|by| by.id)))
            .filter(|(.., by)| by.is_some())
            .collect();
        assert_eq!(recorders, vec![(no(2), 2, Some(MANAGER)); 9]);
    }

    fn the_database_sums_and_counts_what_the_rows_say(store) {
        set_up(store, 2);
        accepted(store, &NewUpload { findings: Vec::new(), ..of(1, 1, "2024-Q1", 9) });
        let newer = keep(store, &of(2, 1, "2024-Q1", 4));
        store.submit(newer.id, LEAD, at(40), &[]).unwrap();
        let submitted = keep(store, &of(3, 2, "2024-Q1", 3));
        store.submit(submitted.id, LEAD, at(40), &[]).unwrap();
        keep(store, &of(4, 2, "2024-Q2", 2));
        store
            .audit(&code(), |reader: &mut AuditReader<'_, '_>| {
                let mut rows = AuditRows { uploads: 4, journal: u64::try_from(reader.journal(0, 1_000)?.len()).unwrap(), ..AuditRows::default() };
                let mut figures = BTreeMap::new();
                reader.for_each_figure(&mut |row| {
                    rows.figures += 1;
                    let value = match row.value {
                        AuditValue::Money(amount) => Some(amount.cents()),
                        AuditValue::Count(count) => Some(count),
                        _ => None,
                    };
                    if let (true, Some(value)) = (row.origin.counts, value) {
                        let accepted = row.origin.state == UploadState::Accepted;
                        let place = (row.origin.subproject.clone(), row.origin.quarter, accepted, row.kind, row.key.to_string(), row.part);
                        *figures.entry(place).or_insert(0) += value;
                    }
                    Ok::<(), StoreError>(())
                })?;
                let mut vouchers = BTreeMap::new();
                reader.for_each_voucher(&mut |row| {
                    rows.vouchers += 1;
                    if row.origin.counts {
                        *vouchers.entry(row.item.map(|item| item.to_string())).or_insert(Money::ZERO) += row.amount.unwrap_or_default();
                    }
                    Ok::<(), StoreError>(())
                })?;
                let mut payments = BTreeMap::new();
                reader.for_each_payment(&mut |row| {
                    rows.payments += 1;
                    *payments.entry((row.subproject, row.paid_on, row.source)).or_insert(Money::ZERO) += row.amount;
                    Ok::<(), StoreError>(())
                })?;
                let mut plans = Vec::new();
                reader.for_each_plan_row(&mut |row| { rows.plan_rows += 1; plans.push((row.subproject, row.version, row.kind, row.key, row.year)); Ok::<(), StoreError>(()) })?;
                reader.for_each_finding(&mut |_| { rows.findings += 1; Ok::<(), StoreError>(()) })?;
                let sums = reader.sums(rows.journal)?;
                assert_eq!(sums.rows, rows);
                assert_eq!(reader.sums(3)?.rows.journal, 3);
                let of_figures: BTreeMap<_, _> = sums
                    .figures
                    .iter()
                    .map(|row| ((row.subproject.clone(), row.quarter, row.accepted, row.kind, row.key.to_string(), row.part), row.sum))
                    .collect();
                assert_eq!(of_figures, figures);
                assert_eq!(sums.figures.len(), of_figures.len(), "each sum once");
                assert!(of_figures.keys().any(|place| place.2) && of_figures.keys().any(|place| !place.2));
                let of_vouchers: BTreeMap<_, _> = sums.vouchers.iter().map(|row| (row.item.as_ref().map(ToString::to_string), row.sum)).collect();
                assert_eq!(of_vouchers, vouchers);
                let of_payments: BTreeMap<_, _> = sums.payments.iter().map(|row| ((row.subproject.clone(), row.paid_on, row.source.clone()), row.sum)).collect();
                assert_eq!(of_payments, payments);
                let mut of_plans: Vec<_> = sums.plans.iter().map(|row| (row.subproject.clone(), row.version, row.kind, row.key.clone(), row.year)).collect();
                of_plans.sort();
                assert_eq!(of_plans, plans);
                Ok::<(), StoreError>(())
            })
            .unwrap();
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
