use serde_json::json;

use crate::{Folder, LAMPS, Run};

const UPDATE: [&str; 6] = [
    "update",
    "lamps.yaml",
    "--spec",
    "spec/openapi.yaml",
    "--out",
    "client",
];

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Repairs, version: 1.0.0}
actions:
  - target: $.components.schemas.Lamp
    update: {description: A lamp.}
";

/// A folder in which one of the two operations has been taken in.
fn taken_in() -> Folder {
    let folder = Folder::new();
    let run = folder.run(&with(&["--operation", "createLamp"]));
    assert_eq!(
        run,
        Run {
            stdout: "\
the first revision

wrote client/Cargo.toml
wrote client/bindings.json
wrote client/src/lib.rs
wrote client/src/operations.rs
wrote client/src/requests.rs
wrote spec/openapi.source.json
wrote spec/openapi.yaml
updated: 7 files written, 0 removed
"
            .to_owned(),
            stderr: String::new(),
            code: Some(0),
        }
    );
    folder
}

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    UPDATE.iter().chain(more).copied().collect()
}

#[test]
fn the_first_revision() {
    let folder = taken_in();
    assert!(!folder.read("spec/openapi.yaml").contains("deleteLamps"));
    assert_eq!(
        folder.read("spec/openapi.source.json"),
        "\
{
  \"file\": \"lamps.yaml\",
  \"sha256\": \"5afb24890727e9878d6d1196ff6670ddbb218afae2b74ffcfa387c90c8aafbb2\",
  \"operations\": [\"createLamp\"]
}
"
    );
    let state = folder.state(".");
    let run = folder.run(&UPDATE);
    assert_eq!(
        run.stdout,
        "no changes\n\nupdated: 0 files written, 0 removed\n"
    );
    assert_eq!(folder.state("."), state, "what is as it should be stays");
}

#[test]
fn the_next() {
    let folder = taken_in();
    folder.write(
        "lamps.yaml",
        &LAMPS.replace(
            "color: {type: string}",
            "color: {type: string}\n        room: {type: string}",
        ),
    );
    let expected = Run {
        stdout: "\
rust      wire                  change
additive  additive (both ways)  Lamp::room is new: `Option<String>`
                                -> spec/openapi.yaml:26:9 /components/schemas/Lamp/properties/room

1 change: 1 additive
rust: additive, wire: additive
next version: minor (0.1.0 becomes 0.1.1)

wrote client/bindings.json
wrote client/src/requests.rs
wrote spec/openapi.source.json
wrote spec/openapi.yaml
updated: 4 files written, 0 removed
"
        .to_owned(),
        stderr: String::new(),
        code: Some(0),
    };
    assert_eq!(folder.run(&UPDATE), expected);
    let check = [
        "generate",
        "--check",
        "--spec",
        "spec/openapi.yaml",
        "--out",
        "client",
    ];
    assert_eq!(
        folder.run(&check).code,
        Some(0),
        "it is ready to be reviewed"
    );
}

#[test]
fn what_breaks_is_taken_in_and_told() {
    let folder = taken_in();
    folder.write(
        "lamps.yaml",
        &LAMPS.replace("        watts: {type: integer, minimum: 1}\n", ""),
    );
    let (report, code) = folder.json(&UPDATE);
    assert_eq!(code, Some(1));
    assert_eq!(report["status"], "breaking");
    assert_eq!(report["changes"][0]["path"], "Lamp::watts");
    assert_eq!(
        report["changes"][0]["old"]["file"],
        "spec/openapi.yaml (before)"
    );
    assert_eq!(
        report["written"],
        json!([
            "client/bindings.json",
            "client/src/operations.rs",
            "client/src/requests.rs",
            "spec/openapi.source.json",
            "spec/openapi.yaml"
        ])
    );
    assert!(!folder.read("spec/openapi.yaml").contains("watts"));
}

#[test]
fn nothing_is_written_if_anything_fails() {
    let folder = taken_in();
    folder.write("overlay.yaml", OVERLAY);
    let state = folder.state("spec");
    let client = folder.state("client");
    let renamed = LAMPS
        .replace("Lamp:", "Light:")
        .replace("schemas/Lamp'", "schemas/Light'");
    let overlay = with(&["--overlay", "overlay.yaml"]);
    let cases: [(String, &[&str], &str); 5] = [
        (renamed, &overlay, "error[overlay-target-missing]"),
        (
            LAMPS.replace("schemas/Lamp'", "schemas/Lmap'"),
            &UPDATE,
            "error[unresolved-reference]",
        ),
        (
            LAMPS.replace("createLamp", "makeLamp"),
            &UPDATE,
            "error[unknown-operation]",
        ),
        ("{".to_owned(), &UPDATE, "error[invalid-"),
        (
            LAMPS.to_owned(),
            &with(&["--name", "other"]),
            "error[other-crate-name]",
        ),
    ];
    for (text, arguments, error) in cases {
        folder.write("lamps.yaml", &text);
        let run = folder.run(arguments);
        assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)), "{error}");
        assert!(run.stderr.starts_with(error), "{}", run.stderr);
        assert_eq!(folder.state("spec"), state);
        assert_eq!(folder.state("client"), client);
    }
    let nowhere = [
        "update",
        "lamps.yaml",
        "--spec",
        "other.yaml",
        "--out",
        "client",
    ];
    let run = folder.run(&nowhere);
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "\
error[no-operation]: `other.yaml` does not exist, so the operations to take are not known
  = help: select them with `--operation` or `--tag`

for more, run: openapi-rust explain no-operation
"
    );
}

