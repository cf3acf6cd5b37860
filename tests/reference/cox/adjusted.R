# Survival adjusted by averaging the predictions of Cox's regression: the average is survfit(fit, newdata); its variance is
# Tsiatis's and the delta method's, from increments of the hazard by their definitions, which are held against the standard
# errors of survfit() for single patients first. Run in this directory: Rscript adjusted.R; writes adjusted.csv.
suppressPackageStartupMessages(library(survival))
rows <- NULL
tell <- function(case, quantity, group, at, value) {
  rows <<- rbind(rows, data.frame(case, quantity, group = as.character(group), at, value = as.numeric(value)))
}
close <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 100)

# Of each stratum the hazard of linear predictor 0, its variance, and hazard-weighted means, up to t.
baseline <- function(fit, x, entry, time, status, weight, stratum, ties) {
  risk <- weight * exp(drop(x %*% coef(fit)))
  function(of, t) {
    hazard <- variance <- 0
    mean <- rep(0, ncol(x))
    for (now in sort(unique(time[status == 1 & stratum == of & time <= t]))) {
      at_risk <- stratum == of & time >= now & entry < now
      tied <- stratum == of & time == now & status == 1
      d <- sum(tied)
      each <- sum(weight[tied]) / d
      for (k in seq_len(d) - 1) {
        part <- if (ties == "efron") k / d else 0
        r <- risk * (at_risk - part * tied)
        hazard <- hazard + each / sum(r)
        variance <- variance + each / sum(r)^2
        mean <- mean + each / sum(r) * colSums(r * x) / sum(r)
      }
    }
    list(hazard = hazard, variance = variance, mean = mean)
  }
}

# newdata: a list of data frames, one a group, with all terms of the fit; new_x the same as matrices.
adjusted <- function(case, fit, x, new_x, newdata, times, entry, time, status, weight, stratum, new_stratum, ties, robust = FALSE) {
  base <- baseline(fit, x, entry, time, status, weight, stratum, ties)
  found <- lapply(times, function(t) {
    bases <- lapply(sort(unique(stratum)), base, t)
    names(bases) <- sort(unique(stratum))
    one <- lapply(seq_along(newdata), function(g) {
      b <- bases[as.character(new_stratum[[g]])]
      z <- new_x[[g]]
      share <- weight / sum(weight)
      risk <- exp(drop(z %*% coef(fit)))
      hazard <- vapply(b, `[[`, 0, "hazard")
      s <- exp(-hazard * risk)
      if (!is.null(newdata[[g]])) {
        curves <- summary(survfit(fit, newdata[[g]]), times = t, extend = TRUE)
        stopifnot(abs(drop(curves$surv) - s) < 1e-10)
        d <- z * hazard - do.call(rbind, lapply(b, `[[`, "mean"))
        se <- risk * sqrt(vapply(b, `[[`, 0, "variance") + rowSums((d %*% vcov(fit)) * d))
        # Of robust fits survfit() has another variance.
        if (!robust) stopifnot(abs(drop(curves$std.err) - s * se) < 1e-9)
      }
      a <- vapply(names(bases), function(of) sum((share * s * risk)[as.character(new_stratum[[g]]) == of]), 0)
      slope <- share * s * risk * (z * hazard - do.call(rbind, lapply(b, `[[`, "mean")))
      list(survival = sum(share * s), a = a, b = colSums(slope))
    })
    v <- vapply(bases, `[[`, 0, "variance")
    cov <- function(f, g) sum(f$a * g$a * v) + drop(f$b %*% vcov(fit) %*% g$b)
    for (g in seq_along(one)) {
      tell(case, "survival", names(newdata)[g], t, one[[g]]$survival)
      se <- sqrt(cov(one[[g]], one[[g]]))
      tell(case, "std_err", names(newdata)[g], t, se)
      for (h in seq_along(one)) if (h > g) {
        gap <- one[[g]]$survival - one[[h]]$survival
        se <- sqrt(cov(one[[g]], one[[g]]) + cov(one[[h]], one[[h]]) - 2 * cov(one[[g]], one[[h]]))
        of <- paste(names(newdata)[g], "-", names(newdata)[h])
        tell(case, "difference", of, t, gap)
        tell(case, "difference std_err", of, t, se)
        tell(case, "difference p", of, t, 2 * pnorm(-abs(gap / se)))
      }
    }
  })
}

veteran <- read.csv("veteran.csv")
n <- nrow(veteran)
at <- c(30, 90, 180, 365)
for (ties in c("efron", "breslow")) {
  fit <- coxph(Surv(time, status) ~ trt + karno + age, veteran, ties = ties, control = close)
  x <- as.matrix(veteran[c("trt", "karno", "age")])
  of <- lapply(c("1" = 1, "2" = 2), function(arm) transform(veteran, trt = arm))
  new_x <- lapply(of, function(d) as.matrix(d[c("trt", "karno", "age")]))
  adjusted(paste("arms,", ties), fit, x, new_x, of, at, rep(-1, n), veteran$time, veteran$status, rep(1, n), rep(0, n),
           list(rep(0, n), rep(0, n)), ties)
}
# The arms as strata: each its own baseline.
fit <- coxph(Surv(time, status) ~ karno + age + strata(trt), veteran, control = close)
x <- as.matrix(veteran[c("karno", "age")])
of <- lapply(c("1" = 1, "2" = 2), function(arm) transform(veteran, trt = arm))
adjusted("arms as strata", fit, x, list(x, x), of, at, rep(-1, n), veteran$time, veteran$status, rep(1, n), veteran$trt,
         list(rep(1, n), rep(2, n)), "efron")
# Delayed entry, weights with fractions and so a robust variance, and strata that the groups share.
sim <- read.csv("sim.csv")
sim <- sim[complete.cases(sim[c("entry", "time", "status", "x1", "x2", "w", "centre")]) & sim$entry < sim$time, ]
n <- nrow(sim)
fit <- coxph(Surv(entry, time, status) ~ x1 + x2 + strata(centre), sim, weights = w, robust = TRUE, cluster = seq_len(n), control = close)
x <- as.matrix(sim[c("x1", "x2")])
of <- lapply(c("0" = 0, "1" = 1), function(value) transform(sim, x2 = value))
adjusted("entry, weights, strata", fit, x, lapply(of, function(d) as.matrix(d[c("x1", "x2")])), of, c(5, 10, 15), sim$entry,
         sim$time, sim$status, sim$w, sim$centre, list(sim$centre, sim$centre), "efron", robust = TRUE)

rows$value <- sprintf("%.17g", rows$value)
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = "adjusted.csv")
suppressWarnings(write.table(rows, "adjusted.csv", append = TRUE, sep = ",", row.names = FALSE))
