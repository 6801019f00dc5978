//! The actions that an attempt does, leaves out because their targets are missing, and calls
//! needless.

use openapi_codegen::diagnostic::Diagnostics;
use openapi_codegen::overlay::{self, Attempt};

use crate::overlay::{json, parse, with_head};
use crate::places;

fn attempt(document: &str, version: &str, actions: &str) -> Result<Attempt, Diagnostics> {
    overlay::attempt(parse(document), with_head(version, actions))
}

fn named(problems: Option<&Diagnostics>) -> Vec<String> {
    problems.map(places).unwrap_or_default()
}

/// A document and an action that says what is there already.
const NEEDLESS: &[(&str, &str)] = &[
    (
        "{a: {b: 1, c: {d: [x, y]}}}",
        "{target: $.a, update: {b: 1}}",
    ),
    (
        "{a: {b: 1, c: {d: [x, y]}}}",
        "{target: $, update: {a: {c: {d: [y]}}}}",
    ),
    ("{a: {b: 1}}", "{target: $.a, update: {}}"),
    ("{a: {b: null}}", "{target: $.a, update: {b: null}}"),
    ("{a: true}", "{target: $.a, update: true}"),
    ("{a: 1.50}", "{target: $.a, update: 1.50}"),
    (
        "{a: [1, {b: 2, c: 3}]}",
        "{target: $.a, update: {c: 3, b: 2}}",
    ),
    ("{a: [1, 2]}", "{target: $.a, update: [2, 1]}"),
    ("{a: [1, [2]]}", "{target: $.a, update: [[2]]}"),
    ("{a: [1]}", "{target: $.a, update: []}"),
    (
        "{a: {x: 1}, b: {x: 1, y: 2}}",
        "{target: $.*, update: {x: 1}}",
    ),
    ("{a: [1], b: [2, 1]}", "{target: $.*, update: 1}"),
    ("{a: {x: 1}, b: {x: 1, y: 2}}", "{target: $.b, copy: $.a}"),
    ("{a: [1]}", "{target: $.a, copy: $.a}"),
];

#[test]
fn an_action_that_says_what_is_there_is_named_and_done() {
    for (document, action) in NEEDLESS {
        let actions = format!("- {action}");
        let attempt = attempt(document, "1.1.0", &actions);
        let attempt = attempt.unwrap_or_else(|problems| panic!("{action}\n{problems}"));
        let applied = overlay::apply(parse(document), with_head("1.1.0", &actions));
        let applied = applied.unwrap_or_else(|problems| panic!("{action}\n{problems}"));
        assert_eq!(json(&attempt.document), json(&applied), "{action}");
        let needless = named(attempt.needless.as_ref());
        assert_eq!(
            needless,
            ["overlay-needless 4:12 /actions/0/target"],
            "{action}"
        );
        assert!(attempt.missing.is_none(), "{action}");
    }
}

/// A document, the version of the overlay, and an action that changes something there.
const NEEDED: &[(&str, &str, &str)] = &[
    ("{a: {b: 1}}", "1.1.0", "{target: $.a, update: {b: 2}}"),
    ("{a: {b: 1}}", "1.1.0", "{target: $.a, update: {b: 1.0}}"),
    ("{a: {b: 1}}", "1.1.0", "{target: $.a, update: {b: '1'}}"),
    (
        "{a: {b: 1}}",
        "1.1.0",
        "{target: $.a, update: {b: 1, c: {}}}",
    ),
    ("{a: {}}", "1.1.0", "{target: $.a, update: {b: null}}"),
    ("{a: [1]}", "1.1.0", "{target: $.a, update: [1, 2]}"),
    (
        "{a: [{b: 1}]}",
        "1.1.0",
        "{target: $.a, update: {b: 1, c: 2}}",
    ),
    (
        "{a: [{b: 1, c: 2}]}",
        "1.1.0",
        "{target: $.a, update: {b: 1}}",
    ),
    ("{a: [[1, 2]]}", "1.1.0", "{target: $.a, update: [[1]]}"),
    // In 1.0 an array is one more element.
    ("{a: [1]}", "1.0.0", "{target: $.a, update: [1]}"),
    ("{a: [1]}", "1.0.0", "{target: $.a, update: []}"),
    // One part is needed, or one target.
    (
        "{a: {b: [1], c: 1}}",
        "1.1.0",
        "{target: $.a, update: {b: [1], c: 2}}",
    ),
    ("{a: [1], b: [2]}", "1.1.0", "{target: $.*, update: 1}"),
    ("{a: 1}", "1.1.0", "{target: $.a, remove: true}"),
];

#[test]
fn any_other_action_is_done_as_apply_does_it() {
    for (document, version, action) in NEEDED {
        let actions = format!("- {action}");
        let attempt = attempt(document, version, &actions);
        let attempt = attempt.unwrap_or_else(|problems| panic!("{action}\n{problems}"));
        let applied = overlay::apply(parse(document), with_head(version, &actions));
        let applied = applied.unwrap_or_else(|problems| panic!("{action}\n{problems}"));
        assert_eq!(json(&attempt.document), json(&applied), "{action}");
        assert!(attempt.needless.is_none(), "{action}");
        assert!(attempt.missing.is_none(), "{action}");
    }
}

#[test]
fn each_action_sees_what_those_before_it_have_done() {
    let actions = "\
- {target: $.old, remove: true}
- {target: $.a, update: {x: 1}}
- {target: $.a, update: {x: 1}}
- {target: $.a, remove: true}
- {target: $.a, update: {y: 1}}
- {target: $.b, copy: $.a}
- {target: $.b, update: {z: 1}}
";
    let attempt = attempt("{a: {}, b: {z: 1}}", "1.1.0", actions).expect("it can be done");
    assert_eq!(json(&attempt.document), r#"{"b":{"z":1}}"#);
    assert_eq!(
        named(attempt.missing.as_ref()),
        [
            "overlay-target-missing 4:12 /actions/0/target",
            "overlay-target-missing 8:12 /actions/4/target",
            "overlay-target-missing 9:23 /actions/5/copy",
        ]
    );
    assert_eq!(
        named(attempt.needless.as_ref()),
        [
            "overlay-needless 6:12 /actions/2/target",
            "overlay-needless 10:12 /actions/6/target",
        ]
    );
}

#[test]
fn what_is_wrong_stays_an_error() {
    let actions =
        "- {target: $.b, remove: true}\n- {target: $.a, update: 1}\n- {target: $.a, update: {}}";
    let problems = attempt("{a: {}}", "1.1.0", actions).expect_err("objects are no numbers");
    assert_eq!(
        places(&problems),
        ["invalid-overlay 5:25 /actions/1/update"]
    );
    let problems = attempt("{a: {}}", "1.1.0", "- {target: a}").expect_err("it is no overlay");
    assert_eq!(
        places(&problems),
        [
            "invalid-overlay 4:3 /actions/0",
            "invalid-overlay 4:12 /actions/0/target",
        ]
    );
}
