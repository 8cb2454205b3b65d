//! How often the rules cry wolf, and how soon they see a wolf: simulated on a process of
//! independent normal points with known limits, from a fixed seed, and held against published and
//! exact figures and against the tables in the documentation of [`RuleSet`].

use super::place::{LIMIT, Place, Side};
use super::rules::SignalRule;
use crate::model::signals::RuleSet;
use crate::{Number, ProcessLimits};

const SETS: [RuleSet; 4] = [RuleSet::Wheeler, RuleSet::WesternElectric, RuleSet::Nelson, RuleSet::Nhs];
/// What stands in the documentation.
const DOCUMENTED: &str = include_str!("../../model/rule_sets.md");
const POINTS: usize = 1_000_000;
/// Rates are compared over batches much longer than any rule looks back, since a point that breaks
/// a run is often followed by another.
const BATCH: usize = 1_000;
/// How many standard errors a simulated figure may lie from the true one.
const ERRORS: f64 = 4.0;

/// SplitMix64, and from its uniform numbers normal ones by Box and Muller.
struct Normal {
    state: u64,
    spare: Option<f64>,
}

impl Normal {
    fn new(seed: u64) -> Self {
        Self { state: seed, spare: None }
    }

    fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Above 0 and at most 1.
    fn uniform(&mut self) -> f64 {
        let [high, low] = [(self.bits() >> 43), (self.bits() >> 43)].map(|bits| f64::from(u32::try_from(bits).unwrap()));
        (high * f64::from(1 << 21) + low + 1.0) / f64::from(1 << 21) / f64::from(1 << 21)
    }

    fn next(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let (radius, angle) = ((-2.0 * self.uniform().ln()).sqrt(), std::f64::consts::TAU * self.uniform());
        self.spare = Some(radius * angle.sin());
        radius * angle.cos()
    }
}

/// The place of a point of a process with centre 0 and σ 1.
fn place(value: f64, before: Option<f64>) -> Place {
    let beyond = [LIMIT, 4, 3, 2].into_iter().find(|half| value.abs() > f64::from(*half) / 2.0).unwrap_or(0);
    let side = if value > 0.0 { Some(Side::Above) } else { (value < 0.0).then_some(Side::Below) };
    Place { side, beyond, near: beyond < 2, step: before.and_then(|before| value.partial_cmp(&before)) }
}

fn places(points: usize, seed: u64) -> Vec<Option<Place>> {
    let (mut normal, mut before) = (Normal::new(seed), None);
    let next = |_| {
        let value = normal.next();
        Some(place(value, before.replace(value)))
    };
    (0..points).map(next).collect()
}

/// A mean and its standard error.
fn mean_and_error(sample: &[f64]) -> (f64, f64) {
    let count = f64::from(u32::try_from(sample.len()).unwrap());
    let mean = sample.iter().sum::<f64>() / count;
    let variance = sample.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (mean, (variance / count).sqrt())
}

/// The chance that a stable process breaks a rule at a point.
fn exact(rule: SignalRule) -> f64 {
    // The upper tails of the normal distribution.
    let (beyond_1, beyond_1_5, beyond_2, beyond_3) = (0.158_655_253_931_457, 0.066_807_201_268_858, 0.022_750_131_948_179, 0.001_349_898_031_630);
    let choose = |of: i32, some: i32| (0..some).fold(1.0, |ways, at| ways * f64::from(of - at) / f64::from(at + 1));
    let at_least =
        |least: i32, of: i32, chance: f64| (least..=of).map(|some| choose(of, some) * chance.powi(some) * (1.0 - chance).powi(of - some)).sum::<f64>();
    // The last so, and at least so many of those before.
    let some_of = |least: i32, of: i32, chance: f64| 2.0 * chance * at_least(least - 1, of - 1, chance);
    let factorial = |of: i32| (1..=of).map(f64::from).product::<f64>();
    match rule {
        SignalRule::BeyondLimit => 2.0 * beyond_3,
        SignalRule::RunOfSeven => 2.0 * 0.5f64.powi(7),
        SignalRule::RunOfEight => 2.0 * 0.5f64.powi(8),
        SignalRule::RunOfNine => 2.0 * 0.5f64.powi(9),
        SignalRule::ThreeOfFour => some_of(3, 4, beyond_1_5),
        SignalRule::TwoOfThree => some_of(2, 3, beyond_2),
        SignalRule::TwoOfThreeNear => some_of(2, 3, beyond_2 - beyond_3),
        SignalRule::FourOfFive => some_of(4, 5, beyond_1),
        // Of all orders of points, one rises all along and one falls.
        SignalRule::TrendOfSix => 2.0 / factorial(6),
        SignalRule::TrendOfSeven => 2.0 / factorial(7),
        // Of all orders of fourteen points, André's 199,360,981 alternate beginning upwards.
        SignalRule::FourteenAlternating => 2.0 * 199_360_981.0 / factorial(14),
        SignalRule::FifteenNear => (1.0 - 2.0 * beyond_1).powi(15),
        SignalRule::EightFar => (2.0 * beyond_1).powi(8),
    }
}

