//! A reader of XML as office programs write it, piece by piece: elements without their prefixes, and text, found by
//! quick-xml. Nothing is resolved but the five entities of XML and numbers of characters; a document type is skipped,
//! so that it cannot grow. Extensions of a program (`extLst`) are skipped too: its elements may be named as those of
//! the standard.
//!
//! The time to read a text grows with its length only, and memory holds only the names of open elements.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// The start of an element, with its attributes as written.
    Open(&'a str, Attributes<'a>),
    /// The end of an element; an empty one has both.
    Close(&'a str),
    /// Text between elements.
    Text(Cow<'a, str>),
}

/// The attributes of an element, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of the attribute with this name, whatever its prefix.
    pub fn get(self, wanted: &str) -> Option<Cow<'a, str>> {
        self.all(wanted).next()
    }

    /// The values of the attributes with this name, with different prefixes.
    pub fn all(self, wanted: &str) -> impl Iterator<Item = Cow<'a, str>> {
        let mut all = quick_xml::events::attributes::Attributes::new(self.0, 0);
        all.with_checks(false);
        all.map_while(Result::ok)
            .filter(move |attribute| attribute.key.local_name().into_inner() == wanted)
            .map(|attribute| match attribute.value {
                Cow::Borrowed(value) => resolved(value),
                Cow::Owned(value) => Cow::Owned(resolved(&value).into_owned()),
            })
    }
}

/// The element of a program's extensions.
const OWN: &str = "extLst";

/// The longest entity that is searched for: `#x10FFFF`, with some zeros.
const LONGEST_ENTITY: usize = 16;

/// Iterates over the pieces of a document; ends at the end of the document, or where it is not XML.
pub struct Pieces<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// The end of an empty element that was just given.
    close: Option<&'a str>,
    /// How many elements are open that are skipped.
    in_own: usize,
}

impl<'a> Pieces<'a> {
    /// The pieces of a text.
    pub fn of(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            text,
            reader,
            close: None,
            in_own: 0,
        }
    }

    /// Returns the text inside the element that was just opened, up to its end, without that of elements in `skipped`.
    pub fn text_of(&mut self, name: &str, skipped: &str) -> String {
        let mut text = String::new();
        let mut inside_skipped = 0_usize;
        for piece in self.by_ref() {
            match piece {
                Piece::Close(closed) if closed == name => break,
                Piece::Open(opened, _) if opened == skipped => inside_skipped += 1,
                Piece::Close(closed) if closed == skipped => inside_skipped = inside_skipped.saturating_sub(1),
                Piece::Text(part) if inside_skipped == 0 => text.push_str(&part),
                _ => {}
            }
        }
        text
    }

    /// The next piece, also one that is skipped.
    fn any(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.close.take() {
            return Some(Piece::Close(name));
        }
        loop {
            return Some(match self.reader.read_event().ok()? {
                Event::Start(tag) => {
                    let (name, attributes) = self.tag(tag.len(), ">")?;
                    Piece::Open(name, attributes)
                }
                Event::Empty(tag) => {
                    let (name, attributes) = self.tag(tag.len(), "/>")?;
                    self.close = Some(name);
                    Piece::Open(name, attributes)
                }
                Event::End(tag) => Piece::Close(self.tag(tag.len(), ">")?.0),
                Event::Text(text) => Piece::Text(text.into_inner()),
                Event::CData(text) => Piece::Text(text.into_inner()),
                Event::GeneralRef(name) => Piece::Text(match entity(&name) {
                    Some(letter) => letter.to_string().into(),
                    None => format!("&{};", &*name).into(),
                }),
                Event::Eof => return None,
                _ => continue,
            });
        }
    }

    /// Returns name and attributes of the tag just read: `length` bytes before `end`.
    fn tag(&self, length: usize, end: &str) -> Option<(&'a str, Attributes<'a>)> {
        let end = usize::try_from(self.reader.buffer_position())
            .ok()?
            .checked_sub(end.len())?;
        let tag = self.text.get(end.checked_sub(length)?..end)?;
        let space = tag.bytes().position(|byte| byte.is_ascii_whitespace());
        let (name, attributes) = tag.split_at(space.unwrap_or(tag.len()));
        Some((local(name), Attributes(attributes)))
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            match self.any()? {
                Piece::Open(OWN, _) => self.in_own += 1,
                Piece::Close(OWN) => self.in_own = self.in_own.saturating_sub(1),
                piece if self.in_own == 0 => return Some(piece),
                _ => {}
            }
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    let colon = name.bytes().rposition(|byte| byte == b':');
    colon.and_then(|colon| name.get(colon + 1..)).unwrap_or(name)
}

