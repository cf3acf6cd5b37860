//! Topics of comparison: a method of the engine and the program that gave the expected numbers.

/// A topic of the page.
pub struct Topic {
    /// As the tests write it (`crates/core/tests/ledger`), and in addresses.
    pub id: &'static str,
    pub title: &'static str,
    /// The functions that gave the expected numbers.
    pub by: &'static str,
    /// The script that made them, below `tests/reference`.
    pub script: &'static str,
    /// A file with the versions of the programs, below `tests/reference`.
    pub versions: &'static str,
}

/// The topics with numbers of R, in the order of the page.
pub const TOPICS: &[Topic] = &[
    Topic {
        id: "kaplan-meier",
        title: "Kaplan–Meier curves, intervals, quantiles, restricted means",
        by: "survival: survfit, quantile, summary; conditional survival by its definition",
        script: "curves/kaplan_meier.R",
        versions: "curves/kaplan_meier_expected.csv",
    },
    Topic {
        id: "curve-options",
        title: "Curves on five scales at several levels, chosen quantiles, cumulative hazard, ratios of restricted means",
        by: "survival: survfit, quantile, summary; the ratio of restricted means by the formula of survRM2",
        script: "curves/curve_options.R",
        versions: "curves/curve_options_expected.csv",
    },
    Topic {
        id: "two-curves",
        title: "Two curves at a fixed time and by restricted means",
        by: "survival: survfit; the tests of Klein and others 2007 by their formulas",
        script: "curves/comparison.R",
        versions: "curves/comparison_expected.csv",
    },
    Topic {
        id: "bands",
        title: "Simultaneous confidence bands",
        by: "uniroot and integrate on the formulas of Nair and of Hall and Wellner",
        script: "curves/bands.R",
        versions: "curves/bands_expected.csv",
    },
    Topic {
        id: "rank-tests",
        title: "Log-rank and weighted rank tests, trend, pairs, permutation",
        by: "survival: survdiff; other weights by their definitions in code that is held against survdiff",
        script: "curves/log_rank.R",
        versions: "curves/log_rank_expected.csv",
    },
    Topic {
        id: "cox",
        title: "Cox’s regression, residuals, proportional hazards, concordance",
        by: "survival: coxph, cox.zph, residuals, survfit, concordance",
        script: "cox/cox.R",
        versions: "cox/cases.json",
    },
    Topic {
        id: "cox-terms",
        title: "Factors, interactions and splines in Cox’s and Fine and Gray’s regression",
        by: "survival: coxph, drop1, anova; cmprsk: crr; Harrell’s spline by its formula",
        script: "cox/terms.R",
        versions: "cox/terms.csv",
    },
    Topic {
        id: "cox-adjusted",
        title: "Survival adjusted by Cox’s regression, with its variance",
        by: "survival: coxph, survfit for each patient, averaged; increments of the hazard by their definitions, held against survfit",
        script: "cox/adjusted.R",
        versions: "cox/adjusted.csv",
    },
    Topic {
        id: "subgroups",
        title: "Two groups within subgroups, with the test of the interaction",
        by: "survival: coxph of each level, of both models",
        script: "cox/subgroups.R",
        versions: "cox/subgroups.csv",
    },
    Topic {
        id: "firth",
        title: "Cox’s regression with Firth’s penalty",
        by: "survival: coxph at fixed coefficients, the penalised likelihood climbed by optim",
        script: "cox/firth.R",
        versions: "cox/firth_made_with.txt",
    },
    Topic {
        id: "cox-over-time",
        title: "Coefficients over time",
        by: "survival: cox.zph; splines: ns",
        script: "cox/smooth.R",
        versions: "cox/cases.json",
    },
    Topic {
        id: "incidence",
        title: "Cumulative incidence of competing causes",
        by: "survival: survfit for several states; cmprsk: cuminc",
        script: "risks/incidence.R",
        versions: "risks/incidence.csv",
    },
    Topic {
        id: "gray",
        title: "Gray’s test",
        by: "cmprsk: cuminc",
        script: "risks/incidence.R",
        versions: "risks/gray.csv",
    },
    Topic {
        id: "gray-pairs",
        title: "Gray’s test of pairs of groups",
        by: "cmprsk: cuminc of the rows of two groups; p.adjust",
        script: "risks/subdistribution.R",
        versions: "risks/gray_pairs.csv",
    },
    Topic {
        id: "incidence-difference",
        title: "Differences of cumulative incidences",
        by: "survival: survfit for several states; cmprsk: cuminc",
        script: "risks/subdistribution.R",
        versions: "risks/incidence_differences.csv",
    },
    Topic {
        id: "fine-gray",
        title: "Fine and Gray’s regression",
        by: "cmprsk: crr, predict",
        script: "risks/fine_gray.R",
        versions: "risks/fine_gray_fits.csv",
    },
    Topic {
        id: "fine-gray-rows",
        title: "Fine and Gray’s regression with delayed entry, strata, clusters and weights; predicted incidences",
        by: "survival: coxph and survfit on the rows of finegray",
        script: "risks/subdistribution.R",
        versions: "risks/subdistribution_fits.csv",
    },
    Topic {
        id: "transplant",
        title: "Transplantation as an event in time",
        by: "survival: coxph with exact ties, survfit with delayed entry, survdiff",
        script: "risks/transplant.R",
        versions: "risks/transplant_tests.csv",
    },
    Topic {
        id: "parametric",
        title: "Parametric models",
        by: "survival: survreg",
        script: "risks/parametric.R",
        versions: "risks/parametric_fits.csv",
    },
    Topic {
        id: "parametric-entry",
        title: "Parametric models with delayed entry; time ratios, hazard ratios, predictions",
        by: "Newton’s steps on the likelihood of left-truncated times; survival: survreg, predict",
        script: "risks/truncated.R",
        versions: "risks/truncated_fits.csv",
    },
    Topic {
        id: "cure",
        title: "Mixture cure models",
        by: "optim and Newton’s steps on the likelihood, with deriv",
        script: "risks/cure.R",
        versions: "risks/cure_fits.csv",
    },
    Topic {
        id: "digitised",
        title: "Groups of a digitised figure, reconstructed",
        by: "survival: survdiff, coxph, survfit; cmprsk: cuminc, crr, of the patients whose curves were drawn",
        script: "digitised/digitised.R",
        versions: "digitised/expected.csv",
    },
    Topic {
        id: "pooling",
        title: "Pooling of published estimates",
        by: "metafor: rma, predict, confint, leave1out",
        script: "pooling/pooling.R",
        versions: "pooling/expected.csv",
    },
    Topic {
        id: "federated",
        title: "Pooled analyses by files: what sums of sites give, against all rows together",
        by: "survival: coxph, survdiff, survfit; cmprsk: cuminc; glm; metafor: rma",
        script: "federated/federated.R",
        versions: "federated/cases.json",
    },
    Topic {
        id: "planning",
        title: "Planning a study: events, subjects, power, what can be detected, recruitment",
        by: "base R: qnorm, pnorm; integrate for probabilities of an event and Greenwood's integral, uniroot for what is sought",
        script: "planning/planning.R",
        versions: "planning/two_groups.csv",
    },
];

