//! Who changes rows behind the program's back cannot vouch for them anew: not by an entry that fits the chain either.

use std::collections::BTreeMap;

use nachweis_domain::{
    proof::{ORIGIN, chain::Written},
    record::Sha256,
};
use nachweis_service::{ServiceError, VerifyRequest};

use crate::{
    Story, retention, verify,
    world::{World, day},
};

pub(crate) const STORIES: &[Story] = &[(
    "an_entry_that_vouches_for_changed_rows_is_named_though_the_chain_fits",
    vouched_again,
)];

/// What is done, the rows it changes, the kind of entry that then vouches for them, and what is found of the entry.
const FORGERIES: [(&str, &str, &str, &str); 7] = [
    (
        "UPDATE plan_row SET amount = amount + 1 WHERE kind = 'source' AND subproject = 'IQ23-NW-001' AND number = 2",
        "plan_row/IQ23-NW-001/2",
        "plan_recorded",
        "rows-vouched-again",
    ),
    (
        "UPDATE disbursement SET amount_cents = amount_cents + 1",
        "disbursement/",
        "programme_imported",
        "rows-vouched-again",
    ),
    (
        "UPDATE upload SET decided_at = decided_at + 1 WHERE return_reason IS NOT NULL",
        "upload_decided/",
        "returned",
        "rows-vouched-again",
    ),
    (
        "UPDATE frozen_report SET sha256 = replace(sha256, '1', '2')",
        "frozen_report/2023-2025/8098",
        "quarter_closed",
        "rows-vouched-again",
    ),
    (
        "DELETE FROM voucher WHERE upload_seq = (SELECT min(seq) FROM upload)",
        "voucher/",
        "upload_received",
        "rows-vouched-again",
    ),
    (
        "UPDATE voucher SET amount_cents = amount_cents + 1 WHERE upload_seq = (SELECT max(seq) FROM upload)",
        "voucher/",
        "rows_attested",
        "rows-vouched-again",
    ),
    (
        "UPDATE subproject SET title = title || 'x' WHERE no = 'IQ23-NW-002'",
        "subproject/IQ23-NW-002",
        "exported",
        "rows-vouched-wrongly",
    ),
];

fn vouched_again(world: &World) {
    verify::lived(world);
    verify::frozen(world);
    retention::pay(world, day(2024, 11, 15));
    let found = || {
        let request = VerifyRequest {
            without_reading: true,
            ..VerifyRequest::default()
        };
        verify::verify_with(world, &request).faults
    };
    assert_eq!(found().told(), []);
    for (done, rows, action, code) in FORGERIES {
        let before = groups(world);
        world.database.tamper(done);
        let now = groups(world);
        let changed = before.keys().chain(now.keys());
        let group = changed
            .filter(|group| group.starts_with(rows))
            .find(|group| before.get(*group) != now.get(*group))
            .unwrap_or_else(|| panic!("{done}"));
        let position = append(world, action, (group, now.get(group)));
        let found = found();
        let places: Vec<_> = found.told().iter().map(nachweis_service::Fault::place).collect();
        let here = places.iter().filter(|place| place.position == Some(position));
        let here: Vec<_> = here.map(|place| (place.code, &*place.at)).collect();
        assert_eq!(here, [(code, &**group)], "{done}: {places:?}");
        assert!(
            !places.iter().any(|place| place.code.starts_with("journal-")),
            "the chain fits: {places:?}"
        );
    }
}

/// The groups of rows as they are.
fn groups(world: &World) -> BTreeMap<String, Sha256> {
    let mut groups = BTreeMap::new();
    world
        .store
        .for_each_group(&mut |rows| {
            groups.insert(rows.name, rows.digest);
            Ok::<(), ServiceError>(())
        })
        .unwrap();
    groups
}

/// Appends an entry that vouches for a group, linked as the service links it, and gives its position.
fn append(world: &World, action: &str, (group, digest): (&str, Option<&Sha256>)) -> u64 {
    let (mut last, mut before) = ((0, 0), ORIGIN);
    world
        .store
        .for_each_link(0, &mut |linked| {
            last = (linked.entry.position, linked.entry.at_micros);
            before = linked.link.unwrap();
            Ok::<(), ServiceError>(())
        })
        .unwrap();
    let detail = serde_json::json!({ "rows": { group: digest } }).to_string();
    let entry = Written {
        position: last.0 + 1,
        at_micros: last.1 + 1,
        actor: None,
        action,
        object: "record",
        detail: &detail,
        figures_of: None,
    };
    let (position, at, link) = (entry.position, entry.at_micros, entry.link(&before));
    world.database.tamper(&format!(
        "INSERT INTO journal (position, at, action, object, detail, link) VALUES ({position}, {at}, '{action}', 'record', '{detail}', '{link}')"
    ));
    position
}
