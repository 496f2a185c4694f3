//! `nachweis check`: offline, the same rules.

mod plants;
