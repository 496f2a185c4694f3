//! The use cases, one file each: what may be done with the record, by whom, and what follows from it.
//!
//! All calls block; an HTTP edge runs them on threads of their own. Nothing here knows HTTP, SQL or file formats.
//! What the edges need of the rooms below is given on from here, so that they depend on nothing else.

mod accept;
mod accept_many;
mod account;
mod arrival;
mod as_of;
mod change_preview;
mod changes;
mod check;
mod clean_submissions;
mod clock;
mod close_quarter;
mod comment;
mod decide_many;
mod differences;
mod endorse;
mod erase_originals;
mod error;
mod export_audit;
mod export_dossier;
mod export_journal;
mod file_name;
mod gate;
mod grant_scope;
mod head;
mod hex;
mod id;
mod idempotency;
mod identity;
mod import_programme;
mod import_workbooks;
mod issue_template;
mod issuer_sign_in;
mod journal;
mod judge;
mod keep;
mod ledger_scope;
mod lineage;
mod link_identity;
mod login_name;
mod migrate;
mod password;
mod possible;
mod readers;
mod receive_upload;
mod refresh_token;
mod reopen_quarter;
mod report;
mod report_cache;
mod report_view;
mod reporting_quarter;
mod retention;
mod return_to_lead;
mod round_files;
mod round_uploads;
mod rounds;
mod rule_effect;
#[cfg(test)]
mod sample;
mod secret;
mod service;
mod session;
mod settings;
mod sign_in;
mod sign_in_limit;
mod submit;
mod subprojects;
mod upload_limit;
mod uploads;
mod users;
mod verdict;
mod verify;
mod waivers;

pub use account::{Account, NewAccount, SignedIn};
pub use change_preview::{
    Change, ChangePreview, Changed, Comparison, Quantity, VoucherChange, VoucherChanges,
};
pub use check::{CheckOutcome, check};
pub use clean_submissions::{CleanStep, CleanSubmissions};
pub use clock::{Clock, ClockHand};
pub use close_quarter::{ClosedQuarter, Missing};
pub use decide_many::Decided;
pub use erase_originals::Erasures;
pub use error::{Doing, ErrorClass, IssuerFailure, ServiceError, SignInFailure, system_words};
pub use export_dossier::WrittenDossier;
pub use export_journal::{JournalEnd, JournalFile, verify_journal_file};
pub use head::{Consistency, HeadKey, KeptHeads, NotedHead, PublicKey, SignedHead, read_heads};
pub use idempotency::fingerprint;
pub use import_programme::{
    ChangedSubproject, Keep, Payments, ProgrammeChanges, ProgrammeChoices, ProgrammeReport,
};
pub use import_workbooks::{FileOutcome, ImportCount, ImportSummary, ImportedFile, Progress, Silent};
pub use issuer_sign_in::{BegunAtIssuer, HandedIn, Proof};
pub use keep::{backup, restore};
pub use migrate::migrate;
pub use nachweis_ingest::programme::{NotTakenRow, TakenRow};
pub use nachweis_ingest::{
    ConfinedReader, Envelope, Reading, Refusal, SealKey, WORKER_ARGUMENT, columns_documentation,
    worker_main as ingest_worker,
};
pub use nachweis_report::{
    Column, ColumnKind, GroupBy, Report, ReportError, ReportName, ReportRequest, Table, Term, UnknownName,
    Value, View, lineage as numbers, render, upload_state_name,
};
pub use nachweis_store::{
    BackupManifest, BackupTable, BackupTotal, Begun, Conflict, DatabaseUrl, Identity, ImportCounts,
    KeptAnswer, KeyedRequest, OpenSubmission, Pass, Revisions, StoreError, UrlError,
};
pub use password::generate_password;
pub use reopen_quarter::KnownReopening;
pub use round_files::{load as load_rounds, read as read_round};
pub use round_uploads::{ListedUpload, UploadFilter};
pub use rule_effect::{EffectRequest, Looking};
pub use secret::{SecretKey, SecretKeyError};
pub use service::Service;
pub use settings::Settings;
pub use subprojects::{GrantQuarter, SubprojectView};
pub use verdict::Verdict;
pub use verify::{Fault, Faults, Place, Quiet, Verification, VerifyProgress, VerifyRequest};
pub use waivers::{KnownWaiver, WaiverRequest};
