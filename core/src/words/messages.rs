//! Every message in English and in German. A table and nothing else: what is said when is decided
//! where results are.
//!
//! German figures stand where nominative and accusative do not differ from what a unit writes
//! (`14 Tage`), mostly behind a colon, after `um` or in brackets, since a figure cannot be
//! declined. Names of KPIs are their author's and take no article.

macro_rules! messages {
    ($($message:ident $key:literal $english:literal $german:literal;)*) => {
        /// A message of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Message { $($message,)* }

        impl Message {
            /// Every message, in order.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$message,)*];
            /// Key, English, German.
            pub(super) const TABLE: &'static [[&'static str; 3]] = &[$([$key, $english, $german],)*];
        }
    };
}

messages! {
    // How figures are written
    DecimalMark "decimal_mark" "." ",";
    ThousandsMark "thousands_mark" "," ".";
    PercentMark "percent_mark" "%" "\u{a0}%";
    PointsMark "points_mark" " pp" " Prozentpunkte";
    OneDayMark "one_day_mark" " days" "\u{a0}Tag";
    DaysMark "days_mark" " days" "\u{a0}Tage";
    MonthsMark "months_mark" " months" "\u{a0}Monate";
    PerMark "per_mark" " per " " pro ";
    PerDay "per_day" "day" "Tag";
    PerMonth "per_month" "month" "Monat";
    Currency "currency" "{code} {amount}" "{amount}\u{a0}{code}";
    Band "band" "{low} to {high}" "{low} bis {high}";
    UpTo "up_to" "up to {high}" "bis {high}";
    NoFigure "no_figure" "({reason})" "({reason})";
    // Days and periods; `in` and `to` are forms of a period: "in September 2026", "against September 2026"
    Date "date" "{iso}" "{day}. {month} {year}";
    January "january" "January" "Januar";
    February "february" "February" "Februar";
    March "march" "March" "März";
    April "april" "April" "April";
    May "may" "May" "Mai";
    June "june" "June" "Juni";
    July "july" "July" "Juli";
    August "august" "August" "August";
    September "september" "September" "September";
    October "october" "October" "Oktober";
    November "november" "November" "November";
    December "december" "December" "Dezember";
    Week "week" "week {number} of {year}" "KW {number}/{year}";
    InWeek "in_week" "in week {number} of {year}" "in KW {number}/{year}";
    ToWeek "to_week" "week {number} of {year}" "KW {number}/{year}";
    Month "month" "{month} {year}" "{month} {year}";
    InMonth "in_month" "in {month} {year}" "im {month} {year}";
    ToMonth "to_month" "{month} {year}" "{month} {year}";
    NumberedMonth "numbered_month" "month {number} of {year}" "Monat {number} von {year}";
    InNumberedMonth "in_numbered_month" "in month {number} of {year}" "in Monat {number} von {year}";
    ToNumberedMonth "to_numbered_month" "month {number} of {year}" "Monat {number} von {year}";
    Quarter "quarter" "Q{number} {year}" "{number}. Quartal {year}";
    InQuarter "in_quarter" "in Q{number} {year}" "im {number}. Quartal {year}";
    ToQuarter "to_quarter" "Q{number} {year}" "dem {number}. Quartal {year}";
    Year "year" "{year}" "{year}";
    InYear "in_year" "in {year}" "im Jahr {year}";
    ToYear "to_year" "{year}" "dem Jahr {year}";
    AllTime "all_time" "the whole time" "der gesamte Zeitraum";
    InAllTime "in_all_time" "in the whole time" "im gesamten Zeitraum";
    ToAllTime "to_all_time" "the whole time" "dem gesamten Zeitraum";
    OtherPeriod "other_period" "{name}" "{name}";
    InOtherPeriod "in_other_period" "in {name}" "in {name}";
    ToOtherPeriod "to_other_period" "{name}" "{name}";
    // Lists
    ListMore "list_more" "{first}, {next}" "{first}, {next}";
    ListLast "list_last" "{first} and {last}" "{first} und {last}";
    // Words for states
    Favourable "favourable" "favourable" "günstig";
    Adverse "adverse" "adverse" "ungünstig";
    Neutral "neutral" "neutral" "neutral";
    Unknown "unknown" "unknown" "unbekannt";
    Undefined "undefined" "undefined" "nicht definiert";
    Missing "missing" "missing" "fehlt";
    Incomplete "incomplete" "incomplete" "unvollständig";
    NotComparable "not_comparable" "not comparable" "nicht vergleichbar";
    OnTarget "on_target" "on target" "im Ziel";
    OffTarget "off_target" "off target" "Ziel verfehlt";
    NoTarget "no_target" "no target" "kein Ziel";
    NoValue "no_value" "no value" "kein Wert";
    NotJudged "not_judged" "not judged" "nicht bewertet";
    FavourableSignal "favourable_signal" "favourable signal" "günstiges Signal";
    AdverseSignal "adverse_signal" "adverse signal" "ungünstiges Signal";
    Signal "signal" "signal" "Signal";
    Noise "noise" "noise" "Rauschen";
    TooFewPoints "too_few_points" "too few points" "zu wenige Punkte";
    Agreed "agreed" "agreed" "vereinbart";
    Proposed "proposed" "proposed" "vorgeschlagen";
    Placeholder "placeholder" "placeholder" "Platzhalter";
    Inferred "inferred" "inferred" "abgeleitet";
    Escalates "escalates" "escalates" "wird eskaliert";
    NoOwner "no_owner" "no owner" "niemand zuständig";
    RungOwner "rung_owner" "owner" "verantwortliche Person";
    RungOperator "rung_operator" "operator" "operative Leitung";
    RungExecutive "rung_executive" "executive" "Geschäftsleitung";
    Weekly "weekly" "weekly" "wöchentlich";
    Monthly "monthly" "monthly" "monatlich";
    Quarterly "quarterly" "quarterly" "vierteljährlich";
    // Where a KPI stands
    Size "size" "{change} ({relative})" "{change} ({relative})";
    NoValueFor "no_value_for" "No value for {period} ({reason}: {cause})." "{period}: kein Wert ({reason}: {cause}).";
    WithoutTarget "without_target" "{actual} {period:in}; there is no target to hold it against." "{actual} {period:in}; ein Ziel zum Vergleich gibt es nicht.";
    NotHeld "not_held" "{actual} {period:in}; it cannot be held against its target: {cause}." "{actual} {period:in}; nicht mit dem Ziel vergleichbar: {cause}.";
    Undirected "undirected" "{actual} {period:in}; the plan says {target}, and neither direction is better." "{actual} {period:in}; der Plan sieht {target} vor, und keine Richtung gilt als besser.";
    InsideBand "inside_band" "{actual} {period:in}, inside the target band of {target}." "{actual} {period:in}, innerhalb des Zielkorridors ({target}).";
    ExactlyOnTarget "exactly_on_target" "{actual} {period:in}, exactly on target." "{actual} {period:in}, genau auf dem Zielwert.";
    AboveTarget "above_target" "{actual} {period:in}, {size} above the target of {target}: {impact}." "{actual} {period:in}, {size} über dem Zielwert ({target}): {impact}.";
    BelowTarget "below_target" "{actual} {period:in}, {size} below the target of {target}: {impact}." "{actual} {period:in}, {size} unter dem Zielwert ({target}): {impact}.";
    AboveBand "above_band" "{actual} {period:in}, {size} above the target band of {target}: {impact}." "{actual} {period:in}, {size} über dem Zielkorridor ({target}): {impact}.";
    BelowBand "below_band" "{actual} {period:in}, {size} below the target band of {target}: {impact}." "{actual} {period:in}, {size} unter dem Zielkorridor ({target}): {impact}.";
    LevelBelow "level_below" "It does not reach even the minimum." "Nicht einmal das Minimum ist erreicht.";
    LevelMinimum "level_minimum" "It reaches the minimum, and not the target." "Das Minimum ist erreicht, das Ziel nicht.";
    LevelGood "level_good" "It reaches the target." "Das Ziel ist erreicht.";
    LevelExcellent "level_excellent" "It is excellent: more than was asked for." "Das ist ausgezeichnet: mehr, als verlangt war.";
    Material "material" "The difference is material." "Die Abweichung ist wesentlich.";
    NotMaterial "not_material" "The difference is not material." "Die Abweichung ist nicht wesentlich.";
    // Signal or noise
    IsAdverseSignal "is_adverse_signal" "This is an adverse signal, not noise: {rule}." "Das ist ein ungünstiges Signal und kein Rauschen: {rule}.";
    IsFavourableSignal "is_favourable_signal" "This is a favourable signal, not noise: {rule}." "Das ist ein günstiges Signal und kein Rauschen: {rule}.";
    IsSignal "is_signal" "This is a signal, not noise: {rule}." "Das ist ein Signal und kein Rauschen: {rule}.";
    IsNoise "is_noise" "The movement is noise: within the usual range ({range})." "Die Bewegung ist Rauschen: Sie liegt in der üblichen Spanne ({range}).";
    SignalNotTold "signal_not_told" "It is not like the figures of other periods, so that signal and noise are not told." "Der Wert ist mit denen anderer Zeiträume nicht vergleichbar; Signal und Rauschen werden daher nicht unterschieden.";
    TooFewForSignal "too_few_for_signal" "There are too few points to tell signal from noise." "Um Signal und Rauschen zu unterscheiden, gibt es zu wenige Punkte.";
    BeyondLimit "beyond_limit" "beyond the process limit" "jenseits der Prozessgrenze";
    RunOfEight "run_of_eight" "eight in a row on one side of the average" "acht in Folge auf einer Seite des Mittelwerts";
    ThreeOfFour "three_of_four" "three of the last four nearer to the limit than to the average" "drei der letzten vier näher an der Grenze als am Mittelwert";
    RunOfSeven "run_of_seven" "seven in a row on one side of the average" "sieben in Folge auf einer Seite des Mittelwerts";
    RunOfNine "run_of_nine" "nine in a row on one side of the average" "neun in Folge auf einer Seite des Mittelwerts";
    TwoOfThree "two_of_three" "two of the last three in the outer third of the limits or beyond" "zwei der letzten drei im äußeren Drittel der Grenzen oder jenseits davon";
    TwoOfThreeNear "two_of_three_near" "two of the last three near the process limit" "zwei der letzten drei nahe der Prozessgrenze";
    FourOfFive "four_of_five" "four of the last five outside the middle third of the limits" "vier der letzten fünf außerhalb des mittleren Drittels der Grenzen";
    TrendOfSix "trend_of_six" "six in a row in one direction" "sechs in Folge in eine Richtung";
    TrendOfSeven "trend_of_seven" "seven in a row in one direction" "sieben in Folge in eine Richtung";
    FourteenAlternating "fourteen_alternating" "fourteen in a row alternately up and down" "vierzehn in Folge abwechselnd auf und ab";
    FifteenNear "fifteen_near" "fifteen in a row in the middle third of the limits" "fünfzehn in Folge im mittleren Drittel der Grenzen";
    EightFar "eight_far" "eight in a row outside the middle third of the limits" "acht in Folge außerhalb des mittleren Drittels der Grenzen";
    // Against other periods
    Compared "compared" "It is {comparisons}." "Im Vergleich: {comparisons}.";
    Up "up" "up {size} on {period}" "{size} mehr als {period:in}";
    Down "down" "down {size} on {period}" "{size} weniger als {period:in}";
    Unchanged "unchanged" "unchanged on {period}" "unverändert gegenüber {period:to}";
    WithImpact "with_impact" "{text} ({impact})" "{text} ({impact})";
    // Why
    WhyChange "why_change" "The change on {period} is {change}, of which {parts}." "Veränderung gegenüber {period:to}: {change}, davon {parts}.";
    WhyPlan "why_plan" "The difference to plan is {change}, of which {parts}." "Abweichung vom Plan: {change}, davon {parts}.";
    WhyMembers "why_members" "By {dimensions}, {count} of {all} members {count|explains|explain} {share} of the change on {period}: {parts}; all others {rest}." "Nach {dimensions} {count|erklärt|erklären} {count} von {all} Ausprägungen {share} der Veränderung gegenüber {period:to}: {parts}; alle übrigen {rest}.";
    WhyAllMembers "why_all_members" "By {dimensions}, the change on {period} is made of {parts}." "Nach {dimensions} besteht die Veränderung gegenüber {period:to} aus: {parts}.";
    WhyOffset "why_offset" "By {dimensions}, the largest {count|part is|parts are} {parts}; all others together went the other way ({rest})." "Nach {dimensions} {count|ist der größte Anteil|sind die größten Anteile} {parts}; alle übrigen zusammen gingen in die andere Richtung ({rest}).";
    WhyNobody "why_nobody" "By {dimensions}, no member explains as much as a tenth of the change on {period}." "Nach {dimensions} erklärt keine Ausprägung auch nur ein Zehntel der Veränderung gegenüber {period:to}.";
    Part "part" "{name} {change}" "{name} {change}";
    Disagreement "disagreement" "{change} since the plan's own figures do not agree" "{change}, da die Planwerte selbst nicht zusammenpassen";
    Note "note" "Note: {caveat}." "Hinweis: {caveat}.";
    NotGiven "not_given" "(not given)" "(ohne Angabe)";
    Others "others" "{count} others" "{count} weitere";
    // The report
    ReportTitle "report_title" "Monthly marketing report" "Monatlicher Marketingbericht";
    SectionSummary "section_summary" "Summary" "Zusammenfassung";
    SectionScorecard "section_scorecard" "Scorecard" "Kennzahlen";
    SectionWhatHappened "section_what_happened" "What happened, and why" "Was geschehen ist und warum";
    SectionLanding "section_landing" "Where running periods will end" "Wo laufende Zeiträume enden werden";
    SectionBudget "section_budget" "Budget" "Budget";
    SectionActions "section_actions" "What we do" "Was wir tun";
    SectionNeeds "section_needs" "What we need" "Was wir brauchen";
    SectionDecisions "section_decisions" "What needs a decision" "Was zu entscheiden ist";
    SectionCommentary "section_commentary" "Commentary" "Kommentare";
    SectionPlan "section_plan" "Plan and targets" "Plan und Ziele";
    SectionDefinitions "section_definitions" "How these figures are defined" "Wie diese Zahlen definiert sind";
    LeftOut "left_out" "{count} more {count|point is|points are} left out here, by the length of this report." "{count} {count|weiterer Punkt ist|weitere Punkte sind} hier ausgelassen, der Länge dieses Berichts wegen.";
    NoneTargeted "none_targeted" "{month:In}, no KPI has a target to be held against." "{month:In} hat keine Kennzahl einen Zielwert, an dem sie zu messen wäre.";
    NoneHeld "none_held" "{month:In}, no KPI could be held against its target." "{month:In} ließ sich keine Kennzahl an ihrem Ziel messen.";
    OneMet "one_met" "{month:In}, the one KPI with a target met it." "{month:In} hat die einzige Kennzahl mit Zielwert ihr Ziel erreicht.";
    OneMissed "one_missed" "{month:In}, the one KPI with a target did not meet it." "{month:In} hat die einzige Kennzahl mit Zielwert ihr Ziel nicht erreicht.";
    MetOf "met_of" "{month:In}, {met} of the {targeted} KPIs with a target met it." "{month:In} {met|hat|haben} {met} von {targeted} Kennzahlen mit Zielwert ihr Ziel erreicht.";
    OffTargetList "off_target_list" "Off target: {names}." "Ziel verfehlt: {names}.";
    NoSignals "no_signals" "No movement is a signal; what moved is within its usual range." "Keine Bewegung ist ein Signal; was sich bewegt hat, liegt in der üblichen Spanne.";
    NoneCharted "none_charted" "Signal and noise can be told apart for no KPI." "Signal und Rauschen lassen sich bei keiner Kennzahl unterscheiden.";
    AdverseSignals "adverse_signals" "The chart of {names} shows a real change for the worse, not noise." "Echte Verschlechterung, kein Rauschen: {names}.";
    NoAdverseSignals "no_adverse_signals" "No movement for the worse is a signal." "Keine Bewegung zum Schlechteren ist ein Signal.";
    FavourableSignals "favourable_signals" "A real change for the better shows in {names}." "Echte Verbesserung: {names}.";
    ChangedSignals "changed_signals" "A real change shows in {names}." "Echte Veränderung: {names}.";
    Uncharted "uncharted" "Too few points for that judgement: {names}." "Zu wenige Punkte für dieses Urteil: {names}.";
    Silent "silent" "There is no value for {names}." "Kein Wert: {names}.";
    Untargeted "untargeted" "{names} {count|has|have} no target, which is not the same as healthy." "Ohne Ziel {count|ist|sind} {names}; das heißt nicht, dass dort alles in Ordnung ist.";
    NothingToExplain "nothing_to_explain" "Every KPI is on target and within its usual range: there is nothing to explain." "Jede Kennzahl ist im Ziel und in ihrer üblichen Spanne: Es gibt nichts zu erklären.";
    NothingJudged "nothing_judged" "No KPI is off target, and no chart shows a signal; what has no target, or too few points for a chart, is not judged." "Keine Kennzahl verfehlt ihr Ziel, und keine zeigt ein Signal; was kein Ziel oder zu wenige Punkte hat, ist nicht bewertet.";
    EscalatedTo "escalated_to" "Goes to {person}." "Geht an: {person}.";
    NobodyNamed "nobody_named" "nobody, since no one is named" "niemanden, da niemand benannt ist";
    Reason "reason" "{why} Since {since}; it clears with {clears}." "{why} Seit: {since}. Erledigt durch: {clears}.";
    ReasonNow "reason_now" "{why} It clears with {clears}." "{why} Erledigt durch: {clears}.";
    OneWeek "one_week" "week" "eine Woche";
    OneMonth "one_month" "month" "ein Monat";
    OneQuarter "one_quarter" "quarter" "ein Quartal";
    OneYear "one_year" "year" "ein Jahr";
    DecisionOpen "decision_open" "“{statement}” is open: nothing has been decided." "„{statement}“ ist offen: Entschieden ist nichts.";
    DecisionProposed "decision_proposed" "“{statement}” is proposed and not yet settled." "„{statement}“ ist vorgeschlagen und noch nicht beschlossen.";
    DecisionReopened "decision_reopened" "“{statement}” was settled and is argued again." "„{statement}“ war beschlossen und wird wieder verhandelt.";
    DecisionLater "decision_later" "“{statement}” is to be settled only later." "„{statement}“ soll erst später beschlossen werden.";
    NothingToDecide "nothing_to_decide" "Nothing escalates beyond its owner, and every decision that is written down is settled." "Nichts wird über die verantwortliche Person hinaus eskaliert, und jede festgehaltene Entscheidung ist getroffen.";
    AllSettled "all_settled" "Every decision that is written down is settled." "Jede festgehaltene Entscheidung ist getroffen.";
    ColumnKpi "column_kpi" "KPI" "Kennzahl";
    ColumnTarget "column_target" "Target" "Ziel";
    ColumnStatus "column_status" "Status" "Status";
    ColumnSetBy "column_set_by" "Set by" "Gesetzt von";
    ColumnSetOn "column_set_on" "Set on" "Gesetzt am";
    ColumnWrittenIn "column_written_in" "Written in" "Festgehalten in";
    ColumnComputedAs "column_computed_as" "Computed as" "Berechnet als";
    ColumnVariant "column_variant" "Variant" "Variante";
    ColumnOwner "column_owner" "Owner" "Verantwortlich";
    ColumnRestsOn "column_rests_on" "Rests on" "Grundlage";
    ColumnMeaning "column_meaning" "Meaning" "Bedeutung";
    ColumnSignal "column_signal" "Signal" "Signal";
    ColumnTrend "column_trend" "Trend" "Verlauf";
    FromLonger "from_longer" "{target} (from that of the {grain})" "{target} (aus dem Ziel für {grain})";
    RestsOn "rests_on" "{rows} {rows|row|rows}, {days} of {of} days, {period}" "{rows} {rows|Zeile|Zeilen}, {days} von {of} Tagen, {period}";
    TargetWritten "target_written" "{target}, {document}" "{target}, {document}";
    Nobody "nobody" "nobody" "niemand";
    NotUsed "not_used" "{file}: {message}." "{file}: {message}.";
    // Where periods will end
    LandsAt "lands_at" "{period}: {projected} expected." "{period}: voraussichtlich {projected}.";
    LandsWithin "lands_within" "{period}: {projected} expected (80% interval: {interval})." "{period}: voraussichtlich {projected} (80-%-Intervall: {interval}).";
    LandsUnknown "lands_unknown" "{period}: no forecast ({cause})." "{period}: keine Prognose ({cause}).";
    NoForecastFor "no_forecast_for" "No forecast" "Keine Prognose";
    NoForecastOf "no_forecast_of" "{names} ({cause})." "{names} ({cause}).";
    LandsMet "lands_met" "The target of {target} is met already." "Das Ziel ({target}) ist bereits erreicht.";
    LandsMissed "lands_missed" "The target of {target} is missed already." "Das Ziel ({target}) ist bereits verfehlt.";
    LandsChance "lands_chance" "The chance of meeting the target of {target} is {chance}." "Wahrscheinlichkeit, das Ziel ({target}) zu erreichen: {chance}.";
    LandsPlan "lands_plan" "The plan says {target}." "Plan: {target}.";
    LandsWithoutTarget "lands_without_target" "There is no target." "Ein Ziel gibt es nicht.";
    NothingRuns "nothing_runs" "Every month, quarter and year under review is over: there is nothing to forecast." "Alle betrachteten Monate, Quartale und Jahre sind abgeschlossen: Es gibt nichts vorherzusagen.";
    OnlyLatest "only_latest" "This is told in the report on the latest month only." "Das steht nur im Bericht über den letzten Monat.";
    // Budget
    NoBudget "no_budget" "The plan has no budget." "Der Plan enthält kein Budget.";
    NoBudgetRuns "no_budget_runs" "No budget of the plan runs at present." "Zurzeit läuft kein Budget des Plans.";
    BudgetFrame "budget_frame" "The budget for {period} is {frame}." "Budget für {period}: {frame}.";
    BudgetSpentAbove "budget_spent_above" "{spent} are spent, {size} more than planned to date." "Ausgegeben: {spent}, das sind {size} mehr als bis heute geplant.";
    BudgetSpentBelow "budget_spent_below" "{spent} are spent, {size} less than planned to date." "Ausgegeben: {spent}, das sind {size} weniger als bis heute geplant.";
    BudgetSpentExact "budget_spent_exact" "{spent} are spent, as planned to date." "Ausgegeben: {spent}, genau wie bis heute geplant.";
    BudgetSpentUnknown "budget_spent_unknown" "What is spent cannot be told: {cause}." "Was ausgegeben ist, lässt sich nicht sagen: {cause}.";
    BudgetCommitted "budget_committed" "{committed} are committed." "Gebunden: {committed}.";
    BudgetRemaining "budget_remaining" "{remaining} can still be ordered." "Noch verfügbar: {remaining}.";
    BudgetOverdrawn "budget_overdrawn" "Nothing can be ordered any more: {remaining}." "Verfügbar ist nichts mehr: {remaining}.";
    ColumnLine "column_line" "Line" "Posten";
    ColumnRevised "column_revised" "Budget" "Budget";
    ColumnToDate "column_to_date" "Planned to date" "Bis heute geplant";
    ColumnSpent "column_spent" "Spent" "Ausgegeben";
    ColumnVariance "column_variance" "Difference" "Abweichung";
    ColumnCommitted "column_committed" "Committed" "Gebunden";
    ColumnRemaining "column_remaining" "Remaining" "Verfügbar";
    // What people do, need and say
    ActionNew "action_new" "New: {what} (by {owner}, due {due})." "Neu: {what} (verantwortlich: {owner}, fällig: {due}).";
    ActionOpen "action_open" "Open: {what} (by {owner}, due {due})." "Offen: {what} (verantwortlich: {owner}, fällig: {due}).";
    ActionLate "action_late" "Overdue: {what} (by {owner}, due {due})." "Überfällig: {what} (verantwortlich: {owner}, fällig: {due}).";
    ActionDone "action_done" "Done on {on}: {what} (by {owner})." "Erledigt am {on}: {what} (verantwortlich: {owner}).";
    ActionDropped "action_dropped" "Dropped on {on}: {what} (by {owner}; {why})." "Aufgegeben am {on}: {what} (verantwortlich: {owner}; {why}).";
    ActionMoved "action_moved" "It was put off {count} {count|time|times}, the last time since: {why}." "Die Frist wurde {count}-mal verschoben, zuletzt mit der Begründung: {why}.";
    NoForecast "no_forecast" "Nothing can be forecast: {cause}." "Eine Prognose ist nicht möglich: {cause}.";
    NoActions "no_actions" "No action is open, and none was closed in this month." "Keine Maßnahme ist offen, und in diesem Monat wurde keine abgeschlossen.";
    WithoutKpi "without_kpi" "Without a KPI" "Ohne Kennzahl";
    QuestionTo "question_to" "Question to {person}, asked on {on}: {what}" "Frage an {person} vom {on}: {what}";
    NothingNeeded "nothing_needed" "Nothing escalates to the executive, and no question is unanswered." "Nichts wird an die Geschäftsleitung eskaliert, und keine Frage ist unbeantwortet.";
    NothingAsked "nothing_asked" "No question about the KPIs of this report is unanswered." "Zu den Kennzahlen dieses Berichts ist keine Frage unbeantwortet.";
    CommentBy "comment_by" "{person} on {on}: “{text}”" "{person} am {on}: „{text}“";
    CommentCarried "comment_carried" "Carried forward from {period}." "Übernommen aus: {period}.";
    CommentChanged "comment_changed" "The figure was {then} when this was written, and is {now} now." "Der Wert war {then}, als das geschrieben wurde, und ist jetzt {now}.";
    CommentsAbove "comments_above" "What people said stands with the KPIs above." "Was dazu gesagt wurde, steht oben bei den Kennzahlen.";
    NoComments "no_comments" "Nobody has commented on these figures." "Zu diesen Zahlen liegt kein Kommentar vor.";
    // What renderers say
    AsOf "as_of" "as of {date}" "Stand {date}";
    AsOfTitle "as_of_title" "As of {date}" "Stand {date}";
    From "from" "from {person}" "von {person}";
    To "to" "to {person}" "an {person}";
    TitleMonth "title_month" "{title}, {month}" "{title}, {month}";
    ScorecardFor "scorecard_for" "scorecard for {period}" "Kennzahlen für {period}";
    ScorecardForTitle "scorecard_for_title" "Scorecard for {period}" "Kennzahlen für {period}";
    ScorecardCaption "scorecard_caption" "AC actual · PL plan · PP previous period · PY prior year · Δ actual less the other. The band behind a trend is its usual range." "AC Ist · PL Plan · PP Vorperiode · PY Vorjahr · Δ Ist minus Vergleichswert. Das Band hinter dem Verlauf ist die übliche Spanne.";
    Snapshot "snapshot" "snapshot {fingerprint}" "Datenstand {fingerprint}";
    DrawnFrom "drawn_from" "Drawn from snapshot {fingerprint}." "Erstellt aus dem Datenstand {fingerprint}.";
    SameBytes "same_bytes" "The same snapshot gives the same page, byte for byte." "Derselbe Datenstand ergibt dieselbe Seite, Byte für Byte.";
    HeldBy "held_by" "held by {person}, escalates to {other}" "geleitet von {person}, eskaliert an {other}";
    Minutes "minutes" "{count} minutes" "{count} Minuten";
    ReviewOf "review_of" "{cadence} review" "Besprechung ({cadence})";
    NotDeclared "not_declared" "(not declared in the system)" "(im System nicht festgelegt)";
    DeclaresNone "declares_none" "The system declares no review of this level." "Das System legt keine Besprechung dieser Ebene fest.";
    OwnerIs "owner_is" "owner: {person}" "verantwortlich: {person}";
    NothingToDiscuss "nothing_to_discuss" "Nothing to discuss: {names}." "Nichts zu besprechen: {names}.";
    ToPerson "to_person" "to {person}" "an {person}";
    ToPersonTitle "to_person_title" "To {person}" "An {person}";
    NobodyNamedHere "nobody_named_here" "nobody named" "niemand benannt";
    SinceClears "since_clears" "Since {since}; it clears with {clears}." "Seit {since}; erledigt durch: {clears}.";
    NobodyAnswers "nobody_answers" "Nobody answers for it: name an owner." "Niemand ist dafür verantwortlich: Es ist jemand zu benennen.";
    TableLabel "table" "Table" "Tabelle";
    ClearsWith "clears_with" "It clears with {clears}." "Erledigt durch {clears}.";
    ForReviewOf "for_review_of" "for the review of {date}" "für die Besprechung am {date}";
    LastHeld "last_held" "Last held on {on}, with the numbers as of {date} (snapshot {fingerprint})." "Zuletzt gehalten am {on}, mit den Zahlen vom {date} (Datenstand {fingerprint}).";
    Decided "decided" "Decided then: {what}" "Damals entschieden: {what}";
    DecidedBy "decided_by" "Decided then: {what} ({person})" "Damals entschieden: {what} ({person})";
    AboutBudget "about_budget" "budget" "Budget";
    AboutLanding "about_landing" "running period" "laufender Zeitraum";
    AgendaOthers "agenda_others" "Also escalates" "Außerdem eskaliert";
    AgendaAhead "agenda_ahead" "Budget and running period" "Budget und laufender Zeitraum";
    NotKnown "not_known" "Not known" "Nicht bekannt";
    AgendaActions "agenda_actions" "Open actions" "Offene Maßnahmen";
    AgendaQuestions "agenda_questions" "Open questions" "Offene Fragen";
    AgendaTime "agenda_time" "Time" "Zeit";
    TimeSlot "time_slot" "{count} min · {topic}" "{count} Min. · {topic}";
    NoTimeFor "no_time_for" "No time for {topic}" "Keine Zeit für {topic}";
    ActionDue "action_due" "Due on {date}, open for {age} {age|day|days}." "Fällig am {date}, offen seit {age} {age|Tag|Tagen}.";
    ActionLateBy "action_late_by" "It is late by {count} {count|day|days}." "Überfällig seit {count} {count|Tag|Tagen}.";
    ActionPutOff "action_put_off" "It was put off {count} {count|time|times}." "Die Frist wurde {count}-mal verschoben.";
    QuestionOpen "question_open" "To {person}, open for {count} {count|day|days}." "An {person}, offen seit {count} {count|Tag|Tagen}.";
    AskedBy "asked_by" "Asked by {person}." "Gefragt von {person}.";
    ChartSpan "chart_span" "{first} {from} to {last} {to}" "{first} {from} bis {last} {to}";
    ChartRange "chart_range" "usual range {range}" "übliche Spanne {range}";
    // How figures are computed
    CountOf "count_of" "number of rows of {source}" "Anzahl der Zeilen von {source}";
    SumOf "sum_of" "sum of {column}" "Summe von {column}";
    MeanOf "mean_of" "mean of {column}" "Mittelwert von {column}";
    StatisticOf "statistic_of" "{statistic} of {column}" "{statistic} von {column}";
    WeightedMeanOf "weighted_mean_of" "mean of {column}, weighted by {weight}" "Mittelwert von {column}, gewichtet mit {weight}";
    FirstSumOf "first_sum_of" "first daily sum of {column}" "erste Tagessumme von {column}";
    LastSumOf "last_sum_of" "last daily sum of {column}" "letzte Tagessumme von {column}";
    MeanSumOf "mean_sum_of" "mean of the daily sums of {column}" "Mittelwert der Tagessummen von {column}";
    DistinctOf "distinct_of" "number of different {column}" "Anzahl verschiedener {column}";
    AboutDistinctOf "about_distinct_of" "number of different {column}, approximately" "Anzahl verschiedener {column}, näherungsweise";
    RatioOf "ratio_of" "{numerator} ÷ {denominator}" "{numerator} ÷ {denominator}";
    OverLastOne "over_last_one" "{figure} over the last period" "{figure} über den letzten Zeitraum";
    OverLast "over_last" "{figure} over the last {count} periods" "{figure} über die letzten {count} Zeiträume";
    ToDateWeek "to_date_week" "{figure} week-to-date" "{figure} seit Wochenbeginn";
    ToDateMonth "to_date_month" "{figure} month-to-date" "{figure} seit Monatsbeginn";
    ToDateQuarter "to_date_quarter" "{figure} quarter-to-date" "{figure} seit Quartalsbeginn";
    ToDateYear "to_date_year" "{figure} year-to-date" "{figure} seit Jahresbeginn";
    OfAllTime "of_all_time" "{figure} of all time" "{figure} insgesamt";
    Within "within" " within {days} {days|day|days}" " innerhalb von {days} {days|Tag|Tagen}";
    WithinBefore "within_before" " within {days} {days|day|days} before" " innerhalb von {days} {days|Tag|Tagen} davor";
    Matching "matching" " with the same {column}" " mit derselben Ausprägung von {column}";
    CohortOf "cohort_of" "share of {from} that reach {to}{within}{matching}, by cohort" "Anteil von {from}, der {to}{within}{matching} erreicht, nach Kohorte";
    SamePeriodOf "same_period_of" "{to} reached{within}{matching} ÷ {from}, both of the same period" "{to}{within}{matching} erreicht ÷ {from}, beide im selben Zeitraum";
    DurationOf "duration_of" "{statistic} of days from {from} to {to}" "{statistic} der Tage von {from} bis {to}";
    CreditedTo "credited_to" "{outcome} credited to {to}{within}: {rule}" "{outcome}, zugerechnet zu {to}{within}: {rule}";
    OfAllTouches "of_all_touches" "{to}, of all {touches}" "{to}, von allen {touches}";
    CreditFirst "credit_first" "all to the first touch" "alles dem ersten Kontakt";
    CreditLast "credit_last" "all to the last touch" "alles dem letzten Kontakt";
    CreditLinear "credit_linear" "the same to each touch" "jedem Kontakt gleich viel";
    CreditPosition "credit_position" "40% each to the first and the last touch, 20% to those between" "je 40\u{a0}% dem ersten und dem letzten Kontakt, 20\u{a0}% denen dazwischen";
    CreditDecay "credit_decay" "half as much to a touch for each day earlier" "einem Kontakt halb so viel für jeden Tag, den er früher war";
    CreditDecayDays "credit_decay_days" "half as much to a touch for each {days} days earlier" "einem Kontakt halb so viel für je {days} Tage, die er früher war";
    CreditAny "credit_any" "all of it to every touch, which does not add up" "jedem Kontakt alles, was sich nicht summiert";
    Mean "mean" "mean" "Mittelwert";
    Minimum "minimum" "minimum" "Minimum";
    Maximum "maximum" "maximum" "Maximum";
    Median "median" "median" "Median";
    Percentile "percentile" "{number}{ending} percentile" "{number}.{ending} Perzentil";
    Where "where" "{words} where {condition}" "{words}, sofern {condition}";
    CountsAsZero "counts_as_zero" "{words}; what is missing counts as zero" "{words}; was fehlt, zählt als null";
    StandardIs "standard_is" "{standard}: {words}" "{standard}: {words}";
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

impl Message {
    /// The first of the messages that results have in English.
    pub(super) const FIRST_RETOLD: Self = Self::AtLeast;

    /// Its stable key.
    pub(crate) fn key(self) -> &'static str {
        self.row()[0]
    }

    pub(super) fn row(self) -> &'static [&'static str; 3] {
        Self::ALL.iter().position(|known| *known == self).and_then(|at| Self::TABLE.get(at)).unwrap_or(&["", "", ""])
    }

    /// The message of a key.
    pub(crate) fn parse(key: &str) -> Option<Self> {
        Self::TABLE.iter().position(|[known, ..]| *known == key).and_then(|at| Self::ALL.get(at).copied())
    }
}
