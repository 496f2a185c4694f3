-- What was last at a moment is found by time. Moments grow with positions since 0007; among earlier entries they need not.
CREATE INDEX journal_by_moment ON journal (figures_of, at, position);

DROP INDEX journal_of_round;

-- Each state of a network; `network` holds the newest. Of what was recorded before only the newest is known: it stands
-- for the time since the first subproject of the network was recorded.
CREATE TABLE network_version (
    round TEXT NOT NULL,
    network TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    name TEXT NOT NULL,
    land TEXT CHECK (length(land) = 2),
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (round, network, number),
    FOREIGN KEY (round, network) REFERENCES network (round, code)
) STRICT;

INSERT INTO network_version (round, network, number, name, land, recorded_at)
SELECT network.round, network.code, 1, network.name, network.land, COALESCE(
    (
        SELECT MIN(subproject_version.recorded_at)
        FROM subproject_version
        INNER JOIN subproject ON subproject.no = subproject_version.subproject
        WHERE subproject.round = network.round
            AND subproject.network = network.code
            AND subproject_version.recorded_at < network.recorded_at
    ),
    network.recorded_at
)
FROM network;

-- Who coordinated what, from when until when: a network, or all of them (`scope_key` is empty).
CREATE TABLE coordination (
    seq INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user_account (id),
    scope_key TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER CHECK (until >= since)
) STRICT;

CREATE INDEX coordination_of_user ON coordination (user_id);

INSERT INTO coordination (user_id, scope_key, since, until)
SELECT role_grant.user_id, role_grant.scope_key, role_grant.granted_at, user_account.disabled_at
FROM role_grant
INNER JOIN user_account ON user_account.id = role_grant.user_id
WHERE role_grant.role = 'coordinator' AND role_grant.scope_kind IN ('network', 'all');
