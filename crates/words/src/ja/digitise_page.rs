//! The words of the view Digitise.

use cotside_core::cohort::TimeUnit;

pub use crate::en::digitise_page::INCIDENCE_HINT;

/// The name of the list of curves.
pub const CURVES: &str = "この図の曲線";
/// Adds a curve.
pub const ADD_CURVE: &str = "曲線を追加";
/// Removes the curve that is shown.
pub const REMOVE_CURVE: &str = "この曲線を削除";
/// What the curves show.
pub const KIND: &str = "曲線が示すもの";
/// Kinds, in the order of their codes.
pub const KINDS: [(&str, &str); 2] = [("survival", "生存"), ("incidence", "累積発生率")];
/// What one curve shows.
pub const CURVE_SHOWS: &str = "この曲線";
/// What a curve of incidence shows.
pub const CURVES_SHOW: [(&str, &str); 2] = [("event", "注目するイベント"), ("competing", "競合イベント")];
/// The unit of heights.
pub const HEIGHTS: &str = "高さの単位";
/// Units of heights.
pub const HEIGHT_UNITS: [(&str, &str); 2] = [("percent", "百分率（0から100）"), ("fraction", "割合（0から1）")];
/// The points of a curve of incidence.
pub const INCIDENCE_POINTS: &str = "点：時間、累積発生率";
/// Where the numbers at risk of competing events are.
pub const AT_RISK_OF_EVENT: &str = "リスク集合の人数は、同じ群のイベントの曲線のものを用いる。";
/// Heading of the optional ratio.
pub const PRINTED: &str = "ハザード比（記載がある場合）";
/// The groups of a ratio.
pub const RATIO_GROUP: &str = "群";
/// The groups of a ratio.
pub const RATIO_REFERENCE: &str = "基準";
/// The ratio.
pub const RATIO: &str = "比";
/// Its interval.
pub const RATIO_INTERVAL: &str = "95%信頼区間";
/// Heading of the provenance.
pub const PROVENANCE: &str = "出典を記入して保存";
/// How the last step is done.
pub const PROVENANCE_LEAD: &str =
    "ファイルには出典、点、リスク集合の人数、復元の結果が残り、ここで再び開くことができる。";
/// A field.
pub const STUDY: &str = "研究";
/// A field.
pub const FIGURE: &str = "図";
/// A field.
pub const PAGE: &str = "ページ";
/// A field.
pub const BY: &str = "数値化した人";
/// A field.
pub const DATE: &str = "日付（YYYY-MM-DD）";
/// A field.
pub const NOTE: &str = "注記";
/// Puts the figure into the library.
pub const TO_LIBRARY: &str = "ライブラリーに追加";
/// Heading.
pub const LIBRARY: &str = "ライブラリー";
/// What the library is.
pub const LIBRARY_LEAD: &str = "このセッションで数値化した図。ページを閉じると何も残らないため、ライブラリーは一つのファイルとして保存する。図に印を付けると\
     重ねて描く。同じ図の読み取り二つに印を付けると、両者の一致を示す。";
/// Opens files.
pub const OPEN_FILES: &str = "図を開く（JSON）";
/// Saves all.
pub const SAVE_LIBRARY: &str = "ライブラリーを保存（JSON）";
/// An empty library.
pub const NO_FIGURE: &str = "図はまだない。";
/// Heads of the table: chosen, study, figure, groups, patients, fit, who and when, what can be done.
pub const HEADS: [&str; 8] = ["描画", "研究", "図", "群", "n", "当てはめの誤差", "数値化", "操作"];
/// Puts a figure into the form.
pub const EDIT: &str = "編集";
/// Takes a figure out.
pub const REMOVE: &str = "削除";

/// A unit of time on the axis.
#[must_use]
pub fn unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "日",
        TimeUnit::Weeks => "週",
        TimeUnit::Months => "月",
        TimeUnit::Years => "年",
    }
}

/// The name of a curve in the list, by its position.
#[must_use]
pub fn curve_name(position: usize, group: &str, competing: bool) -> String {
    let group = group.trim();
    let name = if group.is_empty() {
        format!("曲線{}", position + 1)
    } else {
        group.to_owned()
    };
    if competing { format!("{name}、競合") } else { name }
}

/// What a control of a figure in the library is called.
#[must_use]
pub fn of_figure(action: &str, study: &str, figure: &str, digitised: &str) -> String {
    format!("{action}：{study}、{figure}、{digitised}")
}

/// Who digitised a figure, and when.
#[must_use]
pub fn digitised(by: &str, date: &str) -> String {
    format!("{by}、{date}")
}

/// What the picture and its controls say, by the names of `www/scripts/digitiser.js`; it fills in what stands in braces.
pub const ELEMENT: [(&str, &str); 19] = [
    ("corner", "1 原点"),
    ("along", "2 x軸上の点"),
    ("up", "3 y軸上の点"),
    ("point", "点を追加"),
    ("follow", "色で追跡"),
    ("open", "曲線の画像を開く"),
    ("stays", "画像はこのページから出ない。ドロップや貼り付けもできる。"),
    ("sets", "クリックで置くもの"),
    (
        "picture",
        "画像。矢印キーで十字を動かす（Shiftで10倍）。Enterで置く。Backspaceで取り消す。＋、－、0で拡大・縮小。",
    ),
    ("zoom_in", "拡大"),
    ("zoom_out", "縮小"),
    ("fit", "全体"),
    ("undo", "取り消し"),
    ("clear", "点を消去"),
    ("traced", "{n}点を追跡した。"),
    ("unreadable", "ブラウザーはこの画像を読めない。"),
    ("undone", "取り消した。"),
    ("points", "{n}点。"),
    ("set", "{what}：{x}, {y}"),
];
