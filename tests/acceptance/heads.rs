//! Heads of the journal kept outside the database: noted on schedule, compared with each other and with a journal that was
//! written anew.

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use nachweis_domain::proof::ORIGIN;
use nachweis_store::{
    Store, StoreError,
    testing::{Backend, TestDatabase},
};
use nachweis_tests::program::{Desk, Run};
use serde_json::Value;

mod printed;

const HEADS: &str = "heads.jsonl";
/// An hour passes in two seconds.
const HURRY: u32 = 1_800;
const HOUR: Duration = Duration::from_secs(2);

/// A desk that holds the key with which heads are signed.
struct Office {
    desk: Desk,
    database: TestDatabase,
}

impl Office {
    fn opened() -> Self {
        let database = TestDatabase::empty(Backend::Sqlite);
        let desk = Desk::on(&database.url().to_string());
        let office = Self { desk, database };
        office.done(&["migrate"]);
        office
    }

    fn signing(mut command: Command) -> Command {
        command
            .env("NACHWEIS_HEAD_KEY", "00112233aabbccdd".repeat(4))
            .env("NACHWEIS_HEADS_FILE", HEADS)
            .env("NACHWEIS_LANG", "en");
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Self::signing(self.desk.command());
        command
            .args(arguments)
            .output()
            .expect("the program starts")
            .into()
    }

    /// What the program printed, which must have ended well.
    fn done(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.status, 0, "{run:?}");
        run.stdout
    }

    /// Something was found, or refused, and said in these words.
    fn told(&self, arguments: &[&str], status: i32, words: &str) {
        let run = self.run(arguments);
        assert_eq!(run.status, status, "{run:?}");
        let said = [&run.stdout, &run.stderr].map(|said| said.contains(words));
        assert!(said.contains(&true), "{words}: {run:?}");
    }

    /// The service with its hours in a hurry; what it says goes to a file.
    fn serving(&self) -> Serving {
        let said = self.desk.file("said");
        let mut command = Self::signing(self.desk.hurried(HURRY));
        let child = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::null())
            .stderr(fs::File::create(&said).expect("a file"))
            .spawn()
            .expect("the program starts");
        Serving { child, said }
    }

    /// The heads that are kept.
    fn kept(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.desk.file(HEADS)).unwrap_or_default();
        let lines = text.lines().map(serde_json::from_str);
        lines.collect::<Result<_, _>>().expect("signed heads")
    }
}

struct Serving {
    child: Child,
    said: PathBuf,
}

impl Serving {
    fn said(&self) -> String {
        fs::read_to_string(&self.said).expect("the file is there")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let ended = self.child.kill().and_then(|()| self.child.wait());
        drop(ended);
    }
}

/// Waits for something that must come within some hours of the service.
fn comes(what: &str, is_there: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_there() {
        assert!(begun.elapsed() < HOUR * 10, "{what} does not come");
        thread::sleep(Duration::from_millis(20));
    }
}

fn text<'a>(head: &'a Value, key: &str) -> &'a str {
    head[key].as_str().expect("a text")
}

#[test]
fn the_service_notes_a_signed_head_every_hour_and_each_grew_into_the_next() {
    let office = Office::opened();
    let serving = office.serving();
    comes("the head of the start", || office.kept().len() == 1);
    for (count, name) in [(2, "lena"), (3, "mia")] {
        office.done(&["user", "add", name, "--no-password"]);
        comes("the head of the next hour", || office.kept().len() == count);
    }
    thread::sleep(HOUR + HOUR / 4);
    drop(serving);
    let kept = office.kept();
    assert_eq!(kept.len(), 3, "nothing new is not noted again: {kept:?}");
    let public = office.done(&["head", "--public-key"]);
    assert!(kept.iter().all(|head| text(head, "key") == public.trim()));

    // By themselves, since the settings name them; with the key of the service; each alone by what it comes down to.
    office.told(&["verify"], 0, "Compared with kept heads: 3 of heads.jsonl.");
    office.done(&["verify", "--heads", HEADS, "--public-key", public.trim()]);
    for head in &kept {
        office.done(&["verify", "--expect-head", text(head, "link")]);
    }
    let none = "0123456789abcdef".repeat(4);
    office.told(&["verify", "--expect-head", &none], 1, &none);
    office.told(
        &["verify", "--heads", HEADS, "--public-key", &none],
        2,
        "line 1: the head is not signed",
    );

    for (earlier, head) in kept.iter().enumerate() {
        let proof = office.done(&["head", "--since", &head["position"].to_string()]);
        let proof: Value = serde_json::from_str(&proof).expect("a proof");
        for (of_proof, of_file) in [(&proof["from"], head), (&proof["to"], &kept[2])] {
            for key in ["position", "link", "root"] {
                assert_eq!(of_proof[key], of_file[key], "{earlier}");
            }
        }
        // Whoever holds the proof needs no database.
        let elsewhere = Desk::embedded();
        fs::copy(office.desk.file(HEADS), elsewhere.file(HEADS)).expect("copied");
        let verify = |proof: &Value, more: &[&str], status: i32, words: &str| {
            fs::write(elsewhere.file("proof.json"), proof.to_string()).expect("written");
            let arguments = ["verify", "--lang", "en", "--proof", "proof.json"];
            let run = elsewhere.run([&arguments, more].concat());
            assert_eq!(run.status, status, "{more:?}: {run:?}");
            assert!(run.stdout.contains(words), "{words}: {run:?}");
        };
        let signed = ["--heads", HEADS, "--public-key", public.trim()];
        verify(&proof, &[], 0, "is unproven");
        verify(&proof, &signed, 0, "is one that was kept");
        verify(
            &proof,
            &[&signed[..], &["--json"]].concat(),
            0,
            "\"to_is_kept\": true",
        );
        verify(
            &proof,
            &["--expect-head", text(head, "link")],
            0,
            "is one that was kept",
        );
        verify(&proof, &["--expect-head", &none], 1, &none);
        let mut forged = proof.clone();
        forged["from"]["root"] = none.clone().into();
        verify(&forged, &[], 1, "does NOT continue");
        // It holds between heads that somebody made up.
        let mut invented = proof.clone();
        invented["from"]["at"] = "2020-01-01T00:00:00Z".into();
        invented["to"]["at"] = "2020-01-01T00:00:00Z".into();
        verify(&invented, &[], 0, "is unproven");
        verify(&invented, &signed, 1, "is unproven");
    }
    let positions = [0, 1].map(|index| kept[index]["position"].to_string());
    let proof = office.done(&["head", "--since", &positions[0], "--to", &positions[1]]);
    let proof: Value = serde_json::from_str(&proof).expect("a proof");
    assert_eq!(proof["to"]["link"], kept[1]["link"]);

    // A new key begins a new file; both files with both keys tell of the whole time.
    let mut command = office.desk.command();
    command
        .env("NACHWEIS_HEAD_KEY", "0f".repeat(32))
        .args(["head", "-o", "later.jsonl", "--lang", "en"]);
    let run: Run = command.output().expect("the program starts").into();
    assert!(
        run.status == 0 && run.stderr.contains("it begins with that at entry"),
        "{run:?}"
    );
    let later: Value = serde_json::from_str(&run.stdout).expect("a head");
    let mut both = vec!["verify", "--heads", HEADS, "--heads", "later.jsonl"];
    both.extend(["--public-key", public.trim()]);
    office.told(&both, 2, "A further --public-key");
    both.extend(["--public-key", text(&later, "key")]);
    office.told(&both, 0, "Compared with kept heads: 4 of");
}

