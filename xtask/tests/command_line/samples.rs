//! The samples of the README and of `docs/maintaining.md`, run one after the other in one folder.

use std::env;
use std::path::Path;

use crate::Folder;

const PAGES: [&str; 2] = [
    include_str!("../../../README.md"),
    include_str!("../../../docs/maintaining.md"),
];

/// The fenced blocks of a language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let start = format!("\n```{language}\n");
    let blocks = page.split(start.as_str()).skip(1);
    blocks
        .map(|block| block.split("\n```").next().unwrap_or_default())
        .collect()
}

/// A command with what it prints. The lines of a here-document begin with `> `.
#[derive(Debug, Default)]
struct Sample {
    command: String,
    printed: String,
}

fn samples(block: &str) -> Vec<Sample> {
    let mut samples: Vec<Sample> = Vec::new();
    for line in block.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            samples.push(Sample {
                command: format!("{command}\n"),
                printed: String::new(),
            });
            continue;
        }
        let sample = samples.last_mut().expect("a block begins with a command");
        match line.strip_prefix("> ") {
            Some(more) if sample.printed.is_empty() => sample.command.extend([more, "\n"]),
            _ => sample.printed.extend([line, "\n"]),
        }
    }
    samples
}

/// True if a text is what a sample shows, in which a line `…` stands for lines that are left out.
fn is_shown(text: &str, shown: &str) -> bool {
    match shown.split_once("…\n") {
        Some((head, tail)) => text.starts_with(head) && text.ends_with(tail),
        None => text == shown,
    }
}

#[cfg(unix)]
#[test]
fn samples_print_what_the_pages_show() {
    let folder = Folder::without_settings();
    for file in blocks(PAGES[0], "yaml")
        .into_iter()
        .chain(blocks(PAGES[0], "toml"))
    {
        let name = file.lines().next().and_then(|line| line.strip_prefix("# "));
        folder.write(name.expect("the name of the file"), &format!("{file}\n"));
    }
    let program = Path::new(env!("CARGO_BIN_EXE_openapi-rust"));
    let path = env::var("PATH").expect("a path");
    let path = format!("{}:{path}", program.parent().expect("a folder").display());
    let samples = PAGES
        .iter()
        .flat_map(|page| blocks(page, "console"))
        .flat_map(samples);
    let mut failures = Vec::new();
    let mut count = 0;
    for Sample { command, printed } in samples {
        // The other commands are those of this repository.
        if command.starts_with("cargo ") {
            continue;
        }
        let run = folder.run_program("sh".as_ref(), &["-c", &command], |shell| {
            shell.env("PATH", &path).env_remove("GITHUB_ACTIONS")
        });
        let found = run.stdout + &run.stderr;
        count += 1;
        if !is_shown(&found, &printed) {
            failures.push(format!("$ {command}{found}"));
        }
    }
    assert!(count > 12, "samples were found: {count}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn an_omission_is_of_lines_only() {
    assert!(is_shown("a\nb\nc\n", "a\n…\nc\n"));
    assert!(is_shown("a\nc\n", "a\n…\nc\n"));
    assert!(!is_shown("a\nb\n", "a\n…\nc\n"));
    assert!(!is_shown("a\nb\n", "a\n"));
}
