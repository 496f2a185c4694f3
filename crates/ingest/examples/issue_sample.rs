//! Writes sample workbooks into a folder: `cargo run -p nachweis-ingest --example issue_sample -- FOLDER`.
//!
//! For each template version a fresh workbook `VERSION-issued.xlsx`, the same filled by us `VERSION-filled.xlsx`, its
//! marked copy `VERSION-marked.xlsx`, and `VERSION-values.json`: every value that a lead types, by sheet and cell, for the programs that fill the fresh one
//! (`fixtures/workbooks/make`).

#[expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the sample is test code that this example shares"
)]
#[path = "../src/sample.rs"]
mod sample;

use std::{error::Error, fs, path::Path};

use nachweis_domain::{
    cell::{CellRef, Located},
    figures::{QuarterlyFigures, VoucherColumn},
    language::Language,
    record::IssueId,
    round::{FundingRound, ItemKind},
    rules,
};
use nachweis_ingest::{IssueStamp, SealKey, issue, issue_filled, mark, read_here};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: issue_sample FOLDER")?;
    for code in ["2023-2025", "2026-2028"] {
        let round = sample::round(code);
        let context = sample::context(&round);
        let figures = sample::fixture(&context, &round);
        let stamp = IssueStamp {
            id: IssueId("0191f2a0-7c1e-7000-8000-000000000007".parse()?),
            issued_at: sample::moment(),
        };
        let key = SealKey::from_bytes([1; 32]);
        let version = round.template_version.as_str();
        let write =
            |name: &str, bytes: &[u8]| fs::write(Path::new(&folder).join(format!("{version}-{name}")), bytes);
        write(
            "issued.xlsx",
            &issue(&round, &context, &stamp, Language::De, &key)?,
        )?;
        let filled = issue_filled(&round, &context, &stamp, Language::De, &key, &figures)?;
        write("filled.xlsx", &filled)?;
        let reading = read_here(std::slice::from_ref(&round), &filled)?;
        let checked = rules::check(&round, &context, &reading.figures);
        let findings = rules::rate(
            &round,
            context.quarter,
            rules::merge(reading.findings.clone(), checked),
        );
        write(
            "marked.xlsx",
            &mark(&round, &reading, &findings, Language::De, &key)?,
        )?;
        write(
            "values.json",
            &serde_json::to_vec_pretty(&values(&round, &figures))?,
        )?;
    }
    Ok(())
}

/// Everything that is typed: sheet, cell, type (`n` number, `d` date, `s` text), value.
fn values(round: &FundingRound, figures: &QuarterlyFigures) -> Vec<Value> {
    let declaration = if round.template_version.as_str() == "2026-1" {
        21
    } else {
        19
    };
    let mut values = vec![value(&CellRef::at("Deckblatt", declaration, 2), "s", &"ja")];
    for figure in &figures.expenditure {
        let is_computed = round
            .plan_item(&figure.item)
            .is_some_and(|item| matches!(item.kind, ItemKind::FlatRate { .. }));
        if !is_computed {
            values.push(value(&figure.amount.at, "n", &figure.amount.value));
        }
    }
    for figure in &figures.funds {
        values.extend(numbers([&figure.called, &figure.received, &figure.spent]));
    }
    for figure in &figures.indicators {
        let is_computed = round.reserved_sums.iter().any(|sum| sum.code == figure.code);
        if is_computed {
            continue;
        }
        values.extend(numbers([&figure.women, &figure.men, &figure.non_binary]));
        if figure.women.is_none() {
            values.extend(numbers([&figure.total]));
        }
        values.extend(
            figure
                .corrects
                .iter()
                .map(|quarter| value(&quarter.at, "s", &quarter.value)),
        );
        values.extend(figure.note.iter().map(|note| value(&note.at, "s", &note.value)));
    }
    for (figure, spec) in figures.counters.iter().zip(&round.counters) {
        if spec.sum_of.is_empty() {
            values.extend(numbers([&figure.count]));
        }
    }
    values.extend(
        figures
            .narrative
            .iter()
            .map(|part| value(&part.text.at, "s", &part.text.value)),
    );
    values.extend(vouchers(round, figures));
    values
}

fn vouchers(round: &FundingRound, figures: &QuarterlyFigures) -> Vec<Value> {
    let list = &figures.vouchers;
    let mut values = Vec::new();
    for voucher in &list.rows {
        let mut put = |column, kind, text: Option<String>| {
            values.extend(text.map(|text| value(&list.cell(voucher, column), kind, &text)));
        };
        let item = voucher.item.as_ref().and_then(|item| round.plan_item(item));
        put(VoucherColumn::Number, "s", voucher.number.clone());
        put(
            VoucherColumn::PaidOn,
            "d",
            voucher.paid_on.map(|day| day.to_string()),
        );
        put(VoucherColumn::Payee, "s", voucher.payee.clone());
        put(VoucherColumn::Purpose, "s", voucher.purpose.clone());
        put(VoucherColumn::Item, "s", item.map(|item| item.name.de.clone()));
        put(
            VoucherColumn::Amount,
            "n",
            voucher.amount.map(|amount| amount.to_string()),
        );
        put(
            VoucherColumn::Corrects,
            "s",
            voucher.corrects.map(|quarter| quarter.to_string()),
        );
    }
    values
}

fn numbers<'a, T: ToString + 'a>(cells: impl IntoIterator<Item = &'a Option<Located<T>>>) -> Vec<Value> {
    let cells = cells.into_iter().flatten();
    cells.map(|cell| value(&cell.at, "n", &cell.value)).collect()
}

fn value(at: &CellRef, kind: &str, value: &impl ToString) -> Value {
    json!({ "sheet": at.sheet(), "cell": at.a1(), "type": kind, "value": value.to_string() })
}
