# What the page for cohorts says of the synthetic registry, by R's survival; writes registry_expected.csv.
# Run in the repository's folder: Rscript tests/reference/workbench/registry.R
suppressPackageStartupMessages(library(survival))
d <- read.csv("www/samples/synthetic-registry.csv", na.strings = "")
day <- function(x) as.numeric(as.Date(x))
first <- pmin(day(d$relapse_date), day(d$second_malignancy_date), day(d$death_date), na.rm = TRUE)
failed <- d$first_event == "induction_failure"
event <- as.integer(!is.na(first) | failed)
time <- ifelse(failed, 0, ifelse(is.na(first), day(d$last_follow_up_date), first) - day(d$diagnosis_date)) / 365.25
fit <- survfit(Surv(time, event) ~ 1, conf.type = "log-log")
s <- summary(fit, times = c(1, 3, 5))
test <- survdiff(Surv(time, event) ~ d$sex)
cox <- summary(coxph(Surv(time, event) ~ d$sex))$conf.int
of_age <- function(x) quantile(as.numeric(x), type = 7)[c(3, 2, 4)]
age <- day(d$diagnosis_date) - day(d$birth_date)
out <- rbind(
  # Median and quartiles in days; of the levels, number and per cent.
  data.frame(what = c("age_all", "age_female", "age_male"),
    rbind(of_age(age), of_age(age[d$sex == "female"]), of_age(age[d$sex == "male"])) |>
      (\(m) data.frame(value = m[, 1], lower = m[, 2], upper = m[, 3]))()),
  data.frame(what = paste0("rearranged_", c("all", "female", "male")),
    value = c(sum(d$kmt2a == "rearranged", na.rm = TRUE), tapply(d$kmt2a == "rearranged", d$sex, sum, na.rm = TRUE)),
    lower = 100 * c(mean(d$kmt2a == "rearranged", na.rm = TRUE), tapply(d$kmt2a == "rearranged", d$sex, mean, na.rm = TRUE)),
    upper = c(sum(is.na(d$kmt2a)), tapply(is.na(d$kmt2a), d$sex, sum))),
  data.frame(what = paste0("efs_", c(1, 3, 5)), value = 100 * s$surv, lower = 100 * s$lower, upper = 100 * s$upper),
  data.frame(what = "log_rank_sex", value = test$chisq, lower = NA, upper = NA),
  data.frame(what = "hazard_ratio_male", value = cox[1, 1], lower = cox[1, 3], upper = cox[1, 4]))
# Cox's regression of three variables together; missing ones leave 114 or so.
d$time <- time
d$event <- event
d$age_months <- age / 30.4375
d$wbc2 <- log2(d$wbc)
joint <- coxph(Surv(time, event) ~ age_months + wbc2 + cns, data = transform(d, cns = factor(cns)))
ratios <- summary(joint)$conf.int
zph <- cox.zph(joint)$table
together <- data.frame(what = c("joint_age", "joint_wbc", "joint_cns2", "joint_cns3"), value = ratios[, 1], lower = ratios[, 3], upper = ratios[, 4])
asked <- data.frame(what = c("joint_n_events", "joint_lr", "joint_concordance", "joint_zph_cns", "joint_zph"),
  value = c(joint$n, summary(joint)$logtest[1], summary(joint)$concordance[1], zph["cns", 1], zph["GLOBAL", 1]),
  lower = c(joint$nevent, summary(joint)$logtest[3], summary(joint)$concordance[2], zph["cns", 3], zph["GLOBAL", 3]), upper = NA)
# MLL98: low = KMT2A germline, high = rearranged.
own <- d[d$kmt2a %in% c("germline", "rearranged"), ]
own$score <- as.numeric(own$kmt2a == "rearranged")
s <- Surv(own$time, own$event)
c_of <- concordance(s ~ own$score, reverse = TRUE)$concordance
rank <- survdiff(s ~ own$score)
at5 <- summary(survfit(s ~ own$score), times = 5, extend = TRUE)
gap <- at5$surv[1] - at5$surv[2]
gap_se <- sqrt(sum(at5$std.err^2))
told <- data.frame(what = c("mll98_n_events", "mll98_concordance", "mll98_log_rank", "mll98_gap"),
  value = c(nrow(own), c_of, rank$chisq, 100 * gap), lower = c(sum(own$event), NA, pchisq(rank$chisq, 1, lower.tail = FALSE), 100 * (gap - qnorm(0.975) * gap_se)),
  upper = c(NA, NA, NA, 100 * (gap + qnorm(0.975) * gap_se)))
