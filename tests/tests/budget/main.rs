//! The packages that a user of the emitted crate has to compile.
//!
//! `packages.txt` lists them: a section for the build without features, and one for what each
//! feature adds to the sections before. Whoever adds a dependency changes that file too, and
//! whoever reads the change sees all that comes with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

const LIST: &str = include_str!("packages.txt");

/// The emitted crate, and the runtime that it calls.
const PACKAGES: [&str; 2] = ["openai-image-edits", "openapi-runtime"];

/// The most packages of a build without features, the emitted crate included.
const MOST: usize = 20;

/// A section of the list: what a feature adds to the build.
struct Section<'a> {
    feature: &'a str,
    /// This feature and those of the sections before, as cargo takes them.
    features: String,
    /// Each package, and whether a comment stands above it.
    packages: BTreeMap<&'a str, bool>,
}

fn sections() -> Vec<Section<'static>> {
    let mut sections: Vec<Section> = Vec::new();
    let mut has_comment = false;
    for line in LIST.lines() {
        let feature = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        if let Some(feature) = feature {
            let before = sections.last().map(|section| section.features.as_str());
            sections.push(Section {
                feature,
                features: before.map_or(feature.to_owned(), |before| format!("{before},{feature}")),
                packages: BTreeMap::new(),
            });
        } else if let Some(section) = sections.last_mut()
            && !line.is_empty()
            && !line.starts_with('#')
        {
            let last = section.packages.last_key_value();
            assert!(
                last.is_none_or(|(last, _)| *last < line),
                "`{line}` is out of order"
            );
            section.packages.insert(line, has_comment);
        }
        has_comment = line.starts_with('#');
    }
    sections
}

fn cargo(arguments: &[[&str; 2]]) -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments.as_flattened())
        .output()
        .expect("cargo runs");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{message}");
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

/// The packages that a build of `package` compiles, as `name v1.2.3`, with `(proc-macro)` after
/// what is one.
///
/// The platform is named, for the packages are not the same on all.
fn tree(package: &str, features: &str, depth: &str) -> BTreeSet<String> {
    let text = cargo(&[
        ["tree", "--locked"],
        ["--package", package],
        ["--features", features],
        ["--depth", depth],
        ["--edges", "normal"],
        ["--prefix", "none"],
        ["--format", "{p}"],
        ["--target", "x86_64-unknown-linux-gnu"],
    ]);
    text.lines().map(str::to_owned).collect()
}

fn name(line: &str) -> &str {
    line.split(' ').next().unwrap_or(line)
}

fn difference<'a>(left: &BTreeSet<&'a str>, right: &BTreeSet<&'a str>) -> String {
    let names: Vec<_> = left.difference(right).copied().collect();
    names.join(", ")
}

#[test]
fn packages_are_those_of_the_list() {
    let mut listed = BTreeSet::new();
    for section in sections() {
        let feature = section.feature;
        let lines = tree(PACKAGES[0], &section.features, "99");
        listed.extend(section.packages.keys().copied());
        let found: BTreeSet<_> = lines.iter().map(|line| name(line)).collect();
        let added = difference(&found, &listed);
        let removed = difference(&listed, &found);
        assert!(
            added.is_empty() && removed.is_empty(),
            "the packages of the feature `{feature}` changed: added [{added}], removed [{removed}]\n\
             do without what was added, or bring tests/tests/budget/packages.txt up to date, with the reason above \
             each direct dependency",
        );
    }
}

#[test]
fn the_default_build_is_small() {
    let sections = sections();
    let default = sections.iter().find(|section| section.feature == "default");
    let count = default.map_or(0, |section| section.packages.len());
    assert!(
        (1..=MOST).contains(&count),
        "{count} packages are more than {MOST}"
    );
}

#[test]
fn no_package_is_a_procedural_macro() {
    let sections = sections();
    let all = sections.last().map_or("", |section| &section.features);
    let mut lines = tree(PACKAGES[0], all, "99");
    lines.retain(|line| line.contains("(proc-macro)"));
    assert!(lines.is_empty(), "{lines:?}");
}

#[test]
fn every_direct_dependency_has_a_reason() {
    let mut reasons = BTreeMap::new();
    for section in sections() {
        reasons.extend(section.packages);
        for package in PACKAGES {
            for line in tree(package, &section.features, "1") {
                let name = name(&line);
                let has_reason = reasons.get(name) == Some(&true) || name == PACKAGES[0];
                assert!(has_reason, "packages.txt has no comment above `{name}`");
            }
        }
    }
}

#[test]
fn every_feature_has_a_section() {
    let text = cargo(&[["metadata", "--no-deps"], ["--format-version", "1"]]);
    let metadata: Value = serde_json::from_str(&text).expect("cargo writes JSON");
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let package = packages.find(|package| package["name"] == PACKAGES[0]);
    let features = package.and_then(|package| package["features"].as_object());
    let features: BTreeSet<_> = features
        .expect("it has features")
        .keys()
        .map(String::as_str)
        .collect();
    let listed: BTreeSet<_> = sections().iter().map(|section| section.feature).collect();
    assert_eq!(
        listed, features,
        "the sections of packages.txt are the features of the emitted crate"
    );
}
