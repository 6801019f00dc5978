//! Additional input for reading a value, beside its JSON text.

use std::{
    cell::{Cell, RefCell},
    fmt::Write,
};

use bytes::Bytes;

/// The base64 that was extracted from a JSON text before reading, and the member whose reading
/// failed.
#[derive(Debug, Default)]
pub struct Source {
    base64: Vec<Bytes>,
    /// The path from the innermost member outwards, recorded only on failure.
    path: RefCell<Vec<Segment>>,
    /// True if a string was read without validation.
    is_unchecked: Cell<bool>,
}

#[derive(Debug)]
enum Segment {
    Member(String),
    Item(usize),
}

/// The first byte of a reference, which replaces extracted base64 in the text: a byte that never
/// occurs in UTF-8, followed by a number. Only [`Base64`](crate::Base64) is read from text that is
/// not UTF-8.
const REFERENCE: u8 = 0xff;

/// The reference to the base64 with this number.
pub(super) fn reference(number: usize) -> Vec<u8> {
    let mut text = vec![REFERENCE];
    text.extend_from_slice(number.to_string().as_bytes());
    text
}

impl Source {
    pub(super) const fn new(base64: Vec<Bytes>) -> Self {
        Self {
            base64,
            path: RefCell::new(Vec::new()),
            is_unchecked: Cell::new(false),
        }
    }

    /// Records that a string was read without checking that its control characters are escaped.
    pub(crate) fn leave_unchecked(&self) {
        self.is_unchecked.set(true);
    }

    pub(super) fn is_unchecked(&self) -> bool {
        self.is_unchecked.get()
    }

    /// The base64 that a reference refers to.
    pub(crate) fn base64(&self, text: &[u8]) -> Option<&Bytes> {
        let number = text.strip_prefix(&[REFERENCE])?;
        self.base64
            .get(std::str::from_utf8(number).ok()?.parse::<usize>().ok()?)
    }

    /// Records that the value of a member could not be read.
    pub(super) fn failed_in_member(&self, name: &str) {
        self.path
            .borrow_mut()
            .push(Segment::Member(name.to_owned()));
    }

    /// Records that an item of an array could not be read.
    pub(super) fn failed_in_item(&self, index: usize) {
        self.path.borrow_mut().push(Segment::Item(index));
    }

    /// Discards a failure that has no effect.
    pub(super) fn forget_failure(&self) {
        self.path.borrow_mut().clear();
    }

    /// The path at which reading failed, such as `data[0].url`; empty for the whole text.
    pub(super) fn path(&self) -> String {
        let mut text = String::new();
        for segment in self.path.borrow().iter().rev() {
            match segment {
                // Writing to a string cannot fail.
                Segment::Item(index) => {
                    let _ = write!(text, "[{index}]");
                }
                Segment::Member(name) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(name);
                }
            }
        }
        text
    }
}
