//! What the page for cohorts says around its results.

use crate::en::cohort_page as en;

pub use crate::en::cohort_page::Result;

/// In the box for files.
pub const DROP: &str = "또는 이 페이지의 아무 곳에나 놓기: CSV, Excel, OpenDocument, SPSS, Stata, SAS, R, jamovi; 한 행에 환자 한 명. 이 탭에서 읽으며 \
     어디에도 전송하지 않습니다.";
/// A link to a file with the columns that are understood.
pub const TEMPLATE: &str = "서식(CSV)";
/// The same as a workbook that offers the possible values.
pub const TEMPLATE_XLSX: &str = "서식(Excel)";
/// What can be opened with a file.
pub const WITH_DICTIONARY: &str =
    "데이터 사전을 함께 선택하거나 놓을 수 있습니다: REDCap, Castor, 코드북, SPSS·Stata·SAS·R 구문.";
/// Takes away a file that stands beside the one of patients.
pub const TAKE_AWAY: &str = "빼기";

/// The same for a reader of the screen.
#[must_use]
pub fn without_beside(name: &str) -> String {
    format!("{name} 빼기")
}

/// The fold of the box for files where one is open.
pub const REPLACE_FILE: &str = "파일 바꾸기";
/// The name of the views of a result.
pub const VIEWS: &str = "이 결과의 보기";
/// No published estimate has the endpoint of the curve.
pub const NO_PUBLISHED: &str = "이 평가변수의 발표된 추정치는 수록되어 있지 않습니다.";
/// The button of the file chooser.
pub const CHOOSE_FILE: &str = "파일 선택";
/// The fold for pasted rows.
pub const PASTE: &str = "행 붙여 넣기";
/// The name of its text field.
pub const PASTE_LABEL: &str = "머리글을 포함한 행(스프레드시트에서 복사한 것)";
/// Its button.
pub const PASTE_READ: &str = "이 행 읽기";
/// Before the buttons of the examples.
pub const EXAMPLES: &str = "예:";
/// The buttons of the examples.
pub const SEVERANCE: &str = "발표된 영아 9명";
/// See [`SEVERANCE`].
pub const REGISTRY: &str = "모의 데이터 영아 120명";

/// Headings of the settings.
pub mod heading {
    /// The file.
    pub const DATA: &str = "데이터";
    /// What is asked.
    pub const ANALYSIS: &str = "분석";
    /// How figures look.
    pub const FIGURE: &str = "그림";
    /// Controls of the result that is shown.
    pub const RESULT: &str = "이 결과";
    /// Groups of results in the index.
    pub const RESULTS: &str = "결과";
    /// See [`RESULTS`].
    pub const PROTOCOLS: &str = "프로토콜";
    /// See [`RESULTS`].
    pub const EXPORT: &str = "내보내기";
    /// Tests, restricted means, landmark.
    pub const TESTS: &str = "검정, RMST, 랜드마크";
    /// Less used options of figures.
    pub const MORE_OPTIONS: &str = "크기, 축, 선";
}

/// Views of a result.
pub mod view {
    /// The figure.
    pub const CHART: &str = "그림";
    /// All numbers.
    pub const TABLE: &str = "표";
    /// Published estimates over the curve.
    pub const PUBLISHED: &str = "발표된 값 겹쳐 보기";
    /// How figures look.
    pub const OPTIONS: &str = "그림 설정";
    /// The methods.
    pub const METHODS: &str = "방법";
}

/// Names of the settings.
pub mod label {
    /// What is timed.
    pub const ENDPOINT: &str = "평가변수";
    /// By what patients are compared.
    pub const GROUP: &str = "군 나누기";
    /// No comparison.
    pub const NO_GROUP: &str = "없음";
    /// When induction failure counts.
    pub const INDUCTION_FAILURE: &str = "관해유도 실패";
    /// Times of estimates.
    pub const AT: &str = "추정치를 보고할 시점(년)";
    /// Of the landmark analysis.
    pub const LANDMARK: &str = "랜드마크(년)";
    /// Between groups.
    pub const TEST: &str = "군 간 검정";
    /// Of restricted means.
    pub const HORIZON: &str = "RMST 제한 시점(년)";
    /// Rows of the table of two protocols.
    pub const FROM: &str = "행";
    /// Its columns.
    pub const TO: &str = "열";
    /// Published estimates over the curve.
    pub const PUBLISHED: &str = "이 곡선에 겹쳐 볼 발표된 추정치";
    /// Width of figures.
    pub const WIDTH: &str = "너비";
    /// Letters of figures.
    pub const FONT_SIZE: &str = "글자 크기";
    /// Title in the drawing.
    pub const TITLE: &str = "제목을 그림에 넣기";
    /// Caption in the drawing.
    pub const CAPTION: &str = "그림 설명을 그림에 넣기";
    /// What figures are made for.
    pub const PRESET: &str = "그림의 용도";
    /// Where the time axis ends.
    pub const TIME_END: &str = "가로축이 끝나는 곳";
    /// Hazard ratio and P in the panel.
    pub const ANNOTATION: &str = "그림 안의 HR과 P";
    /// Width of curves.
    pub const WEIGHT: &str = "선 굵기";
    /// Shape of a figure.
    pub const SHAPE: &str = "가로세로 비율";
    /// Panel letter.
    pub const PANEL: &str = "패널 기호";
    /// Under the time axis.
    pub const TABLE: &str = "아래의 표";
    /// Which way curves run.
    pub const DIRECTION: &str = "곡선이 나타내는 것";
    /// Values.
    pub const SCALE: &str = "값";
    /// Unit of time.
    pub const UNIT: &str = "시간의 단위";
    /// Beginning of the time axis.
    pub const TIME_FROM: &str = "가로축 시작";
    /// Its end.
    pub const TIME_TO: &str = "가로축 끝";
    /// Its ticks.
    pub const TIME_STEP: &str = "가로축 간격";
    /// Beginning of the axis of values.
    pub const VALUE_FROM: &str = "세로축 시작(%)";
    /// Its end.
    pub const VALUE_TO: &str = "세로축 끝(%)";
    /// Its ticks.
    pub const VALUE_STEP: &str = "세로축 간격(%)";
    /// Colours and dashes.
    pub const LINES: &str = "선";
    /// Which colours.
    pub const COLOURS: &str = "색";
    /// Where curves are named.
    pub const NAMES: &str = "군의 이름";
    /// Bands.
    pub const BANDS: &str = "신뢰대";
    /// Marks of the censored.
    pub const CENSORING: &str = "중도절단 표시";
    /// Few at risk.
    pub const LOW_NUMBER: &str = "위험 대상자가 적다고 보는 기준";
    /// What happens there.
    pub const LOW_NUMBER_CURVE: &str = "그 구간의 곡선";
}

