//! What is asked of a cohort: which patients are followed to what, how they are compared, how figures look.
//!
//! In a project file each setting has a name and a value as text; [`Settings::read`] and [`Settings::named`] are that form.

use std::collections::BTreeSet;

use cotside_core::cohort::{Endpoint, FailureAt, Filter, Grouping, Groupings, Origin};
use cotside_core::evidence::{OWN_PREFIX, OwnEstimate};
use cotside_core::survival::RankWeight;
use serde::{Deserialize, Serialize};

use crate::{
    CureDistribution, CureTimes, CurveOptions, GroupAs, GroupColours, IncidenceLayout, ModelOptions, Profiles,
    RiskOptions,
};

/// A list of values with codes, the first of which is the default.
macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $value:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($(#[$what])* #[serde(rename = $code)] $value,)+ }

        impl $name {
            /// All, in the order of a list.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The code in files and controls.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$value => $code,)+ }
            }

            /// The value of a code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|each| each.code() == code)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }
    };
}

choice! {
    /// When induction failure counts as an event.
    InductionFailure {
        /// At time 0.
        AtTimeZero = "zero",
        /// On its date.
        OnItsDate = "date",
    }
}

choice! {
    /// The rank test between groups.
    GroupTest {
        /// Mantel's.
        LogRank = "log-rank",
        /// Gehan and Breslow's.
        Gehan = "gehan",
        /// Tarone and Ware's.
        TaroneWare = "tarone-ware",
        /// Peto and Peto's.
        Peto = "peto",
        /// Fleming and Harrington's with ρ = 1, γ = 0.
        FlemingHarrington10 = "fh-1-0",
        /// Fleming and Harrington's with ρ = 0, γ = 1.
        FlemingHarrington01 = "fh-0-1",
    }
}

choice! {
    /// What a figure is made for: options that go together.
    Preset {
        /// A journal: solid lines, no band, names at the curves, hazard ratio and P in the panel, numbers at risk.
        Journal = "journal",
        /// As KMunicate proposes: bands, and a table of three rows.
        Kmunicate = "kmunicate",
        /// A slide: 16:9, large letters, thick lines, few ticks.
        Slide = "slide",
        /// A journal that prints grey: as for a journal, in greys and dashes.
        Grey = "grey",
    }
}

choice! {
    /// Where a time axis ends that is not told.
    TimeEnd {
        /// At the last tick at which enough of the largest group are at risk.
        Mature = "mature",
        /// At the last observation.
        All = "all",
    }
}

choice! {
    /// Width of curves.
    CurveWeight {
        /// As journals print them.
        Usual = "usual",
        /// To be seen from afar.
        Thick = "thick",
    }
}

choice! {
    /// Shape of a figure over time.
    Shape {
        /// As high as its parts need.
        Free = "free",
        /// That of a slide.
        Slide = "16:9",
    }
}

choice! {
    /// Width of a figure.
    Width {
        /// 120 mm.
        Middle = "120",
        /// 89 mm, one column of a journal.
        OneColumn = "89",
        /// 183 mm, two columns.
        TwoColumns = "183",
        /// 254 mm, a slide.
        Slide = "254",
    }
}

choice! {
    /// Size of letters in a figure.
    FontSize {
        /// 7 pt.
        Seven = "7",
        /// 5 pt.
        Five = "5",
        /// 6 pt.
        Six = "6",
        /// 8 pt.
        Eight = "8",
        /// 9 pt.
        Nine = "9",
        /// 18 pt, for slides.
        Eighteen = "18",
    }
}

choice! {
    /// What stands under the time axis of curves.
    RiskTable {
        /// At risk, censored and events, as KMunicate proposes.
        Kmunicate = "kmunicate",
        /// At risk.
        AtRisk = "at-risk",
        /// At risk, with events in brackets.
        Events = "events",
        /// Nothing.
        None = "none",
    }
}

