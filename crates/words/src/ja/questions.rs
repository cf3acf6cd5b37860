//! What is open about a file of patients, as questions with the answer that is assumed.

use super::cohort::{column_name, date_form, number_form, role_of_column, spoken, time_unit};
use super::columns::implied;
use crate::numbers::decimal;
use cotside_core::cohort::{
    Direction, Doubt, LONGEST_FOLLOW_UP, Percent, Question, QuestionKind, Repeated, RowsQuestion,
};

pub use crate::en::header_preview;

/// What is open about a column, as a question with the answer that is assumed.
#[must_use]
pub fn question(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Role => {
            "見出しの一部しか認識できなかった。列の内容、単位、時点はこれでよいか。".to_owned()
        }
        QuestionKind::Grades(role) => format!(
            "「{}」として読んだ。この列にあるのは、この重症度の日付だけで、より軽いものの日付は含まれないか。無GVHD無再発生存では、すべての\
             日付をイベントとして数える。",
            role_of_column(*role)
        ),
        QuestionKind::Unsuited(role) => format!(
            "見出しは「{}」を示すが、セルの内容が異なるため、この列は用いていない。何の列か。",
            role_of_column(*role)
        ),
        QuestionKind::DateOrder(form, _) => format!(
            "すべての日付が、日が先とも月が先とも読める。仮定：{}。これでよいか。",
            date_form(*form)
        ),
        QuestionKind::PastEra(cells) => format!(
            "{cells}個の日付が、その時点で終わっていた日本の元号で書かれている（平成は2019年4月30日、昭和は1989年1月7日に終わった）。\
             元号が続いたものとして読んだ：H35は2023年。これでよいか。"
        ),
        QuestionKind::Calendar(form, cells) => {
            format!("{cells}個の日付を次のように読んだ：{}。これでよいか。", date_form(*form))
        }
        QuestionKind::DateOrdersMixed([day_first, month_first, either]) => format!(
            "{day_first}個の日付は日が先としか読めず、{month_first}個は月が先としか読めない。{either}個はどちらとも読める。どちらとも読める\
             日付は同じ行のほかの日付の順で読み、それで決まらなければ用いない。これでよいか。"
        ),
        QuestionKind::ShortYears(cells) => format!(
            "{cells}個の日付は年が2桁である。70から99は1970年から1999年、00から69は2000年から2069年として読んだ。これでよいか。"
        ),
        QuestionKind::PartialDates(cells) => format!(
            "{cells}個の日付に日がない。その月の15日と仮定した。これでよいか。このような日付を除くと、イベントのあった患者が除かれることが\
             ある。"
        ),
        QuestionKind::NoDate(texts) => format!(
            "{}は日付ではない。日付なしとして読んだ。イベントが起きなかったか、その日付が記録されていないという意味である。これでよいか。",
            listed(texts)
        ),
        QuestionKind::OutOfRangeDates(texts) => format!(
            "{}は患者の日付としてありえない。日付なしとして読んだ。これでよいか。",
            listed(texts)
        ),
        QuestionKind::FutureDates { cells, latest, today } => format!(
            "{cells}個の日付が今日（{today}）より後で、最も遅いものは{latest}である。書かれたとおりに読んだが、誤記であれば追跡期間が長くなり\
             すぎる。これでよいか。"
        ),
        QuestionKind::LongFollowUp { patients, years } => format!(
            "この列によれば{patients}人が{LONGEST_FOLLOW_UP}年を超えて追跡されており、最長は{years:.0}年である。書かれたとおりに読んだ。\
             これでよいか。単位も正しいか。"
        ),
        QuestionKind::NumberForm(form, _) => format!(
            "すべての数値が二通り以上に読める。仮定：{}。これでよいか。",
            number_form(*form)
        ),
        QuestionKind::Unit(unit) => format!(
            "見出しに単位がない。数値の大きさによる仮定：{}。これでよいか。",
            time_unit(*unit)
        ),
        QuestionKind::Percent(Percent::SomeAboveOne) => {
            "1を超える値があり、すべてが細胞の割合ではありえない。値は割合か、百分率か。".to_owned()
        }
        QuestionKind::Percent(Percent::NamedButSmall) => {
            "見出しは百分率とするが、1を超える値がない。割合（0.1は10 %）ではなく百分率（0.1は0.1 %）と仮定した。これでよいか。"
                .to_owned()
        }
        QuestionKind::Percent(Percent::Either) => {
            "値が細胞の割合（0.01は1 %）か百分率（0.01は0.01 %）かを見出しが示していない。割合と仮定した。これでよいか。"
                .to_owned()
        }
        QuestionKind::TenE(cells) => format!(
            "{cells}個の値が10e-4のように書かれており、プログラムと同じく0.001として読んだ。これでよいか。10⁻⁴（0.0001）の意味であれば、\
             ファイルに1e-4と書く。"
        ),
        QuestionKind::HighCounts(cells) => format!(
            "{cells}個の白血球数が3,000 × 10⁹/Lを超える。/µLの値か、実際にこれほど高いのか。選ぶまで用いない。"
        ),
        QuestionKind::Assumed(text, code) => format!(
            "「{text}」の意味を次のように仮定した：{}。これでよいか。",
            spoken(code)
        ),
        QuestionKind::Direction(direction) => self::direction(direction),
        QuestionKind::NoMeaning(text) => format!("「{text}」の意味は何か。"),
        QuestionKind::MayBeMissing(text) => format!("「{text}」を欠測値として読んだ。これでよいか。"),
        QuestionKind::NotUnderstood(texts) => match texts.is_empty() {
            true => "ほとんどのセルが、見出しの示す内容として読めない。何の列か。".to_owned(),
            false => format!("{}が読めない。何の列か。または値はどう書かれているか。", listed(texts)),
        },
        QuestionKind::NotNumbers(texts) => format!(
            "{}は数値ではない。欠測値として読んだ。「>300」のような限界値は数値として読まない。これでよいか。",
            listed(texts)
        ),
    }
}

