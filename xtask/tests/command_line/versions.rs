//! A description of `OpenAPI` 3.2 in every command.

use crate::{CHECK, Folder, GENERATE};

/// Two operations with methods that only `OpenAPI` 3.2 has, and one with a media type that is a
/// component.
const DOCUMENT: &str = "\
openapi: 3.2.0
$self: https://lamps.example/openapi.yaml
info: {title: Lamps, version: 1.0.0}
paths:
  /lamps:
    query: {operationId: findLamps, responses: {'200': {summary: Lamps, content: {application/json: {$ref: '#/components/mediaTypes/Lamps'}}}}}
    additionalOperations:
      Dim: {operationId: dimLamps, responses: {'204': {summary: Dimmed}}}
  /events:
    get: {operationId: watch, responses: {'200': {description: Changes, content: {text/event-stream: {schema: {$ref: 'openapi.yaml#/components/schemas/Change'}}}}}}
components:
  mediaTypes:
    Lamps: {schema: {type: array, items: {type: string}}}
    Unused: {schema: {type: string}}
  schemas:
    Change: {type: object, properties: {lamp: {type: string}}}
";

/// Describes each event as an object.
const OVERLAY: &str = "\
overlay: 1.1.0
info: {title: Lit lamps, version: 1.0.0}
actions:
- target: $.paths['/events'].get.responses['200'].content['text/event-stream'].schema
  remove: true
- target: $.paths['/events'].get.responses['200'].content['text/event-stream']
  update:
    itemSchema:
      oneOf:
      - {properties: {event: {const: lit}, data: {type: string}}}
      - {properties: {event: {const: 'off'}, data: {type: string}}}
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("lamps.yaml", DOCUMENT);
    folder.write("overlay.yaml", OVERLAY);
    folder
}

/// The output of a command that finds nothing wrong.
fn printed(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.run(arguments);
    assert_eq!(
        (run.stderr.as_str(), run.code),
        ("", Some(0)),
        "{arguments:?}"
    );
    run.stdout
}

#[test]
fn a_crate() {
    let folder = folder();
    let flat = |command: &[&'static str]| [command, &["--flat"]].concat();
    printed(&folder, &flat(&GENERATE));
    printed(&folder, &flat(&CHECK));
    let text = folder.read("lamps/src/operations.rs");
    for method in ["QUERY", "Dim", "GET"] {
        assert!(text.contains(&format!("\"{method}\"")), "{method}: {text}");
    }
    let overlay = ["--overlay", "overlay.yaml"];
    printed(&folder, &[&flat(&GENERATE)[..], &overlay].concat());
    let events = folder.read("lamps/src/events.rs");
    assert!(events.contains("Lit(response::EventText)"), "{events}");
}

#[test]
fn a_list() {
    let expected = "\
operationId  method  path     tags  request  responses
findLamps    QUERY   /lamps                  200 application/json
dimLamps     Dim     /lamps                  204
watch        GET     /events                 200 text/event-stream
";
    let listed = printed(&folder(), &["operations", "lamps.yaml"]);
    assert_eq!(listed, expected);
}

#[test]
fn problems() {
    let folder = folder();
    let problems = ["problems", "lamps.yaml"];
    let run = folder.run(&problems);
    assert!(
        run.stdout.starts_with(
            "warning[invalid-item-schema]: `schema` describes all items of a sequence"
        ),
        "{}",
        run.stdout
    );
    let overlay = ["--overlay", "overlay.yaml"];
    let run = folder.run(&[&problems[..], &overlay].concat());
    assert_eq!(run.stdout, "no problems\n", "{}", run.stderr);
    folder.write(
        "lamps.yaml",
        &DOCUMENT.replace("      Dim:", "      PATCH:"),
    );
    let run = folder.run(&problems);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(
        run.stdout
            .contains("at: /paths/~1lamps/additionalOperations/PATCH\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_slice() {
    let expected = "\
openapi: 3.2.0
$self: https://lamps.example/openapi.yaml
info: {title: Lamps, version: 1.0.0}
paths:
  /lamps:
    additionalOperations:
      Dim: {operationId: dimLamps, responses: {'204': {summary: Dimmed}}}
  /events:
    get: {operationId: watch, responses: {'200': {description: Changes, content: {text/event-stream: {schema: {$ref: 'openapi.yaml#/components/schemas/Change'}}}}}}
components:
  schemas:
    Change: {type: object, properties: {lamp: {type: string}}}
";
    let arguments = [
        "slice",
        "lamps.yaml",
        "--operation",
        "dimLamps",
        "--operation",
        "watch",
    ];
    assert_eq!(printed(&folder(), &arguments), expected);
}

/// With a description of the version before.
#[test]
fn a_comparison() {
    let folder = folder();
    let older = DOCUMENT
        .replace("3.2.0", "3.1.0")
        .replace("$self: https://lamps.example/openapi.yaml\n", "")
        .replace("query:", "post:")
        .replace("    additionalOperations:\n      Dim:", "    patch:")
        .replace("'openapi.yaml#", "'#")
        .replace("{summary: ", "{description: ")
        .replace(
            "{$ref: '#/components/mediaTypes/Lamps'}",
            "{schema: {type: array, items: {type: string}}}",
        );
    let (start, end) = (older.find("  mediaTypes:"), older.find("  schemas:"));
    let older = [
        &older[..start.unwrap_or_default()],
        &older[end.unwrap_or_default()..],
    ]
    .concat();
    folder.write("older.yaml", &older);
    let expected = "\
rust        wire             change
compatible  breaking (sent)  FindLamps is `QUERY /lamps` instead of `POST /lamps`
                             older.yaml:5:5 /paths/~1lamps/post -> lamps.yaml:6:5 /paths/~1lamps/query
compatible  breaking (sent)  DimLamps is `Dim /lamps` instead of `PATCH /lamps`
                             older.yaml:6:5 /paths/~1lamps/patch -> lamps.yaml:8:7 /paths/~1lamps/additionalOperations/Dim

2 changes: 2 breaking
";
    let run = folder.run(&["diff", "older.yaml", "lamps.yaml"]);
    assert_eq!(run.stderr, "");
    assert!(run.stdout.starts_with(expected), "{}", run.stdout);
}
