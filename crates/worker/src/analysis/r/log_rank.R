test <- tested(survdiff(Surv(time, status) ~ group, data = d))
if (!is.null(test)) {
  print(test)
  tell("log_rank_chi2", "", NA, test$chisq)
  # A group that nobody of is at risk at any event adds no degree of freedom.
  df <- sum(test$exp > 0) - 1
  tell("log_rank_df", "", NA, df)
  tell("log_rank_p", "", NA, pchisq(test$chisq, df, lower.tail = FALSE))
}
