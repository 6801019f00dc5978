//! Times the runtime beside the crates that do the same.

mod compile;
mod drain;
mod events;
mod files;
mod framing;
mod generation;
mod generators;
mod json_request;
mod loopback;
mod measure;
mod multipart;
mod process;
mod report;
mod response;
mod stream;
mod table;

use std::{env, error::Error};

use table::Table;

type Tables = fn() -> Vec<Table>;

const MODULES: [(&str, Tables); 9] = [
    ("framing", framing::tables),
    ("events", events::tables),
    ("loopback", loopback::tables),
    ("response", response::tables),
    ("multipart", multipart::tables),
    ("files", files::tables),
    ("json-request", json_request::tables),
    ("generation", generation::tables),
    ("compile", compile::tables),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [first, name, rest @ ..] = arguments.as_slice()
        && first == measure::CHILD
    {
        be_child(name, rest);
        return Ok(());
    }
    let mut found = Vec::new();
    for (id, tables) in MODULES {
        if arguments.is_empty() || arguments.iter().any(|name| name == id) {
            let tables = tables();
            for table in &tables {
                println!("{}", report::markdown(table));
            }
            found.extend(tables);
        }
    }
    // A part is no report.
    if arguments.is_empty() {
        report::write(&found)?;
    }
    Ok(())
}

/// One piece of work in a process of its own.
fn be_child(name: &str, rest: &[String]) {
    match name {
        "nothing" => measure::be_child(|| {}),
        "multipart" => measure::be_child(|| multipart::child(rest)),
        "files" => measure::be_child(|| files::child(rest)),
        "process" => process::child(rest),
        _ => panic!("there is no work {name}"),
    }
}
