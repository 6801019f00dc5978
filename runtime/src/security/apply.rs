//! Adds credentials to requests.

use super::credentials::{Credential, Credentials, Sent};
use super::{Requirement, Scheme};
use crate::{RequestError, RequestHead};

/// Adds the credentials of the first requirement whose credentials are all present. Empty
/// requirements are considered last.
pub(crate) fn authorize(
    head: &mut RequestHead,
    requirements: &'static [Requirement],
    credentials: &Credentials,
) -> Result<(), RequestError> {
    if requirements.is_empty() || credentials.is_none() {
        return Ok(());
    }
    let (optional, wanted): (Vec<&Requirement>, Vec<_>) = requirements
        .iter()
        .partition(|requirement| requirement.schemes().is_empty());
    let met = wanted
        .into_iter()
        .find_map(|requirement| all(requirement, credentials));
    match met {
        Some(met) => met
            .into_iter()
            .try_for_each(|(scheme, credential)| add(head, scheme, credential)),
        None if optional.is_empty() => Err(RequestError::Credentials {
            accepted: requirements,
        }),
        None => Ok(()),
    }
}

/// Each scheme of a requirement with its credential; `None` if one is missing.
fn all<'c>(
    requirement: &Requirement,
    credentials: &'c Credentials,
) -> Option<Vec<(&'static Scheme, &'c Credential)>> {
    let schemes = requirement.schemes().iter();
    schemes
        .map(|scheme| Some((scheme, credentials.of(scheme)?)))
        .collect()
}

fn add(
    head: &mut RequestHead,
    scheme: &'static Scheme,
    credential: &Credential,
) -> Result<(), RequestError> {
    let fault = |reason| RequestError::Credential {
        scheme: scheme.name(),
        reason,
    };
    if let Some(reason) = credential.fault() {
        return Err(fault(reason));
    }
    let is_added = match credential.sent(scheme.kind()) {
        Some(Sent::Header(name, value)) => head.add_secret_header(name, value),
        Some(Sent::Query(name, value)) => head.add_secret_pair(name, &value),
        Some(Sent::Cookie(name, value)) if is_cookie(&value) => {
            head.add_secret_cookie(name, &value)
        }
        Some(Sent::Cookie(..)) => {
            return Err(fault(
                "contains a character that is not allowed in a cookie (RFC 6265, section 4.1.1)",
            ));
        }
        Some(Sent::Nothing) | None => true,
    };
    if is_added {
        Ok(())
    } else {
        Err(fault(
            "cannot be added: the request already has a different value there",
        ))
    }
}

/// True for a `cookie-value` of RFC 6265, section 4.1.1.
fn is_cookie(value: &str) -> bool {
    let quoted = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let octets = quoted.unwrap_or(value);
    octets
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}
