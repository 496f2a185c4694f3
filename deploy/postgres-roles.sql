-- The role under which the service runs on PostgreSQL: it can add to the record and take the steps that the life of a
-- quarter knows, and nothing else. The tables belong to another role, which migrates.
--
--   nachweis --database-url postgres://owner@…/nachweis migrate
--   psql postgres://owner@…/nachweis -f deploy/postgres-roles.sql        # after every migration
--   ALTER ROLE nachweis_app LOGIN PASSWORD '…';                           -- once
--   nachweis --database-url postgres://nachweis_app@…/nachweis serve
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nachweis_app') THEN
        CREATE ROLE nachweis_app;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- made at the same time for another database
END
$$;

GRANT USAGE ON SCHEMA public TO nachweis_app;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM nachweis_app;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO nachweis_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO nachweis_app;
REVOKE INSERT ON __diesel_schema_migrations, nachweis FROM nachweis_app;
-- A reopening is asked for and then confirmed: triggers look at who confirms.
REVOKE INSERT ON reopening FROM nachweis_app;
GRANT INSERT (id, round, quarter, subproject, reason, requested_by, requested_at, expires_at) ON reopening TO nachweis_app;

-- Writers lock the row that marks the database; it holds nothing.
GRANT UPDATE ON nachweis TO nachweis_app;

-- Steps, each written once (triggers hold that).
GRANT UPDATE (
    state, submitted_by, submitted_at, endorsed_by, endorsed_at, decided_by, decided_at, return_reason, superseded_at, waived
) ON upload TO nachweis_app;
GRANT UPDATE (confirmed_by, confirmed_at) ON reopening TO nachweis_app;

-- The newest state of master data; earlier ones stay in subproject_version and in the journal's digests.
GRANT UPDATE ON subproject, network TO nachweis_app;
GRANT UPDATE (password_hash, disabled_at, epoch) ON user_account TO nachweis_app;
GRANT DELETE ON role_grant, identity TO nachweis_app;
GRANT UPDATE (until) ON coordination TO nachweis_app;

-- No record: sessions, answers kept for a day, what is counted for an hour.
GRANT UPDATE, DELETE ON session, refresh_token, idempotent_request, attempt, begun_sign_in TO nachweis_app;

-- Originals are not erased under this role, so that nobody who has only the service's password can empty them:
-- `nachweis retention erase confirm` runs under the role that migrates. The service proposes and lists.
