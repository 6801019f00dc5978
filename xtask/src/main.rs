//! The program `openapi-rust`, which `cargo xtask` runs in this repository; see the library of the
//! same package.

use std::env;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use openapi_rust::{Environment, Exit};

fn main() -> ExitCode {
    let output = openapi_rust::run(env::args_os(), &Environment::of_process());
    let written = print(io::stdout(), &output.stdout).and(print(io::stderr(), &output.stderr));
    match written {
        Ok(()) => output.exit.into(),
        Err(_) => Exit::Error.into(),
    }
}

/// Prints a text. A reader that has gone away, as in `openapi-rust operations | head`, is not an
/// error.
fn print(mut stream: impl Write, text: &str) -> io::Result<()> {
    match stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush())
    {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
