
# ---- The same variables for one cause: its own hazard, and the subdistribution hazard of Fine and Gray ------------------

by_cause <- together
by_cause$status <- as.integer(by_cause$event == cause)
fit <- cox(c(labels_of(joint_variables), stratified), by_cause)
tell_ratios("cause_specific_hazard_ratio", "cause_specific_wald_p", fit, of, of %in% cause_is_finite)