# The sexes compared: Fleming and Harrington's test with rho = 1, five years, restricted means, causes, subgroups.
suppressPackageStartupMessages(library(cmprsk))
fh <- survdiff(Surv(time, event) ~ sex, data = d, rho = 1)
by_sex <- survfit(Surv(time, event) ~ sex, data = d)
s5 <- summary(by_sex, times = 5, extend = TRUE)
gap <- s5$surv[2] - s5$surv[1]
gap_se <- sqrt(sum(s5$std.err^2))
z_p <- 2 * pnorm(-abs(gap / gap_se))
rmean <- summary(by_sex, rmean = 5)$table
mean_gap <- diff(rmean[, "rmean"])
mean_se <- sqrt(sum(rmean[, "se(rmean)"]^2))
# The ratio of the means as survRM2::rmst2 has it.
mean_ratio <- diff(log(rmean[, "rmean"]))
ratio_se <- sqrt(sum((rmean[, "se(rmean)"] / rmean[, "rmean"])^2))
p_of <- function(z) 2 * pnorm(-abs(z))
cause <- match(d$first_event, c("none", "relapse", "death", "second_malignancy", "induction_failure")) - 1
stopifnot(all((cause > 0) == (event == 1)))
male <- as.matrix(as.numeric(d$sex == "male"))
shr <- crr(time, cause, male, failcode = 1, cencode = 0)
own <- summary(coxph(Surv(time, cause == 1) ~ male))
known <- d[!is.na(d$kmt2a) , ]
inter <- anova(coxph(Surv(time, event) ~ sex + kmt2a, data = known), coxph(Surv(time, event) ~ sex * kmt2a, data = known))
in_germline <- summary(coxph(Surv(time, event) ~ sex, data = known[known$kmt2a == "rearranged", ]))$conf.int
ends <- function(beta, se) exp(beta + c(0, -1, 1) * qnorm(0.975) * se)
row <- function(what, three) data.frame(what = what, value = three[1], lower = three[2], upper = three[3])
centres <- combn(sort(unique(d$centre)), 2)
pair_p <- apply(centres, 2, function(two) survdiff(Surv(time, event) ~ centre, data = d[d$centre %in% two, ])$pvalue)
compared <- rbind(
  row("fh_sex", c(fh$chisq, fh$pvalue, NA)),
  row("gap_sex", 100 * (gap + c(0, -1, 1) * qnorm(0.975) * gap_se)), row("gap_sex_p", c(z_p, NA, NA)),
  row("mean_female", c(rmean[1, "rmean"], rmean[1, "se(rmean)"], NA)),
  row("mean_sex", mean_gap + c(0, -1, 1) * qnorm(0.975) * mean_se), row("mean_sex_p", c(p_of(mean_gap / mean_se), NA, NA)),
  row("mean_ratio_sex", exp(mean_ratio + c(0, -1, 1) * qnorm(0.975) * ratio_se)), row("mean_ratio_sex_p", c(p_of(mean_ratio / ratio_se), NA, NA)),
  row("relapse_subdistribution", ends(shr$coef, sqrt(shr$var[1, 1]))), row("relapse_subdistribution_p", c(p_of(shr$coef / sqrt(shr$var[1, 1])), NA, NA)),
  row("relapse_rate", own$conf.int[c(1, 3, 4)]),
  row("interaction_kmt2a", c(pchisq(inter$Chisq[2], inter$Df[2], lower.tail = FALSE), NA, NA)), row("ratio_in_rearranged", in_germline[c(1, 3, 4)]),
  row("holm_first", c(pair_p[1], p.adjust(pair_p, "holm")[1], NA)))
out <- rbind(out, together, asked, told, compared)
file <- "tests/reference/workbench/registry_expected.csv"
cat(sprintf("# %s, survival %s\n", R.version.string, packageVersion("survival")), file = file)
suppressWarnings(write.table(format(out, digits = 17), file, append = TRUE, sep = ",", row.names = FALSE, quote = FALSE))
