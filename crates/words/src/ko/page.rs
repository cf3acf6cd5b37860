//! The words of the page itself. What stands in English alone comes with the glob.

use cotside_core::infant::Severity;
use cotside_core::protocols::{Group, IfUnknown, Truth};

pub use crate::en::page::*;

// Everywhere.

/// What is read before the head is passed over.
pub const SKIP: &str = "본문으로 이동";
/// Name of the list of pages.
pub const PAGES: &str = "페이지";
/// The page for one infant.
pub const NAV_STRATIFY: &str = "층화";
/// The page for a cohort.
pub const NAV_ANALYSE: &str = "코호트 분석";
/// The pages of the rules.
pub const NAV_PROTOCOLS: &str = "프로토콜";
/// Published outcomes.
pub const NAV_EVIDENCE: &str = "발표 성적";
/// Planning of studies.
pub const NAV_PLAN: &str = "연구 계획";
/// What it is for.
pub const NAV_ABOUT: &str = "사용 목적";
/// What is sent and stored.
pub const NAV_PRIVACY: &str = "개인정보 보호";
/// Name of the list of languages.
pub const LANGUAGES: &str = "언어";
/// That no clinician has read the translation.
pub const UNREVIEWED: &str =
    "이 한국어 번역은 아직 임상의의 검토를 받지 않았습니다. 프로토콜의 조문, 주석, 출처는 원문 그대로 표시합니다.";

/// Which rules, evidence and program this is.
#[must_use]
pub fn versions(rules: &str, evidence: &str, program: &str, build: &str) -> String {
    format!("규칙 {rules}, 문헌 확인일 {evidence}, Cotside {program}, 빌드 {build}. ")
}

// Titles of pages.

/// The page for one infant.
pub const STRATIFY: &str = "영아 층화";
/// The page for a cohort.
pub const ANALYSE: &str = "코호트 분석";
/// The list of rules.
pub const PROTOCOLS: &str = "프로토콜 목록";
/// A protocol of the reader's own.
pub const OWN: &str = "직접 작성한 프로토콜";
/// Published outcomes.
pub const EVIDENCE: &str = "발표 성적";
/// Title of the page of pooled analyses.
pub const COMBINE: &str = "여러 병원의 통합 분석";
/// Planning of studies.
pub const PLAN: &str = "연구 계획";
/// What it is for.
pub const ABOUT: &str = "소개와 사용 목적";
/// What is sent and stored.
pub const PRIVACY: &str = "개인정보 보호";
/// An address without a page.
pub const NOT_FOUND: &str = "페이지를 찾을 수 없음";

// The form.

/// The form's heading.
pub const FINDINGS: &str = "소견";
/// A finding that was not given.
pub const UNKNOWN: &str = "미상";
/// A fraction of cells, as a unit.
pub const FRACTION: &str = "비율";
/// Name of the unit switch of the white cell count.
pub const WBC_UNIT: &str = "백혈구 수의 단위";
/// Name of the switch between ways to give the age.
pub const AGE_WAYS: &str = "연령 입력 방법";
/// Age in days.
pub const DAYS: &str = "일";
/// Age in completed months.
pub const MONTHS: &str = "월";
/// Age from dates.
pub const DATES: &str = "날짜";

/// Name of the button that opens a definition.
#[must_use]
pub fn what_is(field: &str) -> String {
    format!("‘{field}’의 정의")
}

/// Name of a field's unit switch.
#[must_use]
pub fn unit_of(field: &str) -> String {
    format!("{field}의 단위")
}

/// What stands before an issue.
#[must_use]
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "참고: ",
        Severity::Contradiction => "모순되어 사용하지 않음: ",
        Severity::Invalid => "사용하지 않음: ",
    }
}

/// How many findings of a stage are known.
#[must_use]
pub fn known(count: usize) -> String {
    match count {
        0 => "입력 없음".to_owned(),
        known => format!("{known}개 입력"),
    }
}

// Examples and the banner.

