//! The README is true: its first system parses, and its quick starts are the same in all hosts.
#![allow(clippy::disallowed_methods, reason = "the test reads the README")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking, in its helpers too")]

use marketingos::{Source, System};

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md")).unwrap()
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_first_system_of_the_readme_has_no_findings() {
    let parts = blocks(&readme(), "yaml");
    assert_eq!(parts.len(), 5);
    let text = parts.concat();
    let (system, findings) = System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(findings, []);
    assert_eq!((system.kpis().len(), system.targets().len()), (2, 1));
}

#[test]
fn the_quick_starts_use_the_same_system() {
    let readme = readme();
    let system = |language: &str| {
        let block = blocks(&readme, language).remove(0);
        let start = block.find("marketingos: 1").unwrap();
        let end = block.find("} ] } }").unwrap();
        block[start..end].to_owned()
    };
    assert_eq!(system("rust"), system("python"));
    assert_eq!(system("rust"), system("js"));
}

#[test]
fn the_two_commands_stand_alone_under_their_headings() {
    for (heading, command) in [("## Run", "./examples/run.sh\n"), ("## Test", "./tests/run.sh\n")] {
        let readme = readme();
        let section = readme.split(&format!("\n{heading}\n")).nth(1).unwrap();
        assert_eq!(blocks(section, "sh").remove(0), command);
    }
}
