use openapi_rust::Environment;
use serde_json::json;

use crate::{Folder, LAMPS, Run};

/// The request has another member, `watts` may be 0, and the response may lack the color.
fn changed() -> String {
    LAMPS
        .replace("required: [color]\n", "required: [room]\n")
        .replace(
            "        watts: {type: integer, minimum: 1}\n",
            "        watts: {type: integer}\n        room: {type: string}\n",
        )
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("new.yaml", &changed());
    folder
}

const TEXT: &str = "\
rust        wire                  change
breaking    breaking (both ways)  Lamp::color is optional: `Option<String>` instead of `String`
                                  lamps.yaml:30:9 -> new.yaml:30:9 /components/schemas/Lamp/properties/color
breaking    breaking (both ways)  Lamp::room is new, and a parameter of `new`: `String`
                                  -> new.yaml:32:9 /components/schemas/Lamp/properties/room
compatible  additive (both ways)  Lamp::watts is no longer bounded (it was: at least 1)
                                  lamps.yaml:31:9 -> new.yaml:31:9 /components/schemas/Lamp/properties/watts

3 changes: 2 breaking, 1 additive
rust: breaking, wire: breaking
next version: major (0.1.2 becomes 0.2.0, 1.2.3 becomes 2.0.0)
";

const MARKDOWN: &str = "\
### Breaking

- `Lamp::color` is optional: `Option<String>` instead of `String` (breaks callers and running clients: both ways)
- `Lamp::room` is new, and a parameter of `new`: `String` (breaks callers and running clients: both ways)

### Added

- `Lamp::watts` is no longer bounded (it was: at least 1)

Rust: breaking. Wire: breaking. Next version: major (0.1.2 becomes 0.2.0, 1.2.3 becomes 2.0.0).
";

#[test]
fn as_text_and_as_markdown() {
    let cases: [(&[&str], &str); 2] = [
        (&["diff", "lamps.yaml", "new.yaml"], TEXT),
        (
            &["diff", "lamps.yaml", "new.yaml", "--format", "markdown"],
            MARKDOWN,
        ),
    ];
    for (arguments, stdout) in cases {
        let expected = Run {
            stdout: stdout.to_owned(),
            stderr: String::new(),
            code: Some(1),
        };
        assert_eq!(folder().run(arguments), expected);
    }
}

#[test]
fn as_json() {
    let expected = json!({
        "status": "clean",
        "rust": "compatible",
        "wire": "additive",
        "step": "minor",
        "next_version": null,
        "counts": {"breaking": 0, "additive": 1, "compatible": 0, "documentation": 1},
        "changes": [
            {
                "kind": "documentation",
                "rust": "compatible",
                "wire": "compatible",
                "direction": [],
                "path": "CreateLamp",
                "message": "is described in different words",
                "old": {"file": "lamps.yaml", "line": 6, "column": 5, "pointer": "/paths/~1lamps/post"},
                "new": {"file": "new.yaml", "line": 6, "column": 5, "pointer": "/paths/~1lamps/post"},
            },
            {
                "kind": "changed",
                "rust": "compatible",
                "wire": "additive",
                "direction": ["sent", "received"],
                "path": "Lamp::watts",
                "message": "is no longer bounded (it was: at least 1)",
                "old": {
                    "file": "lamps.yaml", "line": 31, "column": 9,
                    "pointer": "/components/schemas/Lamp/properties/watts"
                },
                "new": {
                    "file": "new.yaml", "line": 31, "column": 9,
                    "pointer": "/components/schemas/Lamp/properties/watts"
                },
            },
        ],
        "diagnostics": [],
    });
    let folder = Folder::new();
    let new = LAMPS
        .replace(", minimum: 1", "")
        .replace("Lights a lamp", "Lights one lamp");
    folder.write("new.yaml", &new);
    let arguments = ["diff", "lamps.yaml", "new.yaml"];
    assert_eq!(folder.json(&arguments), (expected, Some(0)));
}

#[test]
fn nothing() {
    let folder = folder();
    let cases: [(&[&str], &str); 3] = [
        (&["diff", "new.yaml", "new.yaml"], "no changes\n"),
        (
            &["diff", "new.yaml", "new.yaml", "--format", "markdown"],
            "No changes.\n",
        ),
        // This operation does not reach the changes.
        (
            &[
                "diff",
                "lamps.yaml",
                "new.yaml",
                "--operation",
                "deleteLamps",
            ],
            "no changes\n",
        ),
    ];
    for (arguments, stdout) in cases {
        let run = folder.run(arguments);
        assert_eq!((run.stdout.as_str(), run.code), (stdout, Some(0)));
    }
}

#[test]
fn changes_of_documentation_share_a_line() {
    let folder = Folder::new();
    let new = LAMPS
        .replace("Lights a lamp", "Lights one lamp")
        .replace("{type: string}", "{type: string, description: Its color}");
    folder.write("new.yaml", &new);
    let expected = "\
in other words: CreateLamp, Lamp::color

2 changes: 2 documentation
rust: compatible, wire: compatible
next version: patch (0.1.2 becomes 0.1.3, 1.2.3 becomes 1.2.4)
";
    assert_eq!(
        folder.run(&["diff", "lamps.yaml", "new.yaml"]).stdout,
        expected
    );
}

