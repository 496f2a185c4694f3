//! Signing in at an OpenID Connect issuer that is dishonest, broken or slow: each answer is refused with its code.

use std::{collections::BTreeSet, io::Write as _, net::TcpStream};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use nachweis_service::{Identity, Service};
use nachweis_store::testing::Backend;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    client::Client,
    issuer_stage::{Begun, CLIENT_ID, IssuerStage, REDIRECT, SUBJECT, begin, settings_of},
    trial_issuer::{Reply, TrialIssuer, TrialKey},
};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] = crate::tests![
    who_proves_a_linked_identity_is_signed_in_and_nobody_else,
    an_id_token_that_does_not_hold_is_refused_with_its_reason,
    keys_are_asked_for_again_for_an_unknown_one_but_once_a_minute_at_most,
    state_secret_and_code_are_good_once_and_at_their_issuer_only,
    an_issuer_that_does_not_answer_as_it_should_is_unavailable,
    any_instance_completes_and_too_many_failures_are_slowed_down,
    neither_an_outage_nor_newcomers_lock_out_an_office,
];

/// What has nothing to do with the database.
pub(crate) const ALONE: &[(&str, fn())] =
    crate::tests![who_breaks_off_leaves_no_more_questions_to_issuers_than_there_may_be];

/// A server with one issuer that has two keys.
struct Trial {
    stage: IssuerStage,
    issuer: TrialIssuer,
    ed: TrialKey,
    ec: TrialKey,
}

impl Trial {
    fn new(backend: Backend) -> Self {
        let (ed, ec) = (TrialKey::ed25519("ed"), TrialKey::p256("ec"));
        let issuer = TrialIssuer::new(&[&ed, &ec]);
        let stage = IssuerStage::new(backend, vec![settings_of("login", &issuer.address)]);
        Self {
            stage,
            issuer,
            ed,
            ec,
        }
    }

    /// What an honest issuer says of a sign-in.
    fn claims(&self, begun: &Begun) -> Value {
        let now = self.stage.now();
        json!({
            "iss": self.issuer.address, "sub": SUBJECT, "aud": CLIENT_ID, "nonce": begun.nonce(),
            "iat": now, "exp": now + 300,
        })
    }

    fn gives(&self, id_token: &str) {
        self.issuer.says("/token", Reply::Json(200, tokens(id_token)));
    }

    /// Signs in with an honest token about a subject.
    fn signed_in(&self, subject: &str) -> crate::client::Answer {
        let begun = self.stage.start("login");
        let mut claims = self.claims(&begun);
        claims["sub"] = json!(subject);
        self.gives(&self.ed.sign(&claims));
        begun.complete(&self.stage.world.client(), &begun.with_code("code"))
    }
}

fn tokens(id_token: &str) -> Value {
    json!({ "id_token": id_token, "access_token": "access", "token_type": "Bearer" })
}

fn who_proves_a_linked_identity_is_signed_in_and_nobody_else(backend: Backend) {
    let trial = Trial::new(backend);
    let (stage, operator) = (&trial.stage, Service::operator());
    let account = stage.linked("lena", &trial.issuer.address, SUBJECT);
    let session = trial.signed_in(SUBJECT).expect(200);
    assert_eq!(session["account"]["name"], "lena");
    let (action, detail) = stage.journalled();
    assert_eq!(
        (action.as_str(), &detail["issuer"]),
        ("signed_in", &json!(trial.issuer.address))
    );
    let client = stage
        .world
        .client()
        .bearing(session["access_token"].as_str().unwrap());
    client.get("/api/v1/rounds").expect(200);

    let unlinked = trial.signed_in("mia-0815").expect(403);
    assert_eq!(unlinked["code"], "identity-unlinked");
    assert!(unlinked["detail"].as_str().unwrap().contains("mia-0815"));
    let (action, detail) = stage.journalled();
    assert_eq!(
        (action.as_str(), &detail["reason"]),
        ("sign_in_failed", &json!("identity-unlinked"))
    );
    assert!(!detail.to_string().contains("mia-0815"));

    let identity = Identity {
        issuer: trial.issuer.address.clone(),
        subject: SUBJECT.to_owned(),
    };
    let service = &stage.world.service;
    service.unlink_identity(&operator, account.id, &identity).unwrap();
    client.get("/api/v1/rounds").expect(401);
    assert_eq!(trial.signed_in(SUBJECT).expect(403)["code"], "identity-unlinked");
    service.link_identity(&operator, account.id, &identity).unwrap();
    service.disable_user(&operator, account.id).unwrap();
    assert_eq!(trial.signed_in(SUBJECT).expect(403)["code"], "account-disabled");

    let asked = trial.issuer.asked("/token").pop().unwrap();
    // The secret is encoded as in a form before it is joined with the name.
    assert_eq!(
        asked.authorization.as_deref(),
        Some("Basic bmFjaHdlaXM6ZWluK0dlaGVpbW5pcyUzQSsxMDAlMjU=")
    );
    let unknown = stage
        .world
        .client()
        .post("/api/v1/auth/oidc/other/start", &json!({}));
    assert_eq!(unknown.expect(404)["code"], "issuer-unknown");
}

