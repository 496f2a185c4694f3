//! Sessions, their tokens, identities at issuers, and what is counted of attempts.

use diesel::table;

table! {
    refresh_token (token_hash) {
        token_hash -> Text,
        family -> Text,
        user_id -> Text,
        issued_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

table! {
    session (id) {
        id -> Text,
        user_id -> Text,
        began_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        ends_at -> BigInt,
    }
}

table! {
    attempt (id, kind) {
        id -> Text,
        kind -> Text,
        whose -> Text,
        at -> BigInt,
    }
}

table! {
    identity (id) {
        id -> Text,
        user_id -> Text,
        issuer -> Text,
        subject -> Text,
        linked_at -> BigInt,
    }
}

table! {
    former_identity (id) {
        id -> Text,
        user_id -> Text,
        issuer -> Text,
        subject -> Text,
        unlinked_at -> BigInt,
    }
}

table! {
    begun_sign_in (state_sha256) {
        state_sha256 -> Text,
        binding_sha256 -> Text,
        issuer -> Text,
        whose -> Text,
        began_at -> BigInt,
    }
}
