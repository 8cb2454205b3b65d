//! A drawing in the making. All lengths are tenths of a pixel.
//!
//! Whatever text goes in is escaped, cut to the room that it has and never leaves the drawing:
//! every chart gets that from here.

use super::Svg;
use super::measure;
use crate::base::fingerprint::Fingerprint;
use crate::render::escape;
use crate::words::Words;

/// The margin on all sides.
pub(super) const MARGIN: i64 = 120;
/// From one line of text to the next.
pub(super) const LINE: i64 = 170;
/// The signs of impact, so that nothing is told by colour alone.
pub(super) const GOOD: &str = "✓";
pub(super) const BAD: &str = "✗";

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Font {
    Title,
    Strong,
    Plain,
    Small,
}

impl Font {
    fn class(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Strong => "strong",
            Self::Plain => "",
            Self::Small => "small",
        }
    }

    fn size(self) -> i64 {
        match self {
            Self::Title => 140,
            Self::Strong | Self::Plain => 120,
            Self::Small => 110,
        }
    }

    fn bold(self) -> bool {
        matches!(self, Self::Title | Self::Strong)
    }

    /// The text in lines of so much room, at most so many.
    pub(super) fn lines(self, text: &str, room: i64, most: usize) -> Vec<String> {
        measure::lines(&escape::plain(text), (self.size(), self.bold()), room, most)
    }

    pub(super) fn width(self, text: &str) -> i64 {
        measure::width(text, self.size(), self.bold())
    }
}

#[derive(Clone, Copy, Debug)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// Where a text stands, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    x: i64,
    y: i64,
    font: Font,
    anchor: Anchor,
    class: &'static str,
    room: i64,
    whole: bool,
}

impl Label {
    /// A text that begins here, with its base line.
    pub(super) fn at(x: i64, y: i64) -> Self {
        Self { x, y, font: Font::Plain, anchor: Anchor::Start, class: "", room: i64::MAX, whole: false }
    }

    /// It ends here instead.
    pub(super) fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    /// Its middle is here instead.
    pub(super) fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    pub(super) fn font(self, font: Font) -> Self {
        Self { font, ..self }
    }

    pub(super) fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// It has no more room than this.
    pub(super) fn room(self, room: i64) -> Self {
        Self { room, ..self }
    }

    /// A figure: half of it would be another one, so that it stands whole or as a mere ….
    pub(super) fn whole(self) -> Self {
        Self { whole: true, ..self }
    }
}

/// A drawing in the making.
pub(super) struct Sheet {
    pub(super) width: i64,
    /// The words in which it is told.
    pub(super) words: Words,
    body: String,
}

impl Sheet {
    pub(super) fn new(options: &Svg, words: &Words) -> Self {
        Self { words: words.clone(), width: i64::from(options.width.clamp(Svg::NARROWEST, Svg::WIDEST)) * 10, body: String::new() }
    }

    /// The right edge of what may be drawn.
    pub(super) fn right(&self) -> i64 {
        self.width - MARGIN
    }

    /// The title and a line below it; from where on there is room.
    pub(super) fn heading(&mut self, title: &str, below: &str) -> i64 {
        let y = self.paragraph(Label::at(MARGIN, MARGIN + 130).font(Font::Title), title, 2);
        self.paragraph(Label::at(MARGIN, y).class("soft"), below, 6) + 40
    }

    /// A text in as many lines as it needs, at most so many; the base line after the last.
    pub(super) fn paragraph(&mut self, label: Label, text: &str, most: usize) -> i64 {
        let room = label.room.min(self.right() - label.x);
        let mut y = label.y;
        for line in label.font.lines(text, room, most) {
            self.text(Label { y, ..label }, &line);
            y += LINE;
        }
        y
    }

    /// One line of text.
    pub(super) fn text(&mut self, label: Label, text: &str) {
        let (left, right) = (label.x - MARGIN / 2, self.width - MARGIN / 2 - label.x);
        let (anchor, edge) = match label.anchor {
            Anchor::Start => ("", right),
            Anchor::Middle => (" text-anchor=\"middle\"", left.min(right).saturating_mul(2)),
            Anchor::End => (" text-anchor=\"end\"", left),
        };
        // Characters that take no room or turn the direction would make the measure a lie.
        let text = escape::plain(text);
        let cut = measure::fit(&text, label.font.size(), label.font.bold(), label.room.min(edge));
        let class = [label.font.class(), label.class].into_iter().filter(|class| !class.is_empty()).collect::<Vec<_>>().join(" ");
        let class = if class.is_empty() { class } else { format!(" class=\"{class}\"") };
        let written = match cut {
            None => xml(&text),
            Some(cut) => format!("<title>{}</title>{}", xml(&text), if label.whole { "…".to_owned() } else { xml(&cut) }),
        };
        self.body.push_str(&format!("<text x=\"{}\" y=\"{}\"{anchor}{class}>{written}</text>", px(label.x), px(label.y)));
    }

