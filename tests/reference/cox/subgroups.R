# Two groups compared within the levels of a variable, and the likelihood-ratio test of the interaction. Writes subgroups.csv.
# Run in this directory: Rscript subgroups.R
suppressPackageStartupMessages(library(survival))
rows <- NULL
tell <- function(case, quantity, level, value) rows <<- rbind(rows, data.frame(case, quantity, level = as.character(level), value = as.numeric(value)))
close <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 100)

# The columns of a file that are used: time, status, the two groups (the first is the reference), the levels.
compare <- function(case, file, time, status, event, group, groups, by, conf_level) {
  d <- read.csv(file)
  d <- data.frame(time = d[[time]], event = as.integer(d[[status]] == event), group = d[[group]], level = d[[by]])
  d <- d[complete.cases(d) & d$group %in% groups, ]
  d$other <- as.integer(d$group == groups[2])
  for (level in sort(unique(d$level))) {
    one <- d[d$level == level, ]
    tell(case, "n of the reference", level, sum(one$other == 0)); tell(case, "n of the other", level, sum(one$other == 1))
    tell(case, "events of the reference", level, sum(one$event[one$other == 0])); tell(case, "events of the other", level, sum(one$event[one$other == 1]))
    # A level of one group has no ratio.
    if (length(unique(one$other)) < 2) next
    fit <- coxph(Surv(time, event) ~ other, one, control = close)
    s <- summary(fit, conf.int = conf_level)
    tell(case, "hazard ratio", level, s$conf.int[1]); tell(case, "lower", level, s$conf.int[3]); tell(case, "upper", level, s$conf.int[4])
    tell(case, "p", level, s$coefficients[1, "Pr(>|z|)"])
  }
  d$level <- factor(d$level)
  main <- coxph(Surv(time, event) ~ other + level, d, control = close)
  full <- coxph(Surv(time, event) ~ other * level, d, control = close)
  chi2 <- 2 * (full$loglik[2] - main$loglik[2])
  df <- sum(!is.na(coef(full))) - sum(!is.na(coef(main)))
  tell(case, "interaction chi2", "", chi2); tell(case, "interaction df", "", df)
  tell(case, "interaction p", "", pchisq(chi2, df, lower.tail = FALSE))
}
compare("veteran", "veteran.csv", "time", "status", 1, "trt", 1:2, "celltype", 0.95)
compare("lung", "lung.csv", "time", "status", 1, "sex", 1:2, "ph.ecog", 0.9)
compare("colon", "colon.csv", "time", "status", 1, "rx", c("Obs", "Lev+5FU"), "etype", 0.99)

rows$value <- sprintf("%.17g", rows$value)
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = "subgroups.csv")
suppressWarnings(write.table(rows, "subgroups.csv", append = TRUE, sep = ",", row.names = FALSE))
