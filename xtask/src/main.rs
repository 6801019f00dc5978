//! `cargo xtask`: see the library of the same name.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use xtask::Terminal;
use xtask::github::Token;

fn main() -> ExitCode {
    let color = env::var_os("NO_COLOR").is_none();
    let is_github = env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
    let terminal = Terminal {
        stdout_color: color && io::stdout().is_terminal(),
        stderr_color: color && io::stderr().is_terminal(),
        github: is_github.then(Token::random),
    };
    let output = xtask::run(env::args_os(), &terminal);
    let written = print(io::stdout(), &output.stdout).and(print(io::stderr(), &output.stderr));
    match written {
        Ok(()) => output.exit.into(),
        Err(_) => xtask::Exit::Unknown.into(),
    }
}

/// Prints a text. That the reader has gone away, as in `cargo xtask operations openapi.yaml | head`, is no error.
fn print(mut stream: impl Write, text: &str) -> io::Result<()> {
    match stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush())
    {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
