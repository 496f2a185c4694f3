//! Bytes as lower-case hexadecimal digits and back.

use std::fmt::Write as _;

/// The digits of some bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The 32 bytes of 64 digits in either case; `None` for anything else.
pub(crate) fn decode_32(text: &str) -> Option<[u8; 32]> {
    decode(text)
}

/// The bytes of twice as many digits in either case; `None` for anything else.
pub(crate) fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0_u8; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let digits = std::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_the_way_through_digits() {
        let bytes: [u8; 32] = std::array::from_fn(|index| u8::try_from(index * 8).unwrap());
        assert_eq!(decode_32(&encode(&bytes)), Some(bytes));
        assert_eq!(encode(&[0, 10, 255]), "000aff");
    }

    #[test]
    fn other_texts_are_no_bytes() {
        for text in ["", "00", &"g".repeat(64), &"ä".repeat(32), &"+1".repeat(32)] {
            assert_eq!(decode_32(text), None, "{text}");
        }
    }
}
