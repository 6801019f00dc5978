//! The URL of a server, and the URL of an operation on it.
//!
//! `https://example.com/v1/?api-version=1` and the path `/images/edits` become
//! `https://example.com/v1/images/edits?api-version=1`.

use http::Uri;

use crate::RequestError;

/// The suggestion of an error that cannot fix the given URL.
const EXAMPLE: &str = "https://api.example.com/v1";

/// The URL of an operation. The queries of both are joined.
pub(crate) fn join(base_url: &str, path: &str) -> Result<String, RequestError> {
    let base = parse(base_url).map_err(|reason| RequestError::BaseUrl {
        url: without_password(base_url),
        reason,
        suggestion: suggestion(base_url),
    })?;
    let path = path.split('#').next().unwrap_or_default();
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path, None),
    };
    let queries = [base.query(), query].into_iter().flatten();
    let queries: Vec<_> = queries.filter(|query| !query.is_empty()).collect();
    let question_mark = if queries.is_empty() { "" } else { "?" };
    Ok(format!(
        "{}://{}{}{path}{question_mark}{}",
        base.scheme_str().unwrap_or("https").to_ascii_lowercase(),
        base.authority().map_or("", |authority| authority.as_str()),
        base.path().trim_end_matches('/'),
        queries.join("&"),
    ))
}

/// The parts of the URL, or a description of its fault.
fn parse(base_url: &str) -> Result<Uri, String> {
    if base_url.trim() != base_url {
        return Err("has leading or trailing white space".to_owned());
    }
    let Some((scheme, rest)) = base_url.split_once("://") else {
        return Err("has no scheme".to_owned());
    };
    if !["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
    {
        return Err("has a scheme other than `http` and `https`".to_owned());
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err("has user information, which HTTP does not send in a URL".to_owned());
    }
    if rest.contains('#') {
        return Err("has a fragment, which HTTP does not send".to_owned());
    }
    if authority.is_empty() || authority.starts_with(':') {
        return Err("has no host".to_owned());
    }
    let uri = Uri::try_from(base_url).map_err(|error| format!("is not a URL ({error})"))?;
    let port = uri.host().and_then(|host| authority.strip_prefix(host));
    if port.is_some_and(|port| !matches!(port, "" | ":")) && uri.port().is_none() {
        return Err("has a port that is not a number up to 65535".to_owned());
    }
    Ok(uri)
}

/// The URL without its faults, if the result is valid.
fn suggestion(base_url: &str) -> String {
    let base_url = base_url.trim();
    let (scheme, rest) = base_url.split_once("://").unwrap_or(("https", base_url));
    let scheme = if scheme.eq_ignore_ascii_case("http") {
        "http"
    } else {
        "https"
    };
    let rest = rest.rsplit('@').next().unwrap_or_default();
    let rest = rest.split('#').next().unwrap_or_default();
    let url = format!("{scheme}://{rest}");
    if parse(&url).is_ok() {
        url
    } else {
        EXAMPLE.to_owned()
    }
}

/// The URL for an error message. A password may contain any characters, so everything before the
/// last `@` may be part of it.
fn without_password(base_url: &str) -> String {
    match base_url.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => base_url.to_owned(),
    }
}
