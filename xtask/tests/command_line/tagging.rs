//! Operations that are selected by their tags: `--tag`.

use serde_json::{Value, json};

use crate::{CHECK, Folder, GENERATE};

/// Four operations, three of them with tags.
const TAGGED: &str = "\
openapi: 3.1.0
info: {title: Lamps, version: 1.0.0}
tags: [{name: Lamps}, {name: Rooms}, {name: Empty}]
paths:
  /lamps:
    get: {operationId: listLamps, tags: [Lamps], responses: {'204': {description: None}}}
    delete: {tags: [Lamps, Rooms], responses: {'204': {description: None}}}
  /rooms:
    get: {operationId: listRooms, tags: [Rooms], responses: {'204': {description: None}}}
    put: {operationId: putRooms, responses: {'204': {description: None}}}
";

const LAMPS: [&str; 2] = ["--tag", "Lamps"];

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("lamps.yaml", TAGGED);
    folder
}

/// The operations of the generated crate, in the order of the document.
fn generated(folder: &Folder) -> Vec<String> {
    let bindings: Value = serde_json::from_str(&folder.read("lamps/bindings.json")).expect("JSON");
    let symbols = bindings["symbols"].as_array().expect("a list").iter();
    let operations = symbols.filter(|symbol| symbol["kind"] == "operation");
    let paths = operations.filter_map(|symbol| symbol["symbol"].as_str());
    let names = paths.filter_map(|path| path.rsplit("::").next());
    names.map(str::to_owned).collect()
}

#[test]
fn a_tag_selects_the_operations_that_have_it() {
    let cases: [(&[&str], &[&str]); 4] = [
        (&LAMPS, &["ListLamps", "DeleteLamps"]),
        (
            &["--tag", "Lamps", "--tag", "Rooms"],
            &["ListLamps", "DeleteLamps", "ListRooms"],
        ),
        (
            &["--tag", "Lamps", "--operation", "putRooms"],
            &["ListLamps", "DeleteLamps", "PutRooms"],
        ),
        (
            &["--operation", "listLamps", "--tag", "Lamps"],
            &["ListLamps", "DeleteLamps"],
        ),
    ];
    for (selection, expected) in cases {
        let folder = folder();
        let run = folder.run(&[&GENERATE[..], selection].concat());
        assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
        assert_eq!(generated(&folder), expected, "{selection:?}");
    }
}

#[test]
fn the_same_selection_is_checked_and_repeated() {
    let folder = folder();
    assert_eq!(folder.run(&[&GENERATE[..], &LAMPS].concat()).code, Some(0));
    assert_eq!(folder.run(&[&CHECK[..], &LAMPS].concat()).code, Some(0));
    let run = folder.run(&[&CHECK[..], &LAMPS, &["--tag", "Rooms"]].concat());
    let hint = "to fix it, run: openapi-rust generate --spec lamps.yaml --tag Lamps --tag Rooms --out lamps\n";
    assert!(run.stdout.ends_with(hint), "{}", run.stdout);
    assert_eq!(run.code, Some(1));
}

#[test]
fn what_is_not_supported_is_left_out_of_the_selection() {
    let folder = folder();
    let sent =
        "operationId: listRooms, requestBody: {content: {application/json: {schema: false}}},";
    folder.write(
        "lamps.yaml",
        &TAGGED.replace("operationId: listRooms,", sent).replace(
            "operationId: putRooms,",
            &sent.replace("listRooms", "putRooms"),
        ),
    );
    let run = folder.run(&[&GENERATE[..], &["--tag", "Rooms", "--skip-unsupported"]].concat());
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
    assert_eq!(generated(&folder), ["DeleteLamps"]);
    assert!(
        run.stdout
            .contains("left out: 1 operation\n  lamps.yaml:9:"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_tag_that_no_operation_has() {
    let folder = folder();
    for command in [
        &GENERATE[..],
        &["slice", "lamps.yaml"],
        &["operations", "lamps.yaml"],
        &["diff", "lamps.yaml", "lamps.yaml"],
        &[
            "update",
            "lamps.yaml",
            "--spec",
            "spec/lamps.yaml",
            "--out",
            "lamps",
        ],
    ] {
        let run = folder.run(&[command, &["--tag", "Lmaps"]].concat());
        assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)));
        assert_eq!(
            run.stderr,
            "\
error[unknown-tag]: no operation has the tag `Lmaps`
 --> lamps.yaml:4:1
  |
4 | paths:
  | ^^^^^ none of these
  |
  = at: /paths
  = help: did you mean `Lamps`?

for more, run: openapi-rust explain unknown-tag
"
        );
    }
    let run = folder.run(&[&GENERATE[..], &["--tag", "Empty", "--operation", "x"]].concat());
    for error in [
        "error[unknown-tag]: no operation has the tag `Empty`\n",
        "error[unknown-operation]: there is no operation `x`\n",
        "  = help: the command `operations` lists those of a description\n",
    ] {
        assert!(run.stderr.contains(error), "{}", run.stderr);
    }
}

