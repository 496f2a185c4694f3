//! What a finding says, as typed fields. One variant for each code, two where the code has two causes.

use serde::{Deserialize, Serialize};

use super::Code;
use crate::{key::IndicatorCode, language::Text, money::Money, quarter::Quarter, rate::Rate};

/// What is wrong, with the values that the texts quote. Texts typed by people are cut to 80 characters by the maker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// An amount that is no number.
    AmountUnreadable {
        /// As typed.
        typed: String,
    },
    /// A number with two readings.
    Ambiguous {
        /// As typed.
        typed: String,
        /// One reading.
        first: Text,
        /// The other reading.
        second: Text,
    },
    /// An amount with more than two decimal places.
    TooManyDecimals {
        /// As typed.
        typed: String,
    },
    /// An amount beyond the limit.
    AmountTooLarge {
        /// As typed.
        typed: String,
    },
    /// A count that is no whole number.
    CountUnreadable {
        /// As typed.
        typed: String,
    },
    /// A percentage that cannot be read.
    PercentUnreadable {
        /// As typed.
        typed: String,
    },
    /// A date that is text or no date.
    DateUnreadable {
        /// As typed.
        typed: String,
        /// The date it may mean.
        reading: Option<chrono::NaiveDate>,
    },
    /// A date outside 2014 to 2035.
    DateOutsideWindow {
        /// As typed.
        typed: String,
    },
    /// A quarter that cannot be read.
    QuarterUnreadable {
        /// As typed.
        typed: String,
    },
    /// A required cell is empty.
    Missing {
        /// What is missing.
        column: Column,
    },
    /// A required cell holds a word for "no answer".
    NoAnswer {
        /// As typed.
        typed: String,
        /// What is missing.
        column: Column,
    },
    /// A text beyond the limit.
    TextTooLong {
        /// How long it is.
        characters: u64,
        /// How long it may be.
        limit: u64,
    },
    /// A text with invisible or direction-changing characters.
    TextUnsafe {
        /// The text with those characters shown as codes.
        shown: String,
    },
    /// An error value of the spreadsheet program.
    ErrorValue {
        /// The error value.
        typed: String,
    },
    /// A choice that is not offered.
    UnknownChoice {
        /// As typed.
        typed: String,
        /// What is offered.
        choices: String,
    },
    /// No workbook of this service.
    NotOurTemplate,
    /// The workbook of another subproject.
    OtherSubproject {
        /// Its subproject.
        found: String,
        /// The subproject expected.
        expected: String,
    },
    /// The workbook of another quarter.
    OtherQuarter {
        /// Its quarter.
        found: String,
        /// The quarter expected.
        expected: String,
    },
    /// Another template version.
    OtherTemplateVersion {
        /// Its version.
        found: String,
        /// The version expected.
        expected: String,
    },
    /// A sheet is missing.
    SheetMissing {
        /// Its name.
        sheet: String,
    },
    /// A column is missing.
    ColumnMissing {
        /// Its header.
        header: String,
    },
    /// A hidden sheet with values.
    HiddenSheet {
        /// Its name.
        sheet: String,
    },
    /// A hidden row with values.
    HiddenRow {
        /// Its number, from one.
        row: u32,
    },
    /// A hidden column with typed values.
    HiddenColumn {
        /// Its header.
        header: String,
    },
    /// Merged input cells.
    MergedCells {
        /// The range.
        range: String,
    },
    /// A formula without a stored result.
    FormulaWithoutResult,
    /// A stored result that differs from the recomputed one.
    StaleResult {
        /// The stored result.
        stored: String,
        /// The recomputed result.
        computed: String,
    },
    /// A formula where a value belongs.
    FormulaForValue {
        /// Its stored result, which was read.
        stored: String,
    },
    /// An unknown column.
    ColumnNotRead {
        /// Its header.
        header: String,
    },
    /// An unknown sheet.
    SheetNotRead {
        /// Its name.
        sheet: String,
    },
    /// Data about single persons. Never holds the text of the column.
    PersonLevelData {
        /// What kind of data: `name`, `birth_date`, `email`, `iban`, `phone`, `address`, `person_id`.
        kind: String,
    },
    /// A prefilled value was changed.
    PrefilledChanged {
        /// What was issued, empty when it must not be shown.
        expected: String,
    },
    /// A row key or header that occurs twice.
    Duplicate {
        /// The key or header.
        name: String,
    },
    /// A row key that the template does not know.
    UnknownKey {
        /// As typed.
        typed: String,
    },
    /// A row of the template is missing.
    RowMissing {
        /// Its key.
        key: String,
    },
    /// Issued with an older plan version.
    PlanChanged {
        /// The plan version of the workbook.
        issued: u32,
        /// The plan version in effect.
        current: u32,
    },
    /// The declaration is not confirmed.
    NotDeclared,
    /// More findings of one code than are listed.
    FurtherFindings {
        /// The code.
        code: Code,
        /// How many are not listed.
        count: u64,
    },
    /// Vouchers do not sum to the item.
    VoucherSum {
        /// The plan item's name.
        item: Text,
        /// The amount of the item.
        amount: Money,
        /// The sum of its vouchers.
        vouchers: Money,
    },
    /// A flat rate that is not base × rate.
    FlatRate {
        /// The plan item's name.
        item: Text,
        /// The amount found.
        found: Money,
        /// The base.
        base: Money,
        /// The rate.
        rate: Rate,
        /// Base × rate.
        expected: Money,
    },
    /// A voucher on a flat-rate item.
    VoucherOnFlatRate {
        /// The plan item's name.
        item: Text,
    },
    /// A payment outside the quarter.
    PaidOutsideQuarter {
        /// The payment date.
        paid_on: chrono::NaiveDate,
        /// The quarter of the report.
        quarter: Quarter,
    },
    /// A payment outside the grant period.
    PaidOutsideGrant {
        /// The payment date.
        paid_on: chrono::NaiveDate,
        /// First day of the grant period.
        first: chrono::NaiveDate,
        /// Last day of the grant period.
        last: chrono::NaiveDate,
    },
    /// A voucher number that occurs twice.
    DuplicateVoucher {
        /// The number.
        number: String,
        /// Whether it occurs in an earlier quarter.
        earlier: bool,
    },
    /// A plan item above the warning threshold.
    ItemOverWarning {
        /// The plan item's name.
        item: Text,
        /// The calendar year whose plan is exceeded; `None` for the plan of the whole grant period.
        year: Option<i32>,
        /// The plan.
        plan: Money,
        /// Spent so far.
        spent: Money,
        /// By how much.
        over: Rate,
        /// The threshold.
        threshold: Rate,
    },
    /// A plan item above the limit without offset.
    ItemOverLimit {
        /// The plan item's name.
        item: Text,
        /// The plan.
        plan: Money,
        /// Spent so far.
        spent: Money,
        /// By how much.
        over: Rate,
        /// The limit.
        threshold: Rate,
        /// Savings in other items.
        offset: Money,
    },
    /// Spending above the award.
    OverAward {
        /// Spent so far.
        spent: Money,
        /// The award.
        awarded: Money,
    },
    /// Sources that do not sum to spending.
    SourcesSum {
        /// The sum of the sources.
        sources: Money,
        /// The spending of the quarter.
        spent: Money,
    },
    /// The ESF Plus share is above its cap.
    UnionShare {
        /// ESF Plus money spent so far.
        amount: Money,
        /// What the categories of region allow.
        allowed: Money,
    },
    /// Own funds below their minimum.
    OwnFunds {
        /// Own funds spent so far.
        amount: Money,
        /// What is required.
        required: Money,
    },
    /// Called money not spent in time.
    UnspentCall {
        /// What is unspent.
        unspent: Money,
        /// The days allowed.
        days: u32,
    },
    /// A negative amount without a corrected quarter.
    NegativeAmount {
        /// The amount.
        amount: Money,
    },
    /// A correction of a quarter that cannot be corrected.
    CorrectionQuarter {
        /// The quarter named.
        corrects: Quarter,
        /// The quarter of the report.
        quarter: Quarter,
    },
    /// A voucher without a required field.
    VoucherIncomplete {
        /// The missing field.
        column: Column,
    },
    /// Participants are not the sum of employment statuses.
    StatusSum {
        /// Whose counts.
        who: Who,
        /// Which time.
        span: Span,
        /// EECO01.
        total: i64,
        /// EECO02 + EECO04 + EECO05.
        sum: i64,
    },
    /// More long-term unemployed than unemployed.
    PartExceeds {
        /// Whose counts.
        who: Who,
        /// Which time.
        span: Span,
        /// EECO03.
        part: i64,
        /// EECO02.
        whole: i64,
    },
    /// Age groups above participants.
    AgeExceeds {
        /// Whose counts.
        who: Who,
        /// Which time.
        span: Span,
        /// EECO06 + EECO07 + EECO08.
        sum: i64,
        /// EECO01.
        total: i64,
    },
    /// Education levels above participants.
    EducationExceeds {
        /// Whose counts.
        who: Who,
        /// Which time.
        span: Span,
        /// EECO09 + EECO10 + EECO11.
        sum: i64,
        /// EECO01.
        total: i64,
    },
    /// A trait above participants.
    TraitExceeds {
        /// The trait.
        code: IndicatorCode,
        /// Whose counts.
        who: Who,
        /// Which time.
        span: Span,
        /// Its count.
        part: i64,
        /// EECO01.
        total: i64,
    },
    /// More third-country nationals than foreign background.
    ThirdCountry {
        /// Whose counts.
        who: Who,
        /// Which time.
        span: Span,
        /// EECO13.
        third_country: i64,
        /// EECO14.
        background: i64,
    },
    /// Genders do not sum to the total.
    GenderSum {
        /// The indicator.
        code: IndicatorCode,
        /// Women + men + non-binary.
        sum: i64,
        /// The total.
        total: i64,
    },
    /// A reserved sum that differs.
    ReservedSum {
        /// The sum.
        code: IndicatorCode,
        /// Whose counts.
        who: Who,
        /// Which time.
        span: Span,
        /// The value.
        found: i64,
        /// The sum of its parts.
        expected: i64,
    },
    /// A result above its linked output.
    ResultExceedsOutput {
        /// The result.
        code: IndicatorCode,
        /// Whose counts.
        who: Who,
        /// Its cumulative value.
        result: i64,
        /// The cumulative output.
        output: i64,
    },
    /// A result above its reference group.
    ResultExceedsGroup {
        /// The result.
        code: IndicatorCode,
        /// Whose counts.
        who: Who,
        /// Its cumulative value.
        result: i64,
        /// The outputs of the group.
        group: String,
        /// The size of the group.
        size: i64,
    },
    /// Results above leavers.
    ResultsExceedLeavers {
        /// The result.
        code: IndicatorCode,
        /// Its cumulative value.
        result: i64,
        /// Leavers so far.
        leavers: i64,
    },
    /// A cumulative value falls.
    FallWithoutCorrection {
        /// The indicator's code or the counter's name.
        name: Text,
        /// The cumulative value before.
        before: i64,
        /// The cumulative value now.
        after: i64,
    },
    /// A negative count.
    CountInvalid {
        /// The count.
        count: i64,
    },
    /// Participants without education or age.
    NoEducationOrAge {
        /// Which time.
        span: Span,
        /// EECO01.
        total: i64,
        /// What is missing.
        missing: MissingGroup,
    },
    /// Children in a programme for adults.
    Children {
        /// EECO06.
        count: i64,
    },
    /// Few participants of foreign background.
    ForeignBackground {
        /// EECO14, cumulative.
        count: i64,
        /// EECO01, cumulative.
        total: i64,
        /// The share expected.
        expected: Rate,
    },
    /// Entities where none are supported.
    EntitiesUnexpected {
        /// EECO18 or EECO19.
        code: IndicatorCode,
        /// The count.
        count: i64,
    },
    /// Education levels below participants.
    EducationIncomplete {
        /// Whose counts.
        who: Who,
        /// Which time.
        span: Span,
        /// EECO09 + EECO10 + EECO11.
        sum: i64,
        /// EECO01.
        total: i64,
    },
    /// A counter total that differs.
    CounterSum {
        /// The total's name.
        counter: Text,
        /// The value.
        found: i64,
        /// The sum of its parts.
        expected: i64,
    },
}

