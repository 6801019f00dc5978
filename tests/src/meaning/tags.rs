//! The values of a discriminator.

use serde_json::Value;

/// The values of the tag that stand for a member, by `OpenAPI` §4.8.25: those of the mapping, else
/// the component's key.
#[must_use]
pub fn tags(union: &Value, member: &Value) -> Vec<String> {
    let target = &member["$ref"];
    let mapping = union["discriminator"]["mapping"].as_object();
    let mapped = mapping
        .into_iter()
        .flatten()
        .filter(|(_, to)| *to == target);
    let mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
    if mapped.is_empty() {
        vec![component_name(member).to_owned()]
    } else {
        mapped
    }
}

/// The key of the component that is referred to.
#[must_use]
pub fn component_name(reference: &Value) -> &str {
    let target = reference["$ref"].as_str().unwrap_or_default();
    target.rsplit('/').next().unwrap_or_default()
}
