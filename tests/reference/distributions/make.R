# Tails and quantiles of the distributions behind every p and interval: R's own values, 17 digits.
# Run in this folder: Rscript make.R
f <- function(x) sprintf("%.17g", x)
out <- c("function,x,df,value")
add <- function(name, x, df, value) out <<- c(out, paste(name, f(x), f(df), f(value), sep = ","))
for (df in c(1, 2, 3, 4, 7, 20, 101, 1000, 0.7))
  for (x in c(1e-8, .3, 1, 3.84, 10, 30, 100, 700, 1300, df, df * 1.1 + 2, df * .9)) {
    value <- pchisq(x, df, lower.tail = FALSE)
    if (value > 1e-300) add("chi_square_upper", x, df, value)
  }
for (p in c(1e-300, 1e-100, 1e-20, 1e-12, 1e-6, .001, .025, .07, .2, .4999, .6, .9, .95, .975, .995, .9999, 1 - 1e-12))
  add("normal_quantile", p, 0, qnorm(p))
for (z in c(1e-9, .1, .5, 1, 1.96, 3, 5, 8, 10, 20, 30, 37)) add("normal_two_sided", z, 0, 2 * pnorm(-z))
for (z in c(-37, -20, -8, -3, -1, -.1, .3, 2, 5)) add("normal_lower", z, 0, pnorm(z))
for (df in c(1, 2, 3, 4, 7, 20, 101, 1000, .7, 2.5)) {
  for (t in c(1e-6, .1, 1, 2.5, 5, 30, 100, 1e4)) {
    value <- 2 * pt(-t, df)
    if (value > 1e-300) add("student_two_sided", t, df, value)
  }
  for (tail in c(1e-10, 1e-4, .01, .05, .1, .5, .9)) {
    value <- qt(tail / 2, df, lower.tail = FALSE)
    # Far out with few degrees R's quantile is not the one of its own tail (2e-6 off at 1e-10 with 0.7 degrees).
    if (abs(2 * pt(-value, df) / tail - 1) < 1e-13) add("student_quantile", tail, df, value)
  }
}
writeLines(out, "values.csv")
