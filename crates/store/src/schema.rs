//! The tables as Diesel sees them: the same on both databases.
//!
//! A test compares this with both databases column by column.

use diesel::table;

mod retention;
mod sign_in;
mod waivers;

pub(crate) use retention::{
    erased_original, erasure, erasure_confirmation, retention_hold, retention_hold_lift,
};
pub(crate) use sign_in::{attempt, begun_sign_in, former_identity, identity, refresh_token, session};
pub(crate) use waivers::{finding_waiver, waiver, waiver_decision, waiver_withdrawal};

table! {
    nachweis (id) {
        id -> Integer,
    }
}

table! {
    user_account (id) {
        id -> Text,
        login -> Text,
        login_key -> Text,
        display_name -> Text,
        language -> Text,
        password_hash -> Nullable<Text>,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
        epoch -> BigInt,
    }
}

table! {
    role_grant (user_id, role, scope_kind, scope_key) {
        user_id -> Text,
        role -> Text,
        scope_kind -> Text,
        scope_key -> Text,
        granted_at -> BigInt,
    }
}

table! {
    idempotent_request (user_id, request_key) {
        user_id -> Text,
        request_key -> Text,
        request_sha256 -> Text,
        began_at -> BigInt,
        run -> Text,
        status -> Nullable<Integer>,
        headers -> Nullable<Text>,
        body -> Nullable<Binary>,
        epoch -> Nullable<BigInt>,
    }
}

table! {
    funding_round (code) {
        code -> Text,
        recorded_at -> BigInt,
    }
}

table! {
    funding_round_version (round, number) {
        round -> Text,
        number -> Integer,
        document -> Text,
        document_sha256 -> Text,
        recorded_at -> BigInt,
    }
}

table! {
    network (round, code) {
        round -> Text,
        code -> Text,
        name -> Text,
        land -> Nullable<Text>,
        recorded_at -> BigInt,
    }
}

table! {
    subproject (no) {
        no -> Text,
        round -> Text,
        kind -> Text,
        title -> Text,
        carrier -> Text,
        network -> Nullable<Text>,
        land -> Nullable<Text>,
        nuts2 -> Nullable<Text>,
        regions -> Text,
        strand -> Text,
        action_field -> Text,
        first_day -> Integer,
        last_day -> Integer,
        passed_on_via -> Nullable<Text>,
        recorded_at -> BigInt,
    }
}

table! {
    subproject_version (subproject, number) {
        subproject -> Text,
        number -> Integer,
        document -> Text,
        recorded_at -> BigInt,
    }
}

table! {
    network_version (round, network, number) {
        round -> Text,
        network -> Text,
        number -> Integer,
        name -> Text,
        land -> Nullable<Text>,
        recorded_at -> BigInt,
    }
}

table! {
    coordination (seq) {
        seq -> BigInt,
        user_id -> Text,
        scope_key -> Text,
        since -> BigInt,
        until -> Nullable<BigInt>,
    }
}

table! {
    plan_version (subproject, number) {
        subproject -> Text,
        number -> Integer,
        effective_from -> Integer,
        recorded_at -> BigInt,
        recorded_by -> Nullable<Text>,
    }
}

table! {
    plan_row (subproject, number, kind, key, year) {
        subproject -> Text,
        number -> Integer,
        kind -> Text,
        key -> Text,
        year -> Integer,
        amount -> BigInt,
    }
}

table! {
    disbursement (seq) {
        seq -> BigInt,
        subproject -> Text,
        paid_on -> Integer,
        source -> Text,
        amount_cents -> BigInt,
        recorded_at -> BigInt,
        recorded_by -> Nullable<Text>,
    }
}

table! {
    issue (id) {
        id -> Text,
        subproject -> Text,
        quarter -> Integer,
        template_version -> Text,
        plan_version -> Integer,
        seal -> Text,
        issued_by -> Text,
        issued_at -> BigInt,
    }
}

table! {
    original (sha256) {
        sha256 -> Text,
        bytes -> Binary,
    }
}