/// Changes one entry and links all that follow anew, as somebody would who knows how the chain is made.
fn written_anew(database: &TestDatabase) {
    database.tamper("UPDATE journal SET object = object || 'x' WHERE position = 2");
    let store = Store::open(database.url()).expect("the record opens");
    let mut before = ORIGIN;
    let mut statements: Vec<String> = Vec::new();
    let followed = store.for_each_link(0, &mut |linked| {
        before = linked.entry.link(&before);
        let position = linked.entry.position;
        statements.push(format!(
            "UPDATE journal SET link = '{before}' WHERE position = {position};"
        ));
        Ok::<(), StoreError>(())
    });
    followed.expect("the journal can be read");
    database.tamper(&statements.concat());
}

#[test]
fn a_record_without_kept_heads_says_so_and_a_shortened_file_of_heads_is_told() {
    let office = Office::opened();
    office.done(&["user", "add", "lena", "--no-password"]);
    let run = office.desk.run(["verify", "--lang", "en"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("Compared with no kept head"), "{run:?}");
    office.told(
        &["verify"],
        0,
        "The file heads.jsonl of the settings (heads_file) is not there.",
    );
    let serving = office.serving();
    comes("the head of the start", || office.kept().len() == 1);
    comes("that it is the first", || {
        serving.said().contains("it begins with that at entry")
    });
    fs::remove_file(office.desk.file(HEADS)).expect("it is there");
    comes("that it is gone", || {
        serving
            .said()
            .contains("holds fewer heads than before (0 instead of 1)")
    });
}

#[test]
fn a_journal_that_was_written_anew_is_found_by_any_head_and_gets_no_further_one() {
    let office = Office::opened();
    office.done(&["user", "add", "lena", "--no-password"]);
    office.done(&["head", "-o", HEADS]);
    let noted = fs::read(office.desk.file(HEADS)).expect("noted");
    let link = text(&office.kept()[0], "link").to_owned();
    written_anew(&office.database);
    // By itself it holds together; only what is kept outside tells.
    let journal = office.done(&["export", "journal", "-o", "journal.jsonl"]);
    assert!(!journal.contains(&link), "{journal}");
    let elsewhere = Desk::embedded();
    fs::copy(office.desk.file("journal.jsonl"), elsewhere.file("journal.jsonl")).expect("copied");
    let run = elsewhere.run(["verify", "--lang", "en", "--journal", "journal.jsonl"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stdout.contains("Compared with no kept head"), "{run:?}");
    for arguments in [
        vec!["verify"],
        vec!["verify", "--journal", "journal.jsonl"],
        vec!["verify", "--heads", HEADS],
        vec!["verify", "--expect-head", &link],
        vec!["verify", "--journal", "journal.jsonl", "--heads", HEADS],
        vec!["verify", "--journal", "journal.jsonl", "--expect-head", &link],
    ] {
        office.told(&arguments, 1, "");
    }
    office.told(&["head", "-o", HEADS], 2, "No head is signed");
    let serving = office.serving();
    comes("what the service says", || {
        serving.said().contains("No head is signed")
    });
    comes("its address", || serving.said().contains("http://"));
    drop(serving);
    let still = fs::read(office.desk.file(HEADS)).expect("it is there");
    assert!(still == noted, "nothing was noted");
}
