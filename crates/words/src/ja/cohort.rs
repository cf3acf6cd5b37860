//! A file of patients in words: how it was read, what each column seems to hold, what is open, what could not be used.

use super::fields::{field_label, option_label};
use cotside_core::cohort::{
    Basis, ColumnKind, DateForm, Encoding, Endpoint, EventKind, Import, Milestone, NumberForm, Placement, Remedy, Role,
    RowFault, TimeUnit, Unusable, Vital,
};
use cotside_core::infant::Field;
use cotside_core::protocols::Protocol;

/// How the file was read, with what was assumed.
#[must_use]
pub fn import_report(import: &Import) -> Vec<String> {
    let mut report = vec![read_as(encoding(import.encoding), import.basis)];
    if import.unreadable > 0 {
        report.push(format!(
            "{}文字を{}として読めなかった。ファイルを「CSV UTF-8」で保存し直す。",
            import.unreadable,
            encoding(import.encoding)
        ));
    }
    report.push(format!("セルの区切りは{}。", separator(import.delimiter)));
    if import.lines_above > 0 {
        report.push(format!(
            "表の上の{}行は用いない：「{}」。",
            import.lines_above, import.above
        ));
    }
    if !import.set_aside.is_empty() {
        report.push(format!("{}行は用いない。", import.set_aside.len()));
    }
    report
}

/// Name of an encoding.
#[must_use]
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Windows1252 => "Windows-1252（Latin-1）",
        Encoding::Windows1250 => "Windows-1250（中央ヨーロッパ）",
        Encoding::Windows1251 => "Windows-1251（キリル文字）",
        Encoding::Windows1253 => "Windows-1253（ギリシャ語）",
        Encoding::Windows1254 => "Windows-1254（トルコ語）",
        Encoding::ShiftJis => "Shift JIS（日本語）",
        Encoding::EucJp => "EUC-JP（日本語）",
        Encoding::EucKr => "EUC-KR（韓国語）",
        Encoding::Gb18030 => "GB18030（中国語、簡体字）",
        Encoding::Big5 => "Big5（中国語、繁体字）",
        Encoding::Iso2022Jp => "ISO-2022-JP（日本語）",
        Encoding::MacRoman => "Mac Roman（西欧の言語）",
        Encoding::Koi8R => "KOI8-R（キリル文字）",
        Encoding::Ibm866 => "IBM 866（キリル文字）",
        Encoding::Latin2 => "ISO 8859-2（中央ヨーロッパ）",
        Encoding::Windows1255 => "Windows-1255（ヘブライ語）",
        Encoding::Windows1256 => "Windows-1256（アラビア語）",
        Encoding::Windows1257 => "Windows-1257（バルト諸語）",
        Encoding::Windows1258 => "Windows-1258（ベトナム語）",
    }
}

fn read_as(name: &str, basis: Basis) -> String {
    match basis {
        Basis::Mark => format!("文字コードは{name}（バイト順マークによる）。"),
        Basis::Valid => format!("文字コードは{name}。"),
        Basis::ZeroBytes => format!("値が0のバイトから、文字コードを{name}と仮定した。名前が正しいか確認する。"),
        Basis::NotUtf8 => {
            format!("UTF-8のファイルではないため、文字コードを{name}と仮定した。名前と文字が正しいか確認する。")
        }
        Basis::Escapes => format!("文字コードは{name}（エスケープシーケンスによる）。"),
        Basis::Said => format!("UTF-8のファイルではないため、文字コードとして{name}が選ばれた。"),
    }
}

fn separator(delimiter: char) -> String {
    match delimiter {
        ',' => "コンマ".to_owned(),
        ';' => "セミコロン".to_owned(),
        '\t' => "タブ".to_owned(),
        '|' => "縦線".to_owned(),
        ' ' => "空白".to_owned(),
        other => format!("「{other}」"),
    }
}

