# A coefficient over time, as plot.cox.zph draws it, with the spline's knots at the thirds of the events' own g(t).
# Run in this directory: Rscript smooth.R; writes smooth.csv.
suppressPackageStartupMessages({ library(survival); library(splines) })
d <- read.csv("veteran.csv")
fit <- coxph(Surv(time, status) ~ karno + age, data = d)
rows <- NULL
for (scale in c("km", "identity")) {
  z <- cox.zph(fit, scale)
  x <- ns(z$x, df = 4, intercept = TRUE)
  for (term in c("karno", "age")) {
    line <- lm.fit(x, z$y[, term])
    xtx <- solve(crossprod(x))
    k <- match(term, colnames(z$y))
    std_err <- sqrt(z$var[k, k] * rowSums((x %*% xtx) * x))
    rows <- rbind(rows, data.frame(scale, term, time = z$time, residual = z$y[, term], coefficient = line$fitted.values, std_err))
  }
}
for (column in 3:6) rows[[column]] <- sprintf("%.17g", rows[[column]])
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = "smooth.csv")
suppressWarnings(write.table(rows, "smooth.csv", append = TRUE, sep = ",", row.names = FALSE, quote = FALSE))
