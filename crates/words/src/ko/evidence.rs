//! Published numbers checked, compared, pooled and taken back to patients, in words. A finding says what does not follow
//! from what, with the arithmetic; it never says who erred.

use cotside_core::evidence::check::{
    Basis, BinomialCount, CountCheck, Finding, HazardRatioCheck, IntervalCheck, MedianCheck, PercentCheck, PrintedP,
    SameNumbers, StandardErrorCheck, StandardErrorVerdict, Verdict, WeightedMeanCheck,
};
use cotside_core::evidence::digitise::{AxesError, TraceError};
use cotside_core::evidence::{
    Caution, Comparison, EffectError, ErrorOrigin, Estimate, FEWEST_POOLED, Footnote, MOST_PATIENTS, MOST_POINTS, Miss,
    NoEffect, PoolError, PoolMethod, PoolTest, Rate, Reached, ReconstructError,
};
use cotside_core::survival::Scale;

use super::{evidence_page, evidence_results};
use crate::decimal;
pub use crate::en::{error_origin_code, p_value, printed};

const NOT_REPORTED: &str = evidence_results::NOT_REPORTED;

/// The name of a scale of intervals.
#[must_use]
pub fn scale_name(scale: Scale) -> &'static str {
    match scale {
        Scale::LogLog => "log-log",
        Scale::Log => "log",
        Scale::Plain => "변환 없음",
        Scale::Logit => "logit",
        Scale::Arcsin => "역사인",
    }
}

/// What a check comes to.
#[must_use]
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Follows => "도출됨",
        Verdict::Compatible => "모순되지 않음",
        Verdict::Conditional => "조건부로만",
        Verdict::DoesNotFollow => "도출되지 않음",
    }
}

/// What a finding comes to, as its condition is.
#[must_use]
pub fn finding_verdict(finding: &Finding) -> &'static str {
    match (finding.verdict(), finding) {
        (Verdict::Follows, _) => "일치",
        (Verdict::Compatible, _) => "가능",
        (Verdict::DoesNotFollow, _) => "불일치",
        (Verdict::Conditional, Finding::StandardError(check)) => match check.verdict {
            StandardErrorVerdict::OfFewer(_) => "환자가 더 적을 때에만 일치",
            _ => "대부분이 일찍 중도절단되지 않았다면 가능성이 낮음",
        },
        (Verdict::Conditional, Finding::Count(_)) => "반올림이 아니라 버림일 때에만 일치",
        (Verdict::Conditional, Finding::Percent(_)) => "분모가 더 작을 때에만 일치",
        (Verdict::Conditional, Finding::HazardRatio(_)) => "P가 다른 검정의 값이라면 가능",
        (Verdict::Conditional, _) => "가능하나 확인할 만함",
    }
}

/// A finding with its arithmetic.
#[must_use]
pub fn finding(finding: &Finding) -> String {
    match finding {
        Finding::StandardError(check) => standard_error(check),
        Finding::Interval(check) => interval(check),
        Finding::HazardRatio(check) => hazard_ratio(check),
        Finding::Count(check) => count(check),
        Finding::Percent(check) => percent(check),
        Finding::Median(check) => median(check),
        Finding::WeightedMean(check) => weighted_mean(check),
        Finding::SameNumbers(check) => same_numbers(check),
    }
}

fn share(count: &BinomialCount) -> String {
    format!(
        "{}명 중 {}명은 {}%, 표준오차 {}",
        count.total,
        count.count,
        decimal(count.percent, 1),
        decimal(count.standard_error, 1)
    )
}

