//! The values that a finding by category can take, with the codes that form, CSV and JSON use.

/// Defines an enum whose members have a fixed code, in the order of the dictionary.
macro_rules! categories {
    ($(#[$meta:meta])* $name:ident { $($(#[$note:meta])* $member:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$note])* $member),+ }

        impl $name {
            /// Every value, in the order of the data dictionary.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];
            /// Every code, in the same order.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The code in files, links and JSON.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$member => $code),+ }
            }

            /// The value with this code, in any letter case.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code().eq_ignore_ascii_case(code))
            }
        }
    };
}

categories! {
    /// Sex of the infant.
    Sex {
        /// Code `female`.
        Female = "female",
        /// Code `male`.
        Male = "male",
    }
}

categories! {
    /// Status of the KMT2A (MLL) gene at 11q23.
    Kmt2a {
        /// A true rearrangement: a translocation or insertion that forms a fusion.
        Rearranged = "rearranged",
        /// No rearrangement found by an adequate test.
        Germline = "germline",
        /// A partial tandem duplication, which is not a rearrangement.
        Ptd = "ptd",
        /// Tested, and the status could not be established. (Not the same as not known yet.)
        Undetermined = "undetermined",
    }
}

categories! {
    /// The gene that a rearranged KMT2A is fused to.
    Partner {
        /// t(4;11)(q21;q23), KMT2A::AFF1.
        Aff1 = "AFF1",
        /// t(11;19)(q23;p13.3), KMT2A::MLLT1.
        Mllt1 = "MLLT1",
        /// t(9;11)(p21-22;q23), KMT2A::MLLT3.
        Mllt3 = "MLLT3",
        /// t(10;11)(p12;q23), KMT2A::MLLT10.
        Mllt10 = "MLLT10",
        /// Any other partner.
        Other = "other",
    }
}

categories! {
    /// Lineage of the leukaemic cells.
    Lineage {
        /// B-cell precursor.
        B = "b",
        /// T cell.
        T = "t",
        /// Mixed phenotype.
        Mixed = "mixed",
    }
}

categories! {
    /// CD10 on the blasts.
    Cd10 {
        /// Expressed.
        Positive = "positive",
        /// Not expressed.
        Negative = "negative",
    }
}

categories! {
    /// Central nervous system status at diagnosis.
    Cns {
        /// No blasts in the fluid, whatever the number of cells.
        Cns1 = "1",
        /// Blasts with fewer than 5 white cells per µL.
        Cns2 = "2",
        /// Blasts with 5 or more white cells per µL, or clinical signs.
        Cns3 = "3",
    }
}

impl Cns {
    /// True if this status is compatible with the fluid. Clinical signs can make CNS3 with any fluid.
    #[must_use]
    pub fn agrees_with_fluid(self, cells_per_ul: Option<f64>, blasts: Option<bool>) -> bool {
        let many = cells_per_ul.map(|cells| cells >= super::CNS3_CELLS_PER_UL);
        match self {
            Self::Cns1 => blasts != Some(true),
            Self::Cns2 => blasts != Some(false) && !(many == Some(true) && blasts == Some(true)),
            Self::Cns3 => true,
        }
    }
}

categories! {
    /// Response of the blood blasts to the seven-day prednisone prephase.
    PrednisoneResponse {
        /// Fewer than 1,000 blasts per µL on day 8.
        Good = "good",
        /// 1,000 or more blasts per µL on day 8.
        Poor = "poor",
        /// It was not assessed and can no longer be known. (Not the same as not known yet.)
        NotAssessed = "not_assessed",
    }
}

impl PrednisoneResponse {
    /// The responses that an assessment can find.
    pub const ASSESSED: &'static [Self] = &[Self::Good, Self::Poor];
}

categories! {
    /// A time at which minimal residual disease is measured. The points of different protocols are not the same.
    MrdPoint {
        /// End of induction (Interfant time point 2).
        EndOfInduction = "mrd_eoi",
        /// End of consolidation (Interfant time point 3).
        EndOfConsolidation = "mrd_eoc",
        /// Start of OCTADA(D), after MARMA (Interfant time point 4).
        BeforeOctadad = "mrd_tp4",
        /// After the first course of blinatumomab (Interfant-21).
        AfterBlinatumomab = "mrd_blina1",
    }
}

impl MrdPoint {
    /// How many time points the dictionary has.
    pub const COUNT: usize = Self::ALL.len();

    /// Returns the position in [`super::Infant::mrd`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}
