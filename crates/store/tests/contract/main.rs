//! What the store promises, kept by both databases: every test here runs on SQLite and on PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails where something is missing"
)]

mod accounts;
mod append_only;
mod as_of;
mod attest;
mod audit;
mod backups;
mod chance;
mod closings;
mod context;
mod damage;
mod decisions;
mod faults;
mod four_eyes;
mod identities;
mod journal;
mod ledger;
mod programme;
mod races;
mod reopenings;
mod requests;
mod sample;
mod schema;
mod simulation;
mod start;
mod uploads;
mod waivers;

/// Tests of which each runs once on either database, with a fresh one of its own.
macro_rules! on_both {
    ($($(#[$meta:meta])* fn $name:ident($store:ident) $body:block)*) => {
        $(
            mod $name {
                #[allow(unused_imports, reason = "not every test needs everything")]
                use super::*;

                fn check($store: &nachweis_store::testing::TestStore) $body

                #[test]
                fn sqlite() {
                    check(&nachweis_store::testing::TestStore::fresh(nachweis_store::testing::Backend::Sqlite));
                }

                #[test]
                fn postgres() {
                    check(&nachweis_store::testing::TestStore::fresh(nachweis_store::testing::Backend::Postgres));
                }
            }
        )*
    };
}
pub(crate) use on_both;