/// The menu of examples.
pub const EXAMPLES: &str = "예시";
/// Its first line.
pub const CHOOSE: &str = "선택…";
/// Examples from publications.
pub const PUBLISHED: &str = "발표된 예";
/// Examples that were made up.
pub const MADE_UP: &str = "경계의 가상 예";
/// The banner over an example.
pub const EXAMPLE: &str = "예시이며 실제 환자가 아님";
/// The banner over findings from a link.
pub const FROM_LINK: &str = "링크에서 연 소견";
/// What to do with findings from a link.
pub const FROM_LINK_MORE: &str = "결과를 읽기 전에 소견을 하나씩 확인하십시오.";
/// The banner over a row of a file.
pub const FROM_FILE: &str = "파일의 한 행";
/// Behind the banner's title, when something was changed.
pub const CHANGED: &str = "(변경됨)";
/// Between the banner's title and its text.
pub const STOP: &str = ". ";
/// Empties the form for a patient.
pub const CLEAR_FOR_MINE: &str = "지우고 내 환자 입력";
/// Over findings that were typed.
pub const YOURS: &str = "내 환자. ";
/// What is done with them.
pub const YOURS_MORE: &str = "이 탭 안에만 있으며 저장되거나 전송되지 않습니다.";
/// Empties the form.
pub const CLEAR: &str = "지우기";

/// Name and description of the examples, in their order.
pub const EXAMPLE_WORDS: [(&str, &str); 6] = [
    (
        "생후 4주 남아(Blood 2019;133:205)",
        "Brown, Pieters, Biondi, Blood 2019;133:205의 증례 1: 생후 4주(28일) 남아, 백혈구 수 1,100 × 10⁹/L, KMT2A::MLLT1, \
         뇌척수액 백혈구 38/µL, 림프모구 있음.",
    ),
    (
        "경계: 179일, 중추신경계 침범 없음",
        "MLL-10의 경계인 180일보다 하루 적은 가상의 영아입니다.",
    ),
    (
        "경계: 183일, 6개월 경과 여부 미확정",
        "183일 된 가상의 영아로, 역월로 6개월이 지났는지는 날짜에 따라 다릅니다.",
    ),
    (
        "경계: 백혈구 수 정확히 300 × 10⁹/L",
        "출처마다 다른 경계값(300 이상, 300 초과)과 같은 가상의 영아입니다.",
    ),
    (
        "KMT2A 부분 직렬 중복",
        "KMT2A 부분 직렬 중복이 있는 가상의 영아이며, 이는 재배열이 아닙니다.",
    ),
    (
        "서로 모순되는 소견",
        "모든 소견이 참일 수 없는 가상의 영아: CNS1이나 뇌척수액에 모세포가 있고, 반응 양호이나 모세포 1,500/µL.",
    ),
];

/// A patient of the Severance series.
#[must_use]
pub fn severance_patient(number: usize) -> String {
    format!("세브란스 증례군 환자 {number}")
}

/// What the banner says of a patient of the Severance series.
#[must_use]
pub fn severance_about(patient: &str) -> String {
    format!("{patient}(Lee et al. 2011, 표에 기재된 대로).")
}

// The answers.

/// Their heading.
pub const ANSWERS: &str = "각 프로토콜에 따른 이 영아의 분류";
/// Leads from the form to them.
pub const TO_ANSWERS: &str = " 결과 보기";
/// The heading of what is missing.
pub const NEXT: &str = "다음으로 알면 유용한 소견";
/// Where nothing is missing.
pub const NEXT_NONE: &str = "없음. 미상인 소견 가운데 결과를 바꿀 것이 없습니다.";
/// Before the protocols that a finding decides.
pub const DECIDES: &str = "이것으로 결정:";
/// Before the protocols that it may decide.
pub const MAY_DECIDE: &str = "결정될 수 있음:";
/// Before the protocols that it narrows.
pub const NARROWS: &str = "관련:";
/// The heading of the disagreements.
pub const DISAGREEMENTS: &str = "프로토콜 간 차이";
/// Where there are none.
pub const DISAGREEMENTS_NONE: &str = "이 영아를 분류하는 프로토콜은 모두 같은 단계에 둡니다.";

/// How many protocols say what.
#[must_use]
pub fn tally(all: usize, assigned: usize, open: usize, not_applicable: usize) -> String {
    format!("전체 {all}개: 군 결정 {assigned}, 미확정 {open}, 해당 없음 {not_applicable}.")
}

/// How many findings are folded.
#[must_use]
pub fn more(count: usize) -> String {
    format!("{count}개 더")
}

// The tools over the rows.

