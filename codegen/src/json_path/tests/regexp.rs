//! Regular expressions, each with texts that it matches and texts that it does not match.

use crate::json_path::regexp::Regexp;

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
