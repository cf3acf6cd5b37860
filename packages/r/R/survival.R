km <- function(data, time, event, group = NULL, entry = NULL, weights = NULL, at = NULL, rmst = NULL,
               conf_type = "log-log", conf_level = 0.95) {
  answer <- with_rows(data, c(time, event, group, entry, weights), function(input) {
    run(c(
      "km", input, flag("time", time), flag("event", event), flag("group", group), flag("entry", entry),
      flag("weights", weights), flag("at", at), flag("rmst", rmst), flag("conf-type", conf_type), flag("conf-level", conf_level)
    ))
  })
  groups <- answer$groups
  each <- function(part) {
    stacked(lapply(seq_len(nrow(groups)), function(place) {
      table <- groups[[part]][[place]]
      if (!is.data.frame(table) || nrow(table) == 0) NULL else cbind(group = groups$group[[place]], table)
    }))
  }
  list(
    n = answer$n, n_excluded = answer$n_excluded, variance = answer$variance,
    groups = data.frame(
      group = groups$group, n = groups$n, events = groups$events,
      median = number(groups$median$time), lower = number(groups$median$lower), upper = number(groups$median$upper),
      rmst = if (is.null(rmst)) NA_real_ else number(groups$rmst$estimate)
    ),
    steps = each("steps"), at = each("at"), warnings = answer$warnings
  )
}

logrank <- function(data, time, event, group, entry = NULL, strata = NULL, weight = "logrank") {
  answer <- with_rows(data, c(time, event, group, entry, strata), function(input) {
    run(c(
      "logrank", input, flag("time", time), flag("event", event), flag("group", group), flag("entry", entry),
      flag("strata", strata), flag("weight", weight)
    ))
  })
  answer[c("n", "n_excluded", "chi2", "df", "p", "no_test", "groups", "warnings")]
}

cox <- function(data, time, event, covariates = NULL, factors = NULL, entry = NULL, weights = NULL, strata = NULL,
                cluster = NULL, reference = NULL, ties = "efron", firth = FALSE, zph = NULL, conf_level = 0.95) {
  named <- if (is.null(reference)) NULL else paste0(names(reference), "=", unlist(reference))
  columns <- c(time, event, covariates, factors, entry, weights, strata, cluster)
  answer <- with_rows(data, columns, function(input) {
    run(c(
      "cox", input, flag("time", time), flag("event", event), flag("covariates", covariates), flag("factor", factors),
      flag("entry", entry), flag("weights", weights), flag("strata", strata), flag("cluster", cluster),
      flag("reference", named), flag("ties", ties), flag("firth", firth), flag("zph", zph), flag("conf-level", conf_level)
    ))
  })
  answer[c(
    "n", "n_events", "n_excluded", "loglik_null", "loglik", "lr", "wald", "score", "concordance", "coefficients", "zph",
    "warnings"
  )]
}

cif <- function(data, time, event, group = NULL, at = NULL, variance = "jackknife", conf_type = "log-log", conf_level = 0.95) {
  answer <- with_rows(data, c(time, event, group), function(input) {
    run(c(
      "cif", input, flag("time", time), flag("event", event), flag("group", group), flag("at", at),
      flag("variance", variance), flag("conf-type", conf_type), flag("conf-level", conf_level)
    ))
  })
  groups <- answer$groups
  each <- function(part) {
    stacked(lapply(seq_len(nrow(groups)), function(place) {
      causes <- groups$causes[[place]]
      stacked(lapply(seq_len(NROW(causes)), function(cause) {
        table <- causes[[part]][[cause]]
        if (!is.data.frame(table) || nrow(table) == 0) {
          return(NULL)
        }
        cbind(group = groups$group[[place]], cause = causes$cause[[cause]], table)
      }))
    }))
  }
  list(
    n = answer$n, n_excluded = answer$n_excluded, variance = answer$variance, steps = each("steps"), at = each("at"),
    gray = answer$gray, warnings = answer$warnings
  )
}

# A column that is missing throughout is read as a logical one.
number <- function(column) if (is.null(column)) NA_real_ else as.double(unlist(lapply(column, function(x) if (is.null(x)) NA else x)))
