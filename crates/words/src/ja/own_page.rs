//! What the page of a custom protocol says.

pub use crate::en::own_page::{PATIENTS, Section, WHITE_CELLS};

/// The heading.
pub const TITLE: &str = super::page::OWN;
/// The sentence below it.
pub const LEAD: &str = "論文、プロトコール本文、または施設内の規則からプロトコールを作成する。変更のたびに検査し、乳児で試し、収載されたプロトコールと並べて示し、\
     ファイルとして保存する。";
/// The button of the file chooser.
pub const OPEN: &str = "ファイルを開く";
/// The button that saves.
pub const SAVE: &str = "ファイルとして保存";
/// Where it lives.
pub const LIVES: &str = "保存するまではこのタブの中だけにあり、何も送信しない。共有するには、ファイルを送る：ここまたは「層別化」で開くと、未確認と表示される。\
     収載を提案するには、ファイルを出典とともにプロジェクトに送る。";
/// On Stratify: before the link, the link, and behind it.
pub const BESIDE: [&str; 3] = [
    "",
    "このページ",
    "で作成した、または同僚から受け取ったプロトコールのファイルを、上の所見に適用する。ファイルはこのタブの中で読み、どこにも送らない。",
];
/// The button of the file chooser there.
pub const BESIDE_OPEN: &str = "自作のプロトコールを追加（ファイル）";
/// Between a name and what is said of it.
pub const COLON: &str = "：";
/// A button that takes a protocol out of those beside the catalogue.
#[must_use]
pub fn remove_file(name: &str) -> String {
    format!("{name}を外す")
}
/// A file with errors.
#[must_use]
pub fn cannot_be_used(file: &str, errors: usize) -> String {
    format!("{file}は使えない：{errors}件の問題を修正する。")
}

/// What a draft starts from.
pub const START: &str = "出発点";
/// The template.
pub const START_TEMPLATE: &str = "ひな形：年齢、KMT2A、白血球数";
/// Nothing.
pub const START_EMPTY: &str = "空の入力欄";
/// A file that was opened.
pub const START_FILE: &str = "ファイル";
/// A copy of a protocol.
#[must_use]
pub fn copy_of(name: &str) -> String {
    format!("{name}の写し")
}

/// The heading of the list of problems.
pub const CHECK: &str = "検査";
/// There are no problems.
pub const NO_ERRORS: &str = "誤りなし。出典の内容と一致することを確認する。";
/// There are remarks alone.
pub const USABLE: &str = "使用できる。確認するとよい点：";
/// What is to be fixed before it can be used.
#[must_use]
pub fn to_fix(errors: usize) -> String {
    format!("このプロトコールを使うには、{errors}件の問題の修正が必要：")
}
/// What is to be filled in before it can be used.
#[must_use]
pub fn to_complete(missing: usize) -> String {
    format!("未入力（{missing}件）")
}
/// A copy that sorts otherwise and has the outcomes of the original.
#[must_use]
pub fn outcomes_of(original: &str) -> String {
    format!(
        "この写しは{original}とは異なる分け方をするが、{original}の公表成績が残っている。その成績は{original}の群についてのものである。\
         「公表成績」で削除できる。"
    )
}

/// The trial's heading.
pub const TRY: &str = "試す";
/// Its menu.
pub const FINDINGS_OF: &str = "所見の例";
/// The menu once a finding was changed.
pub const OTHER_INFANT: &str = "ほかの乳児";
/// An infant of the published series.
#[must_use]
pub fn of_series(number: usize) -> String {
    super::page::severance_patient(number)
}
/// A finding that is not known.
pub const UNKNOWN: &str = "不明";
/// While the draft cannot be used.
pub const NO_ANSWER_YET: &str = "プロトコールが完成すると、リスク群をここに示す。";
/// The infant is not one for the protocol.
pub const NOT_APPLICABLE: &str = "適用外";
/// The heading of the rows.
pub const BESIDE_THE_OTHERS: &str = "同じ乳児に対する、収載されたプロトコールとの並列表示";
/// The heading of the table of examples.
pub const ON_THE_EXAMPLES: &str = "例";
/// Its first column.
pub const EXAMPLE: &str = "例";
/// Its column of the draft.
pub const YOURS: &str = "自作";
/// Its column of the protocol of which the draft is a copy.
#[must_use]
pub fn in_catalogue(name: &str) -> String {
    format!("{name}（収載）")
}
/// Beside an answer that is not that of the original.
pub const DIFFERS: &str = "異なる";
/// The heading of the rule.
#[must_use]
pub fn whole_rule(name: &str) -> String {
    format!("{name}の全文")
}
/// Above it.
pub const NOT_CHECKED: &str = "自作・未確認：この定義を出典と照合した人はいない。";

