//! Short names that a round gives its things: plan items, sources, counters, action fields.

use std::{borrow::Borrow, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::record::Sha256;

macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The key of this name.
            pub fn new(name: impl AsRef<str>) -> Self {
                Self(Arc::from(name.as_ref()))
            }

            /// The name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

key!(
    /// A funding round: `2023-2025`.
    RoundCode
);
key!(
    /// A version of the quarterly workbook: `2023-1`.
    TemplateVersion
);
key!(
    /// A version of a round's rules; every verdict records it: `2023-2025.2` as the round names it, and in verdicts with
    /// the document of the round that it was made with, `2023-2025.2+9f3a1c0b77de`.
    RuleVersion
);

/// Digits of a document's SHA-256 in a rule version: 48 bits tell apart the versions of a round.
const DOCUMENT_DIGITS: usize = 12;

impl RuleVersion {
    /// The version together with the document that holds the rules, so that a verdict names it whatever was forgotten when
    /// the round was edited. Verdicts before this named the version alone.
    ///
    /// ```
    /// use nachweis_domain::{key::RuleVersion, record::Sha256};
    /// let version = RuleVersion::new("2023-2025.2").with_document(&Sha256([0x9f; 32]));
    /// assert_eq!(version.as_str(), "2023-2025.2+9f9f9f9f9f9f");
    /// ```
    #[must_use]
    pub fn with_document(&self, document: &Sha256) -> Self {
        let digits: String = document.to_string().chars().take(DOCUMENT_DIGITS).collect();
        Self::new(format!("{self}+{digits}"))
    }
}
key!(
    /// A plan item (Einzelansatz) of a round: `staff_employees`.
    ItemKey
);
key!(
    /// A source of finance of a round: `esf_plus`.
    SourceKey
);
key!(
    /// One of the programme's own counters: `persons_advised`.
    CounterKey
);
key!(
    /// An indicator: `EECO01`, `EECR03`.
    IndicatorCode
);
key!(
    /// An action field (Handlungsfeld) of a round.
    ActionFieldKey
);
key!(
    /// A funding strand of a round.
    StrandKey
);
key!(
    /// A part of the narrative report: `progress`.
    NarrativeKey
);
key!(
    /// A regional network: `RIN-NW-OST`.
    NetworkCode
);
key!(
    /// The number people use for a subproject: `IQ23-NW-017`.
    SubprojectNo
);
