//! `anyOf` and `oneOf`: nullable types, open enums, one or many, and enums over types.
//!
//! ```yaml
//! anyOf:
//! - $ref: '#/components/schemas/ImageEditPartialImageEvent'   # type: {enum: [image_edit.partial_image]}
//! - $ref: '#/components/schemas/ImageEditCompletedEvent'      # type: {enum: [image_edit.completed]}
//! discriminator: {propertyName: type}
//! ```
//!
//! becomes `enum { PartialImage(…), Completed(…), Unknown(…) }`; `tag` finds the values of each
//! variant.

use crate::document::At;
use crate::model::{Limits, Name, Shape, Tag, TagType, Test, Type, Union, Variant};

use crate::lower::names::name;
use crate::lower::schema::Schema;
use crate::lower::schema::event::Mark;
use crate::lower::schema::json_type::JsonType;
use crate::lower::schema::tag::Tagged;
use crate::lower::schema::types::ONLY_NULL;
use crate::lower::schema::variant::without_common_prefix;
use crate::lower::schema::{alternative_name, limits};
use crate::lower::{Lowered, Lowering, Place};
use crate::stack::with_stack;

/// A branch that is not null, with its keywords merged.
#[derive(Clone)]
pub(in crate::lower) struct Branch<'d> {
    pub(in crate::lower) at: At<'d>,
    /// The target of the branch, or the branch itself.
    pub(in crate::lower) target: At<'d>,
    pub(in crate::lower) schema: Schema<'d>,
    /// True if the schema is already composed with the members beside the branch.
    pub(in crate::lower) is_whole: bool,
}

/// An alternative with its mark, if it has one (`x-stream-error`, `x-stream-last`).
pub(in crate::lower) type Marked<'b, 'd> = (&'b Branch<'d>, Option<Mark>);

/// Lowers the payload of a variant for these alternatives.
pub(in crate::lower) type Payload<'p, 'd> =
    dyn FnMut(&mut Lowering<'d>, &[&Branch<'d>], &Place) -> Lowered + 'p;

/// The alternatives without the API's error, which is not a value.
pub(in crate::lower) fn without_errors<'b, 'd>(
    marked: &[Marked<'b, 'd>],
) -> impl Iterator<Item = &'b Branch<'d>> {
    let values = marked.iter().filter(|(_, mark)| *mark != Some(Mark::Error));
    values.map(|(branch, _)| *branch)
}

impl<'d> Lowering<'d> {
    pub(in crate::lower) fn union(&mut self, schema: &Schema<'d>, place: &Place) -> Lowered {
        let listed = if schema.any_of.is_empty() {
            &schema.one_of
        } else {
            &schema.any_of
        };
        if !(schema.any_of.is_empty() || schema.one_of.is_empty()) {
            self.two_sets(schema);
        }
        let branches: Vec<Branch<'d>> = listed.iter().map(|at| self.branch(at)).collect();
        let mut nullable = schema.nullable;
        for at in listed {
            nullable |= self.admits_null(at);
        }
        let values: Vec<Branch<'d>> = branches
            .into_iter()
            .filter(|branch| !branch.schema.null_only)
            .collect();
        let lowered = match values.as_slice() {
            [] => Lowered::of(self.findings.untyped(&schema.at, ONLY_NULL)),
            [only] => {
                self.note_only_alternative(schema);
                self.lower(&only.at, place)
            }
            _ => self.several(schema, &values, place),
        };
        Lowered {
            nullable: nullable || lowered.nullable,
            limits: limits::tighter(&lowered.limits, &schema.limits),
            ty: lowered.ty,
        }
    }

