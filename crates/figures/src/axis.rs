//! Scales and their ticks. One scale places the curve, the tick and the column of the table, so that they stay aligned.

use cotside_text::decimal::fixed;

/// Whether equal distances are equal differences or equal ratios.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// A linear scale, as for differences.
    Linear,
    /// Ratios; only for values above 0.
    Logarithmic,
}

/// From values to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    spacing: Spacing,
    values: (f64, f64),
    pixels: (f64, f64),
}

impl Scale {
    /// The scale which puts `values.0` at `pixels.0` and `values.1` at `pixels.1`. Ends that are not finite, equal or
    /// (for ratios) not above 0 are replaced, so that every value has a place.
    #[must_use]
    pub fn new(spacing: Spacing, values: (f64, f64), pixels: (f64, f64)) -> Self {
        let usable = |value: f64| value.is_finite() && (spacing == Spacing::Linear || value > 0.0);
        let values = match values {
            (low, high) if !usable(low) || !usable(high) => match spacing {
                Spacing::Linear => (0.0, 1.0),
                Spacing::Logarithmic => (0.1, 10.0),
            },
            (low, high) if low < high && (high - low).is_finite() => (low, high),
            (low, _) => match spacing {
                Spacing::Linear => (low, low + low.abs().max(1.0)),
                Spacing::Logarithmic => (low / 2.0, low * 2.0),
            },
        };
        Self {
            spacing,
            values,
            pixels,
        }
    }

    /// The values at its two ends.
    #[must_use]
    pub fn values(&self) -> (f64, f64) {
        self.values
    }

    /// The pixels at its two ends.
    #[must_use]
    pub fn pixels(&self) -> (f64, f64) {
        self.pixels
    }

    /// Returns the position of a value; values beyond an end are at that end.
    #[must_use]
    pub fn place(&self, value: f64) -> f64 {
        let (low, high) = self.values;
        let value = if value.is_nan() { low } else { value.max(low).min(high) };
        let share = match self.spacing {
            Spacing::Linear => (value - low) / (high - low),
            Spacing::Logarithmic => libm::log(value / low) / libm::log(high / low),
        };
        let (from, to) = self.pixels;
        from + share * (to - from)
    }

    /// True if a value is between the ends (to 1e-9 of their distance).
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        let slack = 1e-9 * (self.values.1 - self.values.0);
        value >= self.values.0 - slack && value <= self.values.1 + slack
    }
}

/// A tenth of the axis in pixels: printed figures have no more than some ten ticks of time, whatever would fit.
pub(crate) fn tenth(scale: &Scale) -> f64 {
    let (from, to) = scale.pixels();
    // Ten steps of a tenth fit.
    (to - from).abs() / 10.0 - 1e-6
}

/// True if a number can have a readable label on an axis.
pub(crate) fn drawable(value: f64) -> bool {
    value.abs() < 1e9
}

/// A place on an axis with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The value, in the unit of the axis.
    pub value: f64,
    /// Label of the tick.
    pub label: String,
}

/// Steps of 1, 2 and 5 times powers of ten.
const DECIMAL: [f64; 3] = [1.0, 2.0, 5.0];

/// The smallest step of 1, 2, 5 · 10ⁿ that is at least `least`.
fn decimal_step(least: f64) -> f64 {
    let mut power = 1.0;
    while power > least && power > 1e-9 {
        power /= 10.0;
    }
    while power * 10.0 <= least && power < 1e15 {
        power *= 10.0;
    }
    let fits = |step: f64| step >= least * (1.0 - 1e-12);
    DECIMAL
        .iter()
        .map(|digit| digit * power)
        .find(|step| fits(*step))
        .unwrap_or(10.0 * power)
}

/// The smallest step of months that is at least `least`: parts and multiples of a year.
fn month_step(least: f64) -> f64 {
    [1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 36.0, 60.0, 120.0, 240.0]
        .into_iter()
        .find(|step| *step >= least)
        .unwrap_or_else(|| 120.0 * decimal_step(least / 120.0))
}

/// How many decimals a multiple of `step` needs.
fn places(step: f64) -> usize {
    let mut places = 0;
    let mut scaled = step;
    while places < 9 && (scaled - scaled.round()).abs() > 1e-6 * scaled.abs() {
        scaled *= 10.0;
        places += 1;
    }
    places
}

/// A number with a minus sign that is one.
#[must_use]
pub fn signed(value: f64, places: usize) -> String {
    fixed(value, places).replace('-', "−")
}

/// The multiples of `step` within the ends of the scale, at most some hundred.
fn multiples(scale: &Scale, step: f64) -> Vec<Tick> {
    let (low, high) = scale.values();
    let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    let places = places(step);
    let mut ticks = Vec::new();
    let mut count = first;
    while count <= last && ticks.len() < 200 {
        let value = count * step;
        ticks.push(Tick {
            value,
            label: signed(value, places),
        });
        count += 1.0;
    }
    ticks
}

