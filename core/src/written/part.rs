//! How a part of the format is declared: a plain struct and, for each key, a method that sets it.

/// Declares a part of the format. A key is `(T)`: one value; `[T]`: a list, for which a single value
/// may stand; `{one: T}`: entries by id, of which the method `one` adds another. The keys after
/// `requires` must be there; `shape` says in the schema what keys alone cannot; `inheriting` adds what all parts have that rest on decisions.
macro_rules! part {
    ($(#[$about:meta])* inheriting $name:ident $(requires [$($required:ident),*])? $(shape $shape:expr,)? { $($fields:tt)* }) => {
        part! {
            $(#[$about])*
            $name $(requires [$($required),*])? $(shape $shape,)? {
                $($fields)*
                /// The decisions that it rests on.
                rests_on: [Id],
                /// The day on which it was last found to fit these.
                confirmed_on: (Day),
                /// Values that it states, by name. A decision fixes them for all that rests on it.
                values: {value: String},
            }
        }
    };
    ($(#[$about:meta])* $name:ident $(requires [$($required:ident),*])? $(shape $shape:expr,)? { $($(#[$doc:meta])* $key:ident: $kind:tt,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields, transform = super::schema::requires($name::REQUIRED)))]
        $(#[cfg_attr(feature = "schema", schemars(transform = $shape))])?
        pub struct $name {
            $($(#[$doc])* #[serde(skip_serializing_if = "super::values::unsaid")] pub $key: field!($kind),)*
        }

        impl $name {
            /// What must be there.
            #[cfg(feature = "schema")]
            const REQUIRED: &[&str] = &[$($(stringify!($required)),*)?];

            $(setter!($key $kind);)*
        }
    };
}

/// The type of a key.
macro_rules! field {
    (($type:ty)) => { Option<$type> };
    ([$type:ty]) => { super::values::List<$type> };
    ({$one:ident: $type:ty}) => { super::values::Map<$type> };
}

/// The method that sets a key.
macro_rules! setter {
    ($key:ident ($type:ty)) => {
        #[doc = concat!("With [`", stringify!($key), "`](#structfield.", stringify!($key), ").")]
        #[must_use]
        pub fn $key(mut self, $key: impl Into<$type>) -> Self {
            self.$key = Some($key.into());
            self
        }
    };
    ($key:ident [$type:ty]) => {
        #[doc = concat!("With [`", stringify!($key), "`](#structfield.", stringify!($key), "): one, or several.")]
        #[must_use]
        pub fn $key(mut self, $key: impl Into<super::values::List<$type>>) -> Self {
            self.$key = $key.into();
            self
        }
    };
    ($key:ident {$one:ident: $type:ty}) => {
        #[doc = concat!("With one more of [`", stringify!($key), "`](#structfield.", stringify!($key), ").")]
        #[must_use]
        pub fn $one(mut self, id: impl Into<String>, $one: impl Into<$type>) -> Self {
            self.$key.push(id, $one);
            self
        }
    };
}

/// Declares a closed list of words.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $word:ident,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$doc])* $word,)*
        }
    };
}
