//! Properties of single adapters.

use std::io::{Read, Write};
use std::net::TcpListener;

use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use openai_image_edits::{CreateImageEdit, CreateImageEditRequest, Upload};
use openapi_client::runtime::operation::{Asks, Content, Operation};
use openapi_client::runtime::response::Undescribed;
use openapi_client::runtime::security::{Requirement, Scheme};
use openapi_client::runtime::{
    BytesResponse, Call, Credential, Credentials, JsonResponse, RequestError,
};
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
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
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

struct GetFile;

impl Operation for GetFile {
    const ID: &'static str = "getFile";
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/file";

    type Error = Undescribed;
}

impl Asks<Content> for GetFile {
    type Response = BytesResponse;

    fn ask(self) -> Result<Call<BytesResponse>, RequestError> {
        Call::empty("GET", "/file")
    }
}

const LENGTH: usize = 3_000_000;

/// Answers two requests: with a whole body, and with half of one.
fn file_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for length in [LENGTH, LENGTH / 2] {
            let (mut connection, _) = listener.accept().expect("a connection");
            let mut request = [0; 4096];
            let _ = connection.read(&mut request);
            let head =
                format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {LENGTH}\r\n\r\n");
            let _ = connection.write_all(head.as_bytes());
            let _ = connection.write_all(&vec![7; length]);
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn a_download_goes_to_a_file() {
    let path = std::env::temp_dir().join(format!("openapi-download-{}", std::process::id()));
    let check = |name: &str, saved: [std::io::Result<u64>; 2]| {
        let [whole, half] = saved;
        assert_eq!(whole.expect("it is whole"), LENGTH as u64, "{name}");
        assert_eq!(
            std::fs::read(&path).expect("it is there").len(),
            LENGTH,
            "{name}"
        );
        half.expect_err("it breaks off");
        assert!(!path.with_extension("part").exists(), "{name}");
        std::fs::remove_file(&path).expect("the whole one is there");
    };
    let client = openapi_client::reqwest::Client::new(&file_server()).expect("a base URL");
    let mut saved = Vec::new();
    for _ in 0..2 {
        let download = client.download(GetFile).await.expect("it begins");
        saved.push(download.save(&path).await);
    }
    check("reqwest", saved.try_into().expect("two"));
    let client = openapi_client::ureq::Client::new(&file_server()).expect("a base URL");
    let saved = [(), ()].map(|()| client.download(GetFile).expect("it begins").save(&path));
    check("ureq", saved);
}
