//! `cotside km`: Kaplan–Meier curves.

use clap::Args;
use cotside_core::survival::{
    Band, BandKind, Confidence, CurveVariance, HazardStep, HazardTies, Interval, Labels, Quantile, Scale,
    SurvivalCurve, band, cumulative_hazard, kaplan_meier_by, reverse_kaplan_meier_by,
};
use cotside_words::en;
use serde::Serialize;

use crate::analysis::{Common, EventCodes, EventValues, NotChosen, Source, data};
use crate::flags::{fraction, level, name_of, named, number, present, two_times};
use crate::grouping::GroupingFlags;
use crate::km_pairs::{Asked, Pairs, RmstDifference, RmstRatio, SurvivalDifference, rmst_ratio};
use crate::{Refusal, km_csv, km_text, output};

pub use crate::km_text::CARRIED_ON;

/// Options of `km`.
#[derive(Debug, Args)]
#[command(after_help = "\
Rows with a missing value in a column that is used are left out and counted. Times are in the unit of the file. JSON always has
every step; the text for people has them with --steps. With --group, --at and --rmst compare the groups in pairs, the first less
the second; with --reference each group with that one.

Examples:
  cotside km --input cohort.csv --time years --event death --group arm --at 1,2,5 --rmst 5 --reference arm=control
  cotside km --input cohort.csv --time years --event death --quantiles 0.1,0.5 --conf-type log --conf-level 0.9
  cotside km --input cohort.csv --time years --event death --conditional 1,5 --bands hall-wellner --band-from 0.5 --band-to 5
  cotside km --input cohort.csv --time years --event death --group arm --csv > curves.csv
  cotside km --input cohort.csv --time years --event death --group age_days --cut age_days=90,180 --filter \"kmt2a=rearranged\"")]
pub struct Km {
    #[command(flatten)]
    source: Source,
    /// Print every step of all curves as CSV, with all digits; excludes --json
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print every step of the curves, also in the text for people
    #[arg(long)]
    steps: bool,
    #[command(flatten)]
    events: EventValues,
    /// Column of delayed entry
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    entry: Option<String>,
    /// Column of case weights; where one is not a whole number, standard errors are robust
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    weights: Option<String>,
    /// Column of groups, a curve each
    #[arg(long, value_name = "COLUMN", value_parser = present)]
    group: Option<String>,
    #[command(flatten)]
    grouping: GroupingFlags,
    #[command(flatten)]
    intervals: Intervals,
    /// Times at which to show survival, and to compare groups: 1,2,5
    #[arg(long, value_name = "TIME", num_args = 1.., value_delimiter = ',', value_parser = number)]
    at: Vec<f64>,
    /// Fractions with the event whose times are shown, 0.5 being the median
    #[arg(long, value_name = "P", num_args = 1.., value_delimiter = ',', default_value = "0.25,0.5,0.75", value_parser = fraction)]
    quantiles: Vec<f64>,
    /// Mean survival time up to this time, with differences and ratios of groups: 5
    #[arg(long, value_name = "TAU", value_parser = number)]
    rmst: Option<f64>,
    /// Survival to the second time of those without the event at the first: 1,5; may be given again
    #[arg(long, value_name = "FROM,TO", value_parser = two_times)]
    conditional: Vec<(f64, f64)>,
    /// Simultaneous band, which holds the whole curve with the probability --conf-level, on the scale --conf-type
    #[arg(long, value_name = "KIND", value_parser = named(&BANDS))]
    bands: Option<BandKind>,
    /// Where the band begins [default: the first event]
    #[arg(long, value_name = "TIME", requires = "bands", value_parser = number)]
    band_from: Option<f64>,
    /// Where the band ends [default: the last time with survival above 0]
    #[arg(long, value_name = "TIME", requires = "bands", value_parser = number)]
    band_to: Option<f64>,
    /// Cumulative hazard: events at one time against the same number at risk (nelson-aalen), or one after the other
    /// (fleming-harrington)
    #[arg(long, value_name = "ESTIMATE", value_parser = named(&HAZARDS))]
    cumulative_hazard: Option<HazardTies>,
}

