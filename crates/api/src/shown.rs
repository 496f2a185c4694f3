//! What the API answers about an upload, for the command line: `--json` there is the same document.

use nachweis_service::{ChangePreview, ListedUpload, Verdict};
use serde::Serialize;

use crate::views::{changes::ChangesView, listed_upload::UploadPage, upload::ReceiptView};

/// The receipt of an upload, as `GET /api/v1/uploads/{id}` answers it.
pub fn receipt(verdict: &Verdict) -> impl Serialize + use<> {
    ReceiptView::of(verdict)
}

/// Uploads of a round, as `GET /api/v1/rounds/{round}/uploads` answers them: all on one page.
pub fn uploads(all: &[ListedUpload]) -> impl Serialize + use<> {
    let page: Vec<&ListedUpload> = all.iter().collect();
    UploadPage::of(&page, false, all.len())
}

/// What an upload changes, as `GET /api/v1/uploads/{id}/changes` answers it.
pub fn changes(preview: &ChangePreview) -> impl Serialize + use<> {
    ChangesView::of(preview)
}
