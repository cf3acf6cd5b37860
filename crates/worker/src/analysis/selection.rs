//! The cohort as the settings see it: who is followed, in which group.

use std::cell::{OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use cotside_core::cohort::{EventKind, Study, TimeToEvent};
use cotside_core::evidence::OverCurve;
use cotside_core::survival::{CumulativeIncidence, FollowUp, Labels, SurvivalCurve, kaplan_meier_by};
use cotside_figures::{PlotOptions, Style};
use cotside_words::en;

use crate::analysis::discrimination::Found;
use crate::analysis::figure_options;
use crate::analysis::hazards::{Alone, Together};
use crate::analysis::reach::{is_nobody, times};
use crate::analysis::subgroups::Subgroups;
use cotside_messages::Settings;

/// Patients, times and groups under the settings that choose them; kept while others change.
pub struct Selection {
    /// Time to the endpoint, in years, of all who can be followed.
    pub followed: TimeToEvent,
    /// Followed patients outside the level to which the analysis is restricted, or for whom it is not known.
    pub outside: usize,
    /// Followed patients within it whose group is not known.
    pub without_group: usize,
    /// Positions in `followed` of those within it.
    pub inside: Vec<usize>,
    /// Positions in `followed` of those in the analysis: within it, and in a group that is known.
    pub grouped: Vec<usize>,
    /// Their groups, as many as `grouped`; one name where nothing is compared.
    pub groups: Labels,
    /// Whether the order of the groups means something.
    pub is_ordered: bool,
    /// Whether nobody can be followed to any endpoint.
    pub nobody: bool,
    follow_up: Option<FollowUp>,
    causes: OnceCell<Option<FollowUp>>,
    curves: OnceCell<Vec<SurvivalCurve>>,
    everybody: OnceCell<Option<(Vec<usize>, FollowUp)>>,
    /// What was found of the protocols so far, in their order.
    pub discrimination: RefCell<Vec<Option<Found>>>,
    /// Cumulative incidences of the groups.
    pub incidences: OnceCell<Option<Vec<CumulativeIncidence>>>,
    /// Models of each variable alone.
    pub alone: OnceCell<Alone>,
    /// The comparison within subgroups.
    pub subgroups: OnceCell<Option<Subgroups>>,
    /// The model of several variables that was asked for last, with what it was made from.
    pub together: RefCell<Option<(String, Option<Rc<Together>>)>>,
}

impl Selection {
    /// Follows the patients as the settings say.
    pub fn new(study: &Study, settings: &Settings) -> Self {
        let followed = study.follow(settings.endpoint, times(settings.induction_failure.at()));
        let Chosen {
            inside,
            grouped,
            groups,
            is_ordered,
        } = Chosen::of(study, settings, &followed.patient);
        let mut selection = Self {
            outside: followed.patient.len() - inside.len(),
            without_group: inside.len() - grouped.len(),
            groups,
            is_ordered,
            nobody: followed.patient.is_empty() && is_nobody(study, settings.induction_failure.at()),
            inside,
            grouped,
            followed,
            follow_up: None,
            causes: OnceCell::new(),
            curves: OnceCell::new(),
            everybody: OnceCell::new(),
            discrimination: RefCell::new(Vec::new()),
            incidences: OnceCell::new(),
            alone: OnceCell::new(),
            subgroups: OnceCell::new(),
            together: RefCell::new(None),
        };
        selection.follow_up = selection.with_events(|event| u32::from(event != EventKind::None));
        selection
    }

    /// The models of Cox's regression are to be made again.
    pub fn forget_models(&mut self) {
        self.alone = OnceCell::new();
        self.together = RefCell::new(None);
    }

    /// Positions in the study of those in the analysis.
    pub fn patients(&self) -> Vec<usize> {
        let patient = |&position: &usize| self.followed.patient.get(position).copied();
        self.grouped.iter().filter_map(patient).collect()
    }

    /// Whether several groups are compared.
    pub fn compares(&self) -> bool {
        self.groups.len() > 1
    }

    /// Follow-up of those in the analysis; any event counts as one.
    pub fn follow_up(&self) -> Option<&FollowUp> {
        self.follow_up.as_ref()
    }

    /// The same with a number a cause.
    pub fn with_causes(&self) -> Option<&FollowUp> {
        let causes = || self.with_events(|event| event.index() as u32);
        self.causes.get_or_init(causes).as_ref()
    }

    /// Kaplan–Meier curves of the groups.
    pub fn curves(&self) -> &[SurvivalCurve] {
        self.curves.get_or_init(|| {
            let curves = self.follow_up().map(|all| kaplan_meier_by(all, &self.groups));
            curves.and_then(Result::ok).unwrap_or_default()
        })
    }

    /// Events among those in the analysis.
    pub fn events(&self) -> usize {
        let events = self.follow_up().map_or(&[][..], FollowUp::event);
        events.iter().filter(|&&event| event != 0).count()
    }

    /// All within the restriction, whether their group is known or not: positions in the study, and follow-up.
    pub fn everybody(&self) -> Option<&(Vec<usize>, FollowUp)> {
        self.everybody.get_or_init(|| self.all_inside()).as_ref()
    }

    fn all_inside(&self) -> Option<(Vec<usize>, FollowUp)> {
        let patients = self.inside.iter().map(|&position| self.followed.patient[position]);
        let follow_up = self.followed_at(&self.inside, |event| u32::from(event != EventKind::None))?;
        Some((patients.collect(), follow_up))
    }

    fn with_events(&self, code: impl Fn(EventKind) -> u32) -> Option<FollowUp> {
        self.followed_at(&self.grouped, code)
    }

    fn followed_at(&self, positions: &[usize], code: impl Fn(EventKind) -> u32) -> Option<FollowUp> {
        let positions = positions.iter();
        let time = positions
            .clone()
            .map(|&position| self.followed.time[position])
            .collect();
        let event = positions.map(|&position| code(self.followed.event[position])).collect();
        FollowUp::new(time, event).ok()
    }
}

/// Which of some patients are in the analysis, and in which group; all are positions among the patients that were asked for.
pub struct Chosen {
    /// Those within the level to which the analysis is restricted.
    pub inside: Vec<usize>,
    /// Those of them whose group is known.
    pub grouped: Vec<usize>,
    /// Their groups; one name where nothing is compared.
    pub groups: Labels,
    /// Whether the order of the groups means something.
    pub is_ordered: bool,
}

impl Chosen {
    /// Chooses among patients, which are positions in the study.
    pub fn of(study: &Study, settings: &Settings, patients: &[usize]) -> Self {
        let restriction = settings.only.split_once('=').and_then(|(id, level)| {
            let factor = study.factor(id)?;
            let wanted = factor.names.iter().position(|name| name == level)?;
            Some((factor, wanted as u32))
        });
        let is_inside = |patient: usize| {
            let inside = restriction
                .as_ref()
                .map(|(factor, wanted)| factor.code(patient) == Some(*wanted));
            inside.unwrap_or(true)
        };
        let inside: Vec<usize> = (0..patients.len())
            .filter(|&position| is_inside(patients[position]))
            .collect();
        let factor = study.factor(&settings.group);
        let (grouped, groups) = match &factor {
            None => (inside.clone(), Labels::single(inside.len(), "all")),
            Some(factor) => {
                let patients: Vec<usize> = inside.iter().map(|&position| patients[position]).collect();
                let (known, groups) = factor.labels(&patients);
                (known.into_iter().map(|place| inside[place]).collect(), groups)
            }
        };
        Self {
            inside,
            grouped,
            groups,
            is_ordered: factor.is_some_and(|factor| factor.is_ordered),
        }
    }
}

/// A selection with the study and the settings that it was made from.
#[derive(Clone, Copy)]
pub struct Analysis<'a> {
    /// The patients.
    pub study: &'a Study,
    /// The settings.
    pub settings: &'a Settings,
    /// Published estimates that can be set over a curve.
    pub published: &'a [OverCurve],
    /// Who is followed.
    pub selection: &'a Selection,
}

impl Deref for Analysis<'_> {
    type Target = Selection;

    fn deref(&self) -> &Selection {
        self.selection
    }
}

impl Analysis<'_> {
    /// The endpoint in words.
    pub fn endpoint(&self) -> &'static str {
        en::endpoint_name(self.settings.endpoint)
    }

    /// Size, letters and colours of its figures.
    pub fn style(&self) -> Style {
        figure_options::style(&self.settings.figure, self.study.nature)
    }

    /// The same for figures with columns of numbers, which do not fit beside their labels in a narrow one: as wide as two
    /// columns of a page, unless one column is asked for.
    pub fn wide(&self) -> Style {
        let style = self.style();
        Style {
            width_mm: if style.width_mm < 100.0 { style.width_mm } else { 183.0 },
            ..style
        }
    }

    /// How curves of `what` are drawn.
    pub fn plot(&self, what: &str) -> PlotOptions {
        figure_options::plot(&self.settings.figure, what, self.style())
    }
}
