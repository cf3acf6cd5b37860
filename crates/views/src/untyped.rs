//! HTML as text, for what has no controls in it: tables, lists, prose.
//!
//! Every attribute and text goes through [`escaped`], so that nothing typed or imported can become markup. (The same as
//! Leptos views costs several times the bytes: each shape of view is code of its own.)

/// A piece of HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl maud::Render for Html {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.0);
    }
}

impl From<maud::Markup> for Html {
    fn from(markup: maud::Markup) -> Self {
        Self(markup.into_string())
    }
}

impl From<Html> for String {
    fn from(html: Html) -> Self {
        html.into_string()
    }
}

impl Html {
    /// The text of the piece.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// HTML that was made elsewhere and is known to be safe: a figure of our own, a page's own prose.
    #[must_use]
    pub fn trusted(html: String) -> Self {
        Self(html)
    }

    /// Pieces one after the other.
    #[must_use]
    pub fn all(pieces: impl IntoIterator<Item = Self>) -> Self {
        let mut html = String::new();
        for piece in pieces {
            html.push_str(&piece.0);
        }
        Self(html)
    }

    /// The piece, or nothing.
    #[must_use]
    pub fn when(condition: bool, piece: impl FnOnce() -> Self) -> Self {
        if condition { piece() } else { Self::default() }
    }
}

/// Text.
#[must_use]
pub fn text(text: &str) -> Html {
    Html(escaped(text))
}

/// An element with attributes and content.
///
/// Every control gets `autocomplete="off"`: without it browsers write what was typed or chosen to disk, to restore it
/// after a crash (Chromium keeps a text area, Firefox a select too). `tests/browser/disk.mjs` searches their profiles.
#[must_use]
pub fn element(tag: &str, attributes: &[(&str, &str)], content: &[Html]) -> Html {
    let mut html = format!("<{tag}");
    if matches!(tag, "input" | "select" | "textarea") {
        html.push_str(" autocomplete=\"off\"");
    }
    for (name, value) in attributes {
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        html.push_str(&escaped(value));
        html.push('"');
    }
    html.push('>');
    for piece in content {
        html.push_str(&piece.0);
    }
    html.push_str("</");
    html.push_str(tag);
    html.push('>');
    Html(html)
}

/// An element with a class and text.
#[must_use]
pub fn span(tag: &str, class: &str, content: &str) -> Html {
    element(tag, &[("class", class)], &[text(content)])
}

/// An element with text alone.
#[must_use]
pub fn plain(tag: &str, content: &str) -> Html {
    element(tag, &[], &[text(content)])
}

/// A cell of a table with the name of its column, which stands before it where the table is stacked.
#[must_use]
pub fn cell(label: &str, class: &str, content: &[Html]) -> Html {
    element("td", &[("data-label", label), ("class", class)], content)
}

/// The head of a table: a name and a class a column.
#[must_use]
pub fn head(columns: &[(&str, &str)]) -> Html {
    // A column of buttons needs no name, and a heading without words would be announced as one.
    let column = |(name, class): &(&str, &str)| match *name {
        "" => element("td", &[("class", class)], &[]),
        name => element("th", &[("scope", "col"), ("class", class)], &[text(name)]),
    };
    let row = Html::all(columns.iter().map(column));
    element("thead", &[], &[element("tr", &[], &[row])])
}

/// A table that scrolls within its place where it is too wide.
#[must_use]
pub fn table(class: &str, head: Html, rows: impl IntoIterator<Item = Html>) -> Html {
    let body = element("tbody", &[], &[Html::all(rows)]);
    let table = element("table", &[("class", class)], &[head, body]);
    element("div", &[("class", "wide")], &[table])
}

/// A table that is always wider than some windows, with a name; it can be scrolled from the keyboard.
#[must_use]
pub fn wide_table(class: &str, name: &str, head: Html, rows: impl IntoIterator<Item = Html>) -> Html {
    let body = element("tbody", &[], &[Html::all(rows)]);
    let table = element("table", &[("class", class)], &[head, body]);
    let place = [
        ("class", "wide"),
        ("tabindex", "0"),
        ("role", "group"),
        ("aria-label", name),
    ];
    element("div", &place, &[table])
}