fn standard_error(check: &StandardErrorCheck) -> String {
    let (n, rate, error) = (check.n, printed(check.estimate), printed(check.standard_error));
    let places = usize::from(check.estimate.places()) + 2;
    let p = cotside_core::decimal::fixed(check.estimate.value() / 100.0, places);
    let q = cotside_core::decimal::fixed(1.0 - check.estimate.value() / 100.0, places);
    let least = format!("√({p} · {q}/{n}) = {}%", decimal(check.binomial, 2));
    match check.verdict {
        StandardErrorVerdict::OfAll(count) => format!(
            "{rate} ({error}) %는 {n}명 모두를 끝까지 추적한 경우의 값으로 도출됩니다: {}.",
            share(&count)
        ),
        StandardErrorVerdict::OfFewer(count) => {
            let neighbours: Vec<String> = check.neighbours.iter().map(share).collect();
            format!(
                "{rate} ({error}) %는 모두 끝까지 추적된 {n}명에서는 도출되지 않습니다: {}. 더 적은 환자 수에서는 도출됩니다: {}.",
                neighbours.join("; "),
                share(&count)
            )
        }
        StandardErrorVerdict::Possible => format!(
            "표준오차 {error}: 환자 {n}명에서 가능합니다. 최솟값은 {least}이며, 중도절단이 한 명도 없을 때의 값입니다."
        ),
        StandardErrorVerdict::FarAbove { multiple } => {
            let times = match (check.ratio, check.effective_n) {
                (Some(ratio), Some(n)) => format!(
                    "이고, 기재값은 그 {}배로 환자 {}명일 때에 해당합니다",
                    decimal(ratio, 2),
                    decimal(n, 0)
                ),
                _ => "이고, 0% 또는 100%에서는 환자가 몇 명이어도 이보다 커지지 않습니다".to_owned(),
            };
            let usual = multiple.map_or_else(String::new, |multiple| {
                format!(
                    " 최솟값의 {}배는 신뢰구간의 반폭으로 흔히 기재되는 값입니다.",
                    decimal(multiple, 2)
                )
            });
            format!(
                "표준오차 {error}: 대부분이 일찍 중도절단되지 않았다면 환자 {n}명에서 도출되지 않습니다. 최솟값은 {least}{times}.{usual}"
            )
        }
        StandardErrorVerdict::TooSmall { cut } => {
            let how = if cut {
                " 기재값은 최솟값을 반올림하지 않고 버림한 값입니다."
            } else {
                ""
            };
            format!("표준오차 {error}: 환자 {n}명에서 도출되지 않습니다. 최솟값은 {least}입니다.{how}")
        }
    }
}

fn interval(check: &IntervalCheck) -> String {
    let text = format!(
        "{} ({}–{}) %",
        printed(check.estimate),
        printed(check.interval.0),
        printed(check.interval.1)
    );
    if !check.ordered {
        return format!("{text}: 추정치가 그 구간 안에 있지 않습니다.");
    }
    let basis = match (check.basis(), check.standard_error, check.n) {
        (Some(Basis::StandardError), Some(error), _) => format!("표준오차 {}", printed(error)),
        (Some(Basis::Binomial), _, Some(n)) => format!("끝까지 추적된 환자 {n}명"),
        _ => String::new(),
    };
    let followed: Vec<&str> = check.followed().map(|fit| scale_name(fit.scale)).collect();
    if !followed.is_empty() {
        return format!("{text}는 {basis}에서 다음 척도로 도출됩니다: {}.", followed.join(", "));
    }
    let computed: Vec<String> = check
        .scales
        .iter()
        .filter_map(|fit| {
            let (found, _) = match check.basis()? {
                Basis::StandardError => fit.from_standard_error?,
                Basis::Binomial => fit.from_n?,
            };
            Some(format!(
                "{} {}–{}",
                scale_name(fit.scale),
                decimal(found.lower, 1),
                decimal(found.upper, 1)
            ))
        })
        .collect();
    let from_basis = match check.basis() {
        None => String::new(),
        Some(Basis::Binomial) if check.verdict() == Verdict::Compatible => format!(
            "는 {basis}의 구간({})이 아니지만, 중도절단이 있으면 반드시 일치하지는 않습니다.",
            computed.join("; ")
        ),
        Some(_) => format!("는 {basis}에서 도출되지 않습니다({}).", computed.join("; ")),
    };
    let subject = if from_basis.is_empty() { "는" } else { " 이 구간은" };
    let symmetric: Vec<String> = check
        .symmetric()
        .filter_map(|fit| Some((fit, fit.implied()?)))
        .map(|(fit, error)| format!("{}(표준오차 {})", scale_name(fit.scale), decimal(error, 2)))
        .collect();
    if check.is_cut() {
        let between = if from_basis.is_empty() { ":" } else { "" };
        return format!(
            "{text}{from_basis}{between} 0 또는 100에 있는 끝은 그 값에서 잘렸을 수 있어, 구간을 어느 척도에서 만들었는지 알 수 없습니다."
        );
    }
    if symmetric.is_empty() {
        return format!("{text}{from_basis}{subject} 다섯 척도 어느 것에서도 대칭이 아닙니다.");
    }
    let below = check.symmetric().all(|fit| fit.below_binomial);
    let note = if below {
        " 그 표준오차는 이 환자 수에서 가능한 최솟값보다 작습니다."
    } else {
        ""
    };
    format!(
        "{text}{from_basis}{subject} 다음 척도에서 대칭입니다: {}.{note}",
        symmetric.join(", ")
    )
}