/// Before the menu of orders.
pub const SORT: &str = "정렬 ";
/// The orders: as catalogued, highest first, open first, by name.
pub const ORDERS: [&str; 4] = ["시기·연구 그룹순", "고위험부터", "미확정부터", "이름순"];
/// Before the menu of what is shown.
pub const SHOW: &str = "표시 ";
/// What is shown: all, applicable, with a group, open, trials.
pub const SHOWS: [&str; 5] = [
    "전체",
    "적용되거나 적용될 수 있음",
    "군 결정",
    "미확정",
    "치료 프로토콜",
];
/// Opens every row.
pub const OPEN_ALL: &str = "모두 열기";
/// Closes every row.
pub const CLOSE_ALL: &str = "모두 닫기";
/// Where the filter leaves none.
pub const NONE_LIKE_THAT: &str = "이 소견에서 조건에 맞는 프로토콜이 없습니다.";

/// How many of the rows are shown.
#[must_use]
pub fn shown(count: usize, all: usize) -> String {
    format!("{all}개 중 {count}개")
}

/// What is folded under the rows.
pub const BESIDE: &str = "직접 작성한 프로토콜과 규칙의 이전 버전";

// A row.

/// Heads over the rows: protocol, risk group, because, transplant, event-free survival.
pub const ROW_HEADS: [&str; 5] = [
    "프로토콜",
    "위험군",
    "판정 근거",
    "1차 관해기 이식",
    "공표된 EFS, % (95% CI)",
];
/// Sections of the rows: recent, earlier, prognostic groupings and series.
pub const SECTIONS: [&str; 3] = ["최근 프로토콜", "이전 프로토콜", "예후 분류와 증례군"];
/// The section of protocols that are not for this child.
pub const NOT_APPLICABLE_SECTION: &str = "적용 외";
/// Over the states of the transplant rules.
pub const STRIP_TRANSPLANT: &str = "1차 관해기 이식";
/// Over the counts of published outcomes.
pub const STRIP_OUTCOME: &str = "공표된 EFS";
/// Over the findings that would change an answer.
pub const STRIP_MISSING: &str = "추가 확인 시 결과가 달라지는 소견";
/// Where no finding would.
pub const STRIP_MISSING_NONE: &str = "없음: 결과를 바꿀 미입력 소견이 없습니다.";
/// Parts below the rows: differences, outcomes, several patients, custom protocols.
pub const TABS: [&str; 4] = ["프로토콜 간 차이", "모든 치료 성적", "여러 환자", "사용자 프로토콜"];
/// Name of the list of these parts.
pub const TABS_NAME: &str = "이 영아에 대한 추가 정보";
/// Below the rows: how marks are read.
pub const ROWS_KEY: &str = "채운 표시: 이 영아와 같은 군. 빈 표시: 더 넓은 집단. 선: 95% CI(점선은 표준오차에서 계산). 시기, 대상, 평가변수가 달라 치료 비교가 아닙니다. 행을 열면 기준, 이식 규칙, 성적, 출처가 표시됩니다.";
/// The first column of the table of criteria.
pub const CRITERION: &str = "기준";
/// Below the table of criteria.
pub const CRITERIA_KEY: &str = "✓ 해당, ✗ 해당 없음, ? 미상, – 군 구분에 쓰지 않음.";
/// Where all protocols put the child on one level.
pub const CRITERIA_AGREE: &str = "이 영아를 분류하는 프로토콜은 모두 일치합니다.";
/// The row of the table of criteria that has the risk groups.
pub const CRITERIA_GROUP: &str = "위험군";
/// Leads from the answers back to the findings, on a phone.
pub const TO_FINDINGS: &str = "소견";
/// A finding that is not known, on a small button.
pub const UNKNOWN_MARK: &str = "?";
/// Over the findings that few rules ask for.
pub const MORE_FINDINGS: &str = "추가 소견";
/// Copies the summary.
pub const COPY_SUMMARY: &str = "요약 복사";
/// Shows the text with rules and sources.
pub const FULL_TEXT: &str = "전체 텍스트";
/// Name of the copied summary.
pub const SUMMARY_LABEL: &str = "요약";
/// A row without a published survival.
pub const NONE_PUBLISHED: &str = "찾지 못함";
/// Behind the name of a series.
pub const SERIES: &str = " 증례군";
/// Behind the name of prognostic groups.
pub const PROGNOSTIC: &str = " 예후 분류";
/// The answer of a protocol that is not for this child.
pub const NOT_APPLICABLE: &str = "해당 없음";
/// A group without a place on the scale.
pub const OFF_SCALE: &str = "척도 외";
/// Before the population of an outcome that is of such children only if an open clause holds.
pub const IF: &str = " 해당하는 경우: ";
/// Before a population that children of other groups belong to as well.
pub const WIDER: &str = " 더 넓은 집단: ";

