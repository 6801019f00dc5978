//! The examples of real descriptions: each is read as the emitted type and written as it was, or
//! there is a reason.

mod found;
mod judge;
mod program;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use openapi_codegen::model::Api;
use openapi_codegen::{Generated, Layout, lower};
use openapi_tests::corpus::{corpus, files_in};
use serde_json::Value;

use crate::compiled::Workspace;
use crate::corpus::{accepted, parse};
use crate::documents::settings;
use found::{Example, examples, has_examples};
use judge::Judge;
use program::{Outcome, Program, outcomes};

/// A description, and the crate of all its operations that are supported.
struct Description {
    file: String,
    crate_name: String,
    json: Value,
    api: Api,
    generated: Generated,
}

impl Description {
    fn read(path: &Path) -> Self {
        let document = parse(path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let crate_name = format!("examples_{}", stem.replace('-', "_"));
        let (supported, generated) = accepted(&document, &crate_name);
        let api = lower(&document, &supported.operations, Layout::Flat);
        Self {
            file: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            crate_name,
            json: document.root().node().to_json(),
            api: api.unwrap_or_else(|problems| panic!("{problems}")),
            generated,
        }
    }

    fn examples(&self) -> Vec<Example<'_>> {
        examples(&self.json, &self.api, &self.crate_name)
    }
}

/// Each line of the snapshot is a count with its reason; a difference without a reason fails.
#[test]
fn examples_of_real_documents_are_read_and_written_as_they_are() {
    let Some(corpus) = corpus("the examples of real services") else {
        return;
    };
    let mut paths = files_in(corpus.join("world"));
    // A description without examples has nothing to compile.
    paths.retain(|path| has_examples(&parse(path).root().node().to_json()));
    let descriptions: Vec<_> = paths.iter().map(|path| Description::read(path)).collect();
    let mut workspace = Workspace::new("examples");
    let mut inputs = BTreeMap::new();
    for description in &descriptions {
        let name = &description.crate_name;
        let examples = description.examples();
        let program = Program::new(&examples);
        workspace.add(name, &description.generated);
        workspace.add_program(name, &program.text(name));
        inputs.insert(name.clone(), program.input());
    }
    let outputs = workspace.run_programs(&inputs);
    let mut report = String::new();
    let mut failures = Vec::new();
    for description in &descriptions {
        let outcomes = outcomes(&outputs[&description.crate_name]);
        let counts = counted(description, outcomes, &mut failures);
        let all: usize = counts.values().sum();
        let _ = writeln!(report, "{}: {all} examples", description.file);
        for (reason, count) in counts {
            let _ = writeln!(report, "{count:6} {reason}");
        }
    }
    println!("{report}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let mut settings = settings();
    settings.set_snapshot_path("../../../golden");
    settings.bind(|| insta::assert_snapshot!("examples", report));
}

/// Number of examples by what has become of them, and why.
fn counted(
    description: &Description,
    outcomes: Vec<Outcome>,
    failures: &mut Vec<String>,
) -> BTreeMap<&'static str, usize> {
    let file = &*description.file;
    let examples = description.examples();
    let judge = Judge::new(&description.json, &examples);
    let mut outcomes = outcomes.into_iter();
    let mut counts = BTreeMap::new();
    for example in &examples {
        let place = example.pointer.as_str();
        let found = match example.ty {
            Err(reason) => Ok(reason),
            Ok(_) => {
                let outcome = outcomes.next().expect("each example has an outcome");
                judge.reason(example, &outcome)
            }
        };
        let reason = match found {
            Ok(reason) => reason,
            Err(fault) => {
                failures.push(format!("{file}: {place}: {fault}"));
                continue;
            }
        };
        *counts.entry(reason).or_default() += 1;
    }
    assert!(outcomes.next().is_none(), "{file}: too many outcomes");
    counts
}
