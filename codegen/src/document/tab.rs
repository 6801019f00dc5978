//! Tabs between a key and its value.
//!
//! `type:<TAB>string` is `type: string`: a tab is white space (YAML 1.2.2, section 6.2).
//!
//! The parser treats a tab before a word as indentation, which must consist of spaces. Replacing
//! it by a space changes neither the meaning nor any position, unless it is in the text of a
//! scalar.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser};

use super::offsets::Offsets;

/// Replaces each tab between a key and its value by a space.
pub(super) fn spaced(text: &str) -> Cow<'_, str> {
    let tabs = behind_colons(text);
    if tabs.is_empty() {
        return Cow::Borrowed(text);
    }
    let all = with_spaces(text, &tabs);
    let offsets = Offsets::new(text);
    let mut tabs = tabs.into_iter().peekable();
    let mut between = Vec::new();
    // Errors in the rest of the text are found again when it is read.
    for (event, span) in Parser::new_from_str(&all).map_while(Result::ok) {
        if let Event::Scalar(..) = event {
            let [start, end] = [span.start, span.end].map(|end| offsets.byte(end.index()) as usize);
            while let Some(tab) = tabs.next_if(|tab| *tab < start) {
                between.push(tab);
            }
            while tabs.next_if(|tab| *tab < end).is_some() {}
        }
    }
    between.extend(tabs);
    Cow::Owned(with_spaces(text, &between))
}

/// The places of tabs after a colon.
fn behind_colons(text: &str) -> Vec<usize> {
    let mut tabs = Vec::new();
    for (colon, _) in text.match_indices(":\t") {
        let behind = text.as_bytes().iter().skip(colon + 1);
        let run = behind.take_while(|byte| **byte == b'\t').count();
        tabs.extend(colon + 1..=colon + run);
    }
    tabs
}

fn with_spaces(text: &str, tabs: &[usize]) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut done = 0;
    for &tab in tabs {
        spaced.push_str(text.get(done..tab).unwrap_or_default());
        spaced.push(' ');
        done = tab + 1;
    }
    spaced.push_str(text.get(done..).unwrap_or_default());
    spaced
}
