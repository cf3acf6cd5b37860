//! Answers in words.

use super::fields::{field_label, finding_label, option_label};
use super::rules::{age_limit, clause, group_name, named, outcome, percent, read_mark, test};
use crate::content::{self, Decided, Gap, Note, Value};
use crate::en::citation;
use crate::numbers::{decimal, grouped};
use cotside_core::evidence::Read;
use cotside_core::infant::{Field, Infant, Kmt2a};
use cotside_core::protocols::{
    Assessment, Change, Clause, ClauseResult, Decider, Disagreement, Edge, Family, Finding, HsctStatus, Limit,
    NextFinding, Notice, Outcome, Possibility, Protocol, SpanValue, Status, Test, Truth, Why,
};

const OR: &str = " 또는 ";
const AND: &str = ", ";

/// The answer in a sentence: what the protocol assigns, why not, or what is missing; of a relapsed child, for diagnosis.
#[must_use]
pub fn reason(assessment: &Assessment) -> String {
    let sentence = answer(assessment);
    if content::is_of_diagnosis(assessment) {
        format!("진단 시: {sentence}")
    } else {
        sentence
    }
}

fn answer(assessment: &Assessment) -> String {
    let protocol = assessment.protocol;
    let name = named(protocol);
    match assessment.status {
        Status::Assigned(group) => {
            let (group, decided) = (group_name(group), decided(assessment));
            if group.starts_with(&decided) {
                return format!("{name}에서 {group}에 해당.");
            }
            match (protocol.groups, protocol.family) {
                ([_], _) => format!("{name} 적용 대상({group}): {decided}."),
                (_, Family::Prognostic | Family::Series) => format!("{name}에서 이 영아는 {group}에 속함: {decided}."),
                (_, Family::Trial) => format!("{name}에서 {group}에 해당: {decided}."),
            }
        }
        Status::NotApplicable(criterion) => {
            let doubt = match criterion.clause.cite.read {
                Read::Unverified => "(확인되지 않음)",
                _ => "",
            };
            format!(
                "{name} 적용 대상이 아님. 적격 기준: {}{doubt}.",
                clause(criterion.clause)
            )
        }
        Status::Undetermined(possible) => {
            let mut sentence = format!("{name}에서 가능한 분류: {}.", possibility(possible, protocol));
            let deciders = deciding_findings(assessment);
            if !deciders.is_empty() {
                sentence.push_str(&format!(" 결정하는 소견: {}.", deciders.join(AND)));
            }
            for each in content::left_open(assessment, why) {
                sentence.push_str(&format!(" {each}."));
            }
            sentence
        }
    }
}

pub(super) fn deciding_findings(assessment: &Assessment) -> Vec<&'static str> {
    let names = assessment.deciders.iter().map(|each| finding_label(each.finding));
    names.collect()
}

/// What an undetermined answer waits for, in a few words.
#[must_use]
pub fn open_on(assessment: &Assessment) -> String {
    let deciders = deciding_findings(assessment);
    if deciders.is_empty() {
        content::left_open(assessment, why).join(". ")
    } else {
        format!("{}에 따라 결정", deciders.join(AND))
    }
}

/// The clauses that decided.
#[must_use]
pub fn decided(assessment: &Assessment) -> String {
    let mut parts: Vec<String> = Vec::new();
    for each in content::decided(assessment) {
        let part = match each {
            Decided::By(each) => clause(each),
            Decided::Against(each) => negated(each),
            Decided::Found(has) => test(&has),
            Decided::Cns2 => "CNS2(중추신경계 침범으로 보지 않음)".to_owned(),
            Decided::ResponseCounted => "반응 미상은 불량으로 보지 않음".to_owned(),
        };
        content::add(&mut parts, part);
    }
    if parts.is_empty() {
        "적격한 모든 영아".to_owned()
    } else {
        parts.join(AND)
    }
}

