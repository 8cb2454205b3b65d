//! What a workload is: a part that is timed, and what its result came to, which is not.

use crate::answer::Answer;

/// Whatever stops a benchmark.
pub type Failure = Box<dyn std::error::Error>;

/// One workload.
pub trait Workload {
    /// The timed part.
    fn run(&mut self) -> Result<(), Failure>;
    /// Drops the result of the last run, so that its memory is not counted to the next.
    fn forget(&mut self);
    /// What the last run came to.
    fn answer(&self) -> Result<Answer, Failure>;
}

struct Timed<Run, Result> {
    run: Run,
    answer: fn(&Result) -> Answer,
    result: Option<Result>,
}

impl<Run: FnMut() -> Result<Outcome, Failure>, Outcome> Workload for Timed<Run, Outcome> {
    fn run(&mut self) -> Result<(), Failure> {
        self.result = Some((self.run)()?);
        Ok(())
    }

    fn forget(&mut self) {
        self.result = None;
    }

    fn answer(&self) -> Result<Answer, Failure> {
        self.result.as_ref().map(self.answer).ok_or_else(|| "nothing has been run".into())
    }
}

/// A workload of a function that is timed and one that is not.
pub fn workload<Outcome: 'static>(run: impl FnMut() -> Result<Outcome, Failure> + 'static, answer: fn(&Outcome) -> Answer) -> Box<dyn Workload> {
    Box::new(Timed { run, answer, result: None })
}

/// Reads a file, or says which could not be read.
pub fn read(file: &std::path::Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()).into())
}
