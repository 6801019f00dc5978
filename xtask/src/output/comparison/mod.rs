//! The changes from one description to another, as text, as Markdown and as JSON.
//!
//! ```text
//! rust        wire                 change
//! breaking    breaking (received)  ImagesResponse::data is optional: `Option<Vec<Image>>` instead of `Vec<Image>`
//!                                  020.yaml:201:9 -> 021.yaml:233:9 /components/schemas/ImagesResponse/properties/data
//!
//! 1 change: 1 breaking
//! rust: breaking, wire: breaking
//! next version: major (0.4.1 becomes 0.5.0)
//! ```

mod markdown;
mod text;

use openapi_codegen::diagnostic::Diagnostics;
use openapi_codegen::diff::{Change, Kind, Step, Verdict, diff};
use openapi_codegen::document::{Document, Pointer};
use openapi_codegen::model::Use;
use openapi_codegen::{Layout, lower};
use serde_json::{Value, json};

use crate::files::version::Version;
use crate::output::github::Annotation;
use crate::output::noted::place_of;

/// Two descriptions and the changes between them.
#[derive(Clone, Debug)]
pub struct Comparison {
    old: Document,
    new: Document,
    /// The version of the crate, if it is known.
    version: Option<Version>,
    /// Operations first, then types, each in the order of the new description.
    pub changes: Vec<Change>,
}

/// The changes that are listed together, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Breaking,
    Additive,
    Compatible,
    Documentation,
}

impl Group {
    const ALL: [Self; 4] = [
        Self::Breaking,
        Self::Additive,
        Self::Compatible,
        Self::Documentation,
    ];

    fn of(change: &Change) -> Self {
        match (change.verdict(), change.kind) {
            (Verdict::Breaking, _) => Self::Breaking,
            (Verdict::Additive, _) => Self::Additive,
            (Verdict::Compatible, Kind::Documentation) => Self::Documentation,
            (Verdict::Compatible, _) => Self::Compatible,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Compatible => "compatible",
            Self::Documentation => "documentation",
        }
    }

    /// As changelogs say it.
    const fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Additive => "Added",
            Self::Compatible => "Changed",
            Self::Documentation => "Documentation",
        }
    }
}

impl Comparison {
    /// Compares these operations of each description after lowering. An empty list means all
    /// operations.
    ///
    /// # Errors
    /// Every problem of the first description that has any.
    pub fn new(
        (old, of_old): (Document, &[String]),
        (new, of_new): (Document, &[String]),
        layout: Layout,
    ) -> Result<Self, Diagnostics> {
        let changes = diff(&lower(&old, of_old, layout)?, &lower(&new, of_new, layout)?);
        Ok(Self {
            old,
            new,
            version: None,
            changes,
        })
    }

    /// The same for a crate of this version.
    pub fn of_version(self, version: Option<Version>) -> Self {
        Self { version, ..self }
    }

    /// The worst verdict for callers of the emitted crate.
    pub fn rust(&self) -> Verdict {
        self.worst(|change| change.rust)
    }

    /// The worst verdict for running clients.
    pub fn wire(&self) -> Verdict {
        self.worst(|change| change.wire)
    }

    /// The worse of both.
    pub fn verdict(&self) -> Verdict {
        self.rust().max(self.wire())
    }

    fn worst(&self, verdict: impl Fn(&Change) -> Verdict) -> Verdict {
        self.changes.iter().map(verdict).max().unwrap_or_default()
    }

    /// The changes of a group.
    fn of_group(&self, group: Group) -> Vec<&Change> {
        let changes = self.changes.iter();
        changes
            .filter(|change| Group::of(change) == group)
            .collect()
    }

    /// The groups that have any changes.
    fn groups(&self) -> impl Iterator<Item = (Group, Vec<&Change>)> {
        let groups = Group::ALL.map(|group| (group, self.of_group(group)));
        groups
            .into_iter()
            .filter(|(_, changes)| !changes.is_empty())
    }

