//! The language of a system, and the messages that it says in its own way.

use super::{Context, System};
use crate::base::code::Code;
use crate::base::finding::{Finding, Mark, Severity, quoted};
use crate::base::id::nearest;
use crate::text::{Data, MapReader, Reader};
use crate::words::{Language, Message, Words, built_in, pattern, periods, placeholders};

pub(super) fn wording(context: &mut Context<'_>, map: &mut MapReader<'_>, system: &mut System) {
    let language = map.one_of(&mut context.reader, "language", &Language::WORDS);
    let language = language.unwrap_or_else(|| system.words.language());
    let mut own = system.words.own().to_vec();
    if let Some((node, path)) = map.get("wording") {
        match &node.data {
            Data::Map(entries) => {
                for entry in entries {
                    let path = format!("{path}.{}", entry.key);
                    let Some(message) = Message::parse(&entry.key) else {
                        unknown(&mut context.reader, &entry.key, entry.mark, &path);
                        continue;
                    };
                    if let Some(pattern) = context.reader.text(&entry.value, &path)
                        && fits(&mut context.reader, message, pattern, entry.value.mark, &path)
                    {
                        own.push((message, pattern.to_owned()));
                    }
                }
            }
            _ => context.reader.wrong_shape(node, &path, "a mapping of messages to patterns"),
        }
    }
    system.words = Words::new(language, own);
}

fn unknown(reader: &mut Reader<'_>, key: &str, mark: Mark, path: &str) {
    let near = nearest(key, Message::ALL.iter().map(|message| message.key()));
    let help = near.map_or_else(|| "name a message of the catalogue of wording".to_owned(), |near| format!("did you mean `{near}`?"));
    reader.error(Code::UnknownMessage, mark, path, format!("there is no message {}", quoted(key)), help);
}

/// Whether a pattern can be read and asks for nothing that the message does not have. What it
/// leaves out is worth a warning: somebody may miss it.
fn fits(reader: &mut Reader<'_>, message: Message, own: &str, mark: Mark, path: &str) -> bool {
    let pieces = match pattern::pieces(own) {
        Ok(pieces) => pieces,
        Err(why) => {
            let help = "write text with placeholders such as `{month}`, and words by a number such as `{count|row|rows}`";
            reader.error(Code::BadPattern, mark, path, format!("the pattern cannot be read: {why}"), help);
            return false;
        }
    };
    let known = placeholders(message);
    for piece in &pieces {
        let (name, form) = match piece {
            pattern::Piece::Value { name, form } => (*name, *form),
            pattern::Piece::Number { name, .. } => (*name, ""),
            pattern::Piece::Text(_) => continue,
        };
        if !known.contains(&name) || !periods::FORMS.contains(&form) {
            let asked = if form.is_empty() { name.to_owned() } else { format!("{name}:{form}") };
            let help = match nearest(name, known.iter().copied()) {
                _ if known.contains(&name) => "a form is `in`, `In` or `to`, as in `{month:in}`".to_owned(),
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None if known.is_empty() => "this message has no placeholders".to_owned(),
                None => format!("use {}", listed(&known)),
            };
            reader.error(Code::UnknownPlaceholder, mark, path, format!("the message has no placeholder {}", quoted(&asked)), help);
            return false;
        }
    }
    let (asked, wanted) = (pattern::names(own), pattern::names(built_in(Language::English, message)));
    let left_out: Vec<&str> = wanted.into_iter().filter(|name| !asked.contains(name)).collect();
    if !left_out.is_empty() && message != Message::Date {
        let place = reader.place(mark, path);
        let help = "leave it out only if nobody needs it".to_owned();
        let message = format!("the pattern leaves out {}", listed(&left_out));
        reader.report([Finding { severity: Severity::Warning, code: Code::LeftOutPlaceholder, message, place, help }]);
    }
    true
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use crate::{Severity, Source, System};

    fn read(wording: &str) -> Vec<String> {
        let text = format!("{{marketingos: 1, name: Small firm, language: de, wording: {wording}}}");
        let findings = match System::parse(&[Source::new("s.yaml", &text)]) {
            Ok((_, findings)) => findings,
            Err(error) => error.findings().to_vec(),
        };
        findings.iter().map(|finding| format!("{} {:?} {} | {}", finding.code, finding.severity == Severity::Error, finding.message, finding.help)).collect()
    }

    #[test]
    fn a_message_is_set_once_by_one_text() {
        let found = |texts: &[(&str, &str)]| {
            let sources: Vec<Source<'_>> = texts.iter().map(|(name, text)| Source::new(name, text)).collect();
            let error = System::parse(&sources).unwrap_err();
            error.findings().iter().map(|finding| (finding.code.as_str(), finding.message.clone())).collect::<Vec<_>>()
        };
        let first = ("s.yaml", "{marketingos: 1, name: Small firm, include: [a.yaml], wording: {noise: one}}");
        let code = crate::Code::DuplicateKey.as_str();
        let expected = [(code, "the key `wording` stands in s.yaml too".to_owned())];
        assert_eq!(found(&[first, ("a.yaml", "{marketingos: 1, wording: {noise: other}}")]), expected);
        assert_eq!(found(&[("s.yaml", "{marketingos: 1, name: A, wording: {noise: one, noise: other}}")])[0].0, code);
    }

    #[test]
    fn replaced_messages_are_checked() {
        let none: [&str; 0] = [];
        assert_eq!(read("{noise: 'im <b>Rahmen</b>'}"), none);
        assert_eq!(read("{nois: ruhig}"), ["MOS-M050 true there is no message `nois` | did you mean `noise`?"]);
        let bad = "MOS-M051 true the pattern cannot be read: a brace is not closed | write text with placeholders such as `{month}`, and words by a number such as `{count|row|rows}`";
        assert_eq!(read("{met_of: '{month'}"), [bad]);
        assert_eq!(read("{off_target_list: 'Weg: {name}'}"), ["MOS-M052 true the message has no placeholder `name` | did you mean `{names}`?"]);
        assert_eq!(
            read("{met_of: '{month:on} {met} {targeted}'}"),
            ["MOS-M052 true the message has no placeholder `month:on` | a form is `in`, `In` or `to`, as in `{month:in}`"]
        );
        assert_eq!(read("{met_of: '{met} von {targeted}'}"), ["MOS-M053 false the pattern leaves out `{month}` | leave it out only if nobody needs it"]);
        assert_eq!(read("[noise]"), ["MOS-M003 true expected a mapping of messages to patterns, found a list | write a mapping of messages to patterns here"]);
        let text = "{marketingos: 1, name: Small firm, language: fr}";
        let error = System::parse(&[Source::new("s.yaml", text)]).unwrap_err();
        assert_eq!(error.findings()[0].message, "`fr` is not known here");
    }
}
