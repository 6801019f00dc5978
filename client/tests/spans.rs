//! The spans of attempts. In a process of its own, where no other test meets the places of the
//! spans first.

#![cfg(feature = "tracing")]

#[path = "it/scripted.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod scripted;

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use openapi_client::runtime::operation::{Asks, Operation, Whole};
use openapi_client::runtime::response::Undescribed;
use openapi_client::runtime::{Call, JsonResponse, RequestError};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use scripted::{Play, Scripted, answer};

struct ListThings;

impl Operation for ListThings {
    const ID: &'static str = "listThings";
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/things/{id}";

    type Error = Undescribed;
}

impl Asks<Whole> for ListThings {
    type Response = JsonResponse<Vec<i64>>;

    fn ask(self) -> Result<Call<Self::Response>, RequestError> {
        Call::empty("GET", "/things/secret-id")
    }
}

/// Notes the fields of spans, one span a line.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn note(&self, span: u64, record: impl FnOnce(&mut Line)) {
        let mut lines = self.0.lock().expect("a lock");
        let place = usize::try_from(span).expect("it is small") - 1;
        record(&mut Line(&mut lines[place]));
    }
}

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0
            .push_str(&[field.name(), "=", &format!("{value:?}"), " "].concat());
    }
}

impl Subscriber for Notes {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = {
            let mut lines = self.0.lock().expect("a lock");
            lines.push(String::new());
            lines.len() as u64
        };
        self.note(id, |line| span.record(line));
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.note(span.into_u64(), |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn each_attempt_is_a_span_without_keys_and_values() {
    let notes = Notes::default();
    let guard = tracing::subscriber::set_default(notes.clone());
    let script = [
        answer(503, &[], ""),
        Play::NoConnection,
        answer(200, &[], "[1]"),
    ];
    let client = Scripted::new(&script, None).client().bearer("sk-secret");
    client
        .send(ListThings)
        .await
        .expect("the third attempt succeeds");
    drop(guard);
    let common = "otel.name=\"GET /things/{id}\" otel.kind=\"client\" http.request.method=GET";
    let place = "url.template=\"/things/{id}\" server.address=\"api.example.com\" openapi.operation_id=\"listThings\"";
    let wanted = [
        format!(
            "{common} http.request.body.size=0 {place} http.response.status_code=503 error.type=\"503\" "
        ),
        format!(
            "{common} http.request.resend_count=1 http.request.body.size=0 {place} error.type=\"connect\" "
        ),
        format!(
            "{common} http.request.resend_count=2 http.request.body.size=0 {place} http.response.status_code=200 "
        ),
    ];
    assert_eq!(*notes.0.lock().expect("a lock"), wanted);
}
