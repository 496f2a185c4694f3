//! Closed quarters: what was frozen when they were closed, and reopenings for single subprojects.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    language::Language,
    ledger::JournalMark,
    life::Standing,
    quarter::Quarter,
    record::{Action, Closing, Sha256, UploadState, UserId},
};
use serde_json::json;

use crate::{
    actor::Actor,
    as_of,
    attest::{Group, tables},
    connection::{Conn, on},
    error::{Conflict, OpenSubmission, StoreError},
    journal::{self, ChangeMark, Changes, Event},
    kept::{self, Unreadable},
    original::hash,
    reopening,
    schema::{frozen_report, quarter_closing, upload},
    store::Store,
};

mod inputs;

/// A report as it was when a quarter was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenReport {
    /// The name of the report.
    pub name: String,
    /// Its language.
    pub language: Language,
    /// `xlsx`, `csv` or `json`.
    pub format: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A frozen report without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenName {
    /// The name of the report.
    pub name: String,
    /// Its language, `de` or `en`.
    pub language: String,
    /// `xlsx`, `csv` or `json`.
    pub format: String,
    /// The hash of its bytes.
    pub sha256: Sha256,
}

impl FrozenName {
    /// The name of its file: `burn_de.xlsx`.
    pub fn file(&self) -> String {
        format!("{}_{}.{}", self.name, self.language, self.format)
    }
}

/// A quarter about to be closed.
#[derive(Clone, Debug)]
pub struct NewClosing {
    /// The round.
    pub round: RoundCode,
    /// The quarter.
    pub quarter: Quarter,
    /// Who closes it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// How many expected reports are not accepted.
    pub missing: u32,
    /// The reports as they are now.
    pub reports: Vec<FrozenReport>,
    /// The last change that the reports show.
    pub mark: Option<ChangeMark>,
}

/// When a quarter was closed, if it was.
pub(crate) fn closed_at(
    conn: &mut Conn<'_>,
    round: &str,
    quarter: Quarter,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let at: Option<i64> = on!(conn, c => quarter_closing::table
        .find((round, quarter.ordinal()))
        .select(quarter_closing::closed_at)
        .first(c)
        .optional())?;
    at.map(|at| kept::read_moment("closed_at", at))
        .transpose()
        .map_err(|column| column.of("quarter_closing", quarter))
}

/// Whether a quarter takes uploads and steps of a subproject at a moment.
pub(crate) fn standing(
    conn: &mut Conn<'_>,
    round: &str,
    quarter: Quarter,
    no: &SubprojectNo,
    at: DateTime<Utc>,
) -> Result<Standing, StoreError> {
    let Some(closed) = closed_at(conn, round, quarter)? else {
        return Ok(Standing::Open);
    };
    let reopenings = reopening::confirmed(conn, no, quarter)?;
    Ok(Standing::at(at, Some(closed), &reopenings))
}

impl Store {
    /// Closes a quarter and keeps its reports.
    ///
    /// # Errors
    /// [`Conflict::QuarterClosed`] when it is closed already; [`Conflict::Undecided`] while submissions stand for
    /// decision; [`Conflict::Concurrent`] when figures or plans changed after the reports were made; or when the database
    /// fails.
    pub fn close_quarter(&self, new: &NewClosing) -> Result<Closing, StoreError> {
        self.write_at("close a quarter", new.at, |conn, at| close(conn, new, at))
    }

    /// Whether nothing stands in the way of closing a quarter but reports that are missing. Closing looks again, under the lock.
    ///
    /// # Errors
    /// [`Conflict::QuarterClosed`], [`Conflict::Undecided`]; or when the database fails or a row is damaged.
    pub fn expect_closable(&self, round: &RoundCode, quarter: Quarter) -> Result<(), StoreError> {
        self.snapshot("read what stands in the way of closing", |conn| {
            expect_closable(conn, round.as_str(), quarter)
        })
    }

    /// The closing of a quarter, if it is closed.
    ///
    /// # Errors
    /// When the database fails or the row is damaged.
    pub fn closing(&self, round: &RoundCode, quarter: Quarter) -> Result<Option<Closing>, StoreError> {
        self.read("read a closing", |conn| {
            Ok(closings(conn, round)?
                .into_iter()
                .find(|closing| closing.quarter == quarter))
        })
    }

