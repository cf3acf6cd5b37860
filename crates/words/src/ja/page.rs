//! The words of the page itself. What stands in English alone comes with the glob.

use cotside_core::infant::Severity;
use cotside_core::protocols::{Group, IfUnknown, Truth};

pub use crate::en::page::*;

// Everywhere.

/// What is read before the head is passed over.
pub const SKIP: &str = "本文へ移動";
/// Name of the list of pages.
pub const PAGES: &str = "ページ";
/// The page for one infant.
pub const NAV_STRATIFY: &str = "層別化";
/// The page for a cohort.
pub const NAV_ANALYSE: &str = "コホート解析";
/// The pages of the rules.
pub const NAV_PROTOCOLS: &str = "プロトコール";
/// Published outcomes.
pub const NAV_EVIDENCE: &str = "公表成績";
/// Planning of studies.
pub const NAV_PLAN: &str = "研究計画";
/// What it is for.
pub const NAV_ABOUT: &str = "使用目的";
/// What is sent and stored.
pub const NAV_PRIVACY: &str = "プライバシー";
/// Name of the list of languages.
pub const LANGUAGES: &str = "言語";
/// That no clinician has read the translation.
pub const UNREVIEWED: &str =
    "この日本語訳は、まだ臨床医による確認を受けていない。プロトコールの条文・注記・出典は原文のまま示す。";

/// Which rules, evidence and program this is.
#[must_use]
pub fn versions(rules: &str, evidence: &str, program: &str, build: &str) -> String {
    format!("規則 {rules}、文献確認日 {evidence}、Cotside {program}、ビルド {build}。")
}

// Titles of pages.

/// The page for one infant.
pub const STRATIFY: &str = "乳児例の層別化";
/// The page for a cohort.
pub const ANALYSE: &str = "コホートの解析";
/// The list of rules.
pub const PROTOCOLS: &str = "プロトコール一覧";
/// A protocol of the reader's own.
pub const OWN: &str = "自作のプロトコール";
/// Published outcomes.
pub const EVIDENCE: &str = "公表成績";
/// Title of the page of pooled analyses.
pub const COMBINE: &str = "複数施設の統合解析";
/// Planning of studies.
pub const PLAN: &str = "研究の計画";
/// What it is for.
pub const ABOUT: &str = "概要と使用目的";
/// What is sent and stored.
pub const PRIVACY: &str = "プライバシー";
/// An address without a page.
pub const NOT_FOUND: &str = "ページが見つからない";

// The form.

/// The form's heading.
pub const FINDINGS: &str = "所見";
/// A finding that was not given.
pub const UNKNOWN: &str = "不明";
/// A fraction of cells, as a unit.
pub const FRACTION: &str = "割合";
/// Name of the unit switch of the white cell count.
pub const WBC_UNIT: &str = "白血球数の単位";
/// Name of the switch between ways to give the age.
pub const AGE_WAYS: &str = "年齢の入力方法";
/// Age in days.
pub const DAYS: &str = "日";
/// Age in completed months.
pub const MONTHS: &str = "月";
/// Age from dates.
pub const DATES: &str = "日付";

/// Name of the button that opens a definition.
#[must_use]
pub fn what_is(field: &str) -> String {
    format!("「{field}」の定義")
}

/// Name of a field's unit switch.
#[must_use]
pub fn unit_of(field: &str) -> String {
    format!("{field}の単位")
}

/// What stands before an issue.
#[must_use]
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "注：",
        Severity::Contradiction => "矛盾のため用いない：",
        Severity::Invalid => "用いない：",
    }
}

/// How many findings of a stage are known.
#[must_use]
pub fn known(count: usize) -> String {
    match count {
        0 => "入力なし".to_owned(),
        known => format!("{known}項目入力"),
    }
}

// Examples and the banner.

