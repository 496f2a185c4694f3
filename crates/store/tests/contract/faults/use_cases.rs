//! Everything that writes, one use case after the other, in an order in which each can succeed.

use nachweis_domain::{
    access::{Grant, Role, Scope},
    finding::Severity,
    key::TemplateVersion,
    language::Language,
    record::{
        Action, ErasureId, HoldId, IssueId, RefusedUpload, ReopeningId, Sha256, UploadId, UserId,
        WarningComment,
    },
};
use nachweis_store::{
    Actor, Attempt, AttemptKind, Changes, FrozenReport, IssueRecord, NewClosing, NewErasure, NewHold,
    NewRefreshToken, NewReopening, NewUpload, Original, PasswordHash, ReopeningWord, Store, StoreError,
};
use uuid::Uuid;

use crate::{
    identities::{begun, identity, room, token},
    requests::{answer, attempt, keeping, request as keyed},
    sample::*,
    waivers::{request, word},
};

fn reopening() -> NewReopening {
    NewReopening {
        id: ReopeningId(id(0x50)),
        subproject: no(1),
        quarter: quarter("2024-Q1"),
        reason: "Doppelt erfasst.".into(),
        by: MANAGER,
        at: at(200),
        expires_at: at(2_000),
        open_at_most: 5,
    }
}

/// Another one, to be withdrawn.
fn mistaken() -> NewReopening {
    NewReopening {
        id: ReopeningId(id(0x54)),
        at: at(202),
        ..reopening()
    }
}

fn hold() -> NewHold {
    NewHold {
        id: HoldId(id(0x51)),
        subproject: no(1),
        reason: "Laufendes Verfahren.".into(),
        by: MANAGER,
        at: at(11),
    }
}

/// Twenty years later nothing need be kept any longer.
const LATER: i64 = 20 * 365 * 24 * 60;

fn erasure() -> NewErasure {
    NewErasure {
        id: ErasureId(id(0x53)),
        subproject: no(1),
        by: MANAGER,
        at: at(LATER),
    }
}

fn issue() -> IssueRecord {
    IssueRecord {
        id: IssueId(id(0x52)),
        subproject: no(1),
        quarter: quarter("2024-Q1"),
        template_version: TemplateVersion::new("2023-1"),
        plan_version: 1,
        seal: "0f".repeat(32),
        issued_by: LEAD,
        issued_at: at(13),
    }
}

fn refused() -> RefusedUpload {
    RefusedUpload {
        subproject: no(1),
        quarter: quarter("2024-Q1"),
        sha256: Original::new(b"Name;Geburtsdatum".to_vec()).sha256(),
        size_bytes: 17,
        sent_by: LEAD,
        sent_at: at(14),
        reason: "FILE-07".into(),
    }
}

