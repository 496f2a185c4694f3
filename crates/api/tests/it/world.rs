//! A server on a free port with a small programme in a fresh database.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::Path,
    sync::mpsc::channel,
    thread::{self, JoinHandle},
};

use nachweis_api::{ApiError, ApiSettings, Running};
use nachweis_demo::{
    SEED, fill, programme,
    scenario::{Settings as ScenarioSettings, play_one},
};
use nachweis_domain::{
    access::{Grant, Role, Scope},
    figures::QuarterlyFigures,
    key::SubprojectNo,
    programme::ProgrammeImport,
    quarter::Quarter,
    round::{FundingRound, shipped},
};
use nachweis_ingest::SealKey;
use nachweis_service::{Account, Clock, SecretKey, Service, Settings, Verdict};
use nachweis_store::{
    Actor, Store,
    testing::{Backend, TestDatabase, contents_of},
};

use tempfile::TempDir;

use crate::{
    client::Client,
    people::{self, TOKEN_KEY},
};

/// The key that all test servers seal workbooks with.
pub(crate) const SEAL_KEY: [u8; 32] = *b"another.key.of.the.tests:0123456";

/// A server with everything around it. Stops when dropped.
pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) store: Store,
    pub(crate) round: FundingRound,
    /// The numbers of the subprojects, in their order.
    pub(crate) numbers: Vec<SubprojectNo>,
    pub(crate) address: SocketAddr,
    server: Option<(Running, JoinHandle<Result<(), ApiError>>)>,
    pub(crate) programme: ProgrammeImport,
    exports: TempDir,
    pub(crate) database: TestDatabase,
    clock: Clock,
}

/// The quarter of most workbooks: the first, so that nothing comes before.
pub(crate) fn quarter() -> Quarter {
    "2023-Q1".parse().unwrap()
}

impl World {
    /// A server over SQLite with so many subprojects.
    pub(crate) fn new(subprojects: usize) -> Self {
        Self::on(Backend::Sqlite, subprojects)
    }

    /// A server over one of the databases with so many subprojects that report in the first quarter.
    pub(crate) fn on(backend: Backend, subprojects: usize) -> Self {
        Self::under(backend, subprojects, Clock::system(), api_settings())
    }

    /// A server under a clock and settings of its own.
    pub(crate) fn under(backend: Backend, subprojects: usize, clock: Clock, api: ApiSettings) -> Self {
        Self::of(backend, small_programme(subprojects), clock, api)
    }

    /// A server with a programme under a clock and settings of its own.
    pub(crate) fn of(backend: Backend, programme: ProgrammeImport, clock: Clock, api: ApiSettings) -> Self {
        let database = TestDatabase::migrated(backend);
        let service = Service::open(&settings(&database), clock.clone()).unwrap();
        let store = Store::open(database.url()).unwrap();
        let round = shipped().swap_remove(0);
        let begun: chrono::DateTime<chrono::Utc> = "2023-01-02T08:00:00Z".parse().unwrap();
        let recorded = begun.min(clock.now());
        store
            .import_programme(&round.code, "test", &programme, Actor::System, recorded)
            .unwrap();
        let exports = TempDir::new().unwrap();
        let (running, thread) = serve(service.clone(), exports.path(), api);
        Self {
            service,
            store,
            numbers: programme.numbers().into_iter().cloned().collect(),
            round,
            address: running.address,
            server: Some((running, thread)),
            programme,
            exports,
            database,
            clock,
        }
    }

    /// Another instance on the same database: it shares nothing else with the first.
    pub(crate) fn another_instance(&self) -> Instance {
        self.instance(api_settings())
    }

    /// Another instance with settings of its own.
    pub(crate) fn instance(&self, api: ApiSettings) -> Instance {
        let service = Service::open(&settings(&self.database), self.clock.clone()).unwrap();
        let (running, thread) = serve(service, self.exports.path(), api);
        Instance {
            address: running.address,
            server: Some((running, thread)),
        }
    }

    /// Runs statements behind the service's back.
    pub(crate) fn tamper(&self, statements: &str) {
        self.database.tamper(statements);
    }

    /// The rows of every table.
    pub(crate) fn contents(&self) -> BTreeMap<String, Vec<String>> {
        contents_of(&self.database)
    }

    /// Where the server writes its exports.
    pub(crate) fn export_folder(&self) -> &Path {
        self.exports.path()
    }

    /// Somebody who has not signed in.
    pub(crate) fn client(&self) -> Client {
        Client::new(&format!("http://{}", self.address))
    }

    /// Somebody with the token of an account.
    pub(crate) fn client_of(&self, account: &Account) -> Client {
        self.client()
            .bearing(&people::token(&people::pass(&self.service, account)))
    }

    /// The lead of some subprojects.
    pub(crate) fn lead(&self, name: &str, numbers: &[&SubprojectNo]) -> Account {
        let grants = numbers.iter().map(|no| Grant {
            role: Role::Lead,
            scope: Scope::Subproject((*no).clone()),
        });
        people::account(&self.service, name, grants.collect(), None)
    }

