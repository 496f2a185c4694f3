//! The amounts of a list: numbers as stored, or text in one convention for the whole column.

use nachweis_domain::{
    finding::Detail,
    language::{Language, Text},
    money::Money,
    rules::value::{DecimalConvention, amount},
};
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

use crate::RawValue;

/// An amount that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) money: Money,
    /// What was rounded, if the list gives parts of a cent.
    pub(super) note: Option<Text>,
}

/// How a column of amounts writes its decimals, and in what it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct AmountColumn {
    convention: DecimalConvention,
    /// Whether some text can only be read in this convention and none only in the other.
    is_certain: bool,
    /// By what a number is multiplied to give euro.
    factor: u32,
    /// How many cells are text.
    texts: usize,
}

impl AmountColumn {
    /// Finds the convention: the decimal point, if some text can only be read so and none only with the comma.
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a RawValue>, factor: u32) -> Self {
        let (mut point, mut comma, mut texts) = (0_u32, 0_u32, 0);
        for value in values {
            if let RawValue::Text(text) = value {
                texts += 1;
                match text
                    .trim_end_matches(|char: char| !char.is_ascii_digit())
                    .rfind(['.', ','])
                {
                    Some(at) if decimals(text, at) != 3 => {
                        if text.get(at..).is_some_and(|rest| rest.starts_with('.')) {
                            point += 1;
                        } else {
                            comma += 1;
                        }
                    }
                    _ => {}
                }
            }
        }
        let convention = if point > 0 && comma == 0 {
            DecimalConvention::Point
        } else {
            DecimalConvention::Comma
        };
        Self {
            convention,
            is_certain: (point > 0) != (comma > 0),
            factor,
            texts,
        }
    }

    /// How the texts of the column were read; `None` when it holds numbers only.
    pub(super) fn reading(self) -> Option<Text> {
        let (de, en) = match self.convention {
            DecimalConvention::Comma => ("Komma", "comma"),
            DecimalConvention::Point => ("Punkt", "point"),
        };
        (self.texts > 0).then(|| {
            Text::new(
                format!(
                    "Beträge, die als Text gespeichert sind, wurden mit dem {de} als Dezimalzeichen gelesen."
                ),
                format!("Amounts stored as text were read with the decimal {en}."),
            )
        })
    }

    /// Reads an amount. Parts of a cent are rounded and said. A mark with three digits behind it, which could group or
    /// divide, is read by the convention only when the column makes that certain.
    pub(super) fn read(self, value: &RawValue) -> Result<Amount, Detail> {
        match value {
            RawValue::Number(number) => self.times(*number),
            RawValue::Text(text) => {
                // The asterisk of a footnote is no part of the number.
                let text = text.trim_end_matches(|char: char| char == '*' || char.is_whitespace());
                match amount::read(text, self.convention) {
                    Ok(money) => self.times(Decimal::new(money.cents(), 2)),
                    Err(detail @ Detail::TooManyDecimals { .. }) => self
                        .divided(text)
                        .ok_or(detail)
                        .and_then(|number| self.times(number)),
                    Err(detail @ Detail::Ambiguous { .. }) if self.is_certain => self
                        .divided(text)
                        .ok_or(detail)
                        .and_then(|number| self.times(number)),
                    Err(detail) => Err(detail),
                }
            }
            RawValue::Error(typed) => Err(Detail::ErrorValue { typed: typed.clone() }),
            RawValue::Date(_) | RawValue::Truth(_) => Err(Detail::AmountUnreadable { typed: value.shown() }),
        }
    }

    /// A number in the unit of the column, in euro.
    fn times(self, number: Decimal) -> Result<Amount, Detail> {
        match number.checked_mul(self.factor.into()) {
            Some(euro) => from_decimal(euro),
            None => Err(too_large(number)),
        }
    }

    /// The number of a text whose last mark divides, in the convention of the column.
    fn divided(self, text: &str) -> Option<Decimal> {
        let (group, decimal) = match self.convention {
            DecimalConvention::Comma => ('.', ','),
            DecimalConvention::Point => (',', '.'),
        };
        let number: String = text
            .chars()
            .filter(|char| char.is_ascii_digit() || [group, decimal, '-'].contains(char))
            .collect();
        number.replace(group, "").replace(decimal, ".").parse().ok()
    }
}