/// Scale and level of pointwise intervals.
#[derive(Debug, Args)]
pub struct Intervals {
    /// Scale of the intervals
    #[arg(long, value_name = "SCALE", default_value = "log-log", value_parser = named(&SCALES))]
    conf_type: Scale,
    /// Level of the intervals, a fraction
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = level)]
    conf_level: f64,
}

impl Intervals {
    /// Scale and level.
    pub fn confidence(&self, common: &Common) -> Result<Confidence, Refusal> {
        let found = Confidence::new(self.conf_type, self.conf_level);
        found.ok_or_else(|| common.refusal("--conf-level must lie between 0 and 1, such as 0.95"))
    }
}

/// Name of the only group where no groups are requested.
const ALL: &str = "all";

/// All that is printed.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KaplanMeierAnswer {
    pub n: usize,
    pub n_excluded: usize,
    #[serde(flatten)]
    pub not_chosen: NotChosen,
    pub conf_type: &'static str,
    pub conf_level: f64,
    /// Of every standard error, interval and test here: `greenwood`, or `robust` where a weight has a fraction.
    pub variance: &'static str,
    pub groups: Vec<Group>,
    /// Differences of survival at the times of `--at`, each pair of groups.
    pub differences: Vec<SurvivalDifference>,
    /// Differences of the restricted means, each pair of groups, the first less the second.
    pub rmst_differences: Vec<RmstDifference>,
    /// Ratios of the restricted means, each pair of groups, the first by the second.
    pub rmst_ratios: Vec<RmstRatio>,
    /// Warnings to print with the numbers.
    pub warnings: Vec<String>,
}

/// A curve.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Group {
    pub group: String,
    pub n: usize,
    pub events: f64,
    pub steps: Vec<Step>,
    /// The median, whether it is among the quantiles or not.
    pub median: Quartile,
    pub quantiles: Vec<Quartile>,
    pub at: Vec<At>,
    pub conditional: Vec<ConditionalSurvival>,
    pub bands: Option<Bands>,
    /// Why the band that was asked for does not exist.
    pub no_bands: Option<&'static str>,
    pub cumulative_hazard: Option<Hazard>,
    pub rmst: Option<Rmst>,
    pub median_follow_up: FollowUpTime,
}

/// A step of a curve.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Step {
    pub time: f64,
    pub at_risk: f64,
    pub events: f64,
    pub censored: f64,
    pub survival: f64,
    pub std_err: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
}

/// The time by which a fraction has had the event.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quartile {
    pub p: f64,
    pub time: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
}

/// A curve at a time.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct At {
    pub time: f64,
    pub at_risk: f64,
    pub survival: f64,
    /// As in R, also where `no_interval` gives a reason why they are meaningless.
    pub std_err: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    /// Why there is no variance, and so no interval.
    pub no_interval: Option<String>,
    /// True if the curve ends before this time, so that its last value is carried forward.
    pub carried_on: bool,
}

/// Survival to a time of those without the event at an earlier one.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ConditionalSurvival {
    pub from: f64,
    pub to: f64,
    /// None where nobody is without the event at `from`.
    pub survival: Option<f64>,
    pub std_err: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    /// Why there is no variance, and so no interval; or why there is no estimate.
    pub no_interval: Option<String>,
    /// True if the curve ends before `to`, so that its last value is carried forward.
    pub carried_on: bool,
}

/// A simultaneous band.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bands {
    pub kind: &'static str,
    /// The first and the last time of the band.
    pub from: f64,
    pub to: f64,
    /// In place of the normal quantile.
    pub quantile: f64,
    /// The position of the first step of the band among those of the curve.
    #[serde(skip)]
    pub first: usize,
    pub steps: Vec<BandStep>,
}

/// A step of a band.
#[derive(Serialize, Clone, Copy)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BandStep {
    pub time: f64,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
}

/// The cumulative hazard.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Hazard {
    pub estimate: &'static str,
    pub steps: Vec<HazardAt>,
    /// At the times of `--at`.
    pub at: Vec<HazardAt>,
}

/// The cumulative hazard at a time.
#[derive(Serialize, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HazardAt {
    pub time: f64,
    pub hazard: f64,
    /// None where a weight has a fraction.
    pub std_err: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
}