fn hazard_ratio(check: &HazardRatioCheck) -> String {
    let (low, high) = (printed(check.interval.0), printed(check.interval.1));
    let ratio = printed(check.hazard_ratio);
    let centre = if check.centred {
        format!("위험비 {ratio}: 로그 척도에서 구간 {low}–{high}의 중심에 있음")
    } else {
        format!(
            "위험비 {ratio}: 구간 {low}–{high}에서 도출되지 않음(로그 척도의 중심은 {})",
            decimal(check.centre, 3)
        )
    };
    let arithmetic = format!(
        "구간에서 표준오차 {}, z = {}, 따라서 {}",
        decimal(check.std_err, 3),
        decimal(check.z, 3),
        p_value(check.computed_p)
    );
    let p = check.p.map(|p| match p {
        PrintedP::Equal(number) => format!("p = {}", printed(number)),
        PrintedP::Below(number) => format!("p < {}", printed(number)),
    });
    let verdict = match (p, check.p_follows, check.agree_on_one) {
        (Some(p), Some(true), _) => format!("; 기재된 {p}: 도출됨"),
        (Some(p), Some(false), Some(false)) => {
            format!("; 기재된 {p}: 도출되지 않으며, 1과의 관계에서 구간과 p가 서로 맞지 않음")
        }
        (Some(p), Some(false), _) => format!("; 기재된 {p}: 이 수치에서 도출되지 않으며, 다른 검정의 값일 수 있음"),
        _ => String::new(),
    };
    format!("{centre}; {arithmetic}{verdict}.")
}

fn count(check: &CountCheck) -> String {
    let (k, n, text) = (check.count, check.total, printed(check.percent));
    let exact = decimal(check.exact, 2);
    match check.verdict() {
        Verdict::Follows | Verdict::Compatible => format!("{n}명 중 {k}명은 {exact}%: {text}%는 도출됩니다."),
        Verdict::Conditional => {
            format!("{n}명 중 {k}명은 {exact}%: {text}%는 이 값을 반올림하지 않고 버림한 값입니다.")
        }
        Verdict::DoesNotFollow => {
            let totals = check.other_totals.iter().map(|total| format!("{total}명 중 {k}명"));
            let counts = check.other_counts.iter().map(|count| format!("{n}명 중 {count}명"));
            let others: Vec<String> = totals.chain(counts).collect();
            let others = if others.is_empty() {
                String::new()
            } else {
                format!(" {text}%는 {}의 값입니다.", others.join(" 또는 "))
            };
            format!("{text}%는 {n}명 중 {k}명({exact}%)에서 도출되지 않습니다.{others}")
        }
    }
}

