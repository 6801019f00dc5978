//! Credentials: which requirement is met, and what is put where.

use openapi_runtime::parameter::{Style, Target};
use openapi_runtime::security::{Requirement, Scheme};
use openapi_runtime::{Call, Credential, Credentials, RequestError};

const BEARER: Scheme = Scheme::bearer("Token");
const BASIC: Scheme = Scheme::basic("Basic");
const DIGEST: Scheme = Scheme::http("Digest", "Digest");
const HEADER: Scheme = Scheme::header("Header", "x-api-key");
const QUERY: Scheme = Scheme::query("Query", "api key");
const COOKIE: Scheme = Scheme::cookie("Cookie", "session");
const OAUTH: Scheme = Scheme::oauth2("OAuth").scopes(&["read", "write"]);
const OPEN: Scheme = Scheme::open_id_connect("Open");
const CERTIFICATE: Scheme = Scheme::mutual_tls("Tls");

fn key(scheme: &str, key: &str) -> Credentials {
    Credentials::none().with(scheme, Credential::key(key))
}

fn authorized(
    security: &'static [Requirement],
    credentials: &Credentials,
) -> Result<Call, RequestError> {
    let call: Call = Call::empty("GET", "/a")?;
    call.secured(security).authorize(credentials)
}

/// Path and headers, a line each.
fn sent(security: &'static [Requirement], credentials: &Credentials) -> String {
    let call = authorized(security, credentials).unwrap_or_else(|error| panic!("{error}"));
    let headers = call.headers().iter();
    let headers = headers.map(|(name, value)| format!("\n{name}: {value}"));
    [call.path().to_owned()]
        .into_iter()
        .chain(headers)
        .collect()
}

fn refused(security: &'static [Requirement], credentials: &Credentials) -> String {
    let error = authorized(security, credentials).expect_err("it is refused");
    for shown in [format!("{error:?}"), error.to_string()] {
        assert!(!shown.contains("secret"), "{shown}");
    }
    error.to_string()
}