/// A restricted mean.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Rmst {
    pub tau: f64,
    pub estimate: f64,
    /// As in R: 0 where `no_interval` gives a reason why it is meaningless.
    pub std_err: f64,
    /// Why there is no variance.
    pub no_interval: Option<String>,
    /// True if the curve ends before τ, so that its last value is carried forward.
    pub carried_on: bool,
}

/// Median follow-up.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FollowUpTime {
    pub time: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
}

/// Scales of intervals by name.
pub const SCALES: [(&str, Scale); 5] = [
    ("log-log", Scale::LogLog),
    ("log", Scale::Log),
    ("plain", Scale::Plain),
    ("logit", Scale::Logit),
    ("arcsin", Scale::Arcsin),
];

const BANDS: [(&str, BandKind); 2] = [
    ("equal-precision", BandKind::EqualPrecision),
    ("hall-wellner", BandKind::HallWellner),
];

const HAZARDS: [(&str, HazardTies); 2] = [
    ("nelson-aalen", HazardTies::NelsonAalen),
    ("fleming-harrington", HazardTies::FlemingHarrington),
];

/// Returns the name of a scale as in `--conf-type`.
pub fn scale_code(scale: Scale) -> &'static str {
    name_of(&SCALES, scale)
}

impl Km {
    fn common(&self) -> Result<Common, Refusal> {
        let common = Common {
            entry: self.entry.clone(),
            weights: self.weights.clone(),
            group: self.group.clone(),
            grouping: self.grouping.clone(),
            ..Common::new("km", &self.source).with_events(&self.events)
        };
        match (self.rmst, self.band_from, self.band_to) {
            (Some(tau), ..) if tau <= 0.0 && self.entry.is_none() => {
                Err(common.refusal(&format!("--rmst {tau} is not accepted; give a time above 0")))
            }
            (_, Some(from), Some(to)) if from > to => Err(common.refusal(&format!(
                "--band-from {from} lies behind --band-to {to}; give the earlier time as --band-from"
            ))),
            _ => Ok(common),
        }
    }

    /// Refuses a band that these curves cannot have.
    fn check_bands(&self, common: &Common, confidence: Confidence, curves: &[SurvivalCurve]) -> Result<(), Refusal> {
        if self.bands.is_none() {
            return Ok(());
        }
        if confidence.level() < 0.5 {
            return Err(common.refusal("--bands needs a --conf-level of 0.5 or more, such as 0.95"));
        }
        if variance_code(curves) == ROBUST {
            return Err(common.refusal(
                "--bands needs weights that are whole numbers: it assumes the variance of rows that each count in full; leave out --bands \
                 or --weights",
            ));
        }
        Ok(())
    }

    /// What was asked for and is not in the CSV.
    fn not_in_csv(&self) -> Vec<&'static str> {
        let asked = [
            ("--at", !self.at.is_empty()),
            ("--rmst", self.rmst.is_some()),
            ("--conditional", !self.conditional.is_empty()),
        ];
        asked.into_iter().filter(|(_, is)| *is).map(|(flag, _)| flag).collect()
    }
}

const ROBUST: &str = "robust";

/// Which variance all curves carry: it is chosen by the weights of the whole file.
fn variance_code(curves: &[SurvivalCurve]) -> &'static str {
    match curves.first().map(SurvivalCurve::variance) {
        Some(CurveVariance::Robust) => ROBUST,
        _ => "greenwood",
    }
}

