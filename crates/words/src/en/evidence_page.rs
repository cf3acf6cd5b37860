//! What the page of published evidence says around its results.

/// The name of the list of views.
pub const VIEWS: &str = "Views";

/// A view: what stands behind # in the address, its name in the list, its heading and the sentence below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Behind # in the address.
    pub fragment: &'static str,
    /// In the list.
    pub name: &'static str,
    /// Heading.
    pub title: &'static str,
    /// The sentence below the heading; empty where there is none.
    pub lead: &'static str,
}

/// The table of estimates; its lead counts them.
pub const ESTIMATES: View = View {
    fragment: "estimates",
    name: "Estimates",
    title: "Published estimates",
    lead: "",
};
/// The studies.
pub const STUDIES: View = View {
    fragment: "studies",
    name: "Studies",
    title: "Studies",
    lead: "",
};
/// The commentary's table.
pub const FIVE_STUDIES: View = View {
    fragment: "five-studies",
    name: "Five studies",
    title: "Five studies side by side",
    lead: "",
};
/// The checker.
pub const CHECK: View = View {
    fragment: "check",
    name: "Check numbers",
    title: "Do published numbers follow from each other?",
    lead: "Type numbers as they are printed, with all their decimals. A printed number stands for every number that rounds to \
           it. What does not follow may have a reason that is not printed.",
};
/// Comparison and pooling.
pub const COMPARE: View = View {
    fragment: "compare",
    name: "Compare and pool",
    title: "Compare and pool",
    lead: "Two published rates side by side, or three and more pooled, with what speaks against it.",
};
/// The heading of pooling.
pub const POOL: &str = "Pool";
/// Reconstruction.
pub const RECONSTRUCT: View = View {
    fragment: "reconstruct",
    name: "Take a curve back",
    title: "Take a published curve back to times",
    lead: "From the points of a Kaplan–Meier curve and the numbers at risk under it: times and events that draw the same curve \
           (Guyot et al. 2012, refined). They are not data of patients.",
};

/// What the table of estimates holds, and when it was read.
#[must_use]
pub fn held(estimates: usize, studies: usize, date: &str) -> String {
    format!(
        "{estimates} estimates of {studies} studies and reports, as printed, each with the place where it was read. Read {date}."
    )
}
