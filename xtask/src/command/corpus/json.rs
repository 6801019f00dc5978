//! The result of `corpus` as JSON.
//!
//! ```json
//! {
//!   "status": "clean",
//!   "documents": [{
//!     "file": "corpus/lamps.yaml", "crate": "corpus-lamps", "status": "refused",
//!     "generated": {"operations": 2, "refused": 1, "types": 1, "lines": 312, "untyped": 0, "warnings": 1},
//!     "counts": {"unknown-keyword": 1}, "diagnostics": […],
//!     "refused": [{"operation": "readLog", "diagnostics": […]}],
//!     "generation": {"wall_seconds": 0.05, "cpu_seconds": 0.04, "peak_bytes": 14000000, "said": null},
//!     "compilation": {
//!       "command": "clippy", "wall_seconds": 1.2, "cpu_seconds": 1.1, "peak_bytes": 180000000,
//!       "complaints": [{"code": "clippy::needless_return", "count": 2, "message": "…", "file": "…", "line": 7, "column": 9}]
//!     }
//!   }],
//!   "totals": {"documents": 1, "operations": 2, "refused": 1, "types": 1, "lines": 312, "untyped": 0, "warnings": 1},
//!   "diagnostics": []
//! }
//! ```
//!
//! `status` is `clean`, `problems` or `error`; that of a document is one of [`Verdict`].
//! `generated` is null if there is no crate; then `diagnostics` of the document has the errors,
//! else the warnings. `said` is what the generator said when it crashed. `compilation` is null if
//! nothing was compiled. Figures that the system does not report are null. `diagnostics` has what
//! kept the whole run from its end.

use serde_json::{Value, json};

use super::Examined;
use super::compilation::{Compilation, Complaint};
use super::generation::Generation;
use super::process::Usage;
use super::verdict::{Numbers, Verdict};

/// One object for all.
pub fn json(examined: &[Examined], is_clean: bool) -> Value {
    let mut totals = json!(Numbers::total(examined));
    totals["documents"] = json!(examined.len());
    json!({
        "status": if is_clean { "clean" } else { "problems" },
        "documents": examined.iter().map(document).collect::<Value>(),
        "totals": totals,
        "diagnostics": [],
    })
}

fn document(examined: &Examined) -> Value {
    let mut generation = usage(examined.usage);
    let (report, said) = match &examined.generation {
        Generation::Done { report, .. } | Generation::Refused(report) => (report.clone(), None),
        Generation::Crashed(said) => {
            let nothing = json!({"counts": {}, "diagnostics": [], "left_out": []});
            (nothing, Some(said))
        }
    };
    generation["said"] = json!(said);
    json!({
        "file": examined.document.place.to_string(),
        "crate": examined.document.name,
        "status": Verdict::of(examined).as_str(),
        "generated": Numbers::of(examined),
        "counts": report["counts"],
        "diagnostics": report["diagnostics"],
        "refused": report["left_out"],
        "generation": generation,
        "compilation": examined.compilation.as_ref().map(compilation),
    })
}

fn compilation(compilation: &Compilation) -> Value {
    let mut object = usage(compilation.usage);
    object["command"] = json!(compilation.compiler.as_str());
    object["complaints"] = compilation.complaints.iter().map(complaint).collect();
    object
}

fn usage(usage: Usage) -> Value {
    json!({
        "wall_seconds": usage.wall.as_secs_f64(),
        "cpu_seconds": usage.cpu.map(|cpu| cpu.as_secs_f64()),
        "peak_bytes": usage.peak,
    })
}

fn complaint(complaint: &Complaint) -> Value {
    let first = complaint.first.as_ref();
    json!({
        "code": complaint.code,
        "count": complaint.count,
        "message": complaint.message,
        "file": first.map(|(file, ..)| file),
        "line": first.map(|(_, line, _)| line),
        "column": first.map(|(.., column)| column),
    })
}
