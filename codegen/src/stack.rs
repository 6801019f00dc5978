//! Stack for what follows schemas into each other: documents say how deep that goes.

/// Takes a step to another schema, on more stack if there is little left: a step takes some kilobytes of it.
pub fn with_stack<T>(step: impl FnOnce() -> T) -> T {
    const LEFT: usize = 256 * 1024;
    const ADDED: usize = 4 * 1024 * 1024;
    stacker::maybe_grow(LEFT, ADDED, step)
}
