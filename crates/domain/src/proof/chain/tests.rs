//! The chain notices every changed field, and names the place once.

use proptest::prelude::*;

use super::*;
use crate::{
    key::RoundCode,
    record::{Action, UserId},
};

fn entry(position: u64) -> JournalEntry {
    JournalEntry {
        position,
        at: DateTime::from_timestamp_micros(1_700_000_000_000_000 + i64::try_from(position).unwrap())
            .unwrap(),
        actor: (!position.is_multiple_of(3)).then(|| UserId(uuid::Uuid::from_u128(position.into()))),
        action: Action::ALL[usize::try_from(position).unwrap() % Action::ALL.len()],
        object: format!("IQ23-NW-{position:03}"),
        detail: format!("{{\"revision\":{position}}}"),
        figures_of: position.is_multiple_of(2).then(|| RoundCode::new("2023-2025")),
    }
}

fn journal(length: u64) -> Vec<(JournalEntry, Link)> {
    let mut before = ORIGIN;
    (1..=length)
        .map(|position| {
            let entry = entry(position);
            before = link(&before, &entry);
            (entry, before)
        })
        .collect()
}

fn breaks(journal: &[(JournalEntry, Link)]) -> Vec<Break> {
    let mut follower = Follower::default();
    journal
        .iter()
        .filter_map(|(entry, kept)| follower.follow(&Written::of(entry), kept).err())
        .collect()
}

#[test]
fn a_sound_journal_is_followed_to_its_head() {
    let journal = journal(20);
    assert_eq!(breaks(&journal), []);
    let mut follower = Follower::default();
    for (entry, kept) in &journal {
        follower.follow(&Written::of(entry), kept).unwrap();
    }
    let head = follower.head();
    assert_eq!((head.position, head.link), (20, journal[19].1));
    assert_ne!(head.root, Follower::default().head().root);
}

#[test]
fn a_changed_entry_is_named_once_at_its_position() {
    let mut journal = journal(9);
    journal[4].0.object.push('x');
    assert_eq!(breaks(&journal), [Break::Link { position: 5 }]);
}

#[test]
fn a_rewritten_entry_with_a_fitting_hash_breaks_its_successor() {
    let mut journal = journal(9);
    journal[4].0.detail = "{}".to_owned();
    journal[4].1 = link(&journal[3].1.clone(), &journal[4].0);
    assert_eq!(breaks(&journal), [Break::Link { position: 6 }]);
}

#[test]
fn missing_doubled_and_swapped_entries_are_found() {
    let whole = journal(9);
    let mut missing = whole.clone();
    missing.remove(3);
    assert!(breaks(&missing).contains(&Break::Position {
        expected: 4,
        found: 5
    }));
    let mut doubled = whole.clone();
    doubled.insert(3, whole[2].clone());
    assert!(breaks(&doubled).contains(&Break::Position {
        expected: 4,
        found: 3
    }));
    let mut swapped = whole.clone();
    swapped.swap(3, 4);
    assert!(breaks(&swapped).contains(&Break::Position {
        expected: 4,
        found: 5
    }));
}

#[test]
fn time_does_not_run_backwards() {
    let mut journal = journal(3);
    journal[2].0.at = DateTime::UNIX_EPOCH;
    journal[2].1 = link(&journal[1].1.clone(), &journal[2].0);
    assert_eq!(breaks(&journal), [Break::Time { position: 3 }]);
}

proptest! {
    #[test]
    fn every_single_changed_bit_of_an_entry_or_link_is_found(
        at in any::<prop::sample::Index>(),
        field in 0_usize..7,
        byte in any::<prop::sample::Index>(),
        bit in 0_u32..7,
    ) {
        let mut journal = journal(12);
        let (entry, kept) = &mut journal[at.index(12)];
        match field {
            0 => entry.position ^= 1 << bit,
            1 => entry.at = DateTime::from_timestamp_micros(entry.at.timestamp_micros() ^ (1 << bit)).unwrap(),
            2 => entry.actor = Some(UserId(uuid::Uuid::from_u128(
                entry.actor.map_or(0, |actor| actor.0.as_u128()) ^ (1 << bit),
            ))),
            3 => entry.object = flipped(&entry.object, byte, bit),
            4 => entry.detail = flipped(&entry.detail, byte, bit),
            5 => entry.figures_of = match entry.figures_of.take() {
                Some(_) => None,
                None => Some(RoundCode::new("2023-2025")),
            },
            _ => kept.0[byte.index(32)] ^= 1 << bit,
        }
        prop_assert!(!breaks(&journal).is_empty());
    }
}

/// The text with one bit of an ASCII letter changed.
fn flipped(text: &str, byte: prop::sample::Index, bit: u32) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let at = byte.index(bytes.len());
    bytes[at] ^= 1 << bit;
    String::from_utf8(bytes).unwrap()
}
