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
pub const OF_RECONSTRUCTION: &str =
    "研究のデータではなく復元した患者による：図より確かではなく、研究の共変量、層、中止規則を含まない。";

/// What stands beside the limits of agreement.
pub const LIMITS_DESCRIBE: &str = "早いほうの終わりまでの等間隔の101時点における差の平均 ± 1.96 SD。二つの読み取りを記述するものであり、\
     一つの曲線の各時点は独立でない。";

/// How curves of incidence are reconstructed.
pub const INCIDENCE_METHOD: &str = "両方の発生率の和を1から引いた値から、イベントのない時間を求める（Guyot et al. 2012と同様）。各イベントには、\
     Aalen–Johansen推定値が曲線からより遅れている原因を割り当てる（RのreconstructKMのCIC_reconstructと同様）。仮定：競合イベントの\
     曲線はすべての競合イベントを含み、リスク集合の患者はどちらのイベントも起こしていない。";

/// What cannot be known of a figure with one cause.
pub const COMPETING_UNKNOWN: &str = "イベントの曲線だけが与えられた。競合イベントは打ち切りと区別できない：その数も時点も分からず、Gray検定も\
     ハザード比も計算できない。行では、そのほかの理由で離れた患者はすべて打ち切りとしてある。";

/// The number of events where only one cause was printed.
#[must_use]
pub fn event_range((least, most): (u32, u32)) -> String {
    if least == most {
        return format!("どちらの場合もイベントは{least}件。");
    }
    format!(
        "競合イベントが1件もなければ、行と同じくイベントは{least}件。離れた患者全員に競合イベントがあれば最大{most}件。"
    )
}

/// A kind of figure.
#[must_use]
pub fn figure_kind(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Survival => "生存（カプラン・マイヤー）",
        FigureKind::Incidence => "累積発生率",
    }
}

/// What a curve shows.
#[must_use]
pub fn curve_of(of: CurveOf) -> &'static str {
    match of {
        CurveOf::Survival => "生存",
        CurveOf::Event => "イベント",
        CurveOf::Competing => "競合イベント",
    }
}

/// A group in a sentence: its name, or that it is the only one.
fn named(name: Option<&String>) -> String {
    match name.map(|name| name.trim()) {
        Some("") | None => String::new(),
        Some(name) => format!("{name}："),
    }
}

/// Why a curve of incidence is refused: the errors of a survival curve, told of one that rises.
#[must_use]
pub fn incidence_curve_error(error: IncidenceCurveError) -> String {
    match error {
        IncidenceCurveError::Curve { competing, error } => {
            let curve = if competing {
                "競合イベントの曲線、"
            } else {
                ""
            };
            let why = match error {
                ReconstructError::BadPoint { row } => format!(
                    "{}番目の点：0以上の時間と、0から1（または0から100%）の発生率を入力する",
                    row + 1
                ),
                ReconstructError::Rises { row } => format!(
                    "{}番目の点がそれより前の点より下にあるが、発生率は下がらない。点を訂正するか、曲線が生存であれば「生存」を選ぶ",
                    row + 1
                ),
                other => reconstruct_error(other),
            };
            format!("{curve}{why}")
        }
        IncidenceCurveError::Sum { time } => format!(
            "時間{}で両方の発生率の和が100%を超える。単位をそろえ、1 −（カプラン・マイヤー推定値）ではなく累積発生率を入力する",
            decimal(time, 2)
        ),
        IncidenceCurveError::Numbers(error) => reconstruct_error(error),
    }
}

/// Why curves are no figure; `groups` are the names of its groups.
#[must_use]
pub fn figure_error(error: &FigureError, groups: &[String]) -> String {
    match error {
        FigureError::NoGroup => "曲線がない。少なくとも一つの曲線の点を入力する".to_owned(),
        FigureError::TooManyGroups { found } => {
            format!("{found}群は多すぎる。{MOST_FIGURE_GROUPS}群以下とする")
        }
        FigureError::TooManyPoints { found } => {
            format!("{found}点は多すぎる。一つの図で{MOST_FIGURE_POINTS}点以下とする")
        }
        FigureError::TooManyPatients { found } => {
            format!("患者{found}人は多すぎる。一つの図で{MOST_PATIENTS}人以下とする")
        }
        FigureError::NoName { group } => {
            format!("{}番目の曲線に群がない。すべての曲線に群の名前を付ける", group + 1)
        }
        FigureError::SameName { name } => format!("「{name}」という群が二つある。それぞれ別の名前を付ける"),
        FigureError::Curves { group } => format!(
            "{}イベントの曲線を一つ、競合イベントの曲線は多くても一つとする（生存の図では各群に曲線が一つ）",
            named(groups.get(*group))
        ),
        FigureError::Survival { group, error } => {
            format!("{}{}", named(groups.get(*group)), reconstruct_error(*error))
        }
        FigureError::Incidence { group, error } => {
            format!("{}{}", named(groups.get(*group)), incidence_curve_error(*error))
        }
        FigureError::RatioGroups => "記載されたハザード比には、図の異なる二つの群を指定する".to_owned(),
        FigureError::Ratio => {
            "記載されたハザード比は0より大きく、その区間の中になければならない（例：0.62 (0.40–0.95)）".to_owned()
        }
    }
}

