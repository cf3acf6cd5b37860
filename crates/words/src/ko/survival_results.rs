//! The words of survival curves and of groups compared, as reporting guidelines ask for them: n, events, estimate, interval,
//! test, P, and what was left out.

pub use crate::en::survival_results::*;