fn every_rule() -> Vec<SignalRule> {
    let mut rules: Vec<SignalRule> = Vec::new();
    for rule in SETS.iter().flat_map(|set| set.rules()) {
        if !rules.contains(rule) {
            rules.push(*rule);
        }
    }
    rules
}

/// The cells of the documented line that begins with this.
fn documented(name: &str) -> Vec<f64> {
    let line = DOCUMENTED.lines().find(|line| line.starts_with(&format!("| {name} |"))).unwrap_or_else(|| panic!("no line for {name}"));
    line.split('|').skip(2).filter_map(|cell| cell.trim().trim_end_matches(" %").parse().ok()).collect()
}

fn name(word: &impl serde::Serialize) -> String {
    serde_json::to_string(word).unwrap().trim_matches('"').to_owned()
}

#[test]
fn false_alarms_are_as_rare_as_published() {
    let places = places(POINTS, 20_260_301);
    for rule in every_rule() {
        let alarms = |batch: usize| {
            let at = batch * BATCH..(batch + 1) * BATCH;
            let fired = at.filter(|at| rule.broken(&places[(at + 1).saturating_sub(rule.span())..=*at]).is_some()).count();
            f64::from(u32::try_from(fired).unwrap()) / 1_000.0
        };
        let (rate, error) = mean_and_error(&(0..POINTS / BATCH).map(alarms).collect::<Vec<f64>>());
        assert!((rate - exact(rule)).abs() < ERRORS * error, "{rule:?}: {rate} ± {error}, and exactly {}", exact(rule));
        // As documented, in percent and to three digits.
        assert!((documented(&name(&rule))[0] / 100.0 / exact(rule) - 1.0).abs() < 0.005, "{rule:?}: {} %", exact(rule) * 100.0);
    }
    // "The chance of a false signal for each test is less than five in one thousand" (Nelson 1984):
    // true of four of five only because the last must be one of the four.
    assert!(RuleSet::Nelson.rules().iter().all(|rule| exact(*rule) < 0.005));
}

/// How many points until the first signal, after a shift by so many σ; mean and standard error.
fn delay(rules: &[SignalRule], shift: f64, runs: usize) -> (f64, f64) {
    let mut normal = Normal::new(42);
    let mut places: Vec<Option<Place>> = Vec::new();
    let mut run = |_| {
        places.clear();
        let mut before = None;
        loop {
            let value = normal.next() + shift;
            places.push(Some(place(value, before.replace(value))));
            if rules.iter().any(|rule| rule.broken(&places[places.len().saturating_sub(rule.span())..]).is_some()) {
                return f64::from(u32::try_from(places.len()).unwrap());
            }
        }
    };
    mean_and_error(&(0..runs).map(&mut run).collect::<Vec<f64>>())
}

#[test]
fn shifts_are_found_as_soon_as_documented() {
    let sets = SETS.map(|set| (name(&set), set.rules())).into_iter();
    for (name, rules) in sets.chain([("a limit alone".to_owned(), [SignalRule::BeyondLimit].as_slice())]) {
        let shown = documented(&name);
        for (shift, runs, shown) in [(0.0, 40_000, shown[0]), (1.0, 100_000, shown[1]), (2.0, 100_000, shown[2]), (3.0, 100_000, shown[3])] {
            let (points, error) = delay(rules, shift, runs);
            let rounding = if shift == 0.0 { 0.5 } else { 0.05 };
            assert!((points - shown).abs() < ERRORS * error + rounding, "{name}, {shift} σ: {points} ± {error}, documented {shown}");
        }
    }
    // Champ and Woodall, Technometrics 29 (1987): the four rules of Western Electric together.
    for (shift, published) in [(0.0, 91.75), (1.0, 9.22), (2.0, 3.13), (3.0, 1.67)] {
        let (points, error) = delay(RuleSet::WesternElectric.rules(), shift, 10_000);
        assert!((points - published).abs() < ERRORS * error + 0.005, "{shift} σ: {points} ± {error}, published {published}");
    }
}

/// What is simulated is what is computed: the same points as exact figures break the same rules.
#[test]
fn exact_figures_break_the_same_rules() {
    let limits = ProcessLimits { centre: Number::from(0), lower: Number::from(-3), upper: Number::from(3), range_limit: Number::from(4), points: 8 };
    let mut normal = Normal::new(7);
    // To one decimal, so that many points lie on lines, are equal, or lie on the centre; and a little
    // wilder than the limits say, so that there is something to see.
    let tenths: Vec<i32> = (0..3_000).map(|_| format!("{:.0}", normal.next() * 13.0).parse().unwrap()).collect();
    let exact: Vec<Option<Number>> = tenths.iter().map(|tenths| Number::from(*tenths).divided_by(&Number::from(10))).collect();
    let places: Vec<Option<Place>> =
        (0..tenths.len()).map(|at| Some(place(f64::from(tenths[at]) / 10.0, at.checked_sub(1).map(|before| f64::from(tenths[before]) / 10.0)))).collect();
    for set in SETS {
        let mut broken = 0;
        for at in 0..tenths.len() {
            let signals = limits.signals_by(set, &exact[..=at]);
            assert_eq!(signals, set.signals(&places[..=at]), "{set:?} at {at}");
            broken += signals.len();
        }
        assert!(broken > 20, "{set:?}: only {broken}");
    }
}
