if (!requireNamespace("cmprsk", quietly = TRUE)) stop("Fine and Gray's model needs the package cmprsk: install.packages(\"cmprsk\")")
x <- unname(model.matrix(reformulate(labels_of(joint_variables)), together)[, -1, drop = FALSE])
codes <- match(together$event, event_codes) - 1L
fine_gray <- function(...) cmprsk::crr(together$time, codes, x[, varies, drop = FALSE], failcode = match(cause, event_codes) - 1L, ...)
varies <- match(subdistribution_is_finite, of)
fit <- fine_gray(gtol = 1e-10, maxiter = 30)
# The line search of crr() gives up near the top: Newton's steps by hand to the end.
for (i in 1:3) fit <- fine_gray(init = as.vector(fit$coef + fit$invinf %*% fit$score), maxiter = 0)
std_err <- sqrt(diag(fit$var))
tell("subdistribution_hazard_ratio", of[varies], NA, exp(fit$coef))
tell("subdistribution_hazard_ratio_lower", of[varies], NA, exp(fit$coef - conf_z * std_err))
tell("subdistribution_hazard_ratio_upper", of[varies], NA, exp(fit$coef + conf_z * std_err))
tell("subdistribution_wald_p", of[varies], NA, 2 * pnorm(-abs(fit$coef / std_err)))
# coef() and vcov() of what crr() gives.
vcov.crr_fit <- function(object, ...) object$var
tell_joint("subdistribution_joint_wald", structure(list(coefficients = fit$coef, var = fit$var), class = "crr_fit"), subdistribution_is_finite)