    pub(in crate::lower) fn branch(&mut self, at: &At<'d>) -> Branch<'d> {
        let own = Schema::read(at, &mut self.findings);
        let target = self.wrapped(&own).unwrap_or_else(|| at.clone());
        let mut schema = self.flatten(own, &mut Vec::new());
        self.leave_inherited_out(&mut schema, target.pointer());
        Branch {
            at: at.clone(),
            target,
            schema,
            is_whole: false,
        }
    }

    /// Lowers an alternative. If it is composed with the members beside it, it gets a type of its
    /// own.
    pub(in crate::lower) fn lower_branch(&mut self, branch: &Branch<'d>, place: &Place) -> Lowered {
        if !branch.is_whole {
            return self.lower(&branch.at, place);
        }
        let place = Place {
            is_alternative: true,
            ..self.pin(&branch.at, place)
        };
        with_stack(|| self.lower_schema(&branch.schema, &place))
    }

    pub(in crate::lower) fn several(
        &mut self,
        schema: &Schema<'d>,
        branches: &[Branch<'d>],
        place: &Place,
    ) -> Lowered {
        if branches
            .iter()
            .all(|branch| is_plain_string(&branch.schema))
        {
            let branches: Vec<&Branch<'d>> = branches.iter().collect();
            return self.strings(schema, &branches, place);
        }
        let numeric = |branch: &Branch<'_>| {
            matches!(
                branch.schema.single_type(),
                Some(JsonType::Integer | JsonType::Number)
            )
        };
        if branches
            .iter()
            .all(|branch| numeric(branch) && branch.schema.values.is_none())
        {
            return Lowered::of(Type::F64);
        }
        if let Some(lowered) = self.one_or_many(branches, place) {
            return lowered;
        }
        match self.tag(schema, branches) {
            Some(tag) => self.tagged(schema, &tag, branches, place),
            None => self.untagged(schema, branches, place),
        }
    }

    /// Strings with or without listed values: an open enum, or any string.
    fn strings(&mut self, schema: &Schema<'d>, branches: &[&Branch<'d>], place: &Place) -> Lowered {
        let listed = branches
            .iter()
            .filter_map(|branch| branch.schema.values.clone());
        let values: Vec<At<'d>> = listed.flatten().collect();
        if values.is_empty() {
            return Lowered::of(Type::String);
        }
        let others = branches.iter().any(|branch| branch.schema.values.is_none());
        let values = first_of_each(values);
        let mut limits = limits::left(&schema.limits);
        for branch in branches {
            let own = limits::left(&branch.schema.limits);
            limits = limits::tighter(&limits, &own);
        }
        Lowered {
            limits,
            ..Lowered::of(self.open_enum(&schema.at, &values, others, place))
        }
    }

    fn tagged(
        &mut self,
        schema: &Schema<'d>,
        tag: &str,
        branches: &[Branch<'d>],
        place: &Place,
    ) -> Lowered {
        let marked = branches.iter().map(|branch| (branch, self.mark(branch)));
        let marked: Vec<Marked<'_, 'd>> = marked.collect();
        let (ty, tagged) = self.tags(schema, tag, without_errors(&marked));
        if ty != TagType::String {
            self.refuse_marks(branches);
        }
        let tag = Tag {
            wire: tag.to_owned(),
            ty,
        };
        let payload = &mut |lowering: &mut Self, members: &[&Branch<'d>], place: &Place| {
            if let [branch] = members {
                return lowering.lower_branch(branch, place);
            }
            // Alternatives with the same tag are distinguished by their members.
            let place = Place {
                is_alternative: true,
                ..place.clone()
            };
            let members: Vec<Branch<'d>> = members.iter().copied().cloned().collect();
            lowering.untagged(schema, &members, &place)
        };
        self.tagged_union(schema, tag, tagged, &marked, place, payload)
    }

    /// The union of alternatives with known tags, each with its payload.
    pub(in crate::lower) fn tagged_union(
        &mut self,
        schema: &Schema<'d>,
        tag: Tag,
        tagged: Vec<Tagged<'_, 'd>>,
        marked: &[Marked<'_, 'd>],
        place: &Place,
        payload: &mut Payload<'_, 'd>,
    ) -> Lowered {
        let error = marked.iter().find(|(_, mark)| *mark == Some(Mark::Error));
        let mut wires = Vec::new();
        for Tagged { tags, members, .. } in &tagged {
            wires.push(match (tags.as_slice(), members.as_slice()) {
                ([only], _) => only.clone(),
                ([], [branch, ..]) if tag.ty == TagType::EventName => self.unnamed_event(branch),
                (_, [branch, ..]) => self.branch_name(branch),
                _ => String::new(),
            });
        }
        let short = without_common_prefix(&wires);
        let names = name::scope(name::Kind::Variant, &short);
        let mut variants = Vec::new();
        let wires = wires.into_iter().zip(short).zip(names);
        for (tagged, ((wire, short), name)) in tagged.into_iter().zip(wires) {
            let Tagged {
                tags,
                members,
                takes_others,
            } = tagged;
            let (branch, name) = match members.as_slice() {
                [] => continue,
                [branch] => {
                    let extension = "x-rust-variant";
                    let name = self.renamed(&branch.target, name, name::Kind::Variant, extension);
                    (*branch, name)
                }
                [first, ..] => (*first, name),
            };
            let lowered = payload(self, &members, &place.member(&short));
            let name = Name {
                wire,
                rust: name.rust,
            };
            let is_last = |(other, mark): &Marked<'_, 'd>| {
                members.iter().any(|member| std::ptr::eq(*other, *member))
                    && *mark == Some(Mark::Last)
            };
            variants.push(Variant {
                takes_others,
                tags,
                ends_stream: marked.iter().any(is_last),
                ..self.variant(branch, name, lowered)
            });
        }
        self.check_variants(schema, &variants);
        let error = error.map(|(branch, _)| {
            let lowered = payload(self, &[*branch], &place.member("error"));
            self.error_event(schema, &tag, branch, lowered)
        });
        let union = Union {
            error,
            ..Union::new(Some(tag), variants)
        };
        let doc = self.doc(&schema.at);
        Lowered::of(
            self.registry
                .define(&schema.at, place, Shape::Union(union), doc),
        )
    }

    fn untagged(&mut self, schema: &Schema<'d>, branches: &[Branch<'d>], place: &Place) -> Lowered {
        self.refuse_marks(branches);
        // Strings cannot be distinguished: together they are one variant.
        let is_string = |branch: &&Branch<'d>| is_plain_string(&branch.schema);
        let strings: Vec<&Branch<'d>> = branches.iter().filter(is_string).collect();
        let first_string = strings.first().map(|branch| branch.at.pointer().clone());
        let merged = strings.len() > 1;
        let kept = branches.iter().filter(|branch| {
            !(merged && is_string(branch)) || Some(branch.at.pointer()) == first_string.as_ref()
        });
        let kept = alternative_name::distinct(kept.collect());
        if let [only] = kept.as_slice()
            && !merged
        {
            return self.lower_branch(only.branch, place);
        }
        let listed: Vec<&Branch<'d>> = kept.iter().map(|kept| kept.branch).collect();
        let mut values = self.listed_values(&listed).into_iter();
        let mut wires = self.alternative_names(&listed);
        for (branch, wire) in listed.iter().zip(&mut wires) {
            if merged && is_string(branch) {
                "String".clone_into(wire);
            }
        }
        let names = name::scope(name::Kind::Variant, &wires);
        let mut variants = Vec::new();
        for (alternative, name) in kept.into_iter().zip(names) {
            let branch = alternative.branch;
            let name = self.renamed(&branch.at, name, name::Kind::Variant, "x-rust-variant");
            let place = place.member(name.rust());
            let mut lowered = if merged && is_string(&branch) {
                let place = Place {
                    is_alternative: true,
                    ..place
                };
                self.strings(schema, &strings, &place)
            } else {
                self.lower_branch(branch, &place)
            };
            if alternative.is_merged {
                lowered.limits = Limits::default();
            }
            let mut variant = self.variant(branch, name, lowered);
            variant.test.listed = values.next().flatten();
            variants.push(variant);
        }
        self.check_variants(schema, &variants);
        let union = Union::new(None, variants);
        let doc = self.doc(&schema.at);
        Lowered::of(
            self.registry
                .define(&schema.at, place, Shape::Union(union), doc),
        )
    }

