-- An identity that was linked to an account and unlinked stays with it: nobody else signs in with it, at no later time. Four
-- eyes would be those of one person otherwise, who decides with a second account what the first one handed in.
CREATE TABLE former_identity (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    user_id TEXT NOT NULL REFERENCES user_account (id),
    issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    unlinked_at BIGINT NOT NULL,
    UNIQUE (issuer, subject)
);

CREATE INDEX former_identity_of_user ON former_identity (user_id);

CREATE FUNCTION nachweis_keep_unlinked_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM former_identity
        WHERE user_id = OLD.user_id AND issuer = OLD.issuer AND subject = OLD.subject) THEN
        RAISE EXCEPTION 'nachweis: an identity that is unlinked must stay in former_identity';
    END IF;
    RETURN OLD;
END
$$;

CREATE FUNCTION nachweis_refuse_other_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM identity JOIN former_identity USING (issuer, subject)
        WHERE issuer = NEW.issuer AND subject = NEW.subject AND identity.user_id <> former_identity.user_id) THEN
        RAISE EXCEPTION 'nachweis: this identity is or was linked to another account';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER former_identity_stays BEFORE UPDATE ON former_identity FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER former_identity_is_kept BEFORE DELETE ON former_identity FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER identity_is_unlinked_for_good BEFORE DELETE ON identity FOR EACH ROW
EXECUTE FUNCTION nachweis_keep_unlinked_identity();

CREATE TRIGGER identity_stays_with_its_account AFTER INSERT ON identity FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_other_account();

CREATE TRIGGER former_identity_is_of_the_linked_account AFTER INSERT ON former_identity FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_other_account();

CREATE TRIGGER former_identity_is_not_emptied BEFORE TRUNCATE ON former_identity EXECUTE FUNCTION nachweis_refuse_change();
