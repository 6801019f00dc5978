//! The implementations that are the same for every emitted type of a kind.
//!
//! They are macros and not blanket implementations because the traits of other crates ([`serde::Deserialize`],
//! [`std::fmt::Display`]) can only be implemented for one type at a time.

/// Gives a type that is [`json::Decode`](crate::json::Decode) also [`serde::Deserialize`].
#[macro_export]
macro_rules! deserialize {
    ($type:ty) => {
        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                <Self as $crate::json::Decode<'de>>::decode(
                    deserializer,
                    &$crate::json::Source::default(),
                )
            }
        }
    };
}

/// Gives a type that is [`json::Encode`](crate::json::Encode) also [`serde::Serialize`].
#[macro_export]
macro_rules! serialize {
    ($type:ty) => {
        impl $crate::serde::Serialize for $type {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                $crate::json::Encode::encode(self, serializer, &$crate::json::Sink::default())
            }
        }
    };
}

/// Gives a type that is [`json::ReadObject`](crate::json::ReadObject) also [`json::Decode`](crate::json::Decode)
/// and [`serde::Deserialize`].
///
/// ```
/// use openapi_runtime::json;
///
/// struct Image {
///     created: i64,
///     url: Option<String>,
/// }
///
/// impl<'de> json::ReadObject<'de> for Image {
///     const NAME: &'static str = "Image";
///
///     fn read<A: json::MapAccess<'de>>(mut members: json::Members<'_, 'de, A>) -> Result<Self, A::Error> {
///         let mut created = None;
///         let mut url = None;
///         while let Some(name) = members.next_name()? {
///             match &*name {
///                 "created" => created = members.value()?,
///                 "url" => url = members.value()?,
///                 _ => members.skip()?,
///             }
///         }
///         Ok(Self { created: json::required(created, "created")?, url })
///     }
/// }
/// openapi_runtime::read_object!(Image);
///
/// let image: Image = json::from_slice(br#"{"created": 1.0, "url": null, "new": []}"#)?;
/// assert_eq!((image.created, image.url), (1, None));
/// # Ok::<(), openapi_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! read_object {
    ($type:ty) => {
        impl<'de> $crate::json::Decode<'de> for $type {
            fn decode<D>(
                deserializer: D,
                source: &$crate::json::Source,
            ) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                $crate::json::object(deserializer, source)
            }

            fn base64() -> $crate::json::Base64At {
                $crate::json::Base64At::Members(<Self as $crate::json::ReadObject<'_>>::BASE64)
            }
        }
        $crate::deserialize!($type);
    };
}

/// Gives an open enum, which has `fn as_str(&self) -> &str` and `From<&str>`, what every string has: conversions,
/// comparisons, [`Display`](std::fmt::Display), JSON, a part of a form, and a length.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Size {
///     Auto,
///     Other(String),
/// }
///
/// impl Size {
///     fn as_str(&self) -> &str {
///         match self {
///             Self::Auto => "auto",
///             Self::Other(value) => value,
///         }
///     }
/// }
///
/// impl From<&str> for Size {
///     fn from(value: &str) -> Self {
///         match value {
///             "auto" => Self::Auto,
///             _ => Self::Other(value.to_owned()),
///         }
///     }
/// }
/// openapi_runtime::open_enum!(Size);
///
/// assert_eq!(openapi_runtime::json::from_slice::<Size>(b"\"auto\"")?, Size::Auto);
/// assert_eq!(Size::from("2048x2048".to_owned()).to_string(), "2048x2048");
/// assert_eq!(Size::Auto, "auto");
/// # Ok::<(), openapi_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    ($type:ty) => {
        impl ::core::convert::From<::std::string::String> for $type {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            // Not `Self::Err`: a variant may be called so.
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        impl ::core::cmp::PartialEq<str> for $type {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::core::cmp::PartialEq<&str> for $type {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl $crate::json::Encode for $type {
            fn encode<S>(
                &self,
                serializer: S,
                _: &$crate::json::Sink,
            ) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }
        $crate::serialize!($type);

        impl<'de> $crate::json::Decode<'de> for $type {
            fn decode<D>(
                deserializer: D,
                _: &$crate::json::Source,
            ) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                $crate::json::string(deserializer, |value| Self::from(value))
            }
        }
        $crate::deserialize!($type);

        impl $crate::multipart::Part for $type {
            fn add_to(
                self,
                form: &mut $crate::multipart::Form,
                field: &$crate::multipart::Field<'_>,
            ) {
                $crate::multipart::Part::add_to(self.as_str(), form, field);
            }
        }

        impl $crate::parameter::Parameter for $type {
            fn value(&self) -> $crate::parameter::Value<'_> {
                $crate::parameter::Parameter::value(self.as_str())
            }
        }

        impl $crate::violation::Text for $type {
            fn characters(&self) -> u64 {
                $crate::violation::Text::characters(self.as_str())
            }

            fn byte_length(&self) -> u64 {
                $crate::violation::Text::byte_length(self.as_str())
            }
        }
    };
}
