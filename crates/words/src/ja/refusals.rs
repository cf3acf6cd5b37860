//! Why a file or a plan of a pooled analysis is refused.

use cotside_core::federated::limits::{Limit, Refusal};
use cotside_core::federated::log::LogFault;
use cotside_core::federated::mask::MaskFault;
use cotside_core::federated::{FileFault, MOST_BYTES, MOST_DEPTH, VERSION, Why};

use crate::exchanged::translated;

/// What is wrong, and what helps, without a full stop.
pub(super) fn why(why: &Why) -> String {
    match why {
        Why::File(fault) => format!("{}。ファイルを改めて入手のこと", file(fault)),
        Why::Shape(text) => format!("{}。同じ版のプログラムで作ったファイルを入手のこと", of_core(text)),
        Why::Other { found, expected } => {
            format!("{found}であり、必要なのは{expected}。この計画書とラウンドのファイルを入手のこと")
        }
        Why::NoSuchSite(site) => {
            format!("計画書に施設{site}はない。施設は計画書のフィールド design.sites にある")
        }
        Why::Twice(site) => format!("施設{site}の内容の異なる2つ目のファイル。1施設につき1ファイルとする"),
        Why::Missing(site) => format!("施設{site}のファイルがない。マスクは全施設がそろって初めて打ち消し合う"),
        Why::NoFile => "合計値のファイルがない。各施設のものを指定のこと".to_owned(),
        Why::Length { found, expected } => {
            format!("数値が{found}個あり、計画書が求めるのは{expected}個。この計画書のファイルを入手のこと")
        }
        Why::Number(text) => format!(
            "{}はありえない数値である。施設からファイルを改めて入手のこと",
            of_core(text)
        ),
        Why::Counts(text) => format!("{}。施設からファイルを改めて入手のこと", of_core(text)),
        Why::Impossible(text) => format!(
            "{}は、このイベント数のどのような行からも生じない大きさである。施設からファイルを改めて入手のこと",
            of_core(text)
        ),
        Why::Plan(text) => format!("{}。計画書を訂正のこと", of_core(text)),
        Why::Site(text) | Why::Sharing(text) => of_core(text),
        Why::Limit(refusal) => limit(refusal),
        Why::Log(fault) => {
            format!(
                "{}。この施設で最後に保存したログを開くか、新しいログを始めること",
                log(fault)
            )
        }
        Why::Mask(fault) => format!("{}。鍵を改めて入手のこと", mask(fault)),
    }
}

/// What takes the place of a file's name in a refusal.
pub(super) fn of_file(name: &str) -> &str {
    match name {
        "plan" => "計画書",
        "input" => "入力",
        "total" => "総計",
        "log" => "ログ",
        "key" => "鍵",
        "summary" => "合計値",
        name => name,
    }
}

/// Why a text is no file of the program.
pub(super) fn file(fault: &FileFault) -> String {
    match fault {
        FileFault::TooLarge { bytes } => format!("{bytes}バイトあり、読み込めるのは{MOST_BYTES}バイトまで"),
        FileFault::NotJson { line, column } => format!("{line}行{column}列でJSONではなくなる"),
        FileFault::NotObject => "オブジェクトではない".to_owned(),
        FileFault::DoubledKey { field } => format!("{field}が2回ある"),
        FileFault::TooDeep { field } => format!("{field}の入れ子が{MOST_DEPTH}段より深い"),
        FileFault::NumberTooLarge { field } => format!("{field}が2^53以上の整数である"),
        FileFault::NotCanonical => "正規形ではない".to_owned(),
        FileFault::NoHash => "sha256がない".to_owned(),
        FileFault::WrongHash { stated, found } => format!("sha256は{stated}だが、内容のsha256は{found}"),
    }
}

/// Why a log cannot be continued.
pub(super) fn log(fault: &LogFault) -> String {
    match fault {
        LogFault::File(fault) => file(fault),
        LogFault::OtherKind => format!("版{VERSION}のログではない"),
        LogFault::Shape(text) => of_core(text),
        LogFault::Inconsistent { field } => format!("{field}が残りの内容と合わない"),
        LogFault::OtherSite { found, expected } => format!("施設{expected}ではなく施設{found}のログ"),
        LogFault::OtherPatients => "このファイルの患者は1人もログにない".to_owned(),
    }
}

