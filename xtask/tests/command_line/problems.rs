use serde_json::json;

use crate::{Folder, LAMPS, Run};

const PROBLEMS: [&str; 2] = ["problems", "lamps.yaml"];

/// The description with a reference that points at nothing, and more in place of the media type of
/// a response.
fn broken(response: &str) -> String {
    let schema = "            schema: {$ref: '#/components/schemas/Lamp'}\n      responses:";
    let wrong = "            schema: {$ref: '#/components/schemas/Lmap'}\n      responses:";
    LAMPS
        .replace(schema, wrong)
        .replace("          content:\n            application", response)
}

const KEPT: &str = "          content:\n            application";
const NOTHING: &str = "          content:\n            application/none+json: {schema: false}\n            application";

const UNRESOLVED: &str = "\
error[unresolved-reference]: `#/components/schemas/Lmap` does not exist
  --> lamps.yaml:12:28
   |
12 |             schema: {$ref: '#/components/schemas/Lmap'}
   |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing at this pointer
   |
   = at: /paths/~1lamps/post/requestBody/content/application~1json/schema/$ref
   = help: did you mean `#/components/schemas/Lamp`?
";

const UNSUPPORTED: &str = "\
error[unsupported-schema]: no value is valid here
  --> lamps.yaml:17:45
   |
17 |             application/none+json: {schema: false}
   |                                             ^^^^^ `false` allows nothing
   |
   = at: /paths/~1lamps/post/responses/200/content/application~1none+json/schema
   = help: leave the property out
";

#[test]
fn none() {
    let folder = Folder::new();
    let expected = Run {
        stdout: "no problems\n".to_owned(),
        stderr: String::new(),
        code: Some(0),
    };
    assert_eq!(folder.run(&PROBLEMS), expected);
    let expected = json!({"status": "clean", "counts": {}, "diagnostics": []});
    assert_eq!(folder.json(&PROBLEMS), (expected, Some(0)));
}

#[test]
fn as_text() {
    let cases = [
        (
            broken(KEPT),
            format!(
                "\
{UNRESOLVED}
1 problem: 1 fault of the description
  1  unresolved-reference

for more, run: openapi-rust explain unresolved-reference
"
            ),
        ),
        (
            broken(NOTHING),
            format!(
                "\
{UNRESOLVED}
{UNSUPPORTED}
2 problems: 1 fault of the description, 1 thing that is not supported
  1  unresolved-reference
  1  unsupported-schema

for more, run: openapi-rust explain CODE
"
            ),
        ),
    ];
    let folder = Folder::new();
    for (document, stdout) in cases {
        folder.write("lamps.yaml", &document);
        let before = folder.state(".");
        let expected = Run {
            stdout,
            stderr: String::new(),
            code: Some(1),
        };
        assert_eq!(folder.run(&PROBLEMS), expected);
        assert_eq!(folder.state("."), before);
    }
}

#[test]
fn a_text_that_is_not_yaml() {
    let folder = Folder::new();
    folder.write("lamps.yaml", "openapi: 3.1.0\npaths: {a: 1\n");
    let run = folder.run(&PROBLEMS);
    let (problem, rest) = run.stdout.split_once("\n\n").expect("a blank line");
    assert!(problem.starts_with("error[invalid-yaml]: "), "{problem}");
    let expected = "\
1 problem: 1 fault of the description
  1  invalid-yaml

for more, run: openapi-rust explain invalid-yaml
";
    assert_eq!(
        (rest, run.stderr.as_str(), run.code),
        (expected, "", Some(1))
    );
    let (report, code) = folder.json(&PROBLEMS);
    assert_eq!(
        (&report["status"], &report["counts"], code),
        (&json!("problems"), &json!({"invalid-yaml": 1}), Some(1))
    );
}

#[test]
fn the_most_frequent_come_first() {
    let folder = Folder::new();
    let operation = |n: usize| {
        format!(
            "  /lamps/{n}:\n    get:\n      responses:\n        '200':\n          description: A lamp\n          \
             content:\n            application/none+json: {{schema: false}}\n            application/json:\n              schema: {{$ref: \
             '#/components/schemas/Lmap'}}\n"
        )
    };
    let operations: String = (0..10).map(operation).collect();
    let document = broken(KEPT).replace("components:", &format!("{operations}components:"));
    folder.write("lamps.yaml", &document);
    let run = folder.run(&PROBLEMS);
    let expected = "
21 problems: 11 faults of the description, 10 things that are not supported
  11  unresolved-reference
  10  unsupported-schema

for more, run: openapi-rust explain CODE
";
    assert!(run.stdout.ends_with(expected), "{}", run.stdout);
}

#[test]
fn as_json() {
    let folder = Folder::new();
    folder.write("lamps.yaml", &broken(NOTHING));
    let expected = json!({
        "status": "problems",
        "counts": {"unresolved-reference": 1, "unsupported-schema": 1},
        "diagnostics": [
            {
                "code": "unresolved-reference",
                "severity": "error",
                "file": "lamps.yaml",
                "line": 12,
                "column": 28,
                "pointer": "/paths/~1lamps/post/requestBody/content/application~1json/schema/$ref",
                "message": "`#/components/schemas/Lmap` does not exist",
                "assumed": null,
                "help": "did you mean `#/components/schemas/Lamp`?",
            },
            {
                "code": "unsupported-schema",
                "severity": "error",
                "file": "lamps.yaml",
                "line": 17,
                "column": 45,
                "pointer": "/paths/~1lamps/post/responses/200/content/application~1none+json/schema",
                "message": "no value is valid here",
                "assumed": null,
                "help": "leave the property out",
            },
        ],
    });
    assert_eq!(folder.json(&PROBLEMS), (expected, Some(1)));
}

#[test]
fn an_overlay_has_problems_too_and_takes_some_away() {
    let folder = Folder::new();
    folder.write("lamps.yaml", &broken(KEPT));
    let overlay = |target: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: Lamps, version: 1.0.0}}\nactions:\n- target: {target}\n  remove: true\n"
        )
    };
    folder.write("some.yaml", &overlay("$.paths['/lamps']"));
    folder.write("none.yaml", &overlay("$.paths['/lamp']"));
    let arguments = [&PROBLEMS[..], &["--overlay", "some.yaml"]].concat();
    let run = folder.run(&arguments);
    assert_eq!((run.stdout.as_str(), run.code), ("no problems\n", Some(0)));
    let arguments = [&arguments[..], &["--overlay", "none.yaml"]].concat();
    let (report, code) = folder.json(&arguments);
    assert_eq!(
        (&report["counts"], code),
        (&json!({"overlay-target-missing": 1}), Some(1))
    );
    assert_eq!(report["diagnostics"][0]["file"], "none.yaml");
}

#[test]
fn a_file_that_cannot_be_read() {
    let folder = Folder::new();
    let run = folder.run(&["problems", "lamp.yaml"]);
    let (first, rest) = run.stderr.split_once('\n').expect("lines");
    assert!(
        first.starts_with("error[io]: cannot read `lamp.yaml`: "),
        "{first}"
    );
    let expected = "  \
  = help: check the path, and that the file is UTF-8 text that you may read

for more, run: openapi-rust explain io
";
    assert_eq!(
        (rest, run.stdout.as_str(), run.code),
        (expected, "", Some(2))
    );
    let (report, code) = folder.json(&["problems", "lamp.yaml"]);
    assert_eq!(
        (&report["status"], &report["counts"], code),
        (&json!("error"), &json!({}), Some(2))
    );
    assert_eq!(report["diagnostics"][0]["code"], "io");
}
