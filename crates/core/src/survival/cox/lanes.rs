//! Sums over columns, written so that the compiler keeps several rows in one register.

/// Rows whose columns stay in the first cache together.
pub const CHUNK: usize = 256;
/// Number of partial sums that do not depend on each other.
const LANES: usize = 4;
/// Number of columns whose products are summed together: the registers hold ten sums.
const MOST_TOGETHER: usize = 4;

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
    /// Rows `first..end` of `count` columns, each `stride` after the one before.
    pub fn new(values: &'a [f64], stride: usize, count: usize, first: usize, end: usize) -> Self {
        Self {
            values,
            stride,
            first,
            end,
            count,
        }
    }

    pub fn column(&self, j: usize) -> &'a [f64] {
        &self.values[j * self.stride + self.first..j * self.stride + self.end]
    }

    /// Returns G columns, each cut to `rows` rows.
    fn group<const G: usize>(&self, from: usize, rows: usize) -> [&'a [f64]; G] {
        std::array::from_fn(|j| &self.column(from + j)[..rows])
    }
}

/// Calls a function of a number of columns known to the compiler for all `count`, at most a fixed number at a time.
macro_rules! in_groups {
    ($most:literal, $count:expr, $function:ident($($argument:expr),*)) => {
        for from in (0..$count).step_by($most) {
            match ($count - from).min($most) {
                1 => $function::<1>(from, $($argument),*),
                2 => $function::<2>(from, $($argument),*),
                3 => $function::<3>(from, $($argument),*),
                4 => $function::<4>(from, $($argument),*),
                5 => $function::<5>(from, $($argument),*),
                _ => $function::<6>(from, $($argument),*),
            }
        }
    };
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

/// Returns the products of successive runs of factors.
pub fn products(factors: &[f64]) -> impl Iterator<Item = f64> {
    let (whole, rest) = factors.as_chunks::<LANES>();
    let product = |factors: &[f64; LANES]| (factors[0] * factors[1]) * (factors[2] * factors[3]);
    whole.iter().map(product).chain([rest.iter().product()])
}

/// Returns the smallest and the largest number; (∞, −∞) for an empty slice.
pub fn extremes(values: &[f64]) -> (f64, f64) {
    // f64::min also handles NaN, which prevents vectorisation.
    let lesser = |a: f64, b: f64| if b < a { b } else { a };
    let greater = |a: f64, b: f64| if b > a { b } else { a };
    let (whole, rest) = values.as_chunks::<{ 2 * LANES }>();
    let (mut low, mut high) = ([f64::INFINITY; 2 * LANES], [f64::NEG_INFINITY; 2 * LANES]);
    for values in whole {
        for lane in 0..2 * LANES {
            low[lane] = lesser(low[lane], values[lane]);
            high[lane] = greater(high[lane], values[lane]);
        }
    }
    (
        low.iter().chain(rest).copied().fold(f64::INFINITY, lesser),
        high.iter().chain(rest).copied().fold(f64::NEG_INFINITY, greater),
    )
}

/// Adds Σ w x to `sums`, one a column.
pub fn add_sums(weight: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    in_groups!(4, columns.count, dots(weight, columns, sums));
}

fn dots<const G: usize>(from: usize, weight: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    let columns = columns.group::<G>(from, weight.len());
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
    add_lanes(&lanes, &mut sums[from..]);
    for g in 0..G {
        let behind = columns[g][weight.len() - rest.len()..].iter().zip(rest);
        sums[from + g] += behind.map(|(x, w)| x * w).sum::<f64>();
    }
}

/// Adds what the lanes of each sum have gathered.
///
/// Not inlined, like the next: inlined into the loop before, the compiler vectorises over neighbouring sums instead of
/// neighbouring rows, which needs more shuffles than additions.
#[inline(never)]
fn add_lanes(lanes: &[[f64; LANES]], sums: &mut [f64]) {
    for (sum, lanes) in sums.iter_mut().zip(lanes) {
        *sum += lanes.iter().sum::<f64>();
    }
}

/// The same for the lower triangle of a square of pairs of lanes.
#[inline(never)]
fn add_triangle(pairs: &[[f64; 2]], size: usize, sums: &mut [f64]) {
    let rows = pairs.chunks_exact(size).enumerate();
    let lower = rows.flat_map(|(i, row)| &row[..=i]);
    for (sum, pair) in sums.iter_mut().zip(lower) {
        *sum += pair[0] + pair[1];
    }
}

/// Adds the lower triangle of Σ w x xᵀ to `sums`, row by row. At most [`CHUNK`] rows.
pub fn add_products(weight: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    let together = columns.count.min(MOST_TOGETHER);
    let (first, mut sums) = sums.split_at_mut(together * (together + 1) / 2);
    in_groups!(4, together, triangle(weight, columns, first));
    let mut products = [0.0; CHUNK];
    let products = &mut products[..weight.len()];
    for j in together..columns.count {
        for ((product, w), x) in products.iter_mut().zip(weight).zip(columns.column(j)) {
            *product = w * x;
        }
        let (row, rest) = sums.split_at_mut(j + 1);
        let before = Columns {
            count: j + 1,
            ..columns
        };
        add_sums(products, before, row);
        sums = rest;
    }
}

/// All products of G columns, row by row.
fn triangle<const G: usize>(from: usize, weight: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    let columns = columns.group::<G>(from, weight.len());
    let (weights, rest) = weight.as_chunks::<2>();
    let pairs = columns.map(|column| &column.as_chunks::<2>().0[..weights.len()]);
    let mut lanes = [[[0.0; 2]; G]; G];
    for (at, w) in weights.iter().enumerate() {
        let x: [[f64; 2]; G] = std::array::from_fn(|g| pairs[g][at]);
        for i in 0..G {
            let weighted = [w[0] * x[i][0], w[1] * x[i][1]];
            for j in 0..=i {
                let [a, b] = lanes[i][j];
                lanes[i][j] = [a + weighted[0] * x[j][0], b + weighted[1] * x[j][1]];
            }
        }
    }
    add_triangle(lanes.as_flattened(), G, sums);
    if let ([w], Some(last)) = (rest, weight.len().checked_sub(1)) {
        let lower = (0..G).flat_map(|i| (0..=i).map(move |j| (i, j)));
        for (sum, (i, j)) in sums.iter_mut().zip(lower) {
            *sum += w * columns[i][last] * columns[j][last];
        }
    }
}

/// Adds Σ b x to `sums`, row by row.
pub fn add_combination(factors: &[f64], columns: Columns<'_>, sums: &mut [f64]) {
    for (j, factor) in factors.iter().enumerate() {
        for (sum, x) in sums.iter_mut().zip(columns.column(j)) {
            *sum += factor * x;
        }
    }
}

/// Running sums, `start` included, into `sums`; returns the last.
pub fn running(values: &[f64], start: f64, sums: &mut [f64]) -> f64 {
    let mut now = start;
    let (whole, rest) = values.as_chunks::<4>();
    let (whole_sums, rest_sums) = sums.as_chunks_mut::<4>();
    for ([a, b, c, d], sums) in whole.iter().zip(whole_sums) {
        // Only one addition depends on the rows before.
        let (two, other) = (a + b, c + d);
        *sums = [now + a, now + two, now + (two + c), now + (two + other)];
        now = sums[3];
    }
    for (value, sum) in rest.iter().zip(rest_sums) {
        now += value;
        *sum = now;
    }
    now
}

/// Multiplies each factor by the sum of the values from its place to the end, `start` included; returns the whole sum.
pub fn times_running_back(values: &[f64], start: f64, factors: &mut [f64]) -> f64 {
    let mut now = start;
    let (rest, whole) = values.as_rchunks::<4>();
    let (rest_factors, whole_factors) = factors.as_rchunks_mut::<4>();
    for ([a, b, c, d], factors) in whole.iter().zip(whole_factors).rev() {
        let (two, other) = (d + c, b + a);
        let all = now + (two + other);
        factors[3] *= now + d;
        factors[2] *= now + two;
        factors[1] *= now + (two + b);
        factors[0] *= all;
        now = all;
    }
    for (value, factor) in rest.iter().zip(rest_factors).rev() {
        now += value;
        *factor *= now;
    }
    now
}

/// Running sums of w x, from `sums` on, of at most [`CHUNK`] rows. Those of the rows that are `taken` are written one
/// after the other to `taken_sums`: a row of it for each column, [`CHUNK`] apart.
pub fn running_sums(weight: &[f64], columns: Columns<'_>, taken: &[bool], sums: &mut [f64], taken_sums: &mut [f64]) {
    in_groups!(6, columns.count, run(weight, columns, taken, sums, taken_sums));
}

fn run<const G: usize>(
    from: usize,
    weight: &[f64],
    columns: Columns<'_>,
    taken: &[bool],
    sums: &mut [f64],
    taken_sums: &mut [f64],
) {
    let columns = columns.group::<G>(from, weight.len());
    let mut now: [f64; G] = std::array::from_fn(|g| sums[from + g]);
    let (rows, _) = taken_sums[from * CHUNK..].as_chunks_mut::<CHUNK>();
    let Some(rows) = rows.first_chunk_mut::<G>() else {
        return;
    };
    let mut place = 0_usize;
    for (at, (&weight, &is_taken)) in weight.iter().zip(taken).enumerate() {
        for g in 0..G {
            now[g] += weight * columns[g][at];
            // Values that are not taken are overwritten: no branch to mispredict.
            rows[g][place % CHUNK] = now[g];
        }
        place += usize::from(is_taken);
    }
    sums[from..from + G].copy_from_slice(&now);
}

/// Copies the values that are `taken`, one after the other; returns their number.
pub fn take(values: &[f64], taken: &[bool], into: &mut [f64; CHUNK]) -> usize {
    let mut place = 0_usize;
    for (&value, &is_taken) in values.iter().zip(taken) {
        into[place % CHUNK] = value;
        place += usize::from(is_taken);
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * (1.0 + a.abs())
    }

    proptest! {
        #[test]
        fn equal_to_plain_loops(rows in 1..CHUNK, count in 1..14_usize, seed in any::<u64>()) {
            let value = |i: usize| ((seed.rotate_left(i as u32 % 64) ^ (i as u64 * 0x9E37_79B9)) % 2001) as f64 / 1000.0 - 1.0;
            let values: Vec<f64> = (0..rows * count).map(value).collect();
            let weight: Vec<f64> = (0..rows).map(|i| value(i + 7) + 1.5).collect();
            let taken: Vec<bool> = (0..rows).map(|i| value(i + 3) > 0.0).collect();
            let columns = Columns::new(&values, rows, count, 0, rows);
            let x = |j: usize, i: usize| values[j * rows + i];
            let (mut sums, mut products) = (vec![1.0; count], vec![1.0; count * (count + 1) / 2]);
            add_sums(&weight, columns, &mut sums);
            add_products(&weight, columns, &mut products);
            let mut at = 0;
            for (j, &sum) in sums.iter().enumerate() {
                let plain: f64 = (0..rows).map(|i| weight[i] * x(j, i)).sum();
                prop_assert!(close(sum, 1.0 + plain));
                for k in 0..=j {
                    let plain: f64 = (0..rows).map(|i| weight[i] * x(j, i) * x(k, i)).sum();
                    prop_assert!(close(products[at], 1.0 + plain));
                    at += 1;
                }
            }
            let (mut now, mut taken_sums) = (vec![0.5; count], vec![0.0; count * CHUNK]);
            running_sums(&weight, columns, &taken, &mut now, &mut taken_sums);
            for (j, &last) in now.iter().enumerate() {
                let (mut plain, mut place) = (0.5, 0);
                for i in 0..rows {
                    plain += weight[i] * x(j, i);
                    if taken[i] {
                        prop_assert!(close(taken_sums[j * CHUNK + place], plain));
                        place += 1;
                    }
                }
                prop_assert!(close(last, plain));
            }
            let mut all = vec![0.0; rows];
            let whole = running(&weight, 2.0, &mut all);
            prop_assert!(close(whole, 2.0 + sum(&weight)) && close(all[rows - 1], whole));
            prop_assert!((1..rows).all(|i| close(all[i], all[i - 1] + weight[i])));
            let mut back = vec![1.0; rows];
            let whole = times_running_back(&weight, 2.0, &mut back);
            prop_assert!(close(whole, 2.0 + sum(&weight)) && close(back[0], whole));
            prop_assert!((1..rows).all(|i| close(back[i - 1], back[i] + weight[i - 1])));
            let mut some = [0.0; CHUNK];
            let count = take(&weight, &taken, &mut some);
            let plain: Vec<f64> = weight.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(w, _)| *w).collect();
            prop_assert_eq!(&some[..count], &plain[..]);
            let product: f64 = super::products(&weight).product();
            prop_assert!(close(product / weight.iter().product::<f64>(), 1.0));
            let plain = weight.iter().fold((9.0, -9.0), |(low, high): (f64, f64), &w| (low.min(w), high.max(w)));
            prop_assert_eq!(extremes(&weight), plain);
        }
    }
}
