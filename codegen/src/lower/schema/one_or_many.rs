//! A value or a list of such values.
//!
//! ```yaml
//! anyOf: [{type: string}, {type: array, items: {type: string}}]   # OneOrMany(String)
//! ```

use crate::model::{Limits, Type};

use crate::lower::schema::Schema;
use crate::lower::schema::json_type::JsonType;
use crate::lower::schema::union::Branch;
use crate::lower::{Lowered, Lowering, Place};

impl<'d> Lowering<'d> {
    /// The type, if the alternatives are a schema and a list of that schema.
    pub(in crate::lower) fn one_or_many(
        &mut self,
        branches: &[Branch<'d>],
        place: &Place,
    ) -> Option<Lowered> {
        let [one, many] = branches else { return None };
        let (one, many) = if is_array(&one.schema) {
            (many, one)
        } else {
            (one, many)
        };
        if is_array(&one.schema) || !is_array(&many.schema) {
            return None;
        }
        let items = many.schema.items.clone()?;
        let item = self.branch(&items);
        let is_same = item.target.pointer() == one.target.pointer();
        if !is_same && !is_same_scalar(&one.schema, &item.schema) {
            return None;
        }
        if self.admits_null(&one.at) || self.admits_null(&items) {
            return None;
        }
        let one = self.lower(&one.at, &place.member("item"));
        let each = one.limits.boxed();
        let limits = Limits {
            each,
            ..many.schema.limits.clone()
        };
        Some(Lowered {
            limits,
            ..Lowered::of(Type::OneOrMany(Box::new(one.ty)))
        })
    }
}

/// True if two schemas of scalars are equivalent.
fn is_same_scalar(one: &Schema<'_>, other: &Schema<'_>) -> bool {
    let is_scalar = |schema: &Schema<'_>| {
        let alternatives = schema.any_of.iter().chain(&schema.one_of);
        !schema.is_object() && !is_array(schema) && alternatives.count() == 0
    };
    let texts = |schema: &Schema<'_>| {
        let values = schema.values.iter().flatten();
        values
            .map(|value| value.node().to_json())
            .collect::<Vec<_>>()
    };
    is_scalar(one)
        && is_scalar(other)
        && one.types == other.types
        && one.format == other.format
        && one.base64 == other.base64
        && one.limits == other.limits
        && texts(one) == texts(other)
}

fn is_array(schema: &Schema<'_>) -> bool {
    schema.single_type() == Some(JsonType::Array)
}
