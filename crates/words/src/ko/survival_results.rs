//! The words of survival curves and of groups compared, as reporting guidelines ask for them: n, events, estimate, interval,
//! test, P, and what was left out.

use crate::decimal;
use crate::en::p_in_sentence;
use cotside_core::cohort::FailureAt;
use cotside_core::survival::{NoVariance, NotFollowed, NotTested, RankWeight};

// What is printed, and what is of numbers alone.
pub use crate::en::survival_results::{
    BETWEEN, CHI_SQUARE, IN_MONTHS, IN_YEARS, NONE, P, chi_square, curves_caption, curves_description, interval,
    key_test, percent_with,
};

// ---- Heads of tables

/// Of a table.
pub const GROUP: &str = "군";
/// Of a table.
pub const PATIENTS: &str = "환자";
/// Of a table.
pub const EVENTS: &str = "사건";
/// Of a table.
pub const YEARS: &str = "년";
/// Of a table.
pub const AT_RISK: &str = "위험 대상자 수";
/// Of a table.
pub const ESTIMATE: &str = "추정치, %";
/// Of a table.
pub const SE: &str = "표준오차";

// ---- Patients analysed

/// Heading.
pub const PATIENTS_ANALYSED: &str = "분석 대상 환자";
/// Before the reasons.
pub const NOT_FOLLOWED_UP: &str = "추적할 수 없는 환자:";
/// Heading of a file without follow-up.
pub const NO_SURVIVAL_ANALYSIS: &str = "생존 분석 없음";
/// Below it.
pub const NOBODY_FOLLOWED: &str = "이 파일에는 어느 평가변수까지도 추적할 수 있는 환자가 없습니다.";
/// No patient is left under the settings.
pub const NO_PATIENT: &str =
    "이 평가변수와 설정으로는 분석할 수 있는 환자가 없습니다. 위의 열을 확인하거나 설정을 바꾸십시오.";

/// How many of the patients can be followed to the endpoint.
#[must_use]
pub fn with_follow_up(endpoint: &str, followed: usize, all: usize, events: usize) -> String {
    format!("{endpoint}: 환자 {all}명 중 {followed}명 추적, 사건 {events}건.")
}

/// Patients who are not in any group.
#[must_use]
pub fn without_group(count: usize) -> String {
    format!("군이 미상인 {count}명은 제외합니다.")
}

/// Patients with the reason why they are not analysed.
#[must_use]
pub fn excluded(count: usize, why: &str) -> String {
    format!("{count}명: {why}")
}

// ---- Curves

/// The group where nothing is compared.
pub const ALL_PATIENTS: &str = "모든 환자";
/// An estimate beyond the last observation.
pub const TOO_SHORT: &str = "추적 기간이 너무 짧음";
/// Median follow-up where it does not exist.
pub const NO_MEDIAN_FOLLOW_UP: &str = "추적 기간의 중앙값(역카플란–마이어 방법)에 도달하지 않았습니다.";

/// Median follow-up.
#[must_use]
pub fn median_follow_up(years: f64) -> String {
    format!("추적 기간의 중앙값(역카플란–마이어 방법) {}년.", decimal(years, 2))
}

/// An interval of times, whose ends may not be reached.
#[must_use]
pub fn from_to(lower: &str, upper: &str) -> String {
    format!("{lower}~{upper}")
}

/// A time that is not reached.
pub const NOT_REACHED: &str = "도달하지 않음";

/// Why there is no interval, in its cell.
#[must_use]
pub fn no_interval(why: &str) -> String {
    format!("없음: {why}")
}

/// Why there is no interval, behind an estimate.
#[must_use]
pub fn no_interval_behind(why: &str) -> String {
    format!("(구간 없음: {why})")
}

/// The interval behind an estimate in a sentence.
#[must_use]
pub fn interval_behind(lower: &str, upper: &str, ci: &str) -> String {
    format!("({ci} {})", interval(lower, upper))
}

// ---- Estimates in full, and groups compared

