//! The OpenAPI document, made from the handlers.

use std::collections::BTreeMap;

use utoipa::{
    IntoParams, IntoResponses, Modify, OpenApi, ToSchema,
    openapi::{
        ObjectBuilder, Ref, RefOr, Type,
        content::ContentBuilder,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
        response::{Response, ResponseBuilder},
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};

use crate::{
    problem::{PROBLEM_JSON, ProblemBody},
    routes::{
        auth, closings, decisions, document, exports, health, issuers, journal, lineage, reopenings, reports,
        retention, round_uploads, rounds, subprojects, templates, uploads, waivers,
    },
};

/// The document of all operations.
pub fn openapi() -> utoipa::openapi::OpenApi {
    ApiDocument::openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Nachweis",
        description = "The reporting service of a publicly funded programme. Money is an integer of euro cents (`…_cents`), quarters are `2024-Q3`, moments UTC. Problems are `application/problem+json` (RFC 9457) with a stable `code`.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    paths(
        health::alive, health::ready, document::read,
        auth::sign_in, auth::refresh, auth::sign_out, issuers::start, issuers::complete,
        rounds::list, rounds::read, rounds::effect,
        subprojects::list, subprojects::read,
        templates::issue,
        uploads::receive, uploads::read, uploads::original, uploads::marked, uploads::changes, round_uploads::list,
        decisions::submit, decisions::endorse, decisions::accept, decisions::accept_many, decisions::return_to_lead,
        closings::list, closings::close, closings::frozen, closings::differences,
        reopenings::list, reopenings::ask, reopenings::confirm, reopenings::withdraw,
        waivers::of_round, waivers::of_subproject, waivers::ask, waivers::read, waivers::grant, waivers::refuse, waivers::withdraw,
        retention::kept, retention::holds, retention::place, retention::lift, retention::erasures, retention::propose, retention::confirm,
        reports::read, lineage::read, exports::audit, exports::dossier, exports::journal, journal::list, journal::head, journal::consistency,
    ),
    components(schemas(ProblemBody<'static>)),
    security(("bearer" = [])),
    modifiers(&Bearer, &Repeatable, &Edge),
    tags(
        (name = "auth", description = "Signing in."),
        (name = "programme", description = "Rounds and subprojects."),
        (name = "uploads", description = "Workbooks: issue, upload, verdict."),
        (name = "decisions", description = "Submit, endorse, accept, return."),
        (name = "closing", description = "Closed quarters: closing, what was frozen, reopening."),
        (name = "waivers", description = "Waivers of findings: ask, grant, refuse, withdraw."),
        (name = "retention", description = "Until when originals are kept, holds, erasing."),
        (name = "reports", description = "Reports."),
        (name = "audit", description = "For auditors."),
        (name = "operation", description = "For operators."),
    )
)]
struct ApiDocument;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut http = Http::new(HttpAuthScheme::Bearer);
        http.bearer_format = Some("JWT".to_owned());
        if let Some(components) = document.components.as_mut() {
            components.add_security_scheme("bearer", SecurityScheme::Http(http));
        }
    }
}

/// Every POST of somebody signed in takes an `Idempotency-Key`.
struct Repeatable;

impl Modify for Repeatable {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut document.paths.paths {
            if path.starts_with("/api/v1/auth/") {
                continue;
            }
            if let Some(operation) = item.post.as_mut() {
                operation
                    .parameters
                    .get_or_insert_default()
                    .push(idempotency_key().into());
            }
        }
    }
}

/// What is answered around the handlers: heads, bodies and keys that do not fit, faults, a full storage.
struct Edge;

impl Modify for Edge {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut document.paths.paths {
            for operation in [item.get.as_mut(), item.post.as_mut()].into_iter().flatten() {
                add::<AnyRequest>(operation);
                if operation.request_body.is_some() {
                    add::<AnyBody>(operation);
                }
            }
            let Some(post) = item.post.as_mut() else { continue };
            add::<Full>(post);
            if !path.starts_with("/api/v1/auth/") {
                add::<Repeated>(post);
            }
        }
    }
}

/// Adds refusals to an operation that states nothing of its own for them.
fn add<R: IntoResponses>(operation: &mut Operation) {
    for (status, response) in R::responses() {
        operation.responses.responses.entry(status).or_insert(response);
    }
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .description(Some(
            "1 to 128 visible ASCII characters, new for each new request. For 24 hours the same request with the same key gets the first answer again (with `Idempotency-Replayed: true`) and does nothing; another request with it gets 422. When the rights or the password of the account have changed since, what was carried out gets 409, and what was refused is judged anew.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .build()
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident { $($status:literal: $text:literal,)* })*) => {$(
        $(#[$doc])*
        pub(crate) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(($status.to_owned(), problem($text).into()),)*])
            }
        }
    )*};
}

refusals! {
    /// What every operation can answer.
    Faults {
        "400": "The request cannot be read.",
        "500": "A fault of the service: `code` and `request_id` only.",
        "503": "Busy, or the database cannot be reached; `Retry-After` names the seconds.",
    }
    /// What operations on things can answer.
    Missing {
        "401": "No good access token.",
        "403": "Visible, but not allowed.",
        "404": "Not there, or not visible to the caller.",
    }
    /// What operations that depend on a state can answer.
    Conflict {
        "409": "The state forbids it; `detail` says whose turn it is.",
    }
    /// What operations that read an original can answer.
    Erased {
        "410": "The original was erased, because it need not be kept any longer; `detail` says when.",
    }
    /// What operations that take or make content can answer.
    Unfit {
        "406": "None of the accepted forms can be given.",
        "413": "The body is too large.",
        "415": "The body is of a kind that is not taken.",
        "422": "The content cannot be used; `code` and `detail` say why.",
    }
    /// What operations that write can answer.
    Full {
        "507": "Nothing can be kept at the moment: the storage of the service is full or write-protected.",
    }
    /// What is answered to any request.
    AnyRequest {
        "400": "The request cannot be read.",
        "414": "The parameters of the address are too long.",
        "431": "The headers are too large.",
        "500": "A fault of the service: `code` and `request_id` only.",
    }
    /// What is answered to any body.
    AnyBody {
        "408": "The body did not come in time.",
        "413": "The body is too large.",
        "415": "The body is of a kind that is not taken.",
    }
    /// What is answered to an `Idempotency-Key`.
    Repeated {
        "409": "The first request with this `Idempotency-Key` is still running, or was carried out before the rights of the account changed.",
        "422": "The `Idempotency-Key` was used for another request.",
        "429": "The account has used as many `Idempotency-Key`s as possible.",
    }
}

fn problem(description: &str) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(RefOr::Ref(Ref::from_schema_name("Problem"))))
        .build();
    ResponseBuilder::new()
        .description(description)
        .content(PROBLEM_JSON, content)
        .build()
}

/// The language of a file.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes a parameter")]
pub(crate) struct Lang {
    /// `de` or `en`; the header `Accept-Language` where nothing is said, else German.
    lang: Option<String>,
}

/// A form with a workbook.
#[derive(ToSchema)]
#[schema(as = UploadForm)]
#[expect(dead_code, reason = "describes a form")]
pub(crate) struct Form {
    /// The workbook.
    #[schema(value_type = String, format = Binary, content_media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    file: Vec<u8>,
}
