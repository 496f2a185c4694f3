//! The traffic light of the burn.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::language::Text;

/// How spending keeps pace with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrafficLight {
    /// Spending keeps pace.
    Green,
    /// Spending is off pace.
    Yellow,
    /// Spending is far off pace.
    Red,
}

impl TrafficLight {
    /// The light of a gap in percentage points, in either direction: green up to the first threshold, yellow up to the second.
    pub fn of_gap(gap_pp: Decimal, [green_pp, yellow_pp]: [Decimal; 2]) -> Self {
        let gap = gap_pp.abs();
        if gap <= green_pp {
            Self::Green
        } else if gap <= yellow_pp {
            Self::Yellow
        } else {
            Self::Red
        }
    }

    /// All lights from good to bad.
    pub const ALL: [Self; 3] = [Self::Green, Self::Yellow, Self::Red];

    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// The word for people.
    pub fn name(self) -> Text {
        match self {
            Self::Green => Text::new("grün", "green"),
            Self::Yellow => Text::new("gelb", "yellow"),
            Self::Red => Text::new("rot", "red"),
        }
    }
}
