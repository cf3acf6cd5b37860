//! Protocols of the reader's own in words: what is asked, what is wrong with a file, where, and what to do.

use crate::numbers::{decimal, grouped};
use cotside_core::protocols::own::{Asks, Fault, Problem, Shape};
use cotside_core::protocols::{AtLimit, IfUnknown, Operator};

/// What stands beside every answer of a reader's own protocol.
pub const OWN_MARK: &str = "自作・未確認";

/// What a clause can ask, in a menu.
#[must_use]
pub fn asks(asks: Asks) -> &'static str {
    match asks {
        Asks::YoungerThan => "年齢：未満",
        Asks::AtMostAged => "年齢：以下",
        Asks::Wbc => "白血球数",
        Asks::Kmt2aIs => "KMT2Aの状態",
        Asks::Kmt2aEstablished => "KMT2Aの状態が確定している",
        Asks::PartnerIs => "KMT2Aの融合相手",
        Asks::LineageIn => "細胞系列（次のいずれか）",
        Asks::CnsDisease => "中枢神経系浸潤",
        Asks::Cns3 => "中枢神経系浸潤（CNS2は含まない）",
        Asks::NoDownSyndrome => "ダウン症候群なし",
        Asks::ResponseIs => "プレドニゾロン反応性",
        Asks::InRemission => "完全寛解（寛解導入終了時）",
        Asks::Mrd => "微小残存病変",
        Asks::Relapsed => "再発または寛解導入不能",
        Asks::SecondRemission => "第二寛解",
        Asks::Donor => "適切なドナー（入力項目なし、未確定のまま）",
        Asks::Treatment => "研究と同じ治療（入力項目なし、未確定のまま）",
    }
}

/// How a number is compared, in a menu.
#[must_use]
pub fn operator_name(operator: Operator) -> &'static str {
    match operator {
        Operator::AtLeast => "以上（≥）",
        Operator::MoreThan => "超（>）",
    }
}

/// What the sources say of a value exactly at the limit, in a menu.
#[must_use]
pub fn at_limit_name(at_limit: AtLimit) -> &'static str {
    match at_limit {
        AtLimit::Stated => "記載のとおり",
        AtLimit::Disputed => "出典により異なる",
        AtLimit::Undefined => "定義なし",
    }
}

/// What is made of a criterion while it is not known, in a menu.
#[must_use]
pub fn if_unknown_name(if_unknown: IfUnknown) -> &'static str {
    match if_unknown {
        IfUnknown::Ask => "群を決めない",
        IfUnknown::SayCondition => "これを条件とした結果を示す",
        IfUnknown::Wait => "適用されない（再発）",
    }
}

/// Where in a file something stands.
#[must_use]
pub fn place(pointer: &str) -> String {
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    let mut words: Vec<String> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        if let Ok(number) = step.parse::<usize>() {
            let entry = index.checked_sub(1).and_then(|before| entry_of(steps[before]));
            words.pop();
            words.push(format!("{}{}", entry.unwrap_or("部分"), number + 1));
        } else {
            words.push(key(step).to_owned());
        }
    }
    if words.is_empty() {
        "ファイル".to_owned()
    } else {
        words.join("、")
    }
}

/// One entry of a list.
fn entry_of(list: &str) -> Option<&'static str> {
    Some(match list {
        "sources" => "出典",
        "clauses" => "基準",
        "eligible" => "要件",
        "groups" => "群",
        "conditions" => "条件",
        "outcomes" => "成績",
        "facts" => "そのほかの成績",
        "pitfalls" => "注意点",
        "open_questions" => "未確認の事項",
        "values" => "値",
        _ => return None,
    })
}

/// A key of the file.
fn key(key: &str) -> &str {
    match key {
        "format" => "形式",
        "id" => "コード",
        "name" => "名称",
        "family" => "種類",
        "summary" => "要約",
        "sources" => "出典の一覧",
        "clauses" => "基準の一覧",
        "eligible" => "適格条件",
        "groups" => "群の一覧",
        "organisation" => "研究グループ",
        "short" => "略称",
        "reference" => "文献",
        "identifier" => "識別子",
        "era" => "登録の年",
        "text" => "文",
        "note" => "注記",
        "ptd" => "部分縦列重複",
        "undetermined_kmt2a" => "確定できなかったKMT2A",
        "unknown_response_is_not_poor" => "プレドニゾロン反応性が不明",
        "hsct" => "移植",
        "none_by_protocol" => "移植規則なし",
        "conditions" | "when" | "applies" => "条件",
        "cite" => "引用",
        "source" => "出典",
        "place" => "該当箇所",
        "read" => "出典の確認",
        "is" | "clause" => "基準",
        "not" => "「該当しない」の中",
        "all" => "すべて",
        "any" => "いずれか",
        "in_group" => "群",
        "test" => "問う内容",
        "limit" => "境界",
        "unit" => "単位",
        "operator" => "比較",
        "at_limit" => "境界値の扱い",
        "point" => "時点",
        "value" | "values" => "値",
        "level" => "リスク水準",
        "if_unknown" => "不明の場合",
        "outcomes" => "公表成績",
        "population" => "対象",
        "endpoint" => "エンドポイント",
        "years" => "時点（年）",
        "estimate" => "推定値",
        "spread" => "不確実性",
        "standard_error" => "標準誤差",
        "interval95" => "95%信頼区間",
        "unclear" => "意味が不明の±",
        "facts" => "そのほかの成績",
        "pitfalls" => "注意点",
        "open_questions" => "未確認の事項",
        other => other,
    }
}

