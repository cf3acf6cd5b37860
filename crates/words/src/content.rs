//! The content of an answer, before a language words it: the parts that every language needs, chosen once.

use cotside_core::decimal;
use cotside_core::infant::{
    Age, AgeLimit, Cns, Entry, Field, Infant, Issue, Kmt2a, MOST_WBC, MrdPoint, PrednisoneResponse, Reading,
    month_span, week_span,
};
use cotside_core::protocols::{
    Assessment, AtLimit, Clause, ClauseResult, Condition, Family, Finding, HsctStatus, Level, Limit, Notice, Operator,
    Status, Test, Threshold, Truth, Why, place,
};

use std::borrow::Cow;
use std::fmt::Write as _;

use cotside_core::protocols::{Protocol, own};
use icu_properties::CodePointMapData;
use icu_properties::props::BidiClass;

/// A clause that decided an answer, and how.
pub(crate) enum Decided<'a> {
    /// It holds.
    By(&'a Clause<'a>),
    /// It does not hold.
    Against(&'a Clause<'a>),
    /// It does not hold; what the child has in its place says more.
    Found(Test<'a>),
    /// The response was not assessed, which the protocol's text counts as not poor.
    ResponseCounted,
    /// CNS2, which does not count as CNS disease.
    Cns2,
}

/// The clauses that decided, in the order in which they are said.
pub(crate) fn decided<'a>(assessment: &'a Assessment<'a>) -> impl Iterator<Item = Decided<'a>> {
    assessment
        .decided_by
        .iter()
        .map(|&each| match assessment.clause(each.id).map(|result| result.truth) {
            Some(Truth::False) => against(each, assessment),
            _ => Decided::By(each),
        })
}

/// A clause that does not hold.
fn against<'a>(failed: &'a Clause<'a>, assessment: &Assessment) -> Decided<'a> {
    let has_cns2 = || {
        let counted = |notice: &Notice| matches!(notice, Notice::ReadAs(clause) if clause.test == Test::Cns3);
        assessment.notices.iter().any(counted)
    };
    match (failed.test, assessment.kmt2a, assessment.response) {
        (Test::Cns3, ..) if has_cns2() => Decided::Cns2,
        (Test::PartnerIs(_), Some(Kmt2a::Germline), _) => Decided::Found(Test::Kmt2aIs(Kmt2a::Germline)),
        (Test::Kmt2aIs(_), Some(kmt2a), _) => Decided::Found(Test::Kmt2aIs(kmt2a)),
        (Test::ResponseIs(_), _, Some(PrednisoneResponse::NotAssessed))
            if assessment.protocol.unknown_response_is_not_poor.is_some() =>
        {
            Decided::ResponseCounted
        }
        (Test::ResponseIs(_), _, Some(response)) => Decided::Found(Test::ResponseIs(response)),
        _ => Decided::Against(failed),
    }
}

/// Whether what lies outside a limit is strictly below it: the limit itself is inside, or not defined.
pub(crate) fn strictly_below(threshold: Threshold) -> bool {
    threshold.operator == Operator::AtLeast || threshold.at_limit == AtLimit::Undefined
}

/// A protocol as a sentence names it; one of the reader's own, whose name its file chose, with its mark, and so that its
/// letters do not turn round what stands beside them.
pub(crate) fn named(protocol: &Protocol, name: &str, mark: &str) -> String {
    if own::is_own(protocol) {
        format!("{} ({mark})", isolated(name))
    } else {
        name.to_owned()
    }
}

/// A text between Unicode's isolates where it has letters that are written from right to left.
pub(crate) fn isolated(text: &str) -> Cow<'_, str> {
    let classes = CodePointMapData::<BidiClass>::new();
    let from_the_right = |letter| matches!(classes.get(letter), BidiClass::RightToLeft | BidiClass::ArabicLetter);
    if text.chars().any(from_the_right) {
        format!("\u{2068}{text}\u{2069}").into()
    } else {
        text.into()
    }
}

/// Whether the answer describes the child at diagnosis only: it has relapsed, and the rules are not for relapsed children.
pub(crate) fn is_of_diagnosis(assessment: &Assessment) -> bool {
    assessment.hsct.status == HsctStatus::NotApplicable && !matches!(assessment.status, Status::NotApplicable(_))
}

