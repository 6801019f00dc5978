//! The requests of the operations of `parameters.yaml`, byte for byte.

use parameters::runtime::{Call, RequestError};
use parameters::{CancelFile, Cat, CopyFile, Deep, Dog, FindThumbnail, ListFiles, Names, NamesOne, Pet, Plain, Range};

/// Path and query, with the brackets as people read them.
fn uri<R>(call: Result<Call<R>, RequestError>) -> String {
    let call = call.unwrap_or_else(|error| panic!("{error}"));
    call.path().replace("%5B", "[").replace("%5D", "]")
}

fn range() -> Range {
    Range::new().gte(1).lt(9).of(["a b", "c&d"])
}

#[test]
fn queries_headers_and_cookies() {
    assert_eq!(uri(ListFiles::new().call()), "/files");
    let all = ListFiles::new()
        .purpose("a=b&c")
        .limit(20)
        .order("desc")
        .include(["x", "y"])
        .ids([1, 2])
        .tags(["red", "blue"])
        .path("/a/b?c#d");
    assert_eq!(
        uri(all.call()),
        "/files?purpose=a%3Db%26c&limit=20&order=desc&include[]=x&include[]=y&ids=1,2&tags[]=red&tags[]=blue&path=/a/b?c%23d"
    );
    // Commas within items, and lists without items, which are as if they were absent.
    let lists = ListFiles::new().include(["a,b", "c"]).words(["a,b", "c"]).tags(["a,b"]);
    assert_eq!(uri(lists.call()), "/files?include[]=a%2Cb&include[]=c&words=a%2Cb,c&tags[]=a%2Cb");
    let none = ListFiles::new().include([""; 0]).ids([0; 0]).words([""; 0]).tags([""; 0]).x_flags([""; 0]).call();
    let none = none.expect("it is in order");
    assert_eq!((none.path(), none.headers()), ("/files", &[][..]));
    assert_eq!(uri(ListFiles::new().words([""]).call()), "/files?words=");
    assert_eq!(
        uri(ListFiles::new().at(range()).call()),
        "/files?at[gte]=1&at[lt]=9&at[of][0]=a%20b&at[of][1]=c%26d"
    );
    assert_eq!(
        uri(ListFiles::new().flat(range()).call()),
        "/files?gte=1&lt=9&of=%5B%22a%20b%22%2C%22c%26d%22%5D".replace("%5B", "[").replace("%5D", "]")
    );
    assert_eq!(
        uri(ListFiles::new().filter(Range::new().gte(1)).call()),
        "/files?filter=%7B%22gte%22%3A1%7D"
    );
    assert_eq!(uri(ListFiles::new().client("c").r#type("t").call()), "/files?client=c&type=t");
    let call = ListFiles::new().x_trace("t").x_flags(["a", "b"]).session("s 1").value_2fa_code("7").call();
    let headers: Vec<(&str, String)> = call.expect("it is in order").headers().to_vec();
    let expected = [("x-trace", "t"), ("x-flags", "a,b"), ("2fa-code", "7"), ("cookie", "session=s%201")];
    assert_eq!(headers, expected.map(|(name, value)| (name, value.to_owned())));
}

#[test]
fn bounds_are_checked_with_those_of_the_body() {
    let error = ListFiles::new().limit(101).call().unwrap_err();
    assert_eq!(error.to_string(), "the request is invalid: /limit: 101 is more than the maximum 100");
    assert_eq!(uri(ListFiles::new().limit(101).unchecked().call()), "/files?limit=101");
    let error = CopyFile::new("", "png", Range::new().gte(-1)).call().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request is invalid: /id: 0 characters are fewer than the minimum 1; /gte: -1 is less than the minimum 0"
    );
    let error = CopyFile::new("", "png", Range::new()).unchecked().call().unwrap_err();
    assert_eq!(error.to_string(), "the path parameter `id` is empty");
}

#[test]
fn paths() {
    let copy = CopyFile::new("a/../b", "png", Range::new()).query_id(true);
    assert_eq!(uri(copy.call()), "/files/a%2F..%2Fb/copy/a%2F..%2Fb.png?beta=true&id=true");
    let texts = [
        ("a?b#c", "a%3Fb%23c"),
        ("100%2F", "100%252F"),
        ("a b", "a%20b"),
        ("é", "%C3%A9"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("...", "..."),
    ];
    for (id, sent) in texts {
        assert_eq!(uri(CancelFile::without_body(id).call()), format!("/files/{sent}:cancel"));
    }
    let error = CancelFile::without_body("").call().unwrap_err();
    assert_eq!(error.to_string(), "the path parameter `id` is empty");
    assert_eq!(uri(Plain::new().call()), "/plain?beta=true");
    assert_eq!(uri(CancelFile::new("a:b", range()).gte(3).call()), "/files/a%3Ab:cancel?gte=3");
    let thumbnail = FindThumbnail::new("png", range()).call().expect("it is in order");
    assert_eq!(thumbnail.path(), "/thumbnail.png");
    assert_eq!(&*thumbnail.into_body().into_bytes().expect("it is in memory"), b"gte=1&lt=9&of=a+b&of=c%26d");
    let names = || Names::without_body("..", ["x", "y"], 7, false);
    assert_eq!(uri(names().call()), "/%2E%2E:;call=x;call=y/.7?body=false");
    assert_eq!(
        uri(names().query(parameters::runtime::json::Value::from(vec![1, 2])).one(NamesOne::B(3)).call()),
        "/%2E%2E:;call=x;call=y/.7?body=false&query=1&query=2&b=3"
    );
    let cat = Pet::from(Cat::new().lives(9));
    assert_eq!(uri(names().pet(cat).call()), "/%2E%2E:;call=x;call=y/.7?body=false&pet[kind]=cat&pet[lives]=9");
    let deep = Deep::new().within(Range::new().lt(2).of(["x"])).all([Range::new().gte(1), Range::new().of(["y", "z"])]);
    assert_eq!(
        uri(names().deep(deep).call()),
        "/%2E%2E:;call=x;call=y/.7?body=false&deep[within][lt]=2&deep[within][of][0]=x\
         &deep[all][0][gte]=1&deep[all][1][of][0]=y&deep[all][1][of][1]=z"
    );
    let dog = Pet::Hound(Dog::new());
    assert_eq!(uri(names().pet(dog).call()), "/%2E%2E:;call=x;call=y/.7?body=false&pet[kind]=hound");
}
