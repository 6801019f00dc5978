//! `Validate`: a line for each bounded field, and one for each rule.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{
    Api, Bound, Condition, Demand, Field, Limits, Rest, Rule, Statement, Struct, Type, TypeDef,
    Union, Variant, Wrapper,
};
use crate::spelling::{ident, type_ident};

use super::tokens::{grouped, number};

/// Checks of a struct.
pub(super) fn structure(api: &Api, def: &TypeDef, object: &Struct) -> TokenStream {
    let fields = object.fields.iter().filter_map(|field| {
        let (name, wire) = (ident(field.name.rust()), field.name.wire());
        let bounds = bounds(api, &field.ty, &field.limits)?;
        Some(quote! { checker.field(#wire, &self.#name, #bounds); })
    });
    let further = match &object.rest {
        Rest::Map(ty) => bounds(api, ty, object.limits.of_each())
            .map(|bounds| quote! { checker.value(&self.additional, bounds::Each(#bounds)); }),
        Rest::Ignored | Rest::Extra => None,
    };
    let rules = object
        .rules
        .iter()
        .map(|rule| rule_tokens(api, object, rule));
    let checks: Vec<TokenStream> = fields.chain(further).chain(rules).collect();
    implementation(&type_ident(def), &checks)
}

/// Checks of the only member.
pub(super) fn exclusive(api: &Api, def: &TypeDef, variants: &[Variant]) -> TokenStream {
    let arms = variants.iter().filter_map(|variant| {
        let (name, wire) = (ident(variant.name.rust()), variant.name.wire());
        let bounds = bounds(api, &variant.ty, &variant.limits)?;
        Some(quote! { Self::#name(value) => checker.field(#wire, value, #bounds), })
    });
    of_variants(&type_ident(def), arms, variants.len())
}

/// Checks of the variant.
pub(super) fn union(api: &Api, def: &TypeDef, union: &Union) -> TokenStream {
    let arms = union.variants.iter().filter_map(|variant| {
        let name = ident(variant.name.rust());
        let bounds = bounds(api, &variant.ty, &variant.limits)?;
        Some(quote! { Self::#name(value) => checker.value(value, #bounds), })
    });
    // One more for `Unknown`.
    of_variants(&type_ident(def), arms, union.variants.len() + 1)
}

/// `Validate` for an enum with this number of variants, from the checks of those that have any.
pub(super) fn of_variants(
    name: &Ident,
    arms: impl Iterator<Item = TokenStream>,
    count: usize,
) -> TokenStream {
    let arms: Vec<TokenStream> = arms.collect();
    if arms.is_empty() {
        return implementation(name, &[]);
    }
    let others = (arms.len() < count).then(|| quote! { _ => {} });
    implementation(name, &[quote! { match self { #(#arms)* #others } }])
}

fn implementation(name: &Ident, checks: &[TokenStream]) -> TokenStream {
    if checks.is_empty() {
        return quote! { impl Validate for #name {} };
    }
    quote! {
        impl Validate for #name {
            fn check(&self, checker: &mut violation::Checker) {
                #(#checks)*
            }
        }
    }
}

/// The bounds of a value; `None` if there are none:
/// `(bounds::Items(1..), bounds::Each(bounds::Length(..=64)))`.
pub(super) fn bounds(api: &Api, ty: &Type, limits: &Limits) -> Option<TokenStream> {
    let mut all = own_bounds(ty, limits);
    match ty {
        Type::List(inner) | Type::OneOrMany(inner) | Type::Map(inner) => {
            let each = bounds(api, inner, limits.of_each());
            all.extend(each.map(|each| quote! { bounds::Each(#each) }));
        }
        Type::Option(inner) | Type::Boxed(inner) => all.extend(bounds(api, inner, limits)),
        Type::Named(id) if api.get(*id).is_bounded => all.push(quote! { bounds::Nested }),
        _ => {}
    }
    match all.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        all => Some(quote! { (#(#all),*) }),
    }
}

/// Bounds of the value itself, not of its items.
fn own_bounds(ty: &Type, limits: &Limits) -> Vec<TokenStream> {
    let mut all = Vec::new();
    match ty {
        Type::I32 | Type::I64 | Type::U64 | Type::F64 => {
            let (minimum, maximum) = (limits.minimum.as_ref(), limits.maximum.as_ref());
            if minimum.is_some() || maximum.is_some() {
                let range = number_range(minimum, maximum, ty);
                all.push(quote! { bounds::Range(#range) });
            } else if *ty == Type::F64 {
                all.push(quote! { bounds::Finite });
            }
            if let Some(divisor) = &limits.multiple_of {
                let divisor = number(divisor, ty);
                all.push(quote! { bounds::MultipleOf(#divisor) });
            }
        }
        Type::String | Type::Uri | Type::Base64 | Type::Named(_) => {
            let range = count_range(limits.min_length, limits.max_length);
            all.extend(range.map(|range| quote! { bounds::Length(#range) }));
        }
        Type::File => {
            let range = count_range(limits.min_length, limits.max_length);
            all.extend(range.map(|range| quote! { bounds::Bytes(#range) }));
        }
        Type::List(_) | Type::OneOrMany(_) | Type::Map(_) => {
            let range = count_range(limits.min_items, limits.max_items);
            all.extend(range.map(|range| quote! { bounds::Items(#range) }));
            if limits.unique && matches!(ty, Type::List(_)) {
                all.push(quote! { bounds::Unique });
            }
        }
        Type::Bool | Type::Text | Type::Json | Type::Option(_) | Type::Boxed(_) => {}
    }
    all
}

fn number_range(minimum: Option<&Bound>, maximum: Option<&Bound>, ty: &Type) -> TokenStream {
    // An unbounded number is still finite: JSON has no infinite numbers.
    let finite = |bound: TokenStream| (*ty == Type::F64).then_some(bound);
    let least = minimum
        .map(|bound| number(&bound.number, ty))
        .or_else(|| finite(quote! { f64::MIN }));
    let most = maximum
        .map(|bound| number(&bound.number, ty))
        .or_else(|| finite(quote! { f64::MAX }));
    match (minimum, maximum) {
        (Some(bound), _) if bound.exclusive => {
            let end = match maximum {
                None if most.is_none() => quote! { std::ops::Bound::Unbounded },
                Some(bound) if bound.exclusive => quote! { std::ops::Bound::Excluded(#most) },
                _ => quote! { std::ops::Bound::Included(#most) },
            };
            quote! { (std::ops::Bound::Excluded(#least), #end) }
        }
        (_, Some(bound)) if bound.exclusive => quote! { #least..#most },
        _ if most.is_some() => quote! { #least..=#most },
        _ => quote! { #least.. },
    }
}

fn count_range(least: Option<u64>, most: Option<u64>) -> Option<TokenStream> {
    let least = least.map(grouped);
    match (least, most.map(grouped)) {
        (None, None) => None,
        (least, Some(most)) => Some(quote! { #least..=#most }),
        (least, None) => Some(quote! { #least.. }),
    }
}

/// The condition of a rule, and a check for each of its demands.
fn rule_tokens(api: &Api, object: &Struct, rule: &Rule) -> TokenStream {
    let applies = (!rule.when.is_empty()).then(|| {
        let when = all_of(api, object, &rule.when);
        quote! { let applies = #when; }
    });
    // `&&` binds tighter than `||`, so alternatives need no brackets.
    let otherwise = applies.as_ref().map(|_| quote! { !applies || });
    let message = &rule.message;
    let demands = rule.then.iter().map(|demand| match demand {
        Demand::Member { field, tests } => {
            let wire = object.fields[*field].name.wire();
            let condition = |test: &Statement| Condition {
                field: *field,
                test: test.clone(),
            };
            let conditions: Vec<Condition> = tests.iter().map(condition).collect();
            let holds = all_of(api, object, &conditions);
            quote! { checker.rule_at(#wire, #otherwise #holds, #message); }
        }
        Demand::Whole(sets) => {
            let sets = sets.iter().map(|set| all_of(api, object, set));
            quote! { checker.rule(#otherwise #(#sets)||*, #message); }
        }
    });
    quote! { #applies #(#demands)* }
}

/// A conjunction. Statements about a member that must be present test its value.
fn all_of(api: &Api, object: &Struct, conditions: &[Condition]) -> TokenStream {
    let is_present = |field: usize| {
        conditions
            .iter()
            .any(|other| other.field == field && other.test == Statement::Present)
    };
    let states_more = |field: usize| {
        conditions
            .iter()
            .any(|other| other.field == field && matches!(other.test, Statement::OneOf(_)))
    };
    let terms = conditions
        .iter()
        .filter(|condition| condition.test != Statement::Present || !states_more(condition.field));
    let terms: Vec<TokenStream> = terms
        .map(|condition| {
            let field = &object.fields[condition.field];
            condition_tokens(api, field, &condition.test, is_present(condition.field))
        })
        .collect();
    if terms.is_empty() {
        quote! { true }
    } else {
        quote! { #(#terms)&&* }
    }
}

fn condition_tokens(api: &Api, field: &Field, test: &Statement, present: bool) -> TokenStream {
    let name = ident(field.name.rust());
    match test {
        Statement::Present => presence(field, &name, true),
        Statement::Absent => presence(field, &name, false),
        Statement::OneOf(values) => {
            let matches = quote! { matches!(value.as_str(), #(#values)|*) };
            let question = ident(if present { "is_some_and" } else { "is_none_or" });
            match field.wrapper {
                Wrapper::Plain => quote! { matches!(self.#name.as_str(), #(#values)|*) },
                Wrapper::Option => quote! { self.#name.as_ref().#question(|value| #matches) },
                Wrapper::Nullable => quote! { self.#name.value().#question(|value| #matches) },
            }
        }
        Statement::Within(limits) => match bounds(api, &field.ty, limits) {
            Some(bounds) => quote! { violation::holds(&self.#name, #bounds) },
            None => quote! { true },
        },
    }
}

fn presence(field: &Field, name: &Ident, present: bool) -> TokenStream {
    match (field.wrapper, present) {
        (Wrapper::Plain, _) => quote! { #present },
        (Wrapper::Option, true) => quote! { self.#name.is_some() },
        (Wrapper::Option, false) => quote! { self.#name.is_none() },
        (Wrapper::Nullable, true) => quote! { self.#name.value().is_some() },
        (Wrapper::Nullable, false) => quote! { self.#name.value().is_none() },
    }
}
