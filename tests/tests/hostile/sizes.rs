//! Documents without measure. Each is made here, read and emitted in a moment, or refused with a place.
//!
//! The sizes are a tenth of what the program is measured with, since this is compiled without optimization.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use openapi_codegen::diagnostic::Code;
use openapi_codegen::document::{Document, Source};
use openapi_codegen::{Selection, check, generate};

/// What takes longer is not bounded; a machine may be slow and busy.
const LONGEST: Duration = Duration::from_mins(1);

/// A description of one operation that takes the schema `Root`.
fn description(schemas: impl Iterator<Item = (String, String)>) -> String {
    let mut text = String::from(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      operationId: make\n      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Root'}}}}\n      responses: {'200': {description: OK}}\ncomponents:\n  schemas:\n",
    );
    for (name, schema) in schemas {
        let _ = writeln!(text, "    {name}: {schema}");
    }
    text
}

/// So many things, as a flow collection lists them.
fn many(count: usize, thing: impl Fn(usize) -> String) -> String {
    (0..count).map(thing).collect::<Vec<_>>().join(", ")
}

fn reference(name: &str) -> String {
    format!("{{$ref: '#/components/schemas/{name}'}}")
}

/// `Root` and so many schemas, each of which is made from the reference to the next; the last is an object.
fn chain(count: usize, link: impl Fn(usize, String) -> String) -> String {
    let name = |index: usize| {
        if index == 0 {
            "Root".to_owned()
        } else {
            format!("S{index}")
        }
    };
    let links = (0..count).map(|index| (name(index), link(index, reference(&name(index + 1)))));
    let last = (
        name(count),
        "{type: object, properties: {a: {type: string}}}".to_owned(),
    );
    description(links.chain([last]))
}

/// The codes of the problems of generating and of checking, none where the document is in order; and the time it took.
fn codes(text: &str) -> Vec<Code> {
    let begun = Instant::now();
    let problems = Document::parse(Source::new("large.yaml", text)).and_then(|document| {
        let selection = Selection {
            operations: &[],
            crate_name: "large",
        };
        let generated = generate(&document, &selection).map(|_| ());
        let checked = check(&document);
        generated.and(checked)
    });
    let taken = begun.elapsed();
    assert!(taken < LONGEST, "{taken:?}");
    let mut codes: Vec<Code> = problems
        .err()
        .iter()
        .flat_map(|problems| problems.iter().map(|problem| problem.code))
        .collect();
    codes.dedup();
    codes
}

#[test]
fn many_schemas() {
    let properties = many(10_000, |index| {
        format!("p{index}: {}", reference(&format!("S{index}")))
    });
    let root = (
        "Root".to_owned(),
        format!("{{type: object, properties: {{{properties}}}}}"),
    );
    let schemas = (0..10_000).map(|index| {
        (
            format!("S{index}"),
            "{type: object, properties: {a: {type: string}}}".to_owned(),
        )
    });
    assert_eq!(codes(&description([root].into_iter().chain(schemas))), []);
}

#[test]
fn many_operations() {
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n");
    for index in 0..10_000 {
        let _ = writeln!(
            text,
            "  /a{index}: {{get: {{operationId: get{index}, responses: {{'200': {{description: OK}}}}}}}}"
        );
    }
    assert_eq!(codes(&text), []);
}

#[test]
fn many_problems() {
    let properties = many(10_000, |index| {
        format!("p{index}: {}", reference(&format!("S{index}")))
    });
    let root = (
        "Root".to_owned(),
        format!("{{type: object, properties: {{{properties}}}}}"),
    );
    assert_eq!(
        codes(&description([root].into_iter())),
        [Code::UnresolvedReference]
    );
}

#[test]
fn many_values() {
    let values = many(20_000, |index| format!("v{index}"));
    let root = (
        "Root".to_owned(),
        format!("{{type: object, properties: {{a: {{type: string, enum: [{values}]}}}}}}"),
    );
    assert_eq!(codes(&description([root].into_iter())), []);
}

#[test]
fn long_texts() {
    let schemas = (0..2_000).map(|index| {
        let name = if index == 0 {
            "Root".to_owned()
        } else {
            format!("S{index}")
        };
        (
            name,
            format!(
                "{{type: object, description: '{}', properties: {{a: {{type: string}}}}}}",
                "x y ".repeat(1_250)
            ),
        )
    });
    assert_eq!(codes(&description(schemas)), []);
}

#[test]
fn one_long_line_with_many_problems() {
    let properties: Vec<String> = (0..2_000)
        .map(|index| format!("\"p{index}\": {{\"$ref\": \"#/é{index}\"}}"))
        .collect();
    let text = format!(
        "{{\"openapi\": \"3.1.0\", \"paths\": {{}}, \"components\": {{\"schemas\": {{\"A\": {{\"type\": \"object\", \"properties\": {{{}}}}}}}}}}}",
        properties.join(", ")
    );
    let document = Document::parse(Source::new("line.json", text))
        .unwrap_or_else(|problems| panic!("{problems}"));
    let begun = Instant::now();
    let shown = check(&document).expect_err("nothing is found").to_string();
    assert!(begun.elapsed() < LONGEST && shown.lines().count() > 10_000);
}

#[test]
fn deep_collections() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
        let text = format!("{}x{}\n", open.repeat(10_000), close.repeat(10_000));
        assert_eq!(codes(&text), [Code::NestingLimit], "{open}");
    }
}

#[test]
fn long_chains_of_references() {
    let property = |_, next: String| format!("{{type: object, properties: {{next: {next}}}}}");
    assert_eq!(codes(&chain(2_000, property)), []);
    assert_eq!(codes(&chain(10_000, property)), [Code::NestingLimit]);
    assert_eq!(codes(&chain(50, |_, next| next)), []);
    assert_eq!(codes(&chain(10_000, |_, next| next)), [Code::NestingLimit]);
    let list = |_, next: String| format!("{{type: array, items: {next}}}");
    assert_eq!(codes(&chain(30, list)), []);
    assert_eq!(codes(&chain(2_000, list)), [Code::NestingLimit]);
}

#[test]
fn schemas_that_double() {
    let twice = |_, next: String| format!("{{allOf: [{next}, {next}]}}");
    assert_eq!(codes(&chain(60, twice)), []);
    assert_eq!(codes(&chain(1_000, twice)), [Code::NestingLimit]);
    let rules = |index: usize, next: String| {
        format!(
            "{{allOf: [{next}, {next}, {{if: {{properties: {{a: {{const: v{index}}}}}}}, then: {{required: [a]}}}}]}}"
        )
    };
    assert_eq!(codes(&chain(20, rules)), []);
    let required = |_, next: String| {
        let members: Vec<String> = (0..10).map(|member| format!("p{member}")).collect();
        let properties: Vec<String> = members
            .iter()
            .map(|member| format!("{member}: {next}"))
            .collect();
        format!(
            "{{type: object, required: [{}], properties: {{{}}}}}",
            members.join(", "),
            properties.join(", ")
        )
    };
    assert_eq!(codes(&chain(12, required)), []);
    let either = |_, next: String| {
        format!(
            "{{type: object, properties: {{a: {{oneOf: [{next}, {{type: array, items: {next}}}]}}}}, default: {{}}}}"
        )
    };
    assert_eq!(codes(&chain(40, either)), []);
}
