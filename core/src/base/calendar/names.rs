//! How periods are called: templates that make labels, and read them back.
//!
//! A label must lead to one period. That is decided when the templates are written: each has
//! one year and one number, and no two labels that differ in more than their digits' values look
//! alike, so that reading one needs no search.

use serde::{Serialize, Serializer};

use super::Grain;
use crate::base::finding::quoted;

/// The longest template, in characters.
const MAX_TEMPLATE: usize = 40;
/// The years that `{yy}` writes with two digits, as POSIX reads them (`%y` of strptime).
const SHORT_YEARS: std::ops::RangeInclusive<i32> = 1969..=2068;

/// Templates for the labels of periods; what is `None` keeps the calendar's own.
///
/// | placeholder | in | what |
/// |---|---|---|
/// | `{year}` | all | the year, four digits |
/// | `{yy}` | all | its last two digits, from 1969 to 2068 (as POSIX reads them); all four outside |
/// | `{week}`, `{ww}` | `week` | the number of the week, plain or with two digits |
/// | `{month}`, `{mm}` | `month` | the number of the month, plain or with two digits |
/// | `{quarter}` | `quarter` | the number of the quarter |
///
/// ```
/// use marketingos::{Calendar, Grain, Names};
/// let names = Names { week: Some("W{week} {year}".into()), quarter: Some("Q{quarter} FY{yy}".into()), ..Names::default() };
/// let calendar = Calendar::starting_in(7).unwrap().with_names(&names)?;
/// let day = "2026-02-10".parse().unwrap();
/// assert_eq!(calendar.period(Grain::Week, day).label, "W7 2026");
/// assert_eq!(calendar.parse("Q3 FY26"), Some(calendar.period(Grain::Quarter, day)));
/// // A name from which the period cannot be told is refused.
/// let names = Names { week: Some("week {week}".into()), ..Names::default() };
/// assert_eq!(Calendar::default().with_names(&names).unwrap_err().grain, Grain::Week);
/// # Ok::<(), marketingos::NameError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// For weeks.
    pub week: Option<String>,
    /// For months.
    pub month: Option<String>,
    /// For quarters.
    pub quarter: Option<String>,
    /// For fiscal years.
    pub year: Option<String>,
}

/// A template from which the period cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {help}")]
pub struct NameError {
    /// Whose template it is.
    pub grain: Grain,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Year,
    ShortYear,
    Number { padded: bool },
    Quarter,
}

impl Field {
    /// What stands between the braces, in the template of a grain.
    fn parse(word: &str, grain: Grain) -> Option<Self> {
        Some(match (word, grain) {
            ("year", _) => Self::Year,
            ("yy", _) => Self::ShortYear,
            ("week", Grain::Week) | ("month", Grain::Month) => Self::Number { padded: false },
            ("ww", Grain::Week) | ("mm", Grain::Month) => Self::Number { padded: true },
            ("quarter", Grain::Quarter) => Self::Quarter,
            _ => return None,
        })
    }

    fn is_year(self) -> bool {
        matches!(self, Self::Year | Self::ShortYear)
    }

    /// How many digits it may have.
    fn widths(self) -> &'static [usize] {
        match self {
            Self::Year => &[4],
            Self::ShortYear => &[2, 4],
            Self::Number { padded: true } => &[2],
            Self::Number { padded: false } => &[1, 2],
            Self::Quarter => &[1],
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(Field),
}

/// One template, read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Template {
    text: String,
    parts: Vec<Part>,
}

