
# ---- Values for which the models predict: one row for each profile, on the scales of the model --------------------------

given_value <- function(k, value) {
  one <- model[[k]]
  if (!is.null(one$names)) return(factor(value, levels(together[[column(k)]])))
  if (k %in% by_deviation) return(value / sd(known(one$id)[d$row], na.rm = TRUE))
  if (is.null(one$scale)) value else one$scale(value)
}
given_row <- function(profile) {
  values <- lapply(kept, function(k) given_value(k, profile$values[[column(k)]]))
  names(values) <- column(kept)
  if (!is.null(profile$stratum)) values$stratum <- factor(paste(profile$stratum, collapse = "."), levels(together$stratum))
  as.data.frame(values)
}
# The end of follow-up of the patients of the model; of those in the stratum of the profile where the model has strata.
given_end <- function(profile) max(together$time[if (is.null(profile$stratum)) TRUE else together$stratum == given_row(profile)$stratum])
