//! Lists, notes, and texts that stand in English on a page in another language.

use cotside_words::lang;
use maud::{Markup, PreEscaped, Render, html};

/// HTML that was made elsewhere and is known to be safe: a figure of our own, a page's own prose, a part made before.
#[must_use]
pub const fn trusted(html: String) -> Markup {
    PreEscaped(html)
}

/// A list.
#[must_use]
pub fn list(items: impl IntoIterator<Item = impl Render>) -> Markup {
    html! { ul { (entries(items)) } }
}

/// A list with a class.
#[must_use]
pub fn named_list(class: &str, items: impl IntoIterator<Item = impl Render>) -> Markup {
    html! { ul class=(class) { (entries(items)) } }
}

fn entries(items: impl IntoIterator<Item = impl Render>) -> Markup {
    html! { @for item in items { li { (item) } } }
}

/// A note under something, or nothing where it is empty.
#[must_use]
pub fn note(content: &str) -> Markup {
    html! { @if !content.is_empty() { span.note { (content) } } }
}

/// A sentence that a reader must not miss: a limit of the method, a reason for caution, what could not be done.
#[must_use]
pub fn notice(content: impl Render) -> Markup {
    html! { p.remark.notice { (content) } }
}

/// The attribute `lang` of what is in English on a page of any language; none where the page is in English.
#[must_use]
pub fn english() -> Option<&'static str> {
    (!matches!(lang::CODE.as_bytes(), b"en")).then_some("en")
}

/// A text in English: quoted from a source by the core, or to be printed. It is marked as such on a page in another language.
#[must_use]
pub fn original(content: &str) -> Markup {
    html! {
        @match english().filter(|_| !content.is_empty()) {
            None => { (content) }
            Some(language) => { span lang=(language) { (content) } }
        }
    }
}

/// A note that is quoted in English, or nothing where it is empty.
#[must_use]
pub fn original_note(content: &str) -> Markup {
    html! { @if !content.is_empty() { span.note { (original(content)) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup() {
        let typed = "<img src=x onerror=\"a\">&";
        let escaped = "&lt;img src=x onerror=&quot;a&quot;&gt;&amp;";
        assert_eq!(
            note(typed).into_string(),
            format!("<span class=\"note\">{escaped}</span>")
        );
        assert_eq!(list([typed]).into_string(), format!("<ul><li>{escaped}</li></ul>"));
        assert_eq!(
            named_list(typed, [""]).into_string(),
            format!("<ul class=\"{escaped}\"><li></li></ul>")
        );
        assert_eq!(original(typed).into_string(), escaped);
    }

    #[test]
    fn an_empty_note_is_nothing() {
        assert_eq!(note("").into_string() + &original_note("").into_string(), "");
    }
}
