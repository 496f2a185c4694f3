-- What is recorded stays: the database itself refuses to change or remove it, whoever asks through the program's own
-- connection. Steps of an upload or reopening are written once. Whoever may drop these triggers can still be found out:
-- the journal vouches for every row.

CREATE FUNCTION nachweis_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'nachweis: what is recorded in % stays as it is', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER journal_stays BEFORE UPDATE ON journal FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER original_stays BEFORE UPDATE ON original FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER figure_stays BEFORE UPDATE ON figure FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER voucher_stays BEFORE UPDATE ON voucher FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER finding_stays BEFORE UPDATE ON finding FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER finding_comment_stays BEFORE UPDATE ON finding_comment FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_summary_stays BEFORE UPDATE ON upload_summary FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER plan_version_stays BEFORE UPDATE ON plan_version FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER plan_row_stays BEFORE UPDATE ON plan_row FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER disbursement_stays BEFORE UPDATE ON disbursement FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER subproject_version_stays BEFORE UPDATE ON subproject_version FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER funding_round_stays BEFORE UPDATE ON funding_round FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER funding_round_version_stays BEFORE UPDATE ON funding_round_version FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER issue_stays BEFORE UPDATE ON issue FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER refused_upload_stays BEFORE UPDATE ON refused_upload FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER quarter_closing_stays BEFORE UPDATE ON quarter_closing FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER frozen_report_stays BEFORE UPDATE ON frozen_report FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER original_is_kept BEFORE DELETE ON original FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER figure_is_kept BEFORE DELETE ON figure FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER voucher_is_kept BEFORE DELETE ON voucher FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER finding_is_kept BEFORE DELETE ON finding FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER finding_comment_is_kept BEFORE DELETE ON finding_comment FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_summary_is_kept BEFORE DELETE ON upload_summary FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER plan_version_is_kept BEFORE DELETE ON plan_version FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER plan_row_is_kept BEFORE DELETE ON plan_row FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER disbursement_is_kept BEFORE DELETE ON disbursement FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER subproject_version_is_kept BEFORE DELETE ON subproject_version FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER funding_round_is_kept BEFORE DELETE ON funding_round FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER funding_round_version_is_kept BEFORE DELETE ON funding_round_version FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER issue_is_kept BEFORE DELETE ON issue FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER refused_upload_is_kept BEFORE DELETE ON refused_upload FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER quarter_closing_is_kept BEFORE DELETE ON quarter_closing FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER frozen_report_is_kept BEFORE DELETE ON frozen_report FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_is_kept BEFORE DELETE ON upload FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER reopening_is_kept BEFORE DELETE ON reopening FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER subproject_is_kept BEFORE DELETE ON subproject FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER network_is_kept BEFORE DELETE ON network FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER user_account_is_kept BEFORE DELETE ON user_account FOR EACH ROW
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_keeps_its_facts BEFORE UPDATE OF 
    id, round, subproject, quarter, revision, sha256, size_bytes,
    file_name, uploaded_by,
    uploaded_at, template_version, rule_version, plan_version, blocking, warnings, notices
   ON upload FOR EACH ROW
WHEN (OLD.id IS DISTINCT FROM NEW.id
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
    OR OLD.notices IS DISTINCT FROM NEW.notices)
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER reopening_keeps_its_facts BEFORE UPDATE OF 
    id, round, quarter, subproject, reason, requested_by, requested_at, expires_at
   ON reopening FOR EACH ROW
