//! What a value is read from, beside its JSON text.

use std::{
    cell::{Cell, RefCell},
    fmt::Write,
};

use bytes::Bytes;

/// The base64 that was taken out of a JSON text before it is read, and the member where reading failed.
#[derive(Debug, Default)]
pub struct Source {
    base64: Vec<Bytes>,
    /// From the innermost member outwards, noted only once something has failed.
    path: RefCell<Vec<Segment>>,
    /// Whether a string was read that may not be one.
    is_unchecked: Cell<bool>,
}

#[derive(Debug)]
enum Segment {
    Member(String),
    Item(usize),
}

/// What stands in the text for base64 that was taken out: a byte that no UTF-8 text has, and a number. Only
/// [`Base64`](crate::Base64) is read from text that is not UTF-8.
const REFERENCE: u8 = 0xff;

/// The text that stands for the base64 with this number.
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

    /// Notes that a string was read whose control characters are escapes, or else make it no JSON.
    pub(crate) fn leave_unchecked(&self) {
        self.is_unchecked.set(true);
    }

    pub(super) const fn is_unchecked(&self) -> bool {
        self.is_unchecked.get()
    }

    /// The base64 that this text stands for.
    pub(crate) fn base64(&self, text: &[u8]) -> Option<&Bytes> {
        let number = text.strip_prefix(&[REFERENCE])?;
        self.base64
            .get(std::str::from_utf8(number).ok()?.parse::<usize>().ok()?)
    }

    /// Notes that the value of a member could not be read.
    pub(super) fn failed_in_member(&self, name: &str) {
        self.path
            .borrow_mut()
            .push(Segment::Member(name.to_owned()));
    }

    /// Notes that an item of an array could not be read.
    pub(super) fn failed_in_item(&self, index: usize) {
        self.path.borrow_mut().push(Segment::Item(index));
    }

    /// Forgets a failure that does not count.
    pub(super) fn forget_failure(&self) {
        self.path.borrow_mut().clear();
    }

    /// Where reading failed, as `data[0].url`; empty for the whole text.
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