/// Returns ticks at round numbers, at least `room` pixels apart.
#[must_use]
pub fn round_ticks(scale: &Scale, room: f64) -> Vec<Tick> {
    multiples(scale, decimal_step(least_step(scale, room)))
}

/// Returns ticks at whole fractions or multiples of years on an axis in months, at least `room` pixels apart.
#[must_use]
pub fn month_ticks(scale: &Scale, room: f64) -> Vec<Tick> {
    multiples(scale, month_step(least_step(scale, room)))
}

/// Returns ticks at multiples of `step` (to two decimals), or of its smallest multiple that leaves `room` pixels
/// between two; `None` where the step is invalid, or fewer than two ticks are on the axis.
#[must_use]
pub fn step_ticks(scale: &Scale, step: f64, room: f64) -> Option<Vec<Tick>> {
    let step = (step * 100.0).round() / 100.0;
    if !(step.is_finite() && step > 0.0) {
        return None;
    }
    let times = (least_step(scale, room) / step - 1e-9).ceil().max(1.0);
    Some(multiples(scale, step * times)).filter(|ticks| ticks.len() > 1)
}

fn least_step(scale: &Scale, room: f64) -> f64 {
    let ((low, high), (from, to)) = (scale.values(), scale.pixels());
    let length = (to - from).abs().max(1e-6);
    (high - low) * (room.max(1.0) / length).min(1.0)
}

/// Returns ticks of an axis of ratios, at least `room` pixels apart: 1, 2, 5 times powers of ten where they fit, else
/// powers of ten; round numbers where the axis is too short for two of these.
#[must_use]
pub fn ratio_ticks(scale: &Scale, room: f64) -> Vec<Tick> {
    if ratios(scale, &[1.0, 2.0, 5.0]).len() < 2 {
        let mut kept: Vec<Tick> = Vec::new();
        for tick in round_ticks(scale, room)
            .into_iter()
            .filter(|tick| scale.holds(tick.value))
        {
            let before = kept.last().map(|last| scale.place(last.value));
            if before.is_none_or(|before| (scale.place(tick.value) - before).abs() >= room) {
                kept.push(tick);
            }
        }
        return kept;
    }
    for digits in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
        let ticks = ratios(scale, digits);
        let near = ticks
            .windows(2)
            .any(|pair| (scale.place(pair[1].value) - scale.place(pair[0].value)).abs() < room);
        if !near && ticks.len() > 1 {
            return ticks;
        }
    }
    // A long axis: every second, third … power; always with 1 where it is on the axis.
    let powers = ratios(scale, &[1.0]);
    let one = powers.iter().position(|tick| tick.value == 1.0).unwrap_or(0);
    (1..powers.len().max(2))
        .map(|nth| {
            let kept = |index: usize| (index + powers.len() * nth - one).is_multiple_of(nth);
            (0..powers.len())
                .filter(|index| kept(*index))
                .filter_map(|index| powers.get(index).cloned())
                .collect::<Vec<_>>()
        })
        .find(|kept| {
            kept.windows(2)
                .all(|pair| (scale.place(pair[1].value) - scale.place(pair[0].value)).abs() >= room)
        })
        .unwrap_or_default()
}

/// Returns ticks of an axis of hazard ratios, at least `room` pixels apart: powers of two, so that 0.5 is as far from 1 as 2 is;
/// where they do not fit or the axis is too long or too short for them, those of [`ratio_ticks`].
#[must_use]
pub fn doubling_ticks(scale: &Scale, room: f64) -> Vec<Tick> {
    let labels = ["0.125", "0.25", "0.5", "1", "2", "4", "8", "16"];
    let all = labels.iter().zip(-3..).map(|(label, power)| Tick {
        value: libm::exp2(f64::from(power)),
        label: (*label).to_owned(),
    });
    let ticks: Vec<Tick> = all.filter(|tick| scale.holds(tick.value)).collect();
    let is_near = |pair: &[Tick]| match pair {
        [a, b] => (scale.place(b.value) - scale.place(a.value)).abs() < room,
        _ => false,
    };
    let (low, high) = scale.values();
    let is_covered = low >= 1.0 / 16.0 && high <= 32.0;
    if ticks.len() < 3 || !is_covered || ticks.windows(2).any(is_near) {
        return ratio_ticks(scale, room);
    }
    ticks
}

