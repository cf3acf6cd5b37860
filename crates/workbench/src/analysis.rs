//! The cohort as the settings see it: who is followed, in which group.

use cotside_core::cohort::{
    Cohort, Endpoint, EventKind, Labels, Placement, TimeSettings, TimeToEvent, TimeUnit, is_missing,
};
use cotside_core::protocols::protocol;
use cotside_core::survival::FollowUp;
use cotside_figures::curve::CurveFigure;
use cotside_figures::incidence::IncidenceFigure;
use cotside_figures::{DataTable, Scene, StandaloneOptions};
use cotside_words::en;
use cotside_words::html::{Html, element, text};

use crate::Loaded;
use crate::settings::{Grouping, Settings};

/// The cohort under some settings.
pub struct Analysis<'a> {
    /// The file.
    pub file: &'a Loaded,
    /// The settings.
    pub settings: &'a Settings,
    /// Its patients.
    pub cohort: Cohort,
    /// Time to the endpoint, in years, of all who can be followed.
    pub followed: TimeToEvent,
    /// Positions in `followed` of those who have a group.
    pub grouped: Vec<usize>,
    /// Their groups, as many as `grouped`; one name where nothing is compared.
    pub groups: Labels,
}

impl<'a> Analysis<'a> {
    /// Reads the cohort as the mapping says and follows it.
    pub fn new(file: &'a Loaded, settings: &'a Settings) -> Self {
        let cohort = file.mapping.read(&file.import);
        let times = TimeSettings {
            unit: TimeUnit::Years,
            as_in_file: settings.endpoint == Endpoint::AsInFile,
            ..TimeSettings::default()
        };
        let followed = TimeToEvent::of(&cohort, settings.endpoint, times);
        let named: Vec<(usize, String)> = (0..followed.time.len())
            .filter_map(|position| Some((position, group(file, settings, &cohort, &followed, position)?)))
            .collect();
        let names: Vec<&str> = named.iter().map(|(_, name)| name.as_str()).collect();
        Self {
            groups: Labels::of(&names),
            grouped: named.iter().map(|(position, _)| *position).collect(),
            file,
            settings,
            cohort,
            followed,
        }
    }

    /// Whether several groups are compared.
    pub fn compares(&self) -> bool {
        self.groups.len() > 1
    }

    /// Follow-up of those who have a group; any event counts as one.
    pub fn follow_up(&self) -> Option<FollowUp> {
        self.with_events(|event| u32::from(event != EventKind::None))
    }

    /// The same with a number a cause.
    pub fn with_causes(&self) -> Option<FollowUp> {
        self.with_events(|event| event.index() as u32)
    }

    fn with_events(&self, code: impl Fn(EventKind) -> u32) -> Option<FollowUp> {
        let time = self
            .grouped
            .iter()
            .map(|&position| self.followed.time[position])
            .collect();
        let event = self
            .grouped
            .iter()
            .map(|&position| code(self.followed.event[position]))
            .collect();
        FollowUp::new(time, event).ok()
    }

    /// The endpoint in words.
    pub fn endpoint(&self) -> &'static str {
        en::endpoint_name(self.settings.endpoint)
    }
}

/// The group of a patient; `None` where it is not known.
fn group(
    file: &Loaded,
    settings: &Settings,
    cohort: &Cohort,
    followed: &TimeToEvent,
    position: usize,
) -> Option<String> {
    match &settings.group {
        Grouping::None => Some("all".to_owned()),
        Grouping::Column(column) => {
            let text = file.import.sheet.cell(followed.row[position], *column).trim();
            (!is_missing(text)).then(|| text.to_owned())
        }
        Grouping::Protocol(id) => {
            let protocol = protocol(id)?;
            let patient = cohort.patients.get(followed.patient[position])?;
            match Placement::of(protocol, &patient.infant) {
                Placement::Group(group) => Some(protocol.groups.get(usize::from(group))?.name.to_owned()),
                Placement::Undetermined | Placement::NotApplicable => None,
            }
        }
    }
}

/// A figure with the numbers behind it.
pub struct Drawn {
    scene: Scene,
    data: DataTable,
}

impl From<CurveFigure> for Drawn {
    fn from(figure: CurveFigure) -> Self {
        Self {
            scene: figure.scene(),
            data: figure.data(),
        }
    }
}

impl From<IncidenceFigure> for Drawn {
    fn from(figure: IncidenceFigure) -> Self {
        Self {
            scene: figure.scene(),
            data: figure.data(),
        }
    }
}

/// A figure on the page, with its exports.
pub fn shown(name: &str, drawn: &Drawn) -> Html {
    let button = |kind: &str, label: &str| {
        element(
            "button",
            &[("type", "button"), ("data-export", &format!("{name}.{kind}"))],
            &[text(label)],
        )
    };
    element(
        "figure",
        &[("class", "drawn-figure"), ("data-figure", name)],
        &[
            Html::trusted(drawn.scene.to_svg()),
            element(
                "figcaption",
                &[("class", "tools")],
                &[
                    button("svg", "SVG"),
                    button("png", "PNG, 600 dpi"),
                    button("csv", "Data (CSV)"),
                ],
            ),
        ],
    )
}

/// The text of an export.
pub fn exported(drawn: &Drawn, kind: &str) -> Option<String> {
    match kind {
        "svg" => Some(drawn.scene.to_standalone_svg(StandaloneOptions::default())),
        "csv" => Some(drawn.data.to_csv()),
        _ => None,
    }
}
