//! How well each protocol's groups tell the patients of this cohort apart.

use cotside_core::cohort::{Factor, ProtocolGroups};
use cotside_core::survival::{
    Confidence, FollowUp, GroupConcordance, Interval, Labels, RankTest, RankWeight, SurvivalCurve, concordance,
    difference_at, group_concordance, kaplan_meier_by, log_rank,
};
use cotside_views::{Columns, note, notice};
use cotside_words::lang::cohort_results as words;
use cotside_words::lang::survival_results::{estimate_to, no_test_cell, versus};
use cotside_words::{fixed, lang};
use maud::{Markup, html};

use crate::analysis::comparison::difference_text;
use crate::analysis::hazards::p_or_dash;
use crate::analysis::selection::Analysis;

/// Resamples of the patients.
const RESAMPLES: usize = 1000;
/// Of the resamples, so that the answer is the same again.
const SEED: u64 = 1;

/// Of more patients than this one protocol is done at a time, and intervals are asymptotic: resamples would take minutes and
/// change nothing that is shown.
const AT_ONCE: usize = 5000;

/// What was found of one protocol, whatever the year of the setting.
pub struct Found {
    /// Followed patients with a group, and those without one.
    patients: usize,
    without: usize,
    /// Those whose group is left out by choice.
    left_out: usize,
    /// Whether the groups have an order.
    is_ordered: bool,
    events: usize,
    concordance: Option<GroupConcordance>,
    test: Option<RankTest>,
    /// Names and curves of the groups that occur.
    curves: Vec<(String, SurvivalCurve)>,
}

/// Protocols that have groups.
fn protocols<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = &'a ProtocolGroups> {
    analysis
        .study
        .protocols
        .iter()
        .filter(|protocol| protocol.groups.len() > 1)
}

/// Does a part of the work, all of it where patients are few; whether all is done. What was found is kept with the
/// selection.
pub fn prepare(analysis: &Analysis<'_>) -> bool {
    let Some((inside, follow_up)) = analysis.everybody() else {
        return true;
    };
    let mut cache = analysis.selection.discrimination.borrow_mut();
    let mut missing = protocols(analysis).skip(cache.len());
    if inside.len() > AT_ONCE {
        cache.extend(
            missing
                .next()
                .map(|protocol| Found::new(analysis, inside, follow_up, protocol)),
        );
    } else {
        cache.extend(
            missing
                .by_ref()
                .map(|protocol| Found::new(analysis, inside, follow_up, protocol)),
        );
    }
    cache.len() == protocols(analysis).count()
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let year = analysis.settings.at.last().copied();
    let cache = analysis.selection.discrimination.borrow();
    let pairs = protocols(analysis).zip(cache.iter());
    let mut found: Vec<(&ProtocolGroups, &Found)> = pairs
        .filter_map(|(protocol, found)| Some((protocol, found.as_ref()?)))
        .collect();
    let all_pairs = protocols(analysis).zip(cache.iter());
    let not_listed: Vec<&str> = all_pairs
        .filter(|(_, found)| found.is_none())
        .map(|(protocol, _)| protocol.name.as_str())
        .collect();
    if found.is_empty() {
        return Markup::default();
    }
    let c = |each: &Found| each.concordance.map_or(0.0, |found| found.c);
    found.sort_by(|a, b| c(b.1).total_cmp(&c(a.1)));
    let ci = analysis.ci();
    let concordance = words::concordance(&ci);
    let difference = year.map_or_else(
        || words::DIFFERENCE.to_owned(),
        |year| words::lowest_minus_highest(year, &ci),
    );
    let columns = Columns::new(words::PROTOCOL).numbers([
        words::N_EVENTS,
        words::WITHOUT_GROUP,
        &concordance,
        words::LOG_RANK_P,
        &difference,
    ]);
    let rows = found
        .iter()
        .map(|(protocol, each)| each.row(protocol, (year, analysis.confidence()), &columns));
    let resamples = found
        .iter()
        .filter_map(|(_, each)| Some(each.concordance?.resamples))
        .min();
    html! {
        h2 { (words::DISCRIMINATION) }
        (notice(words::NOT_TREATED_ON_IT))
        (columns.wide_table("discrimination", words::DISCRIMINATION_TABLE, rows))
        @if !not_listed.is_empty() { p.quiet.key { (words::one_group(&not_listed)) } }
        p.quiet.key { (words::discrimination(resamples, SEED, &ci)) }
    }
}

