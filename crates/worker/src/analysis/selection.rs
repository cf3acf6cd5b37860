//! The cohort as the settings see it: who is followed, in which group.

use std::cell::{OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use cotside_core::cohort::{Endpoint, EventKind, Origin, Study, TimeToEvent};
use cotside_core::evidence::OverCurve;
use cotside_core::survival::cox::{Design, Estimate, Fitted, Model, TimeScale, fit};
use cotside_core::survival::{CumulativeIncidence, FollowUp, Labels, SurvivalCurve, kaplan_meier_by};
use cotside_figures::{PlotOptions, Style};
use cotside_words::{en, lang};

use crate::analysis::adjusted::AdjustedOrWhy;
use crate::analysis::cure::Cured;
use crate::analysis::discrimination::Found;
use crate::analysis::figure_options;
use crate::analysis::hazards::{Alone, Together};
use crate::analysis::predicted::PredictedOrWhy;
use crate::analysis::reach::{is_nobody, times_of};
use crate::analysis::subgroups::Subgroups;
use cotside_messages::{CureTimes, Settings};

/// Cox's regression on the groups alone.
pub struct GroupModel {
    /// One a group but the reference, in their order; `None` where there is no finite estimate.
    pub estimates: Vec<Option<Estimate>>,
    /// Of the test of proportional hazards, on the scale of 1 − Kaplan–Meier.
    pub p_proportional: Option<f64>,
}

/// Patients, times and groups under the settings that choose them; kept while others change.
pub struct Selection {
    /// Time to the endpoint, in years, of all who can be followed.
    pub followed: TimeToEvent,
    /// Followed patients outside the subset to which the analysis is restricted, or for whom that is not known.
    pub outside: usize,
    /// Those of them for whom it is not known.
    pub outside_unknown: usize,
    /// Followed patients within it whose level is left out by choice: the levels in their order, with their patients.
    pub left_out: Vec<(String, usize)>,
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
    /// The position of the group that is the denominator of every ratio, and from which differences are taken.
    pub reference: u32,
    /// Whether nobody can be followed to any endpoint.
    pub nobody: bool,
    /// The level of intervals.
    level: f64,
    follow_up: Option<FollowUp>,
    causes: OnceCell<Option<FollowUp>>,
    curves: OnceCell<Vec<SurvivalCurve>>,
    everybody: OnceCell<Option<(Vec<usize>, FollowUp)>>,
    group_model: OnceCell<Option<GroupModel>>,
    /// What was found of the protocols so far, in their order.
    pub discrimination: RefCell<Vec<Option<Found>>>,
    /// Cumulative incidences of the groups.
    pub incidences: OnceCell<Option<Vec<CumulativeIncidence>>>,
    /// Models of each variable alone.
    pub alone: OnceCell<Alone>,
    /// The comparison within subgroups.
    pub subgroups: OnceCell<Option<Subgroups>>,
    /// Adjusted curves that were asked for last, with what they were made from.
    pub adjusted: RefCell<Option<(String, AdjustedOrWhy)>>,
    /// Predictions that were asked for last, with what they were made from.
    pub predicted: RefCell<Option<(String, PredictedOrWhy)>>,
    /// Mixture cure models, with the setting they were made for.
    pub cured: RefCell<Option<(CureTimes, Rc<Cured>)>>,
    /// The model of several variables that was asked for last, with what it was made from.
    pub together: RefCell<Option<(String, Option<Rc<Together>>)>>,
}

impl Selection {
    /// Follows the patients as the settings say.
    pub fn new(study: &Study, settings: &Settings) -> Self {
        let followed = study.follow(settings.endpoint, times_of(settings));
        let Chosen {
            inside,
            outside_unknown,
            grouped,
            left_out,
            groups,
            is_ordered,
            reference,
        } = Chosen::of(study, settings, &followed.patient);
        let mut selection = Self {
            outside: followed.patient.len() - inside.len(),
            outside_unknown,
            without_group: inside.len() - grouped.len() - left_out.iter().map(|(_, count)| count).sum::<usize>(),
            left_out,
            groups,
            is_ordered,
            reference,
            nobody: followed.patient.is_empty() && is_nobody(study, settings.induction_failure.at()),
            inside,
            grouped,
            followed,
            level: settings.curve_options.fraction(),
            follow_up: None,
            causes: OnceCell::new(),
            curves: OnceCell::new(),
            everybody: OnceCell::new(),
            group_model: OnceCell::new(),
            discrimination: RefCell::new(Vec::new()),
            incidences: OnceCell::new(),
            alone: OnceCell::new(),
            subgroups: OnceCell::new(),
            together: RefCell::new(None),
            adjusted: RefCell::new(None),
            predicted: RefCell::new(None),
            cured: RefCell::new(None),
        };
        selection.follow_up = selection.with_events(|event| u32::from(event != EventKind::None));
        selection
    }

    /// The models of Cox's regression are to be made again.
    pub fn forget_models(&mut self) {
        self.alone = OnceCell::new();
        self.together = RefCell::new(None);
        self.adjusted = RefCell::new(None);
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

    /// The groups with the reference first, as models take them.
    pub fn against_reference(&self) -> Labels {
        self.groups.with_reference(self.reference)
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

    /// Cox's regression on the groups alone; `None` where nothing is compared or nobody has an event.
    pub fn group_model(&self) -> Option<&GroupModel> {
        let make = || {
            let follow_up = self.follow_up().filter(|_| self.compares())?;
            let design = Design::new().factor("group", &self.against_reference()).ok()?;
            let model = Model {
                conf_level: self.level,
                ..Model::new(follow_up, &design)
            };
            let found = fit(&model).ok()?;
            let fitted = Fitted::new(&model, &found).ok();
            let test = fitted.and_then(|fitted| fitted.proportionality(TimeScale::KaplanMeier).ok());
            Some(GroupModel {
                p_proportional: test.and_then(|test| test.global.p),
                estimates: found.estimates,
            })
        };
        self.group_model.get_or_init(make).as_ref()
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
    /// Those within the subset to which the analysis is restricted.
    pub inside: Vec<usize>,
    /// How many of the others may be within it, a value being not known.
    pub outside_unknown: usize,
    /// Those within it whose group is known and compared.
    pub grouped: Vec<usize>,
    /// The levels that are left out by choice, with their patients.
    pub left_out: Vec<(String, usize)>,
    /// Their groups; one name where nothing is compared.
    pub groups: Labels,
    /// Whether the order of the groups means something.
    pub is_ordered: bool,
    /// The position of the reference among the groups.
    pub reference: u32,
}

impl Chosen {
    /// Chooses among patients, which are positions in the study.
    pub fn of(study: &Study, settings: &Settings, patients: &[usize]) -> Self {
        let meets = study.meets(&settings.only, &settings.levels);
        let meets = |position: usize| meets.get(patients[position]).copied().flatten();
        let inside: Vec<usize> = (0..patients.len())
            .filter(|&position| meets(position) == Some(true))
            .collect();
        let outside_unknown = (0..patients.len())
            .filter(|&position| meets(position).is_none())
            .count();
        let factor = study.factor(&settings.group, &settings.levels);
        let (grouped, groups) = match &factor {
            None => (inside.clone(), Labels::single(inside.len(), "all")),
            Some(factor) => {
                let patients: Vec<usize> = inside.iter().map(|&position| patients[position]).collect();
                let (known, groups) = factor.labels(&patients);
                (known.into_iter().map(|place| inside[place]).collect(), groups)
            }
        };
        let factor = factor.unwrap_or_default();
        let in_level = |code: u32| {
            let of_level =
                |position: &&usize| factor.left_out.get(patients[**position]).copied().flatten() == Some(code);
            inside.iter().filter(of_level).count()
        };
        let left_out = (0_u32..).zip(&factor.names_left_out);
        let left_out = left_out.map(|(code, name)| (name.clone(), in_level(code)));
        Self {
            outside_unknown,
            grouped,
            left_out: left_out.filter(|(_, count)| *count > 0).collect(),
            reference: factor.reference_in(&groups),
            groups,
            is_ordered: factor.is_ordered,
            inside,
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
    /// The endpoint in words, on the page.
    pub fn endpoint(&self) -> &'static str {
        lang::origin::endpoint(self.settings.origin, self.settings.endpoint)
    }

    /// The endpoint in words, in print: in figures, their captions, the methods.
    pub fn printed_endpoint(&self) -> &'static str {
        en::origin::endpoint(self.settings.origin, self.settings.endpoint)
    }

    /// Whether times are those of the file, whose origin is the file's own.
    pub fn is_timed_by_file(&self) -> bool {
        let endpoint = self.settings.endpoint;
        endpoint == Endpoint::AsInFile || self.study.is_timed_by_file(endpoint, times_of(self.settings))
    }

    /// What the endpoint counts, and from when, on the page.
    pub fn definition(&self) -> &'static str {
        lang::origin::definition(self.settings.origin, self.counted())
    }

    /// The same in print.
    pub fn printed_definition(&self) -> &'static str {
        en::origin::definition(self.settings.origin, self.counted())
    }

    /// The endpoint that is counted: that of the file where times are its own.
    pub fn counted(&self) -> Endpoint {
        if self.is_timed_by_file() {
            Endpoint::AsInFile
        } else {
            self.settings.endpoint
        }
    }

    /// What stands behind the caption of a figure over time: from when it is counted.
    pub fn origin_in_caption(&self) -> String {
        self.origin().map(en::origin::caption).unwrap_or_default()
    }

    /// From when time is counted, for the time axis; nothing where the file does not say.
    pub fn origin(&self) -> Option<Origin> {
        (!self.is_timed_by_file()).then_some(self.settings.origin)
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

    /// How curves of `what` are drawn, those of the groups in their order.
    pub fn plot(&self, what: &str) -> PlotOptions {
        PlotOptions {
            colours: self.colours(&self.groups.names),
            ..figure_options::plot(&self.settings.figure, what, self.style(), self.origin())
        }
    }

    /// The colours of these groups, as places in the palette: a group has the same in every figure.
    pub fn colours(&self, groups: &[String]) -> Vec<usize> {
        let names = &self.groups.names;
        let colours = self.settings.figure.group_colours.of(&self.settings.group, names);
        let colour = |name: &String| {
            let place = names.iter().position(|each| each == name);
            place.and_then(|place| colours.get(place)).copied()
        };
        let of_place = |(place, name): (usize, &String)| colour(name).unwrap_or(place);
        groups.iter().enumerate().map(of_place).collect()
    }
}
