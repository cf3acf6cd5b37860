//! Digitised figures: why one is refused, what is known of its groups, how two readings agree.

use cotside_core::evidence::{
    AgreementError, CauseFit, CurveOf, FIGURE_VERSION, FigureDiffers, FigureError, FigureKind, FileError,
    IncidenceCurveError, METHOD_VERSION, MOST_FIGURE_BYTES, MOST_FIGURE_GROUPS, MOST_FIGURE_POINTS, MOST_FIGURES,
    MOST_PATIENTS, NotCompared, Ratio, ReconstructError,
};

use super::{p_value, reconstruct_error};
use crate::decimal;
pub use crate::en::digitised::ratio;

/// What stands beside every comparison of reconstructed groups.
pub const OF_RECONSTRUCTION: &str = "연구의 데이터가 아니라 복원한 환자에 대한 것입니다: 그림보다 더 확실하지 않으며, 연구의 공변량, 층, 중지 규칙이 \
     없습니다.";

/// What stands beside the limits of agreement.
pub const LIMITS_DESCRIBE: &str = "더 이른 끝까지 고르게 나눈 101개 시점에서 차이의 평균 ± 1.96 SD입니다. 두 판독을 기술하는 것이며, 한 곡선의 \
     시점들은 서로 독립이 아닙니다.";

/// How curves of incidence are reconstructed.
pub const INCIDENCE_METHOD: &str = "두 발생률의 합을 1에서 뺀 값으로 무사건 시간을 구합니다(Guyot et al. 2012와 같은 방식). 각 사건에는 \
     Aalen–Johansen 추정치가 곡선보다 더 뒤처진 원인을 배정합니다(R의 reconstructKM에 있는 CIC_reconstruct와 같은 방식). 가정: 경쟁 \
     사건의 곡선에 모든 경쟁 사건이 들어 있고, 위험 대상자에게는 두 사건이 모두 없습니다.";

/// What cannot be known of a figure with one cause.
pub const COMPETING_UNKNOWN: &str = "사건의 곡선만 있습니다. 경쟁 사건을 중도절단과 구별할 수 없습니다: 그 수와 시점을 아무도 알 수 없으며, Gray 검정도 \
     위험비도 계산할 수 없습니다. 행에서는 다른 이유로 벗어난 환자를 모두 중도절단으로 처리합니다.";

/// The number of events where only one cause was printed.
#[must_use]
pub fn event_range((least, most): (u32, u32)) -> String {
    if least == most {
        return format!("어느 경우에나 사건 {least}건입니다.");
    }
    format!(
        "행에서처럼 경쟁 사건이 아무에게도 없었다면 사건 {least}건, 벗어난 환자 모두에게 있었다면 최대 {most}건입니다."
    )
}

/// A kind of figure.
#[must_use]
pub fn figure_kind(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Survival => "생존(카플란–마이어)",
        FigureKind::Incidence => "누적발생률",
    }
}

/// What a curve shows.
#[must_use]
pub fn curve_of(of: CurveOf) -> &'static str {
    match of {
        CurveOf::Survival => "생존",
        CurveOf::Event => "사건",
        CurveOf::Competing => "경쟁 사건",
    }
}

/// A group in a sentence: its name, or that it is the only one.
fn named(name: Option<&String>) -> String {
    match name.map(|name| name.trim()) {
        Some("") | None => String::new(),
        Some(name) => format!("{name}: "),
    }
}

/// Why a curve of incidence is refused: the errors of a survival curve, told of one that rises.
#[must_use]
pub fn incidence_curve_error(error: IncidenceCurveError) -> String {
    match error {
        IncidenceCurveError::Curve { competing, error } => {
            let curve = if competing { "경쟁 사건의 곡선, " } else { "" };
            let why = match error {
                ReconstructError::BadPoint { row } => format!(
                    "{}번째 점: 0 이상의 시간과 0에서 1(또는 0에서 100%)까지의 발생률을 입력합니다",
                    row + 1
                ),
                ReconstructError::Rises { row } => format!(
                    "{}번째 점이 앞선 점보다 아래에 있으나 발생률은 내려갈 수 없습니다. 점을 고치거나, 곡선이 생존이라면 ‘생존’을 선택합니다",
                    row + 1
                ),
                other => reconstruct_error(other),
            };
            format!("{curve}{why}")
        }
        IncidenceCurveError::Sum { time } => format!(
            "시간 {}에서 두 발생률의 합이 100%를 넘습니다. 같은 단위로, 그리고 1에서 카플란–마이어 추정치를 뺀 값이 아니라 누적발생률을 입력합니다",
            decimal(time, 2)
        ),
        IncidenceCurveError::Numbers(error) => reconstruct_error(error),
    }
}

