//! The rows behind a made-up ledger, as the record would stream them.

use std::sync::Arc;

use chrono::Duration;
use nachweis_domain::{
    audit::{
        AuditFigure, AuditFinding, AuditJournalEntry, AuditOrigin, AuditPayment, AuditPerson, AuditPlanRow,
        AuditStep, AuditSums, AuditUpload, AuditValue, AuditVoucher, AuditWaiver, FigureKind, FigurePart,
        PlanRowKind,
    },
    cell::CellRef,
    key::{ItemKey, TemplateVersion},
    ledger::{Ledger, QuarterState},
    money::Money,
    record::{Action, JournalEntry, Sha256, Upload, UploadId, UploadState, UserId},
    round::{Counted, ItemKind},
};
use nachweis_report::{
    ReportError,
    audit::{AuditSource, Each},
};
use uuid::Uuid;

use crate::sums;

/// A lead (1) or a manager (2).
pub(crate) fn person(number: u128) -> Arc<AuditPerson> {
    let (login, name) = match number {
        1 => ("m.muster", "Muster, Leitung (erfunden)"),
        _ => ("b.beispiel", "Beispiel, Programm-Management (erfunden)"),
    };
    Arc::new(AuditPerson {
        id: UserId(Uuid::from_u128(number)),
        login: login.to_owned(),
        name: name.to_owned(),
    })
}

/// A step some hours after another moment.
fn step(by: u128, after: chrono::DateTime<chrono::Utc>, hours: i64) -> AuditStep {
    AuditStep {
        by: person(by),
        at: after + Duration::hours(hours),
    }
}

/// The rows behind a ledger: one upload for each quarter with a state, each amount split into so many vouchers.
pub(crate) struct MadeUpRecord<'a> {
    ledger: &'a Ledger,
    vouchers_per_amount: u32,
    uploads: Vec<(Arc<AuditOrigin>, &'a QuarterState)>,
}

impl<'a> MadeUpRecord<'a> {
    /// The rows behind a ledger.
    pub(crate) fn new(ledger: &'a Ledger, vouchers_per_amount: u32) -> Self {
        let uploads = (1..)
            .zip(&ledger.quarters)
            .map(|(number, state)| (origin(ledger, state, number), state))
            .collect();
        Self {
            ledger,
            vouchers_per_amount,
            uploads,
        }
    }

    fn origin_of(&self, subproject: usize, quarter: nachweis_domain::quarter::Quarter) -> Arc<AuditOrigin> {
        let position = self
            .ledger
            .quarters
            .binary_search_by_key(&(subproject, quarter), |state| (state.subproject, state.quarter))
            .unwrap();
        Arc::clone(&self.uploads[position].0)
    }
}

fn origin(ledger: &Ledger, state: &QuarterState, number: u32) -> Arc<AuditOrigin> {
    let mut hash = [0x5a; 32];
    hash[..4].copy_from_slice(&number.to_be_bytes());
    Arc::new(AuditOrigin {
        subproject: ledger.subprojects[state.subproject].subproject.no.clone(),
        quarter: state.quarter,
        revision: state.revision,
        state: state.state,
        counts: matches!(state.state, UploadState::Submitted | UploadState::Accepted),
        upload: UploadId(Uuid::from_u128(number.into())),
        sha256: Sha256(hash),
        uploaded: AuditStep {
            by: person(1),
            at: state.uploaded_at,
        },
    })
}

