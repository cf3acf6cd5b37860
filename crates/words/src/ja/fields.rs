//! The data dictionary in words.

use super::rules::percent;
use crate::content::{self, Understood};
use crate::format_name;
use crate::numbers::{grouped, scientific};
use cotside_core::cohort::TableError;
use cotside_core::decimal;
use cotside_core::infant::{
    Choice, Entry, Field, Issue, IssueKind, Kind, MOST_WBC, MrdPoint, POOR_RESPONSE_BLASTS_PER_UL, Question, Reading,
    Stage,
};
use cotside_core::protocols::Finding;

/// Name of a field on the form.
#[must_use]
pub fn field_label(field: Field) -> &'static str {
    match field {
        Field::Id => "ラベル",
        Field::AgeDays => "日齢",
        Field::AgeMonths => "満月齢",
        Field::BirthDate => "生年月日",
        Field::DiagnosisDate => "診断日",
        Field::Sex => "性別",
        Field::Wbc => "白血球数",
        Field::WbcPerUl => "白血球数（/µL）",
        Field::Kmt2a => "KMT2A(MLL)",
        Field::Kmt2aPartner => "KMT2Aの融合相手",
        Field::Lineage => "細胞系列",
        Field::Cd10 => "CD10",
        Field::Cns => "中枢神経系の状態（CNS）",
        Field::CsfWbc => "髄液の白血球数",
        Field::CsfBlasts => "髄液の芽球",
        Field::Testis => "精巣浸潤",
        Field::DownSyndrome => "ダウン症候群",
        Field::Day8Blasts => "8日目の末梢血芽球数",
        Field::PrednisoneResponse => "プレドニゾロン反応性",
        Field::RemissionEoi => "完全寛解（寛解導入終了時）",
        Field::MrdEoi => "MRD（寛解導入終了時）",
        Field::MrdEoc => "MRD（地固め終了時）",
        Field::MrdTp4 => "MRD（OCTADA(D) 開始時）",
        Field::MrdBlina1 => "MRD（ブリナツモマブ1コース後）",
        Field::Relapse => "再発または寛解導入不能",
        Field::FirstRemissionMonths => "第一寛解の期間",
        Field::SalvageRemission => "第二寛解",
    }
}

/// What the field means.
#[must_use]
pub fn field_definition(field: Field) -> &'static str {
    match field {
        Field::Id => "行を区別するための任意の文字列。氏名や診察番号は使わない。",
        Field::AgeDays => "診断時までに満了した日数。プロトコールの境界は90日、180日、6か月、12か月、365日にある。",
        Field::AgeMonths => "診断時の満月齢。日齢が分からないときに用いる。5は生後6か月目の途中を意味する。",
        Field::BirthDate | Field::DiagnosisDate => {
            "両方の日付があれば日齢と暦月が正確に決まる。入力はこのページの外に出ない。"
        }
        Field::Sex => "性別。",
        Field::Wbc => "診断時の末梢血白血球数。× 10⁹/L（10³/µL と同じ）。",
        Field::WbcPerUl => "診断時の末梢血白血球数。/µL。",
        Field::Kmt2a => {
            "再構成あり：融合を生じる転座または挿入。部分縦列重複（PTD）は再構成ではない。判定不能：検査したが確定できなかった\
             もの。まだ分からないものは空欄とする。"
        }
        Field::Kmt2aPartner => "再構成したKMT2Aの融合相手。",
        Field::Lineage => "免疫表現型による芽球の系列。",
        Field::Cd10 => "芽球のCD10。予後因子とする報告があるが、ここのプロトコールは割り付けに用いない。",
        Field::Cns => {
            "CNS1:細胞数にかかわらず髄液に芽球なし。CNS2:芽球があり白血球5/µL未満。CNS3:芽球があり白血球5/µL以上、または\
             臨床徴候。CNS2に関する乳児プロトコール自身の記載は閲覧できていない。"
        }
        Field::CsfWbc => "診断時の髄液1 µLあたりの白血球数。外傷性穿刺では空欄とする。",
        Field::CsfBlasts => "サイトスピン標本での髄液中の芽球。",
        Field::Testis => "診断時の精巣浸潤。",
        Field::DownSyndrome => "先天性の21トリソミー。",
        Field::Day8Blasts => {
            "プレドニゾロン7日間とメトトレキサート髄注1回の後、8日目の末梢血1 µLあたりの芽球数。1,000未満が反応良好\
             (Dördelmann 1999)。白血球数でも百分率でもない。"
        }
        Field::PrednisoneResponse => {
            "良好：8日目の末梢血芽球が1,000/µL未満。不良：1,000/µL以上。評価なし：もはや知りえない場合。8日目より前は空欄のままにする。"
        }
        Field::RemissionEoi => "寛解導入終了時の完全寛解（MLL-Babyでは36日目または43日目）。",
        Field::MrdEoi => "寛解導入終了時の微小残存病変（Interfantの時点2）。0は陰性。",
        Field::MrdEoc => "地固め療法終了時の微小残存病変（Interfantの時点3）。0は陰性。",
        Field::MrdTp4 => "MARMA後、OCTADA(D) 開始時の微小残存病変（Interfant）。0は陰性。",
        Field::MrdBlina1 => "ブリナツモマブ1コース後の微小残存病変（Interfant-21）。0は陰性。",
        Field::Relapse => "再発、または一度も寛解に至らなかったもの。",
        Field::FirstRemissionMonths => "第一寛解から再発までの月数。寛解がなければ0。",
        Field::SalvageRemission => "サルベージ療法後の第二寛解。",
    }
}

