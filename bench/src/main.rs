//! Times the runtime beside the crates that do the same.

mod check;
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

use std::{
    env,
    error::Error,
    process::{Command, Stdio},
};

use table::Table;

type Tables = fn() -> Vec<Table>;

const MODULES: [(&str, Tables); 10] = [
    ("framing", framing::tables),
    ("events", events::tables),
    ("loopback", loopback::tables),
    ("response", response::tables),
    ("multipart", multipart::tables),
    ("files", files::tables),
    ("json-request", json_request::tables),
    ("generation", generation::tables),
    ("compile", compile::tables),
    ("check", check::tables),
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
        if arguments.is_empty() {
            let tables = in_own_process(id)?;
            print(&tables);
            found.extend(tables);
        } else if arguments.iter().any(|name| name == id) {
            print(&tables());
        }
    }
    // A part is not the report.
    if arguments.is_empty() {
        report::write(&found)?;
    }
    Ok(())
}

fn print(tables: &[Table]) {
    for table in tables {
        println!("{}", report::markdown(table));
    }
}

/// The tables of a part. A part that comes after others would find the heap as they left it.
fn in_own_process(id: &str) -> Result<Vec<Table>, Box<dyn Error>> {
    let mut part = Command::new(env::current_exe()?);
    let part = part
        .args([measure::CHILD, "tables", id])
        .stderr(Stdio::inherit());
    let output = part.output()?;
    if !output.status.success() {
        return Err(format!("{id} failed: {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The tables of a part as JSON.
fn tables(id: &str) {
    let part = MODULES.iter().find(|(name, _)| *name == id);
    let (_, tables) = part.expect("the part is in the list");
    println!(
        "{}",
        serde_json::to_string(&tables()).expect("tables are JSON")
    );
}

/// One piece of work in a process of its own.
fn be_child(name: &str, rest: &[String]) {
    match name {
        "nothing" => measure::be_child(|| {}),
        "multipart" => measure::be_child(|| multipart::child(rest)),
        "files" => measure::be_child(|| files::child(rest)),
        "process" => process::child(rest),
        "tables" => rest.iter().for_each(|id| tables(id)),
        _ => panic!("there is no work {name}"),
    }
}