/// The menu of examples.
pub const EXAMPLES: &str = "例";
/// Its first line.
pub const CHOOSE: &str = "選択…";
/// Examples from publications.
pub const PUBLISHED: &str = "公表例";
/// Examples that were made up.
pub const MADE_UP: &str = "境界の架空例";
/// The banner over an example.
pub const EXAMPLE: &str = "例であり、自分の患者ではない";
/// The banner over findings from a link.
pub const FROM_LINK: &str = "リンクから開いた所見";
/// What to do with findings from a link.
pub const FROM_LINK_MORE: &str = "結果を読む前に、所見を一つずつ確認のこと。";
/// The banner over a row of a file.
pub const FROM_FILE: &str = "ファイルの1行";
/// Behind the banner's title, when something was changed.
pub const CHANGED: &str = "（変更あり）";
/// Between the banner's title and its text.
pub const STOP: &str = "。";
/// Empties the form for a patient.
pub const CLEAR_FOR_MINE: &str = "消去して自分の患者を入力";
/// Over findings that were typed.
pub const YOURS: &str = "自分の患者。";
/// What is done with them.
pub const YOURS_MORE: &str = "このタブの中だけにあり、保存も送信もされない。";
/// Empties the form.
pub const CLEAR: &str = "消去";

/// Name and description of the examples, in their order.
pub const EXAMPLE_WORDS: [(&str, &str); 6] = [
    (
        "生後4週の男児（Blood 2019;133:205）",
        "Brown, Pieters, Biondi, Blood 2019;133:205 の症例1:生後4週（28日）の男児、白血球数 1,100 × 10⁹/L、\
         KMT2A::MLLT1、髄液の白血球38/µL、リンパ芽球あり。",
    ),
    (
        "境界：179日、中枢神経系浸潤なし",
        "MLL-10の境界180日に1日満たない架空の乳児。",
    ),
    (
        "境界：183日、6か月に達したか未確定",
        "183日の架空の乳児：暦の6か月を過ぎたかどうかは日付による。",
    ),
    (
        "境界：白血球数ちょうど 300 × 10⁹/L",
        "出典により異なる境界値（300以上、300超）ちょうどの架空の乳児。",
    ),
    (
        "KMT2Aの部分縦列重複",
        "KMT2Aの部分縦列重複をもつ架空の乳児。これは再構成ではない。",
    ),
    (
        "互いに矛盾する所見",
        "所見のすべては真でありえない架空の乳児：CNS1だが髄液に芽球があり、反応良好だが芽球1,500/µL。",
    ),
];

/// A patient of the Severance series.
#[must_use]
pub fn severance_patient(number: usize) -> String {
    format!("Severance症例集積 患者{number}")
}

/// What the banner says of a patient of the Severance series.
#[must_use]
pub fn severance_about(patient: &str) -> String {
    format!("{patient}（Lee et al. 2011、表に記載のとおり）。")
}

// The answers.

/// Their heading.
pub const ANSWERS: &str = "各プロトコールによるこの児の分類";
/// Leads from the form to them.
pub const TO_ANSWERS: &str = " 結果へ";
/// The heading of what is missing.
pub const NEXT: &str = "次に分かると役立つ所見";
/// Where nothing is missing.
pub const NEXT_NONE: &str = "なし。不明の所見で結果を変えるものはない。";
/// Before the protocols that a finding decides.
pub const DECIDES: &str = "これで決まる：";
/// Before the protocols that it may decide.
pub const MAY_DECIDE: &str = "決まりうる：";
/// Before the protocols that it narrows.
pub const NARROWS: &str = "関係する：";
/// The heading of the disagreements.
pub const DISAGREEMENTS: &str = "プロトコール間の相違点";
/// Where there are none.
pub const DISAGREEMENTS_NONE: &str = "この児を分類するプロトコールはすべて同じ段階に置いている。";

/// How many protocols say what.
#[must_use]
pub fn tally(all: usize, assigned: usize, open: usize, not_applicable: usize) -> String {
    format!("全{all}件：群が決定 {assigned}件、未確定 {open}件、適用外 {not_applicable}件。")
}

/// How many findings are folded.
#[must_use]
pub fn more(count: usize) -> String {
    format!("ほか{count}件")
}