impl AuditSource for MadeUpRecord<'_> {
    fn uploads(&mut self, each: Each<'_, AuditUpload>) -> Result<(), ReportError> {
        for (origin, state) in &self.uploads {
            each(&AuditUpload {
                origin: Arc::clone(origin),
                upload: Upload {
                    id: origin.upload,
                    round: self.ledger.round.code.clone(),
                    subproject: origin.subproject.clone(),
                    quarter: origin.quarter,
                    revision: origin.revision,
                    sha256: origin.sha256,
                    size_bytes: 41_235,
                    file_name: format!("{}_{}.xlsx", origin.subproject, origin.quarter),
                    uploaded_by: UserId(Uuid::from_u128(1)),
                    uploaded_at: origin.uploaded.at,
                    template_version: TemplateVersion::new("2023-1"),
                    rule_version: self.ledger.round.rule_version.clone(),
                    plan_version: 1,
                    state: origin.state,
                    blocking: state.blocking,
                    warnings: state.warnings,
                    notices: 0,
                },
                submitted: state.submitted_at.map(|at| step(1, at, 0)),
                endorsed: None,
                decided: matches!(origin.state, UploadState::Accepted | UploadState::Returned)
                    .then(|| step(2, origin.uploaded.at, 50)),
                return_reason: (origin.state == UploadState::Returned)
                    .then(|| "=Bitte den Sachbericht ergänzen.".to_owned()),
                superseded_at: None,
                erased_at: None,
            })?;
        }
        Ok(())
    }

    fn figures(&mut self, each: Each<'_, AuditFigure>) -> Result<(), ReportError> {
        let mut row = 0;
        let mut figures = Vec::new();
        let mut send = |origin: Arc<AuditOrigin>, sheet: &str, kind, key: &str, part, value| {
            row = (row + 1) % 40;
            figures.push(AuditFigure {
                origin,
                at: CellRef::at(sheet, row + 5, 4),
                kind,
                key: Arc::from(key),
                part,
                value,
            });
        };
        for entry in &self.ledger.expenditure {
            let (origin, value) = (
                self.origin_of(entry.subproject, entry.quarter),
                AuditValue::Money(entry.reported),
            );
            send(
                origin,
                "Ausgaben",
                FigureKind::Expenditure,
                entry.item.as_str(),
                FigurePart::Amount,
                value,
            );
        }
        for entry in &self.ledger.funds {
            let totals = entry.totals;
            let parts = [
                (FigurePart::Called, totals.called),
                (FigurePart::Received, totals.received),
                (FigurePart::Spent, totals.spent),
            ];
            for (part, amount) in parts {
                let origin = self.origin_of(entry.subproject, entry.quarter);
                send(
                    origin,
                    "Mittel",
                    FigureKind::Fund,
                    entry.source.as_str(),
                    part,
                    AuditValue::Money(amount),
                );
            }
        }
        for entry in &self.ledger.indicators {
            let counts = entry.counts;
            let parts = match self
                .ledger
                .round
                .indicator(&entry.code)
                .map(|indicator| indicator.counts)
            {
                Some(Counted::Entities) => vec![(FigurePart::Total, counts.total)],
                _ => vec![
                    (FigurePart::Women, counts.women),
                    (FigurePart::Men, counts.men),
                    (FigurePart::NonBinary, counts.non_binary),
                ],
            };
            for (part, count) in parts {
                let origin = self.origin_of(entry.subproject, entry.quarter);
                send(
                    origin,
                    "Indikatoren",
                    FigureKind::Indicator,
                    entry.code.as_str(),
                    part,
                    AuditValue::Count(count),
                );
            }
        }
        for entry in &self.ledger.counters {
            let (origin, value) = (
                self.origin_of(entry.subproject, entry.quarter),
                AuditValue::Count(entry.count),
            );
            send(
                origin,
                "Kennzahlen",
                FigureKind::Counter,
                entry.counter.as_str(),
                FigurePart::Count,
                value,
            );
        }
        // As the record gives them: by subproject, quarter and revision.
        figures.sort_by(|a, b| {
            let of = |figure: &AuditFigure| (figure.origin.subproject.clone(), figure.origin.quarter);
            of(a).cmp(&of(b))
        });
        figures.iter().try_for_each(each)
    }

    fn vouchers(&mut self, each: Each<'_, AuditVoucher>) -> Result<(), ReportError> {
        let sheet: Arc<str> = Arc::from("Belege");
        let mut number = 0_u32;
        for entry in &self.ledger.expenditure {
            let kind = self.ledger.round.plan_item(&entry.item).map(|item| &item.kind);
            if matches!(kind, Some(ItemKind::FlatRate { .. })) {
                continue;
            }
            let origin = self.origin_of(entry.subproject, entry.quarter);
            let weights = vec![1; usize::try_from(self.vouchers_per_amount).unwrap()];
            for amount in entry.reported.allocate(&weights) {
                number += 1;
                each(&voucher(&origin, &sheet, number, &entry.item, amount))?;
            }
        }
        Ok(())
    }

    fn plan_rows(&mut self, each: Each<'_, AuditPlanRow>) -> Result<(), ReportError> {
        for state in &self.ledger.subprojects {
            for plan in &state.plans {
                let mut send = |kind, key: &str, year, value| {
                    each(&AuditPlanRow {
                        subproject: state.subproject.no.clone(),
                        version: plan.number,
                        effective_from: plan.effective_from,
                        recorded_at: plan.recorded_at,
                        recorded_by: Some(person(2)),
                        kind,
                        key: Arc::from(key),
                        year,
                        value,
                    })
                };
                for (item, years) in &plan.items {
                    for (year, amount) in years {
                        send(
                            PlanRowKind::Item,
                            item.as_str(),
                            Some(*year),
                            AuditValue::Money(*amount),
                        )?;
                    }
                }
                for (source, amount) in &plan.sources {
                    send(
                        PlanRowKind::Source,
                        source.as_str(),
                        None,
                        AuditValue::Money(*amount),
                    )?;
                }
                for (code, target) in &plan.targets {
                    let target = AuditValue::Count(i64::try_from(*target).unwrap());
                    send(PlanRowKind::Target, code.as_str(), None, target)?;
                }
            }
        }
        Ok(())
    }

    fn findings(&mut self, _each: Each<'_, AuditFinding>) -> Result<(), ReportError> {
        Ok(())
    }

    fn waivers(&mut self, each: Each<'_, AuditWaiver>) -> Result<(), ReportError> {
        for waiver in &self.ledger.waivers {
            let step = |by: u128, at| AuditStep { by: person(by), at };
            each(&AuditWaiver {
                state: waiver.state_at(self.ledger.status_at),
                asked: step(1, waiver.asked_at),
                decided: waiver.decision.as_ref().map(|decision| step(2, decision.at)),
                withdrawn: waiver
                    .withdrawal
                    .as_ref()
                    .map(|withdrawal| step(2, withdrawal.at)),
                waiver: waiver.clone(),
            })?;
        }
        Ok(())
    }

    fn journal(&mut self, each: Each<'_, AuditJournalEntry>) -> Result<(), ReportError> {
        for (position, (origin, _)) in (1..).zip(&self.uploads) {
            each(&AuditJournalEntry {
                entry: JournalEntry {
                    position,
                    at: origin.uploaded.at + Duration::seconds(1),
                    actor: Some(UserId(Uuid::from_u128(1))),
                    action: Action::UploadReceived,
                    object: origin.upload.to_string(),
                    detail: format!("{{\"revision\":{}}}", origin.revision),
                    figures_of: None,
                },
                actor: Some(person(1)),
            })?;
        }
        Ok(())
    }

    fn payments(&mut self, each: Each<'_, AuditPayment>) -> Result<(), ReportError> {
        for state in &self.ledger.subprojects {
            for payment in &state.disbursements {
                each(&AuditPayment {
                    subproject: state.subproject.no.clone(),
                    paid_on: payment.paid_on,
                    source: payment.source.clone(),
                    amount: payment.amount,
                    recorded_at: (payment.paid_on + chrono::Days::new(3))
                        .and_hms_opt(8, 0, 0)
                        .unwrap()
                        .and_utc(),
                    recorded_by: Some(person(2)),
                })?;
            }
        }
        Ok(())
    }

    fn sums(&mut self) -> Result<AuditSums, ReportError> {
        sums::of(self)
    }
}

fn voucher(
    origin: &Arc<AuditOrigin>,
    sheet: &Arc<str>,
    number: u32,
    item: &ItemKey,
    amount: Money,
) -> AuditVoucher {
    AuditVoucher {
        origin: Arc::clone(origin),
        sheet: Arc::clone(sheet),
        row: 4 + number % 400,
        amount_col: Some(5),
        number: Some(format!("B-{number:06}")),
        paid_on: Some(origin.quarter.first_day() + chrono::Days::new(u64::from(number % 85))),
        payee: Some(format!("Muster & Söhne {}", number % 97)),
        purpose: Some(format!("Gehalt Projektstelle {}", number % 13)),
        item: Some(item.clone()),
        amount: Some(amount),
        corrects: None,
    }
}
