//! A small programme with its people: two subprojects of the round 2023–2025, both led by somebody else.

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    access::{Caller, Grant, Role, Scope},
    context::ReportingContext,
    figures::QuarterlyFigures,
    key::{ActionFieldKey, IndicatorCode, ItemKey, NetworkCode, SourceKey, StrandKey, SubprojectNo},
    language::Language,
    money::Money,
    period::Period,
    plan::PlanVersion,
    programme::ProgrammeImport,
    quarter::Quarter,
    record::{Action, Upload, UploadId},
    region::{Land, RegionCategory, RegionSplit},
    round::{FundingRound, shipped},
    subproject::{AwardPath, Carrier, RegionalNetwork, Subproject, SubprojectKind},
};
use nachweis_ingest::SealKey;
use nachweis_service::{
    Clock, ClockHand, GroupBy, NewAccount, ReportName, ReportRequest, SecretKey, Service, Settings, Value,
    Verdict,
};
use nachweis_store::{
    OPERATOR, Store,
    testing::{Backend, TestDatabase},
};

use crate::workbook;

/// The subproject that the stories are about.
pub(crate) const OURS: &str = "IQ23-NW-001";
/// Another one, with another lead.
pub(crate) const THEIRS: &str = "IQ23-NW-002";

/// A programme with its people.
pub(crate) struct World {
    /// The service.
    pub(crate) service: Service,
    /// Turns its clock.
    pub(crate) hand: ClockHand,
    /// A second look at the record, beside the service.
    pub(crate) store: Store,
    /// The round 2023–2025.
    pub(crate) round: FundingRound,
    /// The lead of [`OURS`].
    pub(crate) lead: Caller,
    /// The lead of [`THEIRS`].
    pub(crate) other_lead: Caller,
    /// The coordinator of the network of both.
    pub(crate) coordinator: Caller,
    /// A programme manager.
    pub(crate) manager: Caller,
    /// An auditor.
    pub(crate) auditor: Caller,
    /// Manages accounts.
    pub(crate) admin: Caller,
    /// What it stands on, for tampering; kept until the world ends.
    pub(crate) database: TestDatabase,
}

impl World {
    /// A fresh one, on 15 October 2024.
    pub(crate) fn new(backend: Backend) -> Self {
        let database = TestDatabase::migrated(backend);
        let (clock, hand) = Clock::turned_by_hand(moment("2024-10-15T12:00:00Z"));
        let service = Service::open(&settings(&database), clock).unwrap();
        let store = Store::open(database.url()).unwrap();
        let round = shipped().swap_remove(0);
        let at = moment("2023-01-02T08:00:00Z");
        store
            .import_programme(&round.code, "programme.csv", &programme(&round), OPERATOR, at)
            .unwrap();
        let person = |name: &str, role, scope| account(&service, name, role, scope);
        let subproject = |no: &str| Scope::Subproject(SubprojectNo::new(no));
        Self {
            lead: person("lena", Role::Lead, subproject(OURS)),
            other_lead: person("otto", Role::Lead, subproject(THEIRS)),
            coordinator: person(
                "cora",
                Role::Coordinator,
                Scope::Network(NetworkCode::new("RIN-NW")),
            ),
            manager: person("mia", Role::Manager, Scope::All),
            auditor: person("axel", Role::Auditor, Scope::All),
            admin: person("ada", Role::Admin, Scope::All),
            service,
            hand,
            store,
            round,
            database,
        }
    }

    /// Another service on the same record, with nothing remembered, at a moment.
    pub(crate) fn started_anew(&self, at: DateTime<Utc>) -> Service {
        Service::open(&settings(&self.database), Clock::fixed(at)).unwrap()
    }

    /// A new account, and who it is.
    pub(crate) fn account(&self, name: &str, role: Role, scope: Scope) -> Caller {
        account(&self.service, name, role, scope)
    }

    /// What a subproject's quarter is checked against.
    pub(crate) fn context(&self, no: &str, quarter: Quarter) -> ReportingContext {
        self.store
            .reporting_context(&SubprojectNo::new(no), quarter)
            .unwrap()
            .unwrap()
    }

    /// Right figures with so many vouchers.
    pub(crate) fn figures(&self, vouchers: u32) -> QuarterlyFigures {
        workbook::figures(&self.round, quarter(), vouchers)
    }

    /// Our workbook with these figures, sealed by this server.
    pub(crate) fn filled(&self, figures: &QuarterlyFigures) -> Vec<u8> {
        self.filled_for(OURS, figures)
    }

    /// The workbook of a subproject with these figures, sealed by this server.
    pub(crate) fn filled_for(&self, no: &str, figures: &QuarterlyFigures) -> Vec<u8> {
        let context = self.context(no, quarter());
        workbook::filled(&self.round, &context, figures, &SealKey::from_bytes([7; 32]))
    }

    /// Uploads our workbook as its lead.
    pub(crate) fn upload(&self, figures: &QuarterlyFigures) -> Verdict {
        self.service
            .receive_upload(&self.lead, &no(), quarter(), "Q3.xlsx", self.filled(figures))
            .unwrap()
    }

    /// Endorses a submission as the coordinator and accepts it as the manager.
    pub(crate) fn accept(&self, id: UploadId) -> Upload {
        self.service.endorse(&self.coordinator, id).unwrap();
        self.service.accept(&self.manager, id).unwrap()
    }

