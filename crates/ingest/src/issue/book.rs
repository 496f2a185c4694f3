//! A workbook in the making: the layout, what it is filled with, and what is laid over it.

use std::collections::BTreeMap;

use nachweis_domain::{
    context::ReportingContext, figures::QuarterlyFigures, finding::Severity, language::Language,
    record::Sha256, round::FundingRound,
};
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet};

use super::{IngestError, IssueStamp, frame, hidden, style::Styles, table, vouchers};
use crate::{
    layout::{Layout, Record, SheetKind, Version},
    seal::SealKey,
};

/// How the workbook is sealed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Seal<'a> {
    /// By the server that issues it.
    Key(&'a SealKey),
    /// As the workbook that it comes from; `key` renews a seal that held.
    Kept {
        checksum: Sha256,
        seal: Option<Sha256>,
        renew: Option<&'a SealKey>,
    },
}

/// What is laid over the cells of a marked copy, by sheet and position in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overlay {
    /// The colour of a cell.
    pub(crate) marks: BTreeMap<(SheetKind, u32, u16), Severity>,
    /// The note of a cell.
    pub(crate) notes: BTreeMap<(SheetKind, u32, u16), String>,
    /// What a lead typed and could not be read, shown as typed.
    pub(crate) typed: BTreeMap<(SheetKind, u32, u16), String>,
}

/// A workbook in the making.
pub(crate) struct Book<'a> {
    /// Round, context and language.
    pub(crate) record: Record<'a>,
    /// The sheets.
    pub(crate) layout: Layout,
    /// Id and time.
    pub(crate) stamp: IssueStamp,
    /// How it is sealed.
    pub(crate) seal: Seal<'a>,
    /// The values of input cells.
    pub(crate) figures: Option<&'a QuarterlyFigures>,
    /// Whether the declaration says yes.
    pub(crate) is_declared: bool,
    /// Colours, notes and unreadable texts.
    pub(crate) overlay: Overlay,
    /// The formats.
    pub(crate) styles: Styles,
}

impl<'a> Book<'a> {
    /// A workbook with empty input cells.
    pub(crate) fn new(
        round: &'a FundingRound,
        context: &'a ReportingContext,
        stamp: IssueStamp,
        language: Language,
        seal: Seal<'a>,
    ) -> Result<Self, IngestError> {
        let version = Version::of(&context.template_version).ok_or_else(|| IngestError::UnknownTemplate {
            found: context.template_version.clone(),
        })?;
        Ok(Self {
            record: Record {
                round,
                context,
                language,
            },
            layout: Layout::new(version, round),
            stamp,
            seal,
            figures: None,
            is_declared: false,
            overlay: Overlay::default(),
            styles: Styles::new(),
        })
    }

    /// The finished file.
    pub(crate) fn write(&self) -> Result<Vec<u8>, IngestError> {
        self.write_after(Vec::new())
    }

    /// The finished file with other sheets in front.
    pub(crate) fn write_after(&self, front: Vec<Worksheet>) -> Result<Vec<u8>, IngestError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&self.properties());
        for sheet in front {
            workbook.push_worksheet(sheet);
        }
        for sheet in &self.layout.sheets {
            let mut page = frame::page(self, sheet)?;
            match sheet.kind {
                SheetKind::Vouchers => vouchers::fill(self, sheet, &mut page)?,
                _ => table::fill(self, sheet, &mut page)?,
            }
            if sheet.kind == SheetKind::Cover {
                frame::funding_note(self, sheet, &mut page)?;
            }
            workbook.push_worksheet(page);
        }
        workbook.push_worksheet(hidden::page(self)?);
        Ok(workbook.save_to_buffer()?)
    }

    /// The text in the language of the workbook.
    pub(crate) fn pick(&self, text: &'a nachweis_domain::language::Text) -> &'a str {
        text.get(self.record.language)
    }

    fn properties(&self) -> DocProperties {
        let context = self.record.context;
        DocProperties::new()
            .set_title(format!("{} {}", context.subproject.no, context.quarter))
            .set_subject(self.record.round.title.get(self.record.language))
            .set_author("Nachweis")
            .set_company(self.record.round.programme.get(self.record.language))
            .set_creation_datetime(&self.stamp.issued_at)
    }
}