/// Reads the file and prints the curves.
pub fn run(options: &Km) -> Result<(), Refusal> {
    let common = options.common()?;
    let confidence = options.intervals.confidence(&common)?;
    let data = data(&common, EventCodes::Values)?;
    let labels = data
        .group
        .clone()
        .unwrap_or_else(|| Labels::single(data.follow_up.len(), ALL));
    let mislabelled = |error| common.refusal(&en::labels_error(error));
    let curves = kaplan_meier_by(&data.follow_up, &labels).map_err(mislabelled)?;
    let reverse = reverse_kaplan_meier_by(&data.follow_up, &labels).map_err(mislabelled)?;
    options.check_bands(&common, confidence, &curves)?;
    let pairs = Pairs::new(&labels, &curves, data.reference.as_deref()).map_err(|why| common.refusal(&why))?;
    let asked = Asked {
        confidence,
        at: &options.at,
        tau: options.rmst,
    };
    let groups = labels.names.iter().zip(curves.iter().zip(&reverse));
    let mut warnings = data.warnings();
    let has_no_hazard_error = options.cumulative_hazard.is_some() && variance_code(&curves) == ROBUST;
    warnings.extend(has_no_hazard_error.then(|| NO_HAZARD_ERROR.to_owned()));
    warnings.extend(pairs.are_too_many(asked).then(|| TOO_MANY_DIFFERENCES.to_owned()));
    let answer = KaplanMeierAnswer {
        n: data.follow_up.len(),
        n_excluded: data.n_excluded,
        not_chosen: data.not_chosen,
        conf_type: scale_code(confidence.scale()),
        conf_level: confidence.level(),
        variance: variance_code(&curves),
        groups: groups
            .map(|(name, (curve, reverse))| group(options, confidence, name, curve, reverse))
            .collect(),
        differences: pairs.differences(asked),
        rmst_differences: pairs.rmst_differences(asked),
        rmst_ratios: pairs.of_means(asked, rmst_ratio),
        warnings,
    };
    data.say_notes();
    if options.csv {
        let left_out = options.not_in_csv();
        if !left_out.is_empty() {
            output::say(&format!(
                "cotside km: {} not in the CSV; --json has all",
                listed(&left_out)
            ));
        }
        return output::file(&km_csv::steps(&answer));
    }
    if options.source.json {
        output::json(&answer)
    } else {
        output::print(&km_text::table(&answer, options.steps))
    }
}

const NO_BANDS: &str = "no time in its range has survival between 0 and 1";

const TOO_MANY_DIFFERENCES: &str =
    "so many pairs of groups are not compared at these times; name the group to compare with by --reference";

const NO_HAZARD_ERROR: &str = "a weight has a fraction: the cumulative hazard has no standard error, which would depend on the unit of the weights";

fn listed(flags: &[&str]) -> String {
    let verb = if flags.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", flags.join(", "))
}

fn group(options: &Km, confidence: Confidence, name: &str, curve: &SurvivalCurve, reverse: &SurvivalCurve) -> Group {
    let steps = (0..curve.len()).map(|step| {
        let (lower, upper) = ends(curve.interval(step, confidence));
        Step {
            time: curve.time()[step],
            at_risk: curve.at_risk()[step],
            events: curve.events()[step],
            censored: curve.censored()[step],
            survival: curve.survival()[step],
            std_err: curve.std_err(step),
            lower,
            upper,
        }
    });
    // R computes all fractions in one call, which matters to the last bit where a curve ends at one of them.
    let quantiles = curve.quantiles(&options.quantiles, confidence);
    let median = quantiles.iter().find(|quantile| quantile.p == 0.5).copied();
    let median = median.or_else(|| curve.quantiles(&[0.25, 0.5, 0.75], confidence).get(1).copied());
    let follow_up = reverse.quantiles(&[0.25, 0.5, 0.75], confidence);
    let follow_up = follow_up.get(1);
    let bands = options.bands.and_then(|kind| bands(options, kind, confidence, curve));
    Group {
        group: name.to_owned(),
        n: curve.rows(),
        events: curve.all_events(),
        steps: steps.collect(),
        median: median.map_or(
            Quartile {
                p: 0.5,
                time: None,
                lower: None,
                upper: None,
            },
            quartile,
        ),
        quantiles: quantiles.into_iter().map(quartile).collect(),
        at: at(options, confidence, curve),
        conditional: conditional(options, confidence, curve),
        no_bands: (options.bands.is_some() && bands.is_none()).then_some(NO_BANDS),
        bands,
        cumulative_hazard: options
            .cumulative_hazard
            .map(|ties| hazard(options, ties, confidence, curve)),
        rmst: options
            .rmst
            .and_then(|tau| curve.restricted_mean(tau))
            .map(|mean| Rmst {
                tau: mean.tau,
                estimate: mean.estimate,
                std_err: mean.std_err,
                no_interval: mean.no_variance.map(|why| en::no_variance("", why)),
                carried_on: mean.carried_on,
            }),
        median_follow_up: FollowUpTime {
            time: follow_up.and_then(|median| median.time),
            lower: follow_up.and_then(|median| median.lower),
            upper: follow_up.and_then(|median| median.upper),
        },
    }
}

