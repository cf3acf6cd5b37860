# ---- Times to the endpoint, and why a row has none ------------------------------------------------------------------

unusable <- function(why) stop(structure(class = c("unusable", "error", "condition"), list(message = why, call = NULL)))
state <- function(i, of) dates[[of]]$state[i]
needed <- function(i, of) {
  if (state(i, of) != "value") unusable(paste(of, state(i, of)))
  dates[[of]]$value[i]
}
optional <- function(i, of) {
  if (state(i, of) == "unreadable") unusable(paste(of, "unreadable"))
  dates[[of]]$value[i]
}

# The day of death; NA where the child lives. Without a column for it, the last contact of the dead is that day.
death <- function(i) {
  day <- optional(i, "death_date")
  alive <- vital$state[i] == "value" && vital$value[i] == "alive"
  if (alive && !is.na(day)) unusable("alive, with a date of death")
  if (alive || !is.na(day)) return(day)
  switch(vital$state[i], missing = unusable("alive or dead is unknown"), unreadable = unusable("vital status unreadable"),
         no_column = NA, value = if (state(i, "death_date") == "no_column") needed(i, "last_follow_up_date")
                                 else unusable("dead, without a date"))
}

# The first of relapse, second malignancy and death by their own dates; on one day the first of this list counts. A relapse
# after transplantation is a relapse.
dated_events <- c(relapse = "relapse_date", relapse = "relapse_after_hsct_date", second_malignancy = "second_malignancy_date",
                  death = "death_date")
first_dated <- function(i) {
  days <- vapply(dated_events, function(of) optional(i, of), 0)
  if (all(is.na(days))) return(NULL)
  kind <- names(days)[which.min(days)]
  if (kind == "death" && vital$state[i] == "value" && vital$value[i] == "alive") unusable("alive, with a date of death")
  list(kind = kind, day = min(days, na.rm = TRUE))
}
any_of <- function(dated, named) {
  if (!is.null(dated) && (is.na(named) || named >= dated$day)) return(dated)
  if (is.na(named)) NULL else list(kind = "event", day = named)
}
earliest <- function(...) { days <- c(...); if (all(is.na(days))) NA else min(days, na.rm = TRUE) }
relapse_day <- function(i) earliest(optional(i, "relapse_date"), optional(i, "relapse_after_hsct_date"))
no_event <- function(i, dated, named) {
  if (!is.null(dated)) unusable("no event, with the date of one")
  last <- dates$last_follow_up_date$value[i]
  if (!is.na(named) && !isTRUE(named == last)) unusable("no event, with the date of one")
}
by_death <- function(i) { day <- death(i); if (is.na(day)) NULL else list(kind = "death", day = day) }

event_of_kind <- function(i, kind, dated, named) {
  own <- NA
  if (kind == "death") {
    own <- tryCatch(death(i), unusable = function(why) {
      if (conditionMessage(why) %in% c("dead, without a date", "alive or dead is unknown")) NA else stop(why)
    })
  } else if (kind == "relapse") own <- relapse_day(i)
  else if (kind %in% names(dated_events)) own <- optional(i, dated_events[[kind]])
  if (!is.na(own) && !is.na(named) && own != named) unusable("two dates for one event")
  day <- if (is.na(own)) named else own
  if (is.na(day)) unusable("an event without a date")
  if (!is.null(dated) && dated$kind != kind && dated$day < day) unusable("another event came first")
  list(kind = kind, day = day)
}

first_event_of <- function(i, origin) {
  named <- optional(i, "first_event_date")
  dated <- first_dated(i)
  kind <- if (first_event$state[i] == "value") first_event$value[i] else first_event$state[i]
  found <- if (kind == "unreadable") unusable("first event unreadable")
  else if (kind == "none") {
    no_event(i, dated, named)
    by_death(i)
  } else if (kind == "induction_failure") {
    if (failure_at_zero) list(kind = kind, day = origin)
    else if (is.na(named)) unusable("an event without a date") else list(kind = kind, day = named)
  } else if (kind == "event") {
    found <- any_of(dated, named)
    if (is.null(found)) unusable("an event without a date") else found
  } else if (kind %in% c("missing", "no_column")) {
    found <- any_of(dated, named)
    if (!is.null(found)) found else if (kind == "missing") unusable("unknown whether there was an event") else by_death(i)
  } else event_of_kind(i, kind, dated, named)
  if (endpoint == "relapse" && !is.null(found) && found$kind == "event") unusable("the kind of the event is needed")
  found
}

