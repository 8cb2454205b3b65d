//! Which results can be written in which forms.

use serde::Serialize;

use super::charts::Svg;
use super::{Format, Series, TextStyle};
use crate::base::error::Error;
use crate::diagnose::diagnosis::Diagnosis;
use crate::judge::budget::BudgetReport;
use crate::judge::compare::DefinitionComparison;
use crate::judge::explanation::Explanation;
use crate::judge::landing::Landing;
use crate::judge::process_chart::ProcessChart;
use crate::judge::scorecard::Scorecard;
use crate::model::questions::coverage::FrameworkCoverage;
use crate::model::questions::diff::SystemDiff;
use crate::model::questions::impact::DecisionImpact;
use crate::operate::agenda::Agenda;
use crate::operate::deck::Deck;
use crate::operate::minutes::{MinutesBook, MinutesDraft};
use crate::operate::planning::PlanningPack;
use crate::operate::report::Report;
use crate::operate::rhythm::Rhythm;
use crate::operate::weekly_review::WeeklyReview;

/// A result that can be written out.
pub(crate) trait Written: Serialize {
    /// What it is, with its article.
    const NAME: &'static str;
    /// The forms that it comes in.
    const FORMS: &'static [Format];

    /// The result in one of its forms, or why it cannot be written; `None` for any other form.
    fn written(&self, format: Format, text: TextStyle, svg: &Svg) -> Option<Result<String, Error>>;
}

/// What a form comes to; most are written whatever the result says.
trait Outcome {
    fn outcome(self) -> Result<String, Error>;
}

impl Outcome for String {
    fn outcome(self) -> Result<String, Error> {
        Ok(self)
    }
}

impl Outcome for Result<String, Error> {
    fn outcome(self) -> Result<String, Error> {
        self
    }
}

/// A result, what it is called, and how it is written in each of its forms.
macro_rules! written {
    ($result:ty, $name:literal, |$this:ident, $text:ident, $svg:ident| $($format:ident => $written:expr),+) => {
        impl Written for $result {
            const NAME: &'static str = $name;
            const FORMS: &'static [Format] = &[$(Format::$format),+];

            #[allow(unused_variables, reason = "not every form has a style")]
            fn written(&self, format: Format, $text: TextStyle, $svg: &Svg) -> Option<Result<String, Error>> {
                let $this = self;
                match format {
                    $(Format::$format => Some($written.outcome()),)+
                    #[allow(unreachable_patterns, reason = "some results come in every form")]
                    _ => None,
                }
            }
        }
    };
}

written!(Scorecard, "a scorecard", |this, text, svg| Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html(),
    Csv => this.to_csv(), Svg => this.to_svg(svg), VegaLite => this.to_vega_lite());
written!(DefinitionComparison, "a comparison", |this, text, svg| Text => this.to_text(), Markdown => this.to_markdown());
written!(Explanation, "an explanation", |this, text, svg| Svg => this.to_svg(svg), VegaLite => this.to_vega_lite());
written!(ProcessChart, "a process chart", |this, text, svg| Svg => this.to_svg(svg), VegaLite => this.to_vega_lite());
written!(WeeklyReview, "a weekly review", |this, text, svg| Svg => this.to_svg(svg), VegaLite => this.to_vega_lite());
written!(Landing, "a landing", |this, text, svg| Csv => this.to_csv(), Svg => this.to_svg(svg), VegaLite => this.to_vega_lite());
written!(BudgetReport, "a budget", |this, text, svg| Csv => this.to_csv(), Svg => this.to_svg(svg));
written!(Series<'_>, "a series", |this, text, svg| Csv => this.flat().to_csv());
written!(Agenda, "an agenda", |this, text, svg| Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html());
written!(Deck, "a deck", |this, text, svg| Html => this.to_html(), Slides => this.to_slides());
written!(Rhythm, "a rhythm", |this, text, svg| Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html(),
    Icalendar => this.to_icalendar());
written!(MinutesBook, "minutes", |this, text, svg| Yaml => this.draft.as_ref().map(MinutesDraft::to_yaml).unwrap_or_default());
written!(PlanningPack, "a planning pack", |this, text, svg| Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html(),
    Yaml => this.targets_yaml.clone());
written!(Report, "a report", |this, text, svg| Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html());
written!(Diagnosis, "a diagnosis", |this, text, svg| Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html());
written!(DecisionImpact, "what rests on a decision", |this, text, svg| Svg => this.to_svg(svg));
written!(FrameworkCoverage, "a framework", |this, text, svg| Svg => this.to_svg(svg));
written!(SystemDiff, "a difference", |this, text, svg| Text => this.to_text(), Markdown => this.to_markdown());
