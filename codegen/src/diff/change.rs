//! What a change is, and how bad it is.

use std::fmt;

use crate::document::Pointer;
use crate::model::Use;

/// A change of what is emitted for a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What has happened.
    pub kind: Kind,
    /// Whether callers of the emitted crate compile as they are.
    pub rust: Verdict,
    /// Whether a running client, emitted before the change, works with a server that follows the new document.
    pub wire: Verdict,
    /// Which way the values travel that it is about; neither way, if no selected operation has any.
    pub used: Use,
    /// Rust path of the item, without the crate and the module of a group: `ImageModel::GptImage1`.
    pub path: String,
    /// What is different, in plain words.
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

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something is there that was not.
    Added,
    /// Something is no longer there.
    Removed,
    /// Something is otherwise than it was.
    Changed,
    /// Only what people read is different.
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

/// What a change means to those who do not know of it, the harmless first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing.
    #[default]
    Compatible,
    /// There is more than before; what was there works.
    Additive,
    /// What was there may no longer work.
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

/// The part of a version number that is next to change ([Semantic Versioning 2.0.0](https://semver.org)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing has changed.
    None,
    /// `1.2.3` becomes `1.2.4`.
    Patch,
    /// `1.2.3` becomes `1.3.0`.
    Minor,
    /// `1.2.3` becomes `2.0.0`; before 1.0.0, Cargo counts the second number: `0.2.3` becomes `0.3.0`.
    Major,
}

impl Step {
    /// The step that these changes ask for.
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

/// What a change means to callers, and to running clients by the direction of the values.
///
/// Whether a value is sent or received is known only when all is compared, since one schema may stand in many places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Effect {
    rust: Verdict,
    sent: Verdict,
    received: Verdict,
}

impl Effect {
    /// Nothing to anybody.
    pub(super) const NONE: Self = Self {
        rust: Verdict::Compatible,
        sent: Verdict::Compatible,
        received: Verdict::Compatible,
    };

    pub(super) const fn rust(self, rust: Verdict) -> Self {
        Self { rust, ..self }
    }

    /// Where old clients send it.
    pub(super) const fn sent(self, sent: Verdict) -> Self {
        Self { sent, ..self }
    }

    /// Where old clients receive it.
    pub(super) const fn received(self, received: Verdict) -> Self {
        Self { received, ..self }
    }

    /// Either way.
    pub(super) const fn wire(self, wire: Verdict) -> Self {
        self.sent(wire).received(wire)
    }

    /// The verdicts for values that travel this way.
    pub(super) fn for_use(self, used: Use) -> (Verdict, Verdict) {
        let wire = |used: bool, verdict| if used { verdict } else { Verdict::Compatible };
        let sent = wire(used.sent, self.sent);
        (self.rust, sent.max(wire(used.received, self.received)))
    }
}
