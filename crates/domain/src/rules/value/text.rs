//! Text: normalised, of bounded length, and without characters that hide or reorder what a reader sees.
//!
//! - Blanks at both ends are dropped, line ends become `\n`, the text is brought into NFC.
//! - More than [`LIMIT_CHARACTERS`] characters are refused (`VAL-11`), as a cell of a workbook holds no more.
//! - Refused and shown as codes (`VAL-12`): control characters (C0 but tab and line feed, DEL, C1), marks that change
//!   the direction of text, characters of zero width, invisible fillers and tags, blank patterns, code points that are
//!   no characters. A soft hyphen is no such character: it comes with text copied from a word processor and hides
//!   nothing. Nor is the selector of a coloured picture (`✔️`).

use unicode_normalization::UnicodeNormalization;

use crate::{finding::Detail, limits};

/// The most characters that a text may have: what a cell of a workbook holds.
pub const LIMIT_CHARACTERS: usize = limits::STRING.size();

/// The most characters of a typed text that a finding quotes.
pub const QUOTE_CHARACTERS: usize = limits::TYPED.size();

/// Reads a text.
///
/// ```
/// use nachweis_domain::{finding::Code, rules::value::text};
/// assert_eq!(text::read(" Mu\u{308}nchen ").unwrap(), "München");
/// let refusal = text::read("Beleg \u{202e}71").unwrap_err();
/// assert_eq!(refusal.code(), Code::Val12);
/// ```
///
/// # Errors
/// `VAL-11` when it is too long, `VAL-12` when it holds characters that hide or reorder text.
pub fn read(typed: &str) -> Result<String, Detail> {
    let unified = typed.trim().replace("\r\n", "\n").replace('\r', "\n");
    let text: String = unified.nfc().collect();
    let characters = text.chars().count();
    if characters > LIMIT_CHARACTERS {
        return Err(Detail::TextTooLong {
            characters: u64::try_from(characters).unwrap_or(u64::MAX),
            limit: u64::try_from(LIMIT_CHARACTERS).unwrap_or(u64::MAX),
        });
    }
    if text.chars().any(is_unsafe) {
        return Err(Detail::TextUnsafe { shown: quoted(&text) });
    }
    Ok(text)
}

/// A typed text as findings quote it: without blanks at the ends, unsafe characters and line ends shown as codes, cut to
/// [`QUOTE_CHARACTERS`].
///
/// ```
/// use nachweis_domain::rules::value::text;
/// assert_eq!(text::quoted(" 12\u{200b}3 "), "12[U+200B]3");
/// ```
pub fn quoted(typed: &str) -> String {
    let mut quote = String::new();
    for (position, char) in typed.trim().chars().enumerate() {
        if position == QUOTE_CHARACTERS {
            quote.push('…');
            break;
        }
        match char {
            '\n' | '\r' | '\t' => quote.push(' '),
            char if is_unsafe(char) => quote.push_str(&shown(char)),
            char => quote.push(char),
        }
    }
    quote
}

/// A character as its code: `[U+200B]`.
fn shown(char: char) -> String {
    format!("[U+{:04X}]", u32::from(char))
}

/// Whether a character hides or reorders text.
pub fn is_unsafe(char: char) -> bool {
    match char {
        '\t' | '\n' => false,
        char => {
            char.is_control()
                || matches!(char,
                    // direction: ALM, LRM, RLM, embeddings, overrides, isolates
                    '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                    // zero width: space, joiners, word joiner, invisible operators, old format characters, BOM
                    | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
                    // invisible: line and paragraph separators, fillers, annotation marks, tags
                    | '\u{2028}' | '\u{2029}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                    | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{ffa0}'
                    | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e01ef}'
                    // no characters at all; a file that holds them is damaged to others
                    | '\u{fdd0}'..='\u{fdef}')
                || u32::from(char) & 0xfffe == 0xfffe
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    #[test]
    fn text_is_trimmed_and_composed() {
        assert_eq!(
            read("\u{a0}Straße\r\nmit Ha\u{308}usern\n").unwrap(),
            "Straße\nmit Häusern"
        );
    }

    #[test]
    fn one_character_beyond_the_limit_is_refused() {
        assert!(read(&"ä".repeat(LIMIT_CHARACTERS)).is_ok());
        let refusal = read(&"ä".repeat(LIMIT_CHARACTERS + 1)).unwrap_err();
        assert_eq!(
            refusal,
            Detail::TextTooLong {
                characters: 32_768,
                limit: 32_767
            }
        );
    }

    #[test]
    fn characters_that_hide_or_reorder_text_are_refused_and_shown() {
        for char in "\u{0}\u{7}\u{1b}\u{7f}\u{2800}\u{180b}\u{fe00}\u{e0100}\u{ffff}\u{1fffe}\u{fdd0}\u{85}\u{9f}\u{200b}\u{200d}\u{feff}\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}\u{e0041}"
            .chars()
        {
            let refusal = read(&format!("a{char}b")).unwrap_err();
            assert_eq!(refusal.code(), Code::Val12, "{char:?}");
            let Detail::TextUnsafe { shown } = refusal else { panic!("{char:?}") };
            assert_eq!(shown, format!("a[U+{:04X}]b", u32::from(char)));
        }
    }

    #[test]
    fn usual_characters_of_many_scripts_pass() {
        for text in [
            "Łódź – „Beratung“ (50 %)",
            "Київ",
            "مرحبا",
            "漢字",
            "a\tb\nc",
            "Sil\u{ad}ben",
            "🙂 ✔\u{fe0f}",
        ] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_quote_is_cut_to_its_limit() {
        let quote = quoted(&"x".repeat(500));
        assert_eq!(quote.chars().count(), QUOTE_CHARACTERS + 1);
        assert!(quote.ends_with('…'));
    }
}
