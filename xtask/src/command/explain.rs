//! The explanation of a code.
//!
//! ```text
//! $ openapi-rust explain unresolved-refrence
//! error: there is no code `unresolved-refrence`
//!   = help: did you mean `unresolved-reference`?
//! ```

use openapi_codegen::diagnostic::{self, suggest};

use crate::arguments::ExplainArguments;
use crate::code::Code;
use crate::output::answer::{Answer, Form};
use crate::output::table;
use crate::{Environment, Exit};

/// Runs `explain`.
pub fn run(arguments: &ExplainArguments, environment: &Environment) -> Answer {
    let program = &environment.program;
    let explained = match &arguments.code {
        None => Ok(list()),
        Some(name) => explanation(program, name),
    };
    let (form, exit) = match explained {
        Ok(text) => (Form::Results(text), Exit::Clean),
        Err(text) => (Form::Problems(text), Exit::Error),
    };
    Answer::new(form, exit)
}

/// Names and explanations: the codes of descriptions first, then those of the command line.
fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_descriptions = diagnostic::Code::ALL.iter();
    let of_descriptions = of_descriptions.map(|code| (code.as_str(), code.explanation()));
    let own = Code::ALL.iter();
    of_descriptions.chain(own.map(|code| (code.as_str(), code.explanation())))
}

/// Each code with the first line of its explanation.
fn list() -> String {
    let head = ["code", "what is wrong"];
    let rows = codes().map(|(name, text)| [name, text.lines().next().unwrap_or_default()]);
    let rows: Vec<_> = std::iter::once(head)
        .chain(rows)
        .map(|row| row.map(str::to_owned))
        .collect();
    table::lines(&rows)
}

fn explanation(program: &str, wanted: &str) -> Result<String, String> {
    if let Some((name, text)) = codes().find(|&(name, _)| name == wanted) {
        // Explanations name the program as it is installed.
        let text = text
            .trim_end()
            .replace("openapi-rust ", &format!("{program} "));
        return Ok(format!("# {name}\n\n{text}\n"));
    }
    let help = match suggest(wanted, codes().map(|(name, _)| name)) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("`{program} explain` lists all codes"),
    };
    let wanted = wanted.escape_debug();
    Err(format!(
        "error: there is no code `{wanted}`\n  = help: {help}\n"
    ))
}

/// The line that says how to read on about codes, each of which it names once; nothing without
/// codes.
pub fn hint<'a>(program: &str, codes: impl IntoIterator<Item = &'a str>) -> String {
    let mut distinct = Vec::new();
    for code in codes {
        if !distinct.contains(&code) {
            distinct.push(code);
        }
    }
    match distinct[..] {
        [] => String::new(),
        [code] => format!("for more, run: {program} explain {code}\n"),
        _ => format!(
            "for more, run: {program} explain CODE, where CODE is one of: {}\n",
            distinct.join(", ")
        ),
    }
}
