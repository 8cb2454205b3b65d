"""The types of a system that is written in code, for :meth:`marketingos.System.build`.

They mirror the written format key for key; what they accept may still have mistakes that only
reading finds. Written by `write_types.py` from the JSON Schema.
"""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, Required, TypeAlias, TypedDict

Text: TypeAlias = str | int | float | Decimal | bool


Additivity: TypeAlias = 'Literal["additive", "semi_additive", "non_additive"]'
"""Whether the values of parts add up to the value of the whole."""


class Allocation(TypedDict, total=False):
    """An amount for a part of a budget's period."""

    amount: 'Required[Money]'
    """The amount."""

    period: 'Required[Period]'
    """The part."""


class Asset(TypedDict, total=False):
    """A piece of the library that the channels draw from."""

    confirmed_on: 'Day | None'
    """The day on which it was last found to fit these."""

    kind: 'AssetKind | None'
    """`asset` (default), `component` or `template`."""

    life: 'AssetLife | None'
    """`durable` (default) or `disposable`."""

    life_months: 'int | str | None'
    """After how many months it is to be refreshed."""

    made_of: 'Id | Sequence[Id] | None'
    """The assets that it is made of."""

    made_on: 'Day | None'
    """The day on which it was made."""

    name: 'Text | None'
    """What it is called; default the id."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it."""

    refreshed_on: 'Day | None'
    """The day on which it was last refreshed."""

    rests_on: 'Id | Sequence[Id] | None'
    """The decisions that it rests on."""

    used_in: 'Id | Sequence[Id] | None'
    """The channels that use it."""

    values: 'Mapping[str, Text] | None'
    """Values that it states, by name. A decision fixes them for all that rests on it."""


AssetKind: TypeAlias = 'Literal["asset", "component", "template"]'
"""What an asset is for."""


AssetLife: TypeAlias = 'Literal["durable", "disposable"]'
"""How long an asset is meant to be of use (domain D6)."""


# Who answers for something, and from when to when; written short, the id of the person.
AssignmentInFull = TypedDict(
    "AssignmentInFull",
    {
        # Somebody else who stands in.
        "deputy": 'Id | None',
        # The first day.
        "from": 'Day | None',
        # The id of the person.
        "person": 'Required[Id]',
        # The last day.
        "to": 'Day | None',
    },
    total=False,
)


Assignment: TypeAlias = 'Id | AssignmentInFull'


AttainmentRule: TypeAlias = 'Literal["actual_over_target", "target_over_actual", "two_minus", "from_baseline"]'
"""How much of a target is attained, by its convention (domain D9: never unnamed)."""


# The days that limits are locked to.
Baseline = TypedDict(
    "Baseline",
    {
        # The first.
        "from": 'Required[Day]',
        # The last.
        "to": 'Required[Day]',
    },
    total=False,
)


Basis: TypeAlias = 'Literal["same_cohort", "same_period"]'
"""Whose outcomes are set against whose entries (domain D8)."""


class Brand(TypedDict, total=False):
    """What the brand is, layer by layer."""

    application: 'Layer'
    """How identity and voice are applied."""

    governance: 'Layer'
    """Who may change what."""

    identity: 'Layer'
    """How it looks."""

    operating: 'Layer'
    """The tools used every day to run it."""

    strategy: 'Layer'
    """What the brand believes, for whom, against whom."""

    voice: 'Layer'
    """How it speaks."""


class Budget(TypedDict, total=False):
    """A budget: a frame for a period, and what is allocated of it."""

    amount: 'Required[Money]'
    """The frame: all of it."""

    document: 'Text | None'
    """Where it is written."""

    lines: 'Mapping[str, BudgetLine] | None'
    """The allocations, which sum to the frame."""

    moves: 'BudgetMove | Sequence[BudgetMove] | None'
    """What was moved from one line to another."""

    period: 'Required[Period]'
    """The period that it is for."""


class BudgetLine(TypedDict, total=False):
    """An allocation."""

    amount: 'Money | None'
    """How much is allocated for the whole period."""

    amounts: 'Allocation | Sequence[Allocation] | None'
    """Instead, how much for which periods within it."""

    campaign: 'Id | None'
    """The campaign that it is for."""

    channel: 'Id | None'
    """The channel that it is for."""

    committed: 'Commitment | Sequence[Commitment] | None'
    """What is ordered and will be spent."""

    cost_kind: 'Id | None'
    """What kind of cost it is, such as `media` or `payroll`."""

    layer: 'Text | None'
    """The place of the model that it is for, by the word of frameworks, such as `channels` or `brand.identity`."""

    name: 'Text | None'
    """What it is called; default the id."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it."""

    spent: 'Id | None'
    """The KPI or measure that says what was spent."""


# Money that was moved from one line to another.
BudgetMove = TypedDict(
    "BudgetMove",
    {
        # How much.
        "amount": 'Required[Money]',
        # Who decided it.
        "by": 'Id | None',
        # The line that has less.
        "from": 'Required[Id]',
        # The day from which it counts.
        "on": 'Required[Day]',
        # Why.
        "reason": 'Required[Text]',
        # The line that has more.
        "to": 'Required[Id]',
    },
    total=False,
)


Cadence: TypeAlias = 'Literal["weekly", "monthly", "quarterly"]'
"""The level of a standing review (domain D4).

```
use marketingos::Cadence;
assert_eq!(Cadence::parse("monthly"), Some(Cadence::Monthly));
assert_eq!(Cadence::Weekly.word(), "weekly");
```"""


class Calendar(TypedDict, total=False):
    """When years and weeks start, and how periods are called."""

    fiscal_year_starts: 'Month | None'
    """The month with which the fiscal year starts; default `january`."""

    holidays: 'Holiday | Sequence[Holiday] | None'
    """The days on which nothing is due."""

    named_by: 'NamedBy | None'
    """The calendar year by which a fiscal year is named; default `end`."""

    names: 'PeriodNames | None'
    """Templates for the names of periods."""

    pattern: 'WeekPattern | None'
    """Makes it a retail calendar of whole weeks: the weeks of a quarter's three months, or `nrf`."""

    week_53: 'Week53 | None'
    """What a retail year after one of 53 weeks is compared with; default `restated`."""

    week_starts: 'Weekday | None'
    """The weekday with which weeks start; default `monday`."""

    year_ends: 'YearEnd | None'
    """When a retail year ends; required with a pattern other than `nrf`."""

    zone: 'Text | None'
    """The time zone by whose clock reviews are held: `UTC`, `+01:00` or `Europe/Amsterdam`."""


