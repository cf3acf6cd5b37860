//! What the page of a custom protocol says.

pub use crate::en::own_page::{PATIENTS, Section, WHITE_CELLS};

/// The heading.
pub const TITLE: &str = super::page::OWN;
/// The sentence below it.
pub const LEAD: &str = "논문, 프로토콜 본문 또는 기관 내 규칙에서 프로토콜을 작성합니다. 변경할 때마다 검사하고, 영아로 시험하고, 수록된 프로토콜과 나란히 \
     보여 주며, 파일로 저장합니다.";
/// The button of the file chooser.
pub const OPEN: &str = "파일 열기";
/// The button that saves.
pub const SAVE: &str = "파일로 저장";
/// Where it lives.
pub const LIVES: &str = "저장할 때까지 이 탭 안에만 있으며 아무것도 전송하지 않습니다. 공유하려면 파일을 보냅니다. 여기나 ‘층화’에서 열면 확인되지 않음으로 \
     표시됩니다. 수록을 제안하려면 파일을 출처와 함께 프로젝트에 보냅니다.";
/// On Stratify: before the link, the link, and behind it.
pub const BESIDE: [&str; 3] = [
    "",
    "이 페이지",
    "에서 작성했거나 동료에게서 받은 프로토콜 파일을 위의 소견에 적용합니다. 파일은 이 탭 안에서 읽으며 어디에도 보내지 않습니다.",
];
/// The button of the file chooser there.
pub const BESIDE_OPEN: &str = "직접 작성한 프로토콜 추가(파일)";
/// A button that takes a protocol out of those beside the catalogue.
#[must_use]
pub fn remove_file(name: &str) -> String {
    format!("{name} 제거")
}
/// A file with errors.
#[must_use]
pub fn cannot_be_used(file: &str, errors: usize) -> String {
    format!("{file} 파일을 사용할 수 없습니다. 문제 {errors}건을 고쳐야 합니다.")
}

/// What a draft starts from.
pub const START: &str = "시작점";
/// The template.
pub const START_TEMPLATE: &str = "서식: 연령, KMT2A, 백혈구 수";
/// Nothing.
pub const START_EMPTY: &str = "빈 입력란";
/// A file that was opened.
pub const START_FILE: &str = "파일";
/// A copy of a protocol.
#[must_use]
pub fn copy_of(name: &str) -> String {
    format!("{name} 사본")
}

/// The heading of the list of problems.
pub const CHECK: &str = "검사";
/// There are no problems.
pub const NO_ERRORS: &str = "오류 없음. 출처의 내용과 일치하는지 확인합니다.";
/// There are remarks alone.
pub const USABLE: &str = "사용할 수 있습니다. 살펴볼 점:";
/// What is to be fixed before it can be used.
#[must_use]
pub fn to_fix(errors: usize) -> String {
    format!("이 프로토콜을 사용하려면 문제 {errors}건을 고쳐야 합니다:")
}
/// What is to be filled in before it can be used.
#[must_use]
pub fn to_complete(missing: usize) -> String {
    format!("입력할 항목({missing}개)")
}
/// A copy that sorts otherwise and has the outcomes of the original.
#[must_use]
pub fn outcomes_of(original: &str) -> String {
    format!(
        "이 사본은 원본({original})과 다르게 영아를 분류하지만 원본의 발표 성적이 그대로 남아 있습니다. 그 성적은 원본의 군에 대한 것입니다. \
         ‘발표 성적’에서 삭제할 수 있습니다."
    )
}

