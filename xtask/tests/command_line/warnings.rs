//! Warnings are listed, and are errors only where they are denied.

use serde_json::json;

use crate::{CHECK, Folder, GENERATE};

/// An overlay with an action that `lamps.yaml` does not need.
const NEEDLESS: &str = "\
overlay: 1.0.0
info: {title: Corrections, version: '1'}
actions:
- target: $.info
  update: {title: Lamps}
";

const OVERLAY: [&str; 2] = ["--overlay", "needless.yaml"];
const DENY: [&str; 2] = ["--deny", "warnings"];

const COUNTED: &str = "\
warnings: 1 (listed by `--verbose`)
  1  overlay-needless
";

const SHOWN: &str = "\
warning[overlay-needless]: this action is needless: the description already contains the change
 --> needless.yaml:4:11
  |
4 | - target: $.info
  |           ^^^^^^
  |
  = at: /actions/0/target
  = assumed: the action is applied anyway
  = help: delete the action
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("needless.yaml", NEEDLESS);
    folder
}

fn denied() -> String {
    let without_fallback = SHOWN.replace("  = assumed: the action is applied anyway\n", "");
    without_fallback.replacen("warning", "error", 1)
}

#[test]
fn they_are_counted_at_the_end() {
    let folder = folder();
    for arguments in [&GENERATE[..], &CHECK] {
        let run = folder.run(&[arguments, &OVERLAY].concat());
        assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
        assert!(run.stdout.ends_with(COUNTED), "{}", run.stdout);
    }
}

#[test]
fn denied_they_are_errors_and_nothing_is_written() {
    let folder = folder();
    let before = folder.state(".");
    for arguments in [&GENERATE[..], &CHECK] {
        let run = folder.run(&[arguments, &OVERLAY, &DENY].concat());
        let hint = "\nfor more, run: openapi-rust explain overlay-needless\n";
        assert_eq!(
            (run.stdout.as_str(), run.stderr, run.code),
            ("", denied() + hint, Some(2))
        );
        assert_eq!(folder.state("."), before);
    }
    let run = folder.run(&[&GENERATE[..], &DENY].concat());
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
}

#[test]
fn problems_shows_each_of_them() {
    let folder = folder();
    let problems = [&["problems", "lamps.yaml"][..], &OVERLAY].concat();
    let run = folder.run(&problems);
    let counted = "
1 problem: 1 warning
  1  overlay-needless

for more, run: openapi-rust explain overlay-needless
";
    assert_eq!(
        (run.stdout, run.code),
        (format!("{SHOWN}{counted}"), Some(0))
    );
    let run = folder.run(&[&problems[..], &DENY].concat());
    let counted = counted.replace("1 warning", "1 fault of the description");
    assert_eq!(
        (run.stdout, run.code),
        (format!("{}{counted}", denied()), Some(1))
    );
}

#[test]
fn as_json() {
    let folder = folder();
    let expected = json!([{
        "code": "overlay-needless",
        "severity": "warning",
        "file": "needless.yaml",
        "line": 4,
        "column": 11,
        "pointer": "/actions/0/target",
        "message": "this action is needless: the description already contains the change",
        "assumed": "the action is applied anyway",
        "help": "delete the action",
    }]);
    for (command, status) in [
        (&GENERATE[..], "written"),
        (&CHECK, "clean"),
        (&["problems", "lamps.yaml"], "warnings"),
    ] {
        let (report, code) = folder.json(&[command, &OVERLAY].concat());
        let found = (&report["status"], &report["diagnostics"], code);
        assert_eq!(found, (&json!(status), &expected, Some(0)));
        let (report, _) = folder.json(&[command, &OVERLAY, &DENY].concat());
        let denied = &report["diagnostics"][0];
        let found = (&denied["severity"], &denied["assumed"]);
        assert_eq!(found, (&json!("error"), &json!(null)));
    }
}

#[test]
fn an_annotation_for_each() {
    let folder = folder();
    let expected = "::warning file=needless.yaml,line=4,col=11,endLine=4,endColumn=17,title=overlay-needless::this \
                    action is needless: the description already contains the change%0Athe action is applied anyway%0Adelete \
                    the action";
    for command in [&GENERATE[..], &CHECK, &["problems", "lamps.yaml"]] {
        let arguments = [command, &OVERLAY].concat();
        let run = folder.run_with(&arguments, |command| command.env("GITHUB_ACTIONS", "true"));
        let annotations = run.stdout.lines().filter(|line| line.contains("title="));
        assert_eq!(annotations.collect::<Vec<_>>(), [expected]);
    }
}

#[test]
fn a_revision_with_warnings_is_taken_in_unless_they_are_denied() {
    let folder = folder();
    let update = [
        &[
            "update",
            "lamps.yaml",
            "--spec",
            "spec/lamps.yaml",
            "--operation",
            "deleteLamps",
        ][..],
        &["--out", "client"],
        &OVERLAY,
    ]
    .concat();
    let run = folder.run(&[&update[..], &DENY].concat());
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)));
    assert!(run.stderr.starts_with(&denied()), "{}", run.stderr);
    assert!(!folder.exists("client") && !folder.exists("spec"));
    let run = folder.run(&update);
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
    let how = "each with its place: `--format json`, `--deny warnings` or `openapi-rust problems`";
    let counted = COUNTED.replace("listed by `--verbose`", how);
    assert!(
        run.stdout.contains(SHOWN) && run.stdout.ends_with(&counted),
        "{}",
        run.stdout
    );
}
