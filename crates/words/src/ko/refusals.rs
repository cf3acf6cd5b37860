//! Why a file or a plan of a pooled analysis is refused.

use cotside_core::federated::limits::{Limit, Refusal};
use cotside_core::federated::log::LogFault;
use cotside_core::federated::mask::MaskFault;
use cotside_core::federated::{FileFault, MOST_BYTES, MOST_DEPTH, VERSION, Why};

use crate::exchanged::translated;

/// What is wrong, and what helps, without a full stop.
pub(super) fn why(why: &Why) -> String {
    match why {
        Why::File(fault) => format!("{}. 파일을 다시 요청하십시오", file(fault)),
        Why::Shape(text) => format!("{}. 같은 버전의 프로그램으로 만든 파일을 요청하십시오", of_core(text)),
        Why::Other { found, expected } => {
            format!("파일의 값 {found}, 필요한 값 {expected}. 이 계획서와 라운드의 파일을 요청하십시오")
        }
        Why::NoSuchSite(site) => {
            format!("계획서에 없는 기관: {site}. 기관은 계획서의 design.sites 필드에 있습니다")
        }
        Why::Twice(site) => {
            format!("기관 {site}의 내용이 다른 두 번째 파일. 기관마다 파일 하나를 주십시오")
        }
        Why::Missing(site) => {
            format!("기관 {site}의 파일이 없음. 마스크는 모든 기관이 있어야만 상쇄됩니다")
        }
        Why::NoFile => "합계 파일이 없음. 각 기관의 파일을 주십시오".to_owned(),
        Why::Length { found, expected } => {
            format!("수치 {found}개, 계획서가 요구하는 것은 {expected}개. 이 계획서의 파일을 요청하십시오")
        }
        Why::Number(text) => format!("있을 수 없는 수치: {}. 기관에 파일을 다시 요청하십시오", of_core(text)),
        Why::Counts(text) => format!("{}. 기관에 파일을 다시 요청하십시오", of_core(text)),
        Why::Impossible(text) => format!(
            "{}: 이 사건 수를 가진 어떤 행에서도 나올 수 없는 크기. 기관에 파일을 다시 요청하십시오",
            of_core(text)
        ),
        Why::Plan(text) => format!("{}. 계획서를 수정하십시오", of_core(text)),
        Why::Site(text) | Why::Sharing(text) => of_core(text),
        Why::Limit(refusal) => limit(refusal),
        Why::Log(fault) => format!(
            "{}. 이 기관이 마지막으로 저장한 로그를 열거나 새 로그를 시작하십시오",
            log(fault)
        ),
        Why::Mask(fault) => format!("{}. 키를 다시 요청하십시오", mask(fault)),
    }
}

/// What takes the place of a file's name in a refusal.
pub(super) fn of_file(name: &str) -> &str {
    match name {
        "plan" => "계획서",
        "input" => "입력",
        "total" => "총계",
        "log" => "로그",
        "key" => "키",
        "summary" => "합계",
        name => name,
    }
}

/// Why a text is no file of the program.
pub(super) fn file(fault: &FileFault) -> String {
    match fault {
        FileFault::TooLarge { bytes } => format!("{bytes}바이트, 읽을 수 있는 것은 최대 {MOST_BYTES}바이트"),
        FileFault::NotJson { line, column } => format!("{line}행 {column}열에서 JSON이 아님"),
        FileFault::NotObject => "객체가 아님".to_owned(),
        FileFault::DoubledKey { field } => format!("두 번 나오는 필드: {field}"),
        FileFault::TooDeep { field } => format!("{field}의 중첩이 {MOST_DEPTH}단계보다 깊음"),
        FileFault::NumberTooLarge { field } => format!("{field}의 값이 2^53 이상인 정수"),
        FileFault::NotCanonical => "정규형이 아님".to_owned(),
        FileFault::NoHash => "sha256이 없음".to_owned(),
        FileFault::WrongHash { stated, found } => format!("적힌 sha256은 {stated}, 내용의 sha256은 {found}"),
    }
}

