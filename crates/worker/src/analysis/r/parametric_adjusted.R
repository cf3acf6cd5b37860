timed <- together
timed$time[timed$time <= 0] <- 0.5 / 365.25
adjusted_of <- unlist(lapply(joint_variables, `[[`, "terms"))
if (adjusted_is_found) tell_times("parametric", times_model(labels_of(joint_variables), adjusted_of, timed, distribution))
tell_distributions(labels_of(joint_variables), adjusted_of, timed)
