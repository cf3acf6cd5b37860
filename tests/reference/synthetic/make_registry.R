# A synthetic registry of 120 infants with acute lymphoblastic leukaemia. NO ROW IS A PATIENT. The parameters below were
# chosen so that the file looks like a registry; they are estimates of nothing and must not be cited.
# Writes www/samples/synthetic-registry.csv. Run from the top of the repository (R 4.2.2, base packages only):
#   Rscript tests/reference/synthetic/make_registry.R
set.seed(20061, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

n <- 120
enrolled <- as.Date(c("2006-01-01", "2020-12-31")) # diagnosis, uniform
closed <- as.Date("2023-06-30") # last follow-up of those alive and still seen
lost_per_year <- 0.02 # hazard of being lost to follow-up

rearranged_share <- 0.76
not_established_share <- 0.03 # KMT2A tested, result not established
partners <- c(AFF1 = 0.48, MLLT1 = 0.22, MLLT3 = 0.15, MLLT10 = 0.06, other = 0.09)
male_share <- 0.48
age_shape <- list(rearranged = c(1.3, 1.7), germline = c(2.6, 1.4)) # beta, times 365 days
log10_wbc <- list(rearranged = c(2.0, 0.5), germline = c(1.5, 0.5)) # mean, sd of log10 of 10^9/L
cd10_positive_share <- c(rearranged = 0.12, germline = 0.75)
cns_share <- c("1" = 0.72, "2" = 0.14, "3" = 0.14)
poor_response_share <- c(rearranged = 0.32, germline = 0.10)
early_death_share <- 0.04 # dies in induction
failure_share <- 0.04 # no complete remission
remission_day <- c(30, 55) # uniform
mrd_log10 <- list(eoi = c(-3.1, 1.1), eoc = c(-4.0, 1.1)) # mean, sd; below 1e-5 is written as 0
# Hazards after remission, per year, by years since remission (0-1, 1-2, 2-4, 4 and later)
relapse_hazard <- list(rearranged = c(0.40, 0.20, 0.05, 0.01), germline = c(0.10, 0.08, 0.03, 0.005))
relapse_ratio <- c(young = 1.6, high_wbc = 1.4, poor = 1.3) # younger than 180 days; 300 x 10^9/L or more; poor response
death_in_remission_hazard <- c(0.05, 0.02, 0.004, 0.002)
second_malignancy_hazard <- c(0, 0.003, 0.004, 0.004)
hsct_share <- c(high = 0.75, other = 0.12) # planned in first remission; high: rearranged with two or more of the above
hsct_day <- c(100, 220) # days since remission, uniform
hsct_death_share <- 0.12 # dies of the transplant
hsct_death_day <- c(15, 200) # days since transplant, uniform
hsct_relapse_ratio <- 0.7
death_after_relapse_hazard <- c(1.1, 0.5, 0.15, 0.05)
missing_share <- c(wbc = 0.02, cd10 = 0.04, cns = 0.05, day8_blasts = 0.12, mrd_eoi = 0.25, mrd_eoc = 0.30, sex = 0)
not_screened_share <- 0.03 # KMT2A not tested

breaks <- c(0, 1, 2, 4) * 365.25
piecewise <- function(hazard_per_year) { # days to an event with a piecewise constant hazard
  target <- rexp(1)
  for (i in seq_along(breaks)) {
    width <- if (i < length(breaks)) breaks[i + 1] - breaks[i] else Inf
    rate <- hazard_per_year[i] / 365.25
    if (rate * width >= target) return(breaks[i] + target / rate)
    target <- target - rate * width
  }
  Inf
}
between <- function(range) floor(runif(1, range[1], range[2] + 1))
day <- function(date) ifelse(is.na(date), "", format(as.Date(date, origin = "1970-01-01")))

one <- function(i) {
  kind <- if (runif(1) < rearranged_share) "rearranged" else "germline"
  diagnosis <- enrolled[1] + between(c(0, as.numeric(diff(enrolled))))
  shape <- age_shape[[kind]]
  age <- min(364, floor(365 * rbeta(1, shape[1], shape[2])))
  wbc <- signif(10^rnorm(1, log10_wbc[[kind]][1], log10_wbc[[kind]][2]), 3)
  wbc <- min(max(wbc, 1), 1500)
  partner <- if (kind == "rearranged") sample(names(partners), 1, prob = partners) else ""
  poor <- runif(1) < poor_response_share[[kind]]
  blasts <- if (poor) round(10^runif(1, 3, 4.7)) else round(10^runif(1, 0, 2.99)) - 1
  risks <- c(young = age < 180, high_wbc = wbc >= 300, poor = poor)
  row <- list(
    id = sprintf("S%03d", i), birth_date = diagnosis - age, diagnosis_date = diagnosis,
    sex = if (runif(1) < male_share) "male" else "female", wbc = wbc, kmt2a = kind, kmt2a_partner = partner,
    lineage = "b", cd10 = if (runif(1) < cd10_positive_share[[kind]]) "positive" else "negative",
    cns = sample(names(cns_share), 1, prob = cns_share), day8_blasts = blasts,
    centre = sample(c("A", "B", "C", "D"), 1, prob = c(0.4, 0.3, 0.2, 0.1))
  )
  remission <- relapse <- second <- hsct <- death <- NA
  first <- "none"
  fate <- runif(1)
  if (fate < early_death_share) {
    death <- diagnosis + between(c(3, 32))
    first <- "death"
  } else if (fate < early_death_share + failure_share) {
    first <- "induction_failure"
    death <- diagnosis + between(c(60, 300))
  } else {
    remission <- diagnosis + between(remission_day)
    high <- kind == "rearranged" && sum(risks) >= 2
    planned <- runif(1) < hsct_share[[if (high) "high" else "other"]]
    hsct_at <- if (planned) between(hsct_day) else Inf
    ratio <- if (kind == "rearranged") prod(relapse_ratio[risks]) else 1
    relapse_at <- piecewise(relapse_hazard[[kind]] * ratio)
    if (relapse_at > hsct_at) relapse_at <- hsct_at + (relapse_at - hsct_at) / hsct_relapse_ratio
    death_at <- piecewise(death_in_remission_hazard)
    if (planned && runif(1) < hsct_death_share) death_at <- min(death_at, hsct_at + between(hsct_death_day))
    second_at <- piecewise(second_malignancy_hazard)
    at <- pmax(ceiling(c(relapse = relapse_at, death = death_at, second_malignancy = second_at)), 1)
    event_at <- min(at)
    if (hsct_at < event_at) hsct <- remission + hsct_at
    if (is.finite(event_at)) {
      first <- names(which.min(at))
      if (first == "relapse") relapse <- remission + event_at
      if (first == "second_malignancy") second <- remission + event_at
      death <- if (first == "death") remission + event_at else remission + event_at + ceiling(piecewise(death_after_relapse_hazard))
    }
  }
  last <- min(closed, diagnosis + ceiling(rexp(1, lost_per_year) * 365.25))
  cut <- function(date) if (!is.na(date) && is.finite(date) && date <= last) date else NA
  remission <- cut(remission); relapse <- cut(relapse); second <- cut(second); hsct <- cut(hsct); death <- cut(death)
  if (!is.na(death)) last <- death
  if (first == "relapse" && is.na(relapse) || first == "second_malignancy" && is.na(second) ||
    first == "death" && is.na(death)) first <- "none"
  mrd <- function(parameters) {
    value <- 10^rnorm(1, parameters[1] + 0.4 * poor, parameters[2])
    if (value < 1e-5) "0" else sprintf("%.1e", min(value, 0.9))
  }
  row$remission_eoi <- if (!is.na(remission)) "yes" else if (first == "induction_failure") "no" else ""
  row$mrd_eoi <- if (is.na(remission)) "" else mrd(mrd_log10$eoi)
  row$mrd_eoc <- if (is.na(remission)) "" else mrd(mrd_log10$eoc)
  row$first_remission_date <- remission
  row$hsct_date <- hsct
  row$relapse_date <- relapse
  row$second_malignancy_date <- second
  row$death_date <- death
  row$last_follow_up_date <- last
  row$first_event <- first
  row$vital_status <- if (is.na(death)) "alive" else "dead"
  for (name in names(missing_share)) if (runif(1) < missing_share[[name]]) row[[name]] <- ""
  fate <- runif(1)
  if (fate < not_screened_share) {
    row$kmt2a <- row$kmt2a_partner <- ""
  } else if (fate < not_screened_share + not_established_share) {
    row$kmt2a <- "undetermined"
    row$kmt2a_partner <- ""
  }
  dates <- grep("_date$", names(row))
  row[dates] <- lapply(row[dates], day)
  as.data.frame(c(list(data = "synthetic"), row), stringsAsFactors = FALSE)
}

registry <- do.call(rbind, lapply(seq_len(n), one))
write.csv(registry, "www/samples/synthetic-registry.csv", row.names = FALSE, quote = FALSE, na = "", eol = "\n")
