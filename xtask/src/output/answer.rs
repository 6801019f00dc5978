//! The result of a command, before it is known where that is printed.
//!
//! ```text
//! Form::Results("clean: 6 files in generated\n")   the standard output
//! Form::Problems("error[io]: cannot read …\n")         the standard error
//! Form::Json({"status": "clean", …})                   the standard output
//! ```

use serde_json::{Value, json};

use crate::error::Error;
use crate::output::github::{self, Annotation};
use crate::{Environment, Exit, Output};

/// The result of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The output.
    pub form: Form,
    /// Annotations that GitHub shows beside the files, if it runs the command and the form is text.
    pub annotations: Vec<Annotation>,
    /// The exit code.
    pub exit: Exit,
}

/// The output of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text on the standard output.
    Results(String),
    /// Text on the standard error.
    Problems(String),
    /// A document on the standard output.
    Json(Value),
}

impl Form {
    /// The form of results as a value: a string, or the document itself.
    pub fn into_value(self) -> Value {
        match self {
            Self::Results(text) | Self::Problems(text) => Value::String(text),
            Self::Json(value) => value,
        }
    }

    /// The results that a value stands for.
    pub fn of_value(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Results(text),
            value => Self::Json(value),
        }
    }
}

impl Answer {
    /// An answer without annotations.
    pub fn new(form: Form, exit: Exit) -> Self {
        Self {
            form,
            annotations: Vec::new(),
            exit,
        }
    }

    /// The answer of a command that could not be carried out. In JSON, it has `status`,
    /// `diagnostics`, and the members of `rest`.
    pub fn failed(error: &Error, rest: Option<Value>, environment: &Environment) -> Self {
        let form = match rest {
            Some(mut object) => {
                object["status"] = json!("error");
                object["diagnostics"] = error.to_json();
                Form::Json(object)
            }
            None => Form::Problems(error.render(&environment.program, environment.stderr_color)),
        };
        Self {
            form,
            annotations: error.annotations(),
            exit: Exit::Error,
        }
    }

    /// The texts for both streams.
    pub fn print(self, environment: &Environment) -> Output {
        let (stdout, stderr) = match (self.form, &environment.github) {
            (Form::Json(value), _) => (github::inert(&format!("{value:#}\n")), String::new()),
            (Form::Results(text) | Form::Problems(text), Some(token)) => {
                let log = github::log(&text, &self.annotations, token);
                (log, String::new())
            }
            (Form::Results(text), None) => (text, String::new()),
            (Form::Problems(text), None) => (String::new(), text),
        };
        Output {
            stdout,
            stderr,
            exit: self.exit,
        }
    }
}
