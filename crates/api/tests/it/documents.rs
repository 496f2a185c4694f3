//! The OpenAPI document: complete, frozen by a snapshot, and describing what really answers.

use std::collections::BTreeSet;

use nachweis_domain::{access::Role, language::Language, limits};
use serde_json::Value;

use crate::world::World;

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    the_document_has_exactly_the_routes_that_are_registered,
    the_document_changes_only_on_purpose,
    every_operation_is_described_and_every_reference_leads_somewhere,
    the_document_names_the_limits_and_roles_that_there_are,
    the_document_is_served,
];

/// The document as JSON.
pub(crate) fn document() -> Value {
    serde_json::to_value(nachweis_api::openapi()).unwrap()
}

/// Method, path and description of every operation.
pub(crate) fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let each = |(path, methods): (&String, &Value)| {
        let methods = methods.as_object().unwrap().clone();
        let path = path.clone();
        methods
            .into_iter()
            .map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
    };
    paths.iter().flat_map(each).collect()
}

fn the_document_has_exactly_the_routes_that_are_registered() {
    let described: BTreeSet<(String, String)> = operations(&document())
        .into_iter()
        .map(|(method, path, _)| (method, path))
        .collect();
    let registered: BTreeSet<(String, String)> = nachweis_api::operations()
        .into_iter()
        .map(|(method, path)| (method, path.to_owned()))
        .collect();
    assert_eq!(described, registered);
}

fn the_document_changes_only_on_purpose() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_json_snapshot!("openapi", document());
    });
}

fn every_operation_is_described_and_every_reference_leads_somewhere() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let name = format!("{method} {path}");
        assert!(
            ids.insert(operation["operationId"].as_str().unwrap().to_owned()),
            "{name}: id used twice"
        );
        assert!(
            operation["summary"].as_str().is_some_and(|text| !text.is_empty()),
            "{name} has no summary"
        );
        let responses = operation["responses"].as_object().unwrap();
        assert!(
            responses.keys().any(|status| status.starts_with('2')),
            "{name} has no good answer"
        );
        let open = operation["security"] == serde_json::json!([{}]);
        assert_eq!(
            open,
            !responses.contains_key("401") || path.contains("/auth/"),
            "{name}: security and 401 differ"
        );
    }
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer} leads nowhere");
    }
}

fn the_document_names_the_limits_and_roles_that_there_are() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let told = |schema: &str, field: &str| {
        let described = &schemas[schema]["properties"][field]["description"];
        let text = described.as_str();
        text.unwrap_or_else(|| panic!("{schema}/{field} is not described"))
    };
    let mut reasons = 0;
    for (name, schema) in schemas {
        for (field, limit) in [("reason", limits::REASON), ("comment", limits::COMMENT)] {
            let text = schema["properties"][field]["description"]
                .as_str()
                .unwrap_or_default();
            if text.contains("at most") {
                let most = format!("at most {} characters", Language::En.group(limit.value));
                assert!(text.contains(&most), "{name}/{field}: {text}");
                reasons += 1;
            }
        }
    }
    assert!(reasons >= 6, "{reasons}");
    let days = told("Reopen", "expires_at");
    assert!(
        days.contains(&format!("at most {} days", limits::REOPENING_DAYS.value)),
        "{days}"
    );
    let ends = told("Session", "refresh_expires_at");
    for (limit, unit) in [
        (limits::REFRESH_DAYS, "days"),
        (limits::SESSION_DAYS, "days"),
        (limits::ISSUER_SESSION_HOURS, "hours"),
    ] {
        assert!(ends.contains(&format!("{} {unit}", limit.value)), "{ends}");
    }
    let roles = told("Grant", "role");
    let named: Vec<&str> = roles.split('`').skip(1).step_by(2).collect();
    assert_eq!(named, Role::ALL.map(Role::as_str));
}

fn the_document_is_served() {
    let world = World::new(1);
    assert_eq!(world.client().get("/api/v1/openapi.json").expect(200), document());
}
