//! Finds the operations that can be generated, if not all can.
//!
//! ```yaml
//! paths:
//!   /lamps:        # JSON: generated
//!   /lamps/log:    # schema: false: left out, with the problem
//! ```

use super::{lower, operations};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::model::Layout;

/// The operations that can be generated, and the others.
#[derive(Clone, Debug, Default)]
pub struct Supported {
    /// Ids of the supported operations, in the order of the document or of the selection.
    pub operations: Vec<String>,
    /// The other operations, in the same order.
    pub left_out: Vec<LeftOut>,
}

/// An operation that cannot be generated.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The id of the operation.
    pub operation: String,
    /// The errors that the operation reaches.
    pub problems: Diagnostics,
}

/// Sorts the operations with these ids. Without ids, sorts all operations.
///
/// # Errors
///
/// Every problem that the operations reach, if none of them can be generated, or if an error does
/// not belong to a single operation: an error of the whole document, of a path, or of two
/// operations together.
pub fn supported(document: &Document, selected: &[String]) -> Result<Supported, Diagnostics> {
    let ids = if selected.is_empty() {
        let listed = operations(document)?.into_iter();
        listed.map(|operation| operation.id).collect()
    } else {
        selected.to_vec()
    };
    let mut found = Supported::default();
    let Err(problems) = lower(document, selected, Layout::Flat) else {
        found.operations = ids;
        return Ok(found);
    };
    found.halves(document, &ids);
    let is_explained = |problem: &Diagnostic| {
        let mut left_out = found.left_out.iter();
        !problem.is_error() || left_out.any(|one| one.problems.iter().any(|own| own == problem))
    };
    if found.operations.is_empty() || !problems.iter().all(is_explained) {
        return Err(problems);
    }
    Ok(found)
}

impl Supported {
    /// Tries the operations together and halves the list on failure, since one operation may take
    /// as long as all of them.
    fn add(&mut self, document: &Document, ids: &[String]) {
        let Err(problems) = lower(document, ids, Layout::Flat) else {
            self.operations.extend_from_slice(ids);
            return;
        };
        match (ids, problems.only(Diagnostic::is_error)) {
            ([id], Some(problems)) => self.left_out.push(LeftOut {
                operation: id.clone(),
                problems,
            }),
            _ => self.halves(document, ids),
        }
    }

    fn halves(&mut self, document: &Document, ids: &[String]) {
        let (first, second) = ids.split_at(ids.len().div_ceil(2));
        for half in [first, second] {
            if !half.is_empty() {
                self.add(document, half);
            }
        }
    }
}