/// The trial's heading.
pub const TRY: &str = "시험";
/// Its menu.
pub const FINDINGS_OF: &str = "소견의 예";
/// The menu once a finding was changed.
pub const OTHER_INFANT: &str = "다른 영아";
/// An infant of the published series.
#[must_use]
pub fn of_series(number: usize) -> String {
    super::page::severance_patient(number)
}
/// A finding that is not known.
pub const UNKNOWN: &str = "미상";
/// While the draft cannot be used.
pub const NO_ANSWER_YET: &str = "프로토콜이 완성되면 위험군이 여기에 표시됩니다.";
/// The infant is not one for the protocol.
pub const NOT_APPLICABLE: &str = "적용 외";
/// The heading of the rows.
pub const BESIDE_THE_OTHERS: &str = "같은 영아에 대한 수록된 프로토콜과의 비교 표시";
/// The heading of the table of examples.
pub const ON_THE_EXAMPLES: &str = "예";
/// Its first column.
pub const EXAMPLE: &str = "예";
/// Its column of the draft.
pub const YOURS: &str = "직접 작성";
/// Its column of the protocol of which the draft is a copy.
#[must_use]
pub fn in_catalogue(name: &str) -> String {
    format!("{name}(수록)")
}
/// Beside an answer that is not that of the original.
pub const DIFFERS: &str = "다름";
/// The heading of the rule.
#[must_use]
pub fn whole_rule(name: &str) -> String {
    format!("{name} 전문")
}
/// Above it.
pub const NOT_CHECKED: &str = "직접 작성, 확인되지 않음: 이 정의를 출처와 대조한 사람이 없습니다.";

/// The heading of earlier versions of the rules.
pub const VERSIONS: &str = "규칙의 버전";
/// There is no earlier version.
#[must_use]
pub fn first_version(version: &str) -> String {
    format!("규칙 {version}: 첫 버전입니다. 정정이 있으면 그 출처, 그에 따라 바뀌는 결과와 함께 여기에 적습니다.")
}
/// The menu of versions.
pub const COMPARE_WITH: &str = "비교할 버전";
/// The present version in that menu.
#[must_use]
pub fn present(version: &str) -> String {
    format!("{version}(현재)")
}
/// Above the corrections.
pub const CORRECTED_SINCE: &str = "그 뒤의 정정";
/// Above what they change for the infant.
pub const ANSWERS_FOR_INFANT: &str = "이 영아에서 바뀌는 결과";
/// Nothing.
pub const SAME_FOR_INFANT: &str = "이 영아에서 바뀌는 결과가 없습니다.";
/// Above what they change for the examples.
pub const ANSWERS_FOR_EXAMPLES: &str = "예에서 바뀌는 결과";
/// Nothing.
pub const SAME_FOR_EXAMPLES: &str = "예에서 바뀌는 결과가 없습니다.";
/// What an answer was and is.
#[must_use]
pub fn then_and_now(protocol: &str, then: &str, now: &str) -> String {
    format!("{protocol}: 이전 {then}, 현재 {now}.")
}

/// A clause that does not ask anything yet.
pub const UNFINISHED: &str = "미완성";
/// A clause whose question is not complete.
#[must_use]
pub fn unfinished(asks: &str) -> String {
    format!("{asks} …")
}

/// Names.
pub const ABOUT: Section = ("개요", "");
/// Sources.
pub const SOURCES: Section = (
    "출처",
    "모든 기재는 출처 하나를 인용합니다. 다른 출처를 고를 때까지 첫째 출처를 사용합니다. 기관 내 규칙도 출처가 됩니다. 버전과 날짜를 적습니다.",
);
/// Clauses.
pub const CLAUSES: Section = (
    "기준",
    "각 기준은 영아에 대해 한 가지를 묻습니다. 한 번만 적으면 아래 규칙에서 기준을 조합합니다.",
);
/// Eligibility.
pub const ELIGIBILITY: Section = (
    "적격 기준",
    "모두 충족해야 합니다. 위험군이 아니라 영아가 프로토콜의 대상인지를 정하는 기준입니다.",
);
/// Groups.
pub const GROUPS: Section = (
    "위험군",
    "이 순서로 판정하며 처음으로 조건을 충족한 군으로 합니다. 마지막은 보통 ‘그 밖의 모든 경우’입니다.",
);
/// Results that are not clear.
pub const UNCLEAR: Section = (
    "불명확한 결과",
    "아무것도 기재되어 있지 않으면 모든 해석이 가능한 것으로 남고, 결과에 그 사실을 밝힙니다.",
);
/// Transplant.
pub const TRANSPLANT: Section = ("1차 관해기 이식", "");
/// Outcomes.
pub const OUTCOMES: Section = (
    "발표 성적",
    "발표된 추정치입니다. 각 추정치는 발표한 연구의 군에 대한 것입니다. 해당하지 않는 것은 삭제합니다.",
);
/// What has no controls.
pub const FURTHER: Section = (
    "그 밖의 기재",
    "사본이나 파일에 들어 있던 것으로, 규칙과 함께 표시됩니다. 파일에서 변경할 수 있습니다.",
);

