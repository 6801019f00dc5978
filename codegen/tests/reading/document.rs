//! Nodes, cursors and numbers.

use openapi_codegen::document::{Document, Pointer, Source, Span};
use serde_json::{Value, json};

use crate::read;

#[test]
fn json_is_read_as_json() {
    let cases: &[(&str, Value)] = &[
        (
            "{\"a\": \"\\ud83e\\udda6\", \"b\": \"\\/\"}",
            json!({"a": "🦦", "b": "/"}),
        ),
        (
            "\t{\t\"a\"\t:\t1,\n\t\"b\"\n:[\t]\t}\n",
            json!({"a": 1, "b": []}),
        ),
        (
            "\u{feff}[1.0, -0, 1e2, true, null]",
            json!([1.0, 0, 100.0, true, null]),
        ),
        (
            "{\"yes\": \"~\", \"1\": \"0x1F\"}",
            json!({"yes": "~", "1": "0x1F"}),
        ),
        ("{\"<<\": 1}", json!({"<<": 1})),
        ("{}", json!({})),
    ];
    for (text, value) in cases {
        assert_eq!(read(text), Ok(value.clone()), "{text:?}");
    }
}

#[test]
fn json_and_yaml_give_the_same_tree() {
    let value = json!({
        "openapi": "3.1.0",
        "info": {"title": "é \" \\ \n \t 🦦", "version": "1.0"},
        "list": [null, true, 1, -2.5, 1e30, "", "null", [], {}, [[{"a": []}]]],
    });
    let yaml = serde_yaml::to_string(&value).expect("the value is written as YAML");
    assert_eq!(read(&value.to_string()), Ok(value.clone()));
    assert_eq!(
        read(&serde_json::to_string_pretty(&value).expect("JSON")),
        Ok(value.clone())
    );
    assert_eq!(read(&yaml), Ok(value));
}

#[test]
fn spans_are_the_text_of_the_value() {
    let cases: &[(&str, &str, &str, &str)] = &[
        ("é: 'ü' # c\n", "/é", "é", "'ü'"),
        (
            "a:\n  b: \"x\"\n  c: 1  \n\nd: 2\n",
            "/a",
            "a",
            "b: \"x\"\n  c: 1",
        ),
        ("a: [1, {b: c } ] # d\n", "/a/1", "{b: c }", "{b: c }"),
        ("a:\n- x\n- y\n\n# c\nb: 1\n", "/a", "a", "x\n- y"),
        ("a: |\n  x\n\n  y\n\nb: 1\n", "/a", "a", "x\n\n  y"),
        ("a: p\n  q\nb: 1\n", "/a", "a", "p\n  q"),
        ("{\"ä\": {\"b\": \"ö\"}}", "/ä", "\"ä\"", "{\"b\": \"ö\"}"),
        ("\u{feff}{\"ä\": {\"b\": [1 ]}}", "/ä/b", "\"b\"", "[1 ]"),
        ("a: &x {n: 1}\nb: *x\n", "/b", "b", "&x {n: 1}"),
    ];
    for (text, pointer, key, value) in cases {
        let document = Document::parse(Source::new("test", *text)).expect(text);
        let at = document
            .at(&Pointer::parse(pointer).expect(pointer))
            .expect(pointer);
        let slice = |span: Span| &text[span.start as usize..span.end as usize];
        assert_eq!(
            (slice(at.key_span()), slice(at.span())),
            (*key, *value),
            "{text:?}"
        );
    }
}

#[test]
fn large_objects_keep_order_and_find_every_member() {
    let lines = (0..2000).map(|n| format!("k{}: {n}\n", (n * 7919) % 2000));
    let text = lines.collect::<Vec<_>>().concat();
    let document = Document::parse(Source::new("test", text)).expect("it is YAML");
    let root = document.root();
    let values = root.members().map(|(_, at)| at.as_u64());
    assert!(values.eq((0..2000).map(Some)));
    for n in 0..2000_u64 {
        let name = format!("k{}", (n * 7919) % 2000);
        assert_eq!(root.get(&name).and_then(|at| at.as_u64()), Some(n));
    }
    assert!(root.get("k2000").is_none());
}

#[test]
fn numbers_count_by_value() {
    // Text, the value as i64 if it is one, whether it is an integer.
    let cases: &[(&str, Option<i64>, bool)] = &[
        ("1", Some(1), true),
        ("-1.0", Some(-1), true),
        ("1.50e1", Some(15), true),
        ("1.5", None, false),
        ("15e-1", None, false),
        ("150e-1", Some(15), true),
        ("0e-5", Some(0), true),
        ("0.0", Some(0), true),
        ("0x1F", Some(31), true),
        ("+7", Some(7), true),
        ("9007199254740993", Some(9_007_199_254_740_993), true),
        ("-9223372036854775808", Some(i64::MIN), true),
        ("9223372036854775808", None, true),
        ("1e18", Some(1_000_000_000_000_000_000), true),
        ("1e19", None, true),
        ("1e400", None, true),
        ("1e99999999999999999999", None, true),
        ("1e-99999999999999999999", None, false),
        ("0e99999999999999999999", Some(0), true),
        (".inf", None, false),
        ("-.inf", None, false),
        (".nan", None, false),
    ];
    for (text, value, integer) in cases {
        let document = Document::parse(Source::new("test", format!("[{text}]"))).expect(text);
        let at = document.root().index(0).expect(text);
        let number = at.as_number().expect(text);
        assert_eq!(
            (number.as_i64(), number.is_integer()),
            (*value, *integer),
            "{text}"
        );
        assert_eq!(number.to_string(), *text);
    }
    let document =
        Document::parse(Source::new("test", "[1.5, -.inf, 0x10, 1e400, .nan]")).expect("numbers");
    let floats: Vec<Option<f64>> = document.root().items().map(|at| at.as_f64()).collect();
    assert_eq!(
        floats[..4],
        [1.5, f64::NEG_INFINITY, 16.0, f64::INFINITY].map(Some)
    );
    assert!(floats[4].is_some_and(f64::is_nan));
}

#[test]
fn leaves_are_read_as_types() {
    let text = "url: https://api.openai.com/v1\ndescription: 1\n";
    let document = Document::parse(Source::new("test", text)).expect("it is YAML");
    let members: std::collections::BTreeMap<String, Value> =
        document.root().node().read().expect("an object");
    assert_eq!(members["description"], json!(1));
    assert!(document.root().node().read::<Vec<String>>().is_err());
}
