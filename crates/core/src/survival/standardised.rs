//! Centred and scaled covariates by rows, in a given order, for the iterations of models.

/// n rows of p covariates, each less its mean and divided by its standard deviation, both over the rows included.
pub(super) struct Standardised {
    p: usize,
    values: Vec<f64>,
    /// Mean of each covariate.
    pub mean: Vec<f64>,
    /// Standard deviation of each; 1 where it is constant.
    pub scale: Vec<f64>,
    /// True for each covariate that has one value in the rows included.
    pub is_constant: Vec<bool>,
}

impl Standardised {
    /// Standardises columns, with rows in the order given. `Err` gives the first column of another length or not
    /// finite.
    pub fn new(columns: &[Vec<f64>], order: &[u32]) -> Result<Self, usize> {
        Self::among(columns, order, |_| true)
    }

    /// Standardises over the places for which `counts` is true; the others are set to the mean, so that their values
    /// enter no sum.
    pub fn among(columns: &[Vec<f64>], order: &[u32], counts: impl Fn(usize) -> bool) -> Result<Self, usize> {
        let (n, p) = (order.len(), columns.len());
        let mut values = vec![0.0; n * p];
        let (mut mean, mut scale) = (vec![0.0; p], vec![1.0; p]);
        let mut is_constant = vec![true; p];
        let rows: Vec<(usize, usize)> = order.iter().map(|&row| row as usize).enumerate().collect();
        let rows: Vec<(usize, usize)> = rows.into_iter().filter(|&(place, _)| counts(place)).collect();
        for (k, column) in columns.iter().enumerate() {
            if column.len() != n || !column.iter().all(|value| value.is_finite()) {
                return Err(k);
            }
            let among = || rows.iter().map(|&(_, row)| column[row]);
            // Large values must not overflow their squares.
            let largest = among().fold(0.0_f64, |largest, value| largest.max(value.abs()));
            let unit = if (1e-100..1e100).contains(&largest) || largest == 0.0 {
                1.0
            } else {
                largest
            };
            let centre = among().map(|value| value / unit).sum::<f64>() / rows.len() as f64;
            let spread = among()
                .map(|value| (value / unit - centre) * (value / unit - centre))
                .sum::<f64>();
            let deviation = (spread / rows.len() as f64).sqrt();
            mean[k] = centre * unit;
            if deviation > 1e-13 * largest / unit {
                is_constant[k] = false;
                scale[k] = deviation * unit;
                for &(place, row) in &rows {
                    values[place * p + k] = (column[row] / unit - centre) / deviation;
                }
            }
        }
        if mean.iter().chain(&scale).any(|value| !value.is_finite()) {
            return Err(0);
        }
        Ok(Self {
            p,
            values,
            mean,
            scale,
            is_constant,
        })
    }

    /// Returns the number of covariates.
    pub fn p(&self) -> usize {
        self.p
    }

    /// Returns the number of rows.
    pub fn n(&self) -> usize {
        self.values.len() / self.p.max(1)
    }

    /// Returns the covariates of a row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.p..(row + 1) * self.p]
    }

    /// Converts coefficients to the units of the covariates.
    pub fn unscaled(&self, beta: &[f64]) -> Vec<f64> {
        beta.iter().zip(&self.scale).map(|(beta, scale)| beta / scale).collect()
    }

    /// Converts a variance matrix of coefficients to the units of the covariates.
    pub fn unscaled_matrix(&self, matrix: &[f64]) -> Vec<f64> {
        let cell = |(cell, value): (usize, &f64)| value / self.scale[cell / self.p] / self.scale[cell % self.p];
        matrix.iter().enumerate().map(cell).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_centred_rows() {
        let rows = Standardised::new(&[vec![1.0, 3.0], vec![5.0, 5.0]], &[1, 0]).unwrap();
        assert_eq!((rows.row(0), rows.row(1)), (&[1.0, 0.0][..], &[-1.0, 0.0][..]));
        assert_eq!((rows.mean[0], rows.scale[0], rows.n(), rows.p()), (2.0, 1.0, 2, 2));
        assert_eq!(rows.is_constant, [false, true]);
        assert!(Standardised::new(&[vec![1.0]], &[0, 1]).is_err());
        let among = Standardised::among(&[vec![1.0, 3.0, 1e300]], &[2, 0, 1], |place| place > 0).unwrap();
        assert_eq!(
            (among.row(0), among.row(1), among.mean[0]),
            (&[0.0][..], &[-1.0][..], 2.0)
        );
    }
}
