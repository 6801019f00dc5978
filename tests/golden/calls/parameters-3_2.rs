//! The requests of the operations of `parameters-3.2.yaml`, byte for byte.

use parameters_3_2::runtime::{Call, Nullable, RequestError};
use parameters_3_2::{
    GetFile, GetFileAt, GetFileState, Search, SearchAll, SearchAt, SearchCall, SearchJson, SearchJsonFilter,
    SearchPath, SearchText,
};

fn uri<R>(call: Result<Call<R>, RequestError>) -> String {
    let call = call.unwrap_or_else(|error| panic!("{error}"));
    call.path().to_owned()
}

#[test]
fn the_query_as_a_form() {
    assert_eq!(uri(SearchCall::new().call()), "/search");
    let mut at = SearchAt::new();
    at.x = Nullable::Null;
    let mut search = Search::new("dark red + blue")
        .sizes([1, 2])
        .path("/a?b&c%2F")
        .text("t")
        .marks(["x", "y"])
        .at(at)
        .plain(["a", "b"]);
    search.exact = Nullable::Null;
    assert_eq!(
        uri(SearchCall::new().search(search).call()),
        "/search?color=dark+red+%2B+blue&sizes=1%7C2&path=/a?b%26c%2F&text=%22t%22&marks%5B%5D=x&marks%5B%5D=y\
         &at=%7B%22x%22%3Anull%7D&plain=a&plain=b"
    );
    let all = SearchAll::new([("a b".to_owned(), 1), ("c".to_owned(), 2)].into());
    assert_eq!(uri(all.call()), "/search/all?a+b=1&c=2");
}

#[test]
fn the_query_as_another_text() {
    let mut filter = SearchJsonFilter::new([1, 2]);
    filter.flag = Nullable::Null;
    assert_eq!(
        uri(SearchJson::new(filter).call()),
        "/search/json?%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D"
    );
    let error = SearchJson::new(SearchJsonFilter::new([0])).call().unwrap_err();
    assert!(error.to_string().contains("/filter/numbers/0: 0 is less than the minimum 1"), "{error}");
    assert_eq!(uri(SearchPath::new("$.a.b[1:1]").call()), "/search/path?%24.a.b%5B1%3A1%5D");
    assert!(SearchPath::new("").call().is_err());
    assert_eq!(uri(SearchText::new().call()), "/search/text");
    assert_eq!(uri(SearchText::new().text("a=b&c").call()), "/search/text?a%3Db%26c");
}

#[test]
fn paths_and_cookies() {
    let file = GetFile::new("a/b:c", ["x"])
        .color(["blue", "red"])
        .sizes([1, 2])
        .at(GetFileAt::new().x(1).y(2))
        .url("https://a.example/?b;c")
        .state(GetFileState::new().open(true))
        .usual("a/b")
        .x_raw("a b/c")
        .raw("%2C!");
    let call = file.call().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(call.path(), "/files/a%2Fb:c/%5B%22x%22%5D");
    let cookies = "color=blue; color=red; sizes=1,2; x=1; y=2; url=https://a.example/?b%3Bc; \
                   state=%7B%22open%22%3Atrue%7D; usual=a%2Fb; raw=%2C!";
    assert_eq!(call.headers(), [("x-raw", "a b/c".to_owned()), ("cookie", cookies.to_owned())]);
    let error = GetFile::new("a", ["x"]).raw("a;b").call().unwrap_err();
    assert_eq!(error.to_string(), "the cookie `raw` contains a semicolon, a line break or a NUL");
}
