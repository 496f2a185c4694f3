//! `nachweis changes`: what an upload changes, against what was accepted and against the quarter before.

use nachweis_domain::{figures::Voucher, language::Language};
use nachweis_service::{Change, ChangePreview, Changed, Comparison, Quantity, VoucherChange, VoucherChanges};

use crate::{
    Outcome,
    args::LookArgs,
    failure::Failure,
    open, say,
    settings::Settings,
    unknown::{self, OrUnknown as _},
};

/// Shows what an upload changes.
pub(crate) fn run(args: &LookArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let service = open::service(settings)?;
    let caller = open::caller(&service, args.actor.name.as_deref())?;
    let id = args.upload.id(&service, &caller)?;
    let preview = service
        .changes(&caller, id)
        .or_unknown(|| unknown::upload(&args.upload.to_string()))?;
    if args.json {
        say::json(&nachweis_api::changes(&preview))?;
    } else {
        told(&preview, settings.lang)
            .iter()
            .try_for_each(|line| say::line(line))?;
    }
    Ok(Outcome::Clean)
}

fn told(preview: &ChangePreview, language: Language) -> Vec<String> {
    let against = |comparison: Option<&Comparison>, none: &str| {
        comparison.map_or_else(
            || vec![none.to_owned()],
            |comparison| compared(comparison, language),
        )
    };
    let accepted = against(
        preview.accepted.as_ref(),
        language.pick(
            "Von diesem Quartal wurde bisher keine andere Fassung angenommen.",
            "No other revision of this quarter has been accepted so far.",
        ),
    );
    let last_quarter = against(
        preview.last_quarter.as_ref(),
        language.pick(
            "Vom Quartal davor ist kein Bericht eingereicht.",
            "No report of the quarter before is handed in.",
        ),
    );
    [accepted, last_quarter].concat()
}

/// A heading, then each value that differs on a line: name, what, earlier, new, difference; separated by tabs.
fn compared(comparison: &Comparison, language: Language) -> Vec<String> {
    let (quarter, revision) = (comparison.quarter, comparison.revision);
    let mut lines = vec![match language {
        Language::De => format!("Gegenüber {quarter}, Fassung {revision}:"),
        Language::En => format!("Against {quarter}, revision {revision}:"),
    }];
    lines.extend(comparison.changes.iter().map(|change| value(change, language)));
    let vouchers = comparison.vouchers.iter();
    lines.extend(vouchers.flat_map(|vouchers| of_vouchers(vouchers, language)));
    if lines.len() == 1 {
        lines.push(
            language
                .pick("  keine Unterschiede", "  no differences")
                .to_owned(),
        );
    }
    lines
}

fn value(change: &Change, language: Language) -> String {
    let shown =
        |quantity: Option<Quantity>| quantity.map_or_else(|| "–".to_owned(), |known| number(known, language));
    format!(
        "  {}\t{}\t{}\t{}\t{}",
        change.name.get(language),
        column(change.what, language),
        shown(change.before),
        shown(change.after),
        number(change.difference, language)
    )
}

fn number(quantity: Quantity, language: Language) -> String {
    match quantity {
        Quantity::AmountCents(money) => money.display(language),
        Quantity::Count(count) => language.count(count),
    }
}

const fn column(what: Changed, language: Language) -> &'static str {
    match what {
        Changed::Expenditure => language.pick("Ausgaben", "expenditure"),
        Changed::Called => language.pick("abgerufen", "called"),
        Changed::Received => language.pick("erhalten", "received"),
        Changed::Spent => language.pick("verausgabt", "spent"),
        Changed::Women => language.pick("Frauen", "women"),
        Changed::Men => language.pick("Männer", "men"),
        Changed::NonBinary => language.pick("nicht binär", "non-binary"),
        Changed::Total => language.pick("gesamt", "total"),
        Changed::Counter => language.pick("Anzahl", "count"),
        Changed::Vouchers | Changed::VoucherSum => language.pick("Belegliste", "voucher list"),
    }
}

/// Each voucher that differs on two lines, `-` as it was and `+` as it is.
fn of_vouchers(vouchers: &VoucherChanges, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for VoucherChange { before, after } in &vouchers.listed {
        for (sign, voucher) in [('-', before), ('+', after)] {
            let voucher = voucher.as_ref();
            lines.extend(voucher.map(|voucher| format!("  {sign} {}", said(voucher, language))));
        }
    }
    let listed = u64::try_from(vouchers.listed.len()).unwrap_or(u64::MAX);
    let more = vouchers.total.saturating_sub(listed);
    if more > 0 {
        let more = language.group(more);
        lines.push(match language {
            Language::De => format!("  … und {more} weitere Belege mit Unterschieden"),
            Language::En => format!("  … and {more} further vouchers that differ"),
        });
    }
    lines
}

/// Number, day, payee, purpose, item, amount and corrected quarter; separated by tabs.
fn said(voucher: &Voucher, language: Language) -> String {
    let empty = || "–".to_owned();
    let text = |text: &Option<String>| text.as_deref().map_or_else(empty, say::one_line);
    let fields = [
        text(&voucher.number),
        voucher.paid_on.map_or_else(empty, |day| language.date(day)),
        text(&voucher.payee),
        text(&voucher.purpose),
        voucher.item.as_ref().map_or_else(empty, ToString::to_string),
        voucher
            .amount
            .map_or_else(empty, |amount| amount.display(language)),
        voucher.corrects.map_or_else(empty, |quarter| quarter.to_string()),
    ];
    fields.join("\t")
}
