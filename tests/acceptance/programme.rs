//! `nachweis programme import`.

mod choices;
mod lists;
mod operations_round;
mod our_format;
mod own_round;
