//! Protocols of the reader's own in words: what is asked, what is wrong with a file, where, and what to do.

use crate::numbers::{decimal, grouped};
use cotside_core::protocols::own::{Asks, Fault, Problem, Shape};
use cotside_core::protocols::{AtLimit, IfUnknown, Operator};

/// What stands beside every answer of a reader's own protocol.
pub const OWN_MARK: &str = "직접 작성, 확인되지 않음";

/// What a clause can ask, in a menu.
#[must_use]
pub fn asks(asks: Asks) -> &'static str {
    match asks {
        Asks::YoungerThan => "연령: 미만",
        Asks::AtMostAged => "연령: 이하",
        Asks::Wbc => "백혈구 수",
        Asks::Kmt2aIs => "KMT2A 상태",
        Asks::Kmt2aEstablished => "KMT2A 상태가 확정됨",
        Asks::PartnerIs => "KMT2A 융합 상대",
        Asks::LineageIn => "세포 계열(다음 중 하나)",
        Asks::CnsDisease => "중추신경계 침범",
        Asks::Cns3 => "중추신경계 침범(CNS2는 포함하지 않음)",
        Asks::NoDownSyndrome => "다운증후군 없음",
        Asks::ResponseIs => "프레드니손 반응",
        Asks::InRemission => "완전관해(관해유도 종료 시)",
        Asks::Mrd => "미세잔존질환",
        Asks::Relapsed => "재발 또는 관해유도 실패",
        Asks::SecondRemission => "2차 관해",
        Asks::Donor => "적합한 공여자(입력 항목 없음, 미확정으로 남음)",
        Asks::Treatment => "연구와 같은 치료(입력 항목 없음, 미확정으로 남음)",
    }
}

/// How a number is compared, in a menu.
#[must_use]
pub fn operator_name(operator: Operator) -> &'static str {
    match operator {
        Operator::AtLeast => "이상(≥)",
        Operator::MoreThan => "초과(>)",
    }
}

/// What the sources say of a value exactly at the limit, in a menu.
#[must_use]
pub fn at_limit_name(at_limit: AtLimit) -> &'static str {
    match at_limit {
        AtLimit::Stated => "기재된 대로",
        AtLimit::Disputed => "출처마다 다름",
        AtLimit::Undefined => "정의 없음",
    }
}

/// What is made of a criterion while it is not known, in a menu.
#[must_use]
pub fn if_unknown_name(if_unknown: IfUnknown) -> &'static str {
    match if_unknown {
        IfUnknown::Ask => "군을 정하지 않음",
        IfUnknown::SayCondition => "이를 조건으로 한 결과를 제시",
        IfUnknown::Wait => "적용되지 않음(재발)",
    }
}

/// Where in a file something stands.
#[must_use]
pub fn place(pointer: &str) -> String {
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    let mut words: Vec<String> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        if let Ok(number) = step.parse::<usize>() {
            let entry = index.checked_sub(1).and_then(|before| entry_of(steps[before]));
            words.pop();
            words.push(format!("{} {}", entry.unwrap_or("부분"), number + 1));
        } else {
            words.push(key(step).to_owned());
        }
    }
    if words.is_empty() {
        "파일".to_owned()
    } else {
        words.join(", ")
    }
}

/// One entry of a list.
fn entry_of(list: &str) -> Option<&'static str> {
    Some(match list {
        "sources" => "출처",
        "clauses" => "기준",
        "eligible" => "요건",
        "groups" => "군",
        "conditions" => "조건",
        "outcomes" => "성적",
        "facts" => "그 밖의 결과",
        "pitfalls" => "주의점",
        "open_questions" => "확인하지 못한 사항",
        "values" => "값",
        _ => return None,
    })
}

