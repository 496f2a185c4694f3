//! What a finding says, as typed fields. One variant for each code, more where the code has several causes.

use serde::{Deserialize, Serialize};

use super::Code;
use crate::{key::IndicatorCode, language::Text, money::Money, quarter::Quarter, rate::Rate};

mod words;

pub use words::{Column, Hiding, MissingGroup, Recomputed, Rows, Shown, Span, Who};

/// Each line: the cause, `Variant: Code`, and the fields with what they hold.
macro_rules! details {
    ($($(#[$doc:meta])* $name:ident: $code:ident $({ $($field:ident: $type:ty = $about:literal),* $(,)? })?;)*) => {
        /// What is wrong, with the values that the texts quote. Texts typed by people are cut to 80 characters by the
        /// maker ([`crate::rules::value::text::quoted`]).
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Detail {
            $($(#[$doc])* $name $({ $(#[doc = $about] $field: $type,)* })?,)*
        }

        impl Detail {
            /// The stable code.
            pub const fn code(&self) -> Code {
                match self { $(Self::$name { .. } => Code::$code,)* }
            }
        }
    };
}

details! {
    /// An amount that is no number.
    AmountUnreadable: Val01 { typed: String = "As typed." };
    /// An amount that its number format shows as another one: per cent, thousands, hours.
    AmountShownOtherwise: Val01 { stored: String = "The number that is stored." };
    /// A number with two readings.
    Ambiguous: Val02 {
        typed: String = "As typed.",
        first: Text = "One reading.",
        second: Text = "The other reading.",
    };
    /// An amount with more than two decimal places.
    TooManyDecimals: Val03 { typed: String = "As typed." };
    /// An amount beyond the limit.
    AmountTooLarge: Val04 { typed: String = "As typed." };
    /// A count that is no whole number.
    CountUnreadable: Val05 { typed: String = "As typed." };
    /// A count that its number format shows as another number.
    CountShownOtherwise: Val05 { stored: String = "The number that is stored." };
    /// A percentage that cannot be read.
    PercentUnreadable: Val06 { typed: String = "As typed." };
    /// A date that is text or no date.
    DateUnreadable: Val07 {
        typed: String = "As typed.",
        reading: Option<chrono::NaiveDate> = "The date it may mean.",
    };
    /// A date outside 2014 to 2035.
    DateOutsideWindow: Val08 { typed: String = "As typed." };
    /// A quarter that cannot be read.
    QuarterUnreadable: Val09 { typed: String = "As typed." };
    /// A required cell is empty.
    Missing: Val10 { column: Column = "What is missing." };
    /// A sheet on which nothing was entered.
    NothingEntered: Val10 { column: Column = "What is missing first." };
    /// Many rows without any entry, on a sheet that has others.
    RowsEmpty: Val10 { rows: Rows = "Which rows." };
    /// A required cell holds a word for "no answer".
    NoAnswer: Val10 {
        typed: String = "As typed.",
        column: Column = "What is missing.",
    };
    /// A text beyond the limit.
    TextTooLong: Val11 {
        characters: u64 = "How long it is.",
        limit: u64 = "How long it may be.",
    };
    /// A text with invisible or direction-changing characters.
    TextUnsafe: Val12 { shown: String = "The text with those characters shown as codes." };
    /// An error value of the spreadsheet program.
    ErrorValue: Val13 { typed: String = "The error value." };
    /// An error value in a cell that the template computes.
    ErrorResult: Val13 {
        typed: String = "The error value.",
        computed: Shown = "What computing gives.",
    };
    /// A choice that is not offered.
    UnknownChoice: Val14 {
        typed: String = "As typed.",
        choices: String = "What is offered.",
    };
    /// No workbook of this service.
    NotOurTemplate: Tpl01;
    /// A workbook with the sheets of this service, without the hidden one that says which it is.
    EnvelopeMissing: Tpl01;
    /// The workbook of another subproject.
    OtherSubproject: Tpl02 {
        found: String = "Its subproject.",
        expected: String = "The subproject expected.",
    };
    /// The workbook of another quarter.
    OtherQuarter: Tpl03 {
        found: String = "Its quarter.",
        expected: String = "The quarter expected.",
    };
    /// Another template version.
    OtherTemplateVersion: Tpl04 {
        found: String = "Its version.",
        expected: String = "The version expected.",
    };
    /// A sheet is missing.
    SheetMissing: Tpl05 { sheet: String = "Its name." };
    /// A sheet is missing, and another one is it by its headers: it was read in its place.
    SheetRenamed: Tpl05 {
        sheet: String = "Its name.",
        found: String = "The name of the other one.",
    };
    /// A sheet is missing, and several others could be it: none was read.
    SheetUnclear: Tpl05 {
        sheet: String = "Its name.",
        found: Vec<String> = "The names of the others.",
    };
    /// A column is missing.
    ColumnMissing: Tpl06 { header: String = "Its header." };
    /// A column whose header was changed or deleted, known by its place.
    HeaderChanged: Tpl06 {
        typed: String = "As typed; empty when there is none.",
        header: String = "The header of the template.",
    };
    /// A sheet without the row of headers.
    HeadersMissing: Tpl06;
    /// A hidden sheet with values.
    HiddenSheet: Tpl07 { sheet: String = "Its name." };
    /// Rows with values that were hidden by hand.
    HiddenRows: Tpl08 { rows: Rows = "Which rows." };
    /// A hidden column with typed values.
    HiddenColumn: Tpl08 { header: String = "Its header." };
    /// Merged input cells.
    MergedCells: Tpl09 { range: String = "The range." };
    /// A formula without a stored result.
    FormulaWithoutResult: Tpl10;
    /// Stored results that differ from the recomputed ones: one finding for the workbook, because the remedy is one.
    StaleResults: Tpl11 { results: Vec<Recomputed> = "Each cell with both results." };
    /// A formula where a value belongs.
    FormulaForValue: Tpl12 { stored: String = "Its stored result, which was read." };
    /// An unknown column.
    ColumnNotRead: Tpl13 { header: String = "Its header." };
    /// Something outside the cells for input: words in a free row, a calculation, a number where nothing belongs.
    NoteNotRead: Tpl13 { typed: String = "As typed." };
    /// A row of the voucher list that is a sum of the lead's own.
    SumNotRead: Tpl13;
    /// An unknown sheet.
    SheetNotRead: Tpl14 { sheet: String = "Its name." };
    /// A copy of a sheet beside the sheet itself.
    SheetCopied: Tpl14 {
        sheet: String = "The name of the copy.",
        original: String = "The sheet that was read.",
    };
    /// Data about single persons. Never holds the text of the column.
    PersonLevelData: Tpl15 {
        kind: String = "What kind of data: `name`, `birth_date`, `email`, `iban`, `phone`, `address`, `person_id`.",
    };
    /// Data about a single person in a cell or text. Never holds the text.
    PersonLevelText: Tpl15 { kind: String = "What kind of data, as above." };
    /// Data about single persons beside the cells. Never holds the text.
    PersonLevelBeside: Tpl15 {
        kind: String = "What kind of data, as above.",
        place: String = "Where: `note`, `pivot_table`, `drawing`, `property`, `page_header`, `sheet_name`, `hidden_part`.",
    };
    /// A prefilled value was changed.
    PrefilledChanged: Tpl16 { expected: String = "What was issued, empty when it must not be shown." };
    /// Rows whose name belongs to another key: a part of the table was sorted or moved.
    NamesMoved: Tpl16 { rows: Rows = "Which rows." };
    /// A row key or header that occurs twice.
    Duplicate: Tpl17 { name: String = "The key or header." };
    /// A row key that the template does not know.
    UnknownKey: Tpl18 { typed: String = "As typed." };
    /// A row of the template, known by its name, without its key.
    KeyChanged: Tpl18 {
        typed: String = "As typed; empty when there is none.",
        key: String = "The key of the template.",
    };
    /// A value in a row without a key.
    StrayValue: Tpl18 { typed: String = "As typed." };
    /// A row of the template is missing.
    RowMissing: Tpl19 {
        key: String = "Its key.",
        name: Text = "Its name.",
    };
    /// Issued with an older plan version.
    PlanChanged: Tpl20 {
        issued: u32 = "The plan version of the workbook.",
        current: u32 = "The plan version in effect.",
    };
    /// The declaration is not confirmed.
    NotDeclared: Tpl21;
    /// More findings of one code than are listed.
    FurtherFindings: Tpl22 {
        code: Code = "The code.",
        count: u64 = "How many are not listed.",
    };
    /// A number typed over a formula of the template that gives another one.
    TypedOver: Tpl23 {
        typed: Shown = "As typed.",
        computed: Shown = "What the formula gives, which counts.",
    };
    /// Numbers typed over formulas of the template that give the same: one finding for each sheet.
    TypedOverAlike: Tpl24 { results: Vec<Recomputed> = "Each cell with its number." };
    /// Formulas of the template that were deleted: one finding for each sheet.
    FormulasMissing: Tpl24 { results: Vec<Recomputed> = "Each cell with what the formula gives, which counts." };
    /// Rows with values that a filter or an outline hides.
    FilteredRows: Tpl25 {
        rows: Rows = "Which rows.",
        hiding: Hiding = "What hides them.",
    };
    /// A column with typed values that a collapsed outline hides.
    CollapsedColumn: Tpl25 { header: String = "Its header." };
    /// Vouchers do not sum to the item.
    VoucherSum: Fin01 {
        item: Text = "The plan item's name.",
        amount: Money = "The amount of the item.",
        vouchers: Money = "The sum of its vouchers.",
    };
    /// A flat rate that is not base × rate.
    FlatRate: Fin02 {
        item: Text = "The plan item's name.",
        found: Money = "The amount found.",
        base: Money = "The base.",
        rate: Rate = "The rate.",
        expected: Money = "Base × rate.",
    };
    /// A voucher on a flat-rate item.
    VoucherOnFlatRate: Fin03 { item: Text = "The plan item's name." };
    /// A payment outside the quarter.
    PaidOutsideQuarter: Fin04 {
        paid_on: chrono::NaiveDate = "The payment date.",
        quarter: Quarter = "The quarter of the report.",
    };
    /// A payment outside the grant period.
    PaidOutsideGrant: Fin05 {
        paid_on: chrono::NaiveDate = "The payment date.",
        first: chrono::NaiveDate = "First day of the grant period.",
        last: chrono::NaiveDate = "Last day of the grant period.",
    };
    /// A voucher number that occurs twice.
    DuplicateVoucher: Fin06 {
        number: String = "The number.",
        earlier: bool = "Whether it occurs in an earlier quarter.",
    };
    /// A plan item at or above the warning threshold.
    ItemOverWarning: Fin07 {
        item: Text = "The plan item's name.",
        year: Option<i32> = "The calendar year whose plan is exceeded; `None` for the plan of the whole grant period.",
        plan: Money = "The plan.",
        spent: Money = "Spent so far.",
        over: Rate = "By how much.",
        threshold: Rate = "The threshold.",
    };
    /// A plan item above its plan without offset, not above the limit.
    ItemNotOffset: Fin07 {
        item: Text = "The plan item's name.",
        plan: Money = "The plan of the whole grant period.",
        spent: Money = "Spent so far.",
        over: Money = "What all items lie above their plans.",
        offset: Money = "Savings in other items.",
    };
    /// A plan item above the limit, offset, which needs consent.
    ItemNeedsConsent: Fin07 {
        item: Text = "The plan item's name.",
        plan: Money = "The plan of the whole grant period.",
        spent: Money = "Spent so far.",
        over: Rate = "By how much.",
        threshold: Rate = "The limit.",
    };
    /// A plan item above the limit without offset.
    ItemOverLimit: Fin08 {
        item: Text = "The plan item's name.",
        plan: Money = "The plan.",
        spent: Money = "Spent so far.",
        over: Rate = "By how much.",
        threshold: Rate = "The limit.",
        offset: Money = "Savings in other items.",
    };
    /// Spending above the award.
    OverAward: Fin09 {
        spent: Money = "Spent so far.",
        awarded: Money = "The award.",
    };
    /// Sources that do not sum to spending.
    SourcesSum: Fin10 {
        sources: Money = "The sum of the sources.",
        spent: Money = "The spending of the quarter.",
    };
    /// The ESF Plus share is above its cap.
    UnionShare: Fin11 {
        amount: Money = "ESF Plus money spent so far.",
        allowed: Money = "What the categories of region allow.",
    };
    /// Own funds below their minimum.
    OwnFunds: Fin12 {
        amount: Money = "Own funds spent so far.",
        required: Money = "What is required.",
    };
    /// Called money not spent in time.
    UnspentCall: Fin13 {
        unspent: Money = "What is unspent.",
        days: u32 = "The days allowed.",
    };
    /// A negative amount without a corrected quarter.
    NegativeAmount: Fin14 { amount: Money = "The amount." };
    /// A correction of a quarter that cannot be corrected.
    CorrectionQuarter: Fin15 {
        corrects: Quarter = "The quarter named.",
        quarter: Quarter = "The quarter of the report.",
    };
    /// A voucher without a required field.
    VoucherIncomplete: Fin16 { column: Column = "The missing field." };
    /// A voucher without several required fields.
    VoucherLacks: Fin16 { columns: Vec<Column> = "The missing fields." };
    /// Participants are not the sum of employment statuses.
    StatusSum: Ind01 {
        who: Who = "Whose counts.",
        span: Span = "Which time.",
        total: i64 = "EECO01.",
        sum: i64 = "EECO02 + EECO04 + EECO05.",
    };
    /// More long-term unemployed than unemployed.
    PartExceeds: Ind02 {
        who: Who = "Whose counts.",
        span: Span = "Which time.",
        part: i64 = "EECO03.",
        whole: i64 = "EECO02.",
    };
    /// Age groups above participants.
    AgeExceeds: Ind03 {
        who: Who = "Whose counts.",
        span: Span = "Which time.",
        sum: i64 = "EECO06 + EECO07 + EECO08.",
        total: i64 = "EECO01.",
    };
    /// Education levels above participants.
    EducationExceeds: Ind04 {
        who: Who = "Whose counts.",
        span: Span = "Which time.",
        sum: i64 = "EECO09 + EECO10 + EECO11.",
        total: i64 = "EECO01.",
    };
    /// A trait above participants.
    TraitExceeds: Ind05 {
        code: IndicatorCode = "The trait.",
        who: Who = "Whose counts.",
        span: Span = "Which time.",
        part: i64 = "Its count.",
        total: i64 = "EECO01.",
    };
    /// More third-country nationals than foreign background.
    ThirdCountry: Ind06 {
        who: Who = "Whose counts.",
        span: Span = "Which time.",
        third_country: i64 = "EECO13.",
        background: i64 = "EECO14.",
    };
    /// Genders do not sum to the total.
    GenderSum: Ind07 {
        code: IndicatorCode = "The indicator.",
        sum: i64 = "Women + men + non-binary.",
        total: i64 = "The total.",
    };
    /// A reserved sum that differs.
    ReservedSum: Ind08 {
        code: IndicatorCode = "The sum.",
        who: Who = "Whose counts.",
        span: Span = "Which time.",
        found: i64 = "The value.",
        expected: i64 = "The sum of its parts.",
    };
    /// A result above its linked output.
    ResultExceedsOutput: Ind09 {
        code: IndicatorCode = "The result.",
        who: Who = "Whose counts.",
        result: i64 = "Its cumulative value.",
        output: i64 = "The cumulative output.",
    };
    /// A result above its reference group.
    ResultExceedsGroup: Ind10 {
        code: IndicatorCode = "The result.",
        who: Who = "Whose counts.",
        result: i64 = "Its cumulative value.",
        group: String = "The outputs of the group.",
        size: i64 = "The size of the group.",
    };
    /// Results above leavers.
    ResultsExceedLeavers: Ind11 {
        code: IndicatorCode = "The result.",
        result: i64 = "Its cumulative value.",
        leavers: i64 = "Leavers so far.",
    };
    /// A cumulative value falls.
    FallWithoutCorrection: Ind12 {
        name: Text = "The indicator's code or the counter's name.",
        before: i64 = "The cumulative value before.",
        after: i64 = "The cumulative value now.",
    };
    /// A negative count.
    CountInvalid: Ind13 { count: i64 = "The count." };
    /// Participants without education or age.
    NoEducationOrAge: Ind14 {
        span: Span = "Which time.",
        total: i64 = "EECO01.",
        missing: MissingGroup = "What is missing.",
    };
    /// Children in a programme for adults.
    Children: Ind15 { count: i64 = "EECO06." };
    /// Few participants of foreign background.
    ForeignBackground: Ind16 {
        count: i64 = "EECO14, cumulative.",
        total: i64 = "EECO01, cumulative.",
        expected: Rate = "The share expected.",
    };
    /// Entities where none are supported.
    EntitiesUnexpected: Ind17 {
        code: IndicatorCode = "EECO18 or EECO19.",
        count: i64 = "The count.",
    };
    /// Education levels below participants.
    EducationIncomplete: Ind18 {
        who: Who = "Whose counts.",
        span: Span = "Which time.",
        sum: i64 = "EECO09 + EECO10 + EECO11.",
        total: i64 = "EECO01.",
    };
    /// A counter total that differs.
    CounterSum: Ind19 {
        counter: Text = "The total's name.",
        found: i64 = "The value.",
        expected: i64 = "The sum of its parts.",
    };
}
