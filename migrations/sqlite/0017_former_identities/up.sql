-- An identity that was linked to an account and unlinked stays with it: nobody else signs in with it, at no later time. Four
-- eyes would be those of one person otherwise, who decides with a second account what the first one handed in.
CREATE TABLE former_identity (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    user_id TEXT NOT NULL REFERENCES user_account (id),
    issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    unlinked_at INTEGER NOT NULL,
    UNIQUE (issuer, subject)
) STRICT;

CREATE INDEX former_identity_of_user ON former_identity (user_id);

CREATE TRIGGER former_identity_stays BEFORE UPDATE ON former_identity
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in former_identity stays as it is'); END;

CREATE TRIGGER former_identity_is_kept BEFORE DELETE ON former_identity
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in former_identity stays as it is'); END;

CREATE TRIGGER identity_is_unlinked_for_good BEFORE DELETE ON identity
BEGIN SELECT RAISE(ABORT, 'nachweis: an identity that is unlinked must stay in former_identity') WHERE NOT EXISTS (
    SELECT 1 FROM former_identity
    WHERE user_id = OLD.user_id AND issuer = OLD.issuer AND subject = OLD.subject); END;

CREATE TRIGGER identity_stays_with_its_account AFTER INSERT ON identity
BEGIN SELECT RAISE(ABORT, 'nachweis: this identity was linked to another account') WHERE EXISTS (
    SELECT 1 FROM former_identity
    WHERE user_id <> NEW.user_id AND issuer = NEW.issuer AND subject = NEW.subject); END;

CREATE TRIGGER former_identity_is_of_the_linked_account AFTER INSERT ON former_identity
BEGIN SELECT RAISE(ABORT, 'nachweis: this identity is linked to another account') WHERE EXISTS (
    SELECT 1 FROM identity
    WHERE user_id <> NEW.user_id AND issuer = NEW.issuer AND subject = NEW.subject); END;