fn mask(fault: &MaskFault) -> String {
    match fault {
        MaskFault::NotHex => "16進数字64桁ではない".to_owned(),
        MaskFault::Size { index } => format!("数値{index}が有限でないか10^12を超える"),
        MaskFault::NotMasked { index } => format!("マスクされた数値{index}が16進数字32桁ではない"),
        MaskFault::Length { found, expected, .. } => {
            format!("マスクされた数値が{found}個あり、必要なのは{expected}個")
        }
        MaskFault::NotWhole { index } => format!("総計{index}が件数ではない"),
    }
}

fn limit(refusal: &Refusal) -> String {
    let earlier = if refusal.earlier.is_empty() {
        String::new()
    } else {
        format!("、以前のファイル：{}", refusal.earlier.join("、"))
    };
    format!(
        "{}（実際 {}、限度 {}、{}{earlier}）。{}",
        limit_met(refusal.limit),
        refusal.found,
        refusal.limit_value,
        refusal.limit.code(),
        remedy(refusal.limit)
    )
}

/// What is wrong.
fn limit_met(limit: Limit) -> &'static str {
    match limit {
        Limit::SmallestCell => "少ない人数",
        Limit::Complement => "少ない人数を推定させる人数",
        Limit::SmallestN | Limit::PatientsPerColumn => "患者が少なすぎる",
        Limit::OtherSites => "他の施設の患者が少なすぎる",
        Limit::SmallestEvents => "イベントが少なすぎる",
        Limit::LargestShare => "共変量のばらつきに占める1人の患者の割合が大きすぎる",
        Limit::LargestValue => "合計に占める1つの値の割合が大きすぎる",
        Limit::PrecisionBits => "患者数に対して精度が高すぎる",
        Limit::RoundsMax => "計画書のラウンドが多すぎる",
        Limit::RoundsPerSelection => "同じ患者についてのラウンドが多すぎる",
        Limit::Coefficients => "求められた係数が大きすぎる",
        Limit::EffectiveN => "求められた係数では少数の患者が際立つ",
        Limit::Columns => "共変量の列が多すぎる",
        Limit::Sites => "マスクを用いる計画書では施設はすべてを提供するか何も提供せず、施設は3以上とする",
        Limit::Numbers => "患者の値より数値が多い",
        Limit::Difference => "少数の患者の合計が導かれる",
        Limit::ChangedRows => "以前のファイルの後に、少数の患者が追加、削除または変更された",
        Limit::OtherData => "以前のラウンドと患者または値が異なる",
        Limit::SameRound => "同じラウンドの別のファイル",
        Limit::SiteList => "以前の計画書と施設が1つだけ異なる",
    }
}

/// What helps.
fn remedy(limit: Limit) -> &'static str {
    match limit {
        Limit::SmallestN | Limit::PatientsPerColumn | Limit::SmallestEvents => {
            "マスクされた総計を用いる計画書、または共変量の少ない計画書を依頼のこと"
        }
        Limit::OtherSites => "施設の多い計画書を依頼のこと",
        Limit::SmallestCell | Limit::Complement => "水準の粗い計画書、またはこの解析のない計画書を依頼のこと",
        Limit::LargestShare | Limit::LargestValue => "対数を用いるか、大きな値を打ち切る計画書を依頼のこと",
        Limit::PrecisionBits => "精度は計画書の標準のままとする",
        Limit::RoundsMax => "ラウンドの少ない計画書を依頼のこと",
        Limit::RoundsPerSelection | Limit::Numbers => "これらの患者についてはこれ以上送らないこと",
        Limit::Coefficients | Limit::EffectiveN => "これらの係数の由来を取りまとめ役に確認のこと",
        Limit::Columns => "共変量の少ない計画書を依頼のこと",
        Limit::Sites => "別の計画書を依頼のこと",
        Limit::Difference => "まったく同じ患者についての計画書、または別の患者についての計画書を依頼のこと",
        Limit::ChangedRows => "研究の終了まで以前のデータを用いるか、変更がさらに増えてから新しい試行を依頼のこと",
        Limit::OtherData => {
            "当時と同じファイルと同じ追跡の終了時点で提供するか、新しい試行としてラウンド1からの計画書を依頼のこと"
        }
        Limit::SameRound => "以前のファイルを再度送るか、新しい試行を依頼のこと",
        Limit::SiteList => "以前の施設の一覧による計画書を依頼のこと",
    }
}

