//! Survival curves with the table under the axis.

use crate::data::{DataTable, ends, nth, number};
use crate::frame::Lettering;
use crate::labels::Key;
use crate::panel::{Line, Panel, PlotOptions, PublishedPoint};
use crate::scene::Scene;
use crate::steps::Steps;
use crate::table::{Followed, TableRow};

/// Which way the curves run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// Down from 100 %.
    #[default]
    Survival,
    /// Up from 0 %: its complement (Pocock, Clayton and Altman, Lancet 2002;359:1686).
    Incidence,
    /// The cumulative hazard, up from 0.
    CumulativeHazard,
}

/// One survival curve.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CurveInput {
    /// Name of the group; may be empty where there is one curve only.
    pub label: String,
    /// Name at the curve or in the legend, with the variable and the number of patients: "KMT2A germline (n = 24)"; empty
    /// where it is the label.
    pub full_name: String,
    /// Where the curve begins, in years: 0, or the landmark.
    pub start: f64,
    /// Times of follow-up, events and censoring.
    pub followed: Followed,
    /// The estimate from each time of `followed` on, from 0 to 1.
    pub survival: Vec<f64>,
    /// Its pointwise interval; empty where none is drawn.
    pub interval: Vec<Option<(f64, f64)>>,
    /// A simultaneous band, drawn in place of the intervals; empty for none.
    pub band: Vec<Option<(f64, f64)>>,
    /// Where the band ends, in years, before the next step of the curve; `None` where it ends with a step.
    pub band_to: Option<f64>,
    /// The cumulative hazard; empty where it is not shown.
    pub hazard: Vec<f64>,
    /// Its pointwise interval.
    pub hazard_interval: Vec<Option<(f64, f64)>>,
}

/// A figure of survival curves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CurveFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// The curves, in the order in which they take colours.
    pub curves: Vec<CurveInput>,
    /// Published estimates of survival to be set over them.
    pub published: Vec<PublishedPoint>,
    /// Which way they run.
    pub shown: Shown,
    /// How they are drawn.
    pub options: PlotOptions,
}

impl CurveInput {
    /// The name at the curve.
    pub(crate) fn name(&self) -> &str {
        if self.full_name.is_empty() {
            &self.label
        } else {
            &self.full_name
        }
    }

    fn values(&self, shown: Shown) -> &[f64] {
        match shown {
            Shown::CumulativeHazard => &self.hazard,
            Shown::Survival | Shown::Incidence => &self.survival,
        }
    }

    fn drawn_interval(&self, shown: Shown) -> &[Option<(f64, f64)>] {
        match shown {
            Shown::CumulativeHazard => &self.hazard_interval,
            _ if self.band.is_empty() => &self.interval,
            _ => &self.band,
        }
    }
}

impl CurveFigure {
    /// Draws the figure.
    #[must_use]
    pub fn scene(&self) -> Scene {
        self.panel(&self.options, "", false)
    }

    /// The drawing under other options, as one of several panels (whose curves the table names) or alone; `note` stands under
    /// its title.
    pub(crate) fn panel(&self, options: &PlotOptions, note: &str, is_one_of_several: bool) -> Scene {
        let unit = options.unit.in_a_year();
        let flip = |share: f64| match self.shown {
            Shown::Survival => 100.0 * share,
            Shown::Incidence => 100.0 * (1.0 - share),
            // A cumulative hazard is drawn as it is.
            Shown::CumulativeHazard => 100.0 * share,
        };
        let is_hazard = self.shown == Shown::CumulativeHazard;
        let both = |(low, high): (f64, f64)| {
            let (a, b) = (flip(low), flip(high));
            (a.min(b), a.max(b))
        };
        let lines = self.curves.iter().enumerate().map(|(index, curve)| {
            let mut steps = Steps::new(
                curve.start * unit,
                if is_hazard { 0.0 } else { flip(1.0) },
                curve.followed.time.iter().map(|time| time * unit),
                curve.values(self.shown).iter().map(|share| flip(*share)),
                curve
                    .drawn_interval(self.shown)
                    .iter()
                    .map(|interval| interval.map(both)),
            );
            if let Some(end) = curve.band_to.filter(|_| !curve.band.is_empty() && !is_hazard) {
                steps.end_interval_at(end * unit);
            }
            Line {
                name: curve.name().to_owned(),
                ink: options.ink(index),
                dash: options.dash(index),
                steps,
                censored: curve.followed.censored_times(unit),
                thin_from: curve
                    .followed
                    .thin_from(curve.start, options.few)
                    .map(|time| time * unit),
                area: false,
                band: curve.followed.has_band(),
            }
            .where_few(options)
        });
        let rows = self.curves.iter().enumerate().map(|(index, curve)| TableRow {
            label: curve.label.clone(),
            key: (self.curves.len() > 1).then(|| Key::Line(options.ink(index), options.dash(index))),
            followed: curve.followed.clone(),
        });
        let published = self.published.iter().map(|point| PublishedPoint {
            time: point.time * unit,
            value: flip(point.value),
            interval: point.interval.map(both),
            ..point.clone()
        });
        Panel {
            lettering: &self.lettering,
            options,
            lines: lines.collect(),
            rows: rows.collect(),
            published: published.collect(),
            table_is_key: true,
            note,
            names_at_edge: is_one_of_several,
        }
        .scene()
    }

    /// Returns the data of the figure: one row for each step, times in years, survival from 0 to 1 as given, with a band or the
    /// cumulative hazard where these are drawn; then the published estimates.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut head = vec![
            "group",
            "time_years",
            "at_risk",
            "events",
            "censored",
            "survival",
            "lower",
            "upper",
            "published",
        ];
        let has_band = self.curves.iter().any(|curve| !curve.band.is_empty());
        let has_hazard = self.shown == Shown::CumulativeHazard;
        if has_band {
            head.extend(["band_lower", "band_upper"]);
        }
        if has_hazard {
            head.extend(["cumulative_hazard", "hazard_lower", "hazard_upper"]);
        }
        let mut table = DataTable::new(&head);
        for curve in &self.curves {
            let followed = &curve.followed;
            for (index, time) in followed.time.iter().enumerate() {
                let [lower, upper] = ends(curve.interval.get(index).copied().flatten());
                let mut row = vec![
                    curve.label.clone(),
                    number(*time),
                    nth(&followed.at_risk, index),
                    nth(&followed.events, index),
                    nth(&followed.censored, index),
                    nth(&curve.survival, index),
                    lower,
                    upper,
                    "no".into(),
                ];
                if has_band {
                    row.extend(ends(curve.band.get(index).copied().flatten()));
                }
                if has_hazard {
                    row.push(nth(&curve.hazard, index));
                    row.extend(ends(curve.hazard_interval.get(index).copied().flatten()));
                }
                table.rows.push(row);
            }
        }
        for point in &self.published {
            let [lower, upper] = ends(point.interval);
            let mut row = vec![point.label.clone(), number(point.time)];
            row.extend([
                String::new(),
                String::new(),
                String::new(),
                number(point.value),
                lower,
                upper,
            ]);
            row.push("yes".into());
            row.resize(head.len(), String::new());
            table.rows.push(row);
        }
        table
    }
}
