//! Forty made-up infants, of whom everything that a file can tell is known.

use cotside_core::infant::Date;

/// An infant as it is, however a file writes it.
pub struct Patient {
    pub id: String,
    pub birth: Date,
    pub diagnosis: Date,
    pub female: bool,
    /// In 10⁹/L.
    pub wbc: f64,
    /// Whether KMT2A is rearranged.
    pub rearranged: bool,
    /// Days from diagnosis.
    pub relapse: Option<u32>,
    pub death: Option<u32>,
    /// The last day on which something is known; the day of death of those who died.
    pub last: u32,
}

/// Days from diagnosis, and whether it was an event.
pub type Time = (u32, bool);

impl Patient {
    /// A day after diagnosis.
    pub fn day(&self, days: u32) -> Date {
        Date::from_day_number(self.diagnosis.day_number() + i64::from(days)).unwrap()
    }

    pub fn age_days(&self) -> i64 {
        self.diagnosis.day_number() - self.birth.day_number()
    }

    /// To the first of relapse and death.
    pub fn efs(&self) -> Time {
        self.relapse.map_or_else(|| self.os(), |day| (day, true))
    }

    pub fn os(&self) -> Time {
        (self.last, self.death.is_some())
    }
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    /// From `low` to `high`.
    fn between(&mut self, low: u32, high: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        low + u32::try_from((self.0 >> 33) % u64::from(high - low + 1)).unwrap()
    }
}

/// Every third dies, every fourth relapses: 14 deaths and 10 relapses, 3 of them before a death.
pub fn forty() -> Vec<Patient> {
    let mut numbers = Numbers(20_250_301);
    (1..=40)
        .map(|number| {
            let birth = Date::from_day_number(first_day() + i64::from(numbers.between(0, 4000))).unwrap();
            let diagnosis = Date::from_day_number(birth.day_number() + i64::from(numbers.between(12, 355))).unwrap();
            let (early, late) = (numbers.between(60, 420), numbers.between(430, 1100));
            let relapse = (number % 4 == 0).then_some(early);
            let death = (number % 3 == 1).then_some(late);
            Patient {
                id: format!("INF-{number:03}"),
                birth,
                diagnosis,
                female: numbers.between(0, 1) == 1,
                wbc: f64::from(numbers.between(15, 7800)) / 10.0,
                rearranged: numbers.between(0, 3) > 0,
                relapse,
                death,
                last: death.unwrap_or_else(|| numbers.between(1200, 2700)),
            }
        })
        .collect()
}

fn first_day() -> i64 {
    Date::new(2004, 2, 3).unwrap().day_number()
}
