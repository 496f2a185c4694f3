-- Who accepted the report of a quarter that counts is not the second person who confirms that it may be reported anew. Only
-- confirming is looked at: a backup is restored by inserting reopenings that were confirmed before this rule.

CREATE FUNCTION nachweis_who_accepted_does_not_reopen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM upload u
        WHERE u.subproject = NEW.subproject AND u.quarter = NEW.quarter
            AND u.state = 'accepted' AND u.decided_by = NEW.confirmed_by
    ) THEN
        RAISE EXCEPTION 'nachweis: who accepted a report does not reopen its quarter';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER who_accepted_does_not_reopen BEFORE UPDATE ON reopening FOR EACH ROW
WHEN (NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by)
EXECUTE FUNCTION nachweis_who_accepted_does_not_reopen();
