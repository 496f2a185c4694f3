//! What the lists do not say and had to be assumed, counted and told once for all operations.

use nachweis_domain::language::{Language, Text};

use super::{heading::Role, rows::SheetList};

/// How many operations got something that their list does not say.
#[derive(Clone, Debug, Default)]
pub(super) struct Assumed {
    pub(super) numbers: usize,
    pub(super) category_by_place: usize,
    pub(super) category_unclear: usize,
    pub(super) category: usize,
    pub(super) sources: usize,
    pub(super) hidden: usize,
    no_start: bool,
    no_end: bool,
}

impl Assumed {
    /// Notes which dates a list has no column for.
    pub(super) fn look_at(&mut self, list: &SheetList<'_>) {
        let has = |role: Role| list.header.column(role).is_some() || list.header.column(Role::Span).is_some();
        self.no_start |= !has(Role::Start);
        self.no_end |= !has(Role::End);
    }

    /// Tells it of so many operations.
    pub(super) fn say(&self, all: usize, notes: &mut Vec<Text>) {
        self.say_dates(notes);
        let mut say = |count: usize, de: &str, en: &str| {
            if count > 0 {
                let grouped = |language: Language| {
                    [count, all].map(|count| language.group(u64::try_from(count).unwrap_or(u64::MAX)))
                };
                let [[count_de, all_de], [count_en, all_en]] = Language::ALL.map(grouped);
                notes.push(Text::new(
                    format!("{count_de} von {all_de} Vorhaben: {de}"),
                    format!("{count_en} of {all_en} operations: {en}"),
                ));
            }
        };
        say(
            self.numbers,
            "Die Liste nennt keine eigene Nummer; sie wurde aus Begünstigtem, Bezeichnung und Beginn gebildet.",
            "the list gives no number of their own; it was made from beneficiary, name and beginning.",
        );
        say(
            self.category_by_place,
            "Die Kategorie der Region folgt aus Land, Kreis oder NUTS-Region (Einstufung der Förderrunde).",
            "the category of region follows from the Land, district or NUTS region (classification of the round).",
        );
        say(
            self.category_unclear,
            "Was die Liste als Kategorie der Region nennt, ist nicht eine bekannte; was angenommen wurde, steht bei der Zeile.",
            "what the list gives as category of region is not one that is known; what was assumed stands at the row.",
        );
        say(
            self.category,
            "Weder Liste noch Ort nennen die Kategorie der Region; angenommen ist „stärker entwickelt“.",
            "neither the list nor the place says the category of region; \"more developed\" is assumed.",
        );
        say(
            self.sources,
            "Die Liste nennt weder Kofinanzierungssatz noch Unionsmittel; angenommen ist der Höchstsatz der Kategorie.",
            "the list gives neither a co-financing rate nor the Union's money; the highest rate of the category is assumed.",
        );
        say(
            self.hidden,
            "Die Zeile ist in der Datei ausgeblendet und wurde mitgezählt.",
            "the row is hidden in the file and was counted.",
        );
    }

    fn say_dates(&self, notes: &mut Vec<Text>) {
        let (de, en) = match (self.no_start, self.no_end) {
            (true, true) => ("Beginn und Ende", "the beginning and the end"),
            (true, false) => ("den Beginn", "the beginning"),
            (false, true) => ("das Ende", "the end"),
            (false, false) => return,
        };
        notes.push(Text::new(
            format!("Die Liste hat keine Spalte für {de}; angenommen ist die Laufzeit der Förderrunde."),
            format!("The list has no column for {en}; the time of the round is assumed."),
        ));
    }
}
