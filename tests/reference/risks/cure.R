# Mixture cure models by an independent fit: optim() on the log-likelihood, then Newton's steps with derivatives that
# R's deriv() makes symbolically. Also Maller and Zhou's alpha from its definition.
# Run from the top of the repository: Rscript tests/reference/risks/cure.R
library(survival)
here <- "tests/reference/risks/"
header <- sprintf("# %s, survival %s", R.version.string, packageVersion("survival"))
write_rows <- function(name, rows) {
  path <- paste0(here, name)
  cat(header, "\n", paste(names(rows), collapse = ","), "\n", sep = "", file = path)
  cells <- lapply(rows, function(x) if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else as.character(x))
  cat(paste0(do.call(paste, c(cells, sep = ",")), "\n"), sep = "", file = path, append = TRUE)
}

c1 <- colon[colon$etype == 1, ][seq(1, 929, by = 3), ]
sets <- list(
  colon = data.frame(time = c1$time, event = c1$status, z = as.integer(c1$rx == "Lev+5FU"), x = c1$nodes),
  kidney = data.frame(time = retinopathy$futime, event = retinopathy$status, z = retinopathy$trt, x = retinopathy$age)
)
names(sets)[2] <- "retinopathy"
sets$colon$x[is.na(sets$colon$x)] <- 3

p <- "(1/(1+exp(-(g0+g1*z))))"
u <- "((log(t)-b0-b1*x)/exp(s))"
event <- list(weibull = paste0("log(", p, ")+", u, "-exp(", u, ")-s-log(t)"),
              lognormal = paste0("log(", p, ")-", u, "^2/2-0.5*log(2*pi)-s-log(t)"))
censored <- list(weibull = paste0("log(1-", p, "+", p, "*exp(-exp(", u, ")))"),
                 lognormal = paste0("log(1-", p, "+", p, "*pnorm(-", u, "))"))
fits <- coefficients <- NULL
for (name in names(sets)) {
  d <- sets[[name]]
  write_rows(paste0("cure_", name, ".csv"), d)
  last_event <- max(d$time[d$event == 1])
  late <- sum(d$event == 1 & d$time > 2 * last_event - max(d$time) & d$time <= last_event)
  for (dist in c("weibull", "lognormal")) {
    for (model in c("intercept", "both")) {
      # There the untreated eyes tend to no cured fraction at all: no maximum.
      if (name == "retinopathy" && dist == "lognormal" && model == "both") next
      free <- if (model == "both") c("g0", "g1", "b0", "b1", "s") else c("g0", "b0", "s")
      parts <- lapply(c(event[[dist]], censored[[dist]]), function(e)
        deriv(parse(text = e), free, hessian = TRUE, function.arg = c("g0", "g1", "b0", "b1", "s", "t", "z", "x")))
      value <- function(theta, what) {
        full <- c(g0 = 0, g1 = 0, b0 = 0, b1 = 0, s = 0)
        full[free] <- theta
        total <- 0
        for (k in 1:2) {
          r <- d[d$event == (if (k == 1) 1 else 0), ]
          v <- do.call(parts[[k]], c(as.list(full), list(t = r$time, z = r$z, x = r$x)))
          total <- total + switch(what, value = sum(v), gradient = colSums(attr(v, "gradient")),
                                  hessian = apply(attr(v, "hessian"), 2:3, sum))
        }
        total
      }
      start <- setNames(rep(0, length(free)), free)
      start["b0"] <- mean(log(d$time[d$event == 1]))
      negative <- function(th) { v <- value(th, "value"); if (is.finite(v)) -v else 1e10 }
      best <- list(par = start)
      for (i in 1:5) best <- optim(best$par, negative, method = "Nelder-Mead", control = list(maxit = 5000, reltol = 1e-14))
      theta <- best$par
      for (i in 1:10) {
        h <- value(theta, "hessian")
        scale <- 1 / sqrt(abs(diag(h)))
        theta <- theta - scale * solve(h * outer(scale, scale), scale * value(theta, "gradient"))
      }
      stopifnot(max(abs(value(theta, "gradient"))) < 1e-6, value(theta, "value") >= -best$value - 1e-8)
      se <- sqrt(diag(solve(-value(theta, "hessian"))))
      coefficients <- rbind(coefficients, data.frame(set = name, dist = dist, model = model, name = free, coef = theta, std_err = se))
      fits <- rbind(fits, data.frame(set = name, dist = dist, model = model, loglik = value(theta, "value"),
        alpha = (1 - late / nrow(d))^nrow(d), late_events = late))
    }
  }
}
write_rows("cure_coefficients.csv", coefficients)
write_rows("cure_fits.csv", fits)