/// A unit as it stands behind a field.
#[must_use]
pub fn unit(unit: &'static str) -> &'static str {
    match unit {
        "days" => "日",
        "months" => "か月",
        other => other,
    }
}

/// What the field accepts, as an error or a hint says it.
#[must_use]
pub fn field_accepts(field: Field) -> String {
    match field.kind() {
        Kind::Text => "任意の文字列".to_owned(),
        Kind::Number { low, high, unit } => {
            format!("{}から{}までの数（{}）", grouped(low), grouped(high), self::unit(unit))
        }
        Kind::Fraction => "1e-4 のような割合、0.01 % のような百分率、または陰性を示す0".to_owned(),
        Kind::Date => "YYYY-MM-DD 形式の日付".to_owned(),
        Kind::Code(codes) => codes.join("、"),
    }
}

/// Name of a category on the form.
#[must_use]
pub fn option_label(field: Field, code: &str) -> &'static str {
    match (field, code) {
        (Field::Cns, "1") => "CNS1",
        (Field::Cns, "2") => "CNS2",
        (Field::Cns, "3") => "CNS3",
        (_, "female") => "女",
        (_, "male") => "男",
        (_, "rearranged") => "再構成あり",
        (_, "germline") => "再構成なし",
        (_, "ptd") => "部分縦列重複",
        (_, "undetermined") => "判定不能",
        (_, "AFF1") => "AFF1, t(4;11)",
        (_, "MLLT1") => "MLLT1, t(11;19)",
        (_, "MLLT3") => "MLLT3, t(9;11)",
        (_, "MLLT10") => "MLLT10, t(10;11)",
        (_, "other") => "その他",
        (_, "b") => "B前駆細胞性",
        (_, "t") => "T細胞性",
        (_, "mixed") => "混合表現型",
        (_, "positive") => "陽性",
        (_, "negative") => "陰性",
        (_, "good") => "良好",
        (_, "poor") => "不良",
        (_, "not_assessed") => "評価なし",
        (_, "yes") => "あり",
        (_, "no") => "なし",
        _ => "",
    }
}

/// Name of a stage of treatment.
#[must_use]
pub fn stage_label(stage: Stage) -> &'static str {
    match stage {
        Stage::Diagnosis => "診断時",
        Stage::Day8 => "8日目",
        Stage::EndOfInduction => "寛解導入終了時",
        Stage::Consolidation => "地固め療法以降",
        Stage::Relapse => "再発",
    }
}

/// Name of a finding in a sentence.
#[must_use]
pub fn finding_label(finding: Finding) -> &'static str {
    match finding {
        Finding::Age => "年齢",
        Finding::Wbc => "白血球数",
        Finding::Kmt2a => "KMT2Aの状態",
        Finding::Partner => "KMT2Aの融合相手",
        Finding::Lineage => "細胞系列",
        Finding::Cns => "中枢神経系の状態",
        Finding::Response => "プレドニゾロン反応性",
        Finding::Remission => "寛解導入終了時の寛解",
        Finding::Mrd(MrdPoint::EndOfInduction) => "寛解導入終了時のMRD",
        Finding::Mrd(MrdPoint::EndOfConsolidation) => "地固め終了時のMRD",
        Finding::Mrd(MrdPoint::BeforeOctadad) => "OCTADA(D) 開始時のMRD",
        Finding::Mrd(MrdPoint::AfterBlinatumomab) => "ブリナツモマブ1コース後のMRD",
        Finding::Relapse => "再発",
        Finding::SecondRemission => "第二寛解",
        Finding::DownSyndrome => "ダウン症候群",
    }
}

