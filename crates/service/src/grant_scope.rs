//! Whether there is what a role is granted for: a grant for a mistyped number would be kept and never act.

use nachweis_domain::{
    access::{Grant, Scope},
    key::NetworkCode,
    language::Text,
};

use crate::{error::ServiceError, service::Service};

impl Service {
    /// Refuses a grant whose subproject, network or action field does not exist in any round.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] naming what was asked for, and what there is.
    pub(crate) fn check_scope(&self, grant: &Grant) -> Result<(), ServiceError> {
        match &grant.scope {
            Scope::All => Ok(()),
            Scope::Subproject(no) => match self.store.subproject(no)? {
                Some(_) => Ok(()),
                None => Err(unknown(no.as_str(), ("Das Teilvorhaben", "subproject"), &[])),
            },
            Scope::Network(code) => self.check_network(code),
            Scope::Field(key) => {
                let fields = self.rounds.iter().flat_map(|round| &round.action_fields);
                let known: Vec<&str> = fields.map(|field| field.key.as_str()).collect();
                known_or_refused(key.as_str(), ("Das Handlungsfeld", "action field"), known)
            }
        }
    }

    fn check_network(&self, code: &NetworkCode) -> Result<(), ServiceError> {
        let mut networks = Vec::new();
        for round in self.rounds.iter() {
            networks.extend(self.store.networks(&round.code)?);
        }
        let known = networks.iter().map(|network| network.code.as_str()).collect();
        known_or_refused(code.as_str(), ("Das Netzwerk", "network"), known)
    }
}

fn known_or_refused(
    asked: &str,
    kind: (&'static str, &'static str),
    mut known: Vec<&str>,
) -> Result<(), ServiceError> {
    if known.contains(&asked) {
        return Ok(());
    }
    known.sort_unstable();
    known.dedup();
    Err(unknown(asked, kind, &known))
}

fn unknown(asked: &str, (de, en): (&str, &str), known: &[&str]) -> ServiceError {
    let list = known.join(", ");
    let (possible_de, possible_en) = if known.is_empty() {
        (
            "Bitte die Nummer prüfen oder zuerst das Programm einlesen.".to_owned(),
            "Please check the number, or import the programme first.".to_owned(),
        )
    } else {
        (format!("Möglich sind: {list}."), format!("Possible are: {list}."))
    };
    ServiceError::Invalid {
        code: "scope-unknown",
        text: Text::new(
            format!("{de} „{asked}“ gibt es nicht; eine Rolle dafür hätte keine Wirkung. {possible_de}"),
            format!("There is no {en} “{asked}”; a role for it would have no effect. {possible_en}"),
        ),
    }
}