/// Returns text with its entities resolved; other text unchanged.
fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((entity(after.get(..end)?)?, after.get(end + 1..)?)));
        match found {
            Some((character, next)) => {
                out.push(character);
                rest = next;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn elements_attributes_and_text() {
        let text = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"c\">]><!-- <no> --><x:a r:id='1 > 0' b=\"&lt;&#228;\"><b/>\
                    t &amp; &b; <![CDATA[<raw>]]></x:a>";
        let pieces: Vec<Piece<'_>> = Pieces::of(text).collect();
        let Piece::Open("a", attributes) = &pieces[0] else {
            panic!("{pieces:?}");
        };
        assert_eq!(attributes.get("id").as_deref(), Some("1 > 0"));
        assert_eq!(attributes.get("b").as_deref(), Some("<ä"));
        assert_eq!(attributes.get("c"), None);
        assert!(matches!(pieces[1], Piece::Open("b", _)));
        assert_eq!(pieces[2], Piece::Close("b"));
        assert_eq!(pieces.last(), Some(&Piece::Close("a")));
        let text = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => text.to_string(),
            _ => String::new(),
        };
        assert_eq!(pieces.iter().map(text).collect::<String>(), "t & &b; <raw>");
    }

    #[test]
    fn text_of_an_element_without_its_readings() {
        let mut pieces = Pieces::of("<si><r><t>漢</t></r><rPh><t>かん</t></rPh><r><t>字</t></r></si><next/>");
        assert!(matches!(pieces.next(), Some(Piece::Open("si", _))));
        assert_eq!(pieces.text_of("si", "rPh"), "漢字");
        assert!(matches!(pieces.next(), Some(Piece::Open("next", _))));
    }

    #[test]
    fn what_a_program_keeps_for_itself_is_skipped() {
        let names = |text| -> Vec<String> {
            let open = |piece| match piece {
                Piece::Open(name, _) => Some(name.to_owned()),
                _ => None,
            };
            Pieces::of(text).filter_map(open).collect()
        };
        assert_eq!(
            names("<a/><extLst><x15:a/><extLst><a/></extLst><a/></extLst><b/>"),
            ["a", "b"]
        );
        assert_eq!(names("<extLst/><a/>"), ["a"]);
    }

    /// Each of these would take minutes if a search ran to the end of the text again and again.
    #[test]
    fn long_texts_are_read_in_one_go() {
        let start = std::time::Instant::now();
        for part in ["&", "&a", "<!a>", "<a b>", "<a>", "<extLst>", "<a b='", "<!--"] {
            let text = part.repeat(500_000);
            let all: usize = Pieces::of(&text).take(1_000_000).map(|_| 1).sum();
            assert!(all <= 1_000_000, "{part}");
        }
        assert!(start.elapsed().as_secs() < 20);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail_or_run_on(text in "[<>/a-c=\"'&;!\\[\\]?#x -]{0,60}") {
            prop_assert!(Pieces::of(&text).count() <= 2 * text.len() + 1);
            for piece in Pieces::of(&text) {
                if let Piece::Open(_, attributes) = piece {
                    let _ = attributes.get("a");
                }
            }
        }
    }
}
