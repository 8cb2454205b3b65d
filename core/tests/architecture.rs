//! The house is one-way: each stage knows only those before it (see ARCHITECTURE.md).
#![allow(clippy::disallowed_methods, reason = "the test reads the source files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking, in its helpers too")]

use std::fs;
use std::path::Path;

/// The stages in order. A stage may use itself and what stands before it.
const STAGES: [&str; 9] = ["base", "words", "text", "model", "measure", "judge", "operate", "diagnose", "render"];

/// The Rust files below a folder.
fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn uses(text: &str) -> Vec<&str> {
    // Tests at the end of a file may use the public names.
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.match_indices("crate::").map(|(at, found)| &line[at + found.len()..]))
        .filter_map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next())
        .collect()
}

#[test]
fn every_stage_uses_only_those_before_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut checked = 0;
    for (rank, stage) in STAGES.iter().enumerate() {
        let mut found = Vec::new();
        files(&source.join(stage), &mut found);
        assert!(!found.is_empty(), "the stage {stage} has no files");
        for file in found {
            for used in uses(&fs::read_to_string(&file).unwrap()) {
                if let Some(other) = STAGES.iter().position(|known| known == &used) {
                    assert!(other <= rank, "{} uses {used}, which comes later than {stage}", file.display());
                    checked += 1;
                }
                assert_ne!(used, "wire", "{} uses the wire form, which is for hosts only", file.display());
            }
        }
    }
    assert!(checked > 50, "only {checked} uses were found: the test has lost its way");
}

/// Writing a system in code and editing its text stand beside the house: they know what makes a
/// system of a text and nothing later, and nothing but the door to hosts knows of them.
#[test]
fn what_stands_beside_the_house_knows_its_front_and_no_stage_knows_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (beside, may_use) in
        [("written", &["base", "words", "text", "model", "format"][..]), ("edit", &["base", "text"]), ("workbook", &["base", "model", "judge", "render"])]
    {
        let mut found = Vec::new();
        files(&source.join(beside), &mut found);
        assert!(!found.is_empty(), "{beside} has no files");
        // Tests may use the public names.
        for file in found.into_iter().filter(|file| !file.ends_with("tests.rs")) {
            for used in uses(&fs::read_to_string(&file).unwrap()) {
                assert!(may_use.contains(&used), "{} uses {used}", file.display());
            }
        }
        for stage in STAGES {
            let mut found = Vec::new();
            files(&source.join(stage), &mut found);
            for file in found {
                assert!(!uses(&fs::read_to_string(&file).unwrap()).contains(&beside), "{} uses {beside}", file.display());
            }
        }
    }
}
