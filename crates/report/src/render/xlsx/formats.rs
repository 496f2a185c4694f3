//! How cells look: made once for each workbook.

use nachweis_domain::burn::TrafficLight;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::ColumnKind;

/// Dark blue of headings, and the greys around it.
const INK: &str = "#1F3864";
const RULE: &str = "#BFC5D2";
const TOTAL: &str = "#E8ECF4";
const QUIET: &str = "#595959";

/// The formats of a workbook.
pub(crate) struct Formats {
    pub(crate) title: Format,
    pub(crate) lead: Format,
    pub(crate) quiet: Format,
    pub(crate) heading: Format,
    pub(crate) heading_right: Format,
    pub(crate) note: Format,
    body: [Format; 9],
    total: [Format; 9],
    stream: [Format; 9],
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
        let heading = Format::new()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(INK)
            .set_text_wrap()
            .set_align(FormatAlign::Top);
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
        let [.., light] = &body;
        let [.., total_light] = &total;
        Self {
            title: Format::new().set_bold().set_font_size(16).set_font_color(INK),
            lead: Format::new().set_bold().set_font_color(INK),
            quiet: Format::new().set_font_color(QUIET).set_font_size(9),
            heading_right: heading.clone().set_align(FormatAlign::Right),
            heading: heading.set_align(FormatAlign::Left).set_indent(1),
            note: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            lights: TrafficLight::ALL.map(|each| coloured(light, each)),
            total_lights: TrafficLight::ALL.map(|each| coloured(total_light, each)),
            stream: KINDS.map(streamed),
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

    /// The format of a column of streamed rows after a column of another kind. Texts have one only after a number, to
    /// stand apart from it: a format costs room in every cell.
    pub(crate) fn stream(&self, before: ColumnKind, kind: ColumnKind) -> Option<&Format> {
        if kind.is_number() || matches!(kind, ColumnKind::Date | ColumnKind::Time) || before.is_number() {
            let [money, count, percent, points, date, time, quarter, text, light] = &self.stream;
            let formats = [money, count, percent, points, date, time, quarter, text, light];
            return Some(pick(kind, formats));
        }
        None
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

/// As cells of a kind stand in streamed rows.
fn streamed(kind: ColumnKind) -> Format {
    let format = Format::new().set_num_format(number_format(kind));
    if kind.is_number() {
        format
    } else {
        format.set_align(FormatAlign::Left).set_indent(1)
    }
}

fn of_kind(kind: ColumnKind) -> Format {
    let format = Format::new()
        .set_num_format(number_format(kind))
        .set_align(FormatAlign::Top);
    match kind {
        // An indent keeps texts apart from the numbers before them.
        ColumnKind::Date | ColumnKind::Time | ColumnKind::Quarter => {
            format.set_align(FormatAlign::Left).set_indent(1)
        }
        ColumnKind::Text | ColumnKind::Light => {
            format.set_text_wrap().set_align(FormatAlign::Left).set_indent(1)
        }
        _ => format,
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