fn segment(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Tokens that no honest issuer gives in this sign-in, with the reason for which each is refused.
fn forged(trial: &Trial, begun: &Begun) -> Vec<(&'static str, String)> {
    let (now, good) = (trial.stage.now(), trial.claims(begun));
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        trial.ed.sign(&claims)
    };
    let header = |change: &dyn Fn(&mut Header)| {
        let mut header = trial.ed.header();
        change(&mut header);
        trial.ed.sign_under(&header, &good)
    };
    let shared = |secret: &[u8]| {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some("ed".to_owned());
        jsonwebtoken::encode(&header, &good, &EncodingKey::from_secret(secret)).unwrap()
    };
    let public = trial.ed.public["x"].as_str().unwrap();
    let mut without_exp = good.clone();
    without_exp.as_object_mut().unwrap().remove("exp");
    let stranger = TrialKey::ed25519("ed");
    let whole = trial.ed.sign(&good);
    let none = json!({ "alg": "none", "kid": "ed" });
    vec![
        ("issuer", with("iss", json!("https://login.example.org"))),
        ("audience", with("aud", json!("another"))),
        ("authorized-party", with("aud", json!([CLIENT_ID, "another"]))),
        ("authorized-party", with("azp", json!("another"))),
        ("nonce", with("nonce", json!("another"))),
        ("expired", with("exp", json!(now - 31))),
        ("not-yet", with("iat", json!(now + 31))),
        ("not-yet", with("nbf", json!(now + 31))),
        ("form", trial.ed.sign(&without_exp)),
        (
            "access-token-hash",
            with("at_hash", json!("77QmUPtjPfzWtF2AnpK9RQ")),
        ),
        ("subject", with("sub", json!("a\nb"))),
        ("header", format!("{}.{}.", segment(&none), segment(&good))),
        ("header", "no token".to_owned()),
        ("algorithm", shared(public.as_bytes())),
        ("algorithm", shared(&URL_SAFE_NO_PAD.decode(public).unwrap())),
        ("signature", stranger.sign(&good)),
        ("signature", whole[..whole.len() - 4].to_owned()),
        ("key", TrialKey::ed25519("unknown").sign(&good)),
        ("key", header(&|it| it.kid = Some("ec".to_owned()))),
        ("type", header(&|it| it.typ = Some("at+jwt".to_owned()))),
        (
            "critical-header",
            header(&|it| it.crit = Some(vec!["exp".to_owned()])),
        ),
    ]
}

fn an_id_token_that_does_not_hold_is_refused_with_its_reason(backend: Backend) {
    let trial = Trial::new(backend);
    let (stage, client) = (&trial.stage, trial.stage.world.client());
    stage.linked("lena", &trial.issuer.address, SUBJECT);
    let mut refused = BTreeSet::new();
    for index in 0.. {
        let begun = stage.start("login");
        let Some((reason, token)) = forged(&trial, &begun).into_iter().nth(index) else {
            break;
        };
        trial.gives(&token);
        let answer = begun.complete(&client, &begun.with_code("code"));
        assert_eq!(answer.expect(401)["code"], "id-token-refused", "{reason}");
        assert_eq!(stage.journalled().1["reason"], reason, "number {index}");
        refused.insert(index);
    }
    assert_eq!(refused.len(), 21);

    let begun = stage.start("login");
    trial
        .issuer
        .says("/token", Reply::Json(200, json!({ "access_token": "access" })));
    begun.complete(&client, &begun.with_code("code")).expect(401);
    assert_eq!(stage.journalled().1["reason"], "no-token");

    // RFC 9207: an answer of another issuer is refused before the code goes anywhere.
    let asked = trial.issuer.asked("/token").len();
    let begun = stage.start("login");
    let mut handed_in = begun.with_code("code");
    handed_in["iss"] = json!("https://login.example.org");
    begun.complete(&client, &handed_in).expect(401);
    assert_eq!(stage.journalled().1["reason"], "iss-parameter");
    assert_eq!(trial.issuer.asked("/token").len(), asked);

    // The same tokens without the fault are taken; a key id may be missing where one key fits.
    let begun = stage.start("login");
    let mut header = trial.ec.header();
    header.kid = None;
    trial.gives(&trial.ec.sign_under(&header, &trial.claims(&begun)));
    let mut handed_in = begun.with_code("code");
    handed_in["iss"] = json!(trial.issuer.address);
    begun.complete(&client, &handed_in).expect(200);
}