    /// Records a second plan version of all subprojects: EUR 1,400 and 15 participants more, in the last year.
    pub(crate) fn change_plan(&self) {
        let mut programme = programme(&self.round);
        for (_, plan) in &mut programme.subprojects {
            plan.number = 2;
            plan.effective_from = day(2024, 2, 1);
            for (item, more) in [("staff_employees", 1_000), ("remaining_costs", 400)] {
                let years = plan.items.get_mut(item).unwrap();
                *years.get_mut(&2025).unwrap() += Money::from_euro(more);
            }
            *plan.sources.get_mut("federal").unwrap() += Money::from_euro(1_400);
            *plan.targets.get_mut("EECO01").unwrap() += 15;
        }
        self.store
            .import_programme(
                &self.round.code,
                "change.csv",
                &programme,
                OPERATOR,
                moment("2024-10-10T08:00:00Z"),
            )
            .unwrap();
    }

    /// The journal's actions, oldest first.
    pub(crate) fn actions(&self) -> Vec<Action> {
        let entries = self.store.journal(0, 10_000).unwrap();
        entries.into_iter().map(|entry| entry.action).collect()
    }

    /// Reported, accepted and remaining of the whole round, as the caller sees it.
    pub(crate) fn burn(&self, caller: &Caller) -> Vec<(String, Money)> {
        let request = ReportRequest {
            name: ReportName::Burn,
            group_by: Some(GroupBy::Round),
            quarter: None,
            on: None,
        };
        let report = self.service.report(caller, &self.round.code, &request).unwrap();
        let table = report.tables.iter().find(|table| table.key == "burn").unwrap();
        let row = table.rows.first().unwrap();
        table
            .columns
            .iter()
            .zip(row)
            .filter_map(|(column, value)| match value {
                Value::Money(amount) => Some((column.key.to_owned(), *amount)),
                _ => None,
            })
            .collect()
    }
}

/// The number of the subproject that the stories are about.
pub(crate) fn no() -> SubprojectNo {
    SubprojectNo::new(OURS)
}

/// The quarter that the stories are about.
pub(crate) fn quarter() -> Quarter {
    "2024-Q3".parse().unwrap()
}

/// An amount of a burn row.
pub(crate) fn amount(burn: &[(String, Money)], key: &str) -> Money {
    burn.iter().find(|(column, _)| column == key).expect(key).1
}

/// A moment as text.
pub(crate) fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The settings of a service on a database.
pub(crate) fn settings(database: &TestDatabase) -> Settings {
    Settings {
        database_url: database.url().clone(),
        round_files: Vec::new(),
        seal_key: SecretKey::from_bytes([7; 32]),
        program: std::env::current_exe().unwrap(),
    }
}

fn account(service: &Service, name: &str, role: Role, scope: Scope) -> Caller {
    let new = NewAccount {
        name: name.to_owned(),
        display_name: name.to_owned(),
        password: None,
        language: Language::De,
        grants: vec![Grant { role, scope }],
    };
    service.create_user(&Service::operator(), &new).unwrap().caller()
}

/// The programme as it is first imported.
pub(crate) fn programme(round: &FundingRound) -> ProgrammeImport {
    let network = NetworkCode::new("RIN-NW");
    ProgrammeImport {
        networks: vec![RegionalNetwork {
            round: round.code.clone(),
            code: network.clone(),
            name: "Netzwerk West".to_owned(),
            land: Some(Land::NordrheinWestfalen),
        }],
        subprojects: [OURS, THEIRS]
            .into_iter()
            .map(|no| (subproject(round, no, &network), plan()))
            .collect(),
        plans: Vec::new(),
        disbursements: Vec::new(),
    }
}

fn subproject(round: &FundingRound, no: &str, network: &NetworkCode) -> Subproject {
    Subproject {
        no: SubprojectNo::new(no),
        round: round.code.clone(),
        kind: SubprojectKind::Regional,
        title: format!("Qualifizierung {no}"),
        carrier: Carrier {
            name: "Beispielträger gGmbH".to_owned(),
        },
        network: Some(network.clone()),
        land: Some(Land::NordrheinWestfalen),
        nuts2: Some("DEA1".parse().unwrap()),
        regions: RegionSplit::whole(RegionCategory::MoreDeveloped),
        strand: StrandKey::new("qualification"),
        action_field: ActionFieldKey::new("qualification"),
        grant_period: Period {
            first: day(2023, 1, 1),
            last: day(2025, 12, 31),
        },
        award_path: AwardPath::Direct,
    }
}

/// EUR 140,000 in each of three years, 40 % ESF Plus, 55 % federal, 5 % own funds; and 40 participants.
fn plan() -> PlanVersion {
    let years = |euro: i64| (2023..=2025).map(|year| (year, Money::from_euro(euro))).collect();
    PlanVersion {
        number: 1,
        effective_from: day(2023, 1, 1),
        recorded_at: moment("2023-01-02T08:00:00Z"),
        items: [
            (ItemKey::new("staff_employees"), years(100_000)),
            (ItemKey::new("remaining_costs"), years(40_000)),
        ]
        .into(),
        sources: [
            (SourceKey::new("esf_plus"), Money::from_euro(168_000)),
            (SourceKey::new("federal"), Money::from_euro(231_000)),
            (SourceKey::new("own_private"), Money::from_euro(21_000)),
        ]
        .into(),
        targets: [(IndicatorCode::new("EECO01"), 40)].into(),
    }
}

/// A day.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}
