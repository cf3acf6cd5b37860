//! Elements named at run time, for the form of a file's columns and rows alone; it goes when that form is the app's.

/// A piece of HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl maud::Render for Html {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.0);
    }
}

impl Html {
    /// The text of the piece.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
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

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_tells_browsers_to_keep_nothing_of_it() {
        let controls = [
            element("textarea", &[("name", "rows")], &[]),
            select("a", "A", [option("1", "one", true)].into_iter()),
            element("input", &[("type", "checkbox"), ("name", "c")], &[]),
        ];
        for control in controls {
            let html = control.into_string();
            assert_eq!(html.matches(" autocomplete=\"off\"").count(), 1, "{html}");
        }
        assert!(!plain("p", "text").into_string().contains("autocomplete"));
    }
}
