//! Tables of results.

use maud::{Markup, Render, html};

/// A column of a table.
struct Column<'a> {
    name: &'a str,
    class: &'static str,
}

/// The columns of a table, the first of which holds the headings of its rows.
///
/// Each cell carries the name of its column, which stands before it where the window is too narrow for a table and its rows
/// are stacked.
pub struct Columns<'a>(Vec<Column<'a>>);

impl<'a> Columns<'a> {
    /// With the column of the headings.
    #[must_use]
    pub fn new(name: &'a str) -> Self {
        Self(vec![Column { name, class: "" }])
    }

    /// With a column of numbers as headings.
    #[must_use]
    pub fn numbered(name: &'a str) -> Self {
        Self(vec![Column { name, class: "number" }])
    }

    /// And a column of texts.
    #[must_use]
    pub fn text(self, name: &'a str) -> Self {
        self.with(name, "")
    }

    /// And a column of numbers, which are set flush right.
    #[must_use]
    pub fn number(self, name: &'a str) -> Self {
        self.with(name, "number")
    }

    /// And columns of numbers.
    #[must_use]
    pub fn numbers(self, names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().fold(self, Self::number)
    }

    fn with(mut self, name: &'a str, class: &'static str) -> Self {
        self.0.push(Column { name, class });
        self
    }

    /// A row: its heading, and a content a column. What is beyond the last column is left out.
    #[must_use]
    pub fn row(&self, heading: impl Render, cells: impl IntoIterator<Item = impl Render>) -> Markup {
        let class = self.0.first().and_then(Column::class);
        html! { tr { th scope="row" class=[class] { (heading) } (self.cells(cells)) } }
    }

    /// A row of a level of the variable above it.
    #[must_use]
    pub fn level(&self, heading: impl Render, cells: impl IntoIterator<Item = impl Render>) -> Markup {
        html! { tr { th scope="row" class="level" { (heading) } (self.cells(cells)) } }
    }

    /// The cells of a row behind its heading.
    #[must_use]
    pub fn cells(&self, cells: impl IntoIterator<Item = impl Render>) -> Markup {
        html! {
            @for (column, content) in self.0.iter().skip(1).zip(cells) {
                td data-label=(column.name) class=[column.class()] { (content) }
            }
        }
    }

    /// The head of the table.
    #[must_use]
    pub fn head(&self) -> Markup {
        html! {
            thead { tr { (self.heads()) } }
        }
    }

    /// The cells of the head, for a table with more columns than these.
    #[must_use]
    pub fn heads(&self) -> Markup {
        html! {
            @for column in &self.0 { th scope="col" class=[column.class()] { (column.name) } }
        }
    }

    /// The table, which scrolls within its place where it is too wide.
    #[must_use]
    pub fn table(&self, class: &str, rows: impl IntoIterator<Item = Markup>) -> Markup {
        html! { div.wide { (self.bare(class, rows)) } }
    }

    /// A table that is always wider than some windows, with a name; it can be scrolled from the keyboard.
    #[must_use]
    pub fn wide_table(&self, class: &str, name: &str, rows: impl IntoIterator<Item = Markup>) -> Markup {
        html! {
            div.wide tabindex="0" role="group" aria-label=(name) { (self.bare(class, rows)) }
        }
    }

    fn bare(&self, class: &str, rows: impl IntoIterator<Item = Markup>) -> Markup {
        let class = Some(class).filter(|class| !class.is_empty());
        html! {
            table class=[class] {
                (self.head())
                tbody { @for row in rows { (row) } }
            }
        }
    }
}

impl Column<'_> {
    fn class(&self) -> Option<&'static str> {
        Some(self.class).filter(|class| !class.is_empty())
    }
}

/// A table of names and their values, without a head.
#[must_use]
pub fn compact_table<'a>(rows: impl IntoIterator<Item = (&'a str, impl Render)>) -> Markup {
    html! {
        div.wide {
            table.compact {
                tbody {
                    @for (name, value) in rows { tr { th scope="row" { (name) } td { (value) } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cell_carries_the_name_of_its_column() {
        let columns = Columns::new("Group").number("Events").text("<Cause>");
        let row = columns.row("germline", ["3", "a & b"]).into_string();
        assert_eq!(
            row,
            "<tr><th scope=\"row\">germline</th><td data-label=\"Events\" class=\"number\">3</td>\
             <td data-label=\"&lt;Cause&gt;\">a &amp; b</td></tr>"
        );
        let table = columns.wide_table("", "Events", [columns.row("", ["1", "2", "beyond"])]);
        let table = table.into_string();
        assert!(
            table.contains("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Events\"><table><thead>")
        );
        assert!(!table.contains("beyond"));
    }
}