/// What a column seems to hold.
#[must_use]
pub fn column_kind(kind: &ColumnKind) -> String {
    match kind {
        ColumnKind::Empty => "空".to_owned(),
        ColumnKind::Id => "行ごとに異なるラベル".to_owned(),
        ColumnKind::Number { form, .. } => format!("数値、{}", number_form(*form)),
        ColumnKind::Date { form, .. } => format!("日付、{}", date_form(*form)),
        ColumnKind::YesNo => "あり・なし".to_owned(),
        ColumnKind::Category => "カテゴリー".to_owned(),
        ColumnKind::Text => "自由記述".to_owned(),
    }
}

/// How numbers are written.
#[must_use]
pub fn number_form(form: NumberForm) -> &'static str {
    match form {
        NumberForm::Point => "小数点はピリオド（1234.5）",
        NumberForm::Comma => "小数点はコンマ（1234,5）",
        NumberForm::PointGrouped => "小数点はピリオド、3桁ごとの区切りはコンマ（1,234.5）",
        NumberForm::CommaGrouped => "小数点はコンマ、3桁ごとの区切りはピリオド（1.234,5）",
    }
}

/// How dates are written.
#[must_use]
pub fn date_form(form: DateForm) -> &'static str {
    match form {
        DateForm::YearMonthDay => "年-月-日（2024-03-15）",
        DateForm::DayMonthYear => "日.月.年（15.03.2024）",
        DateForm::MonthDayYear => "月/日/年（03/15/2024）",
        DateForm::DayMonthName => "日、月の名、年（15-Mar-2024）",
        DateForm::MinguoYear => "中華民国暦の年（113/03/15は2024-03-15）",
        DateForm::BuddhistYear => "仏暦の年（15/3/2567は2024-03-15）",
        DateForm::EitherOrder => "日が先または月が先、セルごとに可能な順",
        DateForm::SpreadsheetDay => "表計算ソフトの日数（45366）",
        DateForm::UnixSeconds => "1970年からの秒数（1710460800）",
        DateForm::DaysSinceDiagnosis => "診断からの日数（365）",
        DateForm::MonthsSinceDiagnosis => "診断からの月数（12）",
    }
}

/// In which order the dates of a column are written that could be in several, with a cell of it and how it is read so.
#[must_use]
pub fn date_order(form: DateForm, example: Option<(&str, String)>) -> String {
    let order = match form {
        DateForm::DayMonthYear => "日が先",
        DateForm::MonthDayYear => "月が先",
        DateForm::EitherOrder => return "どちらの順もあり、行ごとに決める".to_owned(),
        other => date_form(other),
    };
    match example {
        Some((cell, read)) => format!("{order}：{cell} = {read}"),
        None => order.to_owned(),
    }
}

/// What a column is for.
#[must_use]
pub fn role_of_column(role: Role) -> String {
    match role {
        Role::Ignored => "用いない".to_owned(),
        Role::Finding(Field::Id) => "患者ID".to_owned(),
        Role::Finding(field) => field_label(field).to_owned(),
        Role::Milestone(day) => milestone(day).to_owned(),
        Role::FirstEvent => "最初のイベントの種類".to_owned(),
        Role::VitalStatus => "生存か死亡か".to_owned(),
        Role::Time(Endpoint::AsInFile) => "追跡期間（エンドポイントの記載なし）".to_owned(),
        Role::Event(Endpoint::AsInFile) => "イベントか打ち切りか（エンドポイントの記載なし）".to_owned(),
        Role::Time(Endpoint::TimeToRelapse) => "再発までの時間".to_owned(),
        Role::Event(Endpoint::TimeToRelapse) => "再発か打ち切りか".to_owned(),
        Role::Time(each) => format!("{}：時間", endpoint_name(each)),
        Role::Event(each) => format!("{}：イベントか打ち切りか", endpoint_name(each)),
        Role::Group => "群".to_owned(),
    }
}

/// Name of a day in the course.
#[must_use]
pub fn milestone(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::Birth => "生年月日",
        Milestone::Diagnosis => "診断日",
        Milestone::FirstRemission => "第一寛解日",
        Milestone::Relapse => "再発日",
        Milestone::SecondMalignancy => "二次がんの発生日",
        Milestone::Hsct => "移植日",
        Milestone::Death => "死亡日",
        Milestone::FirstEvent => "最初のイベントの日",
        Milestone::LastFollowUp => "最終追跡日",
        Milestone::RelapseAfterHsct => "移植後の再発日",
        Milestone::AcuteGvhd => "急性GVHD（グレードIII–IV）の発症日",
        Milestone::ChronicGvhd => "慢性GVHD（広範型または全身治療を要するもの）の発症日",
    }
}

