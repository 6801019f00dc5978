//! The description and the folder of the crate: the arguments, completed by the settings of the
//! project.

use openapi_codegen::Layout;

use crate::arguments::{Deny, TargetArguments};
use crate::failure::Failure;
use crate::files::place::Place;
use crate::files::project::Project;
use crate::files::runtime::RuntimeSource;

/// The description, the folder of the crate, and the way from one to the other.
#[derive(Clone, Debug)]
pub struct Target {
    /// The description.
    pub description: Place,
    /// The overlays, in the order in which they are applied.
    pub overlays: Vec<Place>,
    /// The ids of the operations to generate; all, if there are no tags either.
    pub operations: Vec<String>,
    /// Tags whose operations to generate, beside those.
    pub tags: Vec<String>,
    /// True to leave out operations that cannot be generated.
    pub skip_unsupported: bool,
    /// The folder of the crate or module.
    pub out: Place,
    /// The name of the crate in its first manifest, if it is not that of the folder.
    pub name: Option<String>,
    /// The layout of the crate.
    pub layout: Layout,
    /// Where the first manifest takes the runtime from.
    pub runtime: Option<RuntimeSource>,
    /// Findings that are treated as errors.
    pub deny: Option<Deny>,
}

impl Target {
    /// The target of arguments in a project.
    ///
    /// # Errors
    /// No description, or no folder: neither is given, and the project has none.
    pub fn new(arguments: &TargetArguments, project: &Project) -> Result<Self, Failure> {
        let (description, overlays) =
            project.description(arguments.spec.as_deref(), &arguments.overlay)?;
        // The rest of the settings is about the project's own description.
        let settings = match &arguments.spec {
            None => project.settings.clone(),
            Some(_) => Project::default().settings,
        };
        let selects = !(arguments.operation.is_empty() && arguments.tag.is_empty());
        let (operations, tags) = if selects {
            (arguments.operation.clone(), arguments.tag.clone())
        } else {
            (settings.operations, settings.tags)
        };
        let (out, name) = match (&arguments.out, settings.out) {
            (Some(out), _) => (Place::given(out), None),
            (None, Some(out)) => (project.place(&out), settings.name),
            (None, None) => return Err(Failure::NoFolderGiven),
        };
        let layout = match (arguments.flat, arguments.module) {
            (true, _) => Layout::Flat,
            (false, true) => Layout::Module,
            (false, false) => settings.layout.unwrap_or_default(),
        };
        Ok(Self {
            description,
            overlays,
            operations,
            tags,
            skip_unsupported: arguments.skip_unsupported || settings.skip_unsupported,
            out,
            name: arguments.name.clone().or(name),
            layout,
            runtime: arguments.runtime.clone().or_else(|| project.runtime()),
            deny: arguments.deny.or(project.settings.deny),
        })
    }

    /// The target of the project that the working directory belongs to.
    ///
    /// # Errors
    /// Settings that cannot be read or are wrong, and those of [`new`](Self::new).
    pub fn of_project() -> Result<Self, Failure> {
        Self::new(&TargetArguments::default(), &Project::find()?)
    }
}