/// A text of the core; one that is not known stands as it is.
pub(super) fn of_core(text: &str) -> String {
    translated(TEXTS, text).unwrap_or_else(|| text.to_owned())
}

/// Texts of the core and their translations, as [`translated`] reads them.
pub(crate) const TEXTS: &[(&str, &str)] = &[
    // The shape of files.
    ("missing", "欠けている"),
    ("a number without a mask", "マスクのない数値"),
    ("a mask in a plan without masks", "マスクを用いない計画書にマスクがある"),
    (
        "the plan does not take {} of {} together",
        "計画書は{1}の{0}をまとめない",
    ),
    ("the plan does not ask for it", "計画書が求めていない"),
    ("not 64 hexadecimal digits", "16進数字64桁ではない"),
    ("missing field {} at {}", "フィールド{0}がない（{1}）"),
    ("missing field {}", "フィールド{0}がない"),
    ("unknown field {}, expected {}", "未知のフィールド{0}、正しくは{1}"),
    ("unknown variant {}, expected {}", "未知の値{0}、正しくは{1}"),
    ("duplicate field {}", "フィールド{0}が2回ある"),
    ("invalid type: {}, expected {}", "型が異なる：{0}、正しくは{1}"),
    ("invalid value: {}, expected {}", "値が正しくない：{0}、正しくは{1}"),
    ("invalid length {}, expected {}", "長さが正しくない：{0}、正しくは{1}"),
    // Counts that contradict each other, and sums that no rows give.
    ("{} events of {} patients", "患者{1}人にイベント{0}件"),
    ("{} in the parts, {} in all", "部分では{0}、全体では{1}"),
    ("{} for column {}", "列{1}の{0}"),
    (
        "a unit below 0 or above the range of its column",
        "0未満または列の範囲を超える単位",
    ),
    ("the matrix has a negative eigenvalue", "行列に負の固有値がある"),
    ("more events in the cells than in all", "区間のイベントが全体より多い"),
    ("the causes are not those of the plan", "原因が計画書のものではない"),
    (
        "the ends of the cells are not ends of the plan in their order",
        "区間の終点が、計画書の終点をその順に並べたものではない",
    ),
    ("the groups are not those of the plan", "群が計画書のものではない"),
    ("more leave than there are", "離脱する人数がいる人数より多い"),
    ("the groups do not add to n", "群の合計がnにならない"),
    ("more than the patients", "患者の数より多い"),
    ("more values in the groups than in all", "群の値が全体より多い"),
    ("a sum of squares that is too small", "小さすぎる二乗和"),
    (
        "the masks do not cancel: a site used another plan or another key",
        "マスクが打ち消し合わない：別の計画書または別の鍵を用いた施設がある",
    ),
    // Plans that contradict themselves.
    (
        "a name of letters, digits, - and _, at most 40, is needed",
        "文字、数字、-、_からなる40字以内の名称が必要",
    ),
    (
        "“{}” is no name of letters, digits, - and _",
        "「{0}」は文字、数字、-、_からなる名称ではない",
    ),
    ("a site is there twice", "同じ施設が2回ある"),
    ("at least two sites are needed", "少なくとも2施設が必要"),
    (
        "masks need three sites: of two, each learns the other's sums",
        "マスクには3施設が必要：2施設では互いに相手の合計値が分かる",
    ),
    (
        "the unit is day, week, month or year",
        "単位は day、week、month、year のいずれか",
    ),
    ("at least one cause is needed", "少なくとも1つの原因が必要"),
    ("at most 10 columns", "列は10まで"),
    ("there is no model", "モデルがない"),
    (
        "{} coefficients are needed, one a column",
        "{0}個の係数（1列に1つ）が必要",
    ),
    (
        "the coefficients lie beyond what is asked of a site (Σ R|β| above 6)",
        "係数が施設に求める範囲を超える（Σ R|β|が6を超える）",
    ),
    ("from 1 to {} rounds", "ラウンドは1から{0}まで"),
    ("beyond design.cox.rounds_max", "design.cox.rounds_maxを超える"),
    ("counts from 1", "1から数える"),
    (
        "a bound between 0 and 1 standard errors",
        "標準誤差の0倍から1倍までの限度",
    ),
    ("only round 1 has none", "これがないのはラウンド1だけである"),
    (
        "no groups, strata, covariate or variable of Table 1 with levels has this name",
        "水準をもつ群、層、共変量、表1の変数にこの名称のものはない",
    ),
    ("the plan has no level “{}” of it", "計画書にその水準「{0}」はない"),
    (
        "all levels would be one; leave two apart",
        "すべての水準が1つになる。2つは分けておくこと",
    ),
    (
        "ascending numbers are needed, at least two cuts",
        "昇順の数値、少なくとも2つの区切り値が必要",
    ),
    (
        "at least two different levels are needed",
        "少なくとも2つの異なる水準が必要",
    ),
    (
        "finite lo below hi, and a scale other than 0, are needed",
        "有限でhiより小さいloと、0以外のscaleが必要",
    ),
    ("a covariate is there twice", "同じ共変量が2回ある"),
    ("an offset needs Cox's model", "オフセットにはCoxモデルが必要"),
    ("a test of groups needs groups", "群の検定には群が必要"),
    ("curves need the ends of cells of time", "曲線には時間区間の終点が必要"),
    (
        "curves and Gray's test take neither delayed entry nor weights",
        "曲線とGray検定は遅延組入れにも重みにも対応しない",
    ),
    ("the log-rank test takes no weights", "ログランク検定は重みに対応しない"),
    (
        "fits of single sites cannot be masked",
        "個々の施設の当てはめはマスクできない",
    ),
    ("Cox's model needs a covariate", "Coxモデルには共変量が必要"),
    ("the analysis cox needs its settings", "解析coxにはその設定が必要"),
    (
        "without strata the ends of cells are needed, and neither strata, delayed entry, weights nor an offset",
        "層別しない場合は区間の終点が必要で、層、遅延組入れ、重み、オフセットのいずれも用いない",
    ),
    (
        "a cell of no length has no risk sets; begin after 0",
        "長さのない区間にはリスク集合がない。0より後から始めること",
    ),
    // A site's file or choice that does not fit the plan.
    (
        "{} of {} may not be taken together; ask for a plan that allows it",
        "{1}の{0}はまとめられない。それを認める計画書を依頼のこと",
    ),
    (
        "follow-up cannot end at {}; give a time above 0 that ends an interval of the plan ({})",
        "追跡を{0}で終えることはできない。0より大きく、計画書の区間の終点である時点を指定のこと（{1}）",
    ),
    (
        "no patient of this file is left; look at the conditions and the variables",
        "このファイルの患者が1人も残らない。条件と変数を確認のこと",
    ),
    (
        "{}; correct the times of this file",
        "{0*}。このファイルの時間を訂正のこと",
    ),
    (
        "{}; correct the weights of this file",
        "{0*}。このファイルの重みを訂正のこと",
    ),
    (
        "the plan has rules {}, this program {}; use the program with the plan's rules, or ask for a plan with these",
        "計画書の規則は{0}、このプログラムの規則は{1}。計画書の規則をもつプログラムを用いるか、このプログラムの規則による計画書を依頼のこと",
    ),
    (
        "this file has no such variable, or none with a known value; give it a column of this name or meaning",
        "このファイルにその変数がないか、値の分かるものがない。この名称または意味の列を加えること",
    ),
    (
        "“{}” is not a number; the plan takes it as one",
        "「{0}」は数値ではないが、計画書では数値として扱う",
    ),
    (
        "the catalogue has no such protocol; `cotside protocols` lists them",
        "収録にそのプロトコールはない。一覧は`cotside protocols`で表示される",
    ),
    ("the protocol has no group {}", "プロトコールに群{0}はない"),
    (
        "the data dictionary has no level {}; correct the plan",
        "データ辞書に水準{0}はない。計画書を訂正のこと",
    ),
    (
        "this file has “{}”, the plan knows {}; use the plan's words in the file, or ask for a plan with this level",
        "このファイルには「{0}」があるが、計画書にあるのは{1}。ファイルで計画書の語を用いるか、この水準を含む計画書を依頼のこと",
    ),
    (
        "no such code: {}; correct the plan",
        "そのコードはない：{0}。計画書を訂正のこと",
    ),
    (
        "{} is not counted from {}; correct the plan",
        "{0}は{1}から数えない。計画書を訂正のこと",
    ),
    (
        "this file has events of the kind {}, which the plan does not count; ask for a plan with this cause",
        "このファイルには、計画書で数えない種類のイベント{0}がある。この原因を含む計画書を依頼のこと",
    ),
    (
        "no patient of this file has a time to {}",
        "このファイルに{0}までの時間をもつ患者はいない",
    ),
    (
        "a value below 0 has no logarithm; correct the file",
        "0未満の値に対数はない。ファイルを訂正のこと",
    ),
    (
        "the plan has the unit {}, the data dictionary {}; ask for a plan in this unit",
        "計画書の単位は{0}、データ辞書の単位は{1}。データ辞書の単位による計画書を依頼のこと",
    ),
    (
        "a value lies outside {} to {}; ask for a plan with wider cuts",
        "{0}から{1}の範囲外の値がある。より広い区切り値の計画書を依頼のこと",
    ),
    (
        "the catalogue has no protocol {}; correct the plan",
        "収録にプロトコール{0}はない。計画書を訂正のこと",
    ),
    // Keys.
    (
        "keys are for plans with masked sums; this plan shares the sums of each site",
        "鍵は合計値をマスクする計画書のためのもの。この計画書では各施設の合計値を共有する",
    ),
    (
        "this plan masks all numbers; give the site's own key and the key it received",
        "この計画書はすべての数値をマスクする。施設自身の鍵と受け取った鍵を指定のこと",
    ),
    (
        "the own key goes from {} to {}; give that file",
        "自施設の鍵は{0}から{1}へのもの。そのファイルを指定のこと",
    ),
    (
        "the received key goes from {} to {}; give that file",
        "受け取った鍵は{0}から{1}へのもの。そのファイルを指定のこと",
    ),
    (
        "a key of another plan; give the keys of this one",
        "別の計画書の鍵。この計画書の鍵を指定のこと",
    ),
    // Warnings of the pooled model.
    (
        "no site gave sums of Cox's model",
        "Coxモデルの合計値を提供した施設がない",
    ),
    (
        "the sites changed between rounds; the estimates are those of this round's sites",
        "ラウンドの間に施設が変わった。推定値はこのラウンドの施設のものである",
    ),
    (
        "the rounds of the plan ended before the estimates settled",
        "推定値が定まる前に計画書のラウンドが終わった",
    ),
    (
        "{}: no information on this coefficient beside the others; there are no estimates",
        "{0}：他の係数とは別にこの係数に関する情報がない。推定値はない",
    ),
    (
        "the coefficients grow beyond what is asked of a site; there are no finite estimates",
        "係数が施設に求める範囲を超えて大きくなる。有限の推定値はない",
    ),
    (
        "standard errors are the naive ones: with weights they are not robust",
        "標準誤差は未補正のもの：重みがあるがロバストではない",
    ),
    // Times, labels and weights of a file.
    ("no row", "行がない"),
    ("no event", "イベントがない"),
    ("fewer than two groups", "群が2つない"),
    ("the statistic has no variance", "統計量に分散がない"),
    (
        "the test has no variance with case weights",
        "重みがある場合、この検定に分散はない",
    ),
    ("a coefficient without a finite estimate", "有限の推定値のない係数"),
    ("an event at time 0", "時間0のイベント"),
    (
        "row {}: a time that is not finite or below 0",
        "行{0}：有限でないか0未満の時間",
    ),
    ("row {}: an entry that is not finite", "行{0}：有限でない組入れ時点"),
    (
        "row {}: the entry is not before the time",
        "行{0}：組入れ時点が時間より前ではない",
    ),
    (
        "row {}: a weight that is not between 1e-100 and 1e100",
        "行{0}：1e-100から1e100の間にない重み",
    ),
    ("row {}: an offset that is not finite", "行{0}：有限でないオフセット"),
    (
        "row {}: covariate {} is not finite or too large",
        "行{0}：共変量{1}が有限でないか大きすぎる",
    ),
];