fn percent(check: &PercentCheck) -> String {
    let (text, n) = (printed(check.percent), check.total);
    if let Some(first) = check.counts.first() {
        let others = if check.counts.len() > 1 {
            "(다른 수도 있음)"
        } else {
            ""
        };
        return format!("{n}명의 {text}%는 {n}명 중 {first}명입니다{others}.");
    }
    let neighbours: Vec<String> = check
        .neighbours
        .iter()
        .map(|(count, percent)| format!("{count}명은 {}%", decimal(*percent, 2)))
        .collect();
    let fewer = check.of_fewer.first().map_or_else(String::new, |(count, total)| {
        format!(" {total}명 중 {count}명이면 이 값이 됩니다.")
    });
    format!(
        "{text}%는 {n}명 가운데 어떤 정수의 환자 수에서도 도출되지 않습니다: {}.{fewer}",
        neighbours.join(", ")
    )
}

fn median(check: &MedianCheck) -> String {
    let text = printed(check.median);
    let range = format!("{}–{}", printed(check.range.0), printed(check.range.1));
    let midpoint = if check.is_midpoint {
        format!(
            " 이 값은 범위의 중점입니다: ({} + {})/2 = {}.",
            printed(check.range.0),
            printed(check.range.1),
            decimal(check.midpoint, 3)
        )
    } else {
        String::new()
    };
    if !check.in_range {
        return format!("중앙값 {text}: 범위 {range}에서 도출되지 않습니다.");
    }
    let range_note = match (check.range_follows(), check.range_of_values) {
        (Some(false), Some((low, high))) => format!(
            " 값의 범위는 {}–{}이며 {range}와 다릅니다.",
            decimal(low, 3),
            decimal(high, 3)
        ),
        _ => String::new(),
    };
    match (check.follows_from_values(), check.median_of_values) {
        (Some(true), _) => format!("중앙값 {text}: 값 {}개에서 도출됩니다.{midpoint}{range_note}", check.n),
        (Some(false), Some(found)) => format!(
            "중앙값 {text}: 값 {}개에서 도출되지 않습니다(값의 중앙값은 {}).{midpoint}{range_note}",
            check.n,
            decimal(found, 3)
        ),
        _ if check.is_midpoint => {
            format!("중앙값 {text}(범위 {range}): 원래 값과 대조해 확인할 만합니다.{midpoint}")
        }
        _ => format!("중앙값 {text}: 범위 {range}에서 가능합니다."),
    }
}

fn weighted_mean(check: &WeightedMeanCheck) -> String {
    let sums: Vec<String> = check
        .parts
        .iter()
        .map(|(n, rate)| format!("{n} · {}", printed(*rate)))
        .collect();
    let total: u64 = check.parts.iter().map(|&(n, _)| u64::from(n)).sum();
    let arithmetic = format!("({})/{total} = {}%", sums.join(" + "), decimal(check.mean, 2));
    let whole = printed(check.whole);
    match check.verdict() {
        Verdict::Follows => format!("{whole}%는 각 부분에서 도출됩니다: {arithmetic}."),
        Verdict::Compatible | Verdict::Conditional => {
            format!("{whole}%는 각 부분의 평균({arithmetic})에 가깝습니다. 이 차이는 중도절단으로 생길 수 있습니다.")
        }
        Verdict::DoesNotFollow => format!("{whole}%는 각 부분에서 도출되지 않습니다: {arithmetic}."),
    }
}

fn same_numbers(check: &SameNumbers) -> String {
    let years = |years: Option<f64>| years.map_or_else(String::new, |years| decimal(years, 1));
    let estimate = check.first;
    let error = estimate.standard_error.map_or_else(String::new, printed);
    format!(
        "{}의 {} {} ({error}) %: {}({})에서는 {}년, {}({})에서는 {}년의 비율로 기재되어 있습니다. {}년의 비율은 {}년의 비율에서 \
         도출되지 않습니다.",
        estimate.study.name,
        evidence_page::short_endpoint(estimate.endpoint),
        printed(estimate.estimate),
        check.first.cite.source.short,
        check.first.cite.place,
        years(check.first.years),
        check.second.cite.source.short,
        check.second.cite.place,
        years(check.second.years),
        years(check.first.years),
        years(check.second.years)
    )
}

