//! What the page of published evidence asks of its worker, and what the worker says beside the parts of the page.
//!
//! The page owns every setting. A request carries the whole of one group of settings, so that a worker that takes the place
//! of another one needs the last request of each kind alone.

use cotside_core::cohort::TimeUnit;
use cotside_core::evidence::{OwnEstimate, PoolMethod, PoolTest, PublishedEndpoint, published};
use cotside_core::survival::Scale;
use serde::{Deserialize, Serialize};

/// Methods of pooling in the order of a list.
pub const POOL_METHODS: [PoolMethod; 3] = [PoolMethod::Reml, PoolMethod::DerSimonianLaird, PoolMethod::Fixed];
/// Intervals of a pooled estimate in the order of a list.
pub const POOL_TESTS: [PoolTest; 2] = [PoolTest::HartungKnapp, PoolTest::Normal];
/// Scales of pooling in the order of a list.
pub const POOL_SCALES: [Scale; 5] = [Scale::LogLog, Scale::Plain, Scale::Log, Scale::Logit, Scale::Arcsin];

/// The code of a scale.
#[must_use]
pub const fn scale_code(scale: Scale) -> &'static str {
    match scale {
        Scale::LogLog => "log-log",
        Scale::Log => "log",
        Scale::Plain => "plain",
        Scale::Logit => "logit",
        Scale::Arcsin => "arcsine",
    }
}

/// What the page shows. Each view has an address behind `#`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum EvidenceView {
    /// The estimates.
    #[default]
    Browse,
    /// The list of studies.
    Studies,
    /// The study of this id.
    Study(String),
    /// The study summary table.
    Summary,
    /// What was added and corrected, and what was searched for.
    History,
    /// Two estimates compared.
    Compare,
    /// Several estimates pooled, below the comparison.
    Pool,
    /// The consistency check.
    Check,
    /// A curve digitised.
    Digitise,
}

impl EvidenceView {
    /// The view of a fragment of the address; [`Self::Browse`] where there is none of that name.
    #[must_use]
    pub fn of(fragment: &str) -> Self {
        match fragment {
            "studies" => Self::Studies,
            "five-studies" => Self::Summary,
            "history" => Self::History,
            "compare" => Self::Compare,
            "pool" => Self::Pool,
            "check" => Self::Check,
            "reconstruct" => Self::Digitise,
            _ => fragment
                .strip_prefix("study/")
                .and_then(|id| published().study(id))
                .map_or(Self::Browse, |study| Self::Study(study.id.to_owned())),
        }
    }

    /// The name of the section of the page, which is the fragment of its address.
    #[must_use]
    pub const fn section(&self) -> &'static str {
        match self {
            Self::Browse => "estimates",
            Self::Studies | Self::Study(_) => "studies",
            Self::Summary => "five-studies",
            Self::History => "history",
            Self::Compare | Self::Pool => "compare",
            Self::Check => "check",
            Self::Digitise => "reconstruct",
        }
    }
}

choice! {
    /// A column by which estimates are sorted.
    EstimateColumn {
        /// Name of the study, in the order of the table.
        Study = "study",
        /// First year of enrolment.
        Enrolled = "enrolled",
        /// Share of rearranged infants.
        Kmt2a = "kmt2a",
        /// Endpoint.
        Endpoint = "endpoint",
        /// Population.
        Population = "population",
        /// Years after the start.
        Time = "time",
        /// Number of patients.
        N = "n",
        /// The estimate.
        Estimate = "estimate",
        /// Width of the interval.
        Spread = "spread",
        /// Source.
        Source = "source",
    }
}

choice! {
    /// A figure above the estimates.
    EstimateFigure {
        /// None.
        None = "table",
        /// A forest plot.
        Forest = "forest",
        /// Points on an axis of time.
        Points = "points",
    }
}

/// Which estimates are shown, in which order, with which figure.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EstimateList {
    /// Only this endpoint.
    #[serde(with = "endpoint")]
    pub endpoint: Option<PublishedEndpoint>,
    /// Only the study of this id.
    pub study: Option<String>,
    /// Words that population, study, source, note or endpoint contain.
    pub words: String,
    /// The column by which they are sorted.
    pub sort: EstimateColumn,
    /// Whether the highest comes first. What is not reported comes last either way.
    pub descending: bool,
    /// The figure.
    pub figure: EstimateFigure,
}

