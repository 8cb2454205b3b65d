//! Where everything stands: the names of sheets and the headings of columns, which the reader
//! looks for and the writer writes.

use rust_xlsxwriter::utility::column_number_to_name;

pub(crate) const KPI_SET: &str = "KPI set";
pub(crate) const DASHBOARD: &str = "Dashboard";
pub(crate) const ACTUALS: &str = "Actuals";
pub(crate) const PLAN: &str = "Plan and budget";
pub(crate) const CALENDAR: &str = "Review calendar";
pub(crate) const REPORT: &str = "Monthly report";
/// All sheets, in their order.
pub(crate) const SHEETS: [&str; 6] = [KPI_SET, DASHBOARD, ACTUALS, PLAN, CALENDAR, REPORT];

/// The first heading of every table that is read back.
pub(crate) const ID: &str = "Id";
pub(crate) const PERIOD: &str = "Period";

/// The row of headings, where a sheet has one table; titles stand above.
pub(super) const HEADINGS: u32 = 3;

/// Columns of the sheet of KPIs.
pub(crate) mod kpi_set {
    pub(crate) const NAME: &str = "Name";
    pub(crate) const UNIT: &str = "Unit";
    pub(crate) const DIRECTION: &str = "Better is";
    pub(crate) const OWNER: &str = "Owner";
    pub(crate) const VARIANT: &str = "Variant";
    pub(crate) const MEANING: &str = "Meaning";
    pub(crate) const HEADINGS: [&str; 12] =
        [super::ID, NAME, UNIT, DIRECTION, OWNER, "Deputy", "Stage", VARIANT, MEANING, "Computed as", "Target in force", "Written in"];
}

/// Columns of the sheet of actuals.
pub(crate) mod actuals {
    pub(crate) const VALUE: &str = "Value";
    pub(crate) const HEADINGS: [&str; 11] =
        [super::ID, "Figure", "Unit", super::PERIOD, "First day", "Last day", VALUE, "No value", "Why", "Days covered", "How"];
    pub(crate) const VALUE_COLUMN: u16 = 6;
    pub(crate) const REASON_COLUMN: u16 = 7;
    /// What the last column says of a cell that is not typed in.
    pub(crate) const COMPUTED: &str = "computed here";
}

/// Columns of the table of targets.
pub(crate) mod targets {
    pub(crate) const LOW: &str = "Target";
    pub(crate) const HIGH: &str = "Upper bound";
    pub(crate) const HEADINGS: [&str; 12] =
        [super::ID, "KPI", "Unit", super::PERIOD, LOW, HIGH, "Asks for", "No target", "Status", "Set by", "Set on", "Written in"];
    pub(crate) const LOW_COLUMN: u16 = 4;
    pub(crate) const HIGH_COLUMN: u16 = 5;
}

/// The tables of budgets, which stand above that of the targets.
pub(crate) mod budget {
    /// What the title of a budget begins with; the name of its period follows.
    pub(crate) const TITLE: &str = "Budget ";
    pub(crate) const LINE: &str = "Line";
    pub(crate) const ALLOCATED: &str = "Allocated";
    pub(crate) const MOVED: &str = "Moved";
    pub(crate) const REVISED: &str = "Revised";
    pub(crate) const TO_DATE: &str = "To date";
    pub(crate) const SPENT: &str = "Spent";
    pub(crate) const VARIANCE: &str = "ΔPlan";
    pub(crate) const COMMITTED: &str = "Committed";
    pub(crate) const REMAINING: &str = "Remaining";
    pub(crate) const HEADINGS: [&str; 11] = [LINE, "Name", "Owner", ALLOCATED, MOVED, REVISED, TO_DATE, SPENT, VARIANCE, COMMITTED, REMAINING];
    /// What stands under `Line` in the two rows below the lines.
    pub(crate) const TOTAL: &str = "total";
    pub(crate) const FRAME: &str = "frame";
    /// The title of what was moved, and its headings.
    pub(crate) const MOVES_TITLE: &str = "What was moved";
    pub(crate) const ON: &str = "On";
    pub(crate) const FROM: &str = "From";
    pub(crate) const TO: &str = "To";
    pub(crate) const AMOUNT: &str = "Amount";
    pub(crate) const MOVES: [&str; 6] = [ON, FROM, TO, AMOUNT, "By", "Reason"];
    /// The title of the targets, which ends the last budget.
    pub(crate) const TARGETS_TITLE: &str = "Targets by period";
}

/// Columns of the dashboard.
pub(crate) mod dashboard {
    pub(crate) const HEADINGS: [&str; 21] = [
        super::ID,
        "KPI",
        "Unit",
        super::PERIOD,
        "AC",
        "PL",
        "ΔPL",
        "ΔPL%",
        "Impact",
        "Status",
        "PP",
        "ΔPP",
        "ΔPP%",
        "PY",
        "ΔPY",
        "ΔPY%",
        "Trend",
        "Signal",
        "Why, and what to know",
        "Days",
        "Of days",
    ];
    /// The columns of figures.
    pub(crate) const FIGURES: std::ops::Range<u16> = AC..TREND;
    pub(crate) const AC: u16 = 4;
    pub(crate) const PL: u16 = 5;
    pub(crate) const CHANGE: u16 = 6;
    pub(crate) const RELATIVE: u16 = 7;
    pub(crate) const IMPACT: u16 = 8;
    pub(crate) const STATUS: u16 = 9;
    pub(crate) const PP: u16 = 10;
    pub(crate) const PY: u16 = 13;
    pub(crate) const TREND: u16 = 16;
    pub(crate) const SIGNAL: u16 = 17;
    pub(crate) const WHY: u16 = 18;
    pub(crate) const DAYS: u16 = 19;
    pub(crate) const OF: u16 = 20;
}

/// A cell as formulas name it, in the same sheet.
pub(crate) fn cell(row: u32, column: u16) -> String {
    format!("${}${}", column_number_to_name(column), row.saturating_add(1))
}

/// A cell as formulas name it, in any sheet.
pub(super) fn cell_in(sheet: &str, row: u32, column: u16) -> String {
    format!("'{sheet}'!{}", cell(row, column))
}

/// A stretch of a column, in any sheet.
pub(super) fn range_in(sheet: &str, first: u32, last: u32, column: u16) -> String {
    format!("'{sheet}'!{}:{}", cell(first, column), cell(last, column))
}

/// A text as a cell shows it.
pub(crate) fn as_shown(text: &str) -> String {
    super::page::shown(text, super::page::MOST_TEXT)
}
