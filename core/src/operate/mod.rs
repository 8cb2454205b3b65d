//! The running rhythm: what escalates, what is on the agenda, and the monthly report. All of
//! it is drawn from a snapshot.

pub(crate) mod agenda;
pub(crate) mod deck;
pub(crate) mod escalation;
mod explain;
pub(crate) mod minutes;
pub(crate) mod planning;
pub(crate) mod report;
pub(crate) mod rhythm;
mod sentence;
pub(crate) mod weekly_review;
