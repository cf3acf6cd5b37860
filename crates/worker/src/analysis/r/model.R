
# ---- The chosen variables together, of the patients of whom all are known ----------------------------------------------

together <- d[, c("time", "status")]
for (k in seq_along(model)) {
  x <- if (is.null(model[[k]]$names)) known(model[[k]]$id)[d$row]
       else factor(levels_of(model[[k]])[d$row], model[[k]]$names)
  together[[paste0("x", k)]] <- if (is.null(model[[k]]$scale)) x else model[[k]]$scale(x)
}
together <- droplevels(together[complete.cases(together), ])
# A variable with one level among these patients is not in the model.
varies <- vapply(together[-(1:2)], function(x) !is.factor(x) || nlevels(x) > 1, TRUE)
together <- together[, c(TRUE, TRUE, varies)]
fit <- cox(Surv(time, status) ~ ., together)
of <- unlist(lapply(which(unname(varies)), function(k) {
  x <- together[[paste0("x", k)]]
  paste0(model[[k]]$name, if (is.factor(x)) paste0("=", levels(x)[-1]) else "")
}))
print(cbind(of, round(summary(fit)$conf.int, 4)))
finite <- of %in% model_is_finite
ends <- summary(fit)$conf.int
tell("adjusted_hazard_ratio", of[finite], NA, ends[finite, 1])
tell("adjusted_hazard_ratio_lower", of[finite], NA, ends[finite, 3])
tell("adjusted_hazard_ratio_upper", of[finite], NA, ends[finite, 4])
tell("adjusted_wald_p", of[finite], NA, summary(fit)$coefficients[finite, 5])
