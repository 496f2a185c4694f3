//! A small made-up programme and workbooks for it, with documented defaults.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use nachweis_domain::{
    access::{Grant, Role, Scope},
    cell::{CellRef, Located},
    figures::{
        CounterFigure, FundFigure, IndicatorFigure, ItemFigure, NarrativeFigure, QuarterlyFigures, Voucher,
        VoucherColumn, VoucherList,
    },
    finding::{Detail, Finding, Severity},
    key::{
        ActionFieldKey, CounterKey, IndicatorCode, ItemKey, NarrativeKey, NetworkCode, RoundCode, SourceKey,
        StrandKey, SubprojectNo,
    },
    language::Language,
    money::Money,
    period::Period,
    plan::{Disbursement, PlanVersion},
    programme::ProgrammeImport,
    quarter::Quarter,
    record::{RatedFinding, Upload, UploadId, UserId, WarningComment},
    region::{Land, RegionCategory, RegionSplit},
    round::{FundingRound, shipped_text},
    subproject::{AwardPath, Carrier, RegionalNetwork, Subproject, SubprojectKind},
};
use nachweis_store::{Actor, Changes, NewUpload, NewUser, Original, RecordedUpload, Store};
use uuid::Uuid;

/// A moment: so many minutes after the morning of 2 January 2024.
pub(crate) fn at(minutes: i64) -> DateTime<Utc> {
    "2024-01-02T08:00:00.000001Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

pub(crate) fn code() -> RoundCode {
    RoundCode::new("2023-2025")
}

/// The round 2023–2025 as it ships: coordinators of networks endorse, where there are any.
pub(crate) fn round() -> FundingRound {
    FundingRound::from_toml(shipped_text("2023-2025").unwrap()).unwrap()
}

/// Creates the coordinator of all networks.
pub(crate) fn add_coordinator(store: &Store) {
    store
        .create_user(
            &user(COORDINATOR, "coordinator", Role::Coordinator),
            Actor::System,
            at(2),
        )
        .unwrap();
}

pub(crate) fn no(number: u32) -> SubprojectNo {
    SubprojectNo::new(format!("IQ23-NW-{number:03}"))
}

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x1000 + number)
}

/// The lead who uploads.
pub(crate) const LEAD: UserId = UserId(Uuid::from_u128(1));
/// The manager who decides.
pub(crate) const MANAGER: UserId = UserId(Uuid::from_u128(2));
pub(crate) const COORDINATOR: UserId = UserId(Uuid::from_u128(3));

pub(crate) fn user(id: UserId, name: &str, role: Role) -> NewUser {
    NewUser {
        id,
        name: name.into(),
        display_name: format!("{name} (made up)"),
        password_hash: None,
        language: Language::De,
        grants: vec![Grant {
            role,
            scope: Scope::All,
        }],
    }
}

/// A regional subproject in the first network.
pub(crate) fn subproject(number: u32) -> Subproject {
    Subproject {
        no: no(number),
        round: code(),
        kind: SubprojectKind::Regional,
        title: format!("Beratung für Fachkräfte {number}"),
        carrier: Carrier {
            name: "Bildungswerk Beispiel gGmbH".into(),
        },
        network: Some(NetworkCode::new("RIN-NW-OST")),
        land: Some(Land::NordrheinWestfalen),
        nuts2: Some("DEA5".parse().unwrap()),
        regions: RegionSplit::whole(RegionCategory::MoreDeveloped),
        strand: StrandKey::new("rin"),
        action_field: ActionFieldKey::new("counselling"),
        grant_period: Period {
            first: day("2023-01-01"),
            last: day("2025-12-31"),
        },
        award_path: AwardPath::Direct,
    }
}

/// A plan of EUR 100,000 a year, in effect from a day.
pub(crate) fn plan(effective_from: &str) -> PlanVersion {
    let years = |euro| {
        (2023..=2025)
            .map(|year| (year, Money::from_euro(euro)))
            .collect::<BTreeMap<_, _>>()
    };
    PlanVersion {
        number: 1,
        effective_from: day(effective_from),
        recorded_at: at(0),
        items: BTreeMap::from([
            (ItemKey::new("staff_employees"), years(70_000)),
            (ItemKey::new("remaining_costs"), years(30_000)),
        ]),
        sources: BTreeMap::from([
            (SourceKey::new("esf_plus"), Money::from_euro(120_000)),
            (SourceKey::new("federal"), Money::from_euro(180_000)),
        ]),
        targets: BTreeMap::from([(IndicatorCode::new("EECO01"), 400)]),
    }
}

