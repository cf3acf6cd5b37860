//! Digitised figures: why one is refused, what is known of its groups, how two readings agree. The command line and the
//! page say the same.

use cotside_core::evidence::{
    AgreementError, CauseFit, CurveOf, FIGURE_VERSION, FigureDiffers, FigureError, FigureKind, FileError,
    IncidenceCurveError, METHOD_VERSION, MOST_FIGURE_BYTES, MOST_FIGURE_GROUPS, MOST_FIGURE_POINTS, MOST_FIGURES,
    MOST_PATIENTS, NotCompared, Ratio, ReconstructError,
};

use super::{p_value, reconstruct_error};
use crate::decimal;

/// What stands beside every comparison of reconstructed groups.
pub const OF_RECONSTRUCTION: &str = "Of reconstructed patients, not of the study’s data: no more certain than the \
     figure, without covariates, strata or stopping rules of the study.";

/// What stands beside the limits of agreement.
pub const LIMITS_DESCRIBE: &str = "Mean ± 1.96 SD of the differences at 101 even times up to the earlier end. They \
     describe the two readings; times of one curve are not independent.";

/// How curves of incidence are reconstructed.
pub const INCIDENCE_METHOD: &str = "Event-free times from one minus the sum of both incidences (as Guyot et al. 2012), \
     each event given the cause whose Aalen–Johansen estimate is further behind its curve (as CIC_reconstruct of R’s \
     reconstructKM). Assumed: the competing curve holds every competing event; those at risk are free of both.";

/// What cannot be known of a figure with one cause.
pub const COMPETING_UNKNOWN: &str = "Only the curve of the event is given. Competing events cannot be told from \
     censoring: nobody knows how many there were or when, and neither Gray’s test nor a hazard ratio can be computed. In the \
     rows everybody who leaves otherwise is censored.";

/// The number of events where only one cause was printed.
#[must_use]
pub fn event_range((least, most): (u32, u32)) -> String {
    if least == most {
        return format!("{least} events in either case.");
    }
    format!(
        "{least} events if nobody had a competing event, as in the rows; up to {most} if everybody who left had one."
    )
}

/// A kind of figure.
#[must_use]
pub fn figure_kind(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Survival => "survival (Kaplan–Meier)",
        FigureKind::Incidence => "cumulative incidence",
    }
}

/// What a curve shows.
#[must_use]
pub fn curve_of(of: CurveOf) -> &'static str {
    match of {
        CurveOf::Survival => "survival",
        CurveOf::Event => "event",
        CurveOf::Competing => "competing events",
    }
}

/// A group in a sentence: its name, or that it is the only one.
fn named(name: Option<&String>) -> String {
    match name.map(|name| name.trim()) {
        Some("") | None => String::new(),
        Some(name) => format!("{name}: "),
    }
}

/// Why a curve of incidence is refused: the errors of a survival curve, told of one that rises.
#[must_use]
pub fn incidence_curve_error(error: IncidenceCurveError) -> String {
    match error {
        IncidenceCurveError::Curve { competing, error } => {
            let curve = if competing { "competing events, " } else { "" };
            let why = match error {
                ReconstructError::BadPoint { row } => format!(
                    "point {}: give a time of 0 or more and an incidence between 0 and 1 (or 0 and 100 %)",
                    row + 1
                ),
                ReconstructError::Rises { row } => format!(
                    "point {} lies below one before it, and an incidence cannot fall; correct the point, or, where the \
                     curve is survival, choose survival",
                    row + 1
                ),
                other => reconstruct_error(other),
            };
            format!("{curve}{why}")
        }
        IncidenceCurveError::Sum { time } => format!(
            "both incidences together are above 100 % at {}; give them in one unit, and cumulative incidences, not one minus \
             Kaplan–Meier",
            decimal(time, 2)
        ),
        IncidenceCurveError::Numbers(error) => reconstruct_error(error),
    }
}

/// Why curves are no figure; `groups` are the names of its groups.
#[must_use]
pub fn figure_error(error: &FigureError, groups: &[String]) -> String {
    match error {
        FigureError::NoGroup => "no curve; give the points of at least one".to_owned(),
        FigureError::TooManyGroups { found } => {
            format!("{found} groups are too many; give at most {MOST_FIGURE_GROUPS}")
        }
        FigureError::TooManyPoints { found } => {
            format!("{found} points are too many; give at most {MOST_FIGURE_POINTS} in one figure")
        }
        FigureError::TooManyPatients { found } => {
            format!("{found} patients are too many; give at most {MOST_PATIENTS} in one figure")
        }
        FigureError::NoName { group } => format!("curve {} has no group; name the group of every curve", group + 1),
        FigureError::SameName { name } => format!("two groups are named “{name}”; give each a name of its own"),
        FigureError::Curves { group } => format!(
            "{}give one curve of the event, and at most one of competing events (a survival figure has one curve for \
             each group)",
            named(groups.get(*group))
        ),
        FigureError::Survival { group, error } => {
            format!("{}{}", named(groups.get(*group)), reconstruct_error(*error))
        }
        FigureError::Incidence { group, error } => {
            format!("{}{}", named(groups.get(*group)), incidence_curve_error(*error))
        }
        FigureError::RatioGroups => "the printed hazard ratio must name two different groups of the figure".to_owned(),
        FigureError::Ratio => {
            "the printed hazard ratio must be above 0 and within its interval, such as 0.62 (0.40–0.95)".to_owned()
        }
    }
}

