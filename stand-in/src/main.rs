//! The command line of the stand-in: prints its address, and serves requests until it is
//! interrupted.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser;
use stand_in::{FAULT_HEADER, Faults, Options, StandIn};

/// Answers POST /images/edits as the API does, without a key.
#[derive(Parser)]
#[command(name = "stand-in")]
struct CommandLine {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
    listen: SocketAddr,
    /// Faults to simulate, such as `rate-limit; times=2`; the documentation of the crate has the
    /// list
    #[arg(long, value_name = "FAULT", default_value = "")]
    fault: Faults,
    /// Maximum length of a body in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Options::default().max_body)]
    max_body: usize,
}

fn main() -> ExitCode {
    let command_line = CommandLine::parse();
    let mut options = Options::default();
    options.listen = command_line.listen;
    options.faults = command_line.fault;
    options.max_body = command_line.max_body;
    match StandIn::start_with(options) {
        Ok(server) => {
            let (address, url) = (server.address(), server.base_url());
            println!(
                "listening on {address}\nbase URL     {url}\nany key will do; the header `{FAULT_HEADER}` asks for faults"
            );
            server.wait();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: cannot listen on {}: {error}", command_line.listen);
            eprintln!("help: `--listen 127.0.0.1:0` takes a free port");
            ExitCode::FAILURE
        }
    }
}