fn keys_are_asked_for_again_for_an_unknown_one_but_once_a_minute_at_most(backend: Backend) {
    let mut trial = Trial::new(backend);
    trial.stage.linked("lena", &trial.issuer.address, SUBJECT);
    let asked = |trial: &Trial| trial.issuer.asked("/jwks").len();
    trial.signed_in(SUBJECT).expect(200);
    trial.signed_in(SUBJECT).expect(200);
    assert_eq!(asked(&trial), 1, "keys are remembered");
    trial.ed = TrialKey::ed25519("next");
    trial.issuer.publishes(&[&trial.ed]);
    for _ in 0..3 {
        trial.signed_in(SUBJECT).expect(401);
        assert_eq!(trial.stage.journalled().1["reason"], "key");
    }
    assert_eq!(asked(&trial), 1, "within a minute");
    trial.stage.wait(60);
    trial.signed_in(SUBJECT).expect(200);
    assert_eq!(asked(&trial), 2);
    // A key that is no longer published is not believed for longer than an hour.
    trial.issuer.publishes(&[]);
    trial.signed_in(SUBJECT).expect(200);
    trial.stage.wait(3_600);
    trial.signed_in(SUBJECT).expect(401);
    assert_eq!(asked(&trial), 3);
    assert_eq!(trial.issuer.asked("/.well-known/openid-configuration").len(), 2);
}

fn state_secret_and_code_are_good_once_and_at_their_issuer_only(backend: Backend) {
    let key = TrialKey::ed25519("ed");
    let (issuer, other) = (TrialIssuer::new(&[&key]), TrialIssuer::new(&[&key]));
    let stage = IssuerStage::new(
        backend,
        vec![
            settings_of("login", &issuer.address),
            settings_of("other", &other.address),
        ],
    );
    stage.linked("lena", &issuer.address, SUBJECT);
    let client = stage.world.client();
    let not_begun = |begun: &Begun, handed_in: &Value| {
        let answer = begun.complete(&client, handed_in).expect(401);
        assert_eq!(answer["code"], "sign-in-not-begun", "{handed_in}");
    };
    let give = |begun: &Begun| {
        let now = stage.now();
        let claims = json!({
            "iss": issuer.address, "sub": SUBJECT, "aud": CLIENT_ID, "nonce": begun.nonce(), "iat": now, "exp": now + 300,
        });
        issuer.says("/token", Reply::Json(200, tokens(&key.sign(&claims))));
    };
    let begun = stage.start("login");
    give(&begun);
    begun.complete(&client, &begun.with_code("code")).expect(200);
    not_begun(&begun, &begun.with_code("code"));

    // With the secret of another sign-in, and then with the right one: the first try used it up.
    let (mine, foreign) = (stage.start("login"), stage.start("login"));
    let mut handed_in = mine.with_code("code");
    handed_in["binding"] = json!(foreign.binding);
    not_begun(&mine, &handed_in);
    not_begun(&mine, &mine.with_code("code"));

    let mut elsewhere = stage.start("other");
    "login".clone_into(&mut elsewhere.issuer);
    not_begun(&elsewhere, &elsewhere.with_code("code"));
    for state in ["", "x", &"0".repeat(64), &"g".repeat(64)] {
        not_begun(
            &begun,
            &json!({ "code": "code", "state": state, "binding": begun.binding }),
        );
    }
    let late = stage.start("login");
    stage.wait(601);
    not_begun(&late, &late.with_code("code"));

    let asked = issuer.asked("/token").len();
    assert_eq!(asked, 1, "no code went to the issuer");
    issuer.says("/token", Reply::Json(400, json!({ "error": "invalid_grant" })));
    for code in ["used", "", &"a".repeat(4_097)] {
        let begun = stage.start("login");
        let refused = begun.complete(&client, &begun.with_code(code)).expect(401);
        assert_eq!(refused["code"], "issuer-code-refused");
    }
    // The proof key that goes to the issuer is the one whose challenge went with the browser.
    let begun = stage.start("login");
    begun.complete(&client, &begun.with_code("code")).expect(401);
    let form = issuer.asked("/token").pop().unwrap().body;
    let form: std::collections::BTreeMap<String, String> = url::form_urlencoded::parse(form.as_bytes())
        .into_owned()
        .collect();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    assert_eq!(begun.parameters["code_challenge"], challenge);
    assert_eq!(
        (form["grant_type"].as_str(), form["redirect_uri"].as_str()),
        ("authorization_code", REDIRECT)
    );
    assert!(!form.contains_key("client_secret") && !begun.url.contains(&begun.binding));
}