/// What a protocol that is not for this child asks for.
#[must_use]
pub fn asks_for(clause: &str) -> String {
    format!("적격 기준: {clause}")
}

/// Headings of an open row.
pub const CLAUSE_BY_CLAUSE: &str = "조항별 판정";
/// What each missing finding would decide.
pub const MISSING: &str = "미상인 소견과 그에 따라 결정되는 것";
/// What would change the answer.
pub const CHANGES: &str = "결과가 바뀌는 조건";
/// The transplant rule.
pub const TRANSPLANT: &str = "1차 관해기의 조혈모세포이식";
/// Before what the transplant rule reads, in a row.
pub const TRANSPLANT_SHORT: &str = "이식: ";
/// Before the transplant rule as it is worded.
pub const ITS_RULE: &str = " 규칙 원문: ";
/// Published outcomes of such children.
pub const PUBLISHED_FOR: &str = "이러한 영아의 발표 성적";
/// Where there are none.
pub const PUBLISHED_NONE: &str = "이 군의 발표 성적을 찾지 못했습니다.";
/// What is easily got wrong.
pub const PITFALLS: &str = "주의점";
/// The references.
pub const SOURCES: &str = "출처";
/// The link to a protocol's page, in two pieces around its name.
pub const WHOLE_RULE: (&str, &str) = ("", " 규칙 전문");

/// Whether a clause holds.
#[must_use]
pub const fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "해당",
        Truth::False => "비해당",
        Truth::Unknown => "미상",
    }
}

/// Columns of the clauses.
pub const HOLDS: &str = "판정";
/// A clause.
pub const CLAUSE: &str = "조항";
/// What was found.
pub const THIS_CHILD: &str = "이 영아";
/// The part that a clause plays.
pub const FOR: &str = "용도";
/// A source.
pub const SOURCE: &str = "출처";

// Published outcomes.

/// Columns: population, endpoint, time, n, estimate, uncertainty.
pub const POPULATION: &str = "대상";
/// What was counted.
pub const ENDPOINT: &str = "평가변수";
/// When.
pub const TIME: &str = "시점";
/// The number.
pub const ESTIMATE: &str = "추정값";
/// Its spread.
pub const UNCERTAINTY: &str = "불확실성";
/// What is not printed.
pub const NOT_STATED: &str = "기재 없음";
/// Behind a population to which the child may belong.
pub const IF_SO: &str = " (해당하는 경우)";
/// Behind a population that children of other groups belong to as well.
pub const WIDER_SO: &str = " (더 넓은 집단)";
/// The sign of per cent behind a number.
pub const PERCENT: &str = "%";
/// How to read the drawings.
pub const OUTCOMES_KEY: &str = "점: 발표된 추정값. 선: 기재된 95% 구간. 파선: 기재된 표준오차로부터 log(−log) 척도에서 여기서 계산한 구간. 선 없음: \
     그릴 수 있는 불확실성이 없음. 빈 점: 이 영아의 군보다 넓은 집단 또는 해당할 수 있는 집단. 대상 집단, 시기, 평가변수가 서로 다르므로 비교가 아닙니다.";

/// A time in years.
#[must_use]
pub fn years(years: &str) -> String {
    format!("{years}년")
}

/// An outcome in a few words.
#[must_use]
pub fn brief(endpoint: &str, estimate: &str, years: Option<&str>, n: Option<u32>) -> String {
    let years = years.map_or_else(|| "시점 기재 없음 ".to_owned(), |years| format!("{years}년"));
    let n = n.map_or_else(|| "n 기재 없음".to_owned(), |n| format!("n = {n}"));
    format!("{years} {endpoint} {estimate}%, {n}")
}

// Taking the answer along.

