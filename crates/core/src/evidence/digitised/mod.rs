//! Digitised figures: the curves of one published picture with their provenance, the patients reconstructed from them,
//! how groups and two readings of one figure compare, and the file in which all of it is kept.

mod agreement;
mod between;
mod figure;
mod file;
mod incidence;
mod write;

pub use agreement::{
    Agreement, AgreementError, Difference, FigureDiffers, GroupAgreement, RatioAgreement, TIMES_COMPARED, agreement,
};
pub use between::{BetweenGroups, GroupRatio, GroupTest, NotCompared, Ratio, between_groups};
pub use figure::{
    CurveOf, DigitisedCurve, DigitisedFigure, DigitisedGroup, FigureError, FigureInput, FigureKind, HeightUnit,
    MOST_FIGURE_GROUPS, MOST_FIGURE_POINTS, PrintedRatio, Provenance, Rebuilt,
};
pub use file::{
    FIGURE_FORMAT, FIGURE_VERSION, FileError, LIBRARY_FORMAT, METHOD_VERSION, MOST_FIGURE_BYTES, MOST_FIGURES,
    library_file, read_figures,
};
pub use incidence::{
    CauseFit, IncidenceCurveError, IncidenceCurves, IncidencePoint, IncidenceReconstruction, reconstruct_incidence,
};