/// The concordance with the interval of its jackknife variance (R: `survival::concordance`), without resamples.
fn asymptotic(followed: &FollowUp, groups: &[u32], confidence: Confidence) -> Option<GroupConcordance> {
    let scores: Vec<f64> = groups.iter().map(|&group| f64::from(group)).collect();
    let found = concordance(followed, &scores, None, None)?;
    let c = found.c?;
    let half = confidence.z() * found.std_err?;
    Some(GroupConcordance {
        c,
        interval: Ok(Interval {
            lower: (c - half).max(0.0),
            upper: (c + half).min(1.0),
        }),
        resamples: 0,
    })
}

/// The groups of a protocol as they are merged and chosen, in the order of risk, whatever order they are shown in.
fn in_order_of_risk(analysis: &Analysis<'_>, protocol: &ProtocolGroups) -> Option<Factor> {
    let id = ["protocol:", &protocol.id].concat();
    let groupings = &analysis.settings.levels;
    let levels = analysis.study.levels(&id, groupings)?;
    Some(match groupings.get(&id) {
        Some(grouping) => grouping.in_order_of(&levels.names).apply(&levels),
        None => levels,
    })
}

impl Found {
    /// `None` where nobody, or only one group, is left.
    fn new(analysis: &Analysis<'_>, inside: &[usize], follow_up: &FollowUp, protocol: &ProtocolGroups) -> Option<Self> {
        let factor = in_order_of_risk(analysis, protocol)?;
        let left_out = inside.iter().filter(|&&patient| factor.is_left_out(patient)).count();
        let placed: Vec<(usize, u32)> = inside
            .iter()
            .enumerate()
            .filter_map(|(row, &patient)| Some((row, factor.code(patient)?)))
            .collect();
        let (rows, codes): (Vec<usize>, Vec<u32>) = placed.into_iter().unzip();
        let groups = Labels::present(&factor.names, &codes);
        let followed = follow_up.subset(&rows).filter(|_| groups.len() > 1)?;
        let confidence = analysis.confidence();
        let concordance = || {
            if inside.len() > AT_ONCE {
                asymptotic(&followed, &groups.codes, confidence)
            } else {
                group_concordance(&followed, &groups.codes, confidence.level(), RESAMPLES, SEED)
            }
        };
        let curves = kaplan_meier_by(&followed, &groups).ok()?;
        Some(Self {
            patients: rows.len(),
            without: inside.len() - rows.len() - left_out,
            left_out,
            is_ordered: factor.is_ordered,
            events: followed.n_events(),
            concordance: factor.is_ordered.then(concordance).flatten(),
            test: log_rank(&followed, &groups, None, RankWeight::LogRank).ok(),
            curves: groups.names.into_iter().zip(curves).collect(),
        })
    }

    fn row(
        &self,
        protocol: &ProtocolGroups,
        (year, confidence): (Option<f64>, Confidence),
        columns: &Columns<'_>,
    ) -> Markup {
        // The lowest group that occurs, and the highest.
        let ends = self.curves.first().zip(self.curves.last()).filter(|_| self.is_ordered);
        let difference = ends.zip(year).map(|((low, high), year)| {
            let found = difference_at(&low.1, &high.1, year, confidence);
            difference_text([&low.0, &high.0], found)
        });
        let p = match self.test.as_ref().map(RankTest::tested) {
            Some(Ok(test)) => p_or_dash(Some(test.p)),
            Some(Err(why)) => no_test_cell(lang::no_rank_test(why)),
            None => words::NO_TEST.to_owned(),
        };
        let cells = [
            format!("{} ({})", self.patients, self.events),
            words::without_group_cell(self.without, self.left_out),
            self.concordance_text(self.is_ordered),
            p,
            difference.unwrap_or_else(|| words::NOT_ORDERED.to_owned()),
        ];
        let ends = ends.map_or_else(String::new, |(low, high)| versus(&low.0, &high.0));
        columns.row(html! { (protocol.name) " " (note(&ends)) }, cells)
    }

    /// "0.62 (0.55 to 0.69)", or why there is none.
    fn concordance_text(&self, is_ordered: bool) -> String {
        let Some(found) = &self.concordance else {
            let why = if is_ordered { words::NO_PAIR } else { words::NOT_ORDERED };
            return why.to_owned();
        };
        let c = |c: f64| fixed(c, 2);
        match found.interval {
            Ok(ends) => estimate_to(&c(found.c), &c(ends.lower), &c(ends.upper)),
            Err(why) => format!("{} ({})", c(found.c), words::no_percentiles(why, found.resamples)),
        }
    }
}
