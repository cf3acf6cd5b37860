//! What every language says of the files of pooled analyses: what is counted in them, and the core's texts by their patterns.

use cotside_core::federated::{Plan, Sharing, Summary, leaves};

/// How many numbers of a site leave with its file.
pub(crate) fn count_of_numbers(plan: &Plan, shown: &Summary) -> usize {
    let fit = shown.two_stage.as_ref();
    let fit = fit.map_or(0, |fit| fit.coef.len() + fit.covariance_lower.len());
    let effective = shown.cox.as_ref().and_then(|cox| cox.effective_n).is_some();
    match plan.design.sharing {
        Sharing::PerSite => leaves(shown).len() + fit + usize::from(effective),
        Sharing::Masked => leaves(shown).len(),
    }
}

/// The sites before and after one in the ring of keys.
pub(crate) fn neighbours<'a>(plan: &'a Plan, site: &str) -> Option<(&'a str, &'a str)> {
    let sites = &plan.design.sites;
    let at = sites.iter().position(|known| known == site)?;
    let before = sites.get((at + sites.len() - 1) % sites.len())?;
    Some((before, sites.get((at + 1) % sites.len())?))
}

/// A text of the core in another language; `None` where the table does not have it.
///
/// A table pairs texts with their translations. `{}` is a part that differs; in the translation `{0}` is the first one as it
/// is, and `{0*}` the first one in translation.
pub(crate) fn translated(table: &[(&str, &str)], text: &str) -> Option<String> {
    let found = table
        .iter()
        .find_map(|(pattern, translation)| Some((parts(pattern, text)?, translation)));
    let (parts, translation) = found?;
    let mut said = (*translation).to_owned();
    for (at, part) in parts.iter().enumerate() {
        let inner = format!("{{{at}*}}");
        if said.contains(&inner) {
            said = said.replace(&inner, &translated(table, part).unwrap_or_else(|| (*part).to_owned()));
        }
        said = said.replace(&format!("{{{at}}}"), part);
    }
    Some(said)
}

/// The parts of a text that stand where a pattern has `{}`.
fn parts<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut fixed = pattern.split("{}");
    let mut rest = text.strip_prefix(fixed.next()?)?;
    let mut fixed = fixed.peekable();
    let mut parts = Vec::new();
    while let Some(each) = fixed.next() {
        let at = if fixed.peek().is_none() {
            rest.len().checked_sub(each.len()).filter(|_| rest.ends_with(each))
        } else {
            rest.find(each)
        };
        parts.push(rest.get(..at?)?);
        rest = rest.get(at? + each.len()..)?;
    }
    rest.is_empty().then_some(parts)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)] // What helps tests may fail as tests do.

    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn texts_are_known_by_their_patterns() {
        let table = [
            ("{}; correct the file", "{0*}: CORRECT"),
            ("row {}: no time", "NO TIME {0}"),
            ("“{}” of {}", "{1}: {0}"),
            ("missing", "MISSING"),
        ];
        for (text, said) in [
            ("missing", Some("MISSING")),
            ("missing it", None),
            ("“x” of y of z", Some("y of z: x")),
            ("row 3: no time; correct the file", Some("NO TIME 3: CORRECT")),
            ("else; correct the file", Some("else: CORRECT")),
            ("“missing” of y", Some("y: missing")),
        ] {
            assert_eq!(translated(&table, text).as_deref(), said, "{text}");
        }
    }

    /// Sources of the core whose texts reach a person.
    const SOURCES: [&str; 9] = [
        "check",
        "check_plan",
        "choices",
        "columns",
        "combine",
        "pooled_cox",
        "read",
        "site_file",
        "table_columns",
    ];
    /// What is no sentence of a refusal there: names of what was left out.
    const NAMES: [&str; 2] = ["levels of {} apart", "table1 by group"];

    /// Texts in quotation marks, `{}` for each part that differs, up to the tests of a source.
    fn texts(source: &str) -> Vec<String> {
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().map(str::trim_start);
        let lines: Vec<&str> = lines
            .filter(|line| !line.starts_with("//") && !line.starts_with('#'))
            .collect();
        let code = lines.join("\n");
        let quoted = code.split('"').skip(1).step_by(2);
        quoted
            .map(|text| {
                let pieces = text.split('{').enumerate();
                let pieces = pieces.map(|(at, piece)| match piece.split_once('}') {
                    Some((_, rest)) if at > 0 => format!("{{}}{rest}"),
                    _ => piece.to_owned(),
                });
                pieces.collect()
            })
            .collect()
    }

    /// Two words of small letters behind each other.
    fn is_sentence(text: &str) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_word = |word: &str| {
            word.len() > 1
                && word
                    .trim_end_matches([',', ';', ':'])
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase())
        };
        words.windows(2).any(|pair| pair.iter().all(|word| is_word(word)))
    }

    #[test]
    fn every_refusal_of_the_core_has_its_words_in_each_language() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src/federated");
        let mut said: BTreeSet<String> = BTreeSet::new();
        for name in SOURCES {
            let source = std::fs::read_to_string(folder.join(format!("{name}.rs"))).expect("a source");
            said.extend(texts(&source).into_iter().filter(|text| is_sentence(text)));
        }
        for name in NAMES {
            assert!(
                said.remove(name),
                "“{name}” is no longer in the core: take it from NAMES"
            );
        }
        assert!(said.len() > 60, "{}", said.len());
        for (language, table) in [("ja", crate::ja::refusals::TEXTS), ("ko", crate::ko::refusals::TEXTS)] {
            let known: BTreeSet<&str> = table.iter().map(|(text, _)| *text).collect();
            let left: Vec<&String> = said.iter().filter(|text| !known.contains(text.as_str())).collect();
            assert!(left.is_empty(), "{language}/refusals.rs has no words for {left:#?}");
        }
        let texts = |table: &[(&'static str, &str)]| table.iter().map(|(text, _)| *text).collect::<Vec<_>>();
        assert_eq!(
            texts(crate::ja::refusals::TEXTS),
            texts(crate::ko::refusals::TEXTS),
            "the same texts in both languages"
        );
    }
}
