//! The words of the view Digitise: curves of one figure, its provenance, the library, two readings.

use cotside_core::cohort::TimeUnit;

/// The name of the list of curves.
pub const CURVES: &str = "Curves of this figure";
/// Adds a curve.
pub const ADD_CURVE: &str = "Add a curve";
/// Removes the curve that is shown.
pub const REMOVE_CURVE: &str = "Remove this curve";
/// What the curves show.
pub const KIND: &str = "Curves show";
/// Kinds, in the order of their codes.
pub const KINDS: [(&str, &str); 2] = [("survival", "Survival"), ("incidence", "Cumulative incidence")];
/// What one curve shows.
pub const CURVE_SHOWS: &str = "This curve";
/// What a curve of incidence shows.
pub const CURVES_SHOW: [(&str, &str); 2] = [("event", "Event of interest"), ("competing", "Competing events")];
/// The unit of heights.
pub const HEIGHTS: &str = "Heights in";
/// Units of heights.
pub const HEIGHT_UNITS: [(&str, &str); 2] = [("percent", "per cent (0 to 100)"), ("fraction", "fractions (0 to 1)")];
/// The points of a curve of incidence.
pub const INCIDENCE_POINTS: &str = "Points: time, cumulative incidence";
/// An example of them.
pub const INCIDENCE_HINT: &str = "0, 0\n0.3, 0\n0.3, 5";
/// Where the numbers at risk of competing events are.
pub const AT_RISK_OF_EVENT: &str = "The numbers at risk are those of the group’s curve of the event.";
/// Heading of the optional ratio.
pub const PRINTED: &str = "Hazard ratio, if printed";
/// The groups of a ratio.
pub const RATIO_GROUP: &str = "Group";
/// The groups of a ratio.
pub const RATIO_REFERENCE: &str = "against";
/// The ratio.
pub const RATIO: &str = "Ratio";
/// Its interval.
pub const RATIO_INTERVAL: &str = "95% CI";
/// Heading of the provenance.
pub const PROVENANCE: &str = "Name the source and save";
/// How the last step is done.
pub const PROVENANCE_LEAD: &str =
    "The file keeps source, points, numbers at risk and reconstruction, and opens again here.";
/// A field.
pub const STUDY: &str = "Study";
/// A field.
pub const FIGURE: &str = "Figure";
/// A field.
pub const PAGE: &str = "Page";
/// A field.
pub const BY: &str = "Digitised by";
/// A field.
pub const DATE: &str = "On (YYYY-MM-DD)";
/// A field.
pub const NOTE: &str = "Note";
/// Puts the figure into the library.
pub const TO_LIBRARY: &str = "Add to library";
/// Heading.
pub const LIBRARY: &str = "Library";
/// What the library is.
pub const LIBRARY_LEAD: &str = "Digitised figures of this session. Nothing is kept when the page is closed: save the library as one file. \
     Tick figures to draw them together; tick two readings of one figure to see how they agree.";
/// Opens files.
pub const OPEN_FILES: &str = "Open figures (JSON)";
/// Saves all.
pub const SAVE_LIBRARY: &str = "Save the library (JSON)";
/// An empty library.
pub const NO_FIGURE: &str = "No figure yet.";
/// Heads of the table: chosen, study, figure, groups, patients, fit, who and when, what can be done.
pub const HEADS: [&str; 8] = [
    "Draw",
    "Study",
    "Figure",
    "Groups",
    "n",
    "Fit error",
    "Digitised",
    "Actions",
];
/// Puts a figure into the form.
pub const EDIT: &str = "Edit";
/// Takes a figure out.
pub const REMOVE: &str = "Remove";

/// A unit of time on the axis.
#[must_use]
pub fn unit(unit: TimeUnit) -> &'static str {
    unit.code()
}

/// The name of a curve in the list, by its position.
#[must_use]
pub fn curve_name(position: usize, group: &str, competing: bool) -> String {
    let group = group.trim();
    let name = if group.is_empty() {
        format!("Curve {}", position + 1)
    } else {
        group.to_owned()
    };
    if competing { format!("{name}, competing") } else { name }
}

/// What a control of a figure in the library is called.
#[must_use]
pub fn of_figure(action: &str, study: &str, figure: &str, digitised: &str) -> String {
    format!("{action}: {study}, {figure}, {digitised}")
}

/// Who digitised a figure, and when.
#[must_use]
pub fn digitised(by: &str, date: &str) -> String {
    format!("{by}, {date}")
}

/// What the picture and its controls say, by the names of `www/scripts/digitiser.js`; it fills in what stands in braces.
pub const ELEMENT: [(&str, &str); 19] = [
    ("corner", "1 Origin"),
    ("along", "2 Point on x axis"),
    ("up", "3 Point on y axis"),
    ("point", "Add points"),
    ("follow", "Trace by colour"),
    ("open", "Open a picture of the curve"),
    (
        "stays",
        "It stays in this page. A picture can also be dropped or pasted here.",
    ),
    ("sets", "A click sets"),
    (
        "picture",
        "The picture. Arrow keys move the cross, with Shift ten times as far; Enter sets; Backspace undoes; plus, minus and 0 zoom.",
    ),
    ("zoom_in", "Zoom in"),
    ("zoom_out", "Zoom out"),
    ("fit", "Fit"),
    ("undo", "Undo"),
    ("clear", "Clear points"),
    ("traced", "{n} points traced."),
    ("unreadable", "The browser cannot read this picture."),
    ("undone", "Undone."),
    ("points", "{n} points."),
    ("set", "{what} set at {x}, {y}."),
];
