//! Sums over columns, written so that the compiler keeps several rows in one register.

/// Rows whose columns stay in the first cache together.
pub const CHUNK: usize = 256;
/// Sums kept beside each other, so that none waits for the one before.
const LANES: usize = 4;
/// Most columns that are gone through together.
const TOGETHER: usize = 6;

/// The same rows of several columns.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    values: &'a [f64],
    stride: usize,
    first: usize,
    end: usize,
    count: usize,
}

impl<'a> Columns<'a> {
    /// Rows `first..end` of `count` columns, each `stride` behind the one before.
    pub fn new(values: &'a [f64], stride: usize, count: usize, first: usize, end: usize) -> Self {
        Self {
            values,
            stride,
            first,
            end,
            count,
        }
    }

    pub fn rows(&self) -> usize {
        self.end - self.first
    }

    pub fn column(&self, j: usize) -> &'a [f64] {
        &self.values[j * self.stride + self.first..j * self.stride + self.end]
    }

    fn group<const G: usize>(&self, from: usize) -> [&'a [f64]; G] {
        std::array::from_fn(|j| self.column(from + j))
    }
}

/// Calls a function of a number of columns known to the compiler for all `count`, some at a time.
macro_rules! in_groups {
    ($count:expr, $function:ident($($argument:expr),*)) => {{
        let mut from = 0;
        while from < $count {
            let together = ($count - from).min(TOGETHER);
            match together {
                1 => $function::<1>(from, $($argument),*),
                2 => $function::<2>(from, $($argument),*),
                3 => $function::<3>(from, $($argument),*),
                4 => $function::<4>(from, $($argument),*),
                5 => $function::<5>(from, $($argument),*),
                _ => $function::<6>(from, $($argument),*),
            }
            from += together;
        }
    }};
}

/// Σ a b.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = [0.0];
    dots::<1>(0, a, Columns::new(b, 0, 1, 0, a.len()), &mut sum);
    sum[0]
}

/// Σ a.
pub fn sum(a: &[f64]) -> f64 {
    let (whole, rest) = a.as_chunks::<{ 2 * LANES }>();
    let mut sums = [0.0; 2 * LANES];
    for a in whole {
        for (sum, a) in sums.iter_mut().zip(a) {
            *sum += a;
        }
    }
    sums.iter().sum::<f64>() + rest.iter().sum::<f64>()
}

/// Adds Σ w x to `sums`, one a column.
pub fn add_sums(weight: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    in_groups!(columns.count, dots(weight, columns, sums));
}

fn dots<const G: usize>(from: usize, weight: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    let columns = columns.group::<G>(from);
    let mut lanes = [[0.0; LANES]; G];
    let (weights, rest) = weight.as_chunks::<LANES>();
    let chunks = columns.map(|column| &column.as_chunks::<LANES>().0[..weights.len()]);
    for (at, weights) in weights.iter().enumerate() {
        for g in 0..G {
            for lane in 0..LANES {
                lanes[g][lane] += weights[lane] * chunks[g][at][lane];
            }
        }
    }
    for g in 0..G {
        let behind = columns[g][weight.len() - rest.len()..].iter().zip(rest);
        sums[from + g] += lanes[g].iter().sum::<f64>() + behind.map(|(x, w)| x * w).sum::<f64>();
    }
}

/// Adds the lower triangle of Σ w x xᵀ to `sums`.
pub fn add_products(weight: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    let mut products = [0.0; CHUNK];
    let products = &mut products[..columns.rows()];
    let mut sums = sums;
    for j in 0..columns.count {
        for ((product, w), x) in products.iter_mut().zip(weight).zip(columns.column(j)) {
            *product = w * x;
        }
        let (row, rest) = sums.split_at_mut(j + 1);
        add_sums(
            products,
            Columns {
                count: j + 1,
                ..columns
            },
            row,
        );
        sums = rest;
    }
}

/// Adds Σ b x to `sums`, row by row.
pub fn add_combination(factors: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    in_groups!(columns.count, combine(factors, columns, sums));
}

fn combine<const G: usize>(from: usize, factors: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    let columns = columns.group::<G>(from).map(|column| &column[..sums.len()]);
    let factors: [f64; G] = std::array::from_fn(|g| factors[from + g]);
    for (at, sum) in sums.iter_mut().enumerate() {
        let mut all = *sum;
        for g in 0..G {
            all += factors[g] * columns[g][at];
        }
        *sum = all;
    }
}

/// Running sums of w x, from `sums` on, times `factor`: one row of `means` a column, [`CHUNK`] apart.
pub fn running_means(weight: &[f64], columns: Columns<'_>, factor: &[f64], sums: &mut [f64], means: &mut [f64]) {
    in_groups!(columns.count, run(weight, columns, factor, sums, means));
}

fn run<const G: usize>(
    from: usize,
    weight: &[f64],
    columns: Columns<'_>,
    factor: &[f64],
    sums: &mut [f64],
    means: &mut [f64],
) {
    let columns = columns.group::<G>(from).map(|column| &column[..weight.len()]);
    let factor = &factor[..weight.len()];
    let mut now: [f64; G] = std::array::from_fn(|g| sums[from + g]);
    let mut rows = means[from * CHUNK..].chunks_mut(CHUNK);
    let means: [&mut [f64]; G] =
        std::array::from_fn(|_| rows.next().map_or(&mut [][..], |row| &mut row[..weight.len()]));
    if means.iter().any(|row| row.len() != weight.len()) {
        return;
    }
    for (at, &weight) in weight.iter().enumerate() {
        for g in 0..G {
            now[g] += weight * columns[g][at];
            means[g][at] = now[g] * factor[at];
        }
    }
    sums[from..from + G].copy_from_slice(&now);
}
