use serde_json::json;

use crate::{Folder, Run};

#[test]
fn as_a_table() {
    let expected = Run {
        stdout: "\
operationId  method  path        tags  request           responses
createLamp   POST    /lamps            application/json  200 application/json
deleteLamps  DELETE  /lamps/off                          204
"
        .to_owned(),
        stderr: String::new(),
        code: Some(0),
    };
    assert_eq!(Folder::new().run(&["operations", "lamps.yaml"]), expected);
}

#[test]
fn as_json() {
    let (report, code) = Folder::new().json(&["operations", "lamps.yaml"]);
    let expected = json!({
        "status": "clean",
        "operations": [
            {
                "operationId": "createLamp",
                "method": "POST",
                "path": "/lamps",
                "summary": "Lights a lamp",
                "tags": [],
                "request": ["application/json"],
                "responses": [{"status": "200", "mediaType": "application/json"}],
            },
            {
                "operationId": "deleteLamps",
                "method": "DELETE",
                "path": "/lamps/off",
                "summary": "",
                "tags": [],
                "request": [],
                "responses": [{"status": "204", "mediaType": null}],
            },
        ],
        "diagnostics": [],
    });
    assert_eq!((report, code), (expected, Some(0)));
}

#[test]
fn with_an_overlay() {
    let folder = Folder::new();
    let overlay = "\
overlay: 1.1.0
info: {title: Lamps stay on, version: 1.0.0}
actions: [{target: \"$.paths['/lamps/off']\", remove: true}]
";
    folder.write("overlay.yaml", overlay);
    let run = folder.run(&["operations", "lamps.yaml", "--overlay", "overlay.yaml"]);
    assert_eq!((run.stdout.lines().count(), run.code), (2, Some(0)));
}

#[test]
fn a_file_that_cannot_be_read() {
    let folder = Folder::new();
    let run = folder.run(&["operations", "lamp.yaml"]);
    assert!(
        run.stderr
            .starts_with("error[io]: cannot read `lamp.yaml`: "),
        "{}",
        run.stderr
    );
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(2)));
    let (report, code) = folder.json(&["operations", "lamp.yaml"]);
    assert_eq!(
        (&report["status"], &report["operations"], code),
        (&json!("error"), &json!([]), Some(2))
    );
}
