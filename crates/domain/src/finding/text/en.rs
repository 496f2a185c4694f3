//! The English texts of findings: what is there, what is expected, what to do.

use super::words;
use crate::{
    finding::Detail,
    language::{Language, Text},
};

/// The whole sentences of a finding.
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match, so that a missing translation does not compile"
)]
pub(super) fn text(detail: &Detail) -> String {
    match detail {
        Detail::AmountUnreadable { typed } => format!(
            "The amount “{typed}” is not a number. Please enter digits with a decimal comma only, for example 1.234,56."
        ),
        Detail::Ambiguous { typed, first: Text { en: first, .. }, second: Text { en: second, .. } } => format!(
            "“{typed}” can mean {first} or {second}. Please enter it unambiguously."
        ),
        Detail::TooManyDecimals { typed } => format!(
            "The amount “{typed}” has more than two decimal places. Please round it to whole cents."
        ),
        Detail::AmountTooLarge { typed } => format!(
            "The amount “{typed}” exceeds 10 billion euro. Please enter the amount in euro."
        ),
        Detail::CountUnreadable { typed } => format!(
            "“{typed}” is not a whole number. Please enter a count without decimal places."
        ),
        Detail::PercentUnreadable { typed } => format!(
            "“{typed}” is not a percentage. Please enter for example 12,5 %."
        ),
        Detail::DateUnreadable { typed, reading: Some(reading) } => format!(
            "“{typed}” is entered as text, not as a date. It may mean {}. Please format the cell as a date and type the date anew.",
            Language::En.date(*reading)
        ),
        Detail::DateUnreadable { typed, reading: None } => format!(
            "“{typed}” is not a date. Please type a date, for example 31.12.2024."
        ),
        Detail::DateOutsideWindow { typed } => format!(
            "The date “{typed}” does not lie between 2014-01-01 and 2035-12-31. Please check the year."
        ),
        Detail::QuarterUnreadable { typed } => format!(
            "“{typed}” is not a quarter. Please enter for example 2024-Q3."
        ),
        Detail::Missing { column } => format!(
            "{} is missing here. An empty cell does not count as zero; please enter a value, 0 if there is none.",
            words::column(Language::En, *column)
        ),
        Detail::NoAnswer { typed, column } => format!(
            "“{typed}” is no answer; {} is missing here. No answer does not count as zero; please enter the value, 0 if there is none.",
            words::column(Language::En, *column)
        ),
        Detail::TextTooLong { characters, limit } => format!(
            "The text has {} characters, {} are possible. Please shorten it.",
            Language::En.group(*characters),
            Language::En.group(*limit)
        ),
        Detail::TextUnsafe { shown } => format!(
            "The text holds invisible control characters: “{shown}”. Please type the text anew."
        ),
        Detail::ErrorValue { typed } => format!(
            "The cell shows the error value {typed}. Please mend the formula or enter the value."
        ),
        Detail::UnknownChoice { typed, choices } => format!(
            "“{typed}” is not on offer. Possible are: {choices}."
        ),
        Detail::NotOurTemplate => "This file is not a workbook issued by Nachweis. Please download the template of the quarter and work in it.".to_owned(),
        Detail::OtherSubproject { found, expected } => format!(
            "The workbook belongs to subproject {found}, expected is {expected}. Please upload the right file."
        ),
        Detail::OtherQuarter { found, expected } => format!(
            "The workbook belongs to quarter {found}, expected is {expected}. Please upload the right file."
        ),
        Detail::OtherTemplateVersion { found, expected } => format!(
            "The workbook has template version {found}, expected is {expected}. Please download the current template and carry the values over."
        ),
        Detail::SheetMissing { sheet } => format!(
            "The sheet “{sheet}” is missing. Please download the template again and carry the values over."
        ),
        Detail::ColumnMissing { header } => format!(
            "The column “{header}” is missing on this sheet. Please restore the column header."
        ),
        Detail::HiddenSheet { sheet } => format!(
            "The hidden sheet “{sheet}” holds values. Please unhide and check or delete it."
        ),
        Detail::HiddenRow { row } => format!(
            "The hidden row {row} holds values. Please unhide and check it."
        ),
        Detail::MergedCells { range } => format!(
            "The input cells {range} are merged. Please unmerge them and write each value into its cell."
        ),
        Detail::FormulaWithoutResult => "The formula has no stored result. Please open the file in a spreadsheet program, let it calculate, and save it.".to_owned(),
        Detail::StaleResult { stored, computed } => format!(
            "The formula shows {stored}, calculated correctly it gives {computed}. Please recalculate the file and save it."
        ),
        Detail::FormulaForValue { stored } => format!(
            "There is a formula here, a value is expected. Its stored result {stored} was read. Please enter the value."
        ),
        Detail::ColumnNotRead { header } => format!(
            "The column “{header}” is not part of the template and was not read. Nothing needs doing if it only holds your own notes."
        ),
        Detail::SheetNotRead { sheet } => format!(
            "The sheet “{sheet}” is not part of the template and was not read. Nothing needs doing if it only holds your own notes."
        ),
        Detail::PersonLevelData { kind } => format!(
            "This column holds data about single persons ({}). Nachweis stores no data about single participants; the file was not kept. Please delete the column and upload the file again.",
            words::personal(Language::En, kind)
        ),
        Detail::PrefilledChanged { expected } if expected.is_empty() => {
            "Prefilled parts of the workbook have been changed. Please download the template again and carry the values over.".to_owned()
        }
        Detail::PrefilledChanged { expected } => format!(
            "This prefilled value has been changed; issued was “{expected}”. Please restore it."
        ),
        Detail::Duplicate { name } => format!(
            "“{name}” occurs more than once on this sheet. Please keep only one row or column of this name."
        ),
        Detail::UnknownKey { typed } => format!(
            "The row “{typed}” is not part of the template. Please restore the original key."
        ),
        Detail::RowMissing { key } => format!(
            "The row “{key}” is missing on this sheet. Please restore the row with its key."
        ),
        Detail::PlanChanged { issued, current } => format!(
            "The workbook was issued with plan version {issued}, by now version {current} applies. It was checked against version {current}; please mind the differences."
        ),
        Detail::NotDeclared => "The declaration on the cover sheet is not confirmed. Please choose “ja” if the figures are complete and correct.".to_owned(),
        Detail::FurtherFindings { code, count } => format!(
            "There are {} more findings of {code} that are not listed one by one. Please correct the listed ones first and upload the file again.",
            Language::En.group(*count)
        ),
        Detail::VoucherSum { item: Text { en: item, .. }, amount, vouchers } => format!(
            "“{item}” holds {}, its vouchers sum to {}. Please correct the amount or the voucher list.",
            amount.display(Language::En),
            vouchers.display(Language::En)
        ),
        Detail::FlatRate { item: Text { en: item, .. }, found, base, rate, expected } => format!(
            "The flat rate “{item}” is {}, {} × {} gives {}. Please restore the template's formula.",
            found.display(Language::En),
            base.display(Language::En),
            rate.display(Language::En),
            expected.display(Language::En)
        ),
        Detail::VoucherOnFlatRate { item: Text { en: item, .. } } => format!(
            "“{item}” is a flat rate; no vouchers are handed in for it. Please remove the voucher or assign it to another plan item."
        ),
        Detail::PaidOutsideQuarter { paid_on, quarter } => format!(
            "The payment date {} does not lie in {}. Please correct the date or name the quarter in the column “corrected quarter”.",
            Language::En.date(*paid_on),
            quarter.display(Language::En)
        ),
        Detail::PaidOutsideGrant { paid_on, first, last } => format!(
            "The payment date {} lies outside the grant period from {} to {}. Please correct the date or remove the voucher.",
            Language::En.date(*paid_on),
            Language::En.date(*first),
            Language::En.date(*last)
        ),
        Detail::DuplicateVoucher { number, earlier: true } => format!(
            "The voucher number “{number}” was already handed in for an earlier quarter. Please check the number and remove duplicate vouchers."
        ),
        Detail::DuplicateVoucher { number, earlier: false } => format!(
            "The voucher number “{number}” occurs more than once. Please check the number and remove duplicate vouchers."
        ),
        Detail::ItemOverWarning { item: Text { en: item, .. }, year: _, plan, spent, over, threshold } => format!(
            "“{item}” at {} exceeds its plan of {} by {} (noted from {}). Please give the reason.",
            spent.display(Language::En),
            plan.display(Language::En),
            over.display(Language::En),
            threshold.display(Language::En)
        ),
        Detail::ItemOverLimit { item: Text { en: item, .. }, plan, spent, over, threshold, offset } => format!(
            "“{item}” at {} exceeds its plan of {} by {}; {} is allowed with offset, other items offset only {}. Please correct it or apply for a change of plan.",
            spent.display(Language::En),
            plan.display(Language::En),
            over.display(Language::En),
            threshold.display(Language::En),
            offset.display(Language::En)
        ),
        Detail::OverAward { spent, awarded } => format!(
            "Spending totals {}, awarded are {}. Please correct the spending or apply for an increase.",
            spent.display(Language::En),
            awarded.display(Language::En)
        ),
        Detail::SourcesSum { sources, spent } => format!(
            "The sources sum to {}, spent were {}. Please correct the amounts spent per source.",
            sources.display(Language::En),
            spent.display(Language::En)
        ),
        Detail::UnionShare { amount, allowed } => format!(
            "{} of ESF Plus money is used, the categories of region allow at most {}. Please correct the split.",
            amount.display(Language::En),
            allowed.display(Language::En)
        ),
        Detail::OwnFunds { amount, required } => format!(
            "{} of own funds is used, at least {} is required. Please explain when own funds will follow.",
            amount.display(Language::En),
            required.display(Language::En)
        ),
        Detail::UnspentCall { unspent, days } => format!(
            "{} of the money called has not been spent for more than {days} days. Please explain or pay it back; interest may be due.",
            unspent.display(Language::En)
        ),
        Detail::NegativeAmount { amount } => format!(
            "The amount {} is negative. Negative amounts are allowed as corrections only; please name the corrected quarter.",
            amount.display(Language::En)
        ),
        Detail::CorrectionQuarter { corrects, quarter } => format!(
            "The corrected quarter {} must lie before {} and within the grant period. Please correct the quarter.",
            corrects.display(Language::En),
            quarter.display(Language::En)
        ),
        Detail::VoucherIncomplete { column } => format!(
            "The voucher lacks {}. Please add it.",
            words::column(Language::En, *column)
        ),
        Detail::StatusSum { who, span, total, sum } => format!(
            "{}, {}: EECO01 is {}, the sum of EECO02, EECO04 and EECO05 is {}. Please make the numbers agree.",
            words::who(Language::En, *who),
            words::span(Language::En, *span),
            Language::En.count(*total),
            Language::En.count(*sum)
        ),
        Detail::PartExceeds { who, span, part, whole } => format!(
            "{}, {}: EECO03 (long-term unemployed) is {} and exceeds EECO02 (unemployed) at {}. Please check the numbers.",
            words::who(Language::En, *who),
            words::span(Language::En, *span),
            Language::En.count(*part),
            Language::En.count(*whole)
        ),
        Detail::AgeExceeds { who, span, sum, total } => format!(
            "{}, {}: the age groups EECO06 to EECO08 sum to {} and exceed EECO01 at {}. Please check the numbers.",
            words::who(Language::En, *who),
            words::span(Language::En, *span),
            Language::En.count(*sum),
            Language::En.count(*total)
        ),
        Detail::EducationExceeds { who, span, sum, total } => format!(
            "{}, {}: the education levels EECO09 to EECO11 sum to {} and exceed EECO01 at {}. Please check the numbers.",
            words::who(Language::En, *who),
            words::span(Language::En, *span),
            Language::En.count(*sum),
            Language::En.count(*total)
        ),
        Detail::TraitExceeds { code, who, span, part, total } => format!(
            "{}, {}: {code} is {} and exceeds EECO01 at {}. Please check the numbers.",
            words::who(Language::En, *who),
            words::span(Language::En, *span),
            Language::En.count(*part),
            Language::En.count(*total)
        ),
        Detail::ThirdCountry { who, span, third_country, background } => format!(
            "{}, {}: EECO13 (third-country nationals) is {} and larger than EECO14 (foreign background) at {}. Please check or give the reason.",
            words::who(Language::En, *who),
            words::span(Language::En, *span),
            Language::En.count(*third_country),
            Language::En.count(*background)
        ),
        Detail::GenderSum { code, sum, total } => format!(
            "{code}: women, men and non-binary persons sum to {}, the total says {}. Please make the numbers agree.",
            Language::En.count(*sum),
            Language::En.count(*total)
        ),
        Detail::ReservedSum { code, who, span, found, expected } => format!(
            "{}, {}: {code} is {}, the sum of its parts is {}. Please make the numbers agree.",
            words::who(Language::En, *who),
            words::span(Language::En, *span),
            Language::En.count(*found),
            Language::En.count(*expected)
        ),
        Detail::ResultExceedsOutput { code, who, result, output } => format!(
            "{}, cumulative: {code} is {} and exceeds its linked output indicator at {}. Please check the numbers.",
            words::who(Language::En, *who),
            Language::En.count(*result),
            Language::En.count(*output)
        ),
        Detail::ResultExceedsGroup { code, who, result, group, size } => format!(
            "{}, cumulative: {code} is {} and exceeds its reference group {group} at {}. Please check the numbers.",
            words::who(Language::En, *who),
            Language::En.count(*result),
            Language::En.count(*size)
        ),
        Detail::ResultsExceedLeavers { code, result, leavers } => format!(
            "{code} is cumulatively {}, {} persons have left so far. Please check the numbers or give the reason.",
            Language::En.count(*result),
            Language::En.count(*leavers)
        ),
        Detail::FallWithoutCorrection { name: Text { en: name, .. }, before, after } => format!(
            "{name} falls cumulatively from {} to {}. Please name the corrected quarter and the reason.",
            Language::En.count(*before),
            Language::En.count(*after)
        ),
        Detail::CountInvalid { count } => format!(
            "The count {} is negative. Negative counts are allowed only as corrections that name their quarter.",
            Language::En.count(*count)
        ),
        Detail::NoEducationOrAge { span, total, missing } => format!(
            "{}: with {} participants, {} is 0 throughout. Please add it or give the reason.",
            words::span(Language::En, *span),
            Language::En.count(*total),
            words::missing(Language::En, *missing)
        ),
        Detail::Children { count } => format!(
            "EECO06 (below 18 years) is {}, the programme addresses adults. Please check or give the reason.",
            Language::En.count(*count)
        ),
        Detail::ForeignBackground { count, total, expected } => format!(
            "Of {} participants {} have a foreign background (EECO14); at least {} is expected. Please check or give the reason.",
            Language::En.count(*total),
            Language::En.count(*count),
            expected.display(Language::En)
        ),
        Detail::EntitiesUnexpected { code, count } => format!(
            "{code} is {}, the action field of this subproject does not support entities. Please check or give the reason.",
            Language::En.count(*count)
        ),
        Detail::EducationIncomplete { who, span, sum, total } => format!(
            "{}, {}: the education levels EECO09 to EECO11 sum to {}, EECO01 is {}. Please complete them or give the reason.",
            words::who(Language::En, *who),
            words::span(Language::En, *span),
            Language::En.count(*sum),
            Language::En.count(*total)
        ),
        Detail::CounterSum { counter: Text { en: counter, .. }, found, expected } => format!(
            "“{counter}” is {}, the sum of its parts is {}. Please make the numbers agree.",
            Language::En.count(*found),
            Language::En.count(*expected)
        ),
    }
}
