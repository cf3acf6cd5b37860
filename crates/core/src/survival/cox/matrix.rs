//! Small symmetric matrices: packed storage and the LDLᵀ factorisation.

/// A symmetric matrix; only the lower triangle is stored, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Symmetric {
    size: usize,
    packed: Vec<f64>,
}

impl Symmetric {
    /// Returns the zero matrix of a size.
    #[must_use]
    pub fn zero(size: usize) -> Self {
        Self {
            size,
            packed: vec![0.0; size * (size + 1) / 2],
        }
    }

    /// Returns the number of rows, which is that of columns.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Returns the element at (i, j), from 0.
    #[must_use]
    pub fn at(&self, i: usize, j: usize) -> f64 {
        self.packed[Self::index(i, j)]
    }

    /// Returns the matrix with this lower triangle, row by row; `None` where its length does not fit.
    pub(crate) fn of_lower(size: usize, packed: &[f64]) -> Option<Self> {
        (packed.len() == size * (size + 1) / 2).then(|| Self {
            size,
            packed: packed.to_vec(),
        })
    }

    /// Returns the lower triangle, row by row.
    pub(crate) fn lower(&self) -> &[f64] {
        &self.packed
    }

    /// The lower triangle, row by row.
    pub(super) fn packed_mut(&mut self) -> &mut [f64] {
        &mut self.packed
    }

    pub(crate) fn set(&mut self, i: usize, j: usize, value: f64) {
        self.packed[Self::index(i, j)] = value;
    }

    pub(crate) fn add(&mut self, i: usize, j: usize, value: f64) {
        self.packed[Self::index(i, j)] += value;
    }

    fn index(i: usize, j: usize) -> usize {
        let (row, column) = if i >= j { (i, j) } else { (j, i) };
        row * (row + 1) / 2 + column
    }

    /// Returns vᵀ M v.
    ///
    /// ```
    /// use cotside_core::survival::{FollowUp, cox::{Design, Model, fit}};
    ///
    /// // The variance of twice a coefficient is four times its own.
    /// let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0], vec![1, 1, 1]).unwrap();
    /// let design = Design::new().numeric("x", vec![0.0, 1.0, 0.0]);
    /// let variance = fit(&Model::new(&follow_up, &design)).unwrap().variance;
    /// assert_eq!((variance.size(), variance.quadratic(&[2.0])), (1, 4.0 * variance.at(0, 0)));
    /// ```
    #[must_use]
    pub fn quadratic(&self, v: &[f64]) -> f64 {
        let rows = 0..self.size;
        rows.map(|i| v[i] * (0..self.size).map(|j| self.at(i, j) * v[j]).sum::<f64>())
            .sum()
    }

    /// Returns M v.
    #[must_use]
    pub fn times(&self, v: &[f64]) -> Vec<f64> {
        (0..self.size)
            .map(|i| (0..self.size).map(|j| self.at(i, j) * v[j]).sum())
            .collect()
    }

    /// Returns the submatrix of the rows and columns in `keep`, in that order.
    #[must_use]
    pub fn part(&self, keep: &[usize]) -> Self {
        let mut part = Self::zero(keep.len());
        for (i, &row) in keep.iter().enumerate() {
            for (j, &column) in keep.iter().enumerate().take(i + 1) {
                part.set(i, j, self.at(row, column));
            }
        }
        part
    }

    pub(crate) fn is_finite(&self) -> bool {
        self.packed.iter().all(|value| value.is_finite())
    }
}

/// The factorisation M = L D Lᵀ of a positive semidefinite matrix; rows that depend on earlier ones are skipped.
#[derive(Debug, Clone)]
pub struct Factored {
    size: usize,
    /// Below the diagonal L, row-major; unit diagonal.
    lower: Vec<f64>,
    /// D; 0 where the row was skipped.
    pivot: Vec<f64>,
}

