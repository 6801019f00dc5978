//! JSON Pointer, RFC 6901.

use openapi_codegen::document::{Document, Pointer, PointerError, Source};

/// The document of RFC 6901, section 5, and two members more.
const DOCUMENT: &str = r#"{
    "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8,
    "~1": 9, "é": 10
}"#;

#[test]
fn pointers_lead_to_values() {
    let cases = [
        ("/foo/0", "\"bar\""),
        ("/", "0"),
        ("/a~1b", "1"),
        ("/c%d", "2"),
        ("/e^f", "3"),
        ("/g|h", "4"),
        ("/i\\j", "5"),
        ("/k\"l", "6"),
        ("/ ", "7"),
        ("/m~0n", "8"),
        ("/~01", "9"),
        ("/é", "10"),
        ("/foo/2", ""),
        ("/foo/00", ""),
        ("/foo/+1", ""),
        ("/foo/-", ""),
        ("/foo/bar", ""),
        ("/foo/0/x", ""),
        ("/nope", ""),
    ];
    for (pointer, value) in cases {
        assert_eq!(
            resolve(&Pointer::parse(pointer).expect(pointer)),
            value,
            "{pointer}"
        );
    }
}

#[test]
fn references_are_percent_encoded_pointers() {
    let cases = [
        ("#/foo/1", Ok("\"baz\"")),
        ("#/c%25d", Ok("2")),
        ("#/a~1b", Ok("1")),
        ("#/a%7E1b", Ok("1")),
        ("#/%C3%A9", Ok("10")),
        ("#/%20", Ok("7")),
        ("#foo", Err(PointerError::NotAbsolute)),
        ("#/a~2", Err(PointerError::InvalidEscape)),
        ("#/a~", Err(PointerError::InvalidEscape)),
        ("#/%2", Err(PointerError::InvalidPercentEncoding)),
        ("#/%zz", Err(PointerError::InvalidPercentEncoding)),
        ("#/%FF", Err(PointerError::InvalidPercentEncoding)),
        ("other.yaml#/foo", Err(PointerError::Remote)),
        ("https://example.com", Err(PointerError::Remote)),
        ("", Err(PointerError::Remote)),
    ];
    for (reference, value) in cases {
        let found = Pointer::from_reference(reference).map(|pointer| resolve(&pointer));
        assert_eq!(found, value.map(str::to_owned), "{reference}");
    }
}

#[test]
fn pointers_are_built_and_taken_apart() {
    let pointer = Pointer::root().child("a/b").index(2).child("m~n").child("");
    assert_eq!(pointer.as_str(), "/a~1b/2/m~0n/");
    assert_eq!(
        pointer.segments().collect::<Vec<_>>(),
        ["a/b", "2", "m~n", ""]
    );
    assert_eq!(
        pointer.parent().map(|parent| parent.to_string()).as_deref(),
        Some("/a~1b/2/m~0n")
    );
    assert_eq!(Pointer::root().segments().count(), 0);
    assert_eq!(Pointer::root().parent(), None);
    assert_eq!(Pointer::from_reference("#"), Ok(Pointer::root()));
}

fn resolve(pointer: &Pointer) -> String {
    let document = Document::parse(Source::new("rfc6901.json", DOCUMENT)).expect("it is JSON");
    document
        .at(pointer)
        .map(|at| at.node().to_json().to_string())
        .unwrap_or_default()
}
