//! Infants with the answer of this engine, by which another program can be tested.

use serde_json::{Map, Value, json};

use crate::infant::{AgeLimit, Date, Entry, Field, Kind, month_span, read};

use super::super::RULES_VERSION;
use super::super::assess::{Status, assess};
use super::super::case::{Finding, Limit};
use super::super::rule::{Protocol, Test};
use super::cql::{library_name, parameters};

/// An infant and the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestCase<'p> {
    /// Texts of the data dictionary; what is not known is missing.
    pub findings: Vec<(Field, String)>,
    /// Whether every finding of the rule is known.
    pub is_complete: bool,
    /// The group; `None` where the protocol does not apply, or several groups are possible.
    pub group: Option<&'p str>,
    /// True if the protocol does not apply.
    pub not_applicable: bool,
}

/// Some values of a finding, each as texts of fields: those around its limits, every category, and that it is not known.
type Values = Vec<Vec<(Field, String)>>;

/// At most `most` infants: all combinations of the values around each limit, every category, and not known; evenly chosen
/// among them where there are more.
#[must_use]
pub fn test_cases<'p>(protocol: &'p Protocol<'p>, most: usize) -> Vec<TestCase<'p>> {
    let axes: Vec<Values> = axes(protocol);
    let all = axes
        .iter()
        .fold(1_u64, |product, values| product.saturating_mul(values.len() as u64));
    let wanted = (most as u64).min(all);
    // Steps through the combinations that share no factor with the lengths of the axes miss no value.
    let step = (all / wanted.max(1)).max(1) | 1;
    (0..wanted)
        .filter_map(|place| {
            let mut rest = (place * step) % all;
            let mut findings = Vec::new();
            for values in &axes {
                let length = values.len() as u64;
                findings.extend(values[(rest % length) as usize].iter().cloned());
                rest /= length;
            }
            case(protocol, findings, axes.len())
        })
        .collect()
}

/// The case of these findings; nothing of findings that contradict each other, of which this engine uses neither.
fn case<'p>(protocol: &'p Protocol<'p>, findings: Vec<(Field, String)>, axes: usize) -> Option<TestCase<'p>> {
    let entry = Entry::from_pairs(findings.iter().map(|(field, text)| (*field, text.as_str())));
    let reading = read(&entry);
    if !reading.is_sound() {
        return None;
    }
    let status = assess(protocol, &reading.infant).status;
    let dates = usize::from(findings.iter().any(|(field, _)| *field == Field::DiagnosisDate));
    Some(TestCase {
        is_complete: findings.len() - dates == axes,
        group: match status {
            Status::Assigned(group) => Some(group.id),
            Status::Undetermined(_) | Status::NotApplicable(_) => None,
        },
        not_applicable: matches!(status, Status::NotApplicable(_)),
        findings,
    })
}

/// The infants as a document: which parameter of the library takes which field, and each infant with the answer.
#[must_use]
pub fn test_document(protocol: &Protocol, most: usize) -> Value {
    let asked = parameters(protocol).into_iter();
    let asked = asked.map(|each| {
        let parameter = json!({ "parameter": each.name, "type": each.kind });
        (each.field.column().to_owned(), parameter)
    });
    let cases = test_cases(protocol, most).into_iter().map(|case| {
        let findings = case.findings.into_iter();
        let findings: Map<String, Value> = findings
            .map(|(field, text)| (field.column().to_owned(), Value::String(text)))
            .collect();
        json!({
            "findings": findings,
            "complete": case.is_complete,
            "group": case.group,
            "not_applicable": case.not_applicable,
        })
    });
    json!({
        "protocol": protocol.id,
        "rules": RULES_VERSION,
        "library": library_name(protocol),
        "parameters": asked.collect::<Map<String, Value>>(),
        "cases": cases.collect::<Vec<Value>>(),
    })
}

fn axes(protocol: &Protocol) -> Vec<Values> {
    let tests: Vec<&Test> = protocol.clauses().into_iter().map(|(_, clause)| &clause.test).collect();
    let mut axes = Vec::new();
    for parameter in parameters(protocol) {
        // The dates of an age come with its days.
        if matches!(parameter.field, Field::DiagnosisDate | Field::AgeDays) {
            continue;
        }
        let of_field = |test: &&&Test| {
            test.finding().is_some_and(|finding| match finding {
                Finding::Age => parameter.field == Field::BirthDate,
                other => other.field() == parameter.field,
            })
        };
        let limits: Vec<Limit> = tests.iter().filter(of_field).filter_map(|test| test.limit()).collect();
        let mut values = if parameter.field == Field::BirthDate {
            ages(&limits)
        } else if parameter.kind == "Decimal" {
            numbers(&limits, parameter.field)
        } else {
            categories(parameter.field)
        };
        values.push(Vec::new());
        axes.push(values);
    }
    axes
}

/// Days before, at and after each limit, by the calendar of two births and as days alone.
fn ages(limits: &[Limit]) -> Values {
    let births = [(2023, 1, 15), (2023, 8, 31)].map(|(year, month, day)| Date::new(year, month, day));
    let mut values = Values::new();
    let mut days: Vec<i64> = vec![20];
    for limit in limits {
        let Limit::Age(limit) = limit else { continue };
        match *limit {
            AgeLimit::Days(limit) => days.extend([-1, 0, 1].map(|by| i64::from(limit) + by)),
            AgeLimit::Months(months) => {
                let (least, most) = month_span(months);
                days.extend([
                    i64::from(least) - 1,
                    i64::from(least),
                    i64::from(most) - 1,
                    i64::from(most),
                    i64::from(most) + 1,
                ]);
                for birth in births.into_iter().flatten() {
                    let day = birth.plus_months(months).day_number();
                    values.extend([-1, 0, 1].map(|by| dated(birth, day + by)));
                }
            }
        }
    }
    values.extend(
        births
            .into_iter()
            .flatten()
            .map(|birth| dated(birth, birth.day_number() + 20)),
    );
    days.sort_unstable();
    days.dedup();
    values.extend(days.iter().map(|days| vec![(Field::AgeDays, days.to_string())]));
    values
}

fn dated(birth: Date, diagnosis: i64) -> Vec<(Field, String)> {
    vec![
        (Field::BirthDate, birth.to_string()),
        (
            Field::DiagnosisDate,
            Date::from_day_number(diagnosis)
                .map(|date| date.to_string())
                .unwrap_or_default(),
        ),
    ]
}

/// Numbers below, at and above each limit.
fn numbers(limits: &[Limit], field: Field) -> Values {
    let mut values = Vec::new();
    for limit in limits {
        if let Limit::Number(limit) = limit {
            values.extend([0.5, 1.0, 1.25].map(|by| vec![(field, (limit * by).to_string())]));
        }
    }
    values
}

fn categories(field: Field) -> Values {
    match field.kind() {
        Kind::Code(codes) => codes.iter().map(|code| vec![(field, (*code).to_owned())]).collect(),
        _ => Values::new(),
    }
}
