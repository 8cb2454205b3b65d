//! What results have in English, and what is told again from there.

macro_rules! retold {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! {
            $($then)*; $($before)*
            // What stands in results as the English has it, and is told again in another language by its
            // pattern, the first that matches: for how long, why there is no number, what a reader must
            // know of one. See `retold`.
            AtLeast "at_least" "at least {lasting}" "mindestens {lasting}";
            MissedFor "missed_for" "It has missed its target for {lasting}." "Das Ziel wurde {lasting} verfehlt.";
            MissedByFor "missed_by_for" "It has missed its target by more than {share} for {lasting}." "Das Ziel wurde {lasting} um mehr als {share} verfehlt.";
            NeverHadValue "never_had_value" "It has never had a value." "Ein Wert lag noch nie vor.";
            NoValueSince "no_value_since" "It has had no value for {lasting}." "Ein Wert fehlt {lasting}.";
            LastingWeeks "lasting_weeks" "{count} {count|week|weeks in a row}" "{count} {count|Woche lang|Wochen in Folge}";
            LastingMonths "lasting_months" "{count} {count|month|months in a row}" "{count} {count|Monat lang|Monate in Folge}";
            LastingQuarters "lasting_quarters" "{count} {count|quarter|quarters in a row}" "{count} {count|Quartal lang|Quartale in Folge}";
            LastingYears "lasting_years" "{count} {count|year|years in a row}" "{count} {count|Jahr lang|Jahre in Folge}";
            ClearsOnTarget "clears_on_target" "a {grain} on target" "{grain} im Ziel";
            ClearsWithin "clears_within" "a {grain} that misses the target by no more than {share}" "{grain} mit einer Abweichung vom Ziel von höchstens {share}";
            ClearsChart "clears_chart" "a value that breaks no rule of its process chart" "ein Wert, der keine Regel der Prozesskarte verletzt";
            ClearsData "clears_data" "complete data for the period" "vollständige Daten für den Zeitraum";
            CauseNoDataYet "cause_no_data_yet" "there are no data for {period} yet" "für {period} liegen noch keine Daten vor";
            CauseNoDataLastMonth "cause_no_data_last_month" "there are no data for the last month" "für den letzten Monat liegen keine Daten vor";
            CauseNoData "cause_no_data" "there are no data for {period}" "für {period} liegen keine Daten vor";
            CauseNoRows "cause_no_rows" "there are no rows in {period}" "in {period} gibt es keine Zeilen";
            CauseNoFirstDay "cause_no_first_day" "there are no rows of {date}, the first day with rows" "vom {date}, dem ersten Tag mit Zeilen, gibt es hier keine";
            CauseNoLastDay "cause_no_last_day" "there are no rows of {date}, the last day with rows" "vom {date}, dem letzten Tag mit Zeilen, gibt es hier keine";
            CauseSourceEmpty "cause_source_empty" "`{figure}` has no data in {period}" "`{figure}` hat keine Daten in {period}";
            CauseNoEarlier "cause_no_earlier" "`{figure}` has no such earlier period" "`{figure}` hat keinen solchen früheren Zeitraum";
            CauseRedefined "cause_redefined" "`{figure}` was redefined on {date}: {reason}" "`{figure}` wurde am {date} neu definiert: {reason}";
            CauseZero "cause_zero" "`{figure}` is zero" "`{figure}` ist null";
            CauseNoNumber "cause_no_number" "no row has a number" "keine Zeile enthält eine Zahl";
            CauseUnequalCover "cause_unequal_cover" "{days} of {of} days are covered, and {others} of {all} of the other" "{days} von {of} Tagen sind abgedeckt, beim anderen {others} von {all}";
            CauseUnevenPlan "cause_uneven_plan" "{days} of {of} days are covered, and the plan is not the same for each of them" "{days} von {of} Tagen sind abgedeckt, und der Plan ist nicht für jeden gleich";
            CausePeriodRuns "cause_period_runs" "the period ends on {date}; {cause}" "der Zeitraum endet am {date}; {cause}";
            CauseZeroBy "cause_zero_by" "{cause}; counts as zero by its definition" "{cause}; zählt laut Definition als null";
            CauseCovered "cause_covered" "{days} of {of} days are covered" "{days} von {of} Tagen sind abgedeckt";
            CauseUncoveredZero "cause_uncovered_zero" "{days} of {of} days are not covered, and count as zero by its definition" "{days} von {of} Tagen sind nicht abgedeckt und zählen laut Definition als null";
            CauseRowsZero "cause_rows_zero" "{without} of {rows} rows have no number and count as zero by its definition" "{without} von {rows} Zeilen enthalten keine Zahl und zählen laut Definition als null";
            CauseRowsNothing "cause_rows_nothing" "{without} of {rows} rows have no number and add nothing" "{without} von {rows} Zeilen enthalten keine Zahl und tragen nichts bei";
            CauseEarly "cause_early" "{early} of {rows} moved on before they entered" "{early} von {rows} sind weitergegangen, bevor sie eingetreten sind";
            CauseUncredited "cause_uncredited" "{count} outcomes have no touch that could be credited, and are credited to nobody" "{count} Ergebnisse haben keinen Kontakt, dem sie zuzurechnen wären, und sind niemandem zugerechnet";
            CauseTruncated "cause_truncated" "left-truncated: `{figure}` is recorded only from {date}, after this cohort starts on {start}; earlier outcomes are not in the data" "linksabgeschnitten: `{figure}` ist erst ab dem {date} erfasst, nach dem Beginn dieser Kohorte am {start}; frühere Ergebnisse fehlen in den Daten";
            CauseWindowTruncated "cause_window_truncated" "left-truncated: the window reaches back to {date}; `{figure}` is recorded only from {start}" "linksabgeschnitten: Das Fenster reicht bis zum {date} zurück; `{figure}` ist erst ab dem {start} erfasst";
            CauseOpenEnded "cause_open_ended" "open-ended: without a window, older cohorts have had more time to convert than younger ones" "ohne Fenster: ältere Kohorten hatten mehr Zeit als jüngere";
            CauseWindowOpen "cause_window_open" "the {days} days of this cohort end on {date}; `{figure}` is recorded until {until}" "die {days} Tage dieser Kohorte enden am {date}; `{figure}` ist bis zum {until} erfasst";
            CauseRecordedUntil "cause_recorded_until" "`{figure}` is recorded until {date}, before this period ends on {end}" "`{figure}` ist nur bis zum {date} erfasst, dieser Zeitraum endet aber erst am {end}";
            CauseEstimate "cause_estimate" "an estimate by a sketch that keeps {kept}: 95 of 100 such estimates are within 3.2 % of the exact number" "Schätzung aus einer Skizze von {kept} Werten: 95 von 100 solchen Schätzungen liegen höchstens 3,2\u{a0}% neben der genauen Zahl";
            CauseSketch "cause_sketch" "counted by a sketch, which is exact up to {kept}" "mit einer Skizze gezählt, die bis {kept} genau ist";
            CauseTruncatedCohort "cause_truncated_cohort" "a left-truncated cohort lacks outcomes from before recording began" "einer linksabgeschnittenen Kohorte fehlen die Ergebnisse aus der Zeit vor der Erfassung";
            CauseOpenCohort "cause_open_cohort" "cohorts without a window have had different lengths of time" "Kohorten ohne Fenster hatten unterschiedlich viel Zeit";
            CauseOneSide "cause_one_side" "one side is incomplete: {cause}" "eine Seite ist unvollständig: {cause}";
            CauseBaseZero "cause_base_zero" "the base is zero" "die Basis ist null";
            CauseNoTargetFor "cause_no_target_for" "{figure} has no target for {period}" "{figure} hat kein Ziel für {period}";
            CauseTargetChanges "cause_target_changes" "the target changes within the period, and this figure does not add up" "das Ziel ändert sich im Zeitraum, und diese Zahl lässt sich nicht summieren";
            CauseOpposed "cause_opposed" "the targets of the period ask for opposite things" "die Ziele des Zeitraums verlangen Gegensätzliches";
            CauseNothingEntered "cause_nothing_entered" "nothing entered, so there is nothing to convert" "nichts ist eingetreten, also gibt es nichts zu konvertieren";
            CauseNothing "cause_nothing" "there is nothing to summarise" "es gibt nichts zusammenzufassen";
            CauseNoMean "cause_no_mean" "there is no row to take the mean of" "es gibt keine Zeile für einen Mittelwert";
            CauseNoWeight "cause_no_weight" "the weights sum to zero" "die Gewichte ergeben in Summe null";
            CauseDivided "cause_divided" "divided by zero" "Division durch null";
            CauseNoTarget "cause_no_target" "there is no target" "es gibt kein Ziel";
            CauseNotDaily "cause_not_daily" "it does not add up day by day" "die Kennzahl summiert sich nicht Tag für Tag";
            CauseNotOfDays "cause_not_of_days" "it is not made of days" "die Kennzahl setzt sich nicht aus Tagen zusammen";
            CauseBeyondFormula "cause_beyond_formula" "its formula refers to other periods, which are whole" "die Formel bezieht sich auf andere, ganze Zeiträume";
            CauseNotCovered "cause_not_covered" "not every day of the period so far is covered" "nicht jeder bisherige Tag des Zeitraums ist abgedeckt";
            CausePastShort "cause_past_short" "the past is too short to try a method on: {count} earlier {count|stretch|stretches} of {days} {days|day|days} {count|is|are} known, and {needed} are needed" "die Vergangenheit ist zu kurz, um ein Verfahren zu erproben: {count} {count|früherer Abschnitt|frühere Abschnitte} von {days} {days|Tag|Tagen} {count|ist|sind} bekannt, nötig wären {needed}";
            CausePeriodsShort "cause_periods_short" "it does not add up day by day, and its past is too short to try a method on: {count} whole {count|period gives|periods in a row give} {trials} {trials|trial|trials}, and {needed} are needed" "die Kennzahl summiert sich nicht Tag für Tag, und ihre Vergangenheit ist zu kurz, um ein Verfahren zu erproben: {count} {count|ganzer Zeitraum ergibt|ganze Zeiträume in Folge ergeben} {trials} {trials|Versuch|Versuche}, nötig wären {needed}";
            CauseBeyond "cause_beyond" "it is beyond what can be computed with" "der Wert liegt jenseits dessen, was sich berechnen lässt";
            CauseSpentLine "cause_spent_line" "the line names no figure that says what was spent" "der Posten nennt keine Zahl für das Ausgegebene";
            CauseSpentOne "cause_spent_one" "what was spent is not known of one line: {cause}" "das Ausgegebene ist für einen Posten nicht bekannt: {cause}";
            CauseSpentMany "cause_spent_many" "what was spent is not known of {count} lines" "das Ausgegebene ist für {count} Posten nicht bekannt";
            CauseNoBudget "cause_no_budget" "the plan has no budget" "der Plan enthält kein Budget";
            CauseNoStart "cause_no_start" "say from which day on: {words} needs a start to be counted from" "anzugeben ist, ab welchem Tag: {words} braucht einen Anfang, von dem an gezählt wird";
            CauseBand "cause_band" "its target is a band, and no one value" "das Ziel ist ein Korridor und kein einzelner Wert";
            CauseNoDrivers "cause_no_drivers" "it is computed from rows and has no drivers; ask by a dimension" "die Kennzahl wird aus Zeilen berechnet und hat keine Treiber; zu fragen ist nach einer Dimension";
            CauseNotByMembers "cause_not_by_members" "only ratios and amounts are told by their members" "nur Verhältnisse und Mengen lassen sich nach Ausprägungen aufteilen";
            CauseOtherDays "cause_other_days" "the parts do not rest on the same days as the figure" "die Teile beruhen nicht auf denselben Tagen wie die Zahl";
            CauseNoAdding "cause_no_adding" "`{figure}` does not add up over members" "`{figure}` summiert sich nicht über Ausprägungen";
            CauseUndirected "cause_undirected" "neither direction is better" "keine Richtung gilt als besser";
            CauseTooFewNaive "cause_too_few_naive" "seasonal naive says nothing at some of the origins" "das saisonal naive Verfahren sagt an manchen Anfängen nichts";
            CauseTargetBand "cause_target_band" "the target is a band, which has no pace" "das Ziel ist ein Korridor und hat kein Tempo";
            CauseNothingKnown "cause_nothing_known" "nothing is known of the period" "von dem Zeitraum ist nichts bekannt";
            CauseStarted "cause_started" "`{figure}` was redefined: {reason}" "`{figure}` wurde neu definiert: {reason}";
            CauseMeasure "cause_measure" "`{figure}` is a measure, and has no target" "`{figure}` ist eine Messgröße und hat kein Ziel";
            CauseCells "cause_cells" "the cells of this snapshot do not tell the days of a period apart" "die Zellen dieses Datenstands unterscheiden die Tage eines Zeitraums nicht";
            FindingUnmatched "finding_unmatched" "`{figure}`: {count} of {all} counted by `{to}` never entered `{from}`, so no cohort holds them" "`{figure}`: {count} von {all}, die `{to}` zählt, sind nie in `{from}` eingetreten; keine Kohorte enthält sie";
            FindingFuture "finding_future" "{count} of {rows} rows {count|is|are} dated after {date}, and not counted" "{count} von {rows} Zeilen {count|ist|sind} nach dem {date} datiert und {count|zählt|zählen} nicht";
            FindingOutside "finding_outside" "{count} of {rows} rows {count|is|are} dated outside the declared recording, and not counted" "{count} von {rows} Zeilen {count|liegt|liegen} außerhalb der angegebenen Erfassung und {count|zählt|zählen} nicht";
            FindingStale "finding_stale" "the last row is of {date}, {days} days before {until}; no gap before was longer than {of} days, and the days since count as days on which nothing happened" "die letzte Zeile ist vom {date}, {days} Tage vor dem {until}; keine Lücke davor war länger als {of} Tage, und die Tage seither zählen als Tage, an denen nichts geschah";
            FindingNotKnown "finding_not_known" "{count} of {rows} rows {count|was|were} recorded after {date}, and not counted" "{count} von {rows} Zeilen {count|wurde|wurden} nach dem {date} erfasst und {count|zählt|zählen} nicht";
            FindingReplaced "finding_replaced" "{count} of {rows} rows had been replaced by {date}, and {count|is|are} not counted" "{count} von {rows} Zeilen {count|war|waren} am {date} schon ersetzt und {count|zählt|zählen} nicht";
            FindingRagged "finding_ragged" "{count} of {rows} rows {count|has|have} more or fewer cells than the header, and {count|is|are} not counted" "{count} von {rows} Zeilen {count|hat|haben} mehr oder weniger Zellen als die Kopfzeile und {count|zählt|zählen} nicht";
            FindingBadDate "finding_bad_date" "{count} of {rows} rows {count|has|have} no date of the form `{form}` in `{column}`, and {count|is|are} not counted" "{count} von {rows} Zeilen {count|hat|haben} in `{column}` kein Datum der Form `{form}` und {count|zählt|zählen} nicht";
            FindingBadNumber "finding_bad_number" "{count} of {rows} rows {count|has|have} no number in `{column}` as it is declared, and the cell is missing" "{count} von {rows} Zeilen {count|hat|haben} in `{column}` keine Zahl der vereinbarten Form; die Zelle fehlt";
            FindingTwice "finding_twice" "{count} of {rows} rows {count|has|have} `{column}` twice, and {count|is|are} not counted" "{count} von {rows} Zeilen {count|enthält|enthalten} `{column}` doppelt und {count|zählt|zählen} nicht";
            FindingNoEntity "finding_no_entity" "{count} of {rows} rows {count|does not name its|do not name their} entity" "{count} von {rows} Zeilen {count|nennt|nennen} nicht, wozu sie gehören";
            FindingRepeated "finding_repeated" "{count} {count|row names|rows name} an entity that stands in an earlier row too" "{count} {count|Zeile nennt|Zeilen nennen} etwas, das schon in einer früheren Zeile steht";
            FindingNotLoaded "finding_not_loaded" "no facts were given for the source `{source}`; figures that need them are missing" "für die Quelle `{source}` wurden keine Daten gegeben; was sie braucht, fehlt";
            FindingNoMember "finding_no_member" "`{figure}`: no row of `{source}` has `{member}` in `{column}`" "`{figure}`: keine Zeile von `{source}` hat `{member}` in `{column}`";
        }
    };
}
