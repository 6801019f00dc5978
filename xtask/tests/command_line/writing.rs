use std::fs;

use serde_json::json;

use crate::{Folder, GENERATE, LAMPS, Run};

#[test]
fn the_first_time_writes_all() {
    let folder = Folder::new();
    let expected = Run {
        stdout: "\
wrote lamps/Cargo.toml
wrote lamps/bindings.json
wrote lamps/src/lib.rs
wrote lamps/src/operations.rs
wrote lamps/src/requests.rs
generated: 2 operations, 1 type; 5 files, 5 written, 0 removed
untyped JSON: 0 values
documentation-only keywords: 0
"
        .to_owned(),
        stderr: String::new(),
        code: Some(0),
    };
    assert_eq!(folder.run(&GENERATE), expected);
    assert!(folder.read("lamps/src/lib.rs").starts_with("// @generated"));
    let bindings = folder.read("lamps/bindings.json");
    let bindings: serde_json::Value = serde_json::from_str(&bindings).expect("JSON");
    assert_eq!(
        (&bindings["generator"], &bindings["crate"]),
        (&json!("openapi-codegen"), &json!("lamps"))
    );
}

#[test]
fn the_second_time_touches_nothing() {
    let folder = Folder::generated();
    let before = folder.state(".");
    let run = folder.run(&GENERATE);
    let expected = "\
generated: 2 operations, 1 type; 4 files, 0 written, 0 removed
untyped JSON: 0 values
documentation-only keywords: 0
";
    assert_eq!((run.stdout.as_str(), run.code), (expected, Some(0)));
    assert_eq!(folder.state("."), before);
}

#[test]
fn only_what_differs_is_written() {
    let folder = Folder::generated();
    let generated = folder.state(".");
    folder.write("lamps/src/requests.rs", "// by hand\n");
    fs::remove_file(folder.path("lamps/src/operations.rs")).expect("removed");
    folder.write("lamps/src/old/deep/lamp.rs", "");
    folder.write(
        "lamps/bindings.json",
        &folder.read("lamps/bindings.json").replace('\n', "\r\n"),
    );
    let run = folder.run(&GENERATE);
    let expected = "\
wrote lamps/bindings.json
wrote lamps/src/operations.rs
wrote lamps/src/requests.rs
removed lamps/src/old/deep/lamp.rs
generated: 2 operations, 1 type; 4 files, 3 written, 1 removed
untyped JSON: 0 values
documentation-only keywords: 0
";
    assert_eq!(run.stdout, expected);
    assert!(!folder.exists("lamps/src/old"));
    for ((path, text, changed), (path_before, text_before, changed_before)) in
        folder.state(".").into_iter().zip(generated)
    {
        assert_eq!((&path, text), (&path_before, text_before));
        let written = ["bindings.json", "operations.rs", "requests.rs"];
        let written = written.iter().any(|name| path.ends_with(name));
        assert_eq!(changed == changed_before, !written, "{}", path.display());
    }
}

#[test]
fn nothing_else_is_touched() {
    let folder = Folder::generated();
    folder.write("lamps/README.md", "by hand");
    folder.write("lamps/tests/lamp.rs", "");
    assert_eq!(folder.run(&GENERATE).code, Some(0));
    assert!(folder.exists("lamps/README.md") && folder.exists("lamps/tests/lamp.rs"));
}

#[test]
fn a_selection_is_written() {
    let folder = Folder::new();
    let arguments = [&GENERATE[..], &["--operation", "deleteLamps"]].concat();
    assert_eq!(folder.run(&arguments).code, Some(0));
    assert!(!folder.exists("lamps/src/requests.rs"));
    assert!(
        !folder
            .read("lamps/src/operations.rs")
            .contains("CreateLamp")
    );
}

#[test]
fn overlays_are_applied_in_their_order() {
    let folder = Folder::new();
    let overlay = |id: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: Names, version: 1.0.0}}\nactions:\n- target: \
             $.paths['/lamps'].post\n  update: {{operationId: {id}}}\n"
        )
    };
    folder.write("first.yaml", &overlay("lightLamp"));
    folder.write("second.yaml", &overlay("switchLamp"));
    let overlays = ["--overlay", "first.yaml", "--overlay", "second.yaml"];
    assert_eq!(
        folder.run(&[&GENERATE[..], &overlays].concat()).code,
        Some(0)
    );
    assert!(
        folder
            .read("lamps/src/operations.rs")
            .contains("pub struct SwitchLamp")
    );
}

#[test]
fn as_json() {
    let folder = Folder::new();
    let command = "openapi-rust generate --spec lamps.yaml --out lamps";
    let none = json!([]);
    let (first, code) = folder.json(&GENERATE);
    let written = json!([
        "lamps/Cargo.toml",
        "lamps/bindings.json",
        "lamps/src/lib.rs",
        "lamps/src/operations.rs",
        "lamps/src/requests.rs"
    ]);
    let files = json!({"written": written, "removed": none, "missing": none, "stale": none, "orphans": none});
    let expected = json!({
        "status": "written",
        "files": files,
        "generated": {"operations": 2, "types": 1},
        "diagnostics": none,
        "counts": {},
        "left_out": none,
        "untyped": none,
        "notes": none,
        "command": command,
    });
    assert_eq!((first, code), (expected, Some(0)));

    folder.write("lamps/src/old.rs", "");
    let (second, _) = folder.json(&GENERATE);
    assert_eq!(second["status"], "written");
    assert_eq!(second["files"]["removed"], json!(["lamps/src/old.rs"]));

    let (third, _) = folder.json(&GENERATE);
    assert_eq!(
        (&third["status"], &third["files"]["written"]),
        (&json!("clean"), &none)
    );
}

#[test]
fn documentation_only_keywords_are_counted_and_listed() {
    let folder = Folder::new();
    let document = LAMPS.replace("      summary:", "      tags: [lamps]\n      summary:");
    folder.write("lamps.yaml", &document);
    let (report, _) = folder.json(&GENERATE);
    let notes = report["notes"].as_array().expect("a list");
    let tags = json!({
        "file": "lamps.yaml",
        "line": 8,
        "column": 7,
        "pointer": "/paths/~1lamps/post/tags",
        "reason": "grouping for readers",
    });
    assert_eq!(notes, &[tags]);
    let counted = "documentation-only keywords: 1 (listed by `--verbose`)\n";
    let run = folder.run(&GENERATE);
    assert!(run.stdout.ends_with(counted), "{}", run.stdout);
    let listed = "\
documentation-only keywords: 1
  lamps.yaml:8:7: /paths/~1lamps/post/tags: grouping for readers
";
    let run = folder.run(&[&GENERATE[..], &["--verbose"]].concat());
    assert!(run.stdout.ends_with(listed), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn files_have_the_permissions_of_other_files() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::generated();
    let mode = |path: &str| {
        fs::metadata(folder.path(path))
            .expect("there")
            .permissions()
            .mode()
    };
    assert_eq!(mode("lamps/src/lib.rs"), mode("lamps.yaml"));
    assert_eq!(mode("lamps/Cargo.toml"), mode("lamps.yaml"));
}