#[test]
fn an_edited_overlay() {
    let folder = taken_in();
    let rename = "  - target: $.components.schemas.Lamp\n    update: {x-rust-name: Light}\n";
    let named = OVERLAY.replace("  - target: $.components.schemas.Lamp\n", rename);
    let named = named.replace("    update: {description: A lamp.}\n", "");
    folder.write("before.yaml", &named);
    folder.write("overlay.yaml", OVERLAY);
    let before = [
        "--overlay",
        "overlay.yaml",
        "--overlay-before",
        "before.yaml",
    ];
    let run = folder.run(&with(&before));
    assert!(
        run.stdout.contains("Lamp is the new name of `Light`"),
        "{}",
        run.stdout
    );
}

#[test]
fn actions_that_change_nothing_are_named() {
    let folder = taken_in();
    folder.write("overlay.yaml", OVERLAY);
    let described = LAMPS.replace("    Lamp:\n", "    Lamp:\n      description: A lamp.\n");
    folder.write("lamps.yaml", &described);
    let run = folder.run(&with(&["--overlay", "overlay.yaml"]));
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
    let expected = "\
warning[overlay-needless]: this action is needless: the description already contains the change
 --> overlay.yaml:4:13
";
    assert!(run.stdout.contains(expected), "{}", run.stdout);
    let markdown = folder.run(&with(&[
        "--overlay",
        "overlay.yaml",
        "--format",
        "markdown",
    ]));
    assert_eq!(
        markdown.stdout,
        "\
No changes.

### Overlay actions to delete

- `/actions/0/target`: this action is needless: the description already contains the change
"
    );
}

/// An enum that the overlay and the new revision both give one value more.
#[test]
fn what_is_taken_in_is_what_a_check_finds() {
    let folder = taken_in();
    let colours = LAMPS.replace(
        "color: {type: string}",
        "color: {type: string, enum: [red]}",
    );
    folder.write("lamps.yaml", &colours);
    folder.write(
        "overlay.yaml",
        &OVERLAY.replace(
            "Lamp\n    update: {description: A lamp.}",
            "Lamp.properties.color\n    update: {enum: [blue]}",
        ),
    );
    let overlay = with(&["--overlay", "overlay.yaml"]);
    assert_ne!(folder.run(&overlay).code, Some(2));
    let state = folder.state("spec");
    folder.write("lamps.yaml", &colours.replace("[red]", "[red, blue]"));
    let run = folder.run(&overlay);
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)));
    for problem in ["error[invalid-enum]", "warning[overlay-needless]"] {
        assert!(run.stderr.contains(problem), "{}", run.stderr);
    }
    assert_eq!(folder.state("spec"), state);
}

#[test]
fn an_overlay_may_call_the_operation_otherwise() {
    let folder = Folder::new();
    let overlay = OVERLAY.replace(
        "$.components.schemas.Lamp\n    update: {description: A lamp.}",
        "$.paths['/lamps'].post\n    update: {operationId: lightLamp}",
    );
    folder.write("overlay.yaml", &overlay);
    let arguments = ["--operation", "createLamp", "--overlay", "overlay.yaml"];
    assert_eq!(folder.run(&with(&arguments)).code, Some(0));
    assert!(
        folder
            .read("client/src/operations.rs")
            .contains("struct LightLamp")
    );
}

#[test]
fn no_comparison_is_lost_and_no_link_is_replaced() {
    let folder = taken_in();
    let state = folder.state("spec");
    folder.write(
        "lamps.yaml",
        &LAMPS.replace("color: {type: string}", "color: {type: integer}"),
    );
    let cases: [(&[&str], &str); 2] = [
        (
            &["--overlay-before", "typo.yaml"],
            "error[io]: cannot read `typo.yaml`",
        ),
        (
            &["--overlay", "typo.yaml"],
            "error[io]: cannot read `typo.yaml`",
        ),
    ];
    for (more, error) in cases {
        let run = folder.run(&with(more));
        assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)));
        assert!(run.stderr.starts_with(error), "{}", run.stderr);
        assert_eq!(folder.state("spec"), state);
    }
    std::fs::remove_file(folder.path("spec/openapi.source.json")).expect("removed");
    std::fs::create_dir(folder.path("spec/openapi.source.json")).expect("made");
    let client = folder.state("client");
    let run = folder.run(&UPDATE);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.starts_with(
            "error[occupied]: `spec/openapi.source.json` is a folder, where a file belongs"
        ),
        "{}",
        run.stderr
    );
    assert_eq!(folder.state("client"), client);
}

#[test]
fn problems_of_all_overlays_are_told_at_once() {
    let folder = taken_in();
    folder.write("one.yaml", &OVERLAY.replace("schemas.Lamp", "schemas.Lmap"));
    folder.write(
        "two.yaml",
        &OVERLAY
            .replace("A lamp.", "A lamp")
            .replace("schemas.Lamp", "schemas.Lapm"),
    );
    let described = LAMPS.replace("    Lamp:\n", "    Lamp:\n      description: A lamp.\n");
    folder.write("lamps.yaml", &described);
    folder.write("three.yaml", OVERLAY);
    let overlays = [
        "--overlay",
        "one.yaml",
        "--overlay",
        "two.yaml",
        "--overlay",
        "three.yaml",
    ];
    let run = folder.run(&with(&overlays));
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)));
    for place in [
        "error[overlay-target-missing]: nothing in the document is selected\n --> one.yaml:4:13",
        "error[overlay-target-missing]: nothing in the document is selected\n --> two.yaml:4:13",
        "warning[overlay-needless]: this action is needless: the description already contains the change\n --> three.yaml:4:13",
    ] {
        assert!(run.stderr.contains(place), "{}", run.stderr);
    }
}
