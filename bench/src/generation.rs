//! Generators as whole processes.
//!
//! `openapi-rust generate` takes 10 ms and 9 MB for the description of one operation: the wall
//! time of the process and the peak of its memory are its row. Generators of others are run on the
//! same description where they are on the `PATH`.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{
    generators::peers,
    process::{Found, Outcome, Process, ROOT, build_generator, measure, text},
    table::{Bar, Row, Table, Who},
};

const OPERATION: &str = "createImageEdit";

/// The measurements on one description.
struct Task {
    title: &'static str,
    setting: String,
    /// The first is ours, and the others are compared with it.
    processes: Vec<Process>,
    bars: fn(&[Found]) -> Vec<Bar>,
}

/// The tables of this module: what the project generates, and, where there is a corpus, all of the
/// description of the API of `OpenAI` and one operation of it.
pub fn tables() -> Vec<Table> {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let tasks = tasks(folder.path()).expect("the generator builds, and there is room for files");
    tasks.iter().map(Task::table).collect()
}

fn tasks(folder: &Path) -> Outcome<Vec<Task>> {
    let generator = build_generator()?;
    let mut tasks = vec![slice(&generator, folder)?];
    if let Some(corpus) = env::var_os("OPENAPI_CORPUS") {
        let description = Path::new(&corpus).join("world/openai.yaml");
        tasks.push(one_operation(&generator, &description, folder)?);
        tasks.push(whole(&generator, &description, folder)?);
    } else {
        eprintln!(
            "generation: OPENAPI_CORPUS is not set, the description of the OpenAI API is left out"
        );
    }
    Ok(tasks)
}

fn slice(generator: &Path, folder: &Path) -> Outcome<Task> {
    let description = Path::new(ROOT).join("spec/openapi.yaml");
    let overlay = Path::new(ROOT).join("spec/overlay.yaml");
    let ours = |name, output: PathBuf, anew| {
        let more = ["--overlay".to_owned(), text(&overlay)];
        ours(name, generator, &description, &more, output, anew)
    };
    let check = Process {
        name: "this project, `--check` of `generated/`",
        who: Who::Ours,
        program: Some(generator.to_owned()),
        arguments: ["generate", "--check"].map(str::to_owned).into(),
        output: None,
        anew: false,
    };
    let mut processes = vec![
        ours(
            "this project, into an empty folder",
            folder.join("slice"),
            true,
        ),
        check,
        ours(
            "this project, a second run",
            folder.join("slice-again"),
            false,
        ),
    ];
    processes.extend(peers(&description, None, &folder.join("slice-peers"))?);
    Ok(Task {
        title: "Generation: the description of one operation",
        setting: "`spec/openapi.yaml`, whole processes of a release build.".to_owned(),
        processes,
        bars: |found| {
            let worst = found
                .iter()
                .filter(|found| found.who == Who::Ours)
                .map(|found| found.wall * 1e3);
            let [_, _, again, ..] = found else {
                return Vec::new();
            };
            vec![
                bar(
                    "wall ms, the slowest of our rows",
                    20.0,
                    worst.max_by(f64::total_cmp).unwrap_or(f64::NAN),
                ),
                bar(
                    "files that a second run writes",
                    0.0,
                    count(again.rewritten),
                ),
            ]
        },
    })
}

fn one_operation(generator: &Path, description: &Path, folder: &Path) -> Outcome<Task> {
    let more = ["--operation", OPERATION].map(str::to_owned);
    let output = folder.join("operation");
    let mut processes = vec![ours(
        "this project",
        generator,
        description,
        &more,
        output,
        true,
    )];
    processes.extend(peers(
        description,
        Some(OPERATION),
        &folder.join("operation-peers"),
    )?);
    Ok(Task {
        title: "Generation: one operation of the whole OpenAI description",
        setting: format!(
            "`world/openai.yaml` of the corpus, `{OPERATION}` alone, whole processes."
        ),
        processes,
        bars: |found| {
            against_peers("wall time, x the fastest peer", 0.5, found, |found| {
                found.wall
            })
            .into_iter()
            .collect()
        },
    })
}

