//! The template versions. A version is added, never changed: old workbooks stay readable for ever.

use nachweis_domain::key::TemplateVersion;

/// A template version that this program can issue and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// `2023-1`, for rounds 2023–2025 and those that name it.
    V2023,
    /// `2026-1`: strand and category of region on the cover, cumulative columns, plan and remainder of each source.
    V2026,
}

impl Version {
    /// All versions, oldest first.
    pub(crate) const ALL: [Self; 2] = [Self::V2023, Self::V2026];

    /// The name of the version.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::V2023 => "2023-1",
            Self::V2026 => "2026-1",
        }
    }

    /// The version of a name, if this program knows it.
    pub(crate) fn of(name: &TemplateVersion) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|version| version.as_str() == name.as_str())
    }

    /// The names of all versions, for texts: `2023-1, 2026-1`.
    pub(crate) fn names() -> String {
        Self::ALL.map(Self::as_str).join(", ")
    }
}
