//! The tag of a union is not a field of its variants.
//!
//! ```yaml
//! Pet: {oneOf: [{$ref: Cat}, {$ref: Dog}], discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}}
//! Cat: {properties: {kind: {type: string}, lives: {type: integer}}}     # struct Cat { lives }, which writes `kind: cat`
//! ```
//!
//! If a type has the same tag value wherever it is a variant, the type writes it, like a constant
//! of its own. If it has several, the union writes that of the variant; a type that is also used
//! elsewhere then keeps its field for those places.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Api, Constant, Rule, Shape, Struct, Tag, TagType, Type, TypeDef, TypeId, Union,
};

use crate::lower::settle::{operation_types, shape_types};

/// A type as a variant of unions with this tag.
type Tagged = (TypeId, String);

/// Removes the fields that unions write.
pub(in crate::lower) fn settle(api: &mut Api) {
    let tagged = tagged(api);
    let uses = uses(api);
    let defaults = defaults(api);
    let without_default = |(tagged, _): &(Tagged, _)| !defaults.contains(tagged);
    for ((id, tag), values) in tagged.into_iter().filter(without_default) {
        let Shape::Struct(object) = &mut api.types[id.0].shape else {
            continue;
        };
        let mut fields = object.fields.iter();
        let Some(field) = fields.position(|field| field.name.wire() == tag) else {
            continue;
        };
        if has_rule(object, field) {
            continue;
        }
        let elsewhere = |used: &Option<String>| used.as_ref() != Some(&tag);
        let is_used_elsewhere = || uses.get(&id).into_iter().flatten().any(elsewhere);
        if values.is_none() && is_used_elsewhere() {
            continue;
        }
        let origin = object.remove_field(field).origin;
        api.untyped.retain(|note| note.pointer != origin);
        match values {
            Some(value) => object.constants.push(Constant {
                wire: tag,
                value,
                origin,
            }),
            None => object.union_tags.push(tag),
        }
    }
    mark_written(api);
}

/// Determines the tags that unions write: those of one value which no constant of the type writes.
fn mark_written(api: &mut Api) {
    let constants: Vec<BTreeSet<String>> = api.types.iter().map(constants).collect();
    for def in &mut api.types {
        let Shape::Union(Union {
            tag: Some(tag),
            variants,
            ..
        }) = &mut def.shape
        else {
            continue;
        };
        for variant in variants {
            let own = variant.ty.named().map(|id| &constants[id.0]);
            let writes_itself = own.is_some_and(|own| own.contains(&tag.wire));
            if let [only] = variant.tags.as_slice()
                && !variant.takes_others
                && !writes_itself
            {
                variant.written_tag = Some(only.clone());
            }
        }
    }
}

fn constants(def: &TypeDef) -> BTreeSet<String> {
    match &def.shape {
        Shape::Struct(object) => {
            let constants = object.constants.iter();
            constants.map(|constant| constant.wire.clone()).collect()
        }
        Shape::Union(_) | Shape::OpenEnum(_) | Shape::Exclusive(_) => BTreeSet::new(),
    }
}

/// The types of variants for any value of the tag. Their values write the tag themselves, if they
/// have one.
fn defaults(api: &Api) -> BTreeSet<Tagged> {
    let unions = api.types.iter().filter_map(|def| match &def.shape {
        Shape::Union(union) => Some(union),
        Shape::Struct(_) | Shape::OpenEnum(_) | Shape::Exclusive(_) => None,
    });
    let defaults = unions.flat_map(|union| {
        let tag = union.tag.as_ref();
        let tag = tag.filter(|tag| tag.ty != TagType::EventName);
        let variants = union.variants.iter().filter(|variant| variant.takes_others);
        variants.filter_map(move |variant| Some((variant.ty.named()?, tag?.wire.clone())))
    });
    defaults.collect()
}

/// The types that are variants, each with its tag value, if there is only one.
fn tagged(api: &Api) -> BTreeMap<Tagged, Option<String>> {
    let mut found: BTreeMap<Tagged, Option<String>> = BTreeMap::new();
    for def in &api.types {
        let Shape::Union(Union {
            tag: Some(tag),
            variants,
            ..
        }) = &def.shape
        else {
            continue;
        };
        if tag.ty == TagType::EventName {
            continue;
        }
        for variant in variants {
            let Type::Named(id) = variant.ty else {
                continue;
            };
            for value in &variant.tags {
                let value = Some(value.clone()).filter(|_| tag.ty == TagType::String);
                let known = found.entry((id, tag.wire.clone()));
                let known = known.or_insert_with(|| value.clone());
                if *known != value {
                    *known = None;
                }
            }
        }
    }
    found
}

/// Each type with its tags at the places of use: `None` where it is not a variant of a union with
/// a tag.
fn uses(api: &mut Api) -> BTreeMap<TypeId, BTreeSet<Option<String>>> {
    let mut uses: BTreeMap<TypeId, BTreeSet<Option<String>>> = BTreeMap::new();
    let mut note = |tag: Option<&Tag>, ty: &mut Type| {
        let tag = tag.filter(|_| matches!(ty, Type::Named(_)));
        if let Some(id) = ty.named() {
            uses.entry(id)
                .or_default()
                .insert(tag.map(|tag| tag.wire.clone()));
        }
    };
    for def in &mut api.types {
        match &mut def.shape {
            Shape::Union(Union { tag, variants, .. }) => variants
                .iter_mut()
                .for_each(|variant| note(tag.as_ref(), &mut variant.ty)),
            shape => shape_types(shape, &mut |ty| note(None, ty)),
        }
    }
    operation_types(&mut api.operations, &mut |ty| note(None, ty));
    uses
}

/// True if a rule refers to the field.
fn has_rule(object: &mut Struct, field: usize) -> bool {
    let mut fields = object.rules.iter_mut().flat_map(Rule::fields_mut);
    fields.any(|found| *found == field)
}
