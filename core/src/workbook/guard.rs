//! What a workbook may unpack to. The reader of sheets bounds nothing, so it is given a copy that
//! was unpacked under bounds, of the parts that it needs.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::base::code::Code;
use crate::base::error::Error;

/// The largest file that is read.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;
/// The most that its parts may unpack to together.
pub(super) const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// The most digits of what a part says of how many things it has: the reader of sheets makes room for
/// as many before it has seen one.
const MAX_COUNT_DIGITS: usize = 6;
/// The most parts.
const MAX_PARTS: usize = 2_000;
/// Folders of parts that hold no cells.
const NOT_NEEDED: [&str; 8] = ["docProps/", "customXml/", "xl/drawings/", "xl/comments", "xl/theme/", "xl/charts/", "xl/media/", "xl/printerSettings/"];

/// The same workbook, uncompressed, with nothing but what cells are read from.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Cursor<Vec<u8>>, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large(&format!("the file has {} bytes; at most {MAX_BYTES} are read", bytes.len())));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable("it is no zip archive"))?;
    if archive.len() > MAX_PARTS {
        return Err(too_large(&format!("the file has {} parts; at most {MAX_PARTS} are read", archive.len())));
    }
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut left = MAX_UNPACKED;
    for position in 0..archive.len() {
        let mut part = archive.by_index(position).map_err(|_| unreadable("a part of it cannot be unpacked"))?;
        let name = part.name().map_err(|_| unreadable("a part of it has no name"))?.into_owned();
        let is_text = name.ends_with(".xml") || name.ends_with(".rels");
        if !is_text || NOT_NEEDED.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let mut text = Vec::new();
        // One byte more than is left tells that there is more. What the part says of its own size is not asked.
        let read = part.by_ref().take(left.saturating_add(1)).read_to_end(&mut text).map_err(|_| unreadable("a part of it cannot be unpacked"))?;
        left = left
            .checked_sub(u64::try_from(read).unwrap_or(u64::MAX))
            .ok_or_else(|| too_large(&format!("the file unpacks to more than {MAX_UNPACKED} bytes")))?;
        if !are_sane(&text) {
            return Err(unreadable("it names cells that no sheet has"));
        }
        let written = copy.start_file(name, options).is_ok() && copy.write_all(&text).is_ok();
        if !written {
            return Err(unreadable("a part of it has a name that another has, or none"));
        }
    }
    let mut copy = copy.finish().map_err(|_| unreadable("its parts do not fit together"))?;
    copy.set_position(0);
    Ok(copy)
}

/// Whether the places in a part are those that a sheet may have: the reader of sheets counts
/// letters and digits without looking whether they are too many.
fn are_sane(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'<').skip(1).all(|tag| {
        let tag = tag.split(|byte| *byte == b'>').next().unwrap_or_default();
        let quoted = tag.split(|byte| matches!(byte, b'"' | b'\'')).collect::<Vec<_>>();
        let mut pairs = quoted.chunks(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?)));
        pairs.all(|(before, value)| if is_a_count(before) { value.len() <= MAX_COUNT_DIGITS } else { !names_a_place(before) || is_a_place(value) })
    })
}

/// Whether what stands before a value is `uniqueCount=` or `si=`.
fn is_a_count(before: &[u8]) -> bool {
    matches!(local_name(before), Some(b"uniqueCount" | b"si"))
}

/// Whether what stands before a value is `r=` or `ref=`.
fn names_a_place(before: &[u8]) -> bool {
    matches!(local_name(before), Some(b"r" | b"ref"))
}

/// The name of the attribute whose value follows, without its prefix.
fn local_name(before: &[u8]) -> Option<&[u8]> {
    let name = before.trim_ascii_end().strip_suffix(b"=").unwrap_or_default().trim_ascii_end();
    let name = name.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    name.rsplit(|byte| *byte == b':').next().filter(|_| !name.starts_with(b"xmlns"))
}

fn is_a_place(value: &[u8]) -> bool {
    let long = |kind: fn(&u8) -> bool, most: usize| value.split(|byte| !kind(byte)).any(|run| run.len() > most);
    !long(u8::is_ascii_alphabetic, 3) && !long(u8::is_ascii_digit, 7)
}

pub(super) fn unreadable(why: &str) -> Error {
    Error::new(Code::NotAWorkbook, format!("the workbook cannot be read: {why}"), "give the bytes of an .xlsx file, as a spreadsheet program saves it")
}

pub(super) fn too_large(why: &str) -> Error {
    Error::new(Code::WorkbookTooLarge, why, "give a workbook that was written by this library and edited")
}

#[cfg(test)]
mod tests {
    use super::{are_sane, unpacked};

    #[test]
    fn places_beyond_any_sheet_are_refused() {
        assert!(are_sane(b"<dimension ref=\"A1:XFD1048576\"/><row r=\"1\"><c r='B12' t=\"s\"><v>99999999999</v></c></row>"));
        for hostile in [
            &b"<sst uniqueCount=\"4294967296\">"[..],
            b"<f t=\"shared\" si=\"9999999\"/>",
            b"<c r=\"AAAAAAAAAAAA1\"/>",
            b"<c t='s' r = 'A99999999999'/>",
            b"<x:row x:r=\"18446744073709551616\">",
            b"<dimension ref=\"A1:ABCD4\"/>",
        ] {
            assert!(!are_sane(hostile), "{}", String::from_utf8_lossy(hostile));
        }
    }

    #[test]
    fn what_is_no_archive_is_an_error() {
        for bytes in [&b""[..], b"PK", b"PK\x03\x04", b"id,name\n1,x\n"] {
            assert_eq!(unpacked(bytes).unwrap_err().code().as_str(), "MOS-X001");
        }
    }
}
