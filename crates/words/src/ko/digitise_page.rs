//! The words of the view Digitise.

use cotside_core::cohort::TimeUnit;

pub use crate::en::digitise_page::INCIDENCE_HINT;

/// The name of the list of curves.
pub const CURVES: &str = "이 그림의 곡선";
/// Adds a curve.
pub const ADD_CURVE: &str = "곡선 추가";
/// Removes the curve that is shown.
pub const REMOVE_CURVE: &str = "이 곡선 삭제";
/// What the curves show.
pub const KIND: &str = "곡선이 나타내는 것";
/// Kinds, in the order of their codes.
pub const KINDS: [(&str, &str); 2] = [("survival", "생존"), ("incidence", "누적발생률")];
/// What one curve shows.
pub const CURVE_SHOWS: &str = "이 곡선";
/// What a curve of incidence shows.
pub const CURVES_SHOW: [(&str, &str); 2] = [("event", "관심 사건"), ("competing", "경쟁 사건")];
/// The unit of heights.
pub const HEIGHTS: &str = "높이의 단위";
/// Units of heights.
pub const HEIGHT_UNITS: [(&str, &str); 2] = [("percent", "백분율(0부터 100)"), ("fraction", "비율(0부터 1)")];
/// The points of a curve of incidence.
pub const INCIDENCE_POINTS: &str = "점: 시간, 누적발생률";
/// Where the numbers at risk of competing events are.
pub const AT_RISK_OF_EVENT: &str = "위험 대상자 수는 같은 군의 사건 곡선에 있는 것을 사용합니다.";
/// Heading of the optional ratio.
pub const PRINTED: &str = "위험비(기재된 경우)";
/// The groups of a ratio.
pub const RATIO_GROUP: &str = "군";
/// The groups of a ratio.
pub const RATIO_REFERENCE: &str = "기준";
/// The ratio.
pub const RATIO: &str = "비";
/// Its interval.
pub const RATIO_INTERVAL: &str = "95% 신뢰구간";
/// Heading of the provenance.
pub const PROVENANCE: &str = "출처를 적고 저장";
/// How the last step is done.
pub const PROVENANCE_LEAD: &str =
    "파일에는 출처, 점, 위험 대상자 수, 복원 결과가 남으며, 여기에서 다시 열 수 있습니다.";
/// A field.
pub const STUDY: &str = "연구";
/// A field.
pub const FIGURE: &str = "그림";
/// A field.
pub const PAGE: &str = "쪽";
/// A field.
pub const BY: &str = "수치화한 사람";
/// A field.
pub const DATE: &str = "날짜(YYYY-MM-DD)";
/// A field.
pub const NOTE: &str = "비고";
/// Puts the figure into the library.
pub const TO_LIBRARY: &str = "보관함에 추가";
/// Heading.
pub const LIBRARY: &str = "보관함";
/// What the library is.
pub const LIBRARY_LEAD: &str = "이 세션에서 수치화한 그림입니다. 페이지를 닫으면 아무것도 남지 않으므로 보관함은 한 파일로 저장합니다. 그림에 표시하면 함께 \
     그립니다. 같은 그림의 판독 두 개에 표시하면 얼마나 일치하는지 보여 줍니다.";
/// Opens files.
pub const OPEN_FILES: &str = "그림 열기(JSON)";
/// Saves all.
pub const SAVE_LIBRARY: &str = "보관함 저장(JSON)";
/// An empty library.
pub const NO_FIGURE: &str = "아직 그림이 없습니다.";
/// Heads of the table: chosen, study, figure, groups, patients, fit, who and when, what can be done.
pub const HEADS: [&str; 8] = ["그리기", "연구", "그림", "군", "n", "적합 오차", "수치화", "작업"];
/// Puts a figure into the form.
pub const EDIT: &str = "편집";
/// Takes a figure out.
pub const REMOVE: &str = "삭제";

/// A unit of time on the axis.
#[must_use]
pub fn unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "일",
        TimeUnit::Weeks => "주",
        TimeUnit::Months => "개월",
        TimeUnit::Years => "년",
    }
}

/// The name of a curve in the list, by its position.
#[must_use]
pub fn curve_name(position: usize, group: &str, competing: bool) -> String {
    let group = group.trim();
    let name = if group.is_empty() {
        format!("곡선 {}", position + 1)
    } else {
        group.to_owned()
    };
    if competing { format!("{name}, 경쟁") } else { name }
}

/// A button for one figure of the library.
#[must_use]
pub fn of_figure(action: &str, study: &str, figure: &str, digitised: &str) -> String {
    format!("{action}: {study}, {figure}, {digitised}")
}

/// Who digitised a figure, and when.
#[must_use]
pub fn digitised(by: &str, date: &str) -> String {
    format!("{by}, {date}")
}

/// What the picture and its controls say, by the names of `www/scripts/digitiser.js`; it fills in what stands in braces.
pub const ELEMENT: [(&str, &str); 19] = [
    ("corner", "1 원점"),
    ("along", "2 x축 위의 점"),
    ("up", "3 y축 위의 점"),
    ("point", "점 추가"),
    ("follow", "색으로 추적"),
    ("open", "곡선 그림 열기"),
    (
        "stays",
        "그림은 이 페이지에만 있습니다. 끌어다 놓거나 붙여 넣을 수도 있습니다.",
    ),
    ("sets", "클릭으로 놓을 것"),
    (
        "picture",
        "그림. 화살표 키로 십자를 움직입니다(Shift로 10배). Enter로 놓고 Backspace로 되돌립니다. 더하기, 빼기, 0으로 확대·축소합니다.",
    ),
    ("zoom_in", "확대"),
    ("zoom_out", "축소"),
    ("fit", "전체"),
    ("undo", "되돌리기"),
    ("clear", "점 지우기"),
    ("traced", "점 {n}개를 추적했습니다."),
    ("unreadable", "브라우저가 이 그림을 읽을 수 없습니다."),
    ("undone", "되돌렸습니다."),
    ("points", "점 {n}개."),
    ("set", "{what}: {x}, {y}"),
];
