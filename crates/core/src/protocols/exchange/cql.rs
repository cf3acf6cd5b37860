//! A rule as a library of CQL 1.5.
//!
//! CQL has three truth values and so has the library: a finding that is not known is `null`, and so is what depends on it.
//! `"Group"` is therefore `null` where this engine finds several groups possible. The engine tries every value of an unknown
//! finding and can settle more: "younger than 6 months or not" is `null` in CQL and true here.

use std::fmt::Write as _;

use crate::infant::{AgeLimit, Field, Kmt2a, MrdPoint, PrednisoneResponse, month_span};

use super::super::RULES_VERSION;
use super::super::case::{Finding, Limit};
use super::super::rule::{
    AtLimit, Clause, Condition, Handling, IfUnknown, Operator, Outside, Protocol, Test, Threshold,
};

/// A finding that a library asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in the library.
    pub name: &'static str,
    /// Its type in CQL.
    pub kind: &'static str,
    /// The field of the data dictionary whose code or number it takes.
    pub field: Field,
}

const fn parameter(name: &'static str, kind: &'static str, field: Field) -> Parameter {
    Parameter { name, kind, field }
}

const BIRTH: Parameter = parameter("Birth date", "Date", Field::BirthDate);
const DIAGNOSIS: Parameter = parameter("Diagnosis date", "Date", Field::DiagnosisDate);
const AGE: Parameter = parameter("Age in days", "Integer", Field::AgeDays);

/// The parameters of a finding.
const fn of_finding(finding: Finding) -> &'static [Parameter] {
    const WBC: &[Parameter] = &[parameter("White cells", "Decimal", Field::Wbc)];
    const KMT2A: &[Parameter] = &[parameter("KMT2A", "String", Field::Kmt2a)];
    const PARTNER: &[Parameter] = &[parameter("KMT2A partner", "String", Field::Kmt2aPartner)];
    const LINEAGE: &[Parameter] = &[parameter("Lineage", "String", Field::Lineage)];
    const CNS: &[Parameter] = &[parameter("CNS status", "String", Field::Cns)];
    const RESPONSE: &[Parameter] = &[parameter("Prednisone response", "String", Field::PrednisoneResponse)];
    const REMISSION: &[Parameter] = &[parameter("Remission", "Boolean", Field::RemissionEoi)];
    const RELAPSE: &[Parameter] = &[parameter("Relapse", "Boolean", Field::Relapse)];
    const SALVAGE: &[Parameter] = &[parameter("Second remission", "Boolean", Field::SalvageRemission)];
    const DOWN: &[Parameter] = &[parameter("Down syndrome", "Boolean", Field::DownSyndrome)];
    match finding {
        Finding::Age => &[BIRTH, DIAGNOSIS, AGE],
        Finding::Wbc => WBC,
        Finding::Kmt2a => KMT2A,
        Finding::Partner => PARTNER,
        Finding::Lineage => LINEAGE,
        Finding::Cns => CNS,
        Finding::Response => RESPONSE,
        Finding::Remission => REMISSION,
        Finding::Mrd(point) => of_mrd(point),
        Finding::Relapse => RELAPSE,
        Finding::SecondRemission => SALVAGE,
        Finding::DownSyndrome => DOWN,
    }
}

/// The parameter of residual disease at a point.
const fn of_mrd(point: MrdPoint) -> &'static [Parameter] {
    const INDUCTION: &[Parameter] = &[parameter("MRD, end of induction", "Decimal", Field::MrdEoi)];
    const CONSOLIDATION: &[Parameter] = &[parameter("MRD, end of consolidation", "Decimal", Field::MrdEoc)];
    const OCTADAD: &[Parameter] = &[parameter("MRD, before OCTADAD", "Decimal", Field::MrdTp4)];
    const BLINATUMOMAB: &[Parameter] = &[parameter("MRD, after blinatumomab", "Decimal", Field::MrdBlina1)];
    match point {
        MrdPoint::EndOfInduction => INDUCTION,
        MrdPoint::EndOfConsolidation => CONSOLIDATION,
        MrdPoint::BeforeOctadad => OCTADAD,
        MrdPoint::AfterBlinatumomab => BLINATUMOMAB,
    }
}

