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
    /// Coordinator of a regional network (RIN).
    Coordinator,
    /// BAMF programme manager.
    Manager,
    /// Ministry (BMAS): reads all reports.
    Ministry,
    /// Partner (BMBF, Federal Employment Agency): reads what is published.
    Partner,
    /// Networking project or competence centre: reads the indicators of its field.
    Centre,
    /// Auditor of BAMF, BMAS or the EU.
    Auditor,
    /// Manages accounts, decides on no figures.
    Admin,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 8] = [
        Self::Lead,
        Self::Coordinator,
        Self::Manager,
        Self::Ministry,
        Self::Partner,
        Self::Centre,
        Self::Auditor,
        Self::Admin,
    ];

    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Coordinator => "coordinator",
            Self::Manager => "manager",
            Self::Ministry => "ministry",
            Self::Partner => "partner",
            Self::Centre => "centre",
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
    /// Endorse a submission as the network's coordinator.
    Endorse,
    /// Accept a submission.
    Accept,
    /// Return a submission.
    Return,
    /// Ask for a waiver for a subproject, or take such a request back.
    AskWaiver,
    /// Grant, refuse or withdraw a waiver.
    DecideWaiver,
    /// See reports on money over what the caller may see.
    ReadReport,
    /// See the indicators and counters of what the caller may see.
    ReadIndicators,
    /// Close a quarter of a round.
    CloseQuarter,
    /// Ask for or withdraw the reopening of a closed quarter for a subproject.
    Reopen,
    /// Confirm as the second person that a closed quarter is reopened.
    ConfirmReopening,
    /// See closed quarters with what was frozen and reopened.
    ReadClosings,
    /// Fetch the audit workbook.
    ExportAudit,
    /// Fetch the complete file of a subproject.
    ExportDossier,
    /// See until when originals are kept, and what holds them.
    ReadRetention,
    /// Place or lift a hold on the originals of a subproject.
    HoldOriginals,
    /// Propose to erase the originals of a subproject.
    EraseOriginals,
    /// Confirm as the second person that the originals of a subproject are erased.
    ConfirmErasing,
    /// See the journal.
    ReadJournal,
    /// See what rules in shadow or proposed ones would hit.
    ReadRuleEffect,
    /// Import programmes and plans.
    ImportProgramme,
    /// See and change accounts and grants.
    ManageUsers,
}

impl Act {
    /// All acts.
    pub const ALL: [Self; 28] = [
        Self::ReadRounds,
        Self::ReadSubproject,
        Self::FetchTemplate,
        Self::Upload,
        Self::ReadUpload,
        Self::ReadFile,
        Self::Submit,
        Self::Endorse,
        Self::Accept,
        Self::Return,
        Self::AskWaiver,
        Self::DecideWaiver,
        Self::ReadReport,
        Self::ReadIndicators,
        Self::CloseQuarter,
        Self::Reopen,
        Self::ConfirmReopening,
        Self::ReadClosings,
        Self::ExportAudit,
        Self::ExportDossier,
        Self::ReadRetention,
        Self::HoldOriginals,
        Self::EraseOriginals,
        Self::ConfirmErasing,
        Self::ReadJournal,
        Self::ReadRuleEffect,
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
        /// Who had a hand in the thing: who uploaded, submitted or endorsed an upload, who asked for a waiver or a reopening or
        /// accepted what would be reopened, who proposed an erasure. Nobody decides on what passed through their own hands.
        hands: &'a [UserId],
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
    /// Four eyes: it passed through the caller's own hands.
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
        Role::Lead => {
            sees_workbooks(act)
                || matches!(
                    act,
                    Act::FetchTemplate | Act::Upload | Act::Submit | Act::AskWaiver
                )
                || sees_reports(act)
        }
        Role::Coordinator => {
            sees_workbooks(act)
                || matches!(
                    act,
                    Act::FetchTemplate | Act::Endorse | Act::Return | Act::AskWaiver
                )
                || sees_reports(act)
        }
        Role::Manager => {
            sees_workbooks(act)
                || matches!(
                    act,
                    Act::FetchTemplate
                        | Act::Accept
                        | Act::Return
                        | Act::AskWaiver
                        | Act::DecideWaiver
                        | Act::CloseQuarter
                        | Act::Reopen
                        | Act::ConfirmReopening
                        | Act::ReadClosings
                        | Act::ReadRuleEffect
                        | Act::ExportDossier
                        | Act::ReadRetention
                        | Act::HoldOriginals
                        | Act::EraseOriginals
                        | Act::ConfirmErasing
                        | Act::ImportProgramme
                )
                || sees_reports(act)
        }
        Role::Ministry => matches!(act, Act::ReadSubproject | Act::ReadClosings) || sees_reports(act),
        Role::Partner => matches!(act, Act::ReadRounds),
        Role::Centre => matches!(act, Act::ReadRounds | Act::ReadIndicators),
        Role::Auditor => {
            sees_workbooks(act)
                || matches!(
                    act,
                    Act::ReadClosings
                        | Act::ExportAudit
                        | Act::ExportDossier
                        | Act::ReadRetention
                        | Act::ReadJournal
                        | Act::ReadRuleEffect
                )
                || sees_reports(act)
        }
        Role::Admin => matches!(act, Act::ReadRounds | Act::ManageUsers),
    }
}