/// Why a log cannot be continued.
pub(super) fn log(fault: &LogFault) -> String {
    match fault {
        LogFault::File(fault) => file(fault),
        LogFault::OtherKind => format!("버전 {VERSION}의 로그가 아님"),
        LogFault::Shape(text) => of_core(text),
        LogFault::Inconsistent { field } => format!("나머지 내용과 맞지 않는 필드: {field}"),
        LogFault::OtherSite { found, expected } => format!("기관 {expected}의 로그가 아니라 기관 {found}의 로그"),
        LogFault::OtherPatients => "이 파일의 환자가 로그에 한 명도 없음".to_owned(),
    }
}

fn mask(fault: &MaskFault) -> String {
    match fault {
        MaskFault::NotHex => "16진수 64자리가 아님".to_owned(),
        MaskFault::Size { index } => format!("수치 {index}번이 유한하지 않거나 10^12를 초과함"),
        MaskFault::NotMasked { index } => format!("마스크된 수치 {index}번이 16진수 32자리가 아님"),
        MaskFault::Length { found, expected, .. } => {
            format!("마스크된 수치 {found}개, 필요한 것은 {expected}개")
        }
        MaskFault::NotWhole { index } => format!("총계 {index}번이 인원수가 아님"),
    }
}

fn limit(refusal: &Refusal) -> String {
    let earlier = if refusal.earlier.is_empty() {
        String::new()
    } else {
        format!(", 이전 파일: {}", refusal.earlier.join(", "))
    };
    format!(
        "{}(실제 {}, 한도 {}, {}{earlier}). {}",
        limit_met(refusal.limit),
        refusal.found,
        refusal.limit_value,
        refusal.limit.code(),
        remedy(refusal.limit)
    )
}

/// What is wrong.
fn limit_met(limit: Limit) -> &'static str {
    match limit {
        Limit::SmallestCell => "적은 인원",
        Limit::Complement => "적은 인원을 드러내는 인원",
        Limit::SmallestN | Limit::PatientsPerColumn => "환자가 너무 적음",
        Limit::OtherSites => "다른 기관의 환자가 너무 적음",
        Limit::SmallestEvents => "사건이 너무 적음",
        Limit::LargestShare => "공변량의 변동에서 환자 한 명이 차지하는 몫이 너무 큼",
        Limit::LargestValue => "합계에서 값 하나가 차지하는 몫이 너무 큼",
        Limit::PrecisionBits => "환자 수에 비해 정밀도가 너무 높음",
        Limit::RoundsMax => "계획서의 라운드가 너무 많음",
        Limit::RoundsPerSelection => "같은 환자에 대한 라운드가 너무 많음",
        Limit::Coefficients => "요구된 계수가 너무 큼",
        Limit::EffectiveN => "요구된 계수가 너무 적은 환자를 두드러지게 함",
        Limit::Columns => "공변량 열이 너무 많음",
        Limit::Sites => "마스크를 쓰는 계획서에서 기관은 전부 제공하거나 아무것도 제공하지 않으며, 기관은 3개 이상임",
        Limit::Numbers => "환자의 값보다 수치가 많음",
        Limit::Difference => "소수 환자의 합계가 도출됨",
        Limit::ChangedRows => "이전 파일 이후 소수의 환자가 추가, 삭제 또는 변경됨",
        Limit::OtherData => "이전 라운드와 환자 또는 값이 다름",
        Limit::SameRound => "같은 라운드의 다른 파일",
        Limit::SiteList => "이전 계획서와 기관이 하나만 다름",
    }
}

