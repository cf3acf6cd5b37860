//! XML, as office programs write it, piece by piece: elements without their prefixes, and text. Nothing is resolved but
//! the five entities of XML and numbers of characters; a document type is skipped, so that it cannot grow. What a program
//! keeps for itself (`extLst`) is skipped too: its elements may be named as those of the standard.
//!
//! The time to read a text grows with its length alone, and nothing is nested in memory, whatever the text is.

use std::borrow::Cow;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// The start of an element, with its attributes as they stand.
    Open(&'a str, Attributes<'a>),
    /// The end of an element; an empty one has both.
    Close(&'a str),
    /// Text between elements.
    Text(Cow<'a, str>),
}

/// The attributes of an element, as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of the attribute with this name, whatever its prefix.
    pub fn get(self, wanted: &str) -> Option<Cow<'a, str>> {
        self.all(wanted).next()
    }

    /// The values of the attributes with this name, with different prefixes.
    pub fn all(self, wanted: &str) -> impl Iterator<Item = Cow<'a, str>> {
        let mut rest = self.0;
        let next = move || {
            let (name, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (value, next) = after.get(1..)?.split_once(quote)?;
            rest = next;
            Some((local(name.trim()), value))
        };
        std::iter::from_fn(next)
            .filter(move |(name, _)| *name == wanted)
            .map(|(_, value)| resolved(value))
    }
}

/// Holds what one program keeps for itself.
const OWN: &str = "extLst";

/// The longest entity that is looked for: `#x10FFFF`, with some zeros.
const LONGEST_ENTITY: usize = 16;

/// Pieces of a document in their order; it ends where the document does, or where it is no XML.
pub struct Pieces<'a> {
    rest: &'a str,
    /// The end of an empty element that was just given.
    close: Option<&'a str>,
    /// How many elements are open that are skipped.
    in_own: usize,
}

impl<'a> Pieces<'a> {
    /// The pieces of a text.
    pub fn of(text: &'a str) -> Self {
        Self {
            rest: text,
            close: None,
            in_own: 0,
        }
    }

    /// The text inside the element that was just opened, up to its end; that of elements inside `skipped` is left out.
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
            let rest = self.rest;
            let Some(markup) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                self.rest = after;
                return (!text.is_empty()).then(|| Piece::Text(resolved(text)));
            };
            // Most are elements.
            if markup.starts_with(['!', '?']) {
                if let Some(data) = markup.strip_prefix("![CDATA[") {
                    let (text, after) = data.split_once("]]>")?;
                    self.rest = after;
                    return Some(Piece::Text(Cow::Borrowed(text)));
                }
                self.rest = after_skipped(markup)?;
                continue;
            }
            let end = end_of_tag(markup)?;
            let (tag, after) = (markup.get(..end)?, markup.get(end + 1..)?);
            self.rest = after;
            if let Some(name) = tag.strip_prefix('/') {
                return Some(Piece::Close(local(name.trim())));
            }
            let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let space = tag.bytes().position(|byte| byte.is_ascii_whitespace());
            let (name, attributes) = tag.split_at(space.unwrap_or(tag.len()));
            let name = local(name);
            self.close = empty.then_some(name);
            return Some(Piece::Open(name, Attributes(attributes)));
        }
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

/// What follows a comment, an instruction or a document type, where it ends.
fn after_skipped(markup: &str) -> Option<&str> {
    let inner = || markup.split_once('>').is_some_and(|(start, _)| start.contains('['));
    let end = match () {
        () if markup.starts_with("!--") => "-->",
        () if markup.starts_with('?') => "?>",
        () if inner() => "]>",
        () => ">",
    };
    markup.split_once(end).map(|(_, after)| after)
}

/// Where a tag ends; a `>` inside quotes does not end it.
fn end_of_tag(markup: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in markup.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    let colon = name.bytes().rposition(|byte| byte == b':');
    colon.and_then(|colon| name.get(colon + 1..)).unwrap_or(name)
}

/// Text with its entities resolved; what is no entity stays.
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
        assert_eq!(
            pieces[2..],
            [
                Piece::Close("b"),
                Piece::Text("t & &b; ".into()),
                Piece::Text("<raw>".into()),
                Piece::Close("a")
            ]
        );
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
