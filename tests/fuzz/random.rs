// What the fuzz tests of several crates share: numbers from a seed, a time to stop, texts with faults.
//
// `cargo xtask fuzz --seconds 600 --seed 7` runs them all; `COTSIDE_FUZZ_SECONDS` and `COTSIDE_FUZZ_SEED` are for one of
// them. What was found stays as a test.

use std::time::{Duration, Instant};

/// SplitMix64.
pub struct Random(u64);

impl Random {
    /// Starts the sequence of a seed.
    #[allow(dead_code)] // For tests that do not fuzz.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    /// One of several.
    pub fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// A text with one to five faults: pieces put in, left out, doubled, exchanged for a token, or bytes changed.
    #[allow(dead_code)] // The command line's test makes its files of cells.
    pub fn faulty(&mut self, text: &[u8], tokens: &[&str]) -> Vec<u8> {
        let mut bytes = text.to_vec();
        for _ in 0..=self.below(5) {
            let start = self.below(bytes.len() + 1);
            let most = [12, 12, 12, 400][self.below(4)];
            let end = (start + self.below(most)).min(bytes.len());
            let piece = match self.below(6) {
                0 => Vec::new(),
                1 => [&bytes[start..end], &bytes[start..end]].concat(),
                2 => bytes[start..end].iter().map(|byte| byte ^ (1 << (start % 8))).collect(),
                3 => vec![self.below(256) as u8],
                _ => self.of(tokens).as_bytes().to_vec(),
            };
            bytes.splice(start..end, piece);
        }
        bytes
    }
}

/// Tries what `each` makes: at least `least` times, which are the same in every run, then until the time is over or `each`
/// has no more to try.
pub fn fuzz(least: usize, mut each: impl FnMut(usize, &mut Random) -> bool) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let budget = Duration::from_secs(number("COTSIDE_FUZZ_SECONDS").unwrap_or(0));
    let mut random = Random(number("COTSIDE_FUZZ_SEED").unwrap_or(1));
    let (start, mut tried) = (Instant::now(), 0);
    while tried < least || start.elapsed() < budget {
        tried += 1;
        if !each(tried - 1, &mut random) {
            break;
        }
    }
    println!("{tried} tried");
}