/// A subproject with what was uploaded for it.
const fn sees_workbooks(act: Act) -> bool {
    matches!(act, Act::ReadSubproject | Act::ReadUpload | Act::ReadFile)
}

/// The rounds and every report.
const fn sees_reports(act: Act) -> bool {
    matches!(act, Act::ReadRounds | Act::ReadReport | Act::ReadIndicators)
}

/// What makes an object visible at all.
const fn visibility(act: Act, object: Object<'_>) -> Act {
    match (act, object) {
        // Whoever reads the indicators of a field sees figures, not the subprojects behind them.
        (Act::ReadIndicators, Object::Subproject { .. }) => Act::ReadIndicators,
        (_, Object::Programme) => Act::ReadRounds,
        (_, Object::Subproject { .. }) => Act::ReadSubproject,
    }
}

/// What takes four eyes: the word of another person than whose hands the thing passed through.
const fn decides(act: Act) -> bool {
    matches!(
        act,
        Act::Endorse
            | Act::Accept
            | Act::Return
            | Act::DecideWaiver
            | Act::ConfirmReopening
            | Act::ConfirmErasing
    )
}

/// Decides whether the caller may do the act on the object. The only such place.
///
/// Reports over the whole programme are allowed to everyone with [`Act::ReadReport`] or [`Act::ReadIndicators`] in any
/// scope; the caller of this function restricts them to the subprojects whose figures the caller may see.
///
/// ```
/// use nachweis_domain::{access::*, key::{ActionFieldKey, SubprojectNo}, record::UserId};
/// let (own, field) = (SubprojectNo::new("IQ23-NW-017"), ActionFieldKey::new("counselling"));
/// let lead = Caller {
///     user: UserId(uuid::Uuid::nil()),
///     grants: vec![Grant { role: Role::Lead, scope: Scope::Subproject(own.clone()) }],
/// };
/// let object = |no| Object::Subproject { no, network: None, field: &field, hands: &[] };
/// assert_eq!(decide(&lead, Act::Upload, object(&own)), Decision::Allowed);
/// assert_eq!(decide(&lead, Act::Accept, object(&own)), Decision::Forbidden(Reason::Role));
/// let foreign = SubprojectNo::new("IQ23-BE-001");
/// assert_eq!(decide(&lead, Act::ReadSubproject, object(&foreign)), Decision::Hidden);
/// ```
pub fn decide(caller: &Caller, act: Act, object: Object<'_>) -> Decision {
    let whole_programme = matches!(object, Object::Programme);
    let scoped_read =
        whole_programme && matches!(act, Act::ReadRounds | Act::ReadReport | Act::ReadIndicators);
    let allows = |act: Act| {
        caller
            .grants
            .iter()
            .any(|grant| role_allows(grant.role, act) && (scoped_read || covers(&grant.scope, object)))
    };
    let visible = whole_programme || allows(visibility(act, object));
    if !visible {
        return Decision::Hidden;
    }
    if !allows(act) {
        return Decision::Forbidden(Reason::Role);
    }
    let own = matches!(object, Object::Subproject { hands, .. } if hands.contains(&caller.user));
    if own && decides(act) {
        return Decision::Forbidden(Reason::OwnSubmission);
    }
    Decision::Allowed
}

#[cfg(test)]
mod tests;