choice! {
    /// Which way curves run.
    Direction {
        /// Down from 1.
        Survival = "survival",
        /// Up from 0.
        Incidence = "incidence",
        /// The cumulative hazard, up from 0.
        CumulativeHazard = "hazard",
    }
}

choice! {
    /// How values are written.
    ValueScale {
        /// Per cent.
        Percent = "percent",
        /// 0 to 1.
        Fraction = "fraction",
    }
}

choice! {
    /// Unit of time axes.
    TimeAxisUnit {
        /// Years.
        Years = "years",
        /// Months.
        Months = "months",
    }
}

choice! {
    /// How groups are told apart.
    LineStyle {
        /// Colours and dashes.
        Both = "both",
        /// Colours.
        Colour = "colour",
        /// Greys and dashes.
        Grey = "grey",
    }
}

choice! {
    /// The colours of groups; all are distinct with any colour vision.
    Colours {
        /// Blue, vermillion and others.
        Blue = "blue",
        /// Purple, orange and others.
        Purple = "purple",
    }
}

choice! {
    /// Where curves are named.
    CurveNames {
        /// At their ends.
        Ends = "ends",
        /// In a legend.
        Legend = "legend",
    }
}

choice! {
    /// When few are at risk.
    LowNumber {
        /// Fewer than 5 or a tenth of those at the beginning.
        FiveOrTenth = "tenth",
        /// Fewer than 10.
        Ten = "10",
        /// Fewer than 20.
        Twenty = "20",
    }
}

choice! {
    /// How a curve is drawn where few are at risk.
    LowNumberCurve {
        /// Thin.
        Thin = "thin",
        /// It ends.
        Ends = "end",
        /// Like elsewhere.
        Unchanged = "on",
    }
}

/// What is asked of a cohort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// From when time is counted.
    #[serde(with = "crate::origin::code")]
    pub origin: Origin,
    /// What is timed.
    #[serde(with = "endpoint_code")]
    pub endpoint: Endpoint,
    /// By what patients are compared: the id of a variable, `protocol:` and the id of one, or nothing.
    pub group: String,
    /// To which patients the analysis is restricted.
    pub only: Filter,
    /// How the values of variables and the groups of protocols are grouped, by their ids.
    #[serde(with = "crate::levels::as_pairs")]
    pub levels: Groupings,
    /// When induction failure counts.
    pub induction_failure: InductionFailure,
    /// Ids of the variables that are together in Cox's regression.
    pub model: BTreeSet<String>,
    /// How the models of Cox's regression are built.
    #[serde(default)]
    pub model_options: ModelOptions,
    /// The values for which the adjusted models predict.
    #[serde(default)]
    pub predictions: Profiles,
    /// Ids of published estimates over the curve.
    pub published: BTreeSet<String>,
    /// The reader's own estimates, which can be set over the curve with them. They are in no project file.
    #[serde(default)]
    pub own_estimates: Vec<OwnEstimate>,
    /// Whether Firth's penalty is used where the plain likelihood has no finite maximum.
    pub firth: bool,
    /// The term whose residuals are drawn; empty for the first.
    pub residuals: String,
    /// Ids of the two protocols that are set side by side.
    pub reclassified: [String; 2],
    /// The rank test between groups.
    pub test: GroupTest,
    /// Years to which mean times are restricted; `None` leaves it to the data.
    pub tau: Option<f64>,
    /// Years at which survival is estimated.
    pub at: Vec<f64>,
    /// What is asked of curves, and the intervals of all results.
    #[serde(default)]
    pub curve_options: CurveOptions,
    /// Years, for the landmark analysis of transplants.
    pub landmark: f64,
    /// How cumulative incidence is laid out.
    pub incidence: IncidenceLayout,
    /// How the groups of adjusted curves enter the model.
    #[serde(default)]
    pub group_as: GroupAs,
    /// The distribution of times in the mixture cure model.
    #[serde(default)]
    pub cure_distribution: CureDistribution,
    /// Whether its groups differ in these times.
    #[serde(default)]
    pub cure_times: CureTimes,
    /// What is asked of competing risks and of parametric models.
    #[serde(default)]
    pub risks: RiskOptions,
    /// How figures look.
    pub figure: FigureOptions,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            origin: Origin::Diagnosis,
            endpoint: Endpoint::EventFreeSurvival,
            group: String::new(),
            only: Filter::default(),
            levels: Groupings::new(),
            induction_failure: InductionFailure::default(),
            model: BTreeSet::new(),
            model_options: ModelOptions::default(),
            predictions: Profiles::default(),
            published: BTreeSet::new(),
            own_estimates: Vec::new(),
            firth: false,
            residuals: String::new(),
            reclassified: ["interfant-06", "mll-10"].map(str::to_owned),
            test: GroupTest::default(),
            tau: None,
            at: vec![1.0, 3.0, 5.0],
            curve_options: CurveOptions::default(),
            landmark: 0.5,
            incidence: IncidenceLayout::default(),
            group_as: GroupAs::default(),
            cure_distribution: CureDistribution::default(),
            cure_times: CureTimes::default(),
            risks: RiskOptions::default(),
            figure: FigureOptions::default(),
        }
    }
}

