//! What the page for cohorts says around its results.

use crate::en::cohort_page as en;

pub use crate::en::cohort_page::Result;

/// In the box for files.
pub const DROP: &str = "またはこのページのどこかにドロップする：CSV、Excel、OpenDocument、SPSS、Stata、SAS、R、jamovi。1行に患者1例。このタブの中で読み、\
     どこにも送信しない。";
/// A link to a file with the columns that are understood.
pub const TEMPLATE: &str = "ひな形（CSV）";
/// The same as a workbook that offers the possible values.
pub const TEMPLATE_XLSX: &str = "ひな形（Excel）";
/// What can be opened with a file.
pub const WITH_DICTIONARY: &str =
    "データ辞書を一緒に選択またはドロップできる：REDCap、Castor、コードブック、SPSS・Stata・SAS・Rのシンタックス。";
/// Takes away a file that stands beside the one of patients.
pub const TAKE_AWAY: &str = "外す";

/// The same for a reader of the screen.
#[must_use]
pub fn without_beside(name: &str) -> String {
    format!("{name}を外す")
}

/// The fold of the box for files where one is open.
pub const REPLACE_FILE: &str = "ファイルを替える";
/// The name of the views of a result.
pub const VIEWS: &str = "この結果の表示";
/// No published estimate has the endpoint of the curve.
pub const NO_PUBLISHED: &str = "このエンドポイントの公表された推定値は収載されていない。";
/// The button of the file chooser.
pub const CHOOSE_FILE: &str = "ファイルを選択";
/// The fold for pasted rows.
pub const PASTE: &str = "行を貼り付ける";
/// The name of its text field.
pub const PASTE_LABEL: &str = "見出しを含む行（表計算ソフトからコピーしたもの）";
/// Its button.
pub const PASTE_READ: &str = "この行を読む";
/// Before the buttons of the examples.
pub const EXAMPLES: &str = "例：";
/// The buttons of the examples.
pub const SEVERANCE: &str = "公表された乳児9例";
/// See [`SEVERANCE`].
pub const REGISTRY: &str = "模擬データの乳児120例";

/// Headings of the settings.
pub mod heading {
    /// The file.
    pub const DATA: &str = "データ";
    /// What is asked.
    pub const ANALYSIS: &str = "解析";
    /// How figures look.
    pub const FIGURE: &str = "図";
    /// Controls of the result that is shown.
    pub const RESULT: &str = "この結果";
    /// Groups of results in the index.
    pub const RESULTS: &str = "結果";
    /// See [`RESULTS`].
    pub const PROTOCOLS: &str = "プロトコール";
    /// See [`RESULTS`].
    pub const EXPORT: &str = "書き出し";
    /// Tests, restricted means, landmark.
    pub const TESTS: &str = "検定、RMST、ランドマーク";
    /// Less used options of figures.
    pub const MORE_OPTIONS: &str = "大きさ、軸、線";
}

/// Views of a result.
pub mod view {
    /// The figure.
    pub const CHART: &str = "図";
    /// All numbers.
    pub const TABLE: &str = "表";
    /// Published estimates over the curve.
    pub const PUBLISHED: &str = "公表値を重ねる";
    /// How figures look.
    pub const OPTIONS: &str = "図の設定";
    /// The methods.
    pub const METHODS: &str = "方法";
}

/// Names of the settings.
pub mod label {
    /// What is timed.
    pub const ENDPOINT: &str = "エンドポイント";
    /// By what patients are compared.
    pub const GROUP: &str = "群分け";
    /// No comparison.
    pub const NO_GROUP: &str = "なし";
    /// When induction failure counts.
    pub const INDUCTION_FAILURE: &str = "寛解導入不能";
    /// Times of estimates.
    pub const AT: &str = "推定値を示す時点（年）";
    /// Of the landmark analysis.
    pub const LANDMARK: &str = "ランドマーク（年）";
    /// Between groups.
    pub const TEST: &str = "群間の検定";
    /// Of restricted means.
    pub const HORIZON: &str = "RMSTの境界時点（年）";
    /// Rows of the table of two protocols.
    pub const FROM: &str = "行";
    /// Its columns.
    pub const TO: &str = "列";
    /// Published estimates over the curve.
    pub const PUBLISHED: &str = "この曲線に重ねる公表された推定値";
    /// Width of figures.
    pub const WIDTH: &str = "幅";
    /// Letters of figures.
    pub const FONT_SIZE: &str = "文字の大きさ";
    /// Title in the drawing.
    pub const TITLE: &str = "表題を図に含める";
    /// Caption in the drawing.
    pub const CAPTION: &str = "図の説明を図に含める";
    /// What figures are made for.
    pub const PRESET: &str = "図の用途";
    /// Where the time axis ends.
    pub const TIME_END: &str = "横軸の終わり";
    /// Hazard ratio and P in the panel.
    pub const ANNOTATION: &str = "図中のHRとP";
    /// Width of curves.
    pub const WEIGHT: &str = "線の太さ";
    /// Shape of a figure.
    pub const SHAPE: &str = "縦横比";
    /// Panel letter.
    pub const PANEL: &str = "パネルの記号";
    /// Under the time axis.
    pub const TABLE: &str = "下の表";
    /// Which way curves run.
    pub const DIRECTION: &str = "曲線が示すもの";
    /// Values.
    pub const SCALE: &str = "値";
    /// Unit of time.
    pub const UNIT: &str = "時間の単位";
    /// Beginning of the time axis.
    pub const TIME_FROM: &str = "横軸の始点";
    /// Its end.
    pub const TIME_TO: &str = "横軸の終点";
    /// Its ticks.
    pub const TIME_STEP: &str = "横軸の目盛間隔";
    /// Beginning of the axis of values.
    pub const VALUE_FROM: &str = "縦軸の始点（%）";
    /// Its end.
    pub const VALUE_TO: &str = "縦軸の終点（%）";
    /// Its ticks.
    pub const VALUE_STEP: &str = "縦軸の目盛間隔（%）";
    /// Colours and dashes.
    pub const LINES: &str = "線";
    /// Which colours.
    pub const COLOURS: &str = "色";
    /// Where curves are named.
    pub const NAMES: &str = "群の名称";
    /// Bands.
    pub const BANDS: &str = "信頼帯";
    /// Marks of the censored.
    pub const CENSORING: &str = "打ち切りの印";
    /// Few at risk.
    pub const LOW_NUMBER: &str = "リスク集合が少人数とみなす基準";
    /// What happens there.
    pub const LOW_NUMBER_CURVE: &str = "少人数の部分の曲線";
}

