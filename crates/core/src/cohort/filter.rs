//! Which patients an analysis is restricted to: conditions joined by *and* and *or*, one level of brackets deep.
//!
//! **Invariant: a condition on a value that is not known never counts as met.** Conditions are joined by Kleene's
//! three-valued logic, so that a patient is in only where the answer is yes whatever the unknown values are.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::cut::Limit;
use super::factor::Factor;
use super::regroup::Groupings;
use super::study::{Study, Values};
use crate::decimal;

/// Most conditions of a filter.
pub const MOST_CONDITIONS: usize = 24;

/// What is asked of a variable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Its level or group is one of these; of a number: the number is, or lies in a group of this name.
    Is(Vec<String>),
    /// Its level is known and none of these.
    IsNot(Vec<String>),
    /// It is below this.
    Below(Limit),
    /// It is this or below; not for calendar months.
    AtMost(Limit),
    /// It is this or above.
    AtLeast(Limit),
    /// It is above this; not for calendar months.
    Above(Limit),
}

/// A test of one variable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The id of the variable, or `protocol:` and that of one; on the command line the name of a column.
    pub variable: String,
    /// What is asked of it.
    pub test: Test,
}

/// How conditions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// All of them must hold.
    #[default]
    All,
    /// One of them must hold.
    Any,
}

impl Join {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::All => Self::Any,
            Self::Any => Self::All,
        }
    }

    /// The word between two that are joined.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "and",
            Self::Any => "or",
        }
    }

    /// Joins answers by Kleene's logic.
    fn of(self, answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
        let decides = self == Self::Any;
        let mut is_open = false;
        for answer in answers {
            match answer {
                Some(answer) if answer == decides => return Some(decides),
                Some(_) => {}
                None => is_open = true,
            }
        }
        (!is_open).then_some(!decides)
    }
}

/// Conditions that are joined; without one it holds for everybody.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Filter {
    /// How the parts are joined.
    pub join: Join,
    /// The parts, each joined within by the other word.
    pub parts: Vec<Vec<Condition>>,
}

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// Something else is expected before this text, which is empty at the end.
    #[error("expected {expected} before “{rest}”")]
    Expected {
        /// What: `a name`, `a comparison`, `a value`, `and, or`, `)`.
        expected: &'static str,
        /// The text from there on.
        rest: String,
    },
    /// A quote is not closed.
    #[error("a quote is not closed")]
    OpenQuote,
    /// The value of a comparison is not a number.
    #[error("“{0}” is no number")]
    NotANumber(String),
    /// Calendar months are compared by below and at least.
    #[error("months are compared with < or >= only")]
    MonthsAtLimit,
    /// Brackets within brackets, or a mixture that needs them.
    #[error("brackets lie within brackets")]
    TooDeep,
    /// More conditions than [`MOST_CONDITIONS`].
    #[error("too many conditions")]
    TooMany,
}

impl Condition {
    /// The condition that a variable has one level.
    #[must_use]
    pub fn is(variable: &str, level: &str) -> Self {
        Self {
            variable: variable.to_owned(),
            test: Test::Is(vec![level.to_owned()]),
        }
    }
}

impl Filter {
    /// One condition.
    #[must_use]
    pub fn one(condition: Condition) -> Self {
        Self {
            join: Join::All,
            parts: vec![vec![condition]],
        }
    }

    /// True if it restricts nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(Vec::is_empty)
    }

    /// Its conditions.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.parts.iter().flatten()
    }

    /// Without the conditions that do not fit.
    #[must_use]
    pub fn retained(&self, fits: impl Fn(&Condition) -> bool) -> Self {
        let parts = self.parts.iter().map(|part| {
            let kept = part.iter().filter(|condition| fits(condition));
            kept.cloned().collect::<Vec<Condition>>()
        });
        Self {
            join: self.join,
            parts: parts.filter(|part| !part.is_empty()).collect(),
        }
    }

    /// Whether it holds, from the answers to its conditions.
    pub fn holds(&self, answer: impl Fn(&Condition) -> Option<bool>) -> Option<bool> {
        if self.is_empty() {
            return Some(true);
        }
        let parts = self.parts.iter().filter(|part| !part.is_empty());
        self.join
            .of(parts.map(|part| self.join.other().of(part.iter().map(&answer))))
    }

    /// Reads a filter: `age_days<90 and kmt2a=rearranged`, `(cns=3 or testis=yes) and sex!=male`, `kmt2a=rearranged|ptd`.
    /// *and* binds more tightly than *or*. Names and values with other signs than letters, digits and `_ . : -` stand in
    /// double quotes.
    ///
    /// # Errors
    /// [`FilterError`].
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let mut reader = Reader { rest: text };
        let sums = reader.sums(true)?;
        if !reader.rest.trim().is_empty() {
            return Err(reader.expected("and, or, or the end"));
        }
        let filter = flat(sums)?;
        if filter.conditions().count() > MOST_CONDITIONS {
            return Err(FilterError::TooMany);
        }
        Ok(filter)
    }
}

