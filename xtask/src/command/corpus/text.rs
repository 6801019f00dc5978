//! The result of `corpus` as text: a table, the totals, and the problems.
//!
//! ```text
//! document    operations  refused  types  lines  untyped  warnings     time  memory  verdict
//! lamps.yaml           2        1      1    312        0         1   0.04 s   14 MB  refused 1 operation
//! total                2        1      1    312        0         1   0.04 s   14 MB  1 document
//!
//! refused: 1 operation
//!   lamps.yaml:17:39: readLog: unsupported-schema: no value is valid here
//! ```
//!
//! Times are those of the processor. The total of times is their sum, that of memory the most.

use std::time::Duration;

use openapi_codegen::escaped;
use serde_json::Value;

use super::Examined;
use super::compilation::{Compiler, Complaint};
use super::generation::Generation;
use super::process::Usage;
use super::verdict::{Numbers, Verdict};
use crate::command::explain;
use crate::output::report::counted;
use crate::output::table::{self, Side};

/// The table and the lists; `compiler` says whether there are columns for it.
pub fn text(examined: &[Examined], compiler: Option<Compiler>, program: &str) -> String {
    let parts = [
        table(examined, compiler),
        not_generated(examined),
        not_compiled(examined),
        refused(examined),
        warnings(examined),
        hint(examined, program),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

fn table(examined: &[Examined], compiler: Option<Compiler>) -> String {
    let mut head = vec!["document", "operations", "refused", "types", "lines"];
    head.extend(["untyped", "warnings", "generate", "memory"]);
    head.extend(
        compiler
            .into_iter()
            .flat_map(|compiler| [compiler.as_str(), "memory"]),
    );
    head.push("verdict");
    let sides: Vec<Side> = head
        .iter()
        .map(|name| match *name {
            "document" | "verdict" => Side::Left,
            _ => Side::Right,
        })
        .collect();
    let mut rows = vec![head.into_iter().map(str::to_owned).collect()];
    rows.extend(examined.iter().map(|one| row(one, compiler)));
    rows.push(total(examined, compiler));
    table::aligned(&rows, &sides)
}

fn row(examined: &Examined, compiler: Option<Compiler>) -> Vec<String> {
    let mut row = vec![file(examined)];
    row.extend(numbers(Numbers::of(examined)));
    row.extend(figures(&[Some(examined.usage)]));
    let made = examined.compilation.as_ref();
    row.extend(
        compiler
            .into_iter()
            .flat_map(|_| figures(&[made.map(|one| one.usage)])),
    );
    row.push(Verdict::of(examined).to_string());
    row
}

/// The name of the description.
fn file(examined: &Examined) -> String {
    escaped(&examined.document.place.to_string()).into_owned()
}

fn total(examined: &[Examined], compiler: Option<Compiler>) -> Vec<String> {
    let generated: Vec<_> = examined.iter().map(|one| Some(one.usage)).collect();
    let made = examined.iter().filter_map(|one| one.compilation.as_ref());
    let made: Vec<_> = made.map(|one| Some(one.usage)).collect();
    let mut row = vec!["total".to_owned()];
    row.extend(numbers(Some(Numbers::total(examined))));
    row.extend(figures(&generated));
    row.extend(compiler.into_iter().flat_map(|_| figures(&made)));
    row.push(documents(examined.len()));
    row
}

fn numbers(numbers: Option<Numbers>) -> [String; 6] {
    let Some(numbers) = numbers else {
        return std::array::from_fn(|_| ABSENT.to_owned());
    };
    let Numbers {
        operations,
        refused,
        types,
        lines,
        untyped,
        warnings,
    } = numbers;
    [operations, refused, types, lines, untyped, warnings].map(|number| number.to_string())
}

/// The mark for a missing figure.
const ABSENT: &str = "-";

/// The time of all together, and the memory of the largest; neither, if one of them is unknown.
fn figures(usages: &[Option<Usage>]) -> [String; 2] {
    let each = |usage: &Option<Usage>| usage.and_then(|usage| usage.cpu);
    let cpu: Option<Vec<Duration>> = usages.iter().map(each).collect();
    let each = |usage: &Option<Usage>| usage.and_then(|usage| usage.peak);
    let peaks: Option<Vec<u64>> = usages.iter().map(each).collect();
    let time = cpu.filter(|all| !all.is_empty()).map(|all| {
        let sum: Duration = all.iter().sum();
        format!("{:.2} s", sum.as_secs_f64())
    });
    let peak = peaks.and_then(|all| all.into_iter().max());
    let memory = peak.map(|peak| format!("{} MB", peak.div_ceil(1_000_000)));
    [time, memory].map(|figure| figure.unwrap_or_else(|| ABSENT.to_owned()))
}

/// The descriptions without a crate, each with the reason.
fn not_generated(examined: &[Examined]) -> String {
    let mut count = 0;
    let mut lines = Vec::new();
    for one in examined {
        match &one.generation {
            Generation::Done { .. } => continue,
            Generation::Crashed(said) => lines.push(format!("{}: {}", file(one), escaped(said))),
            Generation::Refused(report) => {
                let problems = errors(&report["diagnostics"]);
                lines.extend(problems.map(|problem| line(problem, None)));
            }
        }
        count += 1;
    }
    titled(&format!("not generated: {}", documents(count)), &lines)
}

/// The crates that the compiler complains about.
fn not_compiled(examined: &[Examined]) -> String {
    let mut count = 0;
    let mut lines = Vec::new();
    let mut title = String::new();
    for one in examined {
        let verdict = Verdict::of(one);
        let (Verdict::NotCompiled | Verdict::NotLinted, Some(compilation)) =
            (verdict, &one.compilation)
        else {
            continue;
        };
        let complaints = compilation.complaints.iter();
        lines.extend(
            complaints.map(|complaint| format!("{}: {}", file(one), complained(complaint))),
        );
        title = verdict.to_string();
        count += 1;
    }
    titled(&format!("{title}: {}", documents(count)), &lines)
}

fn complained(complaint: &Complaint) -> String {
    let Complaint {
        code,
        count,
        message,
        first,
    } = complaint;
    let code = code.as_deref().unwrap_or("error");
    let message = escaped(message.lines().next().unwrap_or_default());
    match first {
        Some((file, line, column)) => {
            format!("{count} {code}, first at {file}:{line}:{column}: {message}")
        }
        None => format!("{count} {code}: {message}"),
    }
}

/// The operations that cannot be generated.
fn refused(examined: &[Examined]) -> String {
    let operations: Vec<&Value> = examined.iter().flat_map(left_out).collect();
    let lines = operations.iter().flat_map(|one| {
        let operation = one["operation"].as_str();
        errors(&one["diagnostics"]).map(move |problem| line(problem, operation))
    });
    let lines: Vec<String> = lines.collect();
    let count = counted(operations.len(), "operation", "operations");
    titled(&format!("refused: {count}"), &lines)
}

fn left_out(examined: &Examined) -> impl Iterator<Item = &Value> {
    let report = match &examined.generation {
        Generation::Done { report, .. } => report["left_out"].as_array(),
        Generation::Refused(_) | Generation::Crashed(_) => None,
    };
    report.into_iter().flatten()
}

/// The number of warnings by description and code, the most frequent first.
fn warnings(examined: &[Examined]) -> String {
    let mut lines = Vec::new();
    for one in examined {
        let Generation::Done { report, .. } = &one.generation else {
            continue;
        };
        let counts = report["counts"].as_object().into_iter().flatten();
        let counts = counts.map(|(code, count)| (count.as_u64().unwrap_or_default(), code));
        let mut counts: Vec<_> = counts.collect();
        counts.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
        let counts = counts.iter().map(|(count, code)| format!("{count} {code}"));
        let counts: Vec<_> = counts.collect();
        if !counts.is_empty() {
            lines.push(format!("{}: {}", file(one), counts.join(", ")));
        }
    }
    let count = Numbers::total(examined).warnings;
    titled(&format!("warnings: {count}"), &lines)
}

/// Lines below their title; nothing without any.
fn titled(title: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let indented = lines.iter().flat_map(|line| ["  ", line, "\n"]);
    format!("{title}\n{}", indented.collect::<String>())
}

fn documents(count: usize) -> String {
    counted(count, "document", "documents")
}

/// The errors among the problems of a description.
fn errors(problems: &Value) -> impl Iterator<Item = &Value> {
    let problems = problems.as_array().into_iter().flatten();
    problems.filter(|problem| problem["severity"] == "error")
}

/// A problem in one line.
fn line(problem: &Value, operation: Option<&str>) -> String {
    let text = |name: &str| problem[name].as_str();
    let file = text("file").map(|file| escaped(file).into_owned());
    let (row, column) = (problem["line"].as_u64(), problem["column"].as_u64());
    let place = match (file, row, column) {
        (Some(file), Some(row), Some(column)) => Some(format!("{file}:{row}:{column}")),
        (file, ..) => file,
    };
    let operation = operation.map(|operation| escaped(operation).into_owned());
    let code = text("code").map(str::to_owned);
    let message = text("message").map(str::to_owned);
    let parts = [place, operation, code, message];
    parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
}

/// The hint to read on about the codes of problems, if there are any.
fn hint(examined: &[Examined], program: &str) -> String {
    let has_problems = |one: &Examined| match &one.generation {
        Generation::Done { report, .. } | Generation::Refused(report) => {
            let lists = [&report["diagnostics"], &report["left_out"]];
            lists
                .iter()
                .any(|list| list.as_array().is_some_and(|list| !list.is_empty()))
        }
        Generation::Crashed(_) => false,
    };
    if examined.iter().any(has_problems) {
        explain::hint(program, ["CODE"])
    } else {
        String::new()
    }
}
