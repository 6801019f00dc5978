//! Operations: a struct that holds what is sent, and a method for each kind of answer.

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::essence;
use crate::model::{
    Api, Call, CallKind, Codec, Operation, Payload, Request, Response, Shape, StreamSet, Type,
    TypeDef,
};
use crate::visible::code_span;

use super::tokens::{Wrapper, doc_attributes, documented, ident, type_tokens, wrapper};
use super::validate::closure;
use super::{choice, conversion};

/// The items of all operations.
pub fn items(api: &Api) -> impl Iterator<Item = TokenStream> {
    let operations = api.operations.iter();
    operations.flat_map(|operation| operation_items(api, operation))
}

fn operation_items(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let mut items = vec![definition(api, operation), methods(api, operation)];
    if let Some(request) = &operation.request
        && let Some(choice) = &request.choice
    {
        items.extend(choice::items(api, operation, request, choice.rust()));
    }
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

fn has_form(operation: &Operation) -> bool {
    operation.payloads().any(|payload| payload.form().is_some())
}

fn definition(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(operation.name.rust());
    let place = code_span(&format!("{} {}", operation.method, operation.path));
    let doc = documented(
        &operation.doc,
        &format!("The operation {place}."),
        std::slice::from_ref(&place),
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
    let checked = operation
        .request
        .is_some()
        .then(|| quote! { unchecked: bool, });
    let boundary = has_form(operation).then(|| quote! { boundary: Option<multipart::Boundary>, });
    quote! {
        #doc
        #[derive(Debug)]
        pub struct #name { #body #checked #boundary }
    }
}

fn methods(api: &Api, operation: &Operation) -> TokenStream {
    let name = ident(operation.name.rust());
    let (method, path) = (operation.method, &operation.path);
    let constructors = constructors(api, operation);
    let boundary = has_form(operation).then(|| {
        quote! {
            /// Puts this boundary between the parts of a form, instead of a random one.
            pub fn boundary(mut self, boundary: multipart::Boundary) -> Self {
                self.boundary = Some(boundary);
                self
            }
        }
    });
    let unchecked = operation.request.is_some().then(|| {
        quote! {
            /// Sends the body even if `validate` finds violations.
            pub fn unchecked(mut self) -> Self {
                self.unchecked = true;
                self
            }
        }
    });
    let calls = operation
        .calls
        .iter()
        .map(|call| call_method(api, operation, call));
    let prepare = prepare(api, operation);
    quote! {
        impl #name {
            /// As HTTP writes it.
            pub const METHOD: &str = #method;

            /// Relative to the URL of the server.
            pub const PATH: &str = #path;

            #constructors
            #unchecked
            #boundary
            #(#calls)*
            #prepare
        }
    }
}

fn constructors(api: &Api, operation: &Operation) -> TokenStream {
    let boundary = has_form(operation).then(|| quote! { boundary: None, });
    let Some(request) = &operation.request else {
        return quote! {
            /// The operation, ready to be called.
            #[expect(clippy::new_without_default, reason = "an operation is asked for by name")]
            pub fn new() -> Self {
                Self {}
            }
        };
    };
    let ty = body_type(api, request);
    let parameter = if request.choice.is_some() {
        quote! { impl Into<#ty> }
    } else {
        ty
    };
    let value = if request.choice.is_some() {
        quote! { body.into() }
    } else {
        quote! { body }
    };
    let slot = if request.choice.is_some() {
        quote! { body: body.into() }
    } else {
        quote! { body }
    };
    if request.required {
        return quote! {
            /// The operation with its body.
            pub fn new(body: #parameter) -> Self {
                Self { #slot, unchecked: false, #boundary }
            }
        };
    }
    quote! {
        /// The operation with its body.
        pub fn new(body: #parameter) -> Self {
            Self { body: Some(#value), unchecked: false, #boundary }
        }

        /// The operation without a body.
        pub fn without_body() -> Self {
            Self { body: None, unchecked: false, #boundary }
        }
    }
}

fn response_type(api: &Api, response: &Response) -> TokenStream {
    let codec = response.payload.as_ref().map(|payload| &payload.codec);
    match codec {
        Some(Codec::Json(ty)) => {
            let ty = type_tokens(api, ty);
            quote! { JsonResponse<#ty> }
        }
        Some(Codec::Events(ty)) => {
            let ty = type_tokens(api, ty);
            quote! { EventResponse<#ty> }
        }
        Some(Codec::Multipart(_)) | None => quote! { response::EmptyResponse },
    }
}

fn call_method(api: &Api, operation: &Operation, call: &Call) -> TokenStream {
    let name = ident(call.kind.method());
    let response = &operation.responses[call.response];
    let ty = response_type(api, response);
    let what = match (call.kind, &response.payload) {
        (CallKind::Stream, _) => "Asks for a stream of events.",
        (CallKind::Whole, Some(_)) => "Asks for one JSON response.",
        (CallKind::Whole, None) => "Asks for a response without a body.",
    };
    let mut lines = vec![what.to_owned(), String::new()];
    lines.push("# Errors".to_owned());
    lines.push(String::new());
    lines.push(
        "What the body breaks of the description's bounds, and files that cannot be opened."
            .to_owned(),
    );
    let doc = doc_attributes(&lines);
    let sets = sets(api, operation, call);
    let mutable = sets.is_some().then(|| quote! { mut });
    let accept = accept(response);
    quote! {
        #doc
        pub fn #name(#mutable self) -> Result<Call<#ty>, RequestError> {
            #sets
            self.prepare()#accept
        }
    }
}

/// Asks for the media type of the response, where it is not the usual one of its kind.
fn accept(response: &Response) -> Option<TokenStream> {
    let payload = response.payload.as_ref()?;
    let usual = match payload.codec {
        Codec::Events(_) => "text/event-stream",
        Codec::Json(_) | Codec::Multipart(_) => "application/json",
    };
    let media_type = essence(payload.name.wire());
    (media_type != usual).then(|| quote! { .map(|call| call.accept(#media_type)) })
}

/// Sets what the bodies say of the stream, in whichever there is.
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
    let arms = request.payloads.iter().zip(all).map(|(payload, set)| {
        let variant = ident(payload.name.rust());
        match set {
            Some(set) => quote! { #choice::#variant(body) => body.#set, },
            None => quote! { #choice::#variant(_) => {} },
        }
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

/// `stream = true`, if there is something to set: a switch says nothing on its own.
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
    Some(match (wrapper(def, field), set.value) {
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

/// Validates the body, unless told otherwise, and writes it.
fn prepare(api: &Api, operation: &Operation) -> TokenStream {
    let Some(request) = &operation.request else {
        return quote! {
            fn prepare<R: response::Response>(self) -> Result<Call<R>, RequestError> {
                Ok(Call::empty(Self::METHOD, Self::PATH))
            }
        };
    };
    let send = match &request.choice {
        Some(choice) => {
            let choice = ident(choice.rust());
            let arms = request.payloads.iter().map(|payload| {
                let (variant, write) = (ident(payload.name.rust()), write(payload));
                quote! { #choice::#variant(body) => #write }
            });
            quote! { match body { #(#arms)* } }
        }
        None => without_comma(request.payloads.iter().map(write).collect()),
    };
    let check = match &request.choice {
        Some(_) => Some(quote! { body.check(&mut checker); }),
        None => request
            .payloads
            .first()
            .and_then(|payload| closure(api, payload.ty(), &payload.limits))
            .map(|check| quote! { checker.each(&body, #check); }),
    };
    let check = check.map(|check| {
        quote! {
            if !self.unchecked {
                let mut checker = violation::Checker::new();
                #check
                checker.finish()?;
            }
        }
    });
    let body_slot = if request.required {
        quote! { let body = self.body; }
    } else {
        quote! {
            let Some(body) = self.body else {
                return Ok(Call::empty(Self::METHOD, Self::PATH));
            };
        }
    };
    quote! {
        fn prepare<R: response::Response>(self) -> Result<Call<R>, RequestError> {
            #body_slot
            #check
            #send
        }
    }
}

/// An arm's expression as the tail of a block.
fn without_comma(tokens: TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = tokens.into_iter().collect();
    if matches!(tokens.last(), Some(proc_macro2::TokenTree::Punct(punct)) if punct.as_char() == ',')
    {
        tokens.pop();
    }
    tokens.into_iter().collect()
}

fn write(payload: &Payload) -> TokenStream {
    match &payload.codec {
        Codec::Multipart(form) => {
            let method = ident(&form.method);
            quote! {
                match self.boundary {
                    Some(boundary) => {
                        Call::multipart_with_boundary(Self::METHOD, Self::PATH, body.#method(), &boundary)
                    }
                    None => Call::multipart(Self::METHOD, Self::PATH, body.#method()),
                },
            }
        }
        Codec::Json(_) | Codec::Events(_) => match payload.name.wire() {
            "application/json" => quote! { Call::json(Self::METHOD, Self::PATH, &body), },
            media_type => quote! { Call::json_as(Self::METHOD, Self::PATH, #media_type, &body), },
        },
    }
}
