//! Sources, and how reliably each quotation was read.

/// How a fact was read. The order is the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// Typed or read from a file by the reader: nothing was checked, and the catalogue has none of these.
    Unchecked,
    /// Not found in a source that could be read, or sources conflict. Shown, never used as a rule's only ground
    /// without saying so.
    Unverified,
    /// Follows by arithmetic from printed numbers; no source prints it.
    Derived,
    /// Read in a news report or a report from a meeting.
    News,
    /// Read in a secondary source: a commentary, a review, a later paper.
    Secondary,
    /// Read in a trial register, or on the pages of the study group or of a hospital that took part.
    Register,
    /// Read in the abstract of the study's own publication, or in its abstract for a meeting; the paper was not read.
    Abstract,
    /// Read in the study's own full publication or its protocol document.
    Paper,
}

impl Read {
    /// All that the catalogue has, the most trusted first.
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
            Self::Unchecked => "yours-not-checked",
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

    /// True if it was read in a publication of the study itself: its paper, its abstract, or its register entry.
    #[must_use]
    pub const fn is_own_word(self) -> bool {
        matches!(self, Self::Paper | Self::Abstract | Self::Register)
    }
}

/// A publication, registry entry or protocol page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// As it is called in a sentence: "Pieters 2019".
    pub short: &'a str,
    /// The full reference without title: "J Clin Oncol 2019;37:2246–56".
    pub reference: &'a str,
    /// DOI, PMID or registry number, empty where none is known.
    pub identifier: &'a str,
}

/// The place of a fact in a source, and how it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation<'a> {
    /// The publication or register.
    pub source: &'a Source<'a>,
    /// The place in it: "abstract", "table 1", "eligibility".
    pub place: &'a str,
    /// How it was read.
    pub read: Read,
}

impl<'a> Source<'a> {
    const fn cited(&'a self, place: &'a str, read: Read) -> Citation<'a> {
        Citation {
            source: self,
            place,
            read,
        }
    }

    /// A citation of the full paper.
    #[must_use]
    pub const fn in_paper(&'a self, place: &'a str) -> Citation<'a> {
        self.cited(place, Read::Paper)
    }

    /// A citation of an abstract of which the paper was not read.
    #[must_use]
    pub const fn in_abstract(&'a self, place: &'a str) -> Citation<'a> {
        self.cited(place, Read::Abstract)
    }

    /// A citation of a register entry or of a study's own page.
    #[must_use]
    pub const fn in_register(&'a self, place: &'a str) -> Citation<'a> {
        self.cited(place, Read::Register)
    }

    /// A citation of a news report.
    #[must_use]
    pub const fn in_news(&'a self, place: &'a str) -> Citation<'a> {
        self.cited(place, Read::News)
    }

    /// Makes a citation of this source about another study.
    #[must_use]
    pub const fn secondary(&'a self, place: &'a str) -> Citation<'a> {
        self.cited(place, Read::Secondary)
    }

    /// A citation of numbers from which something follows.
    #[must_use]
    pub const fn derived(&'a self, place: &'a str) -> Citation<'a> {
        self.cited(place, Read::Derived)
    }

    /// Makes a citation that could not be verified.
    #[must_use]
    pub const fn unverified(&'a self, place: &'a str) -> Citation<'a> {
        self.cited(place, Read::Unverified)
    }
}

impl<'a> Citation<'a> {
    /// Returns the place, unless the way of reading already implies it ("abstract").
    #[must_use]
    pub fn place_to_name(&self) -> &'a str {
        if self.place == self.read.code() { "" } else { self.place }
    }
}

/// A sentence of fact with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact<'a> {
    /// The sentence, in our words.
    pub text: &'a str,
    /// The source of the fact.
    pub cite: Citation<'a>,
}

/// Makes a fact.
#[must_use]
pub const fn fact<'a>(text: &'a str, cite: Citation<'a>) -> Fact<'a> {
    Fact { text, cite }
}
