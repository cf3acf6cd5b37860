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
        Scale::Plain => "変換なし",
        Scale::Logit => "logit",
        Scale::Arcsin => "逆正弦",
    }
}

/// What a check comes to.
#[must_use]
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Follows => "導かれる",
        Verdict::Compatible => "矛盾しない",
        Verdict::Conditional => "条件付きでのみ",
        Verdict::DoesNotFollow => "導かれない",
    }
}

/// What a finding comes to, as its condition is.
#[must_use]
pub fn finding_verdict(finding: &Finding) -> &'static str {
    match (finding.verdict(), finding) {
        (Verdict::Follows, _) => "整合する",
        (Verdict::Compatible, _) => "ありうる",
        (Verdict::DoesNotFollow, _) => "整合しない",
        (Verdict::Conditional, Finding::StandardError(check)) => match check.verdict {
            StandardErrorVerdict::OfFewer(_) => "患者がより少ない場合にのみ整合する",
            _ => "大多数が早期に打ち切られていないかぎり考えにくい",
        },
        (Verdict::Conditional, Finding::Count(_)) => "四捨五入でなく切り捨ての場合にのみ整合する",
        (Verdict::Conditional, Finding::Percent(_)) => "分母がより小さい場合にのみ整合する",
        (Verdict::Conditional, Finding::HazardRatio(_)) => "Pが別の検定のものであればありうる",
        (Verdict::Conditional, _) => "ありうるが、確認の価値がある",
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
        "{}例中{}例は{}%、標準誤差{}",
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
            "{rate} ({error}) %は、全{n}例を最後まで追跡した場合の値として導かれる：{}。",
            share(&count)
        ),
        StandardErrorVerdict::OfFewer(count) => {
            let neighbours: Vec<String> = check.neighbours.iter().map(share).collect();
            format!(
                "{rate} ({error}) %は、全員が最後まで追跡された{n}例からは導かれない：{}。より少ない例数からは導かれる：{}。",
                neighbours.join("；"),
                share(&count)
            )
        }
        StandardErrorVerdict::Possible => {
            format!("標準誤差{error}は{n}例でありうる：最小値は{least}で、打ち切りが1例もないときにこの値となる。")
        }
        StandardErrorVerdict::FarAbove { multiple } => {
            let times = match (check.ratio, check.effective_n) {
                (Some(ratio), Some(n)) => format!(
                    "であり、{error}はその{}倍で、{}例の場合に相当する",
                    decimal(ratio, 2),
                    decimal(n, 0)
                ),
                _ => "であり、0%または100%では何例であってもこれより大きくならない".to_owned(),
            };
            let usual = multiple.map_or_else(String::new, |multiple| {
                format!(
                    "最小値の{}倍は、区間の半幅としてしばしば記載される値である。",
                    decimal(multiple, 2)
                )
            });
            format!(
                "大多数が早期に打ち切られていないかぎり、標準誤差{error}は{n}例からは導かれない：最小値は{least}{times}。{usual}"
            )
        }
        StandardErrorVerdict::TooSmall { cut } => {
            let how = if cut {
                "記載値は、最小値を四捨五入せずに切り捨てたものである。"
            } else {
                ""
            };
            format!("標準誤差{error}は{n}例からは導かれない：最小値は{least}である。{how}")
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
        return format!("{text}：推定値が自身の区間の中にない。");
    }
    let basis = match (check.basis(), check.standard_error, check.n) {
        (Some(Basis::StandardError), Some(error), _) => format!("標準誤差{}", printed(error)),
        (Some(Basis::Binomial), _, Some(n)) => format!("最後まで追跡された{n}例"),
        _ => String::new(),
    };
    let followed: Vec<&str> = check.followed().map(|fit| scale_name(fit.scale)).collect();
    if !followed.is_empty() {
        return format!("{text}は{basis}から、{}の尺度で導かれる。", followed.join("、"));
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
            "は{basis}の区間（{}）ではないが、打ち切りがあれば一致するとは限らない。",
            computed.join("；")
        ),
        Some(_) => format!("は{basis}から導かれない（{}）。", computed.join("；")),
    };
    let subject = if from_basis.is_empty() {
        "は"
    } else {
        "この区間は"
    };
    let symmetric: Vec<String> = check
        .symmetric()
        .filter_map(|fit| Some((fit, fit.implied()?)))
        .map(|(fit, error)| format!("{}（標準誤差{}）", scale_name(fit.scale), decimal(error, 2)))
        .collect();
    if check.is_cut() {
        let between = if from_basis.is_empty() { "：" } else { "" };
        return format!(
            "{text}{from_basis}{between}0または100にある端はそこで切られた可能性があり、区間がどの尺度で作られたかは判断できない。"
        );
    }
    if symmetric.is_empty() {
        return format!("{text}{from_basis}{subject}五つの尺度のいずれでも対称でない。");
    }
    let below = check.symmetric().all(|fit| fit.below_binomial);
    let note = if below {
        "その標準誤差は、この例数で得られる最小値を下回る。"
    } else {
        ""
    };
    format!(
        "{text}{from_basis}{subject}次の尺度で対称である：{}。{note}",
        symmetric.join("、")
    )
}

