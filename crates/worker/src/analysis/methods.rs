//! The methods paragraph of a paper, made from what was run, and the sources of the methods.

use cotside_core::cohort::{Endpoint, FailureAt, Nature, Unusable};
use cotside_core::survival::{FollowUp, Labels, TransplantComparison, causes, gray_test, log_rank};
use cotside_messages::GroupTest;
use cotside_words::{capital, decimal, en};
use std::collections::BTreeMap;

use crate::analysis::drawn::mark;
use crate::analysis::hazards::{Alone, penalised_names, together};
use crate::analysis::selection::Analysis;
use crate::analysis::{checks, choices, incidence, transplant};

/// The sentences.
pub fn sentences(analysis: &Analysis<'_>) -> String {
    let (mut first, mut last) = (Vec::new(), Vec::new());
    followed(analysis, &mut first);
    survival(analysis, &mut first);
    computed(analysis, &mut last);
    let mut told = first;
    told.extend([competing(analysis), hazards(analysis), transplanted(analysis)]);
    told.append(&mut last);
    told.retain(|sentence| !sentence.is_empty());
    told.join(" ")
}

fn computed(analysis: &Analysis<'_>, told: &mut Vec<String>) {
    if analysis.settings.group.starts_with("protocol:") || analysis.settings.only.starts_with("protocol:") {
        told.push(
            "Groups of a protocol are what its rule would call each patient, applied afterwards to the findings of the file; \
             the patients were not treated by it, or not all of them."
                .to_owned(),
        );
    }
    told.push(
        "P values are two-sided and not corrected for the number of tests unless it is said; patients are left out of an \
         analysis where a value that it needs is missing."
            .to_owned(),
    );
    told.push(format!(
        "Computed with Cotside {}, whose estimates are tested against R (survival, cmprsk).",
        env!("CARGO_PKG_VERSION")
    ));
    if analysis.study.nature != Nature::Patients {
        told.push(mark(analysis.study.nature).to_owned());
    }
}

fn followed(analysis: &Analysis<'_>, told: &mut Vec<String>) {
    let settings = analysis.settings;
    let of_file = analysis.study.has_times_alone(settings.endpoint);
    let counted = if of_file { Endpoint::AsInFile } else { settings.endpoint };
    let definition = en::endpoint_definition(counted);
    told.push(format!("{}: {}", capital(analysis.endpoint()), uncapped(definition)));
    if counted == Endpoint::EventFreeSurvival {
        told.push(
            match settings.induction_failure.at() {
                FailureAt::TimeZero => "Induction failure counted as an event at time 0.",
                FailureAt::ItsDate => "Induction failure counted on the date of the first event.",
            }
            .to_owned(),
        );
    }
    let mut reasons: BTreeMap<Unusable, usize> = BTreeMap::default();
    for excluded in &analysis.followed.excluded {
        *reasons.entry(excluded.why).or_default() += 1;
    }
    let reasons: Vec<String> = reasons
        .iter()
        .map(|(why, count)| format!("{count}: {}", en::unusable(*why)))
        .collect();
    let mut line = format!(
        "Of {} patients in the file {} could be followed",
        analysis.study.rows,
        analysis.followed.time.len()
    );
    if !reasons.is_empty() {
        line.push_str(&format!(" (not: {})", reasons.join("; ")));
    }
    if let Some((id, level)) = settings.only.split_once('=') {
        let name = choices::id_name(analysis.study, id);
        line.push_str(&format!(
            "; {} were left out by restricting the analysis to {name}: {level}",
            analysis.outside
        ));
    }
    if analysis.without_group > 0 {
        line.push_str(&format!(
            "; {} had no known group and were left out",
            analysis.without_group
        ));
    }
    line.push_str(&format!(
        ". {} patients with {} events were analysed.",
        analysis.grouped.len(),
        analysis.events()
    ));
    told.push(line);
}

fn survival(analysis: &Analysis<'_>, told: &mut Vec<String>) {
    told.push(
        "Probabilities were estimated by the Kaplan–Meier method with Greenwood’s variance and pointwise 95 % confidence \
         intervals on the log(−log) scale, median follow-up by the reverse Kaplan–Meier method."
            .to_owned(),
    );
    if !analysis.compares() {
        return;
    }
    let by = choices::id_name(analysis.study, &analysis.settings.group);
    let test = en::rank_test_name(analysis.settings.test.weight());
    let tested = analysis
        .follow_up()
        .and_then(|follow_up| log_rank(follow_up, &analysis.groups, None, analysis.settings.test.weight()).ok())
        .is_some_and(|found| found.test.is_some());
    if tested {
        told.push(format!("Groups ({by}) were compared by the {test} test."));
    }
    told.push(
        "Differences of survival at fixed times and of restricted means have normal intervals and p values on the \
         plain scale, those at fixed times with Greenwood’s variances. A group in which nobody, or everybody still at risk, had the event has no \
         variance and was not compared in these ways."
            .to_owned(),
    );
}

