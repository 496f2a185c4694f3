//! Field by field: whatever is written takes known fields only, and whatever is read holds no secret and no address of
//! somebody else. Both follow the document of the interface, so that a new operation cannot be forgotten.

use std::collections::BTreeSet;

use nachweis_domain::{access::Role, language::Language};
use nachweis_service::{NewAccount, Service};
use nachweis_store::Identity;
use serde_json::{Value, json};

use crate::{
    client::{Answer, Client},
    people::{self, PASSWORD, TOKEN_KEY},
    stage::{CLOSED, Object, Stage, reopen},
    world::{SEAL_KEY, World},
};

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    unknown_fields_are_refused_wherever_something_is_written,
    no_answer_that_is_read_holds_a_secret_or_an_address_of_somebody,
];

/// The document of the interface.
struct Document(Value);

impl Document {
    fn new() -> Self {
        Self(serde_json::to_value(nachweis_api::openapi()).unwrap())
    }

    /// Method, path and description of each operation.
    fn operations(&self) -> Vec<(String, &str, &Value)> {
        let paths = self.0["paths"].as_object().unwrap().iter();
        paths
            .flat_map(|(path, methods)| {
                let methods = methods.as_object().unwrap().iter();
                methods.map(move |(method, operation)| (method.to_uppercase(), path.as_str(), operation))
            })
            .collect()
    }

    /// A schema behind its reference, and the first of several.
    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let behind = schema["$ref"].as_str().map(|reference| {
            let pointer = reference.strip_prefix('#').unwrap();
            self.0.pointer(pointer).unwrap()
        });
        match behind.or_else(|| schema["oneOf"].get(0)) {
            Some(behind) => self.resolved(behind),
            None => schema,
        }
    }

    /// A value that a schema describes, with every field of it.
    fn example(&self, schema: &Value) -> Value {
        let schema = self.resolved(schema);
        if !schema["example"].is_null() {
            return schema["example"].clone();
        }
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
        match (kind.unwrap(), schema["format"].as_str()) {
            ("object", _) => {
                let fields = schema["properties"].as_object().into_iter().flatten();
                fields
                    .map(|(name, field)| (name.clone(), self.example(field)))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }
            ("array", _) => json!([self.example(&schema["items"])]),
            ("string", Some("uuid")) => json!("00000000-0000-0000-0000-000000000009"),
            ("string", Some("date-time")) => json!("2999-01-01T00:00:00Z"),
            ("string", _) => json!("Text"),
            ("integer", _) => json!(0),
            ("boolean", _) => json!(false),
            other => panic!("{other:?}: add an example for it"),
        }
    }

    /// The names of all fields of all that is read and written.
    fn field_names(&self) -> BTreeSet<&str> {
        let schemas = self.0["components"]["schemas"].as_object().unwrap().values();
        let parts = schemas.flat_map(|schema| {
            let parts = schema["allOf"].as_array().into_iter().flatten();
            parts.chain([schema])
        });
        parts
            .filter_map(|part| part["properties"].as_object())
            .flat_map(|fields| fields.keys().map(String::as_str))
            .collect()
    }
}