impl Detail {
    /// The stable code.
    pub const fn code(&self) -> Code {
        match self {
            Self::AmountUnreadable { .. } => Code::Val01,
            Self::Ambiguous { .. } => Code::Val02,
            Self::TooManyDecimals { .. } => Code::Val03,
            Self::AmountTooLarge { .. } => Code::Val04,
            Self::CountUnreadable { .. } => Code::Val05,
            Self::PercentUnreadable { .. } => Code::Val06,
            Self::DateUnreadable { .. } => Code::Val07,
            Self::DateOutsideWindow { .. } => Code::Val08,
            Self::QuarterUnreadable { .. } => Code::Val09,
            Self::Missing { .. } | Self::NoAnswer { .. } => Code::Val10,
            Self::TextTooLong { .. } => Code::Val11,
            Self::TextUnsafe { .. } => Code::Val12,
            Self::ErrorValue { .. } => Code::Val13,
            Self::UnknownChoice { .. } => Code::Val14,
            Self::NotOurTemplate => Code::Tpl01,
            Self::OtherSubproject { .. } => Code::Tpl02,
            Self::OtherQuarter { .. } => Code::Tpl03,
            Self::OtherTemplateVersion { .. } => Code::Tpl04,
            Self::SheetMissing { .. } => Code::Tpl05,
            Self::ColumnMissing { .. } => Code::Tpl06,
            Self::HiddenSheet { .. } => Code::Tpl07,
            Self::HiddenRow { .. } | Self::HiddenColumn { .. } => Code::Tpl08,
            Self::MergedCells { .. } => Code::Tpl09,
            Self::FormulaWithoutResult => Code::Tpl10,
            Self::StaleResult { .. } => Code::Tpl11,
            Self::FormulaForValue { .. } => Code::Tpl12,
            Self::ColumnNotRead { .. } => Code::Tpl13,
            Self::SheetNotRead { .. } => Code::Tpl14,
            Self::PersonLevelData { .. } => Code::Tpl15,
            Self::PrefilledChanged { .. } => Code::Tpl16,
            Self::Duplicate { .. } => Code::Tpl17,
            Self::UnknownKey { .. } => Code::Tpl18,
            Self::RowMissing { .. } => Code::Tpl19,
            Self::PlanChanged { .. } => Code::Tpl20,
            Self::NotDeclared => Code::Tpl21,
            Self::FurtherFindings { .. } => Code::Tpl22,
            Self::VoucherSum { .. } => Code::Fin01,
            Self::FlatRate { .. } => Code::Fin02,
            Self::VoucherOnFlatRate { .. } => Code::Fin03,
            Self::PaidOutsideQuarter { .. } => Code::Fin04,
            Self::PaidOutsideGrant { .. } => Code::Fin05,
            Self::DuplicateVoucher { .. } => Code::Fin06,
            Self::ItemOverWarning { .. } => Code::Fin07,
            Self::ItemOverLimit { .. } => Code::Fin08,
            Self::OverAward { .. } => Code::Fin09,
            Self::SourcesSum { .. } => Code::Fin10,
            Self::UnionShare { .. } => Code::Fin11,
            Self::OwnFunds { .. } => Code::Fin12,
            Self::UnspentCall { .. } => Code::Fin13,
            Self::NegativeAmount { .. } => Code::Fin14,
            Self::CorrectionQuarter { .. } => Code::Fin15,
            Self::VoucherIncomplete { .. } => Code::Fin16,
            Self::StatusSum { .. } => Code::Ind01,
            Self::PartExceeds { .. } => Code::Ind02,
            Self::AgeExceeds { .. } => Code::Ind03,
            Self::EducationExceeds { .. } => Code::Ind04,
            Self::TraitExceeds { .. } => Code::Ind05,
            Self::ThirdCountry { .. } => Code::Ind06,
            Self::GenderSum { .. } => Code::Ind07,
            Self::ReservedSum { .. } => Code::Ind08,
            Self::ResultExceedsOutput { .. } => Code::Ind09,
            Self::ResultExceedsGroup { .. } => Code::Ind10,
            Self::ResultsExceedLeavers { .. } => Code::Ind11,
            Self::FallWithoutCorrection { .. } => Code::Ind12,
            Self::CountInvalid { .. } => Code::Ind13,
            Self::NoEducationOrAge { .. } => Code::Ind14,
            Self::Children { .. } => Code::Ind15,
            Self::ForeignBackground { .. } => Code::Ind16,
            Self::EntitiesUnexpected { .. } => Code::Ind17,
            Self::EducationIncomplete { .. } => Code::Ind18,
            Self::CounterSum { .. } => Code::Ind19,
        }
    }
}

/// A thing that a cell should hold, named in texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// An amount of money.
    Amount,
    /// A count.
    Count,
    /// The number of a voucher.
    VoucherNumber,
    /// The day of payment.
    PaidOn,
    /// Who was paid.
    Payee,
    /// What for.
    Purpose,
    /// The plan item.
    Item,
    /// A text of the narrative report.
    Narrative,
}

/// Whose counts a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Women.
    Women,
    /// Men.
    Men,
    /// Non-binary persons.
    NonBinary,
    /// All together.
    All,
}

/// Which time a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// The quarter.
    Quarter,
    /// All quarters up to this one.
    Cumulative,
}

/// What is missing among participants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingGroup {
    /// No education level.
    Education,
    /// No age group.
    Age,
}
