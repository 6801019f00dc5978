//! Stack for the recursion through schemas, whose depth depends on the document.

/// Runs a step of the recursion, on a larger stack if little is left: a step takes some kilobytes.
pub(crate) fn with_stack<T>(step: impl FnOnce() -> T) -> T {
    const LEFT: usize = 256 * 1024;
    const ADDED: usize = 4 * 1024 * 1024;
    stacker::maybe_grow(LEFT, ADDED, step)
}
