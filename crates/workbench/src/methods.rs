//! The methods paragraph of a paper, made from what was run, and the sources of the methods.

use std::collections::BTreeMap;

use cotside_core::cohort::{Endpoint, FailureAt, Nature, Unusable};
use cotside_core::survival::RankWeight;
use cotside_words::{decimal, en};

use crate::analysis::Analysis;
use crate::drawn::mark;
use crate::hazards::together;
use crate::look::sentence;
use crate::{incidence, setup, transplant};

/// The sentences.
pub fn sentences(analysis: &Analysis<'_>) -> Vec<String> {
    let mut told = Vec::new();
    followed(analysis, &mut told);
    survival(analysis, &mut told);
    competing(analysis, &mut told);
    hazards(analysis, &mut told);
    transplanted(analysis, &mut told);
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
    told
}

fn followed(analysis: &Analysis<'_>, told: &mut Vec<String>) {
    let settings = analysis.settings;
    let of_file = analysis.study.has_times_alone(settings.endpoint);
    let counted = if of_file { Endpoint::AsInFile } else { settings.endpoint };
    let definition = en::endpoint_definition(counted);
    told.push(format!("{}: {}", sentence(analysis.endpoint()), uncapped(definition)));
    if counted == Endpoint::EventFreeSurvival {
        told.push(
            match settings.failure_at {
                FailureAt::TimeZero => "Induction failure counted as an event at time 0.",
                FailureAt::ItsDate => "Induction failure counted on the date of the first event.",
            }
            .to_owned(),
        );
    }
    let mut reasons: BTreeMap<Unusable, usize> = BTreeMap::new();
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
        let name = setup::id_name(analysis.study, id);
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
    let by = setup::id_name(analysis.study, &analysis.settings.group);
    let test = en::rank_test_name(analysis.settings.test).replace("Log-rank", "log-rank");
    told.push(format!("Groups ({by}) were compared by the {test} test."));
}

fn competing(analysis: &Analysis<'_>, told: &mut Vec<String>) {
    if !incidence::competes(analysis) {
        return;
    }
    let gray = if analysis.compares() {
        " and compared by Gray’s test"
    } else {
        ""
    };
    told.push(format!(
        "Cumulative incidences of competing causes were estimated by the Aalen–Johansen method (standard errors by the \
         infinitesimal jackknife, intervals on the log(−log) scale){gray}."
    ));
}

fn hazards(analysis: &Analysis<'_>, told: &mut Vec<String>) {
    told.push(
        "Hazard ratios are from Cox’s regression, each variable alone, with Efron’s treatment of ties and Wald’s intervals."
            .to_owned(),
    );
    if let Some(joint) = together(analysis) {
        told.push(format!(
            "One model took {} together; proportional hazards were tested by Grambsch and Therneau’s score test.",
            joint.names.join(", ")
        ));
    }
    if analysis.settings.firth {
        told.push("Where the likelihood had no finite maximum, Firth’s penalty was used.".to_owned());
    }
}

fn transplanted(analysis: &Analysis<'_>, told: &mut Vec<String>) {
    let Some(Ok(_)) = transplant::transplants(analysis) else {
        return;
    };
    told.push(format!(
        "Transplantation was analysed as an event in time: as a time-dependent covariate, by Mantel and Byar’s test, drawn \
         as Simon and Makuch’s curves, and by a landmark at {} years. Patients were never grouped by whether they were \
         transplanted at any time.",
        decimal(analysis.settings.landmark, 2)
    ));
}

/// The sources of what was run.
pub fn sources(analysis: &Analysis<'_>) -> Vec<&'static str> {
    let mut sources = vec![
        "Kaplan EL, Meier P. J Am Stat Assoc 1958;53:457–81 (estimate of survival).",
        "Schemper M, Smith TL. Control Clin Trials 1996;17:343–6 (reverse Kaplan–Meier).",
        "Cox DR. J R Stat Soc B 1972;34:187–220; Efron B. J Am Stat Assoc 1977;72:557–65 (regression, ties).",
        "Morris TP and others. BMJ Open 2019;9:e030215 (the table under the axis).",
    ];
    if analysis.compares() && analysis.settings.test == RankWeight::LogRank {
        sources.push("Mantel N. Cancer Chemother Rep 1966;50:163–70 (log-rank test).");
    }
    if incidence::competes(analysis) {
        sources.push("Aalen OO, Johansen S. Scand J Stat 1978;5:141–50 (cumulative incidence).");
        sources.push("Gray RJ. Ann Stat 1988;16:1141–54 (test of cumulative incidences).");
    }
    if together(analysis).is_some() {
        sources.push("Grambsch PM, Therneau TM. Biometrika 1994;81:515–26 (proportional hazards).");
    }
    if let Some(Ok(_)) = transplant::transplants(analysis) {
        sources.push(
            "Mantel N, Byar DP. J Am Stat Assoc 1974;69:81–6; Simon R, Makuch RW. Stat Med 1984;3:35–44 (transplant).",
        );
        sources.push("Anderson JR, Cain KC, Gelber RD. J Clin Oncol 1983;1:710–9 (landmark).");
    }
    sources
}

/// With a small first letter, behind a colon.
fn uncapped(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