// The tools over the rows.

/// Before the menu of orders.
pub const SORT: &str = "並べ替え ";
/// The orders: as catalogued, highest first, open first, by name.
pub const ORDERS: [&str; 4] = ["年代・研究グループ順", "高リスクから", "未確定から", "名称順"];
/// Before the menu of what is shown.
pub const SHOW: &str = "表示 ";
/// What is shown: all, applicable, with a group, open, trials.
pub const SHOWS: [&str; 5] = [
    "すべて",
    "適用される可能性あり",
    "群が決定",
    "未確定",
    "治療プロトコール",
];
/// Opens every row.
pub const OPEN_ALL: &str = "すべて開く";
/// Closes every row.
pub const CLOSE_ALL: &str = "すべて閉じる";
/// Where the filter leaves none.
pub const NONE_LIKE_THAT: &str = "この所見で条件に合うプロトコールはない。";

/// How many of the rows are shown.
#[must_use]
pub fn shown(count: usize, all: usize) -> String {
    format!("{all}件中{count}件")
}

/// What is folded under the rows.
pub const BESIDE: &str = "自作のプロトコールと規則の旧版";

// A row.

/// Heads over the rows: protocol, risk group, because, transplant, event-free survival.
pub const ROW_HEADS: [&str; 5] = [
    "プロトコール",
    "リスク群",
    "判定根拠",
    "第一寛解期移植",
    "公表EFS、%（95% CI）",
];
/// Sections of the rows: recent, earlier, prognostic groupings and series.
pub const SECTIONS: [&str; 3] = ["最近のプロトコール", "以前のプロトコール", "予後分類と症例集積"];
/// The section of protocols that are not for this child.
pub const NOT_APPLICABLE_SECTION: &str = "適用外";
/// Over the states of the transplant rules.
pub const STRIP_TRANSPLANT: &str = "第一寛解期移植";
/// Over the counts of published outcomes.
pub const STRIP_OUTCOME: &str = "公表EFS";
/// Over the findings that would change an answer.
pub const STRIP_MISSING: &str = "未入力で判定を左右する項目";
/// Where no finding would.
pub const STRIP_MISSING_NONE: &str = "なし：未入力の項目で判定が変わるものはない。";
/// Parts below the rows: differences, outcomes, several patients, custom protocols.
pub const TABS: [&str; 4] = [
    "プロトコール間の相違",
    "すべての治療成績",
    "複数の患者",
    "独自のプロトコール",
];
/// Name of the list of these parts.
pub const TABS_NAME: &str = "この児についての詳細";
/// Below the rows: how marks are read.
pub const ROWS_KEY: &str = "塗りつぶし：この児と同じ群。白抜き：より広い集団。線：95% CI（破線は標準誤差から算出）。年代・対象・評価項目が異なるため、治療の比較ではない。行を開くと基準、移植規則、成績、出典を表示する。";
/// The first column of the table of criteria.
pub const CRITERION: &str = "基準";
/// Below the table of criteria.
pub const CRITERIA_KEY: &str = "✓ 該当、✗ 非該当、? 不明、– 群分けに用いない。";
/// Where all protocols put the child on one level.
pub const CRITERIA_AGREE: &str = "この児を分類するプロトコールはすべて一致している。";
/// The row of the table of criteria that has the risk groups.
pub const CRITERIA_GROUP: &str = "リスク群";
/// Leads from the answers back to the findings, on a phone.
pub const TO_FINDINGS: &str = "所見";
/// A finding that is not known, on a small button.
pub const UNKNOWN_MARK: &str = "?";
/// Over the findings that few rules ask for.
pub const MORE_FINDINGS: &str = "その他の所見";
/// Copies the summary.
pub const COPY_SUMMARY: &str = "要約をコピー";
/// Shows the text with rules and sources.
pub const FULL_TEXT: &str = "全文";
/// Name of the copied summary.
pub const SUMMARY_LABEL: &str = "要約";
/// A row without a published survival.
pub const NONE_PUBLISHED: &str = "見つからない";
/// Behind the name of a series.
pub const SERIES: &str = " 症例集積";
/// Behind the name of prognostic groups.
pub const PROGNOSTIC: &str = " 予後分類";
/// The answer of a protocol that is not for this child.
pub const NOT_APPLICABLE: &str = "適用外";
/// A group without a place on the scale.
pub const OFF_SCALE: &str = "尺度の対象外";
/// Before the population of an outcome that is of such children only if an open clause holds.
pub const IF: &str = " 該当する場合：";
/// Before a population that children of other groups belong to as well.
pub const WIDER: &str = " より広い集団：";

