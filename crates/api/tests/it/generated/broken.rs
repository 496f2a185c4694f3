//! What can be wrong with a request.

use serde_json::{Value, json};

use super::{
    dice::Dice,
    operation::Operation,
    request::{Request, form},
    value::{odd, odd_json},
};

/// What an answer may be because of what was broken, beyond what the document states.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Excused {
    /// The address is that of no or of another operation.
    pub(super) elsewhere: bool,
    /// The request is none: the framework answers by itself.
    pub(super) no_request: bool,
}

/// Breaks something of a request.
pub(super) fn broken(dice: &mut Dice, request: &mut Request, operation: &Operation, excused: &mut Excused) {
    match dice.below(12) {
        0 | 1 => of_path(dice, request, operation, excused),
        2..=4 => of_query(dice, request),
        5 | 6 => of_head(dice, request, excused),
        _ if request.json.is_some() => of_json(dice, request),
        7..=10 if !request.body.is_empty() => of_workbook(dice, request),
        _ => of_query(dice, request),
    }
}

fn of_path(dice: &mut Dice, request: &mut Request, operation: &Operation, excused: &mut Excused) {
    let places: Vec<usize> = (operation.path.split('/').skip(1).enumerate())
        .filter(|(_, segment)| segment.starts_with('{'))
        .map(|(place, _)| place)
        .collect();
    excused.elsewhere = true;
    match dice.below(8) {
        0 => request.segments.push(odd(dice)),
        1 => {
            let others = ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"];
            (*dice.pick(&others)).clone_into(&mut request.method);
        }
        2 => {
            let raw: [&[u8]; 4] = [b"%00", b"%ff%fe", b"%zz", b"%"];
            request.raw = dice.pick(&raw).to_vec();
        }
        3 if dice.one_in(3) => {
            let raw: [&[u8]; 4] = [b"\x00", b"\xff", b" a b", b"\x7f"];
            request.raw = dice.pick(&raw).to_vec();
            excused.no_request = true;
        }
        _ if places.is_empty() => request.segments.push(odd(dice)),
        _ => request.segments[*dice.pick(&places)] = odd(dice),
    }
}

fn of_query(dice: &mut Dice, request: &mut Request) {
    let place = request.query.len();
    match dice.below(7) {
        0 => request.query.push((odd(dice), odd(dice))),
        1 => request.query.push(("surprise".to_owned(), "1".to_owned())),
        2 => request.query.push(("lang".to_owned(), odd(dice))),
        3 if place > 0 => {
            let again = dice.pick(&request.query).clone();
            request.query.push(again);
        }
        4 if place > 0 => {
            let gone = dice.below(place);
            request.query.remove(gone);
        }
        5 if dice.one_in(3) => request.query.push(("a".to_owned(), "a".repeat(2_100))),
        _ if place > 0 => request.query[dice.below(place)].1 = odd(dice),
        _ => request.query.push(("limit".to_owned(), odd(dice))),
    }
}

fn of_head(dice: &mut Dice, request: &mut Request, excused: &mut Excused) {
    let headers: [(&str, &[u8]); 22] = [
        ("accept", b"text/html"),
        ("accept", b"*/*;q=0, ,;;q=2,application/json;q=1.5"),
        ("accept", b"\xff\xfe"),
        ("accept-language", b"tlh, de;q=nan, en;q=-1"),
        ("accept-language", b"\xc3\xa4"),
        ("accept-encoding", b"gzip, br;q=0, *;q=2"),
        ("content-encoding", b"gzip"),
        ("content-type", b"text/plain"),
        ("content-type", b"application/json; charset=utf-16"),
        ("content-type", b"multipart/form-data"),
        ("content-type", b"multipart/form-data; boundary=other"),
        ("content-type", b"\xff/\xfe"),
        ("idempotency-key", b""),
        ("idempotency-key", b"two words"),
        ("idempotency-key", &[b'k'; 129]),
        ("authorization", b"Bearer"),
        ("authorization", b"Bearer e30.e30.e30"),
        ("authorization", b"Basic bGVhZDpsZWFk"),
        ("range", b"bytes=0-1,5-,-1"),
        ("if-none-match", b"*"),
        ("x-forwarded-for", b"not an address, ::1"),
        ("content-disposition", b"attachment; filename*=UTF-8''%00%ff"),
    ];
    match dice.below(24) {
        0 => request.header("x-large", &b"a".repeat(17 * 1024)),
        1 => {
            request.header("x-odd\u{1}", b"a");
            excused.no_request = true;
        }
        _ => {
            let (name, value) = *dice.pick(&headers);
            request.header(name, value);
        }
    }
}

fn of_json(dice: &mut Dice, request: &mut Request) {
    let mut json = request
        .json
        .clone()
        .filter(Value::is_object)
        .unwrap_or_else(|| json!({}));
    let names: Vec<String> = json
        .as_object()
        .map_or_else(Vec::new, |fields| fields.keys().cloned().collect());
    match dice.below(10) {
        0 => json["surprise"] = json!(true),
        1 => json = odd_json(dice),
        2 | 3 if !names.is_empty() => {
            let gone = dice.pick(&names);
            json.as_object_mut().unwrap().remove(gone);
        }
        4 => return request.body.truncate(request.body.len() / 2),
        5 => return request.body = bytes(dice),
        6 if dice.one_in(2) => return request.body = vec![b'['; 2_000],
        7 if dice.one_in(3) => return request.body = vec![b' '; 70_000],
        8 if dice.one_in(2) => return request.body.extend_from_slice(b"\xff\xfe"),
        _ if names.is_empty() => json["surprise"] = odd_json(dice),
        _ => json[dice.pick(&names).as_str()] = deep(dice, 3),
    }
    request.set_json(json);
}

/// Something odd, sometimes in a list or an object.
fn deep(dice: &mut Dice, levels: usize) -> Value {
    match dice.below(4) {
        0 if levels > 0 => json!([deep(dice, levels - 1), deep(dice, levels - 1)]),
        1 if levels > 0 => json!({ "finding": deep(dice, levels - 1), "comment": odd(dice) }),
        _ => odd_json(dice),
    }
}

fn of_workbook(dice: &mut Dice, request: &mut Request) {
    let length = request.body.len();
    match dice.below(6) {
        0 => request.body.clear(),
        1 => request.body = b"PK\x03\x04".to_vec(),
        2 => request.body = bytes(dice),
        3 => request.body.truncate(dice.below(length)),
        4 => request.body = form("workbook", b"PK"),
        _ => {
            for _ in 0..4 {
                let place = dice.below(length);
                request.body[place] ^= u8::try_from(1 + dice.below(255)).unwrap();
            }
        }
    }
}

fn bytes(dice: &mut Dice) -> Vec<u8> {
    let length = dice.below(400);
    (0..length)
        .map(|_| u8::try_from(dice.below(256)).unwrap())
        .collect()
}