fn hazard_ratio(check: &HazardRatioCheck) -> String {
    let (low, high) = (printed(check.interval.0), printed(check.interval.1));
    let ratio = printed(check.hazard_ratio);
    let centre = if check.centred {
        format!("{ratio}は対数尺度で{low}–{high}の中心にある")
    } else {
        format!(
            "{ratio}は{low}–{high}から導かれない（対数尺度での中心は{}）",
            decimal(check.centre, 3)
        )
    };
    let arithmetic = format!(
        "区間から標準誤差{}とz = {}が得られ、{}となる",
        decimal(check.std_err, 3),
        decimal(check.z, 3),
        p_value(check.computed_p)
    );
    let p = check.p.map(|p| match p {
        PrintedP::Equal(number) => format!("p = {}", printed(number)),
        PrintedP::Below(number) => format!("p < {}", printed(number)),
    });
    let verdict = match (p, check.p_follows, check.agree_on_one) {
        (Some(p), Some(true), _) => format!("；{p}は導かれる"),
        (Some(p), Some(false), Some(false)) => {
            format!("；{p}は導かれず、1との関係について区間とpが一致しない")
        }
        (Some(p), Some(false), _) => format!("；{p}はこれらから導かれず、別の検定のものである可能性がある"),
        _ => String::new(),
    };
    format!("{centre}；{arithmetic}{verdict}。")
}

fn count(check: &CountCheck) -> String {
    let (k, n, text) = (check.count, check.total, printed(check.percent));
    let exact = decimal(check.exact, 2);
    match check.verdict() {
        Verdict::Follows | Verdict::Compatible => format!("{n}例中{k}例は{exact}%：{text}%は導かれる。"),
        Verdict::Conditional => {
            format!("{n}例中{k}例は{exact}%：{text}%はこの値を四捨五入せずに切り捨てたものである。")
        }
        Verdict::DoesNotFollow => {
            let totals = check.other_totals.iter().map(|total| format!("{total}例中{k}例"));
            let counts = check.other_counts.iter().map(|count| format!("{n}例中{count}例"));
            let others: Vec<String> = totals.chain(counts).collect();
            let others = if others.is_empty() {
                String::new()
            } else {
                format!("{text}%は{}の値である。", others.join("または"))
            };
            format!("{text}%は{n}例中{k}例（{exact}%）から導かれない。{others}")
        }
    }
}

