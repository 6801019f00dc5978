//! Reading and writing JSON.

use std::collections::BTreeMap;

use openapi_runtime::{
    Base64, DecodeError, Extra, Nullable, OneOrMany, Uri,
    json::{
        self, Decode, Deserializer, Encode, Kind, MapAccess, Members, ObjectWriter, RawUnion,
        ReadObject, Serializer, Sink, Source, Value,
    },
};
use serde_json::json;

use crate::images::{ImagesResponse, Usage};

fn read<T: for<'de> Decode<'de>>(text: &str) -> Result<T, DecodeError> {
    json::from_slice(text.as_bytes())
}

#[test]
fn integers() {
    for (text, expected) in [
        ("1", 1),
        ("1.0", 1),
        ("1e3", 1000),
        ("-0.0", 0),
        ("9223372036854775807", i64::MAX),
        ("9007199254740992.0", 1 << 53),
    ] {
        assert_eq!(read::<i64>(text).ok(), Some(expected), "{text}");
    }
    for text in [
        "1.5",
        "\"1\"",
        "null",
        "true",
        "9223372036854775808",
        "1e400",
        "1e19",
        "9007199254740994.0",
        "NaN",
        "01",
        "[]",
    ] {
        assert!(read::<i64>(text).is_err(), "{text}");
    }
    assert_eq!(read::<i32>("2147483647").ok(), Some(i32::MAX));
    assert!(
        read::<i32>("2147483648")
            .unwrap_err()
            .message
            .contains("2147483648 is not within")
    );
    assert_eq!(read::<u64>("18446744073709551615").ok(), Some(u64::MAX));
    assert!(read::<u64>("-1").is_err());
    assert_eq!(read::<f64>("1").ok(), Some(1.0));
    // The nearest number, which a fast reader misses by one.
    let nearest = "4503599627370495.5";
    assert_eq!(read::<f64>(nearest).unwrap().to_string(), nearest);
    assert!(read::<f64>("\"1\"").is_err());
}

