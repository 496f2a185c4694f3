//! The script of the year.

use nachweis_domain::{figures::QuarterlyFigures, money::Money};
use nachweis_store::testing::Backend;
use nachweis_tests::workbook;
use serde_json::Value;

use super::{
    deeds::{RETURN_REASON, answered},
    shelf::{self, EFFECT},
    stage::{Stage, TRIED, day},
    tampered,
};

/// The part that is late in the first quarter and silent in the last.
const LATE: usize = 5;
/// The part whose plan changes in the year.
const CHANGED: usize = 4;
/// The part that corrects an earlier quarter in its vouchers.
const CORRECTOR: usize = 3;

/// The whole year, and what is left of it.
pub(super) fn lived(backend: Backend) {
    let mut stage = Stage::opened(backend, "2023-01-02");
    a_wrong_workbook_is_corrected_and_returned(&mut stage);
    one_is_late_and_one_was_mistaken(&mut stage);
    the_quarter_is_closed_and_reopened_for_one(&mut stage);
    a_reopening_expires(&mut stage);
    the_next_quarters_go_well_and_people_change(&mut stage);
    a_finding_is_waived_for_one_and_a_waiver_expires_for_another(&mut stage);
    the_last_quarter_is_closed_with_one_missing(&mut stage);
    stage.on("2024-03-01");
    stage.evening();
    let (days, reports) = stage.shelf.size();
    assert!(days >= 30 && reports >= 300, "{days} days, {reports} reports");
    stage.on("2024-03-04");
    shelf::all_comes_out_again(&stage);
    tampered::the_record_proves_itself(stage);
}

/// A cent too much in the first item.
fn wrong(mut figures: QuarterlyFigures) -> QuarterlyFigures {
    figures.expenditure[0].amount.value += Money::from_cents(1);
    figures
}

/// Two vouchers of one number, which only the rule on trial minds.
fn with_one_number_twice(mut figures: QuarterlyFigures) -> QuarterlyFigures {
    let number = figures.vouchers.rows[0].number.clone();
    assert!(number.is_some(), "vouchers have numbers");
    figures.vouchers.rows[1].number = number;
    figures
}

/// Says more than before in the narrative.
fn told_better(mut figures: QuarterlyFigures) -> QuarterlyFigures {
    figures.narrative[0]
        .text
        .value
        .push_str(" Näheres steht im Zwischenbericht.");
    figures
}

fn a_wrong_workbook_is_corrected_and_returned(stage: &mut Stage) {
    let quarter = "2023-Q1";
    let right = stage.cast.figures(&stage.no(0), quarter);
    stage.on("2023-04-03");
    let blocked = answered(&stage.upload(0, quarter, &wrong(right.clone())), 201);
    assert_eq!(blocked["state"], "blocked");
    let id = blocked["id"].as_str().expect("an id");
    let lead = stage.person("lead-0");
    let marked = lead.get(&format!("/uploads/{id}/marked.xlsx"));
    assert!(
        workbook::sheets(&marked.body).len() > 3,
        "a marked copy with an index"
    );
    answered(
        &lead.post(&format!("/uploads/{id}/submit"), &serde_json::json!({})),
        409,
    );
    let mistaken = stage.cast.mistaken(&stage.no(1));
    let second = stage.hand_in(1, quarter, &mistaken);
    stage.on("2023-04-05");
    let first = stage.hand_in(0, quarter, &with_one_number_twice(right.clone()));
    stage.step("lead-0", &first, "accept", 403);
    stage.step("lead-1", &first, "accept", 404);
    stage.step("mia", &first, "accept", 409);
    stage.accept(1, "cora", "mia", &second);
    stage.on("2023-04-12");
    stage.step("cora", &first, "endorse", 200);
    assert_eq!(stage.step("mia", &first, "return", 200)["state"], "returned");
    for who in ["lead-0", "cora"] {
        let receipt = answered(&stage.person(who).get(&format!("/uploads/{first}")), 200);
        assert_eq!(
            (receipt["return_reason"].as_str(), receipt["turn"].as_str()),
            (Some(RETURN_REASON), Some("lead")),
            "{who}"
        );
        for (step, day) in [
            ("submitted_at", "2023-04-05"),
            ("endorsed_at", "2023-04-12"),
            ("decided_at", "2023-04-12"),
        ] {
            let at = receipt[step].as_str().expect(step);
            assert!(at.starts_with(day), "{step}: {at}");
        }
    }
    stage.on("2023-04-14");
    let first = stage.hand_in(0, quarter, &told_better(right));
    for part in [2, CORRECTOR, CHANGED] {
        let figures = stage.cast.figures(&stage.no(part), quarter);
        let id = stage.hand_in(part, quarter, &figures);
        stage.accept(part, "cora", "max", &id);
    }
    stage.on("2023-04-20");
    stage.accept(0, "cora", "max", &first);
    let hits = ["2023-04-03", "2023-04-12", "2023-04-14"].map(|evening| hits(stage, evening));
    assert_eq!(
        hits,
        [(0, 0), (1, 1), (1, 0)],
        "hit was the revision that went back; it no longer counts once another is handed in"
    );
}

