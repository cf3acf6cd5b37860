//! The sets of patients whose counts or sums a file shows: what the log remembers of it.

use super::columns::Rows;
use super::plan::Plan;
use super::summary::Summary;

/// Sets with what they are; `true` for each patient in the set.
type Sets = Vec<(String, Vec<bool>)>;

/// Returns the sets that a file shows besides the selection: groups, levels, 0/1 columns and cells. What is withheld is not
/// among them.
pub(super) fn shown_sets(plan: &Plan, rows: &Rows, shown: &Summary) -> Sets {
    let mut sets = Sets::new();
    let in_group = |group: usize| rows.groups.codes.iter().map(move |&code| code as usize == group);
    let groups = shown.n_by_group.iter().flatten().enumerate();
    sets.extend(
        groups
            .filter(|(_, count)| count.is_some())
            .map(|(at, _)| (format!("group {}", at + 1), in_group(at).collect())),
    );
    if shown.cox.is_some() || shown.cells.is_some() || shown.two_stage.is_some() {
        let names = plan.design.coefficients();
        let columns = names.into_iter().zip(rows.design.columns());
        let levels = columns.filter(|(_, column)| column.iter().all(|&value| value == 0.0 || value == 1.0));
        sets.extend(levels.map(|(name, column)| (name, column.iter().map(|&value| value == 1.0).collect())));
    }
    tables(rows, shown, &mut sets);
    grid(rows, plan, shown, &mut sets);
    sets
}

fn tables(rows: &Rows, shown: &Summary, sets: &mut Sets) {
    for (name, sums) in shown.table1.iter().flatten() {
        let Some(column) = rows.table.iter().find(|column| column.name == *name) else {
            continue;
        };
        let in_cell = |cell: usize| column.cell.iter().map(move |&found| found == Some(cell));
        for (cell, _) in sums.cells.iter().enumerate().filter(|(_, count)| count.is_some()) {
            sets.push((format!("{name} {}", cell + 1), in_cell(cell).collect()));
        }
        for (group, counts) in sums.by_group.iter().flatten().enumerate() {
            for (cell, _) in counts.iter().enumerate().filter(|(_, count)| count.is_some()) {
                let both = in_cell(cell)
                    .zip(&rows.groups.codes)
                    .map(|(is_in, &code)| is_in && code as usize == group);
                sets.push((format!("{name} {} of group {}", cell + 1, group + 1), both.collect()));
            }
        }
    }
    for (name, sums) in shown.table1.iter().flatten() {
        let column = rows.table.iter().find(|column| column.name == *name);
        let Some(values) = column.and_then(|column| column.coded.as_ref()) else {
            continue;
        };
        for (group, _) in sums.moments_by_group.iter().flatten().enumerate() {
            let both = values.iter().zip(&rows.groups.codes);
            let is_in = both.map(|(value, &code)| value.is_some() && code as usize == group);
            sets.push((format!("{name} known of group {}", group + 1), is_in.collect()));
        }
    }
    let protocol = |id: &str| rows.protocols.iter().find(|column| column.id == id);
    for (id, counts) in shown.protocols.iter().flatten() {
        for (group, _) in counts.iter().enumerate().filter(|(_, count)| count.is_some()) {
            let is_in = protocol(id).map(|column| column.group.iter().map(|&found| found == Some(group)).collect());
            sets.extend(is_in.map(|is_in| (format!("{id} {}", group + 1), is_in)));
        }
    }
    for table in shown.reclassified.iter().flatten() {
        let (Some(first), Some(second)) = (protocol(&table.first), protocol(&table.second)) else {
            continue;
        };
        for (row, counts) in table.counts.iter().enumerate() {
            for (column, _) in counts.iter().enumerate().filter(|(_, count)| count.is_some()) {
                let both = first.group.iter().zip(&second.group);
                let is_in = both
                    .map(|(one, other)| *one == Some(row) && *other == Some(column))
                    .collect();
                sets.push((
                    format!("{} {} and {} {}", table.first, row + 1, table.second, column + 1),
                    is_in,
                ));
            }
        }
    }
}

/// Events of each cell, and those who left since withdrawals were last shown.
fn grid(rows: &Rows, plan: &Plan, shown: &Summary, sets: &mut Sets) {
    let Some(grid) = &shown.grid else { return };
    let levels = plan
        .design
        .groups
        .as_ref()
        .map(|by| by.levels.as_slice())
        .unwrap_or_default();
    let cells: Vec<usize> = (0..rows.len()).map(|row| rows.cell(&grid.boundaries, row)).collect();
    for group in &grid.groups {
        let code = group
            .group
            .as_ref()
            .and_then(|name| levels.iter().position(|level| level == name));
        let set = |is_in: &dyn Fn(u32, usize) -> bool| -> Vec<bool> {
            let each = rows.follow_up.event().iter().zip(&cells).zip(&rows.groups.codes);
            each.map(|((&event, &cell), &of)| code.is_none_or(|code| of as usize == code) && is_in(event, cell))
                .collect()
        };
        let name = group.group.as_deref().unwrap_or("all");
        for (cause, counts) in group.events.iter().enumerate() {
            let is_any = group.events.len() == 1;
            for cell in 0..counts.len() {
                let is_in = |event: u32, of: usize| {
                    of == cell
                        && if is_any {
                            event != 0
                        } else {
                            event as usize == cause + 1
                        }
                };
                sets.push((
                    format!("events {} of {name} in cell {}", cause + 1, cell + 1),
                    set(&is_in),
                ));
            }
        }
        let mut since = 0;
        for (cell, _) in group.left.iter().enumerate().filter(|(_, count)| **count > 0) {
            let is_in = |event: u32, of: usize| event == 0 && (since..=cell).contains(&of);
            sets.push((format!("left {name} to cell {}", cell + 1), set(&is_in)));
            since = cell + 1;
        }
    }
}