/// What the protocol's sources leave open for this child, in words, once each.
pub(crate) fn left_open(assessment: &Assessment, words: fn(Why) -> String) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for result in &assessment.clauses {
        if let Some(
            why @ (Why::Kmt2aNotStated(_) | Why::Cns2NotStated | Why::ResponseNotAssessed | Why::UndefinedAtLimit),
        ) = result.why
        {
            add(&mut said, words(why));
        }
    }
    said
}

/// Whether a transplant rule is open only because a value is exactly at a limit that is not defined.
pub(crate) fn hsct_at_open_limit(assessment: &Assessment) -> bool {
    let at_limit = |result: &ClauseResult| result.why == Some(Why::UndefinedAtLimit);
    assessment.hsct.missing.is_empty() && assessment.clauses.iter().any(at_limit)
}

/// The findings for which a transplant that is indicated waits, where it is known for what.
pub(crate) fn waits_for(assessment: &Assessment) -> Vec<Finding> {
    let mut open: Vec<Finding> = Vec::new();
    for (condition, truth) in &assessment.hsct.conditions {
        if *truth != Truth::True && !condition.is_outside() {
            add_open(&condition.when, true, assessment, &mut open);
        }
    }
    open
}

/// Adds the findings of the clauses that keep a condition from being as wanted.
fn add_open(condition: &Condition, wanted: bool, assessment: &Assessment, open: &mut Vec<Finding>) {
    match condition {
        Condition::Is(clause) => {
            let truth = assessment.clause(clause.id).and_then(|result| result.truth.known());
            if let Some(finding) = clause.test.finding()
                && truth != Some(wanted)
                && !open.contains(&finding)
            {
                open.push(finding);
            }
        }
        Condition::Not(inner) => add_open(inner, !wanted, assessment, open),
        Condition::All(parts) | Condition::Any(parts) => {
            let all_count = matches!(condition, Condition::All(_)) == wanted;
            let each = parts.iter().map(|part| {
                let mut of_part = Vec::new();
                add_open(part, wanted, assessment, &mut of_part);
                of_part
            });
            let each: Vec<Vec<Finding>> = each.collect();
            let enough_holds = !all_count && each.iter().any(Vec::is_empty);
            let counted = match each.len() {
                _ if enough_holds => 0,
                all if all_count => all,
                _ => 1,
            };
            for finding in each.into_iter().take(counted).flatten() {
                if !open.contains(&finding) {
                    open.push(finding);
                }
            }
        }
        Condition::InGroup(_) | Condition::Always => {}
    }
}

/// Adds a text that was not said yet.
pub(crate) fn add(said: &mut Vec<String>, text: String) {
    if !said.contains(&text) {
        said.push(text);
    }
}

/// How far a child is from a clause's limit: above it where positive.
pub(crate) enum Gap {
    /// Days of life.
    Days(i64),
    /// White cells × 10⁹/L.
    Wbc(f64),
}

/// The distance of a child from the limit of a clause on age in days or on white cells.
pub(crate) fn gap(result: &ClauseResult, infant: &Infant) -> Option<Gap> {
    match (result.clause.test.finding()?, result.clause.test.limit()?) {
        (Finding::Age, Limit::Age(AgeLimit::Days(limit))) => {
            Some(Gap::Days(i64::from(infant.age?.days()?) - i64::from(limit)))
        }
        (Finding::Wbc, Limit::Number(limit)) => Some(Gap::Wbc(infant.wbc? - limit)),
        _ => None,
    }
}