/// Why curves are no figure; `groups` are the names of its groups.
#[must_use]
pub fn figure_error(error: &FigureError, groups: &[String]) -> String {
    match error {
        FigureError::NoGroup => "곡선이 없습니다. 적어도 한 곡선의 점을 입력합니다".to_owned(),
        FigureError::TooManyGroups { found } => {
            format!("군 {found}개는 너무 많습니다. {MOST_FIGURE_GROUPS}개 이하로 합니다")
        }
        FigureError::TooManyPoints { found } => {
            format!("점 {found}개는 너무 많습니다. 한 그림에 {MOST_FIGURE_POINTS}개 이하로 합니다")
        }
        FigureError::TooManyPatients { found } => {
            format!("환자 {found}명은 너무 많습니다. 한 그림에 {MOST_PATIENTS}명 이하로 합니다")
        }
        FigureError::NoName { group } => {
            format!("{}번째 곡선에 군이 없습니다. 모든 곡선에 군 이름을 붙입니다", group + 1)
        }
        FigureError::SameName { name } => {
            format!("이름이 ‘{name}’인 군이 두 개 있습니다. 서로 다른 이름을 붙입니다")
        }
        FigureError::Curves { group } => format!(
            "{}사건의 곡선 하나와, 많아도 하나의 경쟁 사건 곡선을 입력합니다(생존 그림에서는 군마다 곡선이 하나)",
            named(groups.get(*group))
        ),
        FigureError::Survival { group, error } => {
            format!("{}{}", named(groups.get(*group)), reconstruct_error(*error))
        }
        FigureError::Incidence { group, error } => {
            format!("{}{}", named(groups.get(*group)), incidence_curve_error(*error))
        }
        FigureError::RatioGroups => "기재된 위험비에는 그림의 서로 다른 두 군을 지정해야 합니다".to_owned(),
        FigureError::Ratio => "기재된 위험비는 0보다 크고 그 구간 안에 있어야 합니다(예: 0.62 (0.40–0.95))".to_owned(),
    }
}

/// A key of the provenance as people say it.
fn field(key: &str) -> &str {
    match key {
        "digitised_by" => "수치화한 사람",
        "name" => "군",
        "study" => "연구",
        "figure" => "그림",
        "page" => "쪽",
        "note" => "비고",
        other => other,
    }
}

