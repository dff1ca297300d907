//! A client's connection with deadlines that no pace gets around: a request that has begun to come
//! gets an answer in time, and an answer that has begun to go is taken in time. However steadily
//! either drips, and whichever request on the connection it is.

use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a connection's client may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// From the first byte of a request to the first of its answer; and from an answer to the next
    /// request, which mostly ends sooner.
    pub(super) request: Duration,
    /// From the first byte of an answer until all of it is taken.
    pub(super) reading: Duration,
}

/// What the client is at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Asking,
    Reading,
}

/// A connection that is given up when its client is late.
pub(super) struct Timed<S> {
    stream: S,
    patience: Patience,
    phase: Phase,
    due: Instant,
    /// Rings at the time that was due when it was last looked at, or before.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl<S> Timed<S> {
    pub(super) fn new(stream: S, patience: Patience) -> Timed<S> {
        let due = Instant::now() + patience.request;
        Timed { stream, patience, phase: Phase::Idle, due, alarm: None }
    }

    /// The client goes over to another phase.
    fn enter(&mut self, phase: Phase) {
        let patience = match phase {
            Phase::Idle | Phase::Asking => self.patience.request,
            Phase::Reading => self.patience.reading,
        };
        (self.phase, self.due) = (phase, Instant::now() + patience);
    }

    /// What waiting for the client comes to: an error, once it is late.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        let due = self.due;
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(due)));
        // Mostly it has moved on since the alarm was set, which costs less than to set it each time.
        if due < alarm.deadline() {
            alarm.as_mut().reset(due);
        }
        while alarm.as_mut().poll(context).is_ready() {
            if Instant::now() >= due {
                return Poll::Ready(Err(ErrorKind::TimedOut.into()));
            }
            alarm.as_mut().reset(due);
        }
        Poll::Pending
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => self.wait(context),
            read => {
                if self.phase == Phase::Idle {
                    self.enter(Phase::Asking);
                }
                read
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.phase != Phase::Reading {
            self.enter(Phase::Reading);
        }
        match Pin::new(&mut self.stream).poll_write(context, bytes) {
            Poll::Pending => self.wait(context),
            written => written,
        }
    }

    /// Called when everything that was to be written has been.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_flush(context) {
            Poll::Pending => self.wait(context),
            flushed => {
                if self.phase == Phase::Reading {
                    self.enter(Phase::Idle);
                }
                flushed
            }
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
