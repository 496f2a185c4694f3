//! `nachweis check`: offline, the same rules.

mod personal;
mod plants;
