//! Operations that cannot be generated, with `--skip-unsupported`.

use serde_json::json;

use crate::{CHECK, Folder, GENERATE, LAMPS};

const SKIP: [&str; 1] = ["--skip-unsupported"];

const LISTED: &str = "\
left out: 1 operation
  lamps.yaml:31:40: readLog: no value is valid here
";

/// The description with an operation that cannot be generated.
fn with_log() -> String {
    let log = r"  /lamps/log:
    get:
      operationId: readLog
      responses:
        '200':
          description: What was lit
          content:
            application/json: {schema: false}
components:
";
    LAMPS.replace("components:\n", log)
}

#[test]
fn the_others_are_generated() {
    let folder = Folder::new();
    assert_eq!(folder.run(&GENERATE).code, Some(0));
    let sources = || {
        [
            "lamps/src/operations.rs",
            "lamps/src/requests.rs",
            "lamps/bindings.json",
        ]
        .map(|path| folder.read(path))
    };
    let without_log = sources();
    folder.write("lamps.yaml", &with_log());
    let run = folder.run(&[&GENERATE[..], &SKIP].concat());
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
    assert!(run.stdout.ends_with(LISTED), "{}", run.stdout);
    assert_eq!(sources(), without_log);

    let (report, code) = folder.json(&[&CHECK[..], &SKIP].concat());
    let left_out = &report["left_out"][0];
    assert_eq!(
        (&report["status"], &left_out["operation"], code),
        (&json!("clean"), &json!("readLog"), Some(0))
    );
    assert_eq!(left_out["diagnostics"][0]["code"], "unsupported-schema");
    assert_eq!(
        report["command"],
        "openapi-rust generate --spec lamps.yaml --out lamps --skip-unsupported"
    );
}

#[test]
fn what_no_operation_has_for_itself_stays_an_error() {
    let cases = [
        (
            "a key that is no method",
            with_log().replace("    get:\n", "    POST:\n"),
            "`POST` is not",
        ),
        (
            "one name for two types",
            with_log().replace("operationId: deleteLamps", "operationId: CreateLamp"),
            "error[name-clash]",
        ),
        (
            "nothing is left",
            LAMPS
                .replace("color: {type: string}", "color: {$ref: '#/x'}")
                .replace("delete:", "x-delete:"),
            "error[unresolved-reference]",
        ),
    ];
    for (name, document, problem) in cases {
        let folder = Folder::new();
        folder.write("lamps.yaml", &document);
        let run = folder.run(&[&GENERATE[..], &SKIP].concat());
        assert_eq!(run.code, Some(2), "{name}: {}", run.stdout);
        assert!(run.stderr.contains(problem), "{name}: {}", run.stderr);
        assert!(!folder.exists("lamps"), "{name}");
    }
}