/// Words of the values of a setting, by their codes in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    const VALUES: &[(&str, &str)] = &[
        ("zero", "時点0のイベント"),
        ("date", "その日付のイベント"),
        ("log-rank", "ログランク"),
        ("89", "89 mm、1段"),
        ("183", "183 mm、2段"),
        ("254", "254 mm、スライド"),
        ("journal", "論文"),
        ("slide", "スライド、16:9"),
        ("mature", "リスク集合が10%かつ5人の時点"),
        ("all", "最後の観察時点"),
        ("free", "必要な高さ"),
        ("kmunicate", "KMunicate（3行）"),
        ("at-risk", "リスク集合の人数"),
        ("events", "リスク集合の人数（イベント数）"),
        ("none", "なし"),
        ("survival", "生存"),
        ("incidence", "1 − 生存"),
        ("hazard", "累積ハザード"),
        ("percent", "パーセント"),
        ("fraction", "0〜1"),
        ("years", "年"),
        ("months", "月"),
        ("both", "色と破線"),
        ("colour", "色"),
        ("grey", "灰色と破線"),
        ("blue", "青、朱、緑…"),
        ("purple", "紫、橙、青緑…"),
        ("ends", "曲線の横"),
        ("legend", "凡例"),
        ("tenth", "5人未満または10分の1未満"),
        ("10", "10人未満"),
        ("20", "20人未満"),
        ("thin", "細く描く"),
        ("end", "描かない"),
        ("on", "ほかの部分と同じに描く"),
    ];
    let own = VALUES.iter().find(|(known, _)| *known == code);
    own.map_or_else(|| en::value(code), |(_, words)| words)
}

/// An endpoint in a list, with how many patients can be followed to it, or why nobody can.
#[must_use]
pub fn endpoint(name: &str, patients: usize, obstacle: Option<&str>) -> String {
    match (patients, obstacle) {
        (0, Some(why)) => format!("{name}（該当者なし：{why}）"),
        (0, None) => format!("{name}（該当者なし）"),
        (patients, _) => format!("{name}（{patients}例）"),
    }
}

/// Before the reasons why columns are not in the list of groups.
pub const NOT_OFFERED: &str = "選べない列：";
/// In place of a result that this file, or these settings, do not give.
pub const NO_RESULT: &str = "この結果はない：ファイルに必要な列がないか、この設定では誰も残らない。";
/// The name of the list of results.
pub const INDEX: &str = "結果";

const fn named(result: Result, name: &'static str) -> Result {
    Result { name, ..result }
}

/// How the columns of the file are read.
pub const COLUMNS: Result = named(en::COLUMNS, "列");
/// Who is in, and baseline characteristics.
pub const PATIENTS: Result = named(en::PATIENTS, "患者");
/// Curves and their comparison.
pub const SURVIVAL: Result = named(en::SURVIVAL, "生存");
/// Survival and incidence of several endpoints in one figure; the difference of survival over time.
pub const PANELS: Result = named(en::PANELS, "パネル、差");
/// Competing risks.
pub const COMPETING: Result = named(en::COMPETING, "競合リスク");
/// Transplant as a time-dependent event.
pub const TRANSPLANT: Result = named(en::TRANSPLANT, "移植");
/// Cox regression and proportional hazards.
pub const COX: Result = named(en::COX, "Cox回帰");
/// Survival adjusted for covariates.
pub const ADJUSTED: Result = named(en::ADJUSTED, "調整済み曲線");
/// Plateau and mixture cure model.
pub const CURE: Result = named(en::CURE, "治癒割合");
/// Parametric models of the times.
pub const PARAMETRIC: Result = named(en::PARAMETRIC, "パラメトリックモデル");
/// Effects within subgroups.
pub const SUBGROUPS: Result = named(en::SUBGROUPS, "サブグループ");
/// Risk groups by protocol.
pub const RISK_GROUPS: Result = named(en::RISK_GROUPS, "リスク群");
/// Discrimination of the protocols' groups.
pub const DISCRIMINATION: Result = named(en::DISCRIMINATION, "識別能");
/// Methods, report, script, project.
pub const OUTPUTS: Result = named(en::OUTPUTS, "方法の文章、レポート、Rスクリプト");