/// A finding of a child.
pub(crate) enum Value {
    /// Not known.
    Unknown,
    /// Completed weeks alone.
    Weeks(u32),
    /// Completed months alone.
    Months(u32),
    /// Days, and completed months where both dates give them.
    Days(u32, Option<u32>),
    /// White cells × 10⁹/L.
    Wbc(f64),
    /// A partner that a germline gene cannot have.
    Germline,
    /// A code of a field.
    Code(Field, &'static str),
    /// A code of a field, with the cells per µL that it was read from.
    Measured(Field, &'static str, f64),
    /// Yes or no.
    YesNo(bool),
    /// Residual disease as a fraction of cells.
    Mrd(f64),
}

/// The value of a finding.
pub(crate) fn value(finding: Finding, infant: &Infant) -> Value {
    let code = |field, code: Option<&'static str>| code.map(|code| Value::Code(field, code));
    let measured = |field, code: Option<&'static str>, per_ul: Option<f64>| {
        code.map(|code| match per_ul {
            Some(per_ul) => Value::Measured(field, code, per_ul),
            None => Value::Code(field, code),
        })
    };
    let known = match finding {
        Finding::Age => infant.age.and_then(|age| match (age, age.days()) {
            (Age::CompletedWeeks(weeks), _) => Some(Value::Weeks(weeks)),
            (Age::CompletedMonths(months), _) => Some(Value::Months(months)),
            (Age::Dates { .. }, Some(days)) => Some(Value::Days(days, Some(age.completed_months().unwrap_or(0)))),
            (_, Some(days)) => Some(Value::Days(days, None)),
            (_, None) => None,
        }),
        Finding::Wbc => infant.wbc.map(Value::Wbc),
        Finding::Kmt2a => code(Field::Kmt2a, infant.kmt2a.map(Kmt2a::code)),
        Finding::Partner if infant.kmt2a == Some(Kmt2a::Germline) => Some(Value::Germline),
        Finding::Partner => code(Field::Kmt2aPartner, infant.kmt2a_partner.map(|each| each.code())),
        Finding::Lineage => code(Field::Lineage, infant.lineage.map(|each| each.code())),
        Finding::Cns => measured(Field::Cns, infant.cns.map(|each| each.code()), infant.csf_wbc),
        Finding::Response => measured(
            Field::PrednisoneResponse,
            infant.prednisone_response.map(|each| each.code()),
            infant.day8_blasts,
        ),
        Finding::Remission => infant.remission_eoi.map(Value::YesNo),
        Finding::Mrd(point) => infant.mrd_at(point).map(Value::Mrd),
        Finding::Relapse => infant.relapse.map(Value::YesNo),
        Finding::SecondRemission => infant.salvage_remission.map(Value::YesNo),
        Finding::DownSyndrome => infant.down_syndrome.map(Value::YesNo),
    };
    known.unwrap_or(Value::Unknown)
}

/// The findings on which rules look, in the order of the treatment.
const FINDINGS: [Finding; 15] = [
    Finding::Age,
    Finding::Wbc,
    Finding::Kmt2a,
    Finding::Partner,
    Finding::Cns,
    Finding::Lineage,
    Finding::Response,
    Finding::Remission,
    Finding::Mrd(MrdPoint::EndOfInduction),
    Finding::Mrd(MrdPoint::EndOfConsolidation),
    Finding::Mrd(MrdPoint::BeforeOctadad),
    Finding::Mrd(MrdPoint::AfterBlinatumomab),
    Finding::Relapse,
    Finding::SecondRemission,
    Finding::DownSyndrome,
];

/// The known findings with their values in words, and the names of the others.
pub(crate) fn findings(
    infant: &Infant,
    name: fn(Finding) -> &'static str,
    words: fn(&Value) -> String,
) -> (Vec<String>, Vec<&'static str>) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for finding in FINDINGS {
        match value(finding, infant) {
            Value::Unknown => unknown.push(name(finding)),
            value => known.push(format!("{} {}", name(finding), words(&value))),
        }
    }
    (known, unknown)
}

