-- Each entry's hash over itself and the hash before it. What was written before is linked when the database is
-- brought to this version; from then on no entry is without.
ALTER TABLE journal ADD COLUMN link TEXT CHECK (length(link) = 64);
