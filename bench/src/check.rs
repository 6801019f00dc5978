//! The cost of `cargo check` for the whole description of the API of `OpenAI`, as each generator
//! writes it.
//!
//! The dependencies are checked before, into the same target folder, and the crate itself is
//! checked cold.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    process::{Outcome, Run, build_generator, cargo, on_path, run, text},
    table::{Bar, Row, Table, Who},
};

/// A crate, and the features that it is checked with.
struct Check {
    name: &'static str,
    who: Who,
    /// The folder of the crate.
    folder: PathBuf,
    features: &'static [&'static str],
}

/// The table of this module, where there is a corpus.
pub fn tables() -> Vec<Table> {
    let Some(corpus) = env::var_os("OPENAPI_CORPUS") else {
        eprintln!(
            "check: OPENAPI_CORPUS is not set, the description of the OpenAI API is left out"
        );
        return Vec::new();
    };
    let description = Path::new(&corpus).join("world/openai.yaml");
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let checks = checks(&description, folder.path()).expect("the generators write their crates");
    let runs: Vec<Outcome<Run>> = checks
        .iter()
        .map(|check| check.run(folder.path()))
        .collect();
    vec![table(&checks, &runs)]
}

fn checks(description: &Path, folder: &Path) -> Outcome<Vec<Check>> {
    let (ours, ploidy) = (folder.join("ours"), folder.join("ploidy"));
    let (input, output) = (text(description), text(&ours));
    let written = run(
        &build_generator()?,
        &[
            "generate", "--spec", &input, "--out", &output, "--name", "client",
        ]
        .map(str::to_owned),
    )?;
    if !written.succeeded {
        return Err("the generator failed".into());
    }
    let group = |name, features| Check {
        name,
        who: Who::Ours,
        folder: ours.clone(),
        features,
    };
    let mut checks = vec![
        group("this project, everything", &[]),
        group(
            "this project, the group `images`",
            &["--no-default-features", "--features", "images"],
        ),
        group(
            "this project, the group `files`",
            &["--no-default-features", "--features", "files"],
        ),
    ];
    if let Some(program) = on_path("ploidy") {
        let output = text(&ploidy);
        let arguments = [
            "generate", "rust", &input, "-o", &output, "--name", "client",
        ];
        if run(&program, &arguments.map(str::to_owned))?.succeeded {
            // It is a package of no workspace, wherever the folder lies.
            let manifest = ploidy.join("Cargo.toml");
            let mut manifest = fs::OpenOptions::new().append(true).open(manifest)?;
            manifest.write_all(b"\n[workspace]\n")?;
            checks.push(Check {
                name: "ploidy 0.15.0, everything",
                who: Who::Peer,
                folder: ploidy,
                features: &[],
            });
        }
    }
    Ok(checks)
}

impl Check {
    fn run(&self, folder: &Path) -> Outcome<Run> {
        let target = text(&folder.join(format!("target-{:?}", self.who)));
        let manifest = text(&self.folder.join("Cargo.toml"));
        let place = ["--manifest-path", &manifest, "--target-dir", &target];
        let mut check = vec!["check", "--quiet"];
        check.extend(place);
        check.extend(self.features);
        let check: Vec<String> = check.into_iter().map(str::to_owned).collect();
        // With the dependencies.
        run(&cargo(), &check)?;
        let mut clean = Command::new(cargo());
        clean
            .args(["clean", "--quiet", "--package", "client"])
            .args(place);
        clean.status()?;
        let run = run(&cargo(), &check)?;
        if run.succeeded {
            Ok(run)
        } else {
            Err("cargo check failed".into())
        }
    }
}

fn table(checks: &[Check], runs: &[Outcome<Run>]) -> Table {
    let figure = |index: usize, value: fn(&Run) -> f64| {
        let run = runs.get(index).and_then(|run| run.as_ref().ok());
        run.map_or(f64::NAN, value)
    };
    let cpu = |index| figure(index, |run| run.cpu);
    let peak = |index| figure(index, |run| run.peak);
    let rows = checks
        .iter()
        .zip(runs)
        .enumerate()
        .map(|(index, (check, run))| Row {
            name: match run {
                Ok(_) => check.name.to_owned(),
                Err(error) => format!("{} (failed: {error})", check.name),
            },
            who: check.who,
            seconds: cpu(index),
            ratio: cpu(0) / cpu(index),
            cells: vec![format!("{:.0}", peak(index))],
        });
    let mut bars = vec![
        bar("CPU seconds of the group `images`", 12.0, cpu(1)),
        bar("CPU seconds of the group `files`", 12.0, cpu(2)),
    ];
    if checks.len() > 3 {
        bars.push(bar("CPU of everything, x ploidy", 0.4, cpu(0) / cpu(3)));
        bars.push(bar("peak of everything, x ploidy", 0.4, peak(0) / peak(3)));
    }
    Table {
        title: "Checking the whole OpenAI description".to_owned(),
        setting: "`world/openai.yaml` of the corpus, all operations. `cargo check` of what each generator writes, all processes of \
                  it, once; the dependencies are checked before. The ratio is the CPU time of the first row by that of the row."
            .to_owned(),
        unit: "CPU s".to_owned(),
        columns: vec!["peak MB".to_owned()],
        rows: rows.collect(),
        bars,
    }
}

fn bar(what: &str, wanted: f64, reached: f64) -> Bar {
    Bar {
        what: what.to_owned(),
        wanted,
        at_least: false,
        reached,
    }
}