pub(crate) fn network() -> RegionalNetwork {
    RegionalNetwork {
        round: code(),
        code: NetworkCode::new("RIN-NW-OST"),
        name: "Netzwerk Ost".into(),
        land: Some(Land::NordrheinWestfalen),
    }
}

pub(crate) fn paid(on: &str, euro: i64) -> Disbursement {
    Disbursement {
        paid_on: day(on),
        source: SourceKey::new("esf_plus"),
        amount: Money::from_euro(euro),
    }
}

/// So many subprojects, each with its first plan and a payment.
pub(crate) fn programme(subprojects: u32) -> ProgrammeImport {
    ProgrammeImport {
        networks: vec![network()],
        subprojects: (1..=subprojects)
            .map(|number| (subproject(number), plan("2023-01-01")))
            .collect(),
        plans: Vec::new(),
        disbursements: (1..=subprojects)
            .map(|number| (no(number), paid("2024-02-15", 5_000)))
            .collect(),
    }
}

/// Round, accounts and a programme: what uploads need.
pub(crate) fn set_up(store: &Store, subprojects: u32) {
    store.save_round(&round(), Actor::System, at(0)).unwrap();
    store
        .create_user(&user(LEAD, "lead", Role::Lead), Actor::System, at(0))
        .unwrap();
    store
        .create_user(&user(MANAGER, "manager", Role::Manager), Actor::System, at(0))
        .unwrap();
    store
        .import_programme(
            &code(),
            "programm.csv",
            &programme(subprojects),
            Actor::System,
            at(1),
        )
        .unwrap();
}

fn located<T>(value: T, sheet: &Arc<str>, row: u32, col: u16) -> Located<T> {
    Located::new(value, CellRef::at(Arc::clone(sheet), row, col))
}

/// The figures of a workbook with every kind of value, scaled by `cents`, and so many vouchers.
pub(crate) fn figures(cents: i64, vouchers: u32) -> QuarterlyFigures {
    let [spending, funds, indicators, counters, narrative] =
        ["Ausgaben", "Mittel", "Indikatoren", "Kennzahlen", "Sachbericht"].map(Arc::<str>::from);
    let money = Money::from_cents;
    QuarterlyFigures {
        expenditure: vec![
            ItemFigure {
                item: ItemKey::new("staff_employees"),
                amount: located(money(cents), &spending, 5, 4),
            },
            ItemFigure {
                item: ItemKey::new("remaining_costs"),
                amount: located(money(cents * 2 / 5), &spending, 7, 4),
            },
        ],
        vouchers: voucher_list(vouchers),
        funds: vec![
            FundFigure {
                source: SourceKey::new("esf_plus"),
                at: CellRef::at(Arc::clone(&funds), 3, 0),
                called: Some(located(money(cents + 1), &funds, 3, 2)),
                received: None,
                spent: Some(located(money(cents - 1), &funds, 3, 4)),
            },
            FundFigure {
                source: SourceKey::new("third_party"),
                at: CellRef::at(Arc::clone(&funds), 4, 0),
                called: None,
                received: None,
                spent: None,
            },
        ],
        indicators: vec![
            IndicatorFigure {
                code: IndicatorCode::new("EECO01"),
                at: CellRef::at(Arc::clone(&indicators), 4, 0),
                women: Some(located(7, &indicators, 4, 2)),
                men: Some(located(5, &indicators, 4, 3)),
                non_binary: Some(located(0, &indicators, 4, 4)),
                total: Some(located(12, &indicators, 4, 5)),
                corrects: None,
                note: None,
            },
            IndicatorFigure {
                code: IndicatorCode::new("EECO02"),
                at: CellRef::at(Arc::clone(&indicators), 5, 0),
                women: Some(located(-2, &indicators, 5, 2)),
                men: None,
                non_binary: None,
                total: None,
                corrects: Some(located(quarter("2023-Q4"), &indicators, 5, 6)),
                note: Some(located("doppelt gezählt – berichtigt".into(), &indicators, 5, 7)),
            },
        ],
        counters: vec![
            CounterFigure {
                counter: CounterKey::new("contacts_first"),
                at: CellRef::at(Arc::clone(&counters), 2, 0),
                count: Some(located(31, &counters, 2, 1)),
            },
            CounterFigure {
                counter: CounterKey::new("persons_advised"),
                at: CellRef::at(Arc::clone(&counters), 3, 0),
                count: None,
            },
        ],
        narrative: vec![NarrativeFigure {
            part: NarrativeKey::new("progress"),
            text: located(
                "Läuft gut.\nZweite Zeile mit \"Zeichen\" & <Klammern>.".into(),
                &narrative,
                2,
                1,
            ),
        }],
        typed_over: Vec::new(),
    }
}

