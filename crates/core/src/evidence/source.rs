//! Sources, and how sure we are that they say what we quote.

/// How a fact was read. The order is the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// Not found in a source that could be read, or sources conflict. Shown, never used as a rule's only ground
    /// without saying so.
    Unverified,
    /// Follows by arithmetic from printed numbers; no source prints it.
    Derived,
    /// Read in somebody else's account: a commentary, a review, a later paper.
    Secondary,
    /// Read in the study's own publication, abstract, registry entry or protocol page.
    Primary,
}

impl Read {
    /// The code in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unverified => "not-verified",
            Self::Derived => "derived",
            Self::Secondary => "secondary-source",
            Self::Primary => "primary-source",
        }
    }

    /// The way of reading with this code.
    #[must_use]
    pub fn with_code(code: &str) -> Option<Self> {
        [Self::Unverified, Self::Derived, Self::Secondary, Self::Primary]
            .into_iter()
            .find(|read| read.code() == code)
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
    /// A citation of what this source itself says.
    #[must_use]
    pub const fn primary(&'static self, place: &'static str) -> Citation {
        Citation {
            source: self,
            place,
            read: Read::Primary,
        }
    }

    /// A citation of what this source says of another study.
    #[must_use]
    pub const fn secondary(&'static self, place: &'static str) -> Citation {
        Citation {
            source: self,
            place,
            read: Read::Secondary,
        }
    }

    /// A citation of numbers from which something follows.
    #[must_use]
    pub const fn derived(&'static self, place: &'static str) -> Citation {
        Citation {
            source: self,
            place,
            read: Read::Derived,
        }
    }

    /// A citation that nobody has been able to check.
    #[must_use]
    pub const fn unverified(&'static self, place: &'static str) -> Citation {
        Citation {
            source: self,
            place,
            read: Read::Unverified,
        }
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
