
# ---- The chosen variables together, of the patients of whom all are known ----------------------------------------------

together <- d[, c(own_columns, "event")]
for (k in seq_along(model)) together[[paste0("x", k)]] <- covariate_of(model[[k]])
if (length(strata_of) > 0) together$stratum <- own_strata()
together <- droplevels(together[usable & complete.cases(together), ])
column <- function(k) paste0("x", k)
names_of <- function(k) {
  x <- together[[column(k)]]
  paste0(model[[k]]$name, if (is.factor(x)) paste0("=", levels(x)[-1]) else "")
}
product_names <- function(pair) as.vector(outer(names_of(pair[1]), names_of(pair[2]), paste, sep = ":"))
kept <- which(!vapply(model, function(one) isTRUE(one$left_out), TRUE))
stratified <- if (length(strata_of) > 0) "strata(stratum)"
joint_variables <- c(lapply(kept, function(k) list(label = column(k), name = model[[k]]$name, terms = names_of(k))),
  lapply(interactions, function(pair) list(label = paste(column(pair), collapse = ":"), terms = product_names(pair),
    name = paste(vapply(pair, function(k) model[[k]]$name, ""), collapse = " \u00d7 "))))
labels_of <- function(variables) vapply(variables, `[[`, "", "label")
of <- unlist(lapply(joint_variables, `[[`, "terms"))
fit <- cox(c(labels_of(joint_variables), stratified), together)
print(cbind(of, round(summary(fit, conf.int = conf_level)$conf.int, 4)))
tell_ratios("adjusted_hazard_ratio", "adjusted_wald_p", fit, of, of %in% model_is_finite)
if (all(of %in% model_is_finite)) {
  # Tests of the variables that do not interact, and of the interactions.
  inside <- unique(unlist(interactions))
  for (variable in joint_variables) {
    if (variable$label %in% column(inside)) next
    tell_wald("joint_wald", variable$name, fit, match(variable$terms, of))
    if (!is.null(fit$naive.var)) next
    rest <- c(setdiff(labels_of(joint_variables), variable$label), stratified)
    without <- if (length(setdiff(rest, stratified)) > 0) cox(rest, together)$loglik[2] else fit$loglik[1]
    gain <- 2 * (fit$loglik[2] - without)
    tell("joint_lr_chi2", variable$name, NA, gain)
    tell("joint_lr_p", variable$name, NA, pchisq(gain, length(variable$terms), lower.tail = FALSE))
  }
  # Hazard ratios of the first within levels of the second, or of the number within the levels of the factor.
  for (pair in told_within) {
    factors <- vapply(pair, function(k) is.factor(together[[column(k)]]), TRUE)
    if (factors[1] && !factors[2]) { pair <- rev(pair); factors <- rev(factors) }
    x <- together[[column(pair[2])]]
    product <- function(own, other) if (pair[1] < pair[2]) paste(own, other, sep = ":") else paste(other, own, sep = ":")
    for (own in names_of(pair[1])) {
      at_own <- as.numeric(of == own)
      if (factors[2]) {
        for (k in seq_along(levels(x))) {
          added <- if (k > 1) as.numeric(of == product(own, names_of(pair[2])[k - 1])) else 0
          tell_sum("within_hazard_ratio", "within_wald_p", paste0(own, " | ", model[[pair[2]]]$name, ": ", levels(x)[k]), NA,
                   fit, at_own + added)
        }
      } else for (value in unique(quantile(x, c(0.25, 0.5, 0.75), names = FALSE))) {
        tell_sum("within_hazard_ratio", "within_wald_p", paste0(own, " | ", model[[pair[2]]]$name), value, fit,
                 at_own + value * (of == product(own, names_of(pair[2]))))
      }
    }
  }
  # Where all events are at one time there is no test.
  proportional <- if (cox_ties != "exact") tryCatch(cox.zph(fit, transform = "km")$table, error = function(why) NULL)
  if (!is.null(proportional)) {
    zph_of <- c(vapply(joint_variables, `[[`, "", "name"), "GLOBAL")
    if (nrow(proportional) == 1) proportional <- proportional[c(1, 1), , drop = FALSE]
    tell("zph_chi2", zph_of, NA, proportional[, "chisq"])
    tell("zph_p", zph_of, NA, proportional[, "p"])
  }
}
