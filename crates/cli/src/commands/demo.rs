//! `nachweis demo`: the whole job on a made-up programme, on an embedded database of its own.
//!
//! Records the programme as it was awarded, then lives two years day by day: change notices and payments are recorded
//! when they come, workbooks of every subproject and past quarter are issued, filled and handed in by its lead, managers
//! decide. In the end it writes the reports, and serves.

use std::net::SocketAddr;

use nachweis_api::ApiSettings;
use nachweis_domain::{language::Language, round::FundingRound};
use nachweis_service::{Clock, ClockHand, Service};

use crate::{Outcome, args::DemoArgs, commands::serve, failure::Failure, open, say, settings::Settings};

mod accounts;
mod calendar;
mod folder;
mod play;
mod programme;
mod reports;
mod totals;

use folder::Folder;

/// The round whose quarters are played.
const ROUND: &str = "2023-2025";
/// The last quarter that is over in the story.
const LAST_QUARTER: &str = "2024-Q4";

/// What the steps of the demonstration share.
struct Stage {
    folder: Folder,
    settings: Settings,
    service: Service,
    /// The story runs through two years; its clock is turned from day to day.
    hand: ClockHand,
    round: FundingRound,
}

/// Runs the whole job.
pub(crate) fn run(args: &DemoArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let listen = args.listen.as_deref().unwrap_or(&settings.listen);
    let address: Option<SocketAddr> = if args.no_serve {
        None
    } else {
        Some(serve::address(listen)?)
    };
    let folder = Folder::prepare(&args.dir)?;
    let settings = folder.settings(settings)?;
    let stage = Stage::open(folder, settings)?;
    let import = nachweis_demo::programme::programme(&stage.round);
    let mut accounts = accounts::of_office(&stage)?;
    let subprojects = programme::record_base(&stage, &import, &accounts.manager(0))?;
    accounts::of_leads(&stage, &mut accounts, &subprojects)?;
    let played = play::play(&stage, &import, &accounts)?;
    let all_agree = reports::write(&stage)?;
    totals::print(&stage, &played, all_agree)?;
    accounts::print(&stage, &accounts)?;
    if let Some(address) = address {
        let service = open::service(&stage.settings)?;
        let api = ApiSettings::new(address, stage.settings.token_key()?);
        return serve::serve(service, &api, stage.settings.lang);
    }
    Ok(if all_agree {
        Outcome::Clean
    } else {
        Outcome::Blocking
    })
}

impl Stage {
    fn open(folder: Folder, settings: Settings) -> Result<Self, Failure> {
        nachweis_service::migrate(&open::database(&settings)?)?;
        let (clock, hand) = Clock::turned_by_hand(calendar::beginning());
        let service = Service::open(&open::service_settings(&settings)?, clock)?;
        let round = open::rounds(&settings)?
            .into_iter()
            .find(|round| round.code.as_str() == ROUND)
            .ok_or_else(|| Failure::round_missing(ROUND))?;
        Ok(Self {
            folder,
            settings,
            service,
            hand,
            round,
        })
    }

    fn language(&self) -> Language {
        self.settings.lang
    }

    /// Tells what is done now.
    fn tell(&self, de: &str, en: &str) {
        say::note(self.language().pick(de, en));
    }
}