# A campaign.
Campaign = TypedDict(
    "Campaign",
    {
        # What it may cost.
        "budget": 'Money | None',
        # The channels that it uses.
        "channels": 'Id | Sequence[Id] | None',
        # The day on which it was last found to fit these.
        "confirmed_on": 'Day | None',
        # Its first day.
        "from": 'Required[Day]',
        # What it is for.
        "goal": 'Required[Text]',
        # What it starts from.
        "inherits": 'Estate | None',
        # `burst` (default) or `always_on`.
        "kind": 'CampaignKind | None',
        # The KPIs that it is to move.
        "kpis": 'Id | Sequence[Id] | None',
        # What it leaves for those after it.
        "leaves": 'Estate | None',
        # What it is called; default the id.
        "name": 'Text | None',
        # Who answers for it.
        "owner": 'Assignment | Sequence[Assignment] | None',
        # The decisions that it rests on.
        "rests_on": 'Id | Sequence[Id] | None',
        # The segments that it is for.
        "segments": 'Id | Sequence[Id] | None',
        # Its last day; required unless it is always on.
        "to": 'Day | None',
        # Values that it states, by name.
        "values": 'Mapping[str, Text] | None',
    },
    total=False,
)


CampaignKind: TypeAlias = 'Literal["burst", "always_on"]'
"""Whether a campaign ends."""


Centre: TypeAlias = 'Literal["mean", "median"]'
"""The form of process limits."""


# An owned, earned or paid surface.
Channel = TypedDict(
    "Channel",
    {
        # How often something goes out: a rule of RFC 5545, or plain words.
        "cadence": 'Text | None',
        # The day on which it was last found to fit these.
        "confirmed_on": 'Day | None',
        # The day from which the cadence counts.
        "from": 'Day | None',
        # `owned`, `earned` or `paid`.
        "kind": 'Required[ChannelKind]',
        # The lines of business that it serves.
        "lines": 'Text | Sequence[Text] | None',
        # What it is called; default the id.
        "name": 'Text | None',
        # Who answers for it.
        "owner": 'Assignment | Sequence[Assignment] | None',
        # The regions that it serves.
        "regions": 'Text | Sequence[Text] | None',
        # The decisions that it rests on.
        "rests_on": 'Id | Sequence[Id] | None',
        # The segments that it reaches.
        "segments": 'Id | Sequence[Id] | None',
        # Values that it states, by name. A decision fixes them for all that rests on it.
        "values": 'Mapping[str, Text] | None',
    },
    total=False,
)


ChannelKind: TypeAlias = 'Literal["owned", "earned", "paid"]'
"""How a surface is come by."""


class Chart(TypedDict, total=False):
    """The process behaviour chart of one KPI; what is not said is as for all."""

    baseline: 'Baseline | None'
    """The days that the limits are locked to."""

    centre: 'Centre | None'
    """What the limits lie about."""

    changes: 'ProcessChange | Sequence[ProcessChange] | None'
    """When the process was changed on purpose, oldest first: limits start anew."""

    course: 'ChartCourse | None'
    """The course that it takes by itself: a `level` (default), a `trend`, or each year the same season, by factors (`seasonal`) or differences (`seasonal_additive`)."""

    min_points: 'int | str | None'
    """The least number of values among them, from 2 to the window."""

    rules: 'RuleSet | None'
    """The rules that a signal breaks."""

    window: 'int | str | None'
    """How many periods its limits rest on."""


ChartCourse: TypeAlias = 'Literal["level", "trend", "seasonal", "seasonal_additive"]'
"""The course that a process is expected to take by itself."""


class ColumnInFull(TypedDict, total=False):
    """A column; written short, its name."""

    column: 'Text | None'
    """The name of the column; default the id."""

    within: 'Id | None'
    """The wider dimension that this one is a part of."""


Column: TypeAlias = 'Text | ColumnInFull'


Columns: TypeAlias = 'Id | Sequence[Id] | Mapping[str, Column] | None'
"""The name of a column, if it is an id; a list of these; or columns by id."""


class Commitment(TypedDict, total=False):
    """Money that is ordered."""

    amount: 'Required[Money]'
    """How much."""

    on: 'Required[Day]'
    """The day of the order."""

    settled_on: 'Day | None'
    """The day from which it is among what is spent."""

    what: 'Required[Text]'
    """What for."""


# When a component is due; written short, the cadence.
ComponentCadenceInFull = TypedDict(
    "ComponentCadenceInFull",
    {
        # A recurrence rule, or words such as `monthly on the 5th`.
        "cadence": 'Required[Text]',
        # The day from which the cadence counts.
        "from": 'Day | None',
        # What becomes of a due date on a holiday; default `next`.
        "on_holiday": 'OnHoliday | None',
        # Who sees to it; default the operator.
        "owner": 'Assignment | Sequence[Assignment] | None',
    },
    total=False,
)


ComponentCadence: TypeAlias = 'Text | ComponentCadenceInFull'


# The share of the entities counted by `from` that `to` counts too.
Conversion = TypedDict(
    "Conversion",
    {
        # Whose period counts: that of those who entered (`same_cohort`, the default), or `same_period`.
        "basis": 'Basis | None',
        # What counts those that enter.
        "from": 'Required[Id]',
        # A dimension of both sources that must have the same member.
        "matching": 'Id | None',
        # What counts those that move on.
        "to": 'Required[Id]',
        # Within how many days; without, it is open-ended.
        "within_days": 'int | str | None',
    },
    total=False,
)


Cost: TypeAlias = 'str'
"""Money for each month, quarter or year."""


