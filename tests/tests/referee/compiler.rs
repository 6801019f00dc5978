//! The compiler as a referee: whether a caller of one crate compiles with another.
//!
//! All crates are modules of one crate, and all callers are modules of another one: most of the
//! time that the compiler takes for a caller is that of its start. It may stop before it has seen
//! all errors; so callers with errors are taken out until the others compile.
//!
//! Its errors are kept, and it is not asked again as long as the compiler, the runtime, the crates
//! and the callers are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use openapi_codegen::File;
use openapi_codegen::diff::Verdict;
use openapi_tests::caller::caller;
use openapi_tests::modules::{as_module, number};
use openapi_tests::rustc::Rustc;
use openapi_tests::scratch::Scratch;
use serde_json::Value;

/// The name of every crate that is compared.
pub const CRATE: &str = "example";

/// The files of a crate before and after a change.
pub type Crates<'f> = (&'f [File], &'f [File]);

/// The number of a caller, which is that of its own crate, and the number of the crate that it is
/// compiled with.
type Question = (usize, usize);

/// The errors of the questions that have some.
type Errors = BTreeMap<Question, String>;

/// The compiler, and where its files are.
pub struct Compiler {
    scratch: Scratch,
    rustc: Rustc,
}

/// The verdict of the compiler on a pair of crates.
pub struct Judgement {
    pub verdict: Verdict,
    /// The errors, if there are any.
    pub error: Option<String>,
}

impl Compiler {
    pub fn new(name: &str) -> Self {
        let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
        Self {
            scratch: Scratch::new(tmp.join(name)),
            rustc: Rustc::with("openapi-runtime", tmp),
        }
    }

    /// The arguments by which `rustdoc` finds the runtime.
    pub fn runtime(&self) -> [String; 3] {
        self.rustc.arguments()
    }

    /// Writes a crate, and gives the path of its root.
    pub fn write(&self, name: &str, files: &[File]) -> PathBuf {
        for file in files {
            self.scratch
                .write(format!("{name}/{}", file.path), &file.text);
        }
        self.scratch.folder().join(name).join("lib.rs")
    }