/// What was understood of a field, in another unit than it was typed.
pub(crate) enum Understood {
    /// White cells × 10⁹/L.
    Wbc(f64),
    /// Days and the completed months that they are; no months where only the dates tell.
    Days(u32, Option<u32>),
    /// Completed weeks, and the first and last day that they can be.
    Weeks(u32, u32, u32),
    /// Completed months, and the first and last day that they can be.
    Months(u32, u32, u32),
    /// Days and completed months from two dates.
    Dates(u32, u32),
    /// Residual disease as a fraction of cells.
    Mrd(f64),
    /// The response that blasts per µL are: its code.
    Response(f64, &'static str),
    /// What the fluid leaves possible.
    Cns(Vec<Cns>),
}

/// What was understood of a field, where that adds to what was typed.
pub(crate) fn understood(field: Field, entry: &Entry, reading: &Reading) -> Option<Understood> {
    let infant = &reading.infant;
    let given = |field| !entry.get(field).is_empty();
    match field {
        Field::Wbc | Field::WbcPerUl if given(field) => infant.wbc.map(Understood::Wbc),
        Field::AgeDays if given(field) => match infant.age? {
            Age::CompletedWeeks(weeks) => {
                let (first, last) = week_span(weeks);
                Some(Understood::Weeks(weeks, first, last))
            }
            age => Some(Understood::Days(age.days()?, age.completed_months())),
        },
        Field::AgeMonths if given(field) => match infant.age? {
            Age::CompletedMonths(months) => {
                let (first, last) = (month_span(months).0, month_span(months + 1).1 - 1);
                Some(Understood::Months(months, first, last))
            }
            _ => None,
        },
        Field::DiagnosisDate if given(field) => {
            let age = infant.age?;
            Some(Understood::Dates(age.days()?, age.completed_months()?))
        }
        Field::MrdEoi | Field::MrdEoc | Field::MrdTp4 | Field::MrdBlina1 if given(field) => {
            let point = MrdPoint::ALL
                .iter()
                .copied()
                .find(|&point| Field::of_mrd(point) == field)?;
            infant.mrd_at(point).map(Understood::Mrd)
        }
        Field::Day8Blasts if given(field) => {
            let response = infant.prednisone_response?;
            Some(Understood::Response(infant.day8_blasts?, response.code()))
        }
        Field::CsfBlasts if !given(Field::Cns) && (given(Field::CsfBlasts) || given(Field::CsfWbc)) => {
            let possible: Vec<Cns> = infant.possible_cns().to_vec();
            (possible.len() < Cns::ALL.len()).then_some(Understood::Cns(possible))
        }
        _ => None,
    }
}

/// The white cell count × 10⁹/L that was refused because it may be one per µL.
pub(crate) fn two_readings(issue: &Issue) -> Option<f64> {
    let wbc = decimal::parse(&issue.text)?;
    (issue.fields.first() == Some(&Field::Wbc) && wbc > MOST_WBC).then_some(wbc)
}

/// A value beside a limit.
pub(crate) enum Beside {
    /// An age in days.
    Days(u32),
    /// The day before, of, or after some completed months of life: −1, 0 or 1.
    MonthsDay(i8, u32),
    /// A number below, at or above the limit: −1, 0 or 1.
    Number(i8, f64),
}

/// What a clause says of a value.
#[derive(Clone, Copy)]
pub(crate) enum Verdict {
    /// It holds.
    Holds,
    /// It does not hold.
    Fails,
    /// It holds; sources differ.
    HoldsDisputed,
    /// It does not hold; sources differ.
    FailsDisputed,
    /// Not defined in any source.
    Undefined,
}

/// A clause with a limit: what it says just below, at and just above it.
pub(crate) fn boundary(test: &Test) -> Option<[(Beside, Verdict); 3]> {
    use Verdict::{Fails, Holds};
    let age = |limit, at| match limit {
        AgeLimit::Days(days) => [
            (Beside::Days(days - 1), Holds),
            (Beside::Days(days), at),
            (Beside::Days(days + 1), Fails),
        ],
        AgeLimit::Months(months) => [
            (Beside::MonthsDay(-1, months), Holds),
            (Beside::MonthsDay(0, months), at),
            (Beside::MonthsDay(1, months), Fails),
        ],
    };
    Some(match *test {
        Test::YoungerThan(limit) => age(limit, Fails),
        Test::YoungerThanOpen(limit) => age(limit, Verdict::Undefined),
        Test::AtMostAged(limit) => age(limit, Holds),
        Test::Wbc(threshold) | Test::Mrd(_, threshold) => [
            (Beside::Number(-1, threshold.limit), Fails),
            (Beside::Number(0, threshold.limit), at_limit(threshold)),
            (Beside::Number(1, threshold.limit), Holds),
        ],
        _ => return None,
    })
}

const fn at_limit(threshold: Threshold) -> Verdict {
    match (threshold.at_limit, threshold.operator) {
        (AtLimit::Undefined, _) => Verdict::Undefined,
        (AtLimit::Disputed, Operator::AtLeast) => Verdict::HoldsDisputed,
        (AtLimit::Disputed, Operator::MoreThan) => Verdict::FailsDisputed,
        (AtLimit::Stated, Operator::AtLeast) => Verdict::Holds,
        (AtLimit::Stated, Operator::MoreThan) => Verdict::Fails,
    }
}

/// The words of a text for the notes.
pub(crate) struct Note {
    pub(crate) title: &'static str,
    pub(crate) findings: fn(&Infant) -> String,
    pub(crate) reason: fn(&Assessment) -> String,
    pub(crate) notice: fn(&Notice) -> String,
    /// The transplant rule's state and text.
    pub(crate) rule: fn(&Assessment) -> String,
    /// A published outcome with its source.
    pub(crate) published: fn(&cotside_core::protocols::Outcome) -> String,
    /// Behind one of a wider group than the child's.
    pub(crate) wider: &'static str,
    pub(crate) intended_use: &'static str,
}

/// The answers as plain text: findings, a line a protocol, sources, and the line of intended use.
pub(crate) fn note(words: &Note, infant: &Infant, assessments: &[Assessment], versions: &str) -> String {
    let mut text = format!("{}\n{}\n\n", words.title, (words.findings)(infant));
    for assessment in assessments {
        let _ = writeln!(text, "- {}", (words.reason)(assessment));
        for each in &assessment.notices {
            let _ = writeln!(text, "  {}", (words.notice)(each));
        }
        if !matches!(assessment.status, Status::NotApplicable(_)) {
            let _ = writeln!(text, "  {}", (words.rule)(assessment));
        }
        let published = assessment.leading_outcomes();
        for matched in published.iter().filter(|matched| matched.truth == Truth::True) {
            let wider = if matched.wider { words.wider } else { "" };
            let _ = writeln!(text, "  {}{wider}", (words.published)(matched.outcome));
        }
    }
    let _ = writeln!(text, "\n{} {versions}", words.intended_use);
    text
}

/// The words of a summary, and what stands in it already.
pub(crate) struct Summary<'w> {
    /// What it is of.
    pub title: &'w str,
    /// The findings that are known.
    pub findings: String,
    /// The headline.
    pub headline: String,
    /// A level of risk.
    pub level: fn(Level) -> &'static str,
    /// An answer that is open.
    pub undecided: &'w str,
    /// A protocol without risk groups.
    pub no_groups: &'w str,
    /// A protocol that is not for this child.
    pub not_applicable: &'w str,
    /// Before the states of the transplant rules.
    pub transplant: &'w str,
    /// A state of a transplant rule.
    pub state: fn(HsctStatus) -> &'static str,
    /// The name of a protocol.
    pub name: for<'p> fn(&Protocol<'p>) -> &'p str,
    /// The line of intended use.
    pub intended_use: &'w str,
    /// Rules, evidence and program.
    pub versions: &'w str,
}

