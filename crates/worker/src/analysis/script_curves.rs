//! The part of the script in R that has what is asked of curves beside survival at some times.

use cotside_core::shortest;
use cotside_messages::{HazardEstimate, SimultaneousBand};

use crate::analysis::comparison::horizon;
use crate::analysis::script::{quoted, vector};
use crate::analysis::selection::Analysis;

/// The part of the script.
pub fn script(analysis: &Analysis<'_>) -> String {
    let options = &analysis.settings.curve_options;
    let numbers = |numbers: &[f64]| vector(numbers.iter().copied().map(shortest).collect());
    let mut script = String::from("\n");
    let mut let_be = |name: &str, value: String| script.push_str(&format!("{name} <- {value}\n"));
    let_be("quantiles", numbers(&options.quantiles));
    let_be("conditional_on", numbers(&options.conditional));
    let_be("horizon", horizon(analysis).map_or_else(|| "NULL".to_owned(), shortest));
    script.push_str(&of_hazard(include_str!("r/curve_options.R"), options.hazard));
    if analysis.compares() {
        let reference = analysis.groups.names.get(analysis.reference as usize);
        let reference = quoted(reference.map_or("", String::as_str));
        script.push_str(&format!("\nreference_group <- {reference}\n"));
        script.push_str(include_str!("r/differences.R"));
    }
    if options.band != SimultaneousBand::Pointwise {
        let end = |end: Option<f64>, none: &str| end.map_or_else(|| none.to_owned(), shortest);
        script.push_str(&format!(
            "\nband <- {}\nband_from <- {}\nband_to <- {}\n",
            quoted(options.band.code()),
            end(options.band_from, "-Inf"),
            end(options.band_to, "Inf"),
        ));
        script.push_str(include_str!("r/bands.R"));
    }
    script
}

/// The part with the chosen estimate of the cumulative hazard: survfit()'s `ctype`.
fn of_hazard(part: &str, hazard: HazardEstimate) -> String {
    match hazard {
        HazardEstimate::NelsonAalen => part.to_owned(),
        HazardEstimate::FlemingHarrington => part
            .replace("Nelson–Aalen", "Fleming–Harrington")
            .replace("ctype = 1", "ctype = 2"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_of_the_hazard_is_in_one_place_of_the_script() {
        let part = include_str!("r/curve_options.R");
        let [plain, other] = HazardEstimate::ALL else { return };
        assert_eq!(of_hazard(part, *plain), part);
        let other = of_hazard(part, *other);
        assert_eq!(
            (part.matches("ctype = 1").count(), other.matches("ctype = 2").count()),
            (1, 1)
        );
        assert!(other.contains("(Fleming–Harrington)") && !other.contains("Nelson"));
    }
}
