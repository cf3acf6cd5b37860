# Transplantation in time and subgroups, as the command line gives them. Writes methods.csv, transplanted.csv.
# Run in this directory: Rscript methods.R
suppressPackageStartupMessages(library(survival))
rows <- NULL
tell <- function(case, quantity, at, value) rows <<- rbind(rows, data.frame(case, quantity, at = as.character(at), value = as.numeric(value)))
close <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 100)
ratios <- function(case, fit) {
  s <- summary(fit)$conf.int
  p <- summary(fit)$coefficients[, "Pr(>|z|)"]
  for (k in seq_along(coef(fit))) {
    name <- names(coef(fit))[k]
    tell(case, "hr", name, s[k, 1]); tell(case, "lower", name, s[k, 3]); tell(case, "upper", name, s[k, 4]); tell(case, "p", name, p[k])
  }
}

# The Stanford heart transplants, with age.
d <- data.frame(time = jasa$futime, event = jasa$fustat, transplant = jasa$wait.time, age = round(jasa$age))
d$transplant[jasa$transplant == 0] <- NA
d <- d[d$time > 0 & (is.na(d$transplant) | d$transplant <= d$time), ]
write.csv(d, "transplanted.csv", row.names = FALSE, na = "", quote = FALSE)
long <- do.call(rbind, lapply(seq_len(nrow(d)), function(k) {
  one <- d[k, ]
  # One on the last day has no time after it.
  if (is.na(one$transplant) || one$transplant == one$time) return(data.frame(start = 0, stop = one$time, event = one$event, transplant = 0, age = one$age))
  both <- data.frame(start = c(0, one$transplant), stop = c(one$transplant, one$time), event = c(0, one$event), transplant = 0:1, age = one$age)
  both[both$stop > both$start, ]
}))
ratios("time-dependent", coxph(Surv(start, stop, event) ~ transplant, long, control = close))
ratios("time-dependent, adjusted", coxph(Surv(start, stop, event) ~ transplant + age, long, control = close))
landmark <- 60
after <- d[d$time > landmark, ]
after$done <- as.numeric(!is.na(after$transplant) & after$transplant <= landmark)
after$time <- after$time - landmark
ratios("landmark", coxph(Surv(time, event) ~ done, after, control = close))
ratios("landmark, adjusted", coxph(Surv(time, event) ~ done + age, after, control = close))
test <- survdiff(Surv(time, event) ~ done, after)
tell("landmark", "observed", "", test$obs[2]); tell("landmark", "expected", "", test$exp[2]); tell("landmark", "chi2", "", test$chisq)
tell("landmark", "excluded events", "", sum(d$time <= landmark & d$event == 1))
tell("landmark", "excluded censored", "", sum(d$time <= landmark & d$event == 0))
for (state in 0:1) {
  s <- summary(survfit(Surv(start, stop, event) ~ 1, long[long$transplant == state, ], conf.type = "log-log"), times = c(90, 365))
  tell("curves", c("survival", "lower", "upper")[1], paste(state, s$time), s$surv)
  tell("curves", "lower", paste(state, s$time), s$lower)
  tell("curves", "upper", paste(state, s$time), s$upper)
}

veteran <- read.csv("../cox/veteran.csv")
veteran$other <- veteran$trt == 2
for (level in sort(unique(veteran$celltype))) {
  fit <- coxph(Surv(time, status) ~ other, veteran[veteran$celltype == level, ], control = close)
  s <- summary(fit)$conf.int
  tell("subgroups", "hr", level, s[1]); tell("subgroups", "lower", level, s[3]); tell("subgroups", "upper", level, s[4])
}
test <- anova(coxph(Surv(time, status) ~ other + celltype, veteran, control = close), coxph(Surv(time, status) ~ other * celltype, veteran, control = close))
tell("subgroups", "interaction chi2", "", test$Chisq[2]); tell("subgroups", "interaction p", "", test[2, "Pr(>|Chi|)"])

rows$value <- sprintf("%.17g", rows$value)
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = "methods.csv")
suppressWarnings(write.table(rows, "methods.csv", append = TRUE, sep = ",", row.names = FALSE))
