//! R's `survival`, where R is installed.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::data::Columns;
use crate::{METHODS, Times};

/// Times of R on the same columns; none where there is no R with `survival`.
pub fn times(columns: &Columns) -> Times {
    run(columns).unwrap_or([None; METHODS.len()])
}

fn run(columns: &Columns) -> Option<Times> {
    let file = std::env::temp_dir().join(format!("cotside-bench-{}.csv", std::process::id()));
    write(columns, &file).ok()?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/survival.R");
    let output = Command::new("Rscript").arg("--vanilla").arg(script).arg(&file).output().ok();
    let _ = std::fs::remove_file(&file);
    let text = String::from_utf8(output.filter(|output| output.status.success())?.stdout).ok()?;
    let found: Vec<Option<f64>> = text.lines().map(|line| line.trim().parse().ok()).collect();
    found.try_into().ok()
}

/// Writes the columns as CSV. Beside `event` stands `cause`, in which some events are of a second cause.
pub fn write(columns: &Columns, file: &Path) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    writeln!(out, "time,event,cause,group,x0,x1,x2,x3,x4")?;
    for row in 0..columns.time.len() {
        let event = columns.event[row];
        let cause = if columns.covariates[3][row] > 0.3 { 2 * event } else { event };
        write!(out, "{},{event},{cause},{}", columns.time[row], columns.group[row])?;
        for column in &columns.covariates {
            write!(out, ",{}", column[row])?;
        }
        writeln!(out)?;
    }
    out.flush()
}
