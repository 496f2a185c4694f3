//! The application: shared values, routes, and what stands around every handler.

use actix_web::{
    App, HttpResponse,
    body::BoxBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web,
};

use crate::{
    desk::Desk,
    edge, idempotency, params,
    problem::{Code, Problem},
    routes::{self, Document},
};

/// What all workers share.
#[derive(Clone)]
pub(crate) struct Shared {
    desk: web::Data<Desk>,
    document: web::Data<Document>,
}

impl Shared {
    /// The shared values around a desk.
    pub(crate) fn new(desk: Desk) -> Self {
        let document = serde_json::to_vec(&crate::openapi()).unwrap_or_default();
        Self {
            desk: web::Data::new(desk),
            document: web::Data::new(Document(document.into())),
        }
    }
}

/// One application, made for each worker.
pub(crate) fn app(
    shared: &Shared,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    App::new()
        .app_data(shared.desk.clone())
        .app_data(shared.document.clone())
        .app_data(
            web::PathConfig::default()
                .error_handler(|_unreadable, request| params::path_problem(request).into()),
        )
        .configure(|config| routes::all().register(config))
        .default_service(web::to(unknown_route))
        .wrap(from_fn(idempotency::once))
        .wrap(from_fn(edge::around))
}

async fn unknown_route() -> Result<HttpResponse, Problem> {
    Err(Problem::new(Code::RouteUnknown))
}
