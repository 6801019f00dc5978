//! `cargo xtask`: see the library of the same name.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let output = xtask::run(std::env::args_os(), color);
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
