# Reference values for pooled analyses by files: every number is computed from all rows together, split into sites by a column.
# Writes one CSV a data set and cases.json with 17 digits. Run from the top of the repository:
#   Rscript tests/reference/federated/federated.R
library(survival)
library(cmprsk)
library(metafor)
options(digits = 17, warn = 1)

folder <- "tests/reference/federated"
number <- function(x) {
  text <- sprintf("%.17g", x)
  text[!is.finite(x)] <- "null"
  text
}
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    parts <- vapply(x, json, "")
    if (is.null(names(x))) return(paste0("[", paste(parts, collapse = ",\n"), "]"))
    return(paste0("{", paste0("\"", names(x), "\":", parts, collapse = ","), "}"))
  }
  if (length(x) == 0) return("[]")
  text <- if (is.character(x)) paste0("\"", x, "\"") else if (is.logical(x)) tolower(as.character(x)) else number(as.numeric(x))
  if (length(x) == 1 && !inherits(x, "AsIs")) text else paste0("[", paste(text, collapse = ","), "]")
}

# Sites of unequal size, k^1.3, filled in a shuffled order of the rows.
split_into <- function(n, sites) {
  size <- (1:sites)^1.3
  ends <- round(cumsum(size) / sum(size) * n)
  set.seed(20251130 + sites)
  place <- sample(n)
  paste0("S", findInterval(place - 1, c(0, ends)[1:sites]))
}
clip <- function(x, lo, hi) pmin(pmax(x, lo), hi)