/// Heading.
pub const ESTIMATES: &str = "추정치 상세";
/// Heading.
pub const COMPARISON: &str = "군의 비교";
/// Of a table.
pub const OBSERVED: &str = "관찰 수, 가중";
/// Of a table.
pub const EXPECTED: &str = "기대 수, 가중";
/// Of a table.
pub const PAIR: &str = "쌍";
/// Of a table: corrected for the number of pairs.
pub const P_HOLM: &str = "P(Holm)";
/// Of a table.
#[must_use]
pub fn difference(ci: &str) -> String {
    format!("차이({ci}), 퍼센트포인트")
}
/// Of a table.
pub const RMST: &str = "RMST(표준오차), 년";
/// Of a table.
#[must_use]
pub fn rmst_difference(ci: &str) -> String {
    format!("차이({ci}), 년")
}
/// The group with which the others are compared.
pub const REFERENCE: &str = "기준";
/// A group without follow-up.
pub const NO_FOLLOW_UP: &str = "추적 없음";

/// Why there is no test, as a sentence.
#[must_use]
pub fn no_test(why: &str) -> String {
    format!("검정 없음: {why}.")
}

/// Why there is no test, in a cell or a sentence.
#[must_use]
pub fn no_test_cell(why: &str) -> String {
    format!("검정 없음: {why}")
}

/// Why pairs were not tested.
#[must_use]
pub fn no_tests_of_pairs(why: &str) -> String {
    format!("쌍별 검정 없음: {why}.")
}

/// The test for trend; `test` is its χ², df and P, or why there is none.
#[must_use]
pub fn trend(test: &str) -> String {
    format!(" 군의 순서에 따른 추세 검정: {test}.")
}

/// Two groups, the first compared with the second.
#[must_use]
pub fn versus(first: &str, second: &str) -> String {
    format!("{first} 대 {second}")
}

/// An estimate with the ends of its interval, which may be negative.
#[must_use]
pub fn estimate_to(estimate: &str, lower: &str, upper: &str) -> String {
    format!("{estimate} ({lower}~{upper})")
}

/// Heading of the differences at fixed times.
#[must_use]
pub fn differences_from(first: &str) -> String {
    format!("고정 시점에서 기준과의 차이(기준: {first})")
}

/// Heading of the restricted means.
#[must_use]
pub fn restricted_means(tau: f64, endpoint: &str) -> String {
    format!("{}년까지의 제한평균생존시간(RMST), {endpoint}", decimal(tau, 2))
}

/// A restricted mean with its standard error, or why there is none.
#[must_use]
pub fn mean_with(estimate: &str, std_err: Result<&str, &str>) -> String {
    match std_err {
        Ok(std_err) => format!("{estimate} ({std_err})"),
        Err(why) => format!("{estimate} (표준오차 없음: {why})"),
    }
}

/// When induction failure counts, and on whose word.
#[must_use]
pub fn failure_at(failure_at: FailureAt) -> &'static str {
    match failure_at {
        FailureAt::TimeZero => {
            "관해유도 실패는 시점 0의 사건으로 셉니다. 이는 여기서 선택한 약속이며, 이 페이지를 위해 읽은 출처 가운데 이를 정한 것은 없습니다. 설정으로 그 날짜에 \
             셀 수도 있습니다. 2022년 국제 합의(Buchmann et al., Blood 2022;139:1785–93, doi:10.1182/blood.2021012328, \
             초록 확인)는 각 프로토콜이 미리 정한 시점까지 완전관해에 도달하지 못한 것을 치료 실패로 정의합니다. 그 시점이 언제인지, 언제 사건으로 세는지는 초록에 \
             나와 있지 않습니다."
        }
        FailureAt::ItsDate => {
            "관해유도 실패는 첫 사건의 날짜에 셉니다. 언제 세는지 정한 출처는 이 페이지를 위해 읽은 것 가운데 없습니다. 다른 방법은 시점 0입니다. 2022년 국제 \
             합의(Buchmann et al., Blood 2022;139:1785–93, doi:10.1182/blood.2021012328, 초록 확인)는 각 프로토콜이 미리 정한 시점까지 \
             완전관해에 도달하지 못한 것을 치료 실패로 정의합니다. 그 시점이 언제인지, 언제 사건으로 세는지는 초록에 나와 있지 않습니다."
        }
    }
}

