//! A restored record is the record: verification finds nothing, and every report and export comes out byte for byte.

use chrono::{DateTime, Utc};
use nachweis_domain::record::Action;
use nachweis_service::{Clock, Quiet, Service, VerifyRequest};
use nachweis_store::testing::{Backend, TestDatabase};

use crate::{
    Story,
    as_of::{self, Forms, Issued},
    verify::lived,
    world::{World, moment, settings},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "a_backup_restored_into_either_database_gives_every_report_byte_for_byte",
        restored,
    ),
    ("a_backup_holds_what_was_changed_behind_the_record", tampered),
];

const LATER: &str = "2027-01-01T00:00:00Z";

/// Backs up the record of a world and restores it into a fresh database.
fn copied(world: &World, to: Backend) -> TestDatabase {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.backup");
    let clock = Clock::fixed(moment(LATER));
    let written = nachweis_service::backup(world.database.url(), &file, &clock).unwrap();
    let database = TestDatabase::migrated(to);
    assert_eq!(nachweis_service::restore(database.url(), &file).unwrap(), written);
    database
}

fn as_it_is(database: &TestDatabase) -> Service {
    Service::open_as_it_is(&settings(database), Clock::fixed(moment(LATER))).unwrap()
}

fn restored(world: &World) {
    lived(world);
    world.change_plan();
    let operator = Service::operator();
    let issued = as_of::issue(&world.service, world, None, Forms::All);
    let audited = as_of::audit(&world.service, world, None);
    let moments: Vec<DateTime<Utc>> = world
        .store
        .journal(0, 10_000)
        .unwrap()
        .iter()
        .filter(|entry| entry.action == Action::Returned || entry.action == Action::Accepted)
        .map(|entry| entry.at)
        .collect();
    assert!(moments.len() >= 2);
    let of_then = |service: &Service, at: DateTime<Utc>| as_of::issue(service, world, Some(at), Forms::Json);
    let then: Vec<Issued> = moments.iter().map(|at| of_then(&world.service, *at)).collect();
    let head = world.service.head(&operator).unwrap();
    for to in Backend::ALL {
        let database = copied(world, to);
        let service = as_it_is(&database);
        let verified = service
            .verify(&operator, &VerifyRequest::default(), &Quiet)
            .unwrap();
        assert_eq!(verified.faults.told(), [], "{to:?}");
        assert_eq!(verified.head, head, "{to:?}");
        assert!(verified.originals == 4 && verified.figures > 300, "{verified:?}");
        assert!(
            as_of::issue(&service, world, None, Forms::All) == issued,
            "{to:?}"
        );
        assert!(as_of::audit(&service, world, None) == audited, "{to:?}: audit");
        for (at, issued) in moments.iter().zip(&then) {
            assert!(of_then(&service, *at) == *issued, "{to:?}: {at}");
        }
    }
}

fn tampered(world: &World) {
    world.upload(&world.figures(2));
    world
        .database
        .tamper("UPDATE figure SET value = value + 1 WHERE position = 1");
    for to in Backend::ALL {
        let database = copied(world, to);
        let verified = as_it_is(&database)
            .verify(&Service::operator(), &VerifyRequest::default(), &Quiet)
            .unwrap();
        let codes: Vec<&str> = verified
            .faults
            .told()
            .iter()
            .map(|fault| fault.place().code)
            .collect();
        assert!(
            codes.contains(&"rows-changed") && codes.contains(&"figure-differs"),
            "{codes:?}"
        );
    }
}
