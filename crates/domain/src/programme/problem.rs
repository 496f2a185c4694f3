//! What can be wrong in a programme to be imported, with a text in both languages.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    language::{Language, Text},
    money::Money,
    period::Period,
};

/// Something wrong in a programme to be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeProblem {
    /// The network's code or the subproject's number.
    pub object: String,
    /// What is wrong with it.
    pub fault: ProgrammeFault,
}

impl ProgrammeProblem {
    /// Whole sentences that begin with the network or subproject.
    pub fn text(&self) -> Text {
        let Text { de, en } = self.fault.text();
        Text::new(format!("{}: {de}", self.object), format!("{}: {en}", self.object))
    }
}

/// What is wrong with a network or subproject. Texts quoted in it are as in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeFault {
    /// It names another round.
    OtherRound(String),
    /// The network's code occurs twice.
    DuplicateNetwork,
    /// The subproject's number occurs twice with different master data.
    DuplicateSubproject,
    /// The plan version occurs twice.
    DuplicatePlan(u32),
    /// A required text is empty; the name of the column.
    Empty(&'static str),
    /// The network is neither in the file nor recorded.
    UnknownNetwork(String),
    /// The strand is not of the round.
    UnknownStrand(String),
    /// The action field is not of the round.
    UnknownField(String),
    /// The plan item is not of the round.
    UnknownItem(String),
    /// The source is not of the round.
    UnknownSource(String),
    /// The indicator is not of the round.
    UnknownIndicator(String),
    /// The grant period (first) is empty or not inside the round's (second).
    GrantOutsideRound(Period, Period),
    /// The NUTS-2 region does not lie in the Land.
    RegionOutsideLand(&'static str),
    /// A planned amount is negative: item, year, amount.
    NegativePlan(String, i32, Money),
    /// The sources of a plan version do not sum to its items.
    SourcesDiffer {
        /// The plan version.
        version: u32,
        /// The sum of the sources.
        sources: Money,
        /// The sum of the items, income deducted.
        items: Money,
    },
    /// A plan version that comes alone names a subproject that is neither in the file nor recorded; its number.
    UnknownPlanned(u32),
    /// A payment names a subproject that is neither in the file nor recorded; its day.
    UnknownPaid(NaiveDate),
}

impl ProgrammeFault {
    /// What is there, what is expected, what to do: whole sentences without the object.
    pub fn text(&self) -> Text {
        match self {
            Self::OtherRound(round) => Text::new(
                format!(
                    "Die Zeile nennt die Förderrunde „{round}“. Bitte in die genannte Runde importieren oder die Spalte „round“ berichtigen."
                ),
                format!(
                    "The row names the round “{round}”. Please import into that round or correct the column “round”."
                ),
            ),
            Self::DuplicateNetwork => Text::new(
                "Das Netzwerk kommt zweimal vor. Bitte eine der Zeilen entfernen.",
                "The network occurs twice. Please remove one of the rows.",
            ),
            Self::DuplicateSubproject => Text::new(
                "Das Teilvorhaben kommt zweimal mit verschiedenen Stammdaten vor. Bitte eine der Zeilen entfernen oder die Nummer berichtigen.",
                "The subproject occurs twice with different master data. Please remove one of the rows or correct the number.",
            ),
            Self::DuplicatePlan(version) => Text::new(
                format!(
                    "Die Planfassung {version} kommt zweimal vor. Bitte jeder Fassung eine eigene Nummer geben."
                ),
                format!("Plan version {version} occurs twice. Please give each version a number of its own."),
            ),
            Self::Empty(column) => Text::new(
                format!("Die Spalte „{column}“ ist leer. Bitte ausfüllen."),
                format!("The column “{column}” is empty. Please fill it in."),
            ),
            Self::UnknownNetwork(code) => Text::new(
                format!(
                    "Das Netzwerk „{code}“ steht weder in der Datei noch ist es erfasst. Bitte unter „networks“ ergänzen oder das Kürzel berichtigen."
                ),
                format!(
                    "The network “{code}” is neither in the file nor recorded. Please add it under “networks” or correct the code."
                ),
            ),
            Self::UnknownStrand(key) => unknown("Den Förderstrang", "The funding strand", key, "strands"),
            Self::UnknownField(key) => unknown("Das Handlungsfeld", "The action field", key, "action_fields"),
            Self::UnknownItem(key) => unknown("Den Einzelansatz", "The plan item", key, "plan_items"),
            Self::UnknownSource(key) => unknown("Die Finanzierungsquelle", "The source", key, "sources"),
            Self::UnknownIndicator(key) => unknown("Den Indikator", "The indicator", key, "indicators"),
            Self::GrantOutsideRound(grant, round) => Text::new(
                format!(
                    "Der Bewilligungszeitraum {} ist nicht möglich; er muss in der Förderrunde liegen ({}). Bitte „grant_first“ und „grant_last“ prüfen.",
                    span(*grant, Language::De),
                    span(*round, Language::De),
                ),
                format!(
                    "The grant period {} is not possible; it must lie in the round ({}). Please check “grant_first” and “grant_last”.",
                    span(*grant, Language::En),
                    span(*round, Language::En),
                ),
            ),
            Self::RegionOutsideLand(nuts2) => Text::new(
                format!(
                    "Die Region {nuts2} liegt nicht in dem genannten Land. Bitte „land“ oder „nuts2“ berichtigen."
                ),
                format!(
                    "The region {nuts2} does not lie in the Land named. Please correct “land” or “nuts2”."
                ),
            ),
            Self::NegativePlan(item, year, amount) => Text::new(
                format!(
                    "Für {year} ist bei „{item}“ der negative Betrag {} geplant. Bitte Beträge ohne Vorzeichen eintragen; Einnahmen zieht das Programm ab.",
                    amount.display(Language::De),
                ),
                format!(
                    "For {year} the negative amount {} is planned for “{item}”. Please enter amounts without a sign; income is deducted by the program.",
                    amount.display(Language::En),
                ),
            ),
            Self::SourcesDiffer {
                version,
                sources,
                items,
            } => Text::new(
                format!(
                    "In Planfassung {version} ergeben die Finanzierungsquellen {}, die Einzelansätze abzüglich Einnahmen {}. Beide Summen müssen gleich sein; bitte die Beträge prüfen.",
                    sources.display(Language::De),
                    items.display(Language::De),
                ),
                format!(
                    "In plan version {version} the sources sum to {}, the plan items less income to {}. Both sums must be equal; please check the amounts.",
                    sources.display(Language::En),
                    items.display(Language::En),
                ),
            ),
            Self::UnknownPlanned(version) => unknown_subproject(
                &format!("Planfassung {version}"),
                &format!("Plan version {version}"),
            ),
            Self::UnknownPaid(day) => unknown_subproject(
                &format!("Die Auszahlung vom {}", Language::De.date(*day)),
                &format!("The payment of {}", Language::En.date(*day)),
            ),
        }
    }
}

fn unknown(what_de: &str, what_en: &str, key: &str, list: &str) -> Text {
    Text::new(
        format!(
            "{what_de} „{key}“ kennt die Förderrunde nicht. Möglich sind die Schlüssel unter „{list}“ der Rundendatei."
        ),
        format!(
            "{what_en} “{key}” is not known to the round. The keys under “{list}” of the round file are possible."
        ),
    )
}

fn unknown_subproject(named_by_de: &str, named_by_en: &str) -> Text {
    Text::new(
        format!(
            "{named_by_de} nennt dieses Teilvorhaben, das weder unter „subprojects“ steht noch in dieser Förderrunde erfasst ist. Bitte die Nummer berichtigen oder das Teilvorhaben ergänzen."
        ),
        format!(
            "{named_by_en} names this subproject, which is neither under “subprojects” nor recorded in this round. Please correct the number or add the subproject."
        ),
    )
}

fn span(period: Period, language: Language) -> String {
    format!("{} – {}", language.date(period.first), language.date(period.last))
}
