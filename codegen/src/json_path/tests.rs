//! Expressions, each with the nodes that it selects or with its error.

use super::Path;
use super::regexp::Regexp;
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

#[test]
fn regular_expressions() {
    // An expression, the texts that it matches, and texts that it does not match.
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("", &[""], &["a"]),
        ("a|bc|", &["a", "bc", ""], &["abc", "b"]),
        ("a|b|c", &["a", "b", "c"], &["ab", ""]),
        ("(a|b)c", &["ac", "bc"], &["c", "abc"]),
        ("a*", &["", "aaa"], &["ab"]),
        ("(ab)+", &["ab", "abab"], &["", "aba"]),
        ("ab?c", &["ac", "abc"], &["abbc"]),
        ("a{2}", &["aa"], &["a", "aaa"]),
        ("a{2,}", &["aa", "aaaa"], &["a"]),
        ("a{1,3}b", &["ab", "aab", "aaab"], &["b", "aaaab"]),
        ("a{0}", &[""], &["a"]),
        ("(a*)*", &["", "aa"], &["b"]),
        (
            "(a|a)*b",
            &["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"],
            &["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
        ),
        (".", &["a", "é", "😀"], &["", "\n", "\r", "ab"]),
        ("^$", &["^$"], &[""]),
        (r"\.\*\^\{\n\t\r\-", &[".*^{\n\t\r-"], &["a"]),
        ("[a-cx]", &["a", "b", "c", "x"], &["d", "-", ""]),
        ("[^a-cx]", &["d", "\n"], &["a", "x", ""]),
        ("[-a]", &["-", "a"], &["b"]),
        ("[^a-]", &["b"], &["-", "a"]),
        ("[--]", &["-"], &["a"]),
        (r"[\]\^a]", &["]", "^", "a"], &["\\"]),
        ("[^^]", &["a"], &["^"]),
        ("[.*$]", &[".", "*", "$"], &["a"]),
    ];
    for (expression, matched, others) in cases {
        let regexp = Regexp::parse(expression).expect(expression);
        for text in *matched {
            assert!(regexp.is_match(text), "{expression} on {text}");
        }
        for text in *others {
            assert!(!regexp.is_match(text), "{expression} on {text}");
        }
    }
}

#[test]
fn not_regular_expressions() {
    let nested = "(".repeat(65) + &")".repeat(65);
    let wrong = [
        "*",
        "a**",
        "+",
        "?",
        "(",
        ")",
        "(a",
        "a)",
        "[",
        "]",
        "[]",
        "[^]",
        "[a",
        "[b-a]",
        "[a-b-c]",
        "[[]",
        "{",
        "}",
        "a{",
        "a{}",
        "a{,2}",
        "a{2,1}",
        "a{+1}",
        "a{1,x}",
        "a{1",
        "\\",
        r"\d",
        r"\p{L}",
        r"\P{L}",
        "a{99999}",
        "(a{100}){101}",
        "(){99999999999}",
        "a{99999999999999999999}",
        &nested,
    ];
    for expression in wrong {
        assert!(Regexp::parse(expression).is_none(), "{expression}");
    }
    assert!(Regexp::parse(&nested[1..129]).is_some());
    assert!(Regexp::parse(&"()".repeat(65)).is_some());
    assert!(Regexp::parse("(a{98}){100}").is_some());
    assert!(Regexp::parse("a{5000}").is_some());
    assert!(Regexp::parse("a{5001}").is_none());
}

#[test]
fn errors_in_segments() {
    assert_outcomes(
        "{}",
        &[
            ("", "character 1: an expression begins with `$`"),
            ("a.b", "character 1: an expression begins with `$`"),
            (" $", "character 1: an expression begins with `$`"),
            ("$ ", "character 2: `.`, `[` or the end is expected"),
            ("$.é b", "character 4: `.`, `[` or the end is expected"),
            (
                "$. a",
                "character 3: a name or `*` is expected; write other names as `['a name']`",
            ),
            (
                "$.",
                "character 3: a name or `*` is expected; write other names as `['a name']`",
            ),
            (
                "$..",
                "character 4: a name or `*` is expected; write other names as `['a name']`",
            ),
            (
                "$.1",
                "character 3: a name or `*` is expected; write other names as `['a name']`",
            ),
            ("$.a-b", "character 4: `.`, `[` or the end is expected"),
            (
                "$[]",
                "character 3: a name in quotes, an index, a slice, `*` or a filter that begins with `?` is expected",
            ),
            (
                "$[a]",
                "character 3: a name in quotes, an index, a slice, `*` or a filter that begins with `?` is expected",
            ),
            ("$['a'", "character 6: `,` or `]` is expected"),
            ("$[1 2]", "character 5: `,` or `]` is expected"),
            (
                "$[01]",
                "character 3: an index has neither leading zeros nor the form `-0`",
            ),
            (
                "$[-0]",
                "character 3: an index has neither leading zeros nor the form `-0`",
            ),
            ("$[-]", "character 4: a digit is expected"),
            (
                "$[9007199254740992]",
                "character 3: an index is at most 9007199254740991",
            ),
            (
                "$[99999999999999999999]",
                "character 3: an index is at most 9007199254740991",
            ),
        ],
    );
}

