//! Where a schema stands, as far as its name goes.
//!
//! ```text
//! components/schemas/Ticket                     Ticket
//! components/schemas/Ticket/properties/type     TicketType, else TicketPropertiesType
//! paths/…/post (createTicket), its JSON body    CreateTicketJson, else CreateTicketRequestBodyJson
//! ```

use crate::lower::names::name;
use crate::lower::names::naming::Standing;
use crate::model::{Name, TypeId};

/// Names that a place may take beside its first.
const LONGER: usize = 6;

/// The Rust name of a type that is called by these words.
pub(in crate::lower) fn type_name(words: &str) -> String {
    Name::of(name::Kind::Type, words).rust
}

/// Where a schema stands, as far as its name goes.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Place {
    pub(in crate::lower) name: Name,
    /// True if the document gives the name with `x-rust-name`.
    pub(in crate::lower) pinned: bool,
    /// True if the schema is a component.
    pub(in crate::lower) component: bool,
    /// Names with more of its ancestors, one after the other; a component takes only the first of them.
    pub(in crate::lower) longer: Vec<String>,
    /// The id that waits for this type, if others refer to it.
    pub(in crate::lower) id: Option<TypeId>,
    /// True if the type is one of several of its schema: the id that waits there is that of their union.
    pub(in crate::lower) is_alternative: bool,
}

impl Place {
    pub(in crate::lower) fn component(wire: &str, id: TypeId) -> Self {
        Self {
            component: true,
            longer: vec![
                name::spelled_type(wire),
                type_name(&format!("schemas {wire}")),
            ],
            ..Self::referenced(wire, id)
        }
    }

    /// The target of a reference that is not a component.
    pub(in crate::lower) fn referenced(wire: &str, id: TypeId) -> Self {
        Self {
            id: Some(id),
            ..Self::root(wire)
        }
    }

    pub(in crate::lower) fn root(wire: &str) -> Self {
        Self {
            name: Name::of(name::Kind::Type, wire),
            pinned: false,
            component: false,
            longer: Vec::new(),
            id: None,
            is_alternative: false,
        }
    }

    /// The root of a part of an operation: `CreateImageJson`, or `CreateImageRequestBodyJson`.
    pub(in crate::lower) fn part(operation: &Name, ancestor: &str, part: &str) -> Self {
        let operation = operation.rust();
        let longer = format!("{operation} {ancestor} {part}");
        Self {
            longer: vec![type_name(&longer)],
            ..Self::root(&format!("{operation} {part}"))
        }
    }

    pub(in crate::lower) fn member(&self, member: &str) -> Self {
        let longer = self.longer.iter();
        Self {
            longer: longer
                .map(|longer| type_name(&format!("{longer} {member}")))
                .collect(),
            ..Self::root(&format!("{} {member}", self.name.rust()))
        }
    }

    /// A member of which the document speaks below a keyword: `properties`.
    pub(in crate::lower) fn below(&self, keyword: &str, member: &str) -> Self {
        let own = type_name(&format!("{} {keyword} {member}", self.name.rust()));
        let others = self
            .longer
            .iter()
            .map(|longer| type_name(&format!("{longer} {member}")));
        Self {
            longer: std::iter::once(own).chain(others).take(LONGER).collect(),
            ..Self::root(&format!("{} {member}", self.name.rust()))
        }
    }

    /// The names that the type takes if another has its own. A component has one in which every sign and capital shows.
    pub(in crate::lower) fn longer(&self) -> Vec<String> {
        let most = match self.standing() {
            Standing::Inline => self.longer.len(),
            Standing::Component => 1,
            Standing::Operation | Standing::Pinned => 0,
        };
        let longer = self.longer.iter().take(most);
        longer
            .filter(|longer| *longer != self.name.rust())
            .cloned()
            .collect()
    }

    pub(in crate::lower) fn standing(&self) -> Standing {
        match (self.pinned, self.component) {
            (true, _) => Standing::Pinned,
            (false, true) => Standing::Component,
            (false, false) => Standing::Inline,
        }
    }
}