/// What helps.
fn remedy(limit: Limit) -> &'static str {
    match limit {
        Limit::SmallestN | Limit::PatientsPerColumn | Limit::SmallestEvents => {
            "마스크된 총계를 쓰는 계획서나 공변량이 더 적은 계획서를 요청하십시오"
        }
        Limit::OtherSites => "기관이 더 많은 계획서를 요청하십시오",
        Limit::SmallestCell | Limit::Complement => "수준을 더 넓게 나눈 계획서나 이 분석이 없는 계획서를 요청하십시오",
        Limit::LargestShare | Limit::LargestValue => "로그를 쓰거나 큰 값을 잘라 내는 계획서를 요청하십시오",
        Limit::PrecisionBits => "정밀도는 계획서의 표준대로 두십시오",
        Limit::RoundsMax => "라운드가 더 적은 계획서를 요청하십시오",
        Limit::RoundsPerSelection | Limit::Numbers => "이 환자들에 대해서는 더 이상 보내지 마십시오",
        Limit::Coefficients | Limit::EffectiveN => "이 계수가 어떻게 나왔는지 총괄 담당자에게 확인하십시오",
        Limit::Columns => "공변량이 더 적은 계획서를 요청하십시오",
        Limit::Sites => "다른 계획서를 요청하십시오",
        Limit::Difference => "정확히 같은 환자에 대한 계획서나 다른 환자에 대한 계획서를 요청하십시오",
        Limit::ChangedRows => "연구가 끝날 때까지 이전 데이터를 쓰거나, 변경이 더 쌓인 뒤 새로운 시도를 요청하십시오",
        Limit::OtherData => {
            "그때와 같은 파일과 같은 추적 종료 시점으로 제공하거나, 새로운 시도로 라운드 1부터의 계획서를 다시 요청하십시오"
        }
        Limit::SameRound => "이전 파일을 다시 보내거나 새로운 시도를 요청하십시오",
        Limit::SiteList => "이전 기관 목록에 따른 계획서를 요청하십시오",
    }
}

/// A text of the core; one that is not known stands as it is.
pub(super) fn of_core(text: &str) -> String {
    translated(TEXTS, text).unwrap_or_else(|| text.to_owned())
}