/// Copies a text.
pub const COPY_NOTE: &str = "기록용 텍스트 복사";
/// Prints.
pub const PRINT: &str = "인쇄(1쪽)";
/// Makes a link.
pub const COPY_LINK: &str = "이 소견의 링크";
/// When it was copied.
pub const COPIED: &str = "클립보드에 복사했습니다. ";
/// Before the text.
pub const PLAIN_TEXT: &str = "텍스트:";
/// Name of the text's field.
pub const NOTE_LABEL: &str = "기록용 텍스트";
/// What a link holds.
pub const LINK_ABOUT: &str = "이 링크를 여는 사람은 소견을 볼 수 있습니다. 소견은 # 뒤에 있으며 서버로 전송되지 않습니다. 라벨과 날짜는 포함하지 않습니다.";

// Several patients.

/// Their heading.
pub const PATIENTS: &str = "여러 환자";
/// What to drop.
pub const DROP: &str = "환자 파일(CSV, Excel, OpenDocument, SPSS, Stata, SAS, R, jamovi)을 여기에 놓습니다. 한 행에 환자 한 명, 진단 시 소견을 열로 둡니다. 빈칸은 미상입니다. \
     파일은 이 탭 안에서 읽으며 어디에도 보내지 않습니다.";
/// Beside the place for files before the page is sealed.
pub const SEAL_OPEN: &str =
    "파일을 열기 전에 페이지를 봉인합니다. 그 뒤 브라우저는 이 페이지의 모든 요청을 거부합니다.";
/// On a sealed page; `{n}` is how many requests were refused.
pub const SEAL_SEALED: &str = "봉인됨. 브라우저가 이 페이지의 요청을 거부합니다. 지금까지 거부한 요청: {n}건";
/// Where the browser does not keep to the seal.
pub const SEAL_BROKEN: &str = "이 브라우저는 봉인을 지키지 않습니다. 그래도 페이지는 자신의 사이트에만 연결합니다.";
/// The link to the page Privacy.
pub const SEAL_MORE: &str = "이것의 의미";
/// Chooses a file.
pub const CHOOSE_FILE: &str = "파일 선택";
/// Opens the series.
pub const LOAD_SEVERANCE: &str = "세브란스 증례군 불러오기";
/// Name of the series as a file.
pub const SEVERANCE_FILE: &str = "세브란스 증례군(Lee et al. 2011), 예시";
/// A file to look at.
pub const SAMPLE_FILE: &str = "견본 파일";
/// Instead of the table, of a file without findings.
pub const NO_FINDINGS: &str = "소견으로 인식된 열이 없습니다. 위에서 각 열의 내용을 지정합니다.";
/// Name of the table.
pub const PATIENTS_TABLE: &str = "환자별 결과";
/// Takes the table along.
pub const DOWNLOAD_TABLE: &str = "표를 CSV로 저장";
/// First column of the table.
pub const PATIENT: &str = "환자";
/// Heading of the remarks.
pub const ROW_REMARKS: &str = "각 행에 대한 참고";
/// A cell in which every group is possible.
pub const ANY_GROUP: &str = "미확정";

/// Between groups of which one is the child's, in a cell.
pub const OR: &str = " 또는 ";
/// A protocol that is not for a child, in a cell.
pub const N_A: &str = "해당 없음";

/// A group in a cell.
#[must_use]
pub fn group<'p>(group: &Group<'p>) -> &'p str {
    super::group_name(group)
}

/// How many patients the table shows of more.
#[must_use]
pub fn first_rows(count: usize) -> String {
    format!("표에는 처음 {count}명만 표시됩니다. 저장하는 파일에는 모두 들어 있습니다.")
}

/// How many patients a file holds.
#[must_use]
pub fn patients(name: &str, count: usize) -> String {
    format!("{name}: 환자 {count}명.")
}

/// Name of the button that opens a row in the form.
#[must_use]
pub fn open_row(label: &str) -> String {
    format!("{label} 입력란에 열기")
}

/// The label of a row without one.
#[must_use]
pub fn row(number: usize) -> String {
    format!("{number}행")
}

/// What is said of a row.
#[must_use]
pub fn row_remark(row: usize, line: u64, columns: &str, issue: &str, used: bool) -> String {
    let not_used = if used { "" } else { " 사용하지 않음." };
    format!("{row}행(파일 {line}번째 줄), {columns}: {issue}{not_used}")
}

// The pages of the rules.

/// What the list of rules is.
pub const PROTOCOLS_LEAD: &str = "공개된 프로토콜과 증례군이 급성림프모구백혈병 영아를 어떻게 분류하는지 보여 줍니다. 이름을 누르면 규칙 \
     전문(조항, 경계, 이식 규칙, 성적, 주의점, 출처)이 열립니다. 마지막 열은 조항 가운데 가장 불확실한 것을 어떻게 확인했는지 \
     보여 줍니다.";
