//! Implementations that are the same for all emitted types of a kind.
//!
//! They are macros, not blanket implementations, because the traits of other crates
//! ([`serde::Deserialize`], [`std::fmt::Display`]) can only be implemented for one type at a time.

/// Implements [`serde::Deserialize`] for a type that implements
/// [`json::Decode`](crate::json::Decode).
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

/// Implements [`serde::Serialize`] for a type that implements
/// [`json::Encode`](crate::json::Encode).
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

/// Implements [`json::Decode`](crate::json::Decode) and [`serde::Deserialize`] for a type that
/// implements [`json::ReadObject`](crate::json::ReadObject).
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

/// Reads and writes a struct as a JSON object, by the list of its members.
///
/// A row is the presence of a member, its field, and its name:
///
/// | presence | type of the field | absent | null |
/// |---|---|---|---|
/// | `required` | `T` | an error | an error |
/// | `optional` | `Option<T>` | `None` | `None` |
/// | `nullable` | `Nullable<T>` | `Nullable::Absent` | `Nullable::Null` |
/// | `required_nullable` | `Option<T>` | an error | `None` |
/// | `optional_any` | `Option<Value>` | `None` | `Some(Value::Null)` |
/// | `switch`, `sent_switch` | `bool` | `false` | `false` |
///
/// `constants` are written before all others, and skipped when read. So are `tags`, which a union
/// writes. `base64` lists the members with base64 in their values. `rest` is the field for all
/// other members: `extra` or `additional`.
///
/// ```
/// use openapi_runtime::json;
///
/// struct Image {
///     created: i64,
///     url: Option<String>,
/// }
/// openapi_runtime::object! {
///     Image "Image"
///     constants {
///         "object": "image",
///     }
///     members {
///         required created: "created",
///         optional url: "url",
///     }
/// }
///
/// let image: Image = json::from_slice(br#"{"created": 1.0, "url": null, "new": []}"#)?;
/// assert_eq!((image.created, &image.url), (1, &None));
/// assert_eq!(serde_json::to_string(&image)?, r#"{"object":"image","created":1}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! object {
    (
        $type:ident $name:literal
        $(constants { $($constant:literal: $value:literal),* $(,)? })?
        $(tags { $($tag:literal),* $(,)? })?
        $(base64 { $($base64:literal: $base64_type:ty),* $(,)? })?
        $(members { $($presence:ident $field:ident: $member:literal),* $(,)? })?
        $(rest { $rest:ident })?
    ) => {
        impl<'de> $crate::json::ReadObject<'de> for $type {
            const NAME: &'static str = $name;

            $(
                const BASE64: $crate::json::Base64Members =
                    &[$(($base64, $crate::json::base64_at::<$base64_type>)),*];
            )?

            fn read<A>(
                mut members: $crate::json::Members<'_, 'de, A>,
            ) -> ::core::result::Result<Self, A::Error>
            where
                A: $crate::json::MapAccess<'de>,
            {
                $($(let mut $field = $crate::json::presence::$presence::absent();)*)?
                $(let mut $rest = $crate::json::rest::$rest::none();)?
                while let ::core::option::Option::Some(name) = members.next_name()? {
                    match &*name {
                        $($($member => $field = $crate::json::presence::$presence::read(&mut members)?,)*)?
                        $($($constant => members.skip()?,)*)?
                        $($($tag => members.skip()?,)*)?
                        _ => $crate::object!(@rest members name $($rest)?),
                    }
                }
                ::core::result::Result::Ok(Self {
                    $($($field: $crate::json::presence::$presence::value($field, $member)?,)*)?
                    $($rest: $crate::json::rest::$rest::value($rest),)?
                })
            }
        }
        $crate::read_object!($type);

        impl $crate::json::Encode for $type {
            fn encode<S>(
                &self,
                serializer: S,
                sink: &$crate::json::Sink,
            ) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                let mut object = $crate::json::ObjectWriter::new(serializer, sink)?;
                $($(object.required($constant, $value)?;)*)?
                $($(object.$presence($member, &self.$field)?;)*)?
                $(object.$rest(&self.$rest)?;)?
                object.end()
            }
        }
        $crate::serialize!($type);
    };
    (@rest $members:ident $name:ident) => {
        $members.skip()?
    };
    (@rest $members:ident $name:ident $rest:ident) => {
        $crate::json::rest::$rest::add(&mut $rest, $name, &mut $members)?
    };
}

/// Implements conversions from the values of variants to a union.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Stop {
///     One(String),
///     Several(Vec<String>),
/// }
/// openapi_runtime::conversions! {
///     enum Stop {
///         One(String),
///         Several(Vec<String>),
///     }
/// }
///
/// assert_eq!(Stop::from("end".to_owned()), Stop::One("end".to_owned()));
/// ```
#[macro_export]
macro_rules! conversions {
    (enum $name:ident { $($variant:ident($type:ty $(,)?)),* $(,)? }) => {
        $(
            impl ::core::convert::From<$type> for $name {
                fn from(value: $type) -> Self {
                    Self::$variant(value)
                }
            }
        )*
    };
}

/// Defines an open enum: a string of which some values are known, with conversions, comparisons,
/// [`Display`](std::fmt::Display), JSON, a part of a form, and a length.
///
/// A row is a variant and its value.
///
/// ```
/// openapi_runtime::open_enum! {
///     /// How large an image is.
///     pub enum Size {
///         /// The model decides.
///         Auto = "auto",
///         Square = "1024x1024",
///     }
/// }
///
/// assert_eq!(openapi_runtime::json::from_slice::<Size>(b"\"auto\"")?, Size::Auto);
/// assert_eq!(Size::from("2048x2048".to_owned()).to_string(), "2048x2048");
/// assert_eq!(Size::Auto, "auto");
/// assert_eq!(Size::ALL, [Size::Auto, Size::Square]);
/// # Ok::<(), openapi_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $type:ident {
            $($(#[$variant_attribute:meta])* $variant:ident = $value:literal),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $visibility enum $type {
            $(
                #[doc = ::core::concat!("`` ", ::core::stringify!($value), " ``")]
                ///
                $(#[$variant_attribute])*
                $variant,
            )*
            /// A value that is not in the description.
            Other(::std::string::String),
        }

        impl $type {
            /// The values in the description, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The values in the description as they are sent, in the same order.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Other(value) => value,
                }
            }
        }

        impl ::core::convert::From<&str> for $type {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Other(value.to_owned()),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;

            // Not `Self::Err`: a variant may have this name.
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

        impl $crate::Validate for $type {}
    };
}