/// The heading of earlier versions of the rules.
pub const VERSIONS: &str = "規則の版";
/// There is no earlier version.
#[must_use]
pub fn first_version(version: &str) -> String {
    format!("規則 {version}は初版である。訂正は、その出典と、それにより変わる結果とともに、ここに記載する。")
}
/// The menu of versions.
pub const COMPARE_WITH: &str = "比較する版";
/// The present version in that menu.
#[must_use]
pub fn present(version: &str) -> String {
    format!("{version}（現在）")
}
/// Above the corrections.
pub const CORRECTED_SINCE: &str = "その後の訂正";
/// Above what they change for the infant.
pub const ANSWERS_FOR_INFANT: &str = "この乳児で変わる結果";
/// Nothing.
pub const SAME_FOR_INFANT: &str = "この乳児で変わる結果はない。";
/// Above what they change for the examples.
pub const ANSWERS_FOR_EXAMPLES: &str = "例で変わる結果";
/// Nothing.
pub const SAME_FOR_EXAMPLES: &str = "例で変わる結果はない。";
/// What an answer was and is.
#[must_use]
pub fn then_and_now(protocol: &str, then: &str, now: &str) -> String {
    format!("{protocol}：以前は{then}、現在は{now}。")
}

/// A clause that does not ask anything yet.
pub const UNFINISHED: &str = "未完成";
/// A clause whose question is not complete.
#[must_use]
pub fn unfinished(asks: &str) -> String {
    format!("{asks} …")
}

/// Names.
pub const ABOUT: Section = ("概要", "");
/// Sources.
pub const SOURCES: Section = (
    "出典",
    "すべての記載は出典を一つ引用する。別の出典を選ぶまでは最初のものを用いる。施設内の規則も出典となる：版と日付を記入する。",
);
/// Clauses.
pub const CLAUSES: Section = (
    "基準",
    "それぞれが乳児について一つのことを問う。一度だけ書けば、以下の規則でそれらを組み合わせることができる。",
);
/// Eligibility.
pub const ELIGIBILITY: Section = (
    "適格条件",
    "すべてを満たす必要がある。リスク群ではなく、乳児がプロトコールの対象かどうかを決める基準。",
);
/// Groups.
pub const GROUPS: Section = (
    "リスク群",
    "この順に判定し、最初に条件を満たした群とする。最後は通常「上記以外すべて」である。",
);
/// Results that are not clear.
pub const UNCLEAR: Section = (
    "不明確な結果",
    "何も記載がない場合は、すべての解釈の可能性が残り、結果にその旨を示す。",
);
/// Transplant.
pub const TRANSPLANT: Section = ("第一寛解期の移植", "");
/// Outcomes.
pub const OUTCOMES: Section = (
    "公表成績",
    "公表された推定値。それぞれ、公表した研究の群についてのものである：当てはまらないものは削除する。",
);
/// What has no controls.
pub const FURTHER: Section = (
    "そのほかの記載",
    "写しまたはファイルに含まれていたもので、規則とともに示す。変更はファイルで行うことができる。",
);