/// Topics whose expected values are words or printed numbers: of papers, and worked out by hand.
pub const PUBLISHED: &str = "published";
pub const VECTORS: &str = "vectors";
pub const CASES: &str = "cases";

/// The test programs of `cotside-core` that write the topics down.
pub const TESTS: &[&str] = &[
    "curves_reference",
    "curve_options_reference",
    "log_rank_reference",
    "cox_reference",
    "cox_terms_reference",
    "cox_adjusted_reference",
    "cox_subgroups_reference",
    "risks_reference",
    "transplant_reference",
    "subdistribution_reference",
    "parametric_reference",
    "truncated_reference",
    "cure_reference",
    "pooling_reference",
    "digitised_reference",
    "federated_reference",
    "planning_reference",
    "published",
    "vectors",
    "cases",
];

/// Compared in other tests, not listed here: what, and where.
pub const ELSEWHERE: &[(&str, &str)] = &[
    (
        "Quantiles and p values of the normal and chi-square distributions",
        "crates/core/src/survival/p_value.rs; tests/reference/distributions/make.R",
    ),
    (
        "The interval drawn from a printed standard error",
        "tests/reference/log_log_interval.R",
    ),
    (
        "Times to endpoints from dates, transplantation as a covariate that changes with time, Table 1",
        "tests/reference/synthetic/endpoints.R",
    ),
    (
        "Levels, cut-points, filters and references as flags of the command line",
        "tests/reference/command-line/levels.R",
    ),
    (
        "Transplantation as a covariate from a landmark on, adjusted, and subgroups in the command line",
        "tests/reference/command-line/methods.R",
    ),
    (
        "Weights, entries and values at the edge of what is accepted in the command line",
        "tests/reference/command-line/edges.R",
    ),
    (
        "What the page for cohorts shows of the synthetic registry",
        "tests/reference/workbench/registry.R",
    ),
    (
        "The script in R that the page for cohorts writes: it reads the file itself and compares every number",
        "tests/reference/workbench/run_scripts.R",
    ),
];

/// Results not compared with another program: the method, and its other check.
pub const UNCOMPARED: &[(&str, &str)] = &[
    (
        "The rules themselves",
        "the published texts, read by the makers of this program; no study group has reviewed them. That the program \
         follows the rules as written down is tested; that they were read rightly is not.",
    ),
    (
        "A permutation p from a sample of the assignments",
        "the exact p where all assignments can be counted",
    ),
    (
        "The bootstrap interval of the concordance of two protocols",
        "the jackknife’s standard error, within its own noise",
    ),
    (
        "Verdicts on printed numbers (standard errors, intervals, p values, counts)",
        "published examples worked out by hand",
    ),
    (
        "Reading a picture of a curve, and the times that draw a curve",
        "curves drawn from known patients; no other program’s digitiser or reconstruction",
    ),
    (
        "How patients are sorted by two protocols side by side",
        "counts worked out by hand",
    ),
];
