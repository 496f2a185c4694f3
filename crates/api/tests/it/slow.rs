//! Clients that keep the service waiting (robustness goal 42): each is cut off within its limit, and others are served
//! meanwhile. The limits of these tests are a second each.

use std::{
    io::{ErrorKind, Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
    sync::mpsc::channel,
    thread,
    time::{Duration, Instant},
};

use nachweis_api::{ApiSettings, Times};
use nachweis_domain::{access::Role, limits};
use nachweis_service::Clock;
use nachweis_store::testing::Backend;

use crate::{
    client::Client,
    world::{World, api_settings},
};

pub(crate) const TESTS: &[(&str, fn())] = crate::tests![
    whoever_keeps_the_service_waiting_is_cut_off_and_others_are_served_meanwhile,
    who_may_not_upload_takes_no_room_and_who_may_leaves_some_to_others,
    a_megabyte_of_head_is_refused_when_an_eighth_of_it_has_come,
    a_form_of_ten_thousand_parts_is_refused_when_the_second_has_come,
    the_times_of_the_program_are_those_of_the_table,
];

/// No limit of the tests is nearly as long.
const NEVER: Duration = Duration::from_secs(30);

fn impatient() -> ApiSettings {
    let second = Duration::from_secs(1);
    ApiSettings {
        times: Times {
            head: second,
            idle: second,
            json_body: second,
            workbook: second,
            answer: second,
            close: second,
        },
        ..api_settings()
    }
}

/// Says something, then goes on byte by byte until the service ends it. What the service said.
fn trickle(address: SocketAddr, first: &[u8], drops: &[u8]) -> String {
    let began = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    stream.write_all(first).unwrap();
    let (mut said, mut drops, mut piece) = (Vec::new(), drops.iter().cycle(), [0; 8_192]);
    loop {
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => said.extend_from_slice(&piece[..length]),
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => {}
            Err(_reset) => break,
        }
        if drops
            .next()
            .is_some_and(|drop| stream.write_all(&[*drop]).is_err())
        {
            break;
        }
        assert!(
            began.elapsed() < NEVER,
            "it was never cut off: {}",
            String::from_utf8_lossy(first)
        );
    }
    String::from_utf8_lossy(&said).into_owned()
}

