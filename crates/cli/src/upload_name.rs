//! An upload as it is named on the command line: by its id, or by subproject and quarter.

use std::{fmt, str::FromStr};

use nachweis_domain::{access::Caller, key::SubprojectNo, quarter::Quarter, record::UploadId};
use nachweis_service::Service;

use crate::{
    failure::Failure,
    unknown::{self, OrUnknown as _},
};

/// An upload as it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UploadName {
    /// By its id.
    Id(UploadId),
    /// The newest revision of a subproject's quarter.
    Newest(SubprojectNo, Quarter),
}

/// A name that is none.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is neither the id of an upload nor subproject and quarter like IQ23-NW-017/2024-Q3")]
pub(crate) struct UploadNameError(String);

impl FromStr for UploadName {
    type Err = UploadNameError;

    fn from_str(text: &str) -> Result<Self, UploadNameError> {
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        let named = text.rsplit_once('/').and_then(|(no, quarter)| {
            let quarter = quarter.parse().ok()?;
            (!no.is_empty()).then(|| Self::Newest(SubprojectNo::new(no), quarter))
        });
        named.ok_or_else(|| UploadNameError(text.chars().take(60).collect()))
    }
}

impl fmt::Display for UploadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::Newest(no, quarter) => write!(f, "{no}/{quarter}"),
        }
    }
}

impl UploadName {
    /// The id of the upload.
    ///
    /// # Errors
    /// When there is no such upload, or the caller may not see it.
    pub(crate) fn id(&self, service: &Service, caller: &Caller) -> Result<UploadId, Failure> {
        match self {
            Self::Id(id) => Ok(*id),
            Self::Newest(no, quarter) => service
                .newest_upload(caller, no, *quarter)
                .map(|upload| upload.id)
                .or_unknown(|| unknown::upload(&self.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_is_named_by_its_id_or_by_subproject_and_quarter() {
        let id = "0190c2f5-3d6e-7000-8000-000000000001";
        assert_eq!(id.parse::<UploadName>().unwrap().to_string(), id);
        let newest: UploadName = "IQ23-NW-017/2024-Q3".parse().unwrap();
        let quarter = "2024-Q3".parse().unwrap();
        assert_eq!(
            newest,
            UploadName::Newest(SubprojectNo::new("IQ23-NW-017"), quarter)
        );
        for wrong in ["", "IQ23-NW-017", "/2024-Q3", "IQ23-NW-017/2024-Q5"] {
            assert!(wrong.parse::<UploadName>().is_err(), "{wrong}");
        }
    }
}