fn whole(generator: &Path, description: &Path, folder: &Path) -> Outcome<Task> {
    let ours = |name, output: PathBuf, anew| ours(name, generator, description, &[], output, anew);
    let mut processes = vec![
        ours("this project", folder.join("whole"), true),
        ours(
            "this project, a second run",
            folder.join("whole-again"),
            false,
        ),
    ];
    processes.extend(peers(description, None, &folder.join("whole-peers"))?);
    Ok(Task {
        title: "Generation: the whole OpenAI description",
        setting: "`world/openai.yaml` of the corpus, all operations, whole processes.".to_owned(),
        processes,
        bars: |found| {
            let wall = against_peers("wall time, x the fastest peer", 0.6, found, |found| {
                found.wall
            });
            let peak = against_peers("peak, x the smallest peer", 1.0, found, |found| found.peak);
            let [first, again, ..] = found else {
                return Vec::new();
            };
            let own = [
                bar("lines", 120_000.0, count(first.lines)),
                bar(
                    "files that a second run writes",
                    0.0,
                    count(again.rewritten),
                ),
                bar(
                    "wall time of a second run, x the first",
                    0.5,
                    again.wall / first.wall,
                ),
            ];
            wall.into_iter().chain(peak).chain(own).collect()
        },
    })
}

fn count(things: usize) -> f64 {
    u32::try_from(things).map_or(f64::NAN, f64::from)
}

fn ours(
    name: &'static str,
    generator: &Path,
    description: &Path,
    more: &[String],
    output: PathBuf,
    anew: bool,
) -> Process {
    let mut arguments = vec![
        "generate".to_owned(),
        "--spec".to_owned(),
        text(description),
    ];
    arguments.extend_from_slice(more);
    arguments.extend([
        "--out".to_owned(),
        text(&output),
        "--name".to_owned(),
        "client".to_owned(),
    ]);
    Process {
        name,
        who: Who::Ours,
        program: Some(generator.to_owned()),
        arguments,
        output: Some(output),
        anew,
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

/// Our first row by the best of the others, which is NaN if ours failed. Without others there is
/// no bar.
fn against_peers(
    what: &str,
    wanted: f64,
    found: &[Found],
    value: fn(&Found) -> f64,
) -> Option<Bar> {
    let peers = found
        .iter()
        .filter(|found| found.who == Who::Peer)
        .map(value);
    let best = peers
        .filter(|value| value.is_finite())
        .min_by(f64::total_cmp)?;
    Some(bar(
        what,
        wanted,
        found.first().map_or(f64::NAN, value) / best,
    ))
}

impl Task {
    fn table(&self) -> Table {
        let found = measure(&self.processes);
        let ours = found.first().map_or(f64::NAN, |found| found.wall);
        let rows = self
            .processes
            .iter()
            .zip(&found)
            .map(|(process, found)| Row {
                name: process.name.to_owned(),
                who: process.who,
                seconds: found.wall,
                ratio: ours / found.wall,
                cells: vec![
                    number(found.cpu * 1e3),
                    number(found.peak),
                    found.note.clone(),
                ],
            });
        Table {
            title: self.title.to_owned(),
            setting: format!(
                "{} The ratio is the wall time of the first row by that of the row.",
                self.setting
            ),
            unit: "wall ms".to_owned(),
            columns: vec![
                "CPU ms".to_owned(),
                "peak MB".to_owned(),
                "written".to_owned(),
            ],
            rows: rows.collect(),
            bars: (self.bars)(&found),
        }
    }
}

/// Nothing for what was not measured.
fn number(value: f64) -> String {
    if value.is_finite() {
        format!("{value:.1}")
    } else {
        String::new()
    }
}