class Credit(TypedDict, total=False):
    """What a count or sum of `outcome` owes to touches of the same entity before it."""

    half_life_days: 'int | str | None'
    """In how many days a touch loses half of its weight; only with `time_decay`."""

    outcome: 'Required[Id]'
    """The count or sum that is shared."""

    rule: 'Required[CreditRule]'
    """How it is shared."""

    to: 'Id | None'
    """What counts the touches whose credit this is; default all."""

    touches: 'Required[Id]'
    """What counts the touches that compete."""

    within_days: 'int | str | None'
    """At most so many days before."""


CreditRule: TypeAlias = 'Literal["first", "last", "linear", "position", "time_decay", "any"]'
"""How an outcome is shared among touches."""


class Cumulative(TypedDict, total=False):
    """A figure over a longer stretch that ends with the period."""

    of: 'Required[Id]'
    """The KPI or measure."""

    over: 'Required[Over]'
    """The stretch."""


class DateColumnInFull(TypedDict, total=False):
    """The column that dates a row; written short, its name."""

    column: 'Required[Text]'
    """The name of the column."""

    pattern: 'Text | None'
    """`YYYY`, `MM` or `M`, `DD` or `D` and the marks between them, then `hh`, `mm`, `ss` and `±hh:mm` for a time, or `*` to ignore it; default `YYYY-MM-DD`."""

    zone: 'Text | None'
    """The zone whose business days count: `UTC`, a distance from it such as `+01:00`, or a name of the IANA database."""


DateColumn: TypeAlias = 'Text | DateColumnInFull'


Day: TypeAlias = str | datetime.date
"""A day that exists."""


class DecisionInFull(TypedDict, total=False):
    """A decision; written short, the statement of an open one."""

    confirmed_on: 'Day | None'
    """The day on which it was last found to fit these."""

    kernel: 'Kernel | None'
    """What it is in the strategic kernel."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it; default who answers for the layer."""

    rests_on: 'Id | Sequence[Id] | None'
    """The decisions that it rests on."""

    review_months: 'int | str | None'
    """After how many months it is to be looked at again."""

    revisions: 'Revision | Sequence[Revision] | None'
    """When it was revised, from the oldest to the newest."""

    settled_on: 'Day | None'
    """The day on which it was settled."""

    statement: 'Required[Text]'
    """What is decided."""

    status: 'DecisionStatus | None'
    """Where it stands; default `open`."""

    values: 'Mapping[str, Text] | None'
    """Values that it states, by name. A decision fixes them for all that rests on it."""


Decision: TypeAlias = 'Text | DecisionInFull'


DecisionStatus: TypeAlias = 'Literal["open", "proposed", "settled", "reopened", "retired"]'
"""How far a decision has come."""


Direction: TypeAlias = 'Literal["higher", "lower", "band", "none"]'
"""Which way is better."""


# Days between an entity's first rows in both, in the period of `to`.
Duration = TypedDict(
    "Duration",
    {
        # What counts the beginning.
        "from": 'Required[Id]',
        # Which statistic.
        "statistic": 'Required[Statistic]',
        # What counts the end.
        "to": 'Required[Id]',
    },
    total=False,
)


Each: TypeAlias = 'Literal["week", "month", "quarter"]'
"""The length of the periods that a trigger looks at."""


class Estate(TypedDict, total=False):
    """What one campaign hands to the next."""

    assets: 'Id | Sequence[Id] | None'
    """Assets."""

    automations: 'Text | Sequence[Text] | None'
    """Automations that keep running."""

    lessons: 'Id | Sequence[Id] | None'
    """Lessons."""

    segments: 'Id | Sequence[Id] | None'
    """Segments."""


class Framework(TypedDict, total=False):
    """Another way to name the parts of the same system."""

    layers: 'Required[Mapping[str, FrameworkLayer]]'
    """Its layers in order, by id."""

    name: 'Text | None'
    """What it is called; default the id."""

    parent: 'Id | None'
    """The framework inside which it sits."""


class FrameworkLayerInFull(TypedDict, total=False):
    """A layer of a framework; written short, the list of its homes."""

    holds: 'Text | None'
    """What it holds, in words."""

    homes: 'Required[Home | Sequence[Home]]'
    """The canonical places of the model that it covers."""

    name: 'Text | None'
    """What it is called; default the id."""


FrameworkLayer: TypeAlias = 'Home | Sequence[Home] | None | FrameworkLayerInFull'


Given: TypeAlias = str | int | float | Decimal
"""A KPI or measure, a number, whole days, or a dimension."""


class HolidayInFull(TypedDict, total=False):
    """A day on which nothing is due; written short, the day."""

    name: 'Text | None'
    """What it is called."""

    on: 'Required[Text]'
    """A date, or a day of every year such as `25 December`."""


Holiday: TypeAlias = 'Text | HolidayInFull'


Home: TypeAlias = 'Literal["brand.strategy", "brand.identity", "brand.voice", "brand.application", "brand.governance", "brand.operating", "kernel", "audience", "inputs", "channels", "lifecycle", "content", "measurement", "operating", "feedback", "kpis", "dashboard", "reviews", "report", "plan"]'
"""A canonical place of the model."""


Id: TypeAlias = 'str'
"""Lower-case letters, digits and underscores, starting with a letter, at most 64 characters."""


# What flows in: figures, what customers say, what competitors do.
Input = TypedDict(
    "Input",
    {
        # Older than so many days it is stale.
        "fresh_days": 'int | str | None',
        # The day from which the rhythm counts.
        "from": 'Day | None',
        # `quantitative`, `feedback` or `competitive`.
        "kind": 'Required[InputKind]',
        # The day on which it last came in.
        "last_on": 'Day | None',
        # What it is called; default the id.
        "name": 'Text | None',
        # Who answers for it.
        "owner": 'Assignment | Sequence[Assignment] | None',
        # How often it comes in: a rule of RFC 5545, or plain words.
        "rhythm": 'Text | None',
        # The declared source that records it.
        "source": 'Id | None',
        # The tool that it comes from.
        "tool": 'Id | None',
    },
    total=False,
)


InputKind: TypeAlias = 'Literal["quantitative", "feedback", "competitive"]'
"""What kind of knowledge an input brings (domain D2, the kernel's second layer)."""


Kernel: TypeAlias = 'Literal["positioning", "ideal_customer", "messaging"]'
"""The part of the strategic kernel that a decision belongs to."""


