//! The pack for a quarterly planning.

macro_rules! planning {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! {
            $($then)*; $($before)*
            // Results and what is learnt
            PlanningTitle "planning_title" "Planning {period}" "Planung {period}";
            PlanningResultsOf "planning_results_of" "results of {period}" "Ergebnisse: {period}";
            SectionResults "section_results" "Results against plan" "Ergebnisse im Vergleich zum Plan";
            SectionLearnt "section_learnt" "What is learnt" "Was gelernt ist";
            SectionProposed "section_proposed" "Proposed targets for {period}" "Vorgeschlagene Ziele für {period}";
            SectionAllocations "section_allocations" "Allocations" "Zuweisungen";
            SectionKpiSet "section_kpi_set" "The KPI set for confirmation" "Der Kennzahlensatz zur Bestätigung";
            YearSoFar "year_so_far" "The year to date, {period}:" "Das Jahr bis heute, {period}:";
            YearNotTold "year_not_told" "The year to date is not told: {cause}." "Das Jahr bis heute lässt sich nicht darstellen: {cause}.";
            QuarterLands "quarter_lands" "Where the running quarter will land:" "Wo das laufende Quartal enden wird:";
            QuarterNotTold "quarter_not_told" "Where the running quarter will land is not told: {cause}." "Wo das laufende Quartal enden wird, lässt sich nicht sagen: {cause}.";
            ColumnQuarter "column_quarter" "Quarter" "Quartal";
            ColumnActual "column_actual" "Actual" "Ist";
            ColumnPlan "column_plan" "Plan" "Plan";
            ColumnAgainstPlan "column_against_plan" "Against plan" "Abweichung vom Plan";
            ColumnPriorYear "column_prior_year" "Prior year" "Vorjahr";
            ColumnOnTarget "column_on_target" "On target" "Im Ziel";
            ColumnDays "column_days" "Days" "Tage";
            ColumnYearBefore "column_year_before" "Year before" "Vorjahr";
            ColumnChange "column_change" "Change" "Veränderung";
            ColumnHas "column_has" "Has" "Zugewiesen";
            ColumnShare "column_share" "Share" "Anteil";
            ColumnBrought "column_brought" "What its channel brought" "Was der Kanal gebracht hat";
            ColumnUsedIn "column_used_in" "Used in" "Verwendet in";
            ColumnMissing "column_missing" "Missing" "Es fehlt";
            LessonOpen "lesson_open" "Open loop" "Offene Schleife";
            LessonAnswered "lesson_answered" "Answered" "Beantwortet";
            LessonProposed "lesson_proposed" "proposed on {date} and not answered: {text}" "vorgeschlagen am {date} und nicht beantwortet: {text}";
            LessonNothing "lesson_nothing" "nothing is proposed yet" "noch ist nichts vorgeschlagen";
            LessonRevised "lesson_revised" "led to a revision on {date}" "führte am {date} zu einer Änderung";
            LessonRefused "lesson_refused" "refused on {date}: {text}" "abgelehnt am {date}: {text}";
            DecisionIs "decision_is" "Decision, {why}" "Entscheidung, {why}";
            DecisionFrom "decision_from" "Decision, {why} from {date}" "Entscheidung, {why} ab dem {date}";
            DueOpen "due_open" "nothing is decided" "nichts ist entschieden";
            DueProposed "due_proposed" "proposed, not settled" "vorgeschlagen, nicht beschlossen";
            DueReopened "due_reopened" "argued again" "wieder verhandelt";
            DueReview "due_review" "to be looked at again" "erneut zu prüfen";
            ToBeConfirmed "to_be_confirmed" "To be confirmed" "Zu bestätigen";
            RestsOnRevised "rests_on_revised" "the {kind} {name} rests on {decision}, revised on {date}" "{name} ({kind}) beruht auf {decision}, geändert am {date}";
            NothingLearnt "nothing_learnt" "No lesson is open or was answered, no decision is to be looked at, and no KPI shows a signal." "Keine Erkenntnis ist offen oder wurde beantwortet, keine Entscheidung ist zu prüfen, und keine Kennzahl zeigt ein Signal.";
            // Proposed targets
            ProposalNotQuarterly "proposal_not_quarterly" "The KPI means nothing in quarters, so that none is proposed." "Die Kennzahl ist in Quartalen ohne Bedeutung; daher ist keines vorgeschlagen.";
            ProposalUndirected "proposal_undirected" "No direction is better, so that none is proposed." "Keine Richtung gilt als besser; daher ist keines vorgeschlagen.";
            ProposalBand "proposal_band" "A band is for people to set: the process says where it runs, not where it should." "Einen Zielkorridor setzen Menschen: Der Prozess sagt, wo er liegt, nicht, wo er liegen sollte.";
            ProposalNoPast "proposal_no_past" "No past quarter has a figure that is like those to come, so that there is nothing to rest on." "Kein früheres Quartal hat einen Wert, der den kommenden gleicht; damit fehlt jede Grundlage.";
            ProposalProcess "proposal_process" "The process runs better than the target in force asks for." "Der Prozess läuft besser, als das geltende Ziel verlangt.";
            ProposalInForce "proposal_in_force" "The target in force asks for at least as much as the process brings." "Das geltende Ziel verlangt mindestens so viel, wie der Prozess bringt.";
            ProposalNoTarget "proposal_no_target" "There is no target in force; it is what the process brings." "Ein geltendes Ziel gibt es nicht; vorgeschlagen ist, was der Prozess bringt.";
            ProposalNoProcess "proposal_no_process" "How the process runs is not known; it is the target in force." "Wie der Prozess läuft, ist nicht bekannt; vorgeschlagen ist das geltende Ziel.";
            ProposalNone "proposal_none" "Neither is known how the process runs, nor is there a target in force, so that none is proposed." "Weder ist bekannt, wie der Prozess läuft, noch gibt es ein geltendes Ziel; daher ist keines vorgeschlagen.";
            ProposalPaste "proposal_paste" "To agree, paste into the plan and change the status:" "Zum Vereinbaren in den Plan einfügen und den Status ändern:";
            NoneProposed "none_proposed" "none proposed" "keines vorgeschlagen";
            IsProposed "is_proposed" "{value} proposed" "{value} vorgeschlagen";
            MetPast "met_past" "{met} of {of} past quarters met it" "erreicht in {met} von {of} früheren Quartalen";
            MetOne "met_one" "The one past quarter that is known would have met it." "In dem einen bekannten früheren Quartal wäre es erreicht worden.";
            MetNotOne "met_not_one" "The one past quarter that is known would not have met it." "In dem einen bekannten früheren Quartal wäre es nicht erreicht worden.";
            MetNever "met_never" "None of the last {of} quarters that are known would have met it." "In keinem der letzten {of} bekannten Quartale wäre es erreicht worden.";
            MetAlways "met_always" "All of the last {of} quarters that are known would have met it." "In allen letzten {of} bekannten Quartalen wäre es erreicht worden.";
            MetSometimes "met_sometimes" "{met} of the last {of} quarters that are known would have met it." "In {met} der letzten {of} bekannten Quartale wäre es erreicht worden.";
            CandidateProcess "candidate_process" "process as it runs" "Prozess, wie er läuft";
            CandidatePrior "candidate_prior" "prior year" "Vorjahr";
            CandidateGrown "candidate_grown" "prior year × growth" "Vorjahr × Wachstum";
            CandidateForecast "candidate_forecast" "forecast" "Prognose";
            CandidateInForce "candidate_in_force" "target in force" "geltendes Ziel";
            BasisProcess "basis_process" "The centre of the present segment of the process chart of quarters." "Die Mitte des jetzigen Abschnitts der Prozesskarte nach Quartalen.";
            BasisBegins "basis_begins" "It begins with {period}." "Er beginnt mit {period}.";
            BasisPrior "basis_prior" "What it was in {period}." "Der Wert für {period}.";
            BasisPriorYear "basis_prior_year" "What it was in the year before." "Der Wert des Vorjahres.";
            BasisGrown "basis_grown" "The quarter of the year before, times what the last four quarters are to the four before." "Das Quartal des Vorjahres, mal dem Verhältnis der letzten vier Quartale zu den vier davor.";
            BasisForecast "basis_forecast" "Where the quarter will land, by the method that was least wrong in the past." "Wo das Quartal enden wird, nach dem Verfahren, das bisher am wenigsten irrte.";
            BasisOfLonger "basis_of_longer" "What the target in force asks for in {period}." "Was das geltende Ziel für {period} verlangt.";
            BasisInForce "basis_in_force" "The target for {period} as it is written." "Das Ziel für {period}, wie es festgehalten ist.";
            BasisWritten "basis_written" "The target as it is written." "Das Ziel, wie es festgehalten ist.";
            RestsCentre "rests_centre" "centre" "Mitte";
            RestsLower "rests_lower" "lower limit" "untere Grenze";
            RestsUpper "rests_upper" "upper limit" "obere Grenze";
            RestsGrowth "rests_growth" "growth" "Wachstum";
            RestsSoFar "rests_so_far" "so far, by {date}" "bisher, bis zum {date}";
            RestsTarget "rests_target" "target for {period}" "Ziel für {period}";
            ProcessMoves "process_moves" "the process is expected to move by itself, so that its centre is not that of the next quarter" "der Prozess bewegt sich erwartungsgemäß von selbst, und seine Mitte ist nicht die des nächsten Quartals";
            NoChart "no_chart" "there is no chart" "es gibt keine Prozesskarte";
            ChartShort "chart_short" "the present segment of the chart has {count} {count|quarter|quarters}, and limits need {needed} with a figure" "der jetzige Abschnitt der Karte hat {count} {count|Quartal|Quartale}, Grenzen brauchen {needed} mit einem Wert";
            NoPriorQuarter "no_prior_quarter" "no quarter is like it in the year before" "im Vorjahr entspricht ihm kein Quartal";
            DaysNotTold "days_not_told" "the days of the last eight quarters cannot be told apart" "die Tage der letzten acht Quartale lassen sich nicht unterscheiden";
            NotAboveZero "not_above_zero" "{period} is not above zero" "{period} liegt nicht über null";
            ForecastEnds "forecast_ends" "forecasts end with the running quarter, {period}" "Prognosen reichen bis zum Ende des laufenden Quartals ({period})";
            NotForecast "not_forecast" "the quarter is not forecast" "das Quartal wird nicht vorhergesagt";
            // Allocations and the KPI set
            CauseNoneRuns "cause_none_runs" "no budget runs on {date}" "am {date} läuft kein Budget";
            NoneAllocated "none_allocated" "There is none: {cause}." "Es gibt keine: {cause}.";
            NothingAllocated "nothing_allocated" "nothing is allocated" "nichts ist zugewiesen";
            NoChannel "no_channel" "the line names no channel" "der Posten nennt keinen Kanal";
            NotByChannel "not_by_channel" "no KPI is told by channel, or none has a figure of `{channel}`" "keine Kennzahl ist nach Kanälen bekannt, oder keine hat einen Wert für `{channel}`";
            SetEmpty "set_empty" "There is no KPI to confirm." "Es gibt keine Kennzahl zu bestätigen.";
            SetOneReady "set_one_ready" "The one KPI can be confirmed as it is." "Die einzige Kennzahl kann bestätigt werden, wie sie ist.";
            SetOneNot "set_one_not" "The one KPI cannot be confirmed as it is." "Die einzige Kennzahl kann so nicht bestätigt werden.";
            SetReady "set_ready" "{ready} of the {count} KPIs can be confirmed as they are." "Bereit zur Bestätigung: {ready} von {count} Kennzahlen.";
            SetTooLong "set_too_long" "These are more than a short list of {most}: leave some out." "Das sind mehr, als eine kurze Liste hat ({most}): Einige sind wegzulassen.";
            TargetNotAgreed "target_not_agreed" "the target is not agreed" "das Ziel ist nicht vereinbart";
            NoValueIn "no_value_in" "no value in {period}" "kein Wert für {period}";
            NothingMissing "nothing_missing" "nothing" "nichts";
            UsedReviews "used_reviews" "reviews" "Besprechungen";
            UsedPlan "used_plan" "plan" "Plan";
        }
    };
}
