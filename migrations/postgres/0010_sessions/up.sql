-- Sessions, which access tokens name: signing out, disabling an account and a new password end them on all instances.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    user_id TEXT NOT NULL REFERENCES user_account (id),
    began_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE INDEX session_of_user ON session (user_id);

INSERT INTO session (id, user_id, began_at, expires_at, ended_at)
SELECT
    family,
    user_id,
    MIN(issued_at),
    MAX(expires_at),
    CASE WHEN COUNT(*) = COUNT(revoked_at) THEN MAX(revoked_at) END
FROM refresh_token
GROUP BY family, user_id;

-- Counts changes of password, grants and state of an account. An access token of an earlier count is not taken.
ALTER TABLE user_account ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0 CHECK (epoch >= 0);
