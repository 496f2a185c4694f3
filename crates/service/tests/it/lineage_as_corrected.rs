//! Numbers of reports *as corrected*, drilled down to the cells of figures and of the vouchers that moved.

use std::{collections::BTreeSet, io::Cursor};

use calamine::{Data, Reader, Xlsx};
use nachweis_domain::{
    figures::QuarterlyFigures,
    language::Language,
    money::Money,
    past_moment::PastMoment,
    quarter::Quarter,
    rate::Rate,
    region::{RegionCategory, RegionSplit},
};
use nachweis_service::{
    GroupBy, ReportName, ReportRequest, ServiceError, View,
    numbers::{Amount, OpenTerm, Place, Source},
};
use nachweis_store::OPERATOR;

use crate::{
    Story,
    closed::{accepted, submitted},
    lineage::{Originals, check_cells, drill, numbers_of, opened_in, requests},
    workbook,
    world::{OURS, THEIRS, World, moment, programme, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "every_number_as_corrected_leads_to_the_cells_and_to_the_vouchers_that_moved",
        drilled,
    ),
    ("a_workbook_as_corrected_carries_the_vouchers_that_moved", carried),
];

const CORRECTED: Option<View> = Some(View::Corrected);

fn of(text: &str) -> Quarter {
    text.parse().unwrap()
}

/// Figures of a quarter of which some vouchers correct others: place, amount in euro, corrected quarter.
fn figures(
    world: &World,
    quarter: Quarter,
    vouchers: u32,
    corrections: &[(usize, i64, &str)],
) -> QuarterlyFigures {
    let mut figures = workbook::figures(&world.round, quarter, vouchers);
    for (place, euro, corrects) in corrections {
        let voucher = &mut figures.vouchers.rows[*place];
        voucher.amount = Some(Money::from_euro(*euro));
        voucher.corrects = (!corrects.is_empty()).then(|| of(corrects));
    }
    figures
}

/// Three quarters of ours, which is divided over two categories, and two of theirs, with corrections across them; nothing was
/// reported for the last quarter of 2023.
fn corrected(world: &World) {
    let mut divided = programme(&world.round);

    divided.subprojects[0].0.regions = RegionSplit::new(vec![
        (RegionCategory::MoreDeveloped, Rate::from_percent(67)),
        (RegionCategory::Transition, Rate::from_percent(33)),
    ])
    .unwrap();
    let at = moment("2024-10-15T11:00:00Z");
    world
        .store
        .import_programme(&world.round.code, "divided.csv", &divided, OPERATOR, at)
        .unwrap();
    let (first, second) = (of("2024-Q1"), of("2024-Q2"));
    accepted(world, first, &figures(world, first, 3, &[]));
    accepted(world, second, &figures(world, second, 4, &[(0, 100, "2024-Q1")]));
    let third = [
        (1, 100, "2023-Q4"),
        (2, 300, "2024-Q2"),
        (3, -100, "2024-Q1"),
        (4, 100, ""),
    ];
    accepted(world, quarter(), &figures(world, quarter(), 5, &third));
    let theirs = |quarter, figures| submitted(world, (&world.other_lead, THEIRS), quarter, &figures);
    theirs(second, figures(world, second, 3, &[]));
    theirs(quarter(), figures(world, quarter(), 3, &[(1, 100, "2024-Q2")]));
}

/// The next day our third quarter is handed in again, with one correction only.
fn corrected_again(world: &World) -> PastMoment {
    world.hand.turn_to(moment("2024-10-16T12:00:00Z"));
    let again = figures(world, quarter(), 5, &[(2, 100, "2024-Q2")]);
    accepted(world, quarter(), &again);
    "2024-10-15".parse().unwrap()
}

const fn burn(by: GroupBy) -> ReportRequest {
    ReportRequest {
        name: ReportName::Burn,
        group_by: Some(by),
        quarter: None,
        on: None,
    }
}

fn place(row: &str, column: &str) -> Place {
    Place {
        table: None,
        row: row.to_owned(),
        column: column.to_owned(),
    }
}

/// What moved: whose, from, to, what stands in the voucher, what counts, in euro, and the revision.
type Moved = (String, String, String, i64, i64, u32);

fn moved(terms: &[OpenTerm]) -> BTreeSet<Moved> {
    let euro = |amount: &Amount| match amount {
        Amount::Money(amount) => amount.cents() / 100,
        other => panic!("{other:?}"),
    };
    let moved = terms.iter().filter_map(|open| match &open.term.source {
        Source::Correction {
            quarter, corrects, ..
        } => {
            assert!(
                open.cells.iter().all(|cell| cell.at.sheet() == "Belege"),
                "{open:?}"
            );
            Some((
                open.term.subproject.to_string(),
                quarter.to_string(),
                corrects.to_string(),
                euro(&open.term.whole),
                euro(&open.term.part),
                open.upload.as_ref().unwrap().revision,
            ))
        }
        _ => None,
    });
    moved.collect()
}

