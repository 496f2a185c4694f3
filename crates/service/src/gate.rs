//! The one way from a use case to [`nachweis_domain::access::decide`].

use nachweis_domain::{
    access::{Act, Caller, Decision, Object, decide},
    record::UserId,
    subproject::Subproject,
};

use crate::error::ServiceError;

/// Lets the caller pass, or says why not.
fn pass(caller: &Caller, act: Act, object: Object<'_>) -> Result<(), ServiceError> {
    match decide(caller, act, object) {
        Decision::Allowed => Ok(()),
        Decision::Forbidden(reason) => Err(ServiceError::Forbidden(reason)),
        Decision::Hidden => Err(ServiceError::Hidden),
    }
}

/// May the caller do this with the programme as a whole?
pub(crate) fn programme(caller: &Caller, act: Act) -> Result<(), ServiceError> {
    pass(caller, act, Object::Programme)
}

/// May the caller do this with the subproject?
pub(crate) fn subproject(caller: &Caller, act: Act, subproject: &Subproject) -> Result<(), ServiceError> {
    pass(caller, act, object(subproject, &[]))
}

/// May the caller do this with a thing of the subproject that went through these hands?
pub(crate) fn handled(
    caller: &Caller,
    act: Act,
    subproject: &Subproject,
    hands: &[UserId],
) -> Result<(), ServiceError> {
    pass(caller, act, object(subproject, hands))
}

/// Whether the caller may do this with the subproject: for lists, which leave out what is hidden.
pub(crate) fn allows(caller: &Caller, act: Act, subproject: &Subproject) -> bool {
    decide(caller, act, object(subproject, &[])) == Decision::Allowed
}

const fn object<'a>(subproject: &'a Subproject, hands: &'a [UserId]) -> Object<'a> {
    Object::Subproject {
        no: &subproject.no,
        network: subproject.network.as_ref(),
        field: &subproject.action_field,
        hands,
    }
}
