//! Reports and the audit workbook in their forms.

use nachweis_domain::access::Role;

use crate::world::World;

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    a_report_comes_in_three_forms_and_is_the_same_each_time,
    days_overdue_are_counted_on_the_day_asked_for,
    what_was_known_at_a_past_moment_is_given_again,
    a_lead_sees_the_own_subprojects_only,
    a_number_opens_page_by_page_to_terms_that_sum_to_it,
    a_number_that_is_not_there_is_refused_with_what_there_is,
    what_rules_would_hit_comes_in_three_forms_to_managers_only,
    the_audit_workbook_leaves_no_file_behind,
    lists_come_page_by_page,
];

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn a_report_comes_in_three_forms_and_is_the_same_each_time() {
    let world = World::new(2);
    let client = world.client_of(&world.account("manager", Role::Manager));
    for name in ["burn", "indicators", "completeness", "funding", "deviations"] {
        let path = format!("/api/v1/reports/{name}?round=2023-2025");
        let json = client.get(&path);
        assert_eq!(json.header("content-type"), "application/json");
        assert_eq!(json.expect(200)["name"], name);
        assert_eq!(client.get(&path).body, json.body, "{name}");
        let csv = client.with("accept", "text/csv").get(&path);
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        assert!(csv.body.starts_with(b"\xef\xbb\xbf"), "{name}");
        let german = client.get(&format!("{path}&format=csv&lang=de"));
        assert_ne!(german.body, csv.body, "{name}");
        let xlsx = client.get(&format!("{path}&format=xlsx"));
        assert_eq!(xlsx.header("content-type"), XLSX);
        assert!(
            xlsx.header("content-disposition")
                .contains(&format!("{name}_2023-2025_en.xlsx"))
        );
        assert!(xlsx.body.starts_with(b"PK"), "{name}");
    }
}

