# Fine and Gray's model: cmprsk::crr at the maximum. Needs R's survival and cmprsk (Debian: r-cran-cmprsk).
# Run from the top of the repository: Rscript tests/reference/risks/fine_gray.R
library(survival)
library(cmprsk)
here <- "tests/reference/risks/"
header <- sprintf("# %s, survival %s, cmprsk %s", R.version.string, packageVersion("survival"), packageVersion("cmprsk"))
write_rows <- function(name, rows) {
  path <- paste0(here, name)
  cat(header, "\n", paste(names(rows), collapse = ","), "\n", sep = "", file = path)
  cells <- lapply(rows, function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else as.character(x))
  cat(paste0(do.call(paste, c(cells, sep = ",")), "\n"), sep = "", file = path, append = TRUE)
}

m <- mgus2[seq(1, nrow(mgus2), by = 3), ]
mgus <- data.frame(time = ifelse(m$pstat == 1, m$ptime, m$futime), event = ifelse(m$pstat == 1, 1, 2 * m$death),
                   age = m$age, male = as.integer(m$sex == "M"), mspike = m$mspike)
p <- pbc[!is.na(pbc$trt), ]
pbc_set <- data.frame(time = p$time, event = p$status, age = p$age, bili = p$bili, edema = p$edema,
                      female = as.integer(p$sex == "f"))
awkward <- data.frame(time = c(1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 9),
                      event = c(1, 2, 0, 1, 2, 1, 0, 2, 1, 1, 0, 2, 0, 1, 2, 0),
                      a = c(1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0),
                      b = c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3) * 1000)
sets <- list(mgus = mgus, pbc = pbc_set, awkward = awkward)
coefficients <- fits <- NULL
for (name in names(sets)) {
  d <- na.omit(sets[[name]])
  write_rows(paste0("fine_gray_", name, ".csv"), d)
  x <- as.matrix(d[, -(1:2)])
  for (cause in 1:2) {
    fit <- crr(d$time, d$event, x, failcode = cause, gtol = 1e-10, maxiter = 30)
    # crr's line search gives up near the top: Newton's steps by hand to the end.
    for (i in 1:3) {
      polished <- as.vector(fit$coef + fit$invinf %*% fit$score)
      fit <- crr(d$time, d$event, x, failcode = cause, init = polished, maxiter = 0)
    }
    coefficients <- rbind(coefficients, data.frame(set = name, cause = cause, name = names(fit$coef),
      coef = fit$coef, std_err = sqrt(diag(fit$var)), model_std_err = sqrt(diag(fit$invinf))))
    fits <- rbind(fits, data.frame(set = name, cause = cause, loglik = fit$loglik, loglik_null = fit$loglik.null,
      wald = as.numeric(fit$coef %*% solve(fit$var, fit$coef)), baseline_last = rev(fit$bfitj)[1],
      predicted = rev(predict(fit, x[1, , drop = FALSE])[, 2])[1]))
  }
}
write_rows("fine_gray_coefficients.csv", coefficients)
write_rows("fine_gray_fits.csv", fits)
