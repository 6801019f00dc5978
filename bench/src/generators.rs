//! The generators of others, and how each is called, as its own documentation says.
//!
//! For `openai.yaml` and the operation `createImageEdit`, `oas3-gen` is called as
//! `oas3-gen generate client-mod -i openai.yaml -o FOLDER --only createImageEdit`.

use std::{fs, io, path::Path};

use crate::{
    process::{Process, on_path, text},
    table::Who,
};

/// A process for each generator that can do it: `ploidy` cannot be asked for one operation.
pub fn peers(
    description: &Path,
    operation: Option<&str>,
    folder: &Path,
) -> io::Result<Vec<Process>> {
    let input = &*text(description);
    let oas3 = folder.join("oas3-gen");
    let rust = folder.join("openapi-to-rust");
    let ploidy = folder.join("ploidy");
    let [oas3_text, rust_text, ploidy_text] = [&oas3, &rust, &ploidy].map(|path| text(path));

    let mut arguments = vec!["generate", "client-mod", "-i", input, "-o", &oas3_text];
    arguments.extend(operation.iter().flat_map(|operation| ["--only", operation]));
    let mut processes = vec![peer("oas3-gen", "oas3-gen 0.29.0", &arguments, &oas3)];

    let settings = text(&folder.join("openapi-to-rust.toml"));
    let arguments = if let Some(operation) = operation {
        fs::create_dir_all(folder)?;
        fs::write(&settings, one_operation(input, &rust_text, operation))?;
        vec!["generate", "--config", &settings, "--quiet"]
    } else {
        vec!["generate", input, "--output-dir", &rust_text, "--quiet"]
    };
    processes.push(peer(
        "openapi-to-rust",
        "openapi-to-rust 0.23.0",
        &arguments,
        &rust,
    ));

    if operation.is_none() {
        let arguments = [
            "generate",
            "rust",
            input,
            "-o",
            &ploidy_text,
            "--name",
            "client",
        ];
        processes.push(peer("ploidy", "ploidy 0.15.0", &arguments, &ploidy));
    }
    Ok(processes)
}

/// The settings of `openapi-to-rust` for one operation and the types that it needs.
fn one_operation(input: &str, output: &str, operation: &str) -> String {
    format!(
        "[generator]\nspec_path = {input:?}\noutput_dir = {output:?}\nmodule_name = \"client\"\n\n\
         [features]\nenable_async_client = true\n\n\
         [client]\noperations = [{operation:?}]\nprune_models = true\n"
    )
}

fn peer(program: &str, name: &'static str, arguments: &[&str], output: &Path) -> Process {
    Process {
        name,
        who: Who::Peer,
        program: on_path(program),
        arguments: arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect(),
        output: Some(output.to_owned()),
        anew: true,
    }
}
