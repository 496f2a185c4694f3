-- Marks a database as one of Nachweis. In PostgreSQL it is also what writers queue on.
CREATE TABLE nachweis (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1)
) STRICT;

INSERT INTO nachweis (id) VALUES (1);

-- People with an account. Times are microseconds since 1970 in UTC, days are numbers like 20240630.
CREATE TABLE user_account (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    login TEXT NOT NULL CHECK (length(login) BETWEEN 1 AND 200),
    login_key TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('de', 'en')),
    password_hash TEXT,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;

-- The command line acts as this account; without a password nobody signs in with it.
INSERT INTO user_account (id, login, login_key, display_name, language, created_at)
VALUES ('00000000-0000-0000-0000-000000000000', 'operator', 'operator', 'nachweis', 'de', 0);

CREATE TABLE role_grant (
    user_id TEXT NOT NULL REFERENCES user_account (id),
    role TEXT NOT NULL CHECK (role IN ('lead', 'manager', 'auditor', 'admin')),
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('subproject', 'network', 'field', 'all')),
    scope_key TEXT NOT NULL,
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, role, scope_kind, scope_key),
    CHECK ((scope_kind = 'all') = (scope_key = ''))
) STRICT, WITHOUT ROWID;

-- Only hashes of tokens are kept. A token used twice ends its whole family.
CREATE TABLE refresh_token (
    token_hash TEXT NOT NULL PRIMARY KEY CHECK (length(token_hash) = 64),
    family TEXT NOT NULL CHECK (length(family) = 36),
    user_id TEXT NOT NULL REFERENCES user_account (id),
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE INDEX refresh_token_family ON refresh_token (family);

CREATE INDEX refresh_token_user ON refresh_token (user_id);
