//! An operation as the document describes it.

use serde_json::Value;

use crate::documents;

/// An operation.
pub(super) struct Operation {
    pub(super) method: String,
    /// The path with its parameters in braces.
    pub(super) path: String,
    described: Value,
}

impl Operation {
    /// All of the document: those that make things first, as what follows needs them.
    pub(super) fn all(document: &Value) -> Vec<Self> {
        let mut all: Vec<Self> = documents::operations(document)
            .into_iter()
            .map(|(method, path, described)| Self {
                method,
                path,
                described,
            })
            .collect();
        all.sort_by_key(|operation| {
            let makes = ["/uploads", "/waivers", "/reopen", "/holds", "/erasures"]
                .iter()
                .any(|end| operation.path.ends_with(end));
            (operation.method == "GET", !makes)
        });
        all
    }

    /// `GET /api/v1/rounds`.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Name, schema and whether it must be there, of the parameters in `path`, `query` or `header`.
    pub(super) fn parameters(&self, place: &str) -> Vec<(&str, &Value, bool)> {
        self.described["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == place)
            .map(|parameter| {
                (
                    parameter["name"].as_str().unwrap(),
                    &parameter["schema"],
                    parameter["required"] == true,
                )
            })
            .collect()
    }

    /// Media types and schemas of the bodies that it takes.
    pub(super) fn bodies(&self) -> Vec<(&str, &Value)> {
        contents(&self.described["requestBody"])
    }

    /// Whether the document states this status.
    pub(super) fn states(&self, status: u16) -> bool {
        self.described["responses"].get(status.to_string()).is_some()
    }

    /// Media types and schemas of the answers with a status.
    pub(super) fn answers(&self, status: u16) -> Vec<(&str, &Value)> {
        contents(&self.described["responses"][status.to_string()])
    }
}

fn contents(of: &Value) -> Vec<(&str, &Value)> {
    let contents = of["content"].as_object();
    contents
        .into_iter()
        .flatten()
        .map(|(media_type, content)| (media_type.as_str(), &content["schema"]))
        .collect()
}
