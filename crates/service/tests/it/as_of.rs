//! Past moments: a scripted half-year of corrections, in which each report and export is kept as it was issued, and comes
//! out again byte for byte.

use std::{collections::BTreeMap, fs, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Caller, Role, Scope},
    figures::QuarterlyFigures,
    finding::Severity,
    key::{NetworkCode, SubprojectNo},
    language::Language,
    money::Money,
    past_moment::PastMoment,
    plan::Disbursement,
    programme::ProgrammeImport,
    record::{ReopeningId, UploadId, WarningComment},
};
use nachweis_service::{
    CleanStep, CleanSubmissions, Decided, ErrorClass, GroupBy, Missing, Report, ReportName, ReportRequest,
    Service, Value, Verdict, render,
};
use nachweis_store::{Actor, OPERATOR};

use crate::{
    Story,
    world::{THEIRS, World, day, moment, no, programme, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "every_report_of_every_past_moment_comes_out_byte_for_byte",
        whole_story,
    ),
    (
        "a_moment_to_come_and_one_before_the_round_are_refused_in_words",
        refused,
    ),
    (
        "a_closed_quarter_keeps_what_the_moment_of_its_closing_gives",
        closed,
    ),
    ("a_new_coordinator_shows_at_once_in_whose_turn_it_is", coordinator),
    (
        "in_a_closed_quarter_it_is_nobody_s_turn_until_it_is_reopened_and_again_afterwards",
        turns_of_a_closed_quarter,
    ),
    ("targets_count_as_they_were_known_at_the_moment", targets),
];

const MICROSECOND: TimeDelta = TimeDelta::microseconds(1);

fn request(name: ReportName) -> ReportRequest {
    ReportRequest {
        name,
        group_by: None,
        quarter: None,
        on: None,
    }
}

/// All reports in all their groupings, up to a quarter, and with a day for deadlines.
fn requests() -> Vec<ReportRequest> {
    let mut all = Vec::new();
    for name in ReportName::ALL.iter().copied() {
        all.push(request(name));
        let groupings = name.groupings().iter().copied().map(Some);
        all.extend(groupings.map(|group_by| ReportRequest {
            group_by,
            ..request(name)
        }));
        all.push(ReportRequest {
            quarter: Some(quarter()),
            on: (name == ReportName::Completeness).then(|| day(2026, 6, 1)),
            ..request(name)
        });
    }
    all
}

/// In which forms reports are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forms {
    /// As JSON, which holds everything in both languages.
    Json,
    /// Reports in their usual grouping in every form in which they leave the house.
    All,
}

fn forms(request: &ReportRequest, report: &Report, kept: Forms) -> Vec<Vec<u8>> {
    let mut forms = vec![render::json(report)];
    if kept == Forms::All && request.group_by.is_none() {
        for language in Language::ALL {
            forms.push(render::csv(report, language));
            forms.push(render::xlsx(report, language).unwrap());
        }
    }
    forms
}

/// What was issued: the bytes by report and reader.
pub(crate) type Issued = BTreeMap<String, Vec<Vec<u8>>>;

/// All reports for the manager, and what a lead and the coordinator of a network may see.
pub(crate) fn issue(service: &Service, world: &World, until: Option<DateTime<Utc>>, kept: Forms) -> Issued {
    let mut issued = Issued::new();
    let mut keep = |who: &str, caller: &Caller, request: &ReportRequest| {
        let report: Arc<Report> = service
            .report_as_of(caller, &world.round.code, request, until.map(PastMoment::from))
            .unwrap();
        issued.insert(format!("{who} {request:?}"), forms(request, &report, kept));
    };
    for request in requests() {
        keep("manager", &world.manager, &request);
    }
    for name in [ReportName::Burn, ReportName::Completeness] {
        let request = ReportRequest {
            group_by: (name == ReportName::Burn).then_some(GroupBy::Subproject),
            ..request(name)
        };
        keep("lead", &world.lead, &request);
        keep("coordinator", &world.coordinator, &request);
    }
    issued
}

/// The audit workbook in both languages.
pub(crate) fn audit(service: &Service, world: &World, until: Option<DateTime<Utc>>) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("audit.xlsx");
    Language::ALL
        .into_iter()
        .map(|language| {
            let totals = service
                .export_audit_as_of(
                    &world.auditor,
                    &world.round.code,
                    until.map(PastMoment::from),
                    language,
                    &file,
                )
                .unwrap();
            assert!(totals.agree(), "{:?}", totals.differences().collect::<Vec<_>>());
            fs::read(&file).unwrap()
        })
        .collect()
}

