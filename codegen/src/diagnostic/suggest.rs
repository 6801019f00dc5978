//! Finds the most likely intended name for a name that does not exist.
//!
//! ```
//! use openapi_codegen::diagnostic::suggest;
//!
//! let schemas = ["Image", "Images", "Usage"];
//! assert_eq!(suggest("Imgae", schemas.into_iter()), Some("Image"));
//! assert_eq!(suggest("USAGE", schemas.into_iter()), Some("Usage"));
//! assert_eq!(suggest("Speech", schemas.into_iter()), None);
//! ```

/// The candidate that is closest to `wanted`, if it is close enough: at most a third of the
/// characters are inserted, deleted, replaced or swapped with a neighbour. The case of ASCII
/// letters does not count. Of equally close candidates, the first.
pub fn suggest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.chars().collect();
    let limit = wanted.len().div_ceil(3);
    let near = candidates.filter_map(|candidate| {
        let characters: Vec<char> = candidate.chars().collect();
        if characters.len().abs_diff(wanted.len()) > limit {
            return None;
        }
        let distance = distance(&wanted, &characters);
        (distance <= limit).then_some((distance, candidate))
    });
    near.min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// The Damerau-Levenshtein distance, in which no part is edited twice.
fn distance(from: &[char], to: &[char]) -> usize {
    // A row has the distances from the beginning of `from` to each beginning of `to`; a swap looks
    // two rows back.
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, &left) in from.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, &right) in to.iter().enumerate() {
            let replaced = row[j] + usize::from(!left.eq_ignore_ascii_case(&right));
            let mut least = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0
                && j > 0
                && left.eq_ignore_ascii_case(&to[j - 1])
                && from[i - 1].eq_ignore_ascii_case(&right)
            {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}
