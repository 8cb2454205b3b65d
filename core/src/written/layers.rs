//! The layers of brand and marketing, and the decisions settled in them.

use super::people::Assignment;
use super::values::{Day, Id, Whole};
use crate::model::layers::{DecisionStatus, Kernel};

part! {
    /// What the brand is, layer by layer.
    Brand shape super::schema::without_null, {
        /// What the brand believes, for whom, against whom.
        strategy: (Layer),
        /// How it looks.
        identity: (Layer),
        /// How it speaks.
        voice: (Layer),
        /// How identity and voice are applied.
        application: (Layer),
        /// Who may change what.
        governance: (Layer),
        /// The tools used every day to run it.
        operating: (Layer),
    }
}

part! {
    /// How the brand ships, layer by layer.
    Marketing shape super::schema::without_null, {
        /// Segments; the source the rest of the system inherits from.
        audience: (Layer),
        /// Owned, earned and paid surfaces.
        channels: (Layer),
        /// The stages a customer moves through.
        lifecycle: (Layer),
        /// The asset library the channels draw from.
        content: (Layer),
        /// Named metrics, their cadence and review path.
        measurement: (Layer),
        /// The tools used every day to run it.
        operating: (Layer),
    }
}

part! {
    /// A layer of brand or marketing.
    inheriting Layer {
        /// What it holds.
        holds: (String),
        /// Who answers for it.
        owner: [Assignment],
        /// The decisions settled in it, by id.
        decisions: {decision: Decision},
    }
}

part! {
    /// A decision; written short, the statement of an open one.
    inheriting Decision requires [statement] shape super::schema::short_text, {
        /// What is decided.
        statement: (String),
        /// Where it stands; default `open`.
        status: (DecisionStatus),
        /// The day on which it was settled.
        settled_on: (Day),
        /// Who answers for it; default who answers for the layer.
        owner: [Assignment],
        /// What it is in the strategic kernel.
        kernel: (Kernel),
        /// After how many months it is to be looked at again.
        review_months: (Whole<1200>),
        /// When it was revised, from the oldest to the newest.
        revisions: [Revision],
    }
}

impl Decision {
    /// A settled decision.
    #[must_use]
    pub fn settled(statement: impl Into<String>, on: impl Into<Day>) -> Self {
        Self::default().statement(statement).status(DecisionStatus::Settled).settled_on(on)
    }
}

impl From<&str> for Decision {
    fn from(statement: &str) -> Self {
        Self::default().statement(statement)
    }
}

part! {
    /// A revision of a decision.
    Revision requires [on, reason] {
        /// The day from which it is so.
        on: (Day),
        /// Why.
        reason: (String),
        /// What that rests on.
        evidence: (String),
        /// What was decided before.
        before: (String),
    }
}
