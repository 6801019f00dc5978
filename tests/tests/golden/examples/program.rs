//! The program that reads and writes the examples of a document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::found::Example;

/// The result of reading and writing an example.
pub enum Outcome {
    /// It was not read: where, and why.
    Unread { path: String, error: String },
    /// It was read, and written as this.
    Written(Value),
}

/// The program; it knows each type by its name.
pub struct Program<'e> {
    examples: Vec<(&'e str, &'e Value)>,
}

impl<'e> Program<'e> {
    /// The program of the examples that have a type.
    pub fn new(examples: &'e [Example<'_>]) -> Self {
        let typed = examples.iter();
        let typed =
            typed.filter_map(|example| Some((&*example.ty.as_ref().ok()?.name, example.value)));
        Self {
            examples: typed.collect(),
        }
    }

    pub fn text(&self, library: &str) -> String {
        let types: BTreeSet<&str> = self.examples.iter().map(|(ty, _)| *ty).collect();
        let arms = types
            .iter()
            .map(|ty| format!("        {ty:?} => outcome::<{ty}>(json),\n"));
        let arms: String = arms.collect();
        format!(
            "#![allow(deprecated)]\n\n\
             use {library}::runtime::json::{{Decode, from_slice}};\n\
             use {library}::runtime::serde::{{Serialize, de::DeserializeOwned}};\n\
             use serde_json::{{Value, json}};\n\n{BODY}\
             fn of(ty: &str, json: &str) -> Value {{\n    match ty {{\n{arms}        _ => panic!(\"no type {{ty}}\"),\n    }}\n}}\n"
        )
    }

    /// The examples, one a line, each after its type.
    pub fn input(&self) -> String {
        let lines = self.examples.iter();
        lines
            .flat_map(|(ty, value)| [(*ty).to_owned(), format!("\t{value}\n")])
            .collect()
    }
}

/// Reads the output of the program: an outcome for each line of its input.
pub fn outcomes(output: &str) -> Vec<Outcome> {
    let outcome = |line: &str| {
        let mut found: Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        match found.get("error") {
            Some(_) => Outcome::Unread {
                path: text("path"),
                error: text("error"),
            },
            None => Outcome::Written(found["written"].take()),
        }
    };
    output.lines().map(outcome).collect()
}

/// The part that all programs share. Serde reads and writes; the path of an error is known to the
/// reader of responses.
const BODY: &str = r#"fn main() {
    let input = std::env::args().nth(1).expect("a file");
    for line in std::fs::read_to_string(input).expect("it is readable").lines() {
        let (ty, json) = line.split_once('\t').expect("a type and a value");
        println!("{}", of(ty, json));
    }
}

fn outcome<T: Serialize + DeserializeOwned + for<'de> Decode<'de>>(json: &str) -> Value {
    let value: T = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => {
            let located = from_slice::<T>(json.as_bytes()).err();
            return json!({"error": error.to_string(), "path": located.map(|error| error.path)});
        }
    };
    let text = serde_json::to_string(&value).expect("it is written");
    let written: Value = serde_json::from_str(&text).expect("it is JSON");
    // No member is written twice.
    assert_eq!(text.len(), written.to_string().len(), "{text}");
    json!({ "written": written })
}

"#;