# What the first event is given as; the state of its cell where that is no value.
first_kind <- function(i) if (first_event$state[i] == "value") first_event$value[i] else first_event$state[i]
when <- function(yes, day) if (yes) day else NA

# The day of the first relapse, where time is counted from it.
first_relapse <- function(i) {
  own <- relapse_day(i)
  named <- optional(i, "first_event_date")
  kind <- first_kind(i)
  if (kind == "unreadable" && is.na(own)) unusable("first event unreadable")
  if (kind == "missing" && is.na(own) && state(i, "relapse_date") == "no_column") unusable("unknown whether there was an event")
  if (kind == "event" && is.na(own)) unusable("the kind of the event is needed")
  if (kind == "relapse") {
    if (!is.na(own) && !is.na(named) && own != named) unusable("two dates for one event")
    day <- if (is.na(own)) named else own
    if (is.na(day)) unusable("an event without a date")
    return(day)
  }
  if (is.na(own)) unusable("no relapse")
  if (kind %in% c("none", "death") || (kind %in% event_codes && !is.na(named) && own < named)) unusable("another event came first")
  own
}

# The day of relapse after transplantation; NA where there was none. The date of relapse is that of the first one, so that
# behind an earlier one it tells nothing.
relapse_after <- function(i, transplant, died) {
  own <- optional(i, "relapse_date")
  named <- when(first_kind(i) == "relapse", optional(i, "first_event_date"))
  if (!is.na(own) && !is.na(named) && own != named) unusable("two dates for one event")
  first <- if (is.na(own)) named else own
  is_after <- !is.na(first) && first >= transplant
  if (state(i, "relapse_after_hsct_date") != "no_column") {
    later <- optional(i, "relapse_after_hsct_date")
    if (is_after && !is.na(later) && first != later) unusable("two dates for one event")
    return(if (is.na(later)) when(is_after, first) else later)
  }
  if (!is.na(first) && !is_after) unusable("a relapse after transplantation has no column")
  kind <- first_kind(i)
  if (kind == "unreadable") unusable("first event unreadable")
  if (is_after) return(first)
  if (kind == "relapse") unusable("an event without a date")
  if (kind == "event") unusable("the kind of the event is needed")
  is_told <- state(i, "relapse_date") != "no_column"
  if (kind == "missing" && (is.na(died) || !is_told)) unusable("unknown whether there was an event")
  if (is_told || kind %in% c("none", "death")) return(NA)
  if (kind == "no_column") {
    if (!is.na(optional(i, "first_event_date"))) unusable("the kind of the event is needed")
    return(NA)
  }
  unusable("a relapse after transplantation has no column")
}
day_of_death <- function(i) {
  named <- when(first_kind(i) == "death", optional(i, "first_event_date"))
  own <- tryCatch(death(i), unusable = function(why) {
    known <- conditionMessage(why) %in% c("dead, without a date", "alive or dead is unknown")
    if (known && !is.na(named)) NA else stop(why)
  })
  if (!is.na(own) && !is.na(named) && own != named) unusable("two dates for one event")
  day <- if (is.na(own)) named else own
  if (is.na(day) && first_kind(i) == "death") unusable("an event without a date")
  day
}
# The first event after transplantation; on one day relapse counts before graft-versus-host disease, and this before death.
# A second malignancy is no event.
after_transplant <- function(i, transplant) {
  remission <- dates$first_remission_date$value[i]
  if (first_kind(i) == "induction_failure" && (is.na(remission) || remission > transplant)) unusable("never in remission")
  if (first_kind(i) == "none") no_event(i, first_dated(i), optional(i, "first_event_date"))
  died <- day_of_death(i)
  relapse <- relapse_after(i, transplant, died)
  if (!is.na(relapse) && !is.na(died) && died < relapse) unusable("wrong order of dates")
  if (first_kind(i) == "death") {
    if (isTRUE(relapse_day(i) < died)) unusable("another event came first")
    relapse <- NA
  }
  gvhd <- if (endpoint == "grfs") c(acute_gvhd = optional(i, "acute_gvhd_date"), chronic_gvhd = optional(i, "chronic_gvhd_date"))
  days <- c(relapse = relapse, gvhd, death = died)
  if (all(is.na(days))) NULL else list(kind = names(days)[which.min(days)], day = min(days, na.rm = TRUE))
}

origin_dates <- c(diagnosis = "diagnosis_date", first_remission = "first_remission_date", transplant = "hsct_date",
                  relapse = "relapse_date")
