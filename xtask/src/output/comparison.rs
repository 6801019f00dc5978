//! What has changed from one description to another, as text, as Markdown and as JSON.
//!
//! ```text
//! rust        wire                 change
//! breaking    breaking (received)  ImagesResponse::data is optional: `Option<Vec<Image>>` instead of `Vec<Image>`
//!                                  020.yaml:201:9 -> 021.yaml:233:9 /components/schemas/ImagesResponse/properties/data
//!
//! 1 change: 1 breaking
//! rust: breaking, wire: breaking
//! next version: major (0.1.2 becomes 0.2.0, 1.2.3 becomes 2.0.0)
//! ```

use openapi_codegen::diagnostic::Diagnostics;
use openapi_codegen::diff::{Change, Kind, Step, Verdict, diff};
use openapi_codegen::document::{Document, Pointer};
use openapi_codegen::model::Use;
use openapi_codegen::{Layout, code_span, escaped, lower};
use serde_json::{Value, json};

use crate::output::noted::place_of;
use crate::output::table;

/// Two descriptions and what has changed between them.
#[derive(Clone, Debug)]
pub struct Comparison {
    old: Document,
    new: Document,
    /// Operations first, then types, each in the order of the new description.
    pub changes: Vec<Change>,
}

/// What is listed together, in this order.
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
    /// Compares these operations of each description after lowering. An empty list means all operations.
    ///
    /// # Errors
    /// Every problem of the first description that has any.
    pub fn new(
        (old, of_old): (Document, &[String]),
        (new, of_new): (Document, &[String]),
        layout: Layout,
    ) -> Result<Self, Diagnostics> {
        let changes = diff(&lower(&old, of_old, layout)?, &lower(&new, of_new, layout)?);
        Ok(Self { old, new, changes })
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

    /// The text form: two lines for each change, the breaking first, then the summary.
    pub fn text(&self) -> String {
        if self.changes.is_empty() {
            return "no changes\n".to_owned();
        }
        let mut rows = vec![["rust", "wire", "change"].map(str::to_owned)];
        for change in self.groups().flat_map(|(_, changes)| changes) {
            rows.push([
                change.rust.to_string(),
                wire(change),
                format!("{} {}", change.path, change.message),
            ]);
            rows.push([String::new(), String::new(), self.places(change)]);
        }
        format!("{}\n{}", table::lines(&rows), self.summary())
    }

    /// `old.yaml:52:9 -> new.yaml:60:9 /pointer`, with two pointers where they differ.
    fn places(&self, change: &Change) -> String {
        let places = self.plain_places(change);
        escaped(&places).into_owned()
    }

    fn plain_places(&self, change: &Change) -> String {
        let place = |document: &Document, pointer: &Pointer| {
            let place = place_of(document, pointer);
            place.map_or(String::new(), |(file, line, column)| {
                format!("{file}:{line}:{column}")
            })
        };
        match (&change.old, &change.new) {
            (Some(old), Some(new)) if old == new => {
                format!(
                    "{} -> {} {new}",
                    place(&self.old, old),
                    place(&self.new, new)
                )
            }
            (Some(old), Some(new)) => {
                format!(
                    "{} {old} -> {} {new}",
                    place(&self.old, old),
                    place(&self.new, new)
                )
            }
            (Some(old), None) => format!("{} {old} ->", place(&self.old, old)),
            (None, Some(new)) => format!("-> {} {new}", place(&self.new, new)),
            (None, None) => String::new(),
        }
    }

    fn summary(&self) -> String {
        let counts = self
            .groups()
            .map(|(group, changes)| format!("{} {}", changes.len(), group.as_str()));
        let counts: Vec<String> = counts.collect();
        let changes = if self.changes.len() == 1 {
            "change"
        } else {
            "changes"
        };
        format!(
            "{} {changes}: {}\nrust: {}, wire: {}\nnext version: {}\n",
            self.changes.len(),
            counts.join(", "),
            self.rust(),
            self.wire(),
            next_version(Step::of(&self.changes)),
        )
    }

    /// The Markdown form, for a changelog: a list for each group, and a number for what people only read.
    pub fn markdown(&self) -> String {
        if self.changes.is_empty() {
            return "No changes.\n".to_owned();
        }
        let mut parts = Vec::new();
        for (group, changes) in self.groups() {
            let lines = match group {
                Group::Documentation => documented(&changes),
                Group::Breaking | Group::Additive | Group::Compatible => bullets(&changes),
            };
            parts.push(format!("### {}\n\n{lines}", group.title()));
        }
        parts.push(format!(
            "Rust: {}. Wire: {}. Next version: {}.\n",
            self.rust(),
            self.wire(),
            next_version(Step::of(&self.changes)),
        ));
        parts.join("\n")
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
            "step": Step::of(&self.changes).as_str(),
            "counts": counts.into_iter().collect::<serde_json::Map<_, _>>(),
            "changes": self.changes.iter().map(|change| self.object(change)).collect::<Value>(),
        })
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

