//! A small issuer that says whatever a test wants: a real server with real keys, for answers that no honest issuer gives.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

/// What stands at an address.
#[derive(Clone)]
pub(crate) enum Reply {
    /// A status with JSON.
    Json(u16, Value),
    /// A status with bytes.
    Bytes(u16, Vec<u8>),
    /// A redirect to another address.
    Redirect(String),
    /// Nothing, while the connection stays open.
    Silence,
}

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: String,
}

#[derive(Default)]
struct Shared {
    replies: Mutex<HashMap<String, Reply>>,
    asked: Mutex<Vec<Asked>>,
    open: Mutex<Vec<TcpStream>>,
    ended: AtomicBool,
}

/// A small issuer. Stops when dropped.
pub(crate) struct TrialIssuer {
    /// Its address as it names itself.
    pub(crate) address: String,
    socket: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// A key of an issuer.
pub(crate) struct TrialKey {
    pub(crate) kid: String,
    algorithm: Algorithm,
    signing: EncodingKey,
    /// What the issuer publishes of it.
    pub(crate) public: Value,
}

impl TrialKey {
    /// A new Ed25519 key.
    pub(crate) fn ed25519(kid: &str) -> Self {
        let document = Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap();
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(document.as_ref()).unwrap();
        let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        Self {
            kid: kid.to_owned(),
            algorithm: Algorithm::EdDSA,
            signing: EncodingKey::from_ed_der(document.as_ref()),
            public: json!({ "kty": "OKP", "crv": "Ed25519", "kid": kid, "x": x }),
        }
    }

    /// A new P-256 key.
    pub(crate) fn p256(kid: &str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let document = pair.to_pkcs8v1().unwrap();
        let [x, y] = [1..33, 33..65].map(|part| URL_SAFE_NO_PAD.encode(&pair.public_key().as_ref()[part]));
        Self {
            kid: kid.to_owned(),
            algorithm: Algorithm::ES256,
            signing: EncodingKey::from_ec_der(document.as_ref()),
            public: json!({ "kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y }),
        }
    }

    /// The header of its tokens.
    pub(crate) fn header(&self) -> Header {
        let mut header = Header::new(self.algorithm);
        header.kid = Some(self.kid.clone());
        header
    }

    /// A token with a header of its own.
    pub(crate) fn sign_under(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.signing).unwrap()
    }

    /// A token as an honest issuer makes it.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        self.sign_under(&self.header(), claims)
    }
}

impl TrialIssuer {
    /// An issuer that describes itself rightly and publishes these keys.
    pub(crate) fn new(keys: &[&TrialKey]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let socket = listener.local_addr().unwrap();
        let address = format!("http://{socket}/iq");
        let shared = Arc::new(Shared::default());
        let serving = Arc::clone(&shared);
        let thread = thread::spawn(move || serve(&listener, &serving));
        let issuer = Self {
            address,
            socket,
            shared,
            thread: Some(thread),
        };
        issuer.says(
            "/.well-known/openid-configuration",
            Reply::Json(200, issuer.description()),
        );
        issuer.publishes(keys);
        issuer
    }

    /// What an honest issuer says of itself.
    pub(crate) fn description(&self) -> Value {
        let base = &self.address;
        json!({
            "issuer": base,
            "authorization_endpoint": format!("{base}/auth"),
            "token_endpoint": format!("{base}/token"),
            "jwks_uri": format!("{base}/jwks"),
            "code_challenge_methods_supported": ["S256"],
        })
    }

    /// Publishes these keys instead of those of before.
    pub(crate) fn publishes(&self, keys: &[&TrialKey]) {
        let keys: Vec<&Value> = keys.iter().map(|key| &key.public).collect();
        self.says("/jwks", Reply::Json(200, json!({ "keys": keys })));
    }

    /// What stands at a path from now on.
    pub(crate) fn says(&self, path: &str, reply: Reply) {
        self.shared
            .replies
            .lock()
            .unwrap()
            .insert(format!("/iq{path}"), reply);
    }

    /// The requests for a path so far.
    pub(crate) fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.shared.asked.lock().unwrap();
        let path = format!("/iq{path}");
        asked.iter().filter(|asked| asked.path == path).cloned().collect()
    }
}

impl Drop for TrialIssuer {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Release);
        // Wakes the thread that waits for a connection.
        drop(TcpStream::connect(self.socket));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn serve(listener: &TcpListener, shared: &Shared) {
    for stream in listener.incoming() {
        if shared.ended.load(Ordering::Acquire) {
            return;
        }
        if let Ok(stream) = stream {
            // A client that breaks off is no fault of the issuer.
            drop(answer(stream, shared));
        }
    }
}

fn answer(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let asked = read(&stream)?;
    let reply = shared.replies.lock().unwrap().get(&asked.path).cloned();
    shared.asked.lock().unwrap().push(asked);
    let (head, body) = match reply {
        Some(Reply::Json(status, value)) => (status.to_string(), value.to_string().into_bytes()),
        Some(Reply::Bytes(status, bytes)) => (status.to_string(), bytes),
        Some(Reply::Redirect(to)) => (format!("307 x\r\nlocation: {to}"), Vec::new()),
        Some(Reply::Silence) => {
            shared.open.lock().unwrap().push(stream);
            return Ok(());
        }
        None => ("404".to_owned(), b"{}".to_vec()),
    };
    let head = head.split_once(' ').map_or(format!("{head} x"), |_| head.clone());
    write!(
        stream,
        "HTTP/1.1 {head}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}

fn read(stream: &TcpStream) -> std::io::Result<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut authorization, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(':') else {
            break;
        };
        match name.to_lowercase().as_str() {
            "authorization" => authorization = Some(value.trim().to_owned()),
            "content-length" => length = value.trim().parse().unwrap_or(0),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Asked {
        path,
        authorization,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}
