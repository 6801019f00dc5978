//! Where an emitted crate takes `openapi-runtime` from.
//!
//! ```
//! use openapi_rust::files::runtime::RuntimeSource;
//!
//! let source: RuntimeSource = "https://git.example/openapi.git#v0.1.0".parse()?;
//! assert_eq!(
//!     source,
//!     RuntimeSource::Git { url: "https://git.example/openapi.git".into(), rev: Some("v0.1.0".into()) },
//! );
//! assert_eq!("0.1".parse::<RuntimeSource>()?, RuntimeSource::Version("0.1".into()));
//! assert_eq!("../runtime".parse::<RuntimeSource>()?, RuntimeSource::Folder("../runtime".into()));
//! # Ok::<(), &str>(())
//! ```
//!
//! The dependency names the version of the generator in each case, so that Cargo refuses a runtime
//! that emitted code was not written for.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::files::place::Place;

/// The version of the generator, which is that of the runtime too.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where the runtime comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum RuntimeSource {
    /// The registry, with a version requirement.
    Version(String),
    /// A git repository.
    Git {
        /// Its URL.
        url: String,
        /// A commit, a tag or a branch, as Cargo reads `rev`.
        rev: Option<String>,
    },
    /// The folder of the package.
    Folder(PathBuf),
}

impl RuntimeSource {
    /// The release of the version of the generator.
    pub fn released() -> Self {
        Self::Version(VERSION.to_owned())
    }

    /// The dependency as it stands in the manifest of the crate in a folder.
    ///
    /// # Errors
    /// A folder whose path cannot be resolved.
    pub fn dependency(&self, of: &Place) -> Result<String, Failure> {
        // A JSON string is a basic string of TOML too.
        let text = |text: &str| Value::from(text).to_string();
        Ok(match self {
            Self::Version(version) => text(version),
            Self::Git { url, rev } => {
                let rev = rev.as_deref().map(text);
                let rev = rev.map_or_else(String::new, |rev| format!(", rev = {rev}"));
                format!("{{ version = \"{VERSION}\", git = {}{rev} }}", text(url))
            }
            Self::Folder(folder) => {
                let path = Place::given(folder).relative_to(of)?;
                format!("{{ version = \"{VERSION}\", path = {} }}", text(&path))
            }
        })
    }
}

impl FromStr for RuntimeSource {
    type Err = &'static str;

    fn from_str(source: &str) -> Result<Self, Self::Err> {
        let is_version =
            |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || "^~=<>*".contains(c));
        let is_url = source.contains("://") || source.starts_with("git@");
        match source {
            "" => Err("a version, a folder, or the URL of a git repository"),
            _ if is_url => {
                let (url, rev) = match source.split_once('#') {
                    Some((url, rev)) => (url, Some(rev.to_owned())),
                    None => (source, None),
                };
                let url = url.to_owned();
                Ok(Self::Git { url, rev })
            }
            _ if is_version(source) => Ok(Self::Version(source.to_owned())),
            _ => Ok(Self::Folder(source.into())),
        }
    }
}

impl TryFrom<String> for RuntimeSource {
    type Error = &'static str;

    fn try_from(source: String) -> Result<Self, Self::Error> {
        source.parse()
    }
}

impl fmt::Display for RuntimeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => f.write_str(version),
            Self::Git { url, rev: None } => f.write_str(url),
            Self::Git {
                url,
                rev: Some(rev),
            } => write!(f, "{url}#{rev}"),
            Self::Folder(folder) => write!(f, "{}", folder.display()),
        }
    }
}
