//! How cells look: made once for each workbook.

use nachweis_domain::burn::TrafficLight;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook};

use crate::{ColumnKind, ReportError};

/// A typeface that every program has, or has one of the same widths for.
const TYPEFACE: &str = "Arial";
/// Its usual size in points, the height of a row and the width of a column in pixels that belong to it.
const SIZE_POINTS: u32 = 10;
/// The size of hashes and ids.
const FINE_POINTS: u32 = 7;
const ROW_PIXELS: u32 = 17;
const COLUMN_PIXELS: u32 = 64;

/// Dark blue of headings, and the greys around it.
const INK: &str = "#1F3864";
const RULE: &str = "#BFC5D2";
const TOTAL: &str = "#E8ECF4";
const QUIET: &str = "#595959";

/// A new workbook, set in the usual typeface.
pub(crate) fn workbook() -> Result<Workbook, ReportError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&plain(), ROW_PIXELS, COLUMN_PIXELS)?;
    Ok(workbook)
}

/// The usual typeface.
fn plain() -> Format {
    Format::new().set_font_name(TYPEFACE).set_font_size(SIZE_POINTS)
}

/// The formats of a workbook.
pub(crate) struct Formats {
    pub(crate) title: Format,
    pub(crate) lead: Format,
    pub(crate) quiet: Format,
    /// The same at the top of a row that others make higher.
    pub(crate) quiet_top: Format,
    /// The name of a number above what it is made of.
    pub(crate) block: Format,
    pub(crate) heading: Format,
    pub(crate) heading_right: Format,
    pub(crate) note: Format,
    /// A text that leads elsewhere in the workbook.
    pub(crate) link: Format,
    body: [Format; 9],
    total: [Format; 9],
    lights: [Format; 3],
    total_lights: [Format; 3],
}

/// The kinds in the order of the format lists.
const KINDS: [ColumnKind; 9] = [
    ColumnKind::Money,
    ColumnKind::Count,
    ColumnKind::Percent,
    ColumnKind::Points,
    ColumnKind::Date,
    ColumnKind::Time,
    ColumnKind::Quarter,
    ColumnKind::Text,
    ColumnKind::Light,
];

impl Formats {
    pub(crate) fn new() -> Self {
        let heading = plain()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(INK)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let body = KINDS.map(|kind| {
            of_kind(kind)
                .set_border_bottom(FormatBorder::Hair)
                .set_border_bottom_color(RULE)
        });
        let total = KINDS.map(|kind| {
            of_kind(kind)
                .set_bold()
                .set_background_color(TOTAL)
                .set_border_top(FormatBorder::Thin)
                .set_border_top_color(INK)
                .set_border_bottom(FormatBorder::Double)
                .set_border_bottom_color(INK)
        });
        let quiet = plain().set_font_color(QUIET).set_font_size(8);
        let [.., light] = &body;
        let [.., total_light] = &total;
        Self {
            title: plain().set_bold().set_font_size(15).set_font_color(INK),
            lead: plain().set_bold().set_font_color(INK),
            quiet_top: quiet.clone().set_align(FormatAlign::Top),
            quiet,
            block: plain()
                .set_bold()
                .set_font_color(INK)
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            heading_right: heading.clone().set_align(FormatAlign::Right).set_indent(1),
            heading: heading.set_align(FormatAlign::Left).set_indent(1),
            link: plain()
                .set_font_color(INK)
                .set_underline(FormatUnderline::Single)
                .set_align(FormatAlign::Top),
            note: plain().set_text_wrap().set_align(FormatAlign::Top),
            lights: TrafficLight::ALL.map(|each| coloured(light, each)),
            total_lights: TrafficLight::ALL.map(|each| coloured(total_light, each)),
            body,
            total,
        }
    }

    /// The format of a cell of a kind in a row.
    pub(crate) fn body(&self, kind: ColumnKind) -> &Format {
        let [money, count, percent, points, date, time, quarter, text, light] = &self.body;
        pick(
            kind,
            [money, count, percent, points, date, time, quarter, text, light],
        )
    }

