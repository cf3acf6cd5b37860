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

const OR: &str = "または";
const AND: &str = "、";

/// The answer in a sentence: what the protocol assigns, why not, or what is missing; of a relapsed child, for diagnosis.
#[must_use]
pub fn reason(assessment: &Assessment) -> String {
    let sentence = answer(assessment);
    if content::is_of_diagnosis(assessment) {
        format!("診断時：{sentence}")
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
                return format!("{name}では{group}に分類される。");
            }
            match (protocol.groups, protocol.family) {
                ([_], _) => format!("{name}の対象となる（{group}）：{decided}。"),
                (_, Family::Prognostic | Family::Series) => {
                    format!("{name}ではこの児は{group}に数えられる：{decided}。")
                }
                (_, Family::Trial) => format!("{name}では{group}に分類される：{decided}。"),
            }
        }
        Status::NotApplicable(criterion) => {
            let doubt = match criterion.clause.cite.read {
                Read::Unverified => "（未確認）",
                _ => "",
            };
            format!(
                "{name}の対象とならない。適格条件：{}{doubt}。",
                clause(criterion.clause)
            )
        }
        Status::Undetermined(possible) => {
            let mut sentence = format!("{name}では{}の可能性がある。", possibility(possible, protocol));
            let deciders = deciding_findings(assessment);
            if !deciders.is_empty() {
                sentence.push_str(&format!("{}により決まる。", deciders.join(AND)));
            }
            for each in content::left_open(assessment, why) {
                sentence.push_str(&format!("{each}。"));
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
        content::left_open(assessment, why).join("。")
    } else {
        format!("{}による", deciders.join(AND))
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
            Decided::Cns2 => "CNS2（中枢神経系浸潤に数えない）".to_owned(),
            Decided::ResponseCounted => "反応性が不明の場合は不良とみなさない".to_owned(),
        };
        content::add(&mut parts, part);
    }
    if parts.is_empty() {
        "適格な児すべて".to_owned()
    } else {
        parts.join(AND)
    }
}

/// A clause that does not hold, as a statement about the child.
pub(super) fn negated(each: &Clause) -> String {
    let below = |threshold| if content::strictly_below(threshold) { "<" } else { "≤" };
    match each.test {
        Test::YoungerThan(limit) => format!("年齢{}以上", age_limit(limit)),
        Test::YoungerThanOpen(limit) => format!("年齢{}超", age_limit(limit)),
        Test::NoDownSyndrome => "ダウン症候群".to_owned(),
        Test::AtMostAged(limit) => format!("年齢{}超", age_limit(limit)),
        Test::Wbc(threshold) => format!("白血球数 {} {} × 10⁹/L", below(threshold), decimal(threshold.limit, 3)),
        Test::Mrd(point, threshold) => format!(
            "{} {} {}",
            finding_label(Finding::Mrd(point)),
            below(threshold),
            percent(threshold.limit)
        ),
        Test::CnsDisease | Test::Cns3 => "中枢神経系浸潤なし".to_owned(),
        Test::Relapsed => "再発・寛解導入不能なし".to_owned(),
        _ => format!("「{}」に該当しない", clause(each)),
    }
}

/// The finding that a clause looked at, and for a number how far the child is from the limit.
#[must_use]
pub fn found(result: &ClauseResult, infant: &Infant) -> String {
    let Some(finding) = result.clause.test.finding() else {
        return "ここでは入力項目がない".to_owned();
    };
    let side = |above| if above { "上回る" } else { "下回る" };
    let value = value(&content::value(finding, infant));
    let gap = match content::gap(result, infant) {
        None => return value,
        Some(Gap::Days(0) | Gap::Wbc(0.0)) => "境界値ちょうど".to_owned(),
        Some(Gap::Days(gap)) => format!("境界を{}日{}", gap.unsigned_abs(), side(gap > 0)),
        Some(Gap::Wbc(gap)) => format!("境界を{} × 10⁹/L {}", decimal(gap.abs(), 3), side(gap > 0.0)),
    };
    format!("{value}。{gap}")
}