/// The label of a name.
pub const NAME: &str = "名称";
/// The label of an id.
pub const CODE: &str = "コード";
/// Who runs it.
pub const STUDY_GROUP: &str = "研究グループ";
/// Which kind it is.
pub const TYPE: &str = "種類";
/// What it does.
pub const SUMMARY: &str = "リスク分類を一文で";
/// When it enrolled.
pub const ENROLMENT: &str = "登録の年を一文で";
/// A source in short.
pub const SHORT: &str = "略称";
/// A source in full.
pub const REFERENCE: &str = "文献";
/// A source's number.
pub const IDENTIFIER: &str = "DOI、PMIDまたは登録番号";
/// Which source is cited.
pub const SOURCE: &str = "出典";
/// Where in it.
pub const PLACE: &str = "該当箇所";
/// How it was read.
pub const READ: &str = "出典の確認";
/// A note to a clause.
pub const NOTE: &str = "注記";
/// What a clause asks.
pub const ASKS: &str = "基準";
/// The limit of an age.
pub const LIMIT: &str = "境界";
/// The unit of an age.
pub const UNIT: &str = "単位";
/// Days of age.
pub const DAYS: &str = "日";
/// Months of age.
pub const MONTHS: &str = "か月";
/// How a number is compared.
pub const COMPARED: &str = "比較";
/// What a value at the limit is.
pub const AT_LIMIT: &str = "境界値ちょうど";
/// When residual disease is measured.
pub const MEASURED: &str = "時点";
/// Residual disease.
pub const FRACTION: &str = "細胞の割合";
/// A value.
pub const RESULT: &str = "結果";
/// Above a limit of age that is not one of infancy.
pub const OLDER_CHILDREN: &str = "12か月を超える：この境界では、もはや乳児ではない児もプロトコールの対象となる。";
/// What an infant must meet.
pub const REQUIRED: &str = "必要な基準";
/// And while it is not known.
pub const IF_UNKNOWN: &str = "不明の場合";
/// A group's name.
pub const GROUP_NAME: &str = "群（プロトコールでの名称）";
/// A group's place on the scale.
pub const RISK_LEVEL: &str = "リスク水準";
/// A group without one.
pub const NO_LEVEL: &str = "リスク水準なし";
/// Above a group's condition.
pub const GROUP_IF: &str = "乳児がこの群に入る条件";
/// The text of the transplant rule.
pub const RULE_TEXT: &str = "プロトコールの原文";
/// Above the transplant rule's condition.
pub const TRANSPLANT_IF: &str = "移植を行う条件";
/// There was no transplant rule.
pub const NO_TRANSPLANT: &str = "このプロトコールに移植規則がなかったことが分かっている";
/// Above the further conditions of the transplant rule.
pub const TRANSPLANT_CONDITIONS: &str = "移植の条件（第一寛解、ドナー、微小残存病変など）";
/// Whom an outcome describes.
pub const POPULATION: &str = "対象";
/// Which infants of the protocol they are.
pub const APPLIES: &str = "当てはまる乳児";
/// An outcome's endpoint.
pub const ENDPOINT: &str = "エンドポイント";
/// An estimate in percent.
pub const ESTIMATE: &str = "推定値（%）";
/// The time of an estimate.
pub const YEARS: &str = "時点（年）";
/// The uncertainty of an estimate.
pub const UNCERTAINTY: &str = "記載された不確実性";
/// Kinds of it, in the order of `SpreadKind::ALL`.
pub const UNCERTAINTIES: [&str; 4] = ["なし", "標準誤差", "95%信頼区間", "意味が不明の±"];
/// The value of a standard error, or of a ±.
pub const SPREAD: &str = "±（%）";
/// The lower limit of an interval.
pub const FROM: &str = "下限（%）";
/// The upper limit of an interval.
pub const TO: &str = "上限（%）";
/// What a source says of an unclear result.
pub const STATEMENT: &str = "記載内容";
/// Unclear results: place in the file, and what is stated.
pub const STATEMENTS: [(&str, &str); 3] = [
    (
        "/ptd",
        "部分縦列重複は再構成ありでも再構成なしでもないと、出典に記載がある",
    ),
    (
        "/undetermined_kmt2a",
        "確定できなかったKMT2Aの状態は再構成ありでも再構成なしでもないと、出典に記載がある",
    ),
    (
        "/unknown_response_is_not_poor",
        "プレドニゾロン反応性が不明の場合は不良とみなさないと、本文に記載がある",
    ),
];
/// Lists without controls: place in the file, and what they are called.
pub const LISTS: [(&str, &str); 3] = [
    ("/facts", "そのほかの成績"),
    ("/pitfalls", "注意点"),
    ("/open_questions", "未確認の事項"),
];
/// Lists of the form: place, and the button that adds an entry.
pub const ADD: [(&str, &str); 6] = [
    ("/sources", "出典を追加"),
    ("/clauses", "基準を追加"),
    ("/eligible", "要件を追加"),
    ("/groups", "群を追加"),
    ("/hsct/conditions", "条件を追加"),
    ("/outcomes", "成績を追加"),
];

