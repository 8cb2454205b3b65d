//! How cells look: numbers by their unit, what can be edited, what is good and bad.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::base::unit::Unit;

const INK: Color = Color::RGB(0x1F2933);
const QUIET: Color = Color::RGB(0x6B7280);
const LINE: Color = Color::RGB(0xD1D5DB);
const HEAD: Color = Color::RGB(0xE5E9F0);
const TYPED: Color = Color::RGB(0xFFF9DB);
pub(super) const COURSE: Color = Color::RGB(0x9CA3AF);
pub(super) const DARK: Color = Color::RGB(0x374151);
pub(super) const GOOD: Color = Color::RGB(0x1B7F3B);
pub(super) const BAD: Color = Color::RGB(0xB42318);

/// The formats that do not depend on units.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) lead: Format,
    pub(super) section: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    pub(super) wrapped: Format,
    pub(super) aside: Format,
    pub(super) wrapped_strong: Format,
    pub(super) typed_text: Format,
    pub(super) strong: Format,
    pub(super) quiet: Format,
    pub(super) date: Format,
    pub(super) days: Format,
    pub(super) relative: Format,
    pub(super) good: Format,
    pub(super) bad: Format,
    pub(super) good_text: Format,
    pub(super) bad_text: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let plain = || Format::new().set_font_name("Calibri").set_font_size(10).set_font_color(INK).set_align(FormatAlign::VerticalCenter);
        let cell = || plain().set_border_bottom(FormatBorder::Hair).set_border_bottom_color(LINE);
        Self {
            title: plain().set_font_size(16).set_bold(),
            lead: plain().set_font_color(QUIET),
            section: plain().set_font_size(12).set_bold(),
            heading: plain()
                .set_bold()
                .set_background_color(HEAD)
                .set_border_bottom(FormatBorder::Thin)
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            text: cell().set_align(FormatAlign::Left).set_indent(1),
            wrapped: cell().set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            aside: cell().set_font_color(QUIET).set_align(FormatAlign::Left).set_indent(1),
            wrapped_strong: cell().set_bold().set_text_wrap(),
            typed_text: cell().set_text_wrap().set_background_color(TYPED),
            strong: cell().set_bold(),
            quiet: cell().set_font_color(QUIET),
            date: cell().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            days: cell().set_num_format("0").set_font_color(QUIET),
            relative: cell().set_num_format("+0.0%;-0.0%;0.0%").set_align(FormatAlign::Right).set_shrink(),
            good: Format::new().set_font_color(GOOD),
            bad: Format::new().set_font_color(BAD).set_bold(),
            good_text: cell().set_font_color(GOOD),
            bad_text: cell().set_font_color(BAD).set_bold(),
        }
    }

    /// A figure; reasons stand on the right like numbers, in smaller letters where they are too long.
    pub(super) fn figure(&self, unit: Option<&Unit>, whole: bool) -> Format {
        self.days.clone().set_font_color(INK).set_num_format(number_format(unit, whole)).set_align(FormatAlign::Right).set_shrink()
    }

    /// The same where people type it in.
    pub(super) fn typed(&self, unit: Option<&Unit>, whole: bool) -> Format {
        self.figure(unit, whole).set_background_color(TYPED)
    }

    /// A difference, always signed; of rates in percentage points.
    pub(super) fn change(&self, unit: &Unit, whole: bool) -> Format {
        self.figure(None, false).set_num_format(change_format(unit, whole))
    }
}

/// Nearly as figures are written everywhere: amounts from 100 on without decimals.
fn number_format(unit: Option<&Unit>, whole: bool) -> String {
    match unit.map(Unit::base) {
        Some(Unit::Currency(currency)) => {
            let (code, decimals) = (currency.code(), decimals(currency.exponent()));
            // What is below zero has a section of its own: LibreOffice shows no sign in the last one.
            format!("[>=100]\"{code}\" #,##0;[<0]-\"{code}\" #,##0{decimals};\"{code}\" #,##0{decimals}")
        }
        Some(Unit::Percent) => "0.0%".to_owned(),
        Some(Unit::Ratio) => "#,##0.00".to_owned(),
        Some(Unit::Days) if whole => "#,##0\" days\"".to_owned(),
        Some(Unit::Days) => "#,##0.0\" days\"".to_owned(),
        Some(Unit::Months) => "#,##0.0\" months\"".to_owned(),
        _ if whole => "#,##0".to_owned(),
        _ => "#,##0.0##".to_owned(),
    }
}

fn change_format(unit: &Unit, whole: bool) -> String {
    let signed = |body: &str| format!("+{body};-{body};{body}");
    match unit.base() {
        Unit::Currency(currency) => {
            let (code, decimals) = (currency.code(), decimals(currency.exponent()));
            if whole { signed(&format!("\"{code}\" #,##0")) } else { signed(&format!("\"{code}\" #,##0{decimals}")) }
        }
        // A spreadsheet shows no share as points without the sign.
        Unit::Percent => signed("0.0%\" pt\""),
        Unit::Ratio => signed("#,##0.00"),
        Unit::Days if whole => signed("#,##0\" days\""),
        Unit::Days => signed("#,##0.0\" days\""),
        Unit::Months => signed("#,##0.0\" months\""),
        _ if whole => signed("#,##0"),
        _ => signed("#,##0.0##"),
    }
}

fn decimals(exponent: Option<u16>) -> String {
    match exponent.unwrap_or(0) {
        0 => String::new(),
        places => format!(".{}", "0".repeat(usize::from(places.min(4)))),
    }
}