/// A finding of this child.
fn value(value: &Value) -> String {
    match *value {
        Value::Unknown => "不明".to_owned(),
        Value::Weeks(weeks) => format!("満{weeks}週"),
        Value::Months(months) => format!("満{months}か月"),
        Value::Days(days, Some(months)) => format!("{days}日（満{months}か月）"),
        Value::Days(days, None) => format!("{days}日"),
        Value::Wbc(wbc) => format!("{} × 10⁹/L", grouped(wbc)),
        Value::Germline => "KMT2A再構成なし".to_owned(),
        Value::Code(field, code) => option_label(field, code).to_owned(),
        Value::Measured(field, code, per_ul) => format!("{} ({}/µL)", option_label(field, code), grouped(per_ul)),
        Value::YesNo(yes) => if yes { "あり" } else { "なし" }.to_owned(),
        Value::Mrd(0.0) => "陰性".to_owned(),
        Value::Mrd(fraction) => percent(fraction),
    }
}

/// Why a clause is unknown.
#[must_use]
pub fn why(why: Why) -> String {
    match why {
        Why::Missing(field) => return format!("{}が不明", field_label(field)),
        Why::AgeImprecise(Field::BirthDate) => "この日齢では生年月日と診断日がなければ判定できない",
        Why::AgeImprecise(_) => "日齢が必要で、満週齢や満月齢では判定できない",
        Why::Kmt2aNotStated(Kmt2a::Ptd) => "部分縦列重複を再構成とみなすかどうか、出典に記載がない",
        Why::Kmt2aNotStated(_) => "確定できなかったKMT2Aの結果をどう扱うか、出典に記載がない",
        Why::Cns2NotStated => "CNS2を中枢神経系浸潤とみなすかどうか、出典に記載がない",
        Why::ResponseNotAssessed => "プレドニゾロン反応性が評価されておらず、その扱いについて出典に記載がない",
        Why::UndefinedAtLimit => "境界値ちょうどの扱いが出典で定められていない",
        Why::NotAsked => "ここでは入力項目がない",
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
        names.push("適用外");
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
    format!("{}：{}", finding_label(decider.finding), cases.join(" / "))
}

/// What would change the answer.
#[must_use]
pub fn change(change: &Change, protocol: &Protocol) -> String {
    let leads_to = if change.leads_to.groups(protocol).is_empty() {
        "適用外".to_owned()
    } else {
        possibility(change.leads_to, protocol)
    };
    let away = match (change.distance, change.finding) {
        (Some(days), Finding::Age) => format!("（差 {}日）", days as u64),
        (Some(cells), Finding::Wbc) => format!("（差 {} × 10⁹/L）", decimal(cells, 3)),
        _ => String::new(),
    };
    format!(
        "{}が{} → {leads_to}{away}",
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
            (None, None) => "すべての値".to_owned(),
            (Some(from), None) => edge(finding, from, true),
            (None, Some(to)) => edge(finding, to, false),
            (Some(from), Some(to)) => format!("{}、{}", edge(finding, from, true), edge(finding, to, false)),
        },
    }
}

/// One end of a stretch of values.
fn edge(finding: Finding, edge: Edge, lower: bool) -> String {
    let limit = match (finding, edge.limit) {
        (_, Limit::Age(limit)) => age_limit(limit),
        (Finding::Wbc, Limit::Number(number)) => format!("{} × 10⁹/L ", decimal(number, 3)),
        (_, Limit::Number(number)) => percent(number),
    };
    let word = match (lower, edge.inclusive) {
        (true, true) => "以上",
        (true, false) => "超",
        (false, true) => "以下",
        (false, false) => "未満",
    };
    format!("{limit}{word}")
}

/// What the transplant rule reads for a child.
#[must_use]
pub fn hsct_state(assessment: &Assessment) -> String {
    match assessment.hsct.status {
        HsctStatus::Met => "条件を満たす",
        HsctStatus::Depends => "ドナーによる",
        HsctStatus::Waiting => return waiting(assessment),
        HsctStatus::Undetermined if content::hsct_at_open_limit(assessment) => "未確定、定めのない境界値ちょうど",
        HsctStatus::Undetermined => "未確定",
        HsctStatus::NotMet => "適応なし",
        HsctStatus::NotSpecified => "規則は見つからない",
        HsctStatus::NoneByProtocol => "このプロトコールには規則なし",
        HsctStatus::NotApplicable => match assessment.status {
            Status::NotApplicable(_) => "プロトコールの適用外",
            _ => "再発例は対象外",
        },
    }
    .to_owned()
}

