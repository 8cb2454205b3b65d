//! The columns that the scorecard has as text and as Markdown.

use crate::judge::scorecard::{Line, Scorecard};
use crate::words::Message;

/// IBCS codes, the same in every language: AC actual, PL plan, PP previous period, PY prior year.
const CODES: [&str; 6] = ["AC", "PL", "ΔPL", "ΔPL%", "ΔPP", "ΔPY"];
/// The columns that hold figures.
pub(super) const FIGURES: [usize; 6] = [1, 2, 3, 4, 5, 6];

/// The header and one row for each KPI; users' text goes through `escape`.
pub(super) fn rows(scorecard: &Scorecard, escape: fn(&str) -> String) -> Vec<Vec<String>> {
    let words = &scorecard.words;
    let mut header = vec![escape(&words.word(Message::ColumnKpi))];
    header.extend(CODES.map(str::to_owned));
    header.extend([Message::ColumnTarget, Message::ColumnSignal, Message::ColumnOwner].map(|column| escape(&words.word(column))));
    std::iter::once(header).chain(scorecard.lines.iter().map(|line| row(scorecard, line, escape))).collect()
}

/// What a reader must know of the figures that carry a mark.
pub(super) fn notes(scorecard: &Scorecard) -> impl Iterator<Item = (&str, &str)> {
    scorecard.lines.iter().flat_map(|line| line.caveats.iter().map(|caveat| (line.name.as_str(), caveat.text.as_str())))
}

fn row(scorecard: &Scorecard, line: &Line, escape: fn(&str) -> String) -> Vec<String> {
    let name = escape(&line.name);
    // Figures too: how they are written is a system's own wording.
    let planned = |text: Option<&String>| text.filter(|_| line.target.is_some()).map_or_else(|| "–".to_owned(), |text| escape(text));
    vec![
        // A line whose period is not the scorecard's says so.
        if line.period == scorecard.period { name } else { format!("{name} ({})", escape(&line.period.label)) },
        if line.caveats.is_empty() { escape(&line.actual.text) } else { format!("{} *", escape(&line.actual.text)) },
        planned(Some(&line.plan.base.text)),
        planned(Some(&line.plan.change.text)),
        planned(line.plan.relative.as_ref().map(|relative| &relative.text)),
        escape(&line.previous.change.text),
        escape(&line.prior_year.change.text),
        escape(&line.words.word(line.status.target.message())),
        escape(&line.words.word(line.status.signal.message())),
        line.owner.as_ref().map_or_else(|| escape(&line.words.word(Message::Nobody)), |owner| escape(&owner.name)),
    ]
}
