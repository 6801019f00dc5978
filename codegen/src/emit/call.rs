//! The calls of an operation, and their requests.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{
    Api, Call, CallKind, Codec, Operation, Output, Payload, Request, Shape, StreamSet, Type,
    TypeDef, Wrapper,
};
use crate::spelling::{Reader, ident, reader};

use super::choice::variant;
use super::tokens::doc_attributes;
use super::validate::bounds;
use super::{form, parameter, security};

/// The type that reads the response of a call.
fn response_type(api: &Api, operation: &Operation, call: &Call) -> TokenStream {
    let errors = ident(operation.errors.name.rust());
    let response = match &call.output {
        Output::ByStatus(choice) => {
            let choice = ident(choice.name.rust());
            return quote! { response::StatusResponse<#choice, #errors> };
        }
        Output::One(response) => &operation.responses[*response],
    };
    let Reader { name, ty } = reader(api, response);
    match ty {
        Some(ty) => quote! { #name<#ty, #errors> },
        None => quote! { response::#name<#errors> },
    }
}

pub(super) fn method(api: &Api, operation: &Operation, call: &Call) -> TokenStream {
    let name = ident(call.kind.method());
    let ty = response_type(api, operation, call);
    let mut lines = vec![asks_for(operation, call).to_owned(), String::new()];
    lines.push("# Errors".to_owned());
    lines.push(String::new());
    lines.push(
        "A value violates the bounds of the description, or a file cannot be opened.".to_owned(),
    );
    let doc = doc_attributes(&lines);
    let sets = sets(api, operation, call);
    let mutable = sets.is_some().then(|| quote! { mut });
    let accept = accept(operation, call);
    let security = security::carried(api, operation);
    quote! {
        #doc
        pub fn #name(#mutable self) -> Result<Call<#ty>, RequestError> {
            #sets
            self.prepare()#accept #security
        }
    }
}

/// The implementation of `Asks` for this call, for clients that are generic over operations.
pub(super) fn asks(api: &Api, operation: &Operation, call: &Call) -> TokenStream {
    let name = ident(operation.name.rust());
    let (kind, method) = (ident(call.kind.name()), ident(call.kind.method()));
    let ty = response_type(api, operation, call);
    quote! {
        impl operation::Asks<operation::#kind> for #name {
            type Response = #ty;

            fn ask(self) -> Result<Call<Self::Response>, RequestError> {
                self.#method()
            }
        }
    }
}

fn asks_for(operation: &Operation, call: &Call) -> &'static str {
    let Output::One(response) = call.output else {
        return "Requests a response whose type depends on the status.";
    };
    match (call.kind, &operation.responses[response].payload) {
        (CallKind::Stream, _) => "Requests a stream of events.",
        (CallKind::Lines, _) => "Requests a stream of JSON lines.",
        (CallKind::Text, _) => "Requests text.",
        (CallKind::Bytes, _) => "Requests bytes.",
        (CallKind::Whole, Some(_)) => "Requests a JSON response.",
        (CallKind::Whole, None) => "Requests a response without a body.",
    }
}

