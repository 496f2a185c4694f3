//! What people must write with a decision: a comment on each warning, a reason for a return.

use std::collections::BTreeMap;

use nachweis_domain::{
    finding::Severity,
    language::{Language, Text},
    limits::{self, Limit},
    record::{RatedFinding, WarningComment},
};

use crate::error::ServiceError;

/// Checks that each warning has one comment unless it is waived, and nothing else has one; gives the comments trimmed, in order.
///
/// # Errors
/// [`ServiceError::Invalid`] naming every finding without a comment, or the first comment that is not right.
pub(crate) fn checked_comments(
    findings: &[RatedFinding],
    comments: &[WarningComment],
) -> Result<Vec<WarningComment>, ServiceError> {
    let mut given: BTreeMap<u32, &str> = BTreeMap::new();
    for comment in comments {
        let text = comment.comment.trim();
        check_length(text, limits::COMMENT, "comment-too-long")?;
        if given.insert(comment.finding, text).is_some() {
            return Err(twice(comment.finding));
        }
    }
    let mut checked = Vec::new();
    let mut without = Vec::new();
    for (position, finding) in (0_u32..).zip(findings) {
        let comment = given.remove(&position).filter(|text| !text.is_empty());
        match (finding.severity, comment) {
            (Severity::Warning, Some(comment)) => checked.push(WarningComment {
                finding: position,
                comment: comment.to_owned(),
            }),
            (Severity::Warning, None) if finding.waiver.is_some() => {}
            (Severity::Warning, None) => without.push((position, finding)),
            (_, Some(_)) => return Err(needless(position)),
            (_, None) => {}
        }
    }
    if let Some((position, _)) = given.first_key_value() {
        return Err(needless(*position));
    }
    if without.is_empty() {
        Ok(checked)
    } else {
        Err(missing(&without))
    }
}

/// Checks a reason and gives it trimmed.
///
/// # Errors
/// [`ServiceError::Invalid`] when it is empty or too long.
pub(crate) fn checked_reason(reason: &str) -> Result<&str, ServiceError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ServiceError::Invalid {
            code: "reason-missing",
            text: Text::new(
                "Dieser Schritt braucht eine Begründung. Bitte angeben, warum; bei einer Rückgabe auch, was zu berichtigen ist.",
                "This step needs a reason. Please say why; for a return also what has to be corrected.",
            ),
        });
    }
    check_length(reason, limits::REASON, "reason-too-long")?;
    Ok(reason)
}

fn check_length(text: &str, limit: Limit, code: &'static str) -> Result<(), ServiceError> {
    let characters = text.chars().count();
    let characters = u64::try_from(characters).unwrap_or(u64::MAX);
    if !limit.is_exceeded_by(characters) {
        return Ok(());
    }
    Err(ServiceError::Invalid {
        code,
        text: Text::new(
            format!(
                "Der Text hat {} Zeichen, möglich sind {}. Bitte kürzen.",
                Language::De.group(characters),
                Language::De.group(limit.value)
            ),
            format!(
                "The text has {} characters, {} are possible. Please shorten it.",
                Language::En.group(characters),
                Language::En.group(limit.value)
            ),
        ),
    })
}

/// All warnings without a comment in one answer, so that nobody has to ask again for the next.
fn missing(warnings: &[(u32, &RatedFinding)]) -> ServiceError {
    let count = u64::try_from(warnings.len()).unwrap_or(u64::MAX);
    let further = count.saturating_sub(limits::PROBLEMS_NAMED.value);
    let named = |language: Language, word: &str| {
        let named = warnings.iter().take(limits::PROBLEMS_NAMED.size());
        let named = named.map(|(position, rated)| {
            let finding = &rated.finding;
            format!(
                "{word} {position} ({}): {}",
                finding.code(),
                finding.message(language)
            )
        });
        named.collect::<Vec<_>>().join(" ")
    };
    let (mut de, mut en) = (named(Language::De, "Nr."), named(Language::En, "No."));
    if further > 0 {
        de = format!("{de} … und {} weitere.", Language::De.group(further));
        en = format!("{en} … and {} more.", Language::En.group(further));
    }
    let text = if count == 1 {
        Text::new(
            format!("Zu einer Warnung fehlt ein Kommentar. Bitte kurz erläutern: {de}"),
            format!("One warning has no comment. Please explain it briefly: {en}"),
        )
    } else {
        Text::new(
            format!(
                "Zu {} Warnungen fehlt ein Kommentar. Bitte jede kurz erläutern: {de}",
                Language::De.group(count)
            ),
            format!(
                "{} warnings have no comment. Please explain each briefly: {en}",
                Language::En.group(count)
            ),
        )
    };
    ServiceError::Invalid {
        code: "comment-missing",
        text,
    }
}

