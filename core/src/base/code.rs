//! The stable codes of errors and findings. A code is never reused for another meaning.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($variant:ident = $code:literal, $meaning:literal;)*) => {
        /// The stable code of an error or finding.
        ///
        /// ```
        /// use marketingos::Code;
        /// assert_eq!(Code::DuplicateKey.as_str(), "MOS-T005");
        /// assert_eq!(Code::DuplicateKey.meaning(), "a key stands twice in the same mapping");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as written, such as `MOS-T004`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What the code means, in one line.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    // T: text
    EmptyText = "MOS-T001", "the text is empty";
    NotUtf8 = "MOS-T002", "the text is not UTF-8";
    ByteOrderMark = "MOS-T003", "the text starts with a byte order mark, which is skipped";
    Syntax = "MOS-T004", "the text is not well-formed";
    DuplicateKey = "MOS-T005", "a key stands twice in the same mapping";
    TooLarge = "MOS-T006", "the text, or what it expands to, is larger than the limit";
    TooDeep = "MOS-T007", "the text is nested more deeply than the limit";
    SeveralDocuments = "MOS-T008", "the text holds more than one document";
    UnsupportedSyntax = "MOS-T009", "a feature of the syntax that systems do not use";
    LineEndings = "MOS-T010", "the lines end in CR LF, which is read as LF";
    MissingText = "MOS-T011", "a text that another one includes, or names as its parent, was not given";
    BadTextName = "MOS-T012", "the name of a text is none, or leads out of the folder";
    // M: model
    UnknownKey = "MOS-M001", "a key that the format does not know";
    MissingKey = "MOS-M002", "a required key is missing";
    WrongShape = "MOS-M003", "a value has the wrong shape";
    WrongValue = "MOS-M004", "a value is not one of those allowed";
    BadId = "MOS-M005", "a name is not a valid id";
    UnknownReference = "MOS-M006", "a reference to something that is not defined";
    FormatVersion = "MOS-M007", "the format version is missing or not supported";
    DuplicateId = "MOS-M008", "two things share an id";
    Cycle = "MOS-M009", "a definition refers to itself";
    SeveralOperators = "MOS-M010", "two operators at the same time";
    BadFormula = "MOS-M011", "a formula cannot be read";
    AmbiguousTarget = "MOS-M012", "two targets for the same KPI and period were set on the same day";
    BadDates = "MOS-M013", "an end lies before its start";
    DefinitionKind = "MOS-M014", "a definition has no calculation, or more than one";
    NotCombinable = "MOS-M015", "a calculation cannot be made of what it refers to";
    SeveralOwners = "MOS-M016", "two people answer for the same thing at the same time";
    ImplausibleTarget = "MOS-M017", "a target that is probably written in another unit";
    ConflictingKeys = "MOS-M018", "keys that cannot stand beside each other";
    BadName = "MOS-M019", "names of periods from which the period cannot be told";
    BadCondition = "MOS-M020", "a condition cannot be read, or compares what cannot be compared";
    MixedUnits = "MOS-M021", "a formula adds or compares figures of different units";
    WrongUnit = "MOS-M022", "a declared unit is not the one that follows from the calculation";
    WrongAdditivity = "MOS-M023", "a figure adds up what does not add up, or is declared to add up otherwise than it does";
    StandardFixed = "MOS-M024", "a standard KPI is written with a unit or direction that is not its own";
    Restated = "MOS-M025", "an element states a value again that a decision it rests on has fixed";
    Contradicted = "MOS-M026", "an element states another value than a decision that it rests on";
    UnmatchedRevision = "MOS-M027", "a lesson is said to have led to a revision that the decision does not have";
    UnknownCadence = "MOS-M028", "a cadence that is neither a rule nor words from which days can be told";
    Migrated = "MOS-M029", "a text of an older format version, which is read as one of the newest";
    ToFillIn = "MOS-M030", "a value of a starting file that is still to be filled in";
    PlanDoesNotSum = "MOS-M031", "the targets of the parts of a year or quarter do not sum to its own";
    BudgetDoesNotSum = "MOS-M036", "the lines of a budget do not sum to its frame";
    MoveTooLarge = "MOS-M037", "more is moved from a line of a budget than it has";
    SpendingCountedTwice = "MOS-M038", "two lines of a budget count the same spending";
    TargetDirection = "MOS-M032", "a target asks for the other way than the KPI's direction";
    MembersAboveTotal = "MOS-M033", "the targets of members sum to more than that of their total";
    LevelsOutOfOrder = "MOS-M034", "the levels of a target are not in the order of the KPI's direction";
    ScenarioCode = "MOS-M035", "the code of a scenario is none, or means something else already";
    TopOfLadder = "MOS-M045", "a trigger climbs from the highest rung of the ladder";
    NothingToTrigger = "MOS-M046", "a trigger that can never fire, since the system has nothing that it looks at";
    UnknownMessage = "MOS-M050", "a message that the catalogue of wording does not have";
    BadPattern = "MOS-M051", "the pattern of a message cannot be read";
    UnknownPlaceholder = "MOS-M052", "a pattern asks for something that its message does not have";
    LeftOutPlaceholder = "MOS-M053", "a pattern leaves out something that its message has";
    // F: facts
    UnknownSource = "MOS-F001", "facts for a source that the system does not declare";
    MissingColumn = "MOS-F002", "a declared column is not in the facts";
    ExtraColumns = "MOS-F003", "columns that the source does not declare, which are not read";
    RaggedRow = "MOS-F004", "a row has more or fewer cells than the header; it is not counted";
    BadDate = "MOS-F005", "a date that does not fit the declared pattern; the row is not counted";
    BadNumber = "MOS-F006", "a number that does not fit the declared format; the cell is missing";
    NumberOutOfRange = "MOS-F007", "a number too large or too precise to be kept exactly; the cell is missing";
    DuplicateColumn = "MOS-F008", "a column name stands twice in the header";
    SourceLoadedTwice = "MOS-F009", "facts for the same source were given twice";
    SourceNotLoaded = "MOS-F010", "no facts were given for a declared source";
    MissingEntity = "MOS-F011", "a row without its entity";
    FutureRows = "MOS-F012", "rows dated after the as-of date, which are not counted";
    UnbalancedQuote = "MOS-F013", "a quoted cell is not closed";
    DuplicateRows = "MOS-F014", "an entity stands in more than one row";
    UnmatchedEntities = "MOS-F015", "outcomes of entities that never entered; they belong to no cohort";
    OtherDeclaration = "MOS-F016", "facts that were read for a system with another declaration of their source";
    UnknownMember = "MOS-F017", "a condition names a member that no row has";
    StaleRows = "MOS-F018", "the last row is old, although the source is declared to be complete";
    OutsideRecording = "MOS-F019", "rows dated outside the declared recording, which are not counted";
    NotARow = "MOS-F020", "an item among JSON rows that is not an object; it is not counted";
    RepeatedName = "MOS-F021", "a row has a value twice under the same name; it is not counted";
    WrongKind = "MOS-F022", "a truth value, list or object where a text or number belongs; the cell is missing";
    UnsupportedType = "MOS-F023", "a column of a type that is not read";
    BrokenHierarchy = "MOS-F024", "members that lie within more than one of the wider dimension that they are declared within";
    NotKnownThen = "MOS-F025", "rows that were recorded after the as-of date, or replaced before it, which are not counted";
    // E: evidence
    RepeatedEvidence = "MOS-E001", "two entries of evidence say what only one can";
    NearlyAKpi = "MOS-E002", "a name that is no KPI of the system, but nearly one";
    // J: the journal
    RepeatedRecord = "MOS-J001", "two records of a journal say what only one can";
    RecordDates = "MOS-J002", "the days of a record are not in the order in which things happen";
    UnknownSubject = "MOS-J003", "an acknowledgement of something that neither the system nor the journal has";
    BadSnapshotMark = "MOS-J004", "a text that is not the fingerprint of a snapshot, nor the beginning of one";
    // Q: questions
    BadRequest = "MOS-Q001", "a request that is not understood";
    UnknownKpi = "MOS-Q002", "a question about a KPI or measure that the system does not define";
    BadPeriod = "MOS-Q003", "a period that does not exist in the system's calendar";
    UnknownDimension = "MOS-Q004", "a question by a dimension that the figure does not have";
    BadAsOf = "MOS-Q005", "the as-of date is not a date";
    NotASystem = "MOS-Q006", "the system has errors";
    NotFacts = "MOS-Q007", "the facts have errors";
    NotEvidence = "MOS-Q008", "the evidence has errors";
    TooManyMembers = "MOS-Q009", "a question by more combinations of members than can be told apart";
    NotCells = "MOS-Q010", "a text that is not cells, or not those of the system";
    OtherVersion = "MOS-Q011", "cells that were written by another version of this library";
    OtherCells = "MOS-Q012", "cells of another system, as-of date or dimensions, which do not merge";
    RepeatedPart = "MOS-Q013", "a partition of the rows that would be counted twice";
    NotInCells = "MOS-Q014", "a question by a dimension that cells were not made by";
    UnknownDecision = "MOS-Q015", "a question about a decision that the system does not have";
    UnknownPerson = "MOS-Q016", "a question about a person that the system does not name";
    UnknownElement = "MOS-Q017", "a question about a part that the system does not have";
    UnknownFramework = "MOS-Q018", "a question by a framework that is neither published nor the system's own";
    NotEdited = "MOS-Q019", "a change of a text that cannot be made without changing something else";
    NoBudget = "MOS-Q020", "a question about a budget that the plan does not have";
    UnknownScenario = "MOS-Q021", "a question about a scenario that the plan does not have";
    NotAQuarter = "MOS-Q026", "a question about planning a period that is no quarter, or is over";
    NotAJournal = "MOS-Q022", "the journal has errors";
    BadWindow = "MOS-Q023", "a question about days that a rhythm is not told of";
    NoZone = "MOS-Q024", "a time of day by the clock of a zone that this build does not know";
    BadChart = "MOS-Q030", "a chart that cannot be drawn as asked";
    // X: workbooks
    NotAWorkbook = "MOS-X001", "bytes that are no workbook, or one that cannot be read";
    WorkbookTooLarge = "MOS-X002", "a workbook, or what it expands to, is larger than the limit";
    WorkbookNotWritten = "MOS-X003", "a workbook cannot be written";
    MissingSheet = "MOS-X004", "a sheet is not in the workbook, or has another name";
    MissingHeading = "MOS-X005", "a heading is not in a sheet, or has another name";
    UnknownRow = "MOS-X006", "a row of a workbook about something that the system does not define";
    RepeatedRow = "MOS-X007", "two rows of a sheet are about the same thing";
    NotANumber = "MOS-X008", "a cell holds no number where one belongs";
    ErrorInCell = "MOS-X009", "the formula in a cell comes to an error";
    BadCell = "MOS-X010", "a cell holds a word that is not understood there";
    UnreadSheet = "MOS-X011", "a sheet that is not read";
    GoneRow = "MOS-X012", "a row that the workbook was written with is not there any more";
    ComputedCell = "MOS-X013", "a number was typed over a formula whose result is not read";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_unique_and_mean_something() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code} twice");
            assert!(code.meaning().len() > 10);
        }
    }
}
