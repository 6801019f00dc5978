//! The core schema and the structures of YAML 1.2.

use serde_json::{Value, json};

use crate::{problems, read};

#[test]
fn scalars_have_the_types_of_the_core_schema() {
    let cases: &[(&str, Value)] = &[
        // null
        ("", json!(null)),
        ("~", json!(null)),
        ("null", json!(null)),
        ("Null", json!(null)),
        ("NULL", json!(null)),
        ("nULL", json!("nULL")),
        // booleans; those of YAML 1.1 are strings
        ("true", json!(true)),
        ("FALSE", json!(false)),
        ("tRue", json!("tRue")),
        ("yes", json!("yes")),
        ("no", json!("no")),
        ("on", json!("on")),
        ("Off", json!("Off")),
        ("y", json!("y")),
        // integers
        ("0", json!(0)),
        ("-1", json!(-1)),
        ("+12", json!(12)),
        ("007", json!(7)),
        ("0x1F", json!(31)),
        ("0o17", json!(15)),
        ("0b1", json!("0b1")),
        ("1_000", json!("1_000")),
        ("0x", json!("0x")),
        ("-0x1", json!("-0x1")),
        ("9223372036854775807", json!(9_223_372_036_854_775_807_i64)),
        (
            "18446744073709551615",
            json!(18_446_744_073_709_551_615_u64),
        ),
        // floats
        ("1.5", json!(1.5)),
        (".5", json!(0.5)),
        ("1.", json!(1.0)),
        ("1e3", json!(1000.0)),
        ("-1.5E-2", json!(-0.015)),
        (".inf", json!(null)),
        ("-.Inf", json!(null)),
        (".nan", json!(null)),
        ("1.0.0", json!("1.0.0")),
        ("1e", json!("1e")),
        ("-", json!([null])),
        (".", json!(".")),
        ("12:30", json!("12:30")),
        // dates are not a type of JSON
        ("2026-04-21", json!("2026-04-21")),
        ("2026-04-21T10:00:00Z", json!("2026-04-21T10:00:00Z")),
        // quotes and blocks are strings
        ("'1'", json!("1")),
        ("\"true\"", json!("true")),
        ("''", json!("")),
        ("\"\\u00e9\\n\"", json!("é\n")),
        ("|\n  1\n  2\n", json!("1\n2\n")),
        (">-\n  a\n  b\n", json!("a b")),
        ("|", json!("")),
        // tags of the core schema
        ("!!str 1", json!("1")),
        ("! 1", json!("1")),
        ("!!int '1'", json!(1)),
        ("!!float 1", json!(1)),
        ("!!bool 'true'", json!(true)),
        ("!!null ''", json!(null)),
        ("!!seq [1]", json!([1])),
        ("!!map {a: 1}", json!({"a": 1})),
    ];
    for (text, value) in cases {
        assert_eq!(
            read(&format!("v: {text}\n")),
            expected(text, value),
            "{text}"
        );
    }
}

/// A block sequence cannot begin on the line of its key, so its case is a document of its own.
fn expected(text: &str, value: &Value) -> Result<Value, Vec<String>> {
    if text == "-" {
        Err(vec!["invalid-yaml 1:4 /v".to_owned()])
    } else {
        Ok(json!({"v": value}))
    }
}

#[test]
fn structures_become_json() {
    let cases: &[(&str, Value)] = &[
        (
            "200: ok\ntrue: b\n~: n\n1.0: f\n",
            json!({"200": "ok", "true": "b", "~": "n", "1.0": "f"}),
        ),
        ("? a\n: b\n", json!({"a": "b"})),
        ("a: b # c\n", json!({"a": "b"})),
        ("%YAML 1.2\n---\na: b\n...\n", json!({"a": "b"})),
        ("\u{feff}a: b\n", json!({"a": "b"})),
        ("a:\r\n  b: c\r\n", json!({"a": {"b": "c"}})),
        (
            "a:\n- 1\n-\n  - 2\n- {b: [3]}\n",
            json!({"a": [1, [2], {"b": [3]}]}),
        ),
        ("{a: 1, b: }", json!({"a": 1, "b": null})),
        ("[1, 'x', y z,]", json!([1, "x", "y z"])),
        ("'<<': 1\n", json!({"<<": 1})),
        ("text\n", json!("text")),
        (
            "a:\tb\nc: {d:\t\te, f:\t1}\n",
            json!({"a": "b", "c": {"d": "e", "f": 1}}),
        ),
        (
            "ä:\tb\nc: |\n  d:\te\nf: 'g:\th'\n\"i:\tj\":\tk\nl: >-\n  m:\tn\n  o:\tp\n",
            json!({"ä": "b", "c": "d:\te\n", "f": "g:\th", "i:\tj": "k", "l": "m:\tn o:\tp"}),
        ),
    ];
    for (text, value) in cases {
        assert_eq!(read(text), Ok(value.clone()), "{text:?}");
    }
}

