//! A quotation mark that is not closed swallows the rows below it into one field; such a text is refused.
//!
//! Quotation marks that stand oddly within one line are read as programs read them. Only a field that runs over line
//! ends and is then not followed by a separator or the end of a line shows that its end is another field's beginning.

/// The line, from one, of a quotation mark that swallows rows.
pub(super) fn unclosed(text: &str, separator: u8) -> Option<u32> {
    let separator = char::from(separator);
    let mut line = 1_u32;
    let mut state = State::Begin;
    for char in text.chars() {
        state = match state {
            State::Begin if char == '"' => State::Quoted { line, breaks: false },
            State::Begin | State::Plain => ended(char, separator),
            State::Quoted { line, breaks } => match char {
                '"' => State::Closed { line, breaks },
                '\n' => State::Quoted { line, breaks: true },
                _ => State::Quoted { line, breaks },
            },
            State::Closed { line, breaks } => match char {
                '"' => State::Quoted { line, breaks },
                _ if char == separator || char == '\n' || char == '\r' => State::Begin,
                _ if breaks => return Some(line),
                _ => State::Plain,
            },
        };
        if char == '\n' {
            line = line.saturating_add(1);
        }
    }
    match state {
        State::Quoted { line, breaks: true } => Some(line),
        _ => None,
    }
}

/// Where a text without quotation marks goes on.
const fn ended(char: char, separator: char) -> State {
    if char == separator || char == '\n' || char == '\r' {
        State::Begin
    } else {
        State::Plain
    }
}

#[derive(Clone, Copy)]
enum State {
    /// At the beginning of a field.
    Begin,
    /// Within a field without quotation marks.
    Plain,
    /// Within quotation marks that began in a line; whether a line end was passed.
    Quoted { line: u32, breaks: bool },
    /// Behind a quotation mark that closes, or is the first of two.
    Closed { line: u32, breaks: bool },
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    #[test]
    fn quotation_marks_that_swallow_rows_are_found() {
        let sound = [
            "a;\"b\nc\";d\n",
            "a;\"b \"\"c\"\" d\ne\";f",
            "a;17\" Monitor;c\nd;e;f\n",
            "a;\"b\" c;d\n",
            "a;\"\";c\n",
        ];
        for text in sound {
            assert_eq!(unclosed(text, b';'), None, "{text}");
        }
        for (text, line) in [
            ("a;b\nc;\"12 Zoll;d\ne;\"f\";g\n", 2),
            ("a;b\nc;\"12 Zoll;d\ne;f;g\n", 2),
            ("a;b\n\nc;\"d;e\nf;g\nh;\"i\";j", 3),
        ] {
            assert_eq!(unclosed(text, b';'), Some(line), "{text}");
        }
    }
}
