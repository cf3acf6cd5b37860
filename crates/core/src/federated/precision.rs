//! The precision of score and information: units that depend on the plan and the number of events, never on β.

use super::limits::FULL_PRECISION_FROM;

/// Units of rounding.
#[derive(Debug, Clone, PartialEq)]
pub struct Precision {
    /// The unit of each element of the score.
    pub score_unit: Vec<f64>,
}

impl Precision {
    /// Returns the units u = 2^⌊log₂(R√d/4)⌋ / 2^bits for columns with ranges R and d events (at least one); `None` where
    /// `n` patients are enough for full precision.
    ///
    /// ```
    /// use cotside_core::federated::precision::Precision;
    ///
    /// // 21 events, ranges 3 and 1: 2^⌊1.78⌋/64 and 2^⌊0.20⌋/64.
    /// let precision = Precision::of(&[3.0, 1.0], 33, 21, 6).unwrap();
    /// assert_eq!(precision.score_unit, [0.03125, 0.015625]);
    /// assert_eq!(Precision::of(&[3.0, 1.0], 100, 21, 6), None);
    /// ```
    pub fn of(ranges: &[f64], n: u64, events: u64, bits: u32) -> Option<Self> {
        let root = (events.max(1) as f64).sqrt();
        let unit = |range: &f64| {
            let power = libm::floor(libm::log2(range * root / 4.0));
            libm::exp2(power - f64::from(bits))
        };
        (n < FULL_PRECISION_FROM).then(|| Self {
            score_unit: ranges.iter().map(unit).collect(),
        })
    }

    /// Rounds each element of a score to its unit u.
    pub fn round_score(&self, score: &mut [f64]) {
        for (value, &unit) in score.iter_mut().zip(&self.score_unit) {
            *value = to_unit(*value, unit);
        }
    }

    /// Rounds each element of an information, lower triangle by rows, to 64 times the product of the two units.
    pub fn round_information(&self, lower: &mut [f64]) {
        let mut values = lower.iter_mut();
        for (row, &first) in self.score_unit.iter().enumerate() {
            for &second in &self.score_unit[..=row] {
                let Some(value) = values.next() else { return };
                *value = to_unit(*value, 64.0 * first * second);
            }
        }
    }
}

/// Rounds to a whole number of units; exact halves away from 0, and never to −0.
fn to_unit(value: f64, unit: f64) -> f64 {
    if unit > 0.0 {
        (value / unit).round() * unit + 0.0
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked by hand: √16/4 = 1 with R = 1, so u = 1/64 from 16 events on, 1/128 with 15, 1/32 with 64.
    #[test]
    fn unit_steps_with_the_events() {
        let unit = |events| Precision::of(&[1.0], 50, events, 6).unwrap().score_unit[0];
        assert_eq!(
            [15, 16, 63, 64].map(unit),
            [1.0 / 128.0, 1.0 / 64.0, 1.0 / 64.0, 1.0 / 32.0]
        );
        assert_eq!(unit(0), unit(1));
    }

    #[test]
    fn full_precision_from_100_patients() {
        assert!(Precision::of(&[1.0], 99, 50, 6).is_some());
        assert!(Precision::of(&[1.0], 100, 50, 6).is_none());
        assert!(Precision::of(&[1.0], 101, 50, 6).is_none());
    }

    /// Units 1/32 and 1/64: information to 64/32² = 1/16, 1/32, 1/64.
    #[test]
    fn rounds_to_its_units() {
        let precision = Precision {
            score_unit: vec![1.0 / 32.0, 1.0 / 64.0],
        };
        let mut score = [1.51, -0.001];
        precision.round_score(&mut score);
        assert_eq!(score, [1.5, 0.0]);
        assert!(score[1].is_sign_positive());
        let mut information = [2.9, 0.37, 5.2];
        precision.round_information(&mut information);
        assert_eq!(information, [46.0 / 16.0, 12.0 / 32.0, 333.0 / 64.0]);
    }
}
