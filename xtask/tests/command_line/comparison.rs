use std::fs;
use std::path::{Path, PathBuf};

use openapi_rust::files::drift::{Drift, Files};
use openapi_rust::files::folder;
use openapi_rust::files::place::Place;
use tempfile::TempDir;

fn files(files: &[(&str, &str)]) -> Files {
    files
        .iter()
        .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()))
        .collect()
}

fn source() -> (TempDir, Place) {
    let folder = TempDir::new().expect("a temporary folder");
    let place = Place::given(folder.path()).join(Path::new("src"));
    (folder, place)
}

#[test]
fn what_was_mended_is_clean() {
    let (_folder, src) = source();
    let first = files(&[
        ("lib.rs", "// @generated\n"),
        ("lamps/red.rs", "red\n"),
        ("lamps/blue.rs", "blue\n"),
    ]);
    let drift = Drift::new(&first, &src).expect("compared");
    assert_eq!((drift.missing.len(), drift.is_clean()), (3, false));
    folder::repair(&src, &drift).expect("repaired");
    assert!(Drift::new(&first, &src).expect("compared").is_clean());

    let second = files(&[("lib.rs", "// @generated\nmod lamps;\n")]);
    let drift = Drift::new(&second, &src).expect("compared");
    let orphans: Vec<_> = drift
        .orphans
        .iter()
        .map(|orphan| orphan.path().strip_prefix(src.path()))
        .collect();
    assert_eq!(
        orphans,
        [
            Ok(Path::new("lamps/blue.rs")),
            Ok(Path::new("lamps/red.rs"))
        ]
    );
    folder::repair(&src, &drift).expect("repaired");
    let left: Vec<_> = folder::list(&src).expect("listed").into_keys().collect();
    assert_eq!(left, [Path::new("lib.rs")]);
}

#[test]
fn bytes_are_compared() {
    let (_folder, src) = source();
    let expected = files(&[("lib.rs", "// @generated\nnew\n")]);
    for (found, diff) in [
        (
            "// @generated\r\nnew\r\n".as_bytes(),
            "@@ -1,2 +1,2 @@\n-// @generated\r\n-new\r\n+// @generated\n+new\n",
        ),
        (
            b"// @generated\nnew",
            "@@ -1,2 +1,2 @@\n // @generated\n-new\n\\ No newline at end of file\n+new\n",
        ),
        (
            b"// @generated\n\xFF\n",
            "@@ -1,2 +1,2 @@\n // @generated\n-\u{FFFD}\n+new\n",
        ),
    ] {
        fs::create_dir_all(src.path()).expect("made");
        fs::write(src.path().join("lib.rs"), found).expect("written");
        let drift = Drift::new(&expected, &src).expect("compared");
        let header = format!("--- {src}/lib.rs (found)\n+++ {src}/lib.rs (generated)\n");
        assert_eq!(drift.stale[0].diff(), header + diff);
    }
}

#[test]
fn paths_stay_within_the_folder() {
    for path in ["lib.rs", "lamps/red.rs", "a/b/c.rs", "..rs"] {
        assert_eq!(folder::relative(path).expect("within"), Path::new(path));
    }
    for path in [
        "",
        ".",
        "..",
        "/lib.rs",
        "../lib.rs",
        "a/../../lib.rs",
        "a/./b.rs",
        "./a.rs",
        "a//b.rs",
        "a/",
        "a\\b.rs",
    ] {
        let problem = folder::relative(path).expect_err(path).to_string();
        assert!(
            problem.starts_with(&format!("`{path}` is not the path")),
            "{problem}"
        );
    }
}

#[test]
fn one_file_among_those_of_others() {
    let (folder, src) = source();
    let place = || Place::given(folder.path()).join(Path::new("one.json"));
    let one = |text: &str| Drift::of_file(place(), text, |text| text.starts_with('{'));
    fs::write(folder.path().join("by-hand.json"), "").expect("written");

    let drift = one("{}").expect("compared");
    assert_eq!((drift.missing.len(), drift.orphans.len()), (1, 0));
    let all = files(&[("lib.rs", "// @generated\n")]);
    let drift = drift.and(Drift::new(&all, &src).expect("compared"));
    let missing: Vec<_> = drift.missing.iter().map(|file| file.place.path()).collect();
    assert_eq!(missing, [place().path(), &src.path().join("lib.rs")]);
    folder::repair(&src, &drift).expect("repaired");
    assert!(one("{}").expect("compared").is_clean());

    assert_eq!(one("{ }").expect("compared").stale[0].found, "{}");
    fs::write(place().path(), "by hand").expect("written");
    assert!(one("{}").is_err());
}

#[test]
fn what_cannot_be_written_changes_nothing() {
    let (folder, src) = source();
    let first = files(&[("lib.rs", "// @generated\n")]);
    folder::repair(&src, &Drift::new(&first, &src).expect("compared")).expect("repaired");
    let second = files(&[("lib.rs", "// @generated\nnew\n"), ("red/red.rs", "red\n")]);
    let drift = Drift::new(&second, &src).expect("compared");
    // The folder changes between the comparison and the write.
    fs::write(src.path().join("red"), "").expect("written");
    let problem = folder::repair(&src, &drift)
        .expect_err("refused")
        .to_string();
    let place = folder.path().join("src/red/red.rs");
    assert!(
        problem.starts_with(&format!("cannot write `{}`: ", place.display())),
        "{problem}"
    );
    assert_eq!(
        fs::read_to_string(src.path().join("lib.rs")).expect("read"),
        "// @generated\n"
    );
    assert_eq!(fs::read_dir(src.path()).expect("listed").count(), 2);
}
