//! The words of the frame of every page, and of the page of changes.

use cotside_core::infant::Infant;

use super::answer::findings_known;

// The head.

/// Opens the list of pages on a narrow screen.
pub const MENU: &str = "메뉴";
/// The page of comparisons with R, a document of its own.
pub const NAV_VALIDATION: &str = "검증";
/// The page of the versions of the rules.
pub const NAV_CHANGES: &str = "변경 이력";
/// The menu of what is known of the program itself.
pub const ABOUT_MENU: &str = "소개";
/// Behind the name of a link that opens a new tab, for screen readers.
pub const NEW_TAB: &str = " (영어, 새 탭에서 열림)";
/// The badge of the head before a file is opened.
pub const SEAL_OPEN: &str = "열린 파일 없음";
/// The badge of the head on a sealed page; `{n}` is how many requests were not refused.
pub const SEAL_SEALED: &str = "통신 차단 중 · 요청 {n}건";
/// The badge of the head where the browser does not enforce the seal.
pub const SEAL_BROKEN: &str = "통신 차단 안 됨";

// The page of changes.

/// Its title.
pub const CHANGES: &str = "규칙 변경 이력";
/// What it lists.
pub const CHANGES_LEAD: &str = "결과가 달라지는 규칙의 정정을 최신 판부터, 근거가 된 출처와 함께 보여 줍니다. 판이 다른 결과는 이 목록 없이 비교할 수 \
     없습니다.";
/// The first version of the rules.
pub const FIRST_RULES: &str = "규칙의 첫 판입니다.";

/// The heading of a version of the rules.
#[must_use]
pub fn rules_version(version: &str, date: Option<&str>) -> String {
    let date = date.map_or_else(String::new, |date| format!(" · {date}"));
    format!("규칙 {version}{date}")
}

/// When the evidence was last read.
#[must_use]
pub fn evidence_read(date: &str) -> String {
    format!("발표 성적 최종 확인일: {date}.")
}

// The first page.

/// Its heading.
pub const HOME: &str = "영아 ALL: 수록된 프로토콜에 따른 분류";

/// What it offers, in a line.
#[must_use]
pub fn home_lead(protocols: usize) -> String {
    format!(
        "한 영아를 {protocols}개의 프로토콜과 분류로 층화합니다. 코호트를 논문 수준으로 분석합니다. 발표 성적을 찾아보고 검산합니다. 모두 이 \
         브라우저 안에서 이루어지며 아무것도 전송하지 않습니다."
    )
}

/// The jobs: one infant, a cohort, the evidence.
pub const JOBS: [&str; 3] = ["한 영아", "코호트", "발표 성적"];
/// Columns of the answers for one infant.
pub const ANSWER_HEADS: [&str; 3] = ["프로토콜", "위험군", "1차 관해기 이식"];
/// What the drawing of the example shows.
pub const PICTURE: &str = "KMT2A 상태별 무사건 생존(예: 모의 데이터 영아 117명, 그림은 영어).";
/// What the page for a cohort does.
pub const COHORT_ABOUT: &str =
    "카플란–마이어 곡선, 경쟁 위험, Cox 회귀, 시간 의존 이식. 방법 문단과 모든 수치를 재현하는 R 스크립트(영어).";
/// Opens the example on the page for a cohort.
pub const OPEN_EXAMPLE: &str = "예 열기";
/// Columns of the estimates: study, event-free survival, of whom.
pub const ESTIMATE_HEADS: [&str; 3] = ["연구", "무사건 생존", "환자"];
/// When an estimate was made.
#[must_use]
pub fn at(years: &str) -> String {
    format!("({years})")
}

/// What can be done with published results: check, compare and pool, digitise.
pub const EVIDENCE_TASKS: [&str; 3] = ["보고된 수치 검산", "비교와 통합", "곡선 수치화"];
/// Leads to all estimates.
pub const BROWSE: &str = "발표 성적 보기";
/// What is known of an infant, as it was measured.
#[must_use]
pub fn known_findings(infant: &Infant) -> String {
    findings_known(infant)
}

/// What is proven: numbers that equal R's, answers by hand, requests, use offline.
pub const PROVEN: [&str; 4] = [
    "개 수치가 R과 일치",
    "개 결과를 손으로 확인",
    "건의 요청(파일을 연 뒤)",
    "첫 방문 뒤에는 네트워크 없이 작동",
];
/// In the place of a number, before the last of them.
pub const OFFLINE: &str = "오프라인";
/// That the study groups have not reviewed the rules.
pub const NO_RULE_REVIEWED: &str = "어떤 규칙도 연구 그룹의 검토를 받지 않았습니다.";

// The list of protocols.

