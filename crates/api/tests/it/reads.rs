//! Reading changes nothing: after every GET all tables are as they were, but for those that are named here with the reason
//! (robustness goal 40).

use std::collections::BTreeMap;

use nachweis_domain::access::Role;
use nachweis_service::{Account, Service};
use nachweis_store::testing::Backend;
use serde_json::json;

use crate::{access, client::Client, people, world::World};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] =
    crate::tests![every_get_leaves_all_tables_as_they_were_but_for_those_that_are_named];

/// What is written by a GET: the address, the tables, and why. None of it can be called by a foreign page: a GET without the
/// header `Authorization`, which no browser adds by itself, is answered with 401.
const WRITES: &[(&str, &[&str], &str)] = &[
    (
        "/api/v1/subprojects/{no}/quarters/{quarter}/template.xlsx",
        &["issue", "journal"],
        "an issued workbook is sealed with an id of its own, by which its upload is recognised; each issue is journalled",
    ),
    (
        "/api/v1/exports/audit.xlsx",
        &["journal"],
        "who took all figures out of the service, and when, is on record",
    ),
    (
        "/api/v1/exports/journal.jsonl",
        &["journal"],
        "who took the journal out of the service, and when, is on record",
    ),
    (
        "/api/v1/subprojects/{no}/dossier.zip",
        &["journal"],
        "who took all files of a subproject out of the service, and when, is on record",
    ),
];

/// A closed quarter with an accepted upload, and a waiver that was asked for.
struct Stage {
    world: World,
    /// May read everything.
    reader: Client,
    upload: String,
    waiver: String,
}

impl Stage {
    fn new(backend: Backend) -> Self {
        let world = World::on(backend, 2);
        let no = world.numbers[0].clone();
        let mighty = |name: &str| {
            let roles = [Role::Lead, Role::Coordinator, Role::Manager, Role::Auditor].map(people::all);
            people::account(&world.service, name, roles.to_vec(), None)
        };
        let accounts: Vec<Account> = ["one", "two", "three"].map(mighty).to_vec();
        let clients: Vec<Client> = accounts.iter().map(|account| world.client_of(account)).collect();
        let id = world.uploaded(&accounts[0], &no).upload.id;
        let comments = access::comments(&world.service.upload(&Service::operator(), id).unwrap());
        let submitted = json!({ "comments": comments });
        clients[0]
            .post(&format!("/api/v1/uploads/{id}/submit"), &submitted)
            .expect(200);
        world.endorse(&id.to_string());
        clients[1]
            .post(&format!("/api/v1/submissions/{id}/accept"), &json!({}))
            .expect(200);
        let asked = clients[0].post(&format!("/api/v1/subprojects/{no}/waivers"), &access::waiver());
        let waiver = asked.expect(201)["id"].as_str().unwrap().to_owned();
        let close = "/api/v1/rounds/2023-2025/quarters/2023-Q1/close";
        clients[1]
            .post(close, &json!({ "without_missing": true }))
            .expect(200);
        Self {
            reader: clients[2].clone(),
            upload: id.to_string(),
            waiver,
            world,
        }
    }

    /// How an operation is read, in each of its forms.
    fn addresses(&self, path: &str) -> Vec<String> {
        let id = if path.contains("/waivers/") {
            &self.waiver
        } else {
            &self.upload
        };
        let address = path
            .replace("{round}", "2023-2025")
            .replace("{no}", self.world.numbers[0].as_str())
            .replace("{quarter}", "2023-Q1")
            .replace("{name}", "burn")
            .replace("{id}", id);
        let queries: &[&str] = match path {
            "/api/v1/reports/{name}" => &[
                "?round=2023-2025",
                "?round=2023-2025&format=csv&group_by=land",
                "?round=2023-2025&format=xlsx&sources=true&view=corrected",
            ],
            "/api/v1/reports/{name}/lineage" => &["?round=2023-2025&row=total&column=reported"],
            "/api/v1/exports/audit.xlsx" => &["?round=2023-2025"],
            "/api/v1/rounds/{round}/rules/effect" => &["", "?revisions=standing&originals=true&format=xlsx"],
            "/api/v1/rounds/{round}/quarters/{quarter}/reports/{name}" => {
                &["", "?format=csv", "?format=xlsx"]
            }
            "/api/v1/rounds/{round}/quarters/{quarter}/differences" => &["", "?format=xlsx"],
            "/api/v1/journal/consistency" => &["?from=1"],
            _ => &[""],
        };
        queries.iter().map(|query| format!("{address}{query}")).collect()
    }
}

/// The tables that differ.
fn changed(before: &BTreeMap<String, Vec<String>>, after: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    assert!(before.keys().eq(after.keys()), "a table came or went");
    let differs = |(table, rows): (&String, &Vec<String>)| (after[table] != *rows).then(|| table.clone());
    before.iter().filter_map(differs).collect()
}

fn every_get_leaves_all_tables_as_they_were_but_for_those_that_are_named(backend: Backend) {
    let stage = Stage::new(backend);
    let mut before = stage.world.contents();
    assert!(
        ["journal", "issue", "session", "attempt"]
            .iter()
            .all(|table| before.contains_key(*table))
    );
    let mut named = 0;
    for (method, path) in nachweis_api::operations() {
        if method != "GET" {
            continue;
        }
        let entry = WRITES.iter().find(|(address, ..)| *address == path);
        named += usize::from(entry.is_some());
        let written = entry.map_or(&[][..], |(_, tables, _)| tables);
        for address in stage.addresses(path) {
            let answer = stage.reader.get(&address);
            let told = String::from_utf8_lossy(&answer.body);
            assert!(
                [200, 204].contains(&answer.status),
                "{address}: {} {told}",
                answer.status
            );
            let after = stage.world.contents();
            assert_eq!(changed(&before, &after), written, "{address}");
            before = after;
            // Without a token nothing happens at all.
            let open = stage.world.client().get(&address).status;
            assert!(open == 401 || written.is_empty(), "{address}: {open}");
            assert!(
                changed(&before, &stage.world.contents()).is_empty(),
                "{address} without a token"
            );
        }
    }
    assert_eq!(named, WRITES.len(), "an exception names no address");
}
