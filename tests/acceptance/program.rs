//! The program as such: wrong command lines, missing things.

mod accounts;
mod identities;
mod refuses;