/// The answers of the treatment protocols as a text of at most 1,000 characters: protocols are listed by their answer, and by
/// the state of their transplant rule.
pub(crate) fn summary(words: &Summary, assessments: &[Assessment], date: &str) -> String {
    let mut trials: Vec<&Assessment> = assessments
        .iter()
        .filter(|each| each.protocol.family == Family::Trial)
        .collect();
    trials.sort_by_key(|each| place(each.protocol));
    let name = |each: &&Assessment| (words.name)(each.protocol).to_owned();
    let line = |label: &str, which: &dyn Fn(&Assessment) -> bool| {
        let names: Vec<String> = trials.iter().filter(|each| which(each)).map(name).collect();
        (!names.is_empty()).then(|| format!("{label}: {}", names.join(", ")))
    };
    let mut lines = vec![
        format!("{}, {date}. {}", words.title, words.findings),
        words.headline.clone(),
    ];
    let levels = [Level::High, Level::Intermediate, Level::Low].map(|level| {
        let on_it =
            move |each: &Assessment| matches!(each.status, Status::Assigned(group) if group.level == Some(level));
        line((words.level)(level), &on_it)
    });
    lines.extend(levels.into_iter().flatten());
    let others = [
        line(words.undecided, &|each| matches!(each.status, Status::Undetermined(_))),
        line(
            words.no_groups,
            &|each| matches!(each.status, Status::Assigned(group) if group.level.is_none()),
        ),
        line(words.not_applicable, &|each| {
            matches!(each.status, Status::NotApplicable(_))
        }),
    ];
    lines.extend(others.into_iter().flatten());
    let states = TRANSPLANT_STATES.map(|status| {
        line((words.state)(status), &|each| {
            each.hsct.status == status && !matches!(each.status, Status::NotApplicable(_))
        })
    });
    let states: Vec<String> = states.into_iter().flatten().collect();
    lines.push(format!("{} – {}", words.transplant, states.join("; ")));
    lines.push(format!("{} {}", words.intended_use, words.versions));
    lines.join("\n")
}

/// The states of transplant rules, in the order in which they are told.
const TRANSPLANT_STATES: [HsctStatus; 8] = [
    HsctStatus::Met,
    HsctStatus::Waiting,
    HsctStatus::Depends,
    HsctStatus::Undetermined,
    HsctStatus::NotMet,
    HsctStatus::NoneByProtocol,
    HsctStatus::NotSpecified,
    HsctStatus::NotApplicable,
];