/// A clause that does not hold, as a statement about the child.
pub(super) fn negated(each: &Clause) -> String {
    let below = |threshold| if content::strictly_below(threshold) { "<" } else { "≤" };
    match each.test {
        Test::YoungerThan(limit) => format!("연령 {} 이상", age_limit(limit)),
        Test::YoungerThanOpen(limit) => format!("연령 {} 초과", age_limit(limit)),
        Test::NoDownSyndrome => "다운증후군".to_owned(),
        Test::AtMostAged(limit) => format!("연령 {} 초과", age_limit(limit)),
        Test::Wbc(threshold) => format!("백혈구 수 {} {} × 10⁹/L", below(threshold), decimal(threshold.limit, 3)),
        Test::Mrd(point, threshold) => format!(
            "{} {} {}",
            finding_label(Finding::Mrd(point)),
            below(threshold),
            percent(threshold.limit)
        ),
        Test::CnsDisease | Test::Cns3 => "중추신경계 침범 없음".to_owned(),
        Test::Relapsed => "재발·관해유도 실패 없음".to_owned(),
        _ => format!("‘{}’에 해당하지 않음", clause(each)),
    }
}

/// The finding that a clause looked at, and for a number how far the child is from the limit.
#[must_use]
pub fn found(result: &ClauseResult, infant: &Infant) -> String {
    let Some(finding) = result.clause.test.finding() else {
        return "여기에는 입력 항목이 없음".to_owned();
    };
    let side = |above| if above { "초과" } else { "미달" };
    let value = value(&content::value(finding, infant));
    let gap = match content::gap(result, infant) {
        None => return value,
        Some(Gap::Days(0) | Gap::Wbc(0.0)) => "경계값과 같음".to_owned(),
        Some(Gap::Days(gap)) => format!("경계보다 {}일 {}", gap.unsigned_abs(), side(gap > 0)),
        Some(Gap::Wbc(gap)) => format!("경계보다 {} × 10⁹/L {}", decimal(gap.abs(), 3), side(gap > 0.0)),
    };
    format!("{value}; {gap}")
}

/// A finding of this child.
fn value(value: &Value) -> String {
    match *value {
        Value::Unknown => "미상".to_owned(),
        Value::Weeks(weeks) => format!("만 {weeks}주"),
        Value::Months(months) => format!("만 {months}개월"),
        Value::Days(days, Some(months)) => format!("{days}일(만 {months}개월)"),
        Value::Days(days, None) => format!("{days}일"),
        Value::Wbc(wbc) => format!("{} × 10⁹/L", grouped(wbc)),
        Value::Germline => "KMT2A 재배열 없음".to_owned(),
        Value::Code(field, code) => option_label(field, code).to_owned(),
        Value::Measured(field, code, per_ul) => format!("{} ({}/µL)", option_label(field, code), grouped(per_ul)),
        Value::YesNo(yes) => if yes { "있음" } else { "없음" }.to_owned(),
        Value::Mrd(0.0) => "음성".to_owned(),
        Value::Mrd(fraction) => percent(fraction),
    }
}

/// Why a clause is unknown.
#[must_use]
pub fn why(why: Why) -> String {
    match why {
        Why::Missing(field) => return format!("아직 미상: {}", field_label(field)),
        Why::AgeImprecise(Field::BirthDate) => "이 일령에서는 생년월일과 진단일이 있어야 판정할 수 있음",
        Why::AgeImprecise(_) => "일령이 필요하며 만 주령이나 만 월령으로는 판정할 수 없음",
        Why::Kmt2aNotStated(Kmt2a::Ptd) => "부분 직렬 중복을 재배열로 보는지 출처에 기재되어 있지 않음",
        Why::Kmt2aNotStated(_) => "확정하지 못한 KMT2A 결과를 어떻게 다루는지 출처에 기재되어 있지 않음",
        Why::Cns2NotStated => "CNS2를 중추신경계 침범으로 보는지 출처에 기재되어 있지 않음",
        Why::ResponseNotAssessed => "프레드니손 반응을 평가하지 않았고 그 처리가 출처에 기재되어 있지 않음",
        Why::UndefinedAtLimit => "경계값과 같은 경우의 처리가 출처에 정의되어 있지 않음",
        Why::NotAsked => "여기에는 입력 항목이 없음",
    }
    .to_owned()
}

/// Groups that are possible.
#[must_use]
pub fn possibility(possible: Possibility, protocol: &Protocol) -> String {
    let mut names: Vec<&str> = possible
        .groups(protocol)
        .iter()
        .map(|group| group_name(group))
        .collect();
    if possible.may_not_apply() {
        names.push("해당 없음");
    }
    names.join(OR)
}

