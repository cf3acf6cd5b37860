//! The modules of the worker: which parts of the statistics this build, or this workbench, holds.
//!
//! A module is a build with one of the crate's features. What the others hold is left out by the compiler, because
//! [`Modules::has`] is known to it; a build with all of them, as tests have it, can be told at run time to hold only one.

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Module {
    /// The first: settings, who is in, curves, tests between groups, methods and report.
    Curves,
    /// The patients described, protocols' groups of them, files of numbers and for R.
    Cohort,
    /// Competing causes.
    Risks,
    /// Cox's regression: variables alone and together.
    Models,
    /// Cox's regression of transplants and within subgroups.
    Subgroups,
}

impl Module {
    /// All, the first first.
    pub const ALL: [Self; 5] = [Self::Curves, Self::Cohort, Self::Risks, Self::Models, Self::Subgroups];

    /// Its name, which is that of its feature and of its file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Curves => "curves",
            Self::Cohort => "cohort",
            Self::Risks => "risks",
            Self::Models => "models",
            Self::Subgroups => "subgroups",
        }
    }

    /// Whether this build holds it.
    #[inline(always)]
    pub const fn is_linked(self) -> bool {
        match self {
            Self::Curves => cfg!(feature = "curves"),
            Self::Cohort => cfg!(feature = "cohort"),
            Self::Risks => cfg!(feature = "risks"),
            Self::Models => cfg!(feature = "models"),
            Self::Subgroups => cfg!(feature = "subgroups"),
        }
    }
}

/// The modules that a workbench holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modules(Option<Module>);

impl Default for Modules {
    /// All of this build.
    fn default() -> Self {
        Self(None)
    }
}

impl Modules {
    /// One alone.
    pub const fn only(module: Module) -> Self {
        Self(Some(module))
    }

    /// Whether a module is held.
    #[inline(always)]
    pub fn has(self, module: Module) -> bool {
        module.is_linked() && self.0.is_none_or(|only| only == module)
    }
}
