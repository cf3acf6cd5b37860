//! Masks that cancel in the total of all sites.
//!
//! Sites stand in a ring, in the order of the plan. Each gives the next one a key. Number i of a site leaves as
//! v + PRG(own key, i) − PRG(received key, i) modulo 2¹²⁸, where v is a fixed-point number with 64 fractional bits. In the
//! sum over the ring every mask is added once and taken off once.
//!
//! PRG is the first 16 bytes, most significant first, of SHA-256(key ‖ plan's hash ‖ round ‖ attempt ‖ i): key and hash as
//! their 32 bytes, the three whole numbers as 4 bytes, most significant first, i from 0. Sites that worked on different
//! plans therefore leave noise, which [`whole`] finds.

use std::fmt;

use sha2::{Digest, Sha256};

use super::canonical::{from_hex, hex};

/// The largest size of a number in a file.
pub const LARGEST_NUMBER: f64 = 1e12;

/// 2⁶⁴, the unit of fixed-point numbers.
const UNIT: f64 = 18_446_744_073_709_551_616.0;

/// A count may be this far from a whole number: 2⁻³².
const WHOLE_TO: f64 = 1.0 / 4_294_967_296.0;

/// Why numbers cannot be masked or added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MaskFault {
    /// A key or a hash of other length, or with other signs than 0–9 and a–f.
    #[error("not 64 hexadecimal digits")]
    NotHex,
    /// Not finite, or larger than [`LARGEST_NUMBER`].
    #[error("number {index} is not finite or beyond 10^12")]
    Size {
        /// Its position, from 0.
        index: usize,
    },
    /// A masked number that is not 32 hexadecimal digits.
    #[error("masked number {index} is not 32 hexadecimal digits")]
    NotMasked {
        /// Its position, from 0.
        index: usize,
    },
    /// A site has another number of values.
    #[error("{found} masked numbers, expected {expected}")]
    Length {
        /// Position of the site among those added.
        site: usize,
        /// Its number of values.
        found: usize,
        /// That of the first site.
        expected: usize,
    },
    /// A total that has to be a count is none: a site is missing or twice, or worked on another plan or key.
    #[error("total {index} is not a count")]
    NotWhole {
        /// Its position, from 0.
        index: usize,
    },
}

/// The key of one link of the ring. It is never shown in messages of faults.
#[derive(Clone, PartialEq, Eq)]
pub struct MaskKey([u8; 32]);

impl fmt::Debug for MaskKey {
    fn fmt(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        form.write_str("MaskKey(…)")
    }
}

impl MaskKey {
    /// Makes a key of 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a key.
    ///
    /// # Errors
    /// [`MaskFault::NotHex`].
    pub fn from_hex(text: &str) -> Result<Self, MaskFault> {
        from_hex(text).map(Self).ok_or(MaskFault::NotHex)
    }

    /// Returns the key as 64 hexadecimal digits, for its file.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }
}

/// What a mask is for: it is another one in each plan, round and attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskUse {
    plan: [u8; 32],
    round: u32,
    attempt: u32,
}

impl MaskUse {
    /// Names a round of a plan by the plan's hash.
    ///
    /// # Errors
    /// [`MaskFault::NotHex`].
    pub fn new(plan_sha256: &str, round: u32, attempt: u32) -> Result<Self, MaskFault> {
        let plan = from_hex(plan_sha256).ok_or(MaskFault::NotHex)?;
        Ok(Self { plan, round, attempt })
    }

    /// The mask of one link of the ring for one number.
    fn mask(&self, key: &MaskKey, index: u32) -> u128 {
        let mut hash = Sha256::new();
        hash.update(key.0);
        hash.update(self.plan);
        for number in [self.round, self.attempt, index] {
            hash.update(number.to_be_bytes());
        }
        let bytes: [u8; 32] = hash.finalize().into();
        bytes
            .iter()
            .take(16)
            .fold(0, |mask, &byte| mask << 8 | u128::from(byte))
    }
}

