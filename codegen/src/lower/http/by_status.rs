//! Choices that depend on the status: the result of a call, and the errors of an operation.
//!
//! ```yaml
//! responses:
//!   '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}     # MakeThingSuccess::Ok(Thing)
//!   '202': {description: It is being made.}                                                   # MakeThingSuccess::Accepted
//!   '404': {content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}   # MakeThingError::NotFound(Problem)
//!   5XX: {content: {text/html: {}}}                                                           # MakeThingError::ServerError(String)
//! ```
//!
//! Operations with the same types for the same statuses share one error enum, which is named after
//! these: `ProblemOn404TextOn5xx`. `MakeThingError` is the alias of one operation for it.

use std::collections::BTreeSet;

use crate::lower::http::media_type::names;
use crate::lower::names::name;
use crate::model::{
    Alias, Api, ByStatus, Call, CallKind, Codec, ErrorSet, Name, Operation, Output, Payload,
    Response, Status, StatusVariant, Type,
};

/// One call for each kind of successful response. The successes are the 2XX statuses, else
/// `default`, which describes all statuses that are not listed (`OpenAPI` 3.1.1, section 4.8.16).
pub(in crate::lower) fn calls(operation: &Name, responses: &[Response]) -> Vec<Call> {
    let successes = successes(responses);
    let mut kinds: Vec<CallKind> = Vec::new();
    for kind in successes
        .iter()
        .filter_map(|index| kind(&responses[*index]))
    {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    if kinds.is_empty() && !successes.is_empty() {
        kinds.push(CallKind::Whole);
    }
    let mut calls: Vec<Call> = Vec::new();
    for kind in kinds {
        let chosen = chosen(kind, responses, &successes);
        let same = calls
            .iter_mut()
            .find(|call| call.output.responses().eq(chosen.iter().copied()));
        match same {
            // Both kinds receive the same responses, so one call is enough.
            Some(known) if kind == CallKind::Whole => known.kind = kind,
            Some(_) => {}
            None => calls.push(Call {
                kind,
                output: output(operation, kind, responses, &chosen),
                accept: accept(responses, &chosen),
                sets: Vec::new(),
            }),
        }
    }
    calls
}

/// The indices of the successful responses.
fn successes(responses: &[Response]) -> Vec<usize> {
    let any_success = responses
        .iter()
        .any(|response| response.status.is_success());
    let is_success = |index: &usize| {
        let status = responses[*index].status;
        if any_success {
            status.is_success()
        } else {
            status == Status::Default
        }
    };
    (0..responses.len()).filter(is_success).collect()
}

/// The kind of call that asks for a response; `None` for a response without content.
fn kind(response: &Response) -> Option<CallKind> {
    Some(match response.codec()? {
        Codec::Events(_) => CallKind::Stream,
        Codec::Lines(_) => CallKind::Lines,
        Codec::Text(_) => CallKind::Text,
        Codec::Bytes(_) => CallKind::Bytes,
        Codec::Json(_) | Codec::Form(_) => CallKind::Whole,
    })
}

/// The responses that a call may receive: for each status those of the call's kind, else the first
/// that the server may send regardless of `Accept`.
fn chosen(kind: CallKind, responses: &[Response], successes: &[usize]) -> Vec<usize> {
    let statuses: BTreeSet<Status> = successes
        .iter()
        .map(|index| responses[*index].status)
        .collect();
    let mut found = Vec::new();
    for status in statuses {
        let of_status = successes
            .iter()
            .copied()
            .filter(|index| responses[*index].status == status);
        let is_own = |index: &usize| self::kind(&responses[*index]) == Some(kind);
        let own: Vec<usize> = of_status.clone().filter(is_own).collect();
        if !own.is_empty() {
            found.extend(own);
            continue;
        }
        let may_come = |index: &usize| match self::kind(&responses[*index]) {
            _ if kind.is_stream() => false,
            Some(other) => !other.is_stream(),
            // A text or a file may be empty, so it needs no variant for a status without content.
            None => kind == CallKind::Whole,
        };
        found.extend(of_status.clone().find(may_come));
    }
    found
}

fn output(operation: &Name, kind: CallKind, responses: &[Response], chosen: &[usize]) -> Output {
    let codec = |index: &usize| responses[*index].codec();
    let first = chosen.first().copied().unwrap_or_default();
    if kind.is_stream() || chosen.iter().all(|index| codec(index) == codec(&first)) {
        return Output::One(first);
    }
    let suffix = match kind {
        CallKind::Text => "text success",
        CallKind::Bytes => "bytes success",
        CallKind::Whole | CallKind::Stream | CallKind::Lines => "success",
    };
    Output::ByStatus(ByStatus {
        name: Name::of(name::Kind::Type, &format!("{} {suffix}", operation.rust())),
        variants: variants(responses, chosen),
    })
}

/// The value of `Accept`: the media types of these responses.
fn accept(responses: &[Response], chosen: &[usize]) -> String {
    let mut media_types: Vec<String> = Vec::new();
    for index in chosen {
        if let Some(media_type) = responses[*index].essence()
            && !media_types.contains(&media_type)
        {
            media_types.push(media_type);
        }
    }
    media_types.join(", ")
}

/// The variants for these responses, in the order in which the reader tries them.
fn variants(responses: &[Response], chosen: &[usize]) -> Vec<StatusVariant> {
    let mut statuses: Vec<Status> = chosen
        .iter()
        .map(|index| responses[*index].status)
        .collect();
    statuses.sort_unstable();
    statuses.dedup();
    let mut variants = Vec::new();
    for status in statuses {
        let mut own: Vec<usize> = Vec::new();
        for index in chosen
            .iter()
            .filter(|index| responses[**index].status == status)
        {
            let codec = |index: usize| responses[index].codec();
            if !own.iter().any(|known| codec(*known) == codec(*index)) {
                own.push(*index);
            }
        }
        let media_types = own.iter().map(|index| responses[*index].media_type());
        let media_types: Vec<_> = media_types.flatten().collect();
        let names = names(&media_types);
        let is_json = |index: &usize| kind(&responses[*index]) == Some(CallKind::Whole);
        let fallback = own.iter().position(is_json).unwrap_or_default();
        let variant = |place: usize| {
            let media = names.get(place).filter(|_| own.len() > 1);
            let media = media.map_or("", String::as_str);
            StatusVariant {
                name: Name {
                    wire: status.to_string(),
                    rust: format!("{}{media}", status.phrase()),
                },
                response: own[place],
                only: responses[own[place]]
                    .essence()
                    .filter(|_| place != fallback),
            }
        };
        let others = (0..own.len()).filter(|place| *place != fallback);
        variants.extend(others.chain([fallback]).map(variant));
    }
    variants
}

/// The variants of an operation's errors: every status that is not a success, if its content is
/// read whole.
fn error_variants(responses: &[Response]) -> Vec<StatusVariant> {
    let successes = successes(responses);
    let is_error = |index: &usize| {
        let kind = kind(&responses[*index]);
        !successes.contains(index) && kind.is_some_and(|kind| !kind.is_stream())
    };
    let errors: Vec<usize> = (0..responses.len()).filter(is_error).collect();
    variants(responses, &errors)
}

/// The alias for the errors of an operation. Its set is assigned when all types are known.
pub(in crate::lower) fn errors(operation: &Name) -> Alias {
    Alias {
        name: Name::of(name::Kind::Type, &format!("{} error", operation.rust())),
        set: None,
    }
}

/// Assigns a set of errors to each operation; operations with the same errors share one.
pub(in crate::lower) fn share_errors(api: &mut Api) {
    for index in 0..api.operations.len() {
        let responses = &api.operations[index].responses;
        let variants = error_variants(responses);
        if variants.is_empty() {
            continue;
        }
        let is_same = |set: &ErrorSet| {
            let others = &api.operations[set.operation].responses;
            let known = set.choice.variants.iter();
            let known = known.map(|variant| key(others, variant));
            known.eq(variants.iter().map(|variant| key(responses, variant)))
        };
        let known = api.errors.iter().position(is_same);
        let set = known.unwrap_or(api.errors.len());
        if known.is_none() {
            let name = set_name(api, responses, &variants);
            api.errors.push(ErrorSet {
                choice: ByStatus { name, variants },
                operation: index,
                part: None,
            });
        }
        api.operations[index].errors.set = Some(set);
    }
}

/// The part of a variant by which sets of errors are compared.
fn key<'a>(
    responses: &'a [Response],
    variant: &'a StatusVariant,
) -> (Status, Option<&'a str>, Option<&'a Codec>) {
    let response = &responses[variant.response];
    (response.status, variant.only.as_deref(), response.codec())
}

