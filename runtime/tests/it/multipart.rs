//! Forms, by their own table and by the web platform tests.

use openapi_runtime::{
    Base64, Boundary, Extra, Form, Nullable, OneOrMany, RequestError, Upload, Uri,
    json::Unknown,
    multipart::{Json, Part},
};
use serde_json::json;

use crate::{corpus, form};

fn form_of(value: impl Part) -> Form {
    let mut form = Form::new();
    form.add_list("a", "a[]", value);
    form
}

/// `name=value` of each part.
fn texts(form: Form) -> Vec<String> {
    let text = |part: form::Part| {
        format!(
            "{}={}",
            part.parameter("name").unwrap(),
            String::from_utf8_lossy(&part.value)
        )
    };
    form::parts(form).unwrap().into_iter().map(text).collect()
}

#[test]
fn values() {
    assert_eq!(texts(form_of(true)), ["a=true"]);
    assert_eq!(texts(form_of(-1_i64)), ["a=-1"]);
    assert_eq!(texts(form_of(1e21)), ["a=1000000000000000000000"]);
    assert_eq!(texts(form_of(0.5)), ["a=0.5"]);
    assert_eq!(texts(form_of("")), ["a="]);
    assert_eq!(
        texts(form_of("\r\na\rb\n\0".to_owned())),
        ["a=\r\na\rb\n\0"]
    );
    assert_eq!(texts(form_of(Base64::from_bytes(&b"png"[..]))), ["a=cG5n"]);
    assert_eq!(
        texts(form_of(Uri::data("image/png", &b"png"[..]))),
        ["a=data:image/png;base64,cG5n"]
    );
    assert_eq!(texts(form_of(None::<i64>)), [""; 0]);
    assert_eq!(texts(form_of(Nullable::<i64>::Null)), [""; 0]);
    assert_eq!(texts(form_of(Nullable::from(3_i64))), ["a=3"]);
    assert_eq!(texts(form_of(vec!["x", "y"])), ["a[]=x", "a[]=y"]);
    assert_eq!(texts(form_of(Box::new("x"))), ["a=x"]);
    assert_eq!(texts(form_of(Box::new(vec!["x", "y"]))), ["a[]=x", "a[]=y"]);
    assert_eq!(texts(form_of(OneOrMany::<&str>::from("x"))), ["a=x"]);
    assert_eq!(
        texts(form_of(Some(OneOrMany::<&str>::from(["x"])))),
        ["a[]=x"]
    );
    assert_eq!(texts(form_of(Json(&json!({"x": [1]})))), ["a={\"x\":[1]}"]);
}

#[test]
fn texts_then_extras_then_files() {
    let mut form = Form::new();
    form.add("image", Upload::from_bytes(&b"x"[..]));
    form.add("prompt", "a cat");
    form.add("mask", Some(Upload::from_bytes(&b"y"[..])));
    form.add("n", 1_i64);
    form.extra(&Extra::from_iter([("seed", 7)]));
    assert_eq!(
        texts(form),
        ["prompt=a cat", "n=1", "seed=7", "image=x", "mask=y"]
    );
}

#[test]
fn extra_fields() {
    let mut extra = Extra::new();
    extra
        .insert("tags", vec!["a", "b"])
        .insert("none", json!(null))
        .insert("empty", "");
    extra
        .insert("refs", json!([{"id": "1", "w": 2}, {"id": "3"}]))
        .insert("pair", json!({"x": {"y": true}, "z": [0.5]}));
    let mut form = Form::new();
    form.extra(&extra);
    let expected = [
        "tags[]=a",
        "tags[]=b",
        "empty=",
        "refs[][id]=1",
        "refs[][w]=2",
        "refs[][id]=3",
        "pair[x][y]=true",
        "pair[z][]=0.5",
    ];
    assert_eq!(texts(form), expected);
}

#[test]
fn what_cannot_be_sent() {
    let mut form = form_of(1_i64);
    form.extra(&Extra::from_iter([("a", 2)]));
    assert!(matches!(form::parts(form), Err(RequestError::Duplicate { name }) if name == "a"));
    assert!(
        matches!(form::parts(form_of(f64::NAN)), Err(RequestError::NotFinite { name }) if name == "a")
    );
    let upload = Upload::from_bytes(&b"x"[..]).content_type("image/png\r\nX: y");
    assert!(
        matches!(form::parts(form_of(upload)), Err(RequestError::ContentType { name, .. }) if name == "a")
    );
    let upload = Upload::from_path("/no/such/file.png");
    assert!(
        matches!(form::parts(form_of(upload)), Err(RequestError::Upload { name, .. }) if name == "a")
    );
    let mut form = Form::new();
    form.add_with_type("a", "no type", "x");
    assert!(matches!(
        form::parts(form),
        Err(RequestError::ContentType { .. })
    ));
}