fn frozen((name, format): (&str, &'static str)) -> FrozenReport {
    FrozenReport {
        name: name.into(),
        language: Language::De,
        format,
        bytes: format!("{name} as {format}").into_bytes(),
    }
}

/// A sign-in that is tried: its account and its address.
fn tried() -> [Attempt; 2] {
    [
        attempt(AttemptKind::SignInAccount, 1),
        attempt(AttemptKind::SignInAddress, 2),
    ]
}

fn hash(number: u8) -> Sha256 {
    Sha256([number; 32])
}

/// A session of the lead whose first token is this.
fn session(number: u8) -> NewRefreshToken {
    NewRefreshToken {
        hash: hash(number),
        family: id(number.into()),
        ..token(LEAD, 15)
    }
}

fn close(store: &Store) -> Result<(), StoreError> {
    let new = NewClosing {
        round: code(),
        quarter: quarter("2024-Q1"),
        by: MANAGER,
        at: at(190),
        missing: 1,
        reports: [("burn", "csv"), ("burn", "json"), ("funding", "csv")]
            .map(frozen)
            .into(),
        mark: store.last_change(&code(), Changes::Any)?,
    };
    store.close_quarter(&new).map(drop)
}

fn numbered(number: u128, severity: Option<Severity>) -> NewUpload {
    NewUpload {
        figures: figures(i64::try_from(number).unwrap() * 1_000, 4),
        findings: severity.map(findings).unwrap_or_default(),
        ..upload(number)
    }
}

fn upload_id(number: u128) -> UploadId {
    upload(number).id
}

fn comments() -> Vec<WarningComment> {
    let comment = |finding| WarningComment {
        finding,
        comment: "Beleg folgt.".into(),
    };
    (0..u32::try_from(findings(Severity::Warning).len()).unwrap())
        .map(comment)
        .collect()
}

/// A use case with its name.
pub(crate) type UseCase = (&'static str, fn(&Store) -> Result<(), StoreError>);

/// Everything that writes, to the record or beside it.
pub(crate) const USE_CASES: &[UseCase] = &[
    ("record a round", |store| {
        store.save_round(&round(), Actor::System, at(0)).map(drop)
    }),
    ("create an account", |store| {
        store.create_user(&user(LEAD, "lead", Role::Lead), Actor::System, at(1))
    }),
    ("create a manager", |store| {
        store.create_user(&user(MANAGER, "manager", Role::Manager), Actor::System, at(1))
    }),
    ("create a second manager", |store| {
        store.create_user(&user(SECOND, "second", Role::Manager), Actor::System, at(1))
    }),
    ("import the programme", |store| {
        let given = programme(2);
        store
            .import_programme(&code(), "programme.csv", &given, MANAGER, at(2))
            .map(drop)
    }),
    ("grant a role", |store| {
        store.grant(LEAD, &partner(), Actor::System, at(3))
    }),
    ("withdraw a role", |store| {
        store.withdraw(LEAD, &partner(), Actor::System, at(4))
    }),
    ("set a password", |store| {
        store.set_password(LEAD, &PasswordHash::new("$argon2id$x"), Actor::System, at(5))
    }),
    ("sign in with a password", |store| {
        store
            .sign_in_with_password(&PasswordHash::new("$argon2id$x"), &session(0x90))
            .map(drop)
    }),
    ("link an identity", |store| {
        store.link_identity(LEAD, (id(0x60), &identity()), Actor::System, at(6))
    }),
    ("sign in with an identity", |store| {
        store
            .sign_in_with_identity(&identity(), &token(LEAD, 6))
            .map(drop)
    }),
    ("unlink an identity", |store| {
        store
            .unlink_identity(LEAD, &identity(), Actor::System, at(7))
            .map(drop)
    }),
    ("ask for a waiver", |store| {
        store.ask_waiver(&request(1, 8)).map(drop)
    }),
    ("grant a waiver", |store| {
        store.decide_waiver(&word(1, MANAGER, 9), Some(at(50))).map(drop)
    }),
    ("withdraw a waiver", |store| {
        store.withdraw_waiver(&word(1, MANAGER, 10)).map(drop)
    }),
    ("place a hold", |store| store.place_hold(&hold()).map(drop)),
    ("lift a hold", |store| {
        store.lift_hold(hold().id, "Erledigt.", SECOND, at(12)).map(drop)
    }),
    ("issue a workbook", |store| store.record_issue(&issue())),
    ("note a refused file", |store| store.record_refusal(&refused())),
    ("count a try to sign in", |store| {
        store.attempt(id(0x70), &tried(), at(15), at(-60)).map(drop)
    }),
    ("begin a session", |store| {
        store.save_refresh_token(&session(0xa0)).map(drop)
    }),
    ("take tries back", |store| {
        let [account, _] = tried();
        store.attempt_succeeded(id(0x70), AttemptKind::SignInAccount, account.whose)
    }),
    ("count another try", |store| {
        store.attempt(id(0x71), &tried(), at(16), at(-60)).map(drop)
    }),
    ("take one try back", |store| store.take_attempt_back(id(0x71))),
    ("refresh a session", |store| {
        store
            .rotate_refresh_token(&hash(0xa0), &hash(0xa1), at(900), at(17))
            .map(drop)
    }),
    ("end a session whose token is used twice", |store| {
        store
            .rotate_refresh_token(&hash(0xa0), &hash(0xa2), at(900), at(18))
            .map(drop)
    }),
    ("begin another session", |store| {
        store.save_refresh_token(&session(0xb0)).map(drop)
    }),
    ("sign out", |store| {
        store.revoke_refresh_token(&hash(0xb0), at(18))
    }),
    ("begin a session of the command line", |store| {
        store.begin_session(LEAD, id(0x72), at(18), at(900)).map(drop)
    }),
    ("end all sessions", |store| {
        store.revoke_refresh_tokens(LEAD, at(19))
    }),
    ("begin a sign-in at an issuer", |store| {
        store.begin_sign_in(&begun(7, 1), &room(19), at(19)).map(drop)
    }),
    ("take the sign-in at an issuer", |store| {
        let one = begun(7, 1);
        store
            .take_sign_in(&one.state, (&one.issuer, &one.binding), at(9))
            .map(drop)
    }),
    ("begin a request with a key", |store| {
        store
            .begin_request(&keyed(LEAD, 1, 0x73), &keeping(19), at(19))
            .map(drop)
    }),
    ("keep its answer", |store| {
        store.finish_request(&keyed(LEAD, 1, 0x73), Some(&answer()))
    }),
    ("begin another request and forget the first", |store| {
        store
            .begin_request(&keyed(LEAD, 2, 0x74), &keeping(140), at(140))
            .map(drop)
    }),
    ("free its key", |store| {
        store.finish_request(&keyed(LEAD, 2, 0x74), None)
    }),
    ("keep an upload", |store| {
        store
            .record_upload(&numbered(1, Some(Severity::Warning)))
            .map(drop)
    }),
    ("keep many uploads", |store| {
        let many: Vec<NewUpload> = (2..=4).map(|number| numbered(number, None)).collect();
        store.record_uploads(&many).map(drop)
    }),
    ("submit with comments", |store| {
        store.submit(upload_id(1), LEAD, at(20), &comments()).map(drop)
    }),
    ("return", |store| {
        store
            .return_to_lead(upload_id(1), MANAGER, at(21), "Beleg fehlt.")
            .map(drop)
    }),
    ("submit again", |store| {
        store.submit(upload_id(2), LEAD, at(22), &[]).map(drop)
    }),
    ("accept", |store| {
        store.accept(upload_id(2), MANAGER, at(23)).map(drop)
    }),
    ("submit a newer revision", |store| {
        store.submit(upload_id(3), LEAD, at(24), &[]).map(drop)
    }),
    ("accept many and supersede", |store| {
        store.accept_many(&[upload_id(3)], MANAGER, at(25)).map(drop)
    }),
    ("appoint a coordinator", |store| {
        store.create_user(
            &user(COORDINATOR, "coordinator", Role::Coordinator),
            Actor::System,
            at(26),
        )
    }),
    ("submit to the coordinator", |store| {
        store.submit(upload_id(4), LEAD, at(27), &[]).map(drop)
    }),
    ("endorse", |store| {
        store.endorse(upload_id(4), COORDINATOR, at(28)).map(drop)
    }),
    ("return what is endorsed", |store| {
        store
            .return_to_lead(upload_id(4), MANAGER, at(29), "Beleg fehlt.")
            .map(drop)
    }),
    ("journal an event", |store| {
        store.record_event(
            Actor::System,
            Action::SignedIn,
            "lead",
            &serde_json::json!({}),
            at(29),
        )
    }),
    ("close a quarter", close),
    ("ask for a reopening", |store| {
        store.request_reopening(&reopening()).map(drop)
    }),
    ("confirm a reopening", |store| {
        store.confirm_reopening(reopening().id, SECOND, at(201)).map(drop)
    }),
    ("ask for another reopening", |store| {
        store.request_reopening(&mistaken()).map(drop)
    }),
    ("withdraw a reopening", |store| {
        let word = ReopeningWord {
            id: mistaken().id,
            by: MANAGER,
            at: at(203),
            reason: "Versehentlich beantragt.".into(),
        };
        store.withdraw_reopening(&word).map(drop)
    }),
    ("disable an account", |store| {
        store.disable_user(LEAD, Actor::System, at(300))
    }),
    ("propose an erasure", |store| {
        store.propose_erasure(&erasure()).map(drop)
    }),
    ("erase originals", |store| {
        store
            .confirm_erasure(erasure().id, SECOND, at(LATER + 1))
            .map(drop)
    }),
];

const SECOND: UserId = UserId(Uuid::from_u128(4));

const fn partner() -> Grant {
    Grant {
        role: Role::Partner,
        scope: Scope::All,
    }
}