/// A footnote of the commentary's table.
#[must_use]
pub fn footnote(footnote: Footnote) -> &'static str {
    match footnote {
        Footnote::AnyToxicDeath => "관해유도 중을 포함한 모든 치료 독성 사망.",
    }
}

/// Where a standard error comes from.
#[must_use]
pub fn error_origin(origin: ErrorOrigin) -> String {
    match origin {
        ErrorOrigin::Printed => "기재값".to_owned(),
        ErrorOrigin::FromInterval(scale) => format!("기재된 구간에서 역산, 척도: {}", scale_name(scale)),
        ErrorOrigin::FromAsymmetricInterval(scale) => format!(
            "기재된 구간에서 역산, 척도: {}. 구간은 이 척도에서도 변환 없는 척도에서도 대칭이 아님",
            scale_name(scale)
        ),
        ErrorOrigin::FromOneEnd(scale) => format!(
            "기재된 구간에서 잘리지 않은 한쪽 끝으로 역산, 척도: {}",
            scale_name(scale)
        ),
        ErrorOrigin::BinomialMinimum => "이 환자 수에서 가능한 최솟값".to_owned(),
    }
}

fn or_not_reported(text: &str) -> &str {
    if text.is_empty() { NOT_REPORTED } else { text }
}

/// Two texts that differ, or what is not reported.
fn of_both(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, true) => "두 출처 모두 보고 없음".to_owned(),
        _ => format!(
            "한쪽은 {}, 다른 쪽은 {}",
            or_not_reported(first),
            or_not_reported(second)
        ),
    }
}

/// Who is counted in an estimate.
#[must_use]
pub fn reached(reached: Reached) -> &'static str {
    match reached {
        Reached::Entry => "등록된 모든 환자",
        Reached::Remission => "관해에 도달한 환자만",
        Reached::Transplant => "이식에 도달한 환자만",
    }
}

/// What a check looks at.
#[must_use]
pub fn finding_kind(finding: &Finding) -> &'static str {
    match finding {
        Finding::StandardError(_) => "표준오차와 n",
        Finding::Interval(_) => "구간",
        Finding::HazardRatio(_) => "위험비, 구간, p",
        Finding::Count(_) => "환자 수와 백분율",
        Finding::Percent(_) => "백분율과 n",
        Finding::Median(_) => "중앙값과 범위",
        Finding::WeightedMean(_) => "전체와 부분",
        Finding::SameNumbers(_) => "한 수치와 두 시점",
    }
}

/// "1996–2000".
fn years_of((from, to): (u16, u16)) -> String {
    format!("{from}–{to}년")
}

/// Why there is no p of a difference; `None` where there is one.
#[must_use]
pub fn no_test(found: &Comparison) -> Option<String> {
    let why = |caution: &Caution| match caution {
        Caution::SameEstimate => evidence_page::SAME_ESTIMATE,
        Caution::Endpoint => evidence_page::OTHER_ENDPOINT,
        Caution::Time { .. } => evidence_page::OTHER_TIME,
        Caution::TimeNotStated => evidence_page::TIME_NOT_STATED,
        Caution::Era { .. } => evidence_page::OTHER_ERA,
        _ => evidence_page::ERA_NOT_STATED,
    };
    let why: Vec<&str> = found.no_test().map(why).collect();
    (!why.is_empty()).then(|| evidence_page::not_tested(&why))
}

