//! All routes of the service, one file per noun, registered through one table that tests can read.

use actix_web::{
    FromRequest, Handler, HttpResponse, Resource, Responder,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    web,
};

use crate::problem::{Code, Problem};

pub(crate) mod auth;
pub(crate) mod closings;
pub(crate) mod decisions;
pub(crate) mod document;
pub(crate) mod exports;
pub(crate) mod health;
pub(crate) mod issuers;
pub(crate) mod journal;
pub(crate) mod lineage;
pub(crate) mod reopenings;
pub(crate) mod reports;
pub(crate) mod retention;
pub(crate) mod round_uploads;
pub(crate) mod rounds;
pub(crate) mod subprojects;
pub(crate) mod templates;
pub(crate) mod uploads;
pub(crate) mod waivers;

pub(crate) use document::Document;

/// Method and path of every route, sorted: `("GET", "/api/v1/rounds")`. For documents and tests.
pub fn operations() -> Vec<(String, &'static str)> {
    all().operations()
}

/// Every route of the service.
pub(crate) fn all() -> Table {
    let mut table = Table::default();
    health::routes(&mut table);
    document::routes(&mut table);
    auth::routes(&mut table);
    issuers::routes(&mut table);
    rounds::routes(&mut table);
    subprojects::routes(&mut table);
    templates::routes(&mut table);
    uploads::routes(&mut table);
    round_uploads::routes(&mut table);
    decisions::routes(&mut table);
    closings::routes(&mut table);
    reopenings::routes(&mut table);
    waivers::routes(&mut table);
    retention::routes(&mut table);
    reports::routes(&mut table);
    lineage::routes(&mut table);
    exports::routes(&mut table);
    journal::routes(&mut table);
    table
}

/// Addresses with the methods that each knows.
#[derive(Default)]
pub(crate) struct Table {
    entries: Vec<Entry>,
}

struct Entry {
    path: &'static str,
    methods: Vec<Method>,
    resource: Resource,
}

impl Table {
    /// An address that is read.
    pub(crate) fn get<F, Args>(&mut self, path: &'static str, handler: F)
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(path, Method::GET, web::get().to(handler));
    }

    /// An address that something is sent to.
    pub(crate) fn post<F, Args>(&mut self, path: &'static str, handler: F)
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(path, Method::POST, web::post().to(handler));
    }

    fn add(&mut self, path: &'static str, method: Method, route: actix_web::Route) {
        match self.entries.iter().position(|entry| entry.path == path) {
            Some(at) => {
                let mut entry = self.entries.swap_remove(at);
                entry.methods.push(method);
                entry.resource = entry.resource.route(route);
                self.entries.push(entry);
            }
            None => self.entries.push(Entry {
                path,
                methods: vec![method],
                resource: web::resource(path).route(route),
            }),
        }
    }

    fn operations(&self) -> Vec<(String, &'static str)> {
        let mut operations: Vec<_> = self
            .entries
            .iter()
            .flat_map(|entry| {
                entry
                    .methods
                    .iter()
                    .map(|method| (method.to_string(), entry.path))
            })
            .collect();
        operations.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        operations
    }

    /// Adds all routes to an application; other methods are answered with 405 and those that there are.
    pub(crate) fn register(self, config: &mut web::ServiceConfig) {
        for entry in self.entries {
            let allowed: Vec<&str> = entry.methods.iter().map(Method::as_str).collect();
            let allowed = allowed.join(", ");
            config.service(
                entry
                    .resource
                    .default_service(web::to(move || std::future::ready(wrong_method(&allowed)))),
            );
        }
    }
}

fn wrong_method(allowed: &str) -> Result<HttpResponse, Problem> {
    let problem = Problem::new(Code::MethodUnknown);
    Err(match HeaderValue::from_str(allowed) {
        Ok(allowed) => problem.with_header(header::ALLOW, allowed),
        Err(_) => problem,
    })
}
