//! Signing in at a certified provider: `oidc-provider` under Node.js, started and stopped by the test, with its own forms.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
    thread,
    time::Duration,
};

use nachweis_api::IssuerSettings;
use nachweis_store::testing::Backend;
use serde_json::json;
use tempfile::TempDir;
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};
use url::Url;

use crate::{
    client::Answer,
    issuer_stage::{Begun, CLIENT_ID, IssuerStage, REDIRECT, SECRET, SUBJECT, settings_of},
};

/// A story with its name, told on each database.
type Story = (&'static str, fn(Backend));

pub(crate) const TESTS: &[Story] = crate::tests![people_sign_in_at_a_certified_provider_whose_keys_change];

/// A provider. Stops when dropped; it also ends by itself when this process does.
struct Provider {
    address: String,
    child: Child,
    input: ChildStdin,
    /// What it says, line by line.
    lines: Receiver<String>,
    /// The certificate of its authority, where it speaks TLS.
    roots: Vec<u8>,
    _folder: TempDir,
}

/// How a client of the provider proves who it is, and how it is spoken to.
#[derive(Clone, Copy)]
enum Kind {
    /// With a secret, over TLS.
    Confidential,
    /// With nothing but the proof key, over plain HTTP on this machine.
    Public,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/openid")
}

impl Provider {
    fn start(kind: Kind) -> Self {
        assert!(
            folder().join("node_modules/oidc-provider").is_dir(),
            "the provider is missing: run `npm ci` in tests/openid, as ./tests/run does"
        );
        let place = TempDir::new().unwrap();
        let mut settings = json!({ "client_id": CLIENT_ID, "redirect_uri": REDIRECT });
        let mut roots = Vec::new();
        if let Kind::Confidential = kind {
            make_certificates(place.path());
            settings["client_secret"] = json!(SECRET);
            settings["key"] = json!(place.path().join("key.pem"));
            settings["certificate"] = json!(place.path().join("certificate.pem"));
            roots = std::fs::read(place.path().join("authority.pem")).unwrap();
        }
        let mut child = Command::new("node")
            .arg(folder().join("provider.mjs"))
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("Node.js is missing, ./tests/run sets it up: {error}"));
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        // Ends with the provider, or when nobody listens any longer.
        thread::spawn(move || {
            output
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        let mut provider = Self {
            address: String::new(),
            child,
            input,
            lines,
            roots,
            _folder: place,
        };
        provider.address = provider.line();
        assert!(provider.address.starts_with("http"), "the provider did not start");
        provider
    }

    fn line(&self) -> String {
        let line = self.lines.recv_timeout(Duration::from_mins(1));
        line.unwrap().trim().to_owned()
    }

    /// Replaces its keys by one for an algorithm. It forgets who has signed in.
    fn rotate(&mut self, algorithm: &str) {
        writeln!(self.input, "rotate {algorithm}").unwrap();
        assert_eq!(self.line(), "rotated");
    }

    fn settings(&self, kind: Kind) -> IssuerSettings {
        let mut settings = settings_of("login", &self.address);
        settings.roots.clone_from(&self.roots);
        match kind {
            Kind::Confidential => settings.loopback = nachweis_api::Loopback::Refused,
            Kind::Public => settings.client_secret = None,
        }
        settings
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An authority, and a certificate of it for this machine.
fn make_certificates(place: &Path) {
    let run = |arguments: &str| {
        let done = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(place)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    std::fs::write(place.join("names"), "subjectAltName=IP:127.0.0.1\n").unwrap();
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    run(&format!(
        "req -x509 {key} -days 2 -subj /CN=authority -keyout authority.key -out authority.pem"
    ));
    run(&format!(
        "req {key} -subj /CN=provider -keyout key.pem -out request.pem"
    ));
    run(
        "x509 -req -in request.pem -days 2 -CA authority.pem -CAkey authority.key -CAcreateserial -extfile names -out certificate.pem",
    );
}

/// A browser that fills in the provider's forms.
struct Browser {
    agent: Agent,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new(provider: &Provider) -> Self {
        let roots = Certificate::from_pem(&provider.roots).ok();
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::from(roots))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build()
            .into();
        Self {
            agent,
            cookies: BTreeMap::new(),
        }
    }

    /// Signs in as somebody and consents, until the provider sends it back: with code, state and issuer.
    fn sign_in(&mut self, url: &str, login: &str) -> BTreeMap<String, String> {
        let (mut url, mut form) = (Url::parse(url).unwrap(), Vec::new());
        for _ in 0..10 {
            if url.as_str().starts_with(REDIRECT) {
                return url.query_pairs().into_owned().collect();
            }
            let (next, page) = self.visit(&url, &form);
            form.clear();
            if let Some(next) = next {
                url = url.join(&next).unwrap();
                continue;
            }
            let action = page.split("action=\"").nth(1).unwrap_or_else(|| panic!("{page}"));
            url = url.join(action.split('"').next().unwrap()).unwrap();
            form = if page.contains("value=\"login\"") {
                vec![("prompt", "login"), ("login", login), ("password", "x")]
            } else {
                vec![("prompt", "consent")]
            };
        }
        panic!("the provider goes round in circles")
    }

    /// Where a page leads, or what it shows.
    fn visit(&mut self, url: &Url, form: &[(&str, &str)]) -> (Option<String>, String) {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let cookies = cookies.join("; ");
        let response = if form.is_empty() {
            self.agent.get(url.as_str()).header("cookie", cookies).call()
        } else {
            let request = self.agent.post(url.as_str()).header("cookie", cookies);
            request.send_form(form.iter().copied())
        };
        let mut response = response.unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = cookie.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let next = response.headers().get("location");
        let next = next.map(|next| next.to_str().unwrap().to_owned());
        (next, response.body_mut().read_to_string().unwrap())
    }
}

/// Signs in at the provider in a new browser and completes with what it brings back.
fn signed_in(stage: &IssuerStage, provider: &Provider, login: &str) -> Answer {
    let begun = stage.start("login");
    let back = Browser::new(provider).sign_in(&begun.url, login);
    complete(stage, &begun, &back)
}

fn complete(stage: &IssuerStage, begun: &Begun, back: &BTreeMap<String, String>) -> Answer {
    let mut handed_in = begun.with_code(&back["code"]);
    handed_in["iss"] = json!(back["iss"]);
    begun.complete(&stage.world.client(), &handed_in)
}

fn people_sign_in_at_a_certified_provider_whose_keys_change(backend: Backend) {
    let kind = match backend {
        Backend::Sqlite => Kind::Confidential,
        Backend::Postgres => Kind::Public,
    };
    let mut provider = Provider::start(kind);
    let stage = IssuerStage::new(backend, vec![provider.settings(kind)]);
    stage.linked("lena", &provider.address, SUBJECT);

    let begun = stage.start("login");
    let back = Browser::new(&provider).sign_in(&begun.url, SUBJECT);
    assert_eq!(
        (back["state"].as_str(), &back["iss"]),
        (begun.state(), &provider.address)
    );
    // This provider names itself in each answer: one without its name is another's.
    let nameless = stage.start("login");
    let refused = nameless.complete(&stage.world.client(), &nameless.with_code(&back["code"]));
    assert_eq!(refused.expect(401)["code"], "id-token-refused");
    let session = complete(&stage, &begun, &back).expect(200);
    assert_eq!(session["account"]["name"], "lena");
    let token = session["access_token"].as_str().unwrap();
    stage
        .world
        .client()
        .bearing(token)
        .get("/api/v1/rounds")
        .expect(200);
    let unlinked = signed_in(&stage, &provider, "mia-0815").expect(403);
    assert!(unlinked["detail"].as_str().unwrap().contains("mia-0815"));

    // A code that somebody else began is of no use: the provider refuses the proof key. Neither is a used one.
    let (caught, mine) = (stage.start("login"), stage.start("login"));
    let mut back = Browser::new(&provider).sign_in(&caught.url, SUBJECT);
    assert_eq!(
        complete(&stage, &mine, &back).expect(401)["code"],
        "issuer-code-refused"
    );
    let used = stage.start("login");
    back.extend(Browser::new(&provider).sign_in(&used.url, SUBJECT));
    complete(&stage, &used, &back).expect(200);
    let again = stage.start("login");
    assert_eq!(
        complete(&stage, &again, &back).expect(401)["code"],
        "issuer-code-refused"
    );

    for algorithm in ["ES256", "EdDSA", "PS256"] {
        provider.rotate(algorithm);
        let too_early = signed_in(&stage, &provider, SUBJECT).expect(401);
        assert_eq!(too_early["code"], "id-token-refused", "{algorithm}");
        stage.wait(61);
        signed_in(&stage, &provider, SUBJECT).expect(200);
    }
}
