//! What is issued from the record: the value of each prefilled cell.

use nachweis_domain::{
    context::ReportingContext,
    key::{CounterKey, IndicatorCode, ItemKey, SourceKey},
    language::Language,
    money::Money,
    region::RegionCategory,
    round::FundingRound,
};

use super::{
    column::ColumnKey,
    entry::Entry,
    row::{Field, Row, RowKind},
    sheet::SheetKind,
};

/// Everything that prefilled values come from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    /// The round.
    pub(crate) round: &'a FundingRound,
    /// Subproject, plan and history.
    pub(crate) context: &'a ReportingContext,
    /// The language of names and hints.
    pub(crate) language: Language,
}

/// The value that a prefilled cell is issued with; `Empty` where the record holds nothing.
pub(crate) fn prefilled(record: Record<'_>, sheet: SheetKind, row: &Row, column: ColumnKey) -> Entry {
    match (sheet, &row.kind) {
        (SheetKind::Cover, RowKind::Field(field)) => Entry::Text(field_text(record, *field)),
        (SheetKind::Expenditure, _) => expenditure(record.context, &row.key, column),
        (SheetKind::Funds, _) => funds(record.context, &row.key, column),
        (SheetKind::Indicators, _) => indicator(record.context, &row.key, column),
        (SheetKind::Counters, _) => counter(record.context, &row.key, column),
        _ => Entry::Empty,
    }
}

fn expenditure(context: &ReportingContext, key: &str, column: ColumnKey) -> Entry {
    let year = context.quarter.year();
    Entry::Money(match column {
        ColumnKey::PlanYear => context.plan.item_year(&ItemKey::new(key), year),
        ColumnKey::EarlierYear => of(context.history.spent_this_year.get(key)),
        ColumnKey::SpentBefore => of(context.history.spent.get(key)),
        _ => return Entry::Empty,
    })
}

fn funds(context: &ReportingContext, key: &str, column: ColumnKey) -> Entry {
    let source = SourceKey::new(key);
    let before = context.history.funds.get(&source).copied().unwrap_or_default();
    Entry::Money(match column {
        ColumnKey::PlanTotal => of(context.plan.sources.get(&source)),
        ColumnKey::CalledBefore => before.called,
        ColumnKey::ReceivedBefore => before.received,
        ColumnKey::SpentBefore => before.spent,
        _ => return Entry::Empty,
    })
}

fn indicator(context: &ReportingContext, key: &str, column: ColumnKey) -> Entry {
    let code = IndicatorCode::new(key);
    match column {
        ColumnKey::Target => context
            .plan
            .targets
            .get(&code)
            .and_then(|target| i64::try_from(*target).ok())
            .map_or(Entry::Empty, Entry::Count),
        ColumnKey::Before => Entry::Count(
            context
                .history
                .indicators
                .get(&code)
                .map_or(0, |before| before.total),
        ),
        _ => Entry::Empty,
    }
}

fn counter(context: &ReportingContext, key: &str, column: ColumnKey) -> Entry {
    match column {
        ColumnKey::Before => {
            let before = context.history.counters.get(&CounterKey::new(key));
            Entry::Count(before.copied().unwrap_or(0))
        }
        _ => Entry::Empty,
    }
}

fn of(amount: Option<&Money>) -> Money {
    amount.copied().unwrap_or_default()
}

fn field_text(record: Record<'_>, field: Field) -> String {
    let Record {
        round,
        context,
        language,
    } = record;
    let subproject = &context.subproject;
    match field {
        Field::Programme => round.programme.get(language).to_owned(),
        Field::Round => round.title.get(language).to_owned(),
        Field::Subproject => subproject.no.to_string(),
        Field::Title => subproject.title.clone(),
        Field::Carrier => subproject.carrier.name.clone(),
        Field::Network => network(context),
        Field::Land => subproject
            .land
            .map_or_else(|| nationwide(language), |land| land.name().to_owned()),
        Field::Region => match (subproject.nuts2, subproject.land) {
            (Some(nuts2), _) => format!("{} {}", nuts2.facts().code, nuts2.facts().name),
            (None, Some(_)) => language.pick("landesweit", "the whole Land").to_owned(),
            (None, None) => nationwide(language),
        },
        Field::RegionCategory => categories(context, language),
        Field::Strand => round
            .strands
            .iter()
            .find(|strand| strand.key == subproject.strand)
            .map_or_else(
                || subproject.strand.to_string(),
                |strand| strand.name.get(language).to_owned(),
            ),
        Field::Action => round
            .action_fields
            .iter()
            .find(|field| field.key == subproject.action_field)
            .map_or_else(
                || subproject.action_field.to_string(),
                |field| field.name.get(language).to_owned(),
            ),
        Field::GrantPeriod => format!(
            "{} – {}",
            language.date(subproject.grant_period.first),
            language.date(subproject.grant_period.last)
        ),
        Field::Quarter => context.quarter.display(language),
        Field::PlanVersion => format!(
            "{} ({})",
            context.plan.number,
            language.date(context.plan.effective_from)
        ),
        Field::Template => context.template_version.to_string(),
        Field::Contact | Field::Declaration => String::new(),
    }
}

fn network(context: &ReportingContext) -> String {
    match (&context.network_name, &context.subproject.network) {
        (Some(name), Some(code)) => format!("{name} ({code})"),
        (Some(name), None) => name.clone(),
        (None, Some(code)) => code.to_string(),
        (None, None) => "–".to_owned(),
    }
}

fn categories(context: &ReportingContext, language: Language) -> String {
    let shares = context.subproject.regions.shares();
    let name = |category: &RegionCategory| category.name().get(language).to_owned();
    match shares {
        [(only, _)] => name(only),
        several => several
            .iter()
            .map(|(category, share)| format!("{} {}", share.display(language), name(category)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn nationwide(language: Language) -> String {
    language.pick("bundesweit", "nationwide").to_owned()
}
