//! The words of the frame of every page, and of the page of changes.

use cotside_core::infant::Infant;

use super::answer::findings_known;

// The head.

/// Opens the list of pages on a narrow screen.
pub const MENU: &str = "メニュー";
/// The page of comparisons with R, a document of its own.
pub const NAV_VALIDATION: &str = "検証";
/// The page of the versions of the rules.
pub const NAV_CHANGES: &str = "変更履歴";
/// The menu of what is known of the program itself.
pub const ABOUT_MENU: &str = "概要";
/// Behind the name of a link that opens a new tab, for screen readers.
pub const NEW_TAB: &str = "（英語、新しいタブで開く）";
/// The badge of the head before a file is opened.
pub const SEAL_OPEN: &str = "ファイル未選択";
/// The badge of the head on a sealed page; `{n}` is how many requests were not refused.
pub const SEAL_SEALED: &str = "通信遮断中・通信{n}件";
/// The badge of the head where the browser does not enforce the seal.
pub const SEAL_BROKEN: &str = "通信遮断なし";

// The page of changes.

/// Its title.
pub const CHANGES: &str = "規則の変更履歴";
/// What it lists.
pub const CHANGES_LEAD: &str = "結果が変わる規則の訂正を、新しい版から順に、根拠となった出典とともに示す。版の異なる結果は、この一覧なしには\
     比較できない。";
/// The first version of the rules.
pub const FIRST_RULES: &str = "規則の初版。";

/// The heading of a version of the rules.
#[must_use]
pub fn rules_version(version: &str, date: Option<&str>) -> String {
    let date = date.map_or_else(String::new, |date| format!(" · {date}"));
    format!("規則 {version}{date}")
}

/// When the evidence was last read.
#[must_use]
pub fn evidence_read(date: &str) -> String {
    format!("公表成績の最終確認日：{date}。")
}

// The first page.

/// Its heading.
pub const HOME: &str = "乳児ALL：収載プロトコールによる分類";

/// What it offers, in a line.
#[must_use]
pub fn home_lead(protocols: usize) -> String {
    format!(
        "一人の乳児を{protocols}のプロトコールと分類で層別化する。コホートを論文の水準で解析する。公表成績を調べ、検算する。すべてこの\
         ブラウザーの中で行い、何も送信しない。"
    )
}

/// The jobs: one infant, a cohort, the evidence.
pub const JOBS: [&str; 3] = ["一人の乳児", "コホート", "公表成績"];
/// Columns of the answers for one infant.
pub const ANSWER_HEADS: [&str; 3] = ["プロトコール", "リスク群", "第一寛解期の移植"];
/// What the drawing of the example shows.
pub const PICTURE: &str = "KMT2Aの状態別の無イベント生存（例：模擬データの乳児117例、図は英語）。";
/// What the page for a cohort does.
pub const COHORT_ABOUT: &str = "カプラン・マイヤー曲線、競合リスク、Cox回帰、時間依存の移植。方法の文章と、すべての数値を再現するRスクリプト（英語）。";
/// Opens the example on the page for a cohort.
pub const OPEN_EXAMPLE: &str = "例を開く";
/// Columns of the estimates: study, event-free survival, of whom.
pub const ESTIMATE_HEADS: [&str; 3] = ["研究", "無イベント生存", "患者"];
/// When an estimate was made.
#[must_use]
pub fn at(years: &str) -> String {
    format!("（{years}）")
}

/// What can be done with published results: check, compare and pool, digitise.
pub const EVIDENCE_TASKS: [&str; 3] = ["公表値の検算", "比較と統合", "曲線の数値化"];
/// Leads to all estimates.
pub const BROWSE: &str = "公表成績を見る";
/// What is known of an infant, as it was measured.
#[must_use]
pub fn known_findings(infant: &Infant) -> String {
    findings_known(infant)
}

/// What is proven: numbers that equal R's, answers by hand, requests, use offline.
pub const PROVEN: [&str; 4] = [
    "の数値がRと一致",
    "の結果を手作業で確認",
    "件の通信（ファイルを開いた後）",
    "初回表示の後はネットワークなしで動く",
];
/// In the place of a number, before the last of them.
pub const OFFLINE: &str = "オフライン";
/// That the study groups have not reviewed the rules.
pub const NO_RULE_REVIEWED: &str = "どの規則も研究グループの確認を受けていない。";

// The list of protocols.