/// Masks a site's numbers: each becomes 32 hexadecimal digits.
///
/// ```
/// use cotside_core::federated::mask::{MaskKey, MaskUse, masked, totals};
///
/// let [ab, bc, ca] = [1, 2, 3].map(|byte| MaskKey::new([byte; 32]));
/// let of = MaskUse::new(&"0".repeat(64), 1, 1).unwrap();
/// let a = masked(&[2.0, 0.5], &ab, &ca, &of).unwrap();
/// let b = masked(&[3.0, -0.25], &bc, &ab, &of).unwrap();
/// let c = masked(&[4.0, 1.0], &ca, &bc, &of).unwrap();
/// assert_eq!(totals(&[a, b, c]).unwrap(), [9.0, 1.25]);
/// ```
///
/// # Errors
/// [`MaskFault::Size`].
pub fn masked(values: &[f64], own: &MaskKey, received: &MaskKey, of: &MaskUse) -> Result<Vec<String>, MaskFault> {
    let each = values.iter().enumerate().map(|(index, &value)| {
        let number = fixed(value).ok_or(MaskFault::Size { index })?;
        let position = u32::try_from(index).map_err(|_| MaskFault::Size { index })?;
        let sum = number
            .wrapping_add(of.mask(own, position))
            .wrapping_sub(of.mask(received, position));
        Ok(format!("{sum:032x}"))
    });
    each.collect()
}

/// Adds the masked numbers of all sites of the ring and returns the totals, exact to 2⁻⁶⁵ a site before they are rounded to
/// doubles.
///
/// # Errors
/// [`MaskFault::NotMasked`], [`MaskFault::Length`].
pub fn totals(sites: &[Vec<String>]) -> Result<Vec<f64>, MaskFault> {
    let mut sums = vec![0_u128; sites.first().map_or(0, Vec::len)];
    for (site, numbers) in sites.iter().enumerate() {
        if numbers.len() != sums.len() {
            return Err(MaskFault::Length {
                site,
                found: numbers.len(),
                expected: sums.len(),
            });
        }
        for (index, (sum, number)) in sums.iter_mut().zip(numbers).enumerate() {
            let bytes: [u8; 16] = from_hex(number).ok_or(MaskFault::NotMasked { index })?;
            *sum = sum.wrapping_add(u128::from_be_bytes(bytes));
        }
    }
    Ok(sums.into_iter().map(|sum| sum.cast_signed() as f64 / UNIT).collect())
}

/// Returns the totals at these positions as counts.
///
/// # Errors
/// [`MaskFault::NotWhole`] where a total is missing, negative, beyond [`LARGEST_NUMBER`] or further than 2⁻³² from a whole
/// number. Noise passes one such test with a probability below 2⁻³⁰.
pub fn whole(totals: &[f64], positions: impl IntoIterator<Item = usize>) -> Result<Vec<u64>, MaskFault> {
    let each = positions.into_iter().map(|index| {
        let total = totals.get(index).copied().ok_or(MaskFault::NotWhole { index })?;
        let count = total.round();
        if (0.0..=LARGEST_NUMBER).contains(&count) && (total - count).abs() <= WHOLE_TO {
            Ok(count as u64)
        } else {
            Err(MaskFault::NotWhole { index })
        }
    });
    each.collect()
}