/// What each value of a missing finding would lead to.
#[must_use]
pub fn decider(decider: &Decider, protocol: &Protocol) -> String {
    let case = |(values, possible): &(SpanValue, Possibility)| {
        format!(
            "{} → {}",
            span(decider.finding, values),
            possibility(*possible, protocol)
        )
    };
    let cases: Vec<String> = decider.cases.iter().map(case).collect();
    format!("{}: {}", finding_label(decider.finding), cases.join(" / "))
}

/// What would change the answer.
#[must_use]
pub fn change(change: &Change, protocol: &Protocol) -> String {
    let leads_to = if change.leads_to.groups(protocol).is_empty() {
        "해당 없음".to_owned()
    } else {
        possibility(change.leads_to, protocol)
    };
    let away = match (change.distance, change.finding) {
        (Some(days), Finding::Age) => format!(" (차이 {}일)", days as u64),
        (Some(cells), Finding::Wbc) => format!(" (차이 {} × 10⁹/L)", decimal(cells, 3)),
        _ => String::new(),
    };
    format!(
        "{} {} → {leads_to}{away}",
        finding_label(change.finding),
        span(change.finding, &change.when)
    )
}

/// Some values of a finding.
fn span(finding: Finding, values: &SpanValue) -> String {
    match values {
        SpanValue::Codes(codes) => {
            let names: Vec<&str> = codes.iter().map(|code| option_label(finding.field(), code)).collect();
            names.join(OR)
        }
        SpanValue::Stretch(span) => match (span.from, span.to) {
            (None, None) => "모든 값".to_owned(),
            (Some(from), None) => edge(finding, from, true),
            (None, Some(to)) => edge(finding, to, false),
            (Some(from), Some(to)) => format!("{}, {}", edge(finding, from, true), edge(finding, to, false)),
        },
    }
}

/// One end of a stretch of values.
fn edge(finding: Finding, edge: Edge, lower: bool) -> String {
    let limit = match (finding, edge.limit) {
        (_, Limit::Age(limit)) => age_limit(limit),
        (Finding::Wbc, Limit::Number(number)) => format!("{} × 10⁹/L", decimal(number, 3)),
        (_, Limit::Number(number)) => percent(number),
    };
    let word = match (lower, edge.inclusive) {
        (true, true) => "이상",
        (true, false) => "초과",
        (false, true) => "이하",
        (false, false) => "미만",
    };
    format!("{limit} {word}")
}

/// What the transplant rule reads for a child.
#[must_use]
pub fn hsct_state(assessment: &Assessment) -> String {
    match assessment.hsct.status {
        HsctStatus::Met => "기준 충족",
        HsctStatus::Depends => "공여자에 따라 결정",
        HsctStatus::Waiting => return waiting(assessment),
        HsctStatus::Undetermined if content::hsct_at_open_limit(assessment) => "미확정, 정의되지 않은 경계값과 같음",
        HsctStatus::Undetermined => "미확정",
        HsctStatus::NotMet => "적응 아님",
        HsctStatus::NotSpecified => "규칙을 찾지 못함",
        HsctStatus::NoneByProtocol => "이 프로토콜에는 규칙 없음",
        HsctStatus::NotApplicable => match assessment.status {
            Status::NotApplicable(_) => "프로토콜 적용 대상이 아님",
            _ => "재발에는 해당 없음",
        },
    }
    .to_owned()
}

/// For what a transplant that is indicated waits, alone.
pub(super) fn waiting_for(assessment: &Assessment) -> String {
    let names = waited_for(assessment);
    if names.is_empty() {
        "재발이 없으면".to_owned()
    } else {
        format!("{} 대기", names.join(AND))
    }
}

fn waited_for(assessment: &Assessment) -> Vec<String> {
    content::waits_for(assessment)
        .into_iter()
        .filter_map(|finding| match finding {
            Finding::Relapse => None,
            Finding::Remission => Some("관해".to_owned()),
            Finding::Mrd(_) => Some("MRD".to_owned()),
            other => Some(finding_label(other).to_owned()),
        })
        .collect()
}

/// For what a transplant that is indicated waits; of a relapse it is said only where nothing else is open.
fn waiting(assessment: &Assessment) -> String {
    let names = waited_for(assessment);
    if names.is_empty() {
        "재발이 없으면 적응".to_owned()
    } else {
        format!("적응, {} 대기", names.join(AND))
    }
}

