# The files of R, of the patients that make.py wrote to a CSV file. In the twins yes and TRUE mean alive or censored.
patients <- read.csv(commandArgs(TRUE)[1], colClasses = c(birth_date = "Date", diagnosis_date = "Date", relapse_date = "Date",
                                                          last_follow_up = "Date"))
truth <- function(text) text == "True"
dead <- truth(patients$dead)
event <- truth(patients$event)
baseline <- data.frame(
  id = patients$id,
  birth_date = patients$birth_date,
  diagnosis_date = patients$diagnosis_date,
  sex = factor(patients$sex, levels = c("male", "female")),
  wbc = patients$wbc,
  kmt2a = factor(patients$kmt2a, levels = c("rearranged", "germline")),
  relapse_date = patients$relapse_date,
  stringsAsFactors = FALSE
)
for (twin in c("", "-twin")) {
  status <- if (twin == "") factor(dead, levels = c(FALSE, TRUE), labels = c("alive", "dead")) else
    factor(dead, levels = c(TRUE, FALSE), labels = c("dead", "alive"))
  registry <- cbind(baseline, status = status, last_follow_up = patients$last_follow_up)
  saveRDS(registry, paste0("factors", twin, ".rds"), version = 2)
  times <- cbind(baseline[c("id", "sex", "wbc", "kmt2a")], efs_days = patients$efs_days, os_days = patients$os_days)
  if (twin == "") {
    times$efs_event <- event
    times$dead <- dead
  } else {
    times$efs_censored <- !event
    times$alive <- !dead
  }
  save(times, file = paste0("logical", twin, ".RData"))
}
