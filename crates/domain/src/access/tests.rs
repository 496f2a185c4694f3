//! The whole table of roles, scopes, acts and objects, held against `access-table.txt`; and what holds for all grants.

use proptest::prelude::*;

use super::*;

const LEAD: UserId = UserId(uuid::Uuid::from_u128(1));
const OTHER: UserId = UserId(uuid::Uuid::from_u128(2));

/// An object of the table: its name, and where it stands.
struct Thing {
    name: &'static str,
    no: SubprojectNo,
    network: Option<NetworkCode>,
    field: ActionFieldKey,
    hands: [UserId; 1],
}

fn thing(name: &'static str, no: &str, network: &str, field: &str, uploaded_by: UserId) -> Thing {
    Thing {
        name,
        no: SubprojectNo::new(no),
        network: (!network.is_empty()).then(|| NetworkCode::new(network)),
        field: ActionFieldKey::new(field),
        hands: [uploaded_by],
    }
}

impl Thing {
    fn object(&self) -> Object<'_> {
        Object::Subproject {
            no: &self.no,
            network: self.network.as_ref(),
            field: &self.field,
            hands: &self.hands,
        }
    }
}

fn things() -> [Thing; 5] {
    [
        thing("own", "IQ23-NW-001", "RIN-NW-OST", "counselling", OTHER),
        thing(
            "own, own upload",
            "IQ23-NW-001",
            "RIN-NW-OST",
            "counselling",
            LEAD,
        ),
        thing(
            "same network",
            "IQ23-NW-002",
            "RIN-NW-OST",
            "qualification",
            OTHER,
        ),
        thing("same field", "IQ23-BE-001", "RIN-BE", "counselling", OTHER),
        thing("foreign", "IQ23-DE-001", "", "networking", OTHER),
    ]
}

fn grant(role: Role, scope: Scope) -> Grant {
    Grant { role, scope }
}

fn caller(grants: Vec<Grant>) -> Caller {
    Caller { user: LEAD, grants }
}

fn scopes() -> [(&'static str, Scope); 4] {
    [
        (
            "its subproject",
            Scope::Subproject(SubprojectNo::new("IQ23-NW-001")),
        ),
        ("its network", Scope::Network(NetworkCode::new("RIN-NW-OST"))),
        ("its field", Scope::Field(ActionFieldKey::new("counselling"))),
        ("everything", Scope::All),
    ]
}

const fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed => "yes",
        Decision::Forbidden(Reason::Role) => "403",
        Decision::Forbidden(Reason::OwnSubmission) => "403 own",
        Decision::Hidden => "404",
    }
}

fn line(first: &str, programme: &str, others: impl Iterator<Item = &'static str>) -> String {
    let cells: String = others.fold(String::new(), |cells, cell| format!("{cells}{cell:<17}"));
    format!("{}\n", format!("{first:<18}{programme:<12}{cells}").trim_end())
}

fn block(title: &str, caller: &Caller) -> String {
    let things = things();
    let head = line("", "programme", things.iter().map(|thing| thing.name));
    let rows = Act::ALL.into_iter().map(|act| {
        let others = things
            .iter()
            .map(|thing| word(decide(caller, act, thing.object())));
        line(
            &format!("{act:?}"),
            word(decide(caller, act, Object::Programme)),
            others,
        )
    });
    format!("\n{title}\n{head}{}", rows.collect::<String>())
}

/// The table as text.
fn table() -> String {
    let head = "Who may do what (design.md §2), as domain::access::decide answers it; a test holds the function to this file.\n\
        yes: allowed. 403: visible, but not allowed. 403 own: four eyes, it passed through the caller's hands. 404: hidden.\n\
        The caller uploaded, accepted, asked for or proposed what stands under \"own upload\"; all others are of someone else.\n";
    let blocks = Role::ALL.into_iter().flat_map(|role| {
        scopes().map(|(name, scope)| {
            block(
                &format!("{} for {name}", role.as_str()),
                &caller(vec![grant(role, scope)]),
            )
        })
    });
    let nobody = block("no role", &caller(Vec::new()));
    head.to_owned() + &blocks.collect::<String>() + &nobody
}

#[test]
fn the_access_table_is_as_checked_in() {
    let table = table();
    let checked_in = include_str!("../../access-table.txt");
    assert!(
        table == checked_in,
        "crates/domain/access-table.txt must read:\n{table}"
    );
}

#[test]
fn nobody_decides_on_what_passed_through_their_own_hands() {
    let [_, own_upload, ..] = things();
    let grants = Role::ALL.map(|role| grant(role, Scope::All)).to_vec();
    for act in [
        Act::Accept,
        Act::Return,
        Act::DecideWaiver,
        Act::ConfirmReopening,
        Act::ConfirmErasing,
    ] {
        let decision = decide(&caller(grants.clone()), act, own_upload.object());
        assert_eq!(decision, Decision::Forbidden(Reason::OwnSubmission));
    }
}

#[test]
fn whoever_manages_users_decides_on_no_figures() {
    let admin = caller(vec![grant(Role::Admin, Scope::All)]);
    for thing in things() {
        for act in Act::ALL {
            let decision = decide(&admin, act, thing.object());
            assert!(decision == Decision::Hidden, "{act:?} on {}", thing.name);
        }
    }
}

fn any_grant() -> impl Strategy<Value = Grant> {
    let role = prop::sample::select(Role::ALL.to_vec());
    let scope = prop::sample::select(scopes().map(|(_, scope)| scope).to_vec());
    (role, scope).prop_map(|(role, scope)| grant(role, scope))
}

const fn rank(decision: Decision) -> u8 {
    match decision {
        Decision::Hidden => 0,
        Decision::Forbidden(_) => 1,
        Decision::Allowed => 2,
    }
}

proptest! {
    #[test]
    fn one_more_grant_never_takes_anything_away(
        grants in prop::collection::vec(any_grant(), 0..4),
        more in any_grant(),
        act in prop::sample::select(Act::ALL.to_vec()),
        which in 0_usize..5,
    ) {
        let things = things();
        let before = decide(&caller(grants.clone()), act, things[which].object());
        let after = decide(&caller([grants, vec![more]].concat()), act, things[which].object());
        prop_assert!(rank(after) >= rank(before));
    }

    #[test]
    fn a_wider_scope_never_allows_less(
        grant in any_grant(),
        act in prop::sample::select(Act::ALL.to_vec()),
        which in 0_usize..5,
    ) {
        let things = things();
        let wide = Grant { role: grant.role, scope: Scope::All };
        let narrow = decide(&caller(vec![grant]), act, things[which].object());
        let wide = decide(&caller(vec![wide]), act, things[which].object());
        prop_assert!(rank(wide) >= rank(narrow));
    }
}
