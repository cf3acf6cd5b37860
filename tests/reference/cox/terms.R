# Tests of factors and interactions, hazard ratios within levels, restricted cubic splines. Writes terms.csv.
# Run in this directory: Rscript terms.R
suppressPackageStartupMessages({ library(survival); library(cmprsk) })
rows <- NULL
tell <- function(case, quantity, at, value) {
  rows <<- rbind(rows, data.frame(case, quantity, at = as.character(at), value = as.numeric(value)))
}
close <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 100)

# Wald's test of some coefficients, and a linear combination with its interval.
wald <- function(case, of, fit, own) {
  b <- coef(fit)[own]
  chi2 <- drop(b %*% solve(vcov(fit)[own, own, drop = FALSE]) %*% b)
  tell(case, "wald chi2", of, chi2)
  tell(case, "wald p", of, pchisq(chi2, length(own), lower.tail = FALSE))
}
combined <- function(case, of, fit, weights) {
  log <- sum(weights * coef(fit))
  std_err <- sqrt(drop(weights %*% vcov(fit) %*% weights))
  tell(case, "hazard ratio", of, exp(log))
  tell(case, "lower", of, exp(log - qnorm(0.975) * std_err))
  tell(case, "upper", of, exp(log + qnorm(0.975) * std_err))
}
ratios <- function(case, fit) {
  dropped <- drop1(fit, test = "Chisq")
  for (term in rownames(dropped)[-1]) {
    tell(case, "likelihood ratio chi2", term, dropped[term, "LRT"])
    tell(case, "likelihood ratio p", term, dropped[term, "Pr(>Chi)"])
  }
}

veteran <- read.csv("veteran.csv")
veteran$celltype <- factor(veteran$celltype)
fit <- coxph(Surv(time, status) ~ karno + celltype + trt, veteran, control = close)
wald("factor", "celltype", fit, 2:4)
ratios("factor", fit)
fit <- coxph(Surv(time, status) ~ karno + celltype + trt, veteran, ties = "breslow", control = close)
wald("factor, breslow", "celltype", fit, 2:4)
ratios("factor, breslow", fit)

fit <- coxph(Surv(time, status) ~ karno + trt * celltype, veteran, control = close)
wald("interaction", "trt:celltype", fit, 6:8)
ratios("interaction", fit)
for (level in 1:4) {
  weights <- c(0, 1, 0, 0, 0, 0, 0, 0)
  if (level > 1) weights[4 + level] <- 1
  combined("interaction", levels(veteran$celltype)[level], fit, weights)
}

sim <- read.csv("sim.csv")
sim$group <- factor(sim$group)
fit <- coxph(Surv(entry, time, status) ~ x1 * group + strata(centre), sim, weights = w, control = close,
             cluster = seq_len(nrow(sim)))
k <- length(coef(fit))
inside <- grep("x1:", names(coef(fit)))
wald("entry, weights, strata", "x1:group", fit, inside)
for (place in seq_along(inside)) {
  weights <- rep(0, k); weights[1] <- 1; weights[inside[place]] <- 1
  combined("entry, weights, strata", levels(sim$group)[place + 1], fit, weights)
}
fit <- coxph(Surv(time, status) ~ x1 + x2 + group, sim, cluster = centre, control = close)
wald("cluster", "group", fit, 3:length(coef(fit)))

# The restricted cubic spline of Harrell, as rms::rcs and Hmisc::rcspline.eval have it.
rcs <- function(x, knots) {
  k <- length(knots)
  cube <- function(t) pmax(x - t, 0)^3
  curved <- sapply(seq_len(k - 2), function(j) {
    (cube(knots[j]) - cube(knots[k - 1]) * (knots[k] - knots[j]) / (knots[k] - knots[k - 1]) +
       cube(knots[k]) * (knots[k - 1] - knots[j]) / (knots[k] - knots[k - 1])) / (knots[k] - knots[1])^2
  })
  cbind(x, matrix(curved, length(x)))
}
at_quantiles <- list("3" = c(.1, .5, .9), "4" = c(.05, .35, .65, .95), "5" = c(.05, .275, .5, .725, .95))
lung <- read.csv("lung.csv")
for (k in names(at_quantiles)) {
  case <- paste("spline of", k, "knots")
  knots <- quantile(lung$age, at_quantiles[[k]], names = FALSE)
  for (j in seq_along(knots)) tell(case, "knot", j, knots[j])
  lung$basis <- rcs(lung$age, knots)
  fit <- coxph(Surv(time, status) ~ basis + sex, lung, control = close)
  own <- seq_len(ncol(lung$basis))
  for (j in own) tell(case, "coefficient", j, coef(fit)[j])
  wald(case, "age", fit, own)
  wald(case, "not linear", fit, own[-1])
  linear <- coxph(Surv(time, status) ~ age + sex, lung, control = close)
  gain <- anova(linear, fit)
  tell(case, "likelihood ratio chi2", "not linear", gain[2, "Chisq"])
  tell(case, "likelihood ratio p", "not linear", gain[2, "Pr(>|Chi|)"])
  for (age in c(40, 50, 62, 75, 80)) combined(case, age, fit, c(rcs(age, knots) - rcs(60, knots), 0))
}

# Fine and Gray's model, at its maximum, as in ../risks/fine_gray.R.
mgus <- read.csv("../risks/fine_gray_mgus.csv", comment.char = "#")
x <- as.matrix(mgus[, c("age", "male", "mspike")])
for (cause in 1:2) {
  fit <- crr(mgus$time, mgus$event, x, failcode = cause, gtol = 1e-10, maxiter = 30)
  for (i in 1:3) {
    polished <- as.vector(fit$coef + fit$invinf %*% fit$score)
    fit <- crr(mgus$time, mgus$event, x, failcode = cause, init = polished, maxiter = 0)
  }
  own <- 1:2
  chi2 <- drop(fit$coef[own] %*% solve(fit$var[own, own], fit$coef[own]))
  tell(paste("fine and gray, cause", cause), "wald chi2", "age and male", chi2)
  tell(paste("fine and gray, cause", cause), "wald p", "age and male", pchisq(chi2, 2, lower.tail = FALSE))
}

rows$value <- sprintf("%.17g", rows$value)
versions <- sprintf("# %s, survival %s, cmprsk %s", R.version.string, packageVersion("survival"), packageVersion("cmprsk"))
writeLines(c(versions, "case,quantity,at,value",
  sprintf('"%s","%s","%s",%s', rows$case, rows$quantity, rows$at, rows$value)), "terms.csv")