/// Texts of the core and their translations, as [`translated`] reads them.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    // The shape of files.
    ("missing", "빠져 있음"),
    ("a number without a mask", "마스크가 없는 수치"),
    (
        "a mask in a plan without masks",
        "마스크를 쓰지 않는 계획서에 마스크가 있음",
    ),
    (
        "the plan does not take {} of {} together",
        "계획서는 {1}의 수준({0})을 합치지 않음",
    ),
    ("the plan does not ask for it", "계획서가 요구하지 않음"),
    ("not 64 hexadecimal digits", "16진수 64자리가 아님"),
    ("missing field {} at {}", "필드 {0} 없음({1})"),
    ("missing field {}", "필드 {0} 없음"),
    ("unknown field {}, expected {}", "알 수 없는 필드 {0}, 올바른 것은 {1}"),
    ("unknown variant {}, expected {}", "알 수 없는 값 {0}, 올바른 것은 {1}"),
    ("duplicate field {}", "필드 {0} 중복"),
    ("invalid type: {}, expected {}", "형이 다름: {0}, 올바른 것은 {1}"),
    (
        "invalid value: {}, expected {}",
        "값이 올바르지 않음: {0}, 올바른 것은 {1}",
    ),
    (
        "invalid length {}, expected {}",
        "길이가 올바르지 않음: {0}, 올바른 것은 {1}",
    ),
    // Counts that contradict each other, and sums that no rows give.
    ("{} events of {} patients", "환자 {1}명에 사건 {0}건"),
    ("{} in the parts, {} in all", "부분 합계 {0}, 전체 {1}"),
    ("{} for column {}", "열 {1}의 {0}"),
    (
        "a unit below 0 or above the range of its column",
        "0 미만이거나 열의 범위를 넘는 단위",
    ),
    ("the matrix has a negative eigenvalue", "행렬에 음의 고윳값이 있음"),
    ("more events in the cells than in all", "구간의 사건이 전체보다 많음"),
    ("the causes are not those of the plan", "원인이 계획서의 것이 아님"),
    (
        "the ends of the cells are not ends of the plan in their order",
        "구간의 끝이 계획서의 끝을 그 순서대로 나열한 것이 아님",
    ),
    ("the groups are not those of the plan", "군이 계획서의 것이 아님"),
    ("more leave than there are", "이탈하는 인원이 남아 있는 인원보다 많음"),
    ("the groups do not add to n", "군의 합이 n이 되지 않음"),
    ("more than the patients", "환자 수보다 많음"),
    ("more values in the groups than in all", "군의 값이 전체보다 많음"),
    ("a sum of squares that is too small", "너무 작은 제곱합"),
    (
        "the masks do not cancel: a site used another plan or another key",
        "마스크가 상쇄되지 않음: 다른 계획서나 다른 키를 쓴 기관이 있음",
    ),
    // Plans that contradict themselves.
    (
        "a name of letters, digits, - and _, at most 40, is needed",
        "글자, 숫자, -, _로 된 40자 이내의 이름이 필요함",
    ),
    (
        "“{}” is no name of letters, digits, - and _",
        "‘{0}’: 글자, 숫자, -, _로 된 이름이 아님",
    ),
    ("a site is there twice", "같은 기관이 두 번 나옴"),
    ("at least two sites are needed", "기관이 두 개 이상 필요함"),
    (
        "masks need three sites: of two, each learns the other's sums",
        "마스크에는 기관이 세 개 필요함: 두 개이면 서로 상대의 합계를 알게 됨",
    ),
    (
        "the unit is day, week, month or year",
        "단위는 day, week, month, year 중 하나",
    ),
    ("at least one cause is needed", "원인이 하나 이상 필요함"),
    ("at most 10 columns", "열은 최대 10개"),
    ("there is no model", "모형이 없음"),
    (
        "{} coefficients are needed, one a column",
        "계수 {0}개(열마다 하나)가 필요함",
    ),
    (
        "the coefficients lie beyond what is asked of a site (Σ R|β| above 6)",
        "계수가 기관에 요구하는 범위를 벗어남(Σ R|β|가 6 초과)",
    ),
    ("from 1 to {} rounds", "라운드는 1부터 {0}까지"),
    ("beyond design.cox.rounds_max", "design.cox.rounds_max 초과"),
    ("counts from 1", "1부터 셈"),
    (
        "a bound between 0 and 1 standard errors",
        "표준오차의 0배에서 1배 사이의 한도",
    ),
    ("only round 1 has none", "이것이 없는 것은 라운드 1뿐임"),
    (
        "no groups, strata, covariate or variable of Table 1 with levels has this name",
        "수준이 있는 군, 층, 공변량, 표 1의 변수 가운데 이 이름을 가진 것이 없음",
    ),
    ("the plan has no level “{}” of it", "계획서에 그 수준 ‘{0}’ 없음"),
    (
        "all levels would be one; leave two apart",
        "모든 수준이 하나가 됨. 두 개는 나누어 두십시오",
    ),
    (
        "ascending numbers are needed, at least two cuts",
        "오름차순의 수, 구분값 두 개 이상이 필요함",
    ),
    (
        "at least two different levels are needed",
        "서로 다른 수준이 두 개 이상 필요함",
    ),
    (
        "finite lo below hi, and a scale other than 0, are needed",
        "유한하고 hi보다 작은 lo와 0이 아닌 scale이 필요함",
    ),
    ("a covariate is there twice", "같은 공변량이 두 번 나옴"),
    ("an offset needs Cox's model", "오프셋에는 Cox 모형이 필요함"),
    ("a test of groups needs groups", "군의 검정에는 군이 필요함"),
    (
        "curves need the ends of cells of time",
        "곡선에는 시간 구간의 끝이 필요함",
    ),
    (
        "curves and Gray's test take neither delayed entry nor weights",
        "곡선과 Gray 검정은 지연 진입도 가중치도 지원하지 않음",
    ),
    (
        "the log-rank test takes no weights",
        "로그순위 검정은 가중치를 지원하지 않음",
    ),
    (
        "fits of single sites cannot be masked",
        "개별 기관의 적합은 마스크할 수 없음",
    ),
    ("Cox's model needs a covariate", "Cox 모형에는 공변량이 필요함"),
    ("the analysis cox needs its settings", "분석 cox에는 그 설정이 필요함"),
    (
        "without strata the ends of cells are needed, and neither strata, delayed entry, weights nor an offset",
        "층화하지 않으면 구간의 끝이 필요하고, 층, 지연 진입, 가중치, 오프셋은 모두 쓸 수 없음",
    ),
    (
        "a cell of no length has no risk sets; begin after 0",
        "길이가 없는 구간에는 위험 집합이 없음. 0보다 뒤에서 시작하십시오",
    ),
    // A site's file or choice that does not fit the plan.
    (
        "{} of {} may not be taken together; ask for a plan that allows it",
        "{1}의 수준({0})은 합칠 수 없음. 그것을 허용하는 계획서를 요청하십시오",
    ),
    (
        "follow-up cannot end at {}; give a time above 0 that ends an interval of the plan ({})",
        "{0}에서는 추적을 끝낼 수 없음. 0보다 크고 계획서의 구간이 끝나는 시점을 지정하십시오({1})",
    ),
    (
        "no patient of this file is left; look at the conditions and the variables",
        "이 파일의 환자가 한 명도 남지 않음. 조건과 변수를 확인하십시오",
    ),
    (
        "{}; correct the times of this file",
        "{0*}. 이 파일의 시간을 고치십시오",
    ),
    (
        "{}; correct the weights of this file",
        "{0*}. 이 파일의 가중치를 고치십시오",
    ),
    (
        "the plan has rules {}, this program {}; use the program with the plan's rules, or ask for a plan with these",
        "계획서의 규칙 {0}, 이 프로그램의 규칙 {1}. 계획서의 규칙을 가진 프로그램을 쓰거나 이 프로그램의 규칙에 따른 계획서를 요청하십시오",
    ),
    (
        "this file has no such variable, or none with a known value; give it a column of this name or meaning",
        "이 파일에 그 변수가 없거나 값이 알려진 것이 없음. 이 이름이나 의미의 열을 추가하십시오",
    ),
    (
        "“{}” is not a number; the plan takes it as one",
        "‘{0}’: 수가 아니지만 계획서는 수로 다룸",
    ),
    (
        "the catalogue has no such protocol; `cotside protocols` lists them",
        "수록되지 않은 프로토콜. 목록은 `cotside protocols` 명령으로 표시됩니다",
    ),
    ("the protocol has no group {}", "프로토콜에 없는 군: {0}"),
    (
        "the data dictionary has no level {}; correct the plan",
        "데이터 사전에 없는 수준: {0}. 계획서를 수정하십시오",
    ),
    (
        "this file has “{}”, the plan knows {}; use the plan's words in the file, or ask for a plan with this level",
        "이 파일의 값 ‘{0}’, 계획서에 있는 값은 {1}. 파일에서 계획서의 용어를 쓰거나 이 수준이 있는 계획서를 요청하십시오",
    ),
    (
        "no such code: {}; correct the plan",
        "없는 코드: {0}. 계획서를 수정하십시오",
    ),
    (
        "{} is not counted from {}; correct the plan",
        "{0}: {1}부터 계산하지 않음. 계획서를 수정하십시오",
    ),
    (
        "this file has events of the kind {}, which the plan does not count; ask for a plan with this cause",
        "이 파일에 계획서가 세지 않는 종류의 사건 {0} 있음. 이 원인이 있는 계획서를 요청하십시오",
    ),
    (
        "no patient of this file has a time to {}",
        "이 파일에 {0}까지의 시간이 있는 환자가 없음",
    ),
    (
        "a value below 0 has no logarithm; correct the file",
        "0 미만의 값에는 로그가 없음. 파일을 고치십시오",
    ),
    (
        "the plan has the unit {}, the data dictionary {}; ask for a plan in this unit",
        "계획서의 단위 {0}, 데이터 사전의 단위 {1}. 데이터 사전의 단위로 된 계획서를 요청하십시오",
    ),
    (
        "a value lies outside {} to {}; ask for a plan with wider cuts",
        "{0}에서 {1}까지의 범위를 벗어난 값이 있음. 구분값이 더 넓은 계획서를 요청하십시오",
    ),
    (
        "the catalogue has no protocol {}; correct the plan",
        "수록되지 않은 프로토콜: {0}. 계획서를 수정하십시오",
    ),
    // Keys.
    (
        "keys are for plans with masked sums; this plan shares the sums of each site",
        "키는 합계를 마스크하는 계획서에 쓰임. 이 계획서는 각 기관의 합계를 공유합니다",
    ),
    (
        "this plan masks all numbers; give the site's own key and the key it received",
        "이 계획서는 모든 수치를 마스크함. 기관 자신의 키와 받은 키를 주십시오",
    ),
    (
        "the own key goes from {} to {}; give that file",
        "필요한 자기 기관의 키: {0} → {1}. 그 파일을 주십시오",
    ),
    (
        "the received key goes from {} to {}; give that file",
        "필요한 받은 키: {0} → {1}. 그 파일을 주십시오",
    ),
    (
        "a key of another plan; give the keys of this one",
        "다른 계획서의 키. 이 계획서의 키를 주십시오",
    ),
    // Warnings of the pooled model.
    (
        "no site gave sums of Cox's model",
        "Cox 모형의 합계를 제공한 기관이 없음",
    ),
    (
        "the sites changed between rounds; the estimates are those of this round's sites",
        "라운드 사이에 기관이 바뀌었습니다. 추정치는 이 라운드 기관들의 것입니다",
    ),
    (
        "the rounds of the plan ended before the estimates settled",
        "추정치가 안정되기 전에 계획서의 라운드가 끝났습니다",
    ),
    (
        "{}: no information on this coefficient beside the others; there are no estimates",
        "{0}: 다른 계수와 구별되는 이 계수의 정보가 없습니다. 추정치가 없습니다",
    ),
    (
        "the coefficients grow beyond what is asked of a site; there are no finite estimates",
        "계수가 기관에 요구하는 범위를 넘어 커집니다. 유한한 추정치가 없습니다",
    ),
    (
        "standard errors are the naive ones: with weights they are not robust",
        "표준오차는 보정하지 않은 것입니다: 가중치가 있으나 로버스트하지 않습니다",
    ),
    // Times, labels and weights of a file.
    ("no row", "행이 없음"),
    ("no event", "사건이 없음"),
    ("fewer than two groups", "군이 두 개 미만"),
    ("the statistic has no variance", "통계량에 분산이 없음"),
    (
        "the test has no variance with case weights",
        "가중치가 있으면 이 검정에 분산이 없음",
    ),
    ("a coefficient without a finite estimate", "유한한 추정치가 없는 계수"),
    ("an event at time 0", "시간 0의 사건"),
    (
        "row {}: a time that is not finite or below 0",
        "행 {0}: 유한하지 않거나 0 미만인 시간",
    ),
    ("row {}: an entry that is not finite", "행 {0}: 유한하지 않은 진입 시점"),
    (
        "row {}: the entry is not before the time",
        "행 {0}: 진입 시점이 시간보다 앞서지 않음",
    ),
    (
        "row {}: a weight that is not between 1e-100 and 1e100",
        "행 {0}: 1e-100과 1e100 사이에 있지 않은 가중치",
    ),
    ("row {}: an offset that is not finite", "행 {0}: 유한하지 않은 오프셋"),
    (
        "row {}: covariate {} is not finite or too large",
        "행 {0}: 공변량 {1} 값이 유한하지 않거나 너무 큼",
    ),
];
