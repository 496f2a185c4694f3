-- Identities at OpenID Connect issuers with which people sign in to an account. Each belongs to one account at most: four
-- eyes are those of persons, and a person with two accounts would have four alone.
CREATE TABLE identity (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    user_id TEXT NOT NULL REFERENCES user_account (id),
    issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    linked_at INTEGER NOT NULL,
    UNIQUE (issuer, subject)
) STRICT;

CREATE INDEX identity_of_user ON identity (user_id);

-- Sign-ins that were begun at an issuer and wait for being completed, once, at any instance, within minutes. Only hashes.
CREATE TABLE begun_sign_in (
    state_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(state_sha256) = 64),
    binding_sha256 TEXT NOT NULL CHECK (length(binding_sha256) = 64),
    issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    whose TEXT NOT NULL CHECK (length(whose) = 64),
    began_at INTEGER NOT NULL
) STRICT;

CREATE INDEX begun_sign_in_age ON begun_sign_in (began_at);

CREATE INDEX begun_sign_in_of_one ON begun_sign_in (whose, began_at);

CREATE TRIGGER identity_stays BEFORE UPDATE ON identity
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in identity stays as it is'); END;
