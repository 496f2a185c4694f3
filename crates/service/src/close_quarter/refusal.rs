//! Why a quarter is not closed, in words.

use nachweis_domain::{
    key::SubprojectNo,
    language::{Language, Text},
};

use crate::error::ServiceError;

pub(super) fn not_over() -> ServiceError {
    ServiceError::Invalid {
        code: "quarter-not-over",
        text: Text::new(
            "Abgeschlossen werden kann nur ein Quartal der Förderrunde, das vorüber ist. Bitte das Quartal prüfen.",
            "Only a quarter of the funding round that is over can be closed. Please check the quarter.",
        ),
    }
}

/// Names the first of the subprojects whose report is not accepted, and both ways of closing without them.
pub(super) fn reports_missing(missing: &[&SubprojectNo]) -> ServiceError {
    let count = u64::try_from(missing.len()).unwrap_or(u64::MAX);
    let numbers: Vec<&str> = missing.iter().map(|no| no.as_str()).collect();
    let (de, en) = match count {
        1 => (
            "ist ein erwarteter Bericht nicht angenommen".to_owned(),
            "One expected report of this quarter has not been accepted".to_owned(),
        ),
        _ => (
            format!(
                "sind {} erwartete Berichte nicht angenommen",
                Language::De.group(count)
            ),
            format!(
                "{} expected reports of this quarter have not been accepted",
                Language::En.group(count)
            ),
        ),
    };
    ServiceError::Invalid {
        code: "reports-missing",
        text: Text::new(
            format!(
                "Für dieses Quartal {de}: {}. Bitte nachfordern oder den Abschluss ausdrücklich ohne bestätigen: mit \
                 --without-missing-reports an der Befehlszeile, mit \"without_missing\": true über HTTP.",
                Language::De.first_of(&numbers)
            ),
            format!(
                "{en}: {}. Please chase what is missing, or confirm explicitly that the quarter is closed without it: with \
                 --without-missing-reports at the command line, with \"without_missing\": true over HTTP.",
                Language::En.first_of(&numbers)
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(count: u32) -> Text {
        let numbers: Vec<SubprojectNo> = (1..=count)
            .map(|number| SubprojectNo::new(format!("IQ23-NW-{number:03}")))
            .collect();
        let ServiceError::Invalid { text, .. } = reports_missing(&numbers.iter().collect::<Vec<_>>()) else {
            panic!("reports are missing");
        };
        text
    }

    #[test]
    fn one_missing_report_is_told_in_the_singular_and_by_its_number() {
        let text = told(1);
        assert!(text.de.starts_with(
            "Für dieses Quartal ist ein erwarteter Bericht nicht angenommen: IQ23-NW-001. Bitte"
        ));
        assert!(
            text.en.starts_with(
                "One expected report of this quarter has not been accepted: IQ23-NW-001. Please"
            )
        );
        for way in ["--without-missing-reports", "\"without_missing\": true"] {
            assert!(text.de.contains(way) && text.en.contains(way), "{way}");
        }
    }

    #[test]
    fn of_many_missing_reports_the_first_five_are_named_and_the_others_counted() {
        assert!(told(6).de.contains("IQ23-NW-005, IQ23-NW-006. Bitte"));
        let text = told(1_007);
        assert!(
            text.de
                .contains("sind 1.007 erwartete Berichte nicht angenommen: IQ23-NW-001, ")
        );
        assert!(
            text.de.contains(", IQ23-NW-005 und 1.002 weitere. Bitte"),
            "{}",
            text.de
        );
        assert!(
            text.en.contains(", IQ23-NW-005 and 1,002 more. Please"),
            "{}",
            text.en
        );
    }
}
