//! What is told of a list as a whole: which columns were read as what, which not, what repeats, what its own sums say.

use std::collections::BTreeMap;

use nachweis_domain::{
    cell::column_letters,
    language::{Language, Text},
};

use super::{
    choose::{self, Chosen},
    heading::Role,
    rows::{Row, SheetList},
    spelling::{compact, cut},
};
use crate::RawSheet;

/// Longest heading that is quoted.
const HEADING: usize = 120;
/// Sums that are told one by one; further ones are counted.
const SUMS: usize = 20;

/// Everything that is told of a list.
pub(super) fn of(list: &SheetList<'_>) -> Vec<Text> {
    let mut notes = vec![taken_from(list)];
    notes.extend(list.amount_notes.iter().cloned());
    notes.push(columns(list));
    notes.extend(not_read(list));
    notes.extend(hidden_amount(list));
    notes.extend(repeated(list));
    notes.extend(sums(list));
    notes
}

/// Which sheets were not read; those that only repeat another one are told apart.
pub(super) fn left(sheets: &[RawSheet], chosen: &Chosen<'_>) -> Option<Text> {
    let (read, left) = (&chosen.read, &chosen.left);
    let lists = left.iter().map(|candidate| {
        let count = u64::try_from(candidate.operations).unwrap_or(u64::MAX);
        let say = |language: Language| {
            let (count, total) = (language.group(count), candidate.total.display(language));
            match language {
                Language::De => format!("„{}“ ({count} Vorhaben, {total})", candidate.name),
                Language::En => format!("\"{}\" ({count} operations, {total})", candidate.name),
            }
        };
        Text::new(say(Language::De), say(Language::En))
    });
    let is_known = |name: &String| {
        read.iter().any(|list| list.sheet.name == *name)
            || left.iter().any(|candidate| candidate.name == *name)
            || chosen.repeated.contains(name)
    };
    let others = sheets.iter().filter(|sheet| !is_known(&sheet.name)).map(|sheet| {
        Text::new(
            format!("„{}“ (keine Liste)", sheet.name),
            format!("\"{}\" (no list)", sheet.name),
        )
    });
    let all: Vec<Text> = lists.chain(others).collect();
    if all.is_empty() {
        return None;
    }
    let join = |language| {
        all.iter()
            .map(|text| text.get(language))
            .collect::<Vec<_>>()
            .join(", ")
    };
    Some(Text::new(
        format!("Nicht gelesene Blätter: {}.", join(Language::De)),
        format!("Sheets not read: {}.", join(Language::En)),
    ))
}

