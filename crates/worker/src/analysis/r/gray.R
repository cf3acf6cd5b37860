if (!requireNamespace("cmprsk", quietly = TRUE)) stop("Gray's test needs the package cmprsk: install.packages(\"cmprsk\")")
gray <- cmprsk::cuminc(d$time, as.character(d$event), d$group, cencode = "none")$Tests
print(gray)
for (cause in rownames(gray)) {
  tell("gray_chi2", cause, NA, gray[cause, "stat"])
  tell("gray_p", cause, NA, pchisq(gray[cause, "stat"], gray[cause, "df"], lower.tail = FALSE))
}
