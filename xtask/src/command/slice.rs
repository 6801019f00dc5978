//! The part of a description that some operations need, on the standard output or in a file.
//!
//! ```text
//! $ openapi-rust slice openapi.yaml --operation createImageEdit -o spec/openapi.yaml
//! wrote spec/openapi.yaml
//! ```
//!
//! The parts that are kept, and their form: [`openapi_codegen::slice()`]. In a step of GitHub
//! Actions, the standard output has lines for the runner around the text; with `-o` the file has
//! not.

use crate::arguments::SliceArguments;
use crate::error::Error;
use crate::files::folder::Staged;
use crate::files::input;
use crate::output::answer::{Answer, Form};
use crate::{Environment, Exit};

/// Runs `slice`.
pub fn run(arguments: &SliceArguments, environment: &Environment) -> Answer {
    match result(arguments) {
        Ok(text) => Answer::new(Form::Results(text), Exit::Clean),
        Err(error) => Answer::failed(&error, None, environment),
    }
}

/// The slice, or where it has been written.
fn result(arguments: &SliceArguments) -> Result<String, Error> {
    let input = input::read(&arguments.description(), &[])?;
    let document = &input.document;
    let operations = openapi_codegen::selected(document, &arguments.operation, &arguments.tag)?;
    let slice = openapi_codegen::slice(document, &operations)?;
    let Some(output) = arguments.output() else {
        return Ok(slice);
    };
    Staged::new(&output, &slice)?.put()?;
    Ok(format!("wrote {output}\n"))
}
