//! The sentences of the methods paragraph of a paper, and the sources of the methods.

use cotside_core::cohort::FailureAt;
use cotside_core::survival::cox::Ties;

use super::model_results::ties;
use crate::{capital, decimal};

/// Groups of a protocol are not treatments.
pub const PROTOCOL_GROUPS: &str = "Groups of a protocol are what its rule would call each patient, applied afterwards to the findings of the file; \
     the patients were not treated by it, or not all of them.";
/// What all P values and all analyses have in common.
pub const P_VALUES: &str = "P values are two-sided and not corrected for the number of tests unless stated; patients are excluded from an \
     analysis where a value that it needs is missing.";
/// How groups were compared beside the rank test.
pub const DIFFERENCES: &str = "Differences of survival at fixed times and of restricted means have normal CIs and P values on the plain scale, \
     those at fixed times with Greenwood’s variances. A group in which nobody, or everybody still at risk, had the event has no \
     variance and was not compared in these ways.";
/// How hazard ratios were estimated.
#[must_use]
pub fn cox(of: Ties) -> String {
    format!(
        "Unadjusted hazard ratios are from Cox regression with {} and Wald CIs.",
        ties(of)
    )
}
/// How proportional hazards were tested.
pub const PROPORTIONAL_HAZARDS: &str = "Proportional hazards were tested by Grambsch and Therneau’s score test.";
/// A way of analysing transplants.
pub const TIME_DEPENDENT: &str = "as a time-dependent covariate of Cox regression";
/// A way of analysing transplants.
pub const MANTEL_BYAR: &str = "by Mantel and Byar’s test";
/// A way of drawing transplants.
pub const SIMON_MAKUCH: &str = "drawn as Simon and Makuch’s curves";

/// The endpoint with its definition.
#[must_use]
pub fn endpoint(name: &str, definition: &str) -> String {
    format!("{}: {}", capital(name), uncapped(definition))
}

/// When induction failure counted.
#[must_use]
pub const fn failure(at: FailureAt) -> &'static str {
    match at {
        FailureAt::TimeZero => "Induction failure counted as an event at time 0.",
        FailureAt::ItsDate => "Induction failure counted on the date of the first event.",
    }
}

/// Who was analysed.
pub struct Analysed<'a> {
    /// Patients in the file.
    pub patients: usize,
    /// Those with follow-up.
    pub followed: usize,
    /// Why the others have none, each with its number.
    pub reasons: &'a [String],
    /// Who was excluded by a restriction and by choice of levels, as parts of a sentence.
    pub by_choice: &'a [String],
    /// Those without a known group.
    pub without_group: usize,
    /// Those analysed, and their events.
    pub analysed: (usize, usize),
}

/// Who was analysed, as a flow of numbers.
#[must_use]
pub fn analysed(of: &Analysed<'_>) -> String {
    let mut line = format!("Of {} patients in the file {} had follow-up", of.patients, of.followed);
    if !of.reasons.is_empty() {
        line.push_str(&format!(" (not: {})", of.reasons.join("; ")));
    }
    for part in of.by_choice {
        line.push_str(&format!("; {part}"));
    }
    if of.without_group > 0 {
        line.push_str(&format!("; {} had no known group and were excluded", of.without_group));
    }
    let (patients, events) = of.analysed;
    line + &format!(". {patients} patients with {events} events were analysed.")
}

/// By which test groups were compared.
#[must_use]
pub fn compared(by: &str, test: &str) -> String {
    format!("Groups ({by}) were compared by the {test} test.")
}

/// How cumulative incidences were estimated, and whether they were compared.
#[must_use]
pub fn incidences(compared: bool, scale: &str) -> String {
    let gray = if compared { " and compared by Gray’s test" } else { "" };
    format!(
        "Cumulative incidences of competing risks were estimated by the Aalen–Johansen method (standard errors by the \
         infinitesimal jackknife, CIs on the {scale} scale){gray}."
    )
}

/// How two groups were compared within the levels of variables.
#[must_use]
pub fn subgroups(group: &str, reference: &str, variables: &[&str]) -> String {
    format!(
        "Hazard ratios of {group} vs {reference} within the levels of {} are from Cox regression (ties by Efron) of the patients of each \
         level; whether they differ between the levels was tested by the likelihood ratio test of the interaction, without correction for \
         the number of variables.",
        variables.join(", ")
    )
}

/// The variables of the adjusted model.
#[must_use]
pub fn adjusted(variables: &[String]) -> String {
    format!("The adjusted model included {}.", variables.join(", "))
}

/// Which estimates are Firth’s.
#[must_use]
pub fn penalised(names: &[String]) -> String {
    format!(
        "Where the likelihood had no finite maximum ({}), estimates, CIs and P values are those of Firth’s penalised \
         likelihood and its profile.",
        names.join("; ")
    )
}

/// A way of analysing transplants.
#[must_use]
pub fn landmark(years: f64) -> String {
    format!("by a landmark at {} years", decimal(years, 2))
}