/// Asks for much and takes nothing of it, until the service ends it.
fn take_nothing(address: SocketAddr) {
    let began = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_write_timeout(Some(Duration::from_millis(200)))
        .unwrap();
    let question = b"GET /api/v1/openapi.json HTTP/1.1\r\nhost: a\r\n\r\n";
    // Some hundred megabytes of answers: more than all buffers between here and there.
    stream.write_all(&question.repeat(1_000)).unwrap();
    loop {
        match stream.write(b"\r\n") {
            Err(error) if ![ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => return,
            _ => thread::sleep(Duration::from_millis(50)),
        }
        assert!(began.elapsed() < NEVER, "who takes nothing was never cut off");
    }
}

fn whoever_keeps_the_service_waiting_is_cut_off_and_others_are_served_meanwhile() {
    let world = World::under(Backend::Sqlite, 1, Clock::system(), impatient());
    let address = world.address;
    let manager = world.client_of(&world.account("manager", Role::Manager));
    let lead = world.client_of(&world.lead("lead", &[&world.numbers[0]]));
    let uploads = format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/uploads",
        world.numbers[0]
    );
    let head = |method: &str, path: &str, more: &str| {
        format!("{method} {path} HTTP/1.1\r\nhost: a\r\n{more}").into_bytes()
    };
    let good = head("GET", "/healthz", "\r\n");
    let token = format!("authorization: {}\r\n", lead.header("authorization"));
    let workbook = format!("{token}content-type: application/octet-stream\r\ncontent-length: 100000\r\n\r\n");
    let keyed = format!("idempotency-key: a\r\n{workbook}");
    let form = format!(
        "{token}content-type: multipart/form-data; boundary=b\r\ncontent-length: 100000\r\n\r\n--b\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\n"
    );
    let json = "content-type: application/json\r\ncontent-length: 1000\r\n\r\n";
    let chunked = "transfer-encoding: chunked\r\n\r\n";
    let drop_of_chunk: &[u8] = b"1\r\na\r\n";
    // What is said at first, what follows byte by byte, and what the service may say to it.
    let cases: Vec<(&str, Vec<u8>, &[u8], &str)> = vec![
        ("nothing at all", Vec::new(), b"", "408"),
        ("a head", head("GET", "/healthz", "x-a: "), b"a", "408"),
        ("nothing after an answer", good.clone(), b"", "204"),
        (
            "a second head",
            [good.clone(), head("GET", "/healthz", "x-a: ")].concat(),
            b"a",
            "204",
        ),
        ("empty lines after an answer", good, b"\r\n", "204"),
        (
            "a JSON body",
            head("POST", "/api/v1/auth/sign-in", json),
            b" ",
            "408",
        ),
        ("a workbook", head("POST", &uploads, &workbook), b"P", "408"),
        (
            "a workbook with a key",
            head("POST", &uploads, &keyed),
            b"P",
            "408",
        ),
        ("a form", head("POST", &uploads, &form), b"P", "408"),
        (
            "a body that nobody reads",
            head("GET", "/healthz", chunked),
            drop_of_chunk,
            "204",
        ),
        (
            "a body to nowhere",
            head("POST", "/nowhere", chunked),
            drop_of_chunk,
            "404",
        ),
    ];
    thread::scope(|scope| {
        let others: Vec<_> = (cases.iter())
            .map(|(_, begin, drops, _)| scope.spawn(move || trickle(address, begin, drops)))
            .chain([scope.spawn(move || {
                take_nothing(address);
                String::new()
            })])
            .collect();
        while !others.iter().all(thread::ScopedJoinHandle::is_finished) {
            world.client().get("/healthz").expect(204);
            manager.get("/api/v1/rounds").expect(200);
        }
        for (other, (name, _, _, status)) in others.into_iter().zip(&cases) {
            let said = other.join().unwrap();
            let expected = format!("HTTP/1.1 {status} ");
            assert!(said.is_empty() || said.starts_with(&expected), "{name}: {said}");
            assert!(said.matches("HTTP/1.1 ").count() <= 1, "{name}: {said}");
        }
    });
    // Nothing of what was cut off is left: as many workbooks fit into memory as before.
    lead.upload(
        &uploads,
        &world.workbook(&world.numbers[0], &world.figures(&world.numbers[0])),
    )
    .expect(201);
}