impl Template {
    fn new(grain: Grain, text: &str) -> Result<Self, NameError> {
        let error = |message: String| NameError { grain, message, help: help(grain) };
        if text.chars().count() > MAX_TEMPLATE || text.trim() != text {
            let message = format!("the name {} is longer than {MAX_TEMPLATE} characters, or begins or ends with a space", quoted(text));
            return Err(error(message));
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (before, after) = rest.split_once('{').unwrap_or((rest, ""));
            if let Some(strange) = before.chars().find(|c| !(c.is_alphabetic() || c.is_ascii_digit() || " -/.:,".contains(*c))) {
                let message = format!("the name {} has {} in it", quoted(text), quoted(&strange.to_string()));
                return Err(NameError { grain, message, help: "use letters, digits, spaces and - / . : , beside placeholders".to_owned() });
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            if before.len() == rest.len() {
                break;
            }
            let (word, after) = after.split_once('}').ok_or_else(|| error(format!("a brace is not closed in the name {}", quoted(text))))?;
            let field = Field::parse(word, grain).ok_or_else(|| error(format!("{} is no placeholder of a {}", quoted(word), grain.as_str())))?;
            parts.push(Part::Field(field));
            rest = after;
        }
        if matches!(parts.first(), Some(Part::Text(first)) if !first.starts_with(|c: char| c.is_alphanumeric())) {
            return Err(error(format!("the name {} begins with a mark", quoted(text))));
        }
        let template = Self { text: text.to_owned(), parts };
        let years = template.fields().filter(|field| field.is_year()).count();
        let numbers = template.fields().filter(|field| !field.is_year()).count();
        if (years, numbers) != (1, usize::from(grain != Grain::Year)) {
            return Err(error(format!("the name {} does not tell which {} it is", quoted(text), grain.as_str())));
        }
        Ok(template)
    }

    fn fields(&self) -> impl Iterator<Item = Field> + '_ {
        self.parts.iter().filter_map(|part| if let Part::Field(field) = part { Some(*field) } else { None })
    }

    fn write(&self, year: i32, number: i32) -> String {
        let mut label = String::with_capacity(self.text.len());
        for part in &self.parts {
            match part {
                Part::Text(text) => label.push_str(text),
                Part::Field(Field::ShortYear) if SHORT_YEARS.contains(&year) => label.push_str(&format!("{:02}", year % 100)),
                Part::Field(Field::Year | Field::ShortYear) => label.push_str(&format!("{year:04}")),
                Part::Field(Field::Number { padded: true }) => label.push_str(&format!("{number:02}")),
                Part::Field(Field::Number { padded: false } | Field::Quarter) => label.push_str(&number.to_string()),
            }
        }
        label
    }

    /// How many digits its fields may have, in order: at most four ways.
    fn widths(&self) -> Vec<Vec<usize>> {
        self.fields().fold(vec![Vec::new()], |ways, field| {
            let longer = |way: &Vec<usize>| field.widths().iter().map(|width| [way.as_slice(), &[*width]].concat()).collect::<Vec<_>>();
            ways.iter().flat_map(longer).collect()
        })
    }

    /// What its labels look like: every digit a 9.
    fn shapes(&self) -> Vec<String> {
        let shape = |way: Vec<usize>| {
            let mut widths = way.into_iter();
            let mut shape = String::new();
            for part in &self.parts {
                match part {
                    Part::Text(text) => shape.extend(text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c })),
                    Part::Field(_) => shape.push_str(&"9".repeat(widths.next().unwrap_or_default())),
                }
            }
            shape
        };
        self.widths().into_iter().map(shape).collect()
    }

    /// The year and number in a label, for every way in which it could be one of these.
    fn read<'t>(&'t self, label: &'t str) -> impl Iterator<Item = (i32, i32)> + 't {
        self.widths().into_iter().filter_map(move |way| {
            let (mut year, mut number) = (0, 0);
            let mut rest = label;
            let mut widths = way.into_iter();
            for part in &self.parts {
                match part {
                    Part::Text(text) => rest = rest.strip_prefix(text.as_str())?,
                    Part::Field(field) => {
                        let (digits, after) = rest.split_at_checked(widths.next()?)?;
                        let value = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i32>().ok())??;
                        if field.is_year() {
                            year = long_year(value, digits.len());
                        } else {
                            number = value;
                        }
                        rest = after;
                    }
                }
            }
            rest.is_empty().then_some((year, number))
        })
    }
}

/// The year that two digits mean; four mean themselves.
fn long_year(value: i32, digits: usize) -> i32 {
    match (digits, value) {
        (2, 69..) => 1900 + value,
        (2, _) => 2000 + value,
        _ => value,
    }
}

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

fn help(grain: Grain) -> String {
    let number = match grain {
        Grain::Week => ", and {week} or {ww}, such as `W{week} {year}`",
        Grain::Month => ", and {month} or {mm}, such as `{year}-{mm}`",
        Grain::Quarter => ", and {quarter}, such as `Q{quarter} FY{yy}`",
        Grain::Year | Grain::All => ", such as `FY{year}`",
    };
    format!("write {{year}} or {{yy}} once{number}")
}