/// Name of the filters.
pub const FILTERS: &str = "표시";
/// The filters: all, recruiting, treatment protocols, prognostic groupings and series.
pub const FILTER_NAMES: [&str; 4] = ["모두", "등록 중", "치료 프로토콜", "예후 분류와 증례군"];
/// Before the search.
pub const SEARCH: &str = "검색";
/// Columns of the list: protocol, groups, limits of age and white cells, CNS, transplant, source.
pub const LIST_HEADS: [&str; 7] = [
    "프로토콜",
    "군",
    "연령 경계",
    "백혈구 수 경계(10⁹/L)",
    "CNS",
    "1차 관해기 이식",
    "출처 확인",
];
/// Where no protocol fits the filters.
pub const NONE_FOUND: &str = "해당하는 프로토콜이 없습니다.";
/// A rule that asks for nothing of a kind.
pub const NO_LIMIT: &str = "–";
/// CNS disease is a criterion of the groups.
pub const CNS_USED: &str = "CNS3";
/// The same, where CNS2 is left open.
pub const CNS_OPEN: &str = "CNS3(CNS2는 기재 없음)";
/// A protocol that had no transplant rule.
pub const NO_TRANSPLANT: &str = "이 프로토콜에는 규칙 없음";
/// A protocol of which no transplant rule was found.
pub const TRANSPLANT_NOT_FOUND: &str = "규칙을 찾지 못함";
/// Writes or opens a protocol of the reader's own.
pub const OWN_BUTTON: &str = "직접 작성한 프로토콜: 작성하거나 열기";
/// Opens the row of a protocol on the page for one infant.
pub const TRY: &str = "영아로 시험";

// A protocol's page.

/// Name of the list of its sections.
pub const CONTENTS: &str = "목차";
/// Where a value lies by the limit, and what holds there.
pub const AT_BOUNDARY: &str = "경계 아래 · 경계값 · 위";
/// The protocols before and after it in the list.
pub const NEIGHBOURS: &str = "다른 프로토콜";

// What is not yet in the catalogue.

/// Of a source without DOI, PMID or registry number.
pub const NO_IDENTIFIER: &str = "식별자를 찾지 못함";
/// Heading of the systems that answer nothing.
pub const SYSTEMS: &str = "아직 답하지 않음: 모든 영아를 분류하는 규칙이 없음";
/// What these systems are.
pub const SYSTEMS_LEAD: &str =
    "규칙을 평가할 수 없는 치료 체계입니다. 각 페이지에 알려진 것, 출처, 없는 것을 적었습니다.";
/// Columns of their list: system, what could be read, what is missing.
pub const SYSTEM_HEADS: [&str; 3] = ["치료 체계", "규칙에 대해 확인된 내용", "없는 것"];
/// Parts of a rule were read.
pub const SYSTEM_IN_PART: &str = "규칙의 일부(모든 영아를 분류하지 못함)";
/// No part of a rule was read.
pub const SYSTEM_NOT_READ: &str = "규칙을 확인하지 못함";
/// That the page of a system says nothing about a child.
pub const SYSTEM_NO_ANSWER: &str = "이 페이지는 개별 영아에 대해 아무것도 답하지 않습니다.";
/// Headings of its page: the rule, further facts, what is missing, outcomes.
pub const SYSTEM_SECTIONS: [&str; 4] = ["규칙에 대해 확인된 내용", "그 밖에 알려진 것", "없는 것", "발표된 성적"];
/// Before the names of systems of which nothing was read.
pub const NOTHING_READ: &str = "쓸 수 있는 정보를 찾지 못한 것:";

/// A system whose rule is that of a protocol of the catalogue.
#[must_use]
pub fn system_same_as(name: &str) -> String {
    format!("{name}의 규칙과 같음(답은 {name}에서 함)")
}

/// Which protocols answer, and which systems are looked for and do not.
pub const IN_CATALOGUE: [&str; 3] = ["수록: ", ". 미수록: ", "."];

// The proof sheet of a rule.

/// Its heading.
pub const PROOF: &str = "가능한 모든 영아에 대한 규칙의 답";
/// What a child is there.
pub const PROOF_LEAD: &str = "규칙이 쓰는 소견의 모든 조합: 범주는 각 값, 수치는 각 경계의 아래·경계·위 값입니다.";
/// Its columns: answer, children.
pub const PROOF_HEADS: [&str; 2] = ["답", "영아 수"];
/// An answer: the protocol does not apply.
pub const PROOF_NOT_ELIGIBLE: &str = "프로토콜 적용 대상 아님";
/// In the place of a number: a group without a child.
pub const PROOF_UNREACHED: &str = "해당 없음: 이 군에는 도달할 수 없음";
/// Heading of the reasons for open answers.
pub const PROOF_OPEN: &str = "답이 미정으로 남는 이유";
/// That conditions of groups do not overlap.
pub const PROOF_NO_OVERLAP: &str = "‘그 밖의 모두’를 제외하면 두 군의 조건을 동시에 충족하는 영아는 없습니다.";
/// Above the pairs of children whom another rule ranks in the opposite order.
pub const PROOF_OPPOSITE: &str = "두 영아를 반대 순서로 분류하는 프로토콜과 소견 차이가 가장 적은 두 영아:";
/// Between reasons.
pub const PROOF_AND: &str = "; ";

/// How many children have one answer, and how many several.
#[must_use]
pub fn proof_counts(children: usize, settled: usize, open: usize) -> String {
    format!("가능한 영아 {children}가지: {settled}가지는 답이 하나로 정해지고 {open}가지는 미정으로 남습니다.")
}

/// Eligible children in no group.
#[must_use]
pub fn proof_no_group(children: usize) -> String {
    format!("대상 영아 중 {children}가지는 어느 군에도 속하지 않습니다.")
}

/// Two groups whose conditions hold together.
#[must_use]
pub fn proof_overlap(first: &str, later: &str, children: usize) -> String {
    format!(
        "{children}가지 영아가 {first}와(과) {later}의 조건을 모두 충족합니다. 먼저 평가되는 {first}(으)로 분류됩니다."
    )
}
