# Seconds of R's survival for each method of the table, one a line, best of three; called by the bench program.
suppressPackageStartupMessages(library(survival))
d <- read.csv(commandArgs(TRUE)[1])
clock <- if (Sys.getenv("COTSIDE_BENCH_CLOCK") == "cpu") c("user.self", "sys.self") else "elapsed"
best <- function(f) min(replicate(3, sum(system.time(f())[clock])))
cat(best(function() survfit(Surv(time, event) ~ 1, data = d)), "\n")
cat(best(function() survdiff(Surv(time, event) ~ group, data = d)), "\n")
cat(best(function() coxph(Surv(time, event) ~ x0 + x1 + x2 + x3 + x4, data = d, model = FALSE)), "\n")
cat(best(function() concordance(Surv(time, event) ~ x0, data = d, reverse = TRUE)), "\n")