/// What the script remembers from step to step.
struct Script<'a> {
    world: &'a World,
    clock: DateTime<Utc>,
    programme: ProgrammeImport,
    last: Option<UploadId>,
    reopening: Option<ReopeningId>,
    second: Option<Caller>,
}

impl Script<'_> {
    fn upload(&mut self, figures: &QuarterlyFigures) -> Verdict {
        let verdict = self.world.upload(figures);
        self.last = Some(verdict.upload.id);
        verdict
    }

    fn theirs(&mut self, figures: &QuarterlyFigures) {
        let bytes = self.world.filled_for(THEIRS, figures);
        let verdict = self.world.service.receive_upload(
            &self.world.other_lead,
            &SubprojectNo::new(THEIRS),
            quarter(),
            "theirs.xlsx",
            bytes,
        );
        self.last = Some(verdict.unwrap().upload.id);
    }

    fn last(&self) -> UploadId {
        self.last.unwrap()
    }

    fn import(&self) {
        self.world
            .store
            .import_programme(
                &self.world.round.code,
                "later.csv",
                &self.programme,
                OPERATOR,
                self.clock,
            )
            .unwrap();
    }

    fn second(&self) -> &Caller {
        self.second.as_ref().unwrap()
    }
}

type Step = (&'static str, fn(&mut Script<'_>));