#[test]
fn each_scheme_has_its_place() {
    let bearer = Credentials::bearer("t");
    let cases: [(&'static [Requirement], Credentials, &str); 9] = [
        (
            const { &[Requirement::new(&[BEARER])] },
            bearer.clone(),
            "/a\nauthorization: Bearer t",
        ),
        (
            const { &[Requirement::new(&[OAUTH])] },
            bearer.clone(),
            "/a\nauthorization: Bearer t",
        ),
        (
            const { &[Requirement::new(&[OPEN])] },
            bearer.with("Open", Credential::key("own")),
            "/a\nauthorization: Bearer own",
        ),
        (
            const { &[Requirement::new(&[BASIC])] },
            Credentials::none().with("Basic", Credential::basic("Aladdin", "open sesame")),
            "/a\nauthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
        (
            const { &[Requirement::new(&[DIGEST])] },
            key("Digest", "username=\"a\""),
            "/a\nauthorization: Digest username=\"a\"",
        ),
        (
            const { &[Requirement::new(&[HEADER])] },
            key("Header", "a=b"),
            "/a\nx-api-key: a=b",
        ),
        (
            const { &[Requirement::new(&[QUERY])] },
            key("Query", "a=b&c d\u{e9}"),
            "/a?api%20key=a%3Db%26c%20d%C3%A9",
        ),
        (
            const { &[Requirement::new(&[COOKIE])] },
            key("Cookie", "abc+/=="),
            "/a\ncookie: session=abc+/==",
        ),
        (
            const { &[Requirement::new(&[CERTIFICATE, HEADER])] },
            key("Header", "k").with("Tls", Credential::certificate()),
            "/a\nx-api-key: k",
        ),
    ];
    for (security, credentials, expected) in cases {
        assert_eq!(sent(security, &credentials), expected);
        assert_eq!(sent(security, &Credentials::none()), "/a");
        assert_eq!(sent(&[], &credentials), "/a");
    }
}

#[test]
fn the_first_requirement_that_is_met_is_taken_and_an_empty_one_last() {
    const EITHER: &[Requirement] = &[
        Requirement::new(&[]),
        Requirement::new(&[BASIC, HEADER]),
        Requirement::new(&[QUERY]),
        Requirement::new(&[BEARER]),
    ];
    let basic = Credentials::none().with("Basic", Credential::basic("", ""));
    assert_eq!(sent(EITHER, &basic), "/a", "none is needed");
    let both = basic.clone().with("Header", Credential::key("k"));
    assert_eq!(
        sent(EITHER, &both),
        "/a\nauthorization: Basic Og==\nx-api-key: k"
    );
    let query = basic.with("Query", Credential::key("k"));
    assert_eq!(sent(EITHER, &query), "/a?api%20key=k");
    assert_eq!(
        sent(EITHER, &Credentials::bearer("t")),
        "/a\nauthorization: Bearer t"
    );
}

#[test]
fn credentials_that_are_not_accepted() {
    const WANTED: &[Requirement] = &[
        Requirement::new(&[BASIC]),
        Requirement::new(&[HEADER, CERTIFICATE]),
        Requirement::new(&[QUERY, COOKIE, DIGEST]),
    ];
    let accepted = "the operation needs other credentials: `Basic` (user and password), or `Header` (a key in the header \
        `x-api-key`) with `Tls` (a client certificate), or `Query` (a key in the query as `api key`) with `Cookie` \
        (a key in the cookie `session`) with `Digest` (a key for `Digest`)";
    for credentials in [
        Credentials::bearer("secret"),
        key("Basic", "secret"),
        key("Header", "secret"),
        Credentials::none().with("Basic", Credential::certificate()),
        Credentials::bearer("secret").with("Token", Credential::basic("secret", "secret")),
    ] {
        assert_eq!(refused(WANTED, &credentials), accepted);
    }
    let other = Credentials::bearer("secret").with("Token", Credential::basic("secret", ""));
    let bearer = "the operation needs other credentials: `Token` (a bearer token)";
    let security = const { &[Requirement::new(&[BEARER])] };
    assert_eq!(refused(security, &other), bearer);
}

#[test]
fn credentials_that_cannot_be_sent() {
    let control = "contains a line break or another control character";
    for text in ["secret\n", "secret\r\nX=y", "se\0cret", "secret\u{7f}"] {
        let bearer = const { &[Requirement::new(&[BEARER])] };
        let error = refused(bearer, &Credentials::bearer(text));
        assert_eq!(error, format!("the credential for `Token` {control}"));
        let query = const { &[Requirement::new(&[QUERY])] };
        let error = refused(query, &key("Query", text));
        assert_eq!(error, format!("the credential for `Query` {control}"));
        let basic = const { &[Requirement::new(&[BASIC])] };
        for (user, password) in [("", text), (text, "")] {
            let credential = Credential::basic(user, password);
            let error = refused(basic, &Credentials::none().with("Basic", credential));
            assert_eq!(error, format!("the credential for `Basic` {control}"));
        }
    }
    let bearer = const { &[Requirement::new(&[BEARER])] };
    let error = refused(bearer, &Credentials::bearer(""));
    assert_eq!(error, "the credential for `Token` is empty");
    let basic = const { &[Requirement::new(&[BASIC])] };
    let credential = Credential::basic("secret:", "");
    assert_eq!(
        refused(basic, &Credentials::none().with("Basic", credential)),
        "the credential for `Basic` has a user name with a colon, which would end it (RFC 7617, section 2)"
    );
    let cookie = const { &[Requirement::new(&[COOKIE])] };
    for text in [
        "secret; a=b",
        "secret,",
        "\"secret",
        "secret\u{e9}",
        "s ecret",
    ] {
        assert_eq!(
            refused(cookie, &key("Cookie", text)),
            "the credential for `Cookie` contains a character that is not allowed in a cookie (RFC 6265, section 4.1.1)"
        );
    }
    assert_eq!(
        sent(cookie, &key("Cookie", "\"a\"")),
        "/a\ncookie: session=\"a\""
    );
}

/// Descriptions of several flows of one token have a scheme for each, and want them all.
#[test]
fn two_schemes_of_one_place_say_the_same() {
    const BOTH: &[Requirement] = &[Requirement::new(&[BEARER, OAUTH])];
    let token = Credentials::bearer("secret");
    assert_eq!(sent(BOTH, &token), "/a\nauthorization: Bearer secret");
    let other = token.with("OAuth", Credential::key("secret2"));
    assert_eq!(
        refused(BOTH, &other),
        "the credential for `OAuth` cannot be added: the request already has a different value there"
    );
}

#[test]
fn parameters_of_the_same_name() {
    const ALL: &[Requirement] = &[Requirement::new(&[HEADER, QUERY, COOKIE])];
    let credentials = |key: &str| {
        let all = ["Header", "Query", "Cookie"].into_iter();
        all.fold(Credentials::none(), |all, scheme| {
            all.with(scheme, Credential::key(key))
        })
    };
    let call = |header: &str, query: &str, cookie: &str| {
        let mut target = Target::new();
        target.literal("/a?fixed");
        target.query("api key", Style::Form, true, query);
        target.header("x-api-key", false, header);
        target.cookie("session", true, cookie);
        target.cookie("other", true, "1");
        let call: Call = Call::empty("GET", target).unwrap();
        call.secured(ALL)
    };
    let same = call("k", "k", "k");
    let (path, headers) = (same.path().to_owned(), same.headers().to_vec());
    let same = same.authorize(&credentials("k")).unwrap();
    assert_eq!((same.path(), same.headers()), (&*path, &headers[..]));
    for (header, query, cookie, scheme) in [
        ("other", "k", "k", "Header"),
        ("k", "other", "k", "Query"),
        ("k", "k", "other", "Cookie"),
    ] {
        let refused = call(header, query, cookie).authorize(&credentials("k"));
        assert!(
            matches!(refused, Err(RequestError::Credential { scheme: found, .. }) if found == scheme)
        );
    }
}

#[test]
fn credentials_are_added_to_what_is_there() {
    const ALL: &[Requirement] = &[Requirement::new(&[QUERY, COOKIE])];
    let credentials = key("Query", "k").with("Cookie", Credential::key("k"));
    for (path, expected) in [
        ("/a", "/a?api%20key=k"),
        ("/a?", "/a?api%20key=k"),
        ("/a?b", "/a?b&api%20key=k"),
        ("/a?b=1&", "/a?b=1&api%20key=k"),
        ("/a?b#c?d", "/a?b&api%20key=k#c?d"),
        ("/a#c", "/a?api%20key=k#c"),
    ] {
        let call: Call = Call::empty("GET", path).unwrap();
        let call = call.secured(ALL).authorize(&credentials).unwrap();
        assert_eq!(call.path(), expected);
        let twice = call.authorize(&credentials).unwrap();
        assert_eq!(twice.path(), expected, "once is enough");
        assert_eq!(twice.headers(), [("cookie", "session=k".to_owned())]);
    }
    let mut target = Target::from("/a");
    target.cookie("other", true, "1");
    let call: Call = Call::empty("GET", target).unwrap();
    let call = call.secured(ALL).authorize(&credentials).unwrap();
    assert_eq!(
        call.headers(),
        [("cookie", "other=1; session=k".to_owned())]
    );
}

#[test]
fn no_key_is_printed() {
    const ALL: &[Requirement] = &[Requirement::new(&[BEARER, HEADER, QUERY, COOKIE])];
    let all = ["Header", "Query", "Cookie"].into_iter();
    let credentials = all.fold(Credentials::bearer("secret"), |all, scheme| {
        all.with(scheme, Credential::key("secret"))
    });
    let credentials = credentials.with("Basic", Credential::basic("secret", "secret"));
    assert_eq!(
        format!("{credentials:?}"),
        "Credentials { bearer: Some(Key(…)), named: {\"Basic\": Basic(…), \"Cookie\": Key(…), \"Header\": Key(…), \"Query\": Key(…)} }"
    );
    let call: Call = Call::empty("GET", "/a?b=1").unwrap();
    let call = call.secured(ALL).authorize(&credentials).unwrap();
    assert!(!format!("{call:?}").contains("secret"));
    let (head, _) = call.into_parts();
    assert_eq!(
        format!("{head:?}"),
        "RequestHead { method: \"GET\", path: \"/a?b=1&api%20key=…\", headers: [(\"authorization\", \"…\"), (\"x-api-key\", \"…\"), \
         (\"cookie\", \"…\")], .. }"
    );
    assert!(head.is_sensitive("Authorization") && !head.is_sensitive("accept"));
}

#[cfg(feature = "http")]
#[test]
fn http_requests_have_credentials() {
    const ALL: &[Requirement] = &[Requirement::new(&[BEARER, HEADER, QUERY])];
    let credentials = Credentials::bearer("sk-test").with("Header", Credential::key("k"));
    let credentials = credentials.with("Query", Credential::key("q"));
    let call = || -> Call { Call::empty("GET", "/a").unwrap().secured(ALL) };
    let request = call()
        .into_http("https://example.com/v1?b=1", &credentials)
        .unwrap();
    assert_eq!(request.uri(), "https://example.com/v1/a?b=1&api%20key=q");
    for name in ["authorization", "x-api-key"] {
        assert!(request.headers()[name].is_sensitive(), "{name}");
    }
    assert_eq!(request.headers()["authorization"], "Bearer sk-test");
    let none = call().into_http("https://example.com", &Credentials::none());
    assert!(!none.unwrap().headers().contains_key("authorization"));
    let error = call().into_http("https://example.com", &Credentials::bearer("t"));
    assert!(matches!(error, Err(RequestError::Credentials { .. })));
    let again = call().try_clone().unwrap().unwrap().split().0;
    assert_eq!(again.security(), ALL);
}
