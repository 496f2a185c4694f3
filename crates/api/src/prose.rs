//! Texts that people type into JSON: no control characters but line breaks and tabs. A NUL would break a database's text.

use serde::{Deserialize, Deserializer, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// A text that people typed. Its length is checked by the use case.
#[derive(Debug, Default)]
pub(crate) struct Prose(pub(crate) String);

impl<'de> Deserialize<'de> for Prose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text
            .chars()
            .any(|char| char.is_control() && !"\n\r\t".contains(char))
        {
            return Err(D::Error::custom("control characters"));
        }
        Ok(Self(text))
    }
}

impl PartialSchema for Prose {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).into()
    }
}

impl ToSchema for Prose {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_refused_and_lines_are_kept() {
        for (json, taken) in [
            (r#""Beleg 3\nfehlt.\t""#, true),
            (r#""a\u0000b""#, false),
            (r#""a\u001bb""#, false),
            ("7", false),
        ] {
            assert_eq!(serde_json::from_str::<Prose>(json).is_ok(), taken, "{json}");
        }
    }
}
