//! Additive or compounding: whether campaigns inherit from one another and leave something behind
//! (domain D6).

use serde::Serialize;

use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::base::number::Number;
use crate::base::value::Value;
use crate::model::System;
use crate::model::campaigns::{Campaign, CampaignKind};
use crate::model::content::{Asset, AssetLife};

/// The fewest campaigns that could inherit something from which anything can be told.
const FEWEST: usize = 2;

/// How far a system's campaigns build on one another, up to a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compounding {
    /// What it comes to.
    pub verdict: CompoundingVerdict,
    /// Why, each a sentence.
    pub reasons: Vec<String>,
    /// All campaigns together.
    pub total: CampaignTally,
    /// By the quarter in which campaigns began; quarters without any are left out.
    pub quarters: Vec<CampaignQuarter>,
}

/// The campaigns that began in a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CampaignQuarter {
    /// The quarter.
    pub period: Period,
    /// Their tally.
    #[serde(flatten)]
    pub tally: CampaignTally,
}

/// What campaigns took and left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CampaignTally {
    /// The number of campaigns.
    pub campaigns: usize,
    /// How many of them could inherit something: all but the first of the system.
    pub could_inherit: usize,
    /// How many inherit an asset, audience, lesson or automation.
    pub inheriting: usize,
    /// Those that inherit ÷ those that could.
    pub share_inheriting: Value,
    /// Assets taken that were there before: left or taken by an earlier campaign, or made earlier.
    pub reused_assets: usize,
    /// Durable assets left behind.
    pub durable_assets: usize,
    /// Disposable assets left behind.
    pub disposable_assets: usize,
    /// Durable ÷ all assets left behind.
    pub share_durable: Value,
    /// Budgets by currency.
    pub spend: Vec<CampaignSpend>,
    /// Campaigns without a budget, whose spend is not known.
    pub without_budget: usize,
}

/// Budgets in a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CampaignSpend {
    /// Its ISO 4217 code.
    pub currency: &'static str,
    /// Of campaigns that run on.
    pub always_on: Number,
    /// Of campaigns that start and stop.
    pub burst: Number,
    /// Always-on ÷ both.
    pub share_always_on: Value,
}

/// Whether value adds up or compounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CompoundingVerdict {
    /// Campaigns build on one another.
    Compounding,
    /// Each begins anew.
    Additive,
    /// Some do.
    Mixed,
    /// There are too few campaigns.
    CannotBeTold,
}

/// A campaign, and what of it counts.
struct Counted<'s> {
    campaign: &'s Campaign,
    could_inherit: bool,
    inherits: bool,
    reused: usize,
    durable: usize,
    disposable: usize,
}

impl System {
    /// What campaigns take and leave, over time. **Choice:** compounding when at least half of the
    /// campaigns that could inherit do, at least half of the assets left are durable, and the share
    /// that inherits is no lower in the later half of the quarters than in the earlier one;
    /// additive when less than half inherit and less than half of the assets left are durable (no
    /// asset left counts so); mixed otherwise.
    ///
    /// ```
    /// use marketingos::{CompoundingVerdict, Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// assets: { story: { made_on: 2026-01-10 } }
    /// campaigns:
    ///   winter: { goal: Ten talks., from: 2026-01-12, to: 2026-02-12, leaves: { assets: [story] } }
    ///   spring: { goal: Ten talks., from: 2026-04-01, to: 2026-05-01, inherits: { assets: [story] } }
    ///   autumn: { goal: Ten talks., from: 2026-09-01, to: 2026-09-30, inherits: { assets: [story] } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let compounding = system.compounding("2026-12-31".parse()?);
    /// assert_eq!(compounding.verdict, CompoundingVerdict::Compounding);
    /// assert_eq!((compounding.total.inheriting, compounding.total.could_inherit, compounding.total.reused_assets), (2, 2, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn compounding(&self, as_of: Date) -> Compounding {
        let mut campaigns: Vec<&Campaign> = self.campaigns().iter().filter(|campaign| campaign.from <= as_of).collect();
        campaigns.sort_by_key(|campaign| campaign.from);
        let counted = self.counted(&campaigns, as_of);
        let mut quarters: Vec<(Period, Vec<&Counted<'_>>)> = Vec::new();
        for one in &counted {
            let period = self.calendar().period(Grain::Quarter, one.campaign.from);
            match quarters.last_mut() {
                Some((last, list)) if *last == period => list.push(one),
                _ => quarters.push((period, vec![one])),
            }
        }
        let total = tally(&counted.iter().collect::<Vec<_>>());
        let half = quarters.len() / 2;
        let of_half = |late: bool| {
            let chosen = quarters.iter().enumerate().filter(|(at, _)| (*at >= half) == late);
            tally(&chosen.flat_map(|(_, (_, list))| list.iter().copied()).collect::<Vec<_>>())
        };
        let (verdict, reasons) = judge(&total, &of_half(false), &of_half(true));
        let quarters = quarters.into_iter().map(|(period, list)| CampaignQuarter { period, tally: tally(&list) }).collect();
        Compounding { verdict, reasons, total, quarters }
    }