#[test]
fn the_next_version_is_that_of_the_crate_of_the_project() {
    let folder = folder();
    folder.write(
        "openapi-rust.toml",
        "spec = \"lamps.yaml\"\nout = \"client\"\nruntime = \"0.1\"\n",
    );
    let last = |manifest: &str| {
        folder.write("client/Cargo.toml", manifest);
        let run = folder.run(&["diff", "lamps.yaml", "new.yaml"]);
        run.stdout.lines().last().unwrap_or_default().to_owned()
    };
    let cases = [
        (
            "[package]\nversion = \"0.4.1\"\n",
            "major (0.4.1 becomes 0.5.0)",
        ),
        (
            "[package]\nversion = \"2.4.1\"\n",
            "major (2.4.1 becomes 3.0.0)",
        ),
        (
            "[package]\nversion = \"0.0.7\"\n",
            "major (0.0.7 becomes 0.0.8)",
        ),
        (
            "[package]\nversion.workspace = true\n",
            "major (1.0.0 becomes 2.0.0)",
        ),
        (
            "[package]\nversion = \"1.0.0-rc.1\"\n",
            "major (0.1.2 becomes 0.2.0, 1.2.3 becomes 2.0.0)",
        ),
    ];
    folder.write("Cargo.toml", "[workspace.package]\nversion = \"1.0.0\"\n");
    for (manifest, expected) in cases {
        assert_eq!(last(manifest), format!("next version: {expected}"));
    }
    let others = folder.run(&["diff", "new.yaml", "new.yaml"]);
    assert_eq!(others.stdout, "no changes\n");
}

#[test]
fn the_layout_is_that_of_the_project() {
    let folder = Folder::new();
    let tagged = |tag: &str| {
        let lamps = LAMPS.replace("      summary:", "      tags: [Lamps]\n      summary:");
        lamps.replace("deleteLamps", &format!("deleteLamps\n      tags: [{tag}]"))
    };
    folder.write("lamps.yaml", &tagged("Off"));
    folder.write("new.yaml", &tagged("Out"));
    let compared = |layout: &str| {
        let settings = format!("spec = \"lamps.yaml\"\nlayout = \"{layout}\"\n");
        folder.write("openapi-rust.toml", &settings);
        folder.run(&["diff", "lamps.yaml", "new.yaml"]).code
    };
    // An operation that moves to another module breaks callers.
    assert_eq!(
        ["groups", "flat", "module"].map(compared),
        [Some(1), Some(0), Some(0)]
    );
}

#[test]
fn verdicts_have_colors() {
    let folder = folder();
    let path = |name| folder.path(name).display().to_string();
    let (old, new) = (path("lamps.yaml"), path("new.yaml"));
    let environment = Environment {
        stdout_color: true,
        ..Environment::default()
    };
    let run = |color: &Environment| {
        let arguments = ["openapi-rust", "diff", &old, &new];
        openapi_rust::run(arguments.map(Into::into), color).stdout
    };
    let colored = run(&environment);
    let lines: Vec<&str> = colored.lines().collect();
    assert!(lines[1].starts_with("\u{1b}[1;31mbreaking"), "{colored:?}");
    assert!(lines[2].starts_with("\u{1b}[2m  "), "{colored:?}");
    assert!(
        lines[5].starts_with("\u{1b}[32mcompatible  additive"),
        "{colored:?}"
    );
    let mut plain = colored.clone();
    for escape in ["\u{1b}[1;31m", "\u{1b}[32m", "\u{1b}[2m", "\u{1b}[0m"] {
        plain = plain.replace(escape, "");
    }
    assert_eq!(plain, run(&Environment::default()));
}

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Repairs, version: 1.0.0}
actions:
  - target: $.components.schemas.Lamp.properties.watts
    update: {minimum: 1}
  - target: $.components.schemas.Lamp.properties.room
    update: {x-rust-field: place}
";

#[test]
fn with_an_overlay_for_both() {
    let folder = folder();
    folder.write("overlay.yaml", OVERLAY);
    let run = folder.run(&[
        "diff",
        "lamps.yaml",
        "new.yaml",
        "--overlay",
        "overlay.yaml",
    ]);
    let lines: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.contains("Lamp::"))
        .collect();
    assert_eq!(
        lines,
        [
            "breaking  breaking (both ways)  Lamp::color is optional: `Option<String>` instead of `String`",
            "breaking  breaking (both ways)  Lamp::place is new, and a parameter of `new`: `String`",
        ]
    );
    let overlay = OVERLAY.replace("properties.room", "properties.roof");
    folder.write("overlay.yaml", &overlay);
    let run = folder.run(&[
        "diff",
        "lamps.yaml",
        "new.yaml",
        "--overlay",
        "overlay.yaml",
    ]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.starts_with("error[overlay-target-missing]"),
        "{}",
        run.stderr
    );
}

#[test]
fn no_telling() {
    let folder = Folder::new();
    folder.write("new.yaml", &LAMPS.replace("schemas/Lamp", "schemas/Lmap"));
    let arguments = ["diff", "lamps.yaml", "new.yaml"];
    let run = folder.run(&arguments);
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)));
    assert!(run.stderr.contains("--> new.yaml:12:28"), "{}", run.stderr);
    let (report, code) = folder.json(&arguments);
    assert_eq!((&report["status"], code), (&json!("error"), Some(2)));
    assert_eq!(report["diagnostics"][0]["code"], "unresolved-reference");
}

#[test]
fn hostile_names_stay_names() {
    let folder = Folder::new();
    let hostile = "        \"x\\e[31m\\n# \\u202e\": {type: string}\n";
    let new = LAMPS.replace("        color", &format!("{hostile}        color"));
    folder.write("new.yaml", &new);
    for format in ["text", "markdown"] {
        let run = folder.run(&["diff", "lamps.yaml", "new.yaml", "--format", format]);
        let shown = run.stdout.replace('\n', "");
        assert!(!shown.contains(char::is_control), "{shown:?}");
        assert!(!shown.contains('\u{202e}'), "{shown:?}");
        assert_eq!(run.code, Some(0));
    }
}
