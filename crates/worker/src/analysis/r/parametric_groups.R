timed <- d[usable, c(own_columns, "group")]
timed$time[timed$time <= 0] <- 0.5 / 365.25
timed$group <- if (is.null(parametric_groups)) factor(as.character(timed$group)) else factor(as.character(timed$group), parametric_groups)
of_groups <- levels(timed$group)
group_term <- if (length(of_groups) > 1) "group"
fit <- times_model(group_term, of_groups[-1], timed, distribution)
print(setNames(fit$par, c("(Intercept)", fit$of, if (distribution != "exponential") "log_scale")))
tell_times("parametric_group", fit)
for (g in seq_along(of_groups)) for (year in at[at > 0]) {
  profile <- c(1, as.numeric(fit$of == of_groups[g]))
  z <- (log(year) - sum(profile * fit$par[seq_along(profile)])) / fit$sigma
  slopes <- c(-profile / fit$sigma, if (distribution != "exponential") -z)
  reach <- sqrt(drop(slopes %*% fit$var %*% slopes))
  s <- function(z) exp(time_errors[[distribution]]$survival(z)[[1]])
  tell("parametric_estimate", of_groups[g], year, s(z))
  tell("parametric_estimate_se", of_groups[g], year, exp(time_errors[[distribution]]$density(z)[[1]]) * reach)
  tell("parametric_estimate_lower", of_groups[g], year, s(z + conf_z * reach))
  tell("parametric_estimate_upper", of_groups[g], year, s(z - conf_z * reach))
}
if (distributions_by_groups) tell_distributions(group_term, of_groups[-1], timed)
