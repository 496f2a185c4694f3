CREATE TABLE issue (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    subproject TEXT NOT NULL REFERENCES subproject (no),
    quarter INTEGER NOT NULL CHECK (quarter BETWEEN 8000 AND 8399),
    template_version TEXT NOT NULL,
    plan_version INTEGER NOT NULL,
    seal TEXT NOT NULL,
    issued_by TEXT NOT NULL REFERENCES user_account (id),
    issued_at INTEGER NOT NULL,
    FOREIGN KEY (subproject, plan_version) REFERENCES plan_version (subproject, number)
) STRICT;

CREATE INDEX issue_of_quarter ON issue (subproject, quarter);

-- The workbooks as they came, written once.
CREATE TABLE original (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    bytes BLOB NOT NULL
) STRICT;

-- A quarter is year * 4 + number - 1: 2024-Q3 is 8098.
CREATE TABLE upload (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    round TEXT NOT NULL,
    subproject TEXT NOT NULL,
    quarter INTEGER NOT NULL CHECK (quarter BETWEEN 8000 AND 8399),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    sha256 TEXT NOT NULL REFERENCES original (sha256),
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    file_name TEXT NOT NULL,
    uploaded_by TEXT NOT NULL REFERENCES user_account (id),
    uploaded_at INTEGER NOT NULL,
    template_version TEXT NOT NULL,
    rule_version TEXT NOT NULL,
    plan_version INTEGER NOT NULL,
    blocking INTEGER NOT NULL CHECK (blocking >= 0),
    warnings INTEGER NOT NULL CHECK (warnings >= 0),
    notices INTEGER NOT NULL CHECK (notices >= 0),
    state TEXT NOT NULL CHECK (
        state IN ('blocked', 'checked', 'submitted', 'accepted', 'returned', 'superseded')
    ),
    submitted_by TEXT REFERENCES user_account (id),
    submitted_at INTEGER,
    decided_by TEXT REFERENCES user_account (id),
    decided_at INTEGER,
    return_reason TEXT,
    superseded_at INTEGER,
    UNIQUE (subproject, quarter, revision),
    UNIQUE (subproject, quarter, sha256),
    FOREIGN KEY (round, subproject) REFERENCES subproject (round, no),
    FOREIGN KEY (subproject, plan_version) REFERENCES plan_version (subproject, number),
    -- What is blocked is never handed in.
    CHECK (blocking = 0 OR state = 'blocked'),
    CHECK ((state IN ('blocked', 'checked')) = (submitted_at IS NULL)),
    CHECK ((state IN ('accepted', 'returned', 'superseded')) = (decided_at IS NOT NULL)),
    CHECK ((state = 'returned') = (return_reason IS NOT NULL)),
    CHECK ((state = 'superseded') = (superseded_at IS NOT NULL)),
    CHECK ((submitted_by IS NULL) = (submitted_at IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    -- Four eyes: nobody decides on what they handed in.
    CHECK (decided_by <> uploaded_by AND decided_by <> submitted_by)
) STRICT;

CREATE INDEX upload_of_round ON upload (round);

CREATE UNIQUE INDEX upload_one_submitted ON upload (subproject, quarter) WHERE state = 'submitted';

CREATE UNIQUE INDEX upload_one_accepted ON upload (subproject, quarter) WHERE state = 'accepted';

-- What reports need of an upload in one row: its totals per item, source, indicator and counter, one a line.
CREATE TABLE upload_summary (
    upload_seq INTEGER NOT NULL PRIMARY KEY REFERENCES upload (seq),
    voucher_sheet TEXT NOT NULL,
    voucher_columns TEXT NOT NULL,
    totals TEXT NOT NULL
) STRICT;

CREATE TABLE voucher (
    upload_seq INTEGER NOT NULL REFERENCES upload (seq),
    sheet_row INTEGER NOT NULL CHECK (sheet_row >= 0),
    number TEXT,
    paid_on INTEGER CHECK (paid_on BETWEEN 19000101 AND 29991231),
    payee TEXT,
    purpose TEXT,
    item TEXT,
    amount_cents INTEGER CHECK (amount_cents BETWEEN -1000000000000 AND 1000000000000),
    corrects INTEGER CHECK (corrects BETWEEN 8000 AND 8399),
    PRIMARY KEY (upload_seq, sheet_row)
) STRICT, WITHOUT ROWID;

-- One row for each cell that holds a figure, and one (part `row`) for the key cell of its row.
-- Amounts are cents; counts are counts; `corrects` is a quarter.
CREATE TABLE figure (
    upload_seq INTEGER NOT NULL REFERENCES upload (seq),
    position INTEGER NOT NULL CHECK (position >= 0),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    part TEXT NOT NULL,
    sheet TEXT NOT NULL,
    sheet_row INTEGER NOT NULL CHECK (sheet_row >= 0),
    sheet_col INTEGER NOT NULL CHECK (sheet_col >= 0),
    value INTEGER CHECK (value BETWEEN -1000000000000 AND 1000000000000),
    text TEXT,
    PRIMARY KEY (upload_seq, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    upload_seq INTEGER NOT NULL REFERENCES upload (seq),
    position INTEGER NOT NULL CHECK (position >= 0),
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('notice', 'warning', 'blocking')),
    sheet TEXT,
    sheet_row INTEGER,
    sheet_col INTEGER,
    related TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (upload_seq, position),
    CHECK ((sheet IS NULL) = (sheet_row IS NULL) AND (sheet IS NULL) = (sheet_col IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_comment (
    upload_seq INTEGER NOT NULL,
    finding INTEGER NOT NULL,
    comment TEXT NOT NULL,
    commented_by TEXT NOT NULL REFERENCES user_account (id),
    commented_at INTEGER NOT NULL,
    PRIMARY KEY (upload_seq, finding),
    FOREIGN KEY (upload_seq, finding) REFERENCES finding (upload_seq, position)
) STRICT, WITHOUT ROWID;

-- Of a file that must not be kept: no name, no text.
CREATE TABLE refused_upload (
    seq INTEGER PRIMARY KEY,
    subproject TEXT NOT NULL REFERENCES subproject (no),
    quarter INTEGER NOT NULL CHECK (quarter BETWEEN 8000 AND 8399),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    sent_by TEXT NOT NULL REFERENCES user_account (id),
    sent_at INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;
