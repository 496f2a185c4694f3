//! The waivers of a subproject's quarter in one cell.

use nachweis_domain::language::Language;

use super::{Line, Scope};
use crate::{Value, waiver_state};

/// The waivers for a quarter's report, each with number, code and where it stands: `3 FIN-04 (in Kraft)`.
pub(super) fn of(scope: &Scope<'_>, line: &Line<'_>) -> Value {
    let ledger = scope.ledger;
    let Some(state) = ledger.subprojects.get(line.subproject) else {
        return Value::Empty;
    };
    let own = ledger
        .waivers
        .iter()
        .filter(|waiver| waiver.subproject == state.subproject.no && waiver.covers(line.quarter));
    let mut key = Vec::new();
    let (mut de, mut en) = (Vec::new(), Vec::new());
    for waiver in own {
        let stands = waiver.state_at(ledger.status_at);
        let name = waiver_state::name(stands);
        key.push(format!("{}:{}:{}", waiver.number, waiver.code, stands.as_str()));
        for (language, words) in [(Language::De, &mut de), (Language::En, &mut en)] {
            words.push(format!(
                "{} {} ({})",
                waiver.number,
                waiver.code,
                name.get(language)
            ));
        }
    }
    if key.is_empty() {
        return Value::Empty;
    }
    let text = nachweis_domain::language::Text::new(de.join(", "), en.join(", "));
    Value::term(key.join(" "), text)
}
