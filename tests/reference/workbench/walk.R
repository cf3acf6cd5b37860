# Runs every script below a folder as a reader would, in its own folder, and says which halts, which differs from the page and
# which leaves a number of the page out: Rscript tests/reference/workbench/walk.R FOLDER. Its status is 1 where one does.
folder <- commandArgs(trailingOnly = TRUE)[1]
# Numbers that are iterated end where their steps are small; all others have all digits.
most <- 1e-6
scripts <- list.files(folder, "^cotside-script[.]R$", recursive = TRUE, full.names = TRUE)

# A script in its own folder, as Rscript runs it: what it said, and why it halted.
said_by <- function(script) {
  back <- setwd(dirname(script))
  on.exit(setwd(back))
  sink("said.txt")
  on.exit(sink(), add = TRUE, after = FALSE)
  own <- new.env(parent = globalenv())
  own$commandArgs <- function(...) character(0)
  halted <- tryCatch({
    withCallingHandlers(source(basename(script), local = own, print.eval = TRUE, encoding = "UTF-8"), warning = function(why) {
      cat("Warning:", conditionMessage(why), "\n")
      invokeRestart("muffleWarning")
    })
    NULL
  }, error = conditionMessage)
  list(said = readLines("said.txt", warn = FALSE), halted = halted)
}
run <- function(script) {
  found <- said_by(script)
  pattern <- "^([0-9]+) numbers of ([0-9]+) on the page are also here; the largest relative difference is (.*) $"
  told <- grep(pattern, found$said, value = TRUE)
  part <- function(which) as.numeric(sub(pattern, which, told))
  fault <- found$halted
  if (is.null(fault) && length(told) != 1) fault <- "compares nothing"
  if (is.null(fault)) {
    fault <- c(if (part("\\1") < part("\\2")) paste(part("\\2") - part("\\1"), "of", part("\\2"), "numbers are not compared"),
               if (!isTRUE(part("\\3") <= most)) paste("differs by", part("\\3")), grep("read otherwise", found$said, value = TRUE))
  }
  if (length(fault) > 0) {
    cat(dirname(script), readLines(file.path(dirname(script), "what.txt"), encoding = "UTF-8"), fault, "", sep = "\n")
  }
  c(if (length(told) == 1) part("\\1") else 0, length(fault) > 0)
}
suppressPackageStartupMessages(library(survival))
found <- do.call(rbind, parallel::mclapply(scripts, run, mc.cores = parallel::detectCores(), mc.preschedule = FALSE))
cat(length(scripts), "scripts,", sum(found[, 1]), "numbers compared,", sum(found[, 2]), "scripts with a fault\n")
quit(status = as.integer(any(found[, 2] > 0) || length(scripts) == 0))