/// How transplants were analysed.
#[must_use]
pub fn transplant(ways: &[String]) -> String {
    format!(
        "Transplantation was analysed as a time-dependent event: {}. Patients were never grouped by whether they were \
         transplanted at any time.",
        ways.join(", ")
    )
}

/// The program.
#[must_use]
pub fn computed(version: &str, rules: &str) -> String {
    format!(
        "Computed with Cotside {version} (rules {rules}; Cotside project, {RELEASED}), whose estimates are tested against R \
         (survival, cmprsk)."
    )
}

/// Year in which this version was released, as in CITATION.cff.
pub const RELEASED: &str = "2026";

/// With a small first letter, behind a colon.
fn uncapped(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        std::iter::once(first.to_ascii_lowercase()).chain(letters).collect()
    })
}

/// Sources of the methods.
pub mod source {
    /// Of what is always computed.
    pub const ALWAYS: [&str; 4] = [
        "Kaplan EL, Meier P. J Am Stat Assoc 1958;53:457–81 (estimate of survival).",
        "Schemper M, Smith TL. Control Clin Trials 1996;17:343–6 (reverse Kaplan–Meier).",
        "Cox DR. J R Stat Soc B 1972;34:187–220; Efron B. J Am Stat Assoc 1977;72:557–65 (regression, ties).",
        "Morris TP and others. BMJ Open 2019;9:e030215 (the table under the axis).",
    ];
    /// Of the log-rank test.
    pub const LOG_RANK: &str = "Mantel N. Cancer Chemother Rep 1966;50:163–70 (log-rank test).";
    /// Of the rank tests with other weights.
    pub const GEHAN: &str = "Gehan EA. Biometrika 1965;52:203–23 (Gehan’s test).";
    /// Of Tarone and Ware's.
    pub const TARONE_WARE: &str = "Tarone RE, Ware J. Biometrika 1977;64:156–60 (Tarone and Ware’s test).";
    /// Of Peto and Peto's.
    pub const PETO: &str = "Peto R, Peto J. J R Stat Soc A 1972;135:185–207 (Peto and Peto’s test).";
    /// Of Fleming and Harrington's.
    pub const FLEMING_HARRINGTON: &str =
        "Harrington DP, Fleming TR. Biometrika 1982;69:553–66 (Fleming and Harrington’s test).";
    /// Of the tests of pairs.
    pub const HOLM: &str = "Holm S. Scand J Stat 1979;6:65–70 (correction for several tests).";
    /// Of differences at fixed times, and of restricted means.
    pub const DIFFERENCES: [&str; 2] = [
        "Klein JP and others. Stat Med 2007;26:4505–19 (survival at a fixed time).",
        "Uno H and others. J Clin Oncol 2014;32:2380–5 (restricted mean survival time).",
    ];
    /// Of survival adjusted for covariates.
    pub const ADJUSTED: &str = "Makuch RW. J Chronic Dis 1982;35:437–43 (adjusted survival).";
    /// Of Firth's penalty.
    pub const FIRTH: &str = "Heinze G, Schemper M. Biometrics 2001;57:114–9 (Firth’s penalised likelihood).";
    /// Of mixture cure models and of the plateau.
    pub const CURE: [&str; 2] = [
        "Farewell VT. Biometrics 1982;38:1041–6 (mixture cure model).",
        "Maller RA, Zhou S. Biometrika 1992;79:731–9 (follow-up beyond the last event).",
    ];
    /// Of competing risks.
    pub const COMPETING_RISKS: [&str; 2] = [
        "Aalen OO, Johansen S. Scand J Stat 1978;5:141–50 (cumulative incidence).",
        "Gray RJ. Ann Stat 1988;16:1141–54 (test of cumulative incidences).",
    ];
    /// Of the test of proportional hazards.
    pub const PROPORTIONAL_HAZARDS: &str =
        "Grambsch PM, Therneau TM. Biometrika 1994;81:515–26 (proportional hazards).";
    /// Of models of the subdistribution hazard.
    pub const FINE_GRAY: &str = "Fine JP, Gray RJ. J Am Stat Assoc 1999;94:496–509 (subdistribution hazard).";
    /// Of restricted cubic splines.
    pub const SPLINE: &str =
        "Harrell FE. Regression Modeling Strategies, 2nd ed. Springer 2015 (restricted cubic splines).";
    /// Of the robust variance.
    pub const ROBUST: &str = "Lin DY, Wei LJ. J Am Stat Assoc 1989;84:1074–8 (robust variance).";
    /// Of transplants.
    pub const TRANSPLANT: [&str; 2] = [
        "Mantel N, Byar DP. J Am Stat Assoc 1974;69:81–6; Simon R, Makuch RW. Stat Med 1984;3:35–44 (transplant).",
        "Anderson JR, Cain KC, Gelber RD. J Clin Oncol 1983;1:710–9 (landmark).",
    ];
}
