//! Whether JSON has the shape that the document states.

use std::collections::BTreeSet;

use chrono::DateTime;
use serde_json::{Map, Value};
use uuid::Uuid;

/// A schema without its reference.
pub(super) fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

/// What does not fit, each with its place.
pub(super) fn faults(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    look(document, schema, value, "", &mut faults);
    unknown(document, schema, value, "", &mut faults);
    faults
}

fn look(document: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let schema = resolved(document, schema);
    for part in list(&schema["allOf"]) {
        look(document, part, value, at, faults);
    }
    let choices: Vec<&Value> = list(&schema["oneOf"]).chain(list(&schema["anyOf"])).collect();
    let fits = |choice: &&Value| {
        let mut found = Vec::new();
        look(document, choice, value, at, &mut found);
        found.is_empty()
    };
    if !choices.is_empty() && !choices.iter().any(fits) {
        faults.push(format!("{at}: none of the choices"));
    }
    let words: Vec<&Value> = list(&schema["enum"]).collect();
    if !words.is_empty() && !words.contains(&value) {
        faults.push(format!("{at}: {value} is no word of the list"));
    }
    if !is_of_type(&schema["type"], value) {
        faults.push(format!("{at}: {value} is no {}", schema["type"]));
    }
    match value {
        Value::Object(fields) => look_at_fields(document, schema, fields, at, faults),
        Value::Array(items) if schema["items"].is_object() => {
            for (number, item) in items.iter().enumerate() {
                let at = format!("{at}/{number}");
                look(document, &schema["items"], item, &at, faults);
                unknown(document, &schema["items"], item, &at, faults);
            }
        }
        Value::String(text) if !has_form(schema["format"].as_str(), text) => {
            faults.push(format!("{at}: {text} is no {}", schema["format"]));
        }
        Value::Number(number) if schema["minimum"].as_i64() > number.as_i64() && number.is_i64() => {
            faults.push(format!("{at}: {number} is below the minimum"));
        }
        _ => {}
    }
}

fn look_at_fields(
    document: &Value,
    schema: &Value,
    fields: &Map<String, Value>,
    at: &str,
    faults: &mut Vec<String>,
) {
    for name in list(&schema["required"]).filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            faults.push(format!("{at}/{name}: missing"));
        }
    }
    for (name, value) in fields {
        if let Some(described) = schema["properties"].get(name) {
            let at = format!("{at}/{name}");
            look(document, described, value, &at, faults);
            unknown(document, described, value, &at, faults);
        }
    }
}

/// Fields of an object that its schema does not name.
fn unknown(document: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let (Some(names), Some(fields)) = (named(document, schema), value.as_object()) else {
        return;
    };
    for name in fields.keys().filter(|name| !names.contains(*name)) {
        faults.push(format!("{at}/{name}: not described"));
    }
}

/// The fields that a schema names; none where it is open.
fn named(document: &Value, schema: &Value) -> Option<BTreeSet<String>> {
    let schema = resolved(document, schema);
    let open = ["oneOf", "anyOf"].iter().any(|key| schema.get(key).is_some())
        || schema
            .get("additionalProperties")
            .is_some_and(|more| *more != false);
    let parts: Option<Vec<BTreeSet<String>>> =
        list(&schema["allOf"]).map(|part| named(document, part)).collect();
    let mut names: BTreeSet<String> = parts?.into_iter().flatten().collect();
    if let Some(properties) = schema["properties"].as_object() {
        names.extend(properties.keys().cloned());
    }
    (!open && !names.is_empty()).then_some(names)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn is_of_type(stated: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match stated {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

fn has_form(form: Option<&str>, text: &str) -> bool {
    match form {
        Some("uuid") => text.parse::<Uuid>().is_ok(),
        Some("date-time") => DateTime::parse_from_rfc3339(text).is_ok(),
        _ => true,
    }
}
