//! The long story of a code.
//!
//! ```text
//! $ cargo xtask explain unresolved-refrence
//! error: there is no code `unresolved-refrence`
//!   = help: did you mean `unresolved-reference`?
//! ```

use openapi_codegen::diagnostic::{self, suggest};

use crate::Exit;
use crate::answer::{Answer, Form};
use crate::code::Code;
use crate::command_line::ExplainArguments;
use crate::table;

/// Runs `cargo xtask explain`.
pub fn run(arguments: &ExplainArguments) -> Answer {
    let explained = match &arguments.code {
        None => Ok(list()),
        Some(name) => explanation(name),
    };
    let (form, exit) = match explained {
        Ok(text) => (Form::Results(text), Exit::Clean),
        Err(text) => (Form::Problems(text), Exit::Unknown),
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

fn explanation(wanted: &str) -> Result<String, String> {
    if let Some((name, text)) = codes().find(|&(name, _)| name == wanted) {
        return Ok(format!("# {name}\n\n{}\n", text.trim_end()));
    }
    let help = match suggest(wanted, codes().map(|(name, _)| name)) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`cargo xtask explain` lists all codes".to_owned(),
    };
    let wanted = wanted.escape_debug();
    Err(format!(
        "error: there is no code `{wanted}`\n  = help: {help}\n"
    ))
}

/// The line that says how to read on about codes, each of which it names once; nothing without codes.
pub fn hint<'a>(codes: impl IntoIterator<Item = &'a str>) -> String {
    let mut distinct = Vec::new();
    for code in codes {
        if !distinct.contains(&code) {
            distinct.push(code);
        }
    }
    match distinct[..] {
        [] => String::new(),
        [code] => format!("for more, run: cargo xtask explain {code}\n"),
        _ => format!(
            "for more, run: cargo xtask explain CODE, where CODE is one of: {}\n",
            distinct.join(", ")
        ),
    }
}
