//! Servers: the constants `SERVER`, and the module of all servers with variables and all servers
//! but the first.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Name, Operation, Server, ServerVariable, UrlSegment};
use crate::spelling::ident;
use crate::visible::code_span;

use super::tokens::{doc_attributes, documented};

const RELATIVE: &str = "It is relative to the URL of the description.";

/// The constant of the first server of the root.
pub(super) fn root(api: &Api) -> Option<TokenStream> {
    let server = api.first_server(&api.root_servers)?;
    let others = api.root_servers.len() > 1;
    let others = others.then_some("It is the first of several: see [`servers`].");
    constant(server, "The server of the description.", others)
}

/// The constant of the first server of an operation that has servers of its own.
pub(super) fn of_operation(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let server = api.first_server(&operation.servers)?;
    let what = "The server of this operation, which differs from that of the other operations.";
    constant(server, what, None)
}

/// The constant of a server; `None` if a variable has no default.
fn constant(server: &Server, what: &str, others: Option<&str>) -> Option<TokenStream> {
    let url = server.default_url()?;
    let mut lines = vec![what.to_owned()];
    let mut add = |paragraph: &[String]| {
        if !paragraph.is_empty() {
            lines.push(String::new());
            lines.extend_from_slice(paragraph);
        }
    };
    add(&server.doc.lines);
    if let Some(name) = server
        .name
        .as_ref()
        .filter(|_| !server.variables.is_empty())
    {
        let own = format!(
            "Its variables have their defaults; {} takes other values.",
            link(name)
        );
        add(&[own]);
    }
    if server.is_relative() {
        add(&[RELATIVE.to_owned()]);
    }
    if let Some(others) = others {
        add(&[others.to_owned()]);
    }
    let doc = doc_attributes(&lines);
    Some(quote! {
        #doc
        pub const SERVER: &str = #url;
    })
}

/// The line of documentation on the servers that an operation has of its own.
pub(super) fn note(api: &Api, operation: &Operation) -> Option<String> {
    let first = api.first_server(&operation.servers)?;
    let own = first.default_url();
    let own = own.map(|_| "[`SERVER`](Self::SERVER)".to_owned());
    let servers = operation.servers.iter().map(|index| &api.servers[*index]);
    let others = servers.filter_map(|server| server.name.as_ref().map(link));
    let all: Vec<String> = own.into_iter().chain(others).collect();
    Some(format!("It has servers of its own: {}.", all.join(", ")))
}

fn link(name: &Name) -> String {
    format!("[`super::servers::{}`]", name.rust())
}

/// The items of the module `servers`.
pub(super) fn items(api: &Api) -> impl Iterator<Item = TokenStream> {
    let named = api.servers.iter();
    let named = named.filter_map(|server| Some((server, server.name.as_ref()?)));
    named.flat_map(|(server, name)| {
        if server.variables.is_empty() {
            let (name, doc, url) = (ident(name.rust()), documentation(server), &server.url);
            vec![quote! { #doc pub const #name: &str = #url; }]
        } else {
            structure(server, name)
        }
    })
}

fn documentation(server: &Server) -> TokenStream {
    let url = code_span(&server.url);
    let mut added = Vec::new();
    if !server.doc.lines.is_empty() {
        added.push(url.clone());
    }
    if server.is_relative() {
        added.push(RELATIVE.to_owned());
    }
    documented(&server.doc, &url, &added, server.origin.as_str())
}

fn structure(server: &Server, name: &Name) -> Vec<TokenStream> {
    let (name, doc) = (ident(name.rust()), documentation(server));
    let fields: Vec<_> = server
        .variables
        .iter()
        .map(|variable| ident(variable.name.rust()))
        .collect();
    let values = server.variables.iter().map(|variable| {
        let field = ident(variable.name.rust());
        match &variable.default {
            Some(default) => quote! { #field: #default.to_owned() },
            None => quote! { #field: #field.into() },
        }
    });
    let required = server.required().map(|variable| {
        let field = ident(variable.name.rust());
        quote! { #field: impl Into<String> }
    });
    let setters = server.variables.iter().map(setter);
    let pieces = server.segments.iter().map(|segment| match segment {
        UrlSegment::Literal(text) => quote! { #text },
        UrlSegment::Variable(index) => {
            let field = &fields[*index];
            quote! { self.#field.as_str() }
        }
    });
    let made = if server.required().next().is_some() {
        "The server with these values, and with the defaults of its other variables."
    } else {
        "The server with the defaults of its variables."
    };
    let made = doc_attributes(&[made.to_owned()]);
    let default = server.default_url().map(|_| {
        quote! {
            impl std::default::Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let definition = quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct #name { #(#fields: String),* }
    };
    let methods = quote! {
        impl #name {
            #made
            pub fn new(#(#required),*) -> Self {
                Self { #(#values),* }
            }

            #(#setters)*

            /// The URL.
            pub fn url(&self) -> String {
                [#(#pieces),*].concat()
            }
        }
    };
    [definition, methods].into_iter().chain(default).collect()
}

/// The method that sets a variable.
fn setter(variable: &ServerVariable) -> TokenStream {
    let name = ident(variable.name.rust());
    let mut added = Vec::new();
    if !variable.values.is_empty() {
        let values: Vec<String> = variable
            .values
            .iter()
            .map(|value| code_span(value))
            .collect();
        added.push(format!(
            "The description lists {}; other values are allowed.",
            values.join(", ")
        ));
    }
    if let Some(default) = &variable.default {
        added.push(format!("The default is {}.", code_span(default)));
    }
    let fallback = format!("Sets {} in the URL.", code_span(variable.name.wire()));
    let doc = documented(&variable.doc, &fallback, &added, variable.origin.as_str());
    quote! {
        #doc
        pub fn #name(mut self, #name: impl Into<String>) -> Self {
            self.#name = #name.into();
            self
        }
    }
}