#[test]
fn errors_in_strings() {
    assert_outcomes(
        "{}",
        &[
            ("$['a]", "character 3: the closing quote is missing"),
            (
                "$['a\nb']",
                "character 5: a control character is written as `\\u000a`",
            ),
            (
                r"$['\x']",
                r"character 5: the escapes are `\b`, `\f`, `\n`, `\r`, `\t`, `\/`, `\\`, `\u` and that of the quote",
            ),
            (
                r#"$['\"']"#,
                r"character 5: the escapes are `\b`, `\f`, `\n`, `\r`, `\t`, `\/`, `\\`, `\u` and that of the quote",
            ),
            (r"$['\ud800']", r"character 5: this `\u` is not a character"),
            (
                r"$['\ud800\u0041']",
                r"character 5: this `\u` is not a character",
            ),
            (
                r"$['\ud83dde00']",
                r"character 5: this `\u` is not a character",
            ),
            (r"$['\udc00']", r"character 5: this `\u` is not a character"),
            (r"$['\u00g0']", r"character 5: this `\u` is not a character"),
            (r"$['\u00é']", r"character 5: this `\u` is not a character"),
        ],
    );
}

#[test]
fn errors_in_filters() {
    assert_outcomes(
        "{}",
        &[
            (
                "$[?]",
                "character 4: a value, a path that begins with `@` or `$`, or `(` is expected",
            ),
            (
                "$[?a]",
                "character 4: `a` is neither a value nor the call of a function",
            ),
            (
                "$[?true]",
                "character 4: this value is neither true nor false: compare it",
            ),
            (
                "$[?count(@.*)]",
                "character 4: this value is neither true nor false: compare it",
            ),
            ("$[?@.a = 1]", "character 8: `,` or `]` is expected"),
            ("$[?!@.a == 1]", "character 9: `,` or `]` is expected"),
            (
                "$[?@.* == 1]",
                "character 4: this path may select several nodes: compare `count` or `value` of it",
            ),
            (
                "$[?1 == @..a]",
                "character 9: this path may select several nodes: compare `count` or `value` of it",
            ),
            (
                "$[?length(@.*) == 1]",
                "character 11: this path may select several nodes: compare `count` or `value` of it",
            ),
            (
                "$[?count(1) == 1]",
                "character 10: the argument of `count` is a path",
            ),
            ("$[?length(@, @) == 1]", "character 12: `)` is expected"),
            (
                "$[?length (@) == 1]",
                "character 4: `length` is neither a value nor the call of a function",
            ),
            (
                "$[?matches(@.a)]",
                "character 4: there is no `matches`; the functions are `count`, `length`, `match`, `search` and `value`",
            ),
            (
                "$[?true == match(@.a, 'a')]",
                "character 12: `match` is true or false, and cannot be compared",
            ),
            (
                "$[?match(@.a, 'a') == true]",
                "character 20: `,` or `]` is expected",
            ),
            ("$[?search(@.a)]", "character 14: `,` is expected"),
            (
                "$[?search(@.*, 'a')]",
                "character 11: this path may select several nodes: compare `count` or `value` of it",
            ),
            (
                "$[?!match(@.a, '[')]",
                "character 16: this is not a regular expression (RFC 9485 without `\\p`)",
            ),
            (
                "$[?@.a == 01]",
                "character 11: a number has no leading zeros",
            ),
            ("$[?@.a == 1.]", "character 13: a digit is expected"),
            ("$[?@.a == 1e+]", "character 14: a digit is expected"),
            ("$[?(@.a]", "character 8: `)` is expected"),
        ],
    );
}

#[test]
fn nesting_has_a_limit() {
    let nested = format!("$[?{}@.a{}]", "(".repeat(100_000), ")".repeat(100_000));
    let siblings = "$[?(@.a)]".to_owned() + &"[?(@.a)]".repeat(100);
    let filters = format!("${}", "[?@".repeat(100_000));
    let calls = format!("$[?{}@", "length(".repeat(100_000));
    assert_outcomes(
        "{}",
        &[
            (&siblings, ""),
            (
                &nested,
                "character 68: expressions are nested more than 64 deep",
            ),
            (
                &filters,
                "character 196: expressions are nested more than 64 deep",
            ),
            (
                &calls,
                "character 452: expressions are nested more than 64 deep",
            ),
        ],
    );
}