#[test]
fn aliases_are_copies() {
    let cases: &[(&str, Value)] = &[
        (
            "a: &x {n: 1}\nb: *x\n",
            json!({"a": {"n": 1}, "b": {"n": 1}}),
        ),
        ("a: &x 1\nb: &x 2\nc: *x\n", json!({"a": 1, "b": 2, "c": 2})),
        (
            "a: &x 1\nb: *x\nc: &x 2\nd: *x\n",
            json!({"a": 1, "b": 1, "c": 2, "d": 2}),
        ),
        ("&k a: 1\nb: *k\n", json!({"a": 1, "b": "a"})),
        ("a: &k name\n*k : 1\n", json!({"a": "name", "name": 1})),
        (
            "a: &x [&y 1, *y]\nb: *x\n",
            json!({"a": [1, 1], "b": [1, 1]}),
        ),
        (
            "a: &a {n: 1, m: 1}\nb: {<<: *a, m: 2}\n",
            json!({"a": {"n": 1, "m": 1}, "b": {"n": 1, "m": 2}}),
        ),
        (
            "a: &a {n: 1}\nb: &b {n: 2, m: 2}\nc:\n  <<: [*a, *b]\n",
            json!({"a": {"n": 1}, "b": {"n": 2, "m": 2}, "c": {"n": 1, "m": 2}}),
        ),
    ];
    for (text, value) in cases {
        assert_eq!(read(text), Ok(value.clone()), "{text:?}");
    }
}

#[test]
fn problems_have_a_code_and_a_place() {
    let cases: &[(&str, &str)] = &[
        ("", "invalid-yaml 1:1"),
        ("# nothing\n", "invalid-yaml 1:1"),
        ("a: b: c\n", "invalid-yaml 1:5"),
        ("a: 'x\n", "invalid-yaml 1:4 /a"),
        ("a:\n\t- b\n", "invalid-yaml 2:2 /a"),
        ("é: x\nß: \"\\q\"\n", "invalid-yaml 2:4 /ß"),
        ("a: x\n---\nb: y\n", "invalid-yaml 2:1"),
        ("a: *x\n", "invalid-yaml 1:4 /a"),
        ("a: &x [1, *x]\n", "invalid-yaml 1:11 /a/1"),
        ("a:\n  <<: 1\n", "invalid-yaml 2:7 /a"),
        ("a: {<<: [1]}\n", "invalid-yaml 1:9 /a"),
        ("[a]: 1\n", "invalid-json 1:2"),
        ("? {a: b}\n: 1\n", "invalid-yaml 1:3"),
        ("a: !foo 1\n", "invalid-yaml 1:4 /a"),
        ("a: !!int x\n", "invalid-yaml 1:4 /a"),
        ("a: !!int 1.0\n", "invalid-yaml 1:4 /a"),
        ("a: !!bool 1\n", "invalid-yaml 1:4 /a"),
        ("a: !!null 1\n", "invalid-yaml 1:4 /a"),
        ("a: !!binary aGk=\n", "invalid-yaml 1:4 /a"),
        ("a: !!map [1]\n", "invalid-yaml 1:4 /a"),
        ("a: \"b\0c\"\n", "invalid-yaml 1:6"),
        ("a: b\n\0c: d\n", "invalid-yaml 2:1"),
        ("a:\tb: c\n", "invalid-yaml 1:5"),
        ("a:\t- b\n", "invalid-yaml 1:4 /a"),
        ("%\u{5}~\u{491}o'~\u{491}o\u{491}o", "invalid-yaml 1:12"),
        ("{\"a\": 1,, \"b\": 2}", "invalid-json 1:9"),
        ("  {\"a\" 1}", "invalid-json 1:8"),
        ("\u{feff}{\"a\": [1, 2}", "invalid-json 1:12"),
        ("{\"a\": 1} x", "invalid-json 1:10"),
        ("{\"a\": \"\\ud83e\\udda6\n\"}", "invalid-json 1:20 /a"),
    ];
    for (text, problem) in cases {
        assert_eq!(read(text), Err(vec![(*problem).to_owned()]), "{text:?}");
    }
}

