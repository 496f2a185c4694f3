//! A year of the record as its people live it, at the command line and over HTTP, on both databases; and every past day of
//! it comes out again. The story is told in ARCHITECTURE.md.

use nachweis_store::testing::Backend;

pub(crate) mod cast;
mod deeds;
mod script;
mod shelf;
mod stage;
mod tampered;

#[test]
fn a_year_is_lived_and_each_report_of_each_past_day_comes_out_again_on_sqlite() {
    script::lived(Backend::Sqlite);
}

#[test]
fn a_year_is_lived_and_each_report_of_each_past_day_comes_out_again_on_postgres() {
    script::lived(Backend::Postgres);
}
