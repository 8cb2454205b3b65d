//! Titles, legends and descriptions of charts.

macro_rules! charts {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! {
            $($then)*; $($before)*
            // What charts have in common
            NoKpis "no_kpis" "There are no KPIs." "Es gibt keine Kennzahlen.";
            AndMore "and_more" "and {count} more" "und {count} weitere";
            NothingToDraw "nothing_to_draw" "There is nothing to draw." "Es gibt nichts zu zeichnen.";
            TitledAsOf "titled_as_of" "{title}, as of {date}" "{title}, Stand {date}";
            // The scorecard's variances
            VarianceTitle "variance_title" "{name}: variances against plan" "{name}: Abweichungen vom Plan";
            VarianceLegend "variance_legend" "AC actual, PL plan, ΔPL = AC − PL. Bars of one unit share a scale; pins share one up to ±100%, and an arrow goes beyond. ✓ favourable, ✗ adverse." "AC Ist, PL Plan, ΔPL = AC − PL. Balken einer Einheit haben dieselbe Skala; Nadeln haben eine gemeinsame bis ±100\u{a0}%, ein Pfeil geht darüber hinaus. ✓ günstig, ✗ ungünstig.";
            // The weekly review
            WeeklyTitle "weekly_title" "{name}: weekly business review" "{name}: wöchentliche Durchsicht";
            WeeklyLegend "weekly_legend" "● AC actual; ■ lighter: PY the same period of the year before; ◇ PL target; PP the period before. Weeks and months have scales of their own." "● AC Ist; ■ heller: PY derselbe Zeitraum des Vorjahres; ◇ PL Ziel; PP Vorperiode. Wochen und Monate haben eigene Skalen.";
            NoPeriodValue "no_period_value" "no period has a value" "kein Zeitraum hat einen Wert";
            SpanWeeks "span_weeks" "Weeks" "Wochen";
            SpanMonths "span_months" "Months" "Monate";
            Against "against" "against {code} {change}" "gegenüber {code} {change}";
            // What a change is made of
            WaterfallTitle "waterfall_title" "{name}: from {base} to {actual}" "{name}: von {base} zu {actual}";
            LastTogether "last_together" "the last of {count} together" "der letzte Teil: {count} zusammen";
            NothingToSplit "nothing_to_split" "there is nothing to split" "es gibt nichts aufzuteilen";
            NotSplit "not_split" "Not split: {cause}." "Nicht aufgeteilt: {cause}.";
            PlanFigures "plan_figures" "the plan's own figures" "Planwerte, die nicht zusammenpassen";
            AxisBegins "axis_begins" "the axis begins at {value}" "die Achse beginnt bei {value}";
            // Where periods will end
            LandingsTitle "landings_title" "Where running periods will land" "Wo laufende Zeiträume enden werden";
            LandingTitle "landing_title" "{name}: where {period} will land" "{name}: wo {period} enden wird";
            LandingLegend "landing_legend" "Solid: AC so far. Dotted, ◇: PL the plan. Dashed, ◆: FC the forecast, with the hatched interval that is to hold 80% of outcomes." "Durchgezogen: AC bisher. Gepunktet, ◇: PL der Plan. Gestrichelt, ◆: FC die Prognose mit dem schraffierten Intervall, in dem 80\u{a0}% der Ergebnisse liegen sollen.";
            LandingSoFar "landing_so_far" "So far {actual} by {date}, expected {expected}." "Bisher {actual} bis zum {date}, erwartet: {expected}.";
            // The budget
            BudgetLegend "budget_legend" "Outlined: PL what is allotted. Solid: AC what is spent. Hatched: what is committed. The mark: what the plan is by now. ✓ less than that, ✗ more." "Umrandet: PL zugewiesen. Gefüllt: AC ausgegeben. Schraffiert: gebunden. Die Marke: der Plan bis heute. ✓ weniger als das, ✗ mehr.";
            BudgetRow "budget_row" "AC {spent} of PL {revised}, {variance}" "AC {spent} von PL {revised}, {variance}";
            AllLines "all_lines" "All lines" "Alle Posten";
            BudgetLineTold "budget_line_told" "{name}: spent {spent} of {revised}, by plan {planned} by now; committed {committed}, remaining {remaining}." "{name}: ausgegeben {spent} von {revised}, Plan bis heute {planned}; gebunden {committed}, verfügbar {remaining}.";
            BudgetLineVaries "budget_line_varies" "{name}: spent {spent} of {revised}, by plan {planned} by now, {variance}, {impact}; committed {committed}, remaining {remaining}." "{name}: ausgegeben {spent} von {revised}, Plan bis heute {planned}, {variance}, {impact}; gebunden {committed}, verfügbar {remaining}.";
            // The process behaviour chart
            XmrTitle "xmr_title" "{name}: process behaviour by {grain}" "{name}: Prozesskarte (Zeitraum: {grain})";
            XmrLegend "xmr_legend" "Lines: centre, and dashed the limits. ◆ a signal. Hollow points are not judged, or not complete; a triangle lies beyond the scale." "Linien: Mitte, gestrichelt die Grenzen. ◆ ein Signal. Hohle Punkte sind nicht bewertet oder unvollständig; ein Dreieck liegt jenseits der Skala.";
            NothingToChart "nothing_to_chart" "There is nothing to draw: no period has a value." "Es gibt nichts zu zeichnen: Kein Zeitraum hat einen Wert.";
            MovingRange "moving_range" "Moving range" "Gleitende Spannweite";
            SegmentFrom "segment_from" "From {period}: {told}" "Ab {period}: {told}";
            SegmentFromFor "segment_from_for" "From {period} ({reason}): {told}" "Ab {period} ({reason}): {told}";
            TooFewForLimits "too_few_for_limits" "too few points for limits" "zu wenige Punkte für Grenzen";
            CentreLimits "centre_limits" "centre {centre}, limits {lower} to {upper}" "Mitte {centre}, Grenzen {lower} bis {upper}";
            ASignal "a_signal" "a signal: {rules}" "Signal: {rules}";
            SoFar "so_far" "{value} so far" "bisher {value}";
            // What rests on a decision
            ImpactTitle "impact_title" "What rests on {decision}" "Was auf {decision} beruht";
            ImpactSummary "impact_summary" "{statement} ({count} rest on it, {stale} of them stale)" "{statement} (darauf beruhen: {count}, davon veraltet: {stale})";
            ImpactRevised "impact_revised" "{statement} ({count} rest on it, {stale} of them stale, revised on {date})" "{statement} (darauf beruhen: {count}, davon veraltet: {stale}, geändert am {date})";
            ImpactMore "impact_more" "and {count} more, {stale} of them stale" "und {count} weitere, davon veraltet: {stale}";
            ImpactPart "impact_part" "{kind} {name}" "{kind} {name}";
            ImpactTold "impact_told" "{name}, {owner}, rests on {decision}: {status}." "{name}, {owner}, beruht auf {decision}: {status}.";
            OwnedBy "owned_by" "owned by {person}" "verantwortlich: {person}";
            Stale "stale" "stale" "veraltet";
            Confirmed "confirmed" "confirmed" "bestätigt";
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