/// A key of the file.
fn key(key: &str) -> &str {
    match key {
        "format" => "형식",
        "id" => "코드",
        "name" => "이름",
        "family" => "종류",
        "summary" => "요약",
        "sources" => "출처 목록",
        "clauses" => "기준 목록",
        "eligible" => "적격 기준",
        "groups" => "군 목록",
        "organisation" => "연구 그룹",
        "short" => "약칭",
        "reference" => "문헌",
        "identifier" => "식별자",
        "era" => "등록 연도",
        "text" => "본문",
        "note" => "비고",
        "ptd" => "부분 직렬 중복",
        "undetermined_kmt2a" => "확정하지 못한 KMT2A",
        "unknown_response_is_not_poor" => "프레드니손 반응 미상",
        "hsct" => "이식",
        "none_by_protocol" => "이식 규칙 없음",
        "conditions" | "when" | "applies" => "조건",
        "cite" => "인용",
        "source" => "출처",
        "place" => "해당 위치",
        "read" => "출처 확인",
        "is" | "clause" => "기준",
        "not" => "‘해당하지 않음’의 안",
        "all" => "모두",
        "any" => "중 하나",
        "in_group" => "군",
        "test" => "묻는 내용",
        "limit" => "경계",
        "unit" => "단위",
        "operator" => "비교",
        "at_limit" => "경계값과 같은 경우",
        "point" => "시점",
        "value" | "values" => "값",
        "level" => "위험 수준",
        "if_unknown" => "미상인 경우",
        "outcomes" => "발표 성적",
        "population" => "대상",
        "endpoint" => "평가변수",
        "years" => "시점(년)",
        "estimate" => "추정치",
        "spread" => "불확실성",
        "standard_error" => "표준오차",
        "interval95" => "95% 신뢰구간",
        "unclear" => "의미가 불명확한 ±",
        "facts" => "그 밖의 결과",
        "pitfalls" => "주의점",
        "open_questions" => "확인하지 못한 사항",
        other => other,
    }
}

