//! Signing in at an issuer, as a client goes through it.

use std::{cell::Cell, collections::BTreeMap};

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_api::{ApiSettings, ClientSecret, IssuerSettings, Loopback};
use nachweis_domain::access::Role;
use nachweis_service::{Account, Clock, ClockHand, Identity, Service};
use nachweis_store::testing::Backend;
use serde_json::{Value, json};
use url::Url;

use crate::{
    client::{Answer, Client},
    people,
    world::{World, api_settings},
};

/// What issuers call the person of these tests.
pub(crate) const SUBJECT: &str = "lena-4711";
pub(crate) const CLIENT_ID: &str = "nachweis";
pub(crate) const REDIRECT: &str = "https://nachweis.example.org/zurueck";
pub(crate) const SECRET: &str = "ein Geheimnis: 100%";

/// A server with issuers, and a clock that is turned by hand.
pub(crate) struct IssuerStage {
    pub(crate) world: World,
    pub(crate) settings: ApiSettings,
    hand: ClockHand,
    now: Cell<DateTime<Utc>>,
}

/// A sign-in that was begun.
pub(crate) struct Begun {
    pub(crate) issuer: String,
    pub(crate) binding: String,
    /// Where the browser goes.
    pub(crate) url: String,
    /// The parameters of that address.
    pub(crate) parameters: BTreeMap<String, String>,
}

/// Where the issuer `login` sends browsers back to, and any other one.
fn redirect_of(name: &str) -> String {
    match name {
        "login" => REDIRECT.to_owned(),
        other => format!("{REDIRECT}/{other}"),
    }
}

/// The settings of an issuer on this machine.
pub(crate) fn settings_of(name: &str, address: &str) -> IssuerSettings {
    IssuerSettings {
        name: name.to_owned(),
        issuer: address.to_owned(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: Some(ClientSecret::new(SECRET)),
        redirect_uri: redirect_of(name),
        scopes: vec!["openid".to_owned()],
        required_acr: Vec::new(),
        roots: Vec::new(),
        loopback: Loopback::Allowed,
    }
}

impl IssuerStage {
    pub(crate) fn new(backend: Backend, issuers: Vec<IssuerSettings>) -> Self {
        let now = people::now();
        let (clock, hand) = Clock::turned_by_hand(now);
        let settings = ApiSettings {
            issuers,
            ..api_settings()
        };
        Self {
            world: World::under(backend, 1, clock, settings.clone()),
            settings,
            hand,
            now: Cell::new(now),
        }
    }

    /// The moment on the server's clock.
    pub(crate) fn now(&self) -> i64 {
        self.now.get().timestamp()
    }

    /// Turns the server's clock on.
    pub(crate) fn wait(&self, seconds: i64) {
        self.now.set(self.now.get() + TimeDelta::seconds(seconds));
        self.hand.turn_to(self.now.get());
    }

    /// A manager whose account is linked to a subject at an issuer.
    pub(crate) fn linked(&self, name: &str, issuer: &str, subject: &str) -> Account {
        let account = self.world.account(name, Role::Manager);
        let identity = Identity {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
        };
        self.world
            .service
            .link_identity(&Service::operator(), account.id, &identity)
            .unwrap();
        account
    }

    pub(crate) fn start(&self, issuer: &str) -> Begun {
        begin(&self.world.client(), issuer)
    }

    /// The last entry of the journal: action and detail.
    pub(crate) fn journalled(&self) -> (String, Value) {
        let head = self.world.store.journal_head().unwrap();
        let entry = self.world.store.journal(head - 1, 1).unwrap().pop().unwrap();
        (
            entry.action.as_str().to_owned(),
            serde_json::from_str(&entry.detail).unwrap(),
        )
    }
}

/// Begins a sign-in at an issuer.
pub(crate) fn begin(client: &Client, issuer: &str) -> Begun {
    let begun = client
        .post(&format!("/api/v1/auth/oidc/{issuer}/start"), &json!({}))
        .expect(200);
    let url = begun["authorization_url"].as_str().unwrap().to_owned();
    let parsed = Url::parse(&url).unwrap();
    Begun {
        issuer: issuer.to_owned(),
        binding: begun["binding"].as_str().unwrap().to_owned(),
        parameters: parsed.query_pairs().into_owned().collect(),
        url,
    }
}

impl Begun {
    pub(crate) fn state(&self) -> &str {
        &self.parameters["state"]
    }

    pub(crate) fn nonce(&self) -> &str {
        &self.parameters["nonce"]
    }

    /// What is handed in with a code.
    pub(crate) fn with_code(&self, code: &str) -> Value {
        json!({ "code": code, "state": self.state(), "binding": self.binding })
    }

    /// Completes with what is handed in.
    pub(crate) fn complete(&self, client: &Client, handed_in: &Value) -> Answer {
        client.post(&format!("/api/v1/auth/oidc/{}/complete", self.issuer), handed_in)
    }
}
