//! The columns of a file in words, as a person confirms them.

use super::cohort::{column_name, date_form, event_kind, remedy, row_fault, spoken, vital};
use super::fields::{issue, option_label, understood, unit};
use crate::numbers::{decimal, grouped};
use cotside_core::cohort::{
    ColumnUse, Endpoint, EventKind, Meaning, Polarity, Problem, Profile, Role, Trouble, Understood, Vital,
};
use cotside_core::infant::{Date, Field, Kind, Stage};

pub use crate::en::{ColumnsTally, grouped_count};

/// A date that cannot be read in another order.
#[must_use]
pub fn in_words(date: Date) -> String {
    let (year, month, day) = date.parts();
    format!("{year}年{month}月{day}日")
}

/// What a code of a role means.
#[must_use]
pub fn code_meaning(role: Role, code: &str) -> String {
    let name = match role {
        Role::Finding(field) => option_label(field, code),
        Role::VitalStatus => Vital::from_code(code).map_or("", vital),
        _ => EventKind::from_code(code).map_or("", event_kind),
    };
    if name.is_empty() {
        code.to_owned()
    } else {
        name.to_owned()
    }
}

/// What a cell is understood as.
#[must_use]
pub fn understood_cell(role: Role, found: &Understood) -> String {
    match found {
        Understood::Missing => "欠測値".to_owned(),
        Understood::Nothing => "使用できない".to_owned(),
        Understood::Text => "書かれたとおり".to_owned(),
        Understood::Date(date) => in_words(*date),
        Understood::Days(days) => format!("{}日 = {}年", decimal(*days, 1), decimal(*days / 365.25, 2)),
        Understood::Code(code) => code_meaning(role, code),
        Understood::Finding(field, read) => {
            let (entry, reading) = (&read.0, &read.1);
            let plain = entry.get(*field);
            understood(*field, entry, reading).unwrap_or_else(|| match field.kind() {
                Kind::Code(_) => code_meaning(role, plain),
                Kind::Number { unit: plain_unit, .. } => match unit(plain_unit) {
                    same if same == plain_unit => format!("{plain} {same}"),
                    own => format!("{plain}{own}"),
                },
                Kind::Text | Kind::Date | Kind::Fraction => plain.to_owned(),
            })
        }
    }
}

/// Under which heading a role stands in the list of roles.
#[must_use]
pub fn role_family(role: Role) -> &'static str {
    match role {
        Role::Ignored | Role::Group | Role::Finding(Field::Id) => "全般",
        Role::Finding(Field::BirthDate | Field::DiagnosisDate) | Role::Milestone(_) => "日付",
        Role::Finding(field) => match field.stage() {
            Stage::Diagnosis => "診断時の所見",
            Stage::Day8 | Stage::EndOfInduction | Stage::Consolidation => "治療反応と残存病変",
            Stage::Relapse => "再発",
        },
        Role::FirstEvent | Role::VitalStatus => "イベントと生死",
        Role::Time(_) | Role::Event(_) => "エンドポイントまでの時間",
    }
}

/// How far the columns are understood.
#[must_use]
pub fn columns_tally(tally: ColumnsTally) -> String {
    let mut text = format!("認識した列 {}", tally.recognised);
    for (number, what) in [(tally.to_confirm, "要確認"), (tally.ignored, "不使用")] {
        if number > 0 {
            text.push_str(&format!(" · {what} {number}"));
        }
    }
    if tally.of_rows > 0 {
        text.push_str(&format!(" · 行についての質問 {}", tally.of_rows));
    }
    text
}

/// How many problems there are.
#[must_use]
pub fn problems_tally(problems: usize) -> String {
    format!("確認するセル：{}個", grouped_count(problems))
}

/// How many problems are not listed.
#[must_use]
pub fn problems_rest(rest: usize) -> String {
    format!("ほかに{}個。保存できる一覧にすべて含まれる。", grouped_count(rest))
}

/// The two directions in which a column of death, event or censoring can be read, each with what it implies: yes and 1 as the
/// event, and as the opposite.
#[must_use]
pub fn directions(role: Role, profile: &Profile, used: &ColumnUse) -> [String; 2] {
    [Polarity::AsNamed, Polarity::Reversed].map(|polarity| {
        let mut turned = used.clone();
        turned.turn(polarity, profile);
        direction(role, profile, &turned)
    })
}

/// `「1」 = 死亡、「0」 = 生存：40人中14人が死亡`.
fn direction(role: Role, profile: &Profile, used: &ColumnUse) -> String {
    let of_death = matches!(role, Role::VitalStatus | Role::Event(Endpoint::OverallSurvival));
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    let (mut events, mut total) = (0, 0);
    for (text, cells) in &profile.levels {
        let Some(Meaning::Code(code)) = used.said(text) else {
            continue;
        };
        let is_event =
            Vital::from_code(code) != Some(Vital::Alive) && EventKind::from_code(code) != Some(EventKind::None);
        total += cells;
        events += if is_event { *cells } else { 0 };
        let word = match (of_death, is_event) {
            (true, true) => "死亡".to_owned(),
            (true, false) => "生存".to_owned(),
            (false, true) if EventKind::from_code(code) == Some(EventKind::Event) => "イベント".to_owned(),
            (false, true) => code_meaning(role, code),
            (false, false) => "打ち切り".to_owned(),
        };
        let quoted = format!("「{text}」");
        match texts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, same)) => same.push(quoted),
            None => texts.push((word, vec![quoted])),
        }
    }
    let said: Vec<String> = texts
        .iter()
        .map(|(word, texts)| format!("{} = {word}", texts.concat()))
        .collect();
    format!("{}：{}", said.join("、"), implied(of_death, events, total))
}

/// What a direction implies.
pub(super) fn implied(of_death: bool, events: usize, total: usize) -> String {
    if of_death {
        format!("{total}人中{events}人が死亡")
    } else {
        format!("{total}人中{events}人にイベントあり")
    }
}

/// What is the matter with a cell or row, and what to do about it.
#[must_use]
pub fn problem_parts(problem: &Problem, header: &[String]) -> (String, String) {
    let matter = match &problem.trouble {
        Trouble::Finding(found) => issue(found),
        Trouble::Row(fault) => row_fault(*fault, header.len()),
        Trouble::NotADate(form) => format!("次の書き方の日付ではない：{}", date_form(*form)),
        Trouble::HighCount => "3,000 × 10⁹/Lを超える白血球数".to_owned(),
        Trouble::AgeTooCoarse => "週または年で示された年齢で、満月齢が二通りありうる".to_owned(),
        Trouble::NotATime => "0以上の時間ではない".to_owned(),
        Trouble::NoMeaning(codes) => {
            let codes: Vec<String> = codes.iter().map(|code| spoken(code)).collect();
            format!("次のいずれでもない：{}", codes.join("、"))
        }
        Trouble::OtherRow { used, value } => {
            format!("同じ患者の{}行目に「{value}」とあり、そちらを用いる", used + 1)
        }
        Trouble::RoleTwice(first) => format!("列「{}」が同じ役割をもつ", column_name(header, *first)),
    };
    (matter, remedy(problem.trouble.remedy()).to_owned())
}

/// What is said of columns that the list leaves out.
#[must_use]
pub fn columns_not_shown(count: usize, first: usize) -> String {
    format!(
        "ほかの{}列は用いず、表示もしない。用いるには、その列をファイルの最初の{first}列の中に移す。",
        grouped(count as f64)
    )
}
