//! Emitted crates as modules of one crate: the compiler starts once for all of them.

use openapi_codegen::File;

/// The files of a crate as those of the module `m7`, where 7 is its number.
#[must_use]
pub fn as_module(files: &[File], number: usize) -> Vec<File> {
    let file = |file: &File| {
        let path = match &*file.path {
            "lib.rs" => "mod.rs",
            path => path,
        };
        File {
            path: format!("m{number}/{path}"),
            text: file.text.replace("crate::", &format!("crate::m{number}::")),
        }
    };
    files.iter().map(file).collect()
}

/// The number of the module that a file is of.
///
/// ```
/// assert_eq!(openapi_tests::modules::number("src/m7/types.rs"), Some(7));
/// assert_eq!(openapi_tests::modules::number("/tmp/m7.rs"), Some(7));
/// assert_eq!(openapi_tests::modules::number("src/lib.rs"), None);
/// ```
#[must_use]
pub fn number(path: &str) -> Option<usize> {
    let mut names = path.split('/').rev();
    names.find_map(|name| name.trim_end_matches(".rs").strip_prefix('m')?.parse().ok())
}
