//! Documents that are composed of all features, a few schemas each: what is accepted compiles, and
//! its values are read, checked and written as a JSON Schema validator would have it.
//!
//! Where nothing is expected of a value, the reason is counted; all of them are in `judge.rs`.
//!
//! `COMPOSED_SEEDS=1000..2000` gives the seeds to try, `--nocapture` shows the counts, and the
//! document where there is one seed only. Without it the seeds are few and always the same ones.

mod compose;
mod dice;
mod form;
mod judge;
mod program;
mod shapes;
mod unions;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ops::Range;

use openapi_codegen::diagnostic::{Code, Diagnostics};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::{Generated, Layout, Selection, generate};
use openapi_tests::corpus::seeds;
use openapi_tests::difference::differences;
use serde_json::Value;

use compose::{Composed, Way};
use dice::Dice;
use judge::{Judge, Verdict};
use program::{Outcome, Program};

/// Number of documents of every run, where none are asked for.
const DOCUMENTS: u64 = 300;

/// Number of documents in a program.
const BATCH: usize = 60;

/// A document that is accepted, with its seed and its crate.
type Accepted = (u64, Composed, Generated);

#[derive(Debug, Default)]
struct Counts {
    /// Documents by the code of a problem.
    refused: BTreeMap<Code, usize>,
    accepted: usize,
    /// Values by what has become of them.
    values: BTreeMap<&'static str, usize>,
}

/// The seeds that the environment asks for.
fn asked_for() -> Option<Range<u64>> {
    let seeds = env::var("COMPOSED_SEEDS").ok()?;
    let (from, to) = seeds.split_once("..").expect("a range");
    Some(from.parse().expect("a number")..to.parse().expect("a number"))
}

#[test]
fn values_travel_as_the_schema_says() {
    let seeds = asked_for().unwrap_or(0..seeds(DOCUMENTS));
    let is_only = seeds.end - seeds.start == 1;
    let mut counts = Counts::default();
    let mut failures = Vec::new();
    let mut batch = Vec::new();
    for seed in seeds {
        let composed = compose::document(seed);
        if is_only {
            println!("{:?} {:#}", composed.way, composed.document);
        }
        match generated(&composed) {
            Ok(generated) => batch.push((seed, composed, generated)),
            Err(problems) => {
                if is_only {
                    println!("{problems}");
                }
                let codes: BTreeSet<Code> = problems.iter().map(|problem| problem.code).collect();
                for code in codes {
                    *counts.refused.entry(code).or_default() += 1;
                }
            }
        }
        if batch.len() == BATCH {
            run(&std::mem::take(&mut batch), &mut counts, &mut failures);
        }
    }
    run(&batch, &mut counts, &mut failures);
    println!("{counts:#?}");
    let failed = failures.len();
    assert!(failed == 0, "{failed} failures:\n{}", failures.join("\n"));
    assert!(
        is_only || counts.values.len() > 8,
        "too little is tried: {counts:?}"
    );
}

/// The crate of a document, or its problems.
fn generated(composed: &Composed) -> Result<Generated, Diagnostics> {
    let text = composed.document.to_string();
    let document = Document::parse(Source::new("composed.json", text))?;
    let selection = Selection {
        operations: &[],
        crate_name: "composed",
        layout: Layout::Flat,
    };
    generate(&document, &selection)
}

/// The crates as one program, without those that do not compile.
fn compiled(batch: &[Accepted], failures: &mut Vec<String>) -> Program {
    let mut program = Program::new(&format!("composed-{}", batch[0].0));
    for (index, (_, composed, generated)) in batch.iter().enumerate() {
        program.add(index, composed.way, generated);
    }
    while let Err(errors) = program.compile() {
        let wrong = program::wrong_modules(&errors);
        assert!(!wrong.is_empty(), "{errors}");
        for (number, error) in wrong {
            let (seed, composed, _) = &batch[number];
            let way = composed.way;
            failures.push(format!(
                "seed {seed}: does not compile: {error}\n  {way:?} {}\n",
                composed.document
            ));
            program.remove(number);
        }
    }
    program
}