class Kpi(TypedDict, total=False):
    """A KPI of the short list."""

    additivity: 'Additivity | None'
    """What must follow from the calculation."""

    approximate_distinct: 'SourceColumn'
    """The same by a sketch, so that cells stay small."""

    chart: 'Chart | None'
    """What its process behaviour chart has of its own."""

    confirmed_on: 'Day | None'
    """The day on which it was last found to fit these."""

    conversion: 'Conversion'
    """The share of the entities counted by `from` that `to` counts too."""

    count: 'Id'
    """The number of rows of a source."""

    credit: 'Credit'
    """What a count or sum owes to touches of the same entity before it."""

    cumulative: 'Cumulative'
    """A figure over a longer stretch that ends with the period."""

    daily_mean: 'SourceColumn'
    """A balance: the mean of the daily sums."""

    direction: 'Direction | None'
    """What is better: `higher`, `lower`, within a `band`, or `none`; required unless a standard KPI is picked."""

    distinct: 'SourceColumn'
    """The number of different members of a dimension, or entities, exactly."""

    duration: 'Duration'
    """Days between an entity's first rows in both."""

    first: 'SourceColumn'
    """A balance: the sum over the rows of the period's first day that has rows."""

    formula: 'Text'
    """Figures and numbers with `+ - * /`, parentheses, `min`, `max`, `abs`, `coalesce`, `previous`, `prior_year`."""

    inputs: 'Mapping[str, Given] | None'
    """What the standard KPI is made of: a KPI or measure, a number, or a dimension."""

    kpi: 'Text'
    """A standard KPI, with its `variant` and `inputs`."""

    last: 'SourceColumn'
    """A balance: the sum over the rows of the period's last day that has rows."""

    max: 'SourceColumn'
    """The largest number."""

    mean: 'SourceColumn'
    """The sum ÷ the number of rows that have a number."""

    meaning: 'Text | None'
    """What it means, in words."""

    median: 'SourceColumn'
    """The middle number."""

    min: 'SourceColumn'
    """The smallest number."""

    min_coverage: 'Number | None'
    """The least share of a period's days that must be covered by data."""

    missing: 'Missing | None'
    """What is missing: `stays` (default), or counts as `zero`."""

    name: 'Text | None'
    """What it is called; default the id, or the standard KPI's name."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it."""

    ratio: 'Ratio'
    """One figure ÷ another, recomputed at every level."""

    redefined: 'Redefinition | Sequence[Redefinition] | None'
    """When it was redefined, oldest first."""

    rests_on: 'Id | Sequence[Id] | None'
    """The decisions that it rests on."""

    shortest: 'Shortest | None'
    """The shortest period in which it means something; default `week`."""

    stage: 'Id | None'
    """The stage that it belongs to."""

    sum: 'SourceColumn'
    """The exact sum."""

    summary: 'Summary'
    """A statistic of the numbers."""

    unit: 'Unit | None'
    """Its unit; required unless a standard KPI is picked."""

    values: 'Mapping[str, Text] | None'
    """Values that it states, by name. A decision fixes them for all that rests on it."""

    variance: 'Variance | None'
    """How its differences are judged, where that is not as for the whole system."""

    variant: 'Text | None'
    """The named convention that it follows."""

    weighted_mean: 'WeightedMean'
    """Σ(by × of) ÷ Σ by, over the rows that have both."""

    where: 'Where | None'
    """Which rows count."""


Language: TypeAlias = 'Literal["en", "de"]'
"""The language in which a system speaks.

```
use marketingos::{Language, Source, System};
let (system, _) = System::parse(&[Source::new("s.yaml", "{marketingos: 1, name: Kleine Firma, language: de}")])?;
assert_eq!(system.language(), Language::German);
assert_eq!(Language::German.code(), "de");
# Ok::<(), marketingos::Error>(())
```"""


class Layer(TypedDict, total=False):
    """A layer of brand or marketing."""

    confirmed_on: 'Day | None'
    """The day on which it was last found to fit these."""

    decisions: 'Mapping[str, Decision] | None'
    """The decisions settled in it, by id."""

    holds: 'Text | None'
    """What it holds."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it."""

    rests_on: 'Id | Sequence[Id] | None'
    """The decisions that it rests on."""

    values: 'Mapping[str, Text] | None'
    """Values that it states, by name. A decision fixes them for all that rests on it."""


class Lesson(TypedDict, total=False):
    """What was learned, and what was proposed because of it."""

    answer: 'ProposalAnswer | None'
    """What became of the proposal."""

    campaign: 'Id | None'
    """The campaign that it came from."""

    kpis: 'Id | Sequence[Id] | None'
    """The KPIs that show it."""

    lesson: 'Required[Text]'
    """What was learned."""

    outcome: 'Required[Text]'
    """What came out."""

    outcome_on: 'Required[Day]'
    """The day on which that was known."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it."""

    proposal: 'Proposal | None'
    """What was proposed because of it."""


class Levels(TypedDict, total=False):
    """The levels of a target, in the order of the KPI's direction."""

    excellent: 'Required[Number]'
    """What is more than was asked for."""

    good: 'Required[Number]'
    """The target."""

    minimum: 'Required[Number]'
    """What must be reached."""


Mark: TypeAlias = 'str'
"""A single mark, or `tab`."""


class Marketing(TypedDict, total=False):
    """How the brand ships, layer by layer."""

    audience: 'Layer'
    """Segments; the source the rest of the system inherits from."""

    channels: 'Layer'
    """Owned, earned and paid surfaces."""

    content: 'Layer'
    """The asset library the channels draw from."""

    lifecycle: 'Layer'
    """The stages a customer moves through."""

    measurement: 'Layer'
    """Named metrics, their cadence and review path."""

    operating: 'Layer'
    """The tools used every day to run it."""


class Materiality(TypedDict, total=False):
    """The size from which a change is material: it reaches all that are written."""

    absolute: 'Number | None'
    """In the KPI's unit; a rate's as a share."""

    relative: 'Number | None'
    """As a share of the base; for rates in points."""


