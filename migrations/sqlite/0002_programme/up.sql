CREATE TABLE funding_round (
    code TEXT NOT NULL PRIMARY KEY,
    recorded_at INTEGER NOT NULL
) STRICT;

-- Each version of a round as it was loaded, whole, as JSON. The highest number is in force.
CREATE TABLE funding_round_version (
    round TEXT NOT NULL REFERENCES funding_round (code),
    number INTEGER NOT NULL CHECK (number >= 1),
    document TEXT NOT NULL,
    document_sha256 TEXT NOT NULL CHECK (length(document_sha256) = 64),
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (round, number)
) STRICT;

CREATE TABLE network (
    round TEXT NOT NULL REFERENCES funding_round (code),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    land TEXT CHECK (length(land) = 2),
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (round, code)
) STRICT;

CREATE TABLE subproject (
    no TEXT NOT NULL PRIMARY KEY,
    round TEXT NOT NULL REFERENCES funding_round (code),
    kind TEXT NOT NULL CHECK (
        kind IN ('regional', 'coordination', 'networking_project', 'competence_centre', 'operation')
    ),
    title TEXT NOT NULL,
    carrier TEXT NOT NULL,
    network TEXT,
    land TEXT CHECK (length(land) = 2),
    nuts2 TEXT CHECK (length(nuts2) = 4),
    regions TEXT NOT NULL,
    strand TEXT NOT NULL,
    action_field TEXT NOT NULL,
    first_day INTEGER NOT NULL CHECK (first_day BETWEEN 19000101 AND 29991231),
    last_day INTEGER NOT NULL CHECK (last_day BETWEEN 19000101 AND 29991231),
    passed_on_via TEXT,
    recorded_at INTEGER NOT NULL,
    FOREIGN KEY (round, network) REFERENCES network (round, code)
) STRICT;

CREATE UNIQUE INDEX subproject_of_round ON subproject (round, no);

-- Each state of a subproject's master data as JSON; `subproject` holds the newest.
CREATE TABLE subproject_version (
    subproject TEXT NOT NULL REFERENCES subproject (no),
    number INTEGER NOT NULL CHECK (number >= 1),
    document TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (subproject, number)
) STRICT;

CREATE TABLE plan_version (
    subproject TEXT NOT NULL REFERENCES subproject (no),
    number INTEGER NOT NULL CHECK (number >= 1),
    effective_from INTEGER NOT NULL CHECK (effective_from BETWEEN 19000101 AND 29991231),
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (subproject, number)
) STRICT;

-- Items hold cents per calendar year; sources hold cents and targets hold counts, both in year 0: the whole grant.
CREATE TABLE plan_row (
    subproject TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('item', 'source', 'target')),
    key TEXT NOT NULL,
    year INTEGER NOT NULL CHECK (year = 0 OR (kind = 'item' AND year BETWEEN 1900 AND 2999)),
    amount INTEGER NOT NULL CHECK (amount BETWEEN -1000000000000 AND 1000000000000),
    PRIMARY KEY (subproject, number, kind, key, year),
    FOREIGN KEY (subproject, number) REFERENCES plan_version (subproject, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE disbursement (
    seq INTEGER PRIMARY KEY,
    subproject TEXT NOT NULL REFERENCES subproject (no),
    paid_on INTEGER NOT NULL CHECK (paid_on BETWEEN 19000101 AND 29991231),
    source TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents BETWEEN -1000000000000 AND 1000000000000),
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX disbursement_of_subproject ON disbursement (subproject, paid_on, source, amount_cents);