fn what_rules_would_hit_comes_in_three_forms_to_managers_only() {
    let world = World::new(2);
    let client = world.client_of(&world.account("manager", Role::Manager));
    let path = "/api/v1/rounds/2023-2025/rules/effect";
    let report = client.get(path).expect(200);
    assert_eq!(report["name"], "rules-effect");
    let tables: Vec<_> = report["tables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|table| &table["key"])
        .collect();
    assert_eq!(tables, ["rules", "findings", "not_counted"]);
    let all = client.get(&format!(
        "{path}?revisions=standing&originals=true&format=csv&lang=de"
    ));
    assert_eq!(all.header("content-type"), "text/csv; charset=utf-8");
    let xlsx = client.get(&format!("{path}?format=xlsx"));
    assert!(
        xlsx.header("content-disposition")
            .contains("rules-effect_2023-2025_en.xlsx")
    );
    let unfit = client.get(&format!("{path}?revisions=some")).expect(400);
    assert!(
        unfit["detail"].as_str().unwrap().contains("all, standing"),
        "{unfit}"
    );
    assert_eq!(
        client.get("/api/v1/rounds/2023-2025").expect(200)["rules"],
        serde_json::json!([])
    );
    let ministry = world.client_of(&world.account("ministry", Role::Ministry));
    ministry.get(path).expect(403);
}

fn a_number_opens_page_by_page_to_terms_that_sum_to_it() {
    let world = World::new(2);
    let client = world.client_of(&world.account("manager", Role::Manager));
    let path = "/api/v1/reports/burn/lineage?round=2023-2025&row=total&column=awarded_cents&limit=2";
    let first = client.get(path).expect(200);
    assert_eq!(
        (&first["made"], &first["column"]),
        (&"sum".into(), &"awarded".into()),
        "{first}"
    );
    let (mut sum, mut count, mut page) = (0, 0, first.clone());
    loop {
        for term in page["terms"].as_array().unwrap() {
            sum += term["part"]["cents"].as_i64().unwrap();
            count += 1;
            assert_eq!(term["source"], "plan", "{term}");
            assert!(term["recorded"]["at"].is_string(), "{term}");
        }
        let Some(next) = page["next"].as_u64() else { break };
        page = client.get(&format!("{path}&after={next}")).expect(200);
    }
    assert!(count > 2, "{first}");
    assert_eq!(first["number"]["cents"], sum);
    assert_eq!(first["count"], count);
    let csv = client.get(&format!("{path}&format=csv&lang=de"));
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let formula = client
        .get("/api/v1/reports/burn/lineage?round=2023-2025&row=total&column=remaining")
        .expect(200);
    assert_eq!(formula["operands"].as_array().unwrap().len(), 2, "{formula}");
    assert_eq!(formula["operands"][0]["opens"]["column"], "awarded", "{formula}");
}

fn a_number_that_is_not_there_is_refused_with_what_there_is() {
    let world = World::new(1);
    let client = world.client_of(&world.account("manager", Role::Manager));
    for (query, status, code) in [
        ("row=XX&column=reported", 422, "report-number"),
        ("row=total&column=nothing", 422, "report-number"),
        ("row=total&column=reported&table=nothing", 422, "report-number"),
        ("column=reported", 400, "query-unfitting"),
        ("row=total", 400, "query-unfitting"),
        ("row=total&column=reported&after=-1", 400, "query-unfitting"),
        ("row=total&column=reported&view=other", 400, "query-unfitting"),
        ("row=total&column=reported&limit=1001", 400, "query-unfitting"),
        ("row=total&column=reported&format=xlsx", 400, "query-unfitting"),
    ] {
        let problem = client
            .get(&format!("/api/v1/reports/burn/lineage?round=2023-2025&{query}"))
            .expect(status);
        assert_eq!(problem["code"], code, "{query}: {problem}");
    }
}

fn days_overdue_are_counted_on_the_day_asked_for() {
    let world = World::new(1);
    let client = world.client_of(&world.account("manager", Role::Manager));
    let path = |name: &str, on: &str| format!("/api/v1/reports/{name}?round=2023-2025&on={on}");
    let overdue = |on: &str| {
        let report = client.get(&path("completeness", on)).expect(200);
        let days = &report["tables"][1]["rows"][0]["overdue_days"];
        days.as_i64().unwrap()
    };
    assert_eq!(overdue("2099-03-02") - overdue("2099-02-28"), 2);
    for (name, on, status, code) in [
        ("completeness", "2001-01-01", 422, "report-day"),
        ("burn", "2099-01-01", 422, "report-day"),
        ("completeness", "01.01.2099", 400, "query-unfitting"),
    ] {
        let problem = client.get(&path(name, on)).expect(status);
        assert_eq!(problem["code"], code, "{name} {on}: {problem}");
    }
}

fn what_was_known_at_a_past_moment_is_given_again() {
    let world = World::new(1);
    let manager = world.client_of(&world.account("manager", Role::Manager));
    let auditor = world.client_of(&world.account("auditor", Role::Auditor));
    let report =
        |name: &str, rest: &str| manager.get(&format!("/api/v1/reports/{name}?round=2023-2025{rest}"));
    for name in ["burn", "completeness"] {
        let now = report(name, "");
        let printed = now.expect(200)["as_of"].as_str().unwrap().to_owned();
        for as_of in [
            printed.clone(),
            printed.replace('Z', "%2B00:00"),
            printed.replace('Z', "+00:00"),
        ] {
            let then = report(name, &format!("&as_of={as_of}"));
            assert_eq!(then.body, now.body, "{name} {as_of}");
        }
        let quarter = "&quarter=2024-Q1&lang=en&format=xlsx";
        let both = format!("{quarter}&as_of={printed}");
        assert_eq!(report(name, &both).body, report(name, quarter).body, "{name}");
    }
    let export = |rest: &str| auditor.get(&format!("/api/v1/exports/audit.xlsx?round=2023-2025{rest}"));
    let printed = report("completeness", "").expect(200)["as_of"]
        .as_str()
        .unwrap()
        .to_owned();
    let now = export("").file(200);
    assert!(now == export(&format!("&as_of={printed}")).file(200));
    for (as_of, status, code) in [
        ("yesterday", 400, "query-unfitting"),
        ("2024-01-01T10:00:00", 400, "query-unfitting"),
        ("31.12.2024", 400, "query-unfitting"),
        ("2099-12-31", 422, "as-of-future"),
        ("2099-12-31T10:00:00Z", 422, "as-of-future"),
        ("1999-12-31", 422, "as-of-early"),
    ] {
        for problem in [
            report("burn", &format!("&as_of={as_of}")).expect(status),
            report(
                "completeness",
                &format!("&quarter=2024-Q1&on=2024-05-01&as_of={as_of}"),
            )
            .expect(status),
            export(&format!("&as_of={as_of}")).expect(status),
        ] {
            assert_eq!(problem["code"], code, "{as_of}: {problem}");
        }
    }
    let journal = auditor.get("/api/v1/journal?limit=1000").expect(200).to_string();
    assert!(
        journal.contains("as_of"),
        "an export of a past moment is journalled as such"
    );
}

fn a_lead_sees_the_own_subprojects_only() {
    let world = World::new(3);
    let lead = world.client_of(&world.lead("lead", &[&world.numbers[1]]));
    let page = lead.get("/api/v1/subprojects").expect(200);
    assert_eq!(page["total"], 1);
    assert_eq!(page["subprojects"][0]["no"], world.numbers[1].as_str());
    let report = lead
        .get("/api/v1/reports/burn?round=2023-2025&group_by=subproject")
        .expect(200);
    let rows = report["tables"][0]["rows"].to_string();
    assert!(
        rows.contains(world.numbers[1].as_str()) && !rows.contains(world.numbers[0].as_str()),
        "{rows}"
    );
}

fn the_audit_workbook_leaves_no_file_behind() {
    let world = World::new(2);
    let auditor = world.client_of(&world.account("auditor", Role::Auditor));
    let answer = auditor.get("/api/v1/exports/audit.xlsx?round=2023-2025&lang=de");
    assert!(
        answer
            .header("content-disposition")
            .contains("audit_2023-2025_de.xlsx")
    );
    assert!(answer.file(200).starts_with(b"PK"));
    let left: Vec<_> = std::fs::read_dir(world.export_folder()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    let journal = auditor.get("/api/v1/journal?limit=1000").expect(200).to_string();
    assert!(journal.contains("\"exported\""), "{journal}");
}

fn lists_come_page_by_page() {
    let world = World::new(3);
    let auditor = world.client_of(&world.account("auditor", Role::Auditor));
    let mut seen = Vec::new();
    let mut path = "/api/v1/subprojects?limit=1".to_owned();
    loop {
        let page = auditor.get(&path).expect(200);
        seen.extend(
            page["subprojects"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["no"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/subprojects?limit=1&after={next}");
    }
    assert_eq!(
        seen,
        world.numbers.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    let first = auditor.get("/api/v1/journal?limit=1").expect(200);
    let second = auditor
        .get(&format!("/api/v1/journal?limit=1&after={}", first["next"]))
        .expect(200);
    assert_eq!(
        (
            &first["entries"][0]["position"],
            &second["entries"][0]["position"]
        ),
        (&1.into(), &2.into())
    );
}
