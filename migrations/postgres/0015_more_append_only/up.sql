-- Tables that came after the first triggers: what is recorded stays.

CREATE TRIGGER network_version_stays BEFORE UPDATE ON network_version FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER network_version_is_kept BEFORE DELETE ON network_version FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER coordination_is_kept BEFORE DELETE ON coordination FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER coordination_keeps_its_facts BEFORE UPDATE ON coordination FOR EACH ROW
WHEN (OLD.seq IS DISTINCT FROM NEW.seq
    OR OLD.user_id IS DISTINCT FROM NEW.user_id
    OR OLD.scope_key IS DISTINCT FROM NEW.scope_key
    OR OLD.since IS DISTINCT FROM NEW.since
    OR (OLD.until IS NOT NULL AND OLD.until IS DISTINCT FROM NEW.until))
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER network_version_is_not_emptied BEFORE TRUNCATE ON network_version EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER coordination_is_not_emptied BEFORE TRUNCATE ON coordination EXECUTE FUNCTION nachweis_refuse_change();