    /// A rectangle; one without a width or height is not drawn.
    pub(super) fn rect(&mut self, class: &str, x: i64, y: i64, (width, height): (i64, i64)) {
        if width > 0 && height > 0 {
            self.body.push_str(&format!("<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>", px(x), px(y), px(width), px(height)));
        }
    }

    /// A rectangle filled with a slanted hatch, as of what is forecast.
    pub(super) fn hatched(&mut self, x: i64, y: i64, (width, height): (i64, i64)) {
        const STEP: i64 = 60;
        self.rect("fc", x, y, (width, height));
        let mut strokes = String::new();
        let mut offset = STEP - height;
        while offset < width {
            let (from, to) = (0.max(-offset), height.min(width - offset));
            if from < to {
                strokes.push_str(&format!("M{} {}L{} {}", px(x + offset + from), px(y + height - from), px(x + offset + to), px(y + height - to)));
            }
            offset += STEP;
        }
        self.path("hatch", &strokes);
    }

    pub(super) fn line(&mut self, class: &str, (x1, y1): (i64, i64), (x2, y2): (i64, i64)) {
        self.path(class, &format!("M{} {}L{} {}", px(x1), px(y1), px(x2), px(y2)));
    }

    pub(super) fn path(&mut self, class: &str, d: &str) {
        if !d.is_empty() {
            self.body.push_str(&format!("<path class=\"{class}\" d=\"{d}\"/>"));
        }
    }

    pub(super) fn circle(&mut self, class: &str, (x, y): (i64, i64), radius: i64) {
        self.body.push_str(&format!("<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", px(x), px(y), px(radius)));
    }

    /// A diamond about a point.
    pub(super) fn diamond(&mut self, class: &str, place: (i64, i64), r: i64) {
        self.path(class, &diamond(place, r));
    }

    /// A triangle that points down to a place, or up to it where its height is negative.
    pub(super) fn arrow(&mut self, class: &str, (x, y): (i64, i64), height: i64) {
        let half = height.abs();
        self.path(class, &format!("M{} {}L{} {}L{} {}z", px(x - half), px(y - 2 * height), px(x + half), px(y - 2 * height), px(x), px(y)));
    }

    /// A diamond with something to be told where one points at it.
    pub(super) fn marked(&mut self, class: &str, place: (i64, i64), r: i64, told: &str) {
        self.body.push_str(&format!("<path class=\"{class}\" d=\"{}\"><title>{}</title></path>", diamond(place, r), xml(told)));
    }

    /// Lines through points, broken wherever there is none. A point by itself has no line.
    pub(super) fn polyline(&mut self, class: &str, points: &[Option<(i64, i64)>]) {
        for run in points.split(Option::is_none) {
            let mut d = String::new();
            for (x, y) in run.iter().flatten() {
                d.push_str(&format!("{}{} {}", if d.is_empty() { 'M' } else { 'L' }, px(*x), px(*y)));
            }
            if run.len() > 1 {
                self.path(class, &d);
            }
        }
    }

    /// The finished drawing, with what it shows in words.
    pub(super) fn finish(self, options: &Svg, height: i64, title: &str, description: &str) -> String {
        let (width, height) = (px(self.width), px(height));
        let (title, description) = (xml(&escape::plain(title)), xml(&escape::plain(description)));
        // What is drawn makes the id, so that charts on one page have ids of their own.
        let id = Fingerprint::of_bytes(format!("{width} {height} {title}{description}{}", self.body).as_bytes());
        let id = id.short();
        let style = if options.style { format!("<style>{}</style>", Svg::STYLE) } else { String::new() };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"mos\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
             direction=\"ltr\" aria-labelledby=\"mos-{id}-t mos-{id}-d\"><title id=\"mos-{id}-t\">{title}</title><desc id=\"mos-{id}-d\">{description}</desc>\
             {style}<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>{}</svg>\n",
            self.body
        )
    }
}

fn diamond((x, y): (i64, i64), r: i64) -> String {
    format!("M{} {}L{} {}L{} {}L{} {}z", px(x - r), px(y), px(x), px(y - r), px(x + r), px(y), px(x), px(y + r))
}

/// Tenths of a pixel as pixels.
pub(in crate::render) fn px(tenths: i64) -> String {
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs());
    if size % 10 == 0 { format!("{sign}{}", size / 10) } else { format!("{sign}{}.{}", size / 10, size % 10) }
}

/// Escaped for XML, which two characters must not stand in at all.
fn xml(text: &str) -> String {
    escape::html(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
