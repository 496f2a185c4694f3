-- A kept answer is given again only while password, grants and state of its account are those of the request: the count of
-- their changes then. Answers from before this migration have none and are not given again.
ALTER TABLE idempotent_request ADD COLUMN epoch BIGINT CHECK (epoch >= 0);

-- When a session ends however often it is renewed. Sessions that run by now end 30 days after they began; those of accounts
-- without a password began at an issuer and end after 12 hours.
ALTER TABLE session ADD COLUMN ends_at BIGINT NOT NULL DEFAULT 0;

UPDATE session SET ends_at = began_at + CASE
    WHEN EXISTS (SELECT 1 FROM user_account WHERE id = session.user_id AND password_hash IS NULL)
    THEN 43200000000
    ELSE 2592000000000
END;