fn percent(check: &PercentCheck) -> String {
    let (text, n) = (printed(check.percent), check.total);
    if let Some(first) = check.counts.first() {
        let others = if check.counts.len() > 1 {
            "（ほかの例数もある）"
        } else {
            ""
        };
        return format!("{n}例の{text}%は{n}例中{first}例にあたる{others}。");
    }
    let neighbours: Vec<String> = check
        .neighbours
        .iter()
        .map(|(count, percent)| format!("{count}例は{}%", decimal(*percent, 2)))
        .collect();
    let fewer = check.of_fewer.first().map_or_else(String::new, |(count, total)| {
        format!("{total}例中{count}例であればこの値になる。")
    });
    format!(
        "{text}%は{n}例のうちのどの整数の例数からも導かれない：{}。{fewer}",
        neighbours.join("、")
    )
}

fn median(check: &MedianCheck) -> String {
    let text = printed(check.median);
    let range = format!("{}–{}", printed(check.range.0), printed(check.range.1));
    let midpoint = if check.is_midpoint {
        format!(
            "これは範囲の中点、({} + {})/2 = {}である。",
            printed(check.range.0),
            printed(check.range.1),
            decimal(check.midpoint, 3)
        )
    } else {
        String::new()
    };
    if !check.in_range {
        return format!("中央値{text}は範囲{range}から導かれない。");
    }
    let range_note = match (check.range_follows(), check.range_of_values) {
        (Some(false), Some((low, high))) => format!(
            "値の範囲は{}から{}であり、{range}ではない。",
            decimal(low, 3),
            decimal(high, 3)
        ),
        _ => String::new(),
    };
    match (check.follows_from_values(), check.median_of_values) {
        (Some(true), _) => format!("中央値{text}は{}個の値から導かれる。{midpoint}{range_note}", check.n),
        (Some(false), Some(found)) => format!(
            "中央値{text}は{}個の値から導かれない（値の中央値は{}）。{midpoint}{range_note}",
            check.n,
            decimal(found, 3)
        ),
        _ if check.is_midpoint => {
            format!("中央値{text}（範囲{range}）は、もとの値と照らして確認する価値がある。{midpoint}")
        }
        _ => format!("中央値{text}は範囲{range}でありうる。"),
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
        Verdict::Follows => format!("{whole}%は各部分から導かれる：{arithmetic}。"),
        Verdict::Compatible | Verdict::Conditional => {
            format!("{whole}%は各部分の平均、{arithmetic}に近い。差は打ち切りによって生じうる。")
        }
        Verdict::DoesNotFollow => format!("{whole}%は各部分から導かれない：{arithmetic}。"),
    }
}

fn same_numbers(check: &SameNumbers) -> String {
    let years = |years: Option<f64>| years.map_or_else(String::new, |years| decimal(years, 1));
    let estimate = check.first;
    let error = estimate.standard_error.map_or_else(String::new, printed);
    format!(
        "{}の{} {} ({error}) %：{}（{}）では{}年、{}（{}）では{}年の率とされる。{}年の率は{}年の率から導かれない。",
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
        Footnote::AnyToxicDeath => "寛解導入療法中を含むすべての治療毒性による死亡。",
    }
}

/// Where a standard error comes from.
#[must_use]
pub fn error_origin(origin: ErrorOrigin) -> String {
    match origin {
        ErrorOrigin::Printed => "記載値".to_owned(),
        ErrorOrigin::FromInterval(scale) => format!("記載された区間から{}の尺度で逆算", scale_name(scale)),
        ErrorOrigin::FromAsymmetricInterval(scale) => format!(
            "記載された区間から{}の尺度で逆算。区間はこの尺度でも変換なしの尺度でも対称でない",
            scale_name(scale)
        ),
        ErrorOrigin::FromOneEnd(scale) => format!(
            "記載された区間の、切られていない一端から{}の尺度で逆算",
            scale_name(scale)
        ),
        ErrorOrigin::BinomialMinimum => "この例数で得られる最小値".to_owned(),
    }
}

fn or_not_reported(text: &str) -> &str {
    if text.is_empty() { NOT_REPORTED } else { text }
}

