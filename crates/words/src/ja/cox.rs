//! Cox's regression: what stops a fit, and what a reader of it must know, in words.

use cotside_core::survival::cox::{CoxError, CoxWarning, Term};

fn name(terms: &[Term], covariate: usize) -> String {
    terms.get(covariate).map_or_else(|| "?".to_owned(), ToString::to_string)
}

/// Why a model cannot be fitted, and what would be accepted. Rows are named by who knows the file.
#[must_use]
pub fn cox_error(error: &CoxError, terms: &[Term]) -> String {
    match error {
        CoxError::Length { expected, found } => return format!("ある列が{found}行で、{expected}行ではない"),
        CoxError::BadCovariate { covariate, .. } => {
            return format!(
                "{}に、有限でない値または計算できないほど大きい値がある。より大きい単位で与える",
                name(terms, *covariate)
            );
        }
        CoxError::NoCovariate => "共変量がない。--covariatesまたは--factorで指定する",
        CoxError::NoEvents => "イベントのある行がなく、当てはめるものがない。イベントを表す値を--event-valueで指定する",
        CoxError::BadOffset { .. } => "オフセットを受け付けられない。有限の数を与える",
        CoxError::BadLevel => "信頼水準を受け付けられない。0.95のような値を与える",
        CoxError::WeightsWithExact => "正確な尤度では症例の重みを使えない。--ties efronを使うか、--weightsを外す",
        CoxError::RobustWithExact => "正確な尤度にはロバスト分散がない。--ties efronを使うか、--clusterを外す",
        CoxError::NotForExact => "これは正確な尤度では定義されていない。--ties efronまたは--ties breslowを使う",
        CoxError::RobustWithFirth => "Firthの尤度にはロバスト分散がない。--firthまたは--clusterを外す",
        CoxError::NotForFirth => "これはFirthの尤度では定義されていない。--firthを外す",
        CoxError::NotForRobust => "ロバスト分散のとき（クラスター、または整数でない重み）、尤度比は検定にならない",
        CoxError::TooLargeForFirth => "小標本向けのFirthの尤度には、行と共変量が多すぎる。--firthを外す",
        CoxError::NoEstimate => "有限の推定値のない係数がある",
        CoxError::LogOfZero => {
            "時間0またはそれより前にイベントがあり、その対数がない。--zph km、identity、rankのいずれかを使う"
        }
        CoxError::TooManyTies => "正確な尤度には同時刻のイベントが多すぎる。--ties efronを使う",
        CoxError::Overflow => "尤度を有限の数で計算できない。共変量と重みを別の単位で与える",
    }
    .to_owned()
}

/// What a reader of a fit must know.
#[must_use]
pub fn cox_warning(warning: &CoxWarning, terms: &[Term]) -> String {
    match warning {
        CoxWarning::FewEvents { events, coefficients } => {
            format!("イベント{events}件は係数{coefficients}個に対して少なすぎ、推定値は信頼できない")
        }
        CoxWarning::Constant { covariate } => super::constant_covariate(&name(terms, *covariate)),
        CoxWarning::NoContrast { covariate } => format!(
            "{}は、どのイベントの時点でもリスク集合の中で値に差がなく、係数がない",
            name(terms, *covariate)
        ),
        CoxWarning::Collinear { covariate } => format!(
            "{}は、それより前の共変量の線形結合であり、係数がない",
            name(terms, *covariate)
        ),
        CoxWarning::Separated { covariate, upwards } => format!(
            "{}はイベントのある患者とない患者を分離し、推定できない（分離：係数が{}の無限大に向かう）。Firthの罰則付き尤度では推定値が得られる",
            name(terms, *covariate),
            if *upwards { "プラス" } else { "マイナス" }
        ),
        CoxWarning::Undetermined { covariate } => format!(
            "{}は推定できない。ほかの共変量がイベントのある患者とない患者を分離し、この係数が定まらない。Firthの罰則付き尤度では推定値が得られる",
            name(terms, *covariate)
        ),
        CoxWarning::FewClusters { clusters: 1, .. } => {
            "すべての行が1つのクラスターに属し、ロバスト分散が0であるため、区間のある推定値はない".to_owned()
        }
        CoxWarning::FewClusters { clusters, coefficients } => format!(
            "クラスター{clusters}個は係数{coefficients}個に対して少なすぎる。ロバスト分散の階数が足りず、区間とPは信頼できない"
        ),
        CoxWarning::InfiniteLimit { covariate, upwards } => format!(
            "{}の{}は{}である。係数をどこまで動かしても、プロファイル尤度が限界値より高いままである",
            name(terms, *covariate),
            end_of_interval(*upwards),
            if *upwards {
                "無限大"
            } else {
                "ハザード比0（係数はマイナス無限大）"
            }
        ),
        CoxWarning::NoLimit { covariate, upwards } => format!(
            "{}の{}が見つからなかった。プロファイル尤度の探索が終わらなかった",
            name(terms, *covariate),
            end_of_interval(*upwards)
        ),
        CoxWarning::NoProfile { covariate } => format!(
            "{}にはPも区間もない。係数0でのプロファイル尤度の探索が終わらなかった",
            name(terms, *covariate)
        ),
        CoxWarning::NotConverged { iterations } => {
            format!("反復計算が{iterations}回で収束せず、推定値がない")
        }
    }
}

fn end_of_interval(upwards: bool) -> &'static str {
    if upwards { "上限" } else { "下限" }
}
