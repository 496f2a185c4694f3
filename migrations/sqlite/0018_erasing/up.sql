-- Erasing originals that need not be kept any longer: one person proposes, another confirms. The bytes go; the hash, what was
-- read of them and every decision stay.
CREATE TABLE erasure (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    subproject TEXT NOT NULL REFERENCES subproject (no),
    keep_until INTEGER NOT NULL CHECK (keep_until BETWEEN 19000101 AND 29991231),
    originals INTEGER NOT NULL CHECK (originals >= 1),
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    proposed_by TEXT NOT NULL REFERENCES user_account (id),
    proposed_at INTEGER NOT NULL,
    -- What a confirmation repeats of the proposal.
    UNIQUE (id, proposed_by, proposed_at)
) STRICT;

CREATE INDEX erasure_of_subproject ON erasure (subproject);

CREATE TABLE erasure_confirmation (
    erasure TEXT NOT NULL PRIMARY KEY,
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    confirmed_by TEXT NOT NULL REFERENCES user_account (id),
    confirmed_at INTEGER NOT NULL CHECK (confirmed_at > proposed_at),
    FOREIGN KEY (erasure, proposed_by, proposed_at) REFERENCES erasure (id, proposed_by, proposed_at),
    -- Four eyes: nobody confirms what they proposed.
    CHECK (confirmed_by <> proposed_by)
) STRICT;

CREATE TABLE erased_original (
    sha256 TEXT NOT NULL PRIMARY KEY REFERENCES original (sha256),
    erasure TEXT NOT NULL REFERENCES erasure_confirmation (erasure)
) STRICT;

CREATE INDEX erased_original_of_erasure ON erased_original (erasure);

CREATE INDEX upload_of_original ON upload (sha256);

CREATE TRIGGER erasure_stays BEFORE UPDATE ON erasure
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in erasure stays as it is'); END;

CREATE TRIGGER erasure_is_kept BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in erasure stays as it is'); END;

CREATE TRIGGER erasure_confirmation_stays BEFORE UPDATE ON erasure_confirmation
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in erasure_confirmation stays as it is'); END;

CREATE TRIGGER erasure_confirmation_is_kept BEFORE DELETE ON erasure_confirmation
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in erasure_confirmation stays as it is'); END;

CREATE TRIGGER erased_original_stays BEFORE UPDATE ON erased_original
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in erased_original stays as it is'); END;

CREATE TRIGGER erased_original_is_kept BEFORE DELETE ON erased_original
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in erased_original stays as it is'); END;

-- A hold keeps originals, whoever confirms.

CREATE TRIGGER erasure_waits_for_holds BEFORE INSERT ON erasure_confirmation
BEGIN
    SELECT RAISE(ABORT, 'nachweis: a hold keeps these originals')
    WHERE EXISTS (
        SELECT 1 FROM erasure e
        INNER JOIN retention_hold h ON h.subproject = e.subproject
        WHERE e.id = NEW.erasure AND NOT EXISTS (SELECT 1 FROM retention_hold_lift l WHERE l.hold = h.id)
    );
END;

-- Bytes that came for several subprojects are erased with the last of them, and not while a hold keeps them for another.

CREATE TRIGGER original_is_kept_for_others BEFORE INSERT ON erased_original
BEGIN
    SELECT RAISE(ABORT, 'nachweis: this original is kept for another subproject')
    WHERE EXISTS (
        SELECT 1 FROM upload u
        WHERE u.sha256 = NEW.sha256 AND (
            NOT EXISTS (
                SELECT 1 FROM erasure e
                INNER JOIN erasure_confirmation c ON c.erasure = e.id
                WHERE e.subproject = u.subproject AND c.confirmed_at > u.uploaded_at
            )
            OR EXISTS (
                SELECT 1 FROM retention_hold h
                WHERE h.subproject = u.subproject
                    AND NOT EXISTS (SELECT 1 FROM retention_hold_lift l WHERE l.hold = h.id)
            )
        )
    );
END;

-- The bytes of an original go only where an erasure is recorded, and then wholly.

DROP TRIGGER original_stays;

CREATE TRIGGER original_stays BEFORE UPDATE ON original
BEGIN
    SELECT RAISE(ABORT, 'nachweis: what is recorded in original stays as it is')
    WHERE NEW.sha256 <> OLD.sha256 OR length(NEW.bytes) <> 0
        OR NOT EXISTS (SELECT 1 FROM erased_original e WHERE e.sha256 = OLD.sha256);
END;