class Measure(TypedDict, total=False):
    """A figure that KPIs are made of."""

    additivity: 'Additivity | None'
    """What must follow from the calculation."""

    approximate_distinct: 'SourceColumn'
    """The same by a sketch, so that cells stay small."""

    conversion: 'Conversion'
    """The share of the entities counted by `from` that `to` counts too."""

    count: 'Id'
    """The number of rows of a source."""

    credit: 'Credit'
    """What a count or sum owes to touches of the same entity before it."""

    cumulative: 'Cumulative'
    """A figure over a longer stretch that ends with the period."""

    daily_mean: 'SourceColumn'
    """A balance: the mean of the daily sums."""

    distinct: 'SourceColumn'
    """The number of different members of a dimension, or entities, exactly."""

    duration: 'Duration'
    """Days between an entity's first rows in both."""

    first: 'SourceColumn'
    """A balance: the sum over the rows of the period's first day that has rows."""

    formula: 'Text'
    """Figures and numbers with `+ - * /`, parentheses, `min`, `max`, `abs`, `coalesce`, `previous`, `prior_year`."""

    inputs: 'Mapping[str, Given] | None'
    """What the standard KPI is made of: a KPI or measure, a number, or a dimension."""

    kpi: 'Text'
    """A standard KPI, with its `variant` and `inputs`."""

    last: 'SourceColumn'
    """A balance: the sum over the rows of the period's last day that has rows."""

    max: 'SourceColumn'
    """The largest number."""

    mean: 'SourceColumn'
    """The sum ÷ the number of rows that have a number."""

    median: 'SourceColumn'
    """The middle number."""

    min: 'SourceColumn'
    """The smallest number."""

    missing: 'Missing | None'
    """What is missing: `stays` (default), or counts as `zero`."""

    name: 'Text | None'
    """What it is called; default the id."""

    ratio: 'Ratio'
    """One figure ÷ another, recomputed at every level."""

    sum: 'SourceColumn'
    """The exact sum."""

    summary: 'Summary'
    """A statistic of the numbers."""

    unit: 'Unit | None'
    """Its unit; default what follows from the calculation."""

    variant: 'Id | None'
    """The variant of the standard KPI that is picked."""

    weighted_mean: 'WeightedMean'
    """Σ(by × of) ÷ Σ by, over the rows that have both."""

    where: 'Where | None'
    """Which rows count."""


class MeasureColumnInFull(TypedDict, total=False):
    """A column of numbers; written short, its name."""

    additivity: 'Additivity | None'
    """`additive` (default: an amount), `semi_additive` (a balance) or `non_additive` (a rate)."""

    column: 'Text | None'
    """The name of the column; default the id."""

    decimal: 'Mark | None'
    """The decimal mark; default `.`."""

    thousands: 'Mark | None'
    """The mark between thousands; default none."""

    unit: 'Unit | None'
    """The unit; not checked where it is left out."""


MeasureColumn: TypeAlias = 'Text | MeasureColumnInFull'


MeasureColumns: TypeAlias = 'Id | Sequence[Id] | Mapping[str, MeasureColumn] | None'
"""The name of a column of numbers, if it is an id; a list of these; or columns by id."""


Member: TypeAlias = 'Text | None'
"""A member of a dimension; `null` for the null member."""


Members: TypeAlias = 'Text | None | Sequence[Text | None]'
"""A member, a list of members, or `null` for the null member."""


Missing: TypeAlias = 'Literal["stays", "zero"]'
"""What stands in for a missing value (domain D9: missing is not zero, unless its author says so)."""


class MomentInFull(TypedDict, total=False):
    """A moment worth marketing into; written short, its name."""

    channels: 'Id | Sequence[Id] | None'
    """The channels that serve it."""

    name: 'Required[Text]'
    """What it is called."""

    segments: 'Id | Sequence[Id] | None'
    """The segments that live through it."""


Moment: TypeAlias = 'Text | MomentInFull'


Money: TypeAlias = 'str'
"""A number and an ISO 4217 currency code."""


Month: TypeAlias = 'Literal["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]'
"""A month of the calendar."""


NamedBy: TypeAlias = 'Literal["start", "end"]'
"""Which calendar year a fiscal year is named by: that of the first day or that of the last day
of the twelve calendar months that it follows. A retail year that ends on the Saturday nearest
to 31 December 2020 is named 2020, although it ends on 2 January 2021."""


Number: TypeAlias = str | int | float | Decimal
"""A plain decimal, with `_` between digits if you like, and `%` after it for a share."""


OnHoliday: TypeAlias = 'Literal["next", "before", "skip"]'
"""What becomes of something that is due on a holiday.

```
use marketingos::OnHoliday;
assert_eq!(OnHoliday::default(), OnHoliday::Next);
assert_eq!(OnHoliday::Before.word(), "before");
```"""


Over: TypeAlias = 'Literal["week_to_date", "month_to_date", "quarter_to_date", "year_to_date", "all_time"] | Mapping[Literal["periods"], int | str]'
"""So many periods, this one included; or from the start of something."""


Period: TypeAlias = str | int
"""A week `2026-W31`, month `2026-08`, quarter `2026-Q3` or year `2026`; `FY2026-Q3` and `FY2026` where the fiscal year does not start in January; or as the calendar names it."""


class PeriodNames(TypedDict, total=False):
    """Templates for the names of periods, such as `Q{quarter} FY{yy}`."""

    month: 'Text | None'
    """A month, with `{month}` or `{mm}`."""

    quarter: 'Text | None'
    """A quarter, with `{quarter}`."""

    week: 'Text | None'
    """A week, with `{week}` or `{ww}`."""

    year: 'Text | None'
    """A year, with `{year}` or `{yy}`."""


class PersonInFull(TypedDict, total=False):
    """Somebody; written short, the name."""

    name: 'Text | None'
    """What they are called; default the id."""

    role: 'Text | None'
    """What they do."""


Person: TypeAlias = 'Text | PersonInFull'


Phasing: TypeAlias = 'Literal["linear", "working_days", "last_year"]'
"""How the target of an amount is spread over the days of its period."""


