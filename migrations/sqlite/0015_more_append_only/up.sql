-- Tables that came after the first triggers: what is recorded stays.

CREATE TRIGGER network_version_stays BEFORE UPDATE ON network_version
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in network_version stays as it is'); END;

CREATE TRIGGER network_version_is_kept BEFORE DELETE ON network_version
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in network_version stays as it is'); END;

CREATE TRIGGER coordination_is_kept BEFORE DELETE ON coordination
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in coordination stays as it is'); END;

CREATE TRIGGER coordination_keeps_its_facts BEFORE UPDATE ON coordination
WHEN OLD.seq IS DISTINCT FROM NEW.seq
    OR OLD.user_id IS DISTINCT FROM NEW.user_id
    OR OLD.scope_key IS DISTINCT FROM NEW.scope_key
    OR OLD.since IS DISTINCT FROM NEW.since
    OR (OLD.until IS NOT NULL AND OLD.until IS DISTINCT FROM NEW.until)
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in coordination stays as it is'); END;
