//! `Idempotency-Key` on every POST of somebody signed in: the request runs once, whichever instances its repeats reach,
//! and for a day the first answer is given again, as long as the rights of its account stay as they were. Routes of sign-in take no notice of it: their answers hold tokens,
//! which are never kept in clear.

use nachweis_domain::limits;
use std::time::{Duration, Instant};

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    rt,
    web::Bytes,
};
use futures_util::stream;
use nachweis_service::{Begun, KeptAnswer, KeyedRequest, fingerprint};

use crate::{
    body::{self, Takes},
    negotiation::problem_language,
    problem::{Code, Problem},
    routes::uploads,
    session::{self, Session},
};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Stands on an answer that is given again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Headers that the edge sets anew on every answer, or that belong to the connection.
const NOT_KEPT: [HeaderName; 2] = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING];
/// How long a repeat waits for the first run, and how often it looks.
const WAIT: Duration = Duration::from_secs(20);
const FIRST_LOOK: Duration = Duration::from_millis(20);
const LONGEST_LOOK: Duration = Duration::from_millis(500);

/// Marks an answer that needs no further rendering.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rendered;

/// The middleware between the edge and the handlers.
pub(crate) async fn once<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if !concerned(&request) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let response = match begin(&mut request).await {
        Ok(Turn::Run(run)) => {
            // On a task of its own: a caller who hangs up must find the answer when they ask again.
            let answer = rt::spawn(async move { answered(request, next, run).await });
            return answer
                .await
                .unwrap_or_else(|_panic| Err(Problem::internal("a handler panicked").into()));
        }
        Ok(Turn::Replay(kept)) => replayed(&kept),
        Err(problem) => HttpResponse::from_error(problem),
    };
    let (http, _payload) = request.into_parts();
    Ok(ServiceResponse::new(http, response))
}

/// Whether the key of a request means something: a POST of somebody with a token.
fn concerned(request: &ServiceRequest) -> bool {
    request.method() == Method::POST
        && request.headers().contains_key(KEY)
        && request.headers().contains_key(header::AUTHORIZATION)
        && !routed(request).starts_with("/api/v1/auth/")
}

/// The path of a request as the routes see it: whatever is escaped without need reaches the same handler.
fn routed(request: &ServiceRequest) -> &str {
    request.match_info().as_str()
}

/// A run that has begun, with who began it.
struct Run {
    session: Session,
    request: KeyedRequest,
}

enum Turn {
    Run(Run),
    Replay(KeptAnswer),
}

async fn begin(request: &mut ServiceRequest) -> Result<Turn, Problem> {
    let session = session::signed_in(request.request())?;
    // Who may not call, or not send a workbook, is told so before anything of the body is read.
    let uploads_for = uploads::receives_for(request.uri());
    let takes = match uploads_for {
        Some(_) => Takes::Workbook,
        None => Takes::Json,
    };
    session
        .ask(move |service, caller| match &uploads_for {
            Some(no) => service.may_upload(caller, no),
            None => Ok(()),
        })
        .await?;
    let key = key_of(request.request())?;
    let payload = request.take_payload();
    let (body, _space) = body::whole(request.request(), payload, (&session, takes)).await?;
    let hash = fingerprint(routed(request), request.query_string(), &body);
    let pass = session.pass();
    let asked_at = Instant::now();
    let mut pause = FIRST_LOOK;
    loop {
        let key = key.clone();
        let (keyed, begun) = session
            .ask(move |service, _caller| service.begin_request(&pass, &key, hash))
            .await?;
        match begun {
            Begun::Run => {
                request.set_payload(payload_of(body));
                return Ok(Turn::Run(Run {
                    session,
                    request: keyed,
                }));
            }
            Begun::Answered(kept) => return Ok(Turn::Replay(kept)),
            Begun::Outlived => return Err(Problem::new(Code::IdempotencyAnswerWithheld)),
            Begun::Different => return Err(Problem::new(Code::IdempotencyKeyReused)),
            Begun::TooMany => return Err(Problem::new(Code::IdempotencyKeysExhausted)),
            Begun::Running if asked_at.elapsed() > WAIT => {
                return Err(Problem::new(Code::IdempotencyRunning));
            }
            Begun::Running => rt::time::sleep(pause).await,
        }
        pause = (pause * 2).min(LONGEST_LOOK);
    }
}

/// The only key of a request: visible ASCII characters up to the limit.
fn key_of(request: &HttpRequest) -> Result<String, Problem> {
    let unfit = || Problem::new(Code::IdempotencyKeyUnfitting);
    let mut keys = request.headers().get_all(KEY);
    let key = keys.next().and_then(|key| key.to_str().ok()).ok_or_else(unfit)?;
    let fits = (1..=limits::IDEMPOTENCY_KEY.size()).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_graphic());
    if fits && keys.next().is_none() {
        Ok(key.to_owned())
    } else {
        Err(unfit())
    }
}

fn payload_of(body: Bytes) -> Payload {
    Payload::Stream {
        payload: Box::pin(stream::iter([Ok(body)])),
    }
}

/// Runs the handler and keeps what it answered, where that is final.
async fn answered<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
    run: Run,
) -> Result<ServiceResponse<BoxBody>, Error> {
    // No copy of the request may live while it finds its route.
    let language = problem_language(request.request());
    let response = next.call(request).await?;
    let status = response.status();
    if !is_final(status) {
        run.finish(None).await;
        return Ok(response.map_into_boxed_body());
    }
    let (http, response) = response.into_parts();
    let problem = response.error().and_then(|error| {
        let problem = error.as_error::<Problem>()?;
        Some(problem.render(language, ""))
    });
    let response = problem.unwrap_or_else(|| response.map_into_boxed_body());
    let (head, body) = response.into_parts();
    let body = to_bytes(body)
        .await
        .map_err(|_body| Problem::internal("an answer broke off"))?;
    let kept = KeptAnswer {
        status: status.as_u16(),
        headers: head
            .headers()
            .iter()
            .filter(|(name, _)| !NOT_KEPT.contains(name))
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .collect(),
        body: body.to_vec(),
    };
    run.finish(Some(kept)).await;
    let mut response = head.set_body(BoxBody::new(body));
    response.extensions_mut().insert(Rendered);
    Ok(ServiceResponse::new(http, response))
}

/// Whether trying again would change nothing: no faults of ours, nothing that only has to wait or to sign in anew.
fn is_final(status: StatusCode) -> bool {
    !status.is_server_error()
        && ![
            StatusCode::UNAUTHORIZED,
            StatusCode::REQUEST_TIMEOUT,
            StatusCode::TOO_MANY_REQUESTS,
        ]
        .contains(&status)
}

impl Run {
    /// Keeps the answer or frees the key. Where that fails the key is free after a while, and the log says why.
    async fn finish(self, answer: Option<KeptAnswer>) {
        let request = self.request;
        let finished = self
            .session
            .serve(move |service| service.finish_request(&request, answer.as_ref()))
            .await;
        if let Err(problem) = finished {
            let cause = problem.cause().unwrap_or_default();
            tracing::error!(cause, "the answer to an Idempotency-Key was not kept");
        }
    }
}

fn replayed(kept: &KeptAnswer) -> HttpResponse {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    for (name, value) in &kept.headers {
        response.insert_header((name.as_str(), value.as_str()));
    }
    response.insert_header((REPLAYED, HeaderValue::from_static("true")));
    let mut response = response.body(kept.body.clone());
    response.extensions_mut().insert(Rendered);
    response
}
