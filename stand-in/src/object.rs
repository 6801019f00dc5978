//! JSON objects whose members keep the order of the API.

use serde_json::Value;

use crate::fault::Fault;

/// Members of an object in order.
pub(crate) struct Object(Vec<(&'static str, Value)>);

impl Object {
    pub(crate) fn new(members: Vec<(&'static str, Value)>) -> Self {
        Self(members)
    }

    /// Leaves out the members that the faults name.
    pub(crate) fn missing(mut self, faults: &[Fault]) -> Self {
        self.0.retain(|(name, _)| !is_missing(name, faults));
        self
    }

    /// Compact JSON.
    pub(crate) fn to_text(&self) -> String {
        let members = self
            .0
            .iter()
            .map(|(name, value)| format!("\"{name}\":{value}"));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }
}

/// True if a fault names the member.
pub(crate) fn is_missing(name: &str, faults: &[Fault]) -> bool {
    faults.iter().any(|fault| match fault {
        Fault::MissingMembers { members } => members.iter().any(|member| member == name),
        _ => false,
    })
}
