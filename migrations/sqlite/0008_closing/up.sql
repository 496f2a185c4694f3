-- A quarter is closed once, for everybody; what stood open then is noted.
CREATE TABLE quarter_closing (
    round TEXT NOT NULL REFERENCES funding_round (code),
    quarter INTEGER NOT NULL CHECK (quarter BETWEEN 8000 AND 8399),
    closed_by TEXT NOT NULL REFERENCES user_account (id),
    closed_at INTEGER NOT NULL,
    missing INTEGER NOT NULL CHECK (missing >= 0),
    PRIMARY KEY (round, quarter)
) STRICT, WITHOUT ROWID;

-- What the reports said when the quarter was closed, byte for byte.
CREATE TABLE frozen_report (
    round TEXT NOT NULL,
    quarter INTEGER NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('de', 'en')),
    format TEXT NOT NULL CHECK (format IN ('xlsx', 'csv', 'json')),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes BLOB NOT NULL,
    PRIMARY KEY (round, quarter, name, language, format),
    FOREIGN KEY (round, quarter) REFERENCES quarter_closing (round, quarter)
) STRICT;

-- A closed quarter that is open again for one subproject, from the second person's confirmation until a moment.
CREATE TABLE reopening (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    round TEXT NOT NULL,
    quarter INTEGER NOT NULL,
    subproject TEXT NOT NULL REFERENCES subproject (no),
    reason TEXT NOT NULL CHECK (length(reason) >= 1),
    requested_by TEXT NOT NULL REFERENCES user_account (id),
    requested_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at > requested_at),
    confirmed_by TEXT REFERENCES user_account (id),
    confirmed_at INTEGER CHECK (confirmed_at < expires_at),
    FOREIGN KEY (round, quarter) REFERENCES quarter_closing (round, quarter),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
    -- A second person confirms.
    CHECK (confirmed_by <> requested_by)
) STRICT;

CREATE INDEX reopening_of_quarter ON reopening (subproject, quarter);
