//! Connections that keep the service waiting are closed.
//!
//! The framework bounds the time for the head of the first request of a connection, and idle time. It does not bound a later
//! head, a body that no handler reads, nor an answer that nobody takes. So each connection is watched from outside, by what
//! it waits for: a head, or a taker of its answer. What a handler does has bounds of its own.

use std::{
    cell::Cell,
    net::{Shutdown, TcpStream},
    os::fd::{AsFd, OwnedFd},
    pin::Pin,
    rc::{Rc, Weak},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use actix_web::{
    body::{BodySize, BoxBody, MessageBody},
    dev::Extensions,
    rt,
    web::Bytes,
};
use futures_util::{
    future::{AbortHandle, Abortable},
    ready,
};

use crate::settings::Times;

/// Bytes of an answer that are handed on at once.
const PIECE_BYTES: usize = 64 * 1024;

/// What a connection is doing, and since when.
#[derive(Clone, Copy, Debug)]
enum Phase {
    /// No request is being answered.
    Waiting(Instant),
    /// A handler is at work.
    Working,
    /// An answer is on its way; its last piece was handed on then.
    Sending(Instant),
}

/// A connection as its requests see it.
#[derive(Clone, Debug)]
pub(crate) struct Connection(Rc<Watched>);

#[derive(Debug)]
struct Watched {
    phase: Cell<Phase>,
    watch: AbortHandle,
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

/// Watches a connection from now on, until it ends.
pub(crate) fn watch(stream: &rt::net::TcpStream, data: &mut Extensions, times: Times) {
    let Ok(socket) = stream.as_fd().try_clone_to_owned() else {
        // Without a handle of its own nothing could be closed; the bounds of the framework remain.
        tracing::warn!("a connection is not watched: too many files are open");
        return;
    };
    let (handle, registration) = AbortHandle::new_pair();
    let watched = Rc::new(Watched {
        phase: Cell::new(Phase::Waiting(Instant::now())),
        watch: handle,
    });
    let late = until_late(Rc::downgrade(&watched), times);
    rt::spawn(Abortable::new(
        async move {
            if late.await {
                cut(socket);
            }
        },
        registration,
    ));
    data.insert(Connection(watched));
}

/// Whether a connection has kept the service waiting for too long; `false` when it ended before.
async fn until_late(connection: Weak<Watched>, times: Times) -> bool {
    let shortest = Duration::from_millis(1);
    let step = (times.head.min(times.answer) / 8).max(shortest);
    loop {
        let Some(phase) = connection.upgrade().map(|watched| watched.phase.get()) else {
            return false;
        };
        let left = match phase {
            Phase::Waiting(since) => (times.idle + times.head).checked_sub(since.elapsed()),
            Phase::Sending(since) => times.answer.checked_sub(since.elapsed()),
            Phase::Working => Some(step),
        };
        let Some(left) = left else { return true };
        rt::time::sleep(left.clamp(shortest, step)).await;
    }
}

fn cut(socket: OwnedFd) {
    tracing::info!("a connection kept the service waiting and was closed");
    // One that is gone by now is closed already.
    let _ = TcpStream::from(socket).shutdown(Shutdown::Both);
}

impl Connection {
    /// A request has come.
    pub(crate) fn works(&self) {
        self.0.phase.set(Phase::Working);
    }

    /// The answer to a request is complete.
    pub(crate) fn waits(&self) {
        self.0.phase.set(Phase::Waiting(Instant::now()));
    }

    /// The body of an answer, handed on in pieces, so that it is seen whether they are taken.
    pub(crate) fn sends(self, body: BoxBody) -> BoxBody {
        if matches!(body.size(), BodySize::None | BodySize::Sized(0)) {
            self.waits();
            return body;
        }
        self.0.phase.set(Phase::Sending(Instant::now()));
        BoxBody::new(Pieces {
            body,
            rest: Bytes::new(),
            connection: self,
        })
    }
}

/// A body in pieces. The framework asks for the next one as soon as the last one was taken.
struct Pieces {
    body: BoxBody,
    rest: Bytes,
    connection: Connection,
}

impl MessageBody for Pieces {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let this = self.get_mut();
        this.connection.0.phase.set(Phase::Sending(Instant::now()));
        while this.rest.is_empty() {
            match ready!(Pin::new(&mut this.body).poll_next(context)) {
                Some(Ok(bytes)) => this.rest = bytes,
                end => return Poll::Ready(end),
            }
        }
        let length = this.rest.len().min(PIECE_BYTES);
        Poll::Ready(Some(Ok(this.rest.split_to(length))))
    }
}

impl Drop for Pieces {
    fn drop(&mut self) {
        self.connection.waits();
    }
}
