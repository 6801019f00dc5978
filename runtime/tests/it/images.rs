//! The emitted code for the responses of `POST /images/edits`, written by hand.

use openapi_runtime::{
    Base64, DecodeError, StreamEvent,
    json::{self, Base64Members, MapAccess, Members, ReadObject, Text, Unknown},
    read_object,
    response::{Answer, ByStatus},
};

/// Emits a struct, and how it is read: `name` must be there, `name?` need not.
macro_rules! object {
    (@place data) => { json::base64_at::<Vec<Image>> };
    (@place b64_json) => { json::base64_at::<Base64> };
    (@done $slot:ident, required) => { json::required($slot, stringify!($slot))? };
    (@done $slot:ident, optional) => { $slot };
    (@type $type:ty, required) => { $type };
    (@type $type:ty, optional) => { Option<$type> };
    ($(#[$attribute:meta])* $name:ident { $($field:ident: $presence:ident $type:ty,)* } $($base64:ident)?) => {
        #[derive(Clone, Debug, PartialEq)]
        $(#[$attribute])*
        pub struct $name {
            $(pub $field: object!(@type $type, $presence),)*
        }

        impl<'de> ReadObject<'de> for $name {
            const NAME: &'static str = stringify!($name);
            const BASE64: Base64Members = &[$((stringify!($base64), object!(@place $base64)))?];

            fn read<A: MapAccess<'de>>(mut members: Members<'_, 'de, A>) -> Result<Self, A::Error> {
                $(let mut $field: Option<$type> = None;)*
                while let Some(name) = members.next_name()? {
                    match &*name {
                        $(stringify!($field) => $field = members.value()?,)*
                        _ => members.skip()?,
                    }
                }
                Ok(Self { $($field: object!(@done $field, $presence),)* })
            }
        }
        read_object!($name);
    };
}

object!(Usage { total_tokens: optional i64, input_tokens: optional i64, });
object!(Image { b64_json: optional Base64, url: optional String, revised_prompt: optional String, } b64_json);
object!(ImagesResponse { created: optional i64, data: optional Vec<Image>, usage: optional Usage, } data);
object!(#[expect(clippy::struct_field_names, reason = "the API names them")] PartialImage {
    b64_json: required Base64,
    partial_image_index: optional i64,
    created_at: optional i64,
    size: optional String,
} b64_json);
object!(Completed { b64_json: required Base64, created_at: optional i64, usage: optional Usage, } b64_json);
object!(Problem { message: optional String, code: optional i64, });
object!(ErrorBody { error: required Problem, });
object!(ErrorEvent { error: optional Problem, message: optional String, });

/// The errors of the operation: one type for all statuses.
#[derive(Clone, Debug, PartialEq)]
pub enum ImagesError {
    Default(ErrorBody),
}

impl ByStatus for ImagesError {
    fn read(answer: &Answer) -> Option<Result<Self, DecodeError>> {
        Some(answer.json().map(Self::Default))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ImageEvent {
    PartialImage(PartialImage),
    Completed(Completed),
    Unknown(Unknown),
}

impl StreamEvent for ImageEvent {
    type Error = ErrorEvent;

    const ERRORS: &'static [&'static str] = &["error"];
    const ERROR_MEMBER: Option<&'static str> = Some("error");
    const TAG: Option<&'static str> = Some("type");
    const BASE64: Base64Members = &[("b64_json", json::base64_at::<Base64>)];
    const LAST: &'static [&'static str] = &["image_edit.completed"];

    fn decode(kind: Option<&str>, data: Text) -> Result<Self, DecodeError> {
        match kind {
            Some("image_edit.partial_image") => data.read().map(Self::PartialImage),
            Some("image_edit.completed") => data.read().map(Self::Completed),
            _ => data.unknown(kind).map(Self::Unknown),
        }
    }
}
