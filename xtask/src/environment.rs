//! The environment of a run: the name that the program was called by, and the terminal.

use std::env;
use std::io::{self, IsTerminal};

use crate::output::github::Token;

/// The variable in which an alias gives its own name, as `.cargo/config.toml` does for
/// `cargo xtask`.
const CALLED_AS: &str = "OPENAPI_RUST_CALLED_AS";

/// The name that the program was called by, and the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The command that people type, for help and hints.
    pub program: String,
    /// True if text on the standard output may have ANSI escape sequences.
    pub stdout_color: bool,
    /// True if text on the standard error may have ANSI escape sequences.
    pub stderr_color: bool,
    /// In a step of GitHub Actions, all text is printed to the standard output, in a form that is
    /// safe there.
    pub github: Option<Token>,
}

impl Default for Environment {
    /// The name of the program, no colour, not GitHub.
    fn default() -> Self {
        Self {
            program: "openapi-rust".to_owned(),
            stdout_color: false,
            stderr_color: false,
            github: None,
        }
    }
}

impl Environment {
    /// The environment of this process.
    pub fn of_process() -> Self {
        let color = env::var_os("NO_COLOR").is_none();
        let is_github = env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
        Self {
            program: env::var(CALLED_AS).unwrap_or_else(|_| Self::default().program),
            stdout_color: color && io::stdout().is_terminal(),
            stderr_color: color && io::stderr().is_terminal(),
            github: is_github.then(Token::random),
        }
    }
}