/// Words of the values of a setting, by their codes in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    const VALUES: &[(&str, &str)] = &[
        ("zero", "시점 0의 사건"),
        ("date", "해당 날짜의 사건"),
        ("log-rank", "로그순위"),
        ("89", "89 mm, 1단"),
        ("183", "183 mm, 2단"),
        ("254", "254 mm, 슬라이드"),
        ("journal", "논문"),
        ("slide", "슬라이드, 16:9"),
        ("mature", "위험 대상자가 10%이면서 5명인 시점"),
        ("all", "마지막 관찰 시점"),
        ("free", "필요한 높이"),
        ("kmunicate", "KMunicate(3행)"),
        ("at-risk", "위험 대상자 수"),
        ("events", "위험 대상자 수(사건 수)"),
        ("none", "없음"),
        ("survival", "생존"),
        ("incidence", "1 − 생존"),
        ("hazard", "누적위험"),
        ("percent", "퍼센트"),
        ("fraction", "0~1"),
        ("years", "년"),
        ("months", "개월"),
        ("both", "색과 파선"),
        ("colour", "색"),
        ("grey", "회색과 파선"),
        ("blue", "파랑, 주홍, 초록…"),
        ("purple", "보라, 주황, 청록…"),
        ("ends", "곡선 옆"),
        ("legend", "범례"),
        ("tenth", "5명 미만 또는 10분의 1 미만"),
        ("10", "10명 미만"),
        ("20", "20명 미만"),
        ("thin", "가늘게 그림"),
        ("end", "그리지 않음"),
        ("on", "다른 곳과 같게 그림"),
    ];
    let own = VALUES.iter().find(|(known, _)| *known == code);
    own.map_or_else(|| en::value(code), |(_, words)| words)
}

/// An endpoint in a list, with how many patients can be followed to it, or why nobody can.
#[must_use]
pub fn endpoint(name: &str, patients: usize, obstacle: Option<&str>) -> String {
    match (patients, obstacle) {
        (0, Some(why)) => format!("{name}(해당 환자 없음: {why})"),
        (0, None) => format!("{name}(해당 환자 없음)"),
        (patients, _) => format!("{name}(환자 {patients}명)"),
    }
}

/// Before the reasons why columns are not in the list of groups.
pub const NOT_OFFERED: &str = "선택할 수 없는 열:";
/// In place of a result that this file, or these settings, do not give.
pub const NO_RESULT: &str = "이 결과는 없습니다: 파일에 필요한 열이 없거나, 이 설정에서는 남는 환자가 없습니다.";
/// The name of the list of results.
pub const INDEX: &str = "결과";

const fn named(result: Result, name: &'static str) -> Result {
    Result { name, ..result }
}

/// How the columns of the file are read.
pub const COLUMNS: Result = named(en::COLUMNS, "열");
/// Who is in, and baseline characteristics.
pub const PATIENTS: Result = named(en::PATIENTS, "환자");
/// Curves and their comparison.
pub const SURVIVAL: Result = named(en::SURVIVAL, "생존");
/// Survival and incidence of several endpoints in one figure; the difference of survival over time.
pub const PANELS: Result = named(en::PANELS, "패널, 차이");
/// Competing risks.
pub const COMPETING: Result = named(en::COMPETING, "경쟁위험");
/// Transplant as a time-dependent event.
pub const TRANSPLANT: Result = named(en::TRANSPLANT, "이식");
/// Cox regression and proportional hazards.
pub const COX: Result = named(en::COX, "Cox 회귀");
/// Survival adjusted for covariates.
pub const ADJUSTED: Result = named(en::ADJUSTED, "보정 곡선");
/// Plateau and mixture cure model.
pub const CURE: Result = named(en::CURE, "완치 분율");
/// Parametric models of the times.
pub const PARAMETRIC: Result = named(en::PARAMETRIC, "모수 모형");
/// Effects within subgroups.
pub const SUBGROUPS: Result = named(en::SUBGROUPS, "하위군");
/// Risk groups by protocol.
pub const RISK_GROUPS: Result = named(en::RISK_GROUPS, "위험군");
/// Discrimination of the protocols' groups.
pub const DISCRIMINATION: Result = named(en::DISCRIMINATION, "판별력");
/// Methods, report, script, project.
pub const OUTPUTS: Result = named(en::OUTPUTS, "방법 문단, 보고서, R 스크립트");
