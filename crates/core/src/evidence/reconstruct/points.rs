//! Data read from a figure: points of the curve, and the numbers at risk below it.

/// A point of the drawn curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Time, 0 or more.
    pub time: f64,
    /// Survival, 0 to 1.
    pub survival: f64,
}

/// An entry of the table of numbers at risk under the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtRisk {
    /// Patients under observation just before the time.
    pub patients: u32,
    /// Bits of the time, so that entries can be compared exactly; see [`AtRisk::at`].
    time_bits: u64,
}

impl AtRisk {
    /// So many patients at risk at a time.
    #[must_use]
    pub fn at(time: f64, patients: u32) -> Self {
        Self {
            patients,
            time_bits: time.to_bits(),
        }
    }

    /// Returns the time.
    #[must_use]
    pub fn time(self) -> f64 {
        f64::from_bits(self.time_bits)
    }
}
