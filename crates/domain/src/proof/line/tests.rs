//! Every change of an exported journal is found, and named with its line.

use proptest::prelude::*;

use super::*;
use crate::proof::ORIGIN;

fn file(entries: u64) -> Vec<String> {
    let mut follower = Follower::default();
    let mut before = ORIGIN;
    let mut lines = vec![Line::Format(FORMAT.to_owned())];
    for position in 1..=entries {
        let object = format!("IQ23-NW-{position:03} „ä“");
        let written = Written {
            position,
            at_micros: 1_700_000_000_000_000 + i64::try_from(position).unwrap(),
            actor: (position % 2 == 0).then(|| UserId(uuid::Uuid::from_u128(7))),
            action: "accepted",
            object: &object,
            detail: "{\"revision\":1}",
            figures_of: (position % 3 == 0).then_some("2023-2025"),
        };
        before = written.link(&before);
        follower.follow(&written, &before).unwrap();
        lines.push(Line::Entry(Entry::new(&written, before)));
    }
    lines.push(Line::Head(follower.head()));
    lines
        .iter()
        .map(|line| serde_json::to_string(line).unwrap())
        .collect()
}

fn faults(lines: &[String]) -> Vec<Fault> {
    let mut follower = FileFollower::default();
    let mut faults: Vec<Fault> = lines
        .iter()
        .filter_map(|line| follower.take(line).err())
        .collect();
    faults.extend(follower.end().err());
    faults
}

#[test]
fn a_sound_file_comes_down_to_its_head() {
    assert_eq!(faults(&file(7)), []);
    assert_eq!(faults(&file(0)), []);
}

#[test]
fn lines_dropped_doubled_swapped_or_cut_off_are_found() {
    let lines = file(6);
    for at in 0..lines.len() {
        let mut dropped = lines.clone();
        dropped.remove(at);
        assert_ne!(faults(&dropped), [], "line {at} dropped");
        let mut doubled = lines.clone();
        doubled.insert(at, lines[at].clone());
        assert_ne!(faults(&doubled), [], "line {at} doubled");
        assert_ne!(faults(&lines[..at]), [], "cut off before line {at}");
        if at > 0 {
            let mut swapped = lines.clone();
            swapped.swap(at - 1, at);
            assert_ne!(faults(&swapped), [], "line {at} swapped");
        }
    }
}

#[test]
fn a_changed_entry_is_named_with_its_line_and_position() {
    let mut lines = file(5);
    lines[3] = lines[3].replace("accepted", "returned");
    let found = Break::Link { position: 3 };
    assert_eq!(faults(&lines), [Fault::Entry { line: 4, found }]);
}

#[test]
fn a_moment_that_is_spelled_in_another_way_is_found() {
    for (from, to) in [("T22:", "t22:"), ("002Z\"", "002z\""), ("002Z\"", "002+00:00\"")] {
        let mut lines = file(3);
        let changed = lines[2].replacen(from, to, 1);
        assert_ne!(changed, lines[2]);
        lines[2] = changed;
        assert_eq!(faults(&lines)[0], Fault::Line { line: 3 }, "{to}");
    }
}

proptest! {
    #[test]
    fn every_flipped_bit_is_found(line in 0_usize..8, byte in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let mut lines = file(6);
        let mut bytes = lines[line].clone().into_bytes();
        let at = byte.index(bytes.len());
        bytes[at] ^= 1 << bit;
        // A line that is no text any more, or became two, is not read at all.
        if let Ok(text) = String::from_utf8(bytes) {
            lines[line] = text;
            prop_assert_ne!(faults(&lines), []);
        }
    }
}
