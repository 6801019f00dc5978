//! Referees of `diff`: each comes to its verdict in a way of its own, and all are held to what
//! people expect.
//!
//! | referee | asks | how |
//! |---|---|---|
//! | the cases | what a change means by definition | by hand, in `tests/diff` |
//! | caller | does a program that uses all of the old crate compile with the new one | the compiler |
//! | validator | is what an old client sends valid for the new description | JSON Schema |
//! | semver | is the step from one crate to the other a major one | `cargo-semver-checks`, on demand |
//!
//! Where a referee and the cases disagree, the case says why; a reason without a disagreement is
//! as wrong as a disagreement without a reason.
//! `cargo test -p openapi-tests --test referee -- --ignored` asks all four, and writes
//! `docs/referee.md`; it needs `cargo-semver-checks`, and the corpus through `OPENAPI_CORPUS`.

mod cases;
mod compiler;
mod semver;
mod table;
mod validator;
mod wording;

use std::env;

use openapi_codegen::diff::{Change, Verdict, diff};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::model::Api;
use openapi_codegen::{File, Layout, emit, lower, render};
use openapi_tests::corpus::corpus;
use serde_json::Value;

use cases::{Case, Expected, Pair};
use compiler::{CRATE, Compiler, Crates};

/// Why `cargo-semver-checks` finds nothing where the compiler finds types that are not the same,
/// and nothing else.
const TYPES: &str = "it does not compare the types of fields, parameters and results";

/// The errors of the compiler for a type that is not expected, and for one that lacks a trait.
const TYPE_ERRORS: [&str; 2] = ["E0308", "E0277"];

/// A pair with what comes of both descriptions.
struct Compared {
    changes: Vec<Change>,
    documents: (Value, Value),
    files: (Vec<File>, Vec<File>),
}

/// All verdicts on a pair.
struct Judged {
    direction: &'static str,
    expected: Expected,
    ours: Expected,
    /// The changes that `diff` finds, a line each.
    changes: String,
    caller: Verdict,
    /// Why the caller does not compile.
    error: Option<String>,
    refusal: Option<String>,
    /// The lints of `cargo-semver-checks`, if it was asked.
    lints: Option<Vec<String>>,
}

/// A description, and what it is lowered to.
fn lowered(pair: &Pair, text: &str) -> Result<(Document, Api), String> {
    let document = Document::parse(Source::new("openapi.yaml", text));
    let lowered = document.and_then(|document| {
        let api = lower(&document, &pair.operations, Layout::Flat)?;
        Ok((document, api))
    });
    lowered.map_err(|problems| problems.to_string())
}

fn compared(pair: &Pair) -> Result<Compared, String> {
    let (old, new) = (lowered(pair, &pair.old)?, lowered(pair, &pair.new)?);
    let json = |document: &Document| document.root().node().to_json();
    let files = |api| emit(api, CRATE).into_iter().map(render).collect();
    Ok(Compared {
        changes: diff(&old.1, &new.1),
        documents: (json(&old.0), json(&new.0)),
        files: (files(&old.1), files(&new.1)),
    })
}

/// The operations of the pair, where it does not mean all.
fn selected(document: &Value, pair: &Pair) -> Value {
    let mut document = document.clone();
    let paths = document["paths"]
        .as_object_mut()
        .into_iter()
        .flat_map(|paths| paths.values_mut());
    for methods in paths.filter_map(Value::as_object_mut) {
        methods.retain(|_, operation| {
            let id = operation.get("operationId").and_then(Value::as_str);
            pair.operations.is_empty() || pair.operations.iter().any(|wanted| id == Some(wanted))
        });
    }
    document
}

/// The verdicts of the referees on the pairs of each case, and the faults of the cases themselves.
fn judged(cases: &[Case], asks_semver: bool) -> (Vec<Vec<Judged>>, Vec<String>) {
    let mut problems = Vec::new();
    let pairs: Vec<(&Case, &Pair)> = cases
        .iter()
        .flat_map(|case| case.pairs.iter().map(move |pair| (case, pair)))
        .collect();
    let mut found = Vec::new();
    for (case, pair) in &pairs {
        match compared(pair) {
            Ok(compared) => found.push((*case, *pair, compared)),
            Err(error) => problems.push(format!(
                "{}: {} ({}): not lowered:\n{error}",
                case.group, case.name, pair.direction
            )),
        }
    }
    let crates: Vec<Crates<'_>> = found
        .iter()
        .map(|(_, _, pair)| (&pair.files.0[..], &pair.files.1[..]))
        .collect();
    // Two tests may run at once.
    let compiler = Compiler::new(if asks_semver {
        "referees"
    } else {
        "referees-but-one"
    });
    let callers = compiler.judge(&crates);
    let lints = asks_semver.then(|| semver::lints(&compiler, &crates));
    let refusals = compiler::in_parallel(&found, |(_, pair, compared)| {
        let (old, new) = &compared.documents;
        validator::refusal(&selected(old, pair), &selected(new, pair))
    });
    let mut all: Vec<Vec<Judged>> = cases.iter().map(|_| Vec::new()).collect();
    for (index, ((case, pair, compared), refusal)) in found.iter().zip(refusals).enumerate() {
        let judged = Judged {
            direction: pair.direction,
            expected: pair.expected,
            ours: worst(&compared.changes),
            changes: shown(&compared.changes),
            caller: callers[index].verdict,
            error: callers[index].error.clone(),
            refusal,
            lints: lints.as_ref().map(|lints| lints[index].clone()),
        };
        if let Some(place) = cases.iter().position(|other| std::ptr::eq(other, *case)) {
            all[place].push(judged);
        }
    }
    (all, problems)
}

