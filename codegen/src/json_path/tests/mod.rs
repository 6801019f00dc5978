//! Expressions, each with the nodes that it selects.

mod errors;
mod regexp;

use super::Path;
use crate::document::{At, Document, Source};

/// The result as one text: the pointers in the order of selection, or the error.
fn outcome(document: &Document, expression: &str) -> String {
    match Path::parse(expression) {
        Ok(path) => {
            let nodes: Vec<At<'_>> = path.select(&document.root());
            let pointers: Vec<&str> = nodes.iter().map(|at| at.pointer().as_str()).collect();
            pointers.join(" ")
        }
        Err(error) => error.to_string(),
    }
}

#[track_caller]
fn assert_outcomes(document: &str, cases: &[(&str, &str)]) {
    let document = Document::parse(Source::new("document.yaml", document)).expect("a document");
    let others = cases.iter().filter_map(|(expression, expected)| {
        let outcome = outcome(&document, expression);
        (outcome != *expected).then(|| format!("{expression:.80}\n    {outcome}\n"))
    });
    assert_eq!(others.collect::<String>(), "");
}

#[test]
fn segments_and_selectors() {
    assert_outcomes(
        "{a: {b: 1, 'c d': 2, é_9: 3}, list: [w, x, y, z], \"'\": {'@': 4}}",
        &[
            ("$", ""),
            ("$.a", "/a"),
            ("$['a']", "/a"),
            ("$.a['c d']", "/a/c d"),
            ("$.a.é_9", "/a/é_9"),
            (r#"$["'"]['@']"#, "/'/@"),
            (r"$['\'']['\u0040']", "/'/@"),
            ("$ .a\n[ 'b' ,\t'c d' ]", "/a/b /a/c d"),
            ("$.a['b', 'b']", "/a/b /a/b"),
            ("$.none", ""),
            ("$.list.a", ""),
            ("$.a[0]", ""),
            ("$.*", "/a /list /'"),
            (
                "$[*].*",
                "/a/b /a/c d /a/é_9 /list/0 /list/1 /list/2 /list/3 /'/@",
            ),
            ("$.list[1]", "/list/1"),
            ("$.list[-1]", "/list/3"),
            ("$.list[4]", ""),
            ("$.list[-5]", ""),
            ("$.list[0, 2:, 'a']", "/list/0 /list/2 /list/3"),
            ("$..b", "/a/b"),
            ("$..[0]", "/list/0"),
            ("$..['b', 3]", "/a/b /list/3"),
            (
                "$..*",
                "/a /list /' /a/b /a/c d /a/é_9 /list/0 /list/1 /list/2 /list/3 /'/@",
            ),
        ],
    );
}

#[test]
fn escapes() {
    assert_outcomes(
        r#"{a: "\b\f\n\r\t/\\'\"é😀"}"#,
        &[
            (r#"$[?@ == '\b\f\n\r\t\/\\\'"é😀']"#, "/a"),
            (r#"$[?@ == "\b\f\n\r\t/\\'\"\u00e9\ud83d\ude00"]"#, "/a"),
            (
                r"$[?@ == '\u0008\u000C\u000a\u000D\u0009\u002f\u005c\u0027\u0022\u00E9\uD83D\uDE00']",
                "/a",
            ),
        ],
    );
}

#[test]
fn slices() {
    assert_outcomes(
        "[a, b, c, d, e, f, g]",
        &[
            ("$[1:3]", "/1 /2"),
            ("$[5:]", "/5 /6"),
            ("$[1:5:2]", "/1 /3"),
            ("$[5:1:-2]", "/5 /3"),
            ("$[::-1]", "/6 /5 /4 /3 /2 /1 /0"),
            ("$[:]", "/0 /1 /2 /3 /4 /5 /6"),
            ("$[ 1 : 3 : 1 ]", "/1 /2"),
            ("$[-2:]", "/5 /6"),
            ("$[:-5]", "/0 /1"),
            ("$[:2:]", "/0 /1"),
            ("$[-100:1]", "/0"),
            ("$[100:4:-1]", "/6 /5"),
            ("$[::0]", ""),
            ("$[3:3]", ""),
            (
                "$[9007199254740991:-9007199254740991:-9007199254740991]",
                "/6",
            ),
        ],
    );
}

#[test]
fn filters() {
    assert_outcomes(
        "{a: [3, 5, 1, {b: j}, {b: k}, {b: {}}, {b: null}], o: {p: 1, q: 2, r: '2'}, e: f}",
        &[
            ("$.a[?@.b]", "/a/3 /a/4 /a/5 /a/6"),
            ("$.a[?!@.b]", "/a/0 /a/1 /a/2"),
            ("$.a[?@.b == 'k']", "/a/4"),
            ("$.a[?(@.b=='j')]", "/a/3"),
            ("$.a[?@ > 1, ?@ < 2]", "/a/0 /a/1 /a/2"),
            ("$.a[?@.b == null]", "/a/6"),
            ("$.a[?@.b == $.none]", "/a/0 /a/1 /a/2"),
            ("$.a[?@.b != $.none]", "/a/3 /a/4 /a/5 /a/6"),
            ("$.a[?@.x == @.y && @.b]", "/a/3 /a/4 /a/5 /a/6"),
            ("$.o[?@ < 2 || @ == '2']", "/o/p /o/r"),
            ("$.o[?!(@ == 1) && @ != 2]", "/o/r"),
            ("$.o[?@ >= '2' || @ <= 1]", "/o/p /o/r"),
            ("$.o[?@ == 1 || @ == 2 && @ == 3]", "/o/p"),
            ("$[?@[?@ == 2]]", "/o"),
            ("$[?@.*]", "/a /o"),
            ("$[?@ == $.e]", "/e"),
            ("$..[?@ == 'k']", "/a/4/b"),
        ],
    );
}

#[test]
fn comparisons() {
    // `yes` is selected if the comparison holds.
    let document = "\
        {yes: {x: 1}, number: 1.0, text: b, list: [1, {a: 0x1F}], same: [1.0, {a: 31}],\
        longer: [1, {a: 31}, 2], other: [1, {a: 32}], renamed: [1, {b: 31}], fewer: [1, {}]}";
    let holds = [
        "1 == 1.0",
        "$.number == 1e0",
        "$.number == 1E+0",
        "$.number == 10.0e-1",
        "-0 == 0",
        "$.list == $.same",
        "$.list != $.longer",
        "$.longer != $.list",
        "$.list != $.other",
        "$.list != $.renamed",
        "$.list != $.fewer",
        "$.fewer != $.list",
        "$.list != $.yes",
        "9007199254740993 != 9007199254740992",
        "'a' < 'b'",
        "'a' < 'aa'",
        "'\u{ffff}' < '\u{10000}'",
        "$.text <= 'b'",
        "$.a == $.b",
        "$.a <= $.b",
        "null == null",
        "null <= null",
        "true == true",
        "false == false",
        "true != false",
        "true != 'true'",
        "!(1 < 'b')",
        "!(true < true)",
        "$.list >= $.same",
        "!($.list > $.same)",
        "1 != $.a",
    ];
    for test in holds {
        let expression = format!("$[?@.x && {test}]");
        assert_outcomes(document, &[(&expression, "/yes")]);
    }
}

#[test]
fn functions() {
    assert_outcomes(
        "{a: {x: 1, y: 2}, b: [1, 2, 3], c: 'é✓', d: 7, e: null}",
        &[
            ("$[?length(@) == 2]", "/a /c"),
            ("$[?length(@) > 2]", "/b"),
            ("$[?length(@.x) == length(@.y) ]", "/a /b /c /d /e"),
            ("$[?length('abc') == 3 && @ == 7]", "/d"),
            ("$[?count(@.*) == 3]", "/b"),
            ("$[?count(@['x', 'x', 'y']) == 3]", "/a"),
            ("$[?value(@..x) == 1]", "/a"),
            ("$[?value( @.* ) == $.none]", "/a /b /c /d /e"),
            ("$[?length(value(@['y'])) == $.none && @.x]", "/a"),
        ],
    );
}

#[test]
fn regular_expressions_in_filters() {
    assert_outcomes(
        "{a: v1, b: av1, c: 1, d: [v1], e: 'v1\n', pattern: 'v.', wrong: '('}",
        &[
            ("$[?match(@, 'v[0-9]')]", "/a"),
            ("$[?search(@, 'v[0-9]')]", "/a /b /e"),
            ("$[?match( @ , $.pattern )]", "/a /pattern"),
            ("$[?!search(@, '[va]')]", "/c /d /wrong"),
            ("$[?match(@, $.wrong) || match(@[0], 'v1')]", "/d"),
            ("$[?match(@, $.none) || match(@, 1)]", ""),
        ],
    );
}
