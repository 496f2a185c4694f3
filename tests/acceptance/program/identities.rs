//! OpenID Connect issuers in the settings, and identities that are linked to accounts.

use nachweis_tests::{
    program::{Desk, Run},
    service::Service,
};
use serde_json::json;

const ISSUER: &str = "https://login.example.org/realms/iq";

/// An entry of the settings, with one line more.
fn entry(line: &str) -> String {
    format!(
        "[[issuers]]\nname = \"login\"\nissuer = \"{ISSUER}\"\nclient_id = \"nachweis\"\n\
         redirect_uri = \"https://nachweis.example.org/anmeldung\"\n{line}\n"
    )
}

fn with_settings(settings: &str) -> Desk {
    let desk = Desk::embedded();
    std::fs::write(desk.file("nachweis.toml"), settings).expect("written");
    desk
}

fn said(run: &Run, status: i32, words: &str) {
    assert_eq!(run.status, status, "{run:?}");
    assert!(run.stderr.contains(words), "{words}: {run:?}");
}

#[test]
fn an_identity_is_linked_to_one_account_listed_and_unlinked() {
    let desk = with_settings(&entry(""));
    let identity = |verb: &str, name: &str, issuer: &str, subject: &str| {
        desk.run(["user", verb, name, "--issuer", issuer, "--subject", subject])
    };
    assert_eq!(desk.run(["migrate"]).status, 0);
    for name in ["lena", "mia"] {
        said(&desk.run(["user", "add", name, "--no-password"]), 0, "");
    }
    said(&identity("link", "lena", "login", "7f3e9c"), 0, "");
    said(&identity("link", "lena", ISSUER, "7f3e9c"), 0, "");
    said(&identity("link", "mia", "login", "7f3e9c"), 2, "lena");
    said(&identity("link", "mia", "logni", "4711"), 2, "login");
    said(&identity("link", "mia", "login", "Özlem"), 2, "255 ASCII");
    said(&identity("link", "max", "login", "4711"), 2, "max");
    let listed = desk.run(["user", "identities", "lena"]);
    assert_eq!(listed.stdout, format!("{ISSUER}\t7f3e9c\n"));
    said(
        &identity("unlink", "mia", "login", "7f3e9c"),
        2,
        "user identities mia",
    );
    // An issuer that is no longer set is named by its address.
    std::fs::remove_file(desk.file("nachweis.toml")).expect("removed");
    said(&identity("unlink", "lena", ISSUER, "7f3e9c"), 0, "");
    std::fs::write(desk.file("nachweis.toml"), entry("")).expect("written");
    said(&identity("link", "mia", "login", "7f3e9c"), 2, "lena");
    std::fs::remove_file(desk.file("nachweis.toml")).expect("removed");
    assert_eq!(desk.run(["user", "identities", "lena"]).stdout, "");
    said(&identity("link", "lena", "login", "7f3e9c"), 2, "[[issuers]]");
    assert_eq!(desk.run(["verify"]).status, 0);
}

#[test]
fn a_service_with_an_issuer_starts_without_asking_it_and_says_when_it_is_not_there() {
    let settings = entry("client_secret_file = \"secret\"").replace(ISSUER, "http://127.0.0.1:1");
    let desk = with_settings(&format!("{settings}allow_http_loopback = true\n"));
    std::fs::write(desk.file("secret"), "geheim\n").expect("written");
    assert_eq!(desk.run(["migrate"]).status, 0);
    let service = Service::of(&desk);
    let nobody = service.bearing("nobody");
    let answer = nobody.post("/auth/oidc/login/start", &json!({}));
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (502, &json!("issuer-unavailable"))
    );
    let answer = nobody.post("/auth/oidc/other/start", &json!({}));
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (404, &json!("issuer-unknown"))
    );
}

#[test]
fn settings_of_an_issuer_that_cannot_be_used_are_named() {
    for (settings, words) in [
        (entry("").replace("https://login", "http://login"), "issuer"),
        (entry("").replace("https://nachweis", "nachweis"), "redirect_uri"),
        (entry("scopes = [\"profile\"]"), "openid"),
        (entry("ca_file = \"nachweis.toml\""), "ca_file"),
        (entry("client_secret_file = \"nowhere\""), "nowhere"),
        (entry("client_secret = \"geheim\""), "client_secret"),
        (format!("{}{}", entry(""), entry("")), "login"),
    ] {
        let desk = Desk::embedded();
        assert_eq!(desk.run(["migrate"]).status, 0);
        std::fs::write(desk.file("nachweis.toml"), settings).expect("written");
        let run = desk.run(["serve", "--listen", "127.0.0.1:0"]);
        said(&run, 2, words);
        assert!(!run.stderr.contains("geheim"), "{run:?}");
    }
}

#[test]
fn issuers_may_stand_in_the_environment_with_their_secret() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    let mut command = desk.command();
    command
        .env(
            "NACHWEIS_ISSUERS",
            "[{ name = 'iq-login', issuer = 'http://127.0.0.1:1', client_id = 'nachweis', redirect_uri = \
             'https://nachweis.example.org/anmeldung', allow_http_loopback = true }]",
        )
        .env("NACHWEIS_CLIENT_SECRET_IQ_LOGIN", "geheim");
    let service = Service::by(command);
    let answer = service
        .bearing("nobody")
        .post("/auth/oidc/iq-login/start", &json!({}));
    assert_eq!(answer.status, 502, "{answer:?}");
}
