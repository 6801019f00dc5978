//! Values that stay untyped JSON: how many there are, and with `--verbose` where and why.

use serde_json::json;

use crate::{CHECK, Folder, GENERATE};

/// A description with a value of each kind that has no type.
const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Lamps, version: 1.0.0}
paths:
  /lamps:
    get:
      operationId: listLamps
      parameters: [{name: at, in: query, schema: {}}]
      responses:
        '200': {description: All, content: {application/json: {schema: {$ref: '#/components/schemas/Lamp'}}}}
        '400': {description: No, content: {application/json: {}}}
components:
  schemas:
    Lamp:
      $recursiveAnchor: false
      required: [kind]
      properties:
        kind: {type: string, const: lamp}
        any: true
        bounded: {minimum: 1}
        list: {type: array}
        'null': {type: 'null'}
        nulls: {anyOf: [{type: 'null'}, {enum: [null]}]}
        map: {type: object}
        map_of_any: {type: object, additionalProperties: true}
        open: {type: object, properties: {a: {type: string}}, additionalProperties: {}}
        mixed: {type: [string, object]}
        dynamic: {$dynamicRef: '#node'}
        recursive: {$recursiveRef: '#'}
        shared: {$ref: '#/components/schemas/Any'}
        shared_again: {$ref: '#/components/schemas/Any'}
        typed: {type: object, additionalProperties: {type: string}}
        # The union has the tags, so they are no members without a type.
        part:
          oneOf: [{$ref: '#/components/schemas/Shade'}, {$ref: '#/components/schemas/Foot'}]
          discriminator: {propertyName: kind}
    Any: {description: Anything.}
    Unreached: {}
    Shade: {properties: {kind: {}, size: {type: string}}}
    Foot: {properties: {kind: {}}}
";

const LISTED: &str = "\
untyped JSON: 14 values
  lamps.yaml:7:42: /paths/~1lamps/get/parameters/0/schema: the schema does not state the type of its values
  lamps.yaml:10:44: /paths/~1lamps/get/responses/400/content/application~1json: a media type without `schema`
  lamps.yaml:18:9: /components/schemas/Lamp/properties/any: the schema does not state the type of its values
  lamps.yaml:19:9: /components/schemas/Lamp/properties/bounded: the schema does not state the type of its values
  lamps.yaml:20:9: /components/schemas/Lamp/properties/list: an array without `items`
  lamps.yaml:21:9: /components/schemas/Lamp/properties/null: `null` is the only value
  lamps.yaml:22:9: /components/schemas/Lamp/properties/nulls: `null` is the only value
  lamps.yaml:23:9: /components/schemas/Lamp/properties/map: an object without `properties`
  lamps.yaml:24:36: /components/schemas/Lamp/properties/map_of_any/additionalProperties: further members may have values of any type
  lamps.yaml:25:63: /components/schemas/Lamp/properties/open/additionalProperties: further members may have values of any type
  lamps.yaml:26:9: /components/schemas/Lamp/properties/mixed: an object without `properties`
  lamps.yaml:27:9: /components/schemas/Lamp/properties/dynamic: `$dynamicRef` is not followed
  lamps.yaml:28:9: /components/schemas/Lamp/properties/recursive: `$recursiveRef` does not lead to a schema with `$recursiveAnchor`
  lamps.yaml:36:5: /components/schemas/Any: the schema does not state the type of its values
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("lamps.yaml", DOCUMENT);
    folder
}

#[test]
fn they_are_counted() {
    let run = folder().run(&GENERATE);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let counted = "untyped JSON: 14 values (listed by `--verbose`)";
    assert!(lines.contains(&counted), "{}", run.stdout);
}

#[test]
fn they_are_listed_where_each_stands_and_why() {
    let folder = folder();
    for command in [&GENERATE[..], &CHECK] {
        let run = folder.run(&[command, &["--verbose"]].concat());
        assert_eq!(run.stderr, "");
        assert!(run.stdout.contains(LISTED), "{}", run.stdout);
    }
    let run = folder.run(&CHECK);
    assert_eq!(run.stdout, "clean: 5 files in lamps\n");
}

#[test]
fn as_json() {
    let (report, _) = folder().json(&GENERATE);
    assert_eq!(report["generated"], json!({"operations": 1, "types": 6}));
    assert_eq!(report["untyped"].as_array().map(Vec::len), Some(14));
    let first = json!({
        "file": "lamps.yaml",
        "line": 7,
        "column": 42,
        "pointer": "/paths/~1lamps/get/parameters/0/schema",
        "reason": "the schema does not state the type of its values",
    });
    assert_eq!(report["untyped"][0], first);
}

#[test]
fn warnings_are_shown_with_the_lists() {
    let folder = folder();
    folder.write(
        "lamps.yaml",
        &DOCUMENT.replace("required: [kind]", "required: [kind, colour]"),
    );
    let run = folder.run(&[&GENERATE[..], &["-v"]].concat());
    let shown = run.stdout.find("\nwarning[unknown-required]: ");
    let counted = run.stdout.find("\nwarnings: 1\n  1  unknown-required\n");
    assert!(shown.is_some() && shown < counted, "{}", run.stdout);
    let (report, _) = folder.json(&GENERATE);
    assert_eq!(report["counts"], json!({"unknown-required": 1}));
    folder.write("lamps.yaml", "openapi: 2.0.0\npaths: {}\n");
    let (report, _) = folder.json(&GENERATE);
    let expected = (&json!(null), &json!({"unsupported-version": 1}));
    assert_eq!((&report["generated"], &report["counts"]), expected);
}