fn ratios(scale: &Scale, digits: &[f64]) -> Vec<Tick> {
    let mut ticks = Vec::new();
    for power in -9..=9_i32 {
        for digit in digits {
            // Division keeps 0.2 the double nearest to 0.2.
            let ten = libm::exp10(f64::from(power.abs())).round();
            let value = if power < 0 { digit / ten } else { digit * ten };
            if scale.holds(value) {
                let places = if power < 0 { power.unsigned_abs() as usize } else { 0 };
                ticks.push(Tick {
                    value,
                    label: fixed(value, places),
                });
            }
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    fn linear(low: f64, high: f64, length: f64) -> Scale {
        Scale::new(Spacing::Linear, (low, high), (0.0, length))
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(
            labels(&round_ticks(&linear(0.0, 10.3, 300.0), 30.0)),
            ["0", "2", "4", "6", "8", "10"]
        );
        assert_eq!(
            labels(&round_ticks(&linear(0.0, 1.2, 200.0), 30.0)),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2"]
        );
        assert_eq!(
            labels(&round_ticks(&linear(-2.5, 1.5, 100.0), 20.0)),
            ["−2", "−1", "0", "1"]
        );
        assert_eq!(
            labels(&month_ticks(&linear(0.0, 64.0, 300.0), 40.0)),
            ["0", "12", "24", "36", "48", "60"]
        );
        assert_eq!(
            labels(&month_ticks(&linear(0.0, 20.0, 300.0), 40.0)),
            ["0", "3", "6", "9", "12", "15", "18"]
        );
    }

    #[test]
    fn ticks_at_a_step_that_was_asked_for_or_a_multiple() {
        let asked = |step, room| step_ticks(&linear(0.0, 5.2, 300.0), step, room);
        let found = asked(1.0, 30.0).unwrap();
        assert_eq!(labels(&found), ["0", "1", "2", "3", "4", "5"]);
        assert_eq!(labels(&asked(0.5, 50.0).unwrap()), ["0", "1", "2", "3", "4", "5"]);
        assert_eq!(labels(&asked(0.5, 25.0).unwrap()).len(), 11);
        for step in [f64::NAN, 0.0, -1.0, 6.0, f64::INFINITY] {
            assert_eq!(asked(step, 30.0), None, "{step}");
        }
    }

    #[test]
    fn ratios_are_spaced_evenly() {
        let scale = Scale::new(Spacing::Logarithmic, (0.1, 10.0), (0.0, 200.0));
        assert!((scale.place(1.0) - 100.0).abs() < 1e-9 && (scale.place(1e6) - 200.0).abs() < 1e-9);
        assert_eq!(
            labels(&ratio_ticks(&scale, 20.0)),
            ["0.1", "0.2", "0.5", "1", "2", "5", "10"]
        );
        assert_eq!(labels(&ratio_ticks(&scale, 60.0)), ["0.1", "1", "10"]);
        let long = Scale::new(Spacing::Logarithmic, (0.001, 100.0), (0.0, 100.0));
        assert_eq!(labels(&ratio_ticks(&long, 30.0)), ["0.01", "1", "100"]);
    }

    #[test]
    fn ratios_double_where_the_axis_is_of_their_length() {
        let scale = |low, high| Scale::new(Spacing::Logarithmic, (low, high), (0.0, 200.0));
        assert_eq!(
            labels(&doubling_ticks(&scale(0.2, 9.0), 20.0)),
            ["0.25", "0.5", "1", "2", "4", "8"]
        );
        assert_eq!(labels(&doubling_ticks(&scale(0.2, 9.0), 60.0)), ["1"]);
        assert_eq!(labels(&doubling_ticks(&scale(0.001, 100.0), 30.0)).len(), 6);
    }

    #[test]
    fn an_axis_without_length_still_places() {
        for (spacing, values) in [
            (Spacing::Linear, (f64::NAN, 1.0)),
            (Spacing::Linear, (3.0, 3.0)),
            (Spacing::Linear, (f64::MIN, f64::MAX)),
            (Spacing::Logarithmic, (0.0, 1.0)),
            (Spacing::Logarithmic, (2.0, 2.0)),
        ] {
            let scale = Scale::new(spacing, values, (10.0, 20.0));
            for value in [f64::NAN, f64::INFINITY, -1.0, 0.0, 3.0] {
                assert!(
                    (10.0..=20.0).contains(&scale.place(value)),
                    "{spacing:?} {values:?} {value}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn ticks_keep_their_distance(low in -1e4..1e4_f64, span in 1e-3..1e5_f64, length in 20.0..700.0_f64, room in 5.0..80.0_f64) {
            let scale = linear(low, low + span, length);
            let asked = step_ticks(&scale, span * 0.013, room).unwrap_or_default();
            for ticks in [round_ticks(&scale, room), month_ticks(&linear(0.0, span, length), room), asked] {
                for pair in ticks.windows(2) {
                    prop_assert!((pair[1].value - pair[0].value) / span * length >= room.min(length) - 1e-6);
                }
            }
            for tick in round_ticks(&scale, room) {
                prop_assert!(scale.holds(tick.value));
            }
        }

        #[test]
        fn labels_of_ratios_differ(low in 1e-4..1.0_f64, ratio in 1.5..1e6_f64, room in 5.0..80.0_f64) {
            let scale = Scale::new(Spacing::Logarithmic, (low, low * ratio), (0.0, 300.0));
            let ticks = ratio_ticks(&scale, room);
            for pair in ticks.windows(2) {
                prop_assert!(pair[0].label != pair[1].label);
                prop_assert!(scale.place(pair[1].value) - scale.place(pair[0].value) >= room - 1e-6);
            }
        }
    }
}
