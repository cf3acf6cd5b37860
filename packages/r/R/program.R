# The program, and one call of it.

cotside_program <- function() {
  named <- Sys.getenv("COTSIDE")
  program <- if (nzchar(named)) named else Sys.which("cotside")
  if (!nzchar(program) || !file.exists(program)) {
    stop(
      "the program cotside was not found; install it, or set the environment variable COTSIDE to where it is",
      call. = FALSE
    )
  }
  unname(program)
}

# Runs a command and returns its answer; an error of the program is an error here.
run <- function(arguments) {
  output <- tempfile(fileext = ".json")
  complaint <- tempfile()
  on.exit(unlink(c(output, complaint)))
  status <- system2(cotside_program(), shQuote(c(arguments, "--json")), stdout = output, stderr = complaint)
  said <- readLines(complaint, warn = FALSE, encoding = "UTF-8")
  if (status != 0) {
    stop(paste(said, collapse = "\n"), call. = FALSE)
  }
  for (line in said[nzchar(said)]) {
    message(line)
  }
  text <- paste(readLines(output, warn = FALSE, encoding = "UTF-8"), collapse = "\n")
  jsonlite::fromJSON(text, simplifyVector = TRUE, simplifyDataFrame = TRUE, simplifyMatrix = FALSE)
}

# Writes the rows for the program; the file is removed when the calling function ends.
with_rows <- function(data, columns, call) {
  data <- as.data.frame(data)
  unknown <- setdiff(columns, names(data))
  if (length(unknown) > 0) {
    stop("the data have no column ", paste(sQuote(unknown), collapse = ", "), call. = FALSE)
  }
  if (!is.null(columns)) {
    data <- data[unique(columns)]
  }
  data[] <- lapply(data, function(column) if (is.factor(column)) as.character(column) else column)
  data[] <- lapply(data, function(column) {
    if (is.double(column)) ifelse(is.na(column), NA, format(column, digits = 17, trim = TRUE, scientific = NA)) else column
  })
  data[] <- lapply(data, function(column) if (is.logical(column)) as.integer(column) else column)
  file <- tempfile(fileext = ".csv")
  on.exit(unlink(file))
  utils::write.csv(data, file, row.names = FALSE, na = "", fileEncoding = "UTF-8")
  call(c("--input", file))
}

# A flag with its values; nothing where there is none.
flag <- function(name, value) {
  if (is.null(value) || length(value) == 0 || isFALSE(value)) {
    return(character())
  }
  if (isTRUE(value)) {
    return(paste0("--", name))
  }
  if (is.numeric(value)) {
    value <- format(value, digits = 17, trim = TRUE, scientific = FALSE, drop0trailing = TRUE)
  }
  c(paste0("--", name), paste(value, collapse = ","))
}

# Tables of several groups as one, each with its names in front.
stacked <- function(tables) {
  tables <- Filter(function(table) is.data.frame(table) && nrow(table) > 0, tables)
  if (length(tables) == 0) {
    return(data.frame())
  }
  do.call(rbind, c(tables, list(make.row.names = FALSE)))
}
