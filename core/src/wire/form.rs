//! In which form an answer is asked for: as data, or written out.

use serde::{Deserialize, Serialize};

use super::json;
use crate::base::code::Code;
use crate::base::error::Error;
use crate::base::finding::quoted;
use crate::render::charts::Svg;
use crate::render::{Format, TextStyle, Written};
use crate::text::one_of_help;

/// The form of an answer, which every question can name beside what it asks.
#[derive(Debug)]
pub(super) struct Form {
    format: Option<Format>,
    style: Style,
}

/// How it is written or drawn.
#[derive(Debug, Default)]
struct Style {
    text: TextStyle,
    svg: Svg,
}

/// How a chart is drawn.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SvgRequest {
    width: Option<u32>,
    style: Option<bool>,
}

/// How a text is set.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TextRequest {
    width: Option<u32>,
    colour: Option<bool>,
}

/// An answer that has been written out.
#[derive(Serialize)]
struct WrittenAnswer {
    #[serde(rename = "as")]
    form: &'static str,
    text: String,
}

impl Form {
    /// Takes `as`, and `text` and `svg` that say how, out of a request.
    pub(super) fn taken_from(request: &mut serde_json::Value, not_understood: impl Fn(serde_json::Error) -> Error) -> Result<Self, Error> {
        let mut take = |key: &str| request.as_object_mut().and_then(|fields| fields.remove(key)).unwrap_or_default();
        let (word, text, svg) = (take("as"), take("text"), take("svg"));
        let word: Option<String> = serde_json::from_value(word).map_err(&not_understood)?;
        let text: Option<TextRequest> = serde_json::from_value(text).map_err(&not_understood)?;
        let svg: Option<SvgRequest> = serde_json::from_value(svg).map_err(&not_understood)?;
        let format = word.as_deref().map(named).transpose()?;
        for (asked, wanted) in [(text.is_some(), Format::Text), (svg.is_some(), Format::Svg)] {
            if asked && format != Some(wanted) {
                let word = wanted.as_str();
                let message = format!("the question says how `{word}` is written, and does not ask for it");
                return Err(Error::new(Code::BadRequest, message, format!("write `\"as\": \"{word}\"`, or leave `{word}` out")));
            }
        }
        let style = Style { text: text_style(&text.unwrap_or_default()), svg: svg_style(&svg.unwrap_or_default())? };
        Ok(Self { format, style })
    }

    /// The answer as it is asked for.
    pub(super) fn shown<R: Written>(&self, result: &R) -> Result<String, Error> {
        self.shown_with(result, result)
    }

    /// The answer as it is asked for, where its data has more in it than what is written.
    pub(super) fn shown_with<R: Written>(&self, result: &R, data: &impl Serialize) -> Result<String, Error> {
        let Some(format) = self.format else { return Ok(json(data)) };
        let Some(text) = result.written(format, self.style.text, &self.style.svg) else {
            let forms: Vec<String> = R::FORMS.iter().map(|format| format!("`{}`", format.as_str())).collect();
            let message = format!("{} cannot be written as `{}`", R::NAME, format.as_str());
            return Err(Error::new(Code::BadRequest, message, format!("use {}, or leave `as` out", forms.join(" or "))));
        };
        Ok(json(&WrittenAnswer { form: format.as_str(), text: text? }))
    }

    /// The answer as data, which is the only form that it comes in.
    pub(super) fn data(&self, result: &impl Serialize) -> Result<String, Error> {
        match self.format {
            None => Ok(json(result)),
            Some(format) => {
                Err(Error::new(Code::BadRequest, format!("this answer cannot be written as `{}`", format.as_str()), "leave `as` out: it comes as data"))
            }
        }
    }
}

fn named(word: &str) -> Result<Format, Error> {
    let names = Format::WORDS.map(|(word, _)| word);
    Format::parse(word).ok_or_else(|| Error::new(Code::BadRequest, format!("{} is not a form of answers", quoted(word)), one_of_help(word, &names)))
}

fn text_style(asked: &TextRequest) -> TextStyle {
    let default = TextStyle::default();
    let width = asked.width.and_then(|width| usize::try_from(width).ok());
    TextStyle { width: width.unwrap_or(default.width), colour: asked.colour.unwrap_or(default.colour) }
}

fn svg_style(asked: &SvgRequest) -> Result<Svg, Error> {
    let default = Svg::default();
    let width = asked.width.unwrap_or(default.width);
    if !(Svg::NARROWEST..=Svg::WIDEST).contains(&width) {
        let help = format!("use a width from {} to {}, in pixels", Svg::NARROWEST, Svg::WIDEST);
        return Err(Error::new(Code::BadChart, format!("a chart cannot be {width} wide"), help));
    }
    Ok(Svg { width, style: asked.style.unwrap_or(default.style) })
}
