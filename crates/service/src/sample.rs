//! Data for the tests of this room: one subproject of the shipped round 2023–2025, with documented defaults.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    access::{Caller, Grant, Role, Scope},
    cell::{CellRef, Located},
    context::{History, ReportingContext},
    key::{ActionFieldKey, ItemKey, NetworkCode, StrandKey, SubprojectNo},
    money::Money,
    period::Period,
    plan::PlanVersion,
    quarter::Quarter,
    record::UserId,
    region::{Land, RegionCategory, RegionSplit},
    round::{FundingRound, shipped},
    subproject::{AwardPath, Carrier, Subproject, SubprojectKind},
};
use uuid::Uuid;

/// The round 2023–2025 as it ships.
pub(crate) fn round() -> FundingRound {
    shipped().swap_remove(0)
}

/// 2024-Q3.
pub(crate) fn quarter() -> Quarter {
    "2024-Q3".parse().unwrap()
}

/// Noon of 15 October 2024.
pub(crate) fn noon() -> DateTime<Utc> {
    "2024-10-15T12:00:00Z".parse().unwrap()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A subproject of the network `RIN-NW` in Nordrhein-Westfalen, granted for the whole round.
pub(crate) fn subproject(no: &str) -> Subproject {
    Subproject {
        no: SubprojectNo::new(no),
        round: round().code,
        kind: SubprojectKind::Regional,
        title: format!("Qualifizierung {no}"),
        carrier: Carrier {
            name: "Beispielträger gGmbH".to_owned(),
        },
        network: Some(NetworkCode::new("RIN-NW")),
        land: Some(Land::NordrheinWestfalen),
        nuts2: None,
        regions: RegionSplit::whole(RegionCategory::MoreDeveloped),
        strand: StrandKey::new("rin"),
        action_field: ActionFieldKey::new("qualification"),
        grant_period: Period {
            first: day(2023, 1, 1),
            last: day(2025, 12, 31),
        },
        award_path: AwardPath::Direct,
    }
}

/// Plan version 1: EUR 100,000 for employees in each year, and their flat rate.
pub(crate) fn plan() -> PlanVersion {
    let years = |euro: i64| (2023..=2025).map(|year| (year, Money::from_euro(euro))).collect();
    PlanVersion {
        number: 1,
        effective_from: day(2023, 1, 1),
        recorded_at: noon(),
        items: [
            (ItemKey::new("staff_employees"), years(100_000)),
            (ItemKey::new("remaining_costs"), years(40_000)),
        ]
        .into(),
        sources: [].into(),
        targets: [].into(),
    }
}

/// What `IQ23-NW-001` is checked against in 2024-Q3, with nothing before.
pub(crate) fn context() -> ReportingContext {
    ReportingContext {
        subproject: subproject("IQ23-NW-001"),
        network_name: Some("Netzwerk West".to_owned()),
        quarter: quarter(),
        template_version: round().template_version,
        plan: plan(),
        history: History::default(),
    }
}

/// A value in some cell.
pub(crate) fn at<T>(value: T) -> Located<T> {
    Located::new(value, CellRef::at(Arc::from("Ausgaben"), 9, 5))
}

/// Somebody with one grant.
pub(crate) fn caller(role: Role, scope: Scope) -> Caller {
    Caller {
        user: UserId(Uuid::from_u128(7)),
        grants: vec![Grant { role, scope }],
    }
}

/// The lead of a subproject.
pub(crate) fn lead_of(no: &str) -> Caller {
    caller(Role::Lead, Scope::Subproject(SubprojectNo::new(no)))
}