/// Sets `Accept` to the media types of the response, unless they are the default of its reader.
fn accept(operation: &Operation, call: &Call) -> Option<TokenStream> {
    let usual = match &call.output {
        Output::ByStatus(_) => "application/json",
        Output::One(response) => match operation.responses[*response].codec()? {
            Codec::Events(_) => "text/event-stream",
            Codec::Lines(_) => "application/x-ndjson",
            Codec::Json(_) | Codec::Form(_) => "application/json",
            Codec::Text(_) | Codec::Bytes(_) => "",
        },
    };
    let accept = &call.accept;
    (accept != usual).then(|| quote! { .map(|call| call.accept(#accept)) })
}

/// Sets the members of the bodies that request a stream.
fn sets(api: &Api, operation: &Operation, call: &Call) -> Option<TokenStream> {
    let request = operation.request.as_ref()?;
    let set = |index: usize| {
        let set = call.sets.iter().find(|set| set.payload == index)?;
        set_tokens(api, &request.payloads[index], set)
    };
    let all: Vec<Option<TokenStream>> = (0..request.payloads.len()).map(set).collect();
    if all.iter().all(Option::is_none) {
        return None;
    }
    let Some(choice) = &request.choice else {
        let set = all.first()?;
        return Some(if request.required {
            quote! { self.body.#set; }
        } else {
            quote! {
                if let Some(body) = &mut self.body {
                    body.#set;
                }
            }
        });
    };
    let choice = ident(choice.rust());
    let arms = request.payloads.iter().zip(all);
    let arms = arms.filter_map(|(payload, set)| {
        let variant = variant(payload)?;
        Some(match set {
            Some(set) => quote! { #choice::#variant(body) => body.#set, },
            None => quote! { #choice::#variant(_) => {} },
        })
    });
    Some(if request.required {
        quote! { match &mut self.body { #(#arms)* } }
    } else {
        quote! {
            if let Some(body) = &mut self.body {
                match body { #(#arms)* }
            }
        }
    })
}

/// `stream = true`, if there is something to set: a switch that is not set is not sent.
fn set_tokens(api: &Api, payload: &Payload, set: &StreamSet) -> Option<TokenStream> {
    let Type::Named(id) = payload.ty() else {
        return None;
    };
    let def: &TypeDef = api.get(*id);
    let Shape::Struct(object) = &def.shape else {
        return None;
    };
    let Some(field) = set.field else {
        let switch = ident(&object.stream_switch.as_ref()?.wire);
        return (set.value == Some(true)).then(|| quote! { #switch = true });
    };
    let field = &object.fields[field];
    let name = ident(field.name.rust());
    Some(match (field.wrapper, set.value) {
        (Wrapper::Plain, value) => {
            let value = value.unwrap_or_default();
            quote! { #name = #value }
        }
        (Wrapper::Option, Some(value)) => quote! { #name = Some(#value) },
        (Wrapper::Option, None) => quote! { #name = None },
        (Wrapper::Nullable, Some(value)) => quote! { #name = Nullable::Value(#value) },
        (Wrapper::Nullable, None) => quote! { #name = Nullable::Absent },
    })
}

/// Checks the request, unless checks are turned off, and writes it.
pub(super) fn prepare(api: &Api, operation: &Operation) -> TokenStream {
    let has_parameters = !operation.parameters.is_empty();
    let parameters: Vec<TokenStream> = parameter::checks(api, operation).collect();
    let target = has_parameters.then(|| quote! { let target = self.target(); });
    let place = match (has_parameters, operation.path.fixed()) {
        (true, _) => quote! { target },
        (false, Some(path)) if path != operation.path.text => quote! { #path },
        (false, _) => quote! { Self::PATH },
    };
    let Some(request) = &operation.request else {
        let check = checking(&parameters);
        return quote! {
            fn prepare<R: response::Response>(self) -> Result<Call<R>, RequestError> {
                #check
                #target
                Call::empty(Self::METHOD, #place)
            }
        };
    };
    let body = if request.required {
        quote! { let body = self.body; }
    } else {
        quote! {
            let Some(body) = self.body else {
                return Call::empty(Self::METHOD, #place);
            };
        }
    };
    let send = send(api, request, &place);
    // If there is more than the body, everything is checked at once.
    let (before, after) = if parameters.is_empty() {
        let check = body_check(api, request, &quote! { body }, true);
        (None, check.and_then(|check| checking(&[check])))
    } else {
        let check = if request.required {
            body_check(api, request, &quote! { self.body }, true)
        } else {
            let check = body_check(api, request, &quote! { body }, false);
            check.map(|check| quote! { if let Some(body) = &self.body { #check } })
        };
        (
            checking(&[parameters, check.into_iter().collect()].concat()),
            None,
        )
    };
    quote! {
        fn prepare<R: response::Response>(self) -> Result<Call<R>, RequestError> {
            #before
            #target
            #body
            #after
            #send
        }
    }
}

fn checking(checks: &[TokenStream]) -> Option<TokenStream> {
    (!checks.is_empty()).then(|| {
        quote! {
            if !self.unchecked {
                let mut checker = violation::Checker::new();
                #(#checks)*
                checker.finish()?;
            }
        }
    })
}

/// The check of a body, which is given by value or by reference.
fn body_check(
    api: &Api,
    request: &Request,
    body: &TokenStream,
    by_value: bool,
) -> Option<TokenStream> {
    if request.choice.is_some() {
        return Some(quote! { #body.check(&mut checker); });
    }
    let payload = request.payloads.first()?;
    let bounds = bounds(api, payload.ty(), &payload.limits)?;
    let and = by_value.then(|| quote! { & });
    Some(quote! { checker.value(#and #body, #bounds); })
}

fn send(api: &Api, request: &Request, place: &TokenStream) -> TokenStream {
    let Some(choice) = &request.choice else {
        let only = request
            .payloads
            .iter()
            .map(|payload| write(api, payload, place));
        return without_comma(only.collect());
    };
    let choice = ident(choice.rust());
    let arms = request.payloads.iter().filter_map(|payload| {
        let (variant, write) = (variant(payload)?, write(api, payload, place));
        Some(quote! { #choice::#variant(body) => #write })
    });
    quote! { match body { #(#arms)* } }
}

/// The expression of a match arm as the tail of a block.
fn without_comma(tokens: TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = tokens.into_iter().collect();
    if matches!(tokens.last(), Some(proc_macro2::TokenTree::Punct(punct)) if punct.as_char() == ',')
    {
        tokens.pop();
    }
    tokens.into_iter().collect()
}

fn write(api: &Api, payload: &Payload, place: &TokenStream) -> TokenStream {
    match &payload.codec {
        Codec::Form(form) => {
            let made = form::make(api, &form.ty, form, &quote! { body });
            if !form.is_multipart() {
                return quote! { Call::urlencoded(Self::METHOD, #place, #made), };
            }
            quote! {
                match self.boundary {
                    Some(boundary) => {
                        Call::multipart_with_boundary(Self::METHOD, #place, #made, &boundary)
                    }
                    None => Call::multipart(Self::METHOD, #place, #made),
                },
            }
        }
        Codec::Text(_) => {
            let media_type = payload.media_type.as_str();
            quote! { Call::text(Self::METHOD, #place, #media_type, body), }
        }
        Codec::Bytes(_) => {
            // If the media type is a range, the file determines it.
            let media_type = if payload.media_type.is_range() {
                quote! { None }
            } else {
                let media_type = payload.media_type.as_str();
                quote! { Some(#media_type) }
            };
            quote! { Call::upload(Self::METHOD, #place, #media_type, body), }
        }
        Codec::Json(_) | Codec::Events(_) | Codec::Lines(_) => match payload.media_type.as_str() {
            "application/json" => quote! { Call::json(Self::METHOD, #place, &body), },
            media_type => quote! { Call::json_as(Self::METHOD, #place, #media_type, &body), },
        },
    }
}
