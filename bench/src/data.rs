//! Simulated follow-up: about two thirds events, hazards that depend on five covariates.

/// Columns of equal length.
pub struct Columns {
    /// Days; few different ones where they are whole.
    pub time: Vec<f64>,
    /// 1 or 0.
    pub event: Vec<u32>,
    /// 0 or 1.
    pub group: Vec<u32>,
    /// Five covariates.
    pub covariates: [Vec<f64>; 5],
}

impl Columns {
    /// The same columns for the same seed; times in whole days, or in days with all their decimals.
    pub fn simulated(rows: usize, seed: u64, whole_days: bool) -> Self {
        let mut random = SplitMix(seed);
        let mut columns = Self {
            time: Vec::with_capacity(rows),
            event: Vec::with_capacity(rows),
            group: Vec::with_capacity(rows),
            covariates: std::array::from_fn(|_| Vec::with_capacity(rows)),
        };
        for _ in 0..rows {
            let group = u32::from(random.uniform() < 0.5);
            let x: [f64; 5] = std::array::from_fn(|_| random.uniform() * 2.0 - 1.0);
            let hazard = (0.3 * f64::from(group) + 0.5 * x[0] - 0.4 * x[1] + 0.2 * x[2]).exp() / 1500.0;
            let event = -random.uniform().ln() / hazard;
            let censored = random.uniform() * 5000.0;
            let time = event.min(censored);
            columns.time.push(if whole_days { time.floor() + 1.0 } else { time });
            columns.event.push(u32::from(event <= censored));
            columns.group.push(group);
            columns.covariates.iter_mut().zip(x).for_each(|(column, x)| column.push(x));
        }
        columns
    }
}

struct SplitMix(u64);

impl SplitMix {
    /// In (0, 1].
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + f64::EPSILON
    }
}
