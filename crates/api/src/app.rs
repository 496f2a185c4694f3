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

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::{SocketAddr, TcpStream},
        sync::mpsc::channel,
        thread,
    };

    use actix_web::{
        HttpServer,
        http::header::AUTHORIZATION,
        rt::System,
        test::{TestRequest, call_service, init_service},
    };
    use nachweis_domain::{
        access::{Grant, Role, Scope},
        language::Language,
    };
    use nachweis_service::{Clock, NewAccount, SecretKey, Service, ServiceError, Settings};
    use nachweis_store::testing::{Backend, TestDatabase};

    use super::*;
    use crate::{capacity::Capacity, session, settings::ApiSettings};

    async fn broken_handler() -> HttpResponse {
        panic!("a secret of the stack")
    }

    async fn broken_use_case(desk: web::Data<Desk>) -> Result<HttpResponse, Problem> {
        session::ask(&desk, |_service| -> Result<(), ServiceError> {
            panic!("a secret of the stack")
        })
        .await?;
        Ok(HttpResponse::NoContent().finish())
    }

    fn desk(database: &TestDatabase) -> Desk {
        let settings = Settings {
            database_url: database.url().clone(),
            round_files: Vec::new(),
            seal_key: SecretKey::from_bytes([7; 32]),
            program: std::env::current_exe().unwrap(),
        };
        let service = Service::open(&settings, Clock::system()).unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let api = ApiSettings::new(
            address,
            SecretKey::from_bytes(*b"an.example.key.of.the.tests:0123"),
        );
        Desk::new(service, &api).unwrap()
    }

    #[actix_web::test]
    async fn only_who_may_export_takes_a_turn() {
        let database = TestDatabase::migrated(Backend::Sqlite);
        let mut desk = desk(&database);
        // All turns are taken.
        desk.exports = Capacity::new(0);
        let token = |role: Role| {
            let operator = Service::operator();
            let new = NewAccount {
                name: format!("{role:?}").to_lowercase(),
                display_name: "Jemand".to_owned(),
                password: None,
                language: Language::De,
                grants: vec![Grant {
                    role,
                    scope: Scope::All,
                }],
            };
            let account = desk.service.create_user(&operator, &new).unwrap();
            let pass = desk.service.script_session(&operator, account.id).unwrap();
            format!("Bearer {}", desk.tokens.issue(&pass).unwrap())
        };
        let [partner, auditor] = [Role::Partner, Role::Auditor].map(token);
        let app = init_service(app(&Shared::new(desk))).await;
        for path in [
            "/api/v1/exports/audit.xlsx?round=2023-2025",
            "/api/v1/exports/journal.jsonl",
            "/api/v1/reports/burn?round=2023-2025&format=xlsx&sources=true",
        ] {
            for (token, status) in [(&partner, 403), (&auditor, 503)] {
                let request = TestRequest::get()
                    .uri(path)
                    .insert_header((AUTHORIZATION, token.as_str()));
                let answer = call_service(&app, request.to_request()).await;
                assert_eq!(answer.status().as_u16(), status, "{path}");
            }
        }
    }

    /// The whole answer to a request on a connection of its own.
    fn heard(address: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn is_told_nothing(answer: &str) {
        assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut ids = head
            .lines()
            .filter_map(|line| line.strip_prefix("x-request-id: "));
        let told = serde_json::json!({ "code": "internal", "request_id": ids.next().unwrap() });
        assert_eq!(serde_json::from_str::<serde_json::Value>(body).unwrap(), told);
        assert!(
            head.contains("content-type: application/problem+json"),
            "{answer}"
        );
        assert!(head.contains("content-security-policy: "), "{answer}");
    }

    #[test]
    fn a_panic_is_answered_over_the_wire_with_code_and_request_id_only_and_the_only_worker_lives_on() {
        let database = TestDatabase::migrated(Backend::Sqlite);
        let shared = Shared::new(desk(&database));
        let (tell, told) = channel();
        let serving = thread::spawn(move || {
            System::new().block_on(async move {
                let with_faults = move || {
                    app(&shared)
                        .route("/handler", web::get().to(broken_handler))
                        .route("/use-case", web::get().to(broken_use_case))
                };
                let server = HttpServer::new(with_faults)
                    .workers(1)
                    .bind(("127.0.0.1", 0))
                    .unwrap();
                let address = server.addrs()[0];
                let server = server.run();
                tell.send((address, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        let (address, handle) = told.recv().unwrap();
        for _ in 0..3 {
            for path in ["/handler", "/use-case"] {
                is_told_nothing(&heard(address, path));
            }
            assert!(heard(address, "/readyz").starts_with("HTTP/1.1 204 "));
        }
        drop(handle.stop(true));
        serving.join().unwrap();
    }
}
