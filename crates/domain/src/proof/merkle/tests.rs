//! Roots and consistency against the definition, and that no other tree passes.

use proptest::prelude::*;

use super::*;

fn link(number: u64) -> Sha256 {
    Sha256(Hasher::digest(number.to_be_bytes()).into())
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|number| leaf(&link(number))).collect()
}

/// The definition of RFC 9162 §2.1.1, written a second time.
fn defined_root(links: &[Sha256]) -> Hash {
    match links {
        [] => Sha256(Hasher::digest([]).into()),
        [only] => leaf(only),
        _ => {
            let mut middle = 1;
            while middle * 2 < links.len() {
                middle *= 2;
            }
            node(&defined_root(&links[..middle]), &defined_root(&links[middle..]))
        }
    }
}

#[test]
fn the_empty_tree_has_the_root_that_the_standard_prints() {
    let printed = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(Frontier::default().root().to_string(), printed);
}

#[test]
fn a_growing_tree_has_the_root_that_the_definition_gives() {
    let mut frontier = Frontier::default();
    let links: Vec<Sha256> = (0..130).map(link).collect();
    for (index, next) in links.iter().enumerate() {
        assert_eq!(frontier.root(), defined_root(&links[..index]), "{index}");
        assert_eq!(frontier.root(), root_of(&leaves(frontier.size())), "{index}");
        frontier.push(next);
    }
}

#[test]
fn every_small_tree_grew_from_each_smaller_one() {
    for new in 1..34_u64 {
        let leaves = leaves(new);
        let new_root = root_of(&leaves);
        for old in 1..=new {
            let old_root = root_of(&leaves[..usize::try_from(old).unwrap()]);
            let proof = consistency_proof(&leaves, usize::try_from(old).unwrap()).unwrap();
            assert!(
                consistent(&old_root, old, &new_root, new, &proof),
                "{old} to {new}"
            );
            assert!(!consistent(&new_root, old, &new_root, new, &proof) || old == new);
            assert!(!consistent(&old_root, old, &old_root, new, &proof) || old == new);
        }
        assert_eq!(consistency_proof(&leaves, 0), None);
        assert_eq!(consistency_proof(&leaves, leaves.len() + 1), None);
    }
    let root = root_of(&leaves(3));
    assert!(
        !consistent(&root, 0, &root, 3, &[]),
        "an empty tree proves nothing"
    );
    assert!(!consistent(&root, 3, &root, 2, &[]), "a tree does not shrink");
}

proptest! {
    #[test]
    fn one_changed_bit_of_a_proof_or_root_refutes_it(
        (old, new) in (1_u64..200).prop_flat_map(|new| (1..=new, Just(new))),
        place in any::<prop::sample::Index>(),
        bit in 0_u8..8,
        byte in 0_usize..32,
    ) {
        let leaves = leaves(new);
        let old_len = usize::try_from(old).unwrap();
        let (mut old_root, mut new_root) = (root_of(&leaves[..old_len]), root_of(&leaves));
        let mut proof = consistency_proof(&leaves, old_len).unwrap();
        let at = place.index(proof.len() + 2);
        match at {
            0 => old_root.0[byte] ^= 1 << bit,
            1 => new_root.0[byte] ^= 1 << bit,
            at => proof[at - 2].0[byte] ^= 1 << bit,
        }
        prop_assert!(!consistent(&old_root, old, &new_root, new, &proof));
    }

    #[test]
    fn a_proof_with_a_node_more_or_less_proves_nothing(
        (old, new) in (2_u64..200).prop_flat_map(|new| (1..new, Just(new))),
        extra in any::<bool>(),
    ) {
        let leaves = leaves(new);
        let old_len = usize::try_from(old).unwrap();
        let (old_root, new_root) = (root_of(&leaves[..old_len]), root_of(&leaves));
        let mut proof = consistency_proof(&leaves, old_len).unwrap();
        if extra {
            proof.push(new_root);
        } else {
            proof.pop();
        }
        prop_assert!(!consistent(&old_root, old, &new_root, new, &proof));
    }

    #[test]
    fn a_changed_leaf_changes_the_root(size in 1_u64..100, place in any::<prop::sample::Index>()) {
        let mut changed = leaves(size);
        let root = root_of(&changed);
        let at = place.index(changed.len());
        changed[at] = leaf(&link(size + 1));
        prop_assert_ne!(root_of(&changed), root);
        prop_assert_ne!(root, root_of(&leaves(size + 1)));
    }
}