/// A condition, or a bracket.
enum Atom {
    Condition(Condition),
    Bracket(Vec<Vec<Atom>>),
}

/// A bracket as one join of conditions alone.
fn bracket(sums: Vec<Vec<Atom>>) -> Result<(Join, Vec<Condition>), FilterError> {
    let join = if sums.len() > 1 { Join::Any } else { Join::All };
    if sums.len() > 1 && sums.iter().any(|product| product.len() > 1) {
        return Err(FilterError::TooDeep);
    }
    let conditions = sums.into_iter().flatten().map(|atom| match atom {
        Atom::Condition(condition) => Ok(condition),
        Atom::Bracket(_) => Err(FilterError::TooDeep),
    });
    Ok((join, conditions.collect::<Result<_, _>>()?))
}

/// A sum of products as a filter.
fn flat(sums: Vec<Vec<Atom>>) -> Result<Filter, FilterError> {
    let is_sum = sums.len() > 1;
    let mut parts = Vec::new();
    for product in sums {
        let mut conditions = Vec::new();
        let is_alone = product.len() == 1;
        for atom in product {
            match atom {
                Atom::Condition(condition) => conditions.push(vec![condition]),
                Atom::Bracket(inner) => match bracket(inner)? {
                    (Join::Any, inner) if !is_sum => conditions.push(inner),
                    (Join::Any, inner) if is_alone => {
                        parts.extend(inner.into_iter().map(|condition| vec![condition]));
                    }
                    (Join::Any, _) => return Err(FilterError::TooDeep),
                    (Join::All, inner) => conditions.extend(inner.into_iter().map(|condition| vec![condition])),
                },
            }
        }
        if is_sum {
            parts.extend(Some(conditions.into_iter().flatten().collect()).filter(|part: &Vec<_>| !part.is_empty()));
        } else {
            parts = conditions;
        }
    }
    // One bracket with *or* alone is a filter of its own.
    if let (false, [part]) = (is_sum, &parts[..])
        && part.len() > 1
    {
        return Ok(Filter {
            join: Join::Any,
            parts: part.iter().map(|condition| vec![condition.clone()]).collect(),
        });
    }
    Ok(Filter {
        join: if is_sum { Join::Any } else { Join::All },
        parts,
    })
}

/// A text that is read from its beginning.
struct Reader<'a> {
    rest: &'a str,
}

const COMPARISONS: [&str; 10] = ["<=", ">=", "!=", "≤", "≥", "≠", "<>", "<", ">", "="];

fn is_plain(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '.' | ':' | '-')
}

