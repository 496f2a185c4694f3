//! Writes the files of `fixtures/programme/` anew: `cargo run -p nachweis-demo --example fixtures`.

use std::{fs, io, path::Path};

use nachweis_demo::programme;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/programme");
    for round in nachweis_domain::round::shipped() {
        if programme::text(round.code.as_str()).is_some() {
            let text = programme::write(&programme::programme(&round));
            fs::write(folder.join(format!("{}.csv", round.code)), text)?;
        }
    }
    Ok(())
}