/// The findings that a library asks for, in the order of its clauses.
#[must_use]
pub fn parameters(protocol: &Protocol) -> Vec<Parameter> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut add = |finding: Finding| {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    };
    for clause in clauses(protocol) {
        if let Some(finding) = clause.test.finding() {
            add(finding);
        }
        // Only a rearranged gene has a partner.
        if matches!(clause.test, Test::PartnerIs(_)) {
            add(Finding::Kmt2a);
        }
    }
    findings.into_iter().flat_map(of_finding).copied().collect()
}

/// The clauses of eligibility, groups and transplant that are about findings.
fn clauses<'p>(protocol: &Protocol<'p>) -> Vec<&'p Clause<'p>> {
    protocol.clauses().into_iter().map(|(_, clause)| clause).collect()
}

/// The name of the library of a protocol: letters, digits and underscores.
#[must_use]
pub fn library_name(protocol: &Protocol) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    format!("Cotside_{}", protocol.id.chars().map(letter).collect::<String>())
}

/// The rule as a library: `"Applies"`, `"Group"`, and `"Transplant"` where there is a rule.
#[must_use]
pub fn library(protocol: &Protocol) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "// {}: {}", protocol.name, one_line(protocol.summary));
    let _ = writeln!(
        text,
        "// For education, research and reference to published protocols. Not a medical device."
    );
    let _ = writeln!(text, "library {} version '{RULES_VERSION}'\n", library_name(protocol));
    for each in parameters(protocol) {
        let codes = if each.kind == "String" {
            " // a code of the data dictionary"
        } else {
            ""
        };
        // Without a default an engine may take what is missing for something that is not null.
        let (name, kind) = (quoted(each.name), each.kind);
        let _ = writeln!(text, "parameter {name} {kind} default (null as {kind}){codes}");
    }
    text.push_str("\ncontext Unfiltered\n\n");
    if parameters(protocol).contains(&AGE) {
        text.push_str(
            "define \"Days\": Coalesce((days between \"Birth date\" and \"Diagnosis date\"), \"Age in days\")\n\n",
        );
    }
    if has_partner(protocol) {
        text.push_str("// Only a rearranged gene has a partner.\n");
        text.push_str(
            "define \"KMT2A status\": Coalesce(\"KMT2A\", case when \"KMT2A partner\" is not null then 'rearranged' else null end)\n\n",
        );
    }
    let in_months = |clause: &&Clause| matches!(clause.test.limit(), Some(Limit::Age(AgeLimit::Months(_))));
    if clauses(protocol).iter().any(in_months) {
        text.push_str("// Completed calendar months: of a child born on the 31st a month is complete on the first of the next one where\n");
        text.push_str("// it has no such day.\n");
        for (name, day) in [
            ("Months", "\"Diagnosis date\""),
            ("Months the day before", "(predecessor of \"Diagnosis date\")"),
        ] {
            let _ = writeln!(
                text,
                "define \"{name}\": 12 * (year from {day} - year from \"Birth date\") + (month from {day} - month from \"Birth date\")\n  \
                 - (if day from {day} < day from \"Birth date\" then 1 else 0)\n"
            );
        }
    }
    for clause in clauses(protocol) {
        let source = clause.cite.source.short;
        let _ = writeln!(text, "// {source}, {}", one_line(clause.cite.place));
        let _ = writeln!(
            text,
            "define {}: {}\n",
            quoted(clause.id),
            tested(protocol, &clause.test)
        );
    }
    let criteria = protocol.eligible.iter().map(|criterion| {
        let name = quoted(criterion.clause.id);
        match criterion.if_unknown {
            IfUnknown::Ask => name,
            IfUnknown::SayCondition => format!("Coalesce({name}, true)"),
            IfUnknown::Wait => format!("Coalesce({name}, false)"),
        }
    });
    let criteria: Vec<String> = criteria.collect();
    let applies = if criteria.is_empty() {
        "true".to_owned()
    } else {
        criteria.join(" and ")
    };
    let _ = writeln!(text, "define \"Applies\": {applies}\n");
    text.push_str("define \"Group\": case\n  when \"Applies\" is null then null\n  when \"Applies\" is false then 'not-applicable'\n");
    for group in protocol.groups {
        let when = condition(&group.when);
        let _ = writeln!(text, "  when {when} then {}", string(group.id));
        if !matches!(group.when, Condition::Always) {
            let _ = writeln!(text, "  when ({when}) is null then null");
        }
    }
    text.push_str("  else null\nend\n");
    if let Some(when) = &protocol.hsct.when {
        let _ = writeln!(text, "\n// {}", one_line(protocol.hsct.text));
        let _ = writeln!(text, "define \"Transplant\": {}", condition(when));
    }
    for further in protocol.hsct.conditions {
        let name = quoted(&format!("Transplant condition {}", further.id));
        let _ = writeln!(text, "\ndefine {name}: {}", condition(&further.when));
    }
    text
}