/// The verdict for running clients, with the way of the values where it matters.
fn wire(change: &Change) -> String {
    match change.wire {
        Verdict::Compatible => change.wire.to_string(),
        Verdict::Additive | Verdict::Breaking => match way(change) {
            "" => change.wire.to_string(),
            way => format!("{} ({way})", change.wire),
        },
    }
}

/// Which way the values travel.
fn way(change: &Change) -> &'static str {
    let Use { sent, received } = change.used;
    match (sent, received) {
        (false, false) => "",
        (true, false) => "sent",
        (false, true) => "received",
        (true, true) => "both ways",
    }
}

/// A bullet for each change; types that are only new share one.
fn bullets(changes: &[&Change]) -> String {
    let (types, others): (Vec<&Change>, Vec<&Change>) = changes
        .iter()
        .copied()
        .partition(|change| is_new_type(change));
    let bullets = others.iter().map(|change| {
        let path = code_span(&change.path);
        format!("- {path} {}{}\n", change.message, whom_it_breaks(change))
    });
    let types = (!types.is_empty()).then(|| format!("- New types: {}\n", paths(&types).join(", ")));
    bullets.chain(types).collect()
}

/// Whether the change is that there is a type: no value is of it by itself.
fn is_new_type(change: &Change) -> bool {
    change.kind == Kind::Added
        && change.old.is_none()
        && change.used == Use::default()
        && !change.path.contains("::")
}

fn whom_it_breaks(change: &Change) -> String {
    let breaks = |verdict| verdict == Verdict::Breaking;
    let running = format!("running clients: {}", way(change));
    match (breaks(change.rust), breaks(change.wire)) {
        (true, true) => format!(" (breaks callers and {running})"),
        (true, false) => " (breaks callers)".to_owned(),
        (false, true) => format!(" (breaks {running})"),
        (false, false) => String::new(),
    }
}

/// The items, each once.
fn paths(changes: &[&Change]) -> Vec<String> {
    let mut paths: Vec<String> = changes
        .iter()
        .map(|change| code_span(&change.path))
        .collect();
    paths.dedup();
    paths
}

/// The first of them, and how many there are more: what matters of prose is seen where it stands.
fn documented(changes: &[&Change]) -> String {
    const SHOWN: usize = 10;
    let paths = paths(changes);
    let more = match paths.len().checked_sub(SHOWN) {
        None | Some(0) => String::new(),
        Some(more) => format!(", and {more} more"),
    };
    let shown: Vec<String> = paths.into_iter().take(SHOWN).collect();
    format!("- In other words: {}{more}\n", shown.join(", "))
}

fn next_version(step: Step) -> &'static str {
    match step {
        Step::None => "the same",
        Step::Patch => "patch (0.1.2 becomes 0.1.3, 1.2.3 becomes 1.2.4)",
        Step::Minor => "minor (0.1.2 becomes 0.1.3, 1.2.3 becomes 1.3.0)",
        Step::Major => "major (0.1.2 becomes 0.2.0, 1.2.3 becomes 2.0.0)",
    }
}