/// The label of a name.
pub const NAME: &str = "이름";
/// The label of an id.
pub const CODE: &str = "코드";
/// Who runs it.
pub const STUDY_GROUP: &str = "연구 그룹";
/// Which kind it is.
pub const TYPE: &str = "종류";
/// What it does.
pub const SUMMARY: &str = "위험 분류(한 문장)";
/// When it enrolled.
pub const ENROLMENT: &str = "등록 연도(한 문장)";
/// A source in short.
pub const SHORT: &str = "약칭";
/// A source in full.
pub const REFERENCE: &str = "문헌";
/// A source's number.
pub const IDENTIFIER: &str = "DOI, PMID 또는 등록번호";
/// Which source is cited.
pub const SOURCE: &str = "출처";
/// Where in it.
pub const PLACE: &str = "해당 위치";
/// How it was read.
pub const READ: &str = "출처 확인";
/// A note to a clause.
pub const NOTE: &str = "비고";
/// What a clause asks.
pub const ASKS: &str = "기준";
/// The limit of an age.
pub const LIMIT: &str = "경계";
/// The unit of an age.
pub const UNIT: &str = "단위";
/// Days of age.
pub const DAYS: &str = "일";
/// Months of age.
pub const MONTHS: &str = "개월";
/// How a number is compared.
pub const COMPARED: &str = "비교";
/// What a value at the limit is.
pub const AT_LIMIT: &str = "경계값과 같은 경우";
/// When residual disease is measured.
pub const MEASURED: &str = "시점";
/// Residual disease.
pub const FRACTION: &str = "세포의 비율";
/// A value.
pub const RESULT: &str = "결과";
/// Above a limit of age that is not one of infancy.
pub const OLDER_CHILDREN: &str = "12개월 초과: 이 경계로는 더 이상 영아가 아닌 아이도 프로토콜의 대상이 됩니다.";
/// What an infant must meet.
pub const REQUIRED: &str = "필요한 기준";
/// And while it is not known.
pub const IF_UNKNOWN: &str = "미상인 경우";
/// A group's name.
pub const GROUP_NAME: &str = "군(프로토콜에서 쓰는 이름)";
/// A group's place on the scale.
pub const RISK_LEVEL: &str = "위험 수준";
/// A group without one.
pub const NO_LEVEL: &str = "위험 수준 없음";
/// Above a group's condition.
pub const GROUP_IF: &str = "영아가 이 군에 속하는 조건";
/// The text of the transplant rule.
pub const RULE_TEXT: &str = "프로토콜 원문";
/// Above the transplant rule's condition.
pub const TRANSPLANT_IF: &str = "이식을 하는 조건";
/// There was no transplant rule.
pub const NO_TRANSPLANT: &str = "이 프로토콜에 이식 규칙이 없었음이 알려져 있음";
/// Above the further conditions of the transplant rule.
pub const TRANSPLANT_CONDITIONS: &str = "이식의 조건(1차 관해, 공여자, 미세잔존질환 등)";
/// Whom an outcome describes.
pub const POPULATION: &str = "대상";
/// Which infants of the protocol they are.
pub const APPLIES: &str = "해당하는 영아";
/// An outcome's endpoint.
pub const ENDPOINT: &str = "평가변수";
/// An estimate in percent.
pub const ESTIMATE: &str = "추정치(%)";
/// The time of an estimate.
pub const YEARS: &str = "시점(년)";
/// The uncertainty of an estimate.
pub const UNCERTAINTY: &str = "기재된 불확실성";
/// Kinds of it, in the order of `SpreadKind::ALL`.
pub const UNCERTAINTIES: [&str; 4] = ["없음", "표준오차", "95% 신뢰구간", "의미가 불명확한 ±"];
/// The value of a standard error, or of a ±.
pub const SPREAD: &str = "±(%)";
/// The lower limit of an interval.
pub const FROM: &str = "하한(%)";
/// The upper limit of an interval.
pub const TO: &str = "상한(%)";
/// What a source says of an unclear result.
pub const STATEMENT: &str = "기재 내용";
/// Unclear results: place in the file, and what is stated.
pub const STATEMENTS: [(&str, &str); 3] = [
    (
        "/ptd",
        "부분 직렬 중복은 재배열 있음도 재배열 없음도 아니라고 출처에 기재되어 있음",
    ),
    (
        "/undetermined_kmt2a",
        "확정하지 못한 KMT2A 상태는 재배열 있음도 재배열 없음도 아니라고 출처에 기재되어 있음",
    ),
    (
        "/unknown_response_is_not_poor",
        "프레드니손 반응이 미상이면 불량으로 보지 않는다고 본문에 기재되어 있음",
    ),
];
/// Lists without controls: place in the file, and what they are called.
pub const LISTS: [(&str, &str); 3] = [
    ("/facts", "그 밖의 결과"),
    ("/pitfalls", "주의점"),
    ("/open_questions", "확인하지 못한 사항"),
];
/// Lists of the form: place, and the button that adds an entry.
pub const ADD: [(&str, &str); 6] = [
    ("/sources", "출처 추가"),
    ("/clauses", "기준 추가"),
    ("/eligible", "요건 추가"),
    ("/groups", "군 추가"),
    ("/hsct/conditions", "조건 추가"),
    ("/outcomes", "성적 추가"),
];

