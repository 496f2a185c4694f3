//! Reads a subproject of our own format.

use std::collections::BTreeSet;

use nachweis_domain::{
    key::{ActionFieldKey, NetworkCode, RoundCode, StrandKey, SubprojectNo},
    period::Period,
    region::{Nuts2, RegionCategory, RegionSplit},
    round::FundingRound,
    subproject::{AwardPath, Carrier, Subproject, SubprojectKind},
};

use super::field::{self, Faults, Record};

/// Reads a row of the table `subprojects`.
pub(super) fn read(funding: &FundingRound, record: &Record<'_>, faults: &mut Faults) -> Option<Subproject> {
    let [no, round, kind, title, carrier, strand, field] = [
        "no",
        "round",
        "kind",
        "title",
        "carrier",
        "strand",
        "action_field",
    ]
    .map(|column| record.required(column, faults));
    let network = record.text("network").map(NetworkCode::new);
    let (first, last) = (
        record.date("grant_first", faults),
        record.date("grant_last", faults),
    );
    let land = record.optional("land", faults);
    let nuts2 = record.optional("nuts2", faults);
    let regions = regions(funding, record, nuts2, faults);
    let award_path = award_path(record, faults);
    let kind = kind.and_then(|kind| {
        let known = SubprojectKind::ALL
            .into_iter()
            .find(|known| known.as_str() == kind);
        if known.is_none() {
            faults.add_choice(
                record,
                "kind",
                &kind,
                &SubprojectKind::ALL.map(SubprojectKind::as_str),
            );
        }
        known
    });
    Some(Subproject {
        no: SubprojectNo::new(no?),
        round: RoundCode::new(round?),
        kind: kind?,
        title: title?,
        carrier: Carrier { name: carrier? },
        network,
        land,
        nuts2,
        regions: regions?,
        strand: StrandKey::new(strand?),
        action_field: ActionFieldKey::new(field?),
        grant_period: Period {
            first: first?,
            last: last?,
        },
        award_path: award_path?,
    })
}

/// `more_developed=0,755|transition=0,245`; empty is the category of the NUTS-2 region.
fn regions(
    funding: &FundingRound,
    record: &Record<'_>,
    nuts2: Option<Nuts2>,
    faults: &mut Faults,
) -> Option<RegionSplit> {
    let Some(typed) = record.text("regions") else {
        if nuts2.is_none() && record.text("nuts2").is_none() {
            faults.add(
                record,
                "regions",
                "Ohne „nuts2“ muss „regions“ ausgefüllt sein.",
                "Without \"nuts2\", \"regions\" must be filled in.",
            );
        }
        return nuts2.map(|nuts2| RegionSplit::whole(funding.category_of(nuts2)));
    };
    let shares: Option<Vec<_>> = typed
        .split('|')
        .map(|part| {
            let (category, share) = part.split_once('=')?;
            let category: RegionCategory = category.trim().parse().ok()?;
            Some((category, field::fraction(share)?))
        })
        .collect();
    let once = |shares: &[(RegionCategory, _)]| {
        shares
            .iter()
            .map(|(category, _)| *category)
            .collect::<BTreeSet<_>>()
            .len()
            == shares.len()
    };
    let split = shares
        .filter(|shares| once(shares))
        .and_then(|shares| RegionSplit::new(shares).ok());
    if split.is_none() {
        faults.add(
            record,
            "regions",
            &format!(
                "„{typed}“ ist keine Aufteilung wie „more_developed=0,755|transition=0,245“ mit der Summe 1."
            ),
            &format!(
                "\"{typed}\" is no split such as \"more_developed=0,755|transition=0,245\" that sums to 1."
            ),
        );
    }
    split
}

fn award_path(record: &Record<'_>, faults: &mut Faults) -> Option<AwardPath> {
    match record.text("award_path").as_deref() {
        None | Some("direct") => Some(AwardPath::Direct),
        Some(typed) => {
            let via = typed
                .strip_prefix("via:")
                .map(str::trim)
                .filter(|via| !via.is_empty());
            if via.is_none() {
                faults.add_choice(record, "award_path", typed, &["direct", "via:RIN-…"]);
            }
            via.map(|via| AwardPath::PassedOn {
                via: NetworkCode::new(via),
            })
        }
    }
}