origin_day <- function(i) {
  if (origin == "first_remission" && first_event$value[i] %in% "induction_failure") unusable("never in remission")
  if (origin == "transplant" && state(i, "hsct_date") == "missing") unusable("not transplanted")
  if (origin == "relapse") first_relapse(i) else needed(i, origin_dates[[origin]])
}

follow_dates <- function(i) {
  survival <- endpoint == "os"
  transplanted <- origin == "transplant"
  no_date <- function(of) state(i, of) == "no_column"
  no_kind <- first_event$state[i] == "no_column"
  if (no_date("last_follow_up_date")) unusable("no column: last follow-up")
  if (no_date("death_date") && vital$state[i] == "no_column" && (survival || no_kind)) unusable("no column: death")
  if (!survival && no_kind && no_date("relapse_date") && no_date("first_event_date") &&
      (!transplanted || no_date("relapse_after_hsct_date"))) unusable("no column: relapse")
  gvhd <- if (endpoint == "grfs") c("acute_gvhd_date", "chronic_gvhd_date")
  for (of in gvhd) if (no_date(of)) unusable(paste("no column:", of))
  start <- origin_day(i)
  diagnosis <- dates$diagnosis_date$value[i]
  if (!is.na(diagnosis) && start < diagnosis) unusable("wrong order of dates")
  hsct <- dates$hsct_date$value[i]
  if (!survival && isTRUE(optional(i, "relapse_after_hsct_date") < hsct)) unusable("wrong order of dates")
  used <- if (survival) NULL
          else if (transplanted) c("relapse_after_hsct_date", gvhd)
          else c("relapse_date", "relapse_after_hsct_date", "second_malignancy_date", "first_event_date")
  died <- dates$death_date$value[i]
  for (of in c(used, "death_date", "last_follow_up_date")) {
    day <- optional(i, of)
    if (is.na(day)) next
    if (day < start || (of != "last_follow_up_date" && !is.na(died) && died < day)) unusable("wrong order of dates")
  }
  found <- if (survival) by_death(i) else if (transplanted) after_transplant(i, start) else first_event_of(i, start)
  if (is.null(found)) {
    seen <- vapply(c("first_remission_date", "relapse_date", "second_malignancy_date", "hsct_date", "first_event_date",
                     "relapse_after_hsct_date", "acute_gvhd_date", "chronic_gvhd_date"),
                   function(of) dates[[of]]$value[i], 0)
    found <- list(kind = "none", day = max(needed(i, "last_follow_up_date"), seen, na.rm = TRUE))
  }
  hsct_state <- state(i, "hsct_date")
  if (hsct_state == "value" && !is.na(diagnosis) && hsct < diagnosis) hsct_state <- "unreadable"
  list(days = found$day - start, event = found$kind, hsct = hsct - start, hsct_state = hsct_state)
}

# How the file's own time ended: by the event of that endpoint, else by what else tells it. A column of events that names no
# endpoint belongs to the only time of the file.
by_vital <- list(state = vital$state, value = c(alive = "none", dead = "death")[vital$value])
has_column <- function(cells) cells$state[1] != "no_column"
only_event <- function() {
  found <- Filter(has_column, events)
  if (sum(vapply(times, has_column, TRUE)) == 1 && length(found) == 1) found[[1]] else no_column
}
event_in_file <- function() {
  others <- switch(endpoint, os = list(by_vital, only_event()), as_in_file = list(first_event, only_event(), by_vital),
                   list(first_event, only_event()))
  if (sum(vapply(times, has_column, TRUE)) == 1) others <- c(others, list(first_event))
  known <- Filter(has_column, c(list(events[[endpoint]]), others))
  if (length(known) > 0) known[[1]] else no_column
}
event_of_file <- if (times_of_file) event_in_file()
follow_file <- function(i) {
  if (times[[endpoint]]$state[i] != "value") unusable("no time")
  if (event_of_file$state[i] != "value") unusable("unknown whether there was an event")
  event <- unname(event_of_file$value[i])
  if (endpoint == "relapse" && event == "event") unusable("the kind of the event is needed")
  list(days = times[[endpoint]]$value[i], event = event, hsct = NA, hsct_state = "no_column")
}

