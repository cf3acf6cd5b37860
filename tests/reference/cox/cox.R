# Reference values for Cox's regression, from R's survival package. Run in this directory: Rscript cox.R
# Writes one CSV of input per data set and cases.json with the expected numbers at 17 significant digits.
library(survival)
options(digits = 17, warn = 1)

number <- function(x) {
  text <- sprintf("%.17g", x)
  text[!is.finite(x)] <- "null"
  text
}
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    parts <- vapply(x, json, "")
    if (is.null(names(x))) return(paste0("[", paste(parts, collapse = ","), "]"))
    return(paste0("{", paste0("\"", names(x), "\":", parts, collapse = ",\n"), "}"))
  }
  if (length(x) == 0) return("[]")
  if (is.matrix(x)) return(json(lapply(seq_len(ncol(x)), function(j) I(x[, j]))))
  text <- if (is.character(x)) paste0("\"", x, "\"") else if (is.logical(x)) tolower(as.character(x)) else number(as.numeric(x))
  if (length(x) == 1 && !inherits(x, "AsIs")) text else paste0("[", paste(text, collapse = ","), "]")
}
save_csv <- function(data, name) {
  for (column in names(data)) if (is.double(data[[column]])) data[[column]] <- sprintf("%.17g", data[[column]])
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
}

all_of <- function(fit) {
  # Column j of each is that of the j-th coefficient.
  as_matrix <- function(x) unname(if (is.matrix(x)) x else matrix(x, ncol = 1))
  list(martingale = I(unname(residuals(fit, "martingale"))), deviance = I(unname(residuals(fit, "deviance"))),
       score = as_matrix(residuals(fit, "score")), dfbeta = as_matrix(residuals(fit, "dfbeta")),
       schoenfeld = as_matrix(residuals(fit, "schoenfeld")), scaled = as_matrix(residuals(fit, "scaledsch")))
}

case <- function(name, data, time, covariates, event = "status", entry = NULL, factors = NULL, strata = NULL,
                 weights = NULL, cluster = NULL, offset = NULL, ties = "efron", zph = ties != "exact", residuals = FALSE,
                 baseline = FALSE, at = NULL) {
  y <- if (is.null(entry)) sprintf("Surv(%s, %s)", time, event) else sprintf("Surv(%s, %s, %s)", entry, time, event)
  terms <- c(covariates, if (length(factors)) sprintf("factor(%s)", factors), if (length(strata)) sprintf("strata(%s)", strata),
             if (length(offset)) sprintf("offset(%s)", offset))
  arguments <- list(as.formula(paste(y, "~", paste(terms, collapse = " + "))), data = as.name(data), ties = ties, x = TRUE, y = TRUE, model = TRUE)
  if (length(weights)) arguments$weights <- as.name(weights)
  if (length(cluster)) arguments$cluster <- as.name(cluster)
  fit <- do.call("coxph", arguments)
  if (is.null(attr(fit, "class"))) class(fit) <- "coxph" # exact with delayed entry comes without its class
  print(fit)
  cat("==", name, "\n")
  s <- summary(fit)
  naive <- if (is.null(fit$naive.var)) fit$var else fit$naive.var
  one <- list(name = name, data = paste0(data, ".csv"), time = time, event = event, entry = entry, weights = weights,
              strata = strata, cluster = cluster, offset = offset, covariates = I(as.character(covariates)), factors = I(as.character(factors)), ties = ties,
              n = s$n, events = s$nevent, loglik = I(fit$loglik), score = fit$score, wald = unname(fit$wald.test),
              coef = I(unname(fit$coefficients)), std_err = I(sqrt(diag(naive))),
              robust = if (is.null(fit$naive.var)) NULL else I(sqrt(diag(fit$var))),
              lower = I(unname(s$conf.int[, 3])), upper = I(unname(s$conf.int[, 4])), p = I(unname(s$coefficients[, ncol(s$coefficients)])),
              concordance = I(unname(s$concordance)))
  if (zph) one$zph <- lapply(c(km = "km", identity = "identity", rank = "rank", log = "log"),
                             function(transform) { z <- cox.zph(fit, transform)$table; list(chi2 = I(unname(z[, 1])), df = I(unname(z[, 2])), p = I(unname(z[, 3]))) })
  if (residuals) one$residuals <- all_of(fit)
  if (baseline) {
    # At all covariates zero.
    zero <- basehaz(fit, centered = FALSE)
    one$baseline <- list(hazard = I(zero$hazard), time = I(zero$time))
  }
  if (length(at)) {
    new <- as.data.frame(as.list(at))
    curve <- survfit(fit, newdata = new)
    one$at <- list(x = I(unlist(at)), time = I(curve$time), survival = I(curve$surv), std_err = I(curve$std.err), lower = I(curve$lower), upper = I(curve$upper))
  }
  one
}