/// Which two estimates are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedEstimates {
    /// The id of the first.
    pub first: Option<String>,
    /// The id of the second.
    pub second: Option<String>,
    /// Whether the binomial minimum is used where no standard error is reported.
    pub binomial: bool,
}

/// How the chosen estimates are pooled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PoolSettings {
    /// The method.
    #[serde(with = "method")]
    pub method: PoolMethod,
    /// The interval.
    #[serde(with = "test")]
    pub test: PoolTest,
    /// The scale.
    #[serde(with = "scale")]
    pub scale: Scale,
    /// Whether the binomial minimum is used where no standard error is reported.
    pub binomial: bool,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            method: PoolMethod::Reml,
            test: PoolTest::HartungKnapp,
            scale: Scale::LogLog,
            binomial: false,
        }
    }
}

choice! {
    /// A field of the consistency check.
    CheckField {
        /// A rate in per cent.
        Rate = "estimate",
        /// Its standard error.
        StandardError = "se",
        /// Its number of patients.
        Patients = "n",
        /// Its interval.
        Interval = "ci",
        /// Numbers and rates of the parts of which it is the whole.
        Parts = "parts",
        /// A hazard ratio.
        HazardRatio = "hr",
        /// Its interval.
        HazardRatioInterval = "hr-ci",
        /// Its p value.
        PValue = "p",
        /// A count of a total.
        Count = "count",
        /// Its percentage.
        Percent = "percent",
        /// The total alone.
        Total = "total",
        /// A median.
        Median = "median",
        /// Its range.
        Range = "range",
        /// The values themselves.
        Values = "values",
    }
}

choice! {
    /// The level of the intervals that were typed.
    IntervalLevel {
        /// 95%.
        P95 = "95",
        /// 90%.
        P90 = "90",
        /// 99%.
        P99 = "99",
    }
}

impl IntervalLevel {
    /// The level as a number below 1.
    #[must_use]
    pub const fn value(self) -> f64 {
        match self {
            Self::P95 => 0.95,
            Self::P90 => 0.90,
            Self::P99 => 0.99,
        }
    }
}

/// Numbers to be checked, as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedNumbers {
    /// Fields with a text, each once.
    pub fields: Vec<(CheckField, String)>,
    /// The level of the intervals.
    pub level: IntervalLevel,
    /// The id of the study among whose rows one number at two times is looked for.
    pub study: Option<String>,
}

impl ReportedNumbers {
    /// The numbers of an example.
    #[must_use]
    pub fn example(example: &CheckExample) -> Self {
        let fields = example.fields.iter();
        Self {
            fields: fields.map(|(field, text)| (*field, (*text).to_owned())).collect(),
            level: IntervalLevel::default(),
            study: example.study.map(str::to_owned),
        }
    }

    /// The text of a field, or nothing.
    #[must_use]
    pub fn text(&self, field: CheckField) -> &str {
        let mut fields = self.fields.iter();
        fields.find(|(each, _)| *each == field).map_or("", |(_, text)| text)
    }

    /// Sets a field; the numbers are not those of a study's rows any more.
    pub fn set(&mut self, field: CheckField, text: &str) {
        self.study = None;
        self.fields.retain(|(each, _)| *each != field);
        if !text.trim().is_empty() {
            self.fields.push((field, text.trim().to_owned()));
        }
    }
}

/// Published numbers to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckExample {
    /// Fields with their texts.
    pub fields: &'static [(CheckField, &'static str)],
    /// The study among whose rows one number at two times is looked for.
    pub study: Option<&'static str>,
}

/// Published numbers to begin with: findings of the papers from which the catalogue was made, and two that are consistent.
pub const CHECK_EXAMPLES: [CheckExample; 7] = {
    const fn of(fields: &'static [(CheckField, &'static str)]) -> CheckExample {
        CheckExample { fields, study: None }
    }
    use CheckField as F;
    [
        of(&[(F::Rate, "41.7"), (F::StandardError, "9.2"), (F::Patients, "115")]),
        of(&[(F::Rate, "60"), (F::StandardError, "21.9"), (F::Patients, "6")]),
        of(&[(F::Count, "6 of 7"), (F::Percent, "66.7")]),
        of(&[
            (F::Median, "16.5"),
            (F::Range, "10–23"),
            (F::Values, "12, 15, 23, 11, 12, 10"),
        ]),
        CheckExample {
            fields: &[(F::Rate, "66.2"), (F::Parts, "19:94.4, 56:56.6")],
            study: Some("mll-10"),
        },
        of(&[(F::Rate, "43.2"), (F::Patients, "62"), (F::Interval, "30.7–55.1")]),
        of(&[
            (F::HazardRatio, "1.969"),
            (F::HazardRatioInterval, "0.903–4.291"),
            (F::PValue, ".088"),
        ]),
    ]
};