/// What a protocol that is not for this child asks for.
#[must_use]
pub fn asks_for(clause: &str) -> String {
    format!("適格条件：{clause}")
}

/// Headings of an open row.
pub const CLAUSE_BY_CLAUSE: &str = "条項ごとの判定";
/// What each missing finding would decide.
pub const MISSING: &str = "不明の所見と、それにより決まること";
/// What would change the answer.
pub const CHANGES: &str = "結果が変わる条件";
/// The transplant rule.
pub const TRANSPLANT: &str = "第一寛解期の造血幹細胞移植";
/// Before what the transplant rule reads, in a row.
pub const TRANSPLANT_SHORT: &str = "移植：";
/// Before the transplant rule as it is worded.
pub const ITS_RULE: &str = " 規則の原文：";
/// Published outcomes of such children.
pub const PUBLISHED_FOR: &str = "このような乳児の公表成績";
/// Where there are none.
pub const PUBLISHED_NONE: &str = "この群の公表成績は見つからなかった。";
/// What is easily got wrong.
pub const PITFALLS: &str = "注意点";
/// The references.
pub const SOURCES: &str = "出典";
/// The link to a protocol's page, in two pieces around its name.
pub const WHOLE_RULE: (&str, &str) = ("", "の規則全文");

/// Whether a clause holds.
#[must_use]
pub const fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "該当",
        Truth::False => "非該当",
        Truth::Unknown => "不明",
    }
}

/// Columns of the clauses.
pub const HOLDS: &str = "判定";
/// A clause.
pub const CLAUSE: &str = "条項";
/// What was found.
pub const THIS_CHILD: &str = "この児";
/// The part that a clause plays.
pub const FOR: &str = "用途";
/// A source.
pub const SOURCE: &str = "出典";

// Published outcomes.

/// Columns: population, endpoint, time, n, estimate, uncertainty.
pub const POPULATION: &str = "対象";
/// What was counted.
pub const ENDPOINT: &str = "指標";
/// When.
pub const TIME: &str = "時点";
/// The number.
pub const ESTIMATE: &str = "推定値";
/// Its spread.
pub const UNCERTAINTY: &str = "不確実性";
/// What is not printed.
pub const NOT_STATED: &str = "記載なし";
/// Behind a population to which the child may belong.
pub const IF_SO: &str = "（該当する場合）";
/// Behind a population that children of other groups belong to as well.
pub const WIDER_SO: &str = "（より広い集団）";
/// The sign of per cent behind a number.
pub const PERCENT: &str = "%";
/// How to read the drawings.
pub const OUTCOMES_KEY: &str = "点：公表された推定値。線：記載どおりの95%区間。破線：記載された標準誤差からlog(−log)尺度でここで計算した\
     区間。線なし：描ける不確実性がない。白抜きの点：この児の群より広い集団、または該当の可能性がある集団。対象集団、年代、エンドポイントは異なり、相互の比較ではない。";

/// A time in years.
#[must_use]
pub fn years(years: &str) -> String {
    format!("{years}年")
}

/// An outcome in a few words.
#[must_use]
pub fn brief(endpoint: &str, estimate: &str, years: Option<&str>, n: Option<u32>) -> String {
    let years = years.map_or_else(|| "時点の記載なし ".to_owned(), |years| format!("{years}年"));
    let n = n.map_or_else(|| "nの記載なし".to_owned(), |n| format!("n = {n}"));
    format!("{years}{endpoint} {estimate}%、{n}")
}