table! {
    upload (seq) {
        seq -> BigInt,
        id -> Text,
        round -> Text,
        subproject -> Text,
        quarter -> Integer,
        revision -> Integer,
        sha256 -> Text,
        size_bytes -> BigInt,
        file_name -> Text,
        uploaded_by -> Text,
        uploaded_at -> BigInt,
        template_version -> Text,
        rule_version -> Text,
        plan_version -> Integer,
        blocking -> Integer,
        warnings -> Integer,
        notices -> Integer,
        state -> Text,
        submitted_by -> Nullable<Text>,
        submitted_at -> Nullable<BigInt>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<BigInt>,
        return_reason -> Nullable<Text>,
        superseded_at -> Nullable<BigInt>,
        endorsed_by -> Nullable<Text>,
        endorsed_at -> Nullable<BigInt>,
        waived -> Nullable<Integer>,
    }
}

table! {
    upload_summary (upload_seq) {
        upload_seq -> BigInt,
        voucher_sheet -> Text,
        voucher_columns -> Text,
        totals -> Text,
    }
}

table! {
    voucher (upload_seq, sheet_row) {
        upload_seq -> BigInt,
        sheet_row -> Integer,
        number -> Nullable<Text>,
        paid_on -> Nullable<Integer>,
        payee -> Nullable<Text>,
        purpose -> Nullable<Text>,
        item -> Nullable<Text>,
        amount_cents -> Nullable<BigInt>,
        corrects -> Nullable<Integer>,
    }
}

table! {
    figure (upload_seq, position) {
        upload_seq -> BigInt,
        position -> Integer,
        kind -> Text,
        key -> Text,
        part -> Text,
        sheet -> Text,
        sheet_row -> Integer,
        sheet_col -> Integer,
        value -> Nullable<BigInt>,
        text -> Nullable<Text>,
    }
}

table! {
    finding (upload_seq, position) {
        upload_seq -> BigInt,
        position -> Integer,
        code -> Text,
        severity -> Text,
        sheet -> Nullable<Text>,
        sheet_row -> Nullable<Integer>,
        sheet_col -> Nullable<Integer>,
        related -> Text,
        detail -> Text,
    }
}

table! {
    finding_comment (upload_seq, finding) {
        upload_seq -> BigInt,
        finding -> Integer,
        comment -> Text,
        commented_by -> Text,
        commented_at -> BigInt,
    }
}

table! {
    refused_upload (seq) {
        seq -> BigInt,
        subproject -> Text,
        quarter -> Integer,
        sha256 -> Text,
        size_bytes -> BigInt,
        sent_by -> Text,
        sent_at -> BigInt,
        reason -> Text,
    }
}

table! {
    quarter_closing (round, quarter) {
        round -> Text,
        quarter -> Integer,
        closed_by -> Text,
        closed_at -> BigInt,
        missing -> Integer,
    }
}

table! {
    frozen_report (round, quarter, name, language, format) {
        round -> Text,
        quarter -> Integer,
        name -> Text,
        language -> Text,
        format -> Text,
        sha256 -> Text,
        bytes -> Binary,
    }
}

table! {
    reopening (id) {
        id -> Text,
        round -> Text,
        quarter -> Integer,
        subproject -> Text,
        reason -> Text,
        requested_by -> Text,
        requested_at -> BigInt,
        expires_at -> BigInt,
        confirmed_by -> Nullable<Text>,
        confirmed_at -> Nullable<BigInt>,
    }
}

table! {
    reopening_withdrawal (reopening) {
        reopening -> Text,
        reason -> Text,
        withdrawn_by -> Text,
        withdrawn_at -> BigInt,
    }
}

table! {
    journal (position) {
        position -> BigInt,
        at -> BigInt,
        actor -> Nullable<Text>,
        action -> Text,
        object -> Text,
        detail -> Text,
        figures_of -> Nullable<Text>,
        link -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    nachweis,
    user_account,
    role_grant,
    refresh_token,
    session,
    idempotent_request,
    attempt,
    identity,
    former_identity,
    begun_sign_in,
    funding_round,
    funding_round_version,
    network,
    subproject,
    subproject_version,
    plan_version,
    plan_row,
    disbursement,
    issue,
    original,
    upload,
    upload_summary,
    voucher,
    figure,
    finding,
    finding_comment,
    refused_upload,
    waiver,
    waiver_decision,
    waiver_withdrawal,
    finding_waiver,
    reopening,
    reopening_withdrawal,
    retention_hold,
    retention_hold_lift,
    erasure,
    erasure_confirmation,
    erased_original,
    journal,
);

diesel::allow_columns_to_appear_in_same_group_by_clause!(
    upload::subproject,
    upload::quarter,
    upload::decided_at,
    figure::kind,
    figure::key,
    figure::part,
);
