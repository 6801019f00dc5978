//! The Markdown form, for a changelog: a list for each group, and the first items of those whose
//! documentation changed.

use openapi_codegen::code_span;
use openapi_codegen::diff::{Change, Kind};
use openapi_codegen::model::Use;

use super::{Comparison, Group, whom_it_breaks};

impl Comparison {
    /// The Markdown form.
    pub fn markdown(&self) -> String {
        if self.changes.is_empty() {
            return "No changes.\n".to_owned();
        }
        let mut parts = Vec::new();
        for (group, changes) in self.groups() {
            let lines = match group {
                Group::Documentation => {
                    let paths = changes.iter().map(|change| code_span(&change.path));
                    format!("- In other words: {}\n", super::first_of(paths))
                }
                Group::Breaking | Group::Additive | Group::Compatible => bullets(&changes),
            };
            parts.push(format!("### {}\n\n{lines}", group.title()));
        }
        parts.push(format!(
            "Rust: {}. Wire: {}. Next version: {}.\n",
            self.rust(),
            self.wire(),
            self.next_version(),
        ));
        parts.join("\n")
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
    let names: Vec<String> = types.iter().map(|change| code_span(&change.path)).collect();
    let types = (!types.is_empty()).then(|| format!("- New types: {}\n", names.join(", ")));
    bullets.chain(types).collect()
}

/// True for a new type: values of it come with the members that have it.
fn is_new_type(change: &Change) -> bool {
    change.kind == Kind::Added
        && change.old.is_none()
        && change.used == Use::default()
        && !change.path.contains("::")
}