data <- list()
put <- function(name, d, x, group) {
  x <- as.data.frame(x)
  names(x) <- paste0("x", seq_along(x))
  d <- cbind(d, group = group, x)
  d <- d[complete.cases(d), ]
  row.names(d) <- NULL
  for (k in c(2, 3, 5, 12)) d[[paste0("s", k)]] <- split_into(nrow(d), k)
  # A site without events, and a site in which everybody has one level of the group.
  d$no_events <- ifelse(d$cause == 0 & seq_len(nrow(d)) %% 3 == 0, "S3", ifelse(seq_len(nrow(d)) %% 2 == 0, "S1", "S2"))
  d$one_level <- ifelse(d$group == levels(factor(d$group))[2] & seq_len(nrow(d)) %% 4 == 0, "S4",
                        paste0("S", seq_len(nrow(d)) %% 3 + 1))
  d$entry <- ifelse(seq_len(nrow(d)) %% 3 == 0, round(d$time / 4, 3) - 0.5, -1)
  d$weight <- c(1, 0.5, 2, 1.25)[seq_len(nrow(d)) %% 4 + 1]
  d$offset <- c(0, 0.4, -0.3, 0.2, -0.1)[seq_len(nrow(d)) %% 5 + 1]
  data[[name]] <<- d
  out <- d
  for (column in names(out)) if (is.double(out[[column]])) out[[column]] <- sprintf("%.17g", out[[column]])
  write.csv(out, file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
}

r <- read.csv("www/samples/synthetic-registry.csv", na.strings = "", colClasses = "character")
e <- read.csv("tests/reference/synthetic/registry_endpoints.csv", comment.char = "#")
e <- e[e$endpoint == "efs", ]
e <- e[match(r$id, e$id), ]
age <- as.numeric(as.Date(r$diagnosis_date)) - as.numeric(as.Date(r$birth_date))
kmt2a <- ifelse(r$kmt2a %in% c("germline", "rearranged"), r$kmt2a, NA)
wbc <- suppressWarnings(as.numeric(r$wbc))
put("registry", data.frame(time = e$time, cause = e$cause, centre = r$centre),
    list(clip(log10(wbc), 0.5, 3.5) - 2, as.numeric(age < 183), as.numeric(kmt2a == "rearranged")), kmt2a)
put("lung", data.frame(time = lung$time, cause = (lung$status == 2) * (1 + seq_along(lung$time) %% 2)),
    list((clip(lung$age, 40, 80) - 60) / 10, as.numeric(lung$sex == 2), clip(lung$ph.ecog, 0, 3)),
    ifelse(lung$sex == 2, "female", "male"))
put("veteran", data.frame(time = veteran$time, cause = veteran$status),
    list(as.numeric(veteran$trt == 2), as.numeric(veteran$celltype == "smallcell"), as.numeric(veteran$celltype == "adeno"),
         as.numeric(veteran$celltype == "large"), (clip(veteran$karno, 20, 90) - 60) / 10, as.numeric(veteran$prior == 10)),
    as.character(veteran$celltype))
put("rotterdam", data.frame(time = rotterdam$rtime, cause = rotterdam$recur),
    list((clip(rotterdam$age, 30, 80) - 55) / 10, as.numeric(rotterdam$size == "20-50"), as.numeric(rotterdam$size == ">50"),
         clip(rotterdam$nodes, 0, 15) / 5), as.character(rotterdam$size))

covariates <- function(d) grep("^x[0-9]+$", names(d), value = TRUE)
surv <- function(d, entry) if (entry) Surv(d$entry, d$time, d$cause > 0) else Surv(d$time, d$cause > 0)
inverse <- function(m) {
  e <- eigen(m, symmetric = TRUE)
  keep <- e$values > 1e-10 * max(e$values, 0)
  list(m = e$vectors[, keep, drop = FALSE] %*% (t(e$vectors[, keep, drop = FALSE]) / e$values[keep]), rank = sum(keep))
}
# Score and information at coefficients, by coxph without iterations.
at <- function(y, x, beta, site, ties, weights, o) {
  fit <- coxph(y ~ x + strata(site) + offset(o), init = beta, iter.max = 0, ties = ties, weights = weights, robust = FALSE)
  u <- colSums(residuals(fit, "score", weighted = TRUE))
  list(u = u, v = fit$var, loglik = fit$loglik[1])
}

# The same of one site by the definition: coxph.detail fails with one event time.
by_definition <- function(d, x, beta, ties, entry, w, o) {
  risk <- w * exp(drop(x %*% beta) + o)
  start <- if (entry) d$entry else rep(-1, nrow(d))
  u <- 0 * beta
  i <- diag(0 * beta, length(beta))
  for (t in unique(d$time[d$cause > 0])) {
    now <- d$time == t & d$cause > 0
    set <- start < t & d$time >= t
    n <- sum(now)
    for (l in seq_len(n) - 1) {
      part <- if (ties == "efron") l / n else 0
      r <- risk * (set - part * now)
      z0 <- sum(r)
      z1 <- colSums(r * x) / z0
      u <- u + colSums(w[now] * x[now, , drop = FALSE]) / n - mean(w[now]) * z1
      i <- i + mean(w[now]) * (t(x) %*% (r * x) / z0 - z1 %o% z1)
    }
  }
  list(u = u, i = i)
}

cases <- list()
cox <- function(name, site, ties, entry, weighted, kind = "cox", keep = NULL, offset = FALSE) {
  d <- data[[name]]
  if (!is.null(keep)) d <- d[d[[site]] %in% keep, ]
  x <- as.matrix(d[covariates(d)])
  y <- surv(d, entry)
  w <- if (weighted) d$weight else rep(1, nrow(d))
  o <- if (offset) d$offset else rep(0, nrow(d))
  s <- d[[site]]
  fit <- coxph(y ~ x + strata(s) + offset(o), ties = ties, weights = w, robust = FALSE)
  beta <- coef(fit)
  for (i in 1:2) {
    here <- at(y, x, beta, s, ties, w, o)
    beta <- beta + drop(here$v %*% here$u)
  }
  end <- at(y, x, beta, s, ties, w, o)
  null <- at(y, x, 0 * beta, s, ties, w, o)
  # Heterogeneity: scores and informations of each site alone at the pooled estimates.
  q <- 0
  rank <- 0
  for (k in unique(s)) {
    own <- s == k
    if (!any(d$cause[own] > 0)) next
    one <- by_definition(d[own, ], x[own, , drop = FALSE], beta, ties, entry, w[own], o[own])
    g <- inverse(one$i)
    q <- q + drop(one$u %*% g$m %*% one$u)
    rank <- rank + g$rank
  }
  cases[[length(cases) + 1]] <<- list(
    kind = kind, data = name, site = site, n = nrow(d), events = sum(d$cause > 0), ties = ties, entry = entry, weights = weighted, offset = offset,
    coef = I(unname(beta)), se = I(sqrt(diag(end$v))), loglik = end$loglik, loglik_null = null$loglik,
    score = drop(null$u %*% null$v %*% null$u), q = q, q_df = rank - length(beta)
  )
}
for (name in c("registry", "lung", "veteran", "rotterdam")) {
  sites <- c("s2", "s3", "s5", "s12", if (name == "registry") "centre")
  for (site in sites) for (ties in c("efron", "breslow")) cox(name, site, ties, FALSE, FALSE)
  cox(name, "s3", "efron", TRUE, FALSE)
  cox(name, "s3", "efron", FALSE, TRUE)
  cox(name, "s5", "breslow", TRUE, TRUE)
  cox(name, "s3", "efron", FALSE, FALSE, offset = TRUE)
  cox(name, "s5", "efron", TRUE, TRUE, offset = TRUE)
}
cox("lung", "no_events", "efron", FALSE, FALSE)
cox("lung", "one_level", "efron", FALSE, FALSE)

# What rounded sums are held against: the sites that the limits leave.
cox("registry", "centre", "efron", FALSE, FALSE, "rounded", c("A", "B"))
cox("lung", "s3", "efron", FALSE, FALSE, "rounded")
cox("lung", "s2", "breslow", FALSE, FALSE, "rounded")

tests <- function(name, site) {
  d <- data[[name]]
  s <- d[[site]]
  found <- survdiff(Surv(time, cause > 0) ~ group + strata(s), d)
  # cuminc fails where a small stratum leaves a division by 0; these splits have no expected value.
  gray <- tryCatch(cuminc(d$time, d$cause, d$group, strata = s)$Tests, error = function(e) NULL)
  if (is.null(gray)) message("no Gray's test from cuminc: ", name, " ", site)
  cases[[length(cases) + 1]] <<- list(
    kind = "tests", data = name, site = site, chi2 = found$chisq, df = nrow(found$var) - 1,
    gray = if (!is.null(gray)) I(unname(gray[, "stat"])), gray_df = if (!is.null(gray)) unname(gray[1, "df"])
  )
}
for (name in c("registry", "lung", "veteran", "rotterdam")) for (site in c("s2", "s3", "s5", "s12")) tests(name, site)
tests("registry", "centre")

# Two groups that one site takes together: then all sites have them together.
merged <- function(name, site, pair, end) {
  d <- data[[name]]
  s <- d[[site]]
  first <- paste(pair, collapse = "+")
  d$group <- ifelse(d$group %in% pair, first, d$group)
  found <- survdiff(Surv(time, cause > 0) ~ group + strata(s), d)
  curve <- survfit(Surv(time, cause > 0) ~ 1, d[d$group == first, ])
  # One site ends its follow-up early.
  cut <- s == "S1" & d$time > end
  early <- d
  early$time[cut] <- end
  early$cause[cut] <- 0
  until <- survdiff(Surv(time, cause > 0) ~ group + strata(s), early)
  cases[[length(cases) + 1]] <<- list(
    kind = "merged", data = name, site = site, pair = I(pair), chi2 = found$chisq, df = nrow(found$var) - 1,
    levels = I(names(table(d$group))), counts = I(as.numeric(table(d$group))), by_x1 = I(as.numeric(table(d$group[d$x1 == 1]))),
    end = end, survival = I(summary(curve, times = seq_len(end), extend = TRUE)$surv), chi2_early = until$chisq
  )
}
merged("veteran", "s3", c("adeno", "large"), 200)

# Counts by day: everything that survfit, survdiff and cuminc give of all rows.
days <- function(name, ends, tau) {
  d <- data[[name]]
  one <- function(d) {
    fit <- survfit(Surv(time, cause > 0) ~ 1, d, conf.type = "log-log")
    s <- summary(fit, times = ends, extend = TRUE)
    list(surv = I(s$surv), std_err = I(s$std.err), lower = I(s$lower), upper = I(s$upper), n = nrow(d),
         rmst = unname(summary(fit, rmean = tau)$table["rmean"]))
  }
  groups <- lapply(sort(unique(d$group)), function(g) c(list(group = g), one(d[d$group == g, ])))
  test <- survdiff(Surv(time, cause > 0) ~ group, d)
  gray <- cuminc(d$time, d$cause, d$group)
  all <- cuminc(d$time, d$cause)
  cif <- timepoints(all, ends)$est
  cases[[length(cases) + 1]] <<- list(
    kind = "days", data = name, site = "s3", ends = I(ends), tau = tau, all = one(d), groups = groups, chi2 = test$chisq,
    difference = I(unname(test$obs - test$exp)), gray = I(unname(gray$Tests[, "stat"])),
    cif = lapply(seq_len(nrow(cif)), function(i) I(unname(cif[i, ])))
  )
}
days("registry", c(91, 183, 365, 731, 1826), 1826)
days("lung", c(90, 180, 365, 730), 730)
days("veteran", c(30, 90, 180, 365), 365)

# Risk sets averaged over cells: Poisson regression with a factor for the cell on rows that are split at their ends.
averaged <- function(name, ends) {
  d <- data[[name]]
  last <- max(ends)
  d$event <- as.numeric(d$cause > 0 & d$time <= last)
  d$time <- pmin(d$time, last)
  long <- survSplit(Surv(time, event) ~ ., d[c("time", "event", covariates(d))], cut = ends[-length(ends)], episode = "cell")
  x <- as.matrix(long[covariates(d)])
  fit <- glm(event ~ 0 + factor(cell) + x, poisson, long, offset = log(time - tstart), epsilon = 1e-15, maxit = 100)
  own <- grep("^x", names(coef(fit)))
  cases[[length(cases) + 1]] <<- list(
    kind = "averaged", data = name, site = "s3", ends = I(ends), coef = I(unname(coef(fit)[own])),
    se = I(unname(sqrt(diag(vcov(fit))[own])))
  )
}
averaged("lung", c(150, 300, 450, 700, 1100))
averaged("lung", seq(30, 1050, 30))
averaged("veteran", c(20, 50, 100, 200, 1000))
averaged("rotterdam", c(365, 731, 1096, 1461, 1826, 2557, 3652))

# Each site's own fit with four digits, pooled.
two_stage <- function(name, site) {
  d <- data[[name]]
  x <- covariates(d)
  fits <- lapply(sort(unique(d[[site]])), function(k) {
    own <- d[d[[site]] == k, ]
    coxph(Surv(time, cause > 0) ~ ., own[c("time", "cause", x)], control = coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50))
  })
  # A site with few patients, or without a finite estimate of its own, is dropped.
  fits <- Filter(function(fit) fit$n >= 20 && fit$nevent >= 10 && !anyNA(coef(fit)) && all(diag(vcov(fit)) < 25), fits)
  b <- t(sapply(fits, function(fit) signif(coef(fit), 4)))
  v <- lapply(fits, function(fit) signif(vcov(fit), 4))
  precision <- Reduce(`+`, lapply(v, solve))
  together <- solve(precision, Reduce(`+`, Map(function(v, i) solve(v, b[i, ]), v, seq_along(v))))
  pooled <- function(j, method, test) {
    found <- rma(b[, j], sapply(v, function(v) v[j, j]), method = method, test = test,
                 control = list(threshold = 1e-14, maxiter = 1000))
    list(coef = as.numeric(found$beta), se = found$se, tau2 = found$tau2, q = found$QE)
  }
  each <- lapply(seq_along(x), function(j) list(
    fixed = pooled(j, "FE", "z"), dl = pooled(j, "DL", "z"), reml = pooled(j, "REML", "z"), knha = pooled(j, "REML", "knha")
  ))
  cases[[length(cases) + 1]] <<- list(
    kind = "two_stage", data = name, site = site, coef = I(as.numeric(together)), se = I(sqrt(diag(solve(precision)))), each = each, sites = length(fits)
  )
}
two_stage("lung", "s3")
two_stage("rotterdam", "s3")
two_stage("rotterdam", "s5")
two_stage("rotterdam", "s12")

table1 <- function(name, site) {
  d <- data[[name]]
  cases[[length(cases) + 1]] <<- list(
    kind = "table1", data = name, site = site, mean = mean(d$x1), variance = var(d$x1),
    levels = I(sort(unique(d$group))), counts = I(as.numeric(table(d$group))),
    means = I(as.numeric(tapply(d$x1, d$group, mean))), variances = I(as.numeric(tapply(d$x1, d$group, var)))
  )
}
for (name in c("registry", "lung", "rotterdam")) table1(name, "s3")

versions <- sprintf("%s, survival %s, cmprsk %s, metafor %s", R.version.string, packageVersion("survival"),
                    packageVersion("cmprsk"), packageVersion("metafor"))
cat(json(list(made_with = versions, cases = cases)), "\n", sep = "", file = file.path(folder, "cases.json"))