impl Factored {
    /// Factorises. Row j is skipped where its pivot is not above `tolerance` times its diagonal element, or that
    /// element not above `floor`. O(p³).
    #[must_use]
    pub fn new(matrix: &Symmetric, tolerance: f64, floor: f64) -> Self {
        let size = matrix.size;
        let (mut lower, mut pivot) = (vec![0.0; size * size], vec![0.0; size]);
        for j in 0..size {
            let mut reduced = matrix.at(j, j);
            for k in 0..j {
                reduced -= lower[j * size + k] * lower[j * size + k] * pivot[k];
            }
            let diagonal = matrix.at(j, j);
            if !(reduced > tolerance * diagonal && diagonal > floor) {
                continue;
            }
            pivot[j] = reduced;
            for i in j + 1..size {
                let mut sum = matrix.at(i, j);
                for k in 0..j {
                    sum -= lower[i * size + k] * lower[j * size + k] * pivot[k];
                }
                lower[i * size + j] = sum / reduced;
            }
        }
        Self { size, lower, pivot }
    }

    /// True if row j was skipped.
    #[must_use]
    pub fn is_aliased(&self, j: usize) -> bool {
        self.pivot[j] == 0.0
    }

    /// Returns the number of rows that were not skipped.
    #[must_use]
    pub fn rank(&self) -> usize {
        self.pivot.iter().filter(|&&pivot| pivot != 0.0).count()
    }

    /// Returns ln |M| over the rows that were not skipped.
    #[must_use]
    pub fn log_determinant(&self) -> f64 {
        let kept = self.pivot.iter().filter(|&&pivot| pivot != 0.0);
        kept.map(|&pivot| libm::log(pivot)).sum()
    }

    /// Returns the x with M x = b, 0 in skipped rows.
    #[must_use]
    pub fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut x = b.to_vec();
        for i in 0..self.size {
            if self.is_aliased(i) {
                x[i] = 0.0;
                continue;
            }
            for k in 0..i {
                x[i] -= self.lower[i * self.size + k] * x[k];
            }
        }
        for i in (0..self.size).rev() {
            if self.is_aliased(i) {
                x[i] = 0.0;
                continue;
            }
            x[i] /= self.pivot[i];
            for k in i + 1..self.size {
                if !self.is_aliased(k) {
                    x[i] -= self.lower[k * self.size + i] * x[k];
                }
            }
        }
        x
    }

    /// Returns M⁻¹, with zeros in skipped rows and columns.
    #[must_use]
    pub fn inverse(&self) -> Symmetric {
        let mut inverse = Symmetric::zero(self.size);
        let mut unit = vec![0.0; self.size];
        for j in 0..self.size {
            unit[j] = 1.0;
            let column = self.solve(&unit);
            unit[j] = 0.0;
            if self.is_aliased(j) {
                continue;
            }
            for (i, &value) in column.iter().enumerate().skip(j) {
                inverse.set(i, j, value);
            }
        }
        inverse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependent_row_is_passed_over() {
        // The third row is the sum of the first two.
        let mut matrix = Symmetric::zero(3);
        matrix.packed_mut().copy_from_slice(&[2.0, 1.0, 3.0, 3.0, 4.0, 7.0]);
        let factored = Factored::new(&matrix, 1e-12, 0.0);
        assert_eq!((factored.rank(), factored.is_aliased(2)), (2, true));
        let x = factored.solve(&[5.0, 10.0, 15.0]);
        assert!((x[0] - 1.0).abs() < 1e-14 && (x[1] - 3.0).abs() < 1e-14 && x[2] == 0.0);
        let inverse = factored.inverse();
        assert!((inverse.at(0, 0) - 0.6).abs() < 1e-15 && (inverse.at(1, 0) + 0.2).abs() < 1e-15);
        assert!((factored.log_determinant() - libm::log(5.0)).abs() < 1e-14);
        assert_eq!(inverse.at(2, 1), 0.0);
        assert!((matrix.quadratic(&[1.0, 1.0, 0.0]) - 7.0).abs() < 1e-15);
    }
}
