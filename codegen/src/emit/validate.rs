//! `Validate`: a line for each bounded field, and one for each rule.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{
    Api, Bound, Condition, Demand, Field, Limits, Rest, Rule, Shape, Statement, Struct, Type,
    TypeDef, Union, Variant, Wrapper,
};
use crate::spelling::{ident, type_ident, type_tokens};

use super::tokens::{grouped, number};

/// Checks of a struct.
pub fn structure(api: &Api, def: &TypeDef, object: &Struct) -> TokenStream {
    let fields = object.fields.iter().filter_map(|field| {
        let (name, wire) = (ident(field.name.rust()), field.name.wire());
        let check = closure(api, &field.ty, &field.limits)?;
        Some(quote! { checker.field(#wire, &self.#name, #check); })
    });
    let further = match &object.rest {
        Rest::Map(ty) => {
            let each = object.limits.each.as_deref().cloned().unwrap_or_default();
            let check = closure(api, ty, &each);
            check.map(|check| quote! { checker.each(&self.additional, #check); })
        }
        Rest::Ignored | Rest::Extra => None,
    };
    let rules = object
        .rules
        .iter()
        .map(|rule| rule_tokens(api, object, rule));
    let checks: Vec<TokenStream> = fields.chain(further).chain(rules).collect();
    implementation(def, &checks)
}

/// Checks of the one member.
pub fn exclusive(api: &Api, def: &TypeDef, variants: &[Variant]) -> TokenStream {
    let checks: Vec<_> = variants
        .iter()
        .map(|variant| checks(api, &variant.ty, &variant.limits))
        .collect();
    if checks.iter().all(Vec::is_empty) {
        return implementation(def, &[]);
    }
    let arms = variants.iter().zip(checks).map(|(variant, checks)| {
        let (name, wire) = (ident(variant.name.rust()), variant.name.wire());
        if checks.is_empty() {
            quote! { Self::#name(_) => {} }
        } else {
            quote! { Self::#name(value) => checker.at(#wire, |at| { #(#checks)* }), }
        }
    });
    implementation(def, &[quote! { match self { #(#arms)* } }])
}

/// Checks of the variant.
pub fn union(api: &Api, def: &TypeDef, union: &Union) -> TokenStream {
    let arms = union.variants.iter().filter_map(|variant| {
        let name = ident(variant.name.rust());
        let check = closure(api, &variant.ty, &variant.limits)?;
        Some(quote! { Self::#name(value) => checker.each(value, #check), })
    });
    let arms: Vec<TokenStream> = arms.collect();
    if arms.is_empty() {
        return implementation(def, &[]);
    }
    implementation(def, &[quote! { match self { #(#arms)* _ => {} } }])
}

fn implementation(def: &TypeDef, checks: &[TokenStream]) -> TokenStream {
    let name = type_ident(def);
    let checker = ident(if checks.is_empty() {
        "_checker"
    } else {
        "checker"
    });
    quote! {
        impl Validate for #name {
            fn check(&self, #checker: &mut violation::Checker) {
                #(#checks)*
            }
        }
    }
}

/// `|at, value: &T| …`, or `None` where there is nothing to check.
pub(super) fn closure(api: &Api, ty: &Type, limits: &Limits) -> Option<TokenStream> {
    let checks = checks(api, ty, limits);
    let exact = type_tokens(api, ty);
    match checks.as_slice() {
        [] => None,
        [only] => {
            let only = expression(only);
            Some(quote! { |at, value: &#exact| #only })
        }
        all => Some(quote! { |at, value: &#exact| { #(#all)* } }),
    }
}

/// A statement less its semicolon.
fn expression(statement: &TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = statement.clone().into_iter().collect();
    if matches!(tokens.last(), Some(proc_macro2::TokenTree::Punct(punct)) if punct.as_char() == ';')
    {
        tokens.pop();
    }
    tokens.into_iter().collect()
}

/// Statements that check `value`, a reference to the type, at `at`.
fn checks(api: &Api, ty: &Type, limits: &Limits) -> Vec<TokenStream> {
    let mut statements = own_checks(ty, limits);
    let each = limits.each.as_deref().cloned().unwrap_or_default();
    match ty {
        Type::List(inner) | Type::OneOrMany(inner) | Type::Map(inner) | Type::Option(inner) => {
            let limits = if matches!(ty, Type::Option(_)) {
                limits
            } else {
                &each
            };
            if let Some(check) = closure(api, inner, limits) {
                statements.push(quote! { at.each(value, #check); });
            }
        }
        Type::Boxed(inner) => {
            if let Some(check) = closure(api, inner, limits) {
                statements.push(quote! { at.each(&**value, #check); });
            }
        }
        Type::Named(id) if !matches!(api.get(*id).shape, Shape::OpenEnum(_)) => {
            statements.push(quote! { Validate::check(value, at); });
        }
        _ => {}
    }
    statements
}

/// Checks of the value itself, not of its items.
fn own_checks(ty: &Type, limits: &Limits) -> Vec<TokenStream> {
    let mut statements = Vec::new();
    match ty {
        Type::I32 | Type::I64 | Type::U64 | Type::F64 => {
            if *ty == Type::F64 || limits.minimum.is_some() || limits.maximum.is_some() {
                let range = number_range(limits.minimum.as_ref(), limits.maximum.as_ref(), ty);
                statements.push(quote! { at.range(*value, #range); });
            }
            if let Some(divisor) = &limits.multiple_of {
                let divisor = number(divisor, ty);
                statements.push(quote! { at.multiple_of(*value, #divisor); });
            }
        }
        Type::String | Type::Uri | Type::Base64 | Type::Named(_) => {
            if let Some(range) = count_range(limits.min_length, limits.max_length) {
                statements.push(quote! { at.length(value, #range); });
            }
        }
        Type::File => {
            if let Some(range) = count_range(limits.min_length, limits.max_length) {
                statements.push(quote! { at.bytes(value, #range); });
            }
        }
        Type::List(_) | Type::OneOrMany(_) | Type::Map(_) => {
            if let Some(range) = count_range(limits.min_items, limits.max_items) {
                statements.push(quote! { at.items(value, #range); });
            }
            if limits.unique && matches!(ty, Type::List(_)) {
                statements.push(quote! { at.unique(value); });
            }
        }
        _ => {}
    }
    statements
}

fn number_range(minimum: Option<&Bound>, maximum: Option<&Bound>, ty: &Type) -> TokenStream {
    // A number without bounds is still a finite one: JSON has no others.
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

/// When the rule applies, and whether each of its demands is met.
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

/// A conjunction; what is stated of a member that has to be there is asked of its value.
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
        Statement::Within(limits) => match closure(api, &field.ty, limits) {
            Some(check) => quote! { violation::holds(|at| at.each(&self.#name, #check)) },
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
