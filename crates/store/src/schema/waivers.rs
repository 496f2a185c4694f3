//! The tables of waivers.

use diesel::table;

table! {
    waiver (id) {
        id -> Text,
        round -> Text,
        number -> Integer,
        subproject -> Text,
        code -> Text,
        first_quarter -> Integer,
        last_quarter -> Integer,
        reason -> Text,
        asked_by -> Text,
        asked_at -> BigInt,
        asked_until -> BigInt,
    }
}

table! {
    waiver_decision (waiver) {
        waiver -> Text,
        asked_by -> Text,
        asked_at -> BigInt,
        asked_until -> BigInt,
        until -> Nullable<BigInt>,
        reason -> Text,
        decided_by -> Text,
        decided_at -> BigInt,
    }
}

table! {
    waiver_withdrawal (waiver) {
        waiver -> Text,
        reason -> Text,
        withdrawn_by -> Text,
        withdrawn_at -> BigInt,
    }
}

table! {
    finding_waiver (upload_seq, finding) {
        upload_seq -> BigInt,
        finding -> Integer,
        waiver -> Text,
    }
}
