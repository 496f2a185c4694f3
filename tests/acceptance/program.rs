//! The program as such: wrong command lines, missing things.

mod identities;
mod refuses;
