//! The programme import on whole files.

mod real_lists;