const STEPS: &[Step] = &[
    ("a wrong workbook is uploaded", |script| {
        let mut figures = script.world.figures(3);
        figures.vouchers.rows[1].amount = Some(Money::from_euro(90));
        script.upload(&figures);
    }),
    ("the corrected one is uploaded", |script| {
        script.upload(&script.world.figures(3));
    }),
    ("it is submitted", submit_ours),
    ("the coordinator endorses it", |script| {
        script
            .world
            .service
            .endorse(&script.world.coordinator, script.last())
            .unwrap();
    }),
    ("the manager returns it", |script| {
        script
            .world
            .service
            .return_to_lead(&script.world.manager, script.last(), "Beleg 2 fehlt.")
            .unwrap();
    }),
    ("a file that is no workbook is refused", |script| {
        script
            .world
            .service
            .receive_upload(
                &script.world.lead,
                &no(),
                quarter(),
                "Q3.xlsx",
                b"nothing".to_vec(),
            )
            .unwrap_err();
    }),
    ("a new revision is uploaded", |script| {
        script.upload(&script.world.figures(4));
    }),
    ("the new revision is submitted", submit_ours),
    ("the coordinator leaves", |script| {
        script
            .world
            .service
            .disable_user(&script.world.admin, script.world.coordinator.user)
            .unwrap();
    }),
    ("the new revision is accepted without a coordinator", accept),
    ("a change notice of an earlier day is recorded", |script| {
        script.world.change_plan();
    }),
    ("a payment of an earlier day is recorded", |script| {
        let source = script.programme.subprojects[0]
            .1
            .sources
            .keys()
            .next()
            .unwrap()
            .clone();
        script.programme.disbursements.push((
            no(),
            Disbursement {
                paid_on: day(2024, 3, 1),
                source,
                amount: Money::from_euro(5_000),
            },
        ));
        script.import();
    }),
    ("the network gets another name", |script| {
        script.programme.networks[0].name = "Netzwerk Rhein".into();
        script.import();
    }),
    (
        "the subproject moves to a new network and gets another title",
        |script| {
            let mut network = script.programme.networks[0].clone();
            network.code = NetworkCode::new("RIN-OWL");
            network.name = "Netzwerk Ost".into();
            script.programme.networks.push(network.clone());
            let subproject = &mut script.programme.subprojects[0].0;
            subproject.network = Some(network.code);
            subproject.title = "Neuer Titel".into();
            script.import();
        },
    ),
    ("the new network gets a coordinator", |script| {
        let scope = Scope::Network(NetworkCode::new("RIN-OWL"));
        script.second = Some(script.world.account("ole", Role::Coordinator, scope));
    }),
    ("a correction is uploaded", |script| {
        script.upload(&script.world.figures(6));
    }),
    ("the correction is submitted", submit_ours),
    ("the new coordinator endorses the correction", |script| {
        script
            .world
            .service
            .endorse(script.second(), script.last())
            .unwrap();
    }),
    ("the correction supersedes", accept),
    ("the other lead uploads with warnings", |script| {
        let mut figures = script.world.figures(3);
        for (source, euro) in [("federal", 234), ("own_private", 18)] {
            let mut funds = figures.funds.iter_mut();
            let fund = funds.find(|fund| fund.source.as_str() == source).unwrap();
            for cell in [&mut fund.called, &mut fund.received, &mut fund.spent] {
                cell.as_mut().unwrap().value = Money::from_euro(euro);
            }
        }
        script.theirs(&figures);
    }),
    ("the other lead submits with comments", |script| {
        let lead = script.world.other_lead.clone();
        assert!(submit(script, &lead) > 0);
    }),
    ("the other lead's report is accepted", accept),
    ("a newer version of the round allows more days", |script| {
        let mut round = script.world.round.clone();
        round.report_due_days += 15;
        round.funding_note.de.push_str(" Geändert.");
        let at = script.clock;
        script.world.store.save_round(&round, Actor::System, at).unwrap();
    }),
    ("the quarter is closed", |script| {
        let world = script.world;
        let closed = world.service.close_quarter(
            &world.manager,
            &world.round.code,
            quarter(),
            Missing::Acknowledged,
        );
        closed.unwrap();
    }),
    ("a reopening is asked for", |script| {
        let world = script.world;
        let until = script.clock + TimeDelta::days(10);
        let asked = world
            .service
            .request_reopening(&world.manager, &no(), quarter(), "Nachtrag", until);
        script.reopening = Some(asked.unwrap().record.id);
    }),
    ("a second manager confirms it", |script| {
        let second = script.world.account("max", Role::Manager, Scope::All);
        let id = script.reopening.unwrap();
        script.world.service.confirm_reopening(&second, id).unwrap();
    }),
    ("a revision of the reopened quarter is uploaded", |script| {
        script.upload(&script.world.figures(7));
    }),
    ("many decisions are taken at once", |script| {
        let (world, id) = (script.world, script.last());
        let decisions = [
            (world.lead.clone(), id, Decided::Submit(comments(script))),
            (script.second().clone(), id, Decided::Endorse),
            (world.manager.clone(), id, Decided::Accept),
        ];
        world.service.decide_many(&decisions).unwrap();
    }),
    ("a further subproject is recorded", |script| {
        let (mut subproject, plan) = script.programme.subprojects[1].clone();
        subproject.no = SubprojectNo::new("IQ23-NW-003");
        script.programme.subprojects.push((subproject, plan));
        script.import();
    }),
    ("money comes back", |script| {
        let mut back = script.programme.disbursements[0].clone();
        back.1.amount = Money::from_euro(-700);
        script.programme.disbursements.push(back);
        script.import();
    }),
    ("the new coordinator leaves", |script| {
        let user = script.second().user;
        script
            .world
            .service
            .disable_user(&script.world.admin, user)
            .unwrap();
    }),
];

fn submit_ours(script: &mut Script<'_>) {
    let lead = script.world.lead.clone();
    submit(script, &lead);
}

/// Submits the last upload with a comment on each warning, and gives their number.
fn submit(script: &mut Script<'_>, lead: &Caller) -> usize {
    let comments = comments(script);
    let submitted = script.world.service.submit(lead, script.last(), &comments);
    submitted.unwrap();
    comments.len()
}

/// A comment on each warning of the last upload.
fn comments(script: &Script<'_>) -> Vec<WarningComment> {
    let (service, id) = (&script.world.service, script.last());
    let seen = service.upload(&script.world.manager, id).unwrap();
    (0_u32..)
        .zip(&seen.findings)
        .filter(|(_, rated)| rated.severity == Severity::Warning)
        .map(|(finding, _)| WarningComment {
            finding,
            comment: "Zahlung folgt im Oktober.".to_owned(),
        })
        .collect()
}

fn accept(script: &mut Script<'_>) {
    let manager = &script.world.manager;
    script.world.service.accept(manager, script.last()).unwrap();
}

/// What was issued after a step.
struct Kept {
    step: &'static str,
    /// The moments of the step's first and last entries.
    moments: (DateTime<Utc>, DateTime<Utc>),
    forms: Forms,
    issued: Issued,
    audit: Option<Vec<Vec<u8>>>,
}

