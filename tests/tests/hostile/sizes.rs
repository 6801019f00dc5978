//! Very large documents. Each is made here, and is read and emitted in time proportional to its
//! size, or refused with a place.
//!
//! The sizes are small, since this is compiled without optimization.

use std::fmt::Write as _;

use openapi_codegen::diagnostic::Code;
use openapi_codegen::document::{Document, Source};
use openapi_codegen::{Layout, Selection, bindings, check, emit, generate, lower, selected, slice};
use openapi_tests::growth;

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

/// `Root` and so many schemas, each of which is made from the reference to the next; the last is
/// an object.
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

/// The codes of the problems of generating and of checking, none where the document is in order.
fn codes(text: &str) -> Vec<Code> {
    let problems = Document::parse(Source::new("large.yaml", text)).and_then(|document| {
        let selection = Selection {
            operations: &[],
            crate_name: "large",
            layout: Layout::Groups,
        };
        let generated = generate(&document, &selection).map(|_| ());
        let checked = check(&document);
        generated.and(checked)
    });
    let mut codes: Vec<Code> = problems
        .err()
        .iter()
        .flat_map(|problems| problems.iter().map(|problem| problem.code))
        .collect();
    codes.dedup();
    codes
}

/// Checks that the time for a document grows in proportion to its size, and the codes of its
/// problems.
///
/// Printing what is emitted takes most of the time, so that growth of anything else would not show
/// in the whole: that is compared on larger documents, without the printing.
fn linear(name: &str, size: usize, document: impl Fn(usize) -> String, expected: &[Code]) {
    growth::linear(name, size, |size| {
        let _ = Document::parse(Source::new("large.yaml", document(size))).and_then(|document| {
            let lowered = lower(&document, &[], Layout::Groups);
            let emitted = lowered.map(|api| {
                let _ = emit(&api, "large");
                let _ = bindings(&api, "large");
            });
            emitted.and(check(&document))
        });
    });
    growth::linear(&format!("{name}, printed"), size / 8, |size| {
        assert_eq!(codes(&document(size)), expected, "{name}, {size}");
    });
}

/// `Root` with so many properties, each a reference to a schema of its own.
fn references(count: usize) -> (String, String) {
    let properties = many(count, |index| {
        format!("p{index}: {}", reference(&format!("S{index}")))
    });
    let root = format!("{{type: object, properties: {{{properties}}}}}");
    ("Root".to_owned(), root)
}

#[test]
fn many_schemas() {
    let document = |count| {
        let schema = "{type: object, properties: {a: {type: string}}}";
        let schemas = (0..count).map(|index| (format!("S{index}"), schema.to_owned()));
        description([references(count)].into_iter().chain(schemas))
    };
    linear("schemas", 600, document, &[]);
}

#[test]
fn many_operations() {
    let document = |count| {
        let mut text = String::from("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n");
        for index in 0..count {
            let _ = writeln!(
                text,
                "  /a{index}: {{get: {{operationId: get{index}, responses: {{'200': {{description: OK}}}}}}}}"
            );
        }
        text
    };
    linear("operations", 500, document, &[]);
}

/// Each operation is a group, and reaches one schema more of a chain than the one before: so many
/// sets of groups as schemas.
#[test]
fn many_groups() {
    let document = |count| {
        let mut text = String::from("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n");
        for index in 0..count {
            let schema = reference(&format!("S{index}"));
            let _ = writeln!(
                text,
                "  /a{index}: {{get: {{operationId: get{index}, tags: [g{index}], responses: {{'200': {{description: OK, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}"
            );
        }
        text.push_str("components:\n  schemas:\n");
        for index in 0..count {
            let last = if index == 0 { index } else { index - 1 };
            let next = reference(&format!("S{last}"));
            let _ = writeln!(
                text,
                "    S{index}: {{type: object, properties: {{a: {next}}}}}"
            );
        }
        text
    };
    linear("groups", 400, document, &[]);
}

#[test]
fn many_problems() {
    let document = |count| description([references(count)].into_iter());
    linear("problems", 1_000, document, &[Code::UnresolvedReference]);
}

#[test]
fn many_values() {
    let document = |count| {
        let values = many(count, |index| format!("v{index}"));
        let root =
            format!("{{type: object, properties: {{a: {{type: string, enum: [{values}]}}}}}}");
        description([("Root".to_owned(), root)].into_iter())
    };
    linear("values", 5_000, document, &[]);
}

#[test]
fn long_texts() {
    let document = |count| {
        let text = "x y ".repeat(count);
        let root =
            format!("{{type: object, description: '{text}', properties: {{a: {{type: string}}}}}}");
        description([("Root".to_owned(), root)].into_iter())
    };
    linear("words", 60_000, document, &[]);
}