/// The verdict on all changes together.
fn worst(changes: &[Change]) -> Expected {
    Expected {
        rust: changes
            .iter()
            .map(|change| change.rust)
            .max()
            .unwrap_or_default(),
        wire: changes
            .iter()
            .map(|change| change.wire)
            .max()
            .unwrap_or_default(),
    }
}

/// A line for each change.
fn shown(changes: &[Change]) -> String {
    let line = |change: &Change| {
        let (kind, path, message) = (change.kind.as_str(), &change.path, &change.message);
        format!(
            "\n    {}/{} {kind}: {path} {message}",
            change.rust, change.wire
        )
    };
    changes.iter().map(line).collect()
}

impl Judged {
    /// Why a referee comes to another verdict: what the case says, or what is so of every case.
    fn reason<'r>(&self, case: &'r Case, referee: &str) -> Option<&'r str> {
        let errors = self.error.as_deref().unwrap_or_default();
        let mut codes = errors
            .split("error[")
            .skip(1)
            .filter_map(|rest| rest.get(..5));
        let only_types = self.error.is_some() && codes.all(|code| TYPE_ERRORS.contains(&code));
        let general = (referee == "semver" && only_types).then_some(TYPES);
        case.why.get(referee).map(String::as_str).or(general)
    }

    /// The referees that come to another verdict than what is expected.
    fn others(&self) -> Vec<(&'static str, String)> {
        let mut others = Vec::new();
        if self.ours != self.expected {
            let (ours, expected) = (self.ours, self.expected);
            let verdicts = format!(
                "{}/{}, not {}/{}",
                ours.rust, ours.wire, expected.rust, expected.wire
            );
            others.push(("diff", verdicts + &self.changes));
        }
        if self.caller != self.expected.rust {
            let error = self.error.as_deref().unwrap_or_default();
            others.push((
                "caller",
                format!("{}, not {}\n{error}", self.caller, self.expected.rust),
            ));
        }
        match (&self.refusal, self.expected.wire) {
            (Some(refusal), Verdict::Compatible | Verdict::Additive) => {
                others.push(("validator", format!("refuses {refusal}")));
            }
            (None, Verdict::Breaking) if self.direction != "received" => {
                others.push(("validator", "refuses nothing".to_owned()));
            }
            _ => {}
        }
        if let Some(lints) = &self.lints
            && lints.is_empty() == (self.expected.rust == Verdict::Breaking)
        {
            let lints = if lints.is_empty() {
                "nothing".to_owned()
            } else {
                lints.join(", ")
            };
            others.push(("semver", format!("finds {lints}")));
        }
        others
    }
}

/// Disagreements without a reason, and reasons without a disagreement.
fn unexplained(cases: &[Case], judged: &[Vec<Judged>]) -> Vec<String> {
    let mut problems = Vec::new();
    for (case, judged) in cases.iter().zip(judged) {
        let place = format!("{}: {}", case.group, case.name);
        let asked: &[&str] = match judged.first() {
            Some(Judged { lints: Some(_), .. }) => &["diff", "caller", "validator", "semver"],
            _ => &["diff", "caller", "validator"],
        };
        let others = || {
            judged.iter().flat_map(|judged| {
                judged
                    .others()
                    .into_iter()
                    .map(move |other| (judged, other))
            })
        };
        for (judged, (referee, verdict)) in others() {
            if judged.reason(case, referee).is_none() {
                problems.push(format!(
                    "{place} ({}): {referee}: {verdict}",
                    judged.direction
                ));
            }
        }
        for referee in case.why.keys() {
            let known = ["diff", "caller", "validator", "semver"].contains(&referee.as_str());
            let idle = asked.contains(&referee.as_str())
                && !others().any(|(_, (other, _))| other == referee);
            if !known || idle {
                problems.push(format!("{place}: {referee} does not disagree"));
            }
        }
    }
    problems
}

fn all_cases() -> Vec<Case> {
    let mut cases = cases::synthetic();
    if let Some(corpus) = corpus("the steps between the published revisions") {
        cases.extend(cases::revisions(&corpus));
    }
    cases
}

fn hold(cases: &[Case], judged: &[Vec<Judged>], mut problems: Vec<String>) {
    problems.extend(unexplained(cases, judged));
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn each_change_is_what_the_referees_say() {
    let cases = all_cases();
    let (judged, problems) = judged(&cases, false);
    hold(&cases, &judged, problems);
}

#[test]
#[ignore = "needs `cargo-semver-checks` and OPENAPI_CORPUS, takes minutes, and writes docs/referee.md"]
fn each_change_is_what_all_referees_say() {
    assert!(
        env::var_os("OPENAPI_CORPUS").is_some(),
        "the page has the published revisions, too: set OPENAPI_CORPUS"
    );
    let cases = all_cases();
    let (judged, problems) = judged(&cases, true);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/referee.md");
    std::fs::write(path, table::text(&cases, &judged)).expect("the table can be written");
    hold(&cases, &judged, problems);
}
