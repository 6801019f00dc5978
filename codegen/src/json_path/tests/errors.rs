//! Expressions that cannot be read, each with its error.

use super::assert_outcomes;

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