/// Vouchers of which each seventh lacks everything that can be lacking.
pub(crate) fn voucher_list(count: u32) -> VoucherList {
    let full = |row: u32| Voucher {
        row,
        number: Some(format!("B-{row:05}")),
        paid_on: Some(day("2024-02-29")),
        payee: Some(format!("Empfängerin {}", row % 40)),
        purpose: Some("Gehalt März, Projektleitung".into()),
        item: Some(ItemKey::new("staff_employees")),
        amount: Some(Money::from_cents(i64::from(row) * 101 - 300)),
        corrects: row.is_multiple_of(5).then(|| quarter("2023-Q3")),
    };
    let empty = |row: u32| Voucher {
        row,
        number: None,
        paid_on: None,
        payee: None,
        purpose: None,
        item: None,
        amount: None,
        corrects: None,
    };
    VoucherList {
        sheet: "Belege".into(),
        columns: BTreeMap::from([(VoucherColumn::Number, 0), (VoucherColumn::Amount, 5)]),
        rows: (1..=count)
            .map(|row| {
                if row.is_multiple_of(7) {
                    empty(row)
                } else {
                    full(row)
                }
            })
            .collect(),
    }
}

/// A finding of each kind of place: at a cell with related ones, and about the workbook as a whole.
pub(crate) fn findings(severity: Severity) -> Vec<RatedFinding> {
    let rated = |finding| RatedFinding {
        finding,
        severity,
        comment: None,
        waiver: None,
    };
    let typed = || "1.234,5x".to_owned();
    vec![
        rated(Finding::whole(Detail::AmountUnreadable { typed: typed() })),
        rated(
            Finding::at(
                CellRef::at("Belege", 16, 3),
                Detail::TooManyDecimals { typed: typed() },
            )
            .with_related(vec![
                CellRef::at("Ausgaben", 4, 4),
                CellRef::at("Mein Blatt", 0, 26),
            ]),
        ),
    ]
}

/// A clean upload of 2024-Q1 by the lead with 20 vouchers. The bytes follow from the number.
pub(crate) fn upload(number: u128) -> NewUpload {
    NewUpload {
        id: UploadId(id(number)),
        subproject: no(1),
        quarter: quarter("2024-Q1"),
        original: Original::new(format!("workbook {number}").into_bytes()),
        file_name: "Bericht Q1.xlsx".into(),
        uploaded_by: LEAD,
        uploaded_at: at(10),
        template_version: round().template_version,
        rule_version: round().rule_version,
        plan_version: 1,
        figures: figures(100_000, 20),
        findings: Vec::new(),
    }
}

/// Keeps an upload that must be new.
pub(crate) fn keep(store: &Store, new: &NewUpload) -> Upload {
    match store.record_upload(new).unwrap() {
        RecordedUpload::New(upload) => upload,
        RecordedUpload::Same(upload) => panic!("{} was there before", upload.id),
    }
}

/// Keeps, submits and accepts an upload.
pub(crate) fn accepted(store: &Store, new: &NewUpload) -> Upload {
    let upload = keep(store, new);
    store.submit(upload.id, LEAD, at(20), &[]).unwrap();
    store.accept(upload.id, MANAGER, at(30)).unwrap()
}

/// When the ledger of the round last changed.
pub(crate) fn last_change(store: &Store) -> Option<DateTime<Utc>> {
    store
        .last_change(&code(), Changes::Any)
        .unwrap()
        .map(|mark| mark.at)
}

/// Lives a small life: one revision returned with comments on its warnings, one accepted, one accepted after it.
pub(crate) fn story(store: &Store) {
    set_up(store, 2);
    let mut warned = upload(1);
    warned.findings = findings(Severity::Warning);
    let kept = keep(store, &warned);
    let comment = WarningComment {
        finding: 0,
        comment: "Beleg folgt – „später“".into(),
    };
    store.submit(kept.id, LEAD, at(20), &[comment]).unwrap();
    store
        .return_to_lead(kept.id, MANAGER, at(21), "Bitte prüfen")
        .unwrap();
    accepted(store, &upload(2));
    accepted(store, &upload(3));
}
