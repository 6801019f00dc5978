//! Places of schemas, and the names that they ask for.
//!
//! ```text
//! components/schemas/Ticket                     Ticket
//! components/schemas/Ticket/properties/type     TicketType, else TicketPropertiesType
//! paths/…/post (createTicket), its JSON body    CreateTicketJson, else CreateTicketRequestBodyJson
//! ```

use crate::lower::names::name;
use crate::lower::names::naming::Standing;
use crate::model::{Name, TypeId};

/// Maximum number of longer names of a place.
const LONGER: usize = 6;

/// The Rust type name made of these words.
pub(in crate::lower) fn type_name(words: &str) -> String {
    Name::of(name::Kind::Type, words).rust
}

/// The place of a schema, for naming.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Place {
    pub(in crate::lower) name: Name,
    /// True if `x-rust-name` gives the name.
    pub(in crate::lower) pinned: bool,
    /// True if the schema is a component.
    pub(in crate::lower) component: bool,
    /// Longer names in order, each with one more ancestor. A component takes only the first.
    pub(in crate::lower) longer: Vec<String>,
    /// The id that is reserved for this type, if references to it exist.
    pub(in crate::lower) id: Option<TypeId>,
    /// True if the type is one alternative of its schema. The reserved id is then that of the
    /// union.
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

    /// The place of a referenced schema that is not a component.
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

    /// The root place of a part of an operation: `CreateImageJson`, or
    /// `CreateImageRequestBodyJson`.
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

    /// The place of a member below a keyword, such as `properties`.
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

    /// The names to take if another type gets the first. A component has one that spells out every
    /// sign and capital.
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