/// Name of the filters.
pub const FILTERS: &str = "表示";
/// The filters: all, recruiting, treatment protocols, prognostic groupings and series.
pub const FILTER_NAMES: [&str; 4] = ["すべて", "登録中", "治療プロトコール", "予後分類と症例集積"];
/// Before the search.
pub const SEARCH: &str = "検索";
/// Columns of the list: protocol, groups, limits of age and white cells, CNS, transplant, source.
pub const LIST_HEADS: [&str; 7] = [
    "プロトコール",
    "群",
    "年齢の境界",
    "白血球数の境界（10⁹/L）",
    "CNS",
    "第一寛解期の移植",
    "出典の確認",
];
/// Where no protocol fits the filters.
pub const NONE_FOUND: &str = "該当するプロトコールはない。";
/// A rule that asks for nothing of a kind.
pub const NO_LIMIT: &str = "–";
/// CNS disease is a criterion of the groups.
pub const CNS_USED: &str = "CNS3";
/// The same, where CNS2 is left open.
pub const CNS_OPEN: &str = "CNS3（CNS2は記載なし）";
/// A protocol that had no transplant rule.
pub const NO_TRANSPLANT: &str = "このプロトコールには規則なし";
/// A protocol of which no transplant rule was found.
pub const TRANSPLANT_NOT_FOUND: &str = "規則は見つからない";
/// Writes or opens a protocol of the reader's own.
pub const OWN_BUTTON: &str = "自作のプロトコール：作成または開く";
/// Opens the row of a protocol on the page for one infant.
pub const TRY: &str = "乳児例で試す";

// A protocol's page.

/// Name of the list of its sections.
pub const CONTENTS: &str = "目次";
/// Where a value lies by the limit, and what holds there.
pub const AT_BOUNDARY: &str = "境界の直下・境界値・直上";
/// The protocols before and after it in the list.
pub const NEIGHBOURS: &str = "ほかのプロトコール";

// What is not yet in the catalogue.

/// Of a source without DOI, PMID or registry number.
pub const NO_IDENTIFIER: &str = "識別子は見つからなかった";
/// Heading of the systems that answer nothing.
pub const SYSTEMS: &str = "未対応：すべての乳児を分類する規則が得られていない";
/// What these systems are.
pub const SYSTEMS_LEAD: &str =
    "規則を評価できない治療体系。各ページに、分かっていること、その出典、不足しているものを示す。";
/// Columns of their list: system, what could be read, what is missing.
pub const SYSTEM_HEADS: [&str; 3] = ["治療体系", "規則について確認できた内容", "不足"];
/// Parts of a rule were read.
pub const SYSTEM_IN_PART: &str = "規則の一部（すべての乳児は分類できない）";
/// No part of a rule was read.
pub const SYSTEM_NOT_READ: &str = "規則は確認できなかった";
/// That the page of a system says nothing about a child.
pub const SYSTEM_NO_ANSWER: &str = "このページは個々の乳児については何も答えない。";
/// Headings of its page: the rule, further facts, what is missing, outcomes.
pub const SYSTEM_SECTIONS: [&str; 4] = [
    "規則について確認できた内容",
    "そのほかに分かっていること",
    "不足しているもの",
    "公表成績",
];
/// Before the names of systems of which nothing was read.
pub const NOTHING_READ: &str = "利用できる情報が得られなかったもの：";

/// A system whose rule is that of a protocol of the catalogue.
#[must_use]
pub fn system_same_as(name: &str) -> String {
    format!("{name}の規則と同じ（回答は{name}で行う）")
}

/// Which protocols answer, and which systems are looked for and do not.
pub const IN_CATALOGUE: [&str; 3] = ["収載：", "。未収載：", "。"];

// The proof sheet of a rule.

/// Its heading.
pub const PROOF: &str = "すべての可能な乳児に対する規則の答え";
/// What a child is there.
pub const PROOF_LEAD: &str = "規則が用いる所見のすべての組み合わせ：分類はそれぞれの値、数値は各境界の下・境界・上。";
/// Its columns: answer, children.
pub const PROOF_HEADS: [&str; 2] = ["答え", "乳児数"];
/// An answer: the protocol does not apply.
pub const PROOF_NOT_ELIGIBLE: &str = "プロトコールの対象外";
/// In the place of a number: a group without a child.
pub const PROOF_UNREACHED: &str = "該当なし：この群には到達できない";
/// Heading of the reasons for open answers.
pub const PROOF_OPEN: &str = "答えが未確定のまま残る理由";
/// That conditions of groups do not overlap.
pub const PROOF_NO_OVERLAP: &str = "「そのほかすべて」を除き、二つの群の条件を同時に満たす乳児はいない。";
/// Above the pairs of children whom another rule ranks in the opposite order.
pub const PROOF_OPPOSITE: &str = "二人の乳児を逆の順に並べるプロトコルと、所見の違いが最も少ない二人:";
/// Between reasons.
pub const PROOF_AND: &str = "；";

/// How many children have one answer, and how many several.
#[must_use]
pub fn proof_counts(children: usize, settled: usize, open: usize) -> String {
    format!("可能な乳児は{children}通り：{settled}通りは答えが一つに定まり、{open}通りは未確定のまま残る。")
}

/// Eligible children in no group.
#[must_use]
pub fn proof_no_group(children: usize) -> String {
    format!("対象となる乳児のうち{children}通りはどの群にも入らない。")
}

/// Two groups whose conditions hold together.
#[must_use]
pub fn proof_overlap(first: &str, later: &str, children: usize) -> String {
    format!("{children}通りの乳児が{first}と{later}の両方の条件を満たす。先に評価される{first}に分類される。")
}
