//! The names by which a column may be known: its header, its label in a dictionary, and either as a question without the
//! words that only make it a sentence.

use super::header::Header;
use super::role::Role;

/// The parsed names of a column, the header first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnNames {
    /// The header as it is written; empty where the column has no role of its own.
    pub(super) written: String,
    /// Each name, once.
    pub(super) all: Vec<Header>,
    /// What the names tell besides a role: unit, coding, percentages.
    pub(super) told: Header,
}

/// Beginnings of questions, in lower case.
const BEGINS: &[&str] = &[
    "please enter ",
    "please select ",
    "enter ",
    "select ",
    "specify ",
    "what is ",
    "what was ",
    "which is ",
    "which was ",
    "when was ",
    "has ",
    "have ",
    "had ",
    "did ",
    "does ",
    "is ",
    "was ",
    "were ",
    "a ",
    "an ",
    "the ",
    "patient's ",
    "patients ",
    "patient ",
    "child's ",
    "child ",
    "infant's ",
    "infant ",
    "subject's ",
    "subject ",
];

/// Ends of questions, in lower case.
const ENDS: &[&str] = &[
    " of the patient",
    " of patient",
    " of the child",
    " of the infant",
    " of the subject",
    " of all",
    " of leukaemia",
    " of leukemia",
    " found",
    " detected",
    " identified",
    " present",
];

impl ColumnNames {
    /// The names of a column with this header and label.
    #[must_use]
    pub fn of(header: &str, label: Option<&str>) -> Self {
        let mut all: Vec<Header> = Vec::new();
        for name in [Some(header), label].into_iter().flatten() {
            for name in [Some(name.to_owned()), phrase(name)].into_iter().flatten() {
                let parsed = Header::of(&name);
                if !all.contains(&parsed) {
                    all.push(parsed);
                }
            }
        }
        let mut told = all.first().cloned().unwrap_or_default();
        for other in all.iter().skip(1) {
            told.percent |= other.percent;
            told.fraction |= other.fraction;
            told.count_unit = told.count_unit.or(other.count_unit);
            told.unit = match (told.unit, other.unit) {
                // Names that contradict each other tell no unit.
                (Some(one), Some(another)) if one != another => None,
                (one, another) => one.or(another),
            };
            if told.coding.is_empty() {
                told.coding.clone_from(&other.coding);
            }
        }
        Self {
            written: header.to_owned(),
            all,
            told,
        }
    }

    /// True if a name gives the meaning of yes in a column of this role.
    #[must_use]
    pub fn tell_direction(&self, role: Role) -> bool {
        self.all.iter().any(|name| name.tells_direction(role))
    }
}

/// A question without the words that make it a sentence: `Has the patient died?` is `died`; `None` where it has none.
fn phrase(name: &str) -> Option<String> {
    let mut rest = name.trim().trim_end_matches(['?', ':', '*', '.']).trim_end();
    while let Some(shorter) = BEGINS.iter().find_map(|begin| without_begin(rest, begin)) {
        rest = shorter;
    }
    while let Some(shorter) = ENDS.iter().find_map(|end| without_end(rest, end)) {
        rest = shorter;
    }
    let found = without_diagnosis(rest).unwrap_or_else(|| rest.to_owned());
    (!found.is_empty() && found != name.trim()).then_some(found)
}

/// A finding without the words that it is of the diagnosis: `White cell count at diagnosis (10^9/L)`. The state of a
/// patient at diagnosis is another than at the end.
fn without_diagnosis(name: &str) -> Option<String> {
    const AT: &[&str] = &[" at diagnosis", " at dx", " at presentation", " at initial diagnosis"];
    const FINDINGS: &[&str] = &["wbc", "white", "leuko", "leuco", "cns", "cd10", "kmt2a", "mll", "sex"];
    let (stem, unit) = match name.rfind(" (") {
        Some(open) if name.ends_with(')') => name.split_at(open),
        _ => (name, ""),
    };
    let lower = stem.to_lowercase();
    if !FINDINGS.iter().any(|finding| lower.contains(finding)) {
        return None;
    }
    let stem = AT.iter().find_map(|end| without_end(stem, end))?;
    Some(format!("{stem}{unit}"))
}

fn without_begin<'a>(text: &'a str, begin: &str) -> Option<&'a str> {
    let head = text.get(..begin.len())?;
    head.eq_ignore_ascii_case(begin)
        .then(|| text[begin.len()..].trim_start())
        .filter(|rest| !rest.is_empty())
}

fn without_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let start = text.len().checked_sub(end.len())?;
    let tail = text.get(start..)?;
    tail.eq_ignore_ascii_case(end)
        .then(|| text[..start].trim_end())
        .filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::TimeUnit;

    #[test]
    fn questions_lose_what_makes_them_a_sentence() {
        for (question, wanted) in [
            ("Has the patient died?", "died"),
            ("Is the patient alive at last contact?", "alive at last contact"),
            ("Date of birth of the patient", "Date of birth"),
            ("Was a KMT2A rearrangement found?", "KMT2A rearrangement"),
            (
                "White blood cell count at diagnosis (x10^9/L)",
                "White blood cell count (x10^9/L)",
            ),
            ("Disease status at diagnosis", ""),
            ("Patient", ""),
            ("wbc", ""),
        ] {
            assert_eq!(phrase(question).unwrap_or_default(), wanted);
        }
    }

    #[test]
    fn units_come_from_any_name_and_not_from_contradicting_ones() {
        let unit = |header, label| ColumnNames::of(header, label).told.unit;
        assert_eq!(
            unit("os_time", Some("Overall survival (months)")),
            Some(TimeUnit::Months)
        );
        assert_eq!(unit("os_days", Some("Overall survival (months)")), None);
        assert_eq!(unit("os_days", None), Some(TimeUnit::Days));
    }
}
