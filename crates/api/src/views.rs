//! What is sent as JSON, one file per noun. These shapes are the contract of `/api/v1`; domain types may change behind
//! them. Money is an integer of cents (`…_cents`), quarters are `2024-Q3`, moments UTC (design.md §6.2).

pub(crate) mod changes;
pub(crate) mod closing;
pub(crate) mod finding;
pub(crate) mod journal;
pub(crate) mod lineage;
pub(crate) mod listed_upload;
pub(crate) mod plan;
pub(crate) mod reopening;
pub(crate) mod report;
pub(crate) mod retention;
pub(crate) mod round;
pub(crate) mod sign_in;
pub(crate) mod subproject;
pub(crate) mod text;
pub(crate) mod upload;
pub(crate) mod waiver;