/// The name of a set, made of its types and statuses. It does not depend on the order of the
/// document.
fn set_name(api: &Api, responses: &[Response], variants: &[StatusVariant]) -> Name {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for variant in variants {
        let response = &responses[variant.response];
        let words = response
            .payload
            .as_ref()
            .map(|payload| words(api, payload))
            .unwrap_or_default();
        let status = match response.status {
            Status::Default => "Default".to_owned(),
            status => status.to_string().to_lowercase(),
        };
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, statuses)) if statuses.contains(&status) => {}
            Some((_, statuses)) => statuses.push(status),
            None => groups.push((words, vec![status])),
        }
    }
    let parts = groups
        .into_iter()
        .map(|(words, statuses)| format!("{words}On{}", statuses.join("And")));
    let mut rust: String = parts.collect();
    while is_taken(api, &rust) {
        rust.push_str("Errors");
    }
    Name {
        wire: rust.clone(),
        rust,
    }
}

fn words(api: &Api, payload: &Payload) -> String {
    match &payload.codec {
        Codec::Text(_) => "Text".to_owned(),
        Codec::Bytes(_) => "Bytes".to_owned(),
        _ => type_words(api, payload.ty()),
    }
}

fn type_words(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => api.get(*id).name.rust().to_owned(),
        Type::Option(inner) => format!("Optional{}", type_words(api, inner)),
        Type::List(inner) | Type::OneOrMany(inner) => format!("{}List", type_words(api, inner)),
        Type::Map(inner) => format!("{}Map", type_words(api, inner)),
        Type::Boxed(inner) => type_words(api, inner),
        Type::Bool => "Bool".to_owned(),
        Type::I32 | Type::I64 | Type::U64 => "Integer".to_owned(),
        Type::F64 => "Number".to_owned(),
        Type::String | Type::Uri | Type::File | Type::Text => "String".to_owned(),
        Type::Base64 => "Base64".to_owned(),
        Type::Json => "Json".to_owned(),
    }
}

/// True if an emitted item has this name.
pub(in crate::lower) fn is_taken(api: &Api, rust: &str) -> bool {
    let types = api.types.iter().map(|def| &def.name);
    let operations = api.operations.iter().flat_map(Operation::names);
    let errors = api.errors.iter().map(|set| &set.choice.name);
    let headers = api.headers.iter().map(|set| &set.name);
    types
        .chain(operations)
        .chain(errors)
        .chain(headers)
        .any(|name| name.rust() == rust)
}
