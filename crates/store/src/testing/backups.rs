//! What tests know of backups that nobody else needs.

use std::path::Path;

use diesel::connection::SimpleConnection;

use crate::{
    DatabaseUrl,
    backup::{NOT_CARRIED, TABLES, seal_anew},
    connection::{Conn, Missing, Session},
};

/// The tables that a backup carries, and those that it leaves out.
pub fn tables_of_backups() -> (Vec<&'static str>, Vec<&'static str>) {
    (
        TABLES.to_vec(),
        NOT_CARRIED.into_iter().map(|(table, _)| table).collect(),
    )
}

/// Changes a backup and seals it anew, as somebody would who knows its form.
///
/// # Panics
/// When the file is no backup.
pub fn reseal_backup(file: &Path, statements: &str) {
    let mut session =
        Session::connect(&DatabaseUrl::sqlite(file), Missing::Refuse).expect("the backup can be opened");
    if let Conn::Lite(lite) = session.conn() {
        lite.batch_execute(statements).expect("the statements run");
    }
    drop(session);
    seal_anew(file).expect("the backup can be sealed");
}
