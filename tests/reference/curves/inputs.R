# Input files of the curves' reference tests: tests/reference/curves/<case>.csv with the columns time, event and, where
# a case has them, entry, weight, group, stratum. Run from the top of the repository:
#   Rscript tests/reference/curves/inputs.R
library(survival)

folder <- "tests/reference/curves"
banner <- sprintf("# %s, survival %s", R.version.string, packageVersion("survival"))
digits <- function(x) if (is.numeric(x)) sprintf("%.17g", x) else as.character(x)

save_case <- function(name, ...) {
  columns <- data.frame(..., stringsAsFactors = FALSE)
  path <- file.path(folder, paste0(name, ".csv"))
  cat(banner, "\n", paste(names(columns), collapse = ","), "\n", file = path, sep = "")
  cat(do.call(paste, c(lapply(columns, digits), sep = ",")), file = path, sep = "\n", append = TRUE)
}

# Public sets of the survival package, the columns used.
with(aml, save_case("aml", time = time, event = status, group = as.character(x)))
with(ovarian, save_case("ovarian", time = futime, event = fustat, group = rx, stratum = resid.ds))
with(veteran, save_case("veteran", time = time, event = status, group = as.character(celltype), stratum = trt))
with(lung[!is.na(lung$ph.ecog), ], save_case("lung", time = time, event = status - 1, group = ph.ecog, stratum = sex,
  weight = 1 + (seq_along(time) %% 3)))
with(kidney, save_case("kidney", time = time, event = status, group = as.character(disease), stratum = sex))
with(heart, save_case("heart", entry = start, time = stop, event = event, group = as.character(transplant)))
# Age as the time scale: delayed entry.
small <- mgus2[seq(1, nrow(mgus2), by = 9), ]
with(small, save_case("mgus_age", entry = age, time = age + pmax(futime, 0.5) / 12, event = death,
  group = as.character(sex), weight = 0.5 + (seq_along(age) %% 4) / 3))

# Awkward small sets.
save_case("ties", time = c(1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4), event = c(1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1),
  group = rep(c("a", "b", "c"), 4), stratum = rep(c(1, 2), each = 6))
save_case("all_censored", time = c(1, 2, 2, 5), event = 0, group = c("a", "b", "a", "b"))
save_case("no_event_in_a_group", time = c(1, 2, 3, 4, 5, 6, 7), event = c(1, 0, 1, 0, 1, 0, 1),
  group = c("a", "b", "a", "b", "a", "b", "a"))
save_case("one_patient", time = 3, event = 1)
save_case("one_censored", time = 3, event = 0)
save_case("everyone_dies", time = c(2, 4, 6, 8, 10), event = 1, group = c("a", "b", "a", "b", "b"))
save_case("time_zero", time = c(0, 0, 0, 1, 2, 3, 4), event = c(1, 0, 1, 1, 0, 1, 0),
  group = c("a", "b", "b", "a", "a", "b", "a"))
save_case("noise", time = c(0.3, 0.1 + 0.2, 0.7, 0.1 * 7, 1.1, 1.1 + 1e-10, 2), event = c(1, 0, 1, 1, 1, 1, 0),
  group = c("a", "b", "a", "b", "a", "b", "a"))
save_case("late_entry", entry = c(0, 0.5, 3, 3, 2.5, 4), time = c(2, 2, 5, 6, 7, 8), event = c(0, 1, 1, 0, 1, 0),
  group = c("a", "b", "a", "b", "a", "b"))
save_case("empty_risk_set", entry = c(0, 0, 3, 3, 4), time = c(1, 2, 5, 6, 7), event = c(1, 1, 1, 0, 1),
  group = c("a", "b", "a", "b", "a"))
save_case("weighted", time = c(1, 2, 2, 3, 5, 5, 8), event = c(1, 1, 0, 1, 1, 0, 1),
  weight = c(0.5, 1.25, 2, 0.1, 3, 0.7, 1.1), group = c("a", "b", "a", "b", "a", "b", "a"))
# Survival stays at exactly one half, reached by roundings: the middle of the stretch is the median.
save_case("flat_half", time = 1:10, event = c(1, 0, 1, 1, 0, 1, 0, 0, 1, 0), weight = c(1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
save_case("flat_at_quartiles", time = c(1:8, 20), event = c(1, 1, 1, 1, 0, 0, 0, 0, 0) * 1,
  weight = c(1, 1, 1, 1, 1, 1, 1, 1, 0.0000000001))
