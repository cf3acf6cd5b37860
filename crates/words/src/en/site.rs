//! The words of the frame of every page: its head, its menus, its foot; and of the page of changes.

use cotside_core::infant::Infant;

use super::answer::findings_known;
use super::fields::finding_label;

// The head.

/// Opens the list of pages on a narrow screen.
pub const MENU: &str = "Menu";
/// The page of comparisons with R, a document of its own.
pub const NAV_VALIDATION: &str = "Validation";
/// The page of the versions of the rules.
pub const NAV_CHANGES: &str = "Changes";
/// The handbook, whose pages the build makes.
pub const NAV_HANDBOOK: &str = "Handbook";
/// The menu of what is known of the program itself.
pub const ABOUT_MENU: &str = "About";
/// Behind the name of a link that opens a new tab, for screen readers.
pub const NEW_TAB: &str = " (opens in a new tab)";
/// The badge of the head before a file is opened.
pub const SEAL_OPEN: &str = "no file open";
/// The badge of the head on a sealed page; `{n}` is how many requests were not refused.
pub const SEAL_SEALED: &str = "sealed · {n} requests";
/// The badge of the head where the browser does not enforce the seal.
pub const SEAL_BROKEN: &str = "seal not enforced";

// The page of changes.

/// Its title.
pub const CHANGES: &str = "Changes of the rules";
/// What it lists.
pub const CHANGES_LEAD: &str = "Every correction of a rule that changes an answer, the latest version first, with the source that \
     settled it. Answers of different versions are not comparable without this list.";
/// The first version of the rules.
pub const FIRST_RULES: &str = "First version of the rules.";

/// The heading of a version of the rules.
#[must_use]
pub fn rules_version(version: &str, date: Option<&str>) -> String {
    let date = date.map_or_else(String::new, |date| format!(" · {date}"));
    format!("Rules {version}{date}")
}

/// When the evidence was last read.
#[must_use]
pub fn evidence_read(date: &str) -> String {
    format!("Published evidence was last read on {date}.")
}

// The first page.

/// Its heading.
pub const HOME: &str = "Infant ALL: how each protocol in the catalogue classifies this child";

/// What it offers, in a line.
#[must_use]
pub fn home_lead(protocols: usize) -> String {
    format!(
        "Stratify one infant under {protocols} protocols and groupings. Analyse a cohort to journal standard. Look up and check \
         published results. All in this browser: nothing is sent."
    )
}

/// The jobs: one infant, a cohort, the evidence.
pub const JOBS: [&str; 3] = ["One infant", "A cohort", "The evidence"];
/// Columns of the answers for one infant.
pub const ANSWER_HEADS: [&str; 3] = ["Protocol", "Risk group", "Transplant in CR1"];
/// What the drawing of the example shows.
pub const PICTURE: &str = "Event-free survival by KMT2A status: the example, 117 simulated infants.";
/// What the page for a cohort does.
pub const COHORT_ABOUT: &str = "Kaplan–Meier curves, competing risks, Cox regression, transplant as a time-dependent event; \
     text for the methods section and an R script that repeats every number.";
/// Opens the example on the page for a cohort.
pub const OPEN_EXAMPLE: &str = "Open example";
/// Columns of the estimates: study, event-free survival, of whom.
pub const ESTIMATE_HEADS: [&str; 3] = ["Study", "EFS", "Patients"];
/// When an estimate was made.
#[must_use]
pub fn at(years: &str) -> String {
    format!("at {years}")
}

/// What can be done with published results: check, compare and pool, digitise.
pub const EVIDENCE_TASKS: [&str; 3] = ["Check reported numbers", "Compare and pool", "Digitise a KM curve"];
/// Leads to all estimates.
pub const BROWSE: &str = "Browse the evidence";
/// What is known of an infant, as it was measured.
#[must_use]
pub fn known_findings(infant: &Infant) -> String {
    findings_known(infant, finding_label)
}

/// What is proven: numbers that equal R's, answers by hand, requests, use offline.
pub const PROVEN: [&str; 4] = [
    "numbers equal to R’s",
    "answers worked by hand",
    "requests after a file is opened",
    "works without a network after the first visit",
];
/// In the place of a number, before the last of them.
pub const OFFLINE: &str = "Offline";
/// That the study groups have not reviewed the rules.
pub const NO_RULE_REVIEWED: &str = "No rule has been reviewed by its study group.";

// The list of protocols.

