//! Which credentials the operations of `security.yaml` send, byte for byte.

use security::runtime::{Call, RequestError};
use security::{
    CheckHealth, Credential, Credentials, DeleteModels, ListImages, ListModels, MakeImage, MakeImageJson, ReadHealth,
};

/// Path and headers, a line each.
fn sent<R>(call: Result<Call<R>, RequestError>, credentials: &Credentials) -> String {
    let call = call.and_then(|call| call.authorize(credentials));
    let call = call.unwrap_or_else(|error| panic!("{error}"));
    let headers = call.headers().iter();
    let headers = headers.map(|(name, value)| format!("\n{name}: {value}"));
    [call.path().to_owned()].into_iter().chain(headers).collect()
}

fn image() -> MakeImage {
    MakeImage::new(MakeImageJson::new())
}

#[test]
fn the_root_says_what_operations_do_not() {
    let token = Credentials::bearer("t");
    assert_eq!(sent(ListModels::new().call(), &token), "/models\nauthorization: Bearer t");
    assert_eq!(sent(DeleteModels::new().call(), &token), "/models\nauthorization: Bearer t");
    let admin = token.clone().with("AdminToken", Credential::key("a"));
    assert_eq!(sent(DeleteModels::new().call(), &admin), "/models\nauthorization: Bearer a");
    let login = Credentials::none()
        .with("Login", Credential::basic("u", "p"))
        .with("Session", Credential::key("s"));
    assert_eq!(sent(DeleteModels::new().call(), &login), "/models\nauthorization: Basic dTpw\ncookie: session=s");
    assert_eq!(sent(ReadHealth::new().call(), &admin), "/health");
    assert_eq!(sent(CheckHealth::new().call(), &admin), "/health");
}

#[test]
fn every_call_carries_what_its_operation_accepts() {
    let key = Credentials::none().with("Header", Credential::key("k"));
    assert_eq!(sent(ListImages::new().call(), &key), "/images\nx-api-key: k");
    assert_eq!(sent(ListImages::new().call(), &Credentials::bearer("t")), "/images");
    let key = Credentials::none().with("Query", Credential::key("k&"));
    assert_eq!(
        sent(image().x_trace("t").call(), &key),
        "/images?api%20key=k%26\naccept: application/json\ncontent-type: application/json\nx-trace: t"
    );
    assert_eq!(
        sent(image().call_bytes(), &Credentials::none().with("Digest", Credential::key("a=\"b\""))),
        "/images\naccept: image/png\ncontent-type: application/json\nauthorization: Digest a=\"b\""
    );
    let bearer = sent(image().call_bytes(), &Credentials::bearer("t"));
    assert!(bearer.ends_with("\nauthorization: Bearer t"), "{bearer}");
    let error = ListModels::new().call().and_then(|call| call.authorize(&key)).unwrap_err();
    assert_eq!(error.to_string(), "the operation needs other credentials: `Token` (a bearer token)");
}

#[test]
fn scopes_are_there_for_whoever_asks_for_a_token() {
    let consent = MakeImage::SECURITY[1].schemes()[1];
    assert_eq!((consent.name(), consent.needed_scopes()), ("Consent", &["images:read", "images:write"][..]));
}
