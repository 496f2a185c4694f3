//! Reports as typed tables, and their renderers XLSX, CSV, JSON.
//!
//! A report is data: [`build`] makes a [`Report`] of typed tables from a [`nachweis_domain::ledger::Ledger`];
//! [`render`] turns any of them into bytes and knows no report; [`audit`] streams the audit workbook.
//! This room reads no database and no clock: the same ledger and request give the same bytes.

pub mod audit;
mod build;
mod differences;
mod dossier;
mod effect;
mod error;
mod head;
pub mod limits;
pub mod lineage;
pub mod render;
mod request;
mod severity;
mod table;
mod target;
mod upload_state;
mod value;
mod waiver_state;

pub use build::{OpenReport, build};
pub use differences::{ClosedQuarter, Reopened, differences};
pub use dossier::dossier;
pub use effect::{Trial, effect};
pub use error::ReportError;
pub use request::{GroupBy, ReportName, ReportRequest, UnknownName, View};
pub use table::{Column, ColumnKind, Report, Table};
pub use target::replace_file;
pub use upload_state::name as upload_state_name;
pub use value::{Term, Value};
