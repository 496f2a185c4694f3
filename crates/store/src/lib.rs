//! Everything kept: SQLite and PostgreSQL behind one Store.