/// A button that takes an entry away.
pub const REMOVE: &str = "삭제";
/// The same with what it takes away: an entry of a list by its place, and its number.
#[must_use]
pub fn remove(list: &str, number: usize) -> String {
    let what = match list {
        "/sources" => "출처",
        "/clauses" => "기준",
        "/eligible" => "요건",
        "/groups" => "군",
        "/hsct/conditions" => "조건",
        _ => "성적",
    };
    format!("{what} {number} 삭제")
}
/// How many entries a list without controls has.
#[must_use]
pub fn entries(count: usize, name: &str) -> String {
    format!("{name} {count}건 ")
}
/// A button that takes all entries of a list away.
pub const REMOVE_ALL: &str = "모두 삭제";
/// A button that moves a group.
pub const EARLIER: &str = "앞으로";
/// The same with the group.
#[must_use]
pub fn earlier(number: usize) -> String {
    format!("군 {number} {EARLIER}")
}
/// The fold of what is said of an entry besides.
pub const DETAILS: &str = "세부 사항";

/// A condition's menu.
pub const CONDITION: &str = "조건";
/// The menu of a part.
pub const PART: &str = "조건의 부분";
/// Nothing was chosen yet.
pub const CHOOSE: &str = "선택…";
/// There is no transplant rule.
pub const NO_RULE: &str = "규칙을 찾지 못함";
/// All others.
pub const ALL_OTHERS: &str = "그 밖의 모든 경우";
/// All patients of the study.
pub const ALL_PATIENTS: &str = "모든 환자";
/// The opposite.
#[must_use]
pub fn not(what: &str) -> String {
    format!("다음에 해당하지 않음: {what}")
}
/// A group.
#[must_use]
pub fn group(name: &str) -> String {
    format!("군: {name}")
}
/// All parts.
pub const ALL_OF: &str = "다음 모두…";
/// Any part.
pub const ANY_OF: &str = "다음 중 하나…";
/// The opposite of what is below.
pub const NOT: &str = "다음에 해당하지 않음(…)";
/// What is below, without its "not".
pub const WITHOUT_NOT: &str = "‘해당하지 않음’ 제거";
/// A condition below others than can be shown.
pub const TOO_DEEP: &str = "여기에 표시할 수 있는 깊이를 넘음";
/// The button that takes a part away.
pub const REMOVE_PART: &str = "이 부분 삭제";
/// The button that adds a part.
pub const ADD_PART: &str = "+ 부분";
/// The same with what it does.
pub const ADD_PART_TO: &str = "이 조건에 부분 추가";
/// Where something was read, in the line of a fold.
#[must_use]
pub fn cited(source: &str, section: &str) -> String {
    if section.is_empty() {
        format!("출처: {source}")
    } else {
        format!("출처: {source}, {section}")
    }
}
/// An outcome in a line.
#[must_use]
pub fn outcome(population: &str, endpoint: &str, estimate: &str, years: &str) -> String {
    let population = if population.is_empty() { POPULATION } else { population };
    let years = if years.is_empty() {
        String::new()
    } else {
        format!("({years}년)")
    };
    format!("{population}: {endpoint} {estimate}%{years}")
}

/// Between a name and what is said of it.
pub const COLON: &str = ": ";