fn competing(analysis: &Analysis<'_>) -> String {
    if !incidence::competes(analysis) {
        return String::new();
    }
    let strata = |follow_up: &FollowUp| Labels::single(follow_up.len(), "");
    let tested = analysis
        .with_causes()
        .filter(|_| analysis.compares())
        .is_some_and(|follow_up| {
            let mut all = causes(follow_up).into_iter();
            all.any(|cause| gray_test(follow_up, &analysis.groups, &strata(follow_up), cause).is_ok())
        });
    let gray = if tested { " and compared by Gray’s test" } else { "" };
    format!(
        "Cumulative incidences of competing causes were estimated by the Aalen–Johansen method (standard errors by the \
         infinitesimal jackknife, intervals on the log(−log) scale){gray}."
    )
}

fn hazards(analysis: &Analysis<'_>) -> String {
    let mut told = String::new();
    if Alone::of(analysis).fits.iter().flatten().any(|fit| fit.found.is_ok()) {
        told.push_str(
            "Hazard ratios are from Cox’s regression, each variable alone, with Efron’s treatment of ties and Wald’s \
             intervals.",
        );
    }
    if let Some(joint) = together(analysis).filter(|joint| joint.fit.found.is_ok()) {
        told.push_str(&format!(" One model took {} together.", joint.names.join(", ")));
    }
    if checks::is_tested(analysis) {
        told.push_str(" Proportional hazards were tested by Grambsch and Therneau’s score test.");
    }
    let penalised = penalised_names(analysis);
    if !penalised.is_empty() {
        told.push_str(&format!(
            " Where the likelihood had no finite maximum ({}), estimates, intervals and p values are those of Firth’s \
             penalised likelihood and its profile.",
            penalised.join("; ")
        ));
    }
    told.trim_start().to_owned()
}

fn transplanted(analysis: &Analysis<'_>) -> String {
    let Some(Ok(patients)) = transplant::transplants(analysis) else {
        return String::new();
    };
    let landmark = analysis.settings.landmark;
    let mut ways = Vec::new();
    if transplant::hazard_ratio_of(&patients).is_some() {
        ways.push("as a time-dependent covariate of Cox’s regression".to_owned());
    }
    if patients.compare(TransplantComparison::MantelByar).is_ok() {
        ways.push("by Mantel and Byar’s test".to_owned());
    }
    if patients.compare(TransplantComparison::Landmark(landmark)).is_ok() {
        ways.push(format!("by a landmark at {} years", decimal(landmark, 2)));
    }
    ways.push("drawn as Simon and Makuch’s curves".to_owned());
    format!(
        "Transplantation was analysed as an event in time: {}. Patients were never grouped by whether they were \
         transplanted at any time.",
        ways.join(", ")
    )
}

/// The sources of what was run, one a line.
pub fn sources(analysis: &Analysis<'_>) -> String {
    let mut sources = "Kaplan EL, Meier P. J Am Stat Assoc 1958;53:457–81 (estimate of survival).\n\
         Schemper M, Smith TL. Control Clin Trials 1996;17:343–6 (reverse Kaplan–Meier).\n\
         Cox DR. J R Stat Soc B 1972;34:187–220; Efron B. J Am Stat Assoc 1977;72:557–65 (regression, ties).\n\
         Morris TP and others. BMJ Open 2019;9:e030215 (the table under the axis).\n"
        .to_owned();
    if analysis.compares() && analysis.settings.test == GroupTest::LogRank {
        sources.push_str("Mantel N. Cancer Chemother Rep 1966;50:163–70 (log-rank test).\n");
    }
    if incidence::competes(analysis) {
        sources.push_str(
            "Aalen OO, Johansen S. Scand J Stat 1978;5:141–50 (cumulative incidence).\n\
             Gray RJ. Ann Stat 1988;16:1141–54 (test of cumulative incidences).\n",
        );
    }
    if together(analysis).is_some() {
        sources.push_str("Grambsch PM, Therneau TM. Biometrika 1994;81:515–26 (proportional hazards).\n");
    }
    if let Some(Ok(_)) = transplant::transplants(analysis) {
        sources.push_str(
            "Mantel N, Byar DP. J Am Stat Assoc 1974;69:81–6; Simon R, Makuch RW. Stat Med 1984;3:35–44 (transplant).\n\
             Anderson JR, Cain KC, Gelber RD. J Clin Oncol 1983;1:710–9 (landmark).\n",
        );
    }
    sources
}

/// With a small first letter, behind a colon.
fn uncapped(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        std::iter::once(first.to_ascii_lowercase()).chain(letters).collect()
    })
}