/// A key of the provenance as people say it.
fn field(key: &str) -> &str {
    match key {
        "digitised_by" => "who digitised it",
        "name" => "a group",
        other => other,
    }
}

/// Why a file is not read.
#[must_use]
pub fn file_error(error: &FileError) -> String {
    let at = |figure: usize| {
        if figure == 0 {
            String::new()
        } else {
            format!("figure {}: ", figure + 1)
        }
    };
    match error {
        FileError::TooLarge { bytes } => {
            format!("{bytes} bytes are too many; at most {MOST_FIGURE_BYTES} are read")
        }
        FileError::NotJson { line, column } => {
            format!("not JSON at line {line}, column {column}; open a file saved here")
        }
        FileError::OtherFormat => {
            "not a file of digitised figures; open one that was saved under Digitise or by cotside reconstruct --save"
                .to_owned()
        }
        FileError::OtherVersion { found } => {
            format!("version {found} of the file; this program reads version {FIGURE_VERSION}")
        }
        FileError::Shape { figure, why } => format!("{}not as a file of digitised figures is: {why}", at(*figure)),
        FileError::OtherMethod { figure, found } => format!(
            "{}reconstructed by method {found}; this program has method {METHOD_VERSION}, digitise the figure again",
            at(*figure)
        ),
        FileError::Text { figure, field: key } => format!(
            "{}{}: give 1 to 300 letters without line ends or unseen characters",
            at(*figure),
            field(key)
        ),
        FileError::Date { figure, found } => format!("{}“{found}” is not a date; give YYYY-MM-DD", at(*figure)),
        FileError::Axes { figure } => format!("{}its marks are not the axes of a picture", at(*figure)),
        FileError::Places { figure, group } => format!(
            "{}{}the points are not those of the places in the picture: the file was changed",
            at(*figure),
            named(Some(group))
        ),
        FileError::Figure { figure, error, groups } => format!("{}{}", at(*figure), figure_error(error, groups)),
        FileError::Changed { figure, group } => format!(
            "{}{}the reconstructed rows are not those of the points and numbers at risk: the file was changed, and nothing \
             of it is used",
            at(*figure),
            named(Some(group))
        ),
        FileError::Count { found } => format!("{found} figures; a library has 1 to {MOST_FIGURES}"),
    }
}

/// Why groups are not compared.
#[must_use]
pub fn not_compared(why: NotCompared) -> &'static str {
    match why {
        NotCompared::OneGroup => "there is one group",
        NotCompared::NoReference => "the figure has no group of the name of the reference",
        NotCompared::CompetingUnknown => "competing events are not known",
        NotCompared::Rows => "the reconstructed rows cannot be analysed together",
    }
}

/// Why two readings are not compared.
#[must_use]
pub fn agreement_error(error: AgreementError) -> &'static str {
    match error {
        AgreementError::Kind => "one figure shows survival, the other cumulative incidence",
        AgreementError::Unit => "the times are in different units",
        AgreementError::NoGroup => "no group has the same name in both figures",
    }
}

/// What makes it doubtful that two files are readings of one figure.
#[must_use]
pub fn figure_differs(differs: FigureDiffers) -> &'static str {
    match differs {
        FigureDiffers::Study => "The files name different studies: the differences are not those of two readings.",
        FigureDiffers::Figure => "The files name different figures of the study.",
    }
}

/// A ratio with its interval.
#[must_use]
pub fn ratio(ratio: Ratio) -> String {
    format!(
        "{} ({}–{})",
        decimal(ratio.ratio, 2),
        decimal(ratio.lower, 2),
        decimal(ratio.upper, 2)
    )
}

/// A ratio with its interval and P.
#[must_use]
pub fn ratio_with_p(found: Ratio) -> String {
    format!("{}, {}", ratio(found), p_value(found.p))
}

/// No ratio.
pub const NO_RATIO: &str = "no finite estimate";

/// The distance of a reconstructed ratio from the printed one.
#[must_use]
pub fn printed_distance(printed: f64, interval: Option<(f64, f64)>, found: Ratio) -> String {
    let interval = interval.map_or_else(String::new, |(lower, upper)| {
        format!(" ({}–{})", decimal(lower, 2), decimal(upper, 2))
    });
    let (more, way) = (found.ratio / printed, found.lower <= printed && printed <= found.upper);
    let inside = if way { "within" } else { "outside" };
    format!(
        "printed {}{interval}; reconstructed over printed {}; the printed ratio is {inside} the reconstructed interval",
        decimal(printed, 2),
        decimal(more, 2)
    )
}

/// How far the curve of a cause is from the points.
#[must_use]
pub fn cause_fit(fit: &CauseFit) -> String {
    format!(
        "{} % root mean square, {} % at most",
        decimal(100.0 * fit.root_mean_square, 2),
        decimal(100.0 * fit.largest, 2)
    )
}
