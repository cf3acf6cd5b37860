# Runs every script in scripts/: each computes the page's answer again and stops where it differs.
# Run from the top of the repository: Rscript tests/reference/planning/run_scripts.R
failed <- 0
for (script in sort(list.files("tests/reference/planning/scripts", "[.]R$", full.names = TRUE))) {
  said <- suppressWarnings(system2("Rscript", shQuote(script), stdout = TRUE, stderr = TRUE))
  ok <- is.null(attr(said, "status"))
  cat(basename(script), if (ok) "ok" else c("FAILED", said), sep = "\n")
  failed <- failed + !ok
}
quit(status = as.integer(failed > 0))
