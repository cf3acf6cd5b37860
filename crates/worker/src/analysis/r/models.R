
# ---- What every model of Cox's regression takes: delayed entry, case weights, clusters, ties ---------------------------

covariate_of <- function(one) {
  x <- if (is.null(one$names)) known(one$id)[d$row] else factor(levels_of(one)[d$row], one$names)
  if (is.null(one$scale)) x else one$scale(x)
}
# The strata of the rows: the levels of what strata_of names, crossed.
own_strata <- function() {
  strata_columns <- lapply(strata_of, function(one) if (is.null(one$names)) known(one$id)[d$row] else factor(levels_of(one)[d$row], one$names))
  do.call(interaction, c(strata_columns, list(drop = TRUE)))
}
usable <- rep(TRUE, nrow(d))
own_columns <- c("time", "status")
if (!is.null(entry_of)) {
  d$entry <- switch(entry_of$id,
    first_remission_date = (dates$first_remission_date$value - dates$diagnosis_date$value)[d$row] / 365.25,
    hsct_date = ifelse(d$hsct_state == "value", d$hsct, NA), as.numeric(known(entry_of$id)[d$row]) * entry_of$days / 365.25)
  usable <- usable & !is.na(d$entry) & d$entry < d$time
  own_columns <- c(own_columns, "entry")
}
if (!is.null(weights_of)) {
  d$case_weight <- as.numeric(known(weights_of)[d$row])
  usable <- usable & !is.na(d$case_weight) & d$case_weight > 0
  own_columns <- c(own_columns, "case_weight")
}
if (!is.null(cluster_of)) {
  d$own_cluster <- known(cluster_of)[d$row]
  usable <- usable & !is.na(d$own_cluster)
} else if (!is.null(weights_of) && any(d$case_weight[usable] %% 1 != 0)) d$own_cluster <- seq_len(nrow(d))
if (!is.null(d$own_cluster)) own_columns <- c(own_columns, "own_cluster")
cat(sum(!usable), "without what the models take.\n")
cox_response <- if (is.null(entry_of)) quote(Surv(time, status)) else quote(Surv(entry, time, status))
# Cox's regression as coxph() has it. Where it warns that an estimate runs away, which is not told, more and smaller steps
# bring the others to their end.
cox <- function(terms, data, response = cox_response, ties = cox_ties) {
  formula <- reformulate(terms, response)
  environment(formula) <- environment()
  asked <- list(quote(coxph), formula, data = quote(data), ties = ties)
  if (!is.null(data$case_weight)) asked$weights <- quote(case_weight)
  if (!is.null(data$own_cluster)) asked$cluster <- quote(own_cluster)
  fit <- tryCatch(eval(as.call(asked)), warning = function(why) {
    cat("coxph:", conditionMessage(why), "\n")
    asked$control <- coxph.control(iter.max = 200, eps = 1e-11)
    suppressWarnings(eval(as.call(asked)))
  })
  # With exact ties and delayed entry coxph() leaves the class of its answer out.
  class(fit) <- "coxph"
  fit
}
tell_ratios <- function(prefix, p, fit, of, finite) {
  ends <- summary(fit, conf.int = conf_level)$conf.int
  tell(prefix, of[finite], NA, ends[finite, 1])
  tell(paste0(prefix, "_lower"), of[finite], NA, ends[finite, 3])
  tell(paste0(prefix, "_upper"), of[finite], NA, ends[finite, 4])
  tell(p, of[finite], NA, summary(fit)$coefficients[finite, "Pr(>|z|)"])
}
tell_sum <- function(quantity, p, of, at, fit, weights) {
  log <- sum(weights * coef(fit), na.rm = TRUE)
  std_err <- sqrt(drop(weights %*% vcov(fit) %*% weights))
  reach <- conf_z * std_err
  tell(quantity, of, at, exp(log))
  tell(paste0(quantity, "_lower"), of, at, exp(log - reach))
  tell(paste0(quantity, "_upper"), of, at, exp(log + reach))
  tell(p, of, at, 2 * pnorm(-abs(log / std_err)))
}
tell_wald <- function(quantity, of, fit, own) {
  # No more clusters than coefficients: the variance has no inverse, and there is no test.
  inverse <- tryCatch(solve(vcov(fit)[own, own, drop = FALSE]), error = function(why) NULL)
  if (is.null(inverse)) return(invisible())
  chi2 <- drop(coef(fit)[own] %*% inverse %*% coef(fit)[own])
  tell(paste0(quantity, "_chi2"), of, NA, chi2)
  tell(paste0(quantity, "_p"), of, NA, pchisq(chi2, length(own), lower.tail = FALSE))
}