/// Why a file is not read.
#[must_use]
pub fn file_error(error: &FileError) -> String {
    let at = |figure: usize| {
        if figure == 0 {
            String::new()
        } else {
            format!("{}번째 그림: ", figure + 1)
        }
    };
    match error {
        FileError::TooLarge { bytes } => {
            format!("{bytes}바이트는 너무 많습니다. {MOST_FIGURE_BYTES}바이트까지만 읽습니다")
        }
        FileError::NotJson { line, column } => {
            format!("{line}번째 줄, {column}번째 글자에서 JSON이 아닙니다. 여기에서 저장한 파일을 엽니다")
        }
        FileError::OtherFormat => {
            "수치화한 그림의 파일이 아닙니다. ‘수치화’에서 또는 cotside reconstruct --save로 저장한 파일을 엽니다"
                .to_owned()
        }
        FileError::OtherVersion { found } => {
            format!("파일의 판은 {found}이며, 이 프로그램이 읽는 판은 {FIGURE_VERSION}입니다")
        }
        FileError::Shape { figure, why } => {
            format!("{}수치화한 그림 파일의 형식에 맞지 않습니다: {why}", at(*figure))
        }
        FileError::OtherMethod { figure, found } => format!(
            "{}복원 방법은 {found}이며, 이 프로그램의 방법은 {METHOD_VERSION}입니다. 그림을 다시 수치화합니다",
            at(*figure)
        ),
        FileError::Text { figure, field: key } => format!(
            "{}{}: 줄바꿈이나 보이지 않는 문자 없이 1~300자로 입력합니다",
            at(*figure),
            field(key)
        ),
        FileError::Date { figure, found } => {
            format!("{}‘{found}’: 날짜가 아닙니다. YYYY-MM-DD로 입력합니다", at(*figure))
        }
        FileError::Axes { figure } => format!("{}표시가 그림 파일의 축이 아닙니다", at(*figure)),
        FileError::Places { figure, group } => format!(
            "{}{}점이 그림 파일의 위치와 맞지 않습니다: 파일이 변경되었습니다",
            at(*figure),
            named(Some(group))
        ),
        FileError::Figure { figure, error, groups } => format!("{}{}", at(*figure), figure_error(error, groups)),
        FileError::Changed { figure, group } => format!(
            "{}{}복원한 행이 점과 위험 대상자 수에서 나온 것이 아닙니다: 파일이 변경되었으므로 아무것도 사용하지 않습니다",
            at(*figure),
            named(Some(group))
        ),
        FileError::Count { found } => {
            format!("그림이 {found}개 있습니다. 라이브러리에는 1~{MOST_FIGURES}개가 들어갑니다")
        }
    }
}

/// Why groups are not compared.
#[must_use]
pub fn not_compared(why: NotCompared) -> &'static str {
    match why {
        NotCompared::OneGroup => "군이 하나입니다",
        NotCompared::NoReference => "기준과 이름이 같은 군이 그림에 없습니다",
        NotCompared::CompetingUnknown => "경쟁 사건을 알 수 없습니다",
        NotCompared::Rows => "복원한 행을 함께 분석할 수 없습니다",
    }
}

/// Why two readings are not compared.
#[must_use]
pub fn agreement_error(error: AgreementError) -> &'static str {
    match error {
        AgreementError::Kind => "한 그림은 생존을, 다른 그림은 누적발생률을 나타냅니다",
        AgreementError::Unit => "시간 단위가 서로 다릅니다",
        AgreementError::NoGroup => "두 그림에 이름이 같은 군이 없습니다",
    }
}

/// What makes it doubtful that two files are readings of one figure.
#[must_use]
pub fn figure_differs(differs: FigureDiffers) -> &'static str {
    match differs {
        FigureDiffers::Study => "두 파일에 적힌 연구가 다릅니다: 이 차이는 두 판독 사이의 차이가 아닙니다.",
        FigureDiffers::Figure => "두 파일에 적힌 것은 같은 연구의 서로 다른 그림입니다.",
    }
}

/// A ratio with its interval and P.
#[must_use]
pub fn ratio_with_p(found: Ratio) -> String {
    format!("{}, {}", ratio(found), p_value(found.p))
}

/// No ratio.
pub const NO_RATIO: &str = "유한한 추정치 없음";

/// The distance of a reconstructed ratio from the printed one.
#[must_use]
pub fn printed_distance(printed: f64, interval: Option<(f64, f64)>, found: Ratio) -> String {
    let interval = interval.map_or_else(String::new, |(lower, upper)| {
        format!(" ({}–{})", decimal(lower, 2), decimal(upper, 2))
    });
    let (more, way) = (found.ratio / printed, found.lower <= printed && printed <= found.upper);
    let inside = if way { "안" } else { "밖" };
    format!(
        "기재값 {}{interval}; 복원값 / 기재값 = {}; 기재된 비는 복원한 구간 {inside}에 있음",
        decimal(printed, 2),
        decimal(more, 2)
    )
}

/// How far the curve of a cause is from the points.
#[must_use]
pub fn cause_fit(fit: &CauseFit) -> String {
    format!(
        "제곱평균제곱근 {}%, 최대 {}%",
        decimal(100.0 * fit.root_mean_square, 2),
        decimal(100.0 * fit.largest, 2)
    )
}
