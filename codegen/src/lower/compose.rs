//! Composes a schema from its parts.
//!
//! ```yaml
//! Photo:
//!   allOf: [{$ref: '#/components/schemas/Image'}]   # the keywords of Image
//!   properties: {camera: {type: string}}            # and one property more
//! ```

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::stack::with_stack;

use super::schema::Schema;
use super::schema::limits;
use super::{Lowering, schema};

/// Maximum steps of composition: a hundred schemas that are composed of each other, with two steps
/// each, `allOf` and `$ref`.
const COMPOSED: usize = 200;

impl<'d> Lowering<'d> {
    /// Merges a reference with its siblings, and all parts of `allOf`, into one schema.
    ///
    /// Many schemas share the same parts, and these share others, so each is composed once.
    pub(super) fn flatten(&mut self, schema: Schema<'d>, seen: &mut Vec<At<'d>>) -> Schema<'d> {
        let simple = schema.reference.is_none() && schema.all_of.is_empty();
        if simple || seen.iter().any(|at| at.pointer() == schema.at.pointer()) {
            return self.flatten_once(schema, seen);
        }
        let pointer = schema.at.pointer().clone();
        if let Some(known) = self.flattened.get(&pointer) {
            return known.clone();
        }
        let flat = with_stack(|| self.flatten_once(schema, seen));
        self.flattened.insert(pointer, flat.clone());
        flat
    }

    fn flatten_once(&mut self, mut schema: Schema<'d>, seen: &mut Vec<At<'d>>) -> Schema<'d> {
        if seen.iter().any(|at| at.pointer() == schema.at.pointer()) {
            let problem = Diagnostic::new(
                Code::ReferenceCycle,
                &schema.at,
                "this schema contains itself by `allOf` or `$ref`",
            )
            .at_key()
            .label("here again")
            .help("let the schema refer to itself in a property instead");
            self.findings.push(problem);
            return schema;
        }
        if seen.len() == COMPOSED {
            self.too_deep(
                &schema.at,
                "more than 100 schemas are composed of each other",
            );
            return schema;
        }
        seen.push(schema.at.clone());
        let own: BTreeSet<&'d str> = schema
            .properties
            .iter()
            .map(|(key, _)| key.name.as_str())
            .collect();
        let reference = schema.reference.take();
        let target = reference.and_then(|reference| self.resolve_schema(&reference));
        let branches = std::mem::take(&mut schema.all_of);
        for part in target.into_iter().chain(branches) {
            let part = Schema::read(&part, &mut self.findings);
            let part = self.flatten(part, seen);
            self.add(&mut schema, part, &own);
        }
        seen.pop();
        schema
    }

    /// Composes a schema with other schemas that apply to the same value.
    pub(super) fn with_others(&mut self, mut schema: Schema<'d>, others: &[At<'d>]) -> Schema<'d> {
        schema.all_of.extend_from_slice(others);
        self.flatten_once(schema, &mut Vec::new())
    }

    /// Adds a part. `own` has the names of members that the schema itself declares.
    pub(super) fn add(&mut self, schema: &mut Schema<'d>, part: Schema<'d>, own: &BTreeSet<&str>) {
        // The schemas that remain in `allOf` are rules.
        schema::join(&mut schema.all_of, part.all_of.clone());
        let has_rule = part.condition.is_some();
        if has_rule {
            schema::join(&mut schema.all_of, vec![part.at.clone()]);
        }
        if !(has_rule && part.says_nothing()) {
            self.merge(schema, part, own);
        }
    }

    fn merge(&mut self, schema: &mut Schema<'d>, part: Schema<'d>, own: &BTreeSet<&str>) {
        let alternatives = |schema: &Schema<'d>| {
            schema
                .any_of
                .iter()
                .chain(&schema.one_of)
                .cloned()
                .collect::<Vec<_>>()
        };
        let (known, more) = (alternatives(schema), alternatives(&part));
        let same = known
            .iter()
            .zip(&more)
            .all(|(one, other)| one.pointer() == other.pointer());
        if !(known.is_empty() || more.is_empty() || (same && known.len() == more.len())) {
            let message = "two sets of alternatives apply at once";
            let problem = Diagnostic::new(Code::UnsupportedSchema, &part.at, message)
                .label("the second set")
                .help("write the combinations as one `anyOf` or `oneOf`");
            self.findings.push(problem);
        }
        let part_at = part.at.clone();
        let places = (schema.types_at.clone(), part.types_at.clone());
        let typed = !(schema.types.is_empty() || part.types.is_empty());
        let values = (schema.values.clone(), part.values.clone());
        schema.merge(part, own);
        for at in [&schema.at, &part_at] {
            limits::check_order(at, &schema.limits, &mut self.findings);
        }
        if typed && schema.types.is_empty() {
            let (first, second) = (places.0.as_ref(), places.1.as_ref().unwrap_or(&part_at));
            self.nothing_in_common(first, second, "type");
        }
        if let (Some(known), Some(more)) = values
            && schema.values.as_ref().is_some_and(Vec::is_empty)
        {
            let (first, second) = (self.listing(&known), self.listing(&more));
            self.nothing_in_common(first.as_ref(), second.as_ref().unwrap_or(&part_at), "value");
            schema.values = Some(known);
        }
    }

    /// Reports two places that apply at once and have no value in common.
    fn nothing_in_common(&mut self, first: Option<&At<'d>>, second: &At<'d>, what: &str) {
        let first = first.map_or_else(String::new, |at| format!(" with `#{}`", at.pointer()));
        let message = format!("no value is valid here: this has no {what} in common{first}");
        let problem = Diagnostic::new(Code::UnsupportedSchema, second, message);
        let help =
            format!("list both in `anyOf`, or let all parts of `allOf` have a {what} in common");
        self.findings
            .push(problem.label(format!("no common {what}")).help(help));
    }

    /// The `enum` or `const` that lists the values.
    fn listing(&self, values: &[At<'d>]) -> Option<At<'d>> {
        let first = values.first()?;
        let list = first.pointer().parent()?;
        if list.segments().next_back().as_deref() == Some("enum") {
            return self.document.at(&list);
        }
        Some(first.clone())
    }
}
