//! Networks and subprojects: their newest state in rows, every earlier one in `subproject_version`.

use chrono::{DateTime, Utc};
use diesel::{
    AsChangeset, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl,
    Selectable, SelectableHelper, dsl::max,
};
use nachweis_domain::{
    key::{ActionFieldKey, NetworkCode, RoundCode, StrandKey, SubprojectNo},
    period::Period,
    subproject::{AwardPath, Carrier, RegionalNetwork, Subproject, SubprojectKind},
};

use crate::{
    connection::{Conn, on},
    error::{StoreError, Thing},
    kept::{self, Unreadable},
    schema::{network, network_version, subproject, subproject_version},
    store::Store,
};

mod past;

pub(crate) use past::{get_at, networks_at, of_round_at};

#[derive(Queryable, Selectable, Insertable, AsChangeset, PartialEq, Eq)]
#[diesel(table_name = network, treat_none_as_null = true, treat_none_as_default_value = false)]
struct NetworkRow {
    round: String,
    code: String,
    name: String,
    land: Option<String>,
}

impl NetworkRow {
    fn of(network: &RegionalNetwork) -> Self {
        Self {
            round: network.round.to_string(),
            code: network.code.to_string(),
            name: network.name.clone(),
            land: network.land.map(|land| land.to_string()),
        }
    }

    fn read(self) -> Result<RegionalNetwork, StoreError> {
        let land = self.land.map(|land| kept::parsed("land", &land)).transpose();
        Ok(RegionalNetwork {
            land: land.map_err(|column| column.of("network", &self.code))?,
            round: RoundCode::new(self.round),
            code: NetworkCode::new(self.code),
            name: self.name,
        })
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset, PartialEq, Eq)]
#[diesel(table_name = subproject, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct SubprojectRow {
    no: String,
    round: String,
    kind: String,
    title: String,
    carrier: String,
    network: Option<String>,
    land: Option<String>,
    nuts2: Option<String>,
    regions: String,
    strand: String,
    action_field: String,
    first_day: i32,
    last_day: i32,
    passed_on_via: Option<String>,
}

impl SubprojectRow {
    fn of(subproject: &Subproject) -> Result<Self, StoreError> {
        Ok(Self {
            no: subproject.no.to_string(),
            round: subproject.round.to_string(),
            kind: subproject.kind.as_str().to_owned(),
            title: subproject.title.clone(),
            carrier: subproject.carrier.name.clone(),
            network: subproject.network.as_ref().map(ToString::to_string),
            land: subproject.land.map(|land| land.to_string()),
            nuts2: subproject.nuts2.map(|nuts2| nuts2.to_string()),
            regions: kept::to_json(&subproject.regions)?,
            strand: subproject.strand.to_string(),
            action_field: subproject.action_field.to_string(),
            first_day: kept::day(subproject.grant_period.first)?,
            last_day: kept::day(subproject.grant_period.last)?,
            passed_on_via: match &subproject.award_path {
                AwardPath::Direct => None,
                AwardPath::PassedOn { via } => Some(via.to_string()),
            },
        })
    }

    pub(crate) fn read(self) -> Result<Subproject, StoreError> {
        let no = self.no.clone();
        self.subproject().map_err(|column| column.of("subproject", no))
    }

    fn subproject(self) -> Result<Subproject, Unreadable> {
        Ok(Subproject {
            kind: kept::variant("kind", &SubprojectKind::ALL, SubprojectKind::as_str, &self.kind)?,
            land: self.land.map(|land| kept::parsed("land", &land)).transpose()?,
            nuts2: self
                .nuts2
                .map(|nuts2| kept::parsed("nuts2", &nuts2))
                .transpose()?,
            regions: kept::json("regions", &self.regions)?,
            grant_period: Period {
                first: kept::read_day("first_day", self.first_day)?,
                last: kept::read_day("last_day", self.last_day)?,
            },
            no: SubprojectNo::new(self.no),
            round: RoundCode::new(self.round),
            title: self.title,
            carrier: Carrier { name: self.carrier },
            network: self.network.map(NetworkCode::new),
            strand: StrandKey::new(self.strand),
            action_field: ActionFieldKey::new(self.action_field),
            award_path: self
                .passed_on_via
                .map_or(AwardPath::Direct, |via| AwardPath::PassedOn {
                    via: NetworkCode::new(via),
                }),
        })
    }
}

/// What keeping a network or subproject did.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    New,
    Changed,
    Same,
}

