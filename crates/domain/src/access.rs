//! Who may do what: one function decides ([`decide`]).

use serde::{Deserialize, Serialize};

use crate::{
    key::{ActionFieldKey, NetworkCode, SubprojectNo},
    record::UserId,
};

/// A role (design.md §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Subproject lead.
    Lead,
    /// BAMF programme manager.
    Manager,
    /// Auditor of BAMF, BMAS or the EU.
    Auditor,
    /// Manages accounts, decides on no figures.
    Admin,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 4] = [Self::Lead, Self::Manager, Self::Auditor, Self::Admin];

    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Manager => "manager",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }
}

/// What a role is granted for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One subproject.
    Subproject(SubprojectNo),
    /// All subprojects of a network.
    Network(NetworkCode),
    /// All subprojects of an action field.
    Field(ActionFieldKey),
    /// Everything.
    All,
}

/// A role with its scope.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// What it is granted for.
    pub scope: Scope,
}

/// A person (or `nachweis` on the command line) who asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub user: UserId,
    /// What was granted.
    pub grants: Vec<Grant>,
}

/// What someone wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// See the rounds.
    ReadRounds,
    /// See a subproject with its plan.
    ReadSubproject,
    /// Fetch an issued workbook.
    FetchTemplate,
    /// Upload a workbook.
    Upload,
    /// See an upload with its findings.
    ReadUpload,
    /// Fetch the original or the marked copy.
    ReadFile,
    /// Submit an upload.
    Submit,
    /// Accept a submission.
    Accept,
    /// Return a submission.
    Return,
    /// See reports over what the caller may see.
    ReadReport,
    /// Fetch the audit workbook.
    ExportAudit,
    /// See the journal.
    ReadJournal,
    /// Import programmes and plans.
    ImportProgramme,
    /// See and change accounts and grants.
    ManageUsers,
}

impl Act {
    /// All acts.
    pub const ALL: [Self; 14] = [
        Self::ReadRounds,
        Self::ReadSubproject,
        Self::FetchTemplate,
        Self::Upload,
        Self::ReadUpload,
        Self::ReadFile,
        Self::Submit,
        Self::Accept,
        Self::Return,
        Self::ReadReport,
        Self::ExportAudit,
        Self::ReadJournal,
        Self::ImportProgramme,
        Self::ManageUsers,
    ];
}

/// What an act is done on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object<'a> {
    /// The programme as a whole.
    Programme,
    /// A subproject, or an upload or file of it.
    Subproject {
        /// Its number.
        no: &'a SubprojectNo,
        /// Its network.
        network: Option<&'a NetworkCode>,
        /// Its action field.
        field: &'a ActionFieldKey,
        /// Who uploaded the thing, when it is an upload: nobody accepts what they handed in.
        uploaded_by: Option<UserId>,
    },
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// May do it.
    Allowed,
    /// May see the thing, but not do this: 403.
    Forbidden(Reason),
    /// May not see the thing; it is answered as a missing one: 404.
    Hidden,
}

/// Why something visible may not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No role of the caller allows it.
    Role,
    /// Four eyes: the caller handed it in.
    OwnSubmission,
}

/// Whether a scope covers an object.
fn covers(scope: &Scope, object: Object<'_>) -> bool {
    match (scope, object) {
        (Scope::All, _) => true,
        (_, Object::Programme) => false,
        (Scope::Subproject(own), Object::Subproject { no, .. }) => own == no,
        (Scope::Network(own), Object::Subproject { network, .. }) => network == Some(own),
        (Scope::Field(own), Object::Subproject { field, .. }) => own == field,
    }
}

/// What a role may do within its scope (design.md §2).
const fn role_allows(role: Role, act: Act) -> bool {
    match role {
        Role::Lead => matches!(
            act,
            Act::ReadRounds
                | Act::ReadSubproject
                | Act::FetchTemplate
                | Act::Upload
                | Act::ReadUpload
                | Act::ReadFile
                | Act::Submit
                | Act::ReadReport
        ),
        Role::Manager => matches!(
            act,
            Act::ReadRounds
                | Act::ReadSubproject
                | Act::FetchTemplate
                | Act::ReadUpload
                | Act::ReadFile
                | Act::Accept
                | Act::Return
                | Act::ReadReport
                | Act::ImportProgramme
        ),
        Role::Auditor => matches!(
            act,
            Act::ReadRounds
                | Act::ReadSubproject
                | Act::FetchTemplate
                | Act::ReadUpload
                | Act::ReadFile
                | Act::ReadReport
                | Act::ExportAudit
                | Act::ReadJournal
        ),
        Role::Admin => matches!(act, Act::ReadRounds | Act::ManageUsers),
    }
}

/// What makes an object visible at all.
const fn visibility(object: Object<'_>) -> Act {
    match object {
        Object::Programme => Act::ReadRounds,
        Object::Subproject { .. } => Act::ReadSubproject,
    }
}

/// Decides whether the caller may do the act on the object. The only such place.
///
/// Reports over the whole programme are allowed to everyone with [`Act::ReadReport`] in any scope; the caller of this
/// function restricts them to the subprojects that the caller may read.
///
/// ```
/// use nachweis_domain::{access::*, key::{ActionFieldKey, SubprojectNo}, record::UserId};
/// let (own, field) = (SubprojectNo::new("IQ23-NW-017"), ActionFieldKey::new("counselling"));
/// let lead = Caller {
///     user: UserId(uuid::Uuid::nil()),
///     grants: vec![Grant { role: Role::Lead, scope: Scope::Subproject(own.clone()) }],
/// };
/// let object = |no| Object::Subproject { no, network: None, field: &field, uploaded_by: None };
/// assert_eq!(decide(&lead, Act::Upload, object(&own)), Decision::Allowed);
/// assert_eq!(decide(&lead, Act::Accept, object(&own)), Decision::Forbidden(Reason::Role));
/// let foreign = SubprojectNo::new("IQ23-BE-001");
/// assert_eq!(decide(&lead, Act::ReadSubproject, object(&foreign)), Decision::Hidden);
/// ```
pub fn decide(caller: &Caller, act: Act, object: Object<'_>) -> Decision {
    let whole_programme = matches!(object, Object::Programme);
    let scoped_read = whole_programme && matches!(act, Act::ReadRounds | Act::ReadReport);
    let allows = |act: Act| {
        caller
            .grants
            .iter()
            .any(|grant| role_allows(grant.role, act) && (scoped_read || covers(&grant.scope, object)))
    };
    let visible = whole_programme || allows(visibility(object));
    if !visible {
        return Decision::Hidden;
    }
    if !allows(act) {
        return Decision::Forbidden(Reason::Role);
    }
    let own = matches!(object, Object::Subproject { uploaded_by: Some(by), .. } if by == caller.user);
    if own && matches!(act, Act::Accept | Act::Return) {
        return Decision::Forbidden(Reason::OwnSubmission);
    }
    Decision::Allowed
}

#[cfg(test)]
mod tests;
