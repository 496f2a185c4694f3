//! Print set-up and document properties.

use chrono::{DateTime, Utc};
use nachweis_domain::language::{Language, Text};
use rust_xlsxwriter::{DocProperties, Worksheet};

use crate::Report;

/// The foot of each page: programme and title to the left, moment of the figures and page number to the right. Nothing
/// stands in the middle, where long texts would meet.
pub(crate) struct Foot(String);

impl Foot {
    /// The foot of a sheet with this title.
    pub(crate) fn new(report: &Report, title: &str, language: Language) -> Self {
        Self::of(&report.programme, report.as_of, title, language)
    }

    /// The foot of a sheet with this title of something about a programme at a moment.
    pub(crate) fn of(programme: &Text, as_of: DateTime<Utc>, title: &str, language: Language) -> Self {
        // A foot holds 255 characters at most.
        let plain = |text: &str, limit| {
            let cut: String = text.chars().take(limit).collect();
            cut.replace('&', "&&")
        };
        let (programme, title) = (plain(programme.get(language), 80), plain(title, 60));
        let as_of = language.moment(as_of);
        let as_of_name = language.pick("Datenstand", "As of");
        let page = language.pick("Seite &P von &N", "Page &P of &N");
        Self(format!(
            "&L&8{programme} · {title}&R&8{as_of_name} {as_of} · {page}"
        ))
    }
}

/// A4 landscape, one page wide, pages numbered, narrow margins.
pub(crate) fn set_up(sheet: &mut Worksheet, foot: &Foot) {
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3)
        .set_footer(&foot.0);
}

/// Title, subject and the moment of the figures as the date of creation: a clock would change the bytes.
pub(crate) fn properties(report: &Report, language: Language) -> DocProperties {
    DocProperties::new()
        .set_title(report.title.get(language))
        .set_subject(report.programme.get(language))
        .set_comment(report.funding_note.get(language))
        .set_author("Nachweis")
        .set_creation_datetime(&report.as_of)
}
