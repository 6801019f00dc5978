//! The published schema of `--format json`: each output that a test looks at has the form that its
//! command declares.

use serde_json::{Value, json};

use crate::{Folder, GENERATE};

/// Fails if an output does not fit the schema of its command.
pub fn fits(output: &Value, command: &str) {
    let schema = include_str!("../../../docs/output.schema.json");
    let mut schema: Value = serde_json::from_str(schema).expect("JSON");
    schema["anyOf"] = json!([{"$ref": format!("#/$defs/{command}")}]);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors = validator.iter_errors(output);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(
        errors.is_empty(),
        "{command}: {}\n{output:#}",
        errors.join("\n")
    );
}

#[test]
#[should_panic(expected = "status")]
fn another_form_does_not_fit() {
    let (mut output, _) = Folder::new().json(&GENERATE);
    output["status"] = json!("done");
    fits(&output, "generate");
}
