//! Events that are JSON values of one type, for all kinds.

use std::collections::BTreeMap;

use super::StreamEvent;
use crate::{
    Base64, DecodeError, Nullable, OneOrMany, Uri,
    json::{Decode, Text, Value},
    response::Undescribed,
};

macro_rules! plain {
    ($type:ty $(, $parameter:ident)?) => {
        impl$(<$parameter: for<'de> Decode<'de>>)? StreamEvent for $type {
            type Error = Undescribed;

            const TAG: Option<&'static str> = None;

            fn decode(_: Option<&str>, data: Text) -> Result<Self, DecodeError> {
                data.read()
            }
        }
    };
}

plain!(bool);
plain!(i32);
plain!(i64);
plain!(u64);
plain!(f64);
plain!(String);
plain!(Base64);
plain!(Uri);
plain!(Value);
plain!(Option<T>, T);
plain!(Nullable<T>, T);
plain!(Vec<T>, T);
plain!(BTreeMap<String, T>, T);
plain!(OneOrMany<T>, T);