/// A double as fixed-point number, in two's complement.
fn fixed(value: f64) -> Option<u128> {
    (value.abs() <= LARGEST_NUMBER).then(|| ((value * UNIT).round() as i128).cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAN: &str = "9c1f00000000000000000000000000000000000000000000000000000000ab01";

    fn ring(sites: &[Vec<f64>], uses: &[MaskUse]) -> Vec<Vec<String>> {
        let keys: Vec<MaskKey> = (0..sites.len()).map(|k| MaskKey::new([7 + k as u8; 32])).collect();
        let each = sites.iter().enumerate().map(|(k, values)| {
            let received = &keys[(k + sites.len() - 1) % sites.len()];
            masked(values, &keys[k], received, &uses[k % uses.len()]).unwrap()
        });
        each.collect()
    }

    fn round(round: u32) -> MaskUse {
        MaskUse::new(PLAN, round, 1).unwrap()
    }

    /// SHA-256 of 32 bytes 0x07, the plan's hash, and 1, 1, 2 (by `sha256sum`).
    #[test]
    fn mask_is_the_documented_hash() {
        let mask = round(1).mask(&MaskKey::new([7; 32]), 2);
        assert_eq!(format!("{mask:032x}"), "e5e2374d439202852e4e2b7933405978");
    }

    proptest! {
        /// The total is the plain total to K·2⁻⁶⁰ (and the rounding of doubles), in any order of the files.
        #[test]
        fn masks_cancel(
            sites in (1_usize..6).prop_flat_map(|p| prop::collection::vec(prop::collection::vec(-1e3_f64..1e3, p), 3..8)),
            start in 0_usize..8,
        ) {
            let mut files = ring(&sites, &[round(3)]);
            let found = totals(&files).unwrap();
            let turn = start % files.len();
            files.rotate_left(turn);
            files.swap(0, 1);
            prop_assert_eq!(&totals(&files).unwrap(), &found);
            for (j, total) in found.iter().enumerate() {
                let plain: f64 = sites.iter().map(|values| values[j]).sum();
                let size: f64 = sites.iter().map(|values| values[j].abs()).sum();
                let bound = sites.len() as f64 * (1.0_f64 / (1_u64 << 60) as f64 + size * f64::EPSILON);
                prop_assert!((total - plain).abs() <= bound);
            }
        }

        /// Whole numbers, and halves, come back exactly; so do the counts among them.
        #[test]
        fn counts_come_back(sites in prop::collection::vec(prop::collection::vec(0_u32..5000, 4), 3..6)) {
            let plain: Vec<Vec<f64>> = sites.iter().map(|all| all.iter().map(|&n| f64::from(n)).collect()).collect();
            let found = whole(&totals(&ring(&plain, &[round(1)])).unwrap(), 0..4).unwrap();
            for (j, count) in found.into_iter().enumerate() {
                prop_assert_eq!(count, sites.iter().map(|all| u64::from(all[j])).sum::<u64>());
            }
        }
    }

    #[test]
    fn another_plan_round_attempt_or_key_is_noise() {
        let sites = vec![vec![12.0, 0.0, 7.0]; 3];
        let other = MaskUse::new(&PLAN.replace('1', "2"), 1, 1).unwrap();
        let attempt = MaskUse::new(PLAN, 1, 2).unwrap();
        for stranger in [other, round(2), attempt] {
            let found = totals(&ring(&sites, &[round(1), stranger, round(1)])).unwrap();
            assert!(
                matches!(whole(&found, [0, 1, 2]), Err(MaskFault::NotWhole { .. })),
                "{found:?}"
            );
        }
        // A site that is missing, or there twice.
        let mut files = ring(&sites, &[round(1)]);
        let last = files.pop().unwrap();
        assert!(whole(&totals(&files).unwrap(), 0..3).is_err());
        files.extend([last.clone(), last]);
        assert!(whole(&totals(&files).unwrap(), 0..3).is_err());
    }

    /// One site's masked number says nothing: over many rounds its top bit is 0 and 1 alike.
    #[test]
    fn masked_numbers_look_random() {
        let ones = (0..1000)
            .filter(|&r| ring(&[vec![1.0], vec![0.0], vec![0.0]], &[round(r)])[0][0].as_bytes()[0] >= b'8')
            .count();
        assert!((430..570).contains(&ones), "{ones}");
    }

    #[test]
    fn faults_are_named() {
        let key = MaskKey::new([1; 32]);
        let of = round(1);
        for (value, fits) in [
            (1e12, true),
            (-1e12, true),
            (1.000_001e12, false),
            (f64::NAN, false),
            (f64::INFINITY, false),
        ] {
            assert_eq!(masked(&[0.0, value], &key, &key, &of).is_ok(), fits, "{value}");
        }
        assert_eq!(masked(&[f64::NAN], &key, &key, &of), Err(MaskFault::Size { index: 0 }));
        assert_eq!(MaskKey::from_hex("12").unwrap_err(), MaskFault::NotHex);
        assert_eq!(MaskKey::from_hex(&key.to_hex()).unwrap(), key);
        assert_eq!(MaskUse::new("", 1, 1).unwrap_err(), MaskFault::NotHex);
        assert!(!format!("{key:?}").contains('1'));
        let text = |text: &str| vec![text.to_owned()];
        assert_eq!(
            totals(&[text("+0000000000000000000000000000001")]),
            Err(MaskFault::NotMasked { index: 0 })
        );
        let short = MaskFault::Length {
            site: 1,
            found: 0,
            expected: 1,
        };
        assert_eq!(totals(&[text(&"0".repeat(32)), vec![]]), Err(short));
        for (total, fits) in [
            (0.0, true),
            (3.0 + WHOLE_TO, true),
            (3.0 + 2.0 * WHOLE_TO, false),
            (-1.0, false),
            (f64::NAN, false),
        ] {
            assert_eq!(whole(&[total], [0]).is_ok(), fits, "{total}");
        }
        assert_eq!(whole(&[], [0]), Err(MaskFault::NotWhole { index: 0 }));
    }
}
