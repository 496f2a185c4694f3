//! Turns what the scanner found into a refusal that names the part.

use super::xml::XmlFault;
use crate::refusal::{Bounded, PartFault, Refusal};
use nachweis_domain::limits;

/// The refusal of a fault in a part.
pub(super) fn refusal(part: &str, fault: XmlFault) -> Refusal {
    let part = part.to_owned();
    let damaged = |fault| Refusal::DamagedPart {
        part: part.clone(),
        fault,
    };
    match fault {
        XmlFault::Encoding => Refusal::Encoding { part },
        XmlFault::DocumentType => Refusal::DocumentType { part },
        XmlFault::Unclosed => damaged(PartFault::Unclosed),
        XmlFault::Mismatch => damaged(PartFault::Mismatch),
        XmlFault::Tag => damaged(PartFault::Tag),
        XmlFault::Reference => damaged(PartFault::Reference),
        XmlFault::Content => damaged(PartFault::Content),
        XmlFault::Depth => Refusal::TooLarge {
            what: Bounded::Depth,
            found: limits::DEPTH.value + 1,
            allowed: limits::DEPTH.value,
            place: part,
        },
        XmlFault::Attributes(found) => Refusal::TooLarge {
            what: Bounded::Attributes,
            found,
            allowed: limits::ATTRIBUTES.value,
            place: part,
        },
    }
}

/// The refusal of a fault beyond the XML itself.
pub(super) fn damaged(part: &str, fault: PartFault) -> Refusal {
    Refusal::DamagedPart {
        part: part.to_owned(),
        fault,
    }
}