/// An issuer by its name, and what is wrong with it.
type Unruly<'a> = (&'a str, &'a dyn Fn(&TrialIssuer));

fn an_issuer_that_does_not_answer_as_it_should_is_unavailable(backend: Backend) {
    const DESCRIPTION: &str = "/.well-known/openid-configuration";
    let key = TrialKey::ed25519("ed");
    let secret = json!({ "error": "server_error", "error_description": "geheim" });
    let refuses_to_begin: [Unruly<'_>; 6] = [
        ("liar", &|it| {
            let mut description = it.description();
            description["issuer"] = json!("https://login.example.org");
            it.says(DESCRIPTION, Reply::Json(200, description));
        }),
        ("plain", &|it| {
            let mut description = it.description();
            description["token_endpoint"] = json!("http://192.0.2.1/token");
            it.says(DESCRIPTION, Reply::Json(200, description));
        }),
        ("moved", &|it| {
            it.says("/there", Reply::Json(200, it.description()));
            it.says(DESCRIPTION, Reply::Redirect(format!("{}/there", it.address)));
        }),
        ("broken", &|it| {
            it.says(DESCRIPTION, Reply::Json(500, secret.clone()));
        }),
        ("babbling", &|it| {
            it.says(DESCRIPTION, Reply::Bytes(200, b"<html>geheim</html>".to_vec()));
        }),
        ("silent", &|it| it.says(DESCRIPTION, Reply::Silence)),
    ];
    let good = TrialKey::ed25519("ed");
    let refuses_to_complete: [Unruly<'_>; 5] = [
        ("huge", &|it| {
            it.says("/jwks", Reply::Bytes(200, vec![b' '; 5 << 20]));
        }),
        ("keyless", &|it| {
            it.says("/jwks", Reply::Json(200, json!({ "error": "geheim" })));
        }),
        ("moving", &|it| {
            it.says("/there", Reply::Json(200, tokens("geheim")));
            it.says("/token", Reply::Redirect(format!("{}/there", it.address)));
        }),
        ("failing", &|it| {
            it.says("/token", Reply::Json(500, secret.clone()));
        }),
        ("estranged", &|it| {
            it.says("/token", Reply::Json(401, json!({ "error": "invalid_client" })));
        }),
    ];
    let all: Vec<(&str, TrialIssuer)> = refuses_to_begin
        .iter()
        .chain(&refuses_to_complete)
        .map(|(name, set_up)| {
            let issuer = TrialIssuer::new(&[&good]);
            issuer.says(
                "/token",
                Reply::Json(200, tokens(&key.sign(&json!({ "sub": SUBJECT })))),
            );
            set_up(&issuer);
            (*name, issuer)
        })
        .collect();
    let settings = all
        .iter()
        .map(|(name, issuer)| settings_of(name, &issuer.address));
    let stage = IssuerStage::new(backend, settings.collect());
    let client = stage.world.client();
    let unavailable = |answer: crate::client::Answer, name: &str| {
        let body = answer.expect(502);
        assert_eq!(body["code"], "issuer-unavailable", "{name}");
        assert!(
            !body.to_string().contains("geheim") && !body.to_string().contains("127.0.0.1"),
            "{body}"
        );
    };
    for (name, _) in refuses_to_begin {
        let answer = client.post(&format!("/api/v1/auth/oidc/{name}/start"), &json!({}));
        unavailable(answer, name);
    }
    for (name, _) in refuses_to_complete {
        let begun = begin(&client, name);
        let head = stage.world.store.journal_head().unwrap();
        unavailable(begun.complete(&client, &begun.with_code("code")), name);
        assert_eq!(
            stage.world.store.journal_head().unwrap(),
            head,
            "nobody's failure"
        );
    }
    for (name, issuer) in &all {
        assert_eq!(issuer.asked("/there").len(), 0, "{name}: no redirect is followed");
    }
}

