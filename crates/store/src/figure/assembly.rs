//! Figures of a workbook put together again from their rows.

use nachweis_domain::{
    audit::{FigureKind, FigurePart},
    cell::Located,
    figures::{CounterFigure, FundFigure, IndicatorFigure, ItemFigure, NarrativeFigure, QuarterlyFigures},
    key::{CounterKey, IndicatorCode, ItemKey, NarrativeKey, SourceKey},
};

use super::Figure;
use crate::kept::Unreadable;

/// Adds a row to the figures that it belongs to.
pub(super) fn add(figures: &mut QuarterlyFigures, row: &Figure) -> Result<(), Unreadable> {
    match (row.kind, row.part) {
        (FigureKind::Expenditure, Some(FigurePart::Amount)) => figures.expenditure.push(ItemFigure {
            item: ItemKey::new(&row.key),
            amount: row.money()?,
        }),
        (FigureKind::Narrative, Some(FigurePart::Text)) => figures.narrative.push(NarrativeFigure {
            part: NarrativeKey::new(&row.key),
            text: Located::new(row.text()?, row.at.clone()),
        }),
        (FigureKind::Fund, None) => figures.funds.push(FundFigure {
            source: SourceKey::new(&row.key),
            at: row.at.clone(),
            called: None,
            received: None,
            spent: None,
        }),
        (FigureKind::Indicator, None) => figures.indicators.push(IndicatorFigure {
            code: IndicatorCode::new(&row.key),
            at: row.at.clone(),
            women: None,
            men: None,
            non_binary: None,
            total: None,
            corrects: None,
            note: None,
        }),
        (FigureKind::Counter, None) => figures.counters.push(CounterFigure {
            counter: CounterKey::new(&row.key),
            at: row.at.clone(),
            count: None,
        }),
        (FigureKind::Fund, Some(part)) => {
            add_fund(figures.funds.last_mut().ok_or(Unreadable("part"))?, part, row)?;
        }
        (FigureKind::Indicator, Some(part)) => {
            add_indicator(
                figures.indicators.last_mut().ok_or(Unreadable("part"))?,
                part,
                row,
            )?;
        }
        (FigureKind::Counter, Some(FigurePart::Count)) => {
            figures.counters.last_mut().ok_or(Unreadable("part"))?.count = Some(row.count()?);
        }
        _ => return Err(Unreadable("part")),
    }
    Ok(())
}

fn add_fund(figure: &mut FundFigure, part: FigurePart, row: &Figure) -> Result<(), Unreadable> {
    let cell = match part {
        FigurePart::Called => &mut figure.called,
        FigurePart::Received => &mut figure.received,
        FigurePart::Spent => &mut figure.spent,
        _ => return Err(Unreadable("part")),
    };
    *cell = Some(row.money()?);
    Ok(())
}

fn add_indicator(figure: &mut IndicatorFigure, part: FigurePart, row: &Figure) -> Result<(), Unreadable> {
    let cell = match part {
        FigurePart::Women => &mut figure.women,
        FigurePart::Men => &mut figure.men,
        FigurePart::NonBinary => &mut figure.non_binary,
        FigurePart::Total => &mut figure.total,
        FigurePart::Corrects => {
            figure.corrects = Some(Located::new(row.quarter()?, row.at.clone()));
            return Ok(());
        }
        FigurePart::Note => {
            figure.note = Some(Located::new(row.text()?, row.at.clone()));
            return Ok(());
        }
        _ => return Err(Unreadable("part")),
    };
    *cell = Some(row.count()?);
    Ok(())
}