/// All forms are kept after each so many steps.
const IN_ALL_FORMS: usize = 4;
/// The reports of a step as JSON.
fn json(step: &Kept) -> Vec<&[u8]> {
    step.issued.values().map(|forms| forms[0].as_slice()).collect()
}

/// An audit is kept after each so many steps.
const AUDITED: usize = 7;

/// Takes each step and keeps what is issued after it. The clock goes on, stands still, and once goes back.
fn live(world: &World) -> Vec<Kept> {
    let mut script = Script {
        world,
        clock: moment("2024-10-15T12:00:00Z"),
        programme: programme(&world.round),
        last: None,
        reopening: None,
        second: None,
    };
    let mut kept = Vec::new();
    for (number, (name, step)) in STEPS.iter().enumerate() {
        script.clock += match number % 5 {
            0 => TimeDelta::zero(),
            3 => TimeDelta::hours(-1),
            _ => TimeDelta::days(3) + TimeDelta::microseconds(7),
        };
        world.hand.turn_to(script.clock);
        let head = world.store.journal_head().unwrap();
        step(&mut script);
        let first = world.store.journal(head, 1).unwrap().pop().expect(name).at;
        let forms = match number % IN_ALL_FORMS {
            0 => Forms::All,
            _ => Forms::Json,
        };
        kept.push(Kept {
            step: name,
            forms,
            moments: (first, world.store.last_moment().unwrap().unwrap()),
            issued: issue(&world.service, world, None, forms),
            audit: (number % AUDITED == AUDITED - 1).then(|| audit(&world.service, world, None)),
        });
    }
    kept
}

fn whole_story(world: &World) {
    let at_first = issue(&world.service, world, None, Forms::All);
    let kept = live(world);
    // Nothing is remembered, and much later: what comes out is read from the record.
    let later = world.started_anew(moment("2027-01-01T00:00:00Z"));
    let ask = |until: DateTime<Utc>, expected: &Issued, forms: Forms, told: &str| {
        let given = issue(&later, world, Some(until), forms);
        for (report, bytes) in expected {
            assert!(given[report] == *bytes, "{told}: {report} as of {until}");
        }
    };
    let mut before = (&at_first, Forms::All);
    for (number, step) in kept.iter().enumerate() {
        let (first, last) = step.moments;
        ask(last, &step.issued, step.forms, step.step);
        ask(
            first - MICROSECOND,
            before.0,
            before.1,
            &format!("just before: {}", step.step),
        );
        // Where the clock stood still or went back, the next step is only a microsecond away.
        let next = kept.get(number + 1).map(|next| next.moments.0);
        if number % 4 == 0 && next != Some(last + MICROSECOND) {
            ask(
                last + MICROSECOND,
                &step.issued,
                step.forms,
                &format!("just after: {}", step.step),
            );
        }
        if let Some(audited) = &step.audit {
            assert!(
                audit(&later, world, Some(last)) == *audited,
                "audit: {}",
                step.step
            );
        }
        before = (&step.issued, step.forms);
    }
    let different = kept.iter().zip(kept.iter().skip(1));
    let different = different.filter(|(one, next)| json(one) != json(next)).count();
    assert!(different >= 25, "{different} steps changed reports");
    printed(world, &later, &kept);
}

/// The moment that a report names gives that report.
fn printed(world: &World, later: &Service, kept: &[Kept]) {
    for step in kept.iter().step_by(3) {
        for request in requests() {
            let until = Some(PastMoment::from(step.moments.1));
            let report_of = |until| later.report_as_of(&world.manager, &world.round.code, &request, until);
            let report = report_of(until).unwrap();
            let again = report_of(Some(PastMoment::from(report.as_of))).unwrap();
            assert_eq!(report, again, "{}: {request:?}", step.step);
        }
    }
}

