//! The English texts of findings: what is there, what is expected, what to do.

use chrono::NaiveDate;

use super::words;
use crate::{
    finding::{Column, Detail, Recomputed, Shown, Span, Who},
    language::{Language, Text},
    money::Money,
    quarter::Quarter,
    rate::Rate,
};

/// What to do where a formula is gone.
const RESTORE: &str = "Please restore the formula; the marked copy holds it again.";
const RESTORE_ALL: &str = "Please restore the formulas; the marked copy holds them again.";
/// What to do where a formula shows something else than it gives.
const RECALCULATE: &str =
    "Please let a spreadsheet program recalculate the file and save it; if the difference stays,";

/// The whole sentences of a finding: one exhaustive match, so that a missing translation does not compile.
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match: a detail without a text must not compile"
)]
pub(super) fn text(detail: &Detail) -> String {
    match detail {
        Detail::AmountUnreadable { typed } => format!("The amount “{typed}” is not a number. Please enter digits with a decimal comma only, for example 1.234,56."),
        Detail::AmountShownOtherwise { stored } | Detail::CountShownOtherwise { stored } => format!("The number format of the cell shows something other than the stored number {stored} (for example per cent, thousands or hours). Please choose the number format “Number” and check the value."),
        Detail::Ambiguous { typed, first: Text { en: first, .. }, second: Text { en: second, .. } } => format!("“{typed}” can mean {first} or {second}. Please enter it unambiguously."),
        Detail::TooManyDecimals { typed } => format!("The amount “{typed}” has more than two decimal places. Please enter it in euro, not in thousands, rounded to whole cents."),
        Detail::AmountTooLarge { typed } => format!("The amount “{typed}” exceeds 10 billion euro. Please enter the amount in euro."),
        Detail::CountUnreadable { typed } => format!("“{typed}” is not a whole number. Please enter a count without decimal places, 0 if there is none."),
        Detail::PercentUnreadable { typed } => format!("“{typed}” is not a percentage from 0 to 100%. Please enter for example 12,5 %."),
        Detail::DateUnreadable { typed, reading: Some(reading) } => format!("“{typed}” is entered as text, not as a date. It may mean {}. Please format the cell as a date and type the date anew.", date(*reading)),
        Detail::DateUnreadable { typed, reading: None } => format!("“{typed}” is not a date. Please type a date, for example 31.12.2024."),
        Detail::DateOutsideWindow { typed } => format!("The date “{typed}” does not lie between 2014-01-01 and 2035-12-31. Please check the year."),
        Detail::QuarterUnreadable { typed } => format!("“{typed}” is not a quarter. Please enter for example 2024-Q3."),
        Detail::Missing { column } if words::is_number(*column) => format!("{} is missing here. An empty cell does not count as zero; please enter {}, 0 if there is none.", words::sentence(subject(*column)), object(*column)),
        Detail::Missing { column } => format!("{} is missing here. Please enter {}.", words::sentence(subject(*column)), object(*column)),
        Detail::NothingEntered { column: Column::Narrative } => "No text has been entered on this sheet yet. Please fill in all parts, with \"none\" if there is nothing to say.".to_owned(),
        Detail::NothingEntered { .. } => "Nothing has been entered on this sheet yet. An empty cell does not count as zero; please fill in all yellow cells, with 0 if there is none.".to_owned(),
        Detail::RowsEmpty { rows } => format!("Rows {} lack all entries. An empty cell does not count as zero; please fill them in, with 0 if there is none.", words::rows(Language::En, rows)),
        Detail::NoAnswer { typed, column } => format!("“{typed}” is not a number, {} is missing here. No answer does not count as zero; please enter {}, 0 if there is none.", subject(*column), object(*column)),
        Detail::TextTooLong { characters, limit } => format!("The text has {} characters, {} are possible. Please shorten it.", Language::En.group(*characters), Language::En.group(*limit)),
        Detail::TextUnsafe { shown } => format!("The text holds invisible control characters: “{shown}”. Please type the text anew."),
        Detail::ErrorValue { typed } => format!("The cell shows the error value {typed}. Please mend the formula or enter the value."),
        Detail::ErrorResult { typed, computed } => format!("The formula of the template shows the error value {typed}, computing gives {}. {RESTORE}", shown(computed)),
        Detail::UnknownChoice { typed, choices } => format!("“{typed}” is not on offer. Possible are: {choices}. Please choose one of these."),
        Detail::NotOurTemplate => "This file is not a workbook issued by Nachweis. Please download the template of the quarter and work in it.".to_owned(),
        Detail::EnvelopeMissing => "This workbook lacks the hidden sheet “_nachweis” by which Nachweis knows it. Please download the template of the quarter again and carry the values over.".to_owned(),
        Detail::OtherSubproject { found, expected } => format!("The workbook belongs to subproject {found}, but {expected} is expected. Please upload the right file."),
        Detail::OtherQuarter { found, expected } => format!("The workbook belongs to quarter {found}, but {expected} is expected. Please upload the right file."),
        Detail::OtherTemplateVersion { found, expected } => format!("The workbook has template version {found}, but {expected} is expected. Please download the current template and carry the values over."),
        Detail::SheetMissing { sheet } => format!("The sheet “{sheet}” is missing. Please download the template again and carry the values over."),
        Detail::SheetRenamed { sheet, found } => format!("The sheet “{sheet}” is missing. By its headers it is “{found}”, which was read in its place. Please rename that sheet to “{sheet}”."),
        Detail::SheetUnclear { sheet, found } => format!("The sheet “{sheet}” is missing, and several others look like it: “{}”. Please rename the right one to “{sheet}” and delete the others.", found.join("”, “")),
        Detail::ColumnMissing { header } => format!("The column “{header}” is missing on this sheet. Please restore the column with its header."),
        Detail::HeaderChanged { typed, header } if typed.is_empty() => format!("The header “{header}” is missing here; the column was not read. Please enter the header again."),
        Detail::HeaderChanged { typed, header } => format!("The header here is “{typed}”, but “{header}” is expected; the column was not read. Please restore the header."),
        Detail::HeadersMissing => "The row of column headers is missing on this sheet; it was not read. Please restore the headers.".to_owned(),
        Detail::HiddenSheet { sheet } => format!("The hidden sheet “{sheet}” holds values. Please unhide the sheet and check or delete it."),
        Detail::HiddenRows { rows } if rows.count == 1 => format!("The hidden row {} holds values. Please unhide the row and check it.", words::rows(Language::En, rows)),
        Detail::HiddenRows { rows } => format!("{} hidden rows hold values: {}. Please unhide the rows and check them.", Language::En.group(rows.count), words::rows(Language::En, rows)),
        Detail::HiddenColumn { header } => format!("The hidden column “{header}” holds values. Please unhide the column and check it."),
        Detail::MergedCells { range } => format!("The input cells {range} are merged. Please unmerge them and write each value into its cell."),
        Detail::FormulaWithoutResult => "The formula has no stored result. Please open the file in a spreadsheet program, let it calculate, and save it.".to_owned(),
        Detail::StaleResults { results } => match results.as_slice() {
            [Recomputed { found, computed, .. }] => format!("The formula shows {}, but calculated correctly it gives {}. {RECALCULATE} please restore the formula of the template.", shown(found), shown(computed)),
            several => format!("{} formulas show results that do not fit the other entries. {RECALCULATE} please restore the formulas of the template. Affected are {}.", several.len(), words::differences(Language::En, several)),
        },
        Detail::FormulaForValue { stored } => format!("There is a formula here where a value is expected. Its stored result {stored} was read. Please enter the value."),
        Detail::ColumnNotRead { header } => format!("The column “{header}” is not part of the template and was not read. Nothing needs doing if it only holds your own notes."),
        Detail::NoteNotRead { typed } => format!("“{typed}” stands outside the cells for input and was not read. Nothing needs doing if it is only a note."),
        Detail::SumNotRead => "This row is a sum and not a voucher; it was not read. Nothing needs doing.".to_owned(),
        Detail::SheetNotRead { sheet } => format!("The sheet “{sheet}” is not part of the template and was not read. Nothing needs doing if it only holds your own notes."),
        Detail::SheetCopied { sheet, original } => format!("The sheet “{sheet}” is a copy of “{original}” and was not read; “{original}” was. Please check that the right values stand there, and delete the copy."),
        Detail::PersonLevelData { kind } => format!("This column holds data about single persons ({}). Nachweis stores no data about single participants; the file was not kept. Please delete the column and upload the file again.", words::personal(Language::En, kind)),
        Detail::PersonLevelText { kind } => format!("There are details of a single person here ({}). Nachweis stores no data about single participants; the file was not kept. Please delete the details and upload the file again.", words::personal(Language::En, kind)),
        Detail::PersonLevelBeside { kind, place } => format!("{} there are details of single persons ({}). Nachweis stores no data about single participants; the file was not kept. Please delete the details there and upload the file again.", words::place(Language::En, place), words::personal(Language::En, kind)),
        Detail::PrefilledChanged { expected } if expected.is_empty() => "Prefilled parts of the workbook have been changed. Please download the template again and carry the values over.".to_owned(),
        Detail::PrefilledChanged { expected } => format!("This prefilled value has been changed; it was issued as “{expected}”. Please restore it."),
        Detail::NamesMoved { rows } if rows.count == 1 => format!("In row {} key and name do not belong together; its values were not taken. Please restore the name or move the whole row.", words::rows(Language::En, rows)),
        Detail::NamesMoved { rows } => format!("In rows {} key and name do not belong together, as if only a part of the table had been sorted; their values were not taken. Please undo the sorting or sort whole rows.", words::rows(Language::En, rows)),
        Detail::Duplicate { name } => format!("“{name}” occurs more than once on this sheet; only the first was read. Please keep only one row or column of this name."),
        Detail::UnknownKey { typed } => format!("The row “{typed}” is not part of the template; its values were not read. Please restore the original key or move the values to a row of the template."),
        Detail::KeyChanged { typed, key } if typed.is_empty() => format!("This row lacks its key “{key}”; its values were not read. Please enter the key again."),
        Detail::KeyChanged { typed, key } => format!("The key “{typed}” is not part of the template; by its name this is the row “{key}”. Its values were not read. Please restore the key “{key}”."),
        Detail::StrayValue { typed } => format!("“{typed}” stands in a row without a key and was not read. Please move the value to its row of the template or delete it."),
        Detail::RowMissing { key, name } => format!("The row “{}” with the key “{key}” is missing on this sheet. Please add the row with this key again, anywhere in the table.", name.en),
        Detail::PlanChanged { issued, current } => format!("The workbook was issued with plan version {issued}; by now version {current} applies. It was checked against version {current}; please mind the differences."),
        Detail::NotDeclared => "The declaration on the cover sheet is not confirmed. Please choose “ja” (yes) if the figures are complete and correct.".to_owned(),
        Detail::FurtherFindings { code, count } => format!("There are {} more findings of {code} that are not listed one by one. Please correct the listed ones first and upload the file again.", Language::En.group(*count)),
        Detail::TypedOver { typed, computed: Shown::Nothing } => format!("{} stands here in place of the formula of the template. {RESTORE}", shown(typed)),
        Detail::TypedOver { typed, computed } => format!("{} stands here in place of the formula of the template, but computing gives {}. {RESTORE}", shown(typed), shown(computed)),
        Detail::TypedOverAlike { results } => match results.as_slice() {
            [Recomputed { computed, .. }] => format!("{} stands here in place of the formula of the template. The number is right, but no longer follows the others. {RESTORE}", shown(computed)),
            several => format!("{} cells hold numbers in place of the formulas of the template. They are right, but no longer follow the others. {RESTORE_ALL} Affected are {}.", several.len(), words::spans(several)),
        },
        Detail::FormulasMissing { results } => match results.as_slice() {
            [Recomputed { computed, .. }] => format!("The formula of the template is missing here; {} is used. {RESTORE}", shown(computed)),
            several => format!("{} cells lack the formula of the template; what it would give is used. {RESTORE_ALL} Affected are {}.", several.len(), words::values(Language::En, several)),
        },
        Detail::FilteredRows { rows, hiding } => format!("{} {}. Nothing needs doing if that is intended.", words::hiding(Language::En, *hiding), words::hidden(Language::En, rows)),
        Detail::CollapsedColumn { header } => format!("The collapsed outline hides the column “{header}”, which holds values; it counts. Nothing needs doing if that is intended."),
        Detail::VoucherSum { item, amount, vouchers } => format!("{} is entered for “{}”, but the vouchers sum to {}. Please correct the amount or the voucher list.", money(*amount), item.en, money(*vouchers)),
        Detail::FlatRate { item, found, base, rate, expected } => format!("The flat rate “{}” is {}, but {} × {} gives {}. {RESTORE}", item.en, money(*found), money(*base), percent(*rate), money(*expected)),
        Detail::VoucherOnFlatRate { item } => format!("“{}” is a flat rate; no vouchers are handed in for it. Please remove the voucher or assign it to another plan item.", item.en),
        Detail::PaidOutsideQuarter { paid_on, quarter } => format!("The payment date {} does not lie in {}. Please correct the date, or name the quarter that the voucher belongs to in the column “corrected quarter”.", date(*paid_on), named(*quarter)),
        Detail::PaidOutsideGrant { paid_on, first, last } => format!("The payment date {} lies outside the grant period from {} to {}. Please correct the date or remove the voucher.", date(*paid_on), date(*first), date(*last)),
        Detail::DuplicateVoucher { number, earlier: true } => format!("The voucher number “{number}” was already handed in for an earlier quarter. Please check the number and remove duplicate vouchers."),
        Detail::DuplicateVoucher { number, earlier: false } => format!("The voucher number “{number}” occurs more than once. Please check the number and remove duplicate vouchers."),
        Detail::ItemOverWarning { item, year: None, plan, spent, .. } if plan.is_zero() => format!("Nothing is planned for “{}”, but {} is spent. Please give the reason or apply for a change of plan.", item.en, money(*spent)),
        Detail::ItemOverWarning { item, year: Some(year), plan, spent, .. } if plan.is_zero() => format!("Nothing is planned for “{}” in {year}, but {} is spent. Please give the reason or apply for a change of plan.", item.en, money(*spent)),
        Detail::ItemOverWarning { item, year, plan, spent, over, threshold } => format!("{} is spent for “{}”, which is {} more than the plan {} of {}; differences of {} and more are noted. Please give the reason for the difference.", money(*spent), item.en, percent(*over), of_year(*year), money(*plan), percent(*threshold)),
        Detail::ItemNotOffset { item, plan, spent, over, offset } => format!("{} is spent for “{}”, the plan is {}. A plan may be exceeded only as far as other items save it: {} in all is to be offset, {} is saved. Please give the reason or apply for a change of plan.", money(*spent), item.en, money(*plan), money(*over), money(*offset)),
        Detail::ItemNeedsConsent { item, plan, spent, .. } if plan.is_zero() => format!("Nothing is planned for “{}”, but {} is spent. This needs the consent of the granting authority, even where other items offset it. Please name the consent or apply for a change of plan.", item.en, money(*spent)),
        Detail::ItemNeedsConsent { item, plan, spent, over, threshold } => format!("{} is spent for “{}”, which is {} more than the plan of {}. More than {} needs the consent of the granting authority, even where other items offset it. Please name the consent or apply for a change of plan.", money(*spent), item.en, percent(*over), money(*plan), percent(*threshold)),
        Detail::ItemOverLimit { item, plan, spent, offset, .. } if plan.is_zero() => format!("Nothing is planned for “{}”, but {} is spent; savings in other items offset only {}. Please correct the amount or apply for a change of plan.", item.en, money(*spent), money(*offset)),
        Detail::ItemOverLimit { item, plan, spent, over, threshold, offset } => format!("{} is spent for “{}”, which is {} more than the plan of {}. More than {} is allowed only with offset, and savings in other items offset only {}. Please correct the amount or apply for a change of plan.", money(*spent), item.en, percent(*over), money(*plan), percent(*threshold), money(*offset)),
        Detail::OverAward { spent, awarded } => format!("Spending since the beginning totals {}, but {} is awarded. Please correct the spending or apply for an increase.", money(*spent), money(*awarded)),
        Detail::SourcesSum { sources, spent } => format!("The amounts spent per source sum to {}, but the spending of the quarter is {}. Please correct the amounts spent per source.", money(*sources), money(*spent)),
        Detail::UnionShare { amount, allowed } => format!("{} of Union money is used since the beginning, but the categories of region allow at most {}. Please correct the split over the sources.", money(*amount), money(*allowed)),
        Detail::OwnFunds { amount, required } => format!("{} of own funds is used since the beginning, but at least {} is required. Please explain when own funds will follow.", money(*amount), money(*required)),
        Detail::UnspentCall { unspent, days } => format!("{} of the money received is still unspent after {days} days. Please explain or pay it back; interest may be due.", money(*unspent)),
        Detail::NegativeAmount { amount } => format!("The amount {} is negative. Negative amounts are allowed as corrections only; please name the corrected quarter at the voucher, or correct the sign.", money(*amount)),
        Detail::CorrectionQuarter { corrects, quarter } => format!("{} cannot be corrected here: a corrected quarter lies before {} and in the grant period. Please correct the quarter.", named(*corrects), named(*quarter)),
        Detail::VoucherIncomplete { column } => format!("{} is missing in this voucher line. Please enter {}, or delete the row if it is not needed.", words::sentence(subject(*column)), object(*column)),
        Detail::VoucherLacks { columns } => format!("This voucher row lacks {}. Please add them or delete the row if it is not needed.", words::enumerated(Language::En, columns)),
        Detail::StatusSum { who, span, total, sum } => format!("{}: EECO01 is {}, but the sum of EECO02, EECO04 and EECO05 is {}. Please make the numbers agree.", group(*who, *span), count(*total), count(*sum)),
        Detail::PartExceeds { who, span, part, whole } => format!("{}: EECO03 (long-term unemployed) is {} and exceeds EECO02 (unemployed) at {}. Please check the numbers.", group(*who, *span), count(*part), count(*whole)),
        Detail::AgeExceeds { who, span, sum, total } => format!("{}: The age groups EECO06 to EECO08 sum to {} and exceed EECO01 at {}. Please check the numbers.", group(*who, *span), count(*sum), count(*total)),
        Detail::EducationExceeds { who, span, sum, total } => format!("{}: The education levels EECO09 to EECO11 sum to {} and exceed EECO01 at {}. Please check the numbers.", group(*who, *span), count(*sum), count(*total)),
        Detail::TraitExceeds { code, who, span, part, total } => format!("{}: {code} is {} and exceeds EECO01 at {}. Please check the numbers.", group(*who, *span), count(*part), count(*total)),
        Detail::ThirdCountry { who, span, third_country, background } => format!("{}: EECO13 (third-country nationals) is {} and larger than EECO14 (foreign background) at {}. Please check the numbers or give the reason for the difference.", group(*who, *span), count(*third_country), count(*background)),
        Detail::GenderSum { code, sum, total } => format!("{code}: Women, men and non-binary persons sum to {}, but the total says {}. Please restore the formula of the sum or correct the parts.", count(*sum), count(*total)),
        Detail::ReservedSum { code, who, span, found, expected } => format!("{}: {code} is {}, but the sum of its parts is {}. Please restore the formula of the sum or correct the parts.", group(*who, *span), count(*found), count(*expected)),
        Detail::ResultExceedsOutput { code, who, result, output } => format!("{}: {code} is {} and exceeds its linked output indicator at {}. Please check the numbers.", group(*who, Span::Cumulative), count(*result), count(*output)),
        Detail::ResultExceedsGroup { code, who, result, group: codes, size } => format!("{}: {code} is {} and exceeds its reference group {codes} at {}. Please check the numbers.", group(*who, Span::Cumulative), count(*result), count(*size)),
        Detail::ResultsExceedLeavers { code, result, leavers } => format!("{code} is cumulatively {}, but only {} have left so far. Please check the numbers or give the reason for the difference.", count(*result), count(*leavers)),
        Detail::FallWithoutCorrection { name, before, after } => format!("“{}” falls cumulatively from {} to {}. Please name the corrected quarter and the reason, or correct the number.", name.en, count(*before), count(*after)),
        Detail::CountInvalid { count: negative } => format!("The count {} is negative and would bring the cumulative value below zero. Please correct the number.", count(*negative)),
        Detail::NoEducationOrAge { span, total, missing } => format!("{} {} participants are counted, but {} is 0 throughout. Please add the numbers or give the reason.", words::sentence(words::span(Language::En, *span)), count(*total), words::missing(Language::En, *missing)),
        Detail::Children { count: children } => format!("EECO06 (below 18 years) is {}, but the programme addresses adults. Please check the number or give the reason.", count(*children)),
        Detail::ForeignBackground { count: background, total, expected } => format!("Of {} participants {} have a foreign background (EECO14); at least {} is expected. Please check the numbers or give the reason for the share.", count(*total), count(*background), percent(*expected)),
        Detail::EntitiesUnexpected { code, count: entities } => format!("{code} is {}, but the action field of this subproject does not support entities. Please check the number or give the reason.", count(*entities)),
        Detail::EducationIncomplete { who, span, sum, total } => format!("{}: The education levels EECO09 to EECO11 sum to {}, but EECO01 is {}. Please add the missing ones or give the reason.", group(*who, *span), count(*sum), count(*total)),
        Detail::CounterSum { counter, found, expected } => format!("“{}” is {}, but the sum of its parts is {}. Please restore the formula of the sum or correct the parts.", counter.en, count(*found), count(*expected)),
    }
}

fn money(amount: Money) -> String {
    amount.display(Language::En)
}

fn count(count: i64) -> String {
    Language::En.count(count)
}

fn shown(value: &Shown) -> String {
    value.display(Language::En)
}

fn date(date: NaiveDate) -> String {
    Language::En.date(date)
}

fn percent(rate: Rate) -> String {
    rate.display(Language::En)
}

fn named(quarter: Quarter) -> String {
    quarter.display(Language::En)
}

const fn subject(column: Column) -> &'static str {
    words::column(Language::En, column)
}

const fn object(column: Column) -> &'static str {
    words::column_object(Language::En, column)
}

fn group(who: Who, span: Span) -> String {
    words::group(Language::En, who, span)
}

fn of_year(year: Option<i32>) -> String {
    year.map_or_else(
        || "of the grant period".to_owned(),
        |year| format!("of the year {year}"),
    )
}