#[test]
fn one_long_line_with_many_problems() {
    let prose = "x".repeat(250);
    growth::linear("problems in one line", 400, |count| {
        let properties: Vec<String> = (0..count)
            .map(|index| {
                format!("\"p{index}\": {{\"$ref\": \"#/é{index}\", \"description\": \"{prose}\"}}")
            })
            .collect();
        let text = format!(
            "{{\"openapi\": \"3.1.0\", \"paths\": {{}}, \"components\": {{\"schemas\": {{\"A\": {{\"type\": \"object\", \"properties\": {{{}}}}}}}}}}}",
            properties.join(", ")
        );
        let document = Document::parse(Source::new("line.json", text))
            .unwrap_or_else(|problems| panic!("{problems}"));
        let shown = check(&document).expect_err("nothing is found").to_string();
        assert!(shown.lines().count() > 5 * count);
    });
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
    linear("properties", 600, |count| chain(count, property), &[]);
    assert_eq!(codes(&chain(5_200, property)), [Code::NestingLimit]);
    assert_eq!(codes(&chain(50, |_, next| next)), []);
    assert_eq!(codes(&chain(1_000, |_, next| next)), [Code::NestingLimit]);
    let list = |_, next: String| format!("{{type: array, items: {next}}}");
    assert_eq!(codes(&chain(30, list)), []);
    assert_eq!(codes(&chain(500, list)), [Code::NestingLimit]);
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

/// Unions that list the next union twice, directly and within another one.
#[test]
fn unions_that_double() {
    let twice = |index: usize, next: String| {
        format!(
            "{{discriminator: {{propertyName: kind}}, oneOf: [{next}, {{anyOf: [{next}, {{type: object, required: [kind], properties: {{kind: {{const: k{index}}}}}}}]}}]}}"
        )
    };
    let last = "properties: {a: {type: string}}";
    let tagged = "required: [kind], properties: {kind: {const: last}}";
    let document = chain(16, twice).replace(last, tagged);
    assert_eq!(codes(&document), []);
}

/// Unions in layers, each of which lists all of the next layer.
#[test]
fn unions_in_layers() {
    let (layers, width) = (6, 10);
    let name = |layer: usize, index: usize| match layer {
        0 => "Root".to_owned(),
        _ => format!("S{layer}x{index}"),
    };
    let union = |layer: usize, index: usize| {
        let next = many(width, |next| reference(&name(layer + 1, next)));
        (name(layer, index), format!("{{oneOf: [{next}]}}"))
    };
    let object = |index: usize| {
        let object =
            format!("{{type: object, required: [p{index}], properties: {{p{index}: {{}}}}}}");
        (name(layers, index), object)
    };
    let widths = (0..layers).map(|layer| (layer, if layer == 0 { 1 } else { width }));
    let unions = widths.flat_map(|(layer, width)| (0..width).map(move |index| (layer, index)));
    let schemas = unions.map(|(layer, index)| union(layer, index));
    let document = description(schemas.chain((0..width).map(object)));
    assert_eq!(codes(&document), []);
}

/// An operation of 3.2 that answers with events of this item schema.
fn events(item: &str, schemas: impl Iterator<Item = (String, String)>) -> String {
    let mut text = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: watch\n      responses: {{'200': {{content: {{text/event-stream: {{itemSchema: {item}}}}}}}}}\ncomponents:\n  schemas:\n    A: {{type: object, properties: {{a: {{type: string}}}}}}\n"
    );
    for (name, schema) in schemas {
        let _ = writeln!(text, "    {name}: {schema}");
    }
    text
}

#[test]
fn many_kinds_of_events() {
    let data = "{type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/A'}}";
    let kinds = |count| {
        let kind = |index| format!("{{properties: {{event: {{const: k{index}}}, data: {data}}}}}");
        events(
            &format!("{{oneOf: [{}]}}", many(count, kind)),
            [].into_iter(),
        )
    };
    linear("kinds", 600, kinds, &[]);
    // The outer schema describes the data of all kinds once.
    let shared = |count| {
        let content = |index| {
            format!(
                "{{contentMediaType: application/json, contentSchema: {{type: object, required: [p{index}], properties: {{p{index}: {{type: string}}}}}}}}"
            )
        };
        let kind = |index| format!("{{properties: {{event: {{const: k{index}}}}}}}");
        let (contents, kinds) = (many(count, content), many(count, kind));
        events(
            &format!(
                "{{properties: {{data: {{type: string, oneOf: [{contents}]}}}}, oneOf: [{kinds}]}}"
            ),
            [].into_iter(),
        )
    };
    assert_eq!(codes(&shared(200)), []);
}

#[test]
fn events_that_lead_back_to_themselves() {
    let all = many(100, |index| reference(&format!("S{}", index % 50)));
    let schemas = (0..50).map(|index| {
        let schema = format!("{{properties: {{event: {{const: k{index}}}}}, oneOf: [{all}]}}");
        (format!("S{index}"), schema)
    });
    let text = events(&format!("{{oneOf: [{all}]}}"), schemas);
    let document = Document::parse(Source::new("large.yaml", text)).expect("it is YAML");
    let problems = lower(&document, &[], Layout::Flat).expect_err("they are nested without end");
    assert!(
        problems
            .iter()
            .all(|problem| problem.code == Code::NestingLimit)
    );
}

#[test]
fn tags_that_are_nested() {
    growth::linear("tags", 8_000, |count| {
        let mut text = String::from("openapi: 3.2.0\ninfo: {title: T, version: '1'}\ntags:\n");
        for index in 0..count {
            let _ = writeln!(
                text,
                "- {{name: t{index}, parent: t{}}}",
                (index + 1) % count
            );
        }
        text.push_str(
            "paths:\n  /a: {get: {operationId: get, tags: [t0], responses: {'204': {}}}}\n",
        );
        let document = Document::parse(Source::new("tags.yaml", text)).expect("it is YAML");
        let ids = selected(&document, &[], &[format!("t{}", count / 2)]).expect("it is nested");
        assert_eq!(ids, ["get"]);
        assert!(slice(&document, &ids).is_ok());
    });
}
