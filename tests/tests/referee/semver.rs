//! `cargo-semver-checks` as a referee: whether a step from one crate to another is a major one.
//!
//! It reads what `rustdoc` says of the crates as JSON, which a stable `rustdoc` only writes when
//! it is told that it is not one (`RUSTC_BOOTSTRAP`).

use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_codegen::File;

use crate::compiler::{CRATE, Compiler, Crates, in_parallel};

/// The name and version that the program prints.
pub fn version() -> String {
    let output = Command::new("cargo")
        .args(["semver-checks", "--version"])
        .output()
        .expect("`cargo install cargo-semver-checks` has been run");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The lints that each pair of crates breaks; none means that the step is a minor one at most.
pub fn lints(compiler: &Compiler, pairs: &[Crates<'_>]) -> Vec<Vec<String>> {
    let numbered: Vec<(usize, &Crates<'_>)> = pairs.iter().enumerate().collect();
    in_parallel(&numbered, |(number, (old, new))| {
        if old == new {
            return Vec::new();
        }
        let json = |side: &str, files: &[File]| {
            documented(
                compiler,
                &compiler.write(&format!("{number}-{side}"), files),
            )
        };
        check(&json("old", old), &json("new", new))
    })
}

/// The path of the JSON for a crate.
fn documented(compiler: &Compiler, root: &Path) -> PathBuf {
    let folder = root.parent().unwrap_or(root);
    let mut command = Command::new("rustdoc");
    command.env("RUSTC_BOOTSTRAP", "1").args([
        "-Zunstable-options",
        "--output-format=json",
        "--crate-type=lib",
        "--cap-lints=allow",
    ]);
    command
        .args(["--crate-name", CRATE])
        .args(compiler.runtime());
    command.arg("--out-dir").arg(folder).arg(root);
    let output = command.output().expect("rustdoc runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    folder.join(format!("{CRATE}.json"))
}

fn check(old: &Path, new: &Path) -> Vec<String> {
    let mut command = Command::new(env!("CARGO"));
    command
        .args([
            "semver-checks",
            "--release-type=minor",
            "--color=never",
            "--baseline-rustdoc",
        ])
        .arg(old);
    command.arg("--current-rustdoc").arg(new);
    let output = command
        .output()
        .expect("cargo-semver-checks runs: `cargo install cargo-semver-checks`");
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let lints = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--- failure "));
    let lints: Vec<String> = lints
        .map(|line| line.split(':').next().unwrap_or(line).to_owned())
        .collect();
    assert!(
        output.status.success() == lints.is_empty(),
        "cargo-semver-checks could not tell:\n{text}"
    );
    lints
}
