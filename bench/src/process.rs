//! Programs, as whole processes: `openapi-rust generate --check` becomes
//! `Run { wall: 0.01, cpu: 0.008, peak: 9.1, .. }`.
//!
//! The kernel counts the memory of the process that starts another as the other's own, so each
//! program is started by a small process: this program again, as a child.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Instant, SystemTime},
};

use wait4::Wait4;

use crate::{
    measure::{child_command, median, rounds},
    table::Who,
};

/// The folder of the project.
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A result with any error.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// How often a process runs, and how often one that takes longer than `SLOW` seconds.
const ROUNDS: usize = 15;
const SLOW_ROUNDS: usize = 3;
const SLOW: f64 = 0.5;

/// A process that is a row.
pub struct Process {
    pub name: &'static str,
    pub who: Who,
    /// `None` where it is not on the `PATH`.
    pub program: Option<PathBuf>,
    pub arguments: Vec<String>,
    /// Where it writes to, if it writes.
    pub output: Option<PathBuf>,
    /// True if the output is removed before each run, so that all is written anew.
    pub anew: bool,
}

/// The results of the runs of a process.
pub struct Found {
    pub who: Who,
    pub wall: f64,
    pub cpu: f64,
    pub peak: f64,
    /// How many files of the output were written after the first run.
    pub rewritten: usize,
    /// Lines of Rust in the output.
    pub lines: usize,
    pub note: String,
}

/// The cost of a process, with all the processes that it waited for.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// In seconds.
    pub wall: f64,
    /// In seconds.
    pub cpu: f64,
    /// The most memory that it held at once, in MB.
    pub peak: f64,
    pub succeeded: bool,
}

/// Runs a program with its arguments, and prints its wall and CPU time in nanoseconds, its peak in
/// bytes, and 1 if it succeeded.
pub fn child(arguments: &[String]) {
    let [program, arguments @ ..] = arguments else {
        panic!("a program is wanted");
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let used = command
        .spawn()
        .and_then(Wait4::wait4)
        .expect("the program starts");
    let wall = start.elapsed().as_nanos();
    let cpu = (used.rusage.utime + used.rusage.stime).as_nanos();
    println!(
        "{wall} {cpu} {} {}",
        used.rusage.maxrss,
        u8::from(used.status.success())
    );
}

/// Runs a program with its arguments in the folder of the project, and says what it took.
pub fn run(program: &Path, arguments: &[String]) -> Outcome<Run> {
    let program = program.to_string_lossy();
    let mut all = vec![program.as_ref()];
    all.extend(arguments.iter().map(String::as_str));
    let output = child_command("process", &all).current_dir(ROOT).output()?;
    let text = String::from_utf8(output.stdout)?;
    let numbers: Result<Vec<f64>, _> = text.split_whitespace().map(str::parse).collect();
    let [wall, cpu, peak, succeeded] = *numbers? else {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{program} was not run: {message}").into());
    };
    Ok(Run {
        wall: wall / 1e9,
        cpu: cpu / 1e9,
        peak: peak / 1e6,
        succeeded: succeeded > 0.0,
    })
}

/// The first line of what a program says that speaks of an error, or its exit code.
pub fn complaint(program: &Path, arguments: &[String]) -> Outcome<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(ROOT)
        .output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text
        .lines()
        .find(|line| line.to_ascii_lowercase().contains("error"));
    Ok(line.map_or_else(|| output.status.to_string(), |line| line.trim().to_owned()))
}

/// A program of this name on the `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let mut programs = env::split_paths(&folders).map(|folder| folder.join(name));
    programs.find(|program| program.is_file())
}

/// Cargo, as it runs this program.
pub fn cargo() -> PathBuf {
    env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// Builds the generator of the project, as a release, beside this program.
pub fn build_generator() -> Outcome<PathBuf> {
    let program = env::current_exe()?;
    let folder = program
        .ancestors()
        .nth(2)
        .ok_or("this program lies in a target folder")?
        .join("generator");
    let mut command = Command::new(cargo());
    command
        .args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "openapi-rust",
            "--target-dir",
        ])
        .arg(&folder);
    if command.current_dir(ROOT).status()?.success() {
        Ok(folder.join("release/openapi-rust"))
    } else {
        Err("the generator was not built".into())
    }
}