fn expected(moved: &[(&str, &str, &str, i64, i64, u32)]) -> BTreeSet<Moved> {
    let moved = moved.iter().map(|(no, from, to, whole, part, revision)| {
        (
            (*no).to_owned(),
            (*from).to_owned(),
            (*to).to_owned(),
            *whole,
            *part,
            *revision,
        )
    });
    moved.collect()
}

fn drilled(world: &World) {
    corrected(world);
    let past = corrected_again(world);
    let mut originals = Originals::default();
    // Of the past each seventh, in the long run all as well.
    let of_past = if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        1
    } else {
        7
    };
    for (until, step) in [(None, 1), (Some(past), of_past)] {
        let (mut numbers, mut cells, mut moves, mut divided) = (0, 0, 0, 0);
        let with_views =
            requests().filter(|request| matches!(request.name, ReportName::Burn | ReportName::Deviations));
        for request in with_views {
            let asked = (&request, CORRECTED, until);
            for (_, place, value) in numbers_of(world, asked).into_iter().step_by(step) {
                numbers += 1;
                for open in drill(world, asked, &place, &value) {
                    cells += check_cells(world, &mut originals, &open);
                    if matches!(open.term.source, Source::Correction { .. }) {
                        moves += 1;
                        divided += usize::from(open.term.share.is_some());
                    }
                }
            }
        }
        let found = [numbers, cells, moves, divided];
        let least: &[usize] = if step == 1 {
            &[500, 500, 100, 4]
        } else {
            &[70, 70, 14]
        };
        assert!(
            found.iter().zip(least).all(|(found, least)| found > least),
            "{found:?}"
        );
    }
    let by_quarter = burn(GroupBy::Quarter);
    let terms = |until, row| {
        let (page, terms) = opened_in(
            world,
            &world.auditor,
            (&by_quarter, CORRECTED, until),
            &place(row, "reported"),
        );
        (page.lineage.value, moved(&terms))
    };
    let euro = |euro| Amount::Money(Money::from_euro(euro));
    let second = terms(Some(past), "2024-Q2");
    let theirs_in = (THEIRS, "2024-Q3", "2024-Q2", 100, 100, 1);
    let first_out = (OURS, "2024-Q2", "2024-Q1", 100, -100, 1);
    assert_eq!(
        second,
        (
            euro(600 + 160 + 400 + 120),
            expected(&[first_out, (OURS, "2024-Q3", "2024-Q2", 300, 300, 1), theirs_in])
        )
    );
    let third = terms(Some(past), "2024-Q3");
    assert_eq!(
        third,
        (
            euro(300 + 200 + 200 + 120),
            expected(&[
                (OURS, "2024-Q3", "2024-Q2", 300, -300, 1),
                (OURS, "2024-Q3", "2024-Q1", -100, 100, 1),
                (THEIRS, "2024-Q3", "2024-Q2", 100, -100, 1),
            ])
        ),
        "what corrects a quarter that was not reported stays"
    );
    let second = terms(None, "2024-Q2");
    assert_eq!(
        second,
        (
            euro(400 + 160 + 400 + 120),
            expected(&[first_out, (OURS, "2024-Q3", "2024-Q2", 100, 100, 2), theirs_in])
        ),
        "of the revision that counts now"
    );
}

#[expect(clippy::disallowed_methods, reason = "a workbook of our own making")]
fn carried(world: &World) {
    corrected(world);
    let request = burn(GroupBy::Quarter);
    let workbook = |view| {
        let code = &world.round.code;
        let asked = (&request, view);
        world
            .service
            .report_with_sources(&world.auditor, code, asked, None, Language::De)
            .unwrap()
    };
    let rows = |view| -> Vec<Vec<Data>> {
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook(view))).unwrap();
        let sources = workbook.worksheet_range("Quellen").unwrap();
        sources.rows().map(<[Data]>::to_vec).collect()
    };
    let moved = |row: &&Vec<Data>| row[1] == Data::String("Berichtigung".into());
    assert_eq!(rows(None).iter().filter(moved).count(), 0);
    let corrected = rows(CORRECTED);
    let out = corrected.iter().filter(moved).find(|row| {
        row[0] == Data::String(OURS.into())
            && row[2..4] == [Data::Float(300.0), Data::Float(-300.0)]
            && row[4] == Data::String("2024-Q3 → 2024-Q2".into())
            && row[6] == Data::String("Belege".into())
    });
    assert!(out.is_some());
    let funding = ReportRequest {
        name: ReportName::Funding,
        group_by: None,
        ..request
    };
    let code = &world.round.code;
    let refused = world.service.lineage(
        &world.auditor,
        code,
        (&funding, CORRECTED),
        &place("total", "spent"),
        None,
        (0, 10),
    );
    let refused = refused.map_err(|error: ServiceError| error.code()).unwrap_err();
    assert_eq!(refused, "view-unfitting");
}