/// A test as an expression.
fn tested(protocol: &Protocol, test: &Test) -> String {
    match *test {
        Test::YoungerThan(limit) => younger(limit),
        Test::YoungerThanOpen(limit) => match limit {
            AgeLimit::Days(days) => format!("case when \"Days\" = {days} then null else \"Days\" < {days} end"),
            AgeLimit::Months(_) => format!(
                "case when {} then true when not ({}) then false else null end",
                younger(limit),
                at_most(limit)
            ),
        },
        Test::AtMostAged(limit) => at_most(limit),
        Test::Wbc(threshold) => compared("White cells", threshold),
        Test::Kmt2aIs(status) => kmt2a_is(protocol, status),
        Test::Kmt2aEstablished => format!("{} != 'undetermined'", kmt2a(protocol)),
        Test::PartnerIs(partner) => {
            let rearranged = kmt2a_is(protocol, Kmt2a::Rearranged);
            format!("({rearranged}) and \"KMT2A partner\" = '{}'", partner.code())
        }
        Test::LineageIn(lineages) => {
            let any: Vec<String> = lineages
                .iter()
                .map(|each| format!("\"Lineage\" = '{}'", each.code()))
                .collect();
            any.join(" or ")
        }
        Test::CnsDisease => "case when \"CNS status\" = '2' then null else \"CNS status\" = '3' end".to_owned(),
        Test::Cns3 => "\"CNS status\" = '3'".to_owned(),
        Test::NoDownSyndrome => "not \"Down syndrome\"".to_owned(),
        Test::ResponseIs(asked) => response_is(protocol, asked),
        Test::InRemission => "\"Remission\"".to_owned(),
        Test::Mrd(point, threshold) => compared(of_mrd(point)[0].name, threshold),
        Test::Relapsed => "\"Relapse\"".to_owned(),
        Test::SecondRemission => "\"Second remission\"".to_owned(),
        // Not in the data dictionary: never known.
        Test::NotAsked(Outside::Donor | Outside::Treatment) => "null as Boolean".to_owned(),
    }
}

/// Younger than a limit. Months are those of the calendar where both dates are known; of an age in days those are decided
/// that are shorter, or by more than a day longer, than so many months can be.
fn younger(limit: AgeLimit) -> String {
    match limit {
        AgeLimit::Days(days) => format!("\"Days\" < {days}"),
        AgeLimit::Months(months) => {
            let (least, most) = month_span(months);
            format!(
                "Coalesce(\"Months\" < {months}, \
                 case when \"Days\" < {least} then true when \"Days\" > {most} then false else null end)"
            )
        }
    }
}