/// An issue as a sentence, with its remedy.
#[must_use]
pub fn issue(issue: &Issue) -> String {
    let first = issue.fields.first().copied().unwrap_or(Field::Id);
    let text = &issue.text;
    let sentence = match issue.kind {
        IssueKind::OutOfRange if let Some(wbc) = content::two_readings(issue) => {
            return format!(
                "「{text}」は{} × 10⁹/L（{}/µL）とも{} × 10⁹/Lとも読める。/µLの値は{}に入力する。× 10⁹/Lで受け付けるのは{}まで。",
                grouped(wbc / 1000.0),
                grouped(wbc),
                grouped(wbc),
                Field::WbcPerUl.column(),
                grouped(MOST_WBC),
            );
        }
        IssueKind::NotANumber if matches!(first, Field::AgeDays | Field::AgeMonths) => {
            return format!("「{text}」は受け付けられない。日齢、満月齢、または両方の日付で入力する。");
        }
        IssueKind::NotANumber | IssueKind::OutOfRange | IssueKind::NotAnOption | IssueKind::NotADate => {
            return format!("「{text}」は受け付けられない。入力できるのは{}。", field_accepts(first));
        }
        IssueKind::AgesDisagree => {
            let names: Vec<&str> = issue.fields.iter().map(|&field| field_label(field)).collect();
            return format!(
                "{}の示す年齢が一致しない。一致するまでいずれも用いない。",
                names.join("、")
            );
        }
        IssueKind::ResponseContradictsBlasts => {
            return format!(
                "プレドニゾロン反応性と8日目の芽球数が矛盾する（不良は{}/µL以上）。一致するまでどちらも用いない。",
                grouped(POOR_RESPONSE_BLASTS_PER_UL)
            );
        }
        IssueKind::OneDateOnly => "年齢には両方の日付が必要。もう一方の日付または日齢を入力する。",
        IssueKind::DiagnosisBeforeBirth => "診断日が生年月日より前である。いずれかの日付を訂正する。",
        IssueKind::WbcDisagree => "10⁹/L の値と /µL の値が一致しない。一致するまでどちらも用いない。",
        IssueKind::CnsContradictsFluid => {
            "CNSの状態と髄液所見が矛盾する（CNS1は芽球なし。CNS2は芽球があり白血球5/µL未満。外傷性穿刺では細胞数を空欄と\
             する）。一致するまでどちらも用いない。"
        }
        IssueKind::PartnerWithoutRearrangement => {
            "融合相手があるのはKMT2A再構成がある場合である。一致するまでどちらも用いない。"
        }
        IssueKind::TestisInGirl => "女児に精巣浸潤が入力されている。一致するまでどちらも用いない。",
        IssueKind::SalvageWithoutRelapse => "再発がないのに第二寛解が入力されている。一致するまでどちらも用いない。",
        IssueKind::ResponseFromBlasts => "8日目の芽球数からプレドニゾロン反応性を読み取った。",
        IssueKind::CnsFromFluid => "髄液所見からCNSの状態を読み取った。",
        IssueKind::RearrangedFromPartner => "融合相手が入力されているため、KMT2A再構成ありとした。",
        IssueKind::WbcVeryHigh => "異常に高い値。値と単位を確認する。",
        IssueKind::TenE => {
            "数として読むと 10e-4 は 0.001(0.1%)である。10⁻⁴ の意味でこう記すプロトコールのページがあるが、その値は \
             1e-4(0.01%)である。"
        }
        IssueKind::BeyondInfancy => "これらのプロトコールが対象とする乳児より年長である。",
        IssueKind::MonthsCutOff => "満月齢を用いる。小数点以下は切り捨てる。",
    };
    sentence.to_owned()
}

/// What is asked of a text with two readings.
#[must_use]
pub fn which_reading(question: &Question) -> &'static str {
    match (question.field, question.choices.len()) {
        (Field::AgeDays | Field::AgeMonths, _) => "日齢か月齢か。選ぶまで用いない。",
        (_, 1) => "この値でよいか。確認するまで用いない。",
        _ => "どちらの値か。選ぶまで用いない。",
    }
}

