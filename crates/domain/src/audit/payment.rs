//! Money paid out to subprojects.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::AuditPerson;
use crate::{
    key::{SourceKey, SubprojectNo},
    money::Money,
};

/// Money paid out to a subproject, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPayment {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The day of the payment.
    pub paid_on: NaiveDate,
    /// The source the money came from.
    pub source: SourceKey,
    /// The amount; negative for money paid back.
    pub amount: Money,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who recorded it; `None` for the system itself.
    pub recorded_by: Option<Arc<AuditPerson>>,
}