/// A curve as it was read, and what was published with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CurveNumbers {
    /// Points, one a line: time, survival.
    pub points: String,
    /// Numbers at risk, one a line: time: patients.
    pub at_risk: String,
    /// Number of events, where published.
    pub events: String,
    /// Name of the group, where there is one.
    pub group: String,
    /// Unit of the times.
    #[serde(with = "unit")]
    pub unit: TimeUnit,
}

impl Default for CurveNumbers {
    fn default() -> Self {
        Self {
            points: String::new(),
            at_risk: String::new(),
            events: String::new(),
            group: String::new(),
            unit: TimeUnit::Years,
        }
    }
}

impl CurveNumbers {
    /// A simulated curve of 40 patients: times in years, survival in per cent.
    #[must_use]
    pub fn example() -> Self {
        const POINTS: &str = "0, 100\n0.3, 100\n0.3, 95\n0.7, 95\n0.7, 87.5\n1.1, 87.5\n1.1, 80\n1.6, 80\n1.6, 72\n2.2, 72\n\
             2.2, 64\n3.1, 64\n3.1, 58\n4.0, 58\n4.0, 54\n6.0, 54";
        Self {
            points: POINTS.to_owned(),
            at_risk: "0: 40\n1: 34\n2: 26\n3: 20\n4: 14\n5: 9".to_owned(),
            group: "simulated".to_owned(),
            ..Self::default()
        }
    }
}

/// The marks on a picture of a curve, and what the axes say there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureMarks {
    /// Marks, one a line, in pixels: `corner 60 420`, `along …`, `up …`, `point …`.
    pub marks: String,
    /// Time at the origin.
    pub time_at_origin: String,
    /// Time at the mark on the x axis.
    pub time_at_mark: String,
    /// Survival at the origin.
    pub survival_at_origin: String,
    /// Survival at the mark on the y axis.
    pub survival_at_mark: String,
}

impl Default for PictureMarks {
    fn default() -> Self {
        Self {
            marks: String::new(),
            time_at_origin: "0".to_owned(),
            time_at_mark: String::new(),
            survival_at_origin: "0".to_owned(),
            survival_at_mark: "100".to_owned(),
        }
    }
}

/// What the page of published evidence asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceRequest {
    /// Shows the study of an id, or the list of studies.
    Studies(Option<String>),
    /// Lists estimates.
    List(EstimateList),
    /// The estimates of these ids are chosen, in the order of the table.
    Choose(Vec<String>),
    /// Compares two.
    Compare(ComparedEstimates),
    /// Pools those that are chosen.
    Pool(PoolSettings),
    /// Reads numbers out of a sentence, or of each of several lines.
    Read(String),
    /// Checks numbers.
    Check(ReportedNumbers),
    /// Reads marks on a picture.
    Marks(PictureMarks),
    /// Reconstructs times from a curve.
    Reconstruct(CurveNumbers),
    /// Checks an estimate of the reader's own, to add it to those that are there.
    AddOwn(OwnEstimate),
    /// These are the reader's own estimates.
    Own(Vec<OwnEstimate>),
    /// Plans a study; the page of planning asks it.
    Plan(Box<crate::PlanSettings>),
}

impl EvidenceRequest {
    /// Whether the worker keeps what it says, so that one that takes its place must be told.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        !matches!(self, Self::Read(_) | Self::AddOwn(_))
    }
}

/// The cells of an estimate's row, made once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstimateRow {
    /// Its id.
    pub id: String,
    /// What its box is called for those who cannot see the row.
    pub name: String,
    /// HTML of its cells: the study, then those of [`EstimateColumn`], the drawn interval behind the estimate left out.
    pub cells: Vec<String>,
    /// HTML of the interval on an axis from 0 to 100%.
    pub drawn: String,
}

