//! Every message in English and in German. A table and nothing else: what is said when is decided
//! where results are.
//!
//! German figures stand where nominative and accusative do not differ from what a unit writes
//! (`14 Tage`), mostly behind a colon, after `um` or in brackets, since a figure cannot be
//! declined. Names of KPIs are their author's and take no article.
//!
//! The table is in files by theme; each hands what it holds to the next, so that one enumeration has
//! all of it. What is told again from results comes last.

#[macro_use]
mod charts;
#[macro_use]
mod planning;
#[macro_use]
mod report;
#[macro_use]
mod retold;
#[macro_use]
mod review;

macro_rules! messages {
    (; $($message:ident $key:literal $english:literal $german:literal;)*) => {
        /// A message of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Message { $($message,)* }

        impl Message {
            /// Every message, in order.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$message,)*];
            /// Key, English, German.
            pub(super) const TABLE: &'static [[&'static str; 3]] = &[$([$key, $english, $german],)*];
        }
    };
}

report! { review planning charts retold messages; }

impl Message {
    /// The first of the messages that results have in English.
    pub(super) const FIRST_RETOLD: Self = Self::AtLeast;

    /// Its stable key.
    pub(crate) fn key(self) -> &'static str {
        self.row()[0]
    }

    pub(super) fn row(self) -> &'static [&'static str; 3] {
        Self::ALL.iter().position(|known| *known == self).and_then(|at| Self::TABLE.get(at)).unwrap_or(&["", "", ""])
    }

    /// The message of a key.
    pub(crate) fn parse(key: &str) -> Option<Self> {
        Self::TABLE.iter().position(|[known, ..]| *known == key).and_then(|at| Self::ALL.get(at).copied())
    }
}
