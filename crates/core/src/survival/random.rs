//! Random numbers from a seed, the same on every machine.

/// The SplitMix64 generator (Steele, Lea and Flood 2014).
pub(super) struct SplitMix(u64);

impl SplitMix {
    /// Starts the sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Returns a whole number below `n`: the upper half of a product (Lemire 2019), whose bias for `n` up to 2³² is
    /// below 2⁻³².
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// Shuffles labels by the method of Fisher and Yates.
    pub fn shuffle(&mut self, labels: &mut [u32]) {
        for last in (1..labels.len()).rev() {
            let other = self.below(last + 1);
            labels.swap(last, other);
        }
    }
}