/// How figures look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureOptions {
    /// What figures are made for; each option can be changed after it.
    #[serde(default)]
    pub preset: Preset,
    /// Width.
    pub width: Width,
    /// Size of letters.
    pub font_size: FontSize,
    /// Whether the title is in the drawing.
    pub title: bool,
    /// Whether the caption is in the drawing.
    pub caption: bool,
    /// The letter of the panel.
    pub panel: Option<char>,
    /// What stands under the time axis.
    pub table: RiskTable,
    /// Which way curves run.
    pub direction: Direction,
    /// How values are written.
    pub scale: ValueScale,
    /// Unit of the time axis, and of the three values below.
    pub unit: TimeAxisUnit,
    /// Where the time axis begins; `None` leaves it to the drawing, as for all ends and steps.
    pub time_from: Option<f64>,
    /// Where it ends.
    pub time_to: Option<f64>,
    /// Where it ends otherwise.
    #[serde(default)]
    pub time_end: TimeEnd,
    /// Its interval.
    pub time_step: Option<f64>,
    /// Where the axis of values begins, in per cent.
    pub value_from: Option<f64>,
    /// Where it ends, in per cent.
    pub value_to: Option<f64>,
    /// Its interval, in per cent.
    pub value_step: Option<f64>,
    /// How groups are told apart.
    pub lines: LineStyle,
    /// Which colours, where they are colours.
    #[serde(default)]
    pub colours: Colours,
    /// Which of them each group has.
    #[serde(default)]
    pub group_colours: GroupColours,
    /// Where curves are named.
    pub names: CurveNames,
    /// Whether intervals are drawn as bands.
    pub bands: bool,
    /// Whether the hazard ratio and P stand in the panel.
    #[serde(default)]
    pub annotation: bool,
    /// Width of curves.
    #[serde(default)]
    pub weight: CurveWeight,
    /// Shape of figures over time.
    #[serde(default)]
    pub shape: Shape,
    /// Whether the censored are marked.
    pub censoring_marks: bool,
    /// When few are at risk.
    pub low_number: LowNumber,
    /// How the curve is drawn there.
    pub low_number_curve: LowNumberCurve,
}

impl Default for FigureOptions {
    fn default() -> Self {
        let mut options = Self {
            preset: Preset::default(),
            width: Width::default(),
            font_size: FontSize::default(),
            title: false,
            caption: false,
            panel: None,
            table: RiskTable::default(),
            direction: Direction::default(),
            scale: ValueScale::default(),
            unit: TimeAxisUnit::default(),
            time_from: None,
            time_to: None,
            time_end: TimeEnd::default(),
            time_step: None,
            value_from: None,
            value_to: None,
            value_step: None,
            lines: LineStyle::default(),
            colours: Colours::default(),
            group_colours: GroupColours::default(),
            names: CurveNames::default(),
            bands: false,
            annotation: true,
            weight: CurveWeight::default(),
            shape: Shape::default(),
            censoring_marks: true,
            low_number: LowNumber::default(),
            low_number_curve: LowNumberCurve::default(),
        };
        options.prepare(Preset::default());
        options
    }
}

