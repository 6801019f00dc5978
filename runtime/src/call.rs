//! An operation that is ready to be sent by any HTTP client.
//!
//! The JSON body `{"prompt":"a cat"}` of `POST /images/edits` becomes a [`Call`] with the headers
//! `accept` and `content-type`, a body of 18 bytes, and the type of the response.

use std::io;

#[cfg(feature = "http")]
use crate::base_url;
use crate::{
    Body, Boundary, Credentials, Form, RequestError, RequestHead, Upload,
    body::Segment,
    json::{self, Encode},
    parameter::{Pairs, Target},
    response::Response,
    security::{self, Requirement},
};

/// A request, and the type `R` of its response: [`JsonResponse`](crate::JsonResponse) or
/// [`EventResponse`](crate::EventResponse).
///
/// ```
/// use openapi_runtime::{Call, JsonResponse, RequestError, ResponseHead, json};
///
/// let body = json::Value::from("a cat");
/// let call: Call<JsonResponse<Vec<String>>> = Call::json("POST", "/images/edits", &body)?;
/// let (request, response) = call.split();
/// assert_eq!((request.method(), request.path()), ("POST", "/images/edits"));
/// assert_eq!(request.content_length(), Some(7));
///
/// // Send it, and hand what comes back to the response.
/// let images = response.decode(&ResponseHead::new(200), &br#"["a.png"]"#[..]);
/// assert_eq!(images.ok(), Some(vec!["a.png".to_owned()]));
/// # Ok::<(), RequestError>(())
/// ```
#[derive(Debug)]
pub struct Call<R = ()> {
    head: RequestHead,
    body: Body,
    response: R,
    security: &'static [Requirement],
}

impl<R: Response> Call<R> {
    /// A request without a body.
    pub fn empty(method: &'static str, target: impl Into<Target>) -> Result<Self, RequestError> {
        Self::new(method, target.into(), None, Body::new())
    }

    /// A request with a JSON body: compact, in UTF-8.
    pub fn json(
        method: &'static str,
        target: impl Into<Target>,
        body: &impl Encode,
    ) -> Result<Self, RequestError> {
        Self::json_as(method, target, "application/json", body)
    }

    /// A request with a JSON body of another media type, such as `application/merge-patch+json`.
    pub fn json_as(
        method: &'static str,
        target: impl Into<Target>,
        media_type: &'static str,
        body: &impl Encode,
    ) -> Result<Self, RequestError> {
        let body = json::to_body(body)?;
        let content_type = Some(media_type.to_owned());
        Self::new(method, target.into(), content_type, body)
    }

    /// A request with text in UTF-8.
    pub fn text(
        method: &'static str,
        target: impl Into<Target>,
        media_type: &'static str,
        text: impl Into<String>,
    ) -> Result<Self, RequestError> {
        let mut body = Body::new();
        body.push(Segment::Bytes(text.into().into()));
        Self::new(method, target.into(), Some(media_type.to_owned()), body)
    }

    /// A request whose body is a file. Its media type is that of the upload if the caller has set
    /// one, else the given one, else that guessed from the file.
    ///
    /// This opens the file.
    pub fn upload(
        method: &'static str,
        target: impl Into<Target>,
        media_type: Option<&'static str>,
        upload: Upload,
    ) -> Result<Self, RequestError> {
        let file = upload.open("body", None, media_type)?;
        let mut body = Body::new();
        body.push(file.content);
        Self::new(method, target.into(), Some(file.content_type), body)
    }

    /// A request with a form in `application/x-www-form-urlencoded`.
    pub fn urlencoded(
        method: &'static str,
        target: impl Into<Target>,
        pairs: Pairs,
    ) -> Result<Self, RequestError> {
        let mut body = Body::new();
        body.push(Segment::Bytes(pairs.finish()?.into()));
        let content_type = Some("application/x-www-form-urlencoded".to_owned());
        Self::new(method, target.into(), content_type, body)
    }

    /// A request with a form between random boundaries.
    pub fn multipart(
        method: &'static str,
        target: impl Into<Target>,
        form: Form,
    ) -> Result<Self, RequestError> {
        Self::multipart_with_boundary(method, target, form, &Boundary::random()?)
    }

    /// A request with a form between the given boundaries, for tests.
    pub fn multipart_with_boundary(
        method: &'static str,
        target: impl Into<Target>,
        form: Form,
        boundary: &Boundary,
    ) -> Result<Self, RequestError> {
        let (content_type, body) = form.finish(boundary)?;
        Self::new(method, target.into(), Some(content_type), body)
    }

    fn new(
        method: &'static str,
        target: Target,
        content_type: Option<String>,
        body: Body,
    ) -> Result<Self, RequestError> {
        let (path, parameters) = target.finish()?;
        let path = if path.starts_with('/') {
            path
        } else {
            format!("/{path}").into()
        };
        let accept = R::ACCEPT.map(|media_type| ("accept", media_type.to_owned()));
        let headers = accept
            .into_iter()
            .chain(content_type.map(|value| ("content-type", value)))
            .chain(parameters)
            .collect();
        Ok(Self {
            head: RequestHead::new(method, path, headers),
            body,
            response: R::default(),
            security: &[],
        })
    }
}