/// The templates of a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Labels {
    week: Template,
    month: Template,
    quarter: Template,
    year: Template,
}

impl Labels {
    /// The names that a calendar has when its author chooses none.
    pub(super) fn standard(fiscal: bool, retail: bool) -> Self {
        use Field::{Number, Quarter, Year};
        let template = |text: &str, parts: Vec<Part>| Template { text: text.to_owned(), parts };
        let text = |text: &str| Part::Text(text.to_owned());
        let (year, padded) = (|| Part::Field(Year), || Part::Field(Number { padded: true }));
        let quarter = || vec![year(), text("-Q"), Part::Field(Quarter)];
        let prefixed = |mut parts: Vec<Part>| {
            parts.insert(0, text("FY"));
            parts
        };
        Self {
            week: if retail {
                template("FY{year}-W{ww}", prefixed(vec![year(), text("-W"), padded()]))
            } else {
                template("{year}-W{ww}", vec![year(), text("-W"), padded()])
            },
            month: if retail {
                template("FY{year}-M{mm}", prefixed(vec![year(), text("-M"), padded()]))
            } else {
                template("{year}-{mm}", vec![year(), text("-"), padded()])
            },
            quarter: if fiscal || retail { template("FY{year}-Q{quarter}", prefixed(quarter())) } else { template("{year}-Q{quarter}", quarter()) },
            year: if fiscal || retail { template("FY{year}", prefixed(vec![year()])) } else { template("{year}", vec![year()]) },
        }
    }

    /// With the author's own names instead.
    pub(super) fn with(&self, names: &Names) -> Result<Self, NameError> {
        let own = |grain, name: &Option<String>, standard: &Template| name.as_ref().map_or_else(|| Ok(standard.clone()), |text| Template::new(grain, text));
        let labels = Self {
            week: own(Grain::Week, &names.week, &self.week)?,
            month: own(Grain::Month, &names.month, &self.month)?,
            quarter: own(Grain::Quarter, &names.quarter, &self.quarter)?,
            year: own(Grain::Year, &names.year, &self.year)?,
        };
        let chosen = [names.week.is_some(), names.month.is_some(), names.quarter.is_some(), names.year.is_some()];
        labels.check(chosen).map(|()| labels)
    }

    fn all(&self) -> [(Grain, &Template); 4] {
        [(Grain::Week, &self.week), (Grain::Month, &self.month), (Grain::Quarter, &self.quarter), (Grain::Year, &self.year)]
    }

    /// No label may look like another.
    fn check(&self, chosen: [bool; 4]) -> Result<(), NameError> {
        let mut seen: Vec<(String, Grain, &Template, bool)> = Vec::new();
        for ((grain, template), own) in self.all().into_iter().zip(chosen) {
            for shape in template.shapes() {
                if let Some((_, other, theirs, their_own)) = seen.iter().find(|(known, ..)| *known == shape) {
                    let names = |grain: Grain, template: &Template| format!("`{}` for {}s", template.text, grain.as_str());
                    let message = format!("the names {} and {} cannot be told apart", names(*other, theirs), names(grain, template));
                    let grain = if *their_own && !own { *other } else { grain };
                    return Err(NameError { grain, message, help: "put a letter before one of their numbers, such as W or Q".to_owned() });
                }
                seen.push((shape, grain, template, own));
            }
        }
        Ok(())
    }

    pub(super) fn write(&self, grain: Grain, year: i32, number: i32) -> String {
        let template = match grain {
            Grain::Week => &self.week,
            Grain::Month => &self.month,
            Grain::Quarter => &self.quarter,
            Grain::Year => &self.year,
            Grain::All => return Grain::All.as_str().to_owned(),
        };
        template.write(year, number)
    }

    /// What a label could mean: grain, year and number. Only one of them, if any, is written so.
    pub(super) fn read<'t>(&'t self, label: &'t str) -> impl Iterator<Item = (Grain, i32, i32)> + 't {
        self.all().into_iter().flat_map(move |(grain, template)| template.read(label).map(move |(year, number)| (grain, year, number)))
    }
}