fn quartile(each: Quantile) -> Quartile {
    Quartile {
        p: each.p,
        time: each.time,
        lower: each.lower,
        upper: each.upper,
    }
}

fn at(options: &Km, confidence: Confidence, curve: &SurvivalCurve) -> Vec<At> {
    let found = options.at.iter().filter_map(|&time| curve.at(time, confidence));
    found
        .map(|at| {
            let (lower, upper) = ends(at.interval);
            At {
                time: at.time,
                at_risk: at.at_risk,
                survival: at.survival,
                std_err: at.std_err,
                lower,
                upper,
                no_interval: at.no_variance.map(|why| en::no_variance("", why)),
                carried_on: at.carried_on,
            }
        })
        .collect()
}

fn conditional(options: &Km, confidence: Confidence, curve: &SurvivalCurve) -> Vec<ConditionalSurvival> {
    let of = |&(from, to): &(f64, f64)| {
        let found = curve
            .conditional(from, to, confidence)
            .filter(|_| curve.is_known_at(from));
        let spread = found.map(|found| found.spread());
        let interval = spread.and_then(Result::ok);
        ConditionalSurvival {
            from,
            to,
            survival: found.map(|found| found.survival),
            std_err: interval.map(|(std_err, _)| std_err),
            lower: interval.map(|(_, interval)| interval.lower),
            upper: interval.map(|(_, interval)| interval.upper),
            no_interval: match spread {
                None => Some(format!("nobody is known to be without the event at {from}")),
                Some(found) => found.err().map(|why| en::conditional_no_variance(why).to_owned()),
            },
            carried_on: found.is_some() && !curve.is_known_at(to),
        }
    };
    options.conditional.iter().map(of).collect()
}

fn bands(options: &Km, kind: BandKind, confidence: Confidence, curve: &SurvivalCurve) -> Option<Bands> {
    let from = options.band_from.unwrap_or(f64::NEG_INFINITY);
    let to = options.band_to.unwrap_or(f64::INFINITY);
    let found: Band = band(curve, kind, confidence.scale(), confidence.level(), from, to)?;
    let times = curve.time().get(found.first..)?;
    let steps = times.iter().zip(&found.intervals).map(|(&time, &interval)| {
        let (lower, upper) = ends(interval);
        BandStep { time, lower, upper }
    });
    let steps: Vec<BandStep> = steps.collect();
    Some(Bands {
        kind: name_of(&BANDS, kind),
        from: steps.first()?.time,
        to: steps.last()?.time,
        quantile: found.quantile,
        first: found.first,
        steps,
    })
}

fn hazard(options: &Km, ties: HazardTies, confidence: Confidence, curve: &SurvivalCurve) -> Hazard {
    let robust = curve.variance() == CurveVariance::Robust;
    let at = |step: &HazardStep| {
        let (lower, upper) = ends(step.hazard_interval().filter(|_| !robust && step.std_err > 0.0));
        HazardAt {
            time: step.time,
            hazard: step.hazard,
            std_err: (!robust).then_some(step.std_err),
            lower,
            upper,
        }
    };
    let steps: Vec<HazardAt> = cumulative_hazard(curve, ties, confidence).iter().map(at).collect();
    let none = HazardAt {
        time: 0.0,
        hazard: 0.0,
        std_err: None,
        lower: None,
        upper: None,
    };
    let asked = options.at.iter().filter(|_| !curve.is_empty()).map(|&time| {
        let step = curve.step_at(time).and_then(|step| steps.get(step));
        HazardAt {
            time,
            ..step.unwrap_or(&none).clone()
        }
    });
    Hazard {
        estimate: name_of(&HAZARDS, ties),
        at: asked.collect(),
        steps,
    }
}

fn ends(interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
    (interval.map(|each| each.lower), interval.map(|each| each.upper))
}
