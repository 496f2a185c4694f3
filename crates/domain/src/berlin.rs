//! The wall clock of the programme: days begin at midnight in Europe/Berlin (design.md §3).

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Europe::Berlin;

/// The day of a moment, on which deadlines are counted and plans take effect.
///
/// ```
/// use nachweis_domain::berlin::day;
/// assert_eq!(day("2024-01-30T22:59:59Z".parse()?).to_string(), "2024-01-30");
/// assert_eq!(day("2024-01-30T23:00:00Z".parse()?).to_string(), "2024-01-31");
/// assert_eq!(day("2024-07-30T22:00:00Z".parse()?).to_string(), "2024-07-31");
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn day(at: DateTime<Utc>) -> NaiveDate {
    wall_clock(at).date()
}

/// The last microsecond of a day; `None` at the end of what can be counted.
pub fn end_of_day(day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = day.succ_opt()?.and_time(NaiveTime::MIN);
    let begins = Berlin.from_local_datetime(&midnight).earliest()?.to_utc();
    begins.checked_sub_signed(TimeDelta::microseconds(1))
}

/// Day and time of day of a moment.
pub fn wall_clock(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Berlin).naive_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_in_berlin_in_winter_and_in_summer() {
        for (at, of_berlin) in [
            ("2024-01-30T22:59:59Z", "2024-01-30"),
            ("2024-01-30T23:00:00Z", "2024-01-31"),
            ("2024-07-30T21:59:59Z", "2024-07-30"),
            ("2024-07-30T22:00:00Z", "2024-07-31"),
        ] {
            assert_eq!(day(at.parse().unwrap()).to_string(), of_berlin, "{at}");
        }
    }
}
