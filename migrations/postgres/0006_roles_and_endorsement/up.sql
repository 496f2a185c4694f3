-- The roles of network coordination, ministry, partners and competence centres.
CREATE TABLE role_grant_of_eight (
    user_id TEXT NOT NULL REFERENCES user_account (id),
    role TEXT NOT NULL CHECK (
        role IN ('lead', 'coordinator', 'manager', 'ministry', 'partner', 'centre', 'auditor', 'admin')
    ),
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('subproject', 'network', 'field', 'all')),
    scope_key TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, role, scope_kind, scope_key),
    CHECK ((scope_kind = 'all') = (scope_key = ''))
);

INSERT INTO role_grant_of_eight (user_id, role, scope_kind, scope_key, granted_at)
SELECT user_id, role, scope_kind, scope_key, granted_at FROM role_grant;

DROP TABLE role_grant;

ALTER TABLE role_grant_of_eight RENAME TO role_grant;

-- A submission that the coordinator of its network endorsed; its state stays 'submitted' until it is decided.
-- Four eyes: nobody endorses what they handed in, and nobody decides on what they endorsed.
ALTER TABLE upload ADD COLUMN endorsed_by TEXT REFERENCES user_account (id)
    CHECK (endorsed_by <> uploaded_by AND endorsed_by <> submitted_by AND endorsed_by <> decided_by);

ALTER TABLE upload ADD COLUMN endorsed_at BIGINT
    CHECK ((endorsed_at IS NULL) = (endorsed_by IS NULL) AND (endorsed_at IS NULL OR submitted_at IS NOT NULL));
