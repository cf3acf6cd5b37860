//! What a change of the settings touches.

use cotside_messages::{CurveOptions, Settings};

/// What a setting changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// Who is followed, for how long, in which group: everything.
    Patients,
    /// The parts that tell of the times of estimates.
    Times,
    /// The part of this name.
    Part(&'static str),
    /// How figures are drawn.
    Drawing,
}

/// What differs between two settings.
pub fn concerns(before: &Settings, after: &Settings) -> Vec<Concern> {
    // Every field is named, so that a new one cannot be forgotten.
    let Settings {
        origin,
        endpoint,
        group,
        only,
        levels,
        induction_failure,
        model,
        model_options,
        predictions,
        published,
        own_estimates,
        firth,
        residuals,
        reclassified,
        test,
        tau,
        at,
        curve_options,
        landmark,
        incidence,
        group_as,
        cure_distribution,
        cure_times,
        risks,
        figure,
    } = after;
    // Every part has intervals.
    let same_intervals = (curve_options.scale, curve_options.level.to_bits())
        == (before.curve_options.scale, before.curve_options.level.to_bits());
    let drawn = |options: &CurveOptions| (options.band, options.band_from, options.band_to, options.hazard);
    let same_drawn = drawn(curve_options) == drawn(&before.curve_options);
    let same_predictions = *predictions == before.predictions;
    // Levels are those of groups, subsets, subgroups, models and tables alike.
    let same_patients = (origin, endpoint, group, only, induction_failure)
        == (
            &before.origin,
            &before.endpoint,
            &before.group,
            &before.only,
            &before.induction_failure,
        )
        && *levels == before.levels
        && same_intervals;
    let same_adjusted = (model, &model_options.scales) == (&before.model, &before.model_options.scales);
    let same_model = (model, model_options, firth, residuals)
        == (&before.model, &before.model_options, &before.firth, &before.residuals);
    let same_correction = risks.correction == before.risks.correction;
    let same_distribution = risks.distribution == before.risks.distribution;
    let same = [
        (same_patients, Concern::Patients),
        (*at == before.at, Concern::Times),
        (*reclassified == before.reclassified, Concern::Part("protocols")),
        ((test, tau) == (&before.test, &before.tau), Concern::Part("comparison")),
        (
            landmark.to_bits() == before.landmark.to_bits(),
            Concern::Part("transplant"),
        ),
        (same_model, Concern::Part("models")),
        (same_predictions, Concern::Part("predicted")),
        (same_predictions, Concern::Part("cox_methods")),
        (same_predictions, Concern::Part("parametric")),
        (same_predictions, Concern::Part("parametric_methods")),
        // The models of transplant are adjusted for the same variables, on the same scales.
        (same_adjusted, Concern::Part("transplant")),
        (
            (model, model_options, group_as) == (&before.model, &before.model_options, &before.group_as),
            Concern::Part("adjusted"),
        ),
        (
            (cure_distribution, cure_times) == (&before.cure_distribution, &before.cure_times),
            Concern::Part("cure"),
        ),
        (
            (published, own_estimates) == (&before.published, &before.own_estimates),
            Concern::Part("curves"),
        ),
        (same_drawn, Concern::Part("curves")),
        // Of quantiles, conditional survival and bands the numbers and the methods tell.
        (*curve_options == before.curve_options, Concern::Part("comparison")),
        (*incidence == before.incidence, Concern::Part("competing")),
        (same_correction, Concern::Part("competing")),
        (same_correction, Concern::Part("competing_methods")),
        (same_distribution, Concern::Part("parametric")),
        (same_distribution, Concern::Part("parametric_methods")),
        (*figure == before.figure, Concern::Drawing),
    ];
    let differing = same.into_iter().filter(|(same, _)| !same);
    differing.map(|(_, concern)| concern).collect()
}
