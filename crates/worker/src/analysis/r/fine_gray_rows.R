# Fine and Gray's model as a Cox model of the intervals of finegray(), with entry, weights, clusters and strata. The intervals are
# made stratum by stratum: with strata in its formula finegray() of survival 3.5-3 takes case weights of other rows.
expanded <- together
expanded$of_cause <- factor(ifelse(expanded$event == cause, 1L, ifelse(expanded$event == "none", 0L, 2L)), 0:2)
expanded$subject <- seq_len(nrow(expanded))
expanded$own_weight <- if (is.null(expanded$case_weight)) 1 else expanded$case_weight
expanded$dependent <- if (is.null(expanded$own_cluster)) expanded$subject else expanded$own_cluster
fg_response <- if (is.null(entry_of)) quote(Surv(time, of_cause)) else quote(Surv(entry, time, of_cause))
fg_terms <- c(column(kept), "dependent", if (length(strata_of) > 0) "stratum")
fg_formula <- reformulate(fg_terms, fg_response)
parts <- if (length(strata_of) > 0) split(expanded, expanded$stratum) else list(expanded)
parts <- Filter(function(one) any(one$of_cause == 1), parts)
expanded <- do.call(rbind, lapply(parts, function(one) finegray(fg_formula, one, weights = own_weight, id = subject, etype = 1)))
fg_formula <- reformulate(c(labels_of(joint_variables), stratified), quote(Surv(fgstart, fgstop, fgstatus)))
fit <- coxph(fg_formula, expanded, weights = fgwt, cluster = dependent, ties = cox_ties)
tell_ratios("subdistribution_hazard_ratio", "subdistribution_wald_p", fit, of, of %in% subdistribution_is_finite)
tell_joint("subdistribution_joint_wald", fit, subdistribution_is_finite)