/// A button that takes an entry away.
pub const REMOVE: &str = "削除";
/// The same with what it takes away: an entry of a list by its place, and its number.
#[must_use]
pub fn remove(list: &str, number: usize) -> String {
    let what = match list {
        "/sources" => "出典",
        "/clauses" => "基準",
        "/eligible" => "要件",
        "/groups" => "群",
        "/hsct/conditions" => "条件",
        _ => "成績",
    };
    format!("{what}{number}を削除")
}
/// How many entries a list without controls has.
#[must_use]
pub fn entries(count: usize, name: &str) -> String {
    format!("{name}{count}件 ")
}
/// A button that takes all entries of a list away.
pub const REMOVE_ALL: &str = "すべて削除";
/// A button that moves a group.
pub const EARLIER: &str = "前へ";
/// The same with the group.
#[must_use]
pub fn earlier(number: usize) -> String {
    format!("群{number}を{EARLIER}")
}
/// The fold of what is said of an entry besides.
pub const DETAILS: &str = "詳細";

/// A condition's menu.
pub const CONDITION: &str = "条件";
/// The menu of a part.
pub const PART: &str = "条件の部分";
/// Nothing was chosen yet.
pub const CHOOSE: &str = "選択…";
/// There is no transplant rule.
pub const NO_RULE: &str = "規則は見つからない";
/// All others.
pub const ALL_OTHERS: &str = "上記以外すべて";
/// All patients of the study.
pub const ALL_PATIENTS: &str = "全患者";
/// The opposite.
#[must_use]
pub fn not(what: &str) -> String {
    format!("次に該当しない：{what}")
}
/// A group.
#[must_use]
pub fn group(name: &str) -> String {
    format!("群：{name}")
}
/// All parts.
pub const ALL_OF: &str = "次のすべて…";
/// Any part.
pub const ANY_OF: &str = "次のいずれか…";
/// The opposite of what is below.
pub const NOT: &str = "次に該当しない（…）";
/// What is below, without its "not".
pub const WITHOUT_NOT: &str = "「該当しない」を外す";
/// A condition below others than can be shown.
pub const TOO_DEEP: &str = "ここに表示できる深さを超えている";
/// The button that takes a part away.
pub const REMOVE_PART: &str = "この部分を削除";
/// The button that adds a part.
pub const ADD_PART: &str = "+ 部分";
/// The same with what it does.
pub const ADD_PART_TO: &str = "この条件に部分を追加";
/// Where something was read, in the line of a fold.
#[must_use]
pub fn cited(source: &str, section: &str) -> String {
    if section.is_empty() {
        format!("出典：{source}")
    } else {
        format!("出典：{source}、{section}")
    }
}
/// An outcome in a line.
#[must_use]
pub fn outcome(population: &str, endpoint: &str, estimate: &str, years: &str) -> String {
    let population = if population.is_empty() { POPULATION } else { population };
    let years = if years.is_empty() {
        String::new()
    } else {
        format!("（{years}年）")
    };
    format!("{population}：{endpoint} {estimate}%{years}")
}