impl Reader<'_> {
    fn expected(&self, expected: &'static str) -> FilterError {
        FilterError::Expected {
            expected,
            rest: self.rest.trim().chars().take(40).collect(),
        }
    }

    fn takes(&mut self, sign: &str) -> bool {
        match self.rest.trim_start().strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let text = self.rest.trim_start();
        let end = text.find(|sign| !is_plain(sign)).unwrap_or(text.len());
        let is_it = text[..end].eq_ignore_ascii_case(word);
        if is_it {
            self.rest = &text[end..];
        }
        is_it
    }

    /// A name or a value, in quotes or of plain signs; `None` where there is none.
    fn text(&mut self) -> Result<Option<String>, FilterError> {
        let text = self.rest.trim_start();
        if let Some(quoted) = text.strip_prefix('"') {
            let mut found = String::new();
            let mut rest = quoted;
            loop {
                let (part, behind) = rest.split_once('"').ok_or(FilterError::OpenQuote)?;
                found.push_str(part);
                match behind.strip_prefix('"') {
                    Some(more) => {
                        found.push('"');
                        rest = more;
                    }
                    None => {
                        self.rest = behind;
                        return Ok(Some(found));
                    }
                }
            }
        }
        let end = text.find(|sign| !is_plain(sign)).unwrap_or(text.len());
        let (found, rest) = text.split_at(end);
        let is_word = ["and", "or"].iter().any(|word| found.eq_ignore_ascii_case(word));
        if found.is_empty() || is_word {
            return Ok(None);
        }
        self.rest = rest;
        Ok(Some(found.to_owned()))
    }

    fn condition(&mut self) -> Result<Condition, FilterError> {
        let Some(variable) = self.text()? else {
            return Err(self.expected("a name"));
        };
        let Some(comparison) = COMPARISONS.iter().find(|sign| self.takes(sign)) else {
            return Err(self.expected("a comparison (= != < <= > >=)"));
        };
        let test = match *comparison {
            "=" => Test::Is(self.values()?),
            "!=" | "≠" | "<>" => Test::IsNot(self.values()?),
            "<" => Test::Below(self.limit(true)?),
            "<=" | "≤" => Test::AtMost(self.limit(false)?),
            ">=" | "≥" => Test::AtLeast(self.limit(true)?),
            _ => Test::Above(self.limit(false)?),
        };
        Ok(Condition { variable, test })
    }

    fn values(&mut self) -> Result<Vec<String>, FilterError> {
        let mut values = Vec::new();
        loop {
            match self.text()? {
                Some(value) => values.push(value),
                None => return Err(self.expected("a value")),
            }
            if !self.takes("|") {
                return Ok(values);
            }
        }
    }

    fn limit(&mut self, may_be_months: bool) -> Result<Limit, FilterError> {
        let Some(mut text) = self.text()? else {
            return Err(self.expected("a number"));
        };
        for unit in ["months", "month", "mo", "days", "day", "d"] {
            if self.takes_word(unit) {
                text = format!("{text} {unit}");
                break;
            }
        }
        match Limit::parse(&text) {
            Ok(Limit::Months(_)) if !may_be_months => Err(FilterError::MonthsAtLimit),
            Ok(limit) if limit != Limit::Median => Ok(limit),
            _ => Err(FilterError::NotANumber(text)),
        }
    }

    /// Conditions and brackets: the outer list is joined by *or*, the inner ones by *and*.
    fn sums(&mut self, may_have_brackets: bool) -> Result<Vec<Vec<Atom>>, FilterError> {
        let mut sums = vec![Vec::new()];
        loop {
            let atom = if self.takes("(") {
                if !may_have_brackets {
                    return Err(FilterError::TooDeep);
                }
                let inner = self.sums(false)?;
                if !self.takes(")") {
                    return Err(self.expected(")"));
                }
                Atom::Bracket(inner)
            } else {
                Atom::Condition(self.condition()?)
            };
            if let Some(product) = sums.last_mut() {
                product.push(atom);
            }
            if self.takes_word("or") {
                sums.push(Vec::new());
            } else if !self.takes_word("and") {
                return Ok(sums);
            }
        }
    }
}

/// A name or a value as it is read back.
fn quoted(text: &str) -> String {
    let is_word = ["and", "or"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if !text.is_empty() && !is_word && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('"', "\"\""))
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = quoted(&self.variable);
        let values = |values: &[String]| -> String {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            values.join("|")
        };
        match &self.test {
            Test::Is(any) => write!(f, "{name}={}", values(any)),
            Test::IsNot(any) => write!(f, "{name}!={}", values(any)),
            Test::Below(limit) => write!(f, "{name}<{limit}"),
            Test::AtMost(limit) => write!(f, "{name}<={limit}"),
            Test::AtLeast(limit) => write!(f, "{name}>={limit}"),
            Test::Above(limit) => write!(f, "{name}>{limit}"),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(|condition| condition.to_string()))
    }
}

impl Filter {
    /// The filter as text, each condition as `tell` has it.
    #[must_use]
    pub fn told(&self, tell: impl Fn(&Condition) -> String) -> String {
        let parts: Vec<&Vec<Condition>> = self.parts.iter().filter(|part| !part.is_empty()).collect();
        let joined = |join: Join, texts: Vec<String>| texts.join(&format!(" {} ", join.word()));
        let part = |part: &&Vec<Condition>| {
            let inner = joined(self.join.other(), part.iter().map(&tell).collect());
            if part.len() > 1 && parts.len() > 1 {
                format!("({inner})")
            } else {
                inner
            }
        };
        joined(self.join, parts.iter().map(part).collect())
    }
}

