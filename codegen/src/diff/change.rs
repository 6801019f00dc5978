//! Changes and their severity.

use std::fmt;

use crate::document::Pointer;
use crate::model::Use;

/// A change of what is emitted for a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind of a change.
    pub kind: Kind,
    /// Effect on callers of the emitted crate: do they still compile?
    pub rust: Verdict,
    /// Effect on running clients that were emitted before the change: do they work with a server
    /// that follows the new document?
    pub wire: Verdict,
    /// Direction of the affected values; neither direction if no selected operation has any.
    pub used: Use,
    /// Rust path of the item, without the crate and the module of a group:
    /// `ImageModel::GptImage1`.
    pub path: String,
    /// Description of the difference.
    pub message: String,
    /// The place in the old document, if there is one.
    pub old: Option<Pointer>,
    /// The place in the new document, if there is one.
    pub new: Option<Pointer>,
}

impl Change {
    /// The worse of both verdicts.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.rust.max(self.wire)
    }
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An item is new.
    Added,
    /// An item was removed.
    Removed,
    /// An item is different.
    Changed,
    /// Only documentation is different.
    Documentation,
}

impl Kind {
    /// The name in the JSON form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Documentation => "documentation",
        }
    }
}

/// Effect of a change on code that was not adapted to it, in order of severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// No effect.
    #[default]
    Compatible,
    /// Something is new; everything else still works.
    Additive,
    /// Something may no longer work.
    Breaking,
}

impl Verdict {
    /// The name in every form of output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The part of a version number that is next to change ([Semantic Versioning
/// 2.0.0](https://semver.org)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing has changed.
    None,
    /// `1.2.3` becomes `1.2.4`.
    Patch,
    /// `1.2.3` becomes `1.3.0`.
    Minor,
    /// `1.2.3` becomes `2.0.0`; before 1.0.0, Cargo counts the second number: `0.2.3` becomes
    /// `0.3.0`.
    Major,
}

impl Step {
    /// The step that these changes require.
    #[must_use]
    pub fn of(changes: &[Change]) -> Self {
        match changes.iter().map(Change::verdict).max() {
            None => Self::None,
            Some(Verdict::Compatible) => Self::Patch,
            Some(Verdict::Additive) => Self::Minor,
            Some(Verdict::Breaking) => Self::Major,
        }
    }

    /// The name in every form of output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// Effect of a change on callers, and on running clients by the direction of the values.
///
/// The direction of a value is known only when everything is compared, since a schema may be used
/// in many places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Effect {
    rust: Verdict,
    sent: Verdict,
    received: Verdict,
}

impl Effect {
    /// No effect.
    pub(super) const NONE: Self = Self {
        rust: Verdict::Compatible,
        sent: Verdict::Compatible,
        received: Verdict::Compatible,
    };

    pub(super) const fn rust(self, rust: Verdict) -> Self {
        Self { rust, ..self }
    }

    /// Sets the verdict for values that old clients send.
    pub(super) const fn sent(self, sent: Verdict) -> Self {
        Self { sent, ..self }
    }

    /// Sets the verdict for values that old clients receive.
    pub(super) const fn received(self, received: Verdict) -> Self {
        Self { received, ..self }
    }

    /// Sets the verdict for both directions.
    pub(super) const fn wire(self, wire: Verdict) -> Self {
        self.sent(wire).received(wire)
    }

    /// The verdicts for values of this direction.
    pub(super) fn for_use(self, used: Use) -> (Verdict, Verdict) {
        let wire = |used: bool, verdict| if used { verdict } else { Verdict::Compatible };
        let sent = wire(used.sent, self.sent);
        (self.rust, sent.max(wire(used.received, self.received)))
    }
}
