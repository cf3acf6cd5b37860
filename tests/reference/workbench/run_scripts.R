# Runs every script in scripts/ on the file that its .file names; each writes its numbers beside it, as <case>.csv.
# Run from the top of the repository: Rscript tests/reference/workbench/run_scripts.R [case ...]
folder <- normalizePath("tests/reference/workbench/scripts")
cases <- sub("[.]R$", "", list.files(folder, "[.]R$"))
wanted <- commandArgs(trailingOnly = TRUE)
if (length(wanted) > 0) cases <- intersect(cases, wanted)
for (case in cases) {
  file <- normalizePath(readLines(file.path(folder, paste0(case, ".file"))))
  place <- tempfile("run"); dir.create(place)
  file.copy(file.path(folder, sub("[.]csv$", "-values.csv", basename(file))), file.path(place, "cotside-values.csv"))
  out <- file.path(folder, paste0(case, ".csv"))
  status <- system(sprintf("cd %s && Rscript %s %s %s > out.txt 2>&1", shQuote(place),
    shQuote(file.path(folder, paste0(case, ".R"))), shQuote(file), shQuote(out)))
  cat(case, if (status == 0) "ok" else c("FAILED", readLines(file.path(place, "out.txt"))), sep = "\n")
  warned <- grep("Warning|otherwise", readLines(file.path(place, "out.txt")), value = TRUE)
  if (length(warned) > 0) cat(warned, sep = "\n")
}