WHEN (OLD.id IS DISTINCT FROM NEW.id
    OR OLD.round IS DISTINCT FROM NEW.round
    OR OLD.quarter IS DISTINCT FROM NEW.quarter
    OR OLD.subproject IS DISTINCT FROM NEW.subproject
    OR OLD.reason IS DISTINCT FROM NEW.reason
    OR OLD.requested_by IS DISTINCT FROM NEW.requested_by
    OR OLD.requested_at IS DISTINCT FROM NEW.requested_at
    OR OLD.expires_at IS DISTINCT FROM NEW.expires_at)
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER user_account_keeps_its_facts BEFORE UPDATE OF id, created_at ON user_account FOR EACH ROW
WHEN (OLD.id IS DISTINCT FROM NEW.id
    OR OLD.created_at IS DISTINCT FROM NEW.created_at)
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER subproject_keeps_its_facts BEFORE UPDATE OF no, round ON subproject FOR EACH ROW
WHEN (OLD.no IS DISTINCT FROM NEW.no
    OR OLD.round IS DISTINCT FROM NEW.round)
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER network_keeps_its_facts BEFORE UPDATE OF round, code ON network FOR EACH ROW
WHEN (OLD.round IS DISTINCT FROM NEW.round
    OR OLD.code IS DISTINCT FROM NEW.code)
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_is_submitted_once BEFORE UPDATE ON upload FOR EACH ROW
WHEN (OLD.submitted_at IS NOT NULL AND (OLD.submitted_by IS DISTINCT FROM NEW.submitted_by
    OR OLD.submitted_at IS DISTINCT FROM NEW.submitted_at))
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_is_endorsed_once BEFORE UPDATE ON upload FOR EACH ROW
WHEN (OLD.endorsed_at IS NOT NULL AND (OLD.endorsed_by IS DISTINCT FROM NEW.endorsed_by
    OR OLD.endorsed_at IS DISTINCT FROM NEW.endorsed_at))
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_is_decided_once BEFORE UPDATE ON upload FOR EACH ROW
WHEN (OLD.decided_at IS NOT NULL AND (OLD.decided_by IS DISTINCT FROM NEW.decided_by
    OR OLD.decided_at IS DISTINCT FROM NEW.decided_at
    OR OLD.return_reason IS DISTINCT FROM NEW.return_reason))
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_is_superseded_once BEFORE UPDATE ON upload FOR EACH ROW
WHEN (OLD.superseded_at IS NOT NULL AND (OLD.superseded_at IS DISTINCT FROM NEW.superseded_at))
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER reopening_is_confirmed_once BEFORE UPDATE ON reopening FOR EACH ROW
WHEN (OLD.confirmed_at IS NOT NULL AND (OLD.confirmed_by IS DISTINCT FROM NEW.confirmed_by
    OR OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at))
EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER journal_is_not_emptied BEFORE TRUNCATE ON journal EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER original_is_not_emptied BEFORE TRUNCATE ON original EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER figure_is_not_emptied BEFORE TRUNCATE ON figure EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER voucher_is_not_emptied BEFORE TRUNCATE ON voucher EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER finding_is_not_emptied BEFORE TRUNCATE ON finding EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER finding_comment_is_not_emptied BEFORE TRUNCATE ON finding_comment EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_summary_is_not_emptied BEFORE TRUNCATE ON upload_summary EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER plan_version_is_not_emptied BEFORE TRUNCATE ON plan_version EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER plan_row_is_not_emptied BEFORE TRUNCATE ON plan_row EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER disbursement_is_not_emptied BEFORE TRUNCATE ON disbursement EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER subproject_version_is_not_emptied BEFORE TRUNCATE ON subproject_version EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER funding_round_is_not_emptied BEFORE TRUNCATE ON funding_round EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER funding_round_version_is_not_emptied BEFORE TRUNCATE ON funding_round_version EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER issue_is_not_emptied BEFORE TRUNCATE ON issue EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER refused_upload_is_not_emptied BEFORE TRUNCATE ON refused_upload EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER quarter_closing_is_not_emptied BEFORE TRUNCATE ON quarter_closing EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER frozen_report_is_not_emptied BEFORE TRUNCATE ON frozen_report EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER upload_is_not_emptied BEFORE TRUNCATE ON upload EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER reopening_is_not_emptied BEFORE TRUNCATE ON reopening EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER subproject_is_not_emptied BEFORE TRUNCATE ON subproject EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER network_is_not_emptied BEFORE TRUNCATE ON network EXECUTE FUNCTION nachweis_refuse_change();

CREATE TRIGGER user_account_is_not_emptied BEFORE TRUNCATE ON user_account EXECUTE FUNCTION nachweis_refuse_change();
