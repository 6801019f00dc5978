//! The cost of compiling the emitted crate, beside a client that is written by hand.
//!
//! `cargo tree` counts the packages, and a `cargo check` into an empty folder is measured once,
//! without the network.

use std::{collections::BTreeSet, process::Command};

use crate::{
    process::{Outcome, ROOT, cargo, run},
    table::{Bar, Row, Table, Who},
};

/// A package, and the features that it is built with.
struct Build {
    name: &'static str,
    who: Who,
    package: &'static str,
    /// The folder of its workspace, within the project.
    workspace: &'static str,
    features: &'static str,
}

const OURS: &str = "openai-image-edits";

const BUILDS: [Build; 4] = [
    Build {
        name: "this project",
        who: Who::Ours,
        package: OURS,
        workspace: ".",
        features: "",
    },
    Build {
        name: "this project, `http-body`",
        who: Who::Ours,
        package: OURS,
        workspace: ".",
        features: "http-body",
    },
    Build {
        name: "this project, `base64-turbo`",
        who: Who::Ours,
        package: OURS,
        workspace: ".",
        features: "base64-turbo",
    },
    Build {
        name: "async-openai, images only, no TLS",
        who: Who::Peer,
        package: "async-openai",
        workspace: "bench",
        features: "",
    },
];

/// The table of this module.
pub fn tables() -> Vec<Table> {
    let found: Vec<_> = BUILDS
        .iter()
        .map(|build| (build, build.packages(), build.check()))
        .collect();
    let ours = found
        .first()
        .and_then(|(_, _, seconds)| seconds.as_ref().ok().copied())
        .unwrap_or(f64::NAN);
    let bars = found.first().map(|(_, packages, _)| {
        let count = packages
            .as_ref()
            .map_or(f64::NAN, |&count| f64::from(count));
        vec![
            bar("packages", 20.0, count),
            bar("CPU seconds of a cold check", 12.0, ours),
        ]
    });
    let rows = found.iter().map(|(build, packages, seconds)| {
        let failed = packages.as_ref().err().or(seconds.as_ref().err());
        let seconds = *seconds.as_ref().unwrap_or(&f64::NAN);
        let packages = packages
            .as_ref()
            .map_or_else(|_| String::new(), u32::to_string);
        Row {
            name: failed.map_or_else(
                || build.name.to_owned(),
                |error| format!("{} (failed: {error})", build.name),
            ),
            who: build.who,
            seconds,
            ratio: ours / seconds,
            cells: vec![packages],
        }
    });
    vec![Table {
        title: "Compile cost".to_owned(),
        setting: "A cold `cargo check`, all processes of it, once. The packages are its normal dependencies, \
                  macros among them, and itself."
            .to_owned(),
        unit: "CPU s".to_owned(),
        columns: vec!["packages".to_owned()],
        rows: rows.collect(),
        bars: bars.unwrap_or_default(),
    }]
}

fn bar(what: &str, wanted: f64, reached: f64) -> Bar {
    Bar {
        what: what.to_owned(),
        wanted,
        at_least: false,
        reached,
    }
}

impl Build {
    fn arguments(&self, command: &str) -> Vec<String> {
        let manifest = format!("{ROOT}/{}/Cargo.toml", self.workspace);
        let arguments = [
            command,
            "--offline",
            "--locked",
            "--manifest-path",
            &manifest,
            "--package",
            self.package,
        ];
        let features = ["--features", self.features];
        let features = features.iter().filter(|_| !self.features.is_empty());
        arguments
            .iter()
            .chain(features)
            .map(|&argument| argument.to_owned())
            .collect()
    }

    fn packages(&self) -> Outcome<u32> {
        let mut command = Command::new(cargo());
        command
            .args(self.arguments("tree"))
            .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"]);
        let output = command.output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let text = String::from_utf8(output.stdout)?;
        let packages: BTreeSet<_> = text
            .lines()
            .filter_map(|line| line.split(" (").next())
            .collect();
        Ok(u32::try_from(packages.len())?)
    }

    /// The CPU seconds of a check.
    fn check(&self) -> Outcome<f64> {
        let folder = tempfile::tempdir()?;
        let mut arguments = self.arguments("check");
        arguments.extend([
            "--target-dir".to_owned(),
            folder.path().to_string_lossy().into_owned(),
        ]);
        let run = run(&cargo(), &arguments)?;
        if run.succeeded {
            Ok(run.cpu)
        } else {
            Err("cargo check".into())
        }
    }
}
