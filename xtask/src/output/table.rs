//! Columns that are as wide as their widest cell.
//!
//! ```
//! let rows = [["code", "summary"], ["io", "The operating system refuses"]];
//! assert_eq!(
//!     openapi_rust::output::table::lines(&rows.map(|row| row.map(str::to_owned))),
//!     "code  summary\nio    The operating system refuses\n",
//! );
//! ```

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Texts.
    Left,
    /// Numbers.
    Right,
}

/// A line for each row, without spaces at its end.
pub fn lines<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    aligned(rows, &[Side::Left; COLUMNS])
}

/// A line for each row, the cells on the sides of their columns.
///
/// ```
/// use openapi_rust::output::table::{Side, aligned};
///
/// let rows = [["file", "lines"], ["lib.rs", "12"]];
/// assert_eq!(
///     aligned(&rows.map(|row| row.map(str::to_owned)), &[Side::Left, Side::Right]),
///     "file    lines\nlib.rs     12\n",
/// );
/// ```
pub fn aligned(rows: &[impl AsRef<[String]>], sides: &[Side]) -> String {
    let mut widths = vec![0; sides.len()];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row.as_ref()) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String]| {
        let columns = row.iter().zip(&widths).zip(sides);
        let cells = columns.map(|((cell, &width), side)| match side {
            Side::Left => format!("{cell:width$}"),
            Side::Right => format!("{cell:>width$}"),
        });
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(|row| line(row.as_ref())).collect()
}