class Plan(TypedDict, total=False):
    """The plan."""

    budget: 'Budget | Sequence[Budget] | None'
    """The budgets, one for each period."""

    name: 'Text | None'
    """What it is called."""

    scenarios: 'Mapping[str, Scenario] | None'
    """Other sets of targets beside the plan, by id: forecasts, budgets, cases."""

    targets: 'Mapping[str, Target | Sequence[Target] | None] | None'
    """The targets of each KPI, by its id."""


class ProcessChange(TypedDict, total=False):
    """A change of a process that was made on purpose."""

    on: 'Required[Day]'
    """From which day; limits start anew with the period in which it lies."""

    reason: 'Required[Text]'
    """What was changed."""


class Proposal(TypedDict, total=False):
    """A change of a decision that a lesson proposes."""

    change: 'Required[Text]'
    """The change, in words."""

    decision: 'Required[Id]'
    """The decision that it would change."""

    on: 'Required[Day]'
    """The day on which it was proposed."""


class ProposalAnswer(TypedDict, total=False):
    """What became of a proposal: a revision, or a refusal and why."""

    reason: 'Text | None'
    """Why it was refused."""

    refused_on: 'Day | None'
    """The day on which the proposal was refused."""

    revised_on: 'Day | None'
    """The day on which the decision was revised."""


class Ratio(TypedDict, total=False):
    """One figure ÷ another."""

    denominator: 'Required[Id]'
    """The KPI or measure by which it is divided."""

    numerator: 'Required[Id]'
    """The KPI or measure that is divided."""


RecordedUntil: TypeAlias = 'Literal["as_of", "last_row"] | Day'
"""A day, `as_of` (complete up to the as-of date) or `last_row` (default)."""


class Redefinition(TypedDict, total=False):
    """A change of what a KPI means: figures from before are of something else."""

    on: 'Required[Day]'
    """The day from which it is so."""

    reason: 'Required[Text]'
    """What was changed, and why."""

    restated: 'YesNo | None'
    """Whether the figures from before were computed anew, so that they mean the same."""


ReportLength: TypeAlias = 'Literal["short", "standard", "full"] | int'
"""`short` (3 points a section), `standard` (8), `full`, or the most points of a section."""


class ReportTemplate(TypedDict, total=False):
    """The monthly report."""

    kpis: 'Id | Sequence[Id] | None'
    """The only KPIs that it is about, in order; default all."""

    language: 'Language | None'
    """Its language; default that of the system."""

    length: 'ReportLength | None'
    """How much it says: `short`, `standard`, `full` (default) or the most points of a section."""

    sections: 'SectionTemplate | Sequence[SectionTemplate] | None'
    """Its sections in order; default all of which there is something to say."""

    title: 'Text | None'
    """Its title; default `Monthly marketing report`."""


# A review that is held again and again.
Review = TypedDict(
    "Review",
    {
        # The time of day at which it starts.
        "at": 'TimeOfDay | None',
        # `weekly`, `monthly` or `quarterly`.
        "cadence": 'Required[Cadence]',
        # When it is held, in words.
        "day": 'Text | None',
        # Who else holds it when they are away.
        "deputy": 'Id | None',
        # To whom it escalates.
        "escalates_to": 'Required[Id]',
        # The day from which its rhythm counts.
        "from": 'Day | None',
        # Who holds it.
        "held_by": 'Required[Id]',
        # How long it is, in minutes; default 30.
        "minutes": 'int | str | None',
        # What it is called; default the id.
        "name": 'Text | None',
        # What becomes of a due date on a holiday; default `next`.
        "on_holiday": 'OnHoliday | None',
    },
    total=False,
)


class Revision(TypedDict, total=False):
    """A revision of a decision."""

    before: 'Text | None'
    """What was decided before."""

    evidence: 'Text | None'
    """What that rests on."""

    on: 'Required[Day]'
    """The day from which it is so."""

    reason: 'Required[Text]'
    """Why."""


class Rhythm(TypedDict, total=False):
    """When the components of a running system are due, that have no reviews."""

    dashboard: 'ComponentCadence | None'
    """The dashboard, which is refreshed."""

    kpi_set: 'ComponentCadence | None'
    """The KPI set, which is set anew."""

    plan: 'ComponentCadence | None'
    """Plan and budget."""

    report: 'ComponentCadence | None'
    """The written report."""


Rows: TypeAlias = 'Literal["events", "daily"]'
"""What the absence of a row on a day means."""


RuleSet: TypeAlias = 'Literal["wheeler", "western_electric", "nelson", "nhs"]'
"""A published set of rules that tell a signal from noise."""


Rung: TypeAlias = 'Literal["owner", "operator", "executive"]'
"""A rung of the escalation ladder."""


class Scenario(TypedDict, total=False):
    """A set of targets beside the plan."""

    code: 'Required[ShortCode]'
    """One to four upper-case letters and digits: `FC` for a forecast, `BU` for a budget, or your own."""

    name: 'Text | None'
    """What it is called; default the id."""

    targets: 'Mapping[str, Target | Sequence[Target] | None] | None'
    """The targets of each KPI, by its id."""


Section: TypeAlias = 'Literal["summary", "scorecard", "what_happened", "landing", "budget", "actions", "needs", "decisions", "commentary", "plan", "definitions"]'
"""A section of the monthly report."""


class SectionTemplateInFull(TypedDict, total=False):
    """A section of the monthly report; written short, its name."""

    kpis: 'Id | Sequence[Id] | None'
    """The only KPIs that it is about, in order; default those of the report."""

    most: 'int | str | None'
    """The most points in it, whatever the length of the report."""

    section: 'Required[Section]'
    """Which one."""

    title: 'Text | None'
    """Its title; default what the language calls it."""


SectionTemplate: TypeAlias = 'Section | SectionTemplateInFull'


class SegmentInFull(TypedDict, total=False):
    """Whom the system is for; written short, the definition."""

    cares_about: 'Text | Sequence[Text] | None'
    """What they care about."""

    confirmed_on: 'Day | None'
    """The day on which it was last found to fit these."""

    definition: 'Required[Text]'
    """Who belongs to it."""

    lives: 'Text | Sequence[Text] | None'
    """Where they live: the places where they can be met."""

    name: 'Text | None'
    """What it is called; default the id."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it."""

    rests_on: 'Id | Sequence[Id] | None'
    """The decisions that it rests on."""

    values: 'Mapping[str, Text] | None'
    """Values that it states, by name. A decision fixes them for all that rests on it."""


