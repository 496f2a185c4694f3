//! Values for parameters and fields: some that fit, some that do not.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use super::{dice::Dice, memory::Memory, schema::resolved};
use crate::people;

/// Texts that fit nowhere or hardly anywhere.
pub(super) const ODD: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "7.5",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "1e999",
    "NaN",
    "\0",
    "a\0b",
    "ÄÖÜß€",
    "🦀𝕏",
    "\u{202e}xslx.exe",
    "e\u{301}",
    "\u{feff}",
    "\u{1b}[31m",
    "..",
    "../../etc/passwd",
    "%2e%2e%2f",
    "' OR 1=1 --",
    "\"; DROP TABLE upload; --",
    "<script>alert(1)</script>",
    "{}",
    "[]",
    "null",
    "true",
    "2023-Q0",
    "2023-Q5",
    "0000-Q1",
    "-1-Q1",
    "99999-Q1",
    "2023-02-30",
    "2023-02-30T00:00:00Z",
    "2023-12-31T23:59:60Z",
    "9999-12-31T23:59:59Z",
    "+262142-12-31T23:59:59Z",
    "-262143-01-01T00:00:00Z",
    "0000-00-00T00:00:00Z",
    "00000000-0000-0000-0000-000000000000",
    "not-a-uuid",
    "٣",
    "=1+1",
    "a\r\nx-injected: yes",
    "\u{d7ff}\u{e000}\u{10ffff}",
];

/// One of the odd texts, or a long one.
pub(super) fn odd(dice: &mut Dice) -> String {
    if dice.one_in(10) {
        let letter = dice.pick(&["a", "9", "ä", "🦀"]);
        return letter.repeat(1 + dice.below(1_500));
    }
    (*dice.pick(ODD)).to_owned()
}

/// JSON that fits hardly anywhere.
pub(super) fn odd_json(dice: &mut Dice) -> Value {
    let values = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(7.5),
        json!(1e308),
        json!(i64::MIN),
        json!(u64::MAX),
        json!([]),
        json!({}),
        json!([[[["a"]]]]),
        json!({ "a": { "b": [null] } }),
        json!(["a", 1, null]),
    ];
    if dice.one_in(2) {
        Value::String(odd(dice))
    } else {
        dice.pick(&values).clone()
    }
}

/// A value for a parameter that most often fits.
pub(super) fn parameter(dice: &mut Dice, memory: &Memory, path: &str, name: &str, schema: &Value) -> String {
    let words: &[&str] = match name {
        "round" => &["2023-2025", "2023-2025", "2023-2025", "2023-2025", "1999-2000"],
        "no" if dice.one_in(10) => &["IQ23-XX-999"],
        "no" => return dice.pick(&memory.numbers).clone(),
        "id" => return memory.id(path, dice),
        // A quarter that is closed early would leave little to try.
        "quarter" if path.ends_with("/close") && !dice.one_in(6) => &["2023-Q2", "2024-Q4", "2099-Q4"],
        "quarter" => &[
            "2023-Q1", "2023-Q1", "2023-Q1", "2023-Q1", "2023-Q2", "2025-Q4", "2099-Q4",
        ],
        "name" => &["burn", "indicators", "completeness", "funding", "deviations"],
        "issuer" => &["login"],
        "format" => &["json", "csv", "xlsx"],
        "lang" => &["de", "en"],
        "group_by" => &[
            "round",
            "land",
            "network",
            "action-field",
            "region-category",
            "subproject",
            "plan-item",
            "quarter",
        ],
        "on" => &["2023-05-01", "2024-02-29", "2026-12-31", "9999-12-31"],
        "as_of" => &[
            "2023-04-01T00:00:00Z",
            "2024-01-31",
            "2025-03-30T02:30:00+01:00",
            "1970-01-01",
        ],
        "view" => &["reported", "corrected"],
        "sources" | "originals" => &["true", "false"],
        "revisions" => &["standing", "all"],
        "row" => &["total", "NW", "2023-2025", "nothing"],
        "column" => &["reported_cents", "planned_cents", "reported", "expected"],
        "table" => &["burn", "completeness", "indicators"],
        "limit" => &["1", "7", "100", "1000"],
        "after" => &["0", "1", "5", "IQ23-NW-001"],
        "from" | "to" => &["1", "2", "3", "10"],
        // Few keys, so that requests are repeated and keys are used again for others.
        "Idempotency-Key" => return format!("key-{}", dice.below(60)),
        _ if schema["type"] == "integer" => &["0", "1", "50"],
        _ => &["a", "IQ", "2024-Q3"],
    };
    (*dice.pick(words)).to_owned()
}

/// A body that fits a schema.
pub(super) fn body(
    dice: &mut Dice,
    (document, memory): (&Value, &Memory),
    (name, schema): (&str, &Value),
    id: &str,
) -> Value {
    let schema = resolved(document, schema);
    let choice = |choices: &Value| choices.as_array().and_then(|choices| choices.first()).cloned();
    if let Some(first) = choice(&schema["oneOf"]).or_else(|| choice(&schema["anyOf"])) {
        return body(dice, (document, memory), (name, &first), id);
    }
    let type_name = match &schema["type"] {
        Value::Array(names) => names.first().and_then(Value::as_str),
        stated => stated.as_str(),
    };
    match type_name {
        Some("object") => object(dice, (document, memory), schema, id),
        Some("array") if name == "comments" => memory.comments(id),
        Some("array") => (0..=dice.below(3))
            .map(|_| body(dice, (document, memory), (name, &schema["items"]), id))
            .collect(),
        Some("boolean") => json!(!dice.one_in(4)),
        Some("integer" | "number") => json!(dice.below(4)),
        Some("string") => Value::String(text(dice, memory, name, schema)),
        _ => Value::Null,
    }
}

fn object(dice: &mut Dice, known: (&Value, &Memory), schema: &Value, id: &str) -> Value {
    let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
    let mut fields = Map::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let must = required.iter().any(|one| one == name);
        let useful = ["comments", "without_missing"].contains(&name.as_str());
        if must || useful || dice.one_in(3) {
            fields.insert(name.clone(), body(dice, known, (name, field), id));
        }
    }
    Value::Object(fields)
}

fn text(dice: &mut Dice, memory: &Memory, name: &str, schema: &Value) -> String {
    let soon = |days: i64| (people::now() + TimeDelta::days(days)).to_rfc3339();
    let words: &[&str] = match name {
        _ if schema["format"] == "uuid" => return memory.id("", dice),
        _ if schema["format"] == "date-time" => {
            return soon(1 + i64::from(u8::try_from(dice.below(60)).unwrap()));
        }
        "refresh_token" => return memory.refresh_token(dice),
        "first_quarter" => &["2023-Q1"],
        "last_quarter" => &["2023-Q1", "2023-Q2", "2022-Q4"],
        "code" => &["FIN-04", "FIN-04", "FIN-03", "VAL-01"],
        "name" => &["clerk", "clerk", "clerk", "nobody"],
        "password" => &[people::PASSWORD, people::PASSWORD, "not the password"],
        "state" | "binding" => return "0".repeat(64),
        _ => &[
            "Nachgewiesen.",
            "Bitte Beleg 3 prüfen.",
            "Die Rechnung kam verspätet.",
        ],
    };
    (*dice.pick(words)).to_owned()
}