/// An estimate of the reader's own in lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnName {
    /// Its id.
    pub id: String,
    /// The id of its study.
    pub study_id: String,
    /// The name of its study, with the mark.
    pub study: String,
    /// The code of its endpoint.
    pub endpoint: String,
    /// What it is called among the estimates of its study.
    pub name: String,
}

/// What the worker of the page of published evidence says beside the parts of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceEvent {
    /// Every estimate, in the order of the table, the reader's own behind them.
    Rows(Vec<EstimateRow>),
    /// The ids of those that are listed, in their order, and whether they share an endpoint, so that one axis holds them.
    Listed {
        /// The ids.
        ids: Vec<String>,
        /// Whether one axis holds them.
        one_axis: bool,
    },
    /// Numbers that were read out of a sentence.
    Numbers {
        /// The fields.
        numbers: ReportedNumbers,
        /// What was not understood, as it was written.
        unread: Vec<String>,
        /// What had to be assumed.
        assumed: Vec<String>,
    },
    /// The reader's own estimates.
    Own(Vec<OwnName>),
    /// Own estimates that were read and accepted, from a file or from the form. They are the page's to keep.
    OwnRead(Vec<OwnEstimate>),
    /// Points of a file, one a line.
    Points(String),
    /// Points of a picture, one a line.
    MarkedPoints {
        /// The marks of which they were read.
        marks: PictureMarks,
        /// The points.
        points: String,
    },
    /// Marks of a curve that was followed, one a line.
    Marks(String),
    /// The reconstructed curve in pixels of the picture, `x y` one a line; empty where there is none.
    Overlay(String),
}

/// Serialises a type of `cotside-core` by its code.
macro_rules! by_code {
    ($name:ident, $type:ty, $all:expr, $code:expr) => {
        mod $name {
            use super::*;
            use serde::{Deserializer, Serializer, de::Error};

            pub fn serialize<S: Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($code(*value))
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                let code = String::deserialize(deserializer)?;
                let found = $all.iter().copied().find(|value| $code(*value) == code);
                found.ok_or_else(|| D::Error::custom("no value of this code"))
            }
        }
    };
}

by_code!(method, PoolMethod, POOL_METHODS, PoolMethod::code);
by_code!(test, PoolTest, POOL_TESTS, PoolTest::code);
by_code!(scale, Scale, POOL_SCALES, scale_code);
by_code!(unit, TimeUnit, TimeUnit::ALL, TimeUnit::code);

mod endpoint {
    use super::{Deserialize, PublishedEndpoint};
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &Option<PublishedEndpoint>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(value.map_or("", PublishedEndpoint::code))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PublishedEndpoint>, D::Error> {
        Ok(PublishedEndpoint::with_code(&String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_somewhere() {
        for (fragment, view, section) in [
            ("", EvidenceView::Browse, "estimates"),
            ("estimates", EvidenceView::Browse, "estimates"),
            ("studies", EvidenceView::Studies, "studies"),
            ("study/mll-10", EvidenceView::Study("mll-10".to_owned()), "studies"),
            ("study/none", EvidenceView::Browse, "estimates"),
            ("five-studies", EvidenceView::Summary, "five-studies"),
            ("compare", EvidenceView::Compare, "compare"),
            ("pool", EvidenceView::Pool, "compare"),
            ("check", EvidenceView::Check, "check"),
            ("reconstruct", EvidenceView::Digitise, "reconstruct"),
            ("%E0%A4%A", EvidenceView::Browse, "estimates"),
        ] {
            let found = EvidenceView::of(fragment);
            assert_eq!((found.section(), found), (section, view), "{fragment}");
        }
    }

    #[test]
    fn a_field_is_set_once_and_emptied() {
        let mut numbers = ReportedNumbers::example(&CHECK_EXAMPLES[4]);
        assert_eq!(numbers.study.as_deref(), Some("mll-10"));
        numbers.set(CheckField::Rate, " 41.7 ");
        numbers.set(CheckField::Rate, "41.8");
        assert_eq!(numbers.text(CheckField::Rate), "41.8");
        assert_eq!(numbers.study, None);
        numbers.set(CheckField::Rate, " ");
        assert!(numbers.fields.iter().all(|(field, _)| *field != CheckField::Rate));
    }
}