/// Two texts that differ, or what is not reported.
fn of_both(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, true) => "どちらの出典にも報告なし".to_owned(),
        _ => format!("一方は{}、他方は{}", or_not_reported(first), or_not_reported(second)),
    }
}

/// Who is counted in an estimate.
#[must_use]
pub fn reached(reached: Reached) -> &'static str {
    match reached {
        Reached::Entry => "組み入れられた全例",
        Reached::Remission => "寛解に到達した例のみ",
        Reached::Transplant => "移植に到達した例のみ",
    }
}

/// What a check looks at.
#[must_use]
pub fn finding_kind(finding: &Finding) -> &'static str {
    match finding {
        Finding::StandardError(_) => "標準誤差とn",
        Finding::Interval(_) => "区間",
        Finding::HazardRatio(_) => "ハザード比、区間、p",
        Finding::Count(_) => "例数と百分率",
        Finding::Percent(_) => "百分率とn",
        Finding::Median(_) => "中央値と範囲",
        Finding::WeightedMean(_) => "全体と部分",
        Finding::SameNumbers(_) => "一つの数値と二つの時点",
    }
}

/// "1996–2000".
fn years_of((from, to): (u16, u16)) -> String {
    format!("{from}–{to}年")
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
            "二つの報告であり、一つの試験の二群ではない。差は患者、治療、時代の違いによる可能性がある。".to_owned()
        }
        Caution::SameEstimate => "同じ推定値が二つある。".to_owned(),
        Caution::SharedInfants => "一部の乳児が両方に含まれる可能性があるため、区間は成り立たない。".to_owned(),
        Caution::Era { first, second } => format!(
            "時代：登録期間{}と{}に共通の年がない。",
            years_of(*first),
            years_of(*second)
        ),
        Caution::Middles { first, second } => format!(
            "時代：登録期間は重なり、その中間は{}年と{}年で、{}年離れている。",
            decimal(*first, 1),
            decimal(*second, 1),
            decimal((first - second).abs(), 1)
        ),
        Caution::EraNotStated => "一方または両方の登録年を確認できなかった。".to_owned(),
        Caution::AgeLimit(a, b) => format!("年齢の境界：{}。", of_both(a, b)),
        Caution::Entry(a, b) => format!(
            "組み入れ可能なKMT2A：{}。",
            of_both(evidence_results::eligible(a), evidence_results::eligible(b))
        ),
        Caution::Kmt2aShare { first, second } => format!(
            "KMT2A再構成あり：{}%と{}%。",
            decimal(100.0 * first, 1),
            decimal(100.0 * second, 1)
        ),
        Caution::Kmt2aShareNotStated => "一方または両方で、KMT2A再構成ありの乳児の割合が不明。".to_owned(),
        Caution::Endpoint => "エンドポイントが異なるか、一つが明示されていない：比較しない。".to_owned(),
        Caution::EventDefinition(a, b) => format!("イベントの定義：{}。", of_both(a, b)),
        Caution::TimeOrigin(a, b) => format!("時間の起点：{}。", of_both(a, b)),
        Caution::Time { first, second } => {
            format!("時点：{}年と{}年。", decimal(*first, 1), decimal(*second, 1))
        }
        Caution::TimeNotStated => "一方または両方の時点が記載されていない。".to_owned(),
        Caution::Selected(a, b) => format!("数えられている患者：一方は{}、他方は{}。", reached(*a), reached(*b)),
        Caution::Few(a, b) => format!("患者が少ない：{a}例と{b}例。"),
        Caution::NumberNotStated => "一方または両方の患者数が記載されていない。".to_owned(),
        Caution::LeastStandardError => {
            "標準誤差の一つはこの例数で得られる最小値であり、そのため区間は狭すぎる。".to_owned()
        }
        Caution::UnclearSpread => "記載された±は標準誤差とは限らないため、用いなかった。".to_owned(),
        Caution::SecondHand => "一方または両方は二次資料から読んだものである。".to_owned(),
        Caution::Unchecked => super::own_estimates::CAUTION.to_owned(),
    }
}

