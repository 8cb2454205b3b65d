//! A budget: one row a line, and the total last.

use super::{Cell, Flat, reason};
use crate::judge::budget::{BudgetAmounts, BudgetReport};

const COLUMNS: [&str; 13] =
    ["line", "name", "owner", "currency", "#allocated", "#moved", "#revised", "#to_date", "#spent", "#variance", "#committed", "#remaining", "reason"];

impl BudgetReport {
    /// The budget as CSV with a header: one row a line, and one for the total. Numbers are exact
    /// decimals; where spending is not known its cells are empty, and the last column says why.
    #[must_use]
    pub fn to_csv(&self) -> String {
        self.flat().to_csv()
    }

    pub(in crate::render) fn flat(&self) -> Flat {
        let mut flat = Flat::of(&COLUMNS);
        for line in &self.lines {
            let owner = line.owner.as_ref().map_or("", |owner| owner.name.as_str());
            flat.push(self.row([line.line.as_str(), &line.name, owner], &line.amounts));
        }
        flat.push(self.row(["", "total", ""], &self.total));
        flat
    }

    fn row(&self, words: [&str; 3], amounts: &BudgetAmounts) -> Vec<Cell> {
        let mut row: Vec<Cell> = words.map(Cell::from).into();
        row.push(self.unit.to_string().into());
        let figures =
            [&amounts.allocated, &amounts.moved, &amounts.revised, &amounts.to_date, &amounts.spent, &amounts.variance, &amounts.committed, &amounts.remaining];
        row.extend(figures.map(|figure| Cell::value(&figure.value)));
        row.push(reason(&amounts.spent.value));
        row
    }
}