    fn check_variants(&mut self, schema: &Schema<'d>, variants: &[Variant]) {
        let names: Vec<Name> = variants
            .iter()
            .map(|variant| variant.name.clone())
            .collect();
        self.check_distinct(&schema.at, &names, "x-rust-variant");
    }

    /// A union over the types of `type: [string, integer]`.
    pub(in crate::lower) fn union_of_types(
        &mut self,
        schema: &Schema<'d>,
        payloads: Vec<(JsonType, Lowered)>,
        place: &Place,
    ) -> Lowered {
        let variants = payloads.into_iter().map(|(json_type, lowered)| {
            let name = Name::of(name::Kind::Variant, json_type.as_str());
            let value = (lowered.ty, lowered.limits);
            let test = Test::of(json_type.into());
            Variant::new(name, value, test, schema.at.pointer().clone())
        });
        let union = Union::new(None, variants.collect());
        let doc = self.doc(&schema.at);
        Lowered::of(
            self.registry
                .define(&schema.at, place, Shape::Union(union), doc),
        )
    }
}

/// A string without an encoding of its own.
pub(in crate::lower) fn is_plain_string(schema: &Schema<'_>) -> bool {
    let is_string = match schema.single_type() {
        Some(json_type) => json_type == JsonType::String,
        None => {
            schema.types.is_empty()
                && schema
                    .values
                    .as_ref()
                    .is_some_and(|values| values.iter().all(|at| at.as_str().is_some()))
        }
    };
    is_string && !schema.base64 && schema.format != Some("binary")
}

fn first_of_each<'d>(values: Vec<At<'d>>) -> Vec<At<'d>> {
    let mut kept: Vec<At<'d>> = Vec::new();
    for value in values {
        if !kept.iter().any(|known| known.as_str() == value.as_str()) {
            kept.push(value);
        }
    }
    kept
}