/// A reason not to read a difference as one of treatments.
#[must_use]
pub fn caution(caution: &Caution) -> String {
    match caution {
        Caution::NotRandomised => {
            "두 보고이며 한 시험의 두 군이 아닙니다. 차이는 환자, 진료, 시대의 차이일 수 있습니다.".to_owned()
        }
        Caution::SameEstimate => "같은 추정치가 두 번 들어 있습니다.".to_owned(),
        Caution::SharedInfants => "일부 영아가 양쪽에 모두 있을 수 있어 구간이 성립하지 않습니다.".to_owned(),
        Caution::Era { first, second } => format!(
            "시대: 등록 기간 {}, {}에 공통된 해가 없습니다.",
            years_of(*first),
            years_of(*second)
        ),
        Caution::Middles { first, second } => format!(
            "시대: 등록 기간이 겹치며, 그 중간은 {}년과 {}년으로 {}년 떨어져 있습니다.",
            decimal(*first, 1),
            decimal(*second, 1),
            decimal((first - second).abs(), 1)
        ),
        Caution::EraNotStated => "한쪽 또는 양쪽의 등록 연도를 확인하지 못했습니다.".to_owned(),
        Caution::AgeLimit(a, b) => format!("연령 경계: {}.", of_both(a, b)),
        Caution::Entry(a, b) => format!(
            "등록할 수 있는 KMT2A 상태: {}.",
            of_both(evidence_results::eligible(a), evidence_results::eligible(b))
        ),
        Caution::Kmt2aShare { first, second } => format!(
            "KMT2A 재배열 있음: {}%와 {}%.",
            decimal(100.0 * first, 1),
            decimal(100.0 * second, 1)
        ),
        Caution::Kmt2aShareNotStated => {
            "한쪽 또는 양쪽에서 KMT2A 재배열이 있는 영아의 비율을 알 수 없습니다.".to_owned()
        }
        Caution::Endpoint => "평가변수가 다르거나 하나가 명시되어 있지 않습니다: 비교하지 않습니다.".to_owned(),
        Caution::EventDefinition(a, b) => format!("사건의 정의: {}.", of_both(a, b)),
        Caution::TimeOrigin(a, b) => format!("시간의 기점: {}.", of_both(a, b)),
        Caution::Time { first, second } => {
            format!("시점: {}년과 {}년.", decimal(*first, 1), decimal(*second, 1))
        }
        Caution::TimeNotStated => "한쪽 또는 양쪽의 시점이 기재되어 있지 않습니다.".to_owned(),
        Caution::Selected(a, b) => format!("집계된 환자: 한쪽은 {}, 다른 쪽은 {}.", reached(*a), reached(*b)),
        Caution::Few(a, b) => format!("환자가 적음: {a}명과 {b}명."),
        Caution::NumberNotStated => "한쪽 또는 양쪽의 환자 수가 기재되어 있지 않습니다.".to_owned(),
        Caution::LeastStandardError => {
            "표준오차 하나는 이 환자 수에서 가능한 최솟값이므로 구간이 지나치게 좁습니다.".to_owned()
        }
        Caution::UnclearSpread => "기재된 ±는 표준오차인지 확실하지 않아 사용하지 않았습니다.".to_owned(),
        Caution::SecondHand => "한쪽 또는 양쪽을 2차 자료에서 읽었습니다.".to_owned(),
        Caution::Unchecked => super::own_estimates::CAUTION.to_owned(),
    }
}

/// Why a row of the table cannot be pooled.
#[must_use]
pub fn effect_error(error: &EffectError) -> String {
    match error.why {
        NoEffect::NoStandardError => format!("{}: 표준오차가 없습니다", error.id),
        NoEffect::NoVariance => format!(
            "{}: 표준오차가 없으며, 0% 또는 100%에서는 n으로 정해지는 최솟값이 0이어서 아무것도 말해 주지 않습니다",
            error.id
        ),
        NoEffect::OffTheScale(scale) => {
            format!("{}: 이 척도({})에서는 나타낼 수 없습니다", error.id, scale_name(scale))
        }
        NoEffect::OtherEndpoint(id) => format!(
            "{}, {id}: 서로 평가변수가 다르거나 한쪽이 명시되어 있지 않습니다. 같은 평가변수의 추정치를 통합합니다",
            error.id
        ),
        NoEffect::SameAs(id) if id == error.id => format!("{id}: 두 번 선택되었습니다"),
        NoEffect::SameAs(id) => format!("{}, {id}: 같은 영아의 같은 추정치입니다", error.id),
    }
}

