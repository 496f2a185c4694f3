//! The one way from a use case to [`nachweis_domain::access::decide`].

use nachweis_domain::{
    access::{Act, Caller, Decision, Object, decide},
    record::{Upload, UserId},
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
    pass(caller, act, object(subproject, None))
}

/// May the caller do this with an upload of the subproject?
pub(crate) fn upload(
    caller: &Caller,
    act: Act,
    subproject: &Subproject,
    upload: &Upload,
) -> Result<(), ServiceError> {
    pass(caller, act, object(subproject, Some(upload.uploaded_by)))
}

/// Whether the caller may do this with the subproject: for lists, which leave out what is hidden.
pub(crate) fn allows(caller: &Caller, act: Act, subproject: &Subproject) -> bool {
    decide(caller, act, object(subproject, None)) == Decision::Allowed
}

const fn object(subproject: &Subproject, uploaded_by: Option<UserId>) -> Object<'_> {
    Object::Subproject {
        no: &subproject.no,
        network: subproject.network.as_ref(),
        field: &subproject.action_field,
        uploaded_by,
    }
}
