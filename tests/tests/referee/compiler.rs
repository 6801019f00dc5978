//! The compiler as a referee: whether a caller of one crate compiles with another.
//!
//! Crates and callers go to the compiler one by one, as metadata only; the runtime is built once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use openapi_codegen::File;
use openapi_codegen::diff::Verdict;
use openapi_tests::caller::caller;
use serde_json::Value;

/// The name of every crate that is compared.
pub const CRATE: &str = "example";

/// The files of a crate before and after a change.
pub type Crates<'f> = (&'f [File], &'f [File]);

/// The compiler, and where its files are.
pub struct Compiler {
    folder: PathBuf,
    /// The metadata of the runtime; what it depends on lies beside it.
    runtime: PathBuf,
}

/// What the compiler says of a pair of crates.
pub struct Judgement {
    pub verdict: Verdict,
    /// The first error, if there is one.
    pub error: Option<String>,
}

impl Compiler {
    pub fn new(name: &str) -> Self {
        let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = tmp.join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the folder can be made");
        let mut command = Command::new(env!("CARGO"));
        command.args([
            "check",
            "--offline",
            "--quiet",
            "--package",
            "openapi-runtime",
            "--message-format",
            "json",
        ]);
        command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
        command
            .env("CARGO_TARGET_DIR", tmp.join("target"))
            .env_remove("RUSTFLAGS");
        let output = command.output().expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stdout);
        let messages = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let artifact = |message: Value| {
            let is_runtime =
                message.pointer("/target/name").and_then(Value::as_str) == Some("openapi_runtime");
            let files = message
                .get("filenames")
                .and_then(Value::as_array)
                .filter(|_| is_runtime)?;
            let mut paths = files.iter().filter_map(Value::as_str).map(PathBuf::from);
            paths.find(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "rmeta")
            })
        };
        let runtime = messages.filter_map(artifact).next_back();
        let runtime =
            runtime.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        Self { folder, runtime }
    }

    /// The arguments by which the compiler and `rustdoc` find the runtime.
    pub fn runtime(&self) -> Vec<String> {
        let dependencies = self.runtime.parent().unwrap_or(Path::new(""));
        let place = |option: &str, path: &Path| format!("{option}{}", path.display());
        vec![
            "--edition=2024".to_owned(),
            place("-Ldependency=", dependencies),
            place("--extern=openapi_runtime=", &self.runtime),
        ]
    }

    /// Writes a crate, and gives the path of its root.
    pub fn write(&self, number: usize, files: &[File]) -> PathBuf {
        let folder = self.folder.join(format!("crate_{number}"));
        fs::create_dir_all(&folder).expect("the crate can be made");
        for file in files {
            fs::write(folder.join(&file.path), &file.text).expect("the file can be written");
        }
        folder.join("lib.rs")
    }

    /// The verdict on each pair of crates.
    pub fn judge(&self, pairs: &[Crates<'_>]) -> Vec<Judgement> {
        let mut texts: Vec<&[File]> = Vec::new();
        let numbers = pairs
            .iter()
            .map(|(old, new)| (place(&mut texts, *old), place(&mut texts, *new)));
        let numbers: Vec<(usize, usize)> = numbers.collect();
        let callers: Vec<String> = in_parallel(&texts, |files| caller(files, CRATE));
        in_parallel(
            &texts.iter().enumerate().collect::<Vec<_>>(),
            |(number, files)| self.compile_crate(*number, files),
        );
        // The same program with the same crate is the same question.
        let same = |one: usize, other: usize| callers[one] == callers[other];
        let own = (0..texts.len()).filter(|number| !(0..*number).any(|other| same(*number, other)));
        let changed = || numbers.iter().filter(|(old, new)| !same(*old, *new));
        let forward: BTreeSet<(usize, usize)> = own
            .map(|number| (number, number))
            .chain(changed().copied())
            .collect();
        let mut answers = self.answers(&callers, &forward);
        for ((caller, with), error) in answers.iter().filter(|((caller, with), _)| caller == with) {
            assert!(
                error.is_none(),
                "crate_{with} does not compile with its own caller {caller}:\n{}",
                error.as_deref().unwrap_or_default()
            );
        }
        let fits = |pair: &&(usize, usize)| answers.get(pair).is_some_and(Option::is_none);
        let back: BTreeSet<(usize, usize)> = changed()
            .filter(fits)
            .map(|(old, new)| (*new, *old))
            .collect();
        answers.extend(self.answers(&callers, &back));
        let judgement = |(old, new): &(usize, usize)| {
            let answer = |pair| answers.get(&pair).cloned().flatten();
            let error = answer((*old, *new));
            let verdict = match (&error, answer((*new, *old))) {
                (Some(_), _) => Verdict::Breaking,
                (None, Some(_)) => Verdict::Additive,
                (None, None) => Verdict::Compatible,
            };
            Judgement { verdict, error }
        };
        numbers.iter().map(judgement).collect()
    }

    fn answers(
        &self,
        callers: &[String],
        questions: &BTreeSet<(usize, usize)>,
    ) -> BTreeMap<(usize, usize), Option<String>> {
        let questions: Vec<(usize, usize)> = questions.iter().copied().collect();
        let answers = in_parallel(&questions, |(caller, with)| {
            let path = self.folder.join(format!("caller_{caller}_with_{with}.rs"));
            fs::write(&path, &callers[*caller]).expect("the caller can be written");
            let metadata = self.folder.join(format!("crate_{with}/lib{CRATE}.rmeta"));
            let name = format!("caller_{caller}_with_{with}");
            let external = format!("--extern={CRATE}={}", metadata.display());
            let mut command = self.rustc(&path, &name);
            command.arg(external).arg("--out-dir").arg(&self.folder);
            error_of(command)
        });
        questions.into_iter().zip(answers).collect()
    }

    fn compile_crate(&self, number: usize, files: &[File]) {
        let root = self.write(number, files);
        let mut command = self.rustc(&root, CRATE);
        command.arg("--out-dir").arg(root.parent().unwrap_or(&root));
        let error = error_of(command);
        assert!(
            error.is_none(),
            "an emitted crate does not compile:\n{}",
            error.unwrap_or_default()
        );
    }

    fn rustc(&self, path: &Path, name: &str) -> Command {
        let mut command = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        command.args([
            "--crate-type=lib",
            "--emit=metadata",
            "-Awarnings",
            "--crate-name",
            name,
        ]);
        command.args(self.runtime()).arg(path);
        command
    }
}

fn error_of(mut command: Command) -> Option<String> {
    let output = command.output().expect("the compiler runs");
    let text = || String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success()).then(text)
}

/// The place of an item in a list that has each item once.
fn place<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter()
        .position(|known| *known == item)
        .unwrap_or_else(|| {
            list.push(item);
            list.len() - 1
        })
}

/// The results in order, made by as many threads as there are processors.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], produce: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut made = Vec::new();
        while let Some((index, item)) = Some(next.fetch_add(1, Ordering::Relaxed))
            .and_then(|index| Some((index, items.get(index)?)))
        {
            made.push((index, produce(item)));
        }
        made
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut made: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        let results = workers.into_iter().flat_map(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        results.collect()
    });
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, result)| result).collect()
}
