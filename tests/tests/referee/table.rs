//! All verdicts on every change, as a page.

use std::fmt::Write as _;

use openapi_codegen::diff::Verdict;

use crate::cases::Case;
use crate::{Judged, semver};

const HEAD: &str = "\
# What the referees say of `diff`

Written by `cargo test -p openapi-tests --test referee -- --ignored`; what is expected of each change, and the reasons,
are in `tests/diff`. **ours**: the verdict of `diff` for callers and for running clients. **caller**: what the compiler
says of a program that uses all of the old crate. **semver**: what `cargo-semver-checks` says of both crates.
**validator**: whether JSON Schema refuses something that an old client sends; it is not asked of what is received.

";

/// The page.
pub fn text(cases: &[Case], judged: &[Vec<Judged>]) -> String {
    let mut text = HEAD.to_owned();
    let all = || judged.iter().flatten();
    let agreeing = all().filter(|judged| judged.others().is_empty()).count();
    let _ = writeln!(
        text,
        "With {}: {} changes, some in several directions, give {} pairs of crates; all agree on {agreeing}.\n",
        semver::version(),
        cases.len(),
        all().count()
    );
    for referee in ["diff", "caller", "semver", "validator"] {
        let count = all()
            .filter(|judged| judged.others().iter().any(|(other, _)| *other == referee))
            .count();
        let _ = writeln!(
            text,
            "- {referee}: {} as expected, {count} otherwise",
            all().count() - count
        );
    }
    let mut group = "";
    for (case, judged) in cases.iter().zip(judged) {
        if case.group != group {
            group = &case.group;
            let _ = write!(
                text,
                "\n## {group}\n\n| change | direction | ours: rust | wire | caller | semver | validator | |\n|---|---|---|---|---|---|---|---|\n"
            );
        }
        for judged in judged {
            let _ = writeln!(text, "{}", row(case, judged));
        }
    }
    text
}

fn row(case: &Case, judged: &Judged) -> String {
    let semver = match judged.lints.as_deref() {
        None => "",
        Some([]) => "minor",
        Some(_) => "major",
    };
    let validator = match (&judged.refusal, judged.ours.wire) {
        (None, _) if judged.direction == "received" => String::new(),
        (None, _) => "accepts".to_owned(),
        (Some(refusal), Verdict::Breaking) => {
            format!("refuses `{}`", refusal.replace(['|', '`'], "'"))
        }
        (Some(_), _) => "refuses".to_owned(),
    };
    let others = judged.others();
    let reasons = others.iter().map(|(referee, _)| {
        let reason = judged.reason(case, referee).unwrap_or("no reason is given");
        format!("{referee}: {reason}")
    });
    let reasons: Vec<String> = reasons.collect();
    let agrees = if reasons.is_empty() {
        "agree".to_owned()
    } else {
        reasons.join("; ")
    };
    format!(
        "| {} | {} | {} | {} | {} | {semver} | {validator} | {agrees} |",
        case.name, judged.direction, judged.ours.rust, judged.ours.wire, judged.caller
    )
}
