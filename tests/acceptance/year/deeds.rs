//! What people do in the play: fetch a template, hand in, submit, endorse, return, accept; and what is refused to them.

use nachweis_domain::{figures::QuarterlyFigures, key::SubprojectNo};
use nachweis_tests::{service::Answer, workbook};
use serde_json::{Value, json};

use super::stage::Stage;

/// Why something is returned in the play.
pub(super) const RETURN_REASON: &str = "Bitte den Stand der Umsetzung genauer beschreiben.";

/// The status of an answer, checked, and its body.
pub(super) fn answered(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

impl Stage {
    /// The number of a part.
    pub(super) fn no(&self, part: usize) -> SubprojectNo {
        self.cast.numbers[part].clone()
    }

    /// The lead of a part fetches the template and fills these figures in.
    pub(super) fn filled(&self, part: usize, quarter: &str, figures: &QuarterlyFigures) -> Vec<u8> {
        let no = self.no(part);
        let lead = self.person(&format!("lead-{part}"));
        let template = lead.get(&format!("/subprojects/{no}/quarters/{quarter}/template.xlsx"));
        assert_eq!(
            template.status,
            200,
            "{}",
            String::from_utf8_lossy(&template.body)
        );
        let (context, stamp) = workbook::issued(&template.body);
        workbook::filled(&context, &stamp, &workbook::seal_key(), figures)
    }

    /// The lead of a part uploads a workbook with these figures.
    pub(super) fn upload(&self, part: usize, quarter: &str, figures: &QuarterlyFigures) -> Answer {
        self.hand_over(part, quarter, &self.filled(part, quarter, figures))
    }

    /// The lead of a part uploads a workbook.
    pub(super) fn hand_over(&self, part: usize, quarter: &str, workbook: &[u8]) -> Answer {
        let lead = self.person(&format!("lead-{part}"));
        lead.upload(self.no(part).as_str(), quarter, workbook)
    }

    /// Uploads figures that must not block, and submits them with a comment on each warning. Gives the id.
    pub(super) fn hand_in(&self, part: usize, quarter: &str, figures: &QuarterlyFigures) -> String {
        let receipt = answered(&self.upload(part, quarter, figures), 201);
        assert_eq!(receipt["blocking"], 0, "{receipt:#}");
        self.submit(part, &receipt)
    }

    /// Submits what a receipt is about. Gives the id.
    pub(super) fn submit(&self, part: usize, receipt: &Value) -> String {
        let id = receipt["id"].as_str().expect("an id").to_owned();
        let lead = self.person(&format!("lead-{part}"));
        let findings = receipt["findings"].as_array().expect("findings");
        let comments: Vec<Value> = findings
            .iter()
            .filter(|finding| finding["severity"] == "warning" && finding["waiver"].is_null())
            .map(|finding| json!({ "finding": finding["index"], "comment": "Ist geprüft und zutreffend." }))
            .collect();
        let path = format!("/uploads/{id}/submit");
        if !comments.is_empty() {
            answered(&lead.post(&path, &json!({})), 422);
        }
        answered(&lead.post(&path, &json!({ "comments": comments })), 200);
        id
    }

    /// Somebody takes a step with a submission, or is refused with this status.
    pub(super) fn step(&self, who: &str, id: &str, step: &str, status: u16) -> Value {
        let body = match step {
            "return" => json!({ "reason": RETURN_REASON }),
            _ => json!({}),
        };
        answered(
            &self.person(who).post(&format!("/submissions/{id}/{step}"), &body),
            status,
        )
    }

    /// The submission of a part goes its way: the coordinator first, where there is one, then a manager.
    pub(super) fn accept(&self, part: usize, coordinator: &str, manager: &str, id: &str) {
        if self.cast.is_coordinated(&self.no(part)) {
            self.step(coordinator, id, "endorse", 200);
        }
        assert_eq!(self.step(manager, id, "accept", 200)["state"], "accepted");
    }

    /// A manager closes a quarter, or is refused with this status.
    pub(super) fn close(&self, who: &str, quarter: &str, without_missing: bool, status: u16) -> Value {
        let path = format!("/rounds/{}/quarters/{quarter}/close", self.cast.round.code);
        let body = json!({ "without_missing": without_missing });
        answered(&self.person(who).post(&path, &body), status)
    }

    /// Somebody asks for a part's quarter to be reopened until a moment. Gives the id.
    pub(super) fn ask_reopening(&self, who: &str, part: usize, quarter: &str, until: &str) -> String {
        let path = format!("/subprojects/{}/quarters/{quarter}/reopen", self.no(part));
        let body = json!({ "reason": "Zwei Belege waren doppelt erfasst.", "expires_at": until });
        let asked = answered(&self.person(who).post(&path, &body), 201);
        asked["id"].as_str().expect("an id").to_owned()
    }

    /// Somebody confirms a reopening, or is refused with this status.
    pub(super) fn confirm(&self, who: &str, id: &str, status: u16) -> Value {
        answered(
            &self
                .person(who)
                .post(&format!("/reopenings/{id}/confirm"), &json!({})),
            status,
        )
    }

    /// Somebody asks for a waiver of late payments for a part's quarter until a moment. Gives the id.
    pub(super) fn ask_waiver(&self, who: &str, part: usize, quarter: &str, until: &str) -> String {
        let path = format!("/subprojects/{}/waivers", self.no(part));
        let body = json!({
            "code": "FIN-04",
            "first_quarter": quarter,
            "reason": "Die Bank hat erst nach dem Feiertag gebucht.",
            "until": until,
        });
        let asked = answered(&self.person(who).post(&path, &body), 201);
        asked["id"].as_str().expect("an id").to_owned()
    }

    /// Somebody decides on a waiver or withdraws it, or is refused with this status.
    pub(super) fn waive(&self, who: &str, id: &str, step: &str, until: Option<&str>, status: u16) -> Value {
        let mut body = json!({ "reason": "Der Kontoauszug liegt vor." });
        if let Some(until) = until {
            body["until"] = until.into();
        }
        answered(
            &self.person(who).post(&format!("/waivers/{id}/{step}"), &body),
            status,
        )
    }

    /// A report as it was frozen when a quarter was closed.
    pub(super) fn frozen(&self, quarter: &str, name: &str) -> Vec<u8> {
        let round = &self.cast.round.code;
        let frozen = self.person("anna").get(&format!(
            "/rounds/{round}/quarters/{quarter}/reports/{name}?format=csv&lang=de"
        ));
        assert_eq!(frozen.status, 200, "{}", String::from_utf8_lossy(&frozen.body));
        frozen.body
    }

    /// What the programme spent as far as it is accepted, in cents.
    pub(super) fn accepted_cents(&self) -> i64 {
        let path = format!(
            "/reports/burn?round={}&group_by=round&format=json",
            self.cast.round.code
        );
        let report = answered(&self.person("mia").get(&path), 200);
        report["tables"][0]["totals"]["accepted_cents"]
            .as_i64()
            .expect("cents")
    }
}
