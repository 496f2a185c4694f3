//! The look of cells: few colours with one meaning each.

use std::collections::BTreeMap;

use nachweis_domain::{finding::Severity, limits};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::layout::Kind;

/// The font of the whole workbook; free twins of the same widths exist everywhere.
const FONT: &str = "Arial";
/// Headers, titles.
pub(crate) const NAVY: Color = Color::RGB(0x1F_3864);
const RULE: Color = Color::RGB(0xBF_BFBF);
const INPUT: Color = Color::RGB(0xFF_F9DB);
const PREFILLED: Color = Color::RGB(0xF2_F2F2);
const COMPUTED: Color = Color::RGB(0xE4_ECF7);
const LINK: Color = Color::RGB(0x0B_5CAD);
const FAINT: Color = Color::RGB(0x7F_7F7F);
const BLOCKING: Color = Color::RGB(0xF8_B4B4);
const WARNING: Color = Color::RGB(0xFF_D78A);
const NOTICE: Color = Color::RGB(0xC9_DFF5);

/// What a cell is for, as it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    /// To be filled in.
    Input,
    /// From the record.
    Prefilled,
    /// A formula.
    Computed,
    /// A key.
    Key,
    /// A name.
    Label,
    /// The row of totals.
    Total,
    /// Nothing belongs here.
    Unused,
}

/// What a cell holds, as it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// Text, wrapped.
    Text,
    /// Long text, wrapped, from the top.
    Narrative,
    /// An amount.
    Money,
    /// A whole number.
    Count,
    /// A day.
    Date,
}

/// All formats of a workbook.
#[derive(Clone, Debug)]
pub(crate) struct Styles {
    cells: BTreeMap<(Look, Shape, Option<Severity>), Format>,
    /// The sheet's title.
    pub(crate) title: Format,
    /// The title in the other language.
    pub(crate) subtitle: Format,
    /// The subproject below the title.
    pub(crate) about: Format,
    /// Instructions.
    pub(crate) intro: Format,
    /// A header.
    pub(crate) header: Format,
    /// The German line of a header.
    pub(crate) header_de: Format,
    /// The English line of a header.
    pub(crate) header_en: Format,
    /// A link.
    pub(crate) link: Format,
    /// Plain text.
    pub(crate) plain: Format,
}

impl From<Kind> for Shape {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Money => Self::Money,
            Kind::Count => Self::Count,
            Kind::Date => Self::Date,
            Kind::Text { limit } if limit == limits::NARRATIVE.value => Self::Narrative,
            Kind::Key | Kind::Text { .. } | Kind::Quarter | Kind::Choice(_) => Self::Text,
        }
    }
}

impl Styles {
    /// All formats.
    pub(crate) fn new() -> Self {
        let base = || Format::new().set_font_name(FONT).set_font_size(10);
        let header = base()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(NAVY)
            .set_align(FormatAlign::VerticalCenter)
            .set_align(FormatAlign::Left)
            .set_indent(1)
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_border_color(RULE);
        Self {
            cells: all_cells(),
            title: base().set_font_size(16).set_bold().set_font_color(NAVY),
            subtitle: base().set_font_size(11).set_font_color(FAINT),
            about: base().set_bold(),
            intro: base().set_font_size(9).set_font_color(FAINT),
            header_de: base().set_bold().set_font_color(Color::White),
            header_en: base().set_font_size(8).set_font_color(Color::RGB(0xD0_D8E8)),
            header,
            link: cell(Look::Label, Shape::Text, None).set_font_color(LINK),
            plain: base().set_align(FormatAlign::Top).set_text_wrap(),
        }
    }

    /// The format of a cell; a mark colours it by severity.
    pub(crate) fn cell(&self, look: Look, shape: Shape, mark: Option<Severity>) -> &Format {
        self.cells.get(&(look, shape, mark)).unwrap_or(&self.plain)
    }
}

fn all_cells() -> BTreeMap<(Look, Shape, Option<Severity>), Format> {
    let looks = [
        Look::Input,
        Look::Prefilled,
        Look::Computed,
        Look::Key,
        Look::Label,
        Look::Total,
        Look::Unused,
    ];
    let marks = [
        None,
        Some(Severity::Notice),
        Some(Severity::Warning),
        Some(Severity::Blocking),
    ];
    let mut cells = BTreeMap::new();
    for look in looks {
        for shape in [
            Shape::Text,
            Shape::Narrative,
            Shape::Money,
            Shape::Count,
            Shape::Date,
        ] {
            for mark in marks {
                cells.insert((look, shape, mark), cell(look, shape, mark));
            }
        }
    }
    cells
}

fn cell(look: Look, shape: Shape, mark: Option<Severity>) -> Format {
    let base = Format::new()
        .set_font_name(FONT)
        .set_font_size(10)
        .set_border(FormatBorder::Thin)
        .set_border_color(RULE)
        .set_align(FormatAlign::VerticalCenter)
        .set_indent(1);
    let right = |format: Format| format.set_align(FormatAlign::Right);
    let shaped = match shape {
        Shape::Text => base.set_align(FormatAlign::Left).set_text_wrap(),
        Shape::Narrative => base
            .set_align(FormatAlign::Left)
            .set_align(FormatAlign::Top)
            .set_text_wrap(),
        Shape::Money => right(base.set_num_format("#,##0.00")),
        Shape::Count => right(base.set_num_format("0")),
        Shape::Date => right(base.set_num_format("dd.mm.yyyy")),
    };
    let looked = match look {
        Look::Input => shaped.set_background_color(INPUT).set_unlocked(),
        Look::Prefilled | Look::Unused => shaped.set_background_color(PREFILLED),
        Look::Computed => shaped.set_background_color(COMPUTED).set_font_color(NAVY),
        Look::Key => shaped
            .set_background_color(PREFILLED)
            .set_font_color(FAINT)
            .set_font_size(8),
        Look::Label => shaped,
        Look::Total => shaped
            .set_bold()
            .set_background_color(COMPUTED)
            .set_border_top(FormatBorder::Medium)
            .set_border_top_color(NAVY),
    };
    match mark {
        None | Some(Severity::Off) => looked,
        Some(severity) => looked.set_background_color(severity_color(severity)),
    }
}

/// The colour of a severity in marked copies.
pub(crate) const fn severity_color(severity: Severity) -> Color {
    match severity {
        Severity::Blocking => BLOCKING,
        Severity::Warning => WARNING,
        Severity::Notice | Severity::Off => NOTICE,
    }
}
