//! Settings by their names in a project file.

use cotside_worker::analysis::{Reply, Results};

/// Changes one setting.
pub fn set(results: &mut Results, name: &str, value: &str) -> Reply {
    let mut requested = results.requested().clone();
    requested.read(name, value);
    results.change(requested)
}