/// The same with the other columns that it is about.
#[must_use]
pub fn question_of(asked: &Question, header: &[String]) -> String {
    let others: Vec<String> = asked.also.iter().map(|&column| column_name(header, column)).collect();
    if others.is_empty() {
        return question(&asked.kind);
    }
    format!(
        "{}この答えは次の列にも当てはまる：{}。",
        question(&asked.kind),
        others.join("、")
    )
}

/// Texts with the number of their cells: `「alive」（26セル）、「NED」（1セル）`.
fn listed(texts: &[(String, usize)]) -> String {
    const SHOWN: usize = 4;
    let mut shown: Vec<String> = texts
        .iter()
        .take(SHOWN)
        .map(|(text, cells)| format!("「{text}」（{cells}セル）"))
        .collect();
    if texts.len() > SHOWN {
        shown.push(format!("ほか{}種類", texts.len() - SHOWN));
    }
    shown.join("、")
}

fn quoted(texts: &[String]) -> String {
    texts.iter().map(|text| format!("「{text}」")).collect()
}

fn direction(direction: &Direction) -> String {
    let Direction {
        yes, no, events, total, ..
    } = direction;
    let (event, other) = if direction.of_death {
        ("死亡", "生存")
    } else {
        ("イベント", "打ち切り")
    };
    let (yes, no) = (quoted(yes), quoted(no));
    let implied = implied(direction.of_death, *events, *total);
    let doubt = direction.doubt.map(|doubt| match doubt {
        Doubt::FollowedLonger(longer) => format!(
            "この読み方では、イベントのあった患者がなかった患者より長く追跡されている（中央値{}日と{}日）。",
            decimal(longer.median_event, 0),
            decimal(longer.median_censored, 0)
        ),
        Doubt::DatesOfDeath { alive, dead } => {
            format!("この読み方では、生存している患者の{alive}人、死亡した患者の{dead}人に死亡日がある。")
        }
    });
    let doubt = doubt.unwrap_or_default();
    if direction.proposed {
        format!("{yes}を{event}、{no}を{other}として読んだ：{implied}。これでよいか。{doubt}")
    } else {
        format!("{yes}が{event}、{no}が{other}であれば、{implied}。{doubt}どちらが正しいか。選ぶまでこの列は用いない。")
    }
}

/// What is open about the rows, as a question with the answer that is assumed.
#[must_use]
pub fn rows_question(question: &RowsQuestion, repeated: Repeated) -> String {
    match question {
        RowsQuestion::Repeated { ids, rows, differ } => {
            let differing = match differ {
                0 => "同じIDの行の内容は一致する。".to_owned(),
                values => format!("同じIDの行の間で{values}個の値が異なる。"),
            };
            let assumed = match repeated {
                Repeated::Merge => "仮定：IDごとに1人の患者とし、各所見は最初の値、追跡は最後の値を用いる。",
                Repeated::First => "仮定：IDごとに1人の患者とし、最初の行だけを用いる。",
                Repeated::Separate => "仮定：行は別々の人のものと見られるため、各行を1人の患者とする。",
            };
            format!("{ids}個のIDが複数の行にある（合わせて{rows}行）。{differing}{assumed}これでよいか。")
        }
        RowsQuestion::NotPatients(texts) => format!(
            "{}行は患者ではなく、合計、注記または別の表に見える（{}）。これは除く。これでよいか。",
            texts.len(),
            shortened(texts)
        ),
        RowsQuestion::Endpoints(names) => format!(
            "このファイルには、患者とエンドポイントごとに1行がある（{}）。各エンドポイントを1人の患者の時間とイベントとして読む。CNSR 0を\
             イベント、ほかを打ち切りとする。これでよいか。",
            names.join("、")
        ),
    }
}

/// What a question about rows is about, once it is answered.
#[must_use]
pub fn rows_subject(question: &RowsQuestion) -> String {
    match question {
        RowsQuestion::Repeated { rows, .. } => format!("IDが重複する{rows}行"),
        RowsQuestion::NotPatients(texts) => format!("合計または注記（{}）", shortened(texts)),
        RowsQuestion::Endpoints(names) => format!("エンドポイントごとに1行（{}）", names.join("、")),
    }
}

/// The answers to a question about rows, by their codes in settings.
#[must_use]
pub fn rows_answers(question: &RowsQuestion) -> &'static [(&'static str, &'static str)] {
    match question {
        RowsQuestion::Repeated { .. } => &[
            ("merge", "IDごとに1人、行をまとめる"),
            ("first", "IDごとに1人、最初の行だけ"),
            ("separate", "別々の患者"),
        ],
        RowsQuestion::NotPatients(_) => &[("no", "除く"), ("yes", "患者とする")],
        RowsQuestion::Endpoints(_) => &[
            ("merge", "1人の患者、複数のエンドポイント"),
            ("separate", "各行が1人の患者"),
        ],
    }
}

/// The first texts of rows: `「Mean」「SD」、ほか3行`.
fn shortened(texts: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown: String = texts.iter().take(SHOWN).map(|text| format!("「{text}」")).collect();
    if texts.len() > SHOWN {
        format!("{shown}、ほか{}行", texts.len() - SHOWN)
    } else {
        shown
    }
}

/// What is asked of a file whose bytes are not UTF-8.
pub const ENCODING_QUESTION: &str = "UTF-8のファイルではない。次のうち、名前と文字が正しく読めるのはどれか。";
