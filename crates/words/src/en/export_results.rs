//! The words of what leaves the page for cohorts: the methods paragraph, the report, files, saved settings.

use cotside_core::cohort::Nature;

/// Heading.
pub const EXPORT: &str = "Export";
/// Heading.
pub const METHODS: &str = "Methods";
/// Copies the methods.
pub const COPY: &str = "Copy";
/// Heading.
pub const FILES: &str = "Files";
/// Saves a file.
pub const REPORT: &str = "Report (HTML)";
/// Saves a file.
pub const NUMBERS: &str = "All numbers (CSV)";
/// Saves the settings.
pub const SAVE_SETTINGS: &str = "Save settings";
/// Below these buttons.
pub const REPORT_NOTE: &str = "The report is one file with everything above and needs no network. Saved settings hold names of columns \
     and the texts that stand for codes, and no row of the file: open them with the same file, or another.";
/// Saves a file.
pub const R_SCRIPT: &str = "R script";
/// Saves a file.
pub const QUARTO: &str = "Quarto document";
/// Title of that document.
pub const QUARTO_TITLE: &str = "Survival analysis, computed again in R";
/// Its first paragraph.
pub const QUARTO_NOTE: &str = "This is the R script that Cotside made for one analysis, in a chunk for each of its parts. It reads the reader’s \
     own file, computes everything with R’s survival and cmprsk, and ends with how far its numbers are from those of the page. Put the \
     file, and the tables saved from the page, beside this document.";
/// Saves the sources of the methods for programs that manage literature.
pub const RIS: &str = "Sources (RIS)";
/// The same.
pub const BIBTEX: &str = "Sources (BibTeX)";
/// Saves a file.
pub const PATIENT_LEVEL: &str = "Patient-level data (CSV)";
/// Below these buttons.
pub const R_SCRIPT_NOTE: &str = "The R script reads your own file (of a workbook and of pasted rows: its rows as CSV, saved above), computes \
     everything again with R’s survival and cmprsk and, with both tables beside it, reports how far its numbers are from those of \
     this page. The rules of protocols are not in it: it takes their groups from the patient-level data.";
/// Heading in the report.
pub const SOURCES: &str = "Sources of the methods";
/// At the end of the report.
pub const INTENDED_USE: &str = "For education, research and protocol reference. Not a medical device.";
/// All saved settings were applied.
pub const SETTINGS_APPLIED: &str = "All saved settings were applied.";
/// Some were not.
pub const SETTINGS_LEFT_OUT: &str = "Saved settings that do not fit this file, and were left out:";

/// Below every figure whose data are not those of patients of a registry.
#[must_use]
pub const fn nature_mark(nature: Nature) -> &'static str {
    match nature {
        Nature::Patients => "",
        Nature::Example => "Example data.",
        Nature::Synthetic => "Simulated data: no row is a patient.",
        Nature::Reconstructed => "Reconstructed from a published curve: no row is a patient.",
    }
}

/// Saves the times to events as a table like ADTTE.
pub const ADTTE: &str = "ADTTE (CSV)";
/// Saves the definition of its variables.
pub const ADTTE_DEFINE: &str = "Its variables (CSV)";
/// What is in it.
pub const ADTTE_NOTE: &str = "ADTTE has one row per patient and endpoint, with the ids of the file: times in days, CNSR 0 for the event. Dates \
     stand in it where the file has them.";