fn twice(position: u32) -> ServiceError {
    ServiceError::Invalid {
        code: "comment-twice",
        text: Text::new(
            format!("Zur Warnung Nr. {position} gibt es zwei Kommentare. Bitte nur einen senden."),
            format!("Warning no. {position} has two comments. Please send only one."),
        ),
    }
}

fn needless(position: u32) -> ServiceError {
    ServiceError::Invalid {
        code: "comment-needless",
        text: Text::new(
            format!(
                "Nr. {position} ist keine Warnung dieser Arbeitsmappe. Bitte nur Warnungen kommentieren."
            ),
            format!("No. {position} is not a warning of this workbook. Please comment on warnings only."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use nachweis_domain::{
        finding::{Detail, Finding},
        record::WaiverId,
        waiver::FindingWaiver,
    };

    use super::*;

    fn rated(severity: Severity) -> RatedFinding {
        RatedFinding {
            finding: Finding::whole(Detail::NotDeclared),
            severity,
            comment: None,
            waiver: None,
        }
    }

    fn comment(finding: u32, comment: &str) -> WarningComment {
        WarningComment {
            finding,
            comment: comment.to_owned(),
        }
    }

    #[test]
    fn every_warning_needs_exactly_one_comment_and_nothing_else_takes_one() {
        let findings = [
            rated(Severity::Notice),
            rated(Severity::Warning),
            rated(Severity::Warning),
        ];
        let long = "x".repeat(limits::COMMENT.size() + 1);
        for (comments, code) in [
            (vec![comment(1, "so"), comment(2, " weil ")], None),
            (vec![comment(1, "so")], Some("comment-missing")),
            (vec![comment(1, "so"), comment(2, "  ")], Some("comment-missing")),
            (
                vec![comment(1, "a"), comment(1, "b"), comment(2, "c")],
                Some("comment-twice"),
            ),
            (
                vec![comment(0, "a"), comment(1, "b"), comment(2, "c")],
                Some("comment-needless"),
            ),
            (
                vec![comment(1, "b"), comment(2, "c"), comment(9, "d")],
                Some("comment-needless"),
            ),
            (vec![comment(1, &long), comment(2, "c")], Some("comment-too-long")),
        ] {
            let outcome = checked_comments(&findings, &comments);
            assert_eq!(
                outcome.as_ref().err().map(ServiceError::code),
                code,
                "{comments:?}"
            );
            if let Ok(checked) = outcome {
                assert_eq!(checked, [comment(1, "so"), comment(2, "weil")]);
            }
        }
    }

    #[test]
    fn a_waived_warning_needs_no_comment_and_may_have_one() {
        let waived = RatedFinding {
            waiver: Some(FindingWaiver {
                id: WaiverId(uuid::Uuid::nil()),
                number: 1,
                until: chrono::DateTime::UNIX_EPOCH,
            }),
            ..rated(Severity::Warning)
        };
        let findings = [waived, rated(Severity::Warning)];
        assert_eq!(
            checked_comments(&findings, &[comment(1, "so")]).unwrap(),
            [comment(1, "so")]
        );
        assert_eq!(
            checked_comments(&findings, &[comment(0, "a"), comment(1, "so")])
                .unwrap()
                .len(),
            2
        );
        assert_eq!(
            checked_comments(&findings, &[]).unwrap_err().code(),
            "comment-missing"
        );
    }

    #[test]
    fn all_warnings_without_a_comment_are_named_in_one_answer() {
        let findings = vec![rated(Severity::Warning); limits::PROBLEMS_NAMED.size() + 2];
        let few = checked_comments(findings.get(..3).unwrap(), &[comment(1, "so")]).unwrap_err();
        let many = checked_comments(&findings, &[]).unwrap_err();
        for (language, first, third, further) in [
            (Language::De, "Nr. 0 (", "Nr. 2 (", "und 2 weitere"),
            (Language::En, "No. 0 (", "No. 2 (", "and 2 more"),
        ] {
            let text = few.text(language);
            assert!(text.contains(first) && text.contains(third), "{text}");
            assert!(!text.contains(" 1 ("), "commented: {text}");
            assert!(many.text(language).contains(further), "{}", many.text(language));
        }
    }

    #[test]
    fn a_reason_is_neither_empty_nor_endless() {
        assert_eq!(checked_reason("  Beleg 3 fehlt. ").unwrap(), "Beleg 3 fehlt.");
        assert_eq!(checked_reason(" \n").unwrap_err().code(), "reason-missing");
        let long = "ä".repeat(limits::REASON.size() + 1);
        assert_eq!(checked_reason(&long).unwrap_err().code(), "reason-too-long");
    }
}