    /// Each campaign with what it took and left; the earliest first.
    fn counted<'s>(&'s self, campaigns: &[&'s Campaign], as_of: Date) -> Vec<Counted<'s>> {
        // The nearest system's, where several have an asset of that id.
        let mut assets = Map::new();
        for asset in self.lineage().flat_map(System::assets) {
            assets.entry(&asset.id).or_insert(asset);
        }
        let find = |id: &Id| assets.get(id).copied();
        let mut known: Set<&Id> = Set::new();
        let mut counted = Vec::with_capacity(campaigns.len());
        for (position, campaign) in campaigns.iter().enumerate() {
            let is_there = |id: &&Id| known.contains(id) || find(id).and_then(|asset| asset.made_on).is_some_and(|made| made < campaign.from);
            // What is made later is not left yet.
            let is_left = |asset: &&Asset| asset.made_on.is_none_or(|made| made <= as_of);
            let left = |life: AssetLife| campaign.leaves.assets.iter().filter_map(find).filter(is_left).filter(|asset| asset.life == life).count();
            let inherits = !campaign.takes.is_empty();
            counted.push(Counted {
                campaign,
                could_inherit: position > 0 || inherits,
                inherits,
                reused: campaign.takes.assets.iter().filter(is_there).count(),
                durable: left(AssetLife::Durable),
                disposable: left(AssetLife::Disposable),
            });
            known.extend(campaign.takes.assets.iter().chain(&campaign.leaves.assets));
        }
        counted
    }
}

fn tally(list: &[&Counted<'_>]) -> CampaignTally {
    let count = |wanted: fn(&Counted<'_>) -> bool| list.iter().filter(|one| wanted(one)).count();
    let (could_inherit, inheriting) = (count(|one| one.could_inherit), count(|one| one.inherits));
    let (durable, disposable): (usize, usize) = (list.iter().map(|one| one.durable).sum(), list.iter().map(|one| one.disposable).sum());
    CampaignTally {
        campaigns: list.len(),
        could_inherit,
        inheriting,
        share_inheriting: share(&Number::from(inheriting), &Number::from(could_inherit), "no campaign could inherit anything"),
        reused_assets: list.iter().map(|one| one.reused).sum(),
        durable_assets: durable,
        disposable_assets: disposable,
        share_durable: share(&Number::from(durable), &Number::from(durable.saturating_add(disposable)), "no campaign left an asset"),
        spend: spend(list),
        without_budget: count(|one| one.campaign.budget.is_none()),
    }
}

fn share(part: &Number, of: &Number, cause: &str) -> Value {
    part.divided_by(of).map_or_else(|| Value::undefined(cause), Value::of)
}

/// Budgets by currency, in the order in which they are met.
fn spend(list: &[&Counted<'_>]) -> Vec<CampaignSpend> {
    let mut spend: Vec<CampaignSpend> = Vec::new();
    for campaign in list.iter().map(|one| one.campaign) {
        let Some(budget) = &campaign.budget else { continue };
        let currency = budget.currency.code();
        if !spend.iter().any(|known| known.currency == currency) {
            spend.push(CampaignSpend { currency, always_on: Number::from(0), burst: Number::from(0), share_always_on: Value::missing("") });
        }
        let Some(known) = spend.iter_mut().find(|known| known.currency == currency) else { continue };
        let sum = match campaign.kind {
            CampaignKind::AlwaysOn => &mut known.always_on,
            CampaignKind::Burst => &mut known.burst,
        };
        *sum = sum.clone() + budget.amount.clone();
    }
    for known in &mut spend {
        known.share_always_on = share(&known.always_on, &(known.always_on.clone() + known.burst.clone()), "nothing was to be spent");
    }
    spend
}

fn judge(total: &CampaignTally, early: &CampaignTally, late: &CampaignTally) -> (CompoundingVerdict, Vec<String>) {
    if total.could_inherit < FEWEST {
        let reason = format!("{} of {} campaigns could inherit something; it takes {FEWEST} to tell", total.could_inherit, total.campaigns);
        return (CompoundingVerdict::CannotBeTold, vec![reason]);
    }
    let half = |part: usize, of: usize| part.saturating_mul(2) >= of && of > 0;
    let inherit = half(total.inheriting, total.could_inherit);
    let assets = total.durable_assets.saturating_add(total.disposable_assets);
    let durable = half(total.durable_assets, assets);
    // Early and late shares are compared without dividing.
    let before = early.inheriting.saturating_mul(late.could_inherit);
    let falls = early.could_inherit > 0 && late.inheriting.saturating_mul(early.could_inherit) < before;
    let verdict = match (inherit, durable, falls) {
        (true, true, false) => CompoundingVerdict::Compounding,
        (false, false, _) => CompoundingVerdict::Additive,
        _ => CompoundingVerdict::Mixed,
    };
    let mut reasons = vec![
        format!("{} of {} campaigns that could inherit do", total.inheriting, total.could_inherit),
        format!("{} of {assets} assets left behind are durable", total.durable_assets),
        format!("assets were used again {} times", total.reused_assets),
    ];
    if falls {
        let (early, late) = ((early.inheriting, early.could_inherit), (late.inheriting, late.could_inherit));
        reasons.push(format!("the share that inherits falls: {} of {} in the earlier half, {} of {} in the later", early.0, early.1, late.0, late.1));
    }
    (verdict, reasons)
}
