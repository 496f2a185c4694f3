//! What of a round's ledger a caller may see: their reports are made from nothing else.

use nachweis_domain::{
    access::{Act, Caller},
    ledger::{Ledger, SubprojectIndex},
};

use crate::gate;

/// The ledger with the subprojects that the caller may see in reports, and with their networks only.
pub(crate) fn restrict(caller: &Caller, mut ledger: Ledger) -> Ledger {
    let visible: Vec<bool> = ledger
        .subprojects
        .iter()
        .map(|state| gate::allows(caller, Act::ReadReport, &state.subproject))
        .collect();
    if visible.iter().all(|visible| *visible) {
        return ledger;
    }
    let places = new_places(&visible);
    let place = |old: SubprojectIndex| places.get(old).copied().flatten();
    let mut flags = visible.iter();
    ledger
        .subprojects
        .retain(|_| flags.next().copied().unwrap_or(false));
    ledger
        .expenditure
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    ledger
        .funds
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    ledger
        .indicators
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    ledger
        .counters
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    ledger
        .quarters
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    ledger
        .reopenings
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    let subprojects = &ledger.subprojects;
    ledger.waivers.retain(|waiver| {
        subprojects
            .iter()
            .any(|state| state.subproject.no == waiver.subproject)
    });
    ledger.networks.retain(|network| {
        subprojects
            .iter()
            .any(|state| state.subproject.network.as_ref() == Some(&network.code))
    });
    ledger
}

/// Where each subproject stands after the hidden ones have gone.
fn new_places(visible: &[bool]) -> Vec<Option<SubprojectIndex>> {
    let mut next = 0;
    visible
        .iter()
        .map(|visible| {
            visible.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

/// Moves an entry to its subproject's new place; `false` when that is gone.
fn moved(index: &mut SubprojectIndex, place: impl Fn(SubprojectIndex) -> Option<SubprojectIndex>) -> bool {
    match place(*index) {
        Some(new) => {
            *index = new;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::TimeDelta;
    use nachweis_domain::{
        access::{Role, Scope},
        finding::Code,
        key::{ItemKey, NetworkCode, SubprojectNo},
        ledger::{ExpenditureEntry, QuarterClosing, QuarterReopening, SubprojectState},
        life::Reopening,
        money::Money,
        record::{UserId, WaiverId},
        subproject::RegionalNetwork,
        waiver::Waiver,
    };

    use super::*;
    use crate::sample::{caller, lead_of, noon, plan, quarter, round, subproject};

    fn network(code: &str) -> RegionalNetwork {
        RegionalNetwork {
            round: round().code,
            code: NetworkCode::new(code),
            name: code.to_owned(),
            land: None,
        }
    }

    fn waiver(no: &str, number: u32) -> Waiver {
        Waiver {
            id: WaiverId(uuid::Uuid::from_u128(number.into())),
            number,
            round: round().code,
            subproject: SubprojectNo::new(no),
            code: Code::Fin04,
            first: quarter(),
            last: quarter(),
            reason: "Die Rechnung kam verspätet.".to_owned(),
            asked_by: UserId(uuid::Uuid::nil()),
            asked_at: noon(),
            asked_until: noon(),
            decision: None,
            withdrawal: None,
        }
    }

    fn ledger() -> Ledger {
        let numbers = ["IQ23-NW-001", "IQ23-NW-002", "IQ23-NW-003"];
        let entry = |subproject: usize, cents: i64| ExpenditureEntry {
            subproject,
            quarter: quarter(),
            item: ItemKey::new("staff_employees"),
            reported: Money::from_cents(cents),
            accepted: Money::ZERO,
        };
        Ledger {
            round: round(),
            as_of: noon(),
            status_at: noon(),
            mark: None,
            networks: vec![network("RIN-BY"), network("RIN-NW")],
            coordinated: BTreeSet::new(),
            subprojects: numbers
                .iter()
                .map(|no| SubprojectState {
                    subproject: subproject(no),
                    plans: vec![plan()],
                    disbursements: Vec::new(),
                })
                .collect(),
            expenditure: vec![entry(0, 1), entry(1, 20), entry(1, 21), entry(2, 300)],
            funds: Vec::new(),
            indicators: Vec::new(),
            counters: Vec::new(),
            quarters: Vec::new(),
            waivers: numbers
                .iter()
                .zip(1..)
                .map(|(no, number)| waiver(no, number))
                .collect(),
            closings: vec![QuarterClosing {
                quarter: quarter(),
                at: noon(),
            }],
            reopenings: (0..numbers.len()).map(reopening).collect(),
        }
    }

    fn reopening(subproject: SubprojectIndex) -> QuarterReopening {
        QuarterReopening {
            subproject,
            quarter: quarter(),
            reopening: Reopening {
                from: noon(),
                until: noon() + TimeDelta::days(i64::try_from(subproject).unwrap() + 1),
            },
        }
    }

    #[test]
    fn a_manager_of_everything_sees_the_ledger_as_it_is() {
        assert_eq!(restrict(&caller(Role::Manager, Scope::All), ledger()), ledger());
    }

    #[test]
    fn a_lead_sees_the_own_subproject_with_its_own_figures_and_network() {
        let seen = restrict(&lead_of("IQ23-NW-002"), ledger());
        assert_eq!(seen.subprojects.len(), 1);
        assert_eq!(seen.subprojects[0].subproject.no.as_str(), "IQ23-NW-002");
        let figures: Vec<_> = seen
            .expenditure
            .iter()
            .map(|entry| (entry.subproject, entry.reported.cents()))
            .collect();
        assert_eq!(figures, [(0, 20), (0, 21)]);
        assert_eq!(seen.networks, [network("RIN-NW")]);
        assert_eq!(
            seen.waivers,
            [waiver("IQ23-NW-002", 2)],
            "no waiver of another subproject"
        );
        let own = QuarterReopening {
            subproject: 0,
            ..reopening(1)
        };
        assert_eq!(seen.reopenings, [own], "no reopening for another subproject");
    }

    #[test]
    fn the_places_of_later_subprojects_move_up() {
        let mut both = lead_of("IQ23-NW-001");
        both.grants.extend(lead_of("IQ23-NW-003").grants);
        let seen = restrict(&both, ledger());
        let places: Vec<_> = seen.expenditure.iter().map(|entry| entry.subproject).collect();
        assert_eq!(places, [0, 1]);
        assert_eq!(seen.subprojects[1].subproject.no.as_str(), "IQ23-NW-003");
    }

    #[test]
    fn an_administrator_of_accounts_sees_no_figures() {
        let seen = restrict(&caller(Role::Admin, Scope::All), ledger());
        assert!(seen.subprojects.is_empty() && seen.expenditure.is_empty() && seen.networks.is_empty());
    }
}
