//! Characters that look alike as one: full-width digits and marks, and the many spaces.

use std::borrow::Cow;

/// Returns the text of a cell with ASCII characters for their full-width forms, plain spaces for other ones, and
/// without characters that cannot be seen (zero-width spaces, NUL). Line ends within a cell become one kind, as
/// programs differ in them.
pub(super) fn plain_cell(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii() && byte != 0 && byte != b'\r';
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Some(' '),
        '\0' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '\u{2212}' => Some('-'),
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(plain).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        for (text, plain) in [
            ("33.9", "33.9"),
            ("３３．９", "33.9"),
            ("２０１８／０１／０５", "2018/01/05"),
            ("33\u{202f}900", "33 900"),
            ("alive\u{a0}", "alive "),
            ("\u{3000}P003\u{200b}", " P003"),
            ("P\0\u{30}3", "P03"),
            ("\u{2212}1", "-1"),
            ("größe 男", "größe 男"),
            ("a\r\nb\rc", "a\nb\nc"),
        ] {
            assert_eq!(plain_cell(text), plain, "{text:?}");
        }
    }
}
