//! The encoding of a text: UTF-8, Windows-1252, or UTF-16 with its mark.

use crate::refusal::Refusal;

/// Whether a file begins with the mark of UTF-16.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF")
}

/// The text with `\n` or `\r\n` at the end of its lines, and the name of the sheet, which says what is unusual.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), Refusal> {
    let (text, name) = if is_utf16(bytes) {
        (utf16(bytes).ok_or_else(odd)?, "CSV")
    } else {
        let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match std::str::from_utf8(body) {
            Ok(text) => (text.to_owned(), "CSV"),
            Err(_not_utf8) => {
                let text: Option<String> = body.iter().map(|byte| windows_1252(*byte)).collect();
                (text.ok_or_else(odd)?, "CSV (Windows-1252)")
            }
        }
    };
    // Old Macs end lines with a carriage return.
    Ok(if text.contains('\n') {
        (text, name)
    } else {
        (text.replace('\r', "\n"), name)
    })
}

fn odd() -> Refusal {
    Refusal::Encoding { part: "CSV".into() }
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let big = bytes.starts_with(b"\xFE\xFF");
    let (units, rest) = bytes.get(2..)?.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let unit = |unit: &[u8; 2]| {
        if big {
            u16::from_be_bytes(*unit)
        } else {
            u16::from_le_bytes(*unit)
        }
    };
    let text: Option<String> = char::decode_utf16(units.iter().map(unit))
        .map(Result::ok)
        .collect();
    // A NUL is no text in any encoding.
    text.filter(|text| !text.contains('\0'))
}

/// The character of a byte in Windows-1252; five bytes have none.
fn windows_1252(byte: u8) -> Option<char> {
    const UPPER: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’',
        '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => UPPER
            .get(usize::from(byte - 0x80))
            .copied()
            .filter(|char| *char != '\0'),
        _ => Some(char::from(byte)),
    }
}