/// Name of a kind of event.
#[must_use]
pub const fn event_kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::None => "イベントなし",
        EventKind::Relapse => "再発",
        EventKind::Death => "死亡",
        EventKind::SecondMalignancy => "二次がん",
        EventKind::InductionFailure => "寛解導入不能",
        EventKind::Event => "種類不明のイベント",
        EventKind::AcuteGvhd => "急性GVHD（グレードIII–IV）",
        EventKind::ChronicGvhd => "慢性GVHD",
    }
}

/// Name of a vital status.
#[must_use]
pub fn vital(vital: Vital) -> &'static str {
    match vital {
        Vital::Alive => "生存",
        Vital::Dead => "死亡",
    }
}

/// Name of an endpoint within a sentence.
#[must_use]
pub const fn endpoint_name(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::EventFreeSurvival => "無イベント生存",
        Endpoint::OverallSurvival => "全生存",
        Endpoint::DiseaseFreeSurvival => "無病生存",
        Endpoint::TimeToRelapse => "再発までの時間",
        Endpoint::AsInFile => "ファイルのエンドポイント",
        Endpoint::LeukaemiaFreeSurvival => "無白血病生存",
        Endpoint::GvhdFreeRelapseFreeSurvival => "無GVHD無再発生存",
    }
}

/// An endpoint as tables shorten it.
#[must_use]
pub const fn endpoint_short(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::EventFreeSurvival => "EFS",
        Endpoint::OverallSurvival => "OS",
        Endpoint::DiseaseFreeSurvival => "DFS",
        Endpoint::LeukaemiaFreeSurvival => "LFS",
        Endpoint::GvhdFreeRelapseFreeSurvival => "GRFS",
        Endpoint::TimeToRelapse => "無再発",
        Endpoint::AsInFile => "無イベント",
    }
}

/// Name of a unit of time.
#[must_use]
pub fn time_unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "日",
        TimeUnit::Weeks => "週（7日）",
        TimeUnit::Months => "月（30.4375日）",
        TimeUnit::Years => "年（365.25日）",
    }
}

/// What a protocol makes of a patient, in a table.
#[must_use]
pub fn placement<'p>(protocol: &Protocol<'p>, placement: Placement) -> &'p str {
    match placement {
        Placement::Group(position) => protocol
            .groups
            .get(usize::from(position))
            .map_or("未確定", |group| group.id),
        Placement::Undetermined => "未確定",
        Placement::NotApplicable => "適用外",
    }
}

pub(super) fn row_fault(fault: RowFault, expected: usize) -> String {
    match fault {
        RowFault::TooFewCells { found } | RowFault::TooManyCells { found } => {
            format!("見出しは{expected}列だが、セルが{found}個ある")
        }
        RowFault::Blank => "すべてのセルが空".to_owned(),
        RowFault::OpenQuote => "引用符が始まり、閉じていない".to_owned(),
        RowFault::Merged { into } => format!("同じIDの{}行目の一部", into + 1),
        RowFault::Repeated { first } => format!("同じIDの{}行目を用いる", first + 1),
        RowFault::NotAPatient => "合計、注記または見出しであり、患者ではない".to_owned(),
        RowFault::SecondTable => "下にある別の表の一部".to_owned(),
        RowFault::NotChosen => "選ばれた行に含まれない".to_owned(),
    }
}

