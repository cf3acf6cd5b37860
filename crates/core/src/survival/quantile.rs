//! Quantiles of plain numbers.

/// Returns the quantile `p` of ascending values: linear between the order statistics, `h = (n − 1) p` (Hyndman & Fan
/// 1996, type 7; R's default). `None` without values.
///
/// ```
/// use cotside_core::survival::quantile;
///
/// // R: quantile(c(1, 2, 4, 8), 0.75); by hand 4 + 1/4 · (8 − 4), h being 3 · 0.75
/// assert_eq!(quantile(&[1.0, 2.0, 4.0, 8.0], 0.75), Some(5.0));
/// ```
#[must_use]
pub fn quantile(ascending: &[f64], p: f64) -> Option<f64> {
    let last = ascending.len().checked_sub(1)?;
    let place = (last as f64 * p.clamp(0.0, 1.0)).max(0.0);
    let below = (place.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let (low, high) = (*ascending.get(below)?, *ascending.get(above)?);
    let part = place - place.floor();
    Some(if part == 0.0 {
        low
    } else {
        (1.0 - part) * low + part * high
    })
}
