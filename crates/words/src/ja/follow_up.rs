//! What is missing for follow-up, and what looks wrong with it.

use super::{endpoint_name, milestone, unusable};
use cotside_core::cohort::{Endpoint, LeftOut, Milestone, Unusable};

/// What is needed where this keeps everybody from being followed; `None` where it is not a column.
#[must_use]
pub fn needed(why: Unusable) -> Option<&'static str> {
    match why {
        Unusable::NoColumn(Milestone::Death) => Some("死亡日または生死"),
        Unusable::NoColumn(Milestone::Relapse) => Some("再発日または最初のイベントの種類"),
        Unusable::NoColumn(day) => Some(milestone(day)),
        Unusable::NoTimeColumn => Some("エンドポイントまでの時間"),
        Unusable::NoEventColumn => Some("その時間の終わり方（イベントまたは打ち切り）"),
        _ => None,
    }
}

/// Why nobody can be followed to an endpoint: the columns that are missing, or the reasons with their numbers of rows.
#[must_use]
pub fn not_drawn(endpoint: Endpoint, obstacles: &[(Unusable, usize)]) -> String {
    let name = endpoint_name(endpoint);
    let columns: Vec<&str> = obstacles.iter().filter_map(|(why, _)| needed(*why)).collect();
    if columns.is_empty() {
        let reasons = obstacles
            .iter()
            .map(|(why, rows)| format!("{rows}例：{}", unusable(*why)));
        let reasons: Vec<String> = reasons.collect();
        return format!("{name}を描くのに使える患者がいない（{}）。", reasons.join("；"));
    }
    format!("{name}を描くのに足りない列：{}。", columns.join("、"))
}

/// What to do where nobody can be followed.
pub const GIVE_FOLLOW_UP: &str = "確認を求められている質問に答えるか、「列」で追跡の情報がある列を指定する。日付の代わりに、エンドポイントまでの時間と、\
     イベントか打ち切りかを示す列でもよい。";

/// That the patients left out of an analysis had more or fewer events than those in it.
#[must_use]
pub fn events_left_out(found: LeftOut) -> String {
    let LeftOut {
        out,
        events_out,
        followed,
        events_followed,
    } = found;
    let had = match (out, events_out) {
        (_, 0) => format!("除外した{out}例ではイベントが0件"),
        _ => format!("除外した{out}例中{events_out}例でイベント"),
    };
    format!("{had}、解析に含めた{followed}例では{events_followed}例でイベントがあった。除外により結果が変わる。")
}

/// That those with an event were followed longer than the others; `medians` are those of both in years.
#[must_use]
pub fn followed_longer(endpoint: Endpoint, medians: &[String; 2]) -> String {
    let who = match endpoint {
        Endpoint::OverallSurvival => "死亡した患者のほうが生存患者より追跡期間が長い",
        _ => "イベントのあった患者のほうが、なかった患者より追跡期間が長い",
    };
    let [with, without] = medians;
    format!("{who}（中央値 {with}年と{without}年）。状態を示す列が逆に読まれていないか確認のこと。")
}
