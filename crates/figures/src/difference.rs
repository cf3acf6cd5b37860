//! Differences of survival from a reference group over time, with their intervals.

use crate::data::{DataTable, ends, nth, number};
use crate::frame::Lettering;
use crate::panel::{Line, Panel, PlotOptions};
use crate::scene::Scene;
use crate::steps::Steps;
use crate::table::{Followed, TableForm};

/// The difference of one group from the reference.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DifferenceInput {
    /// Name of the group.
    pub label: String,
    /// Name at the curve: "rearranged − germline".
    pub full_name: String,
    /// Place of the group among all that are compared, for its colour.
    pub place: usize,
    /// Times in years, ascending, at which one of both curves has a step.
    pub time: Vec<f64>,
    /// The group less the reference from each time on, from −1 to 1.
    pub difference: Vec<f64>,
    /// Its pointwise interval.
    pub interval: Vec<Option<(f64, f64)>>,
    /// Follow-up of the group and of the reference: the curve is thin where few of either are at risk.
    pub followed: [Followed; 2],
}

/// A figure of differences.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DifferenceFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// The groups but the reference.
    pub groups: Vec<DifferenceInput>,
    /// How they are drawn. Ends of the value axis are those of survival and not taken: it holds all that is drawn.
    pub options: PlotOptions,
}

/// Distance of the values between which the axis of differences ends, in percentage points.
const STEP: f64 = 20.0;

impl DifferenceFigure {
    /// Draws the figure.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let options = PlotOptions {
            below_zero: true,
            percent: self.ends(),
            steps: (self.options.steps.0, Some(STEP)),
            censor_ticks: false,
            // Those at risk stand under the curves of survival.
            table: TableForm::None,
            ..self.options.clone()
        };
        let unit = options.unit.in_a_year();
        let points = |(low, high): (f64, f64)| (100.0 * low, 100.0 * high);
        let lines = self.groups.iter().map(|group| {
            let few = group
                .followed
                .iter()
                .filter_map(|followed| followed.thin_from(0.0, options.few));
            Line {
                name: group.full_name.clone(),
                ink: options.ink(group.place),
                dash: options.dash(group.place),
                steps: Steps::new(
                    0.0,
                    0.0,
                    group.time.iter().map(|time| time * unit),
                    group.difference.iter().map(|share| 100.0 * share),
                    group.interval.iter().map(|interval| interval.map(points)),
                ),
                censored: Vec::new(),
                thin_from: few.reduce(f64::min).map(|time| time * unit),
                area: false,
                band: group.followed.iter().all(Followed::has_band),
            }
            .where_few(&options)
        });
        Panel {
            lettering: &self.lettering,
            options: &options,
            lines: lines.collect(),
            rows: Vec::new(),
            published: Vec::new(),
            table_is_key: false,
            note: "",
            names_at_edge: false,
        }
        .scene()
    }

    /// The least multiples of 20 points between which all lies that is drawn, 0 among it.
    fn ends(&self) -> (f64, f64) {
        let is_drawn = |time: f64| self.options.to.is_none_or(|to| time <= to);
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for group in &self.groups {
            let rows = group.time.iter().zip(&group.difference).enumerate();
            for (place, (_, difference)) in rows.filter(|(_, (time, _))| is_drawn(**time)) {
                let band = group
                    .interval
                    .get(place)
                    .copied()
                    .flatten()
                    .filter(|_| self.options.bands);
                let (lower, upper) = band.unwrap_or((*difference, *difference));
                low = low.min(lower.min(*difference));
                high = high.max(upper.max(*difference));
            }
        }
        let out = |share: f64| ((100.0 * share / STEP).abs().ceil().max(1.0) * STEP).min(100.0);
        (-out(low), out(high))
    }

    /// Returns the data of the figure: one row for each step, times in years, differences from −1 to 1.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut table = DataTable::new(&["group", "time_years", "difference", "lower", "upper"]);
        for group in &self.groups {
            for (place, time) in group.time.iter().enumerate() {
                let [lower, upper] = ends(group.interval.get(place).copied().flatten());
                let difference = nth(&group.difference, place);
                table
                    .rows
                    .push(vec![group.label.clone(), number(*time), difference, lower, upper]);
            }
        }
        table
    }
}