/// That nobody of the study group has read it.
pub const NOT_REVIEWED: &str = "연구 그룹의 검토를 받지 않았습니다.";
/// Who is eligible.
pub const WHO: &str = "적격 기준";
/// The groups.
pub const GROUPS: &str = "군";
/// How groups are tried.
pub const GROUPS_ORDER: &str = "위에서부터 판정하며 처음으로 조건을 만족하는 군으로 합니다.";
/// The clauses.
pub const CLAUSES: &str = "조항";
/// Results of KMT2A between the two.
pub const KMT2A_READINGS: &str = "재배열 있음도 없음도 아닌 KMT2A 결과";
/// The three readings: duplication, not established, unknown response.
pub const READINGS: [&str; 3] = ["부분 직렬 중복", "확정하지 못한 경우", "프레드니손 반응 미상"];
/// Published outcomes.
pub const OUTCOMES: &str = "발표 성적";
/// Where there are none.
pub const OUTCOMES_NONE: &str = "찾지 못했습니다.";
/// Other facts.
pub const FACTS: &str = "그 밖의 결과";
/// Open questions.
pub const OPEN_QUESTIONS: &str = "확인하지 못한 사항";
/// Opens a prefilled text about an error of a rule.
pub const REPORT_RULE: &str = "이 규칙의 오류 보고";
/// Before the files of a rule for other programs.
pub const RULE_FILES: &str = "다른 프로그램을 위한 이 규칙";
/// Infants with the answer.
pub const RULE_TESTS: &str = "시험 사례 (JSON)";
/// The file from which a protocol of one's own can be started.
pub const RULE_FILE: &str = "프로토콜 파일 (JSON)";
/// Columns of the groups: group, condition, level, code.
pub const GROUP_HEADS: [&str; 4] = ["군", "조건", "위험 수준", "코드"];
/// A group without a level.
pub const NO_LEVEL: &str = "위험 수준 없음";
/// The same, short.
pub const BOUNDARY_CELLS: [&str; 3] = ["아래", "경계값", "위"];

/// How a transplant rule was read.
#[must_use]
pub fn transplant_if(condition: &str) -> String {
    format!("다음과 같이 읽음: {condition}인 경우 이식.")
}

/// What an unknown criterion does.
#[must_use]
pub const fn if_unknown(criterion: IfUnknown) -> &'static str {
    match criterion {
        IfUnknown::Ask => "미상인 동안에는 군을 정하지 않습니다. ",
        IfUnknown::SayCondition => "미상인 동안에는 이를 조건으로 한 결과를 제시하고 그 사실을 밝힙니다. ",
        IfUnknown::Wait => "보고될 때까지 이 프로토콜은 적용되지 않습니다. ",
    }
}

// Prose.

/// What it is for.
pub const ABOUT_PROSE: &str = include_str!("prose/about.html");
/// What is sent and stored.
pub const PRIVACY_PROSE: &str = include_str!("prose/privacy.html");
/// An address without a page.
pub const NOT_FOUND_PROSE: &str = include_str!("prose/not_found.html");

/// While a part of the page is loaded.
pub const LOADING: &str = "이 부분을 불러오는 중…";
/// Where a part of the page cannot be loaded.
pub const NOT_LOADED: &str = "이 부분을 불러오지 못했습니다. 입력한 내용은 그대로 있습니다.";
/// The button that loads it again.
pub const LOAD_AGAIN: &str = "다시 시도";

/// Subject and text of a report that a rule is wrong; nothing of what was entered is in it.
#[must_use]
pub fn rule_report(name: &str, id: &str, rules: &str, version: &str) -> [String; 2] {
    [
        format!("Cotside: {name}의 규칙"),
        format!(
            "실제 환자의 자료는 보내지 마십시오. 이 사이트의 운영자에게, 또는 프로젝트의 issue로(\"Correct a rule\").\n\n\
             프로토콜: {name} ({id})\n규칙 {rules}, Cotside {version}\n\n\
             가상의 영아와 Cotside의 답:\n\n\
             프로토콜의 원문:\n\n\
             출처와 쪽(DOI 또는 PMID):\n"
        ),
    ]
}
