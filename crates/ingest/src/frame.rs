//! Messages between the service and its confined reader: one byte of kind, four of length, then the content.
//!
//! Both sides bound what they take. Content is read piece by piece, so that a wrong length asks for no memory.

use nachweis_domain::limits::Limit;
use std::io::{self, Read, Write};

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// To the reader, first: how many files will follow, and the rounds.
    Opening,
    /// To the reader: a quarterly workbook.
    Workbook,
    /// To the reader: a list of the programme import.
    List,
    /// From the reader: what it read.
    Done,
    /// From the reader: a refusal.
    Refused,
}

impl Kind {
    const ALL: [(u8, Self); 5] = [
        (b'O', Self::Opening),
        (b'W', Self::Workbook),
        (b'L', Self::List),
        (b'D', Self::Done),
        (b'R', Self::Refused),
    ];

    fn byte(self) -> u8 {
        Self::ALL
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or(0, |(byte, _)| *byte)
    }

    fn of(byte: u8) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == byte)
            .map(|(_, kind)| *kind)
    }
}

/// Sends a message.
pub(crate) fn write(to: &mut dyn Write, kind: Kind, content: &[u8]) -> io::Result<()> {
    let length = u32::try_from(content.len()).map_err(io::Error::other)?;
    let [a, b, c, d] = length.to_le_bytes();
    to.write_all(&[kind.byte(), a, b, c, d])?;
    to.write_all(content)?;
    to.flush()
}

/// Takes a message; `None` at a clean end.
pub(crate) fn read(from: &mut dyn Read, limit: Limit) -> io::Result<Option<(Kind, Vec<u8>)>> {
    let mut head = [0; 5];
    let mut filled = 0;
    while let Some(room @ [_, ..]) = head.get_mut(filled..) {
        match from.read(room) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let [kind, length @ ..] = head;
    let length = u64::from(u32::from_le_bytes(length));
    let kind = Kind::of(kind).filter(|_| !limit.is_exceeded_by(length));
    let Some(kind) = kind else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    let mut content = Vec::new();
    from.take(length).read_to_end(&mut content)?;
    if u64::try_from(content.len()).ok() == Some(length) {
        Ok(Some((kind, content)))
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use nachweis_domain::figures::Voucher;

    use super::*;
    use nachweis_domain::limits;

    #[test]
    fn what_is_sent_arrives() {
        for (_, kind) in Kind::ALL {
            let mut bytes = Vec::new();
            write(&mut bytes, kind, b"content").expect("a message");
            let message = read(&mut bytes.as_slice(), limits::FRAME_REQUEST).expect("readable");
            assert_eq!(message, Some((kind, b"content".to_vec())));
        }
        assert_eq!(
            read(&mut [].as_slice(), limits::FRAME_REQUEST).expect("a clean end"),
            None
        );
    }

    #[test]
    fn days_arrive_as_they_were_sent() {
        let of = |paid_on| Voucher {
            row: 0,
            number: None,
            paid_on,
            payee: None,
            purpose: None,
            item: None,
            amount: None,
            corrects: None,
        };
        let days = [
            NaiveDate::from_ymd_opt(2024, 2, 29),
            Some(NaiveDate::MIN),
            Some(NaiveDate::MAX),
            None,
        ];
        for sent in days.map(of) {
            let bytes = postcard::to_stdvec(&sent).expect("a frame");
            assert_eq!(postcard::from_bytes::<Voucher>(&bytes).expect("readable"), sent);
        }
        assert!(postcard::to_stdvec(&of(days[0])).expect("a frame").len() < 16);
    }

    #[test]
    fn foreign_kinds_wrong_lengths_and_cut_messages_are_errors() {
        let cases: [&[u8]; 4] = [
            b"X\x01\0\0\0a",
            b"D\xff\xff\xff\xffabc",
            b"D\x05\0\0\0abc",
            b"D\x05",
        ];
        for case in cases {
            assert!(read(&mut &*case, limits::FRAME_REQUEST).is_err(), "{case:?}");
        }
    }
}