/// For what a transplant that is indicated waits, alone.
pub(super) fn waiting_for(assessment: &Assessment) -> String {
    let names = waited_for(assessment);
    if names.is_empty() {
        "再発がなければ".to_owned()
    } else {
        format!("{}待ち", names.join(AND))
    }
}

fn waited_for(assessment: &Assessment) -> Vec<String> {
    content::waits_for(assessment)
        .into_iter()
        .filter_map(|finding| match finding {
            Finding::Relapse => None,
            Finding::Remission => Some("寛解".to_owned()),
            Finding::Mrd(_) => Some("MRD".to_owned()),
            other => Some(finding_label(other).to_owned()),
        })
        .collect()
}

/// For what a transplant that is indicated waits; of a relapse it is said only where nothing else is open.
fn waiting(assessment: &Assessment) -> String {
    let names = waited_for(assessment);
    if names.is_empty() {
        "再発がなければ適応あり".to_owned()
    } else {
        format!("適応あり、{}待ち", names.join(AND))
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
        Notice::DisputedLimit(each) => ("出典により異なる境界値ちょうどである。".to_owned(), each.note),
        Notice::OnCondition(criterion) => (format!("「{}」を条件とする（未確認）。", clause(criterion.clause)), ""),
        Notice::UnknownResponseCounted(fact) | Notice::Kmt2aHandled(fact) => (String::new(), fact.text),
        Notice::IfRearranged { group, certain: true } => {
            (format!("KMT2A再構成ありの場合は{}。", group_name(group)), "")
        }
        Notice::IfRearranged { group, certain: false } => (
            format!("KMT2A再構成ありの場合は{}の可能性がある。", group_name(group)),
            "",
        ),
        Notice::ReadAs(each) => (String::new(), each.note),
    }
}

/// A finding worth knowing next.
#[must_use]
pub fn next_finding(next: &NextFinding) -> String {
    let part = |word: &str, protocols: &[&Protocol]| {
        let names: Vec<String> = protocols.iter().map(|protocol| named(protocol)).collect();
        (!names.is_empty()).then(|| format!("{word}{}", names.join(AND)))
    };
    let parts = [
        part("これで決まる：", &next.decides),
        part("決まりうる：", &next.may_decide),
        part("関係する：", &next.narrows),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{} {}。", field_label(next.field), parts.join(" / "))
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
                Truth::True => "該当",
                Truth::False => "非該当",
                Truth::Unknown => "不明",
            };
            format!("{}→{truth}（{}）", clause(view.clause), names.join(AND))
        })
        .collect();
    if !disagreement.decides_nothing_in.is_empty() {
        let names: Vec<String> = disagreement
            .decides_nothing_in
            .iter()
            .map(|protocol| named(protocol))
            .collect();
        parts.push(format!("決め手でない（{}）", names.join(AND)));
    }
    format!("{}：{}", finding_label(disagreement.finding), parts.join(" / "))
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
        "なし".to_owned()
    } else {
        known.join("、")
    };
    if unknown.is_empty() {
        return format!("所見：{known}。");
    }
    format!("所見：{known}。不明：{}。", unknown.join("、"))
}

/// The answers as plain text for the notes: findings, one line a protocol, sources, and the line of intended use.
#[must_use]
pub fn note_for_records(infant: &Infant, assessments: &[Assessment], versions: &str) -> String {
    let words = Note {
        title: "乳児ALL:公表プロトコールによる分類",
        findings,
        reason,
        notice,
        rule: |each| format!("移植：{}。{}", hsct_state(each), each.protocol.hsct.text),
        published,
        wider: super::page::WIDER_SO,
        intended_use: super::INTENDED_USE,
    };
    content::note(&words, infant, assessments, versions)
}

fn published(each: &Outcome) -> String {
    format!(
        "公表値：{} [{}。{}]",
        outcome(each),
        citation(&each.cite),
        read_mark(each.cite.read).0
    )
}
