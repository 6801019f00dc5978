//! The forms and the JSON of `files.yaml`, byte for byte.

use files::runtime::{Boundary, Call, RequestError};
use files::{MakeNote, MakePhoto, MakePhotoBody, MakeScan, MakeScanMultipart, MakeSource, MakeTree, Note, Photo, PhotoAsJson, Source, SourceJson};
use files::{SourceNested, Tree, TreeJson, Upload};

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

/// The names of the parts, each with whether it is a file.
fn parts(form: &str) -> Vec<(&str, bool)> {
    let heads = form.split("form-data; name=\"").skip(1);
    heads.map(|head| (head.split('"').next().unwrap_or_default(), head.contains("filename=\"a.txt\""))).collect()
}

#[test]
fn a_file_is_a_part_of_a_form_and_a_string_of_json() {
    let form = Photo::new(file("one")).pages(vec![file("two"), file("three")]).raw(file("four")).label("x").either(true);
    let form = text(MakePhoto::new(form).boundary(boundary()).call());
    let wanted = [("label", false), ("either", false), ("file", true), ("pages", true), ("pages", true), ("raw", true)];
    assert_eq!(parts(&form), wanted);
    let json = PhotoAsJson::new("one").pages(vec!["two".to_owned()]).raw("four").label("x").either(true);
    assert_eq!(
        text(MakePhoto::new(MakePhotoBody::Json(json)).call()),
        r#"{"file":"one","pages":["two"],"raw":"four","label":"x","either":true}"#
    );
    let error = MakePhoto::new(Photo::new(file("0123456789"))).call().expect_err("it is too long");
    assert_eq!(error.to_string(), "the request is invalid: /file: 10 bytes are more than the maximum 9");
    assert_eq!(text(MakeNote::new(Note::new("one")).call()), r#"{"file":"one"}"#);
}

#[test]
fn a_part_has_one_content_type() {
    let form = MakeScanMultipart::new(file("one").content_type("image/gif"));
    let form = form.scan(file("two").content_type("image/jpeg")).pages(vec![file("three")]);
    let form = text(MakeScan::new(form).boundary(boundary()).call());
    let heads = form.split("form-data; name=\"").skip(1);
    let heads: Vec<String> = heads.map(|head| head.lines().take(2).collect::<Vec<_>>().join("|")).collect();
    let wanted = [
        r#"photo"; filename="a.txt"|Content-Type: image/gif"#,
        r#"scan"; filename="a.txt"|Content-Type: image/jpeg"#,
        r#"pages[]"; filename="a.txt"|Content-Type: image/tiff"#,
    ];
    assert_eq!(heads, wanted);
}

#[test]
fn what_is_deeper_in_a_form_is_json() {
    let branch = TreeJson::new().leaf("one").source("two".to_owned().into());
    let tree = Tree::new()
        .leaf(file("three"))
        .source(Source::Nested(SourceNested::Deep(file("four"))))
        .sources([Source::from(vec![file("five")]), Source::from(6), Source::from(branch.clone())])
        .branch(branch);
    let form = text(MakeTree::new(tree).boundary(boundary()).call());
    let wanted = [
        ("sources", false),
        ("sources", false),
        ("branch", false),
        ("leaf", true),
        ("source", true),
        ("sources", true),
    ];
    assert_eq!(parts(&form), wanted);
    assert!(form.contains(r#"{"leaf":"one","source":"two"}"#), "{form}");
    let source = SourceJson::from(vec!["one".to_owned()]);
    assert_eq!(text(MakeSource::new(source).call()), r#"["one"]"#);
}