    /// The closed quarters of a round in their order.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn closings(&self, round: &RoundCode) -> Result<Vec<Closing>, StoreError> {
        self.read("read the closings of a round", |conn| closings(conn, round))
    }

    /// The closed quarters of a round in their order, each with the reports that were frozen with it.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn closings_with_reports(
        &self,
        round: &RoundCode,
    ) -> Result<Vec<(Closing, Vec<FrozenName>)>, StoreError> {
        self.read("read the closings of a round", |conn| {
            closings(conn, round)?
                .into_iter()
                .map(|closing| {
                    let reports = frozen_names(conn, round, closing.quarter)?;
                    Ok((closing, reports))
                })
                .collect()
        })
    }

    /// The reports that were frozen with a quarter, without their bytes, in the order of name, language, format.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn frozen_reports(&self, round: &RoundCode, quarter: Quarter) -> Result<Vec<FrozenName>, StoreError> {
        self.read("read the frozen reports of a quarter", |conn| {
            frozen_names(conn, round, quarter)
        })
    }

    /// The bytes of a frozen report.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when they no longer have their hash; or when the database fails.
    pub fn frozen_report(
        &self,
        round: &RoundCode,
        quarter: Quarter,
        name: &str,
        language: Language,
        format: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.read("read a frozen report", |conn| {
            let found: Option<(String, Vec<u8>)> = on!(conn, c => frozen_report::table
                .find((round.as_str(), quarter.ordinal(), name, language.code(), format))
                .select((frozen_report::sha256, frozen_report::bytes))
                .first(c)
                .optional())?;
            match found {
                Some((sha256, bytes)) if hash(&bytes).to_string() != sha256 => {
                    Err(Unreadable("bytes").of("frozen_report", format!("{round} {quarter} {name}")))
                }
                found => Ok(found.map(|(_, bytes)| bytes)),
            }
        })
    }
}

/// The reports that were frozen with a quarter, without their bytes, in the order of name, language, format.
pub(crate) fn frozen_names(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    quarter: Quarter,
) -> Result<Vec<FrozenName>, StoreError> {
    let rows: Vec<(String, String, String, String)> = on!(conn, c => frozen_report::table
        .filter(frozen_report::round.eq(round.as_str()))
        .filter(frozen_report::quarter.eq(quarter.ordinal()))
        .order((frozen_report::name, frozen_report::language, frozen_report::format))
        .select((
            frozen_report::name,
            frozen_report::language,
            frozen_report::format,
            frozen_report::sha256,
        ))
        .load(c))?;
    rows.into_iter()
        .map(|(name, language, format, sha256)| {
            let sha256 = kept::parsed("sha256", &sha256)
                .map_err(|column| column.of("frozen_report", format!("{quarter} {name}")))?;
            Ok(FrozenName {
                name,
                language,
                format,
                sha256,
            })
        })
        .collect()
}

/// The closed quarters of a round in their order.
pub(crate) fn closings(conn: &mut Conn<'_>, round: &RoundCode) -> Result<Vec<Closing>, StoreError> {
    let rows: Vec<(i32, String, i64, i32)> = on!(conn, c => quarter_closing::table
        .filter(quarter_closing::round.eq(round.as_str()))
        .order(quarter_closing::quarter)
        .select((
            quarter_closing::quarter,
            quarter_closing::closed_by,
            quarter_closing::closed_at,
            quarter_closing::missing,
        ))
        .load(c))?;
    rows.into_iter()
        .map(|(quarter, by, at, missing)| {
            let read = || {
                Ok(Closing {
                    round: round.clone(),
                    quarter: kept::read_quarter("quarter", quarter)?,
                    closed_by: kept::parsed("closed_by", &by)?,
                    closed_at: kept::read_moment("closed_at", at)?,
                    missing: kept::number("missing", missing)?,
                })
            };
            read().map_err(|column: Unreadable| column.of("quarter_closing", quarter))
        })
        .collect()
}

fn expect_closable(conn: &mut Conn<'_>, round: &str, quarter: Quarter) -> Result<(), StoreError> {
    if let Some(at) = closed_at(conn, round, quarter)? {
        return Err(StoreError::Conflict(Conflict::QuarterClosed { at }));
    }
    let submissions = undecided(conn, round, quarter)?;
    if !submissions.is_empty() {
        return Err(StoreError::Conflict(Conflict::Undecided { submissions }));
    }
    Ok(())
}

