//! Alternatives without a tag: finds tests that exclude all others, and unions that rank several
//! matches.
//!
//! ```yaml
//! anyOf: [{type: string}, {type: integer}]                # each is alone
//! anyOf: [{properties: {x: …}}, {properties: {y: …}}]     # ranked: an object may match both
//! ```

use crate::model::{Api, Shape, Test, ValueKind, Variant};

/// Marks the variants of unions whose tests exclude all other variants.
pub(in crate::lower) fn settle(api: &mut Api) {
    for def in &mut api.types {
        let Shape::Union(union) = &mut def.shape else {
            continue;
        };
        let tests: Vec<Test> = union.variants.iter().map(|one| one.test.clone()).collect();
        for variant in &mut union.variants {
            let same = tests.iter().filter(|other| overlaps(other, &variant.test));
            variant.is_alone = same.count() == 1;
        }
        union.is_ranked = union.tag.is_none() && is_ranked(&union.variants);
    }
}

/// True if several variants may match one object, and name different members.
fn is_ranked(variants: &[Variant]) -> bool {
    let rivals = variants.iter().filter(|variant| {
        let is_object = variant.test.kind == ValueKind::Object || !variant.test.named.is_empty();
        is_object && !variant.is_alone
    });
    let mut kept = rivals.map(|variant| (&variant.test.named, variant.test.keeps_others));
    let first = kept.next();
    kept.any(|other| Some(other) != first)
}

/// True if some value may pass both tests.
fn overlaps(one: &Test, other: &Test) -> bool {
    let numbers = [ValueKind::Integer, ValueKind::Number];
    let kinds = one.kind == other.kind
        || one.kind == ValueKind::Any
        || other.kind == ValueKind::Any
        || (numbers.contains(&one.kind) && numbers.contains(&other.kind));
    let apart = one.constants.iter().any(|constant| {
        let mut others = other.constants.iter();
        others.any(|same| same.wire == constant.wire && same.value != constant.value)
    });
    kinds && !apart
}
