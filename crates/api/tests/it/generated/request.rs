//! A request of an operation, as the document asks for it.

use std::fmt::Write as _;

use serde_json::Value;

use super::{dice::Dice, memory::Memory, operation::Operation, value};

/// A request before it is sent.
pub(super) struct Request {
    pub(super) method: String,
    /// The parts of the path between slashes, not yet encoded.
    pub(super) segments: Vec<String>,
    /// Parameters behind the question mark, not yet encoded.
    pub(super) query: Vec<(String, String)>,
    /// Put behind the address as it is.
    pub(super) raw: Vec<u8>,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
    /// The body as JSON, where it is some.
    pub(super) json: Option<Value>,
    /// Whether the body is sent in pieces without a declared length.
    pub(super) chunked: bool,
}

/// The boundary of forms.
pub(super) const BOUNDARY: &str = "----boundary-of-the-tests";
/// The media type of a form.
const FORM: &str = "multipart/form-data";

impl Request {
    /// A request that fits.
    pub(super) fn fitting(
        dice: &mut Dice,
        (document, memory): (&Value, &Memory),
        operation: &Operation,
    ) -> Self {
        let path = operation.path.as_str();
        let mut id = String::new();
        let mut number = String::new();
        let mut segments: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        for (name, schema, _) in operation.parameters("path") {
            let found = value::parameter(dice, memory, path, name, schema);
            match name {
                "id" => id.clone_from(&found),
                "no" => number.clone_from(&found),
                _ => {}
            }
            let braced = format!("{{{name}}}");
            for segment in segments.iter_mut().filter(|segment| **segment == braced) {
                segment.clone_from(&found);
            }
        }
        let mut request = Self {
            method: operation.method.clone(),
            segments,
            query: Vec::new(),
            raw: Vec::new(),
            headers: Vec::new(),
            body: Vec::new(),
            json: None,
            chunked: dice.one_in(12),
        };
        for (name, schema, must) in operation.parameters("query") {
            if must || dice.one_in(4) {
                let found = value::parameter(dice, memory, path, name, schema);
                request.query.push((name.to_owned(), found));
            }
        }
        for (name, schema, must) in operation.parameters("header") {
            if must || dice.one_in(5) {
                let found = value::parameter(dice, memory, path, name, schema);
                request.header(name, found.as_bytes());
            }
        }
        let bodies = operation.bodies();
        if !bodies.is_empty() {
            let (media_type, schema) = *dice.pick(&bodies);
            request.fill(dice, (document, memory), (media_type, schema), (&id, &number));
        }
        request
    }

    fn fill(
        &mut self,
        dice: &mut Dice,
        known: (&Value, &Memory),
        (media_type, schema): (&str, &Value),
        (id, number): (&str, &str),
    ) {
        if media_type == "application/json" {
            let json = value::body(dice, known, ("", schema), id);
            self.set_json(json);
            return;
        }
        let own: Vec<&Vec<u8>> = (known.1.workbooks.iter())
            .filter(|(of, _)| of == number)
            .map(|(_, bytes)| bytes)
            .collect();
        let workbook = if own.is_empty() || dice.one_in(10) {
            &dice.pick(&known.1.workbooks).1
        } else {
            *dice.pick(&own)
        };
        if media_type == FORM {
            self.header("content-type", format!("{FORM}; boundary={BOUNDARY}").as_bytes());
            self.body = form("file", workbook);
        } else {
            self.header("content-type", media_type.as_bytes());
            self.body.clone_from(workbook);
        }
    }

    /// Takes JSON as the body.
    pub(super) fn set_json(&mut self, json: Value) {
        self.header("content-type", b"application/json");
        self.body = json.to_string().into_bytes();
        self.json = Some(json);
    }

    /// Sets a header in the place of those of its name.
    pub(super) fn header(&mut self, name: &str, value: &[u8]) {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_vec()));
    }

    /// The address as it is sent.
    pub(super) fn target(&self) -> Vec<u8> {
        let mut target = String::new();
        for segment in &self.segments {
            target.push('/');
            target.push_str(&encoded(segment));
        }
        for (number, (name, value)) in self.query.iter().enumerate() {
            target.push(if number == 0 { '?' } else { '&' });
            write!(target, "{}={}", encoded(name), encoded(value)).unwrap();
        }
        [target.as_bytes(), &self.raw].concat()
    }
}

/// A form with one part.
pub(super) fn form(name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"Mappe.xlsx\"\r\n\r\n"
    );
    let end = format!("\r\n--{BOUNDARY}--\r\n");
    [head.as_bytes(), content, end.as_bytes()].concat()
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").unwrap();
        }
    }
    encoded
}
