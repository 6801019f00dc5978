//! Groups of operations: the modules and Cargo features of a crate of many operations.
//!
//! ```text
//! images.rs                  Group { name: images, feature: images }    operations, and the types that they alone use
//! files.rs                   Group { name: files, feature: files }
//! shared/files_and_images.rs Part { name: files_and_images, groups: [0, 1] }   the types that both use
//! ```

use super::{Doc, Name};

/// The distribution of a crate's items over modules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// The root exports everything.
    Flat,
    /// The same as a module of another crate: `mod.rs` instead of `lib.rs`. It names nothing by a
    /// path from the root of its crate, and can be included by `include!`.
    Module,
    /// Each group of operations has a module and a Cargo feature. A crate with a single group is
    /// flat.
    #[default]
    Groups,
}

/// A group of operations, in a crate whose modules are groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The name in the document, and the module.
    pub name: Name,
    /// The description of the tag of this name.
    pub doc: Doc,
}

impl Group {
    /// The Cargo feature, which has the name of the module.
    #[must_use]
    pub fn feature(&self) -> &str {
        self.name.plain()
    }
}

/// The items that exactly these groups use, in a crate whose modules are groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The module. A part of one group has the name of the group.
    pub name: Name,
    /// Indices in [`Api::groups`](super::Api::groups), ascending.
    pub groups: Vec<usize>,
}