/// What the rule on trial had hit on an evening: over all originals, and among the revisions that count.
fn hits(stage: &Stage, evening: &str) -> (i64, i64) {
    let report = stage.shelf.said(evening, EFFECT);
    let rule = &report["tables"][0]["rows"][0];
    assert_eq!(rule["code"], TRIED, "{report:#}");
    let number = |key: &str| rule[key].as_i64().expect("a number");
    (number("found"), number("standing_found"))
}

fn one_is_late_and_one_was_mistaken(stage: &mut Stage) {
    let quarter = "2023-Q1";
    let no = stage.no(LATE);
    stage.on("2023-05-05");
    let path = format!(
        "/reports/completeness?round={}&format=json&on=2023-05-05",
        stage.cast.round.code
    );
    let report = answered(&stage.person("mia").get(&path), 200);
    assert!(
        overdue(&report, no.as_str(), quarter) > 0,
        "{no} is overdue: {report:#}"
    );
    stage.on("2023-05-10");
    let figures = stage.cast.figures(&no, quarter);
    let id = stage.hand_in(LATE, quarter, &figures);
    stage.accept(LATE, "cora", "mia", &id);
    stage.on("2023-05-15");
    let before = stage.accepted_cents();
    let right = stage.cast.figures(&stage.no(1), quarter);
    let newer = stage.hand_in(1, quarter, &right);
    stage.accept(1, "cora", "mia", &newer);
    let more = stage.accepted_cents() - before;
    let spent = |figures: &QuarterlyFigures| -> Money {
        let round = &stage.cast.round;
        figures
            .expenditure
            .iter()
            .map(|one| round.signed(&one.item, one.amount.value))
            .sum()
    };
    let expected = spent(&right) - spent(&stage.cast.mistaken(&stage.no(1)));
    assert_eq!(
        more,
        expected.cents(),
        "the correction takes the place of what was accepted"
    );
    assert_ne!(more, 0);
}

/// Days overdue of a subproject's quarter.
fn overdue(report: &Value, no: &str, quarter: &str) -> i64 {
    let tables = report["tables"].as_array().expect("tables");
    let rows = tables
        .iter()
        .filter(|table| table["key"] == "quarters")
        .flat_map(|table| table["rows"].as_array().expect("rows"));
    let row = rows
        .into_iter()
        .find(|row| row["no"] == no && row["quarter"] == quarter);
    row.and_then(|row| row["overdue_days"].as_i64())
        .unwrap_or_default()
}

