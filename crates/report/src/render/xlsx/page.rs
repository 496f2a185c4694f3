//! Print set-up and document properties.

use nachweis_domain::language::Language;
use rust_xlsxwriter::{DocProperties, Worksheet};

use crate::Report;

/// A4, one page wide, pages numbered, narrow margins.
pub(crate) fn set_up(sheet: &mut Worksheet, report: &Report, language: Language) {
    let plain = |text: &str| text.replace('&', "&&");
    let programme: String = plain(report.programme.get(language)).chars().take(90).collect();
    let title: String = plain(report.title.get(language)).chars().take(60).collect();
    let page = language.pick("Seite &P von &N", "Page &P of &N");
    sheet
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3)
        .set_footer(format!("&L&8{programme}&C&8{title}&R&8{page}"));
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
