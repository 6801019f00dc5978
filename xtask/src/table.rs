//! Columns that are as wide as their widest cell.
//!
//! ```
//! let rows = [["code", "summary"], ["io", "The operating system refuses"]];
//! assert_eq!(
//!     xtask::table::lines(&rows.map(|row| row.map(str::to_owned))),
//!     "code  summary\nio    The operating system refuses\n",
//! );
//! ```

/// A line for each row, without spaces at its end.
pub fn lines<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let mut widths = [0; COLUMNS];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String; COLUMNS]| {
        let cells = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