/// Compiles the crates, and gives values to the program.
fn run(batch: &[Accepted], counts: &mut Counts, failures: &mut Vec<String>) {
    if batch.is_empty() {
        return;
    }
    counts.accepted += batch.len();
    let program = compiled(batch, failures);
    let judges: Vec<Judge> = batch
        .iter()
        .map(|(_, composed, _)| Judge::new(composed))
        .collect();
    let mut values = Vec::new();
    for (index, ((seed, composed, _), judge)) in batch.iter().zip(&judges).enumerate() {
        if composed.way != Way::Sent && program.has(index) {
            let own = judge.values(&mut Dice::new(*seed));
            values.extend(own.into_iter().map(|value| (index, value)));
        }
    }
    let given: Vec<(usize, &Value)> = values
        .iter()
        .map(|(index, value)| (*index, value))
        .collect();
    let outcomes = program.run(&given);
    let mut failed = BTreeMap::new();
    for ((index, value), outcome) in given.iter().zip(&outcomes) {
        let (seed, composed, _) = &batch[*index];
        match expected(&judges[*index], composed.way, value, outcome) {
            Ok(reason) => *counts.values.entry(reason).or_default() += 1,
            Err(fault) => {
                // One value of a document is enough to look at.
                failed.entry(*seed).or_insert_with(|| {
                    let text = serde_json::to_string(&composed.document).unwrap_or_default();
                    format!(
                        "seed {seed}: {fault}\n  value {value}\n  outcome {}\n  {:?} {text}\n",
                        program::shown(outcome),
                        composed.way
                    )
                });
            }
        }
    }
    failures.extend(failed.into_values());
}

/// Why the outcome is as it should be, or what is wrong with it.
fn expected(
    judge: &Judge,
    way: Way,
    value: &Value,
    outcome: &Outcome,
) -> Result<&'static str, String> {
    let members = value.as_object().into_iter().flatten();
    let is_nothing = |member: &Value| match member.as_array() {
        Some(items) => items.is_empty() || items.iter().any(Value::is_null),
        None => member.is_null(),
    };
    if way == Way::Form && members.into_iter().any(|(_, member)| is_nothing(member)) {
        return Ok("null and an empty list cannot be said in a form");
    }
    let verdict = judge.of(value);
    match (verdict, outcome) {
        (Verdict::Open(reason), _) => Ok(reason),
        (Verdict::Valid, Outcome::Unread(error)) => Err(format!("valid, and not read: {error}")),
        (Verdict::Valid, Outcome::Read) => Ok("valid, read"),
        (
            Verdict::Valid,
            Outcome::Written {
                objection: Some(objection),
                ..
            },
        ) => Err(format!("valid, and {objection}")),
        (Verdict::Valid, Outcome::Written { body, .. }) if way == Way::Form => {
            if form::is_form_of(body, value) {
                Ok("valid, written as a form")
            } else {
                Err("valid, and written as another form".to_owned())
            }
        }
        (Verdict::Valid, Outcome::Written { body, .. }) => {
            let written: Value =
                serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}"))?;
            if differences(&written, value).is_empty() {
                Ok("valid, written as it was")
            } else {
                Err("valid, and written as something else".to_owned())
            }
        }
        (Verdict::Invalid(_), Outcome::Unread(_)) => Ok("invalid, not read"),
        (Verdict::Invalid(_), Outcome::Read) => Ok("invalid, read: bounds are not checked"),
        (
            Verdict::Invalid(_),
            Outcome::Written {
                objection: Some(_), ..
            },
        ) => Ok("invalid, and refused"),
        (Verdict::Invalid(_), Outcome::Written { body, .. })
            if way == Way::Form && !form::is_form_of(body, value) =>
        {
            Ok("invalid, read and written as another form")
        }
        (Verdict::Invalid(error), Outcome::Written { .. }) if way == Way::Form => {
            // A text has no type: a constant is one whatever it was.
            if error.contains(" is not of type ") {
                Ok("invalid, and the same text")
            } else {
                Err(format!("invalid ({error}), and sent"))
            }
        }
        (Verdict::Invalid(error), Outcome::Written { body, .. }) => {
            let written: Value =
                serde_json::from_slice(body).map_err(|error| format!("no JSON: {error}"))?;
            match judge.may_be_sent(&written) {
                Verdict::Valid => Ok("invalid, read and written as something valid"),
                Verdict::Open(reason) => Ok(reason),
                Verdict::Invalid(_) => Err(format!("invalid ({error}), and sent")),
            }
        }
    }
}
