-- A reopening that is withdrawn: the request taken back, or what was confirmed ended early. A row of its own, written once.
CREATE TABLE reopening_withdrawal (
    reopening TEXT NOT NULL PRIMARY KEY REFERENCES reopening (id),
    reason TEXT NOT NULL CHECK (length(reason) >= 1),
    withdrawn_by TEXT NOT NULL REFERENCES user_account (id),
    withdrawn_at BIGINT NOT NULL
);

CREATE TRIGGER reopening_withdrawal_stays BEFORE UPDATE ON reopening_withdrawal FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER reopening_withdrawal_is_kept BEFORE DELETE ON reopening_withdrawal FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER reopening_withdrawal_is_not_emptied BEFORE TRUNCATE ON reopening_withdrawal
EXECUTE FUNCTION nachweis_refuse_change();

-- What was taken back is not confirmed any more.

CREATE FUNCTION nachweis_withdrawn_is_not_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM reopening_withdrawal w WHERE w.reopening = OLD.id) THEN
        RAISE EXCEPTION 'nachweis: this reopening was withdrawn';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER withdrawn_reopening_is_not_confirmed BEFORE UPDATE ON reopening FOR EACH ROW
WHEN (NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at)
EXECUTE FUNCTION nachweis_withdrawn_is_not_confirmed();