impl<R> Call<R> {
    /// Requests another media type than the default of the response's type.
    pub fn accept(mut self, media_type: &'static str) -> Self {
        self.head.headers.retain(|(name, _)| *name != "accept");
        self.head
            .headers
            .insert(0, ("accept", media_type.to_owned()));
        self
    }

    /// Attaches the security requirements of the operation. The call then accepts the credentials
    /// of any one of them.
    pub fn secured(self, security: &'static [Requirement]) -> Self {
        Self { security, ..self }
    }

    /// The security requirements of the operation. Empty if it needs no credentials.
    pub const fn security(&self) -> &'static [Requirement] {
        self.security
    }

    /// Adds the credentials that the operation accepts: those of the first requirement whose
    /// credentials are all present.
    ///
    /// Returns the call unchanged if the operation needs no credentials, or if `credentials` is
    /// empty.
    ///
    /// # Errors
    ///
    /// [`RequestError::Credentials`] if the operation accepts none of the credentials, and
    /// [`RequestError::Credential`] for one that cannot be sent.
    pub fn authorize(mut self, credentials: &Credentials) -> Result<Self, RequestError> {
        security::authorize(&mut self.head, self.security, credentials)?;
        Ok(self)
    }

    /// The HTTP method: `POST`.
    pub const fn method(&self) -> &'static str {
        self.head.method
    }

    /// Path and query, relative to the URL of the server. It begins with `/`.
    pub fn path(&self) -> &str {
        &self.head.path
    }

    /// `accept` and `content-type` if present, the parameters in headers, and the credentials.
    /// Names are in lower case.
    pub fn headers(&self) -> &[(&'static str, String)] {
        &self.head.headers
    }

    /// The content type of the body.
    pub fn content_type(&self) -> Option<&str> {
        self.headers()
            .iter()
            .find(|(name, _)| *name == "content-type")
            .map(|(_, value)| value.as_str())
    }

    /// The length of the body in bytes, if it is known before it is sent.
    pub fn content_length(&self) -> Option<u64> {
        self.body.content_length()
    }

    /// The body.
    pub const fn body(&self) -> &Body {
        &self.body
    }

    /// Returns the body only.
    pub fn into_body(self) -> Body {
        self.body
    }

    /// Head and body, for a client that takes them separately.
    pub fn into_parts(self) -> (RequestHead, Body) {
        (self.head, self.body)
    }

    /// The reader of the response.
    pub const fn response(&self) -> &R {
        &self.response
    }

    /// The request to send, and the reader of its response.
    pub fn split(self) -> (Call, R) {
        (
            Call {
                head: self.head,
                body: self.body,
                response: (),
                security: self.security,
            },
            self.response,
        )
    }

    /// Clones the call; `None` if its body can be sent only once. Files are reopened.
    pub fn try_clone(&self) -> io::Result<Option<Self>>
    where
        R: Clone,
    {
        let body = self.body.try_clone()?;
        Ok(body.map(|body| Self {
            head: self.head.clone(),
            body,
            response: self.response.clone(),
            security: self.security,
        }))
    }
}

#[cfg(feature = "http")]
impl<R> Call<R> {
    /// Converts the call to a request to the server at `base_url`, and adds the credentials that
    /// the operation accepts ([`authorize`](Self::authorize)).
    ///
    /// The base URL has the scheme `http` or `https`, such as `https://api.example.com/v1`. Its
    /// path comes before that of the call, and its query is kept:
    /// `https://example.com/v1?api-version=1` and `/images/edits` are
    /// `https://example.com/v1/images/edits?api-version=1`.
    ///
    /// A content length is set if it is known. Headers with credentials are marked as sensitive,
    /// so that clients do not log them.
    ///
    /// # Errors
    ///
    /// [`RequestError::BaseUrl`], the errors of [`authorize`](Self::authorize), and
    /// [`RequestError::Http`] for anything else that an HTTP request cannot contain.
    pub fn into_http(
        self,
        base_url: &str,
        credentials: &Credentials,
    ) -> Result<http::Request<Body>, RequestError> {
        use http::{HeaderValue, header};

        let Self { head, body, .. } = self.authorize(credentials)?;
        let uri = base_url::join(base_url, &head.path)?;
        let mut request = http::Request::builder().method(head.method).uri(uri);
        for (name, value) in &head.headers {
            let mut value = HeaderValue::try_from(value).map_err(http::Error::from)?;
            value.set_sensitive(head.is_sensitive(name));
            request = request.header(*name, value);
        }
        if let Some(length) = body.content_length() {
            request = request.header(header::CONTENT_LENGTH, length);
        }
        Ok(request.body(body)?)
    }
}
