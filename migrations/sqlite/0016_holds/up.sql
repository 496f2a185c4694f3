-- Holds on the originals of a subproject: placed with a reason, lifted by a further record.
CREATE TABLE retention_hold (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    subproject TEXT NOT NULL REFERENCES subproject (no),
    reason TEXT NOT NULL CHECK (length(reason) >= 1),
    placed_by TEXT NOT NULL REFERENCES user_account (id),
    placed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX retention_hold_of_subproject ON retention_hold (subproject);

CREATE TABLE retention_hold_lift (
    hold TEXT NOT NULL PRIMARY KEY REFERENCES retention_hold (id),
    reason TEXT NOT NULL CHECK (length(reason) >= 1),
    lifted_by TEXT NOT NULL REFERENCES user_account (id),
    lifted_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER retention_hold_stays BEFORE UPDATE ON retention_hold
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in retention_hold stays as it is'); END;

CREATE TRIGGER retention_hold_is_kept BEFORE DELETE ON retention_hold
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in retention_hold stays as it is'); END;

CREATE TRIGGER retention_hold_lift_stays BEFORE UPDATE ON retention_hold_lift
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in retention_hold_lift stays as it is'); END;

CREATE TRIGGER retention_hold_lift_is_kept BEFORE DELETE ON retention_hold_lift
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in retention_hold_lift stays as it is'); END;
