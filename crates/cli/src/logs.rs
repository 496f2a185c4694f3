//! Logs: JSON lines on standard error, warnings and errors unless `NACHWEIS_LOG` asks for more.

use tracing_subscriber::EnvFilter;

/// Begins logging; a second call changes nothing.
pub(crate) fn begin() {
    let filter = EnvFilter::try_from_env("NACHWEIS_LOG").unwrap_or_else(|_unset| EnvFilter::new("warn"));
    let begun = tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        // A log that nobody takes must not break a request: the fallback would panic where standard error is closed.
        .log_internal_errors(false)
        .try_init();
    drop(begun);
}
