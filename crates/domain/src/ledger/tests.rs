//! Whose report of a quarter is expected and not accepted.

use super::*;
use crate::{
    key::{ActionFieldKey, StrandKey},
    period::Period,
    region::{RegionCategory, RegionSplit},
    round::shipped,
    subproject::{AwardPath, Carrier, SubprojectKind},
};

fn subproject(no: &str, (first, last): (&str, &str)) -> SubprojectState {
    SubprojectState {
        subproject: Subproject {
            no: SubprojectNo::new(no),
            round: shipped().swap_remove(0).code,
            kind: SubprojectKind::Regional,
            title: "Beratung".to_owned(),
            carrier: Carrier {
                name: "Beispielträger gGmbH".to_owned(),
            },
            network: None,
            land: None,
            nuts2: None,
            regions: RegionSplit::whole(RegionCategory::MoreDeveloped),
            strand: StrandKey::new("rin"),
            action_field: ActionFieldKey::new("counselling"),
            grant_period: Period {
                first: first.parse().unwrap(),
                last: last.parse().unwrap(),
            },
            award_path: AwardPath::Direct,
        },
        plans: Vec::new(),
        disbursements: Vec::new(),
    }
}

/// A quarter whose latest revision is this one, beside one that is accepted or not.
fn state(
    subproject: SubprojectIndex,
    quarter: Quarter,
    state: UploadState,
    is_accepted: bool,
) -> QuarterState {
    QuarterState {
        subproject,
        quarter,
        state,
        revision: 2,
        uploaded_at: DateTime::UNIX_EPOCH,
        submitted_at: None,
        blocking: 0,
        warnings: 0,
        is_reported: is_accepted,
        counting: is_accepted.then_some(1),
        is_accepted,
    }
}

#[test]
fn expected_of_a_quarter_is_who_is_granted_in_it_and_has_no_accepted_revision() {
    let whole = ("2023-01-01", "2025-12-31");
    let (before, quarter): (Quarter, Quarter) = ("2024-Q2".parse().unwrap(), "2024-Q3".parse().unwrap());
    let mut ledger = Ledger {
        round: shipped().swap_remove(0),
        as_of: DateTime::UNIX_EPOCH,
        status_at: DateTime::UNIX_EPOCH,
        mark: None,
        networks: Vec::new(),
        coordinated: BTreeSet::new(),
        subprojects: vec![
            subproject("IQ23-NW-001", whole),
            subproject("IQ23-NW-002", whole),
            subproject("IQ23-NW-003", ("2024-09-30", "2025-12-31")),
            subproject("IQ23-NW-004", ("2023-01-01", "2024-06-30")),
            subproject("IQ23-NW-005", ("2024-10-01", "2025-12-31")),
        ],
        expenditure: Vec::new(),
        funds: Vec::new(),
        indicators: Vec::new(),
        counters: Vec::new(),
        quarters: Vec::new(),
        waivers: Vec::new(),
        closings: Vec::new(),
        reopenings: Vec::new(),
    };
    let missing = |ledger: &Ledger| -> Vec<String> {
        let missing = ledger.not_accepted(quarter);
        missing.into_iter().map(ToString::to_string).collect()
    };
    assert_eq!(missing(&ledger), ["IQ23-NW-001", "IQ23-NW-002", "IQ23-NW-003"]);
    ledger.quarters = vec![
        state(0, before, UploadState::Accepted, true),
        state(0, quarter, UploadState::Submitted, false),
        state(1, quarter, UploadState::Blocked, true),
        state(2, quarter, UploadState::Accepted, true),
    ];
    assert_eq!(missing(&ledger), ["IQ23-NW-001"]);
}
