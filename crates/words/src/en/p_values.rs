//! P values as journals print them: two significant digits, and no more than "below 0.001".

use cotside_core::decimal::fixed;

/// P in a cell: "0.012", "<0.001".
#[must_use]
pub fn p_cell(p: f64) -> String {
    let decimals = match p {
        p if p < 0.001 => return "<0.001".to_owned(),
        p if p < 0.009_95 => 4,
        p if p < 0.099_5 => 3,
        _ => 2,
    };
    fixed(p, decimals)
}

/// P in a sentence: "P = 0.012", "P < 0.001".
#[must_use]
pub fn p_in_sentence(p: f64) -> String {
    let shown = p_cell(p);
    match shown.strip_prefix('<') {
        Some(limit) => format!("P < {limit}"),
        None => format!("P = {shown}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_has_two_significant_digits() {
        for (p, shown) in [
            (0.000_4, "<0.001"),
            (0.001_23, "0.0012"),
            (0.009_949, "0.0099"),
            (0.009_96, "0.010"),
            (0.012_2, "0.012"),
            (0.088_4, "0.088"),
            (0.25, "0.25"),
            (0.967, "0.97"),
            (1.0, "1.00"),
        ] {
            assert_eq!(p_cell(p), shown);
        }
        assert_eq!(p_in_sentence(0.000_4), "P < 0.001");
        assert_eq!(p_in_sentence(0.012_2), "P = 0.012");
    }
}
