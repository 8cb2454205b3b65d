//! The planning pack as Markdown.

use super::escape::markdown as escape;
use super::markdown::{footer, table};
use crate::judge::scorecard::Owner;
use crate::judge::variance::{Comparison, Figure};
use crate::model::campaigns::ProposalAnswer;
use crate::operate::planning::{KpiToConfirm, LessonLearnt, PlannedLine, PlanningPack, TargetCandidate, TargetProposal};

impl PlanningPack {
    /// The pack as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let (quarter, over) = (escape(&self.quarter.label), escape(&self.over.label));
        let mut text = format!("# Planning {quarter}\n\n{} · results of {over} · as of {}\n", escape(&self.system), self.as_of);
        text.push_str(&format!("\n## Results against plan\n\n{}", self.results_table()));
        text.push_str(&self.year_to_date());
        text.push_str(&self.landing());
        for reason in &self.results.not_told {
            text.push_str(&format!("\n{}\n", escape(reason)));
        }
        text.push_str(&format!("\n## What is learnt\n\n{}", self.lessons()));
        text.push_str(&format!("\n## Proposed targets for {quarter}\n\n"));
        for proposal in &self.proposals {
            text.push_str(&proposed(proposal));
        }
        if !self.targets_yaml.is_empty() {
            let indented: String = self.targets_yaml.lines().map(|line| format!("    {line}\n")).collect();
            text.push_str(&format!("\nTo agree, paste into the plan and change the status:\n\n{indented}"));
        }
        text.push_str(&format!("\n## Allocations\n\n{}\n", escape(&self.budget.text)));
        if !self.budget.lines.is_empty() {
            let header = ["Line", "Owner", "Has", "Share", "Spent", "Remaining", "What its channel brought"].map(str::to_owned).to_vec();
            let rows: Vec<Vec<String>> = std::iter::once(header).chain(self.budget.lines.iter().map(line)).collect();
            text.push_str(&format!("\n{}", table(&rows, &[2, 3, 4, 5])));
        }
        text.push_str(&format!("\n## The KPI set for confirmation\n\n{}\n", escape(&self.kpi_set.text)));
        if !self.kpi_set.kpis.is_empty() {
            let header = ["KPI", "Owner", "Target", "Actual", "Computed as", "Used in", "Missing"].map(str::to_owned).to_vec();
            let rows: Vec<Vec<String>> = std::iter::once(header).chain(self.kpi_set.kpis.iter().map(to_confirm)).collect();
            text.push_str(&format!("\n{}", table(&rows, &[2, 3])));
        }
        text.push_str(&format!("\n{}", footer(self.fingerprint.short())));
        text
    }

    fn results_table(&self) -> String {
        let header = ["KPI", "Quarter", "Actual", "Plan", "Against plan", "Prior year", "On target", "Signal"].map(str::to_owned).to_vec();
        let rows = self.results.quarter.lines.iter().map(|line| {
            let (target, signal) = (line.status.target.words(), line.status.signal.words());
            let texts = [&line.name, &line.period.label, &line.actual.text, &line.plan.base.text].map(|text| escape(text));
            let against = [change(&line.plan), change(&line.prior_year), target.to_owned(), signal.to_owned()];
            texts.into_iter().chain(against).collect()
        });
        table(&std::iter::once(header).chain(rows).collect::<Vec<_>>(), &[2, 3, 4, 5])
    }

    fn year_to_date(&self) -> String {
        let Some(to_date) = &self.results.year_to_date else { return String::new() };
        let header = ["KPI", "Days", "Actual", "Year before", "Change"].map(str::to_owned).to_vec();
        let rows = to_date.lines.iter().map(|line| {
            let texts = [&line.name, &line.period.label, &line.actual.text, &line.prior_year.base.text].map(|text| escape(text));
            texts.into_iter().chain([change(&line.prior_year)]).collect()
        });
        let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        format!("\nThe year to date, {}:\n\n{}", escape(&to_date.period.label), table(&rows, &[2, 3, 4]))
    }

    fn landing(&self) -> String {
        let lines = self.results.landing.iter().flat_map(|landing| &landing.lines);
        let sentences: String = lines.map(|line| format!("- {}\n", escape(&line.sentence))).collect();
        if sentences.is_empty() { sentences } else { format!("\nWhere the running quarter will land:\n\n{sentences}") }
    }

    fn lessons(&self) -> String {
        let mut text = String::new();
        let learnt = &self.learnt;
        for lesson in &learnt.open {
            let stands = match &lesson.proposal {
                Some(proposal) => format!("proposed on {} and not answered: {}", proposal.on, escape(&proposal.change)),
                None => "nothing is proposed yet".to_owned(),
            };
            text.push_str(&format!("- **Open loop**: {} ({}; {})\n", escape(&lesson.text), outcome(lesson), stands));
        }
        for lesson in &learnt.answered {
            let answer = match &lesson.answer {
                Some(ProposalAnswer::Revised { on }) => format!("led to a revision on {on}"),
                Some(ProposalAnswer::Refused { on, reason }) => format!("refused on {on}: {}", escape(reason)),
                None => String::new(),
            };
            text.push_str(&format!("- **Answered**: {} ({}; {})\n", escape(&lesson.text), outcome(lesson), answer));
        }
        for decision in &learnt.decisions {
            let due = decision.due.map_or_else(String::new, |due| format!(" from {due}"));
            let (statement, owner) = (escape(&decision.statement), owner(decision.owner.as_ref()));
            text.push_str(&format!("- **Decision, {}{due}**: {statement} ({owner})\n", decision.why.words()));
        }
        for stale in &learnt.stale {
            let (what, decision) = (escape(&stale.part.name), escape(stale.decision.as_str()));
            text.push_str(&format!("- **To be confirmed**: the {} {what} rests on {decision}, revised on {}\n", stale.part.kind.words(), stale.revised_on));
        }
        for signal in &learnt.signals {
            let sentences: Vec<String> = signal.text.iter().map(|sentence| escape(sentence)).collect();
            text.push_str(&format!("- **{}**: {}\n", escape(&signal.name), sentences.join(" ")));
        }
        if text.is_empty() { "No lesson is open or was answered, no decision is to be looked at, and no KPI shows a signal.\n".to_owned() } else { text }
    }
}

