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

/// Results, what they are called, and how they are written in each of their forms.
macro_rules! written {
    ($($result:ty, $name:literal, |$this:ident, $text:ident, $svg:ident| $($format:ident => $written:expr),+;)+) => {
        $(impl Written for $result {
            const NAME: &'static str = $name;
            const FORMS: &'static [Format] = &[$(Format::$format),+];

            #[allow(unused_variables, reason = "not every form has a style")]
            fn written(&self, format: Format, $text: TextStyle, $svg: &Svg) -> Option<Result<String, Error>> {
                let $this = self;
                match format {
                    $(Format::$format => Some($written.outcome()),)+
                    _ => None,
                }
            }
        })+

        /// What each result is called, and its forms.
        #[cfg(test)]
        const ALL: &[(&str, &[Format])] = &[$(($name, &[$(Format::$format),+])),+];
    };
}

written! {
    Scorecard, "a scorecard", |this, text, svg|
        Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html(), Csv => this.to_csv(), Svg => this.to_svg(svg),
        VegaLite => this.to_vega_lite();
    DefinitionComparison, "a comparison", |this, text, svg|
        Text => this.to_text(), Markdown => this.to_markdown();
    Explanation, "an explanation", |this, text, svg|
        Svg => this.to_svg(svg), VegaLite => this.to_vega_lite();
    ProcessChart, "a process chart", |this, text, svg|
        Svg => this.to_svg(svg), VegaLite => this.to_vega_lite();
    WeeklyReview, "a weekly review", |this, text, svg|
        Svg => this.to_svg(svg), VegaLite => this.to_vega_lite();
    Landing, "a landing", |this, text, svg|
        Csv => this.to_csv(), Svg => this.to_svg(svg), VegaLite => this.to_vega_lite();
    BudgetReport, "a budget", |this, text, svg|
        Csv => this.to_csv(), Svg => this.to_svg(svg);
    Series<'_>, "a series", |this, text, svg|
        Csv => this.flat().to_csv();
    Agenda, "an agenda", |this, text, svg|
        Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html();
    Rhythm, "a rhythm", |this, text, svg|
        Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html(), Icalendar => this.to_icalendar();
    MinutesBook, "minutes", |this, text, svg|
        Yaml => this.draft.as_ref().map(MinutesDraft::to_yaml).unwrap_or_default();
    PlanningPack, "a planning pack", |this, text, svg|
        Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html(), Yaml => this.targets_yaml.clone();
    Deck, "a deck", |this, text, svg|
        Html => this.to_html(), Slides => this.to_slides();
    Report, "a report", |this, text, svg|
        Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html();
    Diagnosis, "a diagnosis", |this, text, svg|
        Text => this.to_text(text), Markdown => this.to_markdown(), Html => this.to_html();
    DecisionImpact, "a decision and what rests on it", |this, text, svg|
        Svg => this.to_svg(svg);
    FrameworkCoverage, "a framework", |this, text, svg|
        Svg => this.to_svg(svg);
    SystemDiff, "a difference", |this, text, svg|
        Text => this.to_text(), Markdown => this.to_markdown();
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn the_documentation_names_every_form_and_no_other() {
        let page = include_str!("../format.md");
        let (_, table) = page.split_once("\n# Forms\n").unwrap();
        let documented: Vec<(String, String)> = table
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
            .skip(1)
            .map(|(name, forms)| (name.into(), forms.into()))
            .collect();
        let bare = |name: &str| ["a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name).to_owned();
        let known: Vec<(String, String)> =
            ALL.iter().map(|(name, forms)| (bare(name), forms.iter().map(|form| form.as_str()).collect::<Vec<_>>().join(", "))).collect();
        assert_eq!(documented, known);
    }
}
