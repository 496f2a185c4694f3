//! `nachweis programme import`.

mod lists;
mod our_format;