/// What is wrong and what to do about it, as a sentence without its place.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::TooLarge { most } => format!(
            "읽을 수 있는 최대 크기인 {} kB를 넘습니다. 본문을 줄입니다.",
            most / 1024
        ),
        Fault::NotJson { line, column } => format!(
            "{line}번째 줄 {column}번째 글자부터 JSON이 아닙니다. 그 위치나 바로 앞에 빠진 쉼표, 따옴표, 괄호가 있는지 살펴봅니다."
        ),
        Fault::OtherFormat => {
            "‘format’이 ‘cotside-protocol-1’이 아닙니다. 프로토콜 파일이 아니거나 다른 버전의 파일입니다. 프로토콜의 사본에서 시작합니다."
                .to_owned()
        }
        Fault::Missing => "필수 항목입니다.".to_owned(),
        Fault::WrongShape(shape) => format!("여기에 필요한 것: {}.", shape_name(*shape)),
        Fault::UnknownKey(name) => {
            format!("여기에서 쓸 수 없는 항목: ‘{name}’. 삭제하거나 철자를 확인합니다.")
        }
        Fault::UnknownCode { found, known } => format!(
            "여기에서 쓸 수 없는 값: ‘{found}’. 다음 중 하나를 사용합니다: {}.",
            known.join(", ")
        ),
        Fault::BadId => "영문 소문자, 숫자, 하이픈을 사용하며 60자 이내로 합니다.".to_owned(),
        Fault::IdTaken => {
            "수록된 프로토콜이 이 코드를 쓰고 있습니다. 혼동하지 않도록 다른 코드를 붙입니다.".to_owned()
        }
        Fault::Duplicate(id) => format!("두 번 나오는 코드: ‘{id}’. 하나의 이름을 바꾸거나 삭제합니다."),
        Fault::TextTooLong { most } => format!(
            "본문이 {}자를 넘습니다. 줄입니다.",
            grouped(*most as f64)
        ),
        Fault::NameTaken(name) => format!(
            "이 이름은 수록된 프로토콜({name})과 구별되지 않습니다. 혼동하지 않도록 다른 이름을 붙입니다."
        ),
        Fault::UnseenCharacter(character) => format!(
            "보이지 않거나 글의 방향을 바꾸는 문자(U+{:04X})가 있습니다. 삭제하거나 본문을 다시 입력합니다.",
            u32::from(*character)
        ),
        Fault::ControlCharacter => "줄바꿈이나 다른 제어 문자가 있습니다. 한 줄로 씁니다.".to_owned(),
        Fault::TooMany { most } => format!("항목이 {most}개를 넘습니다. 일부를 삭제합니다."),
        Fault::TooDeep { most } => {
            format!("조건이 {most}단계보다 깊이 중첩되어 있습니다. 더 얕게 씁니다.")
        }
        Fault::OutOfRange { low, high } => format!(
            "범위를 벗어났습니다. 옆에 표시된 단위로 {}부터 {}까지의 수를 입력합니다.",
            decimal(*low, 3),
            grouped(*high)
        ),
        Fault::NoSuchSource(id) => {
            format!("코드가 ‘{id}’인 출처가 없습니다. 추가하거나 다른 출처를 고릅니다.")
        }
        Fault::NoSuchClause(id) => {
            format!("코드가 ‘{id}’인 기준이 없습니다. 추가하거나 다른 기준을 고릅니다.")
        }
        Fault::NoSuchGroup(id) => format!("코드가 ‘{id}’인 군이 없습니다. 있는 군 중에서 고릅니다."),
        Fault::NoCitation => "필수: 출처. 기관 내 규칙도 출처가 됩니다.".to_owned(),
        Fault::NoEligibility => "필수: 적어도 연령 경계를 추가합니다.".to_owned(),
        Fault::NoGroups => "필수: 군을 추가합니다. 단일군이면 ‘그 밖의 모든 경우’인 군 하나를 둡니다.".to_owned(),
        Fault::EmptyCondition => "필수: 기준을 추가하거나 이 부분을 삭제합니다.".to_owned(),
        Fault::GroupWithinGroup => {
            "군의 조건에는 군을 지정할 수 없습니다. 앞의 군은 이미 판정되었습니다. 기준을 사용합니다.".to_owned()
        }
        Fault::TooManyWays { ways, most } => format!(
            "소견의 조합이 {}가지로, 시험하는 최대 {}가지를 넘습니다. 서로 다른 경계의 수를 줄입니다.",
            grouped(*ways as f64),
            grouped(*most as f64)
        ),
        Fault::NobodyEnters => "이 모두를 충족하는 영아가 없습니다. 서로 배제합니다.".to_owned(),
        Fault::GroupNeverReached => {
            "이 군에 속하는 영아가 없습니다. 앞의 군이 모두를 포함하거나 기준이 서로 배제합니다.".to_owned()
        }
        Fault::SomeInNoGroup => {
            "적격인 영아 가운데 어느 군에도 속하지 않는 영아가 있습니다. 마지막 군을 ‘그 밖의 모든 경우’로 합니다.".to_owned()
        }
        Fault::OthersNotLast => {
            "그 밖의 모든 영아가 여기에 속하므로 뒤의 군에는 도달하지 않습니다. 맨 끝으로 옮깁니다.".to_owned()
        }
        Fault::ClauseNotUsed => "이 기준을 쓰는 규칙이 없습니다. 사용하거나 삭제합니다.".to_owned(),
        Fault::SourceNotUsed => "이 출처는 인용되지 않았습니다. 인용하거나 삭제합니다.".to_owned(),
        Fault::LevelUnlikeName => "이름으로는 다른 위험 수준으로 보입니다. 둘 다 확인합니다.".to_owned(),
        Fault::IntervalBesideEstimate => "추정치가 구간 밖에 있습니다. 출처에서 둘 다 확인합니다.".to_owned(),
    }
}

fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "문자열",
        Shape::Number => "수",
        Shape::WholeNumber => "정수",
        Shape::List => "목록 [ … ]",
        Shape::Object => "객체 { … }",
    }
}

/// What is wrong, with its place in words, on one line.
#[must_use]
pub fn own_problem(problem: &Problem) -> String {
    let place = place(&problem.place);
    let pointer = if problem.place.is_empty() {
        String::new()
    } else {
        format!("({})", problem.place)
    };
    format!("{place}{pointer}: {}", fault(&problem.fault))
}
