//! The demonstration: the whole job, its totals, its reports, and then a quarter as a lead, a manager and an auditor
//! live it over HTTP.

use std::path::Path;

use nachweis_domain::{money::Money, quarter::Quarter};
use nachweis_ingest::SealKey;
use nachweis_tests::{
    program::{Desk, Run},
    service::{Person, Service},
    workbook,
};
use serde_json::{Value, json};

mod lived;

const NO: &str = "IQ23-NW-017";

/// The word after a name at the beginning of a line.
fn printed<'a>(run: &'a Run, name: &str) -> &'a str {
    let line = run
        .stdout
        .lines()
        .find(|line| line.trim_start().starts_with(name));
    let line = line.unwrap_or_else(|| panic!("{name} is not printed: {run:?}"));
    line.trim_start().strip_prefix(name).unwrap_or_default().trim()
}

#[test]
fn the_whole_job_runs_and_a_quarter_can_be_lived() {
    let desk = Desk::embedded();
    let run = desk.run(["demo", "--dir", "demo", "--no-serve"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(printed(&run, "Teilvorhaben "), "270");
    assert_eq!(printed(&run, "bewilligt"), "210.000.000,00\u{a0}€");
    assert_eq!(printed(&run, "Kontrollsummen"), "stimmen überein");
    the_reports_can_be_opened(&desk.file("demo/reports"));
    lived::two_years_are_lived(&std::fs::read(desk.file("demo/reports/audit.xlsx")).unwrap());

    let service = Service::start(&desk, "demo/nachweis.toml");
    let person = |name: &str| service.sign_in(name, printed(&run, &format!("{name} ")));
    let (lead, manager, auditor) = (person("lead"), person("manager"), person("auditor"));
    lived::the_20_percent_rule_is_seen_in_every_way(&manager);
    let quarter = next_quarter(&lead);
    let before = accepted(&manager);
    let upload = the_lead_hands_in(&desk, &lead, quarter);
    assert_eq!(
        manager
            .post(
                &format!("/submissions/{}/accept", upload["id"].as_str().unwrap()),
                &json!({})
            )
            .status,
        200
    );
    let spent = Money::from_cents(upload["spent_cents"].as_i64().unwrap());
    assert_eq!(
        accepted(&manager) - before,
        spent,
        "burn changes by exactly what was accepted"
    );
    the_auditor_finds_the_upload(&auditor, upload["sha256"].as_str().unwrap());
}

/// Every report has the funding note and the awarded total where it belongs; the audit workbook says that totals agree.
fn the_reports_can_be_opened(folder: &Path) {
    for name in [
        "burn",
        "indicators",
        "completeness",
        "funding",
        "deviations",
        "audit",
    ] {
        let bytes =
            std::fs::read(folder.join(format!("{name}.xlsx"))).unwrap_or_else(|_| panic!("{name}.xlsx"));
        let sheets = workbook::sheets(&bytes);
        let first = workbook::sheet(&bytes, sheets.first().unwrap());
        let text = format!("{first:?}");
        assert!(text.contains("IQ"), "{name}: the title block names the programme");
    }
    let burn = std::fs::read(folder.join("burn.xlsx")).unwrap();
    let sheet = workbook::sheets(&burn).swap_remove(0);
    assert!(
        format!("{:?}", workbook::sheet(&burn, &sheet)).contains("210000000"),
        "the awarded total stands in burn.xlsx"
    );
}

/// The first quarter of the lead's subproject without an upload: the story leaves 2025 open.
fn next_quarter(lead: &Person<'_>) -> Quarter {
    let detail = lead.get(&format!("/subprojects/{NO}")).json();
    let uploads = detail["uploads"].as_array().expect("uploads");
    assert!(!uploads.is_empty(), "the story has been played");
    "2025-Q1".parse().unwrap()
}

/// The accepted sum of the programme.
fn accepted(manager: &Person<'_>) -> Money {
    let report = manager.get("/reports/burn?round=2023-2025&group_by=round&format=json");
    assert_eq!(report.status, 200);
    let totals = report.json()["tables"][0]["totals"].clone();
    Money::from_cents(totals["accepted_cents"].as_i64().expect("the accepted sum"))
}

/// Fetches the template, uploads a wrong workbook, reads the findings and the marked copy, uploads the right one, submits.
fn the_lead_hands_in(desk: &Desk, lead: &Person<'_>, quarter: Quarter) -> Value {
    let template = lead.get(&format!("/subprojects/{NO}/quarters/{quarter}/template.xlsx"));
    assert_eq!(template.status, 200);
    let (context, stamp) = workbook::issued(&template.body);
    assert_eq!(context.subproject.no.as_str(), NO);
    let key = demonstration_key(desk);
    let (_, right) = workbook::right_figures(NO, quarter);
    let mut wrong = right.clone();
    let item = wrong.expenditure.first_mut().expect("an item");
    item.amount.value += Money::from_cents(1);
    let typed = item.item.clone();

    let first = lead.upload(
        NO,
        &quarter.to_string(),
        &workbook::filled(&context, &stamp, &key, &wrong),
    );
    assert_eq!(first.status, 201);
    let verdict = first.json();
    assert_eq!(verdict["state"], "blocked");
    let found = verdict["findings"].as_array().unwrap();
    assert!(
        found
            .iter()
            .any(|finding| finding["code"] == "FIN-01" && finding["cell"].is_string()),
        "{typed}: {found:?}"
    );
    let id = verdict["id"].as_str().unwrap();
    assert_eq!(
        lead.post(&format!("/uploads/{id}/submit"), &json!({})).status,
        409,
        "blocked uploads cannot be submitted"
    );
    let marked = lead.get(&format!("/uploads/{id}/marked.xlsx"));
    assert_eq!(marked.status, 200);
    assert!(
        workbook::sheets(&marked.body).len() > workbook::sheets(&template.body).len(),
        "an index sheet is added"
    );

    let workbook = workbook::filled(&context, &stamp, &key, &right);
    let second = lead.upload(NO, &quarter.to_string(), &workbook);
    assert_eq!(second.status, 201, "{}", String::from_utf8_lossy(&second.body));
    let mut verdict = second.json();
    assert_eq!(verdict["blocking"], 0, "{verdict}");
    let again = lead.upload(NO, &quarter.to_string(), &workbook);
    assert_eq!(again.status, 200, "the same bytes give the first receipt");
    assert_eq!(again.json()["id"], verdict["id"]);
    submit(lead, &verdict);
    let spent: Money = right
        .expenditure
        .iter()
        .map(|figure| workbook::round().signed(&figure.item, figure.amount.value))
        .sum();
    verdict["spent_cents"] = json!(spent.cents());
    verdict
}

/// Submits with a comment on each warning.
fn submit(lead: &Person<'_>, verdict: &Value) {
    let warnings = verdict["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "warning");
    let comments: Vec<Value> = warnings
        .map(|finding| json!({ "finding": finding["index"], "comment": "Ist geprüft und zutreffend." }))
        .collect();
    let path = format!("/uploads/{}/submit", verdict["id"].as_str().unwrap());
    if !comments.is_empty() {
        assert_eq!(
            lead.post(&path, &json!({})).status,
            422,
            "warnings need a comment"
        );
    }
    let submitted = lead.post(&path, &json!({ "comments": comments }));
    assert_eq!(
        submitted.status,
        200,
        "{}",
        String::from_utf8_lossy(&submitted.body)
    );
}

/// The key of the demonstration's own server: a lead's spreadsheet program keeps the seal, our filling makes it anew.
fn demonstration_key(desk: &Desk) -> SealKey {
    let settings = std::fs::read_to_string(desk.file("demo/nachweis.toml")).expect("settings");
    let hex = settings
        .lines()
        .find_map(|line| line.strip_prefix("seal_key = \""))
        .expect("the key");
    let mut key = [0; 32];
    for (byte, pair) in key.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    }
    SealKey::from_bytes(key)
}

fn the_auditor_finds_the_upload(auditor: &Person<'_>, sha256: &str) {
    let audit = auditor.get("/exports/audit.xlsx?round=2023-2025");
    assert_eq!(audit.status, 200);
    let found = workbook::sheets(&audit.body)
        .iter()
        .any(|name| format!("{:?}", workbook::sheet(&audit.body, name)).contains(sha256));
    assert!(found, "the accepted workbook's hash stands in the audit workbook");
}
