//! What the API answers about an upload, for the command line: `--json` there is the same document.

use nachweis_service::{ChangePreview, Verdict};
use serde::Serialize;

use crate::views::{changes::ChangesView, upload::ReceiptView};

/// The receipt of an upload, as `GET /api/v1/uploads/{id}` answers it.
pub fn receipt(verdict: &Verdict) -> impl Serialize + use<> {
    ReceiptView::of(verdict)
}

/// What an upload changes, as `GET /api/v1/uploads/{id}/changes` answers it.
pub fn changes(preview: &ChangePreview) -> impl Serialize + use<> {
    ChangesView::of(preview)
}