#[test]
fn further_fields_of_one_type() {
    let mut form = form_of(1_i64);
    form.add_further([("x", vec!["1", "2"]), ("y", vec![])]);
    form.add_further([("z".to_owned(), Json(&json!({"n": 1})))]);
    assert_eq!(texts(form), ["a=1", "x=1", "x=2", "z={\"n\":1}"]);
    for name in ["a", "a[]"] {
        let mut form = form_of(1_i64);
        form.add_further([(name, 2_i64)]);
        assert!(
            matches!(form::parts(form), Err(RequestError::Duplicate { name: found }) if found == name)
        );
    }
}

#[test]
fn extra_fields_that_are_fields_of_the_description() {
    let value = || json!([1]);
    let cases = [
        ("a", value(), true),
        ("a[]", value(), true),
        ("a[0]", value(), true),
        ("a[x][y]", json!(null), true),
        ("listed", value(), true),
        ("named[]", value(), true),
        ("named", value(), true),
        ("named", json!(1), false),
        ("b[]", value(), false),
        ("aa[]", value(), false),
        ("x[a]", value(), false),
        ("[a]", value(), false),
    ];
    for (extra, value, is_duplicate) in cases {
        let mut form = Form::new();
        form.add("a", 1_i64);
        form.add_list("listed", "list[]", Some("x"));
        form.add("named[]", None::<&str>);
        form.extra(&Extra::from_iter([(extra, value)]));
        match form::parts(form) {
            Err(RequestError::Duplicate { name }) if is_duplicate => assert_eq!(name, extra),
            parts => assert!(parts.is_ok() && !is_duplicate, "{extra}: {parts:?}"),
        }
    }
}

#[test]
fn a_number_in_json_that_is_not_finite() {
    let mut form = Form::new();
    form.add_list(
        "a",
        "a[]",
        vec![Json(&vec![1.0]), Json(&vec![1.0, f64::NAN])],
    );
    assert!(matches!(form::parts(form), Err(RequestError::NotFinite { name }) if name == "a[][1]"));
}

#[test]
fn content_types_of_parts() {
    let mut form = Form::new();
    form.add("text", "x");
    form.add("json", Json(&json!(1)));
    form.add_with_type("typed", "text/csv", vec!["x", "y"]);
    form.add_with_type("file", "image/png", Upload::from_bytes(&b"x"[..]));
    form.add_with_type(
        "own",
        "image/png",
        Upload::from_bytes(&b"x"[..]).content_type("image/x-png"),
    );
    let types: Vec<_> = form::parts(form)
        .unwrap()
        .iter()
        .map(|part| part.content_type().map(str::to_owned))
        .collect();
    let expected = [
        None,
        Some("application/json"),
        Some("text/csv"),
        Some("text/csv"),
        Some("image/png"),
        Some("image/x-png"),
    ];
    assert_eq!(types, expected.map(|found| found.map(str::to_owned)));
}

#[test]
fn boundaries() {
    let random = Boundary::random().unwrap().to_string();
    assert_eq!(random.len(), 32);
    assert_ne!(random, Boundary::random().unwrap().to_string());
    let longest = "x".repeat(70);
    for good in ["a", "a b", "0'()+_,-./:=?", &longest] {
        assert!(Boundary::new(good).is_ok(), "{good:?}");
    }
    for bad in ["", "a ", "a\r\nb", "é", "a\"b", &"x".repeat(71)] {
        assert!(
            matches!(Boundary::new(bad), Err(RequestError::Boundary(_))),
            "{bad:?}"
        );
    }
    let (content_type, _) = Form::new().finish(&Boundary::new("a b").unwrap()).unwrap();
    assert_eq!(content_type, "multipart/form-data; boundary=\"a b\"");
}

/// The expectations of the web platform tests, with the intended deviations of this crate.
fn ours(expected: &str) -> String {
    let mut ours = String::new();
    let (head, file_name) = expected
        .split_once("; filename=\"")
        .map_or((expected, None), |(head, rest)| {
            (head, Some(rest.strip_suffix('"').unwrap()))
        });
    // Names keep their newlines: the browsers' CRLF for each of them is undone by the caller.
    ours.push_str(head);
    if let Some(file_name) = file_name {
        // Of a path only the last part is sent.
        let file_name = file_name.rsplit(['/', '\\']).next().unwrap();
        ours.push_str("; filename=\"");
        ours.push_str(file_name);
        ours.push('"');
    }
    // All controls are encoded, not only CR and LF.
    let encode = |character: char| match character {
        '\0'..='\x1f' | '\x7f' => format!("%{:02X}", u32::from(character)),
        _ => character.to_string(),
    };
    ours.chars().map(encode).collect()
}