/// Why a row of the table cannot be pooled.
#[must_use]
pub fn effect_error(error: &EffectError) -> String {
    match error.why {
        NoEffect::NoStandardError => format!("{}には標準誤差がない", error.id),
        NoEffect::NoVariance => format!(
            "{}には標準誤差がなく、0%または100%ではnから決まる最小値が0となって何も示さない",
            error.id
        ),
        NoEffect::OffTheScale(scale) => format!("{}は{}の尺度では表せない", error.id, scale_name(scale)),
        NoEffect::OtherEndpoint(id) => format!(
            "{}は{id}とエンドポイントが異なるか、一方に明示がない。統合できるのは同じエンドポイントの推定値である",
            error.id
        ),
        NoEffect::SameAs(id) if id == error.id => format!("{id}が二度選ばれている"),
        NoEffect::SameAs(id) => format!("{}は{id}と同じ乳児の同じ推定値である", error.id),
    }
}

/// Why two rows have no difference: what each of them lacks.
#[must_use]
pub fn no_difference(rows: [(&Estimate, Option<Rate>); 2]) -> String {
    let lacks = |(row, rate): (&Estimate, Option<Rate>)| match rate {
        Some(_) => None,
        None if row.is_at_end() => Some(format!(
            "{}は{}%で、nから決まる標準誤差が0となって何も示さない",
            row.id,
            decimal(row.estimate.value(), 1)
        )),
        None => Some(format!("{}には標準誤差がない", row.id)),
    };
    let [(first, _), (second, _)] = rows;
    let unlike = (!first.endpoint.compares_with(second.endpoint)).then(|| {
        format!(
            "{}と{}は同じエンドポイントではない",
            evidence_page::short_endpoint(first.endpoint),
            evidence_page::short_endpoint(second.endpoint)
        )
    });
    let lacks: Vec<String> = unlike.into_iter().chain(rows.into_iter().filter_map(lacks)).collect();
    format!("差は示せない：{}。", lacks.join("；"))
}

/// Why there is no difference on the log(−log) scale, nor a ratio of cumulative hazards, beside one in percentage points.
pub const NO_LOG_LOG: &str =
    "log(−log)尺度の差も累積ハザードの比もない：どちらにも0%と100%の間にある二つの生存率が必要である。";

/// The name of a method of pooling.
#[must_use]
pub fn pool_method(method: PoolMethod) -> &'static str {
    match method {
        PoolMethod::Fixed => "固定効果",
        PoolMethod::DerSimonianLaird => "変量効果（DerSimonian–Laird）",
        PoolMethod::Reml => "変量効果（制限付き最尤法）",
    }
}

/// Why a pooled estimate has no interval.
pub const ALL_ALIKE: &str = "区間なし：推定値に差がなく、Hartung–Knappの標準誤差が0となって何も示さない。\
     「正規分布による区間」を選ぶと区間が得られる";

/// The name of a test of a pooled estimate.
#[must_use]
pub fn pool_test(test: PoolTest) -> &'static str {
    match test {
        PoolTest::Normal => "正規分布による区間",
        PoolTest::HartungKnapp => "Hartung–Knappの区間",
    }
}

/// Why there is no pooled estimate and what would be accepted.
#[must_use]
pub fn pool_error(error: PoolError) -> String {
    match error {
        PoolError::TooFew { found } => format!(
            "推定値{found}件では統合に足りない。少なくとも{FEWEST_POOLED}件、一つずつ除く解析にはさらに1件が必要である"
        ),
        PoolError::BadEffect { row } => format!(
            "{}番目の推定値は、この尺度では有限の値と0より大きい標準誤差をもたない。除くか、別の尺度を選ぶ",
            row + 1
        ),
        PoolError::BadLevel => "水準は0.95のように0と1の間の値とする".to_owned(),
        PoolError::Degenerate => "推定値またはその標準誤差が互いに離れすぎており、重みを付けられない".to_owned(),
    }
}

