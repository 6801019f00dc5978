//! Problems of overlays, and of their application to documents.

use crate::overlay::{apply, json};
use crate::places;

/// A document, the version of the overlay, its actions from line 4 on, and the problems.
const PROBLEMS: &[(&str, &str, &str, &[&str])] = &[
    (
        "{a: 1}",
        "1.0.0",
        "- {target: $.b, remove: true}",
        &["overlay-target-missing 4:12 /actions/0/target"],
    ),
    (
        "{a: 1}",
        "1.0.0",
        "- {target: $.b, remove: true}\n- {target: $.c, remove: true}",
        &[
            "overlay-target-missing 4:12 /actions/0/target",
            "overlay-target-missing 5:12 /actions/1/target",
        ],
    ),
    (
        "{a: 1}",
        "1.0.0",
        "- {target: '$.', remove: true}",
        &["invalid-overlay 4:12 /actions/0/target"],
    ),
    (
        "{a: 1}",
        "1.0.0",
        "- {target: $, remove: true}",
        &["invalid-overlay 4:12 /actions/0/target"],
    ),
    (
        "{a: 1}",
        "1.0.0",
        "- {target: $.a, update: 2}",
        &["invalid-overlay 4:12 /actions/0/target"],
    ),
    (
        "{a: {}, b: []}",
        "1.1.0",
        "- {target: $.*, update: {}}",
        &["invalid-overlay 4:12 /actions/0/target"],
    ),
    (
        "{a: {}, b: 1}",
        "1.0.0",
        "- {target: $.*, update: {}}",
        &["invalid-overlay 4:12 /actions/0/target"],
    ),
    (
        "{a: {b: 1}}",
        "1.0.0",
        "- {target: $.a, update: {b: [1]}}",
        &["invalid-overlay 4:29 /actions/0/update/b"],
    ),
    (
        "{a: {}}",
        "1.0.0",
        "- {target: $.a, update: 1}",
        &["invalid-overlay 4:25 /actions/0/update"],
    ),
    (
        "{a: {}}",
        "1.0.0",
        "- {target: $.a}",
        &["invalid-overlay 4:3 /actions/0"],
    ),
    (
        "{a: {}}",
        "1.0.0",
        "- {update: {}}",
        &["missing-keyword 4:3 /actions/0"],
    ),
    (
        "{a: {}}",
        "1.0.0",
        "- {target: $.a, remove: yes}",
        &["wrong-type 4:25 /actions/0/remove"],
    ),
    (
        "{a: {}}",
        "1.0.0",
        "- {target: 1, remove: true}",
        &["wrong-type 4:12 /actions/0/target"],
    ),
    (
        "{a: {}}",
        "1.0.0",
        "- {target: $.a, updaet: {}, remove: true}",
        &["invalid-overlay 4:17 /actions/0/updaet"],
    ),
    (
        "{a: {}}",
        "1.0.0",
        "- {target: $.a, copy: $.a}",
        &[
            "invalid-overlay 4:3 /actions/0",
            "invalid-overlay 4:17 /actions/0/copy",
        ],
    ),
    (
        "{a: {}}",
        "1.1.0",
        "- {target: $.a, copy: $.b}",
        &["overlay-target-missing 4:23 /actions/0/copy"],
    ),
    (
        "{a: {}}",
        "1.1.0",
        "- {target: $.a, copy: $..*, update: {}}",
        &["invalid-overlay 4:17 /actions/0/copy"],
    ),
    (
        "{a: {b: {}}}",
        "1.1.0",
        "- {target: $.a, copy: $..*}",
        &["invalid-overlay 4:23 /actions/0/copy"],
    ),
    (
        "{a: {b: 1}, c: {b: {}}}",
        "1.1.0",
        "- {target: $.a, copy: $.c}",
        &["invalid-overlay 4:23 /actions/0/copy"],
    ),
    (
        "{a: {}}",
        "1.0.0",
        "  []",
        &["invalid-overlay 4:3 /actions"],
    ),
    ("{a: {}}", "1.0.0", "  {}", &["wrong-type 4:3 /actions"]),
    ("{a: {}}", "1.0.0", "- 1", &["wrong-type 4:3 /actions/0"]),
    (
        "{a: {}}",
        "2.0.0",
        "- {target: $.a, remove: true}",
        &["unsupported-version 1:10 /overlay"],
    ),
    (
        "{a: {}}",
        "1.1.x",
        "- {target: $.a, remove: true}",
        &["unsupported-version 1:10 /overlay"],
    ),
    (
        "{a: {}}",
        "1.0.0\nextends: {}",
        "- {target: $.a, remove: true, description: 1}",
        &[
            "wrong-type 2:10 /extends",
            "wrong-type 5:44 /actions/0/description",
        ],
    ),
    (
        "{a: {}}",
        "1.0",
        "- {target: $.a, remove: true}",
        &["wrong-type 1:10 /overlay"],
    ),
    (
        "{a: {}}",
        "1.0.0",
        "- {target: $.a, target: $.b, remove: true}",
        &["duplicate-key 4:17 /actions/0/target"],
    ),
];

#[test]
fn problems_point_into_the_overlay() {
    for (document, version, actions, expected) in PROBLEMS {
        let problems = apply(document, version, actions).map(|document| json(&document));
        let problems = problems.expect_err(actions);
        assert_eq!(places(&problems), *expected, "{actions}\n{problems}");
        assert!(
            problems.to_string().contains("--> overlay.yaml:"),
            "{problems}"
        );
    }
}
