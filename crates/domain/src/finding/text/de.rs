//! The German texts of findings: what is there, what is expected, what to do.

use super::words;
use crate::{
    finding::Detail,
    language::{Language, Text},
};

/// The whole sentences of a finding.
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match, so that a missing translation does not compile"
)]
pub(super) fn text(detail: &Detail) -> String {
    match detail {
        Detail::AmountUnreadable { typed } => format!(
            "Der Betrag „{typed}“ ist keine Zahl. Bitte nur Ziffern mit Dezimalkomma eintragen, zum Beispiel 1.234,56."
        ),
        Detail::Ambiguous { typed, first: Text { de: first, .. }, second: Text { de: second, .. } } => format!(
            "„{typed}“ kann {first} oder {second} bedeuten. Bitte eindeutig eintragen."
        ),
        Detail::TooManyDecimals { typed } => format!(
            "Der Betrag „{typed}“ hat mehr als zwei Nachkommastellen. Bitte auf ganze Cent runden."
        ),
        Detail::AmountTooLarge { typed } => format!(
            "Der Betrag „{typed}“ ist größer als 10 Milliarden Euro. Bitte den Betrag in Euro eintragen."
        ),
        Detail::CountUnreadable { typed } => format!(
            "„{typed}“ ist keine ganze Zahl. Bitte eine Anzahl ohne Nachkommastellen eintragen."
        ),
        Detail::PercentUnreadable { typed } => format!(
            "„{typed}“ ist kein Prozentwert. Bitte zum Beispiel 12,5 % eintragen."
        ),
        Detail::DateUnreadable { typed, reading: Some(reading) } => format!(
            "„{typed}“ ist als Text eingetragen, nicht als Datum. Gemeint sein kann der {}. Bitte die Zelle als Datum formatieren und das Datum neu eintippen.",
            Language::De.date(*reading)
        ),
        Detail::DateUnreadable { typed, reading: None } => format!(
            "„{typed}“ ist kein Datum. Bitte ein Datum eintippen, zum Beispiel 31.12.2024."
        ),
        Detail::DateOutsideWindow { typed } => format!(
            "Das Datum „{typed}“ liegt nicht zwischen dem 01.01.2014 und dem 31.12.2035. Bitte das Jahr prüfen."
        ),
        Detail::QuarterUnreadable { typed } => format!(
            "„{typed}“ ist kein Quartal. Bitte zum Beispiel 2024-Q3 eintragen."
        ),
        Detail::Missing { column } => format!(
            "Hier fehlt {}. Eine leere Zelle gilt nicht als null; bitte eine Zahl eintragen, bei Fehlanzeige 0.",
            words::column(Language::De, *column)
        ),
        Detail::NoAnswer { typed, column } => format!(
            "„{typed}“ ist keine Angabe; hier fehlt {}. Keine Angabe gilt nicht als null; bitte den Wert eintragen, bei Fehlanzeige 0.",
            words::column(Language::De, *column)
        ),
        Detail::TextTooLong { characters, limit } => format!(
            "Der Text hat {} Zeichen, möglich sind {}. Bitte kürzen.",
            Language::De.group(*characters),
            Language::De.group(*limit)
        ),
        Detail::TextUnsafe { shown } => format!(
            "Der Text enthält unsichtbare Steuerzeichen: „{shown}“. Bitte den Text neu eintippen."
        ),
        Detail::ErrorValue { typed } => format!(
            "Die Zelle zeigt den Fehlerwert {typed}. Bitte die Formel reparieren oder den Wert eintragen."
        ),
        Detail::UnknownChoice { typed, choices } => format!(
            "„{typed}“ steht nicht zur Auswahl. Möglich sind: {choices}."
        ),
        Detail::NotOurTemplate => "Diese Datei ist keine von Nachweis ausgegebene Arbeitsmappe. Bitte die Vorlage des Quartals herunterladen und darin arbeiten.".to_owned(),
        Detail::OtherSubproject { found, expected } => format!(
            "Die Arbeitsmappe gehört zum Teilvorhaben {found}, erwartet wird {expected}. Bitte die richtige Datei hochladen."
        ),
        Detail::OtherQuarter { found, expected } => format!(
            "Die Arbeitsmappe gehört zum Quartal {found}, erwartet wird {expected}. Bitte die richtige Datei hochladen."
        ),
        Detail::OtherTemplateVersion { found, expected } => format!(
            "Die Arbeitsmappe hat die Vorlagenversion {found}, erwartet wird {expected}. Bitte die aktuelle Vorlage herunterladen und die Werte übertragen."
        ),
        Detail::SheetMissing { sheet } => format!(
            "Das Blatt „{sheet}“ fehlt. Bitte die Vorlage erneut herunterladen und die Werte übertragen."
        ),
        Detail::ColumnMissing { header } => format!(
            "Auf diesem Blatt fehlt die Spalte „{header}“. Bitte die Spaltenüberschrift wiederherstellen."
        ),
        Detail::HiddenSheet { sheet } => format!(
            "Das ausgeblendete Blatt „{sheet}“ enthält Werte. Bitte einblenden und prüfen oder löschen."
        ),
        Detail::HiddenRow { row } => format!(
            "Die ausgeblendete Zeile {row} enthält Werte. Bitte einblenden und prüfen."
        ),
        Detail::MergedCells { range } => format!(
            "Die Eingabezellen {range} sind verbunden. Bitte die Verbindung aufheben und jeden Wert in seine Zelle schreiben."
        ),
        Detail::FormulaWithoutResult => "Die Formel hat kein gespeichertes Ergebnis. Bitte die Datei in einem Tabellenprogramm öffnen, berechnen lassen und speichern.".to_owned(),
        Detail::StaleResult { stored, computed } => format!(
            "Die Formel zeigt {stored}, richtig berechnet ergibt sich {computed}. Bitte die Datei neu berechnen lassen und speichern."
        ),
        Detail::FormulaForValue { stored } => format!(
            "Hier steht eine Formel, erwartet wird ein Wert. Gelesen wurde ihr gespeichertes Ergebnis {stored}. Bitte den Wert eintragen."
        ),
        Detail::ColumnNotRead { header } => format!(
            "Die Spalte „{header}“ gehört nicht zur Vorlage und wurde nicht gelesen. Sie müssen nichts tun, wenn dort nur eigene Notizen stehen."
        ),
        Detail::SheetNotRead { sheet } => format!(
            "Das Blatt „{sheet}“ gehört nicht zur Vorlage und wurde nicht gelesen. Sie müssen nichts tun, wenn dort nur eigene Notizen stehen."
        ),
        Detail::PersonLevelData { kind } => format!(
            "Diese Spalte enthält Angaben zu einzelnen Personen ({}). Nachweis speichert keine Daten über einzelne Teilnehmende; die Datei wurde nicht aufbewahrt. Bitte die Spalte löschen und die Datei neu hochladen.",
            words::personal(Language::De, kind)
        ),
        Detail::PrefilledChanged { expected } if expected.is_empty() => {
            "Vorbelegte Angaben der Arbeitsmappe wurden verändert. Bitte die Vorlage neu herunterladen und die Werte übertragen.".to_owned()
        }
        Detail::PrefilledChanged { expected } => format!(
            "Diese vorbelegte Angabe wurde verändert; ausgegeben war „{expected}“. Bitte wiederherstellen."
        ),
        Detail::Duplicate { name } => format!(
            "„{name}“ kommt auf diesem Blatt mehrfach vor. Bitte nur eine Zeile oder Spalte dieses Namens behalten."
        ),
        Detail::UnknownKey { typed } => format!(
            "Die Zeile „{typed}“ gehört nicht zur Vorlage. Bitte die ursprüngliche Kennung wiederherstellen."
        ),
        Detail::RowMissing { key } => format!(
            "Die Zeile „{key}“ fehlt auf diesem Blatt. Bitte die Zeile mit ihrer Kennung wiederherstellen."
        ),
        Detail::PlanChanged { issued, current } => format!(
            "Die Arbeitsmappe wurde mit Planfassung {issued} ausgegeben, inzwischen gilt Fassung {current}. Geprüft wurde gegen Fassung {current}; bitte die Abweichungen beachten."
        ),
        Detail::NotDeclared => "Die Erklärung auf dem Deckblatt ist nicht bestätigt. Bitte „ja“ auswählen, wenn die Angaben vollständig und richtig sind.".to_owned(),
        Detail::FurtherFindings { code, count } => format!(
            "Zu {code} gibt es {} weitere Fundstellen, die hier nicht einzeln aufgeführt sind. Bitte zuerst die genannten berichtigen und die Datei erneut hochladen.",
            Language::De.group(*count)
        ),
        Detail::VoucherSum { item: Text { de: item, .. }, amount, vouchers } => format!(
            "Für „{item}“ sind {} eingetragen, die Belege ergeben {}. Bitte Betrag oder Belegliste berichtigen.",
            amount.display(Language::De),
            vouchers.display(Language::De)
        ),
        Detail::FlatRate { item: Text { de: item, .. }, found, base, rate, expected } => format!(
            "Die Pauschale „{item}“ beträgt {}, aus {} × {} ergeben sich {}. Bitte die Formel der Vorlage wiederherstellen.",
            found.display(Language::De),
            base.display(Language::De),
            rate.display(Language::De),
            expected.display(Language::De)
        ),
        Detail::VoucherOnFlatRate { item: Text { de: item, .. } } => format!(
            "„{item}“ ist eine Pauschale; dafür werden keine Belege eingereicht. Bitte den Beleg entfernen oder einem anderen Ansatz zuordnen."
        ),
        Detail::PaidOutsideQuarter { paid_on, quarter } => format!(
            "Das Zahlungsdatum {} liegt nicht im {}. Bitte das Datum berichtigen oder in der Spalte „korrigiertes Quartal“ das Quartal nennen.",
            Language::De.date(*paid_on),
            quarter.display(Language::De)
        ),
        Detail::PaidOutsideGrant { paid_on, first, last } => format!(
            "Das Zahlungsdatum {} liegt außerhalb des Bewilligungszeitraums vom {} bis {}. Bitte das Datum berichtigen oder den Beleg entfernen.",
            Language::De.date(*paid_on),
            Language::De.date(*first),
            Language::De.date(*last)
        ),
        Detail::DuplicateVoucher { number, earlier: true } => format!(
            "Die Belegnummer „{number}“ wurde schon in einem früheren Quartal eingereicht. Bitte die Nummer prüfen und doppelte Belege entfernen."
        ),
        Detail::DuplicateVoucher { number, earlier: false } => format!(
            "Die Belegnummer „{number}“ kommt mehrfach vor. Bitte die Nummer prüfen und doppelte Belege entfernen."
        ),
        Detail::ItemOverWarning { item: Text { de: item, .. }, year: _, plan, spent, over, threshold } => format!(
            "„{item}“ liegt mit {} um {} über dem Ansatz von {} (Hinweis ab {}). Bitte die Abweichung begründen.",
            spent.display(Language::De),
            over.display(Language::De),
            plan.display(Language::De),
            threshold.display(Language::De)
        ),
        Detail::ItemOverLimit { item: Text { de: item, .. }, plan, spent, over, threshold, offset } => format!(
            "„{item}“ liegt mit {} um {} über dem Ansatz von {}; zulässig sind {} bei Ausgleich, andere Ansätze gleichen nur {} aus. Bitte berichtigen oder eine Planänderung beantragen.",
            spent.display(Language::De),
            over.display(Language::De),
            plan.display(Language::De),
            threshold.display(Language::De),
            offset.display(Language::De)
        ),
        Detail::OverAward { spent, awarded } => format!(
            "Die Ausgaben betragen insgesamt {}, bewilligt sind {}. Bitte die Ausgaben berichtigen oder eine Erhöhung beantragen.",
            spent.display(Language::De),
            awarded.display(Language::De)
        ),
        Detail::SourcesSum { sources, spent } => format!(
            "Die Mittel ergeben zusammen {}, ausgegeben wurden {}. Bitte die verausgabten Beträge je Mittelherkunft berichtigen.",
            sources.display(Language::De),
            spent.display(Language::De)
        ),
        Detail::UnionShare { amount, allowed } => format!(
            "Aus dem ESF Plus sind {} eingesetzt, nach den Regionenkategorien sind höchstens {} zulässig. Bitte die Aufteilung berichtigen.",
            amount.display(Language::De),
            allowed.display(Language::De)
        ),
        Detail::OwnFunds { amount, required } => format!(
            "An Eigenmitteln sind {} eingesetzt, erforderlich sind mindestens {}. Bitte erläutern, wann die Eigenmittel folgen.",
            amount.display(Language::De),
            required.display(Language::De)
        ),
        Detail::UnspentCall { unspent, days } => format!(
            "Von den abgerufenen Mitteln sind {} länger als {days} Tage nicht verausgabt. Bitte erläutern oder zurückzahlen; es können Zinsen anfallen.",
            unspent.display(Language::De)
        ),
        Detail::NegativeAmount { amount } => format!(
            "Der Betrag {} ist negativ. Negative Beträge sind nur als Korrektur zulässig; bitte das korrigierte Quartal nennen.",
            amount.display(Language::De)
        ),
        Detail::CorrectionQuarter { corrects, quarter } => format!(
            "Das korrigierte Quartal {} muss vor dem {} und im Bewilligungszeitraum liegen. Bitte das Quartal berichtigen.",
            corrects.display(Language::De),
            quarter.display(Language::De)
        ),
        Detail::VoucherIncomplete { column } => format!(
            "Im Beleg fehlt {}. Bitte ergänzen.",
            words::column(Language::De, *column)
        ),
        Detail::StatusSum { who, span, total, sum } => format!(
            "{}, {}: EECO01 ist {}, die Summe aus EECO02, EECO04 und EECO05 ist {}. Bitte die Zahlen angleichen.",
            words::who(Language::De, *who),
            words::span(Language::De, *span),
            Language::De.count(*total),
            Language::De.count(*sum)
        ),
        Detail::PartExceeds { who, span, part, whole } => format!(
            "{}, {}: EECO03 (langzeitarbeitslos) ist {} und übersteigt EECO02 (arbeitslos) mit {}. Bitte die Zahlen prüfen.",
            words::who(Language::De, *who),
            words::span(Language::De, *span),
            Language::De.count(*part),
            Language::De.count(*whole)
        ),
        Detail::AgeExceeds { who, span, sum, total } => format!(
            "{}, {}: Die Altersgruppen EECO06 bis EECO08 ergeben {} und übersteigen EECO01 mit {}. Bitte die Zahlen prüfen.",
            words::who(Language::De, *who),
            words::span(Language::De, *span),
            Language::De.count(*sum),
            Language::De.count(*total)
        ),
        Detail::EducationExceeds { who, span, sum, total } => format!(
            "{}, {}: Die Bildungsstufen EECO09 bis EECO11 ergeben {} und übersteigen EECO01 mit {}. Bitte die Zahlen prüfen.",
            words::who(Language::De, *who),
            words::span(Language::De, *span),
            Language::De.count(*sum),
            Language::De.count(*total)
        ),
        Detail::TraitExceeds { code, who, span, part, total } => format!(
            "{}, {}: {code} ist {} und übersteigt EECO01 mit {}. Bitte die Zahlen prüfen.",
            words::who(Language::De, *who),
            words::span(Language::De, *span),
            Language::De.count(*part),
            Language::De.count(*total)
        ),
        Detail::ThirdCountry { who, span, third_country, background } => format!(
            "{}, {}: EECO13 (Drittstaatsangehörige) ist {} und größer als EECO14 (ausländische Herkunft) mit {}. Bitte prüfen oder begründen.",
            words::who(Language::De, *who),
            words::span(Language::De, *span),
            Language::De.count(*third_country),
            Language::De.count(*background)
        ),
        Detail::GenderSum { code, sum, total } => format!(
            "{code}: Frauen, Männer und nicht-binäre Personen ergeben {}, als Gesamtzahl steht {}. Bitte die Zahlen angleichen.",
            Language::De.count(*sum),
            Language::De.count(*total)
        ),
        Detail::ReservedSum { code, who, span, found, expected } => format!(
            "{}, {}: {code} ist {}, die Summe der Teile ist {}. Bitte die Zahlen angleichen.",
            words::who(Language::De, *who),
            words::span(Language::De, *span),
            Language::De.count(*found),
            Language::De.count(*expected)
        ),
        Detail::ResultExceedsOutput { code, who, result, output } => format!(
            "{}, kumuliert: {code} ist {} und übersteigt den verknüpften Output-Indikator mit {}. Bitte die Zahlen prüfen.",
            words::who(Language::De, *who),
            Language::De.count(*result),
            Language::De.count(*output)
        ),
        Detail::ResultExceedsGroup { code, who, result, group, size } => format!(
            "{}, kumuliert: {code} ist {} und übersteigt die Bezugsgruppe {group} mit {}. Bitte die Zahlen prüfen.",
            words::who(Language::De, *who),
            Language::De.count(*result),
            Language::De.count(*size)
        ),
        Detail::ResultsExceedLeavers { code, result, leavers } => format!(
            "{code} ist kumuliert {}, ausgetreten sind bisher {} Personen. Bitte die Zahlen prüfen oder begründen.",
            Language::De.count(*result),
            Language::De.count(*leavers)
        ),
        Detail::FallWithoutCorrection { name: Text { de: name, .. }, before, after } => format!(
            "{name} fällt kumuliert von {} auf {}. Bitte das korrigierte Quartal und den Grund nennen.",
            Language::De.count(*before),
            Language::De.count(*after)
        ),
        Detail::CountInvalid { count } => format!(
            "Die Anzahl {} ist negativ. Negative Anzahlen sind nur als Korrektur mit genanntem Quartal zulässig.",
            Language::De.count(*count)
        ),
        Detail::NoEducationOrAge { span, total, missing } => format!(
            "{}: Bei {} Teilnehmenden ist {} überall 0. Bitte ergänzen oder begründen.",
            words::span(Language::De, *span),
            Language::De.count(*total),
            words::missing(Language::De, *missing)
        ),
        Detail::Children { count } => format!(
            "EECO06 (unter 18 Jahren) ist {}, das Programm richtet sich an Erwachsene. Bitte prüfen oder begründen.",
            Language::De.count(*count)
        ),
        Detail::ForeignBackground { count, total, expected } => format!(
            "Von {} Teilnehmenden haben {} eine ausländische Herkunft (EECO14); erwartet werden mindestens {}. Bitte prüfen oder begründen.",
            Language::De.count(*total),
            Language::De.count(*count),
            expected.display(Language::De)
        ),
        Detail::EntitiesUnexpected { code, count } => format!(
            "{code} ist {}, das Handlungsfeld dieses Teilvorhabens unterstützt keine Organisationen. Bitte prüfen oder begründen.",
            Language::De.count(*count)
        ),
        Detail::EducationIncomplete { who, span, sum, total } => format!(
            "{}, {}: Die Bildungsstufen EECO09 bis EECO11 ergeben {}, EECO01 ist {}. Bitte ergänzen oder begründen.",
            words::who(Language::De, *who),
            words::span(Language::De, *span),
            Language::De.count(*sum),
            Language::De.count(*total)
        ),
        Detail::CounterSum { counter: Text { de: counter, .. }, found, expected } => format!(
            "„{counter}“ ist {}, die Summe der Teile ist {}. Bitte die Zahlen angleichen.",
            Language::De.count(*found),
            Language::De.count(*expected)
        ),
    }
}
