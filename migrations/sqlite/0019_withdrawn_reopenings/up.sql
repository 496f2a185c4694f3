-- A reopening that is withdrawn: the request taken back, or what was confirmed ended early. A row of its own, written once.
CREATE TABLE reopening_withdrawal (
    reopening TEXT NOT NULL PRIMARY KEY REFERENCES reopening (id),
    reason TEXT NOT NULL CHECK (length(reason) >= 1),
    withdrawn_by TEXT NOT NULL REFERENCES user_account (id),
    withdrawn_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER reopening_withdrawal_stays BEFORE UPDATE ON reopening_withdrawal
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in reopening_withdrawal stays as it is'); END;

CREATE TRIGGER reopening_withdrawal_is_kept BEFORE DELETE ON reopening_withdrawal
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in reopening_withdrawal stays as it is'); END;

-- What was taken back is not confirmed any more.

CREATE TRIGGER withdrawn_reopening_is_not_confirmed BEFORE UPDATE ON reopening
WHEN NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at
BEGIN
    SELECT RAISE(ABORT, 'nachweis: this reopening was withdrawn')
    WHERE EXISTS (SELECT 1 FROM reopening_withdrawal w WHERE w.reopening = OLD.id);
END;
