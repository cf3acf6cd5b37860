
# ---- The same variables for one cause: its own hazard, and the subdistribution hazard of Fine and Gray ------------------

by_cause <- together
by_cause$status <- as.integer(by_cause$event == cause)
fit <- cox(c(labels_of(joint_variables), stratified), by_cause)
tell_ratios("cause_specific_hazard_ratio", "cause_specific_wald_p", fit, of, of %in% cause_is_finite)
# Variables of several terms as a whole, where every term has an estimate; places are those of of.
tell_joint <- function(quantity, fit, is_finite) {
  if (!all(of %in% is_finite)) return(invisible())
  for (variable in joint_variables) if (length(variable$terms) > 1) tell_wald(quantity, variable$name, fit, match(variable$terms, of))
}
tell_joint("cause_specific_joint_wald", fit, cause_is_finite)
