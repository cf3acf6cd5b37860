//! Curves of a model over the estimates they are fitted to: steps in a thin line, the model in a full one with its band.

use crate::curve::{CurveInput, Shown};
use crate::data::{DataTable, ends, number};
use crate::frame::Lettering;
use crate::labels::Key;
use crate::panel::{Line, Panel, PlotOptions};
use crate::scene::Scene;
use crate::steps::Steps;
use crate::table::TableRow;

/// The curve of a model, as points that follow each other closely.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FittedCurve {
    /// Name of the group; may be empty where there is one only.
    pub label: String,
    /// Times in years, ascending.
    pub time: Vec<f64>,
    /// Survival at each, from 0 to 1.
    pub survival: Vec<f64>,
    /// Its interval at each; empty where none is drawn.
    pub interval: Vec<Option<(f64, f64)>>,
}

/// A figure of fitted curves over survival curves, one of each a group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FittedFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// The survival curves, in the order in which they take colours.
    pub curves: Vec<CurveInput>,
    /// The fitted curves, in the same order.
    pub fitted: Vec<FittedCurve>,
    /// Which way they run.
    pub shown: Shown,
    /// How they are drawn.
    pub options: PlotOptions,
}

impl FittedFigure {
    /// Draws the figure.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let unit = self.options.unit.in_a_year();
        let flip = |share: f64| match self.shown {
            Shown::Survival | Shown::CumulativeHazard => 100.0 * share,
            Shown::Incidence => 100.0 * (1.0 - share),
        };
        let both = |(low, high): (f64, f64)| {
            let (a, b) = (flip(low), flip(high));
            (a.min(b), a.max(b))
        };
        let estimated = self.curves.iter().enumerate().map(|(index, curve)| Line {
            name: String::new(),
            ink: self.options.ink(index),
            dash: self.options.dash(index),
            steps: Steps::new(
                curve.start * unit,
                flip(1.0),
                curve.followed.time.iter().map(|time| time * unit),
                curve.survival.iter().map(|share| flip(*share)),
                std::iter::empty(),
            ),
            censored: Vec::new(),
            thin_from: Some(curve.start * unit),
            area: false,
            band: false,
        });
        let fitted = self.fitted.iter().enumerate().map(|(index, curve)| Line {
            name: self
                .curves
                .get(index)
                .map_or(curve.label.as_str(), CurveInput::name)
                .to_owned(),
            ink: self.options.ink(index),
            dash: self.options.dash(index),
            steps: Steps::new(
                0.0,
                flip(1.0),
                curve.time.iter().map(|time| time * unit),
                curve.survival.iter().map(|share| flip(*share)),
                curve.interval.iter().map(|interval| interval.map(both)),
            ),
            censored: Vec::new(),
            thin_from: None,
            area: false,
            band: self.curves.get(index).is_none_or(|curve| curve.followed.has_band()),
        });
        let rows = self.curves.iter().enumerate().map(|(index, curve)| TableRow {
            label: curve.label.clone(),
            key: (self.curves.len() > 1).then(|| Key::Line(self.options.ink(index), self.options.dash(index))),
            followed: curve.followed.clone(),
        });
        Panel {
            lettering: &self.lettering,
            options: &self.options,
            lines: estimated.chain(fitted).collect(),
            rows: rows.collect(),
            published: Vec::new(),
            table_is_key: true,
            note: "",
            names_at_edge: false,
        }
        .scene()
    }

    /// Returns the data of the figure: the steps of each estimate, then the points of each fitted curve; times in years.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut table = DataTable::new(&["group", "curve", "time_years", "survival", "lower", "upper"]);
        for curve in &self.curves {
            for (time, survival) in curve.followed.time.iter().zip(&curve.survival) {
                let cells = [
                    curve.label.clone(),
                    "estimate".to_owned(),
                    number(*time),
                    number(*survival),
                ];
                table.rows.push([&cells[..], &[String::new(), String::new()]].concat());
            }
        }
        for curve in &self.fitted {
            for (index, (time, survival)) in curve.time.iter().zip(&curve.survival).enumerate() {
                let cells = [
                    curve.label.clone(),
                    "fitted".to_owned(),
                    number(*time),
                    number(*survival),
                ];
                let ends = ends(curve.interval.get(index).copied().flatten());
                table.rows.push([&cells[..], &ends].concat());
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Followed;

    #[test]
    fn the_estimate_is_thin_and_the_model_has_the_name() {
        let figure = FittedFigure {
            curves: vec![CurveInput {
                label: "all".to_owned(),
                followed: Followed {
                    time: vec![1.0, 2.0],
                    at_risk: vec![2.0, 1.0],
                    events: vec![1.0, 0.0],
                    censored: vec![0.0, 1.0],
                    ..Followed::default()
                },
                survival: vec![0.5, 0.5],
                ..CurveInput::default()
            }],
            fitted: vec![FittedCurve {
                label: "all".to_owned(),
                time: vec![0.5, 1.0, 2.0],
                survival: vec![0.8, 0.6, 0.4],
                interval: vec![Some((0.7, 0.9)), None, Some((0.2, 0.6))],
            }],
            ..FittedFigure::default()
        };
        let data = figure.data();
        assert_eq!(data.rows.len(), 5);
        assert_eq!(data.rows[1][..4], ["all", "estimate", "2", "0.5"].map(str::to_owned));
        assert_eq!(
            data.rows[4][1..],
            ["fitted", "2", "0.4", "0.2", "0.6"].map(str::to_owned)
        );
        assert!(figure.scene().to_svg().contains("<svg"));
    }
}
