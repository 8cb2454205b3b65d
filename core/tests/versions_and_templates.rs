//! Texts of older format versions, and starting files.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use marketingos::{Code, LayerStatus, Severity, Source, System, frameworks};

const DRAFT: &str = "
marketingos: 0
name: Firm
fiscal_year_starts: july
people: { ana: Ana }
sources: { leads: { date: created, rows: events } }
kpis: { leads: { unit: count of leads, direction: higher, owner: ana, count: leads } }
";

#[test]
fn a_draft_means_what_it_meant() {
    let (system, findings) = System::parse(&[Source::new("system.yaml", DRAFT)]).unwrap();
    let today =
        DRAFT.replace("marketingos: 0", "marketingos: 1").replace("fiscal_year_starts: july", "calendar: { fiscal_year_starts: july }\nmin_coverage: 90 %");
    let (same, none) = System::parse(&[Source::new("system.yaml", &today)]).unwrap();
    assert!(none.is_empty());
    assert_eq!(system, same);
    assert_eq!(system.fingerprint(), same.fingerprint());
    let [note] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!((note.code, note.severity, note.place.mark.line), (Code::Migrated, Severity::Note, 2));
    let said = "the text is of format version `0`, and read as 1: `fiscal_year_starts` is a key of `calendar`; `min_coverage` is `90 %`, as it was where it was not written";
    assert_eq!(note.message, said);
}

#[test]
fn several_drafts_are_one_system() {
    let plan = "marketingos: 0\nplan: { name: Plan }\n";
    let (system, findings) = System::parse(&[Source::new("plan.yaml", plan), Source::new("system.yaml", DRAFT)]).unwrap();
    assert_eq!((system.plan_name(), system.calendar().fiscal_year_starts()), ("Plan", 7));
    assert_eq!(findings.iter().map(|finding| finding.place.file.as_str()).collect::<Vec<_>>(), ["plan.yaml", "system.yaml"]);
    assert!(findings[0].message.ends_with("nothing in it is written otherwise"));
    // What a draft says itself stays.
    let own = DRAFT.replace("name: Firm", "name: Firm\nmin_coverage: 80 %");
    assert_eq!(System::parse(&[Source::new("system.yaml", &own)]).unwrap().0.kpis()[0].min_coverage.to_string(), "0.8");
}

#[test]
fn what_is_new_is_no_draft() {
    // A key that a draft did not have where it stands is told as ever, in its own place.
    let both = DRAFT.replace("people:", "calendar: { week_starts: sunday }\npeople:");
    let error = System::parse(&[Source::new("system.yaml", &both)]).unwrap_err();
    let found: Vec<String> = error.findings().iter().map(|finding| format!("{} {} {}", finding.code, finding.place.mark.line, finding.place.path)).collect();
    assert_eq!(found, ["MOS-M001 4 fiscal_year_starts", "MOS-M029 2 marketingos"]);
    for version in ["2", "-1", "01", "zero"] {
        let text = DRAFT.replace("marketingos: 0", &format!("marketingos: {version}")).replace("fiscal_year_starts: july\n", "");
        let error = System::parse(&[Source::new("system.yaml", &text)]).unwrap_err();
        assert_eq!(error.findings()[0].code, Code::FormatVersion, "{version}");
    }
}

#[test]
fn every_starting_file_says_what_is_left_to_fill_in() {
    let day = "2026-06-30".parse().unwrap();
    for framework in frameworks::standard() {
        let text = framework.template();
        let (system, findings) = System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{}: {error}\n{text}", framework.id));
        assert!(findings.len() >= 5, "{}", framework.id);
        for finding in &findings {
            assert_eq!((finding.code, finding.severity), (Code::ToFillIn, Severity::Warning), "{}: {}", framework.id, finding.message);
            assert!(finding.help.starts_with("write ") && finding.help.len() > 10, "{}", finding.help);
            let line = text.lines().nth(usize::try_from(finding.place.mark.line).unwrap() - 1).unwrap();
            assert!(line.contains(finding.help.strip_prefix("write ").unwrap()), "{line}: {}", finding.help);
        }
        // Its layers are there but for the loop, of which nothing can be said beforehand.
        let coverage = system.coverage(framework.id.as_str(), day).unwrap();
        for layer in &coverage.layers {
            assert_ne!(layer.status, LayerStatus::Absent, "{} {}", framework.id, layer.layer);
        }
        // Filled in, nothing is told.
        let filled = text.replace("TODO ", "");
        assert!(System::parse(&[Source::new("system.yaml", &filled)]).unwrap().1.is_empty(), "{filled}");
    }
}

#[test]
fn a_framework_of_ones_own_has_a_starting_file_too() {
    let text = "marketingos: 1\nname: Firm\nframeworks: { ours: { name: \"Ours\\n# not a comment: x\", layers: { reach: [channels] } } }\n";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let template = system.frameworks().last().unwrap().template();
    assert!(template.starts_with("# Ours # not a comment: x\n"), "a name does not break out of its comment");
    assert!(template.contains("\nchannels:\n") && !template.contains("\nsegments:\n"));
    System::parse(&[Source::new("system.yaml", &template)]).unwrap();
}

#[test]
fn only_values_that_begin_with_the_mark_are_left_to_fill_in() {
    let text = "marketingos: 1\nname: TODO\npeople: { ana: TODOR, ben: \"TODO: his name\", eva: To do }\n";
    let (_, findings) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let found: Vec<_> = findings.iter().map(|finding| (finding.place.path.as_str(), finding.help.as_str())).collect();
    assert_eq!(found, [("name", "write it, or take it out"), ("people.ben", "write his name")]);
}
