//! Cumulative incidence in small multiples: a panel for each cause, or stacked areas for each group.

use crate::frame::Lettering;
use crate::grid::{columns, grid, has_labels, panel_style};
use crate::incidence::{IncidenceFigure, IncidenceInput};
use crate::labels::Key;
use crate::panel::{Line, Panel, PlotOptions};
use crate::scene::Scene;
use crate::steps::Steps;
use crate::table::{TableForm, TableRow};

impl IncidenceFigure {
    /// Options of one panel of several. Below each is the number at risk alone: events and censored are the same in all.
    fn panel_options(&self, columns: usize) -> PlotOptions {
        PlotOptions {
            style: panel_style(&self.options.style, columns),
            table: match self.options.table {
                TableForm::None => TableForm::None,
                _ => TableForm::AtRisk,
            },
            ..self.options.clone()
        }
    }

    /// A panel for each cause, with the groups as curves. Names stand at the ends of the curves in all panels or in none,
    /// so that all have the same axes.
    pub(crate) fn by_cause(&self) -> Scene {
        let causes = self.groups.first().map_or(0, |group| group.causes.len());
        let columns = columns(&self.options.style, causes);
        let drawn = |direct: bool| -> Vec<Scene> {
            let mut options = self.panel_options(columns);
            options.direct_labels = direct;
            (0..causes).map(|cause| self.cause_panel(cause, &options)).collect()
        };
        let mut panels = drawn(self.options.direct_labels);
        let named = panels.iter().filter(|panel| has_labels(panel)).count();
        if named > 0 && named < panels.len() {
            panels = drawn(false);
        }
        grid(self.options.style, &self.lettering, panels, columns)
    }

    /// The panel of one cause.
    pub(crate) fn cause_panel(&self, cause: usize, options: &PlotOptions) -> Scene {
        let unit = options.unit.in_a_year();
        let several = self.groups.len() > 1;
        let lines = self.groups.iter().enumerate().filter_map(|(group, input)| {
            let curve = input.causes.get(cause)?;
            let percent = |interval: (f64, f64)| (100.0 * interval.0, 100.0 * interval.1);
            let line = Line {
                name: if input.end_label.is_empty() {
                    &input.label
                } else {
                    &input.end_label
                }
                .clone(),
                ink: options.ink(group),
                dash: options.dash(group),
                steps: Steps::new(
                    input.start * unit,
                    0.0,
                    input.followed.time.iter().map(|time| time * unit),
                    curve.incidence.iter().map(|share| 100.0 * share),
                    curve.interval.iter().map(|interval| interval.map(percent)),
                ),
                censored: input.followed.censored_times(unit),
                thin_from: thin_from(input, options),
                area: false,
                band: input.followed.has_band(),
            };
            Some(line.where_few(options))
        });
        let rows = self.groups.iter().enumerate().map(|(group, input)| TableRow {
            label: input.label.clone(),
            key: several.then(|| Key::Line(options.ink(group), options.dash(group))),
            followed: input.followed.clone(),
        });
        let title = self.groups.first().and_then(|group| group.causes.get(cause));
        Panel {
            lettering: &titled(title.map_or("", |cause| &cause.label)),
            options,
            lines: lines.collect(),
            rows: rows.collect(),
            published: Vec::new(),
            table_is_key: several,
            note: self.notes.get(cause).map_or("", String::as_str),
            names_at_edge: true,
        }
        .scene()
    }

    /// Stacked areas of the causes, a panel for each group.
    pub(crate) fn stacked(&self) -> Scene {
        let columns = columns(&self.options.style, self.groups.len());
        // One time axis for all.
        let last = |group: &IncidenceInput| group.followed.time.last().copied().unwrap_or(group.start);
        let longest = self
            .groups
            .iter()
            .map(last)
            .filter(|time| time.is_finite())
            .fold(0.0, f64::max);
        let options = self.panel_options(columns);
        let options = PlotOptions {
            to: options.to.or((longest > 0.0).then_some(longest)),
            ..options
        };
        let panels = self.groups.iter().map(|group| stacked_panel(group, &options));
        grid(self.options.style, &self.lettering, panels.collect(), columns)
    }
}

fn thin_from(input: &IncidenceInput, options: &PlotOptions) -> Option<f64> {
    let thin = input.followed.thin_from(input.start, options.few);
    thin.map(|time| time * options.unit.in_a_year())
}

/// A title alone.
fn titled(title: &str) -> Lettering {
    Lettering {
        title: title.to_owned(),
        ..Lettering::default()
    }
}

fn stacked_panel(group: &IncidenceInput, options: &PlotOptions) -> Scene {
    let unit = options.unit.in_a_year();
    let edges = stacked_edges(group);
    let lines = group
        .causes
        .iter()
        .zip(&edges)
        .enumerate()
        .map(|(cause, (input, edges))| {
            Line {
                name: input.label.clone(),
                ink: options.style.palette.series(cause),
                dash: crate::ink::Dash::Solid,
                steps: Steps::new(
                    group.start * unit,
                    0.0,
                    group.followed.time.iter().map(|time| time * unit),
                    edges.iter().map(|(_, upper)| 100.0 * upper),
                    edges.iter().map(|(lower, upper)| Some((100.0 * lower, 100.0 * upper))),
                ),
                censored: Vec::new(),
                thin_from: thin_from(group, options),
                area: true,
                band: true,
            }
            .where_few(options)
        });
    // The title names the group, and panels whose names differ in length have the same axes.
    let row = TableRow {
        label: String::new(),
        key: None,
        followed: group.followed.clone(),
    };
    Panel {
        lettering: &titled(if group.end_label.is_empty() {
            &group.label
        } else {
            &group.end_label
        }),
        options,
        lines: lines.collect(),
        rows: vec![row],
        published: Vec::new(),

        table_is_key: false,
        note: "",
        names_at_edge: true,
    }
    .scene()
}

/// Lower and upper edge of each cause at each time: the causes before it, and these with it.
pub(crate) fn stacked_edges(group: &IncidenceInput) -> Vec<Vec<(f64, f64)>> {
    let mut below = vec![0.0; group.followed.time.len()];
    let mut edges = Vec::new();
    for cause in &group.causes {
        let of_cause = below.iter_mut().zip(&cause.incidence).map(|(below, share)| {
            let lower = *below;
            *below += share;
            (lower, *below)
        });
        edges.push(of_cause.collect());
    }
    edges
}