/// Digits after a mark.
fn decimals(text: &str, mark: usize) -> usize {
    text.get(mark + 1..)
        .unwrap_or_default()
        .chars()
        .take_while(char::is_ascii_digit)
        .count()
}

/// A number to the cent. Lists give parts of a cent where an amount was computed; a published sum counts them, so they
/// are rounded half away from zero and said, not refused.
fn from_decimal(number: Decimal) -> Result<Amount, Detail> {
    let cents = number
        .checked_mul(Decimal::ONE_HUNDRED)
        .ok_or_else(|| too_large(number))?;
    let whole = cents.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    let money = whole
        .to_i64()
        .filter(|cents| cents.abs() <= Money::CELL_LIMIT.cents())
        .map(Money::from_cents)
        .ok_or_else(|| too_large(number))?;
    let noise = Decimal::new(1, 3);
    let note = ((cents - whole).abs() > noise).then(|| {
        Text::new(
            format!(
                "Die Liste nennt {}; gerundet auf {}.",
                number.to_string().replace('.', ","),
                money.display(Language::De)
            ),
            format!(
                "The list says {number}; rounded to {}.",
                money.display(Language::En)
            ),
        )
    });
    Ok(Amount { money, note })
}

fn too_large(number: Decimal) -> Detail {
    Detail::AmountTooLarge {
        typed: number.to_string().replace('.', ","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(typed: &str) -> RawValue {
        RawValue::Text(typed.into())
    }

    #[test]
    fn the_convention_is_that_of_the_whole_column() {
        let cases = [
            (["7.500,00", "1.234", "12,50"], ["7500.00", "1234.00", "12.50"]),
            (["4,156.00", "1,234", "12.50"], ["4156.00", "1234.00", "12.50"]),
            (["1.234,00 €", "EUR 5", "-,--"], ["1234.00", "5.00", "0.00"]),
        ];
        for (typed, expected) in cases {
            let values = typed.map(text);
            let column = AmountColumn::of(values.iter(), 1);
            let read = values
                .each_ref()
                .map(|value| column.read(value).expect("readable").money.to_string());
            assert_eq!(read, expected);
        }
    }

    #[test]
    fn three_digits_behind_a_mark_are_read_by_a_certain_convention_only() {
        let certain = ["0,50", "163,504", "163504,321", "1.234.567,891 €"].map(text);
        let column = AmountColumn::of(certain.iter(), 1);
        let read = certain
            .each_ref()
            .map(|value| column.read(value).expect("readable").money.to_string());
        assert_eq!(read, ["0.50", "163.50", "163504.32", "1234567.89"]);
        let uncertain = AmountColumn::of([text("163,504")].iter(), 1);
        assert_eq!(
            uncertain
                .read(&text("163,504"))
                .expect_err("two readings")
                .code()
                .as_str(),
            "VAL-02"
        );
    }

    #[test]
    fn thousands_are_multiplied_and_footnote_marks_left_out() {
        let column = AmountColumn::of(std::iter::empty(), 1_000);
        let read = |value: &RawValue| column.read(value).map(|amount| amount.money.to_string());
        assert_eq!(
            read(&RawValue::Number("120.5".parse().expect("a number"))),
            Ok("120500.00".into())
        );
        assert_eq!(read(&text("1.234,5")), Ok("1234500.00".into()));
        let euro = AmountColumn::of(std::iter::empty(), 1);
        assert_eq!(
            euro.read(&text("12,50 *")).map(|amount| amount.money.cents()),
            Ok(1_250)
        );
        assert!(
            column.read(&RawValue::Number(99_999_999.into())).is_err(),
            "beyond EUR 10 billion"
        );
    }

    #[test]
    fn parts_of_a_cent_are_rounded_and_said_but_noise_of_doubles_is_not() {
        let column = AmountColumn::of(std::iter::empty(), 1);
        let read = |number: &str| {
            column
                .read(&RawValue::Number(number.parse().expect("a number")))
                .expect("readable")
        };
        let rounded = read("1504.321");
        assert_eq!(rounded.money, Money::from_cents(150_432));
        assert!(rounded.note.expect("a note").de.contains("1504,321"));
        assert_eq!(
            read("0.30000000000000004"),
            Amount {
                money: Money::from_cents(30),
                note: None
            }
        );
        assert_eq!(read("-0.005").money, Money::from_cents(-1));
        assert!(column.read(&RawValue::Number(Decimal::MAX)).is_err());
    }
}
