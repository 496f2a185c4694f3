-- Answers to requests with an Idempotency-Key, for a day: the same request again gets the same answer, at any instance.
CREATE TABLE idempotent_request (
    user_id TEXT NOT NULL REFERENCES user_account (id),
    request_key TEXT NOT NULL CHECK (length(request_key) BETWEEN 1 AND 128),
    request_sha256 TEXT NOT NULL CHECK (length(request_sha256) = 64),
    began_at BIGINT NOT NULL,
    run TEXT NOT NULL CHECK (length(run) = 36),
    status INTEGER CHECK (status BETWEEN 200 AND 499),
    headers TEXT CHECK ((headers IS NULL) = (status IS NULL)),
    body BYTEA CHECK ((body IS NULL) = (status IS NULL)),
    PRIMARY KEY (user_id, request_key)
);

CREATE INDEX idempotent_request_began ON idempotent_request (began_at);

-- What is bounded in a span of time, over all instances. Whose it is stands there as a keyed hash only.
CREATE TABLE attempt (
    id TEXT NOT NULL CHECK (length(id) = 36),
    kind TEXT NOT NULL CHECK (kind IN ('sign_in_account', 'sign_in_address', 'upload')),
    whose TEXT NOT NULL CHECK (length(whose) = 64),
    at BIGINT NOT NULL,
    PRIMARY KEY (id, kind)
);

CREATE INDEX attempt_counted ON attempt (kind, whose, at);

CREATE INDEX attempt_age ON attempt (at);
