//! Setters for values that a caller has as an `Option`.

/// Calls a setter if there is a value.
///
/// ```
/// use openapi_runtime::Maybe;
///
/// #[derive(Default)]
/// struct Request { user: Option<String> }
///
/// impl Request {
///     fn user(mut self, user: impl Into<String>) -> Self {
///         self.user = Some(user.into());
///         self
///     }
/// }
///
/// let request = Request::default().maybe(Some("otter"), Request::user).maybe(None::<&str>, Request::user);
/// assert_eq!(request.user.as_deref(), Some("otter"));
/// ```
pub trait Maybe: Sized {
    /// Applies `set` with the value; returns `self` unchanged without one.
    fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }
}

impl<T> Maybe for T {}