fn any_instance_completes_and_too_many_failures_are_slowed_down(backend: Backend) {
    let trial = Trial::new(backend);
    trial.stage.linked("lena", &trial.issuer.address, SUBJECT);
    let second = trial.stage.world.instance(trial.stage.settings.clone());
    let complete_at = |client: &Client| {
        let begun = trial.stage.start("login");
        trial.gives(&trial.ed.sign(&trial.claims(&begun)));
        begun.complete(client, &begun.with_code("code"))
    };
    complete_at(&second.client()).expect(200);
    let begun = trial.stage.start("login");
    let garbage = json!({ "code": "code", "state": "0".repeat(64), "binding": begun.binding });
    for _ in 0..50 {
        begun.complete(&second.client(), &garbage).expect(401);
    }
    let client = trial.stage.world.client();
    let slowed = begun.complete(&client, &begun.with_code("code"));
    assert_eq!(slowed.expect(429)["code"], "too-many-sign-ins");
    assert!(!slowed.header("retry-after").is_empty());
    trial.stage.wait(901);
    complete_at(&client).expect(200);
}

fn neither_an_outage_nor_newcomers_lock_out_an_office(backend: Backend) {
    const MORE_THAN_FAILURES: usize = 51;
    let trial = Trial::new(backend);
    trial.stage.linked("lena", &trial.issuer.address, SUBJECT);
    for _ in 0..MORE_THAN_FAILURES {
        let begun = trial.stage.start("login");
        trial.issuer.says("/token", Reply::Json(503, json!({})));
        let client = trial.stage.world.client();
        begun.complete(&client, &begun.with_code("code")).expect(502);
    }
    for _ in 0..MORE_THAN_FAILURES {
        trial.signed_in("mia-0815").expect(403);
    }
    trial.signed_in(SUBJECT).expect(200);

    // The newcomers are bounded by what one address may begin, until their ten minutes are over.
    for _ in MORE_THAN_FAILURES..100 {
        trial.signed_in("mia-0815").expect(403);
    }
    let path = "/api/v1/auth/oidc/login/start";
    let refused = trial.stage.world.client().post(path, &json!({}));
    assert_eq!(refused.expect(429)["code"], "too-many-sign-ins");
    trial.stage.wait(601);
    trial.signed_in(SUBJECT).expect(200);
}

fn who_breaks_off_leaves_no_more_questions_to_issuers_than_there_may_be() {
    const AT_ONCE: usize = 8;
    let trial = Trial::new(Backend::Sqlite);
    let description = "/.well-known/openid-configuration";
    trial.issuer.says(description, Reply::Silence);
    let address = trial.stage.world.address;
    let begin = || {
        let mut stream = TcpStream::connect(address).unwrap();
        // What nobody has read of the first answer makes the end of the connection a reset.
        let first = "GET /healthz HTTP/1.1\r\nhost: nachweis\r\n\r\n";
        let start = "POST /api/v1/auth/oidc/login/start HTTP/1.1\r\nhost: nachweis\r\n\
            content-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
        stream.write_all(format!("{first}{start}").as_bytes()).unwrap();
        assert!(stream.peek(&mut [0]).unwrap() > 0, "the first is answered");
        stream
    };
    let streams: Vec<TcpStream> = (0..AT_ONCE).map(|_| begin()).collect();
    while trial.issuer.asked(description).len() < AT_ONCE {
        std::thread::yield_now();
    }
    drop(streams);
    let path = "/api/v1/auth/oidc/login/start";
    let one_more = trial.stage.world.client().post(path, &json!({}));
    assert_eq!(one_more.expect(503)["code"], "busy");
    assert_eq!(trial.issuer.asked(description).len(), AT_ONCE);
}
