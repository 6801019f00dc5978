//! Operations: a struct with the request, and a method for each kind of response.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Location, Operation, Parameter, Payload, Request, Type};
use crate::spelling::{Taken, ident, limits_in_words, taken, type_tokens};
use crate::visible::code_span;

use super::tokens::{described, documented};
use super::{by_status, call, choice, conversion, header, parameter, security, server};

/// The items of these operations, which are all operations of a module.
pub(super) fn items<'a>(
    api: &'a Api,
    operations: Vec<&'a Operation>,
) -> impl Iterator<Item = TokenStream> + 'a {
    let root = security::root(api, &operations);
    let operations = operations.into_iter();
    let items = operations.flat_map(|operation| operation_items(api, operation));
    root.into_iter().chain(items)
}

fn operation_items(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let mut items = vec![
        definition(api, operation),
        methods(api, operation),
        implementation(api, operation),
    ];
    let calls = operation.calls.iter();
    items.extend(calls.map(|call| call::asks(api, operation, call)));
    if let Some(request) = &operation.request
        && let Some(choice) = &request.choice
    {
        items.extend(choice::items(api, operation, request, choice.rust()));
    }
    let calls = operation.calls.iter();
    items.extend(calls.flat_map(|call| by_status::successes(api, operation, call)));
    items.push(by_status::alias(api, operation));
    items.extend(header::alias(api, operation));
    items.extend(
        operation
            .conversions
            .iter()
            .map(|found| conversion::item(api, found)),
    );
    items
}