follow <- if (times_of_file) follow_file else follow_dates
followed <- lapply(seq_len(rows), function(i) {
  if (i %in% set_aside) return("the row is set aside")
  tryCatch(follow(i), unusable = conditionMessage)
})
has_time <- vapply(followed, is.list, TRUE)
cat(sum(has_time), "rows followed,", sum(!has_time), "not:\n")
print(table(unlist(followed[!has_time])))
if (!any(has_time)) stop("Nobody can be followed to this endpoint.")
d <- data.frame(row = which(has_time),
  time = vapply(followed[has_time], `[[`, 0, "days") / 365.25,
  event = factor(vapply(followed[has_time], `[[`, "", "event"), c(event_codes, "acute_gvhd", "chronic_gvhd")),
  hsct = as.numeric(vapply(followed[has_time], function(one) as.numeric(one$hsct), 0)) / 365.25,
  hsct_state = vapply(followed[has_time], `[[`, "", "hsct_state"))

# ---- Who is compared --------------------------------------------------------------------------------------------------

# Whether a number, or an age, lies below a limit; NA where that is not known.
is_below <- function(id, limit) {
  if (id == "finding:age_days" && is.null(limit$median)) return(younger(limit$days, limit$months))
  x <- known(id)
  if (!is.numeric(x)) x <- suppressWarnings(as.numeric(x))
  if (isTRUE(limit$median)) x <= median(x, na.rm = TRUE) else if (isTRUE(limit$is_lower)) x <= limit$number else x < limit$number
}
# Levels of what patients are sorted by, numbers being cut at limits; then the groups that were made of levels, NA where one
# is left out.
levels_before <- function(one) {
  if (is.null(one$limits)) return(known(one$id))
  below <- lapply(one$limits, function(limit) is_below(one$id, limit))
  one$levels[1 + Reduce(`+`, lapply(below, function(below) as.integer(!below)))]
}
groups_of <- function(one, levels) {
  for (group in one$groups) levels[levels_before(one) %in% group$of] <- group$name
  levels
}
levels_of <- function(one) {
  groups <- groups_of(one, levels_before(one))
  left_out <- vapply(one$groups, function(group) isTRUE(group$left_out), TRUE)
  groups[groups %in% vapply(one$groups[left_out], `[[`, "", "name")] <- NA
  groups
}
# Whether a value is one of these: a group, a level, or a number; NA where it is not known.
is_one_of <- function(one, values) {
  levels <- levels_before(one)
  groups <- groups_of(one, levels)
  names_of_groups <- vapply(one$groups, `[[`, "", "name")
  x <- known(one$id)
  found <- lapply(values, function(value) {
    if (value %in% names_of_groups) groups == value
    else if (is.numeric(x) && !value %in% one$levels) is_number(x, value)
    else levels == value
  })
  Reduce(`|`, found)
}
# Halves of a number by their names, as earlier settings have them.
is_number <- function(x, value) {
  sign <- sub("^(<=|>=|!=|<>|[\u2264\u2265\u2260<>]?).*$", "\\1", value)
  number <- suppressWarnings(as.numeric(sub("^(<=|>=|!=|<>|[\u2264\u2265\u2260<>]?)", "", value)))
  if (is.na(number)) return(ifelse(is.na(x), NA, FALSE))
  switch(sign, "<" = x < number, "<=" = , "\u2264" = x <= number, ">=" = , "\u2265" = x >= number, ">" = x > number,
         "!=" = , "<>" = , "\u2260" = x != number, x == number)
}
known <- function(id) {
  x <- if (startsWith(id, "protocol:")) page_values[[id]] else variables[[id]]
  if (is.null(x)) stop("Nothing is known of ", id, "; is cotside-values.csv of the same run beside this script?")
  x
}
inside <- rep(TRUE, nrow(d))
if (!is.null(only)) inside <- only()[d$row]
outside_unknown <- sum(is.na(inside))
inside <- inside %in% TRUE
group <- rep("all", nrow(d))
left_out <- rep(FALSE, nrow(d))
if (!is.null(group_by)) {
  group <- levels_of(group_by)[d$row]
  left_out <- is.na(group) & !is.na(levels_before(group_by)[d$row])
}
cat(sum(!inside), "outside the subset,", sum(inside & left_out), "left out by choice,",
    sum(inside & is.na(group) & !left_out), "without a known group.\n")
counts <- c(outside_subset = sum(!inside), outside_subset_unknown = outside_unknown, left_out_by_choice = sum(inside & left_out),
            without_group = sum(inside & is.na(group) & !left_out))
d$group <- factor(group, if (is.null(group_by)) "all" else group_by$names)
d <- droplevels(d[inside & !is.na(d$group), ])
d$status <- as.integer(d$event != "none")
