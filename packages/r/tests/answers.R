# Answers against R's survival, and errors that name what is wrong. Without the program there is nothing to test.
program <- try(cotside::cotside_program(), silent = TRUE)
if (inherits(program, "try-error")) {
  message("the program cotside is not installed: not tested")
  quit(status = 0)
}
library(cotside)
close_to <- function(found, expected) stopifnot(isTRUE(all.equal(as.double(found), as.double(expected), tolerance = 1e-8)))

infants <- data.frame(age_days = c(179, 100), wbc = c(10, NA), kmt2a = "rearranged", cns = 1, csf_blasts = c(FALSE, NA))
answer <- stratify(infants)
stopifnot(nrow(answer) == 2 * nrow(protocols()))
first <- answer[answer$row == 1, ]
stopifnot(first$group[first$protocol == "mll-10"] == "high")
stopifnot(answer$status[answer$row == 2 & answer$protocol == "interfant-06"] == "undetermined")

if (requireNamespace("survival", quietly = TRUE)) {
  lung <- survival::lung
  lung$died <- lung$status - 1
  lung$sex <- c("male", "female")[lung$sex]
  ours <- km(lung, "time", "died", group = "sex", at = c(100, 365))
  theirs <- summary(survival::survfit(survival::Surv(time, died) ~ sex, lung, conf.type = "log-log"), times = c(100, 365))
  close_to(ours$at$survival, theirs$surv)
  close_to(ours$at$lower, theirs$lower)
  tested <- survival::survdiff(survival::Surv(time, died) ~ sex, lung)
  close_to(logrank(lung, "time", "died", "sex")$chi2, tested$chisq)
  model <- cox(lung, "time", "died", covariates = c("age", "ph.ecog"), factors = "sex", reference = c(sex = "male"))
  fit <- survival::coxph(survival::Surv(time, died) ~ age + ph.ecog + (sex == "female"), lung)
  close_to(model$coefficients$coef, unname(coef(fit)))
  stopifnot(model$n_excluded == 1, model$n == 227)
}
causes <- data.frame(time = c(1, 3, 4, 4, 6, 7, 8, 9, 11, 12), cause = c(1, 2, 1, 0, 1, 2, 0, 1, 2, 0),
  arm = c("high", "low", "high", "high", "high", "low", "high", "low", "low", "low"))
# R: cmprsk::cuminc(time, cause, arm)$Tests
close_to(cif(causes, "time", "cause", "arm", at = 6)$gray$chi2[1], 4.1998206341)

said <- tryCatch(km(causes, "years", "cause"), error = conditionMessage)
stopifnot(grepl("no column", said), grepl("years", said))
said <- tryCatch(stratify(data.frame(age_days = "old")), error = conditionMessage)
stopifnot(grepl("column age_days", said), grepl("old", said))
