-- Erasing originals that need not be kept any longer: one person proposes, another confirms. The bytes go; the hash, what was
-- read of them and every decision stay.
CREATE TABLE erasure (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    subproject TEXT NOT NULL REFERENCES subproject (no),
    keep_until INTEGER NOT NULL CHECK (keep_until BETWEEN 19000101 AND 29991231),
    originals INTEGER NOT NULL CHECK (originals >= 1),
    size_bytes BIGINT NOT NULL CHECK (size_bytes >= 0),
    proposed_by TEXT NOT NULL REFERENCES user_account (id),
    proposed_at BIGINT NOT NULL,
    -- What a confirmation repeats of the proposal.
    UNIQUE (id, proposed_by, proposed_at)
);

CREATE INDEX erasure_of_subproject ON erasure (subproject);

CREATE TABLE erasure_confirmation (
    erasure TEXT NOT NULL PRIMARY KEY,
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    confirmed_by TEXT NOT NULL REFERENCES user_account (id),
    confirmed_at BIGINT NOT NULL CHECK (confirmed_at > proposed_at),
    FOREIGN KEY (erasure, proposed_by, proposed_at) REFERENCES erasure (id, proposed_by, proposed_at),
    -- Four eyes: nobody confirms what they proposed.
    CHECK (confirmed_by <> proposed_by)
);

CREATE TABLE erased_original (
    sha256 TEXT NOT NULL PRIMARY KEY REFERENCES original (sha256),
    erasure TEXT NOT NULL REFERENCES erasure_confirmation (erasure)
);

CREATE INDEX erased_original_of_erasure ON erased_original (erasure);

CREATE INDEX upload_of_original ON upload (sha256);

CREATE TRIGGER erasure_stays BEFORE UPDATE ON erasure FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER erasure_is_kept BEFORE DELETE ON erasure FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER erasure_is_not_emptied BEFORE TRUNCATE ON erasure EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER erasure_confirmation_stays BEFORE UPDATE ON erasure_confirmation FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER erasure_confirmation_is_kept BEFORE DELETE ON erasure_confirmation FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER erasure_confirmation_is_not_emptied BEFORE TRUNCATE ON erasure_confirmation EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER erased_original_stays BEFORE UPDATE ON erased_original FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER erased_original_is_kept BEFORE DELETE ON erased_original FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER erased_original_is_not_emptied BEFORE TRUNCATE ON erased_original EXECUTE FUNCTION nachweis_refuse_change();

-- A hold keeps originals, whoever confirms.

CREATE FUNCTION nachweis_erasure_waits_for_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM erasure e
        INNER JOIN retention_hold h ON h.subproject = e.subproject
        WHERE e.id = NEW.erasure AND NOT EXISTS (SELECT 1 FROM retention_hold_lift l WHERE l.hold = h.id)
    ) THEN
        RAISE EXCEPTION 'nachweis: a hold keeps these originals';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER erasure_waits_for_holds BEFORE INSERT ON erasure_confirmation FOR EACH ROW
EXECUTE FUNCTION nachweis_erasure_waits_for_holds();

-- Bytes that came for several subprojects are erased with the last of them, and not while a hold keeps them for another.

CREATE FUNCTION nachweis_original_is_kept_for_others() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
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
    ) THEN
        RAISE EXCEPTION 'nachweis: this original is kept for another subproject';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER original_is_kept_for_others BEFORE INSERT ON erased_original FOR EACH ROW
EXECUTE FUNCTION nachweis_original_is_kept_for_others();

-- The bytes of an original go only where an erasure is recorded, and then wholly.

CREATE FUNCTION nachweis_original_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sha256 <> OLD.sha256 OR length(NEW.bytes) <> 0
        OR NOT EXISTS (SELECT 1 FROM erased_original e WHERE e.sha256 = OLD.sha256)
    THEN
        RAISE EXCEPTION 'nachweis: what is recorded in original stays as it is';
    END IF;
    RETURN NEW;
END
$$;

DROP TRIGGER original_stays ON original;

CREATE TRIGGER original_stays BEFORE UPDATE ON original FOR EACH ROW
EXECUTE FUNCTION nachweis_original_stays();
