//! Holds that keep originals beyond their retention period.

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