    /// The JSON form.
    pub fn json(&self) -> Value {
        let counts = Group::ALL.map(|group| {
            let number = self.of_group(group).len();
            (group.as_str().to_owned(), Value::from(number))
        });
        json!({
            "rust": self.rust().as_str(),
            "wire": self.wire().as_str(),
            "step": self.step().as_str(),
            "next_version": self.version.map(|version| version.next(self.step()).to_string()),
            "counts": counts.into_iter().collect::<serde_json::Map<_, _>>(),
            "changes": self.changes.iter().map(|change| self.object(change)).collect::<Value>(),
        })
    }

    fn step(&self) -> Step {
        Step::of(&self.changes)
    }

    /// The next version of the crate, or what becomes of two others.
    fn next_version(&self) -> String {
        let step = self.step();
        if step == Step::None {
            return "the same".to_owned();
        }
        let examples = [Version([0, 1, 2]), Version([1, 2, 3])];
        let versions = self
            .version
            .map_or(examples.to_vec(), |version| vec![version]);
        let versions = versions
            .iter()
            .map(|version| format!("{version} becomes {}", version.next(step)));
        let versions: Vec<String> = versions.collect();
        format!("{} ({})", step.as_str(), versions.join(", "))
    }

    /// An error for each breaking change, at its place in the new description, or else in the old
    /// one.
    pub fn annotations(&self) -> Vec<Annotation> {
        let breaking = self.of_group(Group::Breaking).into_iter();
        let annotations = breaking.map(|change| {
            let new = change
                .new
                .as_ref()
                .and_then(|pointer| place_of(&self.new, pointer));
            let old = change
                .old
                .as_ref()
                .and_then(|pointer| place_of(&self.old, pointer));
            let message = format!(
                "{} {}{}",
                change.path,
                change.message,
                whom_it_breaks(change)
            );
            Annotation::of_change(new.or(old), &message)
        });
        annotations.collect()
    }

    fn object(&self, change: &Change) -> Value {
        let place = |document: &Document, pointer: Option<&Pointer>| {
            let pointer = pointer?;
            let (file, line, column) = place_of(document, pointer)?;
            Some(json!({"file": file, "line": line, "column": column, "pointer": pointer.as_str()}))
        };
        let directions = [
            (change.used.sent, "sent"),
            (change.used.received, "received"),
        ];
        let directions = directions
            .iter()
            .filter(|(used, _)| *used)
            .map(|(_, name)| *name);
        json!({
            "kind": change.kind.as_str(),
            "rust": change.rust.as_str(),
            "wire": change.wire.as_str(),
            "direction": directions.collect::<Value>(),
            "path": change.path,
            "message": change.message,
            "old": place(&self.old, change.old.as_ref()),
            "new": place(&self.new, change.new.as_ref()),
        })
    }
}

/// The direction of the values.
fn direction(change: &Change) -> &'static str {
    let Use { sent, received } = change.used;
    match (sent, received) {
        (false, false) => "",
        (true, false) => "sent",
        (false, true) => "received",
        (true, true) => "both ways",
    }
}

fn whom_it_breaks(change: &Change) -> String {
    let breaks = |verdict| verdict == Verdict::Breaking;
    let running = format!("running clients: {}", direction(change));
    match (breaks(change.rust), breaks(change.wire)) {
        (true, true) => format!(" (breaks callers and {running})"),
        (true, false) => " (breaks callers)".to_owned(),
        (false, true) => format!(" (breaks {running})"),
        (false, false) => String::new(),
    }
}

/// The first of these paths, and the number of the others.
fn first_of(paths: impl Iterator<Item = String>) -> String {
    const SHOWN: usize = 10;
    let mut paths: Vec<String> = paths.collect();
    paths.dedup();
    let more = match paths.len().checked_sub(SHOWN) {
        None | Some(0) => String::new(),
        Some(more) => format!(", and {more} more"),
    };
    paths.truncate(SHOWN);
    format!("{}{more}", paths.join(", "))
}
