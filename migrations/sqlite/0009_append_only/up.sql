-- What is recorded stays: the database itself refuses to change or remove it, whoever asks through the program's own
-- connection. Steps of an upload or reopening are written once. Whoever may drop these triggers can still be found out:
-- the journal vouches for every row.

CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in journal stays as it is'); END;

CREATE TRIGGER original_stays BEFORE UPDATE ON original
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in original stays as it is'); END;

CREATE TRIGGER figure_stays BEFORE UPDATE ON figure
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in figure stays as it is'); END;

CREATE TRIGGER voucher_stays BEFORE UPDATE ON voucher
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in voucher stays as it is'); END;

CREATE TRIGGER finding_stays BEFORE UPDATE ON finding
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in finding stays as it is'); END;

CREATE TRIGGER finding_comment_stays BEFORE UPDATE ON finding_comment
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in finding_comment stays as it is'); END;

CREATE TRIGGER upload_summary_stays BEFORE UPDATE ON upload_summary
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in upload_summary stays as it is'); END;

CREATE TRIGGER plan_version_stays BEFORE UPDATE ON plan_version
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in plan_version stays as it is'); END;

CREATE TRIGGER plan_row_stays BEFORE UPDATE ON plan_row
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in plan_row stays as it is'); END;

CREATE TRIGGER disbursement_stays BEFORE UPDATE ON disbursement
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in disbursement stays as it is'); END;

CREATE TRIGGER subproject_version_stays BEFORE UPDATE ON subproject_version
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in subproject_version stays as it is'); END;

CREATE TRIGGER funding_round_stays BEFORE UPDATE ON funding_round
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in funding_round stays as it is'); END;

CREATE TRIGGER funding_round_version_stays BEFORE UPDATE ON funding_round_version
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in funding_round_version stays as it is'); END;

CREATE TRIGGER issue_stays BEFORE UPDATE ON issue
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in issue stays as it is'); END;

CREATE TRIGGER refused_upload_stays BEFORE UPDATE ON refused_upload
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in refused_upload stays as it is'); END;

CREATE TRIGGER quarter_closing_stays BEFORE UPDATE ON quarter_closing
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in quarter_closing stays as it is'); END;

CREATE TRIGGER frozen_report_stays BEFORE UPDATE ON frozen_report
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in frozen_report stays as it is'); END;

CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in journal stays as it is'); END;

CREATE TRIGGER original_is_kept BEFORE DELETE ON original
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in original stays as it is'); END;

CREATE TRIGGER figure_is_kept BEFORE DELETE ON figure
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in figure stays as it is'); END;

CREATE TRIGGER voucher_is_kept BEFORE DELETE ON voucher
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in voucher stays as it is'); END;

CREATE TRIGGER finding_is_kept BEFORE DELETE ON finding
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in finding stays as it is'); END;

CREATE TRIGGER finding_comment_is_kept BEFORE DELETE ON finding_comment
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in finding_comment stays as it is'); END;

CREATE TRIGGER upload_summary_is_kept BEFORE DELETE ON upload_summary
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in upload_summary stays as it is'); END;

CREATE TRIGGER plan_version_is_kept BEFORE DELETE ON plan_version
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in plan_version stays as it is'); END;

CREATE TRIGGER plan_row_is_kept BEFORE DELETE ON plan_row
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in plan_row stays as it is'); END;

CREATE TRIGGER disbursement_is_kept BEFORE DELETE ON disbursement
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in disbursement stays as it is'); END;

CREATE TRIGGER subproject_version_is_kept BEFORE DELETE ON subproject_version
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in subproject_version stays as it is'); END;

CREATE TRIGGER funding_round_is_kept BEFORE DELETE ON funding_round
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in funding_round stays as it is'); END;

CREATE TRIGGER funding_round_version_is_kept BEFORE DELETE ON funding_round_version
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in funding_round_version stays as it is'); END;

CREATE TRIGGER issue_is_kept BEFORE DELETE ON issue
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in issue stays as it is'); END;

CREATE TRIGGER refused_upload_is_kept BEFORE DELETE ON refused_upload
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in refused_upload stays as it is'); END;

CREATE TRIGGER quarter_closing_is_kept BEFORE DELETE ON quarter_closing
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in quarter_closing stays as it is'); END;

CREATE TRIGGER frozen_report_is_kept BEFORE DELETE ON frozen_report
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in frozen_report stays as it is'); END;

CREATE TRIGGER upload_is_kept BEFORE DELETE ON upload
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in upload stays as it is'); END;

CREATE TRIGGER reopening_is_kept BEFORE DELETE ON reopening
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in reopening stays as it is'); END;

CREATE TRIGGER subproject_is_kept BEFORE DELETE ON subproject
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in subproject stays as it is'); END;

CREATE TRIGGER network_is_kept BEFORE DELETE ON network
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in network stays as it is'); END;

CREATE TRIGGER user_account_is_kept BEFORE DELETE ON user_account
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in user_account stays as it is'); END;