// Taking the answer along.

/// Copies a text.
pub const COPY_NOTE: &str = "記録用テキストをコピー";
/// Prints.
pub const PRINT: &str = "印刷（1ページ）";
/// Makes a link.
pub const COPY_LINK: &str = "この所見へのリンク";
/// When it was copied.
pub const COPIED: &str = "クリップボードにコピーした。";
/// Before the text.
pub const PLAIN_TEXT: &str = "テキスト：";
/// Name of the text's field.
pub const NOTE_LABEL: &str = "記録用テキスト";
/// What a link holds.
pub const LINK_ABOUT: &str =
    "このリンクを開いた人には所見が見える。所見は # の後にあり、サーバーには送られない。ラベルと日付は含まない。";

// Several patients.

/// Their heading.
pub const PATIENTS: &str = "複数の患者";
/// What to drop.
pub const DROP: &str = "患者のファイルをここにドロップする（CSV、Excel、OpenDocument、SPSS、Stata、SAS、R、jamovi）。1行に1人、診断時の所見を列に置く。空欄は不明。ファイルはこのタブの中で読み、どこにも送らない。";
/// Beside the place for files before the page is sealed.
pub const SEAL_OPEN: &str = "ファイルを開く前にページを封印する。以後、ブラウザーはこのページの要求をすべて拒否する。";
/// On a sealed page; `{n}` is how many requests were refused.
pub const SEAL_SEALED: &str = "封印済み。ブラウザーはこのページの要求を拒否する。これまでに拒否した要求：{n}件";
/// Where the browser does not keep to the seal.
pub const SEAL_BROKEN: &str = "このブラウザーは封印を守らない。それでもページが接続するのは自身のサイトだけである。";
/// The link to the page Privacy.
pub const SEAL_MORE: &str = "これが意味すること";
/// Chooses a file.
pub const CHOOSE_FILE: &str = "ファイルを選択";
/// Opens the series.
pub const LOAD_SEVERANCE: &str = "Severance症例集積を読み込む";
/// Name of the series as a file.
pub const SEVERANCE_FILE: &str = "Severance症例集積（Lee et al. 2011）、例";
/// A file to look at.
pub const SAMPLE_FILE: &str = "見本ファイル";
/// Instead of the table, of a file without findings.
pub const NO_FINDINGS: &str = "所見として認識できた列がない。上で各列の内容を指定する。";
/// Name of the table.
pub const PATIENTS_TABLE: &str = "患者ごとの結果";
/// Takes the table along.
pub const DOWNLOAD_TABLE: &str = "表をCSVで保存";
/// First column of the table.
pub const PATIENT: &str = "患者";
/// Heading of the remarks.
pub const ROW_REMARKS: &str = "各行についての注記";
/// A cell in which every group is possible.
pub const ANY_GROUP: &str = "未確定";

/// Between groups of which one is the child's, in a cell.
pub const OR: &str = "または";
/// A protocol that is not for a child, in a cell.
pub const N_A: &str = "適用外";

/// A group in a cell.
#[must_use]
pub fn group<'p>(group: &Group<'p>) -> &'p str {
    super::group_name(group)
}

/// How many patients the table shows of more.
#[must_use]
pub fn first_rows(count: usize) -> String {
    format!("表には最初の{count}人を示す。保存するファイルには全員が含まれる。")
}

/// How many patients a file holds.
#[must_use]
pub fn patients(name: &str, count: usize) -> String {
    format!("{name}：{count}人。")
}

/// Name of the button that opens a row in the form.
#[must_use]
pub fn open_row(label: &str) -> String {
    format!("{label}を入力欄に開く")
}

/// The label of a row without one.
#[must_use]
pub fn row(number: usize) -> String {
    format!("{number}行目")
}

/// What is said of a row.
#[must_use]
pub fn row_remark(row: usize, line: u64, columns: &str, issue: &str, used: bool) -> String {
    let not_used = if used { "" } else { "用いない。" };
    format!("{row}行目（ファイルの{line}行目）、{columns}：{issue}{not_used}")
}

