//! How well each protocol's groups tell the patients of this cohort apart.

use cotside_core::cohort::ProtocolGroups;
use cotside_core::survival::{
    Confidence, FollowUp, GroupConcordance, Labels, RankTest, RankWeight, SurvivalCurve, difference_at,
    group_concordance, kaplan_meier_by, log_rank,
};
use cotside_views::untyped::{Html, cell, element, head, plain, span, text, wide_table};
use cotside_words::{decimal, en, fixed};

use crate::analysis::comparison::difference_text;
use crate::analysis::hazards::p_cell;
use crate::analysis::selection::Analysis;

/// Resamples of the patients.
const RESAMPLES: usize = 1000;
/// Of the resamples, so that the answer is the same again.
const SEED: u64 = 1;

/// More patients than this are one protocol at a time.
const AT_ONCE: usize = 5000;

/// What was found of one protocol, whatever the year that is told.
pub struct Found {
    /// Followed patients with a group, and the others.
    patients: usize,
    without: usize,
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
    let mut kept = analysis.selection.discrimination.borrow_mut();
    let mut missing = protocols(analysis).skip(kept.len());
    if inside.len() > AT_ONCE {
        kept.extend(missing.next().map(|protocol| Found::new(inside, follow_up, protocol)));
    } else {
        kept.extend(missing.by_ref().map(|protocol| Found::new(inside, follow_up, protocol)));
    }
    kept.len() == protocols(analysis).count()
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let year = analysis.settings.at.last().copied();
    let kept = analysis.selection.discrimination.borrow();
    let pairs = protocols(analysis).zip(kept.iter());
    let mut found: Vec<(&ProtocolGroups, &Found)> = pairs
        .filter_map(|(protocol, found)| Some((protocol, found.as_ref()?)))
        .collect();
    let all_pairs = protocols(analysis).zip(kept.iter());
    let not_listed: Vec<&str> = all_pairs
        .filter(|(_, found)| found.is_none())
        .map(|(protocol, _)| protocol.name.as_str())
        .collect();
    if found.is_empty() {
        return Html::default();
    }
    let c = |each: &Found| each.concordance.map_or(0.0, |found| found.c);
    found.sort_by(|a, b| c(b.1).total_cmp(&c(a.1)));
    let difference = year.map_or_else(
        || "Difference".to_owned(),
        |year| format!("Lowest − highest at {} years, %", decimal(year, 2)),
    );
    let names = [
        "n (events)",
        "Without a group",
        "Concordance (95 % interval)",
        "Log-rank p",
        difference.as_str(),
    ];
    let rows = found.iter().map(|(protocol, each)| each.row(protocol, year, &names));
    let heads: Vec<(&str, &str)> = std::iter::once(("Protocol", ""))
        .chain(names.iter().map(|name| (*name, "number")))
        .collect();
    let resamples = found
        .iter()
        .filter_map(|(_, each)| Some(each.concordance?.resamples))
        .min();
    Html::all([
        plain("h2", "How well each protocol’s groups tell these patients apart"),
        span("p", "remark notice", en::NOT_TREATED_ON_IT),
        wide_table("discrimination", "Discrimination by protocol", head(&heads), rows),
        Html::when(!not_listed.is_empty(), || {
            let names = not_listed.join(", ");
            let line = format!("Not listed, because it puts these patients into one group or none: {names}.");
            span("p", "quiet key", &line)
        }),
        span("p", "quiet key", &en::discrimination(resamples, SEED)),
    ])
}

impl Found {
    /// `None` where nobody, or only one group, is left.
    fn new(inside: &[usize], follow_up: &FollowUp, protocol: &ProtocolGroups) -> Option<Self> {
        let placed: Vec<(usize, u32)> = inside
            .iter()
            .enumerate()
            .filter_map(|(row, &patient)| Some((row, protocol.position(patient)?)))
            .collect();
        let (rows, codes): (Vec<usize>, Vec<u32>) = placed.into_iter().unzip();
        let groups = Labels::present(&protocol.groups, &codes);
        let followed = follow_up.subset(&rows).filter(|_| groups.len() > 1)?;
        let level = Confidence::default().level();
        let concordance = || group_concordance(&followed, &groups.codes, level, RESAMPLES, SEED);
        let curves = kaplan_meier_by(&followed, &groups).ok()?;
        Some(Self {
            patients: rows.len(),
            without: inside.len() - rows.len(),
            events: followed.event().iter().filter(|&&event| event != 0).count(),
            concordance: protocol.is_ordered.then(concordance).flatten(),
            test: log_rank(&followed, &groups, None, RankWeight::LogRank).ok(),
            curves: groups.names.into_iter().zip(curves).collect(),
        })
    }

    fn row(&self, protocol: &ProtocolGroups, year: Option<f64>, names: &[&str]) -> Html {
        let interval =
            |lower: f64, upper: f64, shown: fn(f64) -> String| format!(" ({} to {})", shown(lower), shown(upper));
        // Of the lowest group that occurs less the highest.
        let ends = self
            .curves
            .first()
            .zip(self.curves.last())
            .filter(|_| protocol.is_ordered);
        let difference = ends.zip(year).map(|((low, high), year)| {
            let found = difference_at(&low.1, &high.1, year, Confidence::default());
            difference_text([&low.0, &high.0], found)
        });
        let c = match &self.concordance {
            Some(found) => {
                let interval = match found.interval {
                    Ok(ends) => interval(ends.lower, ends.upper, |c| fixed(c, 2)),
                    Err(why) => format!(" ({})", en::no_percentiles(why, found.resamples)),
                };
                format!("{}{interval}", fixed(found.c, 2))
            }
            None if protocol.is_ordered => "no pair to compare".to_owned(),
            None => "groups without an order".to_owned(),
        };
        let difference = difference.unwrap_or_else(|| "groups without an order".to_owned());
        let p = match self.test.as_ref().map(RankTest::tested) {
            Some(Ok(test)) => p_cell(Some(test.p)),
            Some(Err(why)) => format!("no test: {}", en::no_rank_test(why)),
            None => "no test".to_owned(),
        };
        let texts = [
            format!("{} ({})", self.patients, self.events),
            self.without.to_string(),
            c,
            p,
            difference,
        ];
        let cells = names
            .iter()
            .zip(&texts)
            .map(|(name, content)| cell(name, "number", &[text(content)]));
        let ends = ends.map_or_else(String::new, |(low, high)| format!("{} against {}", low.0, high.0));
        let heading = element(
            "th",
            &[("scope", "row")],
            &[text(&protocol.name), text(" "), span("span", "note", &ends)],
        );
        element("tr", &[], &[heading, Html::all(cells)])
    }
}
