//! Generates the crates of many descriptions, and reports the result and the cost of each.
//!
//! | module | what it does |
//! |---|---|
//! | [`arguments`] | what can be typed |
//! | [`documents`] | the descriptions, each with the name of its crate |
//! | [`workspace`] | the folder that the crates are written to |
//! | [`generation`] | runs `generate` for a description |
//! | [`compilation`] | runs the compiler or clippy on its crate |
//! | [`process`] | what a process takes |
//! | [`verdict`] | what a description comes to |
//! | [`text`], [`mod@json`] | all of it for people and for programs |

pub mod arguments;
pub mod compilation;
pub mod documents;
pub mod generation;
pub mod json;
pub mod process;
pub mod text;
pub mod verdict;
pub mod workspace;

use crate::arguments::Format;
use crate::error::Error;
use crate::files::project::Project;
use crate::output::answer::{Answer, Form};
use crate::{Environment, Exit};

use serde_json::json;

use arguments::{CorpusArguments, Deny};
use compilation::{Compilation, Compiler};
use documents::Document;
use generation::Generation;
use process::Usage;
use verdict::Verdict;
use workspace::Workspace;

/// A description, and all results.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The description.
    pub document: Document,
    /// The result of the generator.
    pub generation: Generation,
    /// The cost of the generator.
    pub usage: Usage,
    /// The result of the compiler, if there is a crate and it was to be compiled.
    pub compilation: Option<Compilation>,
}

/// Runs `corpus`.
pub fn run(arguments: &CorpusArguments, environment: &Environment) -> Answer {
    let examined = match examine(arguments) {
        Ok(examined) => examined,
        Err(error) => {
            let nothing = || json!({"documents": [], "totals": null});
            let rest = (arguments.format == Format::Json).then(nothing);
            return Answer::failed(&error, rest, environment);
        }
    };
    let denied = arguments.deny == Some(Deny::Refused);
    let verdicts = examined.iter().map(Verdict::of);
    let is_clean = verdicts.clone().all(|verdict| verdict.is_good(denied));
    let form = match arguments.format {
        Format::Text => Form::Results(text::text(
            &examined,
            arguments.compiler(),
            &environment.program,
        )),
        Format::Json => Form::Json(json::json(&examined, is_clean)),
    };
    let exit = if is_clean {
        Exit::Clean
    } else {
        Exit::Findings
    };
    Answer::new(form, exit)
}

/// Generates all crates, and compiles those that there are. What is printed meanwhile is read
/// after all have ended ([`process`]).
fn examine(arguments: &CorpusArguments) -> Result<Vec<Examined>, Error> {
    let documents = documents::of_paths(&arguments.paths())?;
    let workspace = Workspace::new(arguments.out(), &Project::find()?);
    workspace.prepare(&documents)?;
    let start = |document| generation::start(document, &workspace.crate_of(document));
    let usages: Vec<Usage> = documents.iter().map(start).collect::<Result<_, _>>()?;
    let examined = documents.into_iter().zip(usages).map(|(document, usage)| {
        let generation = generation::result(&workspace.crate_of(&document))?;
        Ok(Examined {
            document,
            generation,
            usage,
            compilation: None,
        })
    });
    let mut examined: Vec<Examined> = examined.collect::<Result<_, Error>>()?;
    if let Some(compiler) = arguments.compiler() {
        compile(compiler, &mut examined, &workspace)?;
    }
    Ok(examined)
}

fn compile(
    compiler: Compiler,
    examined: &mut [Examined],
    workspace: &Workspace,
) -> Result<(), Error> {
    let is_done = |one: &&mut Examined| matches!(one.generation, Generation::Done { .. });
    let mut made: Vec<&mut Examined> = examined.iter_mut().filter(is_done).collect();
    if made.is_empty() {
        return Ok(());
    }
    let members: Vec<&Document> = made.iter().map(|one| &one.document).collect();
    workspace.set_members(&members)?;
    compilation::prepare(compiler, workspace)?;
    let start = |document| compilation::start(compiler, document, workspace);
    let ends: Vec<(bool, Usage)> = members.into_iter().map(start).collect::<Result<_, _>>()?;
    for (one, (succeeded, usage)) in made.iter_mut().zip(ends) {
        let end = (compiler, succeeded, usage);
        one.compilation = Some(compilation::result(end, &one.document, workspace)?);
    }
    Ok(())
}
