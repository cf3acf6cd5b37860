//! Small systems of linear equations with a symmetric positive definite matrix.

/// A pivot below this part of the diagonal counts as 0: R's `coxph.control(toler.chol)`.
const SINGULAR: f64 = 1.8e-12;

/// The Cholesky factor L of a symmetric positive definite matrix A = L·Lᵀ, by rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cholesky {
    n: usize,
    lower: Vec<f64>,
}

impl Cholesky {
    /// Factorises the n × n matrix given by rows, reading its lower triangle. `Err` gives the first column that is a
    /// linear combination of those before it (or is not finite). O(n³).
    pub fn of(matrix: &[f64], n: usize) -> Result<Self, usize> {
        let mut lower = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                let dot: f64 = (0..j).map(|k| lower[i * n + k] * lower[j * n + k]).sum();
                let rest = matrix[i * n + j] - dot;
                if i == j {
                    let diagonal = matrix[i * n + i];
                    if !(diagonal > 0.0 && rest > SINGULAR * diagonal && rest.is_finite()) {
                        return Err(i);
                    }
                    lower[i * n + i] = rest.sqrt();
                } else {
                    lower[i * n + j] = rest / lower[j * n + j];
                }
            }
        }
        Ok(Self { n, lower })
    }

    /// Returns the x with A·x = b.
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let n = self.n;
        let mut x = b.to_vec();
        for i in 0..n {
            let dot: f64 = (0..i).map(|k| self.lower[i * n + k] * x[k]).sum();
            x[i] = (x[i] - dot) / self.lower[i * n + i];
        }
        for i in (0..n).rev() {
            let dot: f64 = (i + 1..n).map(|k| self.lower[k * n + i] * x[k]).sum();
            x[i] = (x[i] - dot) / self.lower[i * n + i];
        }
        x
    }

    /// Returns bᵀ·A⁻¹·b.
    pub fn quadratic_form(&self, b: &[f64]) -> f64 {
        dot(&self.solve(b), b)
    }

    /// Returns A⁻¹ by rows.
    pub fn inverse(&self) -> Vec<f64> {
        let n = self.n;
        let mut inverse = vec![0.0; n * n];
        let mut unit = vec![0.0; n];
        for column in 0..n {
            unit.fill(0.0);
            unit[column] = 1.0;
            for (row, value) in self.solve(&unit).into_iter().enumerate() {
                inverse[row * n + column] = value;
            }
        }
        inverse
    }
}

/// Returns Σ aᵢ·bᵢ.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Adds weight·v·vᵀ to A, in the lower triangle of an n × n matrix by rows.
pub(super) fn add_outer(lower: &mut [f64], weight: f64, vector: &[f64]) {
    for (i, row) in lower.chunks_exact_mut(vector.len()).enumerate() {
        let scaled = weight * vector[i];
        for (cell, value) in row.iter_mut().zip(&vector[..=i]) {
            *cell += scaled * value;
        }
    }
}

/// Copies the lower triangle of an n × n matrix by rows to the upper one.
pub(super) fn mirror(matrix: &mut [f64], n: usize) {
    for i in 0..n {
        for j in 0..i {
            matrix[j * n + i] = matrix[i * n + j];
        }
    }
}

/// Returns A·B·A for symmetric n × n matrices by rows, the form of a sandwich variance.
pub(super) fn sandwich(bread: &[f64], filling: &[f64], n: usize) -> Vec<f64> {
    let product = |a: &[f64], b: &[f64]| -> Vec<f64> {
        (0..n * n)
            .map(|cell| (0..n).map(|k| a[cell / n * n + k] * b[k * n + cell % n]).sum())
            .collect()
    };
    product(&product(bread, filling), bread)
}

/// Returns M·A·Mᵀ for n × n matrices by rows, A symmetric: the variance of linear combinations.
pub(super) fn congruence(map: &[f64], variance: &[f64], n: usize) -> Vec<f64> {
    (0..n * n)
        .map(|cell| {
            let (a, b) = (&map[cell / n * n..][..n], &map[cell % n * n..][..n]);
            (0..n).map(|i| a[i] * dot(&variance[i * n..][..n], b)).sum()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_by_two_by_hand() {
        let matrix = [4.0, 2.0, 2.0, 3.0];
        let factor = Cholesky::of(&matrix, 2).unwrap();
        let x = factor.solve(&[8.0, 7.0]);
        assert!((x[0] - 1.25).abs() < 1e-15 && (x[1] - 1.5).abs() < 1e-15);
        assert!((factor.inverse()[1] + 0.25).abs() < 1e-15);
        assert!((factor.quadratic_form(&[1.0, 0.0]) - 0.375).abs() < 1e-15);
        assert_eq!(Cholesky::of(&[1.0, 2.0, 2.0, 4.0], 2), Err(1));
        assert_eq!(Cholesky::of(&[0.0], 1), Err(0));
        assert_eq!(congruence(&[1.0, 1.0, 0.0, 2.0], &matrix, 2), [11.0, 10.0, 10.0, 12.0]);
        assert_eq!(sandwich(&[2.0], &[3.0], 1), [12.0]);
    }
}
