//! The operations of a description, as a table and as JSON.
//!
//! ```text
//! operationId      method  path           request              responses
//! createImageEdit  POST    /images/edits  multipart/form-data  200 application/json, 200 text/event-stream
//! ```

use openapi_codegen::OperationSummary;
use serde_json::{Value, json};

use crate::command_line::{Format, OperationsArguments};
use crate::error::Error;
use crate::input;
use crate::{Exit, Output};

/// Runs `cargo xtask operations`.
pub fn run(arguments: &OperationsArguments, color: bool) -> Output {
    let document = input::read(&arguments.description(), &arguments.overlays());
    let listed = document.and_then(|document| Ok(openapi_codegen::operations(&document)?));
    let exit = if listed.is_ok() {
        Exit::Clean
    } else {
        Exit::Unknown
    };
    let (stdout, stderr) = match (arguments.format, listed) {
        (Format::Json, listed) => (format!("{:#}\n", json(listed)), String::new()),
        (Format::Text, Ok(operations)) => (table(&operations), String::new()),
        (Format::Text, Err(error)) => (String::new(), error.render(color)),
    };
    Output {
        stdout,
        stderr,
        exit,
    }
}

const HEAD: [&str; 5] = ["operationId", "method", "path", "request", "responses"];

/// A line for each operation, in the order of the description; columns are as wide as their widest cell.
fn table(operations: &[OperationSummary]) -> String {
    let head = HEAD.map(str::to_owned);
    let rows: Vec<_> = std::iter::once(head)
        .chain(operations.iter().map(row))
        .collect();
    let mut widths = [0; HEAD.len()];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String; HEAD.len()]| {
        let cells = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
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
        operation.request.join(", "),
        responses.join(", "),
    ]
    // A line break in a name would break the table, and an escape sequence would reach the terminal.
    .map(|cell| {
        cell.chars()
            .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
            .collect()
    })
}

fn json(listed: Result<Vec<OperationSummary>, Error>) -> Value {
    let (status, operations, diagnostics) = match listed {
        Ok(operations) => ("clean", operations.iter().map(object).collect(), json!([])),
        Err(error) => ("error", json!([]), error.to_json()),
    };
    json!({"status": status, "operations": operations, "diagnostics": diagnostics})
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
        "request": operation.request,
        "responses": responses.collect::<Value>(),
    })
}
