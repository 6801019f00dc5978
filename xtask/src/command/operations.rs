//! The operations of a description, as a table and as JSON.
//!
//! ```text
//! operationId      method  path           tags    request              responses
//! createImageEdit  POST    /images/edits  Images  multipart/form-data  200 application/json, 200 text/event-stream
//! ```

use openapi_codegen::{OperationSummary, selected};
use serde_json::{Value, json};

use crate::arguments::{Format, OperationsArguments};
use crate::error::Error;
use crate::files::input;
use crate::files::project::Project;
use crate::output::answer::{Answer, Form};
use crate::output::table;
use crate::{Environment, Exit};

/// Runs `operations`.
pub fn run(arguments: &OperationsArguments, environment: &Environment) -> Answer {
    let format = arguments.description.format;
    match (format, listed(arguments)) {
        (Format::Json, Ok(operations)) => Answer::new(Form::Json(json(&operations)), Exit::Clean),
        (Format::Text, Ok(operations)) => {
            Answer::new(Form::Results(text(&operations)), Exit::Clean)
        }
        (_, Err(error)) => {
            let rest = (format == Format::Json).then(|| json!({"operations": []}));
            Answer::failed(&error, rest, environment)
        }
    }
}

/// All operations of the description, or those with one of the tags.
fn listed(arguments: &OperationsArguments) -> Result<Vec<OperationSummary>, Error> {
    let (description, overlays) = arguments.description.resolve(&Project::find()?)?;
    let input = input::read(&description, &overlays)?;
    let wanted = selected(&input.document, &[], &arguments.tag)?;
    let mut operations = openapi_codegen::operations(&input.document)?;
    operations.retain(|operation| wanted.is_empty() || wanted.contains(&operation.id));
    Ok(operations)
}

const HEAD: [&str; 6] = [
    "operationId",
    "method",
    "path",
    "tags",
    "request",
    "responses",
];

/// A line for each operation, in the order of the description.
fn text(operations: &[OperationSummary]) -> String {
    let head = HEAD.map(str::to_owned);
    let rows: Vec<_> = std::iter::once(head)
        .chain(operations.iter().map(row))
        .collect();
    table::lines(&rows)
}

fn row(operation: &OperationSummary) -> [String; HEAD.len()] {
    let responses = operation.responses.iter();
    let responses = responses.map(|(status, media_type)| format!("{status} {media_type}"));
    let responses: Vec<_> = responses
        .map(|response| response.trim_end().to_owned())
        .collect();
    [
        operation.id.clone(),
        operation.method.clone(),
        operation.path.clone(),
        operation.tags.join(", "),
        operation.request.join(", "),
        responses.join(", "),
    ]
    // A line break in a name would break the table, and an escape sequence would reach the
    // terminal.
    .map(|cell| {
        cell.chars()
            .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
            .collect()
    })
}

fn json(operations: &[OperationSummary]) -> Value {
    let operations: Value = operations.iter().map(object).collect();
    json!({"status": "clean", "operations": operations, "diagnostics": []})
}

fn object(operation: &OperationSummary) -> Value {
    let responses = operation.responses.iter().map(|(status, media_type)| {
        let media_type = Some(media_type).filter(|media_type| !media_type.is_empty());
        json!({"status": status, "mediaType": media_type})
    });
    json!({
        "operationId": operation.id,
        "method": operation.method,
        "path": operation.path,
        "summary": operation.summary,
        "tags": operation.tags,
        "request": operation.request,
        "responses": responses.collect::<Value>(),
    })
}
