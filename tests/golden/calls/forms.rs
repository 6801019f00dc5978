//! The forms of `forms.yaml`, byte for byte.

use std::collections::BTreeMap;

use forms::runtime::json::{Unknown, Value};
use forms::runtime::{Boundary, Call, RequestError};
use forms::*;

fn text<R>(call: Result<Call<R>, RequestError>) -> String {
    let call = call.unwrap_or_else(|error| panic!("{error}"));
    let bytes = call.into_body().into_bytes().expect("it is in memory");
    String::from_utf8(bytes.to_vec()).expect("it is text")
}

fn boundary() -> Boundary {
    Boundary::new("B").expect("it is a boundary")
}

fn file(content: &'static str) -> Upload {
    Upload::from_bytes(content.as_bytes()).file_name("a.txt")
}

/// The parts, each as its name, what else its head says, and its content.
fn parts(form: &str) -> Vec<String> {
    let parts = form.trim_start_matches("--B\r\n").trim_end_matches("\r\n--B--\r\n");
    let parts = parts.split("\r\n--B\r\n").filter(|part| *part != "--B--\r\n");
    parts.map(|part| part.replace("Content-Disposition: form-data; ", "").replace("\r\n", "|")).collect()
}

#[test]
fn a_form_is_that_of_the_alternative() {
    let forum = || Forum::new("x", Meta::new("y")).tags(["a", "b"]).slow(true);
    let json = MakeThreadBody::Json(forum().into());
    assert_eq!(
        text(MakeThread::new(json).call()),
        r#"{"name":"x","message":{"a":"y"},"tags":["a","b"],"slow":true}"#
    );
    let pairs = MakeThreadUrlEncoded::from(forum());
    assert_eq!(
        text(MakeThread::new(pairs).call()),
        "name=x&message=%7B%22a%22%3A%22y%22%7D&tags=a,b&slow=true"
    );
    let form = MakeThreadMultipart::from(forum());
    let form = text(MakeThread::new(form).boundary(boundary()).call());
    let wanted = [
        r#"name="name"||x"#,
        r#"name="message"|Content-Type: application/json; charset=utf-8||{"a":"y"}"#,
        r#"name="tags"||a"#,
        r#"name="tags"||b"#,
        r#"name="slow"||true"#,
    ];
    assert_eq!(parts(&form), wanted);
    let other = MakeThreadMultipart::from(Text::new("x").invitable(false));
    let other = text(MakeThread::new(other).boundary(boundary()).call());
    assert_eq!(parts(&other), [r#"name="name"||x"#, r#"name="invitable"||false"#]);
    // It is checked as the alternative, too.
    let error = MakeThread::new(MakeThreadMultipart::from(Forum::new("0123456", Meta::new("y")))).call();
    let error = error.expect_err("the name is too long").to_string();
    assert_eq!(error, "the request is invalid: /name: 7 characters are more than the maximum 5");
}

#[test]
fn the_parts_of_one_type_are_written_as_each_form_says() {
    let form = text(MakeText::new(Text::new("x")).boundary(boundary()).call());
    assert_eq!(parts(&form), [r#"name="name"|Content-Type: text/markdown||x"#]);
    let form = text(MakeForum::new(Forum::new("x", Meta::new("y"))).boundary(boundary()).call());
    assert!(form.contains("charset=utf-8"), "{form}");
    assert_eq!(text(MakeForum::without_body().call()), "");
}

#[test]
fn files_are_in_an_alternative_of_an_alternative() {
    let form = text(MakeMedia::new(Media::from(Recording::from(Audio::new(file("x"))))).boundary(boundary()).call());
    assert_eq!(parts(&form), [r#"name="audio"; filename="a.txt"|Content-Type: text/plain||x"#]);
    let within = MediaJson::from(RecordingJson::from(AudioJson::new("y")));
    let form = Media::from(Picture::new(file("x")).next(within));
    let form = text(MakeMedia::new(form).boundary(boundary()).call());
    let wanted = [
        r#"name="next"|Content-Type: application/json||{"audio":"y"}"#,
        r#"name="image"; filename="a.txt"|Content-Type: text/plain||x"#,
    ];
    assert_eq!(parts(&form), wanted);
}

#[test]
fn a_tag_is_written_once() {
    let animals = || {
        [
            (Animal::Cat(Cat::new().lives(9)), "kind=cat&lives=9"),
            (Animal::Duck(Bird::new(BirdKind::Goose).eggs(2)), "kind=duck&eggs=2"),
            (Animal::Goose(Bird::new(BirdKind::Duck)), "kind=goose"),
            (Animal::Unknown(Unknown::new(None, r#"{"kind":"dog","bark":[1,2]}"#)), "bark[0]=1&bark[1]=2&kind=dog"),
        ]
    };
    for (animal, wanted) in animals() {
        let pairs = text(MakeAnimal::new(MakeAnimalBody::UrlEncoded(animal)).call());
        assert_eq!(pairs.replace("%5B", "[").replace("%5D", "]"), wanted);
    }
    let forms = animals().map(|(animal, _)| {
        let call = MakeAnimal::new(MakeAnimalBody::Multipart(animal)).boundary(boundary()).call();
        parts(&text(call)).join(" ").replace("name=", "")
    });
    let wanted = [
        r#""kind"||cat "lives"||9"#,
        r#""kind"||duck "eggs"||2"#,
        r#""kind"||goose"#,
        r#""bark[]"||1 "bark[]"||2 "kind"||dog"#,
    ];
    assert_eq!(forms, wanted);
    let coded = || Coded::Value2(Second::new().b("x"));
    assert_eq!(text(MakeCode::new(MakeCodeBody::UrlEncoded(coded())).call()), "code=2&b=x");
    let form = text(MakeCode::new(MakeCodeBody::Multipart(coded())).boundary(boundary()).call());
    assert_eq!(parts(&form), [r#"name="code"||2"#, r#"name="b"||x"#]);
    let unknown = || Unknown::new(None, "[1]");
    for body in [MakeCodeBody::Multipart(Coded::Unknown(unknown())), MakeCodeBody::UrlEncoded(Coded::Unknown(unknown()))] {
        let error = MakeCode::new(body).call().expect_err("a list has no members");
        assert!(matches!(error, RequestError::NotAnObject(_)), "{error}");
    }
}

#[test]
fn exactly_one_member() {
    let form = text(MakeSource::new(MakeSourceMultipart::File(file("x"))).boundary(boundary()).call());
    assert_eq!(parts(&form), [r#"name="file"; filename="a.txt"|Content-Type: image/png||x"#]);
    let ids = MakeSourceUrlEncoded::Ids(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(text(MakeSource::new(ids).call()), "ids=a%7Cb");
}

#[test]
fn members_without_names() {
    let labels = || BTreeMap::from([("a b".to_owned(), "x".to_owned()), ("c".to_owned(), "y".to_owned())]);
    assert_eq!(text(MakeLabels::new(MakeLabelsBody::UrlEncoded(labels())).call()), "a+b=x&c=y");
    let form = text(MakeLabels::new(MakeLabelsBody::Multipart(labels())).boundary(boundary()).call());
    assert_eq!(parts(&form), [r#"name="a b"||x"#, r#"name="c"||y"#]);
    let long = BTreeMap::from([("a".to_owned(), "0123".to_owned())]);
    let error = MakeLabels::new(MakeLabelsBody::Multipart(long)).call().expect_err("it is too long");
    assert_eq!(error.to_string(), "the request is invalid: /a: 4 characters are more than the maximum 3");
    let files = BTreeMap::from([("a".to_owned(), file("x"))]);
    let form = text(MakeAttachments::new(files).boundary(boundary()).call());
    assert_eq!(parts(&form), [r#"name="a"; filename="a.txt"|Content-Type: text/plain||x"#]);
    let values = BTreeMap::from([("a".to_owned(), Value::from(vec![1, 2]))]);
    let form = text(MakeAnything::new(values).boundary(boundary()).call());
    assert_eq!(parts(&form), [r#"name="a[]"||1"#, r#"name="a[]"||2"#]);
    let metas = BTreeMap::from([("a".to_owned(), vec![Meta::new("x")])]);
    let form = text(MakeMetas::new(metas).boundary(boundary()).call());
    assert_eq!(parts(&form), [r#"name="a"|Content-Type: application/json||{"a":"x"}"#]);
    let mut node = Node::new();
    node.value = Nullable::Null;
    let form = text(MakeNode::new(Node::new().value("x").next(node)).boundary(boundary()).call());
    let wanted = [r#"name="value"||x"#, r#"name="next"|Content-Type: application/json||{"value":null}"#];
    assert_eq!(parts(&form), wanted);
    let either = MakeEitherMultipart::from(labels());
    let form = text(MakeEither::new(either).boundary(boundary()).call());
    assert_eq!(parts(&form), [r#"name="a b"||x"#, r#"name="c"||y"#]);
}
