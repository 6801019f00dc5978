//! The instructions that a piece of work takes, which are the same on a busy machine as on an idle
//! one.
//!
//! `large-event 2.5 byte` in `ceilings.txt` says that no more than 2.5 instructions go into each
//! byte of a large event. Callgrind counts those of the program of this package, once with its
//! work and once without.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Output},
};

const CEILINGS: &str = include_str!("ceilings.txt");

/// A count below this share of its ceiling asks for a lower ceiling.
const LOWEST: f64 = 0.8;

/// A line of the ceilings.
struct Ceiling {
    work: &'static str,
    instructions: f64,
    unit: &'static str,
}

fn ceilings() -> Vec<Ceiling> {
    let lines = CEILINGS.lines().filter(|line| !line.starts_with('#'));
    let ceiling = |line: &'static str| {
        let words: Vec<_> = line.split_whitespace().collect();
        let [work, instructions, unit] = *words else {
            panic!("`{line}` is not a work, a number and a unit");
        };
        let instructions = instructions.parse().expect("a ceiling is a number");
        Ceiling {
            work,
            instructions,
            unit,
        }
    };
    lines.map(ceiling).collect()
}

fn run(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {message}");
    output
}

/// The program, built as it is shipped.
fn build() -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = scratch.parent().expect("it lies in the target directory");
    run(Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--release", "--package", "instructions"])
        .arg("--target-dir")
        .arg(target)
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTFLAGS")
        .env("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "false"));
    target.join("release/instructions")
}

/// All instructions of the program, and what it prints: the amount of the work, and its unit.
fn count(program: &Path, work: &str, stage: &str) -> (f64, String) {
    let counts = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{work}-{stage}.callgrind"));
    let output = run(Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(program)
        .args([work, stage]));
    let text = fs::read_to_string(&counts).expect("callgrind wrote its counts");
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    let total = total.and_then(|total| total.trim().parse().ok());
    (
        total.expect("callgrind gives a total"),
        String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

/// The instructions for each unit of the work.
fn measure(program: &Path, ceiling: &Ceiling) -> f64 {
    let (nothing, _) = count(program, ceiling.work, "prepare");
    let (all, told) = count(program, ceiling.work, "work");
    let amount = told.strip_suffix(ceiling.unit).map(str::trim_end);
    let amount: Option<f64> = amount.and_then(|amount| amount.parse().ok());
    let amount = amount.unwrap_or_else(|| panic!("`{told}` is not counted by {}", ceiling.unit));
    (all - nothing) / amount
}

#[cfg(target_arch = "x86_64")]
fn has_the_instruction_set() -> bool {
    is_x86_feature_detected!("avx2")
}

#[cfg(not(target_arch = "x86_64"))]
const fn has_the_instruction_set() -> bool {
    false
}

/// Why nothing can be measured here.
fn obstacle() -> Option<&'static str> {
    if env::var_os("REQUIRE_VALGRIND").is_none_or(|value| value != "1") {
        Some("REQUIRE_VALGRIND is not 1")
    } else if !has_the_instruction_set() {
        Some("the ceilings hold for x86-64 with AVX2")
    } else {
        None
    }
}

#[test]
fn work_stays_under_its_ceiling() {
    if let Some(obstacle) = obstacle() {
        // The macros would be silenced by the test harness.
        let _ = writeln!(io::stderr(), "instructions: left out, for {obstacle}");
        return;
    }
    let program = build();
    let mut problems = Vec::new();
    for ceiling in ceilings() {
        let Ceiling {
            work,
            instructions: most,
            unit,
        } = ceiling;
        let found = measure(&program, &ceiling);
        println!("{work}: {found:.4} instructions for each {unit}, at most {most}");
        if found > most {
            problems.push(format!(
                "{work}: {found:.4} for each {unit} are more than {most}"
            ));
        } else if found < LOWEST * most {
            problems.push(format!(
                "{work}: {found:.4} for each {unit} are far less than {most}; write {:.4} in ceilings.txt",
                found * 1.1
            ));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