fn body_type(api: &Api, request: &Request) -> TokenStream {
    match (&request.choice, request.payloads.first()) {
        (Some(choice), _) => {
            let choice = ident(choice.rust());
            quote! { #choice }
        }
        (None, Some(only)) => type_tokens(api, only.ty()),
        (None, None) => quote! { () },
    }
}

pub(super) fn has_form(operation: &Operation) -> bool {
    operation.payloads().any(Payload::is_multipart)
}

fn definition(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(operation.name.rust());
    let place = code_span(&format!("{} {}", operation.method, operation.path.text));
    // Without a description, the first line has the place.
    let described = (!operation.doc.lines.is_empty()).then(|| place.clone());
    let added: Vec<String> = described
        .into_iter()
        .chain(server::note(api, operation))
        .collect();
    let doc = documented(
        &operation.doc,
        &format!("The operation {place}."),
        &added,
        operation.origin.as_str(),
    );
    let body = operation.request.as_ref().map(|request| {
        let ty = body_type(api, request);
        if request.required {
            quote! { body: #ty, }
        } else {
            quote! { body: Option<#ty>, }
        }
    });
    let parameters = operation.parameters.iter().map(|parameter| {
        let (name, ty) = (
            ident(parameter.name.rust()),
            type_tokens(api, &parameter.ty),
        );
        if parameter.required {
            quote! { #name: #ty, }
        } else {
            quote! { #name: Option<#ty>, }
        }
    });
    let boundary = has_form(operation).then(|| quote! { boundary: Option<multipart::Boundary>, });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name { #(#parameters)* #body unchecked: bool, #boundary }
    }
}

fn methods(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(operation.name.rust());
    let (method, path) = (&operation.method, &operation.path.text);
    let constructors = constructors(api, operation);
    let boundary = has_form(operation).then(|| {
        quote! {
            /// Uses this boundary between the parts of a form, instead of a random one.
            pub fn boundary(mut self, boundary: multipart::Boundary) -> Self {
                self.boundary = Some(boundary);
                self
            }
        }
    });
    let calls = operation
        .calls
        .iter()
        .map(|call| call::method(api, operation, call));
    let setters = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required);
    let setters = setters.map(|parameter| setter(api, parameter));
    let target = parameter::target(operation);
    let prepare = call::prepare(api, operation);
    let security = security::constant(api, operation);
    let server = server::of_operation(api, operation);
    quote! {
        impl #name {
            /// The HTTP method.
            pub const METHOD: &str = #method;

            /// The path, relative to the URL of the server.
            pub const PATH: &str = #path;

            #server
            #security
            #constructors
            #(#setters)*

            /// Sends the request even if it violates the bounds of the description.
            pub fn unchecked(mut self) -> Self {
                self.unchecked = true;
                self
            }

            #boundary
            #(#calls)*
            #target
            #prepare
        }
    }
}

/// The implementation of `Operation`, for clients that are generic over operations.
fn implementation(api: &Api, operation: &Operation) -> TokenStream {
    let (name, id) = (ident(operation.name.rust()), operation.name.wire());
    let errors = ident(operation.errors.name.rust());
    let security = security::is_secured(api, operation).then(|| {
        quote! { const SECURITY: &'static [security::Requirement] = Self::SECURITY; }
    });
    quote! {
        impl operation::Operation for #name {
            const ID: &'static str = #id;
            const METHOD: &'static str = Self::METHOD;
            const PATH: &'static str = Self::PATH;
            #security
            type Error = #errors;
        }
    }
}

fn constructors(api: &Api, operation: &Operation) -> TokenStream {
    let mut arguments = Vec::new();
    let mut slots = Vec::new();
    for parameter in &operation.parameters {
        let name = ident(parameter.name.rust());
        if !parameter.required {
            slots.push(quote! { #name: None });
            continue;
        }
        let Taken { parameter, value } = taken(api, &parameter.ty, &name);
        arguments.push(quote! { #name: #parameter });
        slots.push(if name == value.to_string() {
            quote! { #name }
        } else {
            quote! { #name: #value }
        });
    }
    slots.push(quote! { unchecked: false });
    if has_form(operation) {
        slots.push(quote! { boundary: None });
    }
    let Some(request) = &operation.request else {
        return quote! {
            /// The operation, ready to be called.
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#slots),* }
            }
        };
    };
    let place = operation.parameters.len();
    let ty = body_type(api, request);
    let (parameter, value) = match &request.choice {
        Some(_) => (quote! { impl Into<#ty> }, quote! { body.into() }),
        // A body without a type of its own is taken in the form that callers have.
        None => match request.payloads.first().map(Payload::ty) {
            Some(ty @ (Type::String | Type::File)) => {
                let Taken { parameter, value } = taken(api, ty, &ident("body"));
                (parameter, value)
            }
            _ => (ty, quote! { body }),
        },
    };
    let is_as_given = value.to_string() == "body";
    let with = |body: TokenStream| {
        let mut slots = slots.clone();
        slots.insert(place, body);
        quote! { Self { #(#slots),* } }
    };
    if request.required {
        let own = with(if is_as_given {
            quote! { body }
        } else {
            quote! { body: #value }
        });
        return quote! {
            /// The operation with this body.
            pub fn new(#(#arguments,)* body: #parameter) -> Self {
                #own
            }
        };
    }
    let (own, without) = (
        with(quote! { body: Some(#value) }),
        with(quote! { body: None }),
    );
    quote! {
        /// The operation with this body.
        pub fn new(#(#arguments,)* body: #parameter) -> Self {
            #own
        }

        /// The operation without a body.
        pub fn without_body(#(#arguments),*) -> Self {
            #without
        }
    }
}

/// The method that sets an optional parameter.
fn setter(api: &Api, parameter: &Parameter) -> TokenStream {
    let name = ident(parameter.name.rust());
    let mut added = Vec::new();
    if let Some(words) = limits_in_words(&parameter.limits, &parameter.ty) {
        added.push(format!("Bounds: {words}."));
    }
    if let Some(default) = &parameter.default {
        added.push(format!("The server's default is {}.", code_span(default)));
    }
    let wire = code_span(parameter.name.wire());
    let fallback = match parameter.location {
        Location::Path => format!("Sets {wire} in the path."),
        Location::Query => format!("Sets {wire} in the query."),
        Location::QueryString => "Sets the query.".to_owned(),
        Location::Header => format!("Sets {wire} in the headers."),
        Location::Cookie => format!("Sets {wire} in the cookies."),
    };
    let doc = described(&parameter.doc, &fallback, &added);
    let Taken { parameter, value } = taken(api, &parameter.ty, &name);
    quote! {
        #doc
        pub fn #name(mut self, #name: #parameter) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}
