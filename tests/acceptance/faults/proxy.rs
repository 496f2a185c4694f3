//! A connection to a database server that can be cut and mended.

use std::{
    io,
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// Passes bytes between programs and a server. While it is cut, every connection is closed and new ones are refused, as when
/// the server is down.
pub(super) struct Proxy {
    port: u16,
    server: String,
    /// Both ends of every connection.
    ends: Arc<Mutex<Vec<TcpStream>>>,
    listening: Option<Listening>,
}

struct Listening {
    ends: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Proxy {
    /// A proxy before the server of an address such as `postgres://nachweis@127.0.0.1:5432/name`, and the address through it.
    pub(super) fn before(url: &str) -> (Self, String) {
        let (who, place) = url.split_once('@').expect("an address with a user");
        let (server, database) = place.split_once('/').expect("an address with a database");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let mut proxy = Self {
            port,
            server: server.to_owned(),
            ends: Arc::default(),
            listening: None,
        };
        proxy.listen(listener);
        (proxy, format!("{who}@127.0.0.1:{port}/{database}"))
    }

    /// Closes every connection and refuses new ones.
    pub(super) fn cut(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.ends.store(true, Ordering::Relaxed);
            listening.thread.join().expect("it ends");
        }
        for end in self.ends.lock().expect("not poisoned").drain(..) {
            drop(end.shutdown(Shutdown::Both));
        }
    }

    /// Takes connections again, at the same port.
    pub(super) fn mend(&mut self) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).expect("the port is still free");
        self.listen(listener);
    }

    fn listen(&mut self, listener: TcpListener) {
        listener.set_nonblocking(true).expect("it can");
        let done = Arc::new(AtomicBool::new(false));
        let (ended, server, ends) = (Arc::clone(&done), self.server.clone(), Arc::clone(&self.ends));
        let thread = thread::spawn(move || {
            while !ended.load(Ordering::Relaxed) {
                match listener.accept() {
                    Ok((program, _from)) => drop(joined(program, &server, &ends)),
                    Err(_nobody_yet) => thread::sleep(Duration::from_millis(2)),
                }
            }
        });
        self.listening = Some(Listening { ends: done, thread });
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.cut();
    }
}

/// Joins a program with the server; when either end closes, so does the other.
fn joined(program: TcpStream, server: &str, ends: &Mutex<Vec<TcpStream>>) -> io::Result<()> {
    program.set_nonblocking(false)?;
    let server = TcpStream::connect(server)?;
    for end in [&program, &server] {
        end.set_nodelay(true)?;
        ends.lock().expect("not poisoned").push(end.try_clone()?);
    }
    for (mut from, mut to) in [(program.try_clone()?, server.try_clone()?), (server, program)] {
        thread::spawn(move || {
            drop(io::copy(&mut from, &mut to));
            for end in [from, to] {
                drop(end.shutdown(Shutdown::Both));
            }
        });
    }
    Ok(())
}