fn the_quarter_is_closed_and_reopened_for_one(stage: &mut Stage) {
    let quarter = "2023-Q1";
    stage.on("2023-06-12");
    answered(
        &stage.person("anna").post(
            &format!("/rounds/2023-2025/quarters/{quarter}/close"),
            &serde_json::json!({}),
        ),
        403,
    );
    stage.close("mia", quarter, false, 200);
    let frozen = stage.frozen(quarter, "burn");
    stage.on("2023-06-13");
    let right = stage.cast.figures(&stage.no(2), quarter);
    answered(&stage.upload(2, quarter, &told_better(right.clone())), 409);
    let asked = stage.ask_reopening("mia", 2, quarter, "2023-06-20T12:00:00Z");
    stage.confirm("mia", &asked, 403);
    answered(&stage.upload(2, quarter, &told_better(right.clone())), 409);
    stage.on("2023-06-14");
    // Max accepted what would be reported anew: he may ask for it, and Mia confirms.
    stage.confirm("max", &asked, 403);
    stage.run(&["withdraw", &asked, "--reason", "Max fragt selbst.", "--as", "mia"]);
    let asked = stage.ask_reopening("max", 2, quarter, "2023-06-20T12:00:00Z");
    stage.confirm("mia", &asked, 200);
    let id = stage.hand_in(2, quarter, &told_better(right.clone()));
    let other = stage.cast.figures(&stage.no(0), quarter);
    answered(&stage.upload(0, quarter, &other), 409);
    stage.on("2023-06-16");
    stage.accept(2, "cora", "max", &id);
    assert!(
        stage.frozen(quarter, "burn") == frozen,
        "what was frozen stays as it was"
    );
    let path = format!("/rounds/2023-2025/quarters/{quarter}/differences?format=json");
    let differences = answered(&stage.person("anna").get(&path), 200).to_string();
    assert!(
        differences.contains(stage.no(2).as_str()),
        "the reopening is told: {differences}"
    );
    stage.on("2023-06-21");
    answered(&stage.upload(2, quarter, &right), 409);
}

fn a_reopening_expires(stage: &mut Stage) {
    let asked = stage.ask_reopening("max", 0, "2023-Q1", "2023-06-23T12:00:00Z");
    stage.restart();
    stage.on("2023-06-26");
    stage.confirm("mia", &asked, 409);
}

fn the_next_quarters_go_well_and_people_change(stage: &mut Stage) {
    let days = ["2023-07-10", "2023-07-20", "2023-08-03"];
    everybody_hands_in(stage, "2023-Q2", days, ("cora", &[]));
    stage.on("2023-08-07");
    let before = stage.person("cora");
    stage.run(&["user", "disable", "cora"]);
    assert_eq!(
        before.get("/subprojects").status,
        401,
        "a disabled account is out at once"
    );
    stage.add_account("carl");
    let network = stage.cast.network.to_string();
    stage.run(&["grant", "carl", "coordinator", "--network", &network]);
}

/// Pays one of the vouchers after the end of the third quarter.
fn paid_late(mut figures: QuarterlyFigures) -> QuarterlyFigures {
    let mut vouchers = figures.vouchers.rows.iter_mut();
    let own = vouchers.find(|voucher| voucher.paid_on.is_some() && voucher.corrects.is_none());
    own.expect("a voucher of the quarter").paid_on = Some(day("2023-10-02"));
    figures
}