fn refused(world: &World) {
    let burn = request(ReportName::Burn);
    let ask = |until: &str| {
        let until = Some(until.parse().unwrap());
        world
            .service
            .report_as_of(&world.manager, &world.round.code, &burn, until)
    };
    world.hand.turn_to(moment("2024-10-16T12:00:00Z"));
    ask("2024-10-16T12:00:00Z").unwrap();
    ask("2024-10-15").unwrap();
    // The day of the clock is not over yet.
    for until in ["2024-10-16T12:00:00.000001Z", "2024-10-16", "2999-12-31"] {
        let error = ask(until).unwrap_err();
        assert_eq!(
            (error.code(), error.class()),
            ("as-of-future", ErrorClass::Invalid),
            "{until}"
        );
        assert!(error.text(Language::De).contains("Zukunft") && error.text(Language::En).contains("future"));
    }
    let recorded = world.store.recorded_since(&world.round.code).unwrap().unwrap();
    for until in [recorded - MICROSECOND, moment("1970-01-01T00:00:00Z")] {
        let until = PastMoment::from(until).to_string();
        let error = ask(&until).unwrap_err();
        assert_eq!(
            (error.code(), error.class()),
            ("as-of-early", ErrorClass::Invalid),
            "{until}"
        );
        assert!(
            error.text(Language::De).contains("15.10.2024"),
            "{}",
            error.text(Language::De)
        );
        let to = tempfile::tempdir().unwrap().path().join("audit.xlsx");
        let exported = world.service.export_audit_as_of(
            &world.auditor,
            &world.round.code,
            Some(until.parse().unwrap()),
            Language::De,
            &to,
        );
        assert_eq!(exported.unwrap_err().code(), "as-of-early");
        assert!(!to.exists());
    }
}

fn closed(world: &World) {
    let verdict = world.upload(&world.figures(3));
    world.service.submit(&world.lead, verdict.upload.id, &[]).unwrap();
    world.accept(verdict.upload.id);
    let closing = world
        .service
        .close_quarter(
            &world.manager,
            &world.round.code,
            quarter(),
            Missing::Acknowledged,
        )
        .unwrap()
        .closing;
    world.hand.turn_to(moment("2025-03-01T00:00:00Z"));
    world.change_plan();
    for name in ReportName::ALL.iter().copied() {
        let asked = ReportRequest {
            quarter: Some(quarter()),
            ..request(name)
        };
        // Only `completeness` shows the closing itself.
        let just_before = closing.closed_at - MICROSECOND;
        let until = match name {
            ReportName::Completeness => just_before,
            _ => closing.closed_at,
        };
        let until = Some(PastMoment::from(until));
        let report = world
            .service
            .report_as_of(&world.manager, &world.round.code, &asked, until)
            .unwrap();
        let place = (&world.round.code, quarter());
        let frozen = world
            .service
            .frozen_report(&world.manager, place, name, Language::De, "json")
            .unwrap();
        assert!(render::json(&report) == frozen, "{name}");
    }
}

fn coordinator(world: &World) {
    let verdict = world.upload(&world.figures(3));
    world.service.submit(&world.lead, verdict.upload.id, &[]).unwrap();
    let turn = || {
        let asked = request(ReportName::Completeness);
        let report = world
            .service
            .report(&world.manager, &world.round.code, &asked)
            .unwrap();
        render::csv(&report, Language::En)
    };
    let before = turn();
    world.hand.turn_to(moment("2024-10-20T12:00:00Z"));
    world
        .service
        .disable_user(&world.admin, world.coordinator.user)
        .unwrap();
    let after = turn();
    assert_ne!(before, after);
}

fn targets(world: &World) {
    let planned = |until: Option<DateTime<Utc>>| -> Vec<Value> {
        let until = until.map(PastMoment::from);
        let asked = request(ReportName::Indicators);
        let report = world
            .service
            .report_as_of(&world.manager, &world.round.code, &asked, until)
            .unwrap();
        let table = &report.tables[0];
        let place = |key| table.columns.iter().position(|column| column.key == key).unwrap();
        let (code, target) = (place("code"), place("target"));
        let participants = table.rows.iter().filter(|row| row[code] == Value::text("EECO01"));
        participants.map(|row| row[target].clone()).collect()
    };
    assert_eq!(planned(None), [Value::Count(80)], "two subprojects");
    world.change_plan();
    let recorded = world.store.last_moment().unwrap().unwrap();
    assert_eq!(planned(None), [Value::Count(110)]);
    assert_eq!(planned(Some(recorded - MICROSECOND)), [Value::Count(80)]);
    assert_eq!(planned(Some(recorded)), [Value::Count(110)]);
}