/// A list of pieces.
#[must_use]
pub fn list(class: &str, items: impl IntoIterator<Item = Html>) -> Html {
    let item = |piece: Html| element("li", &[], &[piece]);
    element("ul", &[("class", class)], &[Html::all(items.into_iter().map(item))])
}

/// A note under something, or nothing where it is empty.
#[must_use]
pub fn note(content: &str) -> Html {
    Html::when(!content.is_empty(), || span("span", "note", content))
}

/// What stands in English in the core, because it is quoted from a source: marked as such on a page in another language.
#[must_use]
pub fn original(content: &str) -> Html {
    if matches!(cotside_words::lang::CODE.as_bytes(), b"en") || content.is_empty() {
        text(content)
    } else {
        element("span", &[("lang", "en")], &[text(content)])
    }
}

/// A note under something that stands in English in the core.
#[must_use]
pub fn original_note(content: &str) -> Html {
    Html::when(!content.is_empty(), || {
        element("span", &[("class", "note")], &[original(content)])
    })
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

/// A choice of a [`select`].
#[must_use]
pub fn option(value: &str, name: &str, chosen: bool) -> Html {
    if chosen {
        element("option", &[("value", value), ("selected", "")], &[text(name)])
    } else {
        element("option", &[("value", value)], &[text(name)])
    }
}

/// A list of choices, named for those who cannot see what stands beside it.
#[must_use]
pub fn select(name: &str, label: &str, options: impl Iterator<Item = Html>) -> Html {
    element(
        "select",
        &[("name", name), ("aria-label", label)],
        &[Html::all(options)],
    )
}

/// A control with its name before it.
#[must_use]
pub fn labelled(label: &str, control: Html) -> Html {
    element("label", &[], &[text(label), text(" "), control])
}

/// A line to type into.
#[must_use]
pub fn input(name: &str, value: &str, size: u8, hint: &str) -> Html {
    let attributes = [
        ("type", "text"),
        ("name", name),
        ("value", value),
        ("size", &size.to_string()),
        ("placeholder", hint),
    ];
    element("input", &attributes, &[])
}

/// A box to tick; the worker takes `yes` and `no`.
#[must_use]
pub fn tick(name: &str, label: &str, ticked: bool) -> Html {
    let mut attributes = vec![("type", "checkbox"), ("name", name)];
    if ticked {
        attributes.push(("checked", ""));
    }
    element(
        "label",
        &[],
        &[element("input", &attributes, &[]), text(" "), text(label)],
    )
}

/// A button that asks the worker for a file; see `Worked` in `crates/app/src/part.rs`.
#[must_use]
pub fn exporter(file: &str, label: &str) -> Html {
    element("button", &[("type", "button"), ("data-export", file)], &[text(label)])
}

/// A drawing with its caption, the buttons of its files, and what stands below.
#[must_use]
pub fn figure(name: &str, svg: String, caption: &[String], below: Html) -> Html {
    let button = |kind: &str, label: &str| exporter(&format!("{name}.{kind}"), label);
    let picture = |dpi: &str| {
        let label = format!("PNG {dpi} dpi");
        let wanted = [name, ".png"].concat();
        element(
            "button",
            &[("type", "button"), ("data-export", &wanted), ("data-dpi", dpi)],
            &[text(&label)],
        )
    };
    let print = element("button", &[("type", "button"), ("data-print", name)], &[text("Print")]);
    let tools = [
        button("svg", "SVG"),
        picture("600"),
        picture("300"),
        print,
        button("csv", "Data (CSV)"),
    ];
    let caption = caption.iter().map(|line| span("p", "quiet", line));
    let caption = [Html::all(caption), element("div", &[("class", "tools")], &tools)];
    element(
        "figure",
        &[("class", "drawn-figure figure"), ("data-figure", name)],
        &[Html::trusted(svg), element("figcaption", &[], &caption), below],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_tells_browsers_to_keep_nothing_of_it() {
        let controls = [
            element("textarea", &[("name", "rows")], &[]),
            select("a", "A", [option("1", "one", true)].into_iter()),
            input("b", "", 4, ""),
            tick("c", "C", true),
        ];
        for control in controls {
            let html = control.into_string();
            assert_eq!(html.matches(" autocomplete=\"off\"").count(), 1, "{html}");
        }
        assert!(!plain("p", "text").into_string().contains("autocomplete"));
    }
}
