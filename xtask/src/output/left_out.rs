//! The operations that `generate --skip-unsupported` leaves out.
//!
//! ```text
//! left out: 1 operation
//!   lamps.yaml:17:39: createLamp: no value is valid here
//! ```
//!
//! ```json
//! [{"operation": "createLamp", "diagnostics": [{"code": "unsupported-schema", "…": "…"}]}]
//! ```

use openapi_codegen::{LeftOut, escaped};
use serde_json::{Value, json};

/// A line for each problem of each operation; empty without any.
pub fn text(left_out: &[LeftOut]) -> String {
    let operations = match left_out.len() {
        0 => return String::new(),
        1 => "operation",
        _ => "operations",
    };
    let lines: String = left_out.iter().map(lines).collect();
    format!("left out: {} {operations}\n{lines}", left_out.len())
}

fn lines(left_out: &LeftOut) -> String {
    let LeftOut {
        operation,
        problems,
    } = left_out;
    let line = problems.iter().map(|problem| {
        let source = problems.sources().get(problem.span.source);
        let place = source.map_or_else(String::new, |source| {
            let location = source.location(problem.span.start);
            let name = escaped(&source.name);
            format!("{name}:{}:{}: ", location.line, location.column)
        });
        format!("  {place}{}: {}\n", escaped(operation), problem.message)
    });
    line.collect()
}

/// An object for each operation.
pub fn json(left_out: &[LeftOut]) -> Value {
    let objects = left_out
        .iter()
        .map(|one| json!({"operation": one.operation, "diagnostics": one.problems.to_json()}));
    objects.collect()
}
