//! Print set-up and document properties.

use nachweis_domain::language::{Language, Text};
use rust_xlsxwriter::{DocProperties, Worksheet};

use crate::Report;

/// The foot of each page: programme, title, page number.
pub(crate) struct Foot(String);

impl Foot {
    pub(crate) fn new(programme: &Text, title: &Text, language: Language) -> Self {
        let plain = |text: &Text, limit| -> String {
            text.get(language)
                .chars()
                .take(limit)
                .collect::<String>()
                .replace('&', "&&")
        };
        let (programme, title) = (plain(programme, 90), plain(title, 50));
        let page = language.pick("Seite &P von &N", "Page &P of &N");
        Self(format!("&L&8{programme}&C&8{title}&R&8{page}"))
    }
}

/// A4, one page wide, pages numbered, narrow margins.
pub(crate) fn set_up(sheet: &mut Worksheet, foot: &Foot) {
    sheet
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
