stratify <- function(data, protocol = NULL) {
  data <- as.data.frame(data)
  chosen <- if (is.null(protocol)) character() else c("--protocol", protocol)
  logical <- vapply(data, is.logical, logical(1))
  data[logical] <- lapply(data[logical], function(column) ifelse(column, "yes", "no"))
  answer <- with_rows(data, NULL, function(input) run(c("stratify", input, chosen)))
  patients <- if (is.data.frame(answer)) answer else answer$patients
  rows <- lapply(seq_len(nrow(patients)), function(place) {
    results <- patients$results[[place]]
    table <- data.frame(
      row = if (is.null(patients$row[[place]])) place else patients$row[[place]],
      id = if (is.null(patients$id)) NA else patients$id[[place]],
      protocol = results$protocol,
      status = results$status,
      group = results$group,
      transplant = results$hsct$status,
      reason = results$reason,
      stringsAsFactors = FALSE
    )
    table$possible <- results$possible
    table$missing <- results$missing
    table
  })
  stacked(rows)
}

protocols <- function() {
  all <- run("protocols")
  all[c("id", "name", "organisation", "family", "rules_version", "summary")]
}
