# What this model predicts for the given values: survival, and the times by which so many per cent have had the event.
fit <- times_model(labels_of(joint_variables), adjusted_of, timed, distribution)
for (profile in profiles) {
  x <- model.matrix(reformulate(labels_of(joint_variables)), given_row(profile))[1, c(TRUE, adjusted_of %in% fit$of)]
  centre <- sum(x * fit$par[seq_along(x)])
  survival_to <- function(z) exp(time_errors[[distribution]]$survival(z)[[1]])
  spread <- function(slopes) sqrt(drop(slopes %*% fit$var %*% slopes))
  for (year in at[at > 0]) {
    z <- (log(year) - centre) / fit$sigma
    reach <- spread(c(-x / fit$sigma, if (distribution != "exponential") -z))
    tell("parametric_predicted", profile$name, year, survival_to(z))
    tell("parametric_predicted_se", profile$name, year, exp(time_errors[[distribution]]$density(z)[[1]]) * reach)
    tell("parametric_predicted_lower", profile$name, year, survival_to(z + conf_z * reach))
    tell("parametric_predicted_upper", profile$name, year, survival_to(z - conf_z * reach))
  }
  for (percent in quantiles) {
    z <- switch(distribution, lognormal = qnorm(percent / 100), loglogistic = qlogis(percent / 100), log(-log1p(-percent / 100)))
    log_time <- centre + fit$sigma * z
    reach <- spread(c(x, if (distribution != "exponential") fit$sigma * z))
    tell("parametric_predicted_quantile", profile$name, percent, exp(log_time))
    tell("parametric_predicted_quantile_se", profile$name, percent, exp(log_time) * reach)
    tell("parametric_predicted_quantile_lower", profile$name, percent, exp(log_time - conf_z * reach))
    tell("parametric_predicted_quantile_upper", profile$name, percent, exp(log_time + conf_z * reach))
  }
}
