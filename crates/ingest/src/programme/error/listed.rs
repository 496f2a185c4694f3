//! What a question offers to choose from, in one line.

use nachweis_domain::language::{Language, Text};

use crate::programme::{AmountCandidate, SheetCandidate};

/// Columns that are named one by one.
const NAMED: usize = 10;

/// The headings found on each sheet.
pub(super) fn headings(sheets: &[(String, Vec<String>)], language: Language) -> String {
    let each = |(sheet, headings): &(String, Vec<String>)| {
        let headings = if headings.is_empty() {
            none(language)
        } else {
            headings.join(" | ")
        };
        match language {
            Language::De => format!("Blatt „{sheet}“: {headings}"),
            Language::En => format!("sheet \"{sheet}\": {headings}"),
        }
    };
    joined(sheets.iter().map(each), language)
}

/// The sheets with a list.
pub(super) fn sheets(candidates: &[SheetCandidate], language: Language) -> String {
    let each = |candidate: &SheetCandidate| {
        let name = &candidate.name;
        let count = count(candidate.operations, language);
        let total = candidate.total.display(language);
        let hidden = if candidate.hidden {
            language.pick(", ausgeblendet", ", hidden")
        } else {
            ""
        };
        let shared = candidate
            .shared
            .as_ref()
            .map_or_else(String::new, |(other, shared)| {
                let shared = self::count(*shared, language);
                match language {
                    Language::De => format!(", {shared} davon auch auf „{other}“"),
                    Language::En => format!(", {shared} of them also on \"{other}\""),
                }
            });
        match language {
            Language::De => format!("„{name}“ ({count} Vorhaben, {total}{hidden}{shared})"),
            Language::En => format!("\"{name}\" ({count} operations, {total}{hidden}{shared})"),
        }
    };
    joined(candidates.iter().map(each), language)
}

/// The columns with amounts.
pub(super) fn amounts(candidates: &[AmountCandidate], language: Language) -> String {
    let each = |candidate: &AmountCandidate| {
        let AmountCandidate {
            column,
            heading,
            filled,
            total,
        } = candidate;
        let total = total.display(language);
        let noun = match (language, *filled) {
            (Language::De, 1) => "Betrag",
            (Language::De, _) => "Beträge",
            (Language::En, 1) => "amount",
            (Language::En, _) => "amounts",
        };
        let filled = count(*filled, language);
        match language {
            Language::De => format!("{column} „{heading}“ ({filled} {noun}, zusammen {total})"),
            Language::En => format!("{column} \"{heading}\" ({filled} {noun}, {total} in total)"),
        }
    };
    let further = candidates.len().saturating_sub(NAMED);
    let rest = (further > 0).then(|| {
        let further = count(further, language);
        match language {
            Language::De => format!("und {further} weitere"),
            Language::En => format!("and {further} more"),
        }
    });
    joined(candidates.iter().take(NAMED).map(each).chain(rest), language)
}

/// Why rows are no operations, with their number.
pub(super) fn reasons(reasons: &[(Text, usize)], language: Language) -> String {
    let each = |(reason, rows): &(Text, usize)| {
        let rows = count(*rows, language);
        format!("{rows} × „{}“", reason.get(language).trim_end_matches('.'))
    };
    let joined = joined(reasons.iter().map(each), language);
    match language {
        Language::De => joined,
        Language::En => joined.replace(['„', '“'], "\""),
    }
}

fn count(count: usize, language: Language) -> String {
    language.group(u64::try_from(count).unwrap_or(u64::MAX))
}

fn none(language: Language) -> String {
    language.pick("keine", "none").to_owned()
}

fn joined(each: impl Iterator<Item = String>, language: Language) -> String {
    let all: Vec<String> = each.collect();
    if all.is_empty() {
        none(language)
    } else {
        all.join("; ")
    }
}