/// A path as an argument.
pub fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Runs all in turn, and again.
pub fn measure(processes: &[Process]) -> Vec<Found> {
    let mut runs: Vec<Outcome<Vec<Run>>> = processes.iter().map(|_| Ok(Vec::new())).collect();
    let first: Vec<_> = processes.iter().map(Process::first_files).collect();
    for round in 0..rounds(ROUNDS) {
        for (process, runs) in processes.iter().zip(&mut runs) {
            let Ok(done) = runs else { continue };
            let is_slow = done.first().is_some_and(|run| run.wall > SLOW);
            if is_slow && round >= SLOW_ROUNDS {
                continue;
            }
            match process.run() {
                Ok(run) => done.push(run),
                Err(error) => *runs = Err(error),
            }
        }
    }
    let each = processes.iter().zip(runs).zip(first);
    each.map(|((process, runs), first)| process.found(runs, first))
        .collect()
}

/// The files of a folder, each with when it was written.
type Files = BTreeMap<PathBuf, SystemTime>;

impl Process {
    /// Runs once; a process that fails is an error with what it said.
    fn run(&self) -> Outcome<Run> {
        let program = self.program.as_deref().ok_or("not installed")?;
        if let Some(output) = self.output.as_deref().filter(|_| self.anew) {
            remove(output)?;
        }
        let run = run(program, &self.arguments)?;
        if run.succeeded {
            Ok(run)
        } else {
            Err(format!("failed: {}", complaint(program, &self.arguments)?).into())
        }
    }

    /// The files that a run before the others writes, for a process that is to find its own output.
    fn first_files(&self) -> Outcome<Files> {
        match &self.output {
            Some(output) if !self.anew => {
                self.run()?;
                Ok(files(output)?)
            }
            _ => Ok(Files::new()),
        }
    }

    fn found(&self, runs: Outcome<Vec<Run>>, first: Outcome<Files>) -> Found {
        let nothing = Found {
            who: self.who,
            wall: f64::NAN,
            cpu: f64::NAN,
            peak: f64::NAN,
            rewritten: 0,
            lines: 0,
            note: String::new(),
        };
        let (runs, first, now) = match (
            runs,
            first,
            self.output
                .as_deref()
                .map_or_else(|| Ok(Files::new()), files),
        ) {
            (Ok(runs), Ok(first), Ok(now)) => (runs, first, now),
            (Err(error), ..) | (_, Err(error), _) => {
                return Found {
                    note: error.to_string(),
                    ..nothing
                };
            }
            (.., Err(error)) => {
                return Found {
                    note: error.to_string(),
                    ..nothing
                };
            }
        };
        let rewritten = now
            .iter()
            .filter(|(path, written)| first.get(*path) != Some(*written))
            .count();
        let middle = |value: fn(&Run) -> f64| median(runs.iter().map(value).collect());
        let lines: usize = now.keys().map(|path| lines_of_rust(path)).sum();
        let note = match &self.output {
            None => "nothing".to_owned(),
            Some(_) if self.anew => format!("{lines} lines"),
            Some(_) => format!("{rewritten} files"),
        };
        let (wall, cpu, peak) = (
            middle(|run| run.wall),
            middle(|run| run.cpu),
            middle(|run| run.peak),
        );
        Found {
            wall,
            cpu,
            peak,
            rewritten,
            lines,
            note,
            ..nothing
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn files(folder: &Path) -> io::Result<Files> {
    let mut found = Files::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.append(&mut files(&entry.path())?);
        } else {
            found.insert(entry.path(), entry.metadata()?.modified()?);
        }
    }
    Ok(found)
}

fn lines_of_rust(path: &Path) -> usize {
    if path.extension() == Some(OsStr::new("rs")) {
        fs::read_to_string(path).map_or(0, |text| text.lines().count())
    } else {
        0
    }
}
