-- One row for each change of state, in the transaction of the change. Positions count from 1 without gaps.
-- `figures_of` names the round whose figures or plans the event changed.
CREATE TABLE journal (
    position INTEGER NOT NULL PRIMARY KEY CHECK (position >= 1),
    at INTEGER NOT NULL,
    actor TEXT REFERENCES user_account (id),
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    figures_of TEXT REFERENCES funding_round (code)
) STRICT;

CREATE INDEX journal_of_round ON journal (figures_of, position);
