//! Uploads of a round as a list.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use nachweis_domain::{key::SubprojectNo, quarter::Quarter};
use nachweis_service::ListedUpload;
use serde::Serialize;
use utoipa::ToSchema;

use super::upload::UploadView;

/// An upload of a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListedUpload)]
pub(crate) struct ListedUploadView {
    /// The upload.
    #[serde(flatten)]
    upload: UploadView,
    /// Whose turn it is: `lead`, `coordinator`, `manager`, `closed` where its quarter is to be reopened first, or `nobody`
    /// where it is decided or a newer revision takes its place.
    #[schema(example = "manager")]
    turn: &'static str,
    /// Whether it has no blocking findings and no warnings, or waived ones only.
    clean: bool,
    /// Blocking findings that are waived.
    waived_blocking: u32,
    /// Warnings that are waived.
    waived_warnings: u32,
    /// When it was handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted_at: Option<DateTime<Utc>>,
}

impl ListedUploadView {
    fn of(listed: &ListedUpload) -> Self {
        Self {
            upload: UploadView::of(&listed.upload),
            turn: listed.turn.as_str(),
            clean: listed.is_clean(),
            waived_blocking: listed.waived_blocking,
            waived_warnings: listed.waived_warnings,
            submitted_at: listed.submitted.map(|(_, at)| at),
        }
    }
}

/// A page of uploads in the order of subproject, quarter and revision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UploadPage {
    /// The uploads that the caller may read and that fit.
    uploads: Vec<ListedUploadView>,
    /// How many there are on all pages.
    total: u64,
    /// The value of `after` for the next page; missing on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "IQ23-NW-017/2024-Q3/2")]
    next: Option<String>,
}

impl UploadPage {
    /// A page of so many that fit, and whether more follow.
    pub(crate) fn of(page: &[&ListedUpload], rest: bool, total: usize) -> Self {
        let last = page.last().filter(|_| rest);
        Self {
            uploads: page.iter().map(|listed| ListedUploadView::of(listed)).collect(),
            total: u64::try_from(total).unwrap_or(u64::MAX),
            next: last.map(|last| Mark::of(last).to_string()),
        }
    }
}

/// The place of an upload in the list; it stays when the upload no longer fits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark(SubprojectNo, Quarter, u32);

impl Mark {
    /// Where an upload stands.
    pub(crate) fn of(listed: &ListedUpload) -> Self {
        let upload = &listed.upload;
        Self(upload.subproject.clone(), upload.quarter, upload.revision)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.0, self.1, self.2)
    }
}

impl FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let read = || {
            let (rest, revision) = text.rsplit_once('/')?;
            let (no, quarter) = rest.rsplit_once('/')?;
            Some(Self(
                SubprojectNo::new(no),
                quarter.parse().ok()?,
                revision.parse().ok()?,
            ))
        };
        read().ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_list_is_read_as_it_is_written_and_places_are_in_the_order_of_the_list() {
        let places = [
            "IQ23-NW-017/2023-Q4/2",
            "IQ23-NW-017/2024-Q3/2",
            "IQ23-NW-017/2024-Q3/10",
            "a/b/2023-Q1/1",
        ];
        let marks = places.map(|place| place.parse::<Mark>().unwrap());
        assert_eq!(marks.each_ref().map(ToString::to_string), places);
        assert!(marks.is_sorted());
        for wrong in [
            "",
            "IQ23-NW-017",
            "IQ23-NW-017/2024-Q3",
            "IQ23-NW-017/2024-Q5/1",
            "a/2024-Q3/-1",
        ] {
            assert_eq!(wrong.parse::<Mark>(), Err(()), "{wrong}");
        }
    }
}
