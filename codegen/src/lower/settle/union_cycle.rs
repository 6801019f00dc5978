//! Unions that are their own alternatives.
//!
//! ```yaml
//! Thing: {oneOf: [{$ref: '#/components/schemas/Thing'}, {type: string}]}   # reference-cycle
//! ```
//!
//! To test whether a value is a `Thing`, a reader would have to test whether it is a `Thing`,
//! without end. With an object or a list in between it terminates, since the inner value is
//! smaller.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::lower::Findings;
use crate::lower::settle::graph::Graph;
use crate::model::{Api, Shape, Type, TypeDef, TypeId};

/// Reports each union that contains itself.
pub(in crate::lower) fn report(api: &Api, document: &Document, findings: &mut Findings) {
    let graph = Graph::new(&api.types, alternatives);
    let circles = graph.circles();
    for (index, def) in api.types.iter().enumerate() {
        let mut next = alternatives(def).into_iter();
        if !next.any(|id| circles[id.0] == circles[index]) {
            continue;
        }
        let Some(at) = document.at(&def.origin) else {
            continue;
        };
        let message = format!("`{}` is one of its own alternatives", def.name.wire());
        let problem = Diagnostic::new(Code::ReferenceCycle, &at, message)
            .at_key()
            .label("only alternatives in between")
            .help("remove the reference to itself from the list, or move it into a property");
        findings.push(problem);
    }
}

/// The types of the alternatives of a union, without lists or objects in between.
fn alternatives(def: &TypeDef) -> Vec<TypeId> {
    match &def.shape {
        Shape::Union(union) => {
            let types = union.variants.iter().map(|variant| &variant.ty);
            types.filter_map(same_value).collect()
        }
        Shape::Struct(_) | Shape::OpenEnum(_) | Shape::Exclusive(_) => Vec::new(),
    }
}

fn same_value(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Option(inner) | Type::Boxed(inner) | Type::OneOrMany(inner) => same_value(inner),
        _ => None,
    }
}