complete <- function(data, columns) na.omit(data[, columns])
lung <- complete(survival::lung, c("time", "status", "age", "sex", "ph.ecog", "inst")); lung$status <- lung$status - 1
lung$half <- ifelse(seq_len(nrow(lung)) %% 3 == 0, 0.5, 1.25)
ovarian <- complete(survival::ovarian, c("futime", "fustat", "age", "rx"))
veteran <- complete(survival::veteran, c("time", "status", "trt", "celltype", "karno", "age"))
veteran$celltype <- as.character(veteran$celltype) # levels in sorted order
colon <- complete(survival::colon, c("id", "time", "status", "rx", "nodes", "etype", "age")); colon <- colon[colon$id <= 300, ]; colon$rx <- as.character(colon$rx)
pbc <- complete(survival::pbc, c("time", "status", "age", "edema", "bili", "albumin", "protime")); pbc$status <- as.numeric(pbc$status == 2)
heart <- survival::heart; heart$transplant <- as.numeric(as.character(heart$transplant)); heart$surgery <- as.numeric(heart$surgery)
heart <- heart[, c("start", "stop", "event", "age", "year", "surgery", "transplant", "id")]
bladder <- complete(survival::bladder, c("id", "rx", "size", "number", "stop", "event", "enum")); bladder <- bladder[bladder$enum < 5, ]
retinopathy <- complete(survival::retinopathy, c("id", "futime", "status", "age", "trt", "type", "risk")); retinopathy$type <- as.character(retinopathy$type)
kidney <- complete(survival::kidney, c("id", "time", "status", "age", "sex"))
set.seed(20240517)
n <- 1000
sim <- data.frame(x1 = round(rnorm(n), 3), x2 = rbinom(n, 1, 0.4), x3 = round(runif(n, -2, 2), 3), group = sample(c("a", "b", "c"), n, TRUE),
                  centre = sample(1:5, n, TRUE), w = round(runif(n, 0.2, 3), 2), off = round(rnorm(n, 0, 0.3), 3))
raw <- rexp(n, 0.1 * exp(0.5 * sim$x1 - 0.7 * sim$x2 + 0.2 * (sim$group == "b")))
censored <- runif(n, 1, 25)
sim$time <- pmax(ceiling(pmin(raw, censored)), 1)
sim$status <- as.numeric(raw <= censored)
sim$entry <- ifelse(runif(n) < 0.5, 0, floor(sim$time * runif(n, 0, 0.99)))
# Small and awkward.
tied <- data.frame(time = c(1, 1, 2, 2, 2, 3, 4, 4, 5, 6), status = c(1, 1, 1, 1, 0, 1, 1, 0, 1, 0), x = c(2, 0, 1, 1, 1, 0, 0, 1, 0, 0.5), z = c(1, 0, 0, 1, 0, 1, 0, 1, 1, 0))
zero <- data.frame(time = c(0, 0, 0, 1, 1, 2, 3, 4), status = c(1, 1, 0, 1, 0, 1, 1, 1), x = c(1, 0, 0, 1, 1, 0, 1, 0))
gap <- data.frame(entry = c(0, 0, 1, 5, 5, 6, 6.5, 2), time = c(2, 3, 3, 7, 8, 9, 9, 2.5), status = c(1, 1, 0, 1, 0, 1, 1, 1), x = c(1, 0, 1, 0, 1, 1, 0, 0.5))
noise <- data.frame(time = c(0.1 + 0.2, 0.3, 0.7, 0.1 * 7, 1, 1.1), status = c(1, 1, 1, 0, 1, 1), x = c(1, 0, 0, 1, 1, 0))
alias <- data.frame(time = 1:12, status = rep(c(1, 1, 0), 4), a = c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8), b = c(2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5), one = 1)
alias$sum <- alias$a + 2 * alias$b
for (name in c("lung", "ovarian", "veteran", "colon", "pbc", "heart", "bladder", "retinopathy", "kidney", "sim", "tied", "zero", "gap", "noise", "alias")) save_csv(get(name), name)

