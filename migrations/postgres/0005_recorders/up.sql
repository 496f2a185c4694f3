-- Who recorded a plan version and a payment; NULL for the system itself. What was recorded before is filled in from the
-- journal, which names who imported what at which moment.
ALTER TABLE plan_version ADD COLUMN recorded_by TEXT REFERENCES user_account (id);

ALTER TABLE disbursement ADD COLUMN recorded_by TEXT REFERENCES user_account (id);

UPDATE plan_version SET recorded_by = (
    SELECT journal.actor
    FROM journal
    WHERE journal.action = 'plan_recorded'
        AND journal.object = plan_version.subproject
        AND journal.at = plan_version.recorded_at
    ORDER BY journal.position DESC
    LIMIT 1
);

UPDATE disbursement SET recorded_by = (
    SELECT journal.actor
    FROM journal
    INNER JOIN subproject ON subproject.round = journal.object
    WHERE journal.action = 'programme_imported'
        AND subproject.no = disbursement.subproject
        AND journal.at = disbursement.recorded_at
    ORDER BY journal.position DESC
    LIMIT 1
);
