//! Sums by row and key. The ledger lists the same keys in the same order for every report, so the key after the last one
//! is tried first: a hundred thousand entries are sorted in without a search.

/// Sums of so many rows (subprojects) by key.
pub(super) struct Grid<'a, K, V> {
    keys: Vec<&'a K>,
    rows: Vec<Vec<V>>,
    next: usize,
}

impl<'a, K: PartialEq, V: Clone + Default> Grid<'a, K, V> {
    /// An empty grid with the keys that the round lists, in its order.
    pub(super) fn new(rows: usize, keys: impl Iterator<Item = &'a K>) -> Self {
        Self {
            keys: keys.collect(),
            rows: vec![Vec::new(); rows],
            next: 0,
        }
    }

    /// The sum of a row and key; a key that is not listed is added at the end. `None` for a row that does not exist.
    pub(super) fn at(&mut self, row: usize, key: &'a K) -> Option<&mut V> {
        let position = self.position(key);
        let cells = self.rows.get_mut(row)?;
        if cells.len() <= position {
            cells.resize(position + 1, V::default());
        }
        cells.get_mut(position)
    }

    /// The keys: those listed, then those added.
    pub(super) fn keys(&self) -> &[&'a K] {
        &self.keys
    }

    /// The sums of each row in the order of the keys; a row may end before the last key.
    pub(super) fn rows(&self) -> &[Vec<V>] {
        &self.rows
    }

    fn position(&mut self, key: &'a K) -> usize {
        let position = if self.keys.get(self.next).is_some_and(|next| *next == key) {
            self.next
        } else {
            let known = self.keys.iter().position(|known| *known == key);
            known.unwrap_or_else(|| {
                self.keys.push(key);
                self.keys.len() - 1
            })
        };
        self.next = position + 1;
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_any_order_find_their_sums_and_new_ones_are_added() {
        let keys = ["a", "b"];
        let mut grid: Grid<'_, &str, i32> = Grid::new(2, keys.iter());
        for (row, key, amount) in [
            (0, &"a", 1),
            (0, &"b", 2),
            (1, &"b", 4),
            (0, &"c", 8),
            (0, &"a", 16),
        ] {
            *grid.at(row, key).unwrap() += amount;
        }
        assert_eq!(grid.keys(), [&"a", &"b", &"c"]);
        assert_eq!(grid.rows(), [vec![17, 2, 8], vec![0, 4]]);
        assert_eq!(grid.at(2, &"a"), None);
    }
}