// The pages of the rules.

/// What the list of rules is.
pub const PROTOCOLS_LEAD: &str = "公表されたプロトコールと症例集積が、急性リンパ性白血病の乳児をどう分類するか。名称から規則の全文\
     （条項、境界、移植規則、成績、注意点、出典）を開く。最後の列は、条項のうち最も不確かなものをどう確認したかを示す。";
/// That nobody of the study group has read it.
pub const NOT_REVIEWED: &str = "研究グループの確認は受けていない。";
/// Who is eligible.
pub const WHO: &str = "適格条件";
/// The groups.
pub const GROUPS: &str = "群";
/// How groups are tried.
pub const GROUPS_ORDER: &str = "上から順に判定し、最初に条件を満たした群とする。";
/// The clauses.
pub const CLAUSES: &str = "条項";
/// Results of KMT2A between the two.
pub const KMT2A_READINGS: &str = "再構成ありともなしとも言えないKMT2Aの結果";
/// The three readings: duplication, not established, unknown response.
pub const READINGS: [&str; 3] = ["部分縦列重複", "確定できなかったもの", "プレドニゾロン反応性が不明"];
/// Published outcomes.
pub const OUTCOMES: &str = "公表成績";
/// Where there are none.
pub const OUTCOMES_NONE: &str = "見つからなかった。";
/// Other facts.
pub const FACTS: &str = "そのほかの成績";
/// Open questions.
pub const OPEN_QUESTIONS: &str = "未確認の事項";
/// Opens a prefilled text about an error of a rule.
pub const REPORT_RULE: &str = "この規則の誤りを報告する";
/// Before the files of a rule for other programs.
pub const RULE_FILES: &str = "ほかのプログラム用の規則";
/// Infants with the answer.
pub const RULE_TESTS: &str = "テスト例 (JSON)";
/// The file from which a protocol of one's own can be started.
pub const RULE_FILE: &str = "プロトコルファイル (JSON)";
/// Columns of the groups: group, condition, level, code.
pub const GROUP_HEADS: [&str; 4] = ["群", "条件", "リスク水準", "コード"];
/// A group without a level.
pub const NO_LEVEL: &str = "リスク水準なし";
/// The same, short.
pub const BOUNDARY_CELLS: [&str; 3] = ["直下", "境界値", "直上"];

/// How a transplant rule was read.
#[must_use]
pub fn transplant_if(condition: &str) -> String {
    format!("次のように読んだ：{condition}の場合に移植。")
}

/// What an unknown criterion does.
#[must_use]
pub const fn if_unknown(criterion: IfUnknown) -> &'static str {
    match criterion {
        IfUnknown::Ask => "不明の間は群を決めない。",
        IfUnknown::SayCondition => "不明の間はこれを条件とした結果を示し、その旨を記す。",
        IfUnknown::Wait => "報告されるまでこのプロトコールは適用されない。",
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
pub const LOADING: &str = "この部分を読み込んでいます…";
/// Where a part of the page cannot be loaded.
pub const NOT_LOADED: &str = "この部分を読み込めませんでした。入力内容は失われていません。";
/// The button that loads it again.
pub const LOAD_AGAIN: &str = "再試行";

/// Subject and text of a report that a rule is wrong; nothing of what was entered is in it.
#[must_use]
pub fn rule_report(name: &str, id: &str, rules: &str, version: &str) -> [String; 2] {
    [
        format!("Cotside：{name}の規則"),
        format!(
            "実在の患者のデータは送らないでください。このサイトの運営者に、またはプロジェクトのissueとして（「Correct a rule」）。\n\n\
             プロトコル：{name}（{id}）\n規則{rules}、Cotside {version}\n\n\
             架空の乳児と、Cotsideの答え：\n\n\
             プロトコルの原文：\n\n\
             出典とページ（DOIまたはPMID）：\n"
        ),
    ]
}