fn who_may_not_upload_takes_no_room_and_who_may_leaves_some_to_others() {
    let world = World::new(1);
    let no = &world.numbers[0];
    let partner = world.client_of(&world.account("partner", Role::Partner));
    let [lead, other] = ["lead", "other"].map(|name| world.client_of(&world.lead(name, &[no])));
    let workbook = world.workbook(no, &world.figures(no));
    let uploads = format!("/api/v1/subprojects/{no}/quarters/2023-Q1/uploads");
    for key in ["", "idempotency-key: a\r\n"] {
        // The head tells of the largest workbook; nothing of it is sent.
        let begin = |client: &Client| {
            let mut stream = TcpStream::connect(world.address).unwrap();
            stream.set_read_timeout(Some(NEVER)).unwrap();
            let token = client.header("authorization");
            let length = limits::FILE_SIZE.value;
            let head = format!(
                "POST {uploads} HTTP/1.1\r\nhost: a\r\nauthorization: {token}\r\n{key}content-type: application/octet-stream\r\ncontent-length: {length}\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream
        };
        // More than there is room for.
        let refused: Vec<TcpStream> = (0..7).map(|_| begin(&partner)).collect();
        for stream in &refused {
            let said = first_words(stream);
            assert!(said.starts_with("HTTP/1.1 404 "), "{said}");
        }
        let waiting: Vec<TcpStream> = (0..3).map(|_| begin(&lead)).collect();
        let (tell, told) = channel();
        thread::scope(|scope| {
            for stream in &waiting {
                let tell = tell.clone();
                scope.spawn(move || tell.send(first_words(stream)));
            }
            let said = told.recv().unwrap();
            assert!(said.starts_with("HTTP/1.1 429 "), "{said}");
            assert!(
                said.contains("retry-after: 5\r\n") && said.contains("uploads-at-once"),
                "{said}"
            );
            assert!(other.upload(&uploads, &workbook).status < 300);
            for stream in &waiting {
                stream.shutdown(Shutdown::Both).unwrap();
            }
        });
    }
}

/// What the service says first; nothing when the connection ends before.
fn first_words(mut stream: &TcpStream) -> String {
    let mut said = [0; 4_096];
    let length = stream.read(&mut said).unwrap_or_default();
    String::from_utf8_lossy(&said[..length]).into_owned()
}

fn a_megabyte_of_head_is_refused_when_an_eighth_of_it_has_come() {
    let world = World::new(1);
    let mut stream = TcpStream::connect(world.address).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    stream.set_write_timeout(Some(NEVER)).unwrap();
    // The framework holds 128 KiB of a head. The rest of the megabyte is never sent: it is not waited for.
    let mut eighth = b"GET /healthz HTTP/1.1\r\nhost: a\r\nx-large: ".to_vec();
    eighth.resize(128 * 1024, b'a');
    stream.write_all(&eighth).unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    assert!(said.starts_with("HTTP/1.1 431 "), "{said}");
    // Nor many small ones.
    let mut stream = TcpStream::connect(world.address).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    let lines = "x-endless: a\r\n".repeat(100);
    stream
        .write_all(format!("GET /healthz HTTP/1.1\r\nhost: a\r\n{lines}").as_bytes())
        .unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    assert!(said.starts_with("HTTP/1.1 4"), "{said}");
    // Sent in one go, the service may close its end before the answer is read; it never answers what was asked.
    let mut stream = TcpStream::connect(world.address).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    let whole = format!(
        "GET /healthz HTTP/1.1\r\nhost: a\r\nx-large: {}\r\n\r\n",
        "a".repeat(1024 * 1024)
    );
    let sent = stream.write_all(whole.as_bytes());
    let mut said = Vec::new();
    let end = stream.read_to_end(&mut said);
    let said = String::from_utf8_lossy(&said);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 431 "), "{said}");
    assert!(
        !said.is_empty() || sent.is_err() || end.is_err(),
        "nothing was refused"
    );
    world.client().get("/healthz").expect(204);
}

fn a_form_of_ten_thousand_parts_is_refused_when_the_second_has_come() {
    let world = World::new(1);
    let lead = world.client_of(&world.lead("lead", &[&world.numbers[0]]));
    let uploads = format!(
        "/api/v1/subprojects/{}/quarters/2023-Q1/uploads",
        world.numbers[0]
    );
    let part = |name: &str| format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\nPK\r\n");
    for second in ["file", "field"] {
        let rest = part(second);
        let length = part("file").len() + 9_999 * rest.len() + "--b--\r\n".len();
        let mut stream = TcpStream::connect(world.address).unwrap();
        stream.set_read_timeout(Some(NEVER)).unwrap();
        // The head tells of ten thousand parts; two of them are sent.
        write!(
            stream,
            "POST {uploads} HTTP/1.1\r\nhost: a\r\nauthorization: {}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: {length}\r\n\r\n{}{rest}",
            lead.header("authorization"),
            part("file"),
        )
        .unwrap();
        let said = first_words(&stream);
        assert!(
            said.starts_with("HTTP/1.1 400 ") && said.contains("form-unfitting"),
            "{said}"
        );
    }
}

fn the_times_of_the_program_are_those_of_the_table() {
    let times = api_settings().times;
    for (time, limit) in [
        (times.head, limits::REQUEST_TIME),
        (times.idle, limits::IDLE_TIME),
        (times.json_body, limits::BODY_TIME),
        (times.workbook, limits::WORKBOOK_TIME),
        (times.answer, limits::ANSWER_TIME),
        (times.close, limits::CLOSE_TIME),
    ] {
        assert_eq!(time.as_secs(), limit.value, "{}", limit.name);
    }
}