Segment: TypeAlias = 'Text | SegmentInFull'


ShortCode: TypeAlias = 'str'
"""One to four upper-case letters and digits, a letter first, that do not mean anything else already."""


Shortest: TypeAlias = 'Literal["week", "month", "quarter", "year"]'
"""The shortest period in which a KPI means something."""


class Signals(TypedDict, total=False):
    """What process limits rest on."""

    centre: 'Centre | None'
    """What the limits lie about; default `mean`."""

    min_points: 'int | str | None'
    """The least number of values among them, from 2 to the window; default 8."""

    rules: 'RuleSet | None'
    """The rules that a signal breaks; default `wheeler`."""

    window: 'int | str | None'
    """How many periods; default 24."""


class Source(TypedDict, total=False):
    """A table of facts."""

    date: 'Required[DateColumn]'
    """The column that dates a row."""

    dimensions: 'Columns | None'
    """The columns that rows are told apart by."""

    entity: 'Columns | None'
    """The column that names what a row is about."""

    measures: 'MeasureColumns | None'
    """The columns that hold numbers."""

    recorded_at: 'DateColumn | None'
    """The column that says since when a row was known, written like `date`; default: at once."""

    recorded_from: 'Day | None'
    """The first day of recording; default the first row's."""

    recorded_until: 'RecordedUntil | None'
    """Until when days are known to have been recorded; default `last_row`."""

    rows: 'Required[Rows]'
    """`events`: a day without rows, while recording went on, had none; `daily`: such a day is missing."""

    separator: 'Mark | None'
    """The mark between cells; default `,`."""

    superseded_at: 'DateColumn | None'
    """The column that says since when a row is no longer what is known, empty while it is; written like `date`."""


SourceColumn: TypeAlias = 'str'
"""A column of a source, written `source.column`."""


class StageInFull(TypedDict, total=False):
    """A stage of the lifecycle; written short, its name."""

    metric: 'Id | None'
    """The KPI that measures it."""

    moments: 'Moment | Sequence[Moment] | None'
    """The moments worth marketing into."""

    name: 'Text | None'
    """What it is called; default the id."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it."""


Stage: TypeAlias = 'Text | StageInFull'


Statistic: TypeAlias = 'str'
"""`mean`, `median`, `min`, `max`, or a percentile from `p1` to `p99`."""


class Summary(TypedDict, total=False):
    """A statistic of the numbers of a measure."""

    of: 'Required[SourceColumn]'
    """The measure, as `source.measure`."""

    statistic: 'Required[Statistic]'
    """Which statistic; percentiles are linear between neighbours."""


# A target: for which periods, and what is aimed at.
Target = TypedDict(
    "Target",
    {
        # At least so much.
        "at_least": 'Number | None',
        # At most so much.
        "at_most": 'Number | None',
        # The members that it is for, one of each dimension; the KPI's total without.
        "by": 'Mapping[str, Member] | None',
        # Where it is written.
        "document": 'Text | None',
        # The first of several periods.
        "from": 'Period | None',
        # The upper bound, for a KPI whose direction is `band`.
        "high": 'Number | None',
        # Several levels, of which the good one is the target.
        "levels": 'Levels | None',
        # The lower bound, for a KPI whose direction is `band`.
        "low": 'Number | None',
        # The period that it is for.
        "period": 'Period | None',
        # How an amount is spread over the days of its period: `linear` (default), `working_days` or `last_year`.
        "phasing": 'Phasing | None',
        # Who set it.
        "set_by": 'Id | None',
        # When it was set; it is not known before.
        "set_on": 'Day | None',
        # The baseline before the first period, from which the target moves in equal steps to the value in the last one.
        "start": 'Number | None',
        # `agreed` (default), `proposed`, `placeholder` or `inferred`.
        "status": 'TargetStatus | None',
        # The last of several periods.
        "to": 'Period | None',
        # What is aimed at.
        "value": 'Number | None',
        # Instead, a weight for each quarter or month of a year, or month of a quarter.
        "weights": 'Number | Sequence[Number] | None',
    },
    total=False,
)


TargetStatus: TypeAlias = 'Literal["agreed", "proposed", "placeholder", "inferred"]'
"""How firm a target is."""


TimeOfDay: TypeAlias = 'str'
"""A time of day, `HH:MM`."""


class Tool(TypedDict, total=False):
    """Something that the work is done with."""

    cost: 'Cost | None'
    """What it costs."""

    kind: 'Text | None'
    """What kind of tool it is."""

    name: 'Text | None'
    """What it is called; default the id."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it."""

    serves: 'Id | Sequence[Id] | None'
    """The workflows that it serves."""


class Trigger(TypedDict, total=False):
    """What escalates, and to whom."""

    by: 'Number | None'
    """By more than this share; with `off_target`, `pace` and `budget_overrun`, default 0."""

    climbs_after: 'int | str | None'
    """One rung up for each so many days that it lasts and nobody acknowledges it; default never."""

    days: 'int | str | None'
    """With `pace`, for so many days in a row, at most 98, default 1; with `overdue`, later than so many days, default 0."""

    each: 'Each | None'
    """The length of the periods that are looked at; not with `budget_overrun`, `overdue` and `unowned`, default `month`."""

    kpis: 'Id | Sequence[Id] | None'
    """The KPIs that it is about; not with `budget_overrun` and `overdue`, default all."""

    periods: 'int | str | None'
    """For so many periods in a row; only with `off_target`, default 1."""

    quiet_days: 'int | str | None'
    """For so many days an acknowledgement keeps it quiet; default as long as it lasts."""

    to: 'Required[Rung]'
    """To whom at first; `owner` goes to the operator where there is no owner."""

    when: 'Required[When]'
    """What fires it."""


Unit: TypeAlias = 'str'
"""A currency code, `count`, `count of things`, `ratio`, `percent`, `days`, `months` or `score`; after it, up to three times, `per day`, `per month` or `per` and a counted thing."""


