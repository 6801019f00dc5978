//! The `build.rs` of a package whose module `lamps` is generated each time that its description
//! changes.
//!
//! The package depends on `openapi-runtime`, and `openapi-codegen` is one of its build
//! dependencies. Its source has
//!
//! ```ignore
//! mod lamps {
//!     include!(concat!(env!("OUT_DIR"), "/lamps/mod.rs"));
//! }
//! ```

use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use openapi_codegen::document::{Document, Source};
use openapi_codegen::{Layout, Selection, generate};

const DESCRIPTION: &str = "lamps.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DESCRIPTION}");
    let text = fs::read_to_string(DESCRIPTION)?;
    let document = Document::parse(Source::new(DESCRIPTION, text))?;
    let selection = Selection {
        operations: &[],
        crate_name: "lamps",
        layout: Layout::Module,
    };
    let generated = generate(&document, &selection)?;
    for warning in generated.warnings.iter() {
        println!("cargo::warning={}: {}", warning.pointer, warning.message);
    }
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("lamps");
    fs::create_dir_all(&folder)?;
    for file in generated.files {
        fs::write(folder.join(file.path), file.text)?;
    }
    Ok(())
}
