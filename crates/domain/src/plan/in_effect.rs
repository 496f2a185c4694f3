//! Which plan version counts on a day.

use chrono::NaiveDate;

use super::PlanVersion;

/// The version in effect at the end of a day: the latest day of effect that is not after it, and of these the last
/// recorded. `None` before any takes effect.
pub fn in_effect<'a>(
    versions: impl IntoIterator<Item = &'a PlanVersion>,
    on: NaiveDate,
) -> Option<&'a PlanVersion> {
    versions
        .into_iter()
        .filter(|version| version.effective_from <= on)
        .max_by_key(|version| (version.effective_from, version.number))
}

/// The version in effect at the end of a day, and before any takes effect the first to do so, because a grant notice
/// can come after the start.
pub fn in_effect_or_first<'a, I>(versions: I, on: NaiveDate) -> Option<&'a PlanVersion>
where
    I: IntoIterator<Item = &'a PlanVersion> + Clone,
{
    in_effect(versions.clone(), on).or_else(|| {
        let first = versions
            .clone()
            .into_iter()
            .map(|version| version.effective_from)
            .min()?;
        in_effect(versions, first)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::DateTime;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn version(number: u32, effective_from: &str) -> PlanVersion {
        PlanVersion {
            number,
            effective_from: day(effective_from),
            recorded_at: DateTime::UNIX_EPOCH,
            items: BTreeMap::new(),
            sources: BTreeMap::new(),
            targets: BTreeMap::new(),
        }
    }

    #[test]
    fn the_latest_day_of_effect_counts_and_on_the_same_day_the_last_recorded() {
        // The third corrects the first after the second was recorded.
        let versions = [
            version(1, "2023-01-01"),
            version(2, "2024-07-01"),
            version(3, "2023-01-01"),
        ];
        let cases = [
            ("2022-12-31", None, Some(3)),
            ("2023-01-01", Some(3), Some(3)),
            ("2024-06-30", Some(3), Some(3)),
            ("2024-07-01", Some(2), Some(2)),
        ];
        for (on, strict, or_first) in cases {
            let number = |version: Option<&PlanVersion>| version.map(|version| version.number);
            assert_eq!(number(in_effect(&versions, day(on))), strict, "{on}");
            assert_eq!(number(in_effect_or_first(&versions, day(on))), or_first, "{on}");
        }
        assert_eq!(in_effect_or_first(&[], day("2024-01-01")), None);
    }
}