/// What is wrong and what to do about it, as a sentence without its place.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::TooLarge { most } => format!(
            "読み取れる上限の{} kBを超えている。文を短くする。",
            most / 1024
        ),
        Fault::NotJson { line, column } => format!(
            "{line}行目の{column}文字目からJSONではない。その位置か直前に、欠けたコンマ、引用符、括弧がないか調べる。"
        ),
        Fault::OtherFormat => {
            "「format」が「cotside-protocol-1」ではない。プロトコールのファイルではないか、別の版のものである。プロトコールの写しから始める。"
                .to_owned()
        }
        Fault::Missing => "必須。".to_owned(),
        Fault::WrongShape(shape) => format!("ここには{}が必要。", shape_name(*shape)),
        Fault::UnknownKey(name) => format!("「{name}」はここでは使えない。削除するか、綴りを確認する。"),
        Fault::UnknownCode { found, known } => format!(
            "「{found}」はここでは使えない。次のいずれかを用いる：{}。",
            known.join("、")
        ),
        Fault::BadId => "英小文字、数字、ハイフンを用い、60文字以内とする。".to_owned(),
        Fault::IdTaken => {
            "収載されたプロトコールがこのコードを用いている。取り違えないように、別のコードを付ける。".to_owned()
        }
        Fault::Duplicate(id) => format!("「{id}」が二つある。一方の名前を変えるか削除する。"),
        Fault::TextTooLong { most } => format!(
            "文が{}文字を超えている。短くする。",
            grouped(*most as f64)
        ),
        Fault::NameTaken(name) => format!(
            "この名称は、収載された{name}と見分けがつかない。取り違えないように、別の名称を付ける。"
        ),
        Fault::UnseenCharacter(character) => format!(
            "見えない文字、または文字の向きを変える文字（U+{:04X}）がある。削除するか、文を入力し直す。",
            u32::from(*character)
        ),
        Fault::ControlCharacter => "改行またはほかの制御文字がある。1行で書く。".to_owned(),
        Fault::TooMany { most } => format!("項目が{most}個を超えている。いくつか削除する。"),
        Fault::TooDeep { most } => {
            format!("条件の入れ子が{most}段を超えている。より浅く書く。")
        }
        Fault::OutOfRange { low, high } => format!(
            "範囲外。横に示す単位で、{}から{}までの数を入力する。",
            decimal(*low, 3),
            grouped(*high)
        ),
        Fault::NoSuchSource(id) => {
            format!("コード「{id}」の出典がない。追加するか、別の出典を選ぶ。")
        }
        Fault::NoSuchClause(id) => {
            format!("コード「{id}」の基準がない。追加するか、別の基準を選ぶ。")
        }
        Fault::NoSuchGroup(id) => format!("コード「{id}」の群がない。ある群から選ぶ。"),
        Fault::NoCitation => "必須：出典。施設内の規則も出典となる。".to_owned(),
        Fault::NoEligibility => "必須：少なくとも年齢の境界を追加する。".to_owned(),
        Fault::NoGroups => "必須：群を追加する。単群の場合は「上記以外すべて」の群を一つ置く。".to_owned(),
        Fault::EmptyCondition => "必須：基準を追加するか、この部分を削除する。".to_owned(),
        Fault::GroupWithinGroup => {
            "群の条件では群を指定できない。前にある群はすでに判定されている。基準を用いる。".to_owned()
        }
        Fault::TooManyWays { ways, most } => format!(
            "所見の組み合わせが{}通りあり、試す上限の{}通りを超えている。異なる境界の数を減らす。",
            grouped(*ways as f64),
            grouped(*most as f64)
        ),
        Fault::NobodyEnters => "これらすべてに該当する乳児はいない：互いに排除し合っている。".to_owned(),
        Fault::GroupNeverReached => {
            "この群に入る乳児はいない：前の群がすべてを含むか、基準が互いに排除し合っている。".to_owned()
        }
        Fault::SomeInNoGroup => {
            "適格な乳児の中に、どの群にも入らない乳児がいる。最後の群を「上記以外すべて」にする。".to_owned()
        }
        Fault::OthersNotLast => {
            "ほかのすべての乳児がここに入り、後の群には到達しない。最後に移す。".to_owned()
        }
        Fault::ClauseNotUsed => "この基準を用いる規則がない。用いるか、削除する。".to_owned(),
        Fault::SourceNotUsed => "この出典は引用されていない。引用するか、削除する。".to_owned(),
        Fault::LevelUnlikeName => "名称からは別のリスク水準と思われる。両方を確認する。".to_owned(),
        Fault::IntervalBesideEstimate => "推定値が区間の外にある。出典で両方を確認する。".to_owned(),
    }
}

fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "文字列",
        Shape::Number => "数",
        Shape::WholeNumber => "整数",
        Shape::List => "リスト [ … ]",
        Shape::Object => "オブジェクト { … }",
    }
}

/// What is wrong, with its place in words, on one line.
#[must_use]
pub fn own_problem(problem: &Problem) -> String {
    let place = place(&problem.place);
    let pointer = if problem.place.is_empty() {
        String::new()
    } else {
        format!("（{}）", problem.place)
    };
    format!("{place}{pointer}：{}", fault(&problem.fault))
}