class Variance(TypedDict, total=False):
    """How differences are judged."""

    attainment: 'AttainmentRule | Sequence[AttainmentRule] | None'
    """How attainment is computed: the first that suits the KPI's direction."""

    material: 'Materiality | None'
    """From where on a change is material."""

    neutral: 'Number | None'
    """A change of at most this share of the base, or for rates of so many points, is neutral."""


Week53: TypeAlias = 'Literal["restated", "not_restated"]'
"""What a retail year is compared with when the year before it has a 53rd week."""


WeekPattern: TypeAlias = 'Literal["4-4-5", "4-5-4", "5-4-4", "nrf"]'
"""The weeks of a quarter's three months."""


Weekday: TypeAlias = 'Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]'
"""A day of the week."""


class WeightedMean(TypedDict, total=False):
    """Σ(by × of) ÷ Σ by."""

    by: 'Required[Id]'
    """A measure of the same source that weighs."""

    of: 'Required[SourceColumn]'
    """The measure, as `source.measure`."""


When: TypeAlias = 'Literal["off_target", "adverse_signal", "no_value", "pace", "budget_overrun", "overdue", "unowned"]'
"""What fires a trigger."""


Where: TypeAlias = 'Text | Mapping[str, Members]'
"""A condition such as `channel = 'paid' and amount > 100`, or dimensions and their members; under `not`, what is left out."""


class Workflow(TypedDict, total=False):
    """Work that is done again and again."""

    critical: 'YesNo | None'
    """Whether it is the one to perfect first; at most one is."""

    name: 'Text | None'
    """What it is called; default the id."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who answers for it."""

    runs_per_month: 'Number | None'
    """How often it runs in a month; default 1."""

    steps: 'Mapping[str, WorkflowStep] | None'
    """Its steps in order, by id."""


class WorkflowStepInFull(TypedDict, total=False):
    """A step of a workflow; written short, its name."""

    from_scratch: 'YesNo | None'
    """Whether it starts from nothing."""

    handoff_hours: 'Number | None'
    """The most hours until the next step begins."""

    hours: 'Number | None'
    """How many hours of work it is."""

    makes: 'Id | Sequence[Id] | None'
    """What it makes."""

    name: 'Text | None'
    """What it is called; default the id."""

    needs: 'Id | Sequence[Id] | None'
    """What it needs: inputs, assets, sources, or what steps make."""

    owner: 'Assignment | Sequence[Assignment] | None'
    """Who does it."""

    template: 'Id | None'
    """The template that it starts from."""

    tool: 'Id | None'
    """The tool that it is done with."""


WorkflowStep: TypeAlias = 'Text | WorkflowStepInFull'


class YearEnd(TypedDict, total=False):
    """When a retail year ends."""

    month: 'Required[Month]'
    """The month with which it ends."""

    rule: 'Required[YearEndRule]'
    """The `last` such weekday in the month, or the one `nearest` to the month's end."""

    weekday: 'Required[Weekday]'
    """The weekday on which it ends."""


YearEndRule: TypeAlias = 'Literal["last", "nearest"]'
"""Which of the days of its weekday ends a retail year. Both rules stand in the United States'
Treasury Regulation § 1.441-2(a)(1), on taxable years of 52–53 weeks."""


YesNo: TypeAlias = bool | Literal["yes", "no", "true", "false"]
"""`yes` or `no`."""


class System(TypedDict, total=False):
    """The written system of a marketing team, as marketingos reads it."""

    assets: 'Mapping[str, Asset] | None'
    """The library that channels draw from, by id."""

    brand: 'Brand | None'
    """What the brand is."""

    calendar: 'Calendar | None'
    """When years and weeks start, and how periods are called."""

    campaigns: 'Mapping[str, Campaign] | None'
    """The campaigns, by id."""

    channels: 'Mapping[str, Channel] | None'
    """The channels, by id."""

    escalation: 'Trigger | Sequence[Trigger] | None'
    """What escalates, and to whom."""

    executive: 'Id | None'
    """The person to whom the monthly report goes."""

    frameworks: 'Mapping[str, Framework] | None'
    """Other ways to name the parts of the same system, by id."""

    include: 'Text | Sequence[Text] | None'
    """The names of further texts that are parts of this system; the host finds them."""

    inputs: 'Mapping[str, Input] | None'
    """What flows in, by id."""

    kpis: 'Mapping[str, Kpi] | None'
    """The short list of KPIs, by id."""

    language: 'Language | None'
    """The language in which it speaks: `en` (default) or `de`."""

    lessons: 'Mapping[str, Lesson] | None'
    """What was learned, by id."""

    marketing: 'Marketing | None'
    """How the brand ships."""

    marketingos: 'Literal[1, "1"]'
    """The version of the format."""

    measures: 'Mapping[str, Measure] | None'
    """Figures that KPIs are made of, by id."""

    min_coverage: 'Number | None'
    """The least share of a period's days that must be covered by data; default `100 %`."""

    name: 'Text | None'
    """What the company or team is called; required in one of the texts."""

    operator: 'Assignment | Sequence[Assignment] | None'
    """The one person who is accountable for the whole."""

    parent: 'Text | None'
    """The name of the text of the parent system, which the host finds."""

    people: 'Mapping[str, Person] | None'
    """The people, by id."""

    plan: 'Plan | None'
    """The plan and its targets."""

    report: 'ReportTemplate | None'
    """The monthly report."""

    reviews: 'Mapping[str, Review] | None'
    """The reviews, by id."""

    rhythm: 'Rhythm | None'
    """When the components that have no reviews are due."""

    segments: 'Mapping[str, Segment] | None'
    """The segments, by id."""

    signals: 'Signals | None'
    """What process limits rest on."""

    sources: 'Mapping[str, Source] | None'
    """Tables of facts, by id."""

    stages: 'Mapping[str, Stage] | None'
    """The stages of the lifecycle in order, by id."""

    tools: 'Mapping[str, Tool] | None'
    """What the work is done with, by id."""

    variance: 'Variance | None'
    """How differences are judged."""

    wording: 'Mapping[str, Text] | None'
    """Messages that it says in its own way: the keys of messages with their patterns."""

    workflows: 'Mapping[str, Workflow] | None'
    """Work that is done again and again, by id."""
