//! Thousands of damaged workbooks: each is refused or read, none ends the process, and whatever the guard lets pass
//! the cell reader can read.

use nachweis_ingest::{check_file, read_table_here};

use super::{
    book::{Book, CONTENT_TYPES, RELATIONSHIPS, SHEET, STRINGS, STYLES, WORKBOOK},
    zip::archive,
};

/// How many workbooks with damaged parts, and how many with damaged bytes.
const PARTS: u64 = 4_000;
const BYTES: u64 = 1_500;

/// Pieces that parsers dislike.
const PIECES: [&str; 36] = [
    "<",
    ">",
    "&",
    "\"",
    "'",
    "/>",
    "</v>",
    "<v>",
    "<v/>",
    "<c r=\"A1\">",
    "<c>",
    "</c>",
    "<row>",
    "</row>",
    "<row r=\"9\">",
    "<is><t>",
    "<f t=\"shared\" si=\"4294967295\" ref=\"A1\">",
    "<!-- -->",
    "<![CDATA[",
    "]]>",
    "<?x ?>",
    "<!DOCTYPE a>",
    "&amp;",
    "&#0;",
    "&x;",
    "1E400",
    "NaN",
    "-",
    "18446744073709551616",
    "t=\"s\"",
    "t=\"inlineStr\"",
    "s=\"99\"",
    "r=\"XFD1048577\"",
    "\u{0}",
    "ü",
    " xmlns:x=\"y\" ",
];

/// A small generator of reproducible numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).expect("small")).expect("small")
    }
}

fn rich() -> Book {
    let mut book = Book::simple().sheet(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:E5"/><cols><col min="5" max="5" hidden="1"/></cols><sheetData><row r="1" spans="1:5"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45657</v></c><c r="C1" t="str"><f>A1&amp;"x"</f><v>a &amp; b</v></c></row><row r="2" hidden="1"><c r="A2" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve">line </t></r></is></c><c r="B2"><f t="shared" ref="B2:B4" si="0">A1*2</f><v>12.5</v></c><c t="b"><v>1</v></c></row><row r="4"><c r="A4" t="e"><v>#REF!</v></c><c r="B4"><f t="shared" si="0"/><v>-1E-2</v></c><c r="D4"/></row></sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells><extLst><ext/></extLst></worksheet>"#,
    );
    book.set(STRINGS, r#"<sst uniqueCount="2"><si><r><rPr><b/></rPr><t>Trä</t></r><r><t>ger</t></r></si><si><t>Titel &lt;1&gt;</t><phoneticPr fontId="1"/></si></sst>"#);
    book.set(STYLES, r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"><alignment/></xf></cellXfs></styleSheet>"#);
    book
}

fn damage(dice: &mut Dice, part: &mut Vec<u8>) {
    for _ in 0..=dice.below(3) {
        let at = dice.below(part.len() + 1);
        let end = (at + dice.below(12)).min(part.len());
        match dice.below(5) {
            0 => drop(part.drain(at..end)),
            1 => drop(part.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
            2 => {
                let copied = part[at..end].to_vec();
                let to = dice.below(part.len() + 1);
                part.splice(to..to, copied);
            }
            3 => part.truncate(part.len() - dice.below(part.len() / 8 + 1)),
            _ if at < part.len() => part[at] ^= 1 << dice.below(8),
            _ => {}
        }
    }
}

/// Refused, or read: what passes the guard must be readable.
fn survives(bytes: &[u8], damaged: &[u8]) -> bool {
    let passed = check_file(bytes).is_ok();
    match read_table_here(bytes) {
        Ok(_) => true,
        Err(refusal) => {
            let damaged = String::from_utf8_lossy(damaged);
            assert!(
                !passed && refusal.code() != "FILE-19",
                "passed the guard, but: {refusal}\n{damaged}"
            );
            false
        }
    }
}

#[test]
fn damaged_parts_are_refused_or_read() {
    let whole = rich();
    assert!(survives(&whole.bytes(), b""));
    let names = [
        SHEET,
        SHEET,
        SHEET,
        SHEET,
        STRINGS,
        STRINGS,
        STYLES,
        WORKBOOK,
        RELATIONSHIPS,
        CONTENT_TYPES,
        "_rels/.rels",
    ];
    let mut read = 0;
    for seed in 1..=PARTS {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut book = whole.clone();
        let name = names[dice.below(names.len())];
        let mut part = book.part(name).to_vec();
        damage(&mut dice, &mut part);
        book.set_bytes(name, &part);
        read += u64::from(survives(&book.stored(), &part));
    }
    assert!(
        read > PARTS / 50 && read < PARTS / 2,
        "{read} of {PARTS} were read: the damage is too coarse or too fine"
    );
}

#[test]
fn damaged_bytes_are_refused_or_read() {
    let whole = archive(&rich().entries());
    for seed in 1..=BYTES {
        let mut dice = Dice(seed.wrapping_mul(0xD1B5_4A32_D192_ED03));
        let mut bytes = whole.clone();
        damage(&mut dice, &mut bytes);
        survives(&bytes, b"");
    }
}