/// Name of a rank test, as it stands within a sentence.
#[must_use]
pub fn rank_test_name(weight: RankWeight) -> String {
    match weight {
        RankWeight::LogRank => "로그순위 검정".to_owned(),
        RankWeight::Gehan => "Gehan–Breslow 검정(일반화 Wilcoxon 검정)".to_owned(),
        RankWeight::TaroneWare => "Tarone–Ware 검정".to_owned(),
        RankWeight::Peto => "Peto–Peto 검정".to_owned(),
        RankWeight::FlemingHarrington { rho, gamma } => {
            format!("Fleming–Harrington 검정({}, {})", decimal(rho, 2), decimal(gamma, 2))
        }
    }
}

/// A rank test: of what, on how many patients and events, and how many had no group; `test` is its χ², df and p.
#[must_use]
pub fn rank_test(
    weight: RankWeight,
    endpoint: &str,
    (patients, events): (usize, usize),
    (by_choice, without_group): (usize, usize),
    test: &str,
) -> String {
    let mut left_out = String::new();
    if by_choice > 0 {
        left_out.push_str(&format!(", 선택에 따라 제외 {by_choice}명"));
    }
    if without_group > 0 {
        left_out.push_str(&format!(", 군이 미상이어서 제외 {without_group}명"));
    }
    let name = rank_test_name(weight);
    format!("{endpoint}의 {name}(환자 {patients}명, 사건 {events}건{left_out}): {test}.")
}

/// A permutation P beside an asymptotic one.
#[must_use]
pub fn permutation(p: f64, assignments: u64, drawn: bool) -> String {
    let how = if drawn {
        format!("무작위로 뽑은 배정 {assignments}가지")
    } else {
        format!("가능한 배정 {assignments}가지 전부")
    };
    format!(
        " 환자가 이렇게 적으면 점근적 P는 믿을 수 없습니다: 순열 검정 {}({how}).",
        p_in_sentence(p)
    )
}

/// What an estimate lacks that has no variance: of whom, in words that fit behind "구간 없음:".
#[must_use]
pub fn no_variance(whom: &str, why: NoVariance) -> String {
    let whom = if whom.is_empty() {
        String::new()
    } else {
        format!("{whom}: ")
    };
    match why {
        NoVariance::NoEvent => format!("{whom}아직 사건이 없음"),
        NoVariance::AllEvents => format!("{whom}남은 위험 대상자 모두에게 사건이 일어남"),
    }
}

/// Why a difference of two groups has neither interval nor p, in words that fit behind "구간 없음:".
#[must_use]
pub fn not_tested(why: NotTested, first: &str, second: &str) -> String {
    let sides = [(first, why.first), (second, why.second)];
    let lacks = sides
        .into_iter()
        .filter_map(|(whom, why)| Some(no_variance(whom, why?)));
    lacks.collect::<Vec<_>>().join("; ")
}

/// Why two groups have no difference at a time.
#[must_use]
pub fn not_followed(why: NotFollowed, first: &str, second: &str) -> String {
    let sides = [(first, why.first), (second, why.second)];
    let missing: Vec<&str> = sides.into_iter().filter(|(_, is)| *is).map(|(whom, _)| whom).collect();
    format!("추적이 그 전에 끝남: {}", missing.join(", "))
}

/// What a reader must know where groups have no variance.
pub const NO_VARIANCE: &str = "어느 군에서 아무에게도 사건이 일어나지 않았거나 남은 위험 대상자 모두에게 일어난 경우, 그 분산은 0이거나 존재하지 않습니다. 구간이나 P값이 다른 \
     군에만 근거하게 되므로 제시하지 않습니다. 전체 추적 기간에 대한 위의 검정에는 그 분산이 필요 없습니다.";

/// Why there are no restricted means.
pub const NO_HORIZON: &str = "제한평균생존시간 없음: 시점 0까지만 추적된 군이 있습니다. 제한할 시점을 지정하십시오.";