fn change(comparison: &Comparison) -> String {
    match &comparison.relative {
        Some(relative) if relative.value.number().is_some() => escape(&format!("{} ({})", comparison.change.text, relative.text)),
        _ => escape(&comparison.change.text),
    }
}

fn owner(owner: Option<&Owner>) -> String {
    owner.map_or_else(|| "nobody".to_owned(), |owner| escape(&owner.name))
}

fn outcome(lesson: &LessonLearnt) -> String {
    format!("{}, {}; {}", escape(&lesson.outcome), lesson.outcome_on, owner(lesson.owner.as_ref()))
}

/// A figure, or the reason why there is none.
fn figure(figure: &Figure) -> String {
    match figure.value.number() {
        Some(_) => escape(&figure.text),
        None => format!("{}: {}", escape(&figure.text), escape(figure.value.cause())),
    }
}

fn proposed(proposal: &TargetProposal) -> String {
    let name = escape(&proposal.name);
    let value = proposal.proposed.as_ref().map_or_else(|| "none proposed".to_owned(), |proposed| format!("{} proposed", escape(&proposed.value.text)));
    let mut text = format!("- **{name}**: {value}. {}\n", escape(&proposal.why));
    for candidate in &proposal.candidates {
        text.push_str(&format!("  - {}\n", self::candidate(candidate)));
    }
    text
}

fn candidate(candidate: &TargetCandidate) -> String {
    let met = candidate.met.map_or_else(String::new, |met| format!("; {} of {} past quarters met it", met.met, met.of));
    let rests_on: Vec<String> = candidate.rests_on.iter().map(|on| format!("{} {}", escape(&on.what), escape(&on.value.text))).collect();
    let rests_on = if rests_on.is_empty() { String::new() } else { format!(" ({})", rests_on.join(", ")) };
    format!("{}: {}{met}. {}{rests_on}", candidate.method.words(), figure(&candidate.value), escape(&candidate.basis))
}

fn line(line: &PlannedLine) -> Vec<String> {
    let brought: Vec<String> = line.brought.iter().map(|brought| format!("{} {}", escape(&brought.name), escape(&brought.actual.text))).collect();
    let brought = if brought.is_empty() { escape(&line.not_told) } else { brought.join(", ") };
    let figures = [&line.allocated, &line.share, &line.spent, &line.remaining].map(|figure| escape(&figure.text));
    [escape(&line.name), owner(line.owner.as_ref())].into_iter().chain(figures).chain([brought]).collect()
}

fn to_confirm(kpi: &KpiToConfirm) -> Vec<String> {
    let missing = if kpi.missing.is_empty() { "nothing".to_owned() } else { escape(&kpi.missing.join(", ")) };
    let variant = if kpi.variant.is_empty() { String::new() } else { format!(" ({})", escape(&kpi.variant)) };
    let redefined = kpi.redefined.as_ref().map_or_else(String::new, |redefined| format!("; {}", escape(redefined)));
    let definition = format!("{}{variant}{redefined}", escape(&kpi.definition));
    let used_in = escape(&kpi.used_in.join(", "));
    vec![escape(&kpi.name), owner(kpi.owner.as_ref()), escape(&kpi.target.text), escape(&kpi.actual.text), definition, used_in, missing]
}
