//! The cohort as the settings see it: who is followed, in which group.

use cotside_core::cohort::{Endpoint, EventKind, Labels, Study, TimeSettings, TimeToEvent, TimeUnit};
use cotside_core::survival::FollowUp;
use cotside_figures::curve::CurveFigure;
use cotside_figures::incidence::IncidenceFigure;
use cotside_figures::{DataTable, Scene, export};
use cotside_words::en;
use cotside_words::html::{Html, figure};

use crate::settings::Settings;

/// The cohort under some settings.
pub struct Analysis<'a> {
    /// The patients.
    pub study: &'a Study,
    /// The settings.
    pub settings: &'a Settings,
    /// Time to the endpoint, in years, of all who can be followed.
    pub followed: TimeToEvent,
    /// Positions in `followed` of those who have a group.
    pub grouped: Vec<usize>,
    /// Their groups, as many as `grouped`; one name where nothing is compared.
    pub groups: Labels,
}

impl<'a> Analysis<'a> {
    /// Follows the patients as the settings say.
    pub fn new(study: &'a Study, settings: &'a Settings) -> Self {
        let times = TimeSettings {
            unit: TimeUnit::Years,
            as_in_file: settings.endpoint == Endpoint::AsInFile,
            ..TimeSettings::default()
        };
        let followed = study.follow(settings.endpoint, times);
        let (grouped, names): (Vec<usize>, Vec<&str>) = followed
            .patient
            .iter()
            .enumerate()
            .filter_map(|(position, &patient)| Some((position, group(study, settings, patient)?)))
            .unzip();
        Self {
            groups: Labels::of(&names),
            grouped,
            study,
            settings,
            followed,
        }
    }

    /// Position in the study of each patient who has a group.
    pub fn patients(&self) -> impl Iterator<Item = usize> {
        self.grouped
            .iter()
            .filter_map(|&position| self.followed.patient.get(position).copied())
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
fn group<'a>(study: &'a Study, settings: &Settings, patient: usize) -> Option<&'a str> {
    match settings.group.split_once(':') {
        None => Some("all"),
        Some(("protocol", id)) => study.protocol(id)?.group(patient),
        Some(_) => study.variable(&settings.group)?.values.level(patient),
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
    figure(name, drawn.scene.to_svg())
}

/// The text of an export.
pub fn exported(drawn: &Drawn, kind: &str) -> Option<String> {
    export(&drawn.scene, &drawn.data, kind)
}
