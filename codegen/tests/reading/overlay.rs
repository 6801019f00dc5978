//! The effects of actions on documents.

use openapi_codegen::diagnostic::Diagnostics;
use openapi_codegen::document::{Document, Pointer, Source};
use openapi_codegen::overlay;

pub(crate) fn apply(document: &str, version: &str, actions: &str) -> Result<Document, Diagnostics> {
    overlay::apply(parse(document), with_head(version, actions))
}

pub(crate) fn parse(document: &str) -> Document {
    Document::parse(Source::new("openapi.yaml", document)).expect("the document is YAML")
}

/// An overlay with these actions, which begin in line 4.
pub(crate) fn with_head(version: &str, actions: &str) -> Source {
    let head = format!("overlay: {version}\ninfo: {{title: t, version: v}}\nactions:\n");
    Source::new("overlay.yaml", head + actions)
}

pub(crate) fn json(document: &Document) -> String {
    document.root().node().to_json().to_string()
}

/// A document, the version of the overlay, its actions, and the document after them.
const RESULTS: &[(&str, &str, &str, &str)] = &[
    // Objects are merged, arrays put together, primitive values replaced.
    (
        "{a: {b: 1, c: 2}}",
        "1.0.0",
        "- {target: $.a, update: {b: 3, d: 4}}",
        r#"{"a":{"b":3,"c":2,"d":4}}"#,
    ),
    (
        "{a: {b: {c: [1]}}}",
        "1.0.0",
        "- {target: $, update: {a: {b: {c: [2], d: 1}}}}",
        r#"{"a":{"b":{"c":[1,2],"d":1}}}"#,
    ),
    (
        "{a: 1}",
        "1.1.0",
        "- {target: $, update: {a: null}}",
        r#"{"a":null}"#,
    ),
    // An array takes one more element; in 1.1, those of an array.
    (
        "{a: [1]}",
        "1.0.0",
        "- {target: $.a, update: 2}",
        r#"{"a":[1,2]}"#,
    ),
    (
        "{a: [1]}",
        "1.0.0",
        "- {target: $.a, update: [2]}",
        r#"{"a":[1,[2]]}"#,
    ),
    (
        "{a: [1]}",
        "1.1.0",
        "- {target: $.a, update: [2, 3]}",
        r#"{"a":[1,2,3]}"#,
    ),
    (
        "{a: [1]}",
        "1.1.0",
        "- {target: $.a, update: {b: 1}}",
        r#"{"a":[1,{"b":1}]}"#,
    ),
    (
        "{a: [1]}",
        "1.1.0",
        "- {target: $.a, update: null}",
        r#"{"a":[1,null]}"#,
    ),
    // Primitive targets.
    (
        "{a: 1, b: 2}",
        "1.1.0",
        "- {target: $.a, update: x}",
        r#"{"a":"x","b":2}"#,
    ),
    (
        "{a: [x, y, x]}",
        "1.1.0",
        "- {target: '$.a[?@ == ''x'']', remove: true}",
        r#"{"a":["y"]}"#,
    ),
    // Removal from the back, of the inner before the outer, once for each node.
    (
        "{a: [0, 1, 2, 3]}",
        "1.0.0",
        "- {target: '$.a[0,2,0]', remove: true}",
        r#"{"a":[1,3]}"#,
    ),
    (
        "{a: {x: {x: 1}}, b: [{x: 2}]}",
        "1.0.0",
        "- {target: $..x, remove: true}",
        r#"{"a":{},"b":[{}]}"#,
    ),
    (
        "{a: [0,1,2,3,4,5,6,7,8,9,10,11]}",
        "1.0.0",
        "- {target: '$.a[2:]', remove: true}",
        r#"{"a":[0,1]}"#,
    ),
    // `remove: true` makes `update` idle, `remove: false` does nothing.
    (
        "{a: {}, b: 1}",
        "1.0.0",
        "- {target: $.a, update: 1, remove: true}",
        r#"{"b":1}"#,
    ),
    (
        "{a: {}}",
        "1.0.0",
        "- {target: $.a, update: {b: 1}, remove: false}",
        r#"{"a":{"b":1}}"#,
    ),
    // Actions see the results of those before.
    (
        "{a: {t: 1}}",
        "1.0.0",
        "- {target: $, update: {b: {t: 1}}}\n- {target: '$[?@.t == 1]', update: {n: 2}}",
        r#"{"a":{"n":2,"t":1},"b":{"n":2,"t":1}}"#,
    ),
    (
        "{a: {t: 1}}",
        "1.0.0",
        "- {target: $.a.t, remove: true}\n- {target: '$[?!@.t]', update: {n: 2}}",
        r#"{"a":{"n":2}}"#,
    ),
    (
        "{a: {b: [1]}}",
        "1.0.0",
        "- {target: $.a.b, remove: true}\n- {target: $.a, update: {b: [2]}}",
        r#"{"a":{"b":[2]}}"#,
    ),
    // All targets get the same update; one that is selected twice gets it once.
    (
        "{a: {x: []}, b: {x: [1]}, c: {}}",
        "1.1.0",
        "- {target: '$[?@.x].x', update: 2}",
        r#"{"a":{"x":[2]},"b":{"x":[1,2]},"c":{}}"#,
    ),
    (
        "{a: []}",
        "1.1.0",
        "- {target: '$[''a'', ''a'']', update: 1}",
        r#"{"a":[1]}"#,
    ),
    (
        "{a: {}, b: []}",
        "1.0.0",
        "- {target: $.*, update: {x: 1}}",
        r#"{"a":{"x":1},"b":[{"x":1}]}"#,
    ),
    // Elements that the document already has are appended again.
    (
        "{a: [1]}",
        "1.1.0",
        "- {target: $.a, update: 1}\n- {target: $, update: {a: [1]}}",
        r#"{"a":[1,1,1]}"#,
    ),
    // Patch versions and extensions make no difference.
    (
        "{a: {}}",
        "1.0.17\nx-a: {}",
        "- {target: $.a, update: {b: 1}, x-b: 1}",
        r#"{"a":{"b":1}}"#,
    ),
    // Copies.
    (
        "{a: {x: 1}, b: {y: 2}}",
        "1.1.0",
        "- {target: $.b, copy: $.a}",
        r#"{"a":{"x":1},"b":{"x":1,"y":2}}"#,
    ),
    (
        "{a: [1], b: {}}",
        "1.1.0",
        "- {target: $.a, copy: $.a, x-why: '-'}",
        r#"{"a":[1,1],"b":{}}"#,
    ),
    (
        "{a: {x: 1}, b: 2}",
        "1.1.1",
        "- {target: $, update: {c: {}}}\n- {target: $.c, copy: $.a}\n- {target: $.a, remove: true}",
        r#"{"b":2,"c":{"x":1}}"#,
    ),
    (
        "{a: {x: 1}}",
        "1.1.0",
        "- {target: $.a, copy: $.b, remove: true}",
        "{}",
    ),
];