fn close(conn: &mut Conn<'_>, new: &NewClosing, at: DateTime<Utc>) -> Result<Closing, StoreError> {
    let round = new.round.as_str();
    expect_closable(conn, round, new.quarter)?;
    if as_of::mark(conn, &new.round, Changes::Any, None)? != new.mark {
        return Err(StoreError::Conflict(Conflict::Concurrent));
    }
    on!(conn, c => diesel::insert_into(quarter_closing::table)
        .values((
            quarter_closing::round.eq(round),
            quarter_closing::quarter.eq(new.quarter.ordinal()),
            quarter_closing::closed_by.eq(new.by.to_string()),
            quarter_closing::closed_at.eq(kept::moment(at)),
            quarter_closing::missing.eq(kept::fit::<_, i32>(new.missing)?),
        ))
        .execute(c))?;
    let hashes = freeze(conn, new)?;
    let detail = json!({
        "quarter": new.quarter,
        "missing": new.missing,
        "reports": hashes,
        "inputs": inputs::of(conn, &new.round, new.quarter)?,
        "mark": mark_of(conn, new.mark)?,
    });
    journal::append(
        conn,
        &Event {
            at,
            by: Actor::User(new.by),
            action: Action::QuarterClosed,
            object: round,
            detail: &detail,
            figures_of: None,
            rows: &[&tables::QUARTER_CLOSING, &tables::FROZEN_REPORT]
                .map(|rows| Group::new(rows, &[&round, &new.quarter.ordinal()])),
        },
    )?;
    Ok(Closing {
        round: new.round.clone(),
        quarter: new.quarter,
        closed_by: new.by,
        closed_at: at,
        missing: new.missing,
    })
}

/// The submissions of a quarter that stand for decision, endorsed or not, in the order of their subprojects.
fn undecided(conn: &mut Conn<'_>, round: &str, quarter: Quarter) -> Result<Vec<OpenSubmission>, StoreError> {
    let rows: Vec<(String, String, i32)> = on!(conn, c => upload::table
        .filter(upload::round.eq(round))
        .filter(upload::quarter.eq(quarter.ordinal()))
        .filter(upload::state.eq(UploadState::Submitted.as_str()))
        .select((upload::id, upload::subproject, upload::revision))
        .load(c))?;
    let mut submissions: Vec<OpenSubmission> = rows
        .into_iter()
        .map(|(id, no, revision)| {
            let read = || {
                Ok(OpenSubmission {
                    id: kept::parsed("id", &id)?,
                    subproject: SubprojectNo::new(&no),
                    revision: kept::number("revision", revision)?,
                })
            };
            read().map_err(|column: Unreadable| column.of("upload", &id))
        })
        .collect::<Result<_, _>>()?;
    submissions.sort_by(|a, b| a.subproject.cmp(&b.subproject));
    Ok(submissions)
}

/// The entry of the journal up to which the reports were read.
fn mark_of(conn: &mut Conn<'_>, mark: Option<ChangeMark>) -> Result<Option<JournalMark>, StoreError> {
    match mark {
        Some(mark) => journal::mark_of(conn, mark.position),
        None => Ok(None),
    }
}

/// Keeps the reports and gives their hashes by file name, for the journal.
fn freeze(
    conn: &mut Conn<'_>,
    new: &NewClosing,
) -> Result<serde_json::Map<String, serde_json::Value>, StoreError> {
    let mut hashes = serde_json::Map::new();
    for report in &new.reports {
        let sha256 = hash(&report.bytes).to_string();
        on!(conn, c => diesel::insert_into(frozen_report::table)
            .values((
                frozen_report::round.eq(new.round.as_str()),
                frozen_report::quarter.eq(new.quarter.ordinal()),
                frozen_report::name.eq(&report.name),
                frozen_report::language.eq(report.language.code()),
                frozen_report::format.eq(report.format),
                frozen_report::sha256.eq(&sha256),
                frozen_report::bytes.eq(&report.bytes),
            ))
            .execute(c))?;
        let file = format!("{}_{}.{}", report.name, report.language.code(), report.format);
        hashes.insert(file, sha256.into());
    }
    Ok(hashes)
}
