//! `nachweis programme import`.

mod lists;
mod operations_round;
mod our_format;
