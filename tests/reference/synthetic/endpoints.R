# Expected values for the synthetic registry: times to the endpoints, transplantation as a covariate that changes with
# time, and the parts of Table 1. Writes registry_endpoints.csv, registry_intervals.csv and registry_table1.csv beside
# this file. Run from the top of the repository, after make_registry.R:
#   Rscript tests/reference/synthetic/endpoints.R
library(survival)

folder <- "tests/reference/synthetic"
head <- sprintf("# %s, survival %s", R.version.string, packageVersion("survival"))
digits <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
write <- function(data, name) {
  path <- file.path(folder, name)
  cat(head, "\n", sep = "", file = path)
  suppressWarnings(write.table(data, path, sep = ",", row.names = FALSE, quote = FALSE, append = TRUE, na = ""))
}

d <- read.csv("www/samples/synthetic-registry.csv", na.strings = "", colClasses = "character")
for (name in grep("_date$", names(d), value = TRUE)) d[[name]] <- as.Date(d[[name]])
days <- function(to, from) as.numeric(to) - as.numeric(from)
first <- pmin(d$relapse_date, d$second_malignancy_date, d$death_date, d$last_follow_up_date, na.rm = TRUE)
failed <- d$first_event == "induction_failure"
cause <- match(d$first_event, c("none", "relapse", "death", "second_malignancy", "induction_failure")) - 1

endpoints <- rbind(
  data.frame(endpoint = "efs", id = d$id, time = ifelse(failed, 0, days(first, d$diagnosis_date)), cause = cause),
  data.frame(
    endpoint = "os", id = d$id, time = days(d$last_follow_up_date, d$diagnosis_date),
    cause = ifelse(d$vital_status == "dead", 2, 0)
  ),
  data.frame(endpoint = "dfs", id = d$id, time = days(first, d$first_remission_date), cause = cause)[
    !is.na(d$first_remission_date) & !failed,
  ]
)
# From other days than the usual one. A second malignancy is no event after transplantation.
survival_from <- function(name, origin, who) {
  data.frame(endpoint = name, id = d$id, time = days(d$last_follow_up_date, origin), cause = ifelse(d$vital_status == "dead", 2, 0))[who, ]
}
end <- pmin(d$relapse_date, d$death_date, d$last_follow_up_date, na.rm = TRUE)
relapsed <- !is.na(d$relapse_date) & d$relapse_date == end
transplanted <- !is.na(d$hsct_date)
endpoints <- rbind(endpoints,
  survival_from("os_first_remission", d$first_remission_date, !is.na(d$first_remission_date) & !failed),
  survival_from("os_transplant", d$hsct_date, transplanted),
  survival_from("os_relapse", d$relapse_date, !is.na(d$relapse_date)),
  data.frame(endpoint = "lfs_transplant", id = d$id, time = days(end, d$hsct_date),
             cause = ifelse(relapsed, 1, ifelse(d$vital_status == "dead", 2, 0)))[transplanted, ]
)
endpoints$months <- digits(endpoints$time / 30.4375)
endpoints$years <- digits(endpoints$time / 365.25)
write(endpoints, "registry_endpoints.csv")

base <- data.frame(id = d$id, end = ifelse(failed, 0, days(first, d$diagnosis_date)), any = as.integer(cause > 0))
base <- base[base$end > 0, ]
at <- data.frame(id = d$id, hsct = days(d$hsct_date, d$diagnosis_date))
intervals <- tmerge(base, base, id = id, event = event(end, any))
intervals <- tmerge(intervals, at[!is.na(at$hsct), ], id = id, transplanted = tdc(hsct))
write(as.data.frame(intervals)[, c("id", "tstart", "tstop", "event", "transplanted")], "registry_intervals.csv")

number <- function(name, x, group) {
  one <- function(label, x) {
    known <- x[!is.na(x)]
    q <- quantile(known, c(0, 0.25, 0.5, 0.75, 1), type = 7, names = FALSE)
    data.frame(
      variable = name, group = label, level = "", n = length(known), missing = sum(is.na(x)),
      low = digits(q[1]), q1 = digits(q[2]), median = digits(q[3]), q3 = digits(q[4]), high = digits(q[5]),
      mean = digits(mean(known)), sd = digits(sd(known))
    )
  }
  rbind(one("", x), do.call(rbind, lapply(sort(unique(group)), function(g) one(g, x[group == g]))))
}
level <- function(name, x, group) {
  one <- function(label, x) {
    do.call(rbind, lapply(sort(unique(x0[!is.na(x0)])), function(l) {
      data.frame(
        variable = name, group = label, level = l, n = sum(x == l, na.rm = TRUE), missing = sum(is.na(x)),
        low = "", q1 = "", median = "", q3 = "", high = "", mean = "", sd = ""
      )
    }))
  }
  x0 <- x
  rbind(one("", x), do.call(rbind, lapply(sort(unique(group)), function(g) one(g, x[group == g]))))
}
write(rbind(
  number("wbc", as.numeric(d$wbc), d$centre),
  number("day8_blasts", as.numeric(d$day8_blasts), d$centre),
  level("kmt2a", d$kmt2a, d$centre),
  level("cns", d$cns, d$centre)
), "registry_table1.csv")