/// How survival at fixed times is compared.
pub const FIXED_TIME: &str = "카플란–마이어 추정치의 차이이며 분산은 Greenwood를 따릅니다. 구간과 P는 서로 일치하도록 같은 척도(변환 없음)에서 구합니다. 곡선을 본 뒤에 선택한 \
     시점에서는 P가 너무 작아집니다.";

/// What a restricted mean is.
pub const RESTRICTED_MEAN: &str = "그 시점까지 카플란–마이어 곡선 아래의 면적이며, 비례위험이 필요 없습니다. 첫 번째 군이 기준입니다. 차이의 구간과 P는 연 단위에서 정규 \
     근사로 구합니다.";

/// A restricted mean beyond the last observation.
pub const CARRIED_ON: &str = "사건이 없는 환자가 남은 채 그 시점 전에 끝나는 곡선이 있습니다. 마지막 값을 연장했으며, 그 뒤의 평균은 아무 환자에게도 근거하지 않습니다.";

/// A Kaplan–Meier estimate at one time; shares are in per cent, `whom` is empty where there is one group.
#[must_use]
pub fn survival_at(
    endpoint: &str,
    whom: &str,
    years: f64,
    estimate: &str,
    (patients, events): (f64, f64),
    at_risk: f64,
) -> String {
    let of = if whom.is_empty() {
        String::new()
    } else {
        format!("({whom})")
    };
    format!(
        "{} 시점의 {endpoint}{of}: {estimate}; 전체 추적 기간에 환자 {}명, 사건 {}건, 이 시점의 위험 대상자 {}명.",
        in_years(years),
        decimal(patients, 1),
        decimal(events, 1),
        decimal(at_risk, 1)
    )
}

/// A difference from the first group; `found` is the difference with its interval, `test` its p or why there is neither.
#[must_use]
pub fn difference_from(group: &str, first: &str, years: f64, found: &str, test: Result<f64, NotTested>) -> String {
    let test = match test {
        Ok(p) => format!(", {}", p_in_sentence(p)),
        Err(why) => format!(", 구간과 P 없음({})", not_tested(why, group, first)),
    };
    format!("{}, {group} − {first}: {found} 퍼센트포인트{test}.", in_years(years))
}

pub(super) fn in_years(years: f64) -> String {
    format!("{}년", decimal(years, 2))
}

// The strip of key numbers over the curves.

/// Patients and events.
pub const PATIENTS_EVENTS: &str = "환자 / 사건";

/// Survival of a group at a time: "5년 EFS, germline".
#[must_use]
pub fn at_year(year: &str, endpoint: &str, group: &str) -> String {
    let of = if group.is_empty() {
        String::new()
    } else {
        format!(", {group}")
    };
    format!("{year}년 {endpoint}{of}")
}

/// An interval below a number.
#[must_use]
pub fn key_interval(interval: &str, ci: &str) -> String {
    format!("{ci} {interval}")
}

/// The median in years with its interval; its upper end may not be reached, nor the median itself.
#[must_use]
pub fn median(median: Option<String>, lower: Option<String>, upper: Option<String>) -> String {
    match (median, lower, upper) {
        (None, ..) => "중앙값에 도달하지 않음".to_owned(),
        (Some(median), Some(lower), Some(upper)) => format!("중앙값 {median}년 ({lower}–{upper})"),
        (Some(median), Some(lower), None) => format!("중앙값 {median}년 ({lower}–도달하지 않음)"),
        (Some(median), None, _) => format!("중앙값 {median}년"),
    }
}

/// Of which groups a hazard ratio is.
#[must_use]
pub fn ratio_of_groups(group: &str, reference: &str) -> String {
    versus(group, reference)
}

/// Over a hazard ratio.
#[must_use]
pub fn key_ratio(which: &str, ci: &str) -> String {
    format!("위험비({ci}), {which}")
}

/// Before the P of the test of proportional hazards.
pub const PROPORTIONAL: &str = "비례위험";
