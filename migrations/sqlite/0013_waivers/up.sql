-- Waivers: one subproject's reports of some quarters are exempted from one finding code until a moment. What is asked, decided
-- and withdrawn are rows of their own; none is written over.
CREATE TABLE waiver (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    round TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    subproject TEXT NOT NULL,
    code TEXT NOT NULL,
    first_quarter INTEGER NOT NULL CHECK (first_quarter BETWEEN 8000 AND 8399),
    last_quarter INTEGER NOT NULL CHECK (last_quarter BETWEEN first_quarter AND 8399),
    reason TEXT NOT NULL CHECK (length(reason) >= 1),
    asked_by TEXT NOT NULL REFERENCES user_account (id),
    asked_at INTEGER NOT NULL,
    asked_until INTEGER NOT NULL CHECK (asked_until > asked_at),
    UNIQUE (round, number),
    -- What a decision repeats of the request.
    UNIQUE (id, asked_by, asked_at, asked_until),
    FOREIGN KEY (round, subproject) REFERENCES subproject (round, no)
) STRICT;

CREATE INDEX waiver_of_subproject ON waiver (subproject);

-- Granted until a moment, or refused (`until` is empty). It repeats what was asked, so that the table itself holds that
-- another person decides, in time, and grants no longer than was asked for.
CREATE TABLE waiver_decision (
    waiver TEXT NOT NULL PRIMARY KEY,
    asked_by TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    asked_until INTEGER NOT NULL,
    until INTEGER CHECK (until > decided_at AND until <= asked_until),
    reason TEXT NOT NULL CHECK (length(reason) >= 1),
    decided_by TEXT NOT NULL REFERENCES user_account (id),
    decided_at INTEGER NOT NULL CHECK (decided_at > asked_at),
    FOREIGN KEY (waiver, asked_by, asked_at, asked_until) REFERENCES waiver (id, asked_by, asked_at, asked_until),
    -- Four eyes: nobody decides on what they asked for.
    CHECK (decided_by <> asked_by)
) STRICT;

CREATE TABLE waiver_withdrawal (
    waiver TEXT NOT NULL PRIMARY KEY REFERENCES waiver (id),
    reason TEXT NOT NULL CHECK (length(reason) >= 1),
    withdrawn_by TEXT NOT NULL REFERENCES user_account (id),
    withdrawn_at INTEGER NOT NULL
) STRICT;

-- Under which waiver a finding was handed in. What was lawful then stays so when the waiver ends.
CREATE TABLE finding_waiver (
    upload_seq INTEGER NOT NULL,
    finding INTEGER NOT NULL,
    waiver TEXT NOT NULL REFERENCES waiver (id),
    PRIMARY KEY (upload_seq, finding),
    FOREIGN KEY (upload_seq, finding) REFERENCES finding (upload_seq, position)
) STRICT;

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '    -- What is blocked is never handed in.
    CHECK (blocking = 0 OR state = ''blocked''),
', '')
WHERE type = 'table' AND name = 'upload';
PRAGMA writable_schema = RESET;

-- How many blocking findings were waived when the upload was handed in; empty where none was.
-- What is blocked is handed in only when each of its blocking findings is waived.
ALTER TABLE upload ADD COLUMN waived INTEGER
    CHECK (waived IS NULL OR (waived > 0 AND waived = blocking AND submitted_at IS NOT NULL))
    CHECK (blocking = 0 OR state = 'blocked' OR blocking = COALESCE(waived, 0));

CREATE TRIGGER waiver_stays BEFORE UPDATE ON waiver
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in waiver stays as it is'); END;

CREATE TRIGGER waiver_is_kept BEFORE DELETE ON waiver
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in waiver stays as it is'); END;

CREATE TRIGGER waiver_decision_stays BEFORE UPDATE ON waiver_decision
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in waiver_decision stays as it is'); END;

CREATE TRIGGER waiver_decision_is_kept BEFORE DELETE ON waiver_decision
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in waiver_decision stays as it is'); END;

CREATE TRIGGER waiver_withdrawal_stays BEFORE UPDATE ON waiver_withdrawal
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in waiver_withdrawal stays as it is'); END;

CREATE TRIGGER waiver_withdrawal_is_kept BEFORE DELETE ON waiver_withdrawal
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in waiver_withdrawal stays as it is'); END;

CREATE TRIGGER finding_waiver_stays BEFORE UPDATE ON finding_waiver
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in finding_waiver stays as it is'); END;

CREATE TRIGGER finding_waiver_is_kept BEFORE DELETE ON finding_waiver
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in finding_waiver stays as it is'); END;

CREATE TRIGGER upload_is_waived_once BEFORE UPDATE ON upload
WHEN OLD.submitted_at IS NOT NULL AND OLD.waived IS DISTINCT FROM NEW.waived
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in upload stays as it is'); END;