/// Keeps a network; the state before a change stays in `network_version`. Also gives the number of the version that was
/// added.
pub(crate) fn save_network(
    conn: &mut Conn<'_>,
    given: &RegionalNetwork,
    at: DateTime<Utc>,
) -> Result<(Kept, Option<i32>), StoreError> {
    let row = NetworkRow::of(given);
    let there = |row: &NetworkRow| network::table.find((row.round.clone(), row.code.clone()));
    let found: Option<NetworkRow> = on!(conn, c => there(&row)
        .select(NetworkRow::as_select())
        .first(c)
        .optional())?;
    let recorded = network::recorded_at.eq(kept::moment(at));
    let done = match found {
        Some(found) if found == row => return Ok((Kept::Same, None)),
        Some(_) => {
            on!(conn, c => diesel::update(there(&row)).set((&row, recorded)).execute(c))?;
            Kept::Changed
        }
        None => {
            on!(conn, c => diesel::insert_into(network::table).values((&row, recorded)).execute(c))?;
            Kept::New
        }
    };
    let last: Option<i32> = on!(conn, c => network_version::table
        .filter(network_version::round.eq(&row.round))
        .filter(network_version::network.eq(&row.code))
        .select(max(network_version::number))
        .first(c))?;
    let number = last.unwrap_or(0) + 1;
    on!(conn, c => diesel::insert_into(network_version::table)
        .values((
            network_version::round.eq(&row.round),
            network_version::network.eq(&row.code),
            network_version::number.eq(number),
            network_version::name.eq(&row.name),
            network_version::land.eq(&row.land),
            network_version::recorded_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    Ok((done, Some(number)))
}

/// Keeps a subproject; the state before a change stays in `subproject_version`. Also gives the number of the version that
/// was added.
pub(crate) fn save(
    conn: &mut Conn<'_>,
    given: &Subproject,
    at: DateTime<Utc>,
) -> Result<(Kept, Option<i32>), StoreError> {
    let row = SubprojectRow::of(given)?;
    let recorded_at = kept::moment(at);
    let found = find(conn, given.no.as_str())?;
    let done = match found {
        Some(found) if found == row => return Ok((Kept::Same, None)),
        Some(found) if found.round != row.round => {
            return Err(StoreError::Conflict(crate::error::Conflict::OtherRound {
                subproject: row.no,
            }));
        }
        Some(_) => {
            on!(conn, c => diesel::update(subproject::table.find(&row.no))
                .set((&row, subproject::recorded_at.eq(recorded_at)))
                .execute(c))?;
            Kept::Changed
        }
        None => {
            on!(conn, c => diesel::insert_into(subproject::table)
                .values((&row, subproject::recorded_at.eq(recorded_at)))
                .execute(c))?;
            Kept::New
        }
    };
    let last: Option<i32> = on!(conn, c => subproject_version::table
        .filter(subproject_version::subproject.eq(&row.no))
        .select(max(subproject_version::number))
        .first(c))?;
    let number = last.unwrap_or(0) + 1;
    on!(conn, c => diesel::insert_into(subproject_version::table)
        .values((
            subproject_version::subproject.eq(&row.no),
            subproject_version::number.eq(number),
            subproject_version::document.eq(kept::to_json(given)?),
            subproject_version::recorded_at.eq(recorded_at),
        ))
        .execute(c))?;
    Ok((done, Some(number)))
}

fn find(conn: &mut Conn<'_>, no: &str) -> Result<Option<SubprojectRow>, StoreError> {
    Ok(on!(conn, c => subproject::table
        .find(no)
        .select(SubprojectRow::as_select())
        .first(c)
        .optional())?)
}

/// A subproject, if the record knows it.
pub(crate) fn get(conn: &mut Conn<'_>, no: &SubprojectNo) -> Result<Option<Subproject>, StoreError> {
    find(conn, no.as_str())?.map(SubprojectRow::read).transpose()
}

/// The round of a subproject that must exist.
pub(crate) fn round_of(conn: &mut Conn<'_>, no: &SubprojectNo) -> Result<String, StoreError> {
    let found: Option<String> = on!(conn, c => subproject::table
        .find(no.as_str())
        .select(subproject::round)
        .first(c)
        .optional())?;
    found.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Subproject,
        key: no.to_string(),
    })
}

/// The networks of a round in the order of their codes.
pub(crate) fn networks(conn: &mut Conn<'_>, round: &RoundCode) -> Result<Vec<RegionalNetwork>, StoreError> {
    let rows: Vec<NetworkRow> = on!(conn, c => network::table
        .filter(network::round.eq(round.as_str()))
        .select(NetworkRow::as_select())
        .load(c))?;
    let mut networks: Vec<RegionalNetwork> =
        rows.into_iter().map(NetworkRow::read).collect::<Result<_, _>>()?;
    networks.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(networks)
}

/// The name of a network.
pub(crate) fn network_name(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    code: &NetworkCode,
) -> Result<Option<String>, StoreError> {
    Ok(on!(conn, c => network::table
        .find((round.as_str(), code.as_str()))
        .select(network::name)
        .first(c)
        .optional())?)
}

/// The subprojects of a round in the order of their numbers.
pub(crate) fn of_round(conn: &mut Conn<'_>, round: &RoundCode) -> Result<Vec<Subproject>, StoreError> {
    let rows: Vec<SubprojectRow> = on!(conn, c => subproject::table
        .filter(subproject::round.eq(round.as_str()))
        .select(SubprojectRow::as_select())
        .load(c))?;
    let mut subprojects: Vec<Subproject> = rows
        .into_iter()
        .map(SubprojectRow::read)
        .collect::<Result<_, _>>()?;
    subprojects.sort_by(|a, b| a.no.cmp(&b.no));
    Ok(subprojects)
}

impl Store {
    /// The networks of a round in the order of their codes.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn networks(&self, round: &RoundCode) -> Result<Vec<RegionalNetwork>, StoreError> {
        self.read("read the networks", |conn| networks(conn, round))
    }

    /// The subprojects of a round in the order of their numbers.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn subprojects(&self, round: &RoundCode) -> Result<Vec<Subproject>, StoreError> {
        self.read("read the subprojects", |conn| of_round(conn, round))
    }

    /// A subproject.
    ///
    /// # Errors
    /// When the database fails or the row is damaged.
    pub fn subproject(&self, no: &SubprojectNo) -> Result<Option<Subproject>, StoreError> {
        self.read("read a subproject", |conn| get(conn, no))
    }
}