/// At most as old as a limit, whose own day is among it.
fn at_most(limit: AgeLimit) -> String {
    match limit {
        AgeLimit::Days(days) => format!("\"Days\" <= {days}"),
        AgeLimit::Months(months) => {
            let (least, most) = month_span(months);
            format!(
                "Coalesce(\"Months the day before\" < {months}, \
                 case when \"Days\" <= {least} then true when \"Days\" > {after} then false else null end)",
                after = most + 1
            )
        }
    }
}

fn compared(name: &str, threshold: Threshold) -> String {
    let sign = match threshold.operator {
        Operator::AtLeast => ">=",
        Operator::MoreThan => ">",
    };
    let limit = number(threshold.limit);
    let name = quoted(name);
    let plain = format!("{name} {sign} {limit}");
    match threshold.at_limit {
        AtLimit::Undefined => format!("case when {name} = {limit} then null else {plain} end"),
        AtLimit::Stated | AtLimit::Disputed => plain,
    }
}

/// A decimal of CQL, which has a point.
fn number(value: f64) -> String {
    let text = value.to_string();
    if text.contains('.') { text } else { text + ".0" }
}

fn has_partner(protocol: &Protocol) -> bool {
    clauses(protocol)
        .iter()
        .any(|clause| matches!(clause.test, Test::PartnerIs(_)))
}

/// The status of KMT2A: what is given, or what follows from a partner.
fn kmt2a(protocol: &Protocol) -> &'static str {
    if has_partner(protocol) {
        "\"KMT2A status\""
    } else {
        "\"KMT2A\""
    }
}

/// A result of KMT2A that the protocol's sources do not place is null.
fn kmt2a_is(protocol: &Protocol, status: Kmt2a) -> String {
    let name = kmt2a(protocol);
    let open = [
        (protocol.ptd, Kmt2a::Ptd),
        (protocol.undetermined_kmt2a, Kmt2a::Undetermined),
    ];
    let open = open
        .iter()
        .filter(|(handling, _)| !matches!(handling, Handling::Stated(_)));
    let cases: String = open
        .map(|(_, each)| format!(" when {name} = '{}' then null", each.code()))
        .collect();
    let plain = format!("{name} = '{}'", status.code());
    if cases.is_empty() {
        plain
    } else {
        format!("case{cases} else {plain} end")
    }
}

/// A response that was not assessed is null, unless the rule names it or its text counts it as not poor.
fn response_is(protocol: &Protocol, asked: PrednisoneResponse) -> String {
    let names_it = protocol
        .clauses_with_outcomes()
        .iter()
        .any(|(_, clause)| clause.test == Test::ResponseIs(PrednisoneResponse::NotAssessed));
    let plain = format!("\"Prednisone response\" = '{}'", asked.code());
    if names_it {
        return plain;
    }
    let counted = protocol.unknown_response_is_not_poor.is_some() && asked == PrednisoneResponse::Poor;
    let otherwise = if counted { "false" } else { "null" };
    format!("case when \"Prednisone response\" = 'not_assessed' then {otherwise} else {plain} end")
}

fn condition(of: &Condition) -> String {
    match of {
        Condition::Is(clause) => quoted(clause.id),
        Condition::Not(inner) => format!("not ({})", condition(inner)),
        Condition::All(parts) => joined(parts, " and "),
        Condition::Any(parts) => joined(parts, " or "),
        Condition::InGroup(id) => format!("\"Group\" = {}", string(id)),
        Condition::Always => "true".to_owned(),
    }
}

fn joined(parts: &[Condition], with: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Condition::Is(_) => condition(part),
            other => format!("({})", condition(other)),
        })
        .collect();
    parts.join(with)
}

/// A name of CQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text of CQL.
fn string(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
