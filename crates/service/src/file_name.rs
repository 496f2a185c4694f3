//! The name of a file as people sent it: without any path, short, printable.

use nachweis_domain::limits;

/// The name that is kept. Never used as a path.
pub(crate) fn kept(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|char| !char.is_control() && !is_invisible(*char))
        .collect();
    let mut name = plain.trim().to_owned();
    while name.len() > limits::UPLOAD_NAME.size() {
        name.pop();
    }
    if name.is_empty() || name.chars().all(|char| char == '.') {
        "workbook.xlsx".to_owned()
    } else {
        name
    }
}

/// Characters that change the direction of text or show nothing: they make `exe.xlsx` out of `xslx.exe`.
const fn is_invisible(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_controls_and_invisible_characters_are_taken_off() {
        for (sent, name) in [
            ("IQ23-NW-001.xlsx", "IQ23-NW-001.xlsx"),
            ("C:\\Users\\lena\\Büro Q3.xlsx", "Büro Q3.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nb\0.xlsx", "ab.xlsx"),
            ("\u{202e}xslx.exe", "xslx.exe"),
            ("", "workbook.xlsx"),
            ("..", "workbook.xlsx"),
            ("ordner/", "workbook.xlsx"),
        ] {
            assert_eq!(kept(sent), name, "{sent:?}");
        }
    }

    #[test]
    fn long_names_are_cut_at_a_character() {
        let name = kept(&"ä".repeat(300));
        assert!(name.len() <= limits::UPLOAD_NAME.size() && name.ends_with('ä'));
    }
}
