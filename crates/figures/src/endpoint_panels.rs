//! Several endpoints of the same patients in panels: survival curves, and the incidence of a cause.

use crate::curve::CurveFigure;
use crate::data::DataTable;
use crate::frame::Lettering;
use crate::grid::{columns, grid_with_legend, panel_style};
use crate::incidence::IncidenceFigure;
use crate::labels::Key;
use crate::panel::PlotOptions;
use crate::scene::Scene;
use crate::table::TableForm;

/// What a panel shows.
#[derive(Debug, Clone, PartialEq)]
pub enum PanelContent {
    /// Survival curves; of their options those of the whole figure are used.
    Survival(CurveFigure),
    /// The incidence of one cause in each group: the only cause of the figure.
    Incidence(IncidenceFigure),
}

/// One of the panels.
#[derive(Debug, Clone, PartialEq)]
pub struct EndpointPanel {
    /// The endpoint, over the panel.
    pub title: String,
    /// Label of its axis of values; it names per cent.
    pub value_label: String,
    /// The test between the groups; may be empty.
    pub note: String,
    /// What it shows.
    pub content: PanelContent,
}

/// Endpoints in panels, with letters from A and one time axis.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EndpointPanels {
    /// Title, description, caption of the whole.
    pub lettering: Lettering,
    /// The panels, two in a row where there is room.
    pub panels: Vec<EndpointPanel>,
    /// Names of the groups in full; none where nothing is compared.
    pub groups: Vec<String>,
    /// How all are drawn.
    pub options: PlotOptions,
}

impl EndpointPanels {
    /// Draws the figure.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let columns = columns(&self.options.style, self.panels.len());
        let options = PlotOptions {
            style: panel_style(&self.options.style, columns),
            table: match self.options.table {
                TableForm::None => TableForm::None,
                _ => TableForm::AtRisk,
            },
            direct_labels: false,
            annotation: Vec::new(),
            ratio: None,
            ..self.options.clone()
        };
        let letters = 'A'..='Z';
        let panels = self.panels.iter().zip(letters);
        let panels = panels.map(|(panel, letter)| panel.scene(&options, letter)).collect();
        let key = |place: usize| Key::Line(self.options.ink(place), self.options.dash(place));
        let names: Vec<(Key, &str)> = self
            .groups
            .iter()
            .enumerate()
            .map(|(place, name)| (key(place), name.as_str()))
            .collect();
        grid_with_legend(self.options.style, &self.lettering, &names, panels, columns)
    }

    /// Returns the data of the figure: those of its panels, with the panel before them.
    #[must_use]
    pub fn data(&self) -> DataTable {
        let mut table = DataTable::new(&[
            "panel",
            "group",
            "time_years",
            "at_risk",
            "events",
            "censored",
            "estimate",
            "lower",
            "upper",
        ]);
        for panel in &self.panels {
            let (data, kept): (DataTable, [&str; 8]) = match &panel.content {
                PanelContent::Survival(figure) => (figure.data(), SURVIVAL),
                PanelContent::Incidence(figure) => (figure.data(), INCIDENCE),
            };
            let places = kept.map(|name| data.head.iter().position(|head| head == name));
            for row in &data.rows {
                let cell = |place: &Option<usize>| place.and_then(|place| row.get(place)).cloned().unwrap_or_default();
                table.rows.push(
                    std::iter::once(panel.title.clone())
                        .chain(places.iter().map(cell))
                        .collect(),
                );
            }
        }
        table
    }
}

/// The columns of the data of curves, and of incidence, in the order of those of panels.
const SURVIVAL: [&str; 8] = [
    "group",
    "time_years",
    "at_risk",
    "events",
    "censored",
    "survival",
    "lower",
    "upper",
];
const INCIDENCE: [&str; 8] = [
    "group",
    "time_years",
    "at_risk",
    "events_any_cause",
    "censored",
    "incidence",
    "lower",
    "upper",
];

impl EndpointPanel {
    fn scene(&self, options: &PlotOptions, letter: char) -> Scene {
        let mut options = PlotOptions {
            value_label: self.value_label.clone(),
            ..options.clone()
        };
        options.style.panel = Some(letter);
        let lettering = Lettering {
            title: self.title.clone(),
            ..Lettering::default()
        };
        // Without a table only the legend over all panels names the curves.
        let is_named_above = options.table == TableForm::None;
        match &self.content {
            PanelContent::Survival(figure) => {
                let mut figure = CurveFigure {
                    lettering,
                    ..figure.clone()
                };
                if is_named_above {
                    figure.curves.iter_mut().for_each(|curve| curve.label.clear());
                }
                figure.panel(&options, &self.note, true)
            }
            PanelContent::Incidence(figure) => {
                let mut figure = IncidenceFigure {
                    notes: vec![self.note.clone()],
                    ..figure.clone()
                };
                for cause in figure.groups.iter_mut().flat_map(|group| &mut group.causes) {
                    cause.label.clone_from(&self.title);
                }
                if is_named_above {
                    figure.groups.iter_mut().for_each(|group| group.label.clear());
                }
                // Nothing is censored on a curve that others compete with.
                options.censor_ticks = false;
                figure.cause_panel(0, &options)
            }
        }
    }
}
