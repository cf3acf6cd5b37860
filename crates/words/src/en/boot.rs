//! What the files of the site say before the program has started.

use super::{page, site};
use crate::languages::Boot;

/// See [`Boot`].
pub const BOOT: Boot = Boot {
    pages: &[
        (
            "",
            "Cotside",
            "How the catalogue's infant leukaemia protocols classify this child, clause by clause, with sources. \
             Runs in the browser: nothing is sent.",
        ),
        (
            "stratify",
            page::STRATIFY,
            "Enter an infant's findings and read the risk group that each of the catalogue's protocols assigns, the clause that \
             decided it, and what would change it.",
        ),
        (
            "analyse",
            page::ANALYSE,
            "Drop a file of patients: survival curves, tests, hazards, competing causes, transplant as an event in time, \
             figures to print. The file stays in the browser.",
        ),
        (
            "protocols",
            page::PROTOCOLS,
            "The risk rules of the published infant leukaemia protocols: clauses, boundaries, sources, outcomes.",
        ),
        (
            "protocols/own",
            page::OWN,
            "Write a protocol from the same clauses as the published ones, see what is wrong with it, try it on an infant, \
             see it beside the others and save it as a file. Nothing is sent.",
        ),
        (
            "evidence",
            page::EVIDENCE,
            "Published outcomes of infant leukaemia with their sources: filtered, drawn, checked for consistency, \
             compared, pooled, and curves digitised. Everything is computed in the browser.",
        ),
        (
            "combine",
            page::COMBINE,
            "Analyse the patients of several hospitals together without sharing a single row: each hospital saves a file of sums, and the \
             files are combined. Nothing is sent.",
        ),
        (
            "plan",
            page::PLAN,
            "Number of patients, power and detectable effect of a trial or cohort in infant leukaemia, with published survival as baseline, \
             formulas, sources and R code. Computed in the browser.",
        ),
        (
            "about",
            page::ABOUT,
            "What Cotside is for, who it is for, and what it is not: education, research and reference, not a medical \
             device.",
        ),
        (
            "privacy",
            page::PRIVACY,
            "Nothing that you enter leaves your device: what the page loads, what it stores, and how to check it.",
        ),
        (
            "changes",
            site::CHANGES,
            "Versions of the rules: what was corrected, when, and by which source; when the evidence was last read.",
        ),
    ],
    not_found: (page::NOT_FOUND, "There is no page at this address of Cotside."),
    protocol: "The rule of {name}: clauses, boundaries, transplant rule, published outcomes, sources.",
    loading: "Loading…",
    no_script: "Cotside computes in your browser and needs JavaScript and WebAssembly. Nothing that you enter leaves your \
                device. Please allow scripts for this site, or use the command-line program cotside.",
    framed: (
        "Cotside does not run inside another page: that page could read or cover what you enter.",
        "Open it by itself",
    ),
};