/// Whose turn each of our quarters is, its days overdue, and until when it is open again, of the third quarter.
fn row_of_quarter(
    service: &Service,
    world: &World,
    asked: &ReportRequest,
    until: Option<DateTime<Utc>>,
) -> Vec<Value> {
    let until = until.map(PastMoment::from);
    let report = service
        .report_as_of(&world.lead, &world.round.code, asked, until)
        .unwrap();
    let table = report
        .tables
        .iter()
        .find(|table| table.key == "quarters")
        .unwrap();
    let place = |key| table.columns.iter().position(|column| column.key == key).unwrap();
    let row = table.row(&format!("{}/{}", no(), quarter())).unwrap();
    ["turn", "overdue_days", "closed", "reopened_until"]
        .map(|key| match &row[place(key)] {
            Value::Term(term) => Value::text(&term.key),
            value => value.clone(),
        })
        .to_vec()
}

fn turns_of_a_closed_quarter(world: &World) {
    let at = |text: &str| {
        world.hand.turn_to(moment(text));
        moment(text)
    };
    let asked = request(ReportName::Completeness);
    let now = || row_of_quarter(&world.service, world, &asked, None);
    let lead = |turn: &str, days, closed, until| vec![Value::text(turn), Value::Count(days), closed, until];
    let nothing = Value::Empty;
    let closed_at = at("2024-11-20T12:00:00Z");
    let close = world.service.close_quarter(
        &world.manager,
        &world.round.code,
        quarter(),
        Missing::Acknowledged,
    );
    let closed = Value::Time(close.unwrap().closing.closed_at);
    let shut = lead("closed", 21, closed.clone(), nothing.clone());
    assert_eq!(now(), shut);
    let much_later = ReportRequest {
        on: Some(day(2025, 6, 1)),
        ..asked.clone()
    };
    let later = row_of_quarter(&world.service, world, &much_later, None);
    assert_eq!(later, shut, "days overdue stop at the closing");
    let before = row_of_quarter(&world.service, world, &asked, Some(closed_at - MICROSECOND));
    assert_eq!(
        before[0],
        Value::text("lead"),
        "just before, it was the lead's turn"
    );

    at("2024-11-25T12:00:00Z");
    let until = moment("2024-12-05T12:00:00Z");
    let second = world.account("max", Role::Manager, Scope::All);
    let reopening = world
        .service
        .request_reopening(&world.manager, &no(), quarter(), "Nachtrag", until);
    assert_eq!(now(), shut, "a request opens nothing");
    world
        .service
        .confirm_reopening(&second, reopening.unwrap().record.id)
        .unwrap();
    let confirmed = world.store.last_moment().unwrap().unwrap();
    let open = lead("lead", 26, closed.clone(), Value::Time(until));
    assert_eq!(now(), open);
    at("2024-11-25T12:00:01Z");
    let standing = || {
        let seen = world.service.subproject(&world.lead, &no()).unwrap().quarters;
        let found = seen.into_iter().find(|one| one.quarter == quarter()).unwrap();
        (found.standing.as_str(), found.standing.reopened_until())
    };
    assert_eq!(standing(), ("reopened", Some(until)));
    let verdict = world.upload(&world.figures(3));
    world.service.submit(&world.lead, verdict.upload.id, &[]).unwrap();
    assert_eq!(now()[0], Value::text("coordinator"));
    let clean = || {
        let (caller, code) = (&world.coordinator, &world.round.code);
        let step = CleanStep::Endorse;
        let found = world.service.clean_submissions(caller, code, quarter(), step);
        let CleanSubmissions { ready, left_out, .. } = found.unwrap();
        let left_out = left_out
            .iter()
            .map(|(one, error)| (one.turn.as_str(), error.code()));
        (ready.len(), left_out.collect::<Vec<_>>())
    };
    assert_eq!(clean(), (1, Vec::new()), "while the quarter is open again");

    at("2024-12-06T12:00:00Z");
    assert_eq!(clean(), (0, vec![("closed", "reopening-expired")]));
    let read = world.service.upload(&world.lead, verdict.upload.id).unwrap();
    assert_eq!(read.turn.as_str(), "closed");
    assert_eq!(standing(), ("expired", Some(until)));
    let lapsed = ReportRequest {
        on: Some(day(2024, 12, 6)),
        ..asked.clone()
    };
    let shown = row_of_quarter(&world.service, world, &lapsed, None);
    assert_eq!(shown, lead("closed", 0, closed, Value::Time(until)));
    let again = world.started_anew(moment("2027-01-01T00:00:00Z"));
    for (then, row) in [(confirmed - MICROSECOND, shut), (confirmed, open)] {
        assert_eq!(
            row_of_quarter(&again, world, &asked, Some(then)),
            row,
            "as of {then}"
        );
    }
}
