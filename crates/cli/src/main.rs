//! The program `nachweis`.

fn main() {}