#[test]
fn containers() {
    assert_eq!(read::<Option<i64>>("null").ok(), Some(None));
    assert_eq!(
        read::<Vec<Option<bool>>>("[true, null]").ok(),
        Some(vec![Some(true), None])
    );
    assert_eq!(
        read::<BTreeMap<String, i64>>(r#"{"a": 1, "a": 2.0}"#).ok(),
        Some(BTreeMap::from([("a".into(), 2)]))
    );
    assert_eq!(read::<Nullable<i64>>("null").ok(), Some(Nullable::Null));
    assert_eq!(
        read::<Box<Nullable<i64>>>("3").ok(),
        Some(Box::new(Nullable::Value(3)))
    );
    assert_eq!(read::<OneOrMany<i64>>("3").ok(), Some(OneOrMany::One(3)));
    assert_eq!(
        read::<OneOrMany<i64>>(" [3.0]").ok(),
        Some(OneOrMany::Many(vec![3]))
    );
    assert_eq!(
        read::<Value>(r#"{"a": [1, "b"]}"#).ok(),
        Some(json!({"a": [1, "b"]}))
    );
    assert!(read::<Vec<i64>>("null").is_err());
}

#[test]
fn errors_have_the_path_and_the_raw_text() {
    let table = [
        (
            r#"{"usage": {"total_tokens": "100"}}"#,
            "usage.total_tokens",
        ),
        (r#"{"data": [{}, {"url": 1}]}"#, "data[1].url"),
        (r#"{"data": [null]}"#, "data[0]"),
        (r#"{"created": "1"}"#, "created"),
        (r"[]", ""),
        (r"null", ""),
        (r#"{"created": 1} x"#, ""),
        (r#"{"created": 1"#, ""),
        ("", ""),
        (r#"{"usage": {"total_tokens": 1, "inp"#, "usage"),
    ];
    for (text, path) in table {
        let error = read::<ImagesResponse>(text).unwrap_err();
        assert_eq!(
            (error.path.as_str(), &error.raw[..]),
            (path, text.as_bytes()),
            "{error}"
        );
    }
    let error = read::<ImagesResponse>("[]").unwrap_err();
    assert!(
        error
            .message
            .contains("expected an object `ImagesResponse`"),
        "{error}"
    );

    let long = format!("{{\"created\": \"{}\"}}", "é".repeat(5000));
    let error = read::<ImagesResponse>(&long).unwrap_err();
    assert_eq!(error.text(), long);
    assert!(error.to_string().chars().count() < 700 && error.to_string().ends_with("bytes)"));
}

#[test]
fn what_is_forgiven() {
    let text =
        "\u{feff} {\"created\": null, \"new\": \"\\ud800\", \"usage\": null, \"created\": 2}\n";
    let response = read::<ImagesResponse>(text).unwrap();
    assert_eq!(
        response,
        ImagesResponse {
            created: Some(2),
            data: None,
            usage: None
        }
    );
    assert!(
        read::<String>("\"\\ud800\"").is_err(),
        "a lone surrogate is no text"
    );
}

#[derive(Debug, PartialEq)]
struct Nullables {
    required: Option<i64>,
    optional: Nullable<i64>,
}

impl<'de> ReadObject<'de> for Nullables {
    const NAME: &'static str = "Nullables";

    fn read<A: MapAccess<'de>>(mut members: Members<'_, 'de, A>) -> Result<Self, A::Error> {
        let mut required = None;
        let mut optional = Nullable::Absent;
        while let Some(name) = members.next_name()? {
            match &*name {
                "required" => required = Some(members.value()?),
                "optional" => optional = members.value()?,
                _ => members.skip()?,
            }
        }
        Ok(Self {
            required: json::required(required, "required")?,
            optional,
        })
    }
}
openapi_runtime::read_object!(Nullables);

impl Encode for Nullables {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        let mut object = ObjectWriter::new(serializer, sink)?;
        object.required("required", &self.required)?;
        object.nullable("optional", &self.optional)?;
        object.extra(&Extra::from_iter([("seed", 7)]))?;
        object.end()
    }
}
openapi_runtime::serialize!(Nullables);

#[test]
fn nullable_members() {
    let table = [
        (r#"{"required":null}"#, None, Nullable::Absent),
        (r#"{"required":1,"optional":null}"#, Some(1), Nullable::Null),
        (
            r#"{"required":1,"optional":2}"#,
            Some(1),
            Nullable::Value(2),
        ),
    ];
    for (text, required, optional) in table {
        let value = read::<Nullables>(text).unwrap();
        assert_eq!(value, Nullables { required, optional });
        let written = serde_json::to_string(&value).unwrap();
        assert_eq!(written, text.replace('}', ",\"seed\":7}"));
    }
    assert!(
        read::<Nullables>("{}")
            .unwrap_err()
            .message
            .contains("missing field `required`")
    );
    assert_eq!(
        serde_json::from_str::<Nullables>(r#"{"required":3}"#)
            .unwrap()
            .required,
        Some(3)
    );
}

#[test]
fn an_extra_member_of_a_known_name_is_refused() {
    struct Twice;

    impl Encode for Twice {
        fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
            let mut object = ObjectWriter::new(serializer, sink)?;
            object.optional("n", &None::<i64>)?;
            object.extra(&Extra::from_iter([("n", 2)]))?;
            object.end()
        }
    }
    openapi_runtime::serialize!(Twice);

    assert!(
        serde_json::to_string(&Twice)
            .unwrap_err()
            .to_string()
            .contains("`n`")
    );
}

#[derive(Debug, PartialEq)]
enum Shape {
    Circle(Usage),
    Text(String),
}

impl<'de> Decode<'de> for Shape {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        let raw = RawUnion::decode(deserializer, source)?;
        match (raw.kind(), raw.tag("type").as_deref()) {
            (Kind::String, _) => raw.read(source).map(Self::Text),
            (_, Some("circle")) => raw.read(source).map(Self::Circle),
            _ => Err(raw.mismatch("Shape")),
        }
    }
}

#[test]
fn unions() {
    assert_eq!(
        read::<Vec<Shape>>(r#"["a"]"#).ok(),
        Some(vec![Shape::Text("a".into())])
    );
    let shapes =
        read::<Vec<Shape>>(r#"[{"total_tokens": 1, "type": "square", "type": "circle"}]"#).unwrap();
    assert!(matches!(&shapes[..], [Shape::Circle(usage)] if usage.total_tokens == Some(1)));
    let error =
        read::<Vec<Shape>>(r#"["a", {"type": "circle", "total_tokens": "1"}]"#).unwrap_err();
    assert_eq!(error.path, "[1].total_tokens");
    assert!(error.message.starts_with("invalid type"), "{error}");
    let error = read::<Vec<Shape>>("[7]").unwrap_err();
    assert!(
        error
            .message
            .starts_with("no variant of `Shape` matches this integer"),
        "{error}"
    );

    let raw = read::<RawUnion>(r#"{"a": null, "b": 1.5}"#).unwrap();
    assert!(raw.has("a") && !raw.has("c") && raw.tag("a").is_none());
    for (text, kind) in [
        ("null", Kind::Null),
        ("false", Kind::Bool),
        ("-1", Kind::Integer),
        ("1.0", Kind::Integer),
        ("1.5", Kind::Number),
        ("\"\"", Kind::String),
        ("[]", Kind::Array),
        ("{}", Kind::Object),
    ] {
        assert_eq!(read::<RawUnion>(text).unwrap().kind(), kind, "{text}");
    }
    let from_value: RawUnion = Decode::decode(json!({"a": 1}), &Source::default()).unwrap();
    assert!(from_value.has("a"));
}

#[test]
fn base64() {
    let png = read::<Base64>("\"iVBORw0KGgo=\"").unwrap();
    assert_eq!(png.bytes().unwrap(), &b"\x89PNG\r\n\x1a\n"[..]);
    assert_eq!(png.text(), "iVBORw0KGgo=");
    assert_eq!(format!("{png:?}"), "Base64(8 bytes)");
    assert_eq!(serde_json::to_string(&png).unwrap(), "\"iVBORw0KGgo=\"");
    assert_eq!(png, Base64::from("iVBORw0KGgo="));
    // Not canonical: no padding, bits after the end, another alphabet, white space, no base64 at
    // all.
    for text in [
        "QQ", "QR==", "-_-_", "QQ==\\n", "...", "AA\u{85}", "\\u0051Q", "é",
    ] {
        let value = read::<Base64>(&format!("\"{text}\"")).unwrap();
        assert!(value.bytes().is_err(), "{text}");
        assert_eq!(
            serde_json::to_string(&value).unwrap().len(),
            value.text().len() + 2 + usize::from(text.ends_with("\\n"))
        );
    }
    assert_eq!(
        read::<Base64>("\"\\u0051Q==\"").unwrap().bytes().unwrap(),
        &b"A"[..],
        "escapes are undone first"
    );
    assert_eq!(read::<Base64>("\"\"").unwrap().bytes().unwrap(), &b""[..]);
    assert!(read::<Base64>("1").is_err());
    assert!(json::from_slice::<Base64>(b"\"\xff\"").is_err());
    let owned: Base64 = Decode::decode(json!("QQ=="), &Source::default()).unwrap();
    assert_eq!(owned.into_bytes().unwrap(), &b"A"[..]);
}

#[test]
fn data_urls() {
    let bytes = vec![0xfb; 10_000];
    let uri = Uri::data("image/png", bytes.clone());
    let text = uri.to_string();
    assert_eq!(
        text,
        format!("data:image/png;base64,{}", Base64::from_bytes(bytes).text())
    );
    assert_eq!(uri.characters(), text.len());
    assert_eq!(uri, Uri::from(text.as_str()));
    assert_eq!(serde_json::to_string(&uri).unwrap(), format!("\"{text}\""));
    assert_eq!(format!("{uri:?}"), "Uri(image/png, 10000 bytes)");
    assert_eq!(
        Uri::data("text/plain; charset=\"a,b\"", "x").to_string(),
        "data:text/plain;%20charset=%22a%2Cb%22;base64,eA=="
    );
    assert_eq!(Uri::from("é").characters(), 1);
    assert_eq!(
        read::<Uri>("\"https://example.com\"").unwrap(),
        Uri::from("https://example.com")
    );
}

/// A union owns its tag: what the value has under that name is not written.
#[test]
fn a_tag_is_written_once() {
    struct Tagged(json::Tag, BTreeMap<String, i64>);

    impl json::Encode for Tagged {
        fn encode<S: json::Serializer>(
            &self,
            serializer: S,
            sink: &json::Sink,
        ) -> Result<S::Ok, S::Error> {
            json::tagged(serializer, sink, "kind", self.0, &self.1)
        }
    }
    openapi_runtime::serialize!(Tagged);

    let members = BTreeMap::from([("kind".to_owned(), 7), ("lives".to_owned(), 9)]);
    for (tag, expected) in [
        (json::Tag::from("cat"), r#"{"kind":"cat","lives":9}"#),
        (json::Tag::from(1), r#"{"kind":1,"lives":9}"#),
    ] {
        let value = Tagged(tag, members.clone());
        assert_eq!(serde_json::to_string(&value).unwrap(), expected);
    }
}

#[test]
fn integer_tags() {
    for (text, expected) in [
        (r#"{"code": 1}"#, Some(1)),
        (r#"{"code": 1.0}"#, Some(1)),
        (r#"{"code": 1, "code": 2}"#, Some(2)),
        (r#"{"code": "1"}"#, None),
        (r#"{"code": 1.5}"#, None),
        (r#"{"code": null}"#, None),
        ("{}", None),
    ] {
        let raw: json::RawUnion = json::from_slice(text.as_bytes()).unwrap();
        assert_eq!(raw.integer_tag("code"), expected, "{text}");
    }
}
