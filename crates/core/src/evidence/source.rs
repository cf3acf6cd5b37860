//! Sources, and how sure we are that they say what we quote.

/// How a fact was read. The order is the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// Not found in a source that could be read, or sources conflict. Shown, never used as a rule's only ground
    /// without saying so.
    Unverified,
    /// Follows by arithmetic from printed numbers; no source prints it.
    Derived,
    /// Read in a news report or a report from a meeting.
    News,
    /// Read in somebody else's account: a commentary, a review, a later paper.
    Secondary,
    /// Read in a trial register, or on the pages of the study group or of a hospital that took part.
    Register,
    /// Read in the abstract of the study's own publication, or in its abstract for a meeting; the paper was not read.
    Abstract,
    /// Read in the study's own full publication or its protocol document.
    Paper,
}

impl Read {
    /// All of them, the most trusted first.
    pub const ALL: [Self; 7] = [
        Self::Paper,
        Self::Abstract,
        Self::Register,
        Self::Secondary,
        Self::News,
        Self::Derived,
        Self::Unverified,
    ];

    /// The code in JSON and in the table of published outcomes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unverified => "not-verified",
            Self::Derived => "derived",
            Self::News => "news-report",
            Self::Secondary => "secondary",
            Self::Register => "register",
            Self::Abstract => "abstract",
            Self::Paper => "paper",
        }
    }

    /// The way of reading with this code.
    #[must_use]
    pub fn with_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|read| read.code() == code)
    }

    /// Whether the study itself says it: in its paper, its abstract, or its register entry.
    #[must_use]
    pub const fn is_own_word(self) -> bool {
        matches!(self, Self::Paper | Self::Abstract | Self::Register)
    }
}

/// A publication, registry entry or protocol page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// As it is called in a sentence: "Pieters 2019".
    pub short: &'static str,
    /// The full reference without title: "J Clin Oncol 2019;37:2246–56".
    pub reference: &'static str,
    /// DOI, PMID or registry number, empty where none is known.
    pub identifier: &'static str,
}

/// Where in a source a fact stands, and how it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation {
    /// The source.
    pub source: &'static Source,
    /// The place in it: "abstract", "table 1", "eligibility".
    pub place: &'static str,
    /// How sure we are.
    pub read: Read,
}

impl Source {
    const fn cited(&'static self, place: &'static str, read: Read) -> Citation {
        Citation {
            source: self,
            place,
            read,
        }
    }

    /// A citation of the full paper.
    #[must_use]
    pub const fn in_paper(&'static self, place: &'static str) -> Citation {
        self.cited(place, Read::Paper)
    }

    /// A citation of an abstract of which the paper was not read.
    #[must_use]
    pub const fn in_abstract(&'static self, place: &'static str) -> Citation {
        self.cited(place, Read::Abstract)
    }

    /// A citation of a register entry or of a study's own page.
    #[must_use]
    pub const fn in_register(&'static self, place: &'static str) -> Citation {
        self.cited(place, Read::Register)
    }

    /// A citation of a news report.
    #[must_use]
    pub const fn in_news(&'static self, place: &'static str) -> Citation {
        self.cited(place, Read::News)
    }

    /// A citation of what this source says of another study.
    #[must_use]
    pub const fn secondary(&'static self, place: &'static str) -> Citation {
        self.cited(place, Read::Secondary)
    }

    /// A citation of numbers from which something follows.
    #[must_use]
    pub const fn derived(&'static self, place: &'static str) -> Citation {
        self.cited(place, Read::Derived)
    }

    /// A citation that nobody has been able to check.
    #[must_use]
    pub const fn unverified(&'static self, place: &'static str) -> Citation {
        self.cited(place, Read::Unverified)
    }
}

impl Citation {
    /// The place, where the way of reading does not say it already ("abstract").
    #[must_use]
    pub fn place_to_name(&self) -> &'static str {
        if self.place == self.read.code() { "" } else { self.place }
    }
}

/// A sentence of fact with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The sentence, in our words.
    pub text: &'static str,
    /// Where it was read.
    pub cite: Citation,
}

/// A fact.
#[must_use]
pub const fn fact(text: &'static str, cite: Citation) -> Fact {
    Fact { text, cite }
}
