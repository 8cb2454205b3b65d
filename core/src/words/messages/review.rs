//! Agendas, escalations, the rhythm, minutes and decks.

macro_rules! review {
    ($next:ident $($then:ident)*; $($before:tt)*) => {
        $next! {
            $($then)*; $($before)*
            // What kind of thing something is
            KindWhole "kind_whole" "whole" "das Ganze";
            KindOperator "kind_operator" "responsibility for the whole" "Verantwortung für das Ganze";
            KindBrandLayer "kind_brand_layer" "brand layer" "Markenebene";
            KindMarketingLayer "kind_marketing_layer" "marketing layer" "Marketingebene";
            KindDecision "kind_decision" "decision" "Entscheidung";
            KindSegment "kind_segment" "segment" "Segment";
            KindStage "kind_stage" "stage" "Phase";
            KindChannel "kind_channel" "channel" "Kanal";
            KindAsset "kind_asset" "asset" "Asset";
            KindInput "kind_input" "input" "Zulieferung";
            KindTool "kind_tool" "tool" "Werkzeug";
            KindWorkflow "kind_workflow" "workflow" "Ablauf";
            KindStep "kind_step" "step" "Schritt";
            KindCampaign "kind_campaign" "campaign" "Kampagne";
            KindLesson "kind_lesson" "lesson" "Erkenntnis";
            KindReview "kind_review" "review" "Besprechung";
            KindKpiSet "kind_kpi_set" "KPI set" "Kennzahlensatz";
            KindDashboard "kind_dashboard" "dashboard" "Dashboard";
            KindReport "kind_report" "report" "Bericht";
            KindPlan "kind_plan" "plan and budget" "Plan und Budget";
            // Agendas
            TopicOf "topic_of" "{name} ({kind})" "{name} ({kind})";
            NoteBudget "note_budget" "{name}: {spent} were spent; the plan to date is {planned}." "{name}: ausgegeben {spent}; Plan bis heute: {planned}.";
            UntoldLanding "untold_landing" "where the running period will land: {cause}" "wo der laufende Zeitraum enden wird: {cause}";
            // Escalations
            InDays "in_days" "{count} {count|day|days}" "{count} {count|Tag|Tage}";
            WorseSince "worse_since" "It has become worse since it was acknowledged. {whys}" "Seit es zur Kenntnis genommen wurde, ist es schlimmer geworden. {whys}";
            OverdueWhy "overdue_why" "It was due on {due}, {count} {count|day|days} ago." "Fällig war es am {due}, vor {count} {count|Tag|Tagen}.";
            OverdueTimes "overdue_times" "It was due {times} times since {due}, {count} {count|day|days} ago." "Fällig war es {times}-mal seit dem {due} (vor {count} {count|Tag|Tagen}).";
            OverdueAction "overdue_action" "Due on {due}, and not done by {date}." "Fällig am {due}; bis zum {date} nicht erledigt.";
            OverdueText "overdue_text" "Due on {due}, and nothing is recorded by {date}." "Fällig am {due}; bis zum {date} ist nichts festgehalten.";
            ClearsMinutes "clears_minutes" "minutes of it, or the reason why it was left out" "ein Protokoll davon oder der Grund, warum sie ausfiel";
            ClearsRecord "clears_record" "a record that it is done, or the reason why it was left out" "ein Vermerk, dass es erledigt ist, oder der Grund, warum es ausfiel";
            ClearsAction "clears_action" "the day on which it is done, a later deadline, or that it is dropped, with the reason" "der Tag, an dem sie erledigt ist, eine spätere Frist oder dass sie aufgegeben wird, mit Begründung";
            PaceBehind "pace_behind" "{period:In} it is behind its plan: {actual} by {until}, where {expected} was expected, for {lasting}." "{period:In} bleibt der Wert hinter dem Plan zurück: {actual} bis zum {until}, erwartet: {expected} (Dauer: {lasting}).";
            PaceBehindBy "pace_behind_by" "{period:In} it is behind its plan by more than {share}: {actual} by {until}, where {expected} was expected, for {lasting}." "{period:In} bleibt der Wert um mehr als {share} hinter dem Plan zurück: {actual} bis zum {until}, erwartet: {expected} (Dauer: {lasting}).";
            ClearsPace "clears_pace" "a figure to date that is at least as good as planned by then" "ein Stand, der mindestens so gut ist wie bis dahin geplant";
            ClearsPaceWithin "clears_pace_within" "a figure to date that is within {share} of what is planned by then" "ein Stand, der um höchstens {share} schlechter ist als bis dahin geplant";
            OverrunSpent "overrun_spent" "More is spent than was planned to date." "Ausgegeben ist mehr, als bis heute geplant war.";
            OverrunSpentBy "overrun_spent_by" "More is spent than was planned to date by more than {share}." "Ausgegeben ist um mehr als {share} mehr, als bis heute geplant war.";
            OverrunOrdered "overrun_ordered" "More is spent and ordered than there is." "Ausgegeben und bestellt ist mehr, als da ist.";
            OverrunOrderedBy "overrun_ordered_by" "More is spent and ordered than there is by more than {share}." "Ausgegeben und bestellt ist um mehr als {share} mehr, als da ist.";
            ClearsSpent "clears_spent" "spending back to the plan to date, or money moved there" "Ausgaben, die wieder im Plan bis heute liegen, oder Geld, das dorthin verschoben wird";
            ClearsOrdered "clears_ordered" "an order less, or money moved there" "eine Bestellung weniger oder Geld, das dorthin verschoben wird";
            BudgetFor "budget_for" "Budget for {period}" "Budget für {period}";
            OverrunText "overrun_text" "{spent} spent by {date}, where {planned} was planned, of {revised} for {period}." "Bis zum {date} ausgegeben: {spent}; geplant: {planned}; Budget für {period}: {revised}.";
            OverrunTextOrdered "overrun_text_ordered" "{spent} spent by {date}, where {planned} was planned; {committed} more is ordered, of {revised} for {period}." "Bis zum {date} ausgegeben: {spent}; geplant: {planned}; außerdem bestellt: {committed}; Budget für {period}: {revised}.";
            UnownedSince "unowned_since" "Nobody has answered for it since {date}." "Seit dem {date} ist niemand dafür verantwortlich.";
            UnownedEver "unowned_ever" "Nobody was ever named who answers for it." "Es wurde nie jemand benannt, der dafür verantwortlich ist.";
            UnownedLasting "unowned_lasting" "always, as far as is written" "immer, soweit es festgehalten ist";
            ClearsOwner "clears_owner" "an owner of the {kind}" "eine verantwortliche Person ({kind})";
            ClearsComing "clears_coming" "{date}, when somebody takes it over" "die Übernahme am {date}";
            UnownedText "unowned_text" "{name}: nobody answers for the {kind} on {date}." "{name}: Am {date} ist niemand dafür verantwortlich ({kind}).";
            // The rhythm
            RhythmTitle "rhythm_title" "What is due" "Was fällig ist";
            RhythmSpan "rhythm_span" "from {from} through {through}" "{from} bis {through}";
            RhythmNotKnown "rhythm_not_known" "Not known: {name}: {reason}." "Nicht bekannt: {name}: {reason}.";
            RhythmUnmatched "rhythm_unmatched" "Counts for no due date: {id} of {date}: {reason}." "Zählt für keinen Termin: {id} vom {date}: {reason}.";
            ColumnDue "column_due" "Due" "Fällig";
            ColumnWhat "column_what" "What" "Was";
            ColumnWho "column_who" "Who" "Wer";
            RhythmDone "rhythm_done" "done" "erledigt";
            RhythmDoneLate "rhythm_done_late" "done late" "verspätet erledigt";
            RhythmSkipped "rhythm_skipped" "left out" "ausgelassen";
            RhythmDue "rhythm_due" "due today" "heute fällig";
            RhythmLate "rhythm_late" "late" "überfällig";
            RhythmComing "rhythm_coming" "coming" "steht an";
            RhythmBy "rhythm_by" "{status} by {count} {count|day|days}" "{status} um {count} {count|Tag|Tage}";
            NotDueOn "not_due_on" "it is not due on {date}" "am {date} ist es nicht fällig";
            NotDueAround "not_due_around" "it is not due around this day" "um diesen Tag ist es nicht fällig";
            TookPlace "took_place" "what was due on {date} took place all the same" "was am {date} fällig war, fand trotzdem statt";
            OtherCounts "other_counts" "another record counts for {date}" "für den {date} zählt ein anderer Eintrag";
            NoCadence "no_cadence" "no cadence is declared" "kein Turnus ist festgelegt";
            TooManyDues "too_many_dues" "there are more than {count} due dates in these days" "in diesen Tagen liegen mehr als {count} Termine";
            DueHoliday "due_holiday" "{date} is {name}" "am {date} ist {name}";
            DueTaken "due_taken" "{date} is {name}, and {due} is taken" "am {date} ist {name}, und der {due} ist belegt";
            DueTooFar "due_too_far" "there are too many cadences, or they are counted from starts that lie far back" "es gibt zu viele Turnusse, oder ihr Anfang liegt weit zurück";
            DueNoDay "due_no_day" "{cadence} says how often, and not on which day" "{cadence} sagt, wie oft, aber nicht, an welchem Tag";
            DueNever "due_never" "what goes on without a break is never due" "was ununterbrochen läuft, ist nie fällig";
            CalendarHeldBy "calendar_held_by" "Held by: {person}" "Leitung: {person}";
            CalendarOwner "calendar_owner" "Owner: {person}" "Verantwortlich: {person}";
            // Minutes
            MinutesSame "minutes_same" "These are the numbers that were on the table." "Das sind die Zahlen, die auf dem Tisch lagen.";
            MinutesChanged "minutes_changed" "The snapshot as of {date} is another one now: system or facts have changed since. `explain_difference` tells what came of that." "Der Datenstand vom {date} ist jetzt ein anderer: System oder Daten haben sich seither geändert. `explain_difference` sagt, was daraus wurde.";
            MinutesOther "minutes_other" "The numbers on the table were those as of {date}; a snapshot of that day tells whether they still are." "Auf dem Tisch lagen die Zahlen vom {date}; ob sie noch gelten, sagt ein Datenstand von diesem Tag.";
            MinutesAction "minutes_action" "{what}, {owner}, due {due}" "{what}, {owner}, fällig am {due}";
            MinutesQuestion "minutes_question" "{what}, to {person}" "{what}, an {person}";
            // The weekly review of a KPI, and decks
            WeeklyTold "weekly_told" "{name} in {period}: {told}." "{name}, {period}: {told}.";
            WeeklyNone "weekly_none" "{name}: there is no period." "{name}: Es gibt keinen Zeitraum.";
            OnWeekBefore "on_week_before" "{change} on the week before" "{change} gegenüber der Vorwoche";
            OnMonthBefore "on_month_before" "{change} on the month before" "{change} gegenüber dem Vormonat";
            OnQuarterBefore "on_quarter_before" "{change} on the quarter before" "{change} gegenüber dem Vorquartal";
            WeeklyToDate "weekly_to_date" "{name} from {period}: {told}." "{name}, {period}: {told}.";
            OnYearBefore "on_year_before" "{change} on the year before" "{change} gegenüber dem Vorjahr";
            TooShort "too_short" "it means nothing in periods shorter than a {grain}" "in so kurzen Zeiträumen ist der Wert ohne Bedeutung (kürzester Zeitraum: {grain})";
            NoPeriod "no_period" "there is no period" "es gibt keinen Zeitraum";
            LastWeek "last_week" "last week" "letzte Woche";
            LastMonth "last_month" "last month" "letzter Monat";
            MonthToDate "month_to_date" "month to date" "Monat bis heute";
            QuarterToDate "quarter_to_date" "quarter to date" "Quartal bis heute";
            YearToDate "year_to_date" "year to date" "Jahr bis heute";
            DeckTitle "deck_title" "Weekly business review" "Wöchentliche Durchsicht der Kennzahlen";
            DeckHeldBy "deck_held_by" "held by {person}" "geleitet von {person}";
            NoneToTalk "none_to_talk" "Nothing needs talk" "Nichts ist zu besprechen";
            OneToTalk "one_to_talk" "One thing needs talk" "Ein Punkt ist zu besprechen";
            ManyToTalk "many_to_talk" "{count} things need talk" "{count} Punkte sind zu besprechen";
            DeckOnTarget "deck_on_target" "{met} of {count} KPIs are on target" "Im Ziel: {met} von {count} Kennzahlen";
            DeckScorecard "deck_scorecard" "Scorecard, {period}" "Kennzahlen, {period}";
            PageOf "page_of" "{title} ({page} of {count})" "{title} ({page} von {count})";
            ColumnPeriod "column_period" "Period" "Zeitraum";
            ColumnInterval "column_interval" "Interval" "Intervall";
            ColumnChance "column_chance" "Chance" "Wahrscheinlichkeit";
        }
    };
}