#[test]
fn web_platform_tests() {
    let wire = corpus::wire();
    let cases = corpus::read_json(&wire.join("wpt/multipart.json"));
    let mut newlines = 0;
    for case in cases.as_array().unwrap() {
        let (id, name) = (case["id"].as_str().unwrap(), case["name"].as_str().unwrap());
        let mut form = Form::new();
        match case["filename"].as_str() {
            Some(file_name) => {
                form.add(
                    name,
                    Upload::from_bytes(&b""[..])
                        .file_name(file_name)
                        .content_type("text/plain"),
                );
            }
            None => form.add(name, case["value"].as_str().unwrap()),
        }
        let part = form::parts(form).unwrap().remove(0);
        let value = case["value"].as_str().unwrap_or_default();
        assert_eq!(
            part.value,
            value.as_bytes(),
            "{id}: a value is sent byte for byte"
        );
        let expected = ours(case["expect_disposition"].as_str().unwrap());
        if name.contains(['\r', '\n']) {
            // Browsers normalise the newlines of names; here each character is encoded as it is.
            let name = name
                .replace('\r', "%0D")
                .replace('\n', "%0A")
                .replace('"', "%22");
            assert_eq!(part.parameter("name"), Some(name.as_str()), "{id}");
            newlines += 1;
        } else if case["filename"] == "" {
            assert!(
                part.parameter("filename")
                    .is_some_and(|name| !name.is_empty()),
                "{id}: a file has a name"
            );
        } else {
            assert_eq!(part.head[0], expected, "{id}");
        }
    }
    println!("web_platform_tests: {newlines} names with newlines, which are not normalised");
}

/// Bodies of a union that are no struct: a map, and a value that the description does not have.
#[test]
fn forms_of_members_alone() {
    let further = Form::of_further([("x", 1_i64), ("y[0]", 2)]);
    assert_eq!(texts(further), ["x=1", "y[0]=2"]);
    let extra = Extra::from_iter([("seed", json!([7, 8]))]);
    assert_eq!(texts(Form::of_extra(&extra)), ["seed[]=7", "seed[]=8"]);
    let object = Unknown::new(Some("dog"), r#"{"kind":"dog","age":3}"#);
    assert_eq!(texts(Form::of_unknown(&object)), ["age=3", "kind=dog"]);
    for text in ["[1]", "dog", ""] {
        let error = form::parts(Form::of_unknown(&Unknown::new(None, text))).unwrap_err();
        assert!(matches!(error, RequestError::NotAnObject(_)), "{error}");
    }
}

#[test]
fn the_tag_of_a_union_is_sent_once_and_first() {
    let tagged = |extra: &str| {
        let mut form = Form::new();
        form.add("kind", "of the value");
        form.add("lives", 9_i64);
        form.add("kind", Upload::from_bytes(&b"x"[..]));
        form.add("image", Upload::from_bytes(&b"y"[..]));
        form.extra(&Extra::from_iter([(extra, 1)]));
        form.tagged("kind", "cat")
    };
    assert_eq!(
        texts(tagged("kinds")),
        ["kind=cat", "lives=9", "kinds=1", "image=y"]
    );
    let mut form = Form::new();
    form.extra(&Extra::from_iter([("kind", json!({"of": 1}))]));
    let error = form::parts(form.tagged("kind", "cat")).unwrap_err();
    assert!(
        matches!(&error, RequestError::Duplicate { name } if name == "kind"),
        "{error}"
    );
}

#[test]
fn a_list_with_a_content_type_has_a_name_of_its_own() {
    let mut form = Form::new();
    form.add_list_with_type("a", "a[]", "text/x", vec!["x", "y"]);
    form.add_list_with_type("b", "b[]", "text/x", "z");
    let parts = form::parts(form).unwrap();
    assert!(
        parts
            .iter()
            .all(|part| part.content_type() == Some("text/x"))
    );
    let names: Vec<_> = parts.iter().map(|part| part.parameter("name")).collect();
    assert_eq!(names, [Some("a[]"), Some("a[]"), Some("b")]);
}