impl FigureOptions {
    /// Sets the options that go with a preset; the others stay.
    pub fn prepare(&mut self, preset: Preset) {
        let is_slide = preset == Preset::Slide;
        let is_kmunicate = preset == Preset::Kmunicate;
        self.preset = preset;
        self.width = if is_slide { Width::Slide } else { Width::Middle };
        self.font_size = if is_slide { FontSize::Eighteen } else { FontSize::Seven };
        self.table = match preset {
            Preset::Kmunicate => RiskTable::Kmunicate,
            // A slide has no room for it beside letters that are read from afar; the names have the numbers.
            Preset::Slide => RiskTable::None,
            Preset::Journal | Preset::Grey => RiskTable::AtRisk,
        };
        self.lines = if preset == Preset::Grey {
            LineStyle::Grey
        } else {
            LineStyle::Colour
        };
        self.names = CurveNames::Ends;
        self.bands = is_kmunicate;
        self.annotation = !is_kmunicate;
        self.weight = if is_slide {
            CurveWeight::Thick
        } else {
            CurveWeight::Usual
        };
        self.shape = if is_slide { Shape::Slide } else { Shape::Free };
    }

    /// The options at the beginning under a preset.
    fn of(preset: Preset) -> Self {
        let mut options = Self::default();
        options.prepare(preset);
        options
    }
}

impl GroupTest {
    /// The weights of the test.
    #[must_use]
    pub fn weight(self) -> RankWeight {
        match self {
            Self::LogRank => RankWeight::LogRank,
            Self::Gehan => RankWeight::Gehan,
            Self::TaroneWare => RankWeight::TaroneWare,
            Self::Peto => RankWeight::Peto,
            Self::FlemingHarrington10 => RankWeight::FlemingHarrington { rho: 1.0, gamma: 0.0 },
            Self::FlemingHarrington01 => RankWeight::FlemingHarrington { rho: 0.0, gamma: 1.0 },
        }
    }
}

impl Width {
    /// Millimetres.
    #[must_use]
    pub fn mm(self) -> f64 {
        match self {
            Self::Middle => 120.0,
            Self::OneColumn => 89.0,
            Self::TwoColumns => 183.0,
            Self::Slide => 254.0,
        }
    }
}

impl FontSize {
    /// Points.
    #[must_use]
    pub fn points(self) -> f64 {
        match self {
            Self::Five => 5.0,
            Self::Six => 6.0,
            Self::Seven => 7.0,
            Self::Eight => 8.0,
            Self::Nine => 9.0,
            Self::Eighteen => 18.0,
        }
    }
}

impl InductionFailure {
    /// The same for the engine.
    #[must_use]
    pub fn at(self) -> FailureAt {
        match self {
            Self::AtTimeZero => FailureAt::TimeZero,
            Self::OnItsDate => FailureAt::ItsDate,
        }
    }
}

/// A number that is 0 or more; a decimal comma is accepted.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let value: f64 = text.trim().replace(',', ".").parse().ok()?;
    (value.is_finite() && value >= 0.0).then_some(value)
}

/// Years at which survival is estimated, at most eight: `1, 3, 5`.
#[must_use]
pub fn years(text: &str) -> Vec<f64> {
    text.split([',', ';', ' ']).filter_map(number).take(8).collect()
}

