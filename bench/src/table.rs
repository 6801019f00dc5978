//! The results of a benchmark, before they are printed.
//!
//! Tables go from the process of a part to the one that writes the report as JSON, in which NaN is
//! null.

use serde::{Deserialize, Deserializer, Serialize};

/// The contenders of one task on one input.
#[derive(Serialize, Deserialize)]
pub struct Table {
    pub title: String,
    /// The input, and what the limit is.
    pub setting: String,
    /// The meaning of the seconds in the rows.
    pub unit: String,
    /// The heads of the extra columns.
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub bars: Vec<Bar>,
}

/// Whose way of doing it a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// The limit that no contender is expected to beat.
    Limit,
    Ours,
    Peer,
}

/// One contender. What was not measured is NaN.
#[derive(Serialize, Deserialize)]
pub struct Row {
    pub name: String,
    pub who: Who,
    #[serde(deserialize_with = "number")]
    pub seconds: f64,
    /// The time of the limit, or ours where there is no limit, divided by that of this row.
    #[serde(deserialize_with = "number")]
    pub ratio: f64,
    /// One text for each extra column.
    pub cells: Vec<String>,
}

/// A bar to reach.
#[derive(Serialize, Deserialize)]
pub struct Bar {
    pub what: String,
    #[serde(deserialize_with = "number")]
    pub wanted: f64,
    pub at_least: bool,
    #[serde(deserialize_with = "number")]
    pub reached: f64,
}

fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
}
