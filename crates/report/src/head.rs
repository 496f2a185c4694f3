//! The lines that head every rendered report.

use nachweis_domain::language::{Language, Text};

use crate::Report;

/// A whole number as people write it in either language.
pub(crate) fn grouped(number: u64) -> Text {
    Text::new(Language::De.group(number), Language::En.group(number))
}

/// Name and value of each line of a report's head, in a language.
pub(crate) fn lines(report: &Report, language: Language) -> Vec<(String, String)> {
    let text = |text: &Text| text.get(language).to_owned();
    let name = |de: &str, en: &str| language.pick(de, en).to_owned();
    let mut lines = vec![
        (name("Programm", "Programme"), text(&report.programme)),
        (name("Förderrunde", "Funding round"), text(&report.round_title)),
        (
            name("Datenstand", "As of"),
            format!(
                "{} {}",
                language.moment(report.as_of),
                language.pick("Uhr", "(Europe/Berlin)")
            ),
        ),
    ];
    lines.extend(
        report
            .parameters
            .iter()
            .map(|(name, value)| (text(name), text(value))),
    );
    if let Some(head) = &report.head {
        lines.push((
            name("Kopf der Journalkette", "Head of the journal chain"),
            head.clone(),
        ));
    }
    lines.push((name("Förderhinweis", "Funding note"), text(&report.funding_note)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stand_in_groups_of_three_digits() {
        assert_eq!(grouped(999), Text::new("999", "999"));
        assert_eq!(grouped(1_234_567), Text::new("1.234.567", "1,234,567"));
    }
}
