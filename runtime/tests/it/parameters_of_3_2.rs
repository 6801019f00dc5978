//! Parameters as only `OpenAPI` 3.2 has them: the query as a whole, cookies as they are, and
//! reserved characters everywhere.

use openapi_runtime::parameter::{Items, Member, Style, Target, Value};
use openapi_runtime::{Call, EmptyResponse, json};

use crate::parameters::{object, query};

/// `OpenAPI` 3.2.0, sections 4.12.6 and 4.12.8.
#[test]
fn cookies_as_they_are() {
    let cookies = |explode: bool, value: &Value<'static>| {
        let mut target = Target::from("/a");
        target.cookie_as_is("color", explode, value);
        target.headers().into_iter().next().map(|(_, text)| text)
    };
    let list = Value::List(
        ["blue", "black", "brown"]
            .map(|text| Value::Text(text.into()))
            .into(),
    );
    let rows = [
        (Value::Text("".into()), ["color=", "color="]),
        (Value::Text("blue".into()), ["color=blue", "color=blue"]),
        (
            list,
            [
                "color=blue,black,brown",
                "color=blue; color=black; color=brown",
            ],
        ),
        (object(), ["color=R,100,G,200,B,150", "R=100; G=200; B=150"]),
        (
            Value::Text("Hello%2C world!".into()),
            ["color=Hello%2C world!"; 2],
        ),
    ];
    for (value, [joined, exploded]) in rows {
        assert_eq!(cookies(false, &value).as_deref(), Some(joined));
        assert_eq!(cookies(true, &value).as_deref(), Some(exploded));
    }
    for text in ["a;b", "a\r\nx: y", "a\0"] {
        let mut target = Target::from("/a");
        target.cookie_as_is("color", true, text);
        let call: Result<Call<EmptyResponse>, _> = Call::empty("GET", target);
        let error = call.expect_err("it would end the cookie").to_string();
        assert_eq!(
            error,
            "the cookie `color` contains a semicolon, a line break or a NUL"
        );
    }
}

#[test]
fn reserved_characters_stay_where_they_end_nothing() {
    let reserved = ":/?#[]@!$&'()*+,;=";
    let mut target = Target::from("/");
    target.path_reserved("a", Style::Simple, false, reserved);
    target.literal("/");
    target.path_reserved("b", Style::Simple, false, "..");
    target.cookie_reserved("c", true, reserved);
    assert_eq!(target.uri(), "/:%2F%3F%23%5B%5D@!$&'()*+,;=/%2E%2E");
    assert_eq!(
        target.headers(),
        [("cookie", "c=:/?#[]@!$&'()*+%2C%3B=".to_owned())]
    );
    let mut target = Target::from("/");
    target.path_json("a", Some(&vec!["x/y".to_owned()]));
    target.cookie_json("b", Some(&vec!["x;y".to_owned()]));
    target.cookie_json("c", None::<&i64>);
    assert_eq!(target.uri(), "/%5B%22x%2Fy%22%5D");
    assert_eq!(
        target.headers(),
        [("cookie", "b=%5B%22x%3By%22%5D".to_owned())]
    );
}

/// `OpenAPI` 3.2.0, section 4.12.8.
#[test]
fn whole_queries() {
    let json = |text: &str| serde_json::from_str::<json::Value>(text).expect("JSON");
    let form = |text: &str, members: &[(&str, Member)]| {
        query(|target| target.whole_query_form("q", Some(&json(text)), members))
    };
    assert_eq!(
        form(r#"{"bar": true, "foo": "a + b"}"#, &[]),
        "/a?bar=true&foo=a+%2B+b"
    );
    let nested = r#"{"list": [1, "x y"], "at": {"x": null, "y": "z"}, "none": null, "empty": []}"#;
    assert_eq!(
        form(nested, &[]),
        "/a?at=%7B%22x%22%3Anull%2C%22y%22%3A%22z%22%7D&list=1&list=x+y"
    );
    let members = [
        ("list", Member::Style(Style::PipeDelimited, false)),
        (
            "at",
            Member::Pairs(
                Style::DeepObject(Items::Indices),
                true,
                Items::Indices,
                true,
            ),
        ),
        ("none", Member::Json),
    ];
    assert_eq!(form(nested, &members), "/a?at%5By%5D=z&list=1%7Cx+y");
    assert_eq!(
        form(r#"{"a": "x"}"#, &[("a", Member::Json)]),
        "/a?a=%22x%22"
    );
    assert_eq!(form("{}", &[]), "/a");
    assert_eq!(
        query(|target| {
            target.whole_query_json("q", Some(&json(r#"{"numbers":[1,2],"flag":null}"#)));
        }),
        "/a?%7B%22flag%22%3Anull%2C%22numbers%22%3A%5B1%2C2%5D%7D"
    );
    assert_eq!(
        query(|target| target.whole_query("$.a.b[1:1]")),
        "/a?%24.a.b%5B1%3A1%5D"
    );
    assert_eq!(query(|target| target.whole_query(&None::<String>)), "/a");
    assert_eq!(
        query(|target| target.whole_query_form("q", None::<&i64>, &[])),
        "/a"
    );
}
