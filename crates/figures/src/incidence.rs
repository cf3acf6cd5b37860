//! Cumulative incidence of competing events, in one group or several.

use crate::data::{DataTable, ends, nth, number};
use crate::frame::Lettering;
use crate::incidence_panels::stacked_edges;
use crate::ink::{Dash, Ink, SERIES};
use crate::labels::Key;
use crate::panel::{Line, Panel, PlotOptions, PublishedPoint};
use crate::scene::Scene;
use crate::steps::Steps;
use crate::table::{Followed, TableRow};

/// The incidence of one cause in one group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CauseInput {
    /// Name of the cause: "Relapse".
    pub label: String,
    /// The estimate from each time of the group's `followed` on, from 0 to 1.
    pub incidence: Vec<f64>,
    /// Its pointwise interval; empty where none is drawn.
    pub interval: Vec<Option<(f64, f64)>>,
}

/// One group with its causes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IncidenceInput {
    /// Name of the group; may be empty where there is one only.
    pub label: String,
    /// Name at the end of its curve in the panel of a cause, with the number of patients; empty where it is the same.
    pub end_label: String,
    /// Where the curves begin, in years.
    pub start: f64,
    /// Times of follow-up, events and censoring; events are those of any cause.
    pub followed: Followed,
    /// The causes, the same in each group.
    pub causes: Vec<CauseInput>,
}

/// A figure of cumulative incidence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IncidenceFigure {
    /// Panel letter, title, description, caption.
    pub lettering: Lettering,
    /// The incidences of each group.
    pub groups: Vec<IncidenceInput>,
    /// Published estimates of incidence to be set over the curves.
    pub published: Vec<PublishedPoint>,
    /// How they are drawn.
    pub options: PlotOptions,
    /// How causes and groups are laid out.
    pub layout: Layout,
    /// A line over the panel of each cause: its test between the groups.
    pub notes: Vec<String>,
}

/// How causes and groups are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// All curves in one panel.
    #[default]
    Together,
    /// A panel for each cause, with the groups as curves.
    Causes,
    /// A panel for each group, with the causes as areas on one another; their top is one minus event-free survival.
    Stacked,
}

impl IncidenceFigure {
    /// The drawing. In one panel colours are those of groups and dashes those of causes; where there is one group, causes
    /// have the colours. In panels colours are those of groups, in stacked areas those of causes.
    #[must_use]
    pub fn scene(&self) -> Scene {
        match self.layout {
            Layout::Together => self.together(),
            Layout::Causes => self.by_cause(),
            Layout::Stacked => self.stacked(),
        }
    }

    /// All curves in one panel.
    fn together(&self) -> Scene {
        let unit = self.options.unit.in_a_year();
        let percent = |share: f64| 100.0 * share;
        let mut lines = Vec::new();
        for (group, input) in self.groups.iter().enumerate() {
            for (cause, curve) in input.causes.iter().enumerate() {
                let (ink, dash) = self.look(group, cause);
                let of_group = if input.end_label.is_empty() {
                    &input.label
                } else {
                    &input.end_label
                };
                let name = match (self.groups.len() > 1, input.causes.len() > 1) {
                    (true, true) => format!("{of_group}, {}", curve.label),
                    (true, false) => of_group.clone(),
                    (false, _) => curve.label.clone(),
                };
                let line = Line {
                    name,
                    ink,
                    dash,
                    steps: Steps::new(
                        input.start * unit,
                        0.0,
                        input.followed.time.iter().map(|time| time * unit),
                        curve.incidence.iter().map(|share| percent(*share)),
                        curve
                            .interval
                            .iter()
                            .map(|interval| interval.map(|(low, high)| (percent(low), percent(high)))),
                    ),
                    censored: input.followed.censored_times(unit),
                    thin_from: input
                        .followed
                        .thin_from(input.start, self.options.few)
                        .map(|time| time * unit),
                    area: false,
                    band: input.followed.has_band(),
                };
                lines.push(line.where_few(&self.options));
            }
        }
        let one_cause = self.groups.iter().all(|group| group.causes.len() == 1);
        let several = self.groups.len() > 1;
        let rows = self.groups.iter().enumerate().map(|(group, input)| TableRow {
            label: input.label.clone(),
            key: several.then(|| {
                Key::Line(
                    self.look(group, 0).0,
                    if one_cause { self.look(group, 0).1 } else { Dash::Solid },
                )
            }),
            followed: input.followed.clone(),
        });
        let published = self.published.iter().map(|point| PublishedPoint {
            time: point.time * unit,
            value: percent(point.value),
            interval: point.interval.map(|(low, high)| (percent(low), percent(high))),
            ..point.clone()
        });
        Panel {
            lettering: &self.lettering,
            options: &self.options,
            lines,
            rows: rows.collect(),
            published: published.collect(),
            table_is_key: several && one_cause,
            note: "",
            names_at_edge: false,
        }
        .scene()
    }

    fn look(&self, group: usize, cause: usize) -> (Ink, Dash) {
        let one_cause = self.groups.iter().all(|group| group.causes.len() == 1);
        let (ink, dash) = match (self.groups.len() > 1, one_cause) {
            (true, true) => (group, Dash::of_series(group)),
            // Dashes count within the first colour's row, so that they are those of causes alone.
            (true, false) => (group, Dash::of_series(cause % SERIES)),
            (false, _) => (cause, Dash::of_series(cause)),
        };
        let of_groups = self.groups.len() > 1;
        (
            if of_groups {
                self.options.ink(ink)
            } else {
                self.options.style.palette.series(ink)
            },
            if self.options.dashed() || !one_cause {
                dash
            } else {
                Dash::Solid
            },
        )
    }

    /// Returns the data of the figure: one row for each step and cause, times in years, incidence from 0 to 1; of stacked
    /// areas their edges too.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut table = DataTable::new(&[
            "group",
            "cause",
            "time_years",
            "at_risk",
            "events_any_cause",
            "censored",
            "incidence",
            "lower",
            "upper",
            "published",
        ]);
        let is_stacked = self.layout == Layout::Stacked;
        if is_stacked {
            table.head.extend(["stacked_from", "stacked_to"].map(str::to_owned));
        }
        for group in &self.groups {
            let followed = &group.followed;
            let edges = stacked_edges(group);
            for (cause, edges) in group.causes.iter().zip(&edges) {
                for (index, time) in followed.time.iter().enumerate() {
                    let [lower, upper] = ends(cause.interval.get(index).copied().flatten());
                    table.rows.push(vec![
                        group.label.clone(),
                        cause.label.clone(),
                        number(*time),
                        nth(&followed.at_risk, index),
                        nth(&followed.events, index),
                        nth(&followed.censored, index),
                        nth(&cause.incidence, index),
                        lower,
                        upper,
                        "no".into(),
                    ]);
                    if let Some(row) = table.rows.last_mut().filter(|_| is_stacked) {
                        let [from, to] = ends(edges.get(index).copied());
                        row.extend([from, to]);
                    }
                }
            }
        }
        for point in &self.published {
            let [lower, upper] = ends(point.interval);
            let mut row = vec![point.label.clone(), String::new(), number(point.time)];
            row.extend([
                String::new(),
                String::new(),
                String::new(),
                number(point.value),
                lower,
                upper,
            ]);
            row.push("yes".into());
            row.resize(table.head.len(), String::new());
            table.rows.push(row);
        }
        table
    }
}
