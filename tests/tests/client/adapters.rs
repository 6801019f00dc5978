//! What is particular to the adapters.

use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use openai_image_edits::{CreateImageEdit, CreateImageEditRequest, Upload};
use openapi_client::runtime::security::{Requirement, Scheme};
use openapi_client::runtime::{Call, Credential, Credentials, JsonResponse};
use openapi_client::tower::Tower;
use openapi_client::{Outgoing, Retries};

use crate::corpus::cases;
use crate::server::Server;

#[tokio::test]
async fn a_tower_service_is_a_transport() {
    let cases = cases("responses");
    let case = cases.iter().find(|case| case.name.starts_with("res-065"));
    let server = Server::of(case.expect("429, then 200"));
    let service: Client<HttpConnector, Outgoing> =
        Client::builder(TokioExecutor::new()).build_http();
    let transport = Tower::new(service, tokio::time::sleep);
    let client = openapi_client::Client::with_transport(&server.url, transport);
    let client = client.expect("it is a base URL");
    let image = Upload::from_bytes(&b"\x89PNG\r\n\x1a\n"[..]);
    let operation = CreateImageEdit::new(CreateImageEditRequest::new(image, "x"));
    let reply = client
        .send(operation)
        .await
        .expect("the second attempt succeeds");
    assert_eq!((reply.attempts(), server.requests()), (2, 2));
}

const SECURED: &[Requirement] = &[Requirement::new(&[Scheme::query("Key", "api_key")])];

/// A port that nobody listens on.
fn unreachable() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

#[tokio::test]
async fn no_error_has_a_key() {
    let url = unreachable();
    let call = || {
        let call = Call::<JsonResponse<Vec<i64>>>::empty("GET", "/things");
        call.expect("it is a call").secured(SECURED)
    };
    let credentials = Credentials::none().with("Key", Credential::key("sk-secret"));
    let client = openapi_client::reqwest::Client::new(&url).expect("it is a base URL");
    let client = client
        .credentials(credentials.clone())
        .retries(Retries::none());
    let error = client.call(call()).await.expect_err("nobody listens");
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(
            !text.contains("sk-secret") && text.contains("refused"),
            "{text}"
        );
    }
    let client = openapi_client::ureq::Client::new(&url).expect("it is a base URL");
    let client = client.credentials(credentials).retries(Retries::none());
    let error = client.call(call()).expect_err("nobody listens");
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(
            !text.contains("sk-secret") && text.contains("refused"),
            "{text}"
        );
    }
}