/// Why two rows have no difference: what each of them lacks.
#[must_use]
pub fn no_difference(rows: [(&Estimate, Option<Rate>); 2]) -> String {
    let lacks = |(row, rate): (&Estimate, Option<Rate>)| match rate {
        Some(_) => None,
        None if row.is_at_end() => Some(format!(
            "{}: {}%에서는 n으로 정해지는 표준오차가 0이어서 아무것도 말해 주지 않음",
            row.id,
            decimal(row.estimate.value(), 1)
        )),
        None => Some(format!("{}: 표준오차 없음", row.id)),
    };
    let [(first, _), (second, _)] = rows;
    let unlike = (!first.endpoint.compares_with(second.endpoint)).then(|| {
        format!(
            "서로 같은 평가변수가 아님({}, {})",
            evidence_page::short_endpoint(first.endpoint),
            evidence_page::short_endpoint(second.endpoint)
        )
    });
    let lacks: Vec<String> = unlike.into_iter().chain(rows.into_iter().filter_map(lacks)).collect();
    format!("차이를 제시할 수 없습니다. {}.", lacks.join("; "))
}

/// Why there is no difference on the log(−log) scale, nor a ratio of cumulative hazards, beside one in percentage points.
pub const NO_LOG_LOG: &str =
    "log(−log) 척도의 차이도 누적위험의 비도 없습니다: 둘 다 0%와 100% 사이에 있는 생존율 두 개가 필요합니다.";

/// The name of a method of pooling.
#[must_use]
pub fn pool_method(method: PoolMethod) -> &'static str {
    match method {
        PoolMethod::Fixed => "고정효과",
        PoolMethod::DerSimonianLaird => "변량효과(DerSimonian–Laird)",
        PoolMethod::Reml => "변량효과(제한최대우도법)",
    }
}

/// Why a pooled estimate has no interval.
pub const ALL_ALIKE: &str = "구간 없음: 추정치가 서로 다르지 않아 Hartung–Knapp 표준오차가 0이므로 아무것도 말해 주지 않습니다. \
     ‘정규분포 구간’을 선택하면 구간을 얻습니다";

/// The name of a test of a pooled estimate.
#[must_use]
pub fn pool_test(test: PoolTest) -> &'static str {
    match test {
        PoolTest::Normal => "정규분포 구간",
        PoolTest::HartungKnapp => "Hartung–Knapp 구간",
    }
}

/// Why there is no pooled estimate and what would be accepted.
#[must_use]
pub fn pool_error(error: PoolError) -> String {
    match error {
        PoolError::TooFew { found } => format!(
            "추정치 {found}개로는 통합하기에 부족합니다. 적어도 {FEWEST_POOLED}개가 필요하고, 하나씩 제외하려면 하나가 더 필요합니다"
        ),
        PoolError::BadEffect { row } => format!(
            "{}번째 추정치에는 이 척도에서 유한한 값과 0보다 큰 표준오차가 없습니다. 제외하거나 다른 척도를 사용합니다",
            row + 1
        ),
        PoolError::BadLevel => "수준은 0.95와 같이 0과 1 사이여야 합니다".to_owned(),
        PoolError::Degenerate => {
            "추정치 또는 표준오차가 서로 너무 멀리 떨어져 있어 가중치를 정할 수 없습니다".to_owned()
        }
    }
}