/// Takes a value where it is understood.
fn take<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn truth(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// A number, or nothing where the text is empty.
fn optional(value: &str) -> Option<Option<f64>> {
    if value.trim().is_empty() {
        Some(None)
    } else {
        number(value).map(Some)
    }
}

impl Settings {
    /// Takes a setting by its name and value in a project file; what is not understood leaves it as it is.
    pub fn read(&mut self, name: &str, value: &str) {
        for (prefix, chosen) in [("model:", &mut self.model), ("published:", &mut self.published)] {
            if let Some(id) = name.strip_prefix(prefix) {
                if value == "yes" {
                    chosen.insert(id.to_owned());
                } else {
                    chosen.remove(id);
                }
                return;
            }
        }
        if let Some(id) = name.strip_prefix("levels:") {
            self.group_levels(id, Grouping::parse(value));
            return;
        }
        if self.predictions.takes(name, value)
            || self.model_options.takes(name, value)
            || self.curve_options.takes(name, value)
            || self.risks.takes(name, value)
        {
            return;
        }
        match name {
            "origin" => {
                if let Some(origin) = Origin::from_code(value) {
                    self.set_origin(origin);
                }
            }
            "endpoint" => {
                if let Some(endpoint) = Endpoint::from_code(value) {
                    self.set_endpoint(endpoint);
                }
            }
            "group" => value.clone_into(&mut self.group),
            "filter" if value.trim().is_empty() => self.only = Filter::default(),
            "filter" => take(&mut self.only, Filter::parse(value).ok()),
            // As earlier versions saved it.
            "only" => self.only = crate::earlier_subset(value),
            "failure" => take(&mut self.induction_failure, InductionFailure::from_code(value)),
            "firth" => take(&mut self.firth, truth(value)),
            "residuals" => value.clone_into(&mut self.residuals),
            "from" => value.clone_into(&mut self.reclassified[0]),
            "to" => value.clone_into(&mut self.reclassified[1]),
            "test" => take(&mut self.test, GroupTest::from_code(value)),
            "tau" => self.tau = number(value).filter(|years| *years > 0.0),
            "at" => self.at = years(value),
            "landmark" => take(&mut self.landmark, number(value)),
            "incidence" => take(&mut self.incidence, IncidenceLayout::from_code(value)),
            "group-as" => take(&mut self.group_as, GroupAs::from_code(value)),
            "cure-distribution" => take(&mut self.cure_distribution, CureDistribution::from_code(value)),
            "cure-times" => take(&mut self.cure_times, CureTimes::from_code(value)),
            _ => self.figure.read(name, value),
        }
    }

    /// The settings that are not as at the beginning, by their names in a project file.
    #[must_use]
    pub fn named(&self) -> Vec<(String, String)> {
        let own = Self::default();
        let at: Vec<String> = self.at.iter().map(f64::to_string).collect();
        let pairs = [
            // The origin first: the endpoint is one of those that are counted from it.
            ("origin", self.origin.code().to_owned(), self.origin != own.origin),
            (
                "endpoint",
                self.endpoint.code().to_owned(),
                self.endpoint != own.endpoint,
            ),
            ("group", self.group.clone(), self.group != own.group),
            ("filter", self.only.to_string(), self.only != own.only),
            (
                "failure",
                self.induction_failure.code().to_owned(),
                self.induction_failure != own.induction_failure,
            ),
            ("firth", yes(self.firth), self.firth != own.firth),
            ("residuals", self.residuals.clone(), self.residuals != own.residuals),
            (
                "from",
                self.reclassified[0].clone(),
                self.reclassified[0] != own.reclassified[0],
            ),
            (
                "to",
                self.reclassified[1].clone(),
                self.reclassified[1] != own.reclassified[1],
            ),
            ("test", self.test.code().to_owned(), self.test != own.test),
            ("tau", shown(self.tau), self.tau != own.tau),
            ("at", at.join(", "), self.at != own.at),
            (
                "landmark",
                self.landmark.to_string(),
                self.landmark.to_bits() != own.landmark.to_bits(),
            ),
            (
                "incidence",
                self.incidence.code().to_owned(),
                self.incidence != own.incidence,
            ),
            (
                "group-as",
                self.group_as.code().to_owned(),
                self.group_as != own.group_as,
            ),
            (
                "cure-distribution",
                self.cure_distribution.code().to_owned(),
                self.cure_distribution != own.cure_distribution,
            ),
            (
                "cure-times",
                self.cure_times.code().to_owned(),
                self.cure_times != own.cure_times,
            ),
        ];
        let mut named: Vec<_> = pairs
            .into_iter()
            .filter(|(_, _, differs)| *differs)
            .map(|(name, value, _)| (name.to_owned(), value))
            .collect();
        let chosen = [("model:", &self.model), ("published:", &self.published)];
        named.extend(chosen.into_iter().flat_map(|(prefix, ids)| {
            // Own estimates are kept for the session alone.
            let kept = ids.iter().filter(|id| !id.starts_with(OWN_PREFIX));
            kept.map(move |id| (format!("{prefix}{id}"), "yes".to_owned()))
        }));
        let levels = self.levels.iter();
        named.extend(levels.map(|(id, grouping)| (format!("levels:{id}"), grouping.text())));
        named.extend(self.model_options.named());
        named.extend(self.predictions.named());
        named.extend(self.curve_options.named());
        named.extend(self.figure.named());
        named.extend(self.risks.named());
        named
    }

    /// Groups the values of a variable; nothing said is as at the beginning.
    pub fn group_levels(&mut self, id: &str, grouping: Option<Grouping>) {
        match grouping.filter(|grouping| !grouping.is_empty()) {
            Some(grouping) => {
                self.levels.insert(id.to_owned(), grouping);
            }
            None => {
                self.levels.remove(id);
            }
        }
    }
}

impl FigureOptions {
    fn read(&mut self, name: &str, value: &str) {
        if self.group_colours.takes(name, value) {
            return;
        }
        match name {
            "preset" => {
                if let Some(preset) = Preset::from_code(value) {
                    self.prepare(preset);
                }
            }
            "time-end" => take(&mut self.time_end, TimeEnd::from_code(value)),
            "annotation" => take(&mut self.annotation, truth(value)),
            "weight" => take(&mut self.weight, CurveWeight::from_code(value)),
            "shape" => take(&mut self.shape, Shape::from_code(value)),
            "width" => take(&mut self.width, Width::from_code(value)),
            "text" => take(&mut self.font_size, FontSize::from_code(value)),
            "title" => take(&mut self.title, truth(value)),
            "caption" => take(&mut self.caption, truth(value)),
            "panel" => take(&mut self.panel, panel(value)),
            "table" => take(&mut self.table, RiskTable::from_code(value)),
            "shown" => take(&mut self.direction, Direction::from_code(value)),
            "values" => take(&mut self.scale, ValueScale::from_code(value)),
            "unit" => take(&mut self.unit, TimeAxisUnit::from_code(value)),
            "time-from" => take(&mut self.time_from, optional(value)),
            "time-to" => take(&mut self.time_to, optional(value)),
            "time-step" => take(&mut self.time_step, optional(value)),
            "low" => take(&mut self.value_from, optional(value)),
            "high" => take(&mut self.value_to, optional(value)),
            "value-step" => take(&mut self.value_step, optional(value)),
            "lines" => take(&mut self.lines, LineStyle::from_code(value)),
            "colours" => take(&mut self.colours, Colours::from_code(value)),
            "names" => take(&mut self.names, CurveNames::from_code(value)),
            "bands" => take(&mut self.bands, truth(value)),
            "censored" => take(&mut self.censoring_marks, truth(value)),
            "few" => take(&mut self.low_number, LowNumber::from_code(value)),
            "where-few" => take(&mut self.low_number_curve, LowNumberCurve::from_code(value)),
            _ => {}
        }
    }

    /// Every value by its name in a project file, those as the preset sets them left out.
    fn named(&self) -> Vec<(String, String)> {
        let own = Self::of(self.preset).values();
        let differing = self.values().into_iter().zip(own).filter(|(now, own)| now.1 != own.1);
        let differing = differing.map(|((name, value), _)| (name.to_owned(), value));
        // The preset first: reading it sets the options that follow.
        let preset = (self.preset != Preset::default()).then(|| ("preset".to_owned(), self.preset.code().to_owned()));
        preset
            .into_iter()
            .chain(differing)
            .chain(self.group_colours.named())
            .collect()
    }

    fn values(&self) -> [(&'static str, String); 26] {
        [
            // The unit first: the ends of the time axis are in it.
            ("unit", self.unit.code().to_owned()),
            ("width", self.width.code().to_owned()),
            ("text", self.font_size.code().to_owned()),
            ("title", yes(self.title)),
            ("caption", yes(self.caption)),
            ("panel", self.panel.map(String::from).unwrap_or_default()),
            ("table", self.table.code().to_owned()),
            ("shown", self.direction.code().to_owned()),
            ("values", self.scale.code().to_owned()),
            ("time-from", shown(self.time_from)),
            ("time-to", shown(self.time_to)),
            ("time-end", self.time_end.code().to_owned()),
            ("time-step", shown(self.time_step)),
            ("low", shown(self.value_from)),
            ("high", shown(self.value_to)),
            ("value-step", shown(self.value_step)),
            ("lines", self.lines.code().to_owned()),
            ("colours", self.colours.code().to_owned()),
            ("names", self.names.code().to_owned()),
            ("bands", yes(self.bands)),
            ("annotation", yes(self.annotation)),
            ("weight", self.weight.code().to_owned()),
            ("shape", self.shape.code().to_owned()),
            ("censored", yes(self.censoring_marks)),
            ("few", self.low_number.code().to_owned()),
            ("where-few", self.low_number_curve.code().to_owned()),
        ]
    }
}

/// A letter of a panel, or none where the text is empty; signs that mean something elsewhere are not understood.
#[must_use]
pub fn panel(text: &str) -> Option<Option<char>> {
    let text = text.trim();
    let plain = text
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || !letter.is_ascii());
    plain.then(|| text.chars().next())
}

fn yes(truth: bool) -> String {
    if truth { "yes" } else { "no" }.to_owned()
}

fn shown(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

mod endpoint_code {
    use cotside_core::cohort::Endpoint;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(endpoint: &Endpoint, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(endpoint.code())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Endpoint, D::Error> {
        let code = String::deserialize(deserializer)?;
        Endpoint::from_code(&code).ok_or_else(|| serde::de::Error::custom("no endpoint of this code"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every setting by its name, with a value that is not its default.
    const EVERY: [(&str, &str); 69] = [
        ("origin", "transplant"),
        ("endpoint", "os"),
        ("group", "finding:sex"),
        (
            "filter",
            "(finding:sex=male or finding:wbc>=300) and finding:age_days<6 months",
        ),
        ("failure", "date"),
        ("firth", "yes"),
        ("residuals", "male"),
        ("from", "mll03"),
        ("to", "severance"),
        ("test", "fh-0-1"),
        ("tau", "3.5"),
        ("at", "0.5, 2"),
        ("landmark", "1"),
        ("incidence", "stacked"),
        ("model:finding:sex", "yes"),
        ("published:interfant-06/2", "yes"),
        (
            "levels:finding:wbc",
            r#"{"cut":{"at":["50","300"],"limit_is_lower":true},"groups":[{"name":"low","of":["≤ 50"]}],"reference":"low"}"#,
        ),
        ("scale:finding:wbc", "per:10"),
        ("interaction:finding:sex*finding:wbc", "yes"),
        ("strata:column:4", "yes"),
        ("entry", "column:5"),
        ("cluster", "column:6"),
        ("weights", "column:7"),
        ("cause", "relapse"),
        ("spline", "finding:age_days"),
        ("entry-unit", "months"),
        ("ties", "exact"),
        ("knots", "3"),
        ("reference", "-1.5"),
        ("predict:1:finding:wbc", "80,5"),
        ("predict:2:strata:column:4", "A, B"),
        ("interval", "arcsin"),
        ("level", "99.9"),
        ("quantiles", "10; 50"),
        ("conditional", "1; 5"),
        ("simultaneous", "hall-wellner"),
        ("band-from", "0.5"),
        ("band-to", "4"),
        ("hazard", "fleming-harrington"),
        ("preset", "kmunicate"),
        ("unit", "months"),
        ("width", "89"),
        ("text", "9"),
        ("title", "yes"),
        ("caption", "yes"),
        ("panel", "B"),
        ("table", "none"),
        ("shown", "incidence"),
        ("values", "fraction"),
        ("time-from", "1"),
        ("time-to", "60"),
        ("time-end", "all"),
        ("time-step", "12"),
        ("low", "40.5"),
        ("high", "90"),
        ("value-step", "10"),
        ("lines", "grey"),
        ("colours", "purple"),
        ("names", "legend"),
        ("bands", "no"),
        ("annotation", "yes"),
        ("weight", "thick"),
        ("shape", "16:9"),
        ("censored", "no"),
        ("few", "20"),
        ("where-few", "end"),
        ("colour:finding:sex#male", "5"),
        ("correction", "none"),
        ("distribution", "lognormal"),
    ];

    #[test]
    fn a_project_gives_the_same_settings_again() {
        let mut settings = Settings::default();
        assert_eq!(settings.named(), []);
        for (name, value) in EVERY {
            settings.read(name, value);
        }
        let named = settings.named();
        let pairs: Vec<_> = named
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(pairs, EVERY);
        let mut again = Settings::default();
        for (name, value) in &named {
            again.read(name, value);
        }
        assert_eq!(again, settings);
    }

    #[test]
    fn a_preset_sets_what_goes_together_and_each_can_be_changed_after_it() {
        let mut settings = Settings::default();
        settings.read("unit", "months");
        settings.read("preset", "slide");
        let figure = &settings.figure;
        assert_eq!((figure.width.code(), figure.font_size.code()), ("254", "18"));
        assert_eq!((figure.shape, figure.weight), (Shape::Slide, CurveWeight::Thick));
        settings.read("bands", "yes");
        let named = [("preset", "slide"), ("unit", "months"), ("bands", "yes")];
        assert_eq!(
            settings.named(),
            named.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        settings.read("preset", "journal");
        assert_eq!(settings.named(), [("unit".to_owned(), "months".to_owned())]);
    }

    #[test]
    fn a_project_without_a_preset_still_reads() {
        let mut settings = Settings::default();
        for (name, value) in [("table", "kmunicate"), ("bands", "yes"), ("lines", "both")] {
            settings.read(name, value);
        }
        assert_eq!(settings.figure.preset, Preset::Journal);
        assert_eq!(
            (settings.figure.table, settings.figure.bands),
            (RiskTable::Kmunicate, true)
        );
    }

    #[test]
    fn a_restriction_that_an_earlier_version_saved_still_reads() {
        let mut settings = Settings::default();
        settings.read("only", "finding:sex=male");
        assert_eq!(settings.named(), [("filter".to_owned(), "finding:sex=male".to_owned())]);
        settings.read("filter", "");
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn what_is_not_understood_changes_nothing() {
        let mut settings = Settings::default();
        for (name, value) in [
            ("width", "7"),
            ("time-to", "-1"),
            ("time-to", "x"),
            ("low", "inf"),
            ("panel", "<"),
            ("origin", "x"),
            ("endpoint", "x"),
            ("test", ""),
            ("correction", "x"),
            ("distribution", "gamma"),
            ("landmark", "x"),
            ("filter", "x"),
            ("levels:finding:sex", "x"),
            ("levels:finding:sex", "{}"),
            ("x", "y"),
        ] {
            settings.read(name, value);
        }
        assert_eq!(settings, Settings::default());
        assert_eq!(years("1; 2,5 x -1"), [1.0, 2.0, 5.0]);
    }
}