/// Something to say with an answer.
#[must_use]
pub fn notice(each: &Notice) -> String {
    let (own, quoted) = notice_parts(each);
    format!("{own}{quoted}")
}

/// What is said with an answer: our own words, and behind them what is quoted as it stands with the protocol.
#[must_use]
pub fn notice_parts<'p>(notice: &Notice<'p>) -> (String, &'p str) {
    match notice {
        Notice::DisputedLimit(each) => ("출처마다 다른 경계값과 같습니다. ".to_owned(), each.note),
        Notice::OnCondition(criterion) => (
            format!("‘{}’ 조건에 따름(확인되지 않음).", clause(criterion.clause)),
            "",
        ),
        Notice::UnknownResponseCounted(fact) | Notice::Kmt2aHandled(fact) => (String::new(), fact.text),
        Notice::IfRearranged { group, certain: true } => (format!("KMT2A 재배열이 있으면 {}.", group_name(group)), ""),
        Notice::IfRearranged { group, certain: false } => {
            (format!("KMT2A 재배열이 있으면 {}일 수 있음.", group_name(group)), "")
        }
        Notice::ReadAs(each) => (String::new(), each.note),
    }
}

/// A finding worth knowing next.
#[must_use]
pub fn next_finding(next: &NextFinding) -> String {
    let part = |word: &str, protocols: &[&Protocol]| {
        let names: Vec<String> = protocols.iter().map(|protocol| named(protocol)).collect();
        (!names.is_empty()).then(|| format!("{word} {}", names.join(AND)))
    };
    let parts = [
        part("이것으로 결정:", &next.decides),
        part("결정될 수 있음:", &next.may_decide),
        part("관련:", &next.narrows),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{} {}.", field_label(next.field), parts.join(" / "))
}

/// A disagreement.
#[must_use]
pub fn disagreement(disagreement: &Disagreement) -> String {
    let mut parts: Vec<String> = disagreement
        .views
        .iter()
        .map(|view| {
            let names: Vec<String> = view.protocols.iter().map(|protocol| named(protocol)).collect();
            let truth = match view.truth {
                Truth::True => "해당",
                Truth::False => "비해당",
                Truth::Unknown => "미상",
            };
            format!("{} → {truth} ({})", clause(view.clause), names.join(AND))
        })
        .collect();
    if !disagreement.decides_nothing_in.is_empty() {
        let names: Vec<String> = disagreement
            .decides_nothing_in
            .iter()
            .map(|protocol| named(protocol))
            .collect();
        parts.push(format!("결정에 관여하지 않음 ({})", names.join(AND)));
    }
    format!("{}: {}", finding_label(disagreement.finding), parts.join(" / "))
}

/// The findings that are known, as they were measured.
pub(super) fn findings_known(infant: &Infant) -> String {
    content::findings(infant, finding_label, value).0.join("; ")
}

/// The findings on which rules look, and those of them that are not known.
#[must_use]
pub fn findings(infant: &Infant) -> String {
    let (known, unknown) = content::findings(infant, finding_label, value);
    let known = if known.is_empty() {
        "없음".to_owned()
    } else {
        known.join(", ")
    };
    if unknown.is_empty() {
        return format!("소견: {known}.");
    }
    format!("소견: {known}. 미상: {}.", unknown.join(", "))
}

/// The answers as plain text for the notes: findings, one line a protocol, sources, and the line of intended use.
#[must_use]
pub fn note_for_records(infant: &Infant, assessments: &[Assessment], versions: &str) -> String {
    let words = Note {
        title: "영아 ALL: 공개된 프로토콜에 따른 분류",
        findings,
        reason,
        notice,
        rule: |each| format!("이식: {}. {}", hsct_state(each), each.protocol.hsct.text),
        published,
        wider: super::page::WIDER_SO,
        intended_use: super::INTENDED_USE,
    };
    content::note(&words, infant, assessments, versions)
}

fn published(each: &Outcome) -> String {
    format!(
        "발표 성적: {} [{}; {}]",
        outcome(each),
        citation(&each.cite),
        read_mark(each.cite.read).0
    )
}