#[test]
fn every_repeated_key_is_reported() {
    let text = "a: 1\nb: {c: 1, d: 2, c: 3, 'c': 4}\na: 2\n";
    insta::assert_snapshot!(problems(text), @r#"
    error[duplicate-key]: the key `c` occurs twice in this object
     --> test.yaml:2:17
      |
    2 | b: {c: 1, d: 2, c: 3, 'c': 4}
      |                 ^ the second
      |
      = at: /b/c
      = help: the first is at test.yaml:2:5

    error[duplicate-key]: the key `c` occurs twice in this object
     --> test.yaml:2:23
      |
    2 | b: {c: 1, d: 2, c: 3, 'c': 4}
      |                       ^^^ the second
      |
      = at: /b/c
      = help: the first is at test.yaml:2:5

    error[duplicate-key]: the key `a` occurs twice in this object
     --> test.yaml:3:1
      |
    3 | a: 2
      | ^ the second
      |
      = at: /a
      = help: the first is at test.yaml:1:1
    "#);
    let json = "{\"a\": [{\"b\": 1, \"b\": 2}], \"\\u0061\": 1}";
    let expected = ["duplicate-key 1:17 /a/0/b", "duplicate-key 1:27 /a"];
    assert_eq!(read(json), Err(expected.map(str::to_owned).to_vec()));
}

#[test]
fn a_syntax_error_shows_its_line() {
    let text = "openapi: 3.1.0\ninfo:\n  title: 'Images\n\npaths: {}\n";
    insta::assert_snapshot!(problems(text), @r#"
    error[invalid-yaml]: invalid indentation in quoted scalar
     --> test.yaml:3:10
      |
    3 |   title: 'Images
      |          ^
      |
      = at: /info/title
      = help: close the quote, and indent the following lines
    "#);
    insta::assert_snapshot!(problems("{\n  \"openapi\": \"3.1.0\"\n  \"info\": {}\n}\n"), @r#"
    error[invalid-json]: expected comma
     --> test.yaml:2:21
      |
    2 |   "openapi": "3.1.0"
      |                     ^
      |
      = help: JSON has double quotes, and a comma between two values but not after the last (RFC 8259)
    "#);
}

#[test]
fn copies_are_bounded() {
    let level = |level: usize| {
        let inner = level
            .checked_sub(1)
            .map_or("x".to_owned(), |inner| format!("*l{inner}"));
        format!(
            "l{level}: &l{level} [{}]\n",
            [inner.as_str(); 10].join(", ")
        )
    };
    let bomb = (0..10).map(level).collect::<Vec<_>>().concat();
    let problem = read(&bomb).expect_err("the copies are not bounded");
    assert_eq!(problem, ["alias-limit 6:40 /l5/6"]);
}

#[test]
fn nesting_is_bounded_in_every_syntax() {
    let block = |depth: usize| "- ".repeat(depth) + "x\n";
    let mapping = |depth: usize| {
        let lines = (0..depth).map(|level| format!("{}a:\n", " ".repeat(level)));
        lines.collect::<String>()
    };
    let flow = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let json = |depth: usize| "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
    let anchored = |depth: usize| format!("{}[{}]\n", "- ".repeat(depth - 1), "'x'");
    let texts: &[&dyn Fn(usize) -> String] = &[&block, &mapping, &flow, &json, &anchored];
    for text in texts {
        assert!(read(&text(255)).is_ok());
        for depth in [256, 300, 10_000] {
            let problems = read(&text(depth)).expect_err("the depth is not bounded");
            assert!(
                problems.len() == 1 && problems[0].starts_with("nesting-limit"),
                "{problems:?}"
            );
        }
    }
}

#[test]
fn aliases_do_not_nest_beyond_the_bound() {
    let level = |depth: usize, inner: &str| "[".repeat(depth) + inner + &"]".repeat(depth);
    let text = |depth: usize| format!("a: &a {}\nb: {}\n", level(100, ""), level(depth, "*a"));
    assert!(read(&text(154)).is_ok());
    let problem = "nesting-limit 2:159 /b/".to_owned() + &["0"; 155].join("/");
    assert_eq!(read(&text(155)), Err(vec![problem]));
    let name = |step: usize| format!("a{step}");
    let steps = (1..80).map(|step| {
        format!(
            "{}: &{} {}\n",
            name(step),
            name(step),
            level(200, &format!("*{}", name(step - 1)))
        )
    });
    let chain = "a0: &a0 []\n".to_owned() + &steps.collect::<String>();
    assert!(read(&chain).is_err_and(|problems| problems[0].starts_with("nesting-limit 3:")));
}