    /// Somebody with one role for everything.
    pub(crate) fn account(&self, name: &str, role: Role) -> Account {
        people::account(&self.service, name, vec![people::all(role)], None)
    }

    /// What a subproject spent in the first quarter.
    pub(crate) fn figures(&self, no: &SubprojectNo) -> QuarterlyFigures {
        first_figures(&self.round, &self.programme, no).unwrap()
    }

    /// A workbook of a subproject with these figures typed in.
    pub(crate) fn workbook(&self, no: &SubprojectNo, figures: &QuarterlyFigures) -> Vec<u8> {
        let context = self.store.reporting_context(no, quarter()).unwrap().unwrap();
        let stamp = fill::stamp(SEED, &context, "2023-04-03T08:00:00Z".parse().unwrap());
        fill::fill(
            &self.round,
            &context,
            &stamp,
            &SealKey::from_bytes(SEAL_KEY),
            figures,
        )
        .unwrap()
    }

    /// Uploads the right workbook of a subproject.
    pub(crate) fn uploaded(&self, lead: &Account, no: &SubprojectNo) -> Verdict {
        let bytes = self.workbook(no, &self.figures(no));
        let verdict = self
            .service
            .receive_upload(&people::caller(lead), no, quarter(), "Mappe.xlsx", bytes)
            .unwrap();
        assert_eq!(verdict.upload.blocking, 0, "{:?}", verdict.findings);
        verdict
    }

    /// Endorses a submission as a coordinator of all networks, where its subproject has one.
    pub(crate) fn endorse(&self, id: &str) {
        let coordinator = self.account(&format!("coordinator-{id}"), Role::Coordinator);
        let answer = self.client_of(&coordinator).post(
            &format!("/api/v1/submissions/{id}/endorse"),
            &serde_json::json!({}),
        );
        assert!([200, 409].contains(&answer.status), "{}", answer.status);
    }

    /// Stops the server and gives what it ended with.
    pub(crate) fn stop(&mut self) -> Option<Result<(), ApiError>> {
        let (running, thread) = self.server.take()?;
        running.stopper.stop();
        Some(thread.join().unwrap())
    }
}

/// A second server on the database of a world. Stops when dropped.
pub(crate) struct Instance {
    address: SocketAddr,
    server: Option<(Running, JoinHandle<Result<(), ApiError>>)>,
}

impl Instance {
    /// Somebody who has not signed in, at this instance.
    pub(crate) fn client(&self) -> Client {
        Client::new(&format!("http://{}", self.address))
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        if let Some((running, thread)) = self.server.take() {
            running.stopper.stop();
            thread.join().unwrap().unwrap();
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.stop() {
            eprintln!("the server ended with {error}");
        }
    }
}

/// Settings of a server on a free port.
pub(crate) fn api_settings() -> ApiSettings {
    ApiSettings::new(
        SocketAddr::from(([127, 0, 0, 1], 0)),
        SecretKey::from_bytes(TOKEN_KEY),
    )
}

fn settings(database: &TestDatabase) -> Settings {
    Settings {
        database_url: database.url().clone(),
        round_files: Vec::new(),
        seal_key: SecretKey::from_bytes(SEAL_KEY),
        program: std::env::current_exe().unwrap(),
    }
}

fn serve(service: Service, exports: &Path, api: ApiSettings) -> (Running, JoinHandle<Result<(), ApiError>>) {
    let (tell, told) = channel();
    let settings = ApiSettings {
        export_folder: Some(exports.to_owned()),
        ..api
    };
    let thread = thread::spawn(move || {
        nachweis_api::run(service, &settings, move |running| tell.send(running).unwrap())
    });
    (told.recv().unwrap(), thread)
}

/// The first subprojects of the demonstration that report in the first quarter.
/// So many subprojects of the made-up programme, which report in the first quarter.
pub(crate) fn small_programme(subprojects: usize) -> ProgrammeImport {
    let round = &shipped().swap_remove(0);
    let mut programme = programme::programme(round);
    let numbers: Vec<SubprojectNo> = programme.numbers().into_iter().cloned().collect();
    let kept: Vec<SubprojectNo> = numbers
        .into_iter()
        .filter(|no| first_figures(round, &programme, no).is_some())
        .take(subprojects)
        .collect();
    programme
        .subprojects
        .retain(|(subproject, _)| kept.contains(&subproject.no));
    programme.disbursements.retain(|(no, _)| kept.contains(no));
    programme
}

fn first_figures(
    round: &FundingRound,
    programme: &ProgrammeImport,
    no: &SubprojectNo,
) -> Option<QuarterlyFigures> {
    let settings = ScenarioSettings::demonstration(quarter().next());
    let story = play_one(round, programme, no, &settings).next()?;
    (story.quarter == quarter())
        .then(|| story.right_figures().cloned())
        .flatten()
}
