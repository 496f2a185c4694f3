//! The German texts of findings: what is there, what is expected, what to do.

use chrono::NaiveDate;

use super::words;
use crate::{
    finding::{Column, Detail, Recomputed, Shown, Span, Who},
    language::{Language, Text},
    money::Money,
    quarter::Quarter,
    rate::Rate,
};

/// What to do where a formula is gone.
const RESTORE: &str = "Bitte die Formel wiederherstellen; in der markierten Datei steht sie wieder.";
const RESTORE_ALL: &str = "Bitte die Formeln wiederherstellen; in der markierten Datei stehen sie wieder.";
/// What to do where a formula shows something else than it gives.
const RECALCULATE: &str =
    "Bitte die Datei in einem Tabellenprogramm neu berechnen lassen und speichern; bleibt der Unterschied,";

/// The whole sentences of a finding: one exhaustive match, so that a missing translation does not compile.
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match: a detail without a text must not compile"
)]
pub(super) fn text(detail: &Detail) -> String {
    match detail {
        Detail::AmountUnreadable { typed } => format!("Der Betrag „{typed}“ ist keine Zahl. Bitte nur Ziffern mit Dezimalkomma eintragen, zum Beispiel 1.234,56."),
        Detail::AmountShownOtherwise { stored } | Detail::CountShownOtherwise { stored } => format!("Das Zahlenformat der Zelle zeigt etwas anderes als die gespeicherte Zahl {stored} (zum Beispiel Prozent, Tausender oder Stunden). Bitte das Zahlenformat „Zahl“ wählen und den Wert prüfen."),
        Detail::Ambiguous { typed, first: Text { de: first, .. }, second: Text { de: second, .. } } => format!("„{typed}“ kann {first} oder {second} bedeuten. Bitte eindeutig eintragen."),
        Detail::TooManyDecimals { typed } => format!("Der Betrag „{typed}“ hat mehr als zwei Nachkommastellen. Bitte in Euro eintragen, nicht in Tausend Euro, und auf ganze Cent runden."),
        Detail::AmountTooLarge { typed } => format!("Der Betrag „{typed}“ ist größer als 10 Milliarden Euro. Bitte den Betrag in Euro eintragen."),
        Detail::CountUnreadable { typed } => format!("„{typed}“ ist keine ganze Zahl. Bitte eine Anzahl ohne Nachkommastellen eintragen, bei Fehlanzeige 0."),
        Detail::PercentUnreadable { typed } => format!("„{typed}“ ist kein Prozentwert von 0 bis 100 %. Bitte zum Beispiel 12,5 % eintragen."),
        Detail::DateUnreadable { typed, reading: Some(reading) } => format!("„{typed}“ ist als Text eingetragen, nicht als Datum. Gemeint sein kann der {}. Bitte die Zelle als Datum formatieren und das Datum neu eintippen.", date(*reading)),
        Detail::DateUnreadable { typed, reading: None } => format!("„{typed}“ ist kein Datum. Bitte ein Datum eintippen, zum Beispiel 31.12.2024."),
        Detail::DateOutsideWindow { typed } => format!("Das Datum „{typed}“ liegt nicht zwischen dem 01.01.2014 und dem 31.12.2035. Bitte das Jahr prüfen."),
        Detail::QuarterUnreadable { typed } => format!("„{typed}“ ist kein Quartal. Bitte zum Beispiel 2024-Q3 eintragen."),
        Detail::Missing { column } if words::is_number(*column) => format!("Hier fehlt {}. Eine leere Zelle gilt nicht als null; bitte {} eintragen, bei Fehlanzeige 0.", subject(*column), object(*column)),
        Detail::Missing { column } => format!("Hier fehlt {}. Bitte {} eintragen.", subject(*column), object(*column)),
        Detail::NothingEntered { column: Column::Narrative } => "Auf diesem Blatt ist noch kein Text eingetragen. Bitte alle Abschnitte ausfüllen, bei Fehlanzeige mit „keine“.".to_owned(),
        Detail::NothingEntered { .. } => "Auf diesem Blatt ist noch nichts eingetragen. Eine leere Zelle gilt nicht als null; bitte alle gelben Zellen ausfüllen, bei Fehlanzeige mit 0.".to_owned(),
        Detail::RowsEmpty { rows } => format!("In den Zeilen {} fehlen alle Angaben. Eine leere Zelle gilt nicht als null; bitte ausfüllen, bei Fehlanzeige mit 0.", words::rows(Language::De, rows)),
        Detail::NoAnswer { typed, column } => format!("„{typed}“ ist keine Zahl, hier fehlt {}. Keine Angabe gilt nicht als null; bitte {} eintragen, bei Fehlanzeige 0.", subject(*column), object(*column)),
        Detail::TextTooLong { characters, limit } => format!("Der Text hat {} Zeichen, möglich sind {}. Bitte kürzen.", Language::De.group(*characters), Language::De.group(*limit)),
        Detail::TextUnsafe { shown } => format!("Der Text enthält unsichtbare Steuerzeichen: „{shown}“. Bitte den Text neu eintippen."),
        Detail::ErrorValue { typed } => format!("Die Zelle zeigt den Fehlerwert {typed}. Bitte die Formel reparieren oder den Wert eintragen."),
        Detail::ErrorResult { typed, computed } => format!("Die Formel der Vorlage zeigt den Fehlerwert {typed}, berechnet ergibt sich {}. {RESTORE}", shown(computed)),
        Detail::UnknownChoice { typed, choices } => format!("„{typed}“ steht nicht zur Auswahl. Möglich sind: {choices}. Bitte einen dieser Einträge auswählen."),
        Detail::NotOurTemplate => "Diese Datei ist keine von Nachweis ausgegebene Arbeitsmappe. Bitte die Vorlage des Quartals herunterladen und darin arbeiten.".to_owned(),
        Detail::EnvelopeMissing => "Dieser Arbeitsmappe fehlt das ausgeblendete Blatt „_nachweis“, an dem Nachweis sie erkennt. Bitte die Vorlage des Quartals neu herunterladen und die Werte übertragen.".to_owned(),
        Detail::OtherSubproject { found, expected } => format!("Die Arbeitsmappe gehört zum Teilvorhaben {found}, erwartet wird {expected}. Bitte die richtige Datei hochladen."),
        Detail::OtherQuarter { found, expected } => format!("Die Arbeitsmappe gehört zum Quartal {found}, erwartet wird {expected}. Bitte die richtige Datei hochladen."),
        Detail::OtherTemplateVersion { found, expected } => format!("Die Arbeitsmappe hat die Vorlagenversion {found}, erwartet wird {expected}. Bitte die aktuelle Vorlage herunterladen und die Werte übertragen."),
        Detail::SheetMissing { sheet } => format!("Das Blatt „{sheet}“ fehlt. Bitte die Vorlage erneut herunterladen und die Werte übertragen."),
        Detail::SheetRenamed { sheet, found } => format!("Das Blatt „{sheet}“ fehlt. „{found}“ ist es nach seinen Überschriften und wurde an seiner Stelle gelesen. Bitte das Blatt in „{sheet}“ umbenennen."),
        Detail::SheetUnclear { sheet, found } => format!("Das Blatt „{sheet}“ fehlt, und mehrere andere sehen so aus: „{}“. Bitte das richtige in „{sheet}“ umbenennen und die übrigen löschen.", found.join("“, „")),
        Detail::ColumnMissing { header } => format!("Auf diesem Blatt fehlt die Spalte „{header}“. Bitte die Spalte mit ihrer Überschrift wiederherstellen."),
        Detail::HeaderChanged { typed, header } if typed.is_empty() => format!("Hier fehlt die Überschrift „{header}“; die Spalte wurde nicht gelesen. Bitte die Überschrift wieder eintragen."),
        Detail::HeaderChanged { typed, header } => format!("Hier steht die Überschrift „{typed}“, erwartet wird „{header}“; die Spalte wurde nicht gelesen. Bitte die Überschrift wiederherstellen."),
        Detail::HeadersMissing => "Auf diesem Blatt fehlt die Zeile mit den Spaltenüberschriften; es wurde nicht gelesen. Bitte die Überschriften wiederherstellen.".to_owned(),
        Detail::HiddenSheet { sheet } => format!("Das ausgeblendete Blatt „{sheet}“ enthält Werte. Bitte das Blatt einblenden und prüfen oder löschen."),
        Detail::HiddenRows { rows } if rows.count == 1 => format!("Die ausgeblendete Zeile {} enthält Werte. Bitte die Zeile einblenden und prüfen.", words::rows(Language::De, rows)),
        Detail::HiddenRows { rows } => format!("{} ausgeblendete Zeilen enthalten Werte: {}. Bitte die Zeilen einblenden und prüfen.", Language::De.group(rows.count), words::rows(Language::De, rows)),
        Detail::HiddenColumn { header } => format!("Die ausgeblendete Spalte „{header}“ enthält Werte. Bitte die Spalte einblenden und prüfen."),
        Detail::MergedCells { range } => format!("Die Eingabezellen {range} sind verbunden. Bitte die Verbindung aufheben und jeden Wert in seine Zelle schreiben."),
        Detail::FormulaWithoutResult => "Die Formel hat kein gespeichertes Ergebnis. Bitte die Datei in einem Tabellenprogramm öffnen, berechnen lassen und speichern.".to_owned(),
        Detail::StaleResults { results } => match results.as_slice() {
            [Recomputed { found, computed, .. }] => format!("Die Formel zeigt {}, richtig berechnet ergibt sich {}. {RECALCULATE} die Formel der Vorlage wiederherstellen.", shown(found), shown(computed)),
            several => format!("{} Formeln zeigen Ergebnisse, die nicht zu den übrigen Angaben passen. {RECALCULATE} die Formeln der Vorlage wiederherstellen. Betroffen sind {}.", several.len(), words::differences(Language::De, several)),
        },
        Detail::FormulaForValue { stored } => format!("Hier steht eine Formel, erwartet wird ein Wert. Gelesen wurde ihr gespeichertes Ergebnis {stored}. Bitte den Wert eintragen."),
        Detail::ColumnNotRead { header } => format!("Die Spalte „{header}“ gehört nicht zur Vorlage und wurde nicht gelesen. Sie müssen nichts tun, wenn dort nur eigene Notizen stehen."),
        Detail::NoteNotRead { typed } => format!("„{typed}“ steht außerhalb der Eingabezellen und wurde nicht gelesen. Sie müssen nichts tun, wenn es nur eine Notiz ist."),
        Detail::SumNotRead => "Diese Zeile ist eine Summe und kein Beleg; sie wurde nicht gelesen. Sie müssen nichts tun.".to_owned(),
        Detail::SheetNotRead { sheet } => format!("Das Blatt „{sheet}“ gehört nicht zur Vorlage und wurde nicht gelesen. Sie müssen nichts tun, wenn dort nur eigene Notizen stehen."),
        Detail::SheetCopied { sheet, original } => format!("Das Blatt „{sheet}“ ist eine Kopie von „{original}“ und wurde nicht gelesen; gelesen wurde „{original}“. Bitte prüfen, ob dort die richtigen Werte stehen, und die Kopie löschen."),
        Detail::PersonLevelData { kind } => format!("Diese Spalte enthält Angaben zu einzelnen Personen ({}). Nachweis speichert keine Daten über einzelne Teilnehmende; die Datei wurde nicht aufbewahrt. Bitte die Spalte löschen und die Datei neu hochladen.", words::personal(Language::De, kind)),
        Detail::PersonLevelText { kind } => format!("Hier stehen Angaben zu einer einzelnen Person ({}). Nachweis speichert keine Daten über einzelne Teilnehmende; die Datei wurde nicht aufbewahrt. Bitte die Angaben löschen und die Datei neu hochladen.", words::personal(Language::De, kind)),
        Detail::PersonLevelBeside { kind, place } => format!("{} stehen Angaben zu einzelnen Personen ({}). Nachweis speichert keine Daten über einzelne Teilnehmende; die Datei wurde nicht aufbewahrt. Bitte die Angaben dort löschen und die Datei neu hochladen.", words::place(Language::De, place), words::personal(Language::De, kind)),
        Detail::PrefilledChanged { expected } if expected.is_empty() => "Vorbelegte Angaben der Arbeitsmappe wurden verändert. Bitte die Vorlage neu herunterladen und die Werte übertragen.".to_owned(),
        Detail::PrefilledChanged { expected } => format!("Diese vorbelegte Angabe wurde verändert; ausgegeben war „{expected}“. Bitte die Angabe wiederherstellen."),
        Detail::NamesMoved { rows } if rows.count == 1 => format!("In der Zeile {} gehören Kennung und Name nicht zusammen; ihre Werte wurden nicht übernommen. Bitte den Namen wiederherstellen oder die ganze Zeile verschieben.", words::rows(Language::De, rows)),
        Detail::NamesMoved { rows } => format!("In den Zeilen {} gehören Kennung und Name nicht zusammen, als wäre nur ein Teil der Tabelle sortiert worden; ihre Werte wurden nicht übernommen. Bitte das Sortieren rückgängig machen oder ganze Zeilen sortieren.", words::rows(Language::De, rows)),
        Detail::Duplicate { name } => format!("„{name}“ kommt auf diesem Blatt mehrfach vor; gelesen wurde nur das erste. Bitte nur eine Zeile oder Spalte dieses Namens behalten."),
        Detail::UnknownKey { typed } => format!("Die Zeile „{typed}“ gehört nicht zur Vorlage; ihre Werte wurden nicht gelesen. Bitte die ursprüngliche Kennung wiederherstellen oder die Werte in eine Zeile der Vorlage übertragen."),
        Detail::KeyChanged { typed, key } if typed.is_empty() => format!("Dieser Zeile fehlt ihre Kennung „{key}“; ihre Werte wurden nicht gelesen. Bitte die Kennung wieder eintragen."),
        Detail::KeyChanged { typed, key } => format!("Die Kennung „{typed}“ gehört nicht zur Vorlage; dem Namen nach ist es die Zeile „{key}“. Ihre Werte wurden nicht gelesen. Bitte die Kennung „{key}“ wiederherstellen."),
        Detail::StrayValue { typed } => format!("„{typed}“ steht in einer Zeile ohne Kennung und wurde nicht gelesen. Bitte den Wert in seine Zeile der Vorlage übertragen oder löschen."),
        Detail::RowMissing { key, name } => format!("Auf diesem Blatt fehlt die Zeile „{}“ mit der Kennung „{key}“. Bitte die Zeile mit dieser Kennung wieder anlegen, an beliebiger Stelle der Tabelle.", name.de),
        Detail::PlanChanged { issued, current } => format!("Die Arbeitsmappe wurde mit Planfassung {issued} ausgegeben, inzwischen gilt Fassung {current}. Geprüft wurde gegen Fassung {current}; bitte die Abweichungen beachten."),
        Detail::NotDeclared => "Die Erklärung auf dem Deckblatt ist nicht bestätigt. Bitte „ja“ auswählen, wenn die Angaben vollständig und richtig sind.".to_owned(),
        Detail::FurtherFindings { code, count } => format!("Zu {code} gibt es {} weitere Feststellungen, die hier nicht einzeln aufgeführt sind. Bitte zuerst die genannten Stellen berichtigen und die Datei erneut hochladen.", Language::De.group(*count)),
        Detail::TypedOver { typed, computed: Shown::Nothing } => format!("Hier steht {} anstelle der Formel der Vorlage. {RESTORE}", shown(typed)),
        Detail::TypedOver { typed, computed } => format!("Hier steht {} anstelle der Formel der Vorlage, berechnet ergibt sich {}. {RESTORE}", shown(typed), shown(computed)),
        Detail::TypedOverAlike { results } => match results.as_slice() {
            [Recomputed { computed, .. }] => format!("Hier steht {} anstelle der Formel der Vorlage. Die Zahl stimmt, ändert sich aber nicht mehr mit. {RESTORE}", shown(computed)),
            several => format!("In {} Zellen stehen Zahlen anstelle der Formeln der Vorlage. Sie stimmen, ändern sich aber nicht mehr mit. {RESTORE_ALL} Betroffen sind {}.", several.len(), words::spans(several)),
        },
        Detail::FormulasMissing { results } => match results.as_slice() {
            [Recomputed { computed, .. }] => format!("Hier fehlt die Formel der Vorlage; gerechnet wird mit {}. {RESTORE}", shown(computed)),
            several => format!("In {} Zellen fehlt die Formel der Vorlage; gerechnet wird mit dem, was sie ergäbe. {RESTORE_ALL} Betroffen sind {}.", several.len(), words::values(Language::De, several)),
        },
        Detail::FilteredRows { rows, hiding } => format!("{} {}. Sie müssen nichts tun, wenn das so gewollt ist.", words::hiding(Language::De, *hiding), words::hidden(Language::De, rows)),
        Detail::CollapsedColumn { header } => format!("Die zugeklappte Gliederung verbirgt die Spalte „{header}“ mit Werten; sie zählt mit. Sie müssen nichts tun, wenn das so gewollt ist."),
        Detail::VoucherSum { item, amount, vouchers } => format!("Für „{}“ sind {} eingetragen, die Belege ergeben {}. Bitte den Betrag oder die Belegliste berichtigen.", item.de, money(*amount), money(*vouchers)),
        Detail::FlatRate { item, found, base, rate, expected } => format!("Die Pauschale „{}“ beträgt {}, aus {} × {} ergeben sich {}. {RESTORE}", item.de, money(*found), money(*base), percent(*rate), money(*expected)),
        Detail::VoucherOnFlatRate { item } => format!("„{}“ ist eine Pauschale; dafür werden keine Belege eingereicht. Bitte den Beleg entfernen oder einem anderen Einzelansatz zuordnen.", item.de),
        Detail::PaidOutsideQuarter { paid_on, quarter } => format!("Das Zahlungsdatum {} liegt nicht im {}. Bitte das Datum berichtigen oder in der Spalte „korrigiertes Quartal“ das Quartal nennen, zu dem der Beleg gehört.", date(*paid_on), named(*quarter)),
        Detail::PaidOutsideGrant { paid_on, first, last } => format!("Das Zahlungsdatum {} liegt außerhalb des Bewilligungszeitraums vom {} bis zum {}. Bitte das Datum berichtigen oder den Beleg entfernen.", date(*paid_on), date(*first), date(*last)),
        Detail::DuplicateVoucher { number, earlier: true } => format!("Die Belegnummer „{number}“ wurde schon in einem früheren Quartal eingereicht. Bitte die Nummer prüfen und doppelte Belege entfernen."),
        Detail::DuplicateVoucher { number, earlier: false } => format!("Die Belegnummer „{number}“ kommt mehrfach vor. Bitte die Nummer prüfen und doppelte Belege entfernen."),
        Detail::ItemOverWarning { item, year: None, plan, spent, .. } if plan.is_zero() => format!("Für „{}“ ist kein Ansatz geplant, ausgegeben sind {}. Bitte begründen oder eine Planänderung beantragen.", item.de, money(*spent)),
        Detail::ItemOverWarning { item, year: Some(year), plan, spent, .. } if plan.is_zero() => format!("Für „{}“ ist im Jahr {year} kein Ansatz geplant, ausgegeben sind {}. Bitte begründen oder eine Planänderung beantragen.", item.de, money(*spent)),
        Detail::ItemOverWarning { item, year, plan, spent, over, threshold } => format!("Für „{}“ sind {} ausgegeben, das sind {} mehr als der Ansatz {} von {}; gemeldet wird ab {}. Bitte die Abweichung begründen.", item.de, money(*spent), percent(*over), of_year(*year), money(*plan), percent(*threshold)),
        Detail::ItemNotOffset { item, plan, spent, over, offset } => format!("Für „{}“ sind {} ausgegeben, der Ansatz beträgt {}. Überschreitungen sind nur zulässig, soweit andere Ansätze sie einsparen: auszugleichen sind insgesamt {}, eingespart sind {}. Bitte begründen oder eine Planänderung beantragen.", item.de, money(*spent), money(*plan), money(*over), money(*offset)),
        Detail::ItemNeedsConsent { item, plan, spent, .. } if plan.is_zero() => format!("Für „{}“ ist kein Ansatz geplant, ausgegeben sind {}. Das braucht die Zustimmung der Bewilligungsbehörde, auch wenn andere Ansätze es ausgleichen. Bitte die Zustimmung nennen oder eine Planänderung beantragen.", item.de, money(*spent)),
        Detail::ItemNeedsConsent { item, plan, spent, over, threshold } => format!("Für „{}“ sind {} ausgegeben, das sind {} mehr als der Ansatz von {}. Mehr als {} brauchen die Zustimmung der Bewilligungsbehörde, auch wenn andere Ansätze sie ausgleichen. Bitte die Zustimmung nennen oder eine Planänderung beantragen.", item.de, money(*spent), percent(*over), money(*plan), percent(*threshold)),
        Detail::ItemOverLimit { item, plan, spent, offset, .. } if plan.is_zero() => format!("Für „{}“ ist kein Ansatz geplant, ausgegeben sind {}; Einsparungen bei anderen Ansätzen gleichen nur {} aus. Bitte berichtigen oder eine Planänderung beantragen.", item.de, money(*spent), money(*offset)),
        Detail::ItemOverLimit { item, plan, spent, over, threshold, offset } => format!("Für „{}“ sind {} ausgegeben, das sind {} mehr als der Ansatz von {}. Mehr als {} sind nur bei Ausgleich zulässig, Einsparungen bei anderen Ansätzen gleichen nur {} aus. Bitte berichtigen oder eine Planänderung beantragen.", item.de, money(*spent), percent(*over), money(*plan), percent(*threshold), money(*offset)),
        Detail::OverAward { spent, awarded } => format!("Die Ausgaben betragen seit Beginn {}, bewilligt sind {}. Bitte die Ausgaben berichtigen oder eine Erhöhung beantragen.", money(*spent), money(*awarded)),
        Detail::SourcesSum { sources, spent } => format!("Die verausgabten Mittel ergeben zusammen {}, die Ausgaben des Quartals betragen {}. Bitte die verausgabten Beträge je Mittelherkunft berichtigen.", money(*sources), money(*spent)),
        Detail::UnionShare { amount, allowed } => format!("Aus EU-Mitteln sind seit Beginn {} eingesetzt, nach den Regionenkategorien sind höchstens {} zulässig. Bitte die Aufteilung auf die Mittel berichtigen.", money(*amount), money(*allowed)),
        Detail::OwnFunds { amount, required } => format!("An Eigenmitteln sind seit Beginn {} eingesetzt, erforderlich sind mindestens {}. Bitte erläutern, wann die Eigenmittel folgen.", money(*amount), money(*required)),
        Detail::UnspentCall { unspent, days } => format!("Von den erhaltenen Mitteln sind {} nach {days} Tagen noch nicht verausgabt. Bitte erläutern oder zurückzahlen; es können Zinsen anfallen.", money(*unspent)),
        Detail::NegativeAmount { amount } => format!("Der Betrag {} ist negativ. Negative Beträge sind nur als Korrektur zulässig; bitte beim Beleg das korrigierte Quartal nennen oder das Vorzeichen berichtigen.", money(*amount)),
        Detail::CorrectionQuarter { corrects, quarter } => format!("Das {} kann hier nicht korrigiert werden: Ein korrigiertes Quartal liegt vor dem {} und im Bewilligungszeitraum. Bitte das Quartal berichtigen.", named(*corrects), named(*quarter)),
        Detail::VoucherIncomplete { column } => format!("In dieser Belegzeile fehlt {}. Bitte {} eintragen oder die Zeile löschen, wenn sie nicht gebraucht wird.", subject(*column), object(*column)),
        Detail::VoucherLacks { columns } => format!("In dieser Belegzeile fehlen {}. Bitte ergänzen oder die Zeile löschen, wenn sie nicht gebraucht wird.", words::enumerated(Language::De, columns)),
        Detail::StatusSum { who, span, total, sum } => format!("{}: EECO01 ist {}, die Summe aus EECO02, EECO04 und EECO05 ist {}. Bitte die Zahlen angleichen.", group(*who, *span), count(*total), count(*sum)),
        Detail::PartExceeds { who, span, part, whole } => format!("{}: EECO03 (langzeitarbeitslos) ist {} und übersteigt EECO02 (arbeitslos) mit {}. Bitte die Zahlen prüfen.", group(*who, *span), count(*part), count(*whole)),
        Detail::AgeExceeds { who, span, sum, total } => format!("{}: Die Altersgruppen EECO06 bis EECO08 ergeben {} und übersteigen EECO01 mit {}. Bitte die Zahlen prüfen.", group(*who, *span), count(*sum), count(*total)),
        Detail::EducationExceeds { who, span, sum, total } => format!("{}: Die Bildungsstufen EECO09 bis EECO11 ergeben {} und übersteigen EECO01 mit {}. Bitte die Zahlen prüfen.", group(*who, *span), count(*sum), count(*total)),
        Detail::TraitExceeds { code, who, span, part, total } => format!("{}: {code} ist {} und übersteigt EECO01 mit {}. Bitte die Zahlen prüfen.", group(*who, *span), count(*part), count(*total)),
        Detail::ThirdCountry { who, span, third_country, background } => format!("{}: EECO13 (Drittstaatsangehörige) ist {} und größer als EECO14 (ausländische Herkunft) mit {}. Bitte die Zahlen prüfen oder die Abweichung begründen.", group(*who, *span), count(*third_country), count(*background)),
        Detail::GenderSum { code, sum, total } => format!("{code}: Frauen, Männer und nicht-binäre Personen ergeben {}, als Gesamtzahl steht {}. Bitte die Formel der Summe wiederherstellen oder die Teile berichtigen.", count(*sum), count(*total)),
        Detail::ReservedSum { code, who, span, found, expected } => format!("{}: {code} ist {}, die Summe der Teile ist {}. Bitte die Formel der Summe wiederherstellen oder die Teile berichtigen.", group(*who, *span), count(*found), count(*expected)),
        Detail::ResultExceedsOutput { code, who, result, output } => format!("{}: {code} ist {} und übersteigt den verknüpften Output-Indikator mit {}. Bitte die Zahlen prüfen.", group(*who, Span::Cumulative), count(*result), count(*output)),
        Detail::ResultExceedsGroup { code, who, result, group: codes, size } => format!("{}: {code} ist {} und übersteigt die Bezugsgruppe {codes} mit {}. Bitte die Zahlen prüfen.", group(*who, Span::Cumulative), count(*result), count(*size)),
        Detail::ResultsExceedLeavers { code, result, leavers } => format!("{code} ist kumuliert {}, ausgetreten sind bisher {}. Bitte die Zahlen prüfen oder die Abweichung begründen.", count(*result), count(*leavers)),
        Detail::FallWithoutCorrection { name, before, after } => format!("„{}“ fällt kumuliert von {} auf {}. Bitte das korrigierte Quartal und den Grund nennen oder die Zahl berichtigen.", name.de, count(*before), count(*after)),
        Detail::CountInvalid { count: negative } => format!("Die Anzahl {} ist negativ, der kumulierte Wert läge unter null. Bitte die Zahl berichtigen.", count(*negative)),
        Detail::NoEducationOrAge { span, total, missing } => format!("{} sind {} Teilnehmende gezählt, {} ist überall 0. Bitte ergänzen oder begründen.", words::sentence(words::span(Language::De, *span)), count(*total), words::missing(Language::De, *missing)),
        Detail::Children { count: children } => format!("EECO06 (unter 18 Jahren) ist {}, das Programm richtet sich an Erwachsene. Bitte die Zahl prüfen oder begründen.", count(*children)),
        Detail::ForeignBackground { count: background, total, expected } => format!("Von {} Teilnehmenden haben {} eine ausländische Herkunft (EECO14); erwartet werden mindestens {}. Bitte die Zahlen prüfen oder den Anteil begründen.", count(*total), count(*background), percent(*expected)),
        Detail::EntitiesUnexpected { code, count: entities } => format!("{code} ist {}, das Handlungsfeld dieses Teilvorhabens unterstützt keine Organisationen. Bitte die Zahl prüfen oder begründen.", count(*entities)),
        Detail::EducationIncomplete { who, span, sum, total } => format!("{}: Die Bildungsstufen EECO09 bis EECO11 ergeben {}, EECO01 ist {}. Bitte ergänzen oder begründen.", group(*who, *span), count(*sum), count(*total)),
        Detail::CounterSum { counter, found, expected } => format!("„{}“ ist {}, die Summe der Teile ist {}. Bitte die Formel der Summe wiederherstellen oder die Teile berichtigen.", counter.de, count(*found), count(*expected)),
    }
}

fn money(amount: Money) -> String {
    amount.display(Language::De)
}

fn count(count: i64) -> String {
    Language::De.count(count)
}

fn shown(value: &Shown) -> String {
    value.display(Language::De)
}

fn date(date: NaiveDate) -> String {
    Language::De.date(date)
}

fn percent(rate: Rate) -> String {
    rate.display(Language::De)
}

fn named(quarter: Quarter) -> String {
    quarter.display(Language::De)
}

const fn subject(column: Column) -> &'static str {
    words::column(Language::De, column)
}

const fn object(column: Column) -> &'static str {
    words::column_object(Language::De, column)
}

fn group(who: Who, span: Span) -> String {
    words::group(Language::De, who, span)
}

fn of_year(year: Option<i32>) -> String {
    year.map_or_else(
        || "des Bewilligungszeitraums".to_owned(),
        |year| format!("des Jahres {year}"),
    )
}