fn a_finding_is_waived_for_one_and_a_waiver_expires_for_another(stage: &mut Stage) {
    let quarter = "2023-Q3";
    stage.on("2023-10-03");
    let figures = paid_late(stage.cast.figures(&stage.no(1), quarter));
    let workbook = stage.filled(1, quarter, &figures);
    let blocked = answered(&stage.hand_over(1, quarter, &workbook), 201);
    assert_eq!(
        (&blocked["state"], &blocked["submittable"]),
        (&"blocked".into(), &false.into())
    );
    let id = blocked["id"].as_str().expect("an id");
    let submit = format!("/uploads/{id}/submit");
    answered(&stage.person("lead-1").post(&submit, &serde_json::json!({})), 409);
    let asked = stage.ask_waiver("lead-1", 1, quarter, "2023-11-30T12:00:00Z");
    stage.waive("lead-1", &asked, "grant", None, 403);
    stage.waive("lead-0", &asked, "grant", None, 404);
    let other = stage.ask_waiver("mia", 2, quarter, "2023-10-31T12:00:00Z");
    stage.waive("mia", &other, "grant", None, 403);
    stage.on("2023-10-04");
    let granted = stage.waive("mia", &asked, "grant", Some("2023-10-31T12:00:00Z"), 200);
    assert_eq!(granted["state"], "in_force");
    stage.waive("max", &other, "grant", Some("2023-10-06T12:00:00Z"), 200);
    let again = answered(&stage.hand_over(1, quarter, &workbook), 200);
    assert_eq!(
        (&again["id"], &again["submittable"]),
        (&blocked["id"], &true.into()),
        "the first receipt"
    );
    assert_eq!(again["blocking"], 1, "the verdict stays as it was");
    let handed_in = stage.submit(1, &again);
    stage.on("2023-10-05");
    stage.accept(1, "carl", "mia", &handed_in);
    stage.waive("max", &asked, "withdraw", None, 200);
    let kept = answered(&stage.person("anna").get(&format!("/uploads/{id}")), 200);
    assert_eq!(
        kept["state"], "accepted",
        "what was handed in under the waiver stays"
    );
    stage.on("2023-10-09");
    let figures = paid_late(stage.cast.figures(&stage.no(2), quarter));
    let expired = answered(&stage.upload(2, quarter, &figures), 201);
    assert_eq!(
        (&expired["state"], &expired["submittable"]),
        (&"blocked".into(), &false.into())
    );
    let listed = answered(&stage.person("anna").get("/rounds/2023-2025/waivers"), 200);
    let states: Vec<&Value> = listed["waivers"]
        .as_array()
        .expect("waivers")
        .iter()
        .map(|one| &one["state"])
        .collect();
    assert_eq!(states, ["withdrawn", "expired"]);
    everybody_hands_in(
        stage,
        quarter,
        ["2023-10-10", "2023-10-20", "2023-11-06"],
        ("carl", &[1]),
    );
}

/// All parts hand in on the first day, all are accepted on the second, the quarter is closed on the third. Some have handed in
/// before.
fn everybody_hands_in(
    stage: &mut Stage,
    quarter: &str,
    [first, second, third]: [&str; 3],
    (coordinator, before): (&str, &[usize]),
) {
    stage.on(first);
    let parts = 0..stage.cast.numbers.len();
    let handed_in: Vec<(usize, String)> = parts
        .filter(|part| !before.contains(part))
        .map(|part| {
            let figures = stage.cast.figures(&stage.no(part), quarter);
            (part, stage.hand_in(part, quarter, &figures))
        })
        .collect();
    stage.on(second);
    for (part, id) in handed_in {
        stage.accept(part, coordinator, "mia", &id);
    }
    stage.on(third);
    stage.close("max", quarter, false, 200);
}

fn the_last_quarter_is_closed_with_one_missing(stage: &mut Stage) {
    let quarter = "2023-Q4";
    stage.on("2024-01-15");
    for part in 0..LATE {
        let figures = stage.cast.figures(&stage.no(part), quarter);
        let id = stage.hand_in(part, quarter, &figures);
        stage.accept(part, "carl", "max", &id);
    }
    stage.on("2024-02-12");
    let refused = stage.close("mia", quarter, false, 422);
    assert!(refused["detail"].is_string(), "{refused}");
    stage.close("mia", quarter, true, 200);
    let evening = stage.shelf.said("2024-01-15", "completeness");
    assert_eq!(
        overdue(&evening, stage.no(LATE).as_str(), quarter),
        0,
        "not due yet that evening"
    );
}
