//! What a benchmark found, before it is printed.

/// The contenders of one task on one input.
pub struct Table {
    pub title: String,
    /// The input, and what the limit is.
    pub setting: String,
    /// What the seconds of the rows are.
    pub unit: &'static str,
    /// The heads of the extra columns.
    pub columns: Vec<&'static str>,
    pub rows: Vec<Row>,
    pub bars: Vec<Bar>,
}

/// Whose way of doing it a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// What no contender is expected to beat.
    Limit,
    Ours,
    Peer,
}

/// One contender. What was not measured is NaN.
pub struct Row {
    pub name: String,
    pub who: Who,
    pub seconds: f64,
    /// The time of the limit, or ours where there is no limit, divided by that of this row.
    pub ratio: f64,
    /// One text for each extra column.
    pub cells: Vec<String>,
}

/// What has to be reached.
pub struct Bar {
    pub what: String,
    pub wanted: f64,
    pub at_least: bool,
    pub reached: f64,
}
