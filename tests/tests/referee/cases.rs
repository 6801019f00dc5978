//! The cases of `tests/diff`: what each change means, written by hand.
//!
//! ```yaml
//! document: {…}                        # a description
//! at: /components/schemas/Thing        # what the cases write is merged here, as RFC 7396 says
//! cases:
//! - name: a required member is added
//!   old: {}
//!   new: {required: [id, x], properties: {x: {type: string}}}
//!   sent: {rust: breaking, wire: breaking}          # where the description has only its request bodies
//!   received: {rust: additive, wire: additive}      # where it has only its responses
//!   whole: {rust: breaking, wire: breaking}         # where it has both
//!   why: {validator: '…'}                           # why a referee, or `diff` itself, comes to another verdict
//! ```
//!
//! Where values are sent, a change is *additive* if more of them are admitted. Where they are
//! received, it is if there is more to be read: another member, value or alternative. What a
//! reader does not look at, such as a bound, a rule or a null where a member may be absent, is
//! *compatible*.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use openapi_codegen::diff::Verdict;
use serde::Deserialize;
use serde_yaml::{Mapping, Value};

/// A change, in one or several directions.
pub struct Case {
    /// The file that has it.
    pub group: String,
    pub name: String,
    /// By the name of the referee that comes to another verdict.
    pub why: BTreeMap<String, String>,
    pub pairs: Vec<Pair>,
}

/// A description before and after a change.
pub struct Pair {
    pub direction: &'static str,
    pub old: String,
    pub new: String,
    /// The operations that are emitted; none means all.
    pub operations: Vec<String>,
    pub expected: Expected,
}

/// The expected verdicts on a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    #[serde(deserialize_with = "verdict")]
    pub rust: Verdict,
    #[serde(deserialize_with = "verdict")]
    pub wire: Verdict,
}

fn verdict<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Verdict, D::Error> {
    let text = String::deserialize(deserializer)?;
    let all = [Verdict::Compatible, Verdict::Additive, Verdict::Breaking];
    let found = all.into_iter().find(|verdict| verdict.as_str() == text);
    found.ok_or_else(|| serde::de::Error::custom(format_args!("`{text}` is no verdict")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    document: Value,
    at: String,
    cases: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    /// Where this case is merged, if not where the others are.
    at: Option<String>,
    old: Value,
    new: Value,
    sent: Option<Expected>,
    received: Option<Expected>,
    whole: Option<Expected>,
    #[serde(default)]
    why: BTreeMap<String, String>,
}

/// The verdicts that are expected of the step from one published revision to the next.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revision {
    new: String,
    rust: String,
    wire: String,
    #[serde(default)]
    why: BTreeMap<String, String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diff")
}

/// The cases of our own.
pub fn synthetic() -> Vec<Case> {
    let entries = fs::read_dir(folder()).expect("the cases are there");
    let paths = entries.map(|entry| entry.expect("the folder is readable").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .filter(|path| !path.ends_with("revisions.yaml"))
        .collect();
    paths.sort();
    paths.iter().flat_map(|path| group(path)).collect()
}

fn group(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).expect("the cases are readable");
    let group: Group =
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let cases = group.cases.iter().map(|entry| {
        let directions = [
            ("sent", entry.sent),
            ("received", entry.received),
            ("whole", entry.whole),
        ];
        let pairs = directions.into_iter().filter_map(|(direction, expected)| {
            let at = entry.at.as_ref().unwrap_or(&group.at);
            let written = |change: &Value| written(&group.document, at, change, direction);
            Some(Pair {
                direction,
                old: written(&entry.old),
                new: written(&entry.new),
                operations: Vec::new(),
                expected: expected?,
            })
        });
        Case {
            group: name.clone().into_owned(),
            name: entry.name.clone(),
            why: entry.why.clone(),
            pairs: pairs.collect(),
        }
    });
    cases.collect()
}

/// The description with a change, and only in one direction.
fn written(document: &Value, at: &str, change: &Value, direction: &str) -> String {
    let mut document = document.clone();
    let segments = at
        .split('/')
        .skip(1)
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"));
    let place = segments.fold(&mut document, |value, segment| &mut value[segment]);
    merge(place, change);
    let operations = document["paths"]
        .as_mapping_mut()
        .into_iter()
        .flat_map(Mapping::values_mut);
    for operation in operations
        .filter_map(Value::as_mapping_mut)
        .flat_map(Mapping::values_mut)
    {
        match direction {
            "sent" => operation["responses"] = yaml("'204': {description: Done.}"),
            "received" => merge(operation, &yaml("requestBody: null")),
            _ => {}
        }
    }
    serde_yaml::to_string(&document).expect("what was YAML can be written as YAML")
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("it is YAML")
}

/// JSON Merge Patch, RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Mapping(patch) = patch else {
        return target.clone_from(patch);
    };
    if !target.is_mapping() {
        *target = Value::Mapping(Mapping::new());
    }
    let members = target.as_mapping_mut().expect("it is a mapping now");
    for (name, value) in patch {
        if value.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

/// The steps from each published revision of the operation to the next.
pub fn revisions(corpus: &Path) -> Vec<Case> {
    let text = fs::read_to_string(folder().join("revisions.yaml")).expect("the cases are readable");
    let revisions: Vec<Revision> =
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("revisions.yaml: {error}"));
    let entries = fs::read_dir(corpus.join("images-edits")).expect("the corpus is readable");
    let paths = entries.map(|entry| entry.expect("the corpus is readable").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    assert_eq!(
        paths.len(),
        revisions.len() + 1,
        "a revision without an entry, or an entry without a revision"
    );
    let number =
        |path: &Path| path.file_name().unwrap_or_default().to_string_lossy()[..3].to_owned();
    let read = |path: &Path| fs::read_to_string(path).expect("the revision is readable");
    let steps = paths.windows(2).zip(revisions).map(|(step, revision)| {
        let (old, new) = (&step[0], &step[1]);
        assert_eq!(
            number(new),
            revision.new,
            "the entries are in the order of the revisions"
        );
        let expected = format!("rust: {}\nwire: {}\n", revision.rust, revision.wire);
        let pair = Pair {
            direction: "whole",
            old: read(old),
            new: read(new),
            operations: vec!["createImageEdit".to_owned()],
            expected: serde_yaml::from_str(&expected)
                .unwrap_or_else(|error| panic!("{}: {error}", revision.new)),
        };
        Case {
            group: "revisions".to_owned(),
            name: format!("{} to {}", number(old), number(new)),
            why: revision.why,
            pairs: vec![pair],
        }
    });
    steps.collect()
}