/// Every object within a value, as a pointer to it.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(at.to_owned());
            for (name, field) in fields {
                objects(field, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                objects(item, &format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
}

fn unknown_fields_are_refused_wherever_something_is_written() {
    let world = World::new(1);
    let lead = world.lead("lead", &[&world.numbers[0]]);
    let client = world.client_of(&lead);
    let document = Document::new();
    let (mut written, mut refused) = (0, 0);
    for (method, path, operation) in document.operations() {
        let body = &operation["requestBody"]["content"]["application/json"];
        if body.is_null() {
            continue;
        }
        written += 1;
        let address = path
            .replace("{id}", "00000000-0000-0000-0000-000000000009")
            .replace("{no}", world.numbers[0].as_str())
            .replace("{round}", "2023-2025")
            .replace("{quarter}", "2023-Q1")
            .replace("{issuer}", "login");
        let example = document.example(&body["schema"]);
        let mut places = Vec::new();
        objects(&example, "", &mut places);
        assert!(!places.is_empty(), "{method} {path} takes {example}");
        for place in places {
            let known = example.pointer(&place).unwrap().as_object().unwrap();
            // Names of other fields are what somebody would try: `state`, `decided_by`, `role` …
            let names = document
                .field_names()
                .into_iter()
                .chain(["role", "password_hash", "__proto__"]);
            for name in names.filter(|name| !known.contains_key(*name)) {
                let mut body = example.clone();
                body.pointer_mut(&place).unwrap()[name] = json!("accepted");
                let problem = client.post(&address, &body).expect(400);
                assert_eq!(problem["code"], "json-unfitting", "{method} {path}: {body}");
                let told = format!("There is no field “{name}”");
                assert!(
                    problem["detail"].as_str().unwrap().starts_with(&told),
                    "{method} {path}: {body}: {problem}"
                );
                refused += 1;
            }
        }
    }
    assert!(
        written >= 16 && refused > 1_000,
        "{written} operations, {refused} tries"
    );
}

/// What no answer holds, with its name.
struct Secrets(Vec<(&'static str, String)>);

/// Somebody whose name to sign in with is an address of mail, with everything that is secret about her. She has asked for a
/// reopening, so that she stands in what others read.
fn with_secrets(stage: &Stage) -> Secrets {
    let (world, service, operator) = (&stage.world, &stage.world.service, Service::operator());
    let name = "jana@iq-netzwerk.example";
    let new = NewAccount {
        name: name.to_owned(),
        display_name: "Jana Muster".to_owned(),
        password: Some(PASSWORD.to_owned()),
        language: Language::De,
        grants: vec![people::all(Role::Manager)],
    };
    let account = service.create_user(&operator, &new).unwrap();
    let identity = Identity {
        issuer: "https://login.example.org".to_owned(),
        subject: "canary-subject-4711".to_owned(),
    };
    service.link_identity(&operator, account.id, &identity).unwrap();
    let credentials = json!({ "name": name, "password": PASSWORD });
    let session = world
        .client()
        .post("/api/v1/auth/sign-in", &credentials)
        .expect(200);
    let text = |name: &str| session[name].as_str().unwrap().to_owned();
    let path = format!(
        "/api/v1/subprojects/{}/quarters/{CLOSED}/reopen",
        stage.things(Object::Own).no
    );
    world
        .client()
        .bearing(&text("access_token"))
        .with("idempotency-key", "canary-key-4711")
        .post(&path, &reopen())
        .expect(201);
    let stored = world.store.user_by_name(name).unwrap().unwrap().password_hash;
    let stored = stored.unwrap().as_str().to_owned();
    let hash = stored.rsplit('$').next().unwrap().to_owned();
    let hex = |key: [u8; 32]| key.map(|byte| format!("{byte:02x}")).concat();
    let plain = |key: [u8; 32]| String::from_utf8(key.to_vec()).unwrap();
    Secrets(vec![
        ("name to sign in with", name.to_owned()),
        ("address of mail", "@".to_owned()),
        ("password", PASSWORD.to_owned()),
        ("hash of a password", hash),
        ("hash of any password", "$argon2".to_owned()),
        ("access token", text("access_token")),
        ("beginning of an access token", "eyJ".to_owned()),
        ("refresh token", text("refresh_token")),
        ("subject at an issuer", identity.subject),
        ("idempotency key", "canary-key-4711".to_owned()),
        ("seal key", plain(SEAL_KEY)),
        ("seal key in hex", hex(SEAL_KEY)),
        ("token key", plain(TOKEN_KEY)),
        ("token key in hex", hex(TOKEN_KEY)),
    ])
}

/// Parts of names that only a secret has.
const SECRET_NAMES: [&str; 13] = [
    "password",
    "hash",
    "token",
    "secret",
    "seal",
    "mail",
    "binding",
    "salt",
    "login",
    "phone",
    "epoch",
    "cookie",
    "credential",
];
/// Where 64 hexadecimal digits stand on purpose: hashes of files, of control totals and of the journal, and what the journal
/// vouches for.
const DIGESTS: [&str; 7] = ["sha256", "sums", "link", "root", "proof", "rows", "reports"];

/// Looks through an answer and notes what should not be in it.
fn look(value: &Value, at: &mut Vec<String>, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let vouched_for = at.last().is_some_and(|parent| parent == "rows");
                if !vouched_for && SECRET_NAMES.iter().any(|part| name.to_lowercase().contains(part)) {
                    found.push(format!("{}/{name}", at.join("/")));
                }
                at.push(name.clone());
                look(field, at, found);
                at.pop();
            }
        }
        Value::Array(items) => items.iter().for_each(|item| look(item, at, found)),
        Value::String(text) => {
            let digest = text.len() == 64 && text.chars().all(|char| char.is_ascii_hexdigit());
            if digest && !at.iter().any(|name| DIGESTS.contains(&name.as_str())) {
                found.push(format!("{}: {text}", at.join("/")));
            }
        }
        _ => {}
    }
}

fn no_answer_that_is_read_holds_a_secret_or_an_address_of_somebody() {
    let stage = Stage::with(&[Object::Own]);
    let Secrets(secrets) = with_secrets(&stage);
    let document = Document::new();
    let reports = ["burn", "indicators", "completeness", "funding", "deviations"];
    let mut missed = BTreeSet::new();
    for (method, path, operation) in document.operations() {
        // The document itself is no record: it names the fields of tokens. Files are no JSON.
        let is_file = ["openapi.json", ".xlsx", ".zip", ".jsonl"]
            .iter()
            .any(|end| path.ends_with(end));
        if method != "GET" || is_file {
            continue;
        }
        let mut read = 0;
        for actor in &stage.actors {
            let answer = stage.ask(&actor.client, ("GET", path), Object::Own);
            read += u32::from(is_clean(path, actor.name, &answer, &secrets));
        }
        if read == 0 && !operation["responses"]["200"]["content"]["application/json"].is_null() {
            missed.insert(path);
        }
    }
    assert!(missed.is_empty(), "nobody could read {missed:?}");
    let auditor = reader(&stage, "auditor");
    for name in reports {
        for path in [
            format!("/api/v1/reports/{name}?round=2023-2025"),
            format!("/api/v1/rounds/2023-2025/quarters/{CLOSED}/reports/{name}"),
        ] {
            assert!(
                is_clean(&path, "auditor", &auditor.get(&path), &secrets),
                "{path}"
            );
        }
    }
    let journal = auditor.get("/api/v1/journal?limit=1000");
    assert!(is_clean("/api/v1/journal", "auditor", &journal, &secrets));
    let differences = auditor
        .get(&format!("/api/v1/rounds/2023-2025/quarters/{CLOSED}/differences"))
        .expect(200);
    assert!(
        differences.to_string().contains("Jana Muster"),
        "people are named by their name for people: {differences}"
    );
}

fn reader<'a>(stage: &'a Stage, name: &str) -> &'a Client {
    &stage
        .actors
        .iter()
        .find(|actor| actor.name == name)
        .unwrap()
        .client
}

/// Whether JSON was read; it must hold nothing that is secret.
fn is_clean(path: &str, reader: &str, answer: &Answer, secrets: &[(&str, String)]) -> bool {
    if answer.status != 200 || answer.header("content-type") != "application/json" {
        return false;
    }
    let text = String::from_utf8_lossy(&answer.body);
    for (what, secret) in secrets {
        assert!(!text.contains(secret), "{path}, {reader}: {what} in {text}");
    }
    let mut found = Vec::new();
    look(&answer.json(), &mut Vec::new(), &mut found);
    assert!(found.is_empty(), "{path}, {reader}: {found:?}");
    true
}
