//! Issued workbooks.

use actix_web::{HttpResponse, web::Path};
use nachweis_domain::{key::SubprojectNo, quarter::Quarter};

use super::Table;
use crate::{
    download,
    negotiation::{Wanted, XLSX},
    openapi::{Faults, Full, Missing, Unfit},
    problem::Problem,
    session::Session,
};

/// Adds the routes.
pub(super) fn routes(table: &mut Table) {
    table.get("/api/v1/subprojects/{no}/quarters/{quarter}/template.xlsx", issue);
}

/// Issues the workbook of a subproject's quarter, prefilled from the record.
#[utoipa::path(get, path = "/api/v1/subprojects/{no}/quarters/{quarter}/template.xlsx", tag = "uploads",
    operation_id = "issueTemplate",
    params(
        ("no" = String, Path, description = "The number of the subproject.", example = "IQ23-NW-017"),
        ("quarter" = String, Path, description = "The quarter.", example = "2024-Q3"),
        crate::openapi::Lang),
    responses(
        (status = 200, description = "The workbook.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Missing, Unfit, Full, Faults))]
pub(crate) async fn issue(
    session: Session,
    path: Path<(SubprojectNo, Quarter)>,
    Wanted(language): Wanted,
) -> Result<HttpResponse, Problem> {
    let (no, quarter) = path.into_inner();
    let name = format!("{no}_{quarter}.xlsx");
    let bytes = session
        .ask(move |service, caller| service.issue_template(caller, &no, quarter, language))
        .await?;
    Ok(download::attachment(XLSX, &name, bytes))
}
