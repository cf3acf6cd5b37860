//! The R script as a Quarto document: the same lines, in a chunk for each of its headings.

use cotside_words::en::export_results as words;

/// How a heading of the script begins; hyphens fill its line.
const HEADING: &str = "# ---- ";

/// A script as a document. **Invariant: the chunks, one behind the other, are the script without its headings.**
pub fn document(script: &str) -> String {
    let fence = fence(script);
    let mut text = format!(
        "---\ntitle: \"{}\"\nformat:\n  html:\n    toc: true\n    embed-resources: true\nexecute:\n  warning: true\n---\n\n{}\n",
        words::QUARTO_TITLE,
        words::QUARTO_NOTE
    );
    let mut chunk = Chunk::default();
    for line in script.lines() {
        match line.strip_prefix(HEADING) {
            Some(heading) => {
                chunk.end(&mut text, &fence);
                text.push_str(&format!("\n## {}\n", heading.trim_end_matches('-').trim_end()));
            }
            None => chunk.0.push(line),
        }
    }
    chunk.end(&mut text, &fence);
    text
}

/// Lines of R between two headings.
#[derive(Default)]
struct Chunk<'a>(Vec<&'a str>);

impl Chunk<'_> {
    /// Writes what was collected; nothing where there is no line of code or comment.
    fn end(&mut self, text: &mut String, fence: &str) {
        let lines = std::mem::take(&mut self.0);
        if lines.iter().any(|line| !line.trim().is_empty()) {
            text.push_str(&format!(
                "\n{fence}{{r}}\n{}\n{fence}\n",
                lines.join("\n").trim_matches('\n')
            ));
        }
    }
}

/// A fence that no line of the script closes.
fn fence(script: &str) -> String {
    let ticks = |line: &str| line.trim_start().chars().take_while(|letter| *letter == '`').count();
    let longest = script.lines().map(ticks).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_the_script_without_its_headings() {
        let script = "# Made by\nx <- 1\n\n# ---- First part; of two ------\n\ny <- \"# ---- \"\n# ---- Empty ---\n# ---- Last ---\nz\n";
        let text = document(script);
        let chunks: Vec<&str> = text
            .split("```")
            .filter_map(|part| part.strip_prefix("{r}\n"))
            .collect();
        assert_eq!(chunks, ["# Made by\nx <- 1\n", "y <- \"# ---- \"\n", "z\n"]);
        for heading in ["## First part; of two\n", "## Empty\n", "## Last\n"] {
            assert!(text.contains(heading), "{text}");
        }
        assert!(text.starts_with("---\ntitle: \""));
    }

    #[test]
    fn no_line_of_the_script_ends_a_chunk() {
        assert!(document("x <- \"\n```\n\"").contains("````{r}\nx <- \"\n```\n\"\n````\n"));
    }
}