    /// The verdict on each pair of crates.
    pub fn judge(&self, pairs: &[Crates<'_>]) -> Vec<Judgement> {
        let mut texts: Vec<&[File]> = Vec::new();
        let numbers = pairs
            .iter()
            .map(|(old, new)| (place(&mut texts, *old), place(&mut texts, *new)));
        let numbers: Vec<Question> = numbers.collect();
        let callers: Vec<String> = in_parallel(&texts, |files| caller(files, CRATE));
        let errors = self.kept((&texts, &callers, &numbers), || {
            self.compile_crates(&texts);
            self.errors_of_pairs(&callers, &numbers)
        });
        let judgement = |(old, new): &Question| {
            let error = errors.get(&(*old, *new)).cloned();
            let verdict = match (&error, errors.get(&(*new, *old))) {
                (Some(_), _) => Verdict::Breaking,
                (None, Some(_)) => Verdict::Additive,
                (None, None) => Verdict::Compatible,
            };
            Judgement { verdict, error }
        };
        numbers.iter().map(judgement).collect()
    }

    /// The errors of an earlier run, if its input was the same, or those that are found now.
    fn kept(&self, input: impl Hash, find: impl FnOnce() -> Errors) -> Errors {
        let command = format!("{:?}", self.command(Path::new("lib.rs"), "callers"));
        let mut hasher = DefaultHasher::new();
        (command, self.rustc.fingerprint(), input).hash(&mut hasher);
        let digest = hasher.finish();
        let path = self.scratch.folder().join("errors.json");
        let known = fs::read(&path).unwrap_or_default();
        let known: Option<(u64, Vec<_>)> = serde_json::from_slice(&known).ok();
        if let Some((_, errors)) = known.filter(|(of, _)| *of == digest) {
            return errors.into_iter().collect();
        }
        let errors = find();
        let list: Vec<(&Question, &String)> = errors.iter().collect();
        let text = serde_json::to_vec(&(digest, list)).expect("text and numbers are JSON");
        fs::write(path, text).expect("the file can be written");
        errors
    }

    /// The errors of the old caller of each pair with the new crate and, if there are none, those
    /// of the new caller with the old crate.
    ///
    /// # Panics
    /// If a caller does not compile with its own crate.
    fn errors_of_pairs(&self, callers: &[String], pairs: &[Question]) -> Errors {
        // The same program with the same crate is the same question.
        let same = |one: usize, other: usize| callers[one] == callers[other];
        let own = 0..callers.len();
        let own = own.filter(|number| !(0..*number).any(|other| same(*number, other)));
        let changed = || pairs.iter().filter(|(old, new)| !same(*old, *new));
        let forward: BTreeSet<Question> = own
            .map(|number| (number, number))
            .chain(changed().copied())
            .collect();
        let mut errors = self.errors(callers, forward);
        for ((caller, with), error) in &errors {
            assert!(
                caller != with,
                "crate {with} does not compile with its own caller:\n{error}"
            );
        }
        let fits = |pair: &&Question| !errors.contains_key(pair);
        let back: BTreeSet<Question> = changed()
            .filter(fits)
            .map(|(old, new)| (*new, *old))
            .collect();
        errors.extend(self.errors(callers, back));
        errors
    }

    /// Compiles the crates, each the module of its number.
    fn compile_crates(&self, texts: &[&[File]]) {
        for (number, files) in texts.iter().enumerate() {
            self.write("crates", &as_module(files, number));
        }
        let modules = (0..texts.len()).map(|number| format!("pub mod m{number};\n"));
        let root = self
            .scratch
            .write("crates/lib.rs", &modules.collect::<String>());
        let output = self.command(&root, "crates").output();
        let output = output.expect("the compiler runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "an emitted crate does not compile:\n{error}"
        );
    }

    /// The errors of each question that has some.
    fn errors(&self, callers: &[String], questions: BTreeSet<Question>) -> Errors {
        let questions: Vec<Question> = questions.into_iter().collect();
        let mut left: Vec<usize> = (0..questions.len()).collect();
        for (number, (caller, with)) in questions.iter().enumerate() {
            let of_module = format!("crates :: m{with} ::");
            let text = callers[*caller].replace(&format!("{CRATE} ::"), &of_module);
            self.scratch.write(format!("callers/m{number}.rs"), &text);
        }
        let mut all = BTreeMap::new();
        loop {
            let found = self.wrong_callers(&left);
            left.retain(|number| !found.contains_key(number));
            if found.is_empty() {
                return all;
            }
            let found = found.into_iter();
            all.extend(found.map(|(number, errors)| (questions[number], errors)));
        }
    }

    /// The errors of callers that are compiled together: not of all that have some, and of none if
    /// all compile.
    fn wrong_callers(&self, numbers: &[usize]) -> BTreeMap<usize, String> {
        let modules = numbers.iter().map(|number| format!("mod m{number};\n"));
        let root = self
            .scratch
            .write("callers/lib.rs", &modules.collect::<String>());
        let metadata = self.scratch.folder().join("libcrates.rmeta");
        let mut command = self.command(&root, "callers");
        command.arg(format!("--extern=crates={}", metadata.display()));
        let output = command.arg("--error-format=json").output();
        let output = output.expect("the compiler runs");
        let text = String::from_utf8_lossy(&output.stderr);
        let mut wrong: BTreeMap<usize, String> = BTreeMap::new();
        for line in text.lines() {
            let message: Value = serde_json::from_str(line).expect("a line of JSON");
            let spans = message["spans"].as_array().into_iter().flatten();
            let paths = spans.filter_map(|span| span["file_name"].as_str());
            // An error may show what it is about in a crate, too.
            let mut callers = paths.filter(|path| path.contains("/callers/"));
            if let Some(number) = callers.find_map(number) {
                let rendered = message["rendered"].as_str().unwrap_or_default();
                wrong.entry(number).or_default().push_str(rendered);
            }
        }
        assert!(output.status.success() == wrong.is_empty(), "{text}");
        wrong
    }

    fn command(&self, root: &Path, name: &str) -> std::process::Command {
        let mut command = self.rustc.command(root);
        command.args(["--crate-type=lib", "--crate-name", name]);
        command.arg("--out-dir").arg(self.scratch.folder());
        command
    }
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
