use std::fs;

use serde_json::json;

use crate::{CHECK, Folder, Run};

#[test]
fn clean() {
    let folder = Folder::generated();
    let expected = Run {
        stdout: "clean: 4 files in lamps\n".to_owned(),
        stderr: String::new(),
        code: Some(0),
    };
    assert_eq!(folder.run(&CHECK), expected);
    assert_eq!(folder.json(&CHECK).0["status"], "clean");
}

#[test]
fn every_kind_of_drift_is_named_and_nothing_is_written() {
    let folder = Folder::generated();
    let lib = folder.read("lamps/src/lib.rs");
    folder.write("lamps/src/lib.rs", &lib.replacen('\n', "\n// by hand\n", 1));
    fs::remove_file(folder.path("lamps/src/operations.rs")).expect("removed");
    folder.write("lamps/src/old/lamp.rs", "");
    let before = folder.state(".");
    let run = folder.run(&CHECK);
    let [first, second, third, ..] = lib.lines().collect::<Vec<_>>()[..] else {
        panic!("a short file")
    };
    // The third line is followed by one or no line of context more: the change is in the second.
    let fourth = lib.lines().nth(3).unwrap_or_default();
    let expected = format!(
        "\
missing: lamps/src/operations.rs
stale: lamps/src/lib.rs
--- lamps/src/lib.rs (found)
+++ lamps/src/lib.rs (generated)
@@ -1,5 +1,4 @@
 {first}
-// by hand
 {second}
 {third}
 {fourth}
orphan: lamps/src/old/lamp.rs
drift: 1 missing, 1 stale, 1 orphan
to fix it, run: openapi-rust generate --spec lamps.yaml --out lamps
"
    );
    assert_eq!(
        (run.stdout, run.stderr.as_str(), run.code),
        (expected, "", Some(1))
    );
    assert_eq!(folder.state("."), before);
}

#[test]
fn the_bindings_are_checked_and_what_is_beside_them_is_not() {
    let folder = Folder::generated();
    folder.write("lamps/README.md", "by hand");
    let bindings = folder.read("lamps/bindings.json");
    let changed = bindings.replacen("\"wire\": \"color\"", "\"wire\": \"colour\"", 1);
    folder.write("lamps/bindings.json", &changed);
    let run = folder.run(&CHECK);
    assert!(
        run.stdout
            .starts_with("stale: lamps/bindings.json\n--- lamps/bindings.json (found)\n")
            && run.stdout.contains("\n+    {\"symbol\": \"Lamp::color\", ")
            && run
                .stdout
                .contains("\ndrift: 0 missing, 1 stale, 0 orphan\n"),
        "{}",
        run.stdout
    );
    fs::remove_file(folder.path("lamps/bindings.json")).expect("removed");
    let (report, code) = folder.json(&CHECK);
    assert_eq!(
        (&report["files"]["missing"], code),
        (&json!(["lamps/bindings.json"]), Some(1))
    );
}

#[test]
fn the_command_fixes_the_drift() {
    let folder = Folder::generated();
    folder.write("lamps/src/lib.rs", "// by hand\n");
    let (report, code) = folder.json(&CHECK);
    assert_eq!(code, Some(1));
    let command = report["command"].as_str().expect("a command");
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    assert_eq!(folder.run(&arguments).code, Some(0));
    assert_eq!(folder.run(&CHECK).code, Some(0));
}

#[test]
fn nothing_there_is_all_missing() {
    let folder = Folder::new();
    let run = folder.run(&CHECK);
    let expected = "\
missing: lamps/bindings.json
missing: lamps/src/lib.rs
missing: lamps/src/operations.rs
missing: lamps/src/requests.rs
drift: 4 missing, 0 stale, 0 orphan
to fix it, run: openapi-rust generate --spec lamps.yaml --out lamps
";
    assert_eq!((run.stdout.as_str(), run.code), (expected, Some(1)));
    assert!(!folder.exists("lamps"));
}

#[test]
fn as_json() {
    let folder = Folder::generated();
    folder.write("lamps/src/requests.rs", "");
    folder.write("lamps/src/old.rs", "");
    let (report, code) = folder.json(&CHECK);
    assert_eq!((&report["status"], code), (&json!("drift"), Some(1)));
    assert_eq!(report["files"]["missing"], json!([]));
    assert_eq!(report["files"]["orphans"], json!(["lamps/src/old.rs"]));
    let stale = &report["files"]["stale"][0];
    assert_eq!(stale["file"], "lamps/src/requests.rs");
    assert!(
        stale["diff"]
            .as_str()
            .is_some_and(|diff| diff.contains("+pub struct Lamp"))
    );
}