#[test]
fn actions_change_the_document() {
    for (document, version, actions, result) in RESULTS {
        let applied = apply(document, version, actions)
            .unwrap_or_else(|problems| panic!("{actions}\n{problems}"));
        assert_eq!(json(&applied), *result, "{actions}");
    }
}

#[test]
fn new_nodes_keep_their_place_in_the_overlay() {
    let text = "{a: {b: 1, c: 2}}";
    let applied = apply(text, "1.0.0", "- {target: $.a, update: {b: 3, d: {e: 4}}}")
        .expect("the overlay is right");
    let place = |pointer: &str| {
        let at = applied
            .at(&Pointer::parse(pointer).expect(pointer))
            .expect(pointer);
        let source = applied.sources().get(at.span().source).expect("a source");
        (
            source.name.as_str(),
            &source.text[at.span().start as usize..at.span().end as usize],
        )
    };
    assert_eq!(place("/a"), ("openapi.yaml", "{b: 1, c: 2}"));
    assert_eq!(place("/a/b"), ("overlay.yaml", "3"));
    assert_eq!(place("/a/c"), ("openapi.yaml", "2"));
    assert_eq!(place("/a/d"), ("overlay.yaml", "{e: 4}"));
}

#[test]
fn overlays_add_up() {
    let first =
        apply("{a: 1}", "1.0.0", "- {target: $, update: {b: 2}}").expect("the first is right");
    let overlay =
        "overlay: 1.0.0\ninfo: {title: t, version: v}\nactions: [{target: $.c, remove: true}]\n";
    let problems =
        overlay::apply(first, Source::new("second.yaml", overlay)).expect_err("there is no `c`");
    assert_eq!(
        problems
            .iter()
            .map(|problem| problem.span.source)
            .collect::<Vec<_>>(),
        [2]
    );
    assert!(
        problems.to_string().contains("--> second.yaml:3:20"),
        "{problems}"
    );
}
