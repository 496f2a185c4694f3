//! Working days: nobody is paid, reports or decides on a weekend or on the holidays that all Länder share and that have a
//! fixed date.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Holidays of all Länder with a fixed date, as month and day.
const HOLIDAYS: [(u32, u32); 5] = [(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)];
/// More days off in a row do not occur.
const LONGEST_REST_DAYS: u64 = 6;

fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !HOLIDAYS.contains(&(day.month(), day.day()))
}

/// The day itself, or the next working day.
pub(crate) fn on_or_after(day: NaiveDate) -> NaiveDate {
    let mut days = (0..=LONGEST_REST_DAYS).map(|later| day + Days::new(later));
    days.find(|day| is_working_day(*day)).unwrap_or(day)
}

/// The day itself, or the last working day before it.
pub(crate) fn on_or_before(day: NaiveDate) -> NaiveDate {
    let mut days = (0..=LONGEST_REST_DAYS).map(|earlier| day - Days::new(earlier));
    days.find(|day| is_working_day(*day)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_and_holidays_are_no_working_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (given, after, before) in [
            ("2023-12-25", "2023-12-27", "2023-12-22"),
            ("2024-06-15", "2024-06-17", "2024-06-14"),
            ("2024-06-18", "2024-06-18", "2024-06-18"),
            ("2024-05-01", "2024-05-02", "2024-04-30"),
        ] {
            assert_eq!(
                (on_or_after(day(given)), on_or_before(day(given))),
                (day(after), day(before))
            );
        }
    }
}