cases <- list(
  case("lung", "lung", "time", c("age", "sex"), residuals = TRUE, baseline = TRUE, at = list(age = 60, sex = 1)),
  case("lung breslow, factor", "lung", "time", c("age", "sex"), factors = "ph.ecog", ties = "breslow", residuals = TRUE, baseline = TRUE),
  case("lung weighted", "lung", "time", c("age", "sex"), weights = "half", residuals = TRUE, baseline = TRUE, at = list(age = 50, sex = 2)),
  case("lung clustered", "lung", "time", c("age", "sex"), cluster = "inst", weights = "half"),
  case("lung exact", "lung", "time", c("age", "sex"), ties = "exact"),
  case("ovarian", "ovarian", "futime", c("age", "rx"), event = "fustat", residuals = TRUE, baseline = TRUE, at = list(age = 55, rx = 2)),
  case("veteran", "veteran", "time", c("trt", "karno", "age"), factors = "celltype", residuals = TRUE),
  case("veteran strata", "veteran", "time", c("karno", "age"), strata = "celltype", residuals = TRUE, baseline = TRUE),
  case("veteran exact", "veteran", "time", c("karno", "age"), strata = "celltype", ties = "exact"),
  case("colon", "colon", "time", c("nodes", "age"), factors = "rx", strata = "etype", cluster = "id"),
  case("pbc", "pbc", "time", c("age", "edema", "bili", "albumin", "protime")),
  case("heart", "heart", "stop", c("age", "year", "surgery", "transplant"), event = "event", entry = "start", residuals = TRUE, baseline = TRUE, at = list(age = 1, year = 2, surgery = 0, transplant = 1)),
  case("heart breslow, cluster", "heart", "stop", c("age", "year", "transplant"), event = "event", entry = "start", cluster = "id", ties = "breslow", strata = "surgery", residuals = TRUE),
  case("heart exact", "heart", "stop", c("age", "year", "transplant"), event = "event", entry = "start", ties = "exact"),
  case("bladder", "bladder", "stop", c("rx", "size", "number"), event = "event", strata = "enum", cluster = "id", residuals = TRUE),
  case("retinopathy", "retinopathy", "futime", c("trt", "age", "risk"), factors = "type", cluster = "id"),
  case("kidney", "kidney", "time", c("age", "sex"), cluster = "id"),
  case("simulated", "sim", "time", c("x1", "x2", "x3"), factors = "group", weights = "w", strata = "centre", offset = "off"),
  case("simulated breslow", "sim", "time", c("x1", "x2", "x3"), factors = "group", weights = "w", ties = "breslow"),
  case("simulated entry", "sim", "time", c("x1", "x2", "x3"), factors = "group", entry = "entry", weights = "w", strata = "centre", cluster = "centre"),
  case("simulated exact", "sim", "time", c("x1", "x2"), strata = "centre", ties = "exact"),
  case("tied", "tied", "time", c("x", "z"), residuals = TRUE, baseline = TRUE),
  case("tied breslow", "tied", "time", c("x", "z"), ties = "breslow", residuals = TRUE, baseline = TRUE),
  case("tied exact", "tied", "time", c("x", "z"), ties = "exact"),
  case("time zero", "zero", "time", "x", zph = FALSE, residuals = TRUE, baseline = TRUE),
  case("empty risk set", "gap", "time", "x", entry = "entry", residuals = TRUE, baseline = TRUE),
  case("noise", "noise", "time", "x"),
  case("collinear", "alias", "time", c("a", "b", "sum"), zph = FALSE)
)
header <- sprintf("{\"made_with\": \"%s, survival %s\",\n\"cases\": ", R.version.string, packageVersion("survival"))
writeLines(c(header, json(cases), "}"), "cases.json")
