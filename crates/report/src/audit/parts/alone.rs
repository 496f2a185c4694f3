//! A ledger of one subproject alone.

use nachweis_domain::ledger::{Ledger, SubprojectIndex};

/// A ledger that turns from subproject to subproject; what is of the round stays.
pub(super) struct Alone<'a> {
    whole: &'a Ledger,
    one: Ledger,
}

impl<'a> Alone<'a> {
    /// Nothing of any subproject yet.
    pub(super) fn new(whole: &'a Ledger) -> Self {
        let one = Ledger {
            round: whole.round.clone(),
            as_of: whole.as_of,
            status_at: whole.status_at,
            mark: whole.mark,
            networks: whole.networks.clone(),
            coordinated: whole.coordinated.clone(),
            subprojects: Vec::new(),
            expenditure: Vec::new(),
            funds: Vec::new(),
            indicators: Vec::new(),
            counters: Vec::new(),
            quarters: Vec::new(),
            waivers: Vec::new(),
            closings: whole.closings.clone(),
            reopenings: Vec::new(),
        };
        Self { whole, one }
    }

    /// The plans, payments, figures and quarters of a subproject.
    pub(super) fn turn_to(&mut self, subproject: SubprojectIndex) -> &Ledger {
        let (whole, one) = (self.whole, &mut self.one);
        one.subprojects = whole.subprojects.get(subproject).cloned().into_iter().collect();
        macro_rules! turn {
            ($($entries:ident),+) => {
                $(one.$entries = only(
                    &whole.$entries,
                    subproject,
                    |entry| entry.subproject,
                    |entry| &mut entry.subproject,
                );)+
            };
        }
        turn!(expenditure, funds, indicators, counters, quarters, reopenings);
        one
    }
}

/// The entries of a subproject, as those of the only one; all of them stand in the order of subprojects.
fn only<T: Clone>(
    entries: &[T],
    subproject: SubprojectIndex,
    of: fn(&T) -> SubprojectIndex,
    place: fn(&mut T) -> &mut SubprojectIndex,
) -> Vec<T> {
    let first = entries.partition_point(|entry| of(entry) < subproject);
    let after = entries.partition_point(|entry| of(entry) <= subproject);
    let mut of_one = entries.get(first..after).unwrap_or_default().to_vec();
    for entry in &mut of_one {
        *place(entry) = 0;
    }
    of_one
}
