//! Titles, legends and descriptions of charts.

macro_rules! charts {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! {
            $($then)*; $($before)*
            // Why something changed
            ExplainedPlanned "explained_planned" "{name} came in as planned for {period}" "{name}: genau wie geplant ({period})";
            ExplainedBelow "explained_below" "{name} came in {size} below {plan} for {period}" "{name}: um {size} unter {plan} ({period})";
            ExplainedAbove "explained_above" "{name} came in {size} above {plan} for {period}" "{name}: um {size} über {plan} ({period})";
            ExplainedSame "explained_same" "{name} did not change against {period}" "{name}: unverändert gegenüber {period:to}";
            ExplainedFell "explained_fell" "{name} fell by {size} against {period}" "{name}: Rückgang um {size} gegenüber {period:to}";
            ExplainedRose "explained_rose" "{name} rose by {size} against {period}" "{name}: Anstieg um {size} gegenüber {period:to}";
            ExplainedNot "explained_not" "{name} cannot be compared: {cause}" "{name}: nicht vergleichbar ({cause})";
            ExplainedParts "explained_parts" "{text}: {parts}" "{text}; davon {parts}";
            ExplainedMost "explained_most" "{text}; most of it by {parts}" "{text}; größtenteils durch {parts}";
            ExplainedLargest "explained_largest" "{text}; the largest {count|part is|parts are} {parts}" "{text}; {count|größter Teil|größte Teile}: {parts}";
            ThePlan "the_plan" "the plan" "dem Plan";
            EffectRate "effect_rate" "rates" "Raten";
            EffectMix "effect_mix" "mix" "Mix";
            EffectInteraction "effect_interaction" "rates and mix together" "Raten und Mix zusammen";
            EffectPriceVolume "effect_price_volume" "prices and volume together" "Preise und Menge zusammen";
            EffectPrice "effect_price" "prices" "Preise";
            EffectVolume "effect_volume" "volume" "Menge";
            EffectNew "effect_new" "new members" "neue Ausprägungen";
            EffectDiscontinued "effect_discontinued" "members that are gone" "weggefallene Ausprägungen";
            EffectWithoutBase "effect_without_base" "what has no base" "was keine Basis hat";
            // What a process chart says
            SpecialCauseImprovement "special_cause_improvement" "special cause, improvement" "Signal, Verbesserung";
            SpecialCauseConcern "special_cause_concern" "special cause, concern" "Signal, Verschlechterung";
            SpecialCause "special_cause" "special cause" "Signal";
            CommonCause "common_cause" "common cause" "übliche Schwankung";
            ReliablyMeets "reliably_meets" "reliably meets the target of {target}" "erreicht zuverlässig das Ziel ({target})";
            ReliablyMisses "reliably_misses" "reliably misses the target of {target}" "verfehlt zuverlässig das Ziel ({target})";
            HitOrMiss "hit_or_miss" "hit or miss against the target of {target}" "Zufall, ob das Ziel ({target}) erreicht wird";
            ChartTold "chart_told" "{name} in {period}: {told}." "{name}, {period}: {told}.";
            // Where running periods will end, as a line tells it
            LandsNamed "lands_named" "{name}, {told}" "{name}, {told}";
            LandsOver "lands_over" "{period}: {projected}; it is over." "{period}: {projected}; der Zeitraum ist vorbei.";
            LandsRunRate "lands_run_rate" "At the run-rate so far it would be {projected}." "Beim bisherigen Tempo wären es: {projected}.";
            LandsTargetUnknown "lands_target_unknown" "The target cannot be told: {cause}." "Das Ziel lässt sich nicht sagen: {cause}.";
            LandsMethod "lands_method" "Method: {method}." "Verfahren: {method}.";
            LandsMethodPeriods "lands_method_periods" "Method: {method} of earlier periods." "Verfahren: {method} nach früheren Zeiträumen.";
            MethodRunRate "method_run_rate" "run-rate" "Hochrechnung im bisherigen Tempo";
            MethodSeasonalNaive "method_seasonal_naive" "seasonal naive" "saisonal naiv";
            MethodLastYear "method_last_year" "last year's shape" "Verlauf des Vorjahres";
            MethodDampedTrend "method_damped_trend" "damped trend" "gedämpfter Trend";
            MethodCombination "method_combination" "a combination of methods" "Kombination mehrerer Verfahren";
        }
    };
}
