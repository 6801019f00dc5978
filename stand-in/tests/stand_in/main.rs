//! The server as its clients see it, over TCP.

mod client;
mod corpus;
mod descriptions;
mod faults;
mod pictures;
mod records;
mod requests;
mod streams;
mod usage;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use stand_in::StandIn;

#[test]
fn a_server_starts_in_two_lines_and_stops_when_it_is_dropped() {
    let server = StandIn::start().expect("a port is free");
    let url = server.base_url();

    let address = server.address();
    assert_eq!(url, format!("http://{address}/v1"));
    assert!(std::net::TcpStream::connect(address).is_ok());
    drop(server);
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[test]
fn an_address_in_use_is_an_error() {
    let first = StandIn::start().expect("a port is free");
    let mut options = stand_in::Options::default();
    options.listen = first.address();
    assert!(StandIn::start_with(options).is_err());
}

#[test]
fn the_program_prints_where_it_listens() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_stand-in"));
    program.args(["--listen", "127.0.0.1:0", "--fault", "rate-limit"]);
    let mut child = program.stdout(Stdio::piped()).spawn().expect("a process");
    let stdout = child.stdout.take().expect("a pipe");
    let lines: Vec<_> = BufReader::new(stdout).lines().take(2).flatten().collect();
    let address = lines[0].strip_prefix("listening on ").expect("an address");
    let is_served = std::net::TcpStream::connect(address).is_ok();
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert!(is_served);
    assert_eq!(lines[1], format!("base URL     http://{address}/v1"));
}

#[test]
fn the_program_refuses_faults_that_it_does_not_have() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_stand-in"));
    let output = program
        .args(["--fault", "late-rimit"])
        .output()
        .expect("a process");
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("there is no fault named `late-rimit`"),
        "{message}"
    );
}
