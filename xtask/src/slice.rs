//! The part of a description that some operations need, on the standard output or in a file.
//!
//! ```text
//! $ cargo xtask slice openapi.yaml --operation createImageEdit -o spec/openapi.yaml
//! wrote spec/openapi.yaml
//! ```
//!
//! What is kept, and how it is written: [`openapi_codegen::slice()`]. In a step of GitHub Actions, the standard output has
//! lines for the runner around the text; with `-o` the file has not.

use crate::answer::{Answer, Form};
use crate::command_line::SliceArguments;
use crate::error::Error;
use crate::folder::Staged;
use crate::{Exit, Terminal, input};

/// Runs `cargo xtask slice`.
pub fn run(arguments: &SliceArguments, terminal: &Terminal) -> Answer {
    match result(arguments) {
        Ok(text) => Answer::new(Form::Results(text), Exit::Clean),
        Err(error) => Answer::failed(&error, false, terminal),
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