/// A reading of a text that has two.
#[must_use]
pub fn choice(choice: &Choice) -> String {
    let (text, value) = (&choice.text, decimal::parse(&choice.text).unwrap_or_default());
    match choice.field {
        Field::AgeDays => format!("{text}日"),
        Field::AgeMonths => format!("{text}か月"),
        Field::Wbc if value > MOST_WBC => format!("入力どおり{} × 10⁹/L", grouped(value)),
        Field::Wbc => format!("{} × 10⁹/L", grouped(value)),
        Field::WbcPerUl => format!("{} × 10⁹/L（{}/µL）", grouped(value / 1000.0), grouped(value)),
        _ => format!("{}/µL", grouped(value)),
    }
}

/// Why a file of patients could not be read, with the remedy.
#[must_use]
pub fn table_error(error: &TableError) -> String {
    match error {
        TableError::Empty => "ファイルが空である。見出し行のあるCSVファイルが必要".to_owned(),
        TableError::Foreign(format) => match format_name(*format) {
            "" => "文字の表ではない。表を「CSV UTF-8」で保存し直す".to_owned(),
            name => format!("{name} のファイルであり、文字の表ではない。表を「CSV UTF-8」で保存し直す"),
        },
        TableError::NotUtf8(Some(line)) => {
            format!("{line}行目がUTF-8の文字ではない。「CSV UTF-8」で保存し直す")
        }
        TableError::NotUtf8(None) => "UTF-8の文字ではない。「CSV UTF-8」で保存し直す".to_owned(),
        TableError::NoKnownColumn(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("「{name}」")).collect();
            format!(
                "1行目（見出し）：{}の中に辞書の列がない。age_days、wbc、kmt2a などの列名を付ける",
                names.join("、")
            )
        }
        TableError::DuplicateColumn(name) => {
            format!("1行目（見出し）：列 {name} が二つある。一つにする")
        }
        TableError::CellCount {
            row,
            line,
            found,
            expected,
        } => format!(
            "データ{row}行目（ファイルの{line}行目）：セルが{found}個あるが、見出しは{expected}個である。区切り文字と引用符を\
             確認する"
        ),
        TableError::OpenQuote { line } => format!(
            "ファイルの{line}行目：引用符がここで始まり、ほかの行の前で閉じていないため、行が失われる。引用符を閉じるか、引用符の中の\
             引用符は「\"\"」と書く"
        ),
        TableError::Nul { line } => {
            format!("ファイルの{line}行目：文字ではないNULがある。「CSV UTF-8」で保存し直す")
        }
        TableError::NoRows => "見出し行だけでデータがない。患者ごとに1行を加える".to_owned(),
        TableError::NoHeader => "先頭行に列名ではなくデータがある。その上に列名の行を加える".to_owned(),
    }
}

/// What was understood of a field, said in another unit than it was typed; nothing where there is nothing to add.
#[must_use]
pub fn understood(field: Field, entry: &Entry, reading: &Reading) -> Option<String> {
    Some(match content::understood(field, entry, reading)? {
        Understood::Wbc(wbc) => format!("{} × 10⁹/L = {}/µL", grouped(wbc), grouped(wbc * 1000.0)),
        Understood::Days(days, Some(months)) => format!("{}日 = 満{months}か月", grouped(days.into())),
        Understood::Days(days, None) => format!("{}日：満月齢は日付による", grouped(days.into())),
        Understood::Weeks(weeks, first, last) => format!("満{weeks}週：{first}~{last}日"),
        Understood::Months(months, first, last) => format!("満{months}か月：{first}~{last}日"),
        Understood::Dates(days, months) => format!("{}日、満{months}か月", grouped(days.into())),
        Understood::Mrd(0.0) => "陰性".to_owned(),
        Understood::Mrd(fraction) => format!("{} = {}", percent(fraction), scientific(fraction)),
        Understood::Response(blasts, response) => format!(
            "{}/µL:反応{}",
            grouped(blasts),
            option_label(Field::PrednisoneResponse, response)
        ),
        Understood::Cns(possible) => {
            let names: Vec<&str> = possible
                .iter()
                .map(|cns| option_label(Field::Cns, cns.code()))
                .collect();
            names.join("または")
        }
    })
}
