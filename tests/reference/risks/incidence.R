# Cumulative incidences (survival::survfit for several states, infinitesimal jackknife; cmprsk::cuminc, Aalen's variance)
# and Gray's tests. Needs R's survival and cmprsk (Debian: r-cran-cmprsk).
# Run from the top of the repository: Rscript tests/reference/risks/incidence.R
library(survival)
library(cmprsk)
options(digits = 17)
here <- "tests/reference/risks/"
header <- sprintf("# %s, survival %s, cmprsk %s", R.version.string, packageVersion("survival"), packageVersion("cmprsk"))
write_rows <- function(name, rows) {
  path <- paste0(here, name)
  cat(header, "\n", sep = "", file = path)
  cat(paste(names(rows), collapse = ","), "\n", sep = "", file = path, append = TRUE)
  cells <- lapply(rows, function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else as.character(x))
  cat(paste0(do.call(paste, c(cells, sep = ",")), "\n"), sep = "", file = path, append = TRUE)
}

m <- mgus2[seq(1, nrow(mgus2), by = 4), ]
mgus <- data.frame(time = ifelse(m$pstat == 1, m$ptime, m$futime), event = ifelse(m$pstat == 1, 1, 2 * m$death),
                   group = as.integer(m$sex == "M"), strata = as.integer(m$age > 70))
pbc_rows <- pbc[!is.na(pbc$trt), ]
pbc_set <- data.frame(time = pbc_rows$time, event = pbc_rows$status, group = pbc_rows$stage,
                      strata = as.integer(pbc_rows$sex))
entered <- mgus
entered$entry <- pmin(entered$time - 1, (seq_len(nrow(entered)) * 37) %% 60)
entered$entry[entered$time == 0] <- -1
entered$weight <- 0.5 + (seq_len(nrow(entered)) %% 5) / 3
weighted <- pbc_set
weighted$weight <- 1 + (seq_len(nrow(weighted)) %% 4)
awkward <- data.frame(time = c(0, 1, 2, 2, 3, 4, 5, 5, 6, 6, 6, 7, 0.1 + 0.2, 0.3, 8),
                      event = c(1, 1, 2, 0, 1, 0, 2, 1, 0, 3, 3, 2, 1, 2, 0),
                      group = c(1, 1, 1, 1, 2, 2, 2, 2, 1, 2, 1, 1, 2, 2, 3))
empty <- data.frame(time = c(1, 2, 3, 6, 7, 8, 9, 9), event = c(1, 0, 2, 1, 0, 2, 1, 2), group = 1,
                    entry = c(0, 0, 1, 4, 5, 4, 6, 6.5))
all_fail <- data.frame(time = c(1, 2, 3, 6, 7, 8), event = c(1, 0, 1, 2, 0, 2), group = 1,
                       entry = c(0, 0, 2.5, 4, 5, 4))
censored <- data.frame(time = c(1, 2, 3), event = c(0, 0, 0), group = c(1, 1, 2))
sets <- list(mgus = mgus, pbc = pbc_set, entered = entered, weighted = weighted, awkward = awkward, empty = empty,
             all_fail = all_fail)

expected <- NULL
for (name in names(sets)) {
  d <- sets[[name]]
  write_rows(paste0("incidence_", name, ".csv"), d)
  causes <- sort(unique(d$event[d$event > 0]))
  for (g in sort(unique(d$group))) {
    # timefix is for the whole set; within a group it finds the same ties here.
    s <- d[d$group == g, ]
    y <- factor(s$event, c(0, causes))
    s$id <- seq_len(nrow(s))
    w <- if (is.null(s$weight)) rep(1, nrow(s)) else s$weight
    s$w <- w
    form <- if (is.null(s$entry)) Surv(time, y) ~ 1 else Surv(entry, time, y) ~ 1
    fit <- survfit(form, data = s, weights = w, id = id, conf.type = "log-log")
    plain <- if (is.null(s$entry) && is.null(s$weight) && name != "awkward")
      cuminc(s$time, s$event) else NULL
    for (k in seq_along(causes)) {
      aalen <- rep(NA, length(fit$time))
      curve <- plain[[paste("1", causes[k])]]
      if (!is.null(curve)) aalen <- sqrt(approx(curve$time, curve$var, fit$time, "constant", rule = 2, ties = list("ordered", function(v) v[length(v)]))$y)
      # Every row of the small sets, every seventh of the large ones.
      keep <- if (nrow(d) < 50) rep(TRUE, length(fit$time)) else seq_along(fit$time) %% 7 == 0
      expected <- rbind(expected, data.frame(set = name, group = g, cause = causes[k], time = fit$time,
        estimate = fit$pstate[, k + 1], std_err = fit$std.err[, k + 1], lower = fit$lower[, k + 1],
        upper = fit$upper[, k + 1], event_free = fit$pstate[, 1], aalen = aalen)[keep, ])
    }
  }
}
write_rows("incidence.csv", expected)

gray <- NULL
add_gray <- function(name, fit, strata) {
  if (is.null(fit$Tests)) return(invisible())
  t <- fit$Tests
  gray <<- rbind(gray, data.frame(set = name, strata = strata, cause = rownames(t), chi2 = t[, "stat"],
    df = t[, "df"], p = pchisq(t[, "stat"], t[, "df"], lower.tail = FALSE)))
}
for (name in c("mgus", "pbc")) {
  d <- sets[[name]]
  add_gray(name, cuminc(d$time, d$event, d$group), 0)
  add_gray(name, cuminc(d$time, d$event, d$group, d$strata), 1)
}
a <- awkward
a$time[13] <- 0.3
add_gray("awkward", cuminc(a$time, a$event, a$group), 0)
write_rows("gray.csv", gray)
