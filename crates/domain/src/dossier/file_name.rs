//! What an original is called in a dossier.

use crate::record::Upload;

/// Characters of the sent name that are kept.
const KEPT: usize = 80;

/// The path of an original in a dossier: `originals/2024-Q3-r2-Mappe.xlsx`.
///
/// Quarter and revision come first, so that no two are alike and none is a name that Windows keeps for itself (`CON`). Of
/// the name as sent only letters and digits of ASCII, dots, dashes and underscores stay, umlauts are spelled out; the exact
/// name stands in the workbook of the dossier.
pub fn original_path(upload: &Upload) -> String {
    let name = upload.file_name.as_str();
    let stem = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("xlsx") => stem,
        _ => name,
    };
    let plain: String = stem.chars().flat_map(plain).take(KEPT).collect();
    let plain = plain.trim_matches(['.', '_']);
    let dash = if plain.is_empty() { "" } else { "-" };
    format!(
        "originals/{}-r{}{dash}{plain}.xlsx",
        upload.quarter, upload.revision
    )
}

/// A character as any system can name a file with it.
fn plain(char: char) -> std::str::Chars<'static> {
    match char {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'Ä' => "Ae",
        'Ö' => "Oe",
        'Ü' => "Ue",
        'ß' => "ss",
        _ => return single(char),
    }
    .chars()
}

/// A character of ASCII that every system takes, or an underscore.
fn single(char: char) -> std::str::Chars<'static> {
    const TAKEN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
    let found = TAKEN
        .find(char)
        .and_then(|at| TAKEN.get(at..at.saturating_add(1)));
    found.unwrap_or("_").chars()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::{
        key::{RoundCode, RuleVersion, SubprojectNo, TemplateVersion},
        record::{Sha256, UploadId, UploadState, UserId},
    };

    fn sent_as(name: &str) -> String {
        original_path(&Upload {
            id: UploadId(Uuid::nil()),
            round: RoundCode::new("2023-2025"),
            subproject: SubprojectNo::new("IQ23-NW-001"),
            quarter: "2024-Q3".parse().unwrap(),
            revision: 2,
            sha256: Sha256([0; 32]),
            size_bytes: 1,
            file_name: name.to_owned(),
            uploaded_by: UserId(Uuid::nil()),
            uploaded_at: DateTime::UNIX_EPOCH,
            template_version: TemplateVersion::new("2023-1"),
            rule_version: RuleVersion::new("1"),
            plan_version: 1,
            state: UploadState::Checked,
            blocking: 0,
            warnings: 0,
            notices: 0,
        })
    }

    #[test]
    fn names_are_safe_on_every_system() {
        for (sent, path) in [
            ("Mappe.xlsx", "originals/2024-Q3-r2-Mappe.xlsx"),
            ("CON.XLSX", "originals/2024-Q3-r2-CON.xlsx"),
            (
                "Bürgerhaus & Maß.xlsx",
                "originals/2024-Q3-r2-Buergerhaus___Mass.xlsx",
            ),
            ("../../etc/passwd", "originals/2024-Q3-r2-etc_passwd.xlsx"),
            ("..\\..\\boot.ini", "originals/2024-Q3-r2-boot.ini.xlsx"),
            ("a\nb\0c\u{202e}.xlsx", "originals/2024-Q3-r2-a_b_c.xlsx"),
            ("отчёт.xlsx", "originals/2024-Q3-r2.xlsx"),
            (". . .", "originals/2024-Q3-r2.xlsx"),
            ("", "originals/2024-Q3-r2.xlsx"),
        ] {
            assert_eq!(sent_as(sent), path, "{sent:?}");
        }
        assert!(sent_as(&"ä".repeat(255)).len() < 120);
    }
}
