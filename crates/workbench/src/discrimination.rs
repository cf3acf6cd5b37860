//! How well each protocol's groups tell the patients of this cohort apart.

use cotside_core::cohort::{Labels, ProtocolGroups};
use cotside_core::survival::{
    Confidence, Difference, FollowUp, GroupConcordance, RankTest, RankWeight, difference_at, group_concordance,
    kaplan_meier_by, log_rank,
};
use cotside_words::html::{Html, cell, element, head, plain, span, table, text};
use cotside_words::{decimal, en, fixed, signed};

use crate::analysis::Analysis;
use crate::hazards::p_cell;

/// Resamples of the patients.
const RESAMPLES: usize = 1000;
/// Of the resamples, so that the answer is the same again.
const SEED: u64 = 1;

/// What was found of one protocol.
struct Found<'a> {
    protocol: &'a ProtocolGroups,
    /// Followed patients with a group, and the others.
    patients: usize,
    without: usize,
    events: usize,
    concordance: Option<GroupConcordance>,
    test: Option<RankTest>,
    /// Survival of the lowest group that occurs less that of the highest.
    difference: Option<Difference>,
    ends: Option<(String, String)>,
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let year = analysis.settings.at.last().copied();
    let Some((inside, follow_up)) = analysis.everybody() else {
        return Html::default();
    };
    let protocols = analysis
        .study
        .protocols
        .iter()
        .filter(|protocol| protocol.groups.len() > 1);
    let mut found: Vec<Found<'_>> = protocols
        .filter_map(|protocol| Found::new(&inside, &follow_up, protocol, year))
        .collect();
    if found.is_empty() {
        return Html::default();
    }
    let c = |each: &Found<'_>| each.concordance.map_or(0.0, |found| found.c);
    found.sort_by(|a, b| c(b).total_cmp(&c(a)));
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
    let rows = found.iter().map(|each| each.row(&names));
    let heads: Vec<(&str, &str)> = std::iter::once(("Protocol", ""))
        .chain(names.iter().map(|name| (*name, "number")))
        .collect();
    let resamples = found
        .iter()
        .filter_map(|each| Some(each.concordance?.resamples))
        .min()
        .unwrap_or(RESAMPLES);
    Html::all([
        plain("h2", "How well each protocol’s groups tell these patients apart"),
        span("p", "remark notice", en::NOT_TREATED_ON_IT),
        table("discrimination", head(&heads), rows),
        span("p", "quiet key", &en::discrimination(resamples, SEED)),
    ])
}

impl<'a> Found<'a> {
    /// `None` where nobody, or only one group, is left.
    fn new(inside: &[usize], follow_up: &FollowUp, protocol: &'a ProtocolGroups, year: Option<f64>) -> Option<Self> {
        let placed: Vec<(usize, u32)> = inside
            .iter()
            .enumerate()
            .filter_map(|(row, &patient)| Some((row, protocol.position(patient)?)))
            .collect();
        let (rows, codes): (Vec<usize>, Vec<u32>) = placed.into_iter().unzip();
        let groups = Labels::present(&protocol.groups, &codes);
        let followed = follow_up.subset(&rows).filter(|_| groups.len() > 1)?;
        let confidence = Confidence::default();
        let curves = kaplan_meier_by(&followed, &groups).ok()?;
        let ends = curves.first().zip(curves.last()).filter(|_| protocol.is_ordered);
        Some(Self {
            protocol,
            patients: rows.len(),
            without: inside.len() - rows.len(),
            events: followed.event().iter().filter(|&&event| event != 0).count(),
            concordance: protocol
                .is_ordered
                .then(|| group_concordance(&followed, &groups.codes, confidence.level(), RESAMPLES, SEED))
                .flatten(),
            test: log_rank(&followed, &groups, None, RankWeight::LogRank).ok(),
            difference: ends
                .zip(year)
                .and_then(|((low, high), year)| difference_at(low, high, year, confidence)),
            ends: groups
                .names
                .first()
                .cloned()
                .zip(groups.names.last().cloned())
                .filter(|_| protocol.is_ordered),
        })
    }

    fn row(&self, names: &[&str]) -> Html {
        let interval =
            |lower: f64, upper: f64, shown: fn(f64) -> String| format!(" ({} to {})", shown(lower), shown(upper));
        let c = match &self.concordance {
            Some(found) => {
                let interval = found
                    .interval
                    .map_or_else(String::new, |ends| interval(ends.lower, ends.upper, |c| fixed(c, 2)));
                format!("{}{interval}", fixed(found.c, 2))
            }
            None if self.protocol.is_ordered => "–".to_owned(),
            None => "groups without an order".to_owned(),
        };
        let difference = self.difference.map_or_else(
            || "–".to_owned(),
            |found| {
                format!(
                    "{}{}",
                    points(found.estimate),
                    interval(found.interval.lower, found.interval.upper, points)
                )
            },
        );
        let p = self.test.as_ref().and_then(|test| Some(test.test?.p));
        let texts = [
            format!("{} ({})", self.patients, self.events),
            self.without.to_string(),
            c,
            p_cell(p),
            difference,
        ];
        let cells = names
            .iter()
            .zip(&texts)
            .map(|(name, content)| cell(name, "number", &[text(content)]));
        let ends = self
            .ends
            .as_ref()
            .map_or_else(String::new, |(low, high)| format!("{low} against {high}"));
        let heading = element(
            "th",
            &[("scope", "row")],
            &[text(&self.protocol.name), text(" "), span("span", "note", &ends)],
        );
        element("tr", &[], &[heading, Html::all(cells)])
    }
}

/// A difference in percentage points.
fn points(share: f64) -> String {
    signed(100.0 * share, 1)
}