/// What a condition is asked of: the values of a variable, and their groups.
struct Asked<'a> {
    numbers: Option<&'a [Option<f64>]>,
    /// The levels of the file, of the cut or of the protocol.
    levels: Option<Factor>,
    /// The same as they are grouped.
    groups: Option<Factor>,
}

impl Asked<'_> {
    fn number(&self, patient: usize) -> Option<f64> {
        match (self.numbers, &self.levels) {
            (Some(numbers), _) => numbers
                .get(patient)
                .copied()
                .flatten()
                .filter(|number| number.is_finite()),
            (None, Some(levels)) => decimal::parse(levels.name(patient)?),
            (None, None) => None,
        }
    }

    /// Whether the value of a patient is of this name.
    fn is(&self, patient: usize, value: &str) -> Option<bool> {
        let has = |factor: &&Factor| {
            factor
                .names
                .iter()
                .chain(&factor.names_left_out)
                .any(|name| name == value)
        };
        let named = self.groups.as_ref().filter(has).or(self.levels.as_ref().filter(has));
        if let Some(factor) = named {
            return factor.name(patient).map(|name| name == value);
        }
        if self.numbers.is_none() {
            return self.levels.as_ref()?.name(patient).map(|_| false);
        }
        let number = self.number(patient)?;
        // Earlier settings name the halves of a number.
        let compared = COMPARISONS[..9].iter().find_map(|sign| {
            let limit = decimal::parse(value.strip_prefix(sign)?.trim())?;
            Some(match *sign {
                "<" => number < limit,
                "<=" | "≤" => number <= limit,
                ">=" | "≥" => number >= limit,
                ">" => number > limit,
                _ => number.to_bits() != limit.to_bits(),
            })
        });
        let is_same = || decimal::parse(value).is_some_and(|wanted| wanted.total_cmp(&number).is_eq());
        Some(compared.unwrap_or_else(is_same))
    }
}

impl Study {
    /// Whether a filter holds for each patient; `None` where it depends on values that are not known.
    #[must_use]
    pub fn meets(&self, filter: &Filter, groupings: &Groupings) -> Vec<Option<bool>> {
        let answers: Vec<Vec<Option<bool>>> = filter
            .conditions()
            .map(|condition| self.answers(condition, groupings))
            .collect();
        // The same tree with places of answers.
        let mut next = 0;
        let mut places = Vec::new();
        for part in &filter.parts {
            places.push(next..next + part.len());
            next += part.len();
        }
        let holds = |patient: usize| {
            if filter.is_empty() {
                return Some(true);
            }
            let part = |places: &core::ops::Range<usize>| {
                let own = answers.get(places.clone()).unwrap_or_default();
                let own = own.iter().map(|each| each.get(patient).copied().flatten());
                filter.join.other().of(own)
            };
            filter
                .join
                .of(places.iter().filter(|places| !places.is_empty()).map(part))
        };
        (0..self.row.len()).map(holds).collect()
    }