/// A key of the provenance as people say it.
fn field(key: &str) -> &str {
    match key {
        "digitised_by" => "数値化した人",
        "name" => "群",
        "study" => "研究",
        "figure" => "図",
        "page" => "ページ",
        "note" => "備考",
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
            format!("{}番目の図：", figure + 1)
        }
    };
    match error {
        FileError::TooLarge { bytes } => {
            format!("{bytes}バイトは多すぎる。読むのは{MOST_FIGURE_BYTES}バイトまでである")
        }
        FileError::NotJson { line, column } => {
            format!("{line}行目、{column}文字目がJSONでない。ここで保存したファイルを開く")
        }
        FileError::OtherFormat => {
            "数値化した図のファイルではない。「数値化」またはcotside reconstruct --saveで保存したファイルを開く"
                .to_owned()
        }
        FileError::OtherVersion { found } => {
            format!("ファイルの版は{found}だが、このプログラムが読むのは版{FIGURE_VERSION}である")
        }
        FileError::Shape { figure, why } => {
            format!("{}数値化した図のファイルの形式に合わない：{why}", at(*figure))
        }
        FileError::OtherMethod { figure, found } => format!(
            "{}復元の方法は{found}だが、このプログラムの方法は{METHOD_VERSION}である。図を数値化し直す",
            at(*figure)
        ),
        FileError::Text { figure, field: key } => format!(
            "{}{}：改行や見えない文字を含まない1から300文字とする",
            at(*figure),
            field(key)
        ),
        FileError::Date { figure, found } => {
            format!("{}「{found}」は日付でない。YYYY-MM-DDの形で書く", at(*figure))
        }
        FileError::Axes { figure } => format!("{}印が画像の軸になっていない", at(*figure)),
        FileError::Places { figure, group } => format!(
            "{}{}点が画像上の位置と一致しない：ファイルが変更されている",
            at(*figure),
            named(Some(group))
        ),
        FileError::Figure { figure, error, groups } => format!("{}{}", at(*figure), figure_error(error, groups)),
        FileError::Changed { figure, group } => format!(
            "{}{}復元した行が、点とリスク集合の人数から得られるものと一致しない：ファイルが変更されており、何も用いない",
            at(*figure),
            named(Some(group))
        ),
        FileError::Count { found } => format!("図が{found}件ある。ライブラリーの図は1件から{MOST_FIGURES}件である"),
    }
}

/// Why groups are not compared.
#[must_use]
pub fn not_compared(why: NotCompared) -> &'static str {
    match why {
        NotCompared::OneGroup => "群が一つである",
        NotCompared::NoReference => "基準の名前の群が図にない",
        NotCompared::CompetingUnknown => "競合イベントが分からない",
        NotCompared::Rows => "復元した行を一緒に解析できない",
    }
}

/// Why two readings are not compared.
#[must_use]
pub fn agreement_error(error: AgreementError) -> &'static str {
    match error {
        AgreementError::Kind => "一方の図は生存、他方は累積発生率を示す",
        AgreementError::Unit => "時間の単位が異なる",
        AgreementError::NoGroup => "両方の図に同じ名前の群がない",
    }
}

/// What makes it doubtful that two files are readings of one figure.
#[must_use]
pub fn figure_differs(differs: FigureDiffers) -> &'static str {
    match differs {
        FigureDiffers::Study => "二つのファイルが示す研究は異なる：この差は、一つの図を二度読み取った差ではない。",
        FigureDiffers::Figure => "二つのファイルが示すのは、同じ研究の異なる図である。",
    }
}

/// A ratio with its interval and P.
#[must_use]
pub fn ratio_with_p(found: Ratio) -> String {
    format!("{}、{}", ratio(found), p_value(found.p))
}

/// No ratio.
pub const NO_RATIO: &str = "有限の推定値なし";

/// The distance of a reconstructed ratio from the printed one.
#[must_use]
pub fn printed_distance(printed: f64, interval: Option<(f64, f64)>, found: Ratio) -> String {
    let interval = interval.map_or_else(String::new, |(lower, upper)| {
        format!(" ({}–{})", decimal(lower, 2), decimal(upper, 2))
    });
    let (more, way) = (found.ratio / printed, found.lower <= printed && printed <= found.upper);
    let inside = if way { "中" } else { "外" };
    format!(
        "記載値{}{interval}；復元値 / 記載値 = {}；記載された比は復元した区間の{inside}にある",
        decimal(printed, 2),
        decimal(more, 2)
    )
}

/// How far the curve of a cause is from the points.
#[must_use]
pub fn cause_fit(fit: &CauseFit) -> String {
    format!(
        "二乗平均平方根{}%、最大{}%",
        decimal(100.0 * fit.root_mean_square, 2),
        decimal(100.0 * fit.largest, 2)
    )
}
