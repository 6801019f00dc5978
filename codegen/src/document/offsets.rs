//! Places in characters, as bytes.
//!
//! In `é: 1` the value is character 3, and byte 4.

/// Converts the places of the parser, which are in characters, to bytes.
pub(super) struct Offsets {
    /// For each character of more than one byte: its number, and the excess of bytes over
    /// characters up to its end.
    wide: Vec<(usize, usize)>,
    /// The length of the text: the parser may report a place after the end.
    end: usize,
}

impl Offsets {
    pub(super) fn new(text: &str) -> Self {
        let mut wide = Vec::new();
        let mut surplus = 0;
        if !text.is_ascii() {
            for (number, c) in text.chars().enumerate() {
                if c.len_utf8() > 1 {
                    surplus += c.len_utf8() - 1;
                    wide.push((number, surplus));
                }
            }
        }
        Self {
            wide,
            end: text.len(),
        }
    }

    /// The offset of the first byte of a character.
    pub(super) fn byte(&self, character: usize) -> u32 {
        let before = self.wide.partition_point(|&(number, _)| number < character);
        let surplus = before.checked_sub(1).and_then(|last| self.wide.get(last));
        let offset = character + surplus.map_or(0, |&(_, surplus)| surplus);
        u32::try_from(offset.min(self.end)).unwrap_or(u32::MAX)
    }
}