/// What a person can do about a problem.
#[must_use]
pub fn remedy(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::MendRow => "区切り文字と引用符を確認する。この行は用いない",
        Remedy::LeaveOut => "この行は用いない",
        Remedy::MendCell => "セルを訂正する。不明であれば空欄にする",
        Remedy::MendCellOrDateForm => "セルを訂正する。不明であれば空欄にする。または列の日付の書き方を選ぶ",
        Remedy::MendCellOrNumberForm => "セルを訂正する。不明であれば空欄にする。または列の数値の書き方を選ぶ",
        Remedy::SayMeaning => "意味を指定する。不明であればセルを空欄にする",
        Remedy::ChooseOneColumn => "この列は読まない。二つの列の一方に別の役割を指定する",
        Remedy::ChooseOneValue => "ファイルで誤っているほうを空欄にする",
        Remedy::SettleContradiction => "どちらが正しいか調べる。それまでどちらも用いない",
        Remedy::CheckUnit => "単位を確認する",
        Remedy::ChooseCount => "列のこのような数値の読み方を選ぶか、セルを訂正する",
        Remedy::GiveDays => "年齢を日齢または満月齢で入力する",
    }
}

/// Why a row has no time to an endpoint.
#[must_use]
pub fn unusable(why: Unusable) -> String {
    match why {
        Unusable::SetAside => "用いない行である".to_owned(),
        Unusable::NoColumn(day) => format!("{}の列がない", milestone(day)),
        Unusable::NoTimeColumn => "時間の列がない".to_owned(),
        Unusable::NoEventColumn => "時間の終わり方を示す列がない".to_owned(),
        Unusable::NoDate(day) => format!("{}が欠測している", milestone(day)),
        Unusable::UnreadableDate(day) => format!("{}が読めない", milestone(day)),
        Unusable::WrongOrder(day, before) => format!("{}が{}より前である", milestone(day), milestone(before)),
        Unusable::DatesDisagree(one, other) => format!("{}と{}が一致しない", milestone(one), milestone(other)),
        Unusable::EventUnknown => "イベントの有無が欠測している".to_owned(),
        Unusable::UnreadableEvent => "イベントの有無が読めない".to_owned(),
        Unusable::KindUnknown => "イベントはあるが、再発かどうかが分からない".to_owned(),
        Unusable::EventDisagrees(kind, day) => {
            format!(
                "最初のイベントは「{}」だが、{}と矛盾する",
                event_kind(kind),
                milestone(day)
            )
        }
        Unusable::NoEventDate(kind) => format!("イベント（{}）の日付がない", event_kind(kind)),
        Unusable::VitalUnknown => "生存か死亡かが欠測している".to_owned(),
        Unusable::UnreadableVital => "生存か死亡かが読めない".to_owned(),
        Unusable::DiedWithoutDate => "死亡しているが、死亡日が欠測している".to_owned(),
        Unusable::AliveWithDeathDate => "生存とあるが、死亡日がある".to_owned(),
        Unusable::NeverInRemission => "寛解に至っておらず、リスク集合に入らない".to_owned(),
        Unusable::NoTime => "時間が欠測している".to_owned(),
        Unusable::UnreadableTime => "時間が読めない".to_owned(),
        Unusable::ZeroTime => "時間が0で、リスク集合に入る期間がない".to_owned(),
        Unusable::UnreadableHsct => "移植日が読めないか、診断日より前である".to_owned(),
        Unusable::NotTransplanted => "移植を受けておらず、移植後のリスク集合に入らない".to_owned(),
        Unusable::NoRelapse => "再発がなく、再発後のリスク集合に入らない".to_owned(),
        Unusable::LaterRelapseUnknown(EventKind::Relapse) => {
            "移植前に再発しており、移植後の再発日の列がない".to_owned()
        }
        Unusable::LaterRelapseUnknown(kind) => {
            format!("最初のイベントは{}で、移植後の再発日の列がない", event_kind(kind))
        }
    }
}

/// What a code means, whose role is not known.
pub(super) fn spoken(code: &str) -> String {
    let event = EventKind::from_code(code).map(event_kind);
    let name = event.or_else(|| Vital::from_code(code).map(vital));
    match name.unwrap_or_else(|| option_label(Field::Id, code)) {
        "" => code.to_owned(),
        name => name.to_owned(),
    }
}

pub(super) fn column_name(header: &[String], column: usize) -> String {
    match header.get(column).map(String::as_str) {
        None | Some("") => format!("{}（名前なし）", column + 1),
        Some(name) => name.to_owned(),
    }
}
