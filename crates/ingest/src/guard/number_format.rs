//! Whether a number format shows another number than the cell holds: per cent, thousands, millions.
//!
//! Who types 50 into a cell of such a format sees 50 % and stores 0.5. Neither may be taken in silence.

/// Built-in formats in per cent.
const PER_CENT: [&[u8]; 2] = [b"9", b"10"];

/// Whether a built-in format shows another number.
pub(super) fn is_distorting_number(id: &[u8]) -> bool {
    PER_CENT.contains(&id)
}

/// Whether a code of a format of its own shows another number: a percent sign, or a comma behind the last digit.
pub(super) fn is_distorting(code: &str) -> bool {
    let mut chars = code.chars().peekable();
    let mut after_digit = false;
    while let Some(char) = chars.next() {
        match char {
            '"' => drop(chars.by_ref().find(|char| *char == '"')),
            '[' => drop(chars.by_ref().find(|char| *char == ']')),
            // The next character stands for itself, is left blank or fills.
            '\\' | '_' | '*' => drop(chars.next()),
            '%' => return true,
            ',' if after_digit => {
                let groups = chars.peek().is_some_and(|next| is_digit(*next));
                if !groups {
                    return true;
                }
            }
            _ => after_digit = is_digit(char),
        }
    }
    false
}

const fn is_digit(char: char) -> bool {
    matches!(char, '0'..='9' | '#' | '?')
}

#[cfg(test)]
mod tests {
    use super::is_distorting;

    #[test]
    fn formats_that_show_another_number_are_known() {
        for code in [
            "0%",
            "0.00 %",
            "#,##0,",
            "0.0,,\"Mio\"",
            "#,##0,.00",
            "[Red]-0%;0",
            "0;0%",
        ] {
            assert!(is_distorting(code), "{code}");
        }
        for code in [
            "General",
            "0",
            "#,##0.00",
            "#,##0.00 \"€\"",
            "0.00\" %\"",
            "0\\%",
            "[$€-407] #,##0.00",
            "_-* #,##0.00 [$€-407]_-;-* #,##0.00_-",
            "0.00E+00",
            "dd.mm.yyyy",
            "@",
            "\"unclosed",
        ] {
            assert!(!is_distorting(code), "{code}");
        }
    }
}
