//! How a day is sent: as `2024-03-31` where people may read it, as a number between two processes of this program.
//!
//! Thousands of days travel from the confined reader to the service; writing them out costs more than reading a cell.

/// For fields that may be empty: `#[serde(default, with = "crate::day::optional")]`.
pub(crate) mod optional {
    use chrono::{Datelike, NaiveDate};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands over a reference to the field"
    )]
    pub(crate) fn serialize<S: Serializer>(
        day: &Option<NaiveDate>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            day.serialize(serializer)
        } else {
            day.map(|day| day.num_days_from_ce()).serialize(serializer)
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<NaiveDate>, D::Error> {
        if deserializer.is_human_readable() {
            return Option::deserialize(deserializer);
        }
        let days: Option<i32> = Option::deserialize(deserializer)?;
        days.map(|days| {
            NaiveDate::from_num_days_from_ce_opt(days)
                .ok_or_else(|| D::Error::custom("no day of any calendar"))
        })
        .transpose()
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
    struct Paid {
        #[serde(default, with = "super::optional")]
        on: Option<NaiveDate>,
    }

    #[test]
    fn people_read_a_day_or_nothing() {
        for (json, on) in [
            (r#"{"on":"2024-02-29"}"#, NaiveDate::from_ymd_opt(2024, 2, 29)),
            (r#"{"on":null}"#, None),
        ] {
            assert_eq!(serde_json::to_string(&Paid { on }).unwrap(), json);
            assert_eq!(serde_json::from_str::<Paid>(json).unwrap(), Paid { on });
        }
        assert_eq!(serde_json::from_str::<Paid>("{}").unwrap(), Paid { on: None });
    }
}