CREATE TRIGGER upload_keeps_its_facts BEFORE UPDATE OF 
    id, round, subproject, quarter, revision, sha256, size_bytes,
    file_name, uploaded_by,
    uploaded_at, template_version, rule_version, plan_version, blocking, warnings, notices
   ON upload
WHEN OLD.id IS DISTINCT FROM NEW.id
    OR OLD.round IS DISTINCT FROM NEW.round
    OR OLD.subproject IS DISTINCT FROM NEW.subproject
    OR OLD.quarter IS DISTINCT FROM NEW.quarter
    OR OLD.revision IS DISTINCT FROM NEW.revision
    OR OLD.sha256 IS DISTINCT FROM NEW.sha256
    OR OLD.size_bytes IS DISTINCT FROM NEW.size_bytes
    OR OLD.file_name IS DISTINCT FROM NEW.file_name
    OR OLD.uploaded_by IS DISTINCT FROM NEW.uploaded_by
    OR OLD.uploaded_at IS DISTINCT FROM NEW.uploaded_at
    OR OLD.template_version IS DISTINCT FROM NEW.template_version
    OR OLD.rule_version IS DISTINCT FROM NEW.rule_version
    OR OLD.plan_version IS DISTINCT FROM NEW.plan_version
    OR OLD.blocking IS DISTINCT FROM NEW.blocking
    OR OLD.warnings IS DISTINCT FROM NEW.warnings
    OR OLD.notices IS DISTINCT FROM NEW.notices
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in upload stays as it is'); END;

CREATE TRIGGER reopening_keeps_its_facts BEFORE UPDATE OF 
    id, round, quarter, subproject, reason, requested_by, requested_at, expires_at
   ON reopening
WHEN OLD.id IS DISTINCT FROM NEW.id
    OR OLD.round IS DISTINCT FROM NEW.round
    OR OLD.quarter IS DISTINCT FROM NEW.quarter
    OR OLD.subproject IS DISTINCT FROM NEW.subproject
    OR OLD.reason IS DISTINCT FROM NEW.reason
    OR OLD.requested_by IS DISTINCT FROM NEW.requested_by
    OR OLD.requested_at IS DISTINCT FROM NEW.requested_at
    OR OLD.expires_at IS DISTINCT FROM NEW.expires_at
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in reopening stays as it is'); END;

CREATE TRIGGER user_account_keeps_its_facts BEFORE UPDATE OF id, created_at ON user_account
WHEN OLD.id IS DISTINCT FROM NEW.id
    OR OLD.created_at IS DISTINCT FROM NEW.created_at
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in user_account stays as it is'); END;

CREATE TRIGGER subproject_keeps_its_facts BEFORE UPDATE OF no, round ON subproject
WHEN OLD.no IS DISTINCT FROM NEW.no
    OR OLD.round IS DISTINCT FROM NEW.round
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in subproject stays as it is'); END;

CREATE TRIGGER network_keeps_its_facts BEFORE UPDATE OF round, code ON network
WHEN OLD.round IS DISTINCT FROM NEW.round
    OR OLD.code IS DISTINCT FROM NEW.code
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in network stays as it is'); END;

CREATE TRIGGER upload_is_submitted_once BEFORE UPDATE ON upload
WHEN OLD.submitted_at IS NOT NULL AND (OLD.submitted_by IS DISTINCT FROM NEW.submitted_by
    OR OLD.submitted_at IS DISTINCT FROM NEW.submitted_at)
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in upload stays as it is'); END;

CREATE TRIGGER upload_is_endorsed_once BEFORE UPDATE ON upload
WHEN OLD.endorsed_at IS NOT NULL AND (OLD.endorsed_by IS DISTINCT FROM NEW.endorsed_by
    OR OLD.endorsed_at IS DISTINCT FROM NEW.endorsed_at)
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in upload stays as it is'); END;

CREATE TRIGGER upload_is_decided_once BEFORE UPDATE ON upload
WHEN OLD.decided_at IS NOT NULL AND (OLD.decided_by IS DISTINCT FROM NEW.decided_by
    OR OLD.decided_at IS DISTINCT FROM NEW.decided_at
    OR OLD.return_reason IS DISTINCT FROM NEW.return_reason)
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in upload stays as it is'); END;

CREATE TRIGGER upload_is_superseded_once BEFORE UPDATE ON upload
WHEN OLD.superseded_at IS NOT NULL AND (OLD.superseded_at IS DISTINCT FROM NEW.superseded_at)
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in upload stays as it is'); END;

CREATE TRIGGER reopening_is_confirmed_once BEFORE UPDATE ON reopening
WHEN OLD.confirmed_at IS NOT NULL AND (OLD.confirmed_by IS DISTINCT FROM NEW.confirmed_by
    OR OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at)
BEGIN SELECT RAISE(ABORT, 'nachweis: what is recorded in reopening stays as it is'); END;