/// Why a curve cannot be taken back to patients and what would be accepted.
#[must_use]
pub fn reconstruct_error(error: ReconstructError) -> String {
    match error {
        ReconstructError::TooFewPoints { found } => {
            format!("점 {found}개로는 부족합니다. 적어도 두 개를 입력합니다")
        }
        ReconstructError::TooManyPoints { found } => {
            format!("점 {found}개는 너무 많습니다. {MOST_POINTS}개 이하로 입력합니다")
        }
        ReconstructError::BadPoint { row } => format!(
            "{}번째 점: 0 이상의 시간과 0에서 1(또는 0에서 100%)까지의 생존율을 입력합니다",
            row + 1
        ),
        ReconstructError::MixedHeights { row } => format!(
            "{}번째 점: 높이가 다른 점들과 맞지 않습니다. 모든 높이를 0에서 1까지의 분수로, 또는 모두 0에서 100까지의 퍼센트로 입력합니다",
            row + 1
        ),
        ReconstructError::Rises { row } => format!(
            "{}번째 점이 앞선 점보다 위에 있으나 생존율은 올라갈 수 없습니다. 점을 고치거나, 곡선이 누적발생률 F라면 1 − F(퍼센트로는 \
             100 − F)를 입력합니다",
            row + 1
        ),
        ReconstructError::NoStart => "위험 대상자 수: 첫 항목은 시간 0이고 환자가 한 명 이상이어야 합니다".to_owned(),
        ReconstructError::BadAtRisk { row } => format!(
            "위험 대상자 수의 {}번째 항목: 앞 항목보다 뒤의 시간과 앞 항목 이하의 환자 수를 입력합니다",
            row + 1
        ),
        ReconstructError::TooManyPatients { found } => {
            format!("환자 {found}명은 너무 많습니다. {MOST_PATIENTS}명 이하로 입력합니다")
        }
        ReconstructError::TooManyEvents { events, patients } => {
            format!("사건 {events}건은 환자 {patients}명에서 도출되지 않습니다")
        }
    }
}

/// Something that was published and that a reconstruction does not meet.
#[must_use]
pub fn reconstruction_miss(miss: Miss) -> String {
    match miss {
        Miss::AtRisk { published, found } => format!(
            "시간 {}의 위험 대상자 수: 발표값 {}, 복원값 {found}",
            published.time(),
            published.patients
        ),
        Miss::Events { published, found } => format!("사건 수: 발표값 {published}, 복원값 {found}"),
        Miss::Points { moved, largest } => format!(
            "곡선이 올라갑니다: 점 {moved}개를 생존율로 최대 {:.1}% 옮겼습니다",
            100.0 * largest
        ),
    }
}

/// Why three marks are no axes.
#[must_use]
pub fn axes_error(error: AxesError) -> &'static str {
    match error {
        AxesError::Values => "각 축에 서로 다른 수치 두 개를 입력합니다",
        AxesError::Places => {
            "두 축이 만나는 모서리, 시간축을 따라 멀리 있는 위치, 다른 축을 따라 높이 있는 위치의 순서로 표시합니다"
        }
    }
}

/// Why a curve could not be followed.
#[must_use]
pub fn trace_error(error: TraceError) -> &'static str {
    match error {
        TraceError::OutsideAxes => "그 위치는 표시한 축의 바깥입니다. 곡선 자체를 클릭합니다",
        TraceError::NothingThere => "그 위치에는 종이 바탕과 구별되는 것이 없습니다. 확대하여 곡선 자체를 클릭합니다",
        TraceError::TooShort => {
            "그 위치에 있는 것은 화소 몇 열 뒤에 끝납니다. 곡선이 수평으로 이어지는 곳을 클릭하거나 점을 직접 찍습니다"
        }
    }
}

/// The line that stands beside everything that was reconstructed.
pub const RECONSTRUCTED: &str = "발표된 곡선에서 복원함: 그 곡선을 그리는 시간들의 한 조합이며 환자 데이터가 아닙니다.";

/// What is to be said where nothing but the number at the start was known.
pub const CENSORING_UNKNOWN: &str = "시작 시점의 환자 수만 입력되었습니다: 끝나기 전에는 아무도 중도절단되지 않은 것으로 보았으므로, 중도절단된 \
     환자가 있었다면 사건이 너무 많습니다.";
