//! What is expected of a process before its movements are judged: a level, a steady trend, or a
//! season. It is taken out of the values, limits are drawn about what is left, and put back.

use serde::Serialize;

use crate::base::number::Number;

/// The expected course of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Course {
    /// A level.
    #[default]
    Level,
    /// A straight line: by least squares through the points, exactly. Limits come from the moving
    /// ranges of the distances from that line, so that the trend's own step is not taken for noise.
    /// (Wheeler draws trended limits as far from the trend line as the plain chart's are from its
    /// centre, with moving ranges of the values themselves; for a step that is small beside the
    /// noise the two are the same.)
    Trend,
    /// The same season again and again, each with its factor or its difference (Wheeler, *Making
    /// Sense of Data*, on seasonal data): the mean of a season's points against the mean of all
    /// seasons, over the whole cycles from the first point on. At least two whole cycles, and two
    /// points of each season; else there are no limits. What two cycles share is what the factors
    /// explain, so the fewer the cycles, the narrower the limits: two are a beginning.
    Seasonal {
        /// How many points are a cycle: 12 for months, 4 for quarters.
        season: usize,
        /// Whether seasons multiply or add.
        form: SeasonForm,
    },
}

/// How a season acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SeasonForm {
    /// By a factor of the level: a season's mean ÷ the mean of all. Defined while all of these are
    /// above zero.
    Multiplicative,
    /// By a difference from the level: a season's mean − the mean of all.
    Additive,
}

/// The course that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum FittedCourse {
    /// A level.
    Level,
    /// A straight line.
    Trend {
        /// Where it stands at the series' first point.
        start: Number,
        /// What it rises from one point to the next.
        step: Number,
    },
    /// A season.
    Seasonal {
        /// Whether seasons multiply or add.
        form: SeasonForm,
        /// The factor or difference of each season, from that of the series' first point.
        seasons: Vec<Number>,
    },
}

impl Course {
    /// The course through points that follow one another, the first of them at `first` of the series.
    /// They are rounded as a chart's figures are; from there on all is exact.
    pub(super) fn fit(self, first: usize, values: &[Option<Number>]) -> Option<FittedCourse> {
        match self {
            Self::Level => Some(FittedCourse::Level),
            Self::Trend => line(first, values),
            Self::Seasonal { season, form } => seasonal(first, values, season, form),
        }
    }
}

impl FittedCourse {
    /// What is left of values that follow one another when the course is taken out, the first of
    /// them at `first` of the series.
    pub(super) fn left(&self, first: usize, values: &[Option<Number>]) -> Vec<Option<Number>> {
        values.iter().enumerate().map(|(at, value)| Some(self.without(first + at, value.clone()?))).collect()
    }

    /// What is left of a value when the course is taken out.
    fn without(&self, at: usize, value: Number) -> Number {
        match self {
            Self::Level => value,
            Self::Trend { .. } | Self::Seasonal { form: SeasonForm::Additive, .. } => value - self.expected(at),
            Self::Seasonal { form: SeasonForm::Multiplicative, .. } => value.divided_by(&self.expected(at)).unwrap_or(value),
        }
    }

    /// The value of which so much is left.
    pub(super) fn with(&self, at: usize, left: Number) -> Number {
        match self {
            Self::Level => left,
            Self::Trend { .. } | Self::Seasonal { form: SeasonForm::Additive, .. } => left + self.expected(at),
            Self::Seasonal { form: SeasonForm::Multiplicative, .. } => left * self.expected(at),
        }
    }

    /// What the course adds, or multiplies by, at a point.
    fn expected(&self, at: usize) -> Number {
        match self {
            Self::Level => Number::from(0),
            Self::Trend { start, step } => start.clone() + step.clone() * Number::from(at),
            Self::Seasonal { seasons, .. } => seasons.iter().cycle().nth(at % seasons.len().max(1)).cloned().unwrap_or_else(|| Number::from(1)),
        }
    }
}

/// The line by least squares: step = Σ(x − x̄)(y − ȳ) ÷ Σ(x − x̄)².
fn line(first: usize, values: &[Option<Number>]) -> Option<FittedCourse> {
    let points: Vec<(Number, Number)> = values.iter().enumerate().filter_map(|(at, value)| Some((Number::from(first + at), value.clone()?))).collect();
    let (x_mean, y_mean) = (mean(points.iter().map(|(x, _)| x))?, mean(points.iter().map(|(_, y)| y))?);
    let (mut together, mut square) = (Number::from(0), Number::from(0));
    for (x, y) in points {
        let x = x - x_mean.clone();
        together = together + x.clone() * (y - y_mean.clone());
        square = square + x.clone() * x;
    }
    let step = together.divided_by(&square)?;
    Some(FittedCourse::Trend { start: y_mean - step.clone() * x_mean, step })
}

fn seasonal(first: usize, values: &[Option<Number>], season: usize, form: SeasonForm) -> Option<FittedCourse> {
    let cycles = values.len().checked_div(season)?;
    if cycles < 2 {
        return None;
    }
    let mut of_season: Vec<Vec<Number>> = vec![Vec::new(); season];
    for (at, value) in values.iter().enumerate().take(cycles * season) {
        of_season.get_mut((first + at) % season)?.extend(value.clone());
    }
    if of_season.iter().any(|points| points.len() < 2) {
        return None;
    }
    let means = of_season.iter().map(|points| mean(points.iter())).collect::<Option<Vec<Number>>>()?;
    // The mean of the seasons, which is that of all points unless some are missing: a missing
    // December must not make the year look better.
    let level = mean(means.iter())?;
    let zero = Number::from(0);
    let seasons = match form {
        SeasonForm::Multiplicative if means.iter().any(|mean| *mean <= zero) => return None,
        SeasonForm::Multiplicative => means.iter().map(|mean| mean.divided_by(&level)).collect::<Option<Vec<Number>>>()?,
        SeasonForm::Additive => means.into_iter().map(|mean| mean - level.clone()).collect(),
    };
    Some(FittedCourse::Seasonal { form, seasons })
}

fn mean<'n>(numbers: impl ExactSizeIterator<Item = &'n Number>) -> Option<Number> {
    let count = Number::from(numbers.len());
    numbers.cloned().sum::<Number>().divided_by(&count)
}
