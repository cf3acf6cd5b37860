# Gray's test of the patients of each pair of groups alone.
found <- NULL
for (pair in tested_pairs) {
  two <- d[d$group %in% pair[2:3], ]
  test <- cmprsk::cuminc(two$time, as.character(two$event), as.character(two$group), cencode = "none")$Tests[pair[1], ]
  found <- rbind(found, data.frame(cause = pair[1], of = paste0(pair[1], ": ", pair[2], " | ", pair[3]), chi2 = test[["stat"]],
    p = pchisq(test[["stat"]], 1, lower.tail = FALSE)))
}
for (cause in unique(found$cause)) {
  own <- found[found$cause == cause, ]
  tell("gray_pair_chi2", own$of, NA, own$chi2)
  tell("gray_pair_p", own$of, NA, own$p)
  tell("gray_pair_p_corrected", own$of, NA, p.adjust(own$p, correction))
}
# Differences of incidences to the reference, with the sum of the two variances.
for (g in setdiff(names(incidence_at), reference_group)) for (cause in causes) {
  own <- incidence_at[[g]]
  other <- incidence_at[[reference_group]]
  for (year in intersect(own$time, other$time)) {
    i <- match(year, own$time)
    j <- match(year, other$time)
    k <- match(cause, own$states)
    of <- paste(g, cause, sep = ", ")
    both <- c(own$pstate[i, k], other$pstate[j, k])
    tell("incidence_difference", of, year, both[1] - both[2])
    if (any(both <= 0 | both >= 1 - 1e-12)) next
    std_err <- sqrt(own$std.err[i, k]^2 + other$std.err[j, k]^2)
    tell("incidence_difference_se", of, year, std_err)
    tell("incidence_difference_lower", of, year, both[1] - both[2] - conf_z * std_err)
    tell("incidence_difference_upper", of, year, both[1] - both[2] + conf_z * std_err)
    tell("incidence_difference_p", of, year, 2 * pnorm(-abs((both[1] - both[2]) / std_err)))
  }
}