#[test]
fn a_tag_stands_for_those_that_are_nested_under_it() {
    let nested = TAGGED
        .replace("3.1.0", "3.2.0")
        .replace("{name: Lamps}", "{name: Lamps, parent: Home}")
        .replace(
            "{name: Empty}",
            "{name: Home, parent: All}, {name: All, parent: Home}",
        );
    for (document, tag, expected) in [
        (&nested, "Home", Some(vec!["ListLamps", "DeleteLamps"])),
        (&nested, "All", Some(vec!["ListLamps", "DeleteLamps"])),
        (&nested, "Rooms", Some(vec!["DeleteLamps", "ListRooms"])),
        (&nested.replace("3.2.0", "3.1.0"), "Home", None),
    ] {
        let folder = folder();
        folder.write("lamps.yaml", document);
        let run = folder.run(&[&GENERATE[..], &["--tag", tag]].concat());
        let found = (run.code == Some(0)).then(|| generated(&folder));
        let expected = expected.map(|names| names.into_iter().map(str::to_owned).collect());
        assert_eq!(found, expected, "{tag}: {}", run.stderr);
    }
}

#[test]
fn a_slice() {
    let folder = folder();
    let run = folder.run(&[
        "slice",
        "lamps.yaml",
        "--tag",
        "Rooms",
        "--operation",
        "putRooms",
    ]);
    let expected = TAGGED
        .replace(", {name: Empty}", "")
        .replace("    get: {operationId: listLamps, tags: [Lamps], responses: {'204': {description: None}}}\n", "");
    assert_eq!((run.stdout, run.code), (expected, Some(0)));
}

#[test]
fn a_list() {
    let expected = "\
operationId    method  path    tags          request  responses
delete /lamps  DELETE  /lamps  Lamps, Rooms           204
listRooms      GET     /rooms  Rooms                  204
";
    let folder = folder();
    let run = folder.run(&["operations", "lamps.yaml", "--tag", "Rooms"]);
    assert_eq!((run.stdout.as_str(), run.code), (expected, Some(0)));
    let (report, _) = folder.json(&["operations", "lamps.yaml", "--tag", "Rooms"]);
    assert_eq!(report["operations"][0]["tags"], json!(["Lamps", "Rooms"]));
    assert_eq!(report["operations"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_comparison() {
    let folder = folder();
    let moved = TAGGED.replace(
        "operationId: putRooms,",
        "operationId: putRooms, tags: [Lamps],",
    );
    folder.write("new.yaml", &moved);
    let run = folder.run(&["diff", "lamps.yaml", "new.yaml", "--tag", "Rooms"]);
    assert_eq!(run.stdout, "no changes\n");
    let run = folder.run(&["diff", "lamps.yaml", "new.yaml", "--tag", "Lamps"]);
    assert!(run.stdout.contains("PutRooms is new"), "{}", run.stdout);
}

#[test]
fn a_revision() {
    let folder = folder();
    let update = [
        "update",
        "lamps.yaml",
        "--spec",
        "spec/lamps.yaml",
        "--out",
        "lamps",
    ];
    let run = folder.run(&[&update[..], &LAMPS].concat());
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
    assert_eq!(generated(&folder), ["ListLamps", "DeleteLamps"]);
    let record: serde_json::Value =
        serde_json::from_str(&folder.read("spec/lamps.source.json")).expect("JSON");
    assert_eq!(record["operations"], json!(["listLamps", "delete /lamps"]));
    // The next revision is sliced for the operations that the description has now.
    assert_eq!(
        folder.run(&update).stdout,
        "no changes\n\nupdated: 0 files written, 0 removed\n"
    );
}