    /// The format of a cell of a kind in the totals row.
    pub(crate) fn total(&self, kind: ColumnKind) -> &Format {
        let [money, count, percent, points, date, time, quarter, text, light] = &self.total;
        pick(
            kind,
            [money, count, percent, points, date, time, quarter, text, light],
        )
    }

    /// The format of a coloured cell in a row.
    pub(crate) fn light(&self, light: TrafficLight) -> &Format {
        let [green, yellow, red] = &self.lights;
        of_light(light, [green, yellow, red])
    }

    /// The format of a coloured cell in the totals row.
    pub(crate) fn total_light(&self, light: TrafficLight) -> &Format {
        let [green, yellow, red] = &self.total_lights;
        of_light(light, [green, yellow, red])
    }
}

/// The number format of a kind (design.md §6.3).
const fn number_format(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Money => "#,##0.00",
        ColumnKind::Count => "#,##0",
        ColumnKind::Percent => "0.0 %",
        ColumnKind::Points => "+0.0;-0.0;0.0",
        ColumnKind::Date => "dd.mm.yyyy",
        ColumnKind::Time => "dd.mm.yyyy hh:mm",
        ColumnKind::Quarter | ColumnKind::Text | ColumnKind::Light => "General",
    }
}

/// How the texts of a streamed column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// On one line.
    Plain,
    /// Wrapped; rows fit their heights when the workbook is opened.
    Wrapped,
    /// Small: hashes and ids.
    Fine,
}

/// The format of a column of streamed rows, at the top of its row where others wrap. Plain texts have none as a rule: a
/// format costs room in every cell.
pub(crate) fn streamed(kind: ColumnKind, look: Look, at_top: bool) -> Option<Format> {
    let mut format = plain().set_num_format(number_format(kind));
    let is_moment = matches!(kind, ColumnKind::Date | ColumnKind::Time);
    if kind.is_number() {
        // An indent keeps numbers apart from the texts behind them.
        format = format.set_align(FormatAlign::Right).set_indent(1);
    } else if is_moment {
        format = format.set_align(FormatAlign::Left).set_indent(1);
    } else if look == Look::Plain && !at_top {
        return None;
    }
    if at_top {
        format = format.set_align(FormatAlign::Top);
    }
    Some(match look {
        Look::Plain => format,
        Look::Wrapped => format.set_text_wrap(),
        Look::Fine => format.set_font_size(FINE_POINTS),
    })
}

fn of_kind(kind: ColumnKind) -> Format {
    let format = plain()
        .set_num_format(number_format(kind))
        .set_align(FormatAlign::Top);
    match kind {
        // Indents keep columns apart.
        ColumnKind::Date | ColumnKind::Time | ColumnKind::Quarter => {
            format.set_align(FormatAlign::Left).set_indent(1)
        }
        ColumnKind::Text | ColumnKind::Light => {
            format.set_text_wrap().set_align(FormatAlign::Left).set_indent(1)
        }
        _ => format.set_align(FormatAlign::Right).set_indent(1),
    }
}

fn coloured(format: &Format, light: TrafficLight) -> Format {
    let (background, ink) = match light {
        TrafficLight::Green => ("#C6EFCE", "#006100"),
        TrafficLight::Yellow => ("#FFEB9C", "#7F5200"),
        TrafficLight::Red => ("#FFC7CE", "#9C0006"),
    };
    format
        .clone()
        .set_background_color(background)
        .set_font_color(ink)
}

fn of_light(light: TrafficLight, [green, yellow, red]: [&Format; 3]) -> &Format {
    match light {
        TrafficLight::Green => green,
        TrafficLight::Yellow => yellow,
        TrafficLight::Red => red,
    }
}

fn pick(kind: ColumnKind, formats: [&Format; 9]) -> &Format {
    let [money, count, percent, points, date, time, quarter, text, light] = formats;
    match kind {
        ColumnKind::Money => money,
        ColumnKind::Count => count,
        ColumnKind::Percent => percent,
        ColumnKind::Points => points,
        ColumnKind::Date => date,
        ColumnKind::Time => time,
        ColumnKind::Quarter => quarter,
        ColumnKind::Text => text,
        ColumnKind::Light => light,
    }
}