    /// Whether a condition holds for each patient.
    fn answers(&self, condition: &Condition, groupings: &Groupings) -> Vec<Option<bool>> {
        let id = condition.variable.as_str();
        let variable = self.variable(id);
        let numbers = variable.and_then(|variable| match &variable.values {
            Values::Numbers(numbers) => Some(numbers.as_slice()),
            Values::Levels { .. } => None,
        });
        let levels = self.all_levels(id, groupings);
        let groups = levels.as_ref().zip(groupings.get(id));
        let asked = Asked {
            numbers,
            groups: groups.map(|(levels, grouping)| grouping.apply(levels)),
            levels,
        };
        let ages = variable.and_then(|variable| self.ages_of(variable));
        let below = |patient: usize, limit: Limit, is_lower: bool| match &ages {
            Some(ages) => limit.is_above_age(ages.get(patient).copied().flatten()?, is_lower),
            None => limit.is_above(asked.number(patient)?, is_lower),
        };
        let any = |patient: usize, values: &[String]| Join::Any.of(values.iter().map(|value| asked.is(patient, value)));
        let answer = |patient: usize| match &condition.test {
            Test::Is(values) => any(patient, values),
            Test::IsNot(values) => any(patient, values).map(|is| !is),
            Test::Below(limit) => below(patient, *limit, false),
            Test::AtMost(limit) => below(patient, *limit, true),
            Test::AtLeast(limit) => below(patient, *limit, false).map(|is| !is),
            Test::Above(limit) => below(patient, *limit, true).map(|is| !is),
        };
        (0..self.row.len()).map(answer).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::{Grouping, LevelGroup, Variable};
    use proptest::prelude::*;

    fn parsed(text: &str) -> Filter {
        Filter::parse(text).unwrap()
    }

    fn study() -> Study {
        let levels = |names: &[&str], codes: &[Option<u32>]| Values::Levels {
            names: names.iter().map(|&name| name.to_owned()).collect(),
            codes: codes.to_vec(),
        };
        let variable = |id: &str, values: Values| Variable {
            id: id.to_owned(),
            name: id.rsplit(':').next().unwrap().to_owned(),
            values,
        };
        Study {
            row: vec![0, 1, 2, 3],
            variables: vec![
                variable(
                    "finding:kmt2a",
                    levels(
                        &["germline", "rearranged", "undetermined"],
                        &[Some(1), Some(0), None, Some(2)],
                    ),
                ),
                variable(
                    "finding:wbc",
                    Values::Numbers(vec![Some(50.0), Some(300.0), Some(12.5), None]),
                ),
                variable(
                    "finding:age_days",
                    Values::Numbers(vec![Some(80.0), Some(183.0), None, Some(200.0)]),
                ),
                variable("column:9", levels(&["1", "2"], &[Some(0), Some(1), Some(0), None])),
            ],
            ..Study::default()
        }
    }

    fn met(text: &str) -> Vec<Option<bool>> {
        study().meets(&parsed(text), &Groupings::new())
    }

    const YES: Option<bool> = Some(true);
    const NO: Option<bool> = Some(false);

    #[test]
    fn conditions_on_levels_and_numbers() {
        for (text, answers) in [
            ("finding:kmt2a=rearranged", [YES, NO, None, NO]),
            ("finding:kmt2a=rearranged|germline", [YES, YES, None, NO]),
            ("finding:kmt2a!=germline", [YES, NO, None, YES]),
            ("finding:kmt2a=gone", [NO, NO, None, NO]),
            ("finding:wbc<300", [YES, NO, YES, None]),
            ("finding:wbc<=300", [YES, YES, YES, None]),
            ("finding:wbc>=300", [NO, YES, NO, None]),
            ("finding:wbc>300", [NO, NO, NO, None]),
            ("finding:wbc=12.5", [NO, NO, YES, None]),
            ("finding:wbc=\"< 300\"", [YES, NO, YES, None]),
            ("finding:wbc=\"≤ 50\"", [YES, NO, YES, None]),
            ("finding:age_days<6 months", [YES, None, None, NO]),
            ("finding:age_days>=90 d", [NO, YES, None, YES]),
            ("column:9<2", [YES, NO, YES, None]),
            ("nothing=1", [None; 4]),
        ] {
            assert_eq!(met(text), answers, "{text}");
        }
    }

    #[test]
    fn an_unknown_value_is_never_met_and_decides_nothing() {
        // True or unknown is true, false or unknown is open; the reverse with and.
        assert_eq!(met("finding:kmt2a=rearranged or finding:wbc<300"), [YES, NO, YES, None]);
        assert_eq!(met("finding:kmt2a=rearranged and finding:wbc<300"), [YES, NO, None, NO]);
        assert_eq!(
            met("(finding:kmt2a=rearranged or finding:wbc>100) and finding:age_days<200"),
            [YES, YES, None, NO]
        );
        assert_eq!(study().meets(&Filter::default(), &Groupings::new()), [YES; 4]);
    }

    #[test]
    fn merged_and_renamed_levels_are_found_by_both_names() {
        let grouping = Grouping {
            groups: vec![LevelGroup {
                name: "not germline".into(),
                of: vec!["rearranged".into(), "undetermined".into()],
                is_left_out: false,
            }],
            others_are_left_out: true,
            ..Grouping::default()
        };
        let groupings = Groupings::from([("finding:kmt2a".to_owned(), grouping)]);
        let met = |text: &str| study().meets(&parsed(text), &groupings);
        assert_eq!(met("finding:kmt2a=\"not germline\""), [YES, NO, None, YES]);
        assert_eq!(met("finding:kmt2a=rearranged"), [YES, NO, None, NO]);
        // A level that is left out of comparisons is known all the same.
        assert_eq!(met("finding:kmt2a=germline"), [NO, YES, None, NO]);
    }

    #[test]
    fn the_text_of_a_filter() {
        for (text, shown) in [
            ("a=1", "a=1"),
            ("a=1 AND b<2", "a=1 and b<2"),
            ("a=1 and b<2 or c>=3 d", "(a=1 and b<2) or c>=3"),
            ("( a=1 or b≤2 ) and c>3", "(a=1 or b<=2) and c>3"),
            ("(a=1 or b=2)", "a=1 or b=2"),
            ("(a=1 and b=2) and c=3", "a=1 and b=2 and c=3"),
            ("(a=1 or b=2) or c=3", "a=1 or b=2 or c=3"),
            ("a<>x|y", "a!=x|y"),
            ("\"age, days\"<6 months", "\"age, days\"<6 months"),
            ("a=\"say \"\"or\"\"\"", "a=\"say \"\"or\"\"\""),
        ] {
            assert_eq!(parsed(text).to_string(), shown, "{text}");
            assert_eq!(parsed(shown).to_string(), shown, "{text}");
        }
        for (text, error) in [
            ("((a=1) or b=2) and c=3", FilterError::TooDeep),
            ("(a=1 or b=2) and c=3 or d=4", FilterError::TooDeep),
            ("(a=1 and b=2 or c=3) and d=4", FilterError::TooDeep),
            ("a<x", FilterError::NotANumber("x".into())),
            ("a<median", FilterError::NotANumber("median".into())),
            ("a<=6 months", FilterError::MonthsAtLimit),
            ("a=\"x", FilterError::OpenQuote),
        ] {
            assert_eq!(Filter::parse(text), Err(error), "{text}");
        }
        for text in ["", "a", "a=", "a=1 and", "a=1 b=2", "(a=1", "a=1)", "and=1", "<3"] {
            assert!(
                matches!(Filter::parse(text), Err(FilterError::Expected { .. })),
                "{text}: {:?}",
                Filter::parse(text)
            );
        }
        let many = ["a=1"; MOST_CONDITIONS + 1].join(" or ");
        assert_eq!(Filter::parse(&many), Err(FilterError::TooMany));
    }

    fn any_filter() -> impl Strategy<Value = Filter> {
        let condition = (0_usize..5, 0_usize..6).prop_map(|(variable, test)| Condition {
            variable: ["a", "b c", "and", "d\"", "protocol:e-1"][variable].to_owned(),
            test: [
                Test::Is(vec!["x".into(), "y | z".into()]),
                Test::IsNot(vec!["or".into()]),
                Test::Below(Limit::Months(6)),
                Test::AtMost(Limit::Number(0.5)),
                Test::AtLeast(Limit::Number(1e-4)),
                Test::Above(Limit::Number(-3.0)),
            ][test]
                .clone(),
        });
        let parts = prop::collection::vec(prop::collection::vec(condition, 1..4), 1..4);
        (any::<bool>(), parts).prop_map(|(all, parts)| Filter {
            join: if all { Join::All } else { Join::Any },
            parts,
        })
    }

    /// The answer to a condition that an assignment of truth gives.
    fn answer(condition: &Condition, truth: &[Option<bool>]) -> Option<bool> {
        let text = condition.to_string();
        let sum: usize = text.bytes().map(usize::from).sum();
        truth[sum % truth.len()]
    }

    proptest! {
        #[test]
        fn a_filter_is_read_back_and_holds_alike(filter in any_filter(),
            truth in prop::collection::vec(prop::option::of(any::<bool>()), 1..12)) {
            let again = Filter::parse(&filter.to_string()).unwrap();
            prop_assert_eq!(again.to_string(), filter.to_string());
            let holds = |filter: &Filter| filter.holds(|condition| answer(condition, &truth));
            prop_assert_eq!(holds(&again), holds(&filter));
        }

        /// The answer is yes or no exactly where every completion of the unknown answers agrees, or the logic leaves it open.
        #[test]
        fn an_answer_holds_whatever_the_unknown_values_are(filter in any_filter(),
            truth in prop::collection::vec(prop::option::of(any::<bool>()), 1..6), other in any::<u8>()) {
            let completed: Vec<Option<bool>> = truth
                .iter()
                .enumerate()
                .map(|(place, known)| known.or(Some(other >> place & 1 == 1)))
                .collect();
            let open = filter.holds(|condition| answer(condition, &truth));
            let closed = filter.holds(|condition| answer(condition, &completed));
            prop_assert!(closed.is_some());
            prop_assert!(open.is_none() || open == closed);
        }
    }
}
