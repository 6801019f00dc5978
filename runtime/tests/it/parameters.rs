//! Parameters byte for byte: the examples of `OpenAPI` 3.1.1, section 4.8.12.5, and values that
//! would leave their places.

use std::collections::BTreeMap;

use openapi_runtime::parameter::{Items, Parameter, Style, Target, Value};
use openapi_runtime::{Call, EmptyResponse, RequestError, json};

/// A list of strings.
struct Strings(Vec<&'static str>);

impl Parameter for Strings {
    fn value(&self) -> Value<'_> {
        Value::List(
            self.0
                .iter()
                .map(|text| Value::Text((*text).into()))
                .collect(),
        )
    }
}

/// An object whose members stand in the order of the specification.
pub fn object() -> Value<'static> {
    let members = [("R", "100"), ("G", "200"), ("B", "150")];
    let member =
        |(name, value): (&'static str, &'static str)| (name.into(), Value::Text(value.into()));
    Value::Object(members.map(member).into())
}

/// A style, `explode`, and the texts of the empty string, a string, a list and an object.
type Row = (Style, bool, [&'static str; 4]);

const IN_PATHS: [Row; 6] = [
    (
        Style::Matrix,
        false,
        [
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
        ],
    ),
    (
        Style::Matrix,
        true,
        [
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ],
    ),
    (
        Style::Label,
        false,
        [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
    ),
    (
        Style::Label,
        true,
        [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
    ),
    (
        Style::Simple,
        false,
        ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
    ),
    (
        Style::Simple,
        true,
        ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
    ),
];

const IN_QUERIES: [Row; 5] = [
    (
        Style::Form,
        false,
        [
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ],
    ),
    (
        Style::Form,
        true,
        [
            "color=",
            "color=blue",
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
        ],
    ),
    (
        Style::SpaceDelimited,
        false,
        [
            "color=",
            "color=blue",
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ],
    ),
    (
        Style::PipeDelimited,
        false,
        [
            "color=",
            "color=blue",
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ],
    ),
    (
        Style::DeepObject(Items::Indices),
        true,
        [
            "color=",
            "color=blue",
            "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ],
    ),
];

#[test]
fn the_table_of_the_specification() {
    let list = Strings(vec!["blue", "black", "brown"]);
    let values = [
        Value::Text("".into()),
        Value::Text("blue".into()),
        list.value(),
        object(),
    ];
    for (style, explode, expected) in IN_PATHS {
        for (value, expected) in values.iter().zip(expected) {
            let mut target = Target::new();
            target.path("color", style, explode, value);
            assert_eq!(target.uri(), expected, "{style:?} {explode}");
        }
    }
    for (style, explode, expected) in IN_QUERIES {
        for (value, expected) in values.iter().zip(expected) {
            let mut target = Target::new();
            target.query("color", style, explode, value);
            assert_eq!(target.uri(), format!("?{expected}"), "{style:?} {explode}");
        }
    }
}

#[test]
fn values_that_would_leave_their_places() {
    let path = |text: &str| {
        let mut target = Target::new();
        target.literal("/a/");
        target.path("id", Style::Simple, false, text);
        Call::<EmptyResponse>::empty("GET", target).map(|call| call.path().to_owned())
    };
    for (text, expected) in [
        ("x", "/a/x"),
        ("a/b", "/a/a%2Fb"),
        ("?a=b#c", "/a/%3Fa%3Db%23c"),
        ("100%", "/a/100%25"),
        ("a b+c", "/a/a%20b%2Bc"),
        (".", "/a/%2E"),
        ("..", "/a/%2E%2E"),
        ("...", "/a/..."),
        ("-._~", "/a/-._~"),
        ("é", "/a/%C3%A9"),
        ("a,b;c", "/a/a%2Cb%3Bc"),
        ("\r\n", "/a/%0D%0A"),
    ] {
        assert_eq!(path(text).ok().as_deref(), Some(expected), "{text:?}");
    }
    assert!(matches!(path(""), Err(RequestError::EmptyParameter { name }) if name == "id"));
    let header = |text: &str| {
        let mut target = Target::from("/a");
        target.header("x-a", false, text);
        Call::<EmptyResponse>::empty("GET", target).map(|call| call.headers().to_vec())
    };
    assert_eq!(
        header("a, b; é").ok(),
        Some(vec![("x-a", "a, b; é".to_owned())])
    );
    for text in ["a\r\nX: y", "a\nb", "\0"] {
        let error = header(text).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the header `x-a` contains a line break or a NUL"
        );
    }
}

/// The query of one parameter.
pub fn query(add: impl FnOnce(&mut Target)) -> String {
    let mut target = Target::from("/a");
    add(&mut target);
    target.uri().into_owned()
}

#[test]
fn queries() {
    let strings = |all: &[&'static str]| Strings(all.to_vec());
    let cases = [
        (
            query(|target| target.query("a", Style::Form, true, &None::<bool>)),
            "/a",
        ),
        (
            query(|target| target.query("a", Style::Form, true, &strings(&[]))),
            "/a",
        ),
        (
            query(|target| target.query("a", Style::Form, false, &strings(&[]))),
            "/a",
        ),
        (
            query(|target| target.query("a", Style::Form, false, &strings(&["1,2", "3"]))),
            "/a?a=1%2C2,3",
        ),
        (
            query(|target| target.query("a[]", Style::Form, true, &strings(&["1", "2"]))),
            "/a?a%5B%5D=1&a%5B%5D=2",
        ),
        (
            query(|target| {
                target.pairs(
                    "a",
                    Style::Form,
                    true,
                    Items::Brackets,
                    false,
                    &strings(&["1", "2"]),
                );
            }),
            "/a?a%5B%5D=1&a%5B%5D=2",
        ),
        (
            query(|target| {
                target.pairs(
                    "a",
                    Style::Form,
                    true,
                    Items::Indices,
                    false,
                    &strings(&["1", "2"]),
                );
            }),
            "/a?a%5B0%5D=1&a%5B1%5D=2",
        ),
        (
            query(|target| {
                target.pairs(
                    "a",
                    Style::Form,
                    true,
                    Items::Repeat,
                    true,
                    "x:/?@!$'()*,;=#[]&+ %",
                );
            }),
            "/a?a=x:/?@!$'()*,;=%23%5B%5D%26%2B%20%25",
        ),
        (
            // RFC 6570, section 3.2.3: what is percent-encoded already stays.
            query(|target| {
                target.pairs(
                    "a",
                    Style::Form,
                    true,
                    Items::Repeat,
                    true,
                    "%2F%2f/%zz%2%\u{e9}%",
                );
            }),
            "/a?a=%2F%2f/%25zz%252%25%C3%A9%25",
        ),
        (
            query(|target| {
                target.query_json("a", Some(&BTreeMap::from([("b".to_owned(), 1_i64)])));
            }),
            "/a?a=%7B%22b%22%3A1%7D",
        ),
        (query(|target| target.query_json("a", None::<&i64>)), "/a"),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
    let mut fixed = Target::from("/a?beta=true");
    fixed.query("limit", Style::Form, true, &20_i64);
    assert_eq!(fixed.uri(), "/a?beta=true&limit=20");
}

#[test]
fn what_is_within_an_object() {
    let value: json::Value = serde_json::from_str(
        r#"{"created": {"gte": 1}, "items": [{"price": "p", "tags": ["x", "y"]}], "none": null}"#,
    )
    .unwrap();
    let deep = query(|target| target.query("f", Style::DeepObject(Items::Indices), true, &value));
    assert_eq!(
        deep.replace("%5B", "[").replace("%5D", "]"),
        "/a?f[created][gte]=1&f[items][0][price]=p&f[items][0][tags][0]=x&f[items][0][tags][1]=y"
    );
    let deep = query(|target| target.query("f", Style::DeepObject(Items::Brackets), true, &value));
    assert!(
        deep.contains("f%5Bitems%5D%5B%5D%5Btags%5D%5B%5D=x"),
        "{deep}"
    );
    // Values that a style cannot write are JSON.
    let flat = query(|target| target.query("f", Style::Form, true, &value));
    assert_eq!(
        flat,
        "/a?created=%7B%22gte%22%3A1%7D&items=%5B%7B%22price%22%3A%22p%22%2C%22tags%22%3A%5B%22x%22%2C%22y%22%5D%7D%5D"
    );
}

#[test]
fn cookies_are_one_header() {
    let mut target = Target::from("/a");
    target.cookie("session", true, "a b");
    target.cookie("theme", true, &None::<String>);
    target.cookie("flags", false, &Strings(vec!["x", "y"]));
    assert_eq!(
        target.headers(),
        [("cookie", "session=a%20b; flags=x,y".to_owned())]
    );
}

#[test]
fn headers_of_lists_and_objects() {
    let header = |explode: bool, value: &Value<'static>| {
        let mut target = Target::from("/a");
        target.header("x-a", explode, value);
        target.headers().into_iter().next().map(|(_, text)| text)
    };
    let list = Value::List(vec![Value::Text("a".into()), Value::Text("b".into())]);
    assert_eq!(header(false, &list).as_deref(), Some("a,b"));
    assert_eq!(header(false, &Value::List(Vec::new())), None);
    assert_eq!(
        header(false, &object()).as_deref(),
        Some("R,100,G,200,B,150")
    );
    assert_eq!(
        header(true, &object()).as_deref(),
        Some("R=100,G=200,B=150")
    );
}
