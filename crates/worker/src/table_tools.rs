//! The buttons of the tables of a part: to the clipboard, as CSV, for Word.

use cotside_views::table_tools;

/// A part with the buttons of each table behind it. All texts in it are escaped, so that every tag is one of ours.
///
/// `source` is the last line under a table in a document, `title` stands over one without a heading; `file` gives the name of
/// the files of a table, without an ending, by its first class: `None` where it has no files.
pub fn with_tools(html: &str, source: &str, title: &str, file: impl Fn(&str) -> Option<String>) -> String {
    let (mut written, mut rest) = (String::with_capacity(html.len()), html);
    let mut files: Vec<String> = Vec::new();
    while let Some((before, behind)) = rest.split_once("</table>") {
        written.push_str(before);
        written.push_str("</table>");
        rest = behind;
        let Some(file) = file(name_of_table(before)) else {
            continue;
        };
        // Out of the place in which it scrolls.
        if let Some(behind) = rest.strip_prefix("</div>") {
            written.push_str("</div>");
            rest = behind;
        }
        let heading = Some(heading(&written)).filter(|heading| !heading.is_empty());
        let same = files.iter().filter(|other| **other == file).count();
        let numbered = if same > 0 {
            format!("{file}-{}", same + 1)
        } else {
            file.clone()
        };
        files.push(file);
        let tools = table_tools(&numbered, heading.as_deref().unwrap_or(title), source);
        written.push_str(&tools.into_string());
    }
    written + rest
}

/// The first class of the last table of a text.
fn name_of_table(html: &str) -> &str {
    let tag = html.rsplit_once("<table").map_or("", |(_, tag)| tag);
    let tag = tag.split('>').next().unwrap_or_default();
    let classes = tag.split("class=\"").nth(1).unwrap_or_default();
    let name = classes.split([' ', '"']).next().unwrap_or_default();
    if name.is_empty() { "table" } else { name }
}

/// The last heading of a text, unescaped.
fn heading(html: &str) -> String {
    let start = ["<h2", "<h3", "<h4", "<summary"]
        .iter()
        .filter_map(|tag| html.rfind(tag))
        .max();
    let tag = start.and_then(|start| html.get(start..)).unwrap_or_default();
    let content = tag.split_once('>').map_or("", |(_, content)| content);
    let content = ["</h", "</summary"]
        .iter()
        .fold(content, |content, end| content.split(end).next().unwrap_or_default());
    let mut text = String::new();
    let mut in_tag = false;
    for letter in content.chars() {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            letter if !in_tag => text.push(letter),
            _ => {}
        }
    }
    for (escaped, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        text = text.replace(escaped, sign);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_headings_are_found() {
        let html = "<h2>A &amp; <em>B</em></h2><div class=\"wide\"><table class=\"cox wide\"><tbody>";
        assert_eq!(name_of_table(html), "cox");
        assert_eq!(name_of_table("<table>"), "table");
        assert_eq!(heading(html), "A & B");
        assert_eq!(heading("<h2>x</h2><details><summary>Each pair</summary>"), "Each pair");
        assert_eq!(heading("<p>"), "");
    }
}
