//! Names of the modules of groups, which are also names of files and Cargo features.
//!
//! ```text
//! Fine-tuning    fine_tuning        the module, the file `fine_tuning.rs` and the feature
//! http           http_operations    `http` is another feature of the crate
//! 日本           u65e5_u672c        the compiler looks for files with ASCII names
//! ```

use crate::lower::names::name::Kind;
use crate::lower::names::sign::code_point;
use crate::model::Name;

/// Names that no group can have: other modules, files and features of a crate, and names that are
/// not valid for files on Windows.
const RESERVED: [&str; 18] = [
    "aliased",
    "aux",
    "base64_turbo",
    "con",
    "default",
    "full",
    "http",
    "http_body",
    "lib",
    "main",
    "mod",
    "nul",
    "openapi_runtime",
    "prn",
    "runtime",
    "servers",
    "shared",
    "stream",
];

/// Maximum number of bytes.
const LONGEST: usize = 60;

/// The module for a name of the document; `None` if the name has no letters or digits.
pub(crate) fn given(wire: &str) -> Option<Name> {
    Name::given(Kind::Module, wire, wire)
}

/// Replaces a name that is reserved or too long.
pub(crate) fn own(name: String) -> String {
    if RESERVED.contains(&name.as_str()) {
        return format!("{name}_operations");
    }
    let beginning: String = name.chars().take(LONGEST - "_12345678".len()).collect();
    shortened(name, &beginning)
}

/// Replaces each letter that is not ASCII by its code point.
pub(crate) fn in_ascii(cleaned: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_ascii() => c.to_string(),
        c => format!(" {} ", code_point(c)),
    };
    cleaned.chars().map(letter).collect()
}

/// The name; if it is too long for a file, `beginning` and a hash of the name.
pub(crate) fn shortened(name: String, beginning: &str) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    // FNV-1a, which gives the same result on every machine.
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("{beginning}_{hash:08x}")
}
