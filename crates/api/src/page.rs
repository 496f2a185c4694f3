//! Lists page by page.

use crate::{params, problem::Problem};
use nachweis_domain::limits::{self, Limit};

/// How many entries the caller wants.
///
/// # Errors
/// When it is no number from 1 to the limit.
pub(crate) fn limit(asked: Option<&str>) -> Result<u32, Problem> {
    let Some(asked) = asked else {
        return Ok(count(limits::PAGE));
    };
    asked
        .parse()
        .ok()
        .filter(|limit| (1..=count(limits::PAGE_MAX)).contains(limit))
        .ok_or_else(|| params::unfitting("limit", &format!("1 … {}", limits::PAGE_MAX.value)))
}

fn count(limit: Limit) -> u32 {
    u32::try_from(limit.value).unwrap_or(u32::MAX)
}

/// The first entries of a sorted list that lie after a mark, and whether more follow.
pub(crate) fn cut<T>(all: &[T], limit: u32, is_after: impl Fn(&T) -> bool) -> (Vec<&T>, bool) {
    let mut rest = all.iter().filter(|entry| is_after(entry));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let page: Vec<&T> = rest.by_ref().take(limit).collect();
    (page, rest.next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_bounds() {
        for (asked, given) in [
            (None, Some(100)),
            (Some("1"), Some(1)),
            (Some("1000"), Some(1_000)),
            (Some("1001"), None),
            (Some("0"), None),
            (Some("-1"), None),
            (Some("many"), None),
        ] {
            assert_eq!(limit(asked).ok(), given, "{asked:?}");
        }
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        let all: Vec<u32> = (1..=7).collect();
        let mut seen = Vec::new();
        let mut mark = 0;
        loop {
            let (page, more) = cut(&all, 3, |entry| *entry > mark);
            seen.extend(page.iter().map(|entry| **entry));
            mark = *seen.last().unwrap();
            if !more {
                break;
            }
        }
        assert_eq!(seen, all);
    }
}