/// How many operations stand on several of the sheets that were read.
pub(super) fn on_several_sheets(lists: &[SheetList<'_>]) -> Option<Text> {
    let contents: Vec<choose::Content> = lists.iter().map(choose::content).collect();
    let mut count = 0;
    for (index, one) in contents.iter().enumerate() {
        count += contents
            .iter()
            .skip(index + 1)
            .map(|other| choose::shared(one, other))
            .sum::<usize>();
    }
    (count > 0).then(|| {
        Text::new(
            format!(
                "Mit denselben Angaben auf mehreren der gelesenen Blätter stehen und jedes Mal gezählt wurden: {count} \
                 Vorhaben. Bitte prüfen Sie, ob die Blätter sich überschneiden."
            ),
            format!(
                "Operations that stand with the same particulars on several of the sheets read and were counted each time: \
                 {count}. Please check whether the sheets overlap."
            ),
        )
    })
}

/// Which sheet and which amount were taken.
fn taken_from(list: &SheetList<'_>) -> Text {
    let sheet = &list.sheet.name;
    let row = list.header.last_row + 1;
    let amount = quoted(list, list.header.amount);
    let others = |language: Language| {
        let others: Vec<String> = list
            .header
            .other_amounts()
            .map(|col| quoted(list, col).get(language).to_owned())
            .collect();
        match (others.is_empty(), language) {
            (true, _) => String::new(),
            (false, Language::De) => format!(" Nicht als Betrag gelesen: {}.", others.join(", ")),
            (false, Language::En) => format!(" Not read as the amount: {}.", others.join(", ")),
        }
    };
    Text::new(
        format!(
            "Gelesen wurde das Blatt „{sheet}“ (Überschriften bis Zeile {row}), als Betrag die Spalte {}.{}",
            amount.de,
            others(Language::De)
        ),
        format!(
            "The sheet \"{sheet}\" was read (headings down to row {row}), with the column {} as the amount.{}",
            amount.en,
            others(Language::En)
        ),
    )
}

/// Which column was read as what.
fn columns(list: &SheetList<'_>) -> Text {
    let mut read: Vec<(u16, Role)> = list.header.columns().map(|(role, col)| (col, role)).collect();
    read.sort_unstable();
    let say = |language: Language| {
        let each = |(col, role): &(u16, Role)| {
            format!(
                "{} {} = {}",
                column_letters(*col),
                quoted(list, *col).get(language),
                name(*role).get(language)
            )
        };
        read.iter().map(each).collect::<Vec<_>>().join("; ")
    };
    Text::new(
        format!("Weitere Spalten: {}.", say(Language::De)),
        format!("Further columns: {}.", say(Language::En)),
    )
}

/// Which columns nobody understands and therefore were not read.
fn not_read(list: &SheetList<'_>) -> Option<Text> {
    let unknown: Vec<u16> = list.header.unknown().collect();
    if unknown.is_empty() {
        return None;
    }
    let say = |language: Language| {
        let each = |col: &u16| format!("{} {}", column_letters(*col), quoted(list, *col).get(language));
        unknown.iter().map(each).collect::<Vec<_>>().join(", ")
    };
    Some(Text::new(
        format!(
            "Nicht gelesene Spalten mit unbekannter Überschrift: {}.",
            say(Language::De)
        ),
        format!(
            "Columns not read, with an unknown heading: {}.",
            say(Language::En)
        ),
    ))
}

fn hidden_amount(list: &SheetList<'_>) -> Option<Text> {
    list.sheet.hidden_columns.contains(&list.header.amount).then(|| {
        Text::new(
            "Die Spalte mit dem Betrag ist in der Datei ausgeblendet. Bitte prüfen Sie, ob sie gelten soll.",
            "The column with the amount is hidden in the file. Please check whether it is meant.",
        )
    })
}

/// How many operations equal another one in everything that is read.
fn repeated(list: &SheetList<'_>) -> Option<Text> {
    let roles = [
        Role::Number,
        Role::Carrier,
        Role::Title,
        Role::Summary,
        Role::Start,
        Role::End,
        Role::Span,
    ];
    let key = |row: &Row<'_>| {
        let texts = roles.map(|role| {
            let value = row.value(list.header.column(role));
            value.map(|value| compact(&value.shown())).unwrap_or_default()
        });
        (texts, row.amount.money)
    };
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    for row in &list.operations {
        *seen.entry(key(row)).or_default() += 1;
    }
    let count: usize = seen
        .values()
        .filter(|times| **times > 1)
        .map(|times| times - 1)
        .sum();
    let (de, en) = match count {
        0 => return None,
        1 => (
            "1 Zeile gleicht einer anderen in allen gelesenen Angaben; sie wurde mitgezählt.".to_owned(),
            "1 row equals another one in everything that was read; it was counted.".to_owned(),
        ),
        _ => (
            format!(
                "{count} Zeilen gleichen einer anderen in allen gelesenen Angaben; sie wurden mitgezählt."
            ),
            format!("{count} rows equal another one in everything that was read; they were counted."),
        ),
    };
    Some(Text::new(
        format!("{de} Bitte prüfen Sie, ob die Liste etwas doppelt nennt."),
        format!("{en} Please check whether the list names something twice."),
    ))
}

/// What the list's own sums say: every disagreement, the grand total, and how many subtotals agree.
fn sums(list: &SheetList<'_>) -> Vec<Text> {
    let (told, agreeing): (Vec<_>, Vec<_>) =
        list.sums.iter().partition(|sum| !sum.agrees() || sum.is_of_all());
    let mut notes: Vec<Text> = told.iter().take(SUMS).map(|sum| sum.text()).collect();
    let further = told.len().saturating_sub(SUMS);
    if further > 0 {
        notes.push(Text::new(
            format!("{further} weitere Summen der Liste stimmen nicht mit ihren Vorhaben überein."),
            format!("{further} further sums of the list do not agree with its operations."),
        ));
    }
    match agreeing.as_slice() {
        [] => {}
        [one] => notes.push(one.text()),
        several => notes.push(Text::new(
            format!(
                "{} Zwischensummen der Liste stimmen mit ihren Vorhaben überein.",
                several.len()
            ),
            format!(
                "{} subtotals of the list agree with its operations.",
                several.len()
            ),
        )),
    }
    notes
}

fn quoted(list: &SheetList<'_>, col: u16) -> Text {
    let heading = cut(list.header.heading(col), HEADING);
    Text::new(format!("„{heading}“"), format!("\"{heading}\""))
}

fn name(role: Role) -> Text {
    let (de, en) = match role {
        Role::Number => ("Nummer", "number"),
        Role::Carrier => ("Begünstigter", "beneficiary"),
        Role::Title => ("Bezeichnung", "name"),
        Role::Summary => ("Zusammenfassung", "summary"),
        Role::Start => ("Beginn", "beginning"),
        Role::End => ("Ende", "end"),
        Role::Span => ("Zeitraum", "period"),
        Role::Amount(_) => ("Betrag", "amount"),
        Role::Rate => ("Kofinanzierungssatz", "co-financing rate"),
        Role::Category => ("Kategorie der Region", "category of region"),
        Role::Land => ("Land", "Land"),
        Role::Nuts => ("NUTS-Region", "NUTS region"),
        Role::District => ("Kreis oder Region", "district or region"),
        Role::MunicipalKey => ("amtlicher Schlüssel", "official key"),
        Role::Fund => ("Fonds", "fund"),
        Role::Currency => ("Währung", "currency"),
        Role::Other => ("nicht gebraucht", "not needed"),
    };
    Text::new(de, en)
}