/// Name of the filters.
pub const FILTERS: &str = "Show";
/// The filters: all, recruiting, treatment protocols, prognostic groupings and series.
pub const FILTER_NAMES: [&str; 4] = [
    "All",
    "Recruiting",
    "Treatment protocols",
    "Prognostic groupings and series",
];
/// Before the search.
pub const SEARCH: &str = "Search";
/// Columns of the list: protocol, groups, limits of age and white cells, CNS, transplant, source.
pub const LIST_HEADS: [&str; 7] = [
    "Protocol",
    "Groups",
    "Age limit",
    "WBC limit, 10⁹/L",
    "CNS",
    "Transplant in CR1",
    "Source status",
];
/// Where no protocol fits the filters.
pub const NONE_FOUND: &str = "No protocol matches.";
/// A rule that asks for nothing of a kind.
pub const NO_LIMIT: &str = "–";
/// CNS disease is a criterion of the groups.
pub const CNS_USED: &str = "CNS3";
/// The same, where CNS2 is left open.
pub const CNS_OPEN: &str = "CNS3 (CNS2 not stated)";
/// A protocol that had no transplant rule.
pub const NO_TRANSPLANT: &str = "none by protocol";
/// A protocol of which no transplant rule was found.
pub const TRANSPLANT_NOT_FOUND: &str = "rule not found";
/// Writes or opens a protocol of the reader's own.
pub const OWN_BUTTON: &str = "Your own protocol: write or open one";
/// Opens the row of a protocol on the page for one infant.
pub const TRY: &str = "Try on an infant";

// A protocol's page.

/// Name of the list of its sections.
pub const CONTENTS: &str = "Contents";
/// Where a value lies by the limit, and what holds there.
pub const AT_BOUNDARY: &str = "Below · at · above the limit";
/// The protocols before and after it in the list.
pub const NEIGHBOURS: &str = "Other protocols";

// What is not yet in the catalogue.

/// Of a source without DOI, PMID or registry number.
pub const NO_IDENTIFIER: &str = "no identifier found";
/// Heading of the systems that answer nothing.
pub const SYSTEMS: &str = "Not yet answered: no rule that sorts every infant";
/// What these systems are.
pub const SYSTEMS_LEAD: &str = "Systems of which no rule could be evaluated: their pages say what is known, from which source, and what is missing.";
/// Columns of their list: system, what could be read, what is missing.
pub const SYSTEM_HEADS: [&str; 3] = ["System", "What could be read of its rule", "Missing"];
/// Parts of a rule were read.
pub const SYSTEM_IN_PART: &str = "parts of a rule, which do not sort every infant";
/// No part of a rule was read.
pub const SYSTEM_NOT_READ: &str = "no part of a rule";
/// That the page of a system says nothing about a child.
pub const SYSTEM_NO_ANSWER: &str = "This page answers nothing about a child.";
/// Headings of its page: the rule, further facts, what is missing, outcomes.
pub const SYSTEM_SECTIONS: [&str; 4] = [
    "What could be read of its rule",
    "What else is known",
    "What is missing",
    "Published outcomes",
];
/// Before the names of systems of which nothing was read.
pub const NOTHING_READ: &str = "Nothing that could be used was read of:";

/// A system whose rule is that of a protocol of the catalogue.
#[must_use]
pub fn system_same_as(name: &str) -> String {
    format!("the rule of {name}, which answers by it")
}

/// Which protocols answer, and which systems are looked for and do not.
pub const IN_CATALOGUE: [&str; 3] = ["In our catalogue: ", ". Not yet: ", "."];

// The proof sheet of a rule.

/// Its heading.
pub const PROOF: &str = "What the rule answers over all possible children";
/// What a child is there.
pub const PROOF_LEAD: &str = "Every combination of the findings that the rule uses: each category, and of a number a value below, at and above each limit.";
/// Its columns: answer, children.
pub const PROOF_HEADS: [&str; 2] = ["Answer", "Children"];
/// An answer: the protocol does not apply.
pub const PROOF_NOT_ELIGIBLE: &str = "The protocol does not apply";
/// In the place of a number: a group without a child.
pub const PROOF_UNREACHED: &str = "no child: this group cannot be reached";
/// Heading of the reasons for open answers.
pub const PROOF_OPEN: &str = "Why an answer stays open";
/// That conditions of groups do not overlap.
pub const PROOF_NO_OVERLAP: &str = "No child meets the conditions of two groups, “all others” apart.";
/// Above the pairs of children whom another rule ranks in the opposite order.
pub const PROOF_OPPOSITE: &str =
    "Rules that rank two children in the opposite order, with the two who differ in the fewest findings:";
/// Between reasons.
pub const PROOF_AND: &str = "; ";

/// How many children have one answer, and how many several.
#[must_use]
pub fn proof_counts(children: usize, settled: usize, open: usize) -> String {
    format!("{children} possible children: {settled} have exactly one answer, {open} stay open.")
}

/// Eligible children in no group.
#[must_use]
pub fn proof_no_group(children: usize) -> String {
    format!("{children} eligible children are in no group.")
}

/// Two groups whose conditions hold together.
#[must_use]
pub fn proof_overlap(first: &str, later: &str, children: usize) -> String {
    format!("{children} children meet the conditions of both {first} and {later}: {first} comes first and decides.")
}
