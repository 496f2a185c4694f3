//! What a dossier says of itself: what is in it and how it is checked, for whoever opens it years later.

use std::{collections::HashMap, fmt::Write as _};

use chrono::{DateTime, SecondsFormat, Utc};
use nachweis_domain::{
    dossier::{Dossier, original_path},
    language::Language,
    record::Sha256,
};

/// When originals were erased.
type Erased = HashMap<Sha256, DateTime<Utc>>;

/// The text in German and English. What was erased since the moment of the dossier is missing as well, and told.
pub(super) fn text(dossier: &Dossier, erased: &Erased) -> String {
    format!(
        "{}{}\n\n{}{}",
        german(dossier),
        missing(dossier, erased, Language::De),
        english(dossier),
        missing(dossier, erased, Language::En)
    )
}

/// The originals that are not in the package, one a line.
fn missing(dossier: &Dossier, erased: &Erased, language: Language) -> String {
    let mut text = String::new();
    for revision in &dossier.uploads {
        let upload = &revision.upload;
        if let Some(at) = erased.get(&upload.sha256) {
            // Writing to a text does not fail.
            let _ = writeln!(
                text,
                "{}  {}  {}",
                at.to_rfc3339_opts(SecondsFormat::Secs, true),
                upload.sha256,
                original_path(upload)
            );
        }
    }
    if text.is_empty() {
        return text;
    }
    let before = language.pick(
        "Gelöschte Originale\nSie waren nicht länger aufzubewahren; Prüfsummen, Zahlen, Feststellungen und Entscheidungen sind in dieser Akte.",
        "Erased originals\nThey no longer had to be kept; hashes, figures, findings and decisions are in this file.",
    );
    format!("\n{before}\n{text}")
}

fn german(dossier: &Dossier) -> String {
    let Dossier {
        subproject,
        round,
        head,
        ..
    } = dossier;
    let as_of = head.at.to_rfc3339_opts(SecondsFormat::Micros, true);
    format!(
        "AKTE DES TEILVORHABENS {no}\n\
         {title}\n\
         {programme}, {round_title}\n\n\
         Stand: {as_of} (UTC), Eintrag {position} des Journals; das ist der letzte Eintrag, der dieses\n\
         Teilvorhaben betrifft. Kettenglied: {link}\n\
         Wurzel über alle Einträge bis dahin: {root}\n\n\
         Inhalt\n\
         README.txt      dieser Text\n\
         dossier.xlsx    Stammdaten, Planfassungen, Auszahlungen, Fassungen der Quartalsmappen mit allen Vorgängen, Zahlen,\n\
         \u{20}               Feststellungen mit Anmerkungen, Ausnahmen, abgewiesene Dateien, Abschlüsse, Wiederöffnungen,\n\
         \u{20}               Aufbewahrungssperren, Löschungen, Journal, Personen\n\
         originals/      alle Quartalsmappen Byte für Byte, wie sie kamen: Quartal, Fassung, Name (vereinfacht)\n\
         journal.jsonl   die Einträge des Journals, die dieses Teilvorhaben betreffen, mit ihren Kettengliedern\n\
         manifest.json   alle Dateien mit Größe und SHA-256, für Programme\n\
         SHA256SUMS      die Prüfsummen aller Dateien außer dieser Liste\n\n\
         Prüfen\n\
         1. Im entpackten Ordner: sha256sum -c SHA256SUMS. Jede Zeile muss mit OK enden.\n\
         2. Die SHA-256 von SHA256SUMS selbst wurde beim Ausgeben angezeigt und steht im Journal des Dienstes (Vorgang\n\
         \u{20}  „exported“, Gegenstand {no}, Angabe „sums“).\n\
         3. Das Kettenglied (link) eines Eintrags ist die SHA-256 über „nachweis/journal/1“ mit Zeilenende, das Glied davor\n\
         \u{20}  (before, 32 Bytes), Position und Zeit in Mikrosekunden seit 1970 (je 8 Bytes, höchstes zuerst), Person (1 und 16\n\
         \u{20}  Bytes, sonst 0), action, object, detail (je Länge als 8 Bytes, dann Text in UTF-8), figures_of (1 und ebenso, sonst 0).\n\
         4. Ob der Kopf der des Dienstes war, sagen `nachweis verify --expect-head {link}` oder ein Kopf, der\n\
         \u{20}  außerhalb aufbewahrt wurde.\n\n\
         Die Akte enthält personenbezogene Daten (Namen von Konten, Zahlungsempfänger in den Mappen). Bitte entsprechend\n\
         aufbewahren.\n",
        no = subproject.no,
        title = one_line(&subproject.title),
        programme = round.programme.de,
        round_title = round.title.de,
        position = head.position,
        link = head.link,
        root = head.root,
    )
}

fn english(dossier: &Dossier) -> String {
    let Dossier {
        subproject,
        round,
        head,
        ..
    } = dossier;
    let as_of = head.at.to_rfc3339_opts(SecondsFormat::Micros, true);
    format!(
        "FILE OF THE SUBPROJECT {no}\n\
         {title}\n\
         {programme}, {round_title}\n\n\
         As of: {as_of} (UTC), entry {position} of the journal, which is the last that concerns this subproject.\n\
         Link: {link}\n\
         Root over all entries up to it: {root}\n\n\
         Content\n\
         README.txt      this text\n\
         dossier.xlsx    master data, plan versions, payments, revisions of the quarterly workbooks with every step, figures,\n\
         \u{20}               findings with comments, waivers, refused files, closings, reopenings, holds, erasures, journal, persons\n\
         originals/      all quarterly workbooks byte for byte as they came: quarter, revision, name (simplified)\n\
         journal.jsonl   the entries of the journal that concern this subproject, with their links\n\
         manifest.json   all files with size and SHA-256, for programs\n\
         SHA256SUMS      the hashes of all files but this list\n\n\
         Checking\n\
         1. In the unpacked folder: sha256sum -c SHA256SUMS. Every line must end in OK.\n\
         2. The SHA-256 of SHA256SUMS itself was shown when this was given out and stands in the journal of the service (action\n\
         \u{20}  “exported”, object {no}, field “sums”).\n\
         3. The link of an entry is the SHA-256 over “nachweis/journal/1” with its line end, the link before it (before, 32\n\
         \u{20}  bytes), position and time in microseconds since 1970 (8 bytes each, most significant first), person (1 and 16 bytes,\n\
         \u{20}  else 0), action, object, detail (each its length in 8 bytes, then its text in UTF-8), figures_of (1 and the same, else 0).\n\
         4. Whether the head was that of the service, `nachweis verify --expect-head {link}` says, or a head\n\
         \u{20}  that was kept elsewhere.\n\n\
         This file holds personal data (names of accounts, payees in the workbooks). Please keep it accordingly.\n",
        no = subproject.no,
        title = one_line(&subproject.title),
        programme = round.programme.en,
        round_title = round.title.en,
        position = head.position,
        link = head.link,
        root = head.root,
    )
}

/// A text of the record on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
