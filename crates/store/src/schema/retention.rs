//! Holds that keep originals beyond their retention period, and erasing those that need not be kept.

use diesel::table;

table! {
    retention_hold (id) {
        id -> Text,
        subproject -> Text,
        reason -> Text,
        placed_by -> Text,
        placed_at -> BigInt,
    }
}

table! {
    retention_hold_lift (hold) {
        hold -> Text,
        reason -> Text,
        lifted_by -> Text,
        lifted_at -> BigInt,
    }
}

table! {
    erasure (id) {
        id -> Text,
        subproject -> Text,
        keep_until -> Integer,
        originals -> Integer,
        size_bytes -> BigInt,
        proposed_by -> Text,
        proposed_at -> BigInt,
    }
}

table! {
    erasure_confirmation (erasure) {
        erasure -> Text,
        proposed_by -> Text,
        proposed_at -> BigInt,
        confirmed_by -> Text,
        confirmed_at -> BigInt,
    }
}

table! {
    erased_original (sha256) {
        sha256 -> Text,
        erasure -> Text,
    }
}
