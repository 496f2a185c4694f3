//! The mark that divides the fields of a text: declared in its first line, or the one that divides most rows alike.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

/// Marks in the order in which they are taken when two divide equally well.
const MARKS: [u8; 4] = [b';', b'\t', b'|', b','];
/// Bytes and rows from the top by which the mark is found.
const SAMPLE_BYTES: usize = 262_144;
const SAMPLE_ROWS: usize = 200;

/// The mark that Excel declares in a first line `sep=;`, with the text below that line.
pub(super) fn declared(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let mark = first
        .trim_end_matches('\r')
        .trim_matches('"')
        .strip_prefix("sep=")?;
    let mark = if mark.is_empty() { "\t" } else { mark };
    MARKS
        .into_iter()
        .find(|known| mark.as_bytes() == [*known])
        .map(|known| (known, rest))
}

/// The mark for which most rows have the same number of fields, the more the better.
pub(super) fn find(text: &str) -> u8 {
    let sample = sample(text);
    let mut best = (0, b',');
    for mark in MARKS {
        let score = score(sample, mark);
        if score > best.0 {
            best = (score, mark);
        }
    }
    best.1
}

fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE_BYTES {
        return text;
    }
    let mut end = SAMPLE_BYTES;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or_default();
    sample.rsplit_once('\n').map_or(sample, |(whole, _)| whole)
}

/// How many marks stand alike in how many rows.
fn score(sample: &str, mark: u8) -> usize {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .from_reader(sample.as_bytes());
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    let mut record = StringRecord::new();
    let mut count = 0;
    while count < SAMPLE_ROWS && reader.read_record(&mut record).unwrap_or(false) {
        count += 1;
        *rows.entry(record.len()).or_default() += 1;
    }
    rows.into_iter()
        .map(|(fields, rows)| (fields - 1) * rows)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_that_divides_most_rows_alike_is_found() {
        let cases = [
            ("a;b;c\nx;y, z, u, v;1\n", b';'),
            ("a,b,c\nx,y; z; u; v,1\nx,y; z; u,1\n", b','),
            ("a\tb\tc\nx\ty;z\t1,5\n", b'\t'),
            ("a|b|c\nx|y;z|1,5\n", b'|'),
            ("a,b\n\"x;y;z\nu;v;w\",1\n", b','),
            ("hallo\n", b','),
        ];
        for (text, mark) in cases {
            assert_eq!(char::from(find(text)), char::from(mark), "{text}");
        }
    }

    #[test]
    fn a_declared_mark_is_taken_and_its_line_is_none_of_the_table() {
        assert_eq!(declared("sep=,\r\na,b\n"), Some((b',', "a,b\n")));
        assert_eq!(declared("\"sep=;\"\na;b\n"), Some((b';', "a;b\n")));
        assert_eq!(declared("separate\na;b\n"), None);
    }
}