/// Why a curve cannot be taken back to patients and what would be accepted.
#[must_use]
pub fn reconstruct_error(error: ReconstructError) -> String {
    match error {
        ReconstructError::TooFewPoints { found } => format!("{found}点では足りない。少なくとも2点を入力する"),
        ReconstructError::TooManyPoints { found } => format!("{found}点は多すぎる。{MOST_POINTS}点以下とする"),
        ReconstructError::BadPoint { row } => format!(
            "{}番目の点：0以上の時間と、0から1（または0から100%）の生存率を入力する",
            row + 1
        ),
        ReconstructError::MixedHeights { row } => format!(
            "{}番目の点：高さがほかの点と合わない。すべての高さを0から1の割合で、またはすべてを0から100の百分率で入力する",
            row + 1
        ),
        ReconstructError::Rises { row } => format!(
            "{}番目の点がそれより前の点より上にあるが、生存率は上がらない。点を訂正するか、曲線が累積発生率Fであれば1 − F（百分率では\
             100 − F）を入力する",
            row + 1
        ),
        ReconstructError::NoStart => "リスク集合の人数：最初の項目は時間0で、1人以上でなければならない".to_owned(),
        ReconstructError::BadAtRisk { row } => format!(
            "リスク集合の人数の{}番目：前の項目より後の時間と、前の項目以下の人数を入力する",
            row + 1
        ),
        ReconstructError::TooManyPatients { found } => {
            format!("患者{found}人は多すぎる。{MOST_PATIENTS}人以下とする")
        }
        ReconstructError::TooManyEvents { events, patients } => {
            format!("{events}件のイベントは{patients}人の患者からは導かれない")
        }
    }
}

/// Something that was published and that a reconstruction does not meet.
#[must_use]
pub fn reconstruction_miss(miss: Miss) -> String {
    match miss {
        Miss::AtRisk { published, found } => format!(
            "時間{}でのリスク集合の人数：公表値は{}、復元値は{found}",
            published.time(),
            published.patients
        ),
        Miss::Events { published, found } => format!("イベント数：公表値は{published}、復元値は{found}"),
        Miss::Points { moved, largest } => format!(
            "曲線に上昇がある：{moved}点を、生存率で最大{:.1}%動かした",
            100.0 * largest
        ),
    }
}

/// Why three marks are no axes.
#[must_use]
pub fn axes_error(error: AxesError) -> &'static str {
    match error {
        AxesError::Values => "各軸に異なる二つの数値を入力する",
        AxesError::Places => {
            "二つの軸が交わる角、時間軸に沿って遠く離れた位置、もう一方の軸に沿って高く離れた位置の順に印を付ける"
        }
    }
}

/// Why a curve could not be followed.
#[must_use]
pub fn trace_error(error: TraceError) -> &'static str {
    match error {
        TraceError::OutsideAxes => "その位置は指定した軸の外にある。曲線そのものをクリックする",
        TraceError::NothingThere => "その位置には紙の地から浮き出るものがない。拡大して曲線そのものをクリックする",
        TraceError::TooShort => {
            "そこにあるものは数列の画素で途切れる。曲線が水平に走る位置をクリックするか、点を手で打つ"
        }
    }
}

/// The line that stands beside everything that was reconstructed.
pub const RECONSTRUCTED: &str = "公表された曲線からの復元：その曲線を描く時間の一組であり、患者のデータではない。";

/// What is to be said where nothing but the number at the start was known.
pub const CENSORING_UNKNOWN: &str = "開始時の人数だけが入力された：終わりより前の打ち切りはないものとしたため、\
     打ち切りがあった場合にはイベントが多すぎる。";
