//! Operations: a struct that holds what is sent, and a method for each kind of answer.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Body, BodyFormat, Call, Content, Operation, RequestBody, Shape, Type};
use crate::visible::code_span;

use super::tokens::{doc_attributes, documented, ident, type_tokens};
use super::validate::closure;
use super::{choice, conversion};

/// The items of all operations.
pub fn items(api: &Api) -> impl Iterator<Item = TokenStream> {
    let operations = api.operations.iter();
    operations.flat_map(|operation| operation_items(api, operation))
}

fn operation_items(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let mut items = vec![definition(api, operation), methods(api, operation)];
    if let Some(body) = &operation.body
        && let Some(choice) = &body.choice
    {
        items.extend(choice::items(api, operation, body, choice.rust()));
    }
    items.extend(
        operation
            .conversions
            .iter()
            .map(|found| conversion::item(api, found)),
    );
    items
}

fn body_type(api: &Api, body: &RequestBody) -> TokenStream {
    match (&body.choice, body.bodies.first()) {
        (Some(choice), _) => {
            let choice = ident(choice.rust());
            quote! { #choice }
        }
        (None, Some(only)) => type_tokens(api, &only.ty),
        (None, None) => quote! { () },
    }
}

fn has_form(operation: &Operation) -> bool {
    operation
        .body
        .iter()
        .flat_map(|body| &body.bodies)
        .any(|body| body.format == BodyFormat::Multipart)
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
    let body = operation.body.as_ref().map(|body| {
        let ty = body_type(api, body);
        if body.required {
            quote! { body: #ty, }
        } else {
            quote! { body: Option<#ty>, }
        }
    });
    let checked = operation
        .body
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
    let unchecked = operation.body.is_some().then(|| {
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
    let Some(body) = &operation.body else {
        return quote! {
            /// The operation, ready to be called.
            #[expect(clippy::new_without_default, reason = "an operation is asked for by name")]
            pub fn new() -> Self {
                Self {}
            }
        };
    };
    let ty = body_type(api, body);
    let parameter = if body.choice.is_some() {
        quote! { impl Into<#ty> }
    } else {
        ty
    };
    let value = if body.choice.is_some() {
        quote! { body.into() }
    } else {
        quote! { body }
    };
    let slot = if body.choice.is_some() {
        quote! { body: body.into() }
    } else {
        quote! { body }
    };
    if body.required {
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

fn response_type(api: &Api, content: &Content) -> TokenStream {
    match content {
        Content::Json(ty) => {
            let ty = type_tokens(api, ty);
            quote! { JsonResponse<#ty> }
        }
        Content::EventStream(ty) => {
            let ty = type_tokens(api, ty);
            quote! { EventResponse<#ty> }
        }
        Content::Empty => quote! { response::EmptyResponse },
    }
}

fn call_method(api: &Api, operation: &Operation, call: &Call) -> TokenStream {
    let name = ident(call.method);
    let response = &operation.responses[call.response];
    let ty = response_type(api, &response.content);
    let what = match response.content {
        Content::Json(_) => "Asks for one JSON response.",
        Content::EventStream(_) => "Asks for a stream of events.",
        Content::Empty => "Asks for a response without a body.",
    };
    let mut lines = vec![what.to_owned(), String::new()];
    lines.push("# Errors".to_owned());
    lines.push(String::new());
    lines.push(
        "What the body breaks of the description's bounds, and files that cannot be opened."
            .to_owned(),
    );
    let doc = doc_attributes(&lines);
    if !call.switches_stream {
        return quote! {
            #doc
            pub fn #name(self) -> Result<Call<#ty>, RequestError> {
                self.prepare()
            }
        };
    }
    let switch = switch_tokens(api, operation);
    quote! {
        #doc
        pub fn #name(mut self) -> Result<Call<#ty>, RequestError> {
            #switch
            self.prepare()
        }
    }
}

/// Sets the stream switch in whichever body there is.
fn switch_tokens(api: &Api, operation: &Operation) -> TokenStream {
    let Some(body) = &operation.body else {
        return quote! {};
    };
    let switch = |body: &Body| match &body.ty {
        Type::Named(id) => match &api.get(*id).shape {
            Shape::Struct(object) => object
                .stream_switch
                .as_ref()
                .map(|switch| ident(&switch.wire)),
            _ => None,
        },
        _ => None,
    };
    let Some(choice) = &body.choice else {
        let switch = body.bodies.first().and_then(switch);
        return if body.required {
            quote! { self.body.#switch = true; }
        } else {
            quote! {
                if let Some(body) = &mut self.body {
                    body.#switch = true;
                }
            }
        };
    };
    let choice = ident(choice.rust());
    let arms = body.bodies.iter().map(|body| {
        let variant = ident(body.name.rust());
        match switch(body) {
            Some(switch) => quote! { #choice::#variant(body) => body.#switch = true, },
            None => quote! { #choice::#variant(_) => {} },
        }
    });
    if body.required {
        quote! { match &mut self.body { #(#arms)* } }
    } else {
        quote! {
            if let Some(body) = &mut self.body {
                match body { #(#arms)* }
            }
        }
    }
}

/// Validates the body, unless told otherwise, and writes it.
fn prepare(api: &Api, operation: &Operation) -> TokenStream {
    let Some(body) = &operation.body else {
        return quote! {
            fn prepare<R: response::Response>(self) -> Result<Call<R>, RequestError> {
                Ok(Call::empty(Self::METHOD, Self::PATH))
            }
        };
    };
    let send = match (&body.choice, body.bodies.first()) {
        (Some(choice), _) => {
            let choice = ident(choice.rust());
            let arms = body.bodies.iter().map(|body| {
                let (variant, write) = (ident(body.name.rust()), write(body.format));
                quote! { #choice::#variant(body) => #write }
            });
            quote! { match body { #(#arms)* } }
        }
        (None, only) => write(only.map_or(BodyFormat::Json, |body| body.format)),
    };
    let send = if body.choice.is_none() {
        without_comma(send)
    } else {
        send
    };
    let check = match &body.choice {
        Some(_) => Some(quote! { body.check(&mut checker); }),
        None => body
            .bodies
            .first()
            .and_then(|body| closure(api, &body.ty, &body.limits))
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
    let body_slot = if body.required {
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

fn write(format: BodyFormat) -> TokenStream {
    match format {
        BodyFormat::Json => quote! { Call::json(Self::METHOD, Self::PATH, &body), },
        BodyFormat::Multipart => quote! {
            match self.boundary {
                Some(boundary) => {
                    Call::multipart_with_boundary(Self::METHOD, Self::PATH, body.into_form(), &boundary)
                }
                None => Call::multipart(Self::METHOD, Self::PATH, body.into_form()),
            },
        },
    }
}
