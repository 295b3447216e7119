# Makes the estimates of `tremplin survey weigh` again with R's survey package (Lumley, 4.1) and compares, to a
# relative 1e-6: calibrated weights, estimates, linearised and jackknife standard errors, degrees of freedom,
# design effects. R calibrates to epsilon 1e-10 and keeps its own defaults otherwise (replicates centred at
# their mean). Exit code 1 if anything differs.
#
#   Rscript agree.R FOLDER CASE [--write]
#
# FOLDER holds CASE.csv (microdata), CASE.weights.csv and CASE.estimates.csv (of the program), CASE.design (one
# line: method, lower bound, upper bound, stratum column or -) and FILE-margins.csv (group,code,total), where CASE
# begins with FILE-. --write also leaves R's own numbers in CASE.r.csv and CASE.r_weights.csv: the committed ones,
# with which the quick tests compare, are made so.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail")

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
case <- arguments[2]
read <- function(ending) {
  read.csv(file.path(folder, paste0(case, ending)), colClasses = "character", check.names = FALSE,
           na.strings = c("", "NA", "DK"))
}
data <- read(".csv")
theirs <- read(".estimates.csv")
their_weights <- as.numeric(read(".weights.csv")$weight)
how <- strsplit(readLines(file.path(folder, paste0(case, ".design")))[1], " ")[[1]]
margins <- read.csv(file.path(folder, paste0(sub("-.*", "", case), "-margins.csv")))
margins <- margins[margins$group %in% names(data), ]

# Each CPAS as one, shared by its respondents; all CPAS of the country as the population.
population <- sum(margins$total[margins$group == margins$group[1]])
data$respondents <- ave(rep(1, nrow(data)), data$cpas, FUN = sum)
n_cpas <- function(rows) length(unique(data$cpas[rows]))
strata <- if (how[4] == "-") rep("all", nrow(data)) else data[[how[4]]]
size_of <- function(stratum) {
  if (how[4] == "-") population else margins$total[margins$group == how[4] & margins$code == stratum]
}
data$stratum <- strata
data$fpc <- sapply(strata, size_of)
data$weight <- data$fpc / sapply(strata, function(s) n_cpas(strata == s)) / data$respondents

groups <- unique(margins$group)
for (group in groups) {
  data[[group]] <- factor(data[[group]], levels = margins$code[margins$group == group])
}
totals <- lapply(groups, function(group) {
  of_group <- margins[margins$group == group, ]
  setNames(of_group$total, paste0(group, of_group$code))
})
# An intercept, and of each margin all codes but the first.
wanted <- c("(Intercept)" = population, unlist(lapply(totals, function(of_group) of_group[-1])))
formula <- as.formula(paste("~", paste(groups, collapse = " + ")))
# Factors of raking are above 0 anyway; R 4.1's slope of them takes a lower bound for one of their logarithm.
bounds <- as.numeric(how[2:3])
if (how[1] == "raking" && bounds[1] == 0) bounds[1] <- -Inf
calibrated <- function(design) {
  calibrate(design, formula, population = wanted, calfun = how[1], bounds = bounds, epsilon = 1e-10, maxit = 500)
}
sampled <- svydesign(id = ~cpas, strata = if (how[4] != "-") ~stratum, weights = ~weight, fpc = ~fpc, data = data)
replicate_type <- if (how[4] == "-") "JK1" else "JKn"
linear <- calibrated(sampled)
jackknife <- calibrated(as.svrepdesign(sampled, type = replicate_type))
stopifnot(all(theirs$replicates == replicate_type))

ours <- data.frame(estimate = numeric(), se = numeric(), se_jackknife = numeric(), df = numeric(),
                   deff = numeric())
for (i in seq_len(nrow(theirs))) {
  row <- theirs[i, ]
  columns <- strsplit(row$column, "/")[[1]]
  values <- data[[columns[1]]]
  asked <- !is.na(values)
  if (row$statistic == "ratio") asked <- asked & !is.na(data[[columns[2]]])
  if (!is.na(row$group)) asked <- asked & data[[row$group]] == row$code
  number <- if (row$statistic == "share") as.numeric(values %in% strsplit(row$answers, "|", fixed = TRUE)[[1]])
            else as.numeric(values)
  number[!asked] <- 0
  under <- if (row$statistic == "ratio") as.numeric(data[[columns[2]]]) else rep(1, nrow(data))
  under[!asked] <- 0
  of_design <- function(design) {
    design <- update(design, number = number, under = under)
    svyratio(~number, ~under, design)
  }
  exact <- of_design(linear)
  again <- of_design(jackknife)
  within <- subset(update(linear, number = number), asked)
  factor <- if (row$statistic == "total") population else 1
  effect <- NA
  if (row$statistic != "ratio" && var(number[asked]) > 0) {
    effect <- as.numeric(deff(svymean(~number, within, deff = "replace")))
  }
  ours[i, ] <- c(factor * coef(exact), factor * SE(exact)[1], factor * SE(again)[1], degf(within), effect)
}

differences <- function(what, mine, yours) {
  yours <- as.numeric(yours)
  known <- !is.na(yours)
  # What is zero but for rounding: the error of a known total.
  distance <- abs(mine - yours)[known] / pmax(abs(mine[known]), 1e-6)
  cat(sprintf("%s: %d compared, largest relative difference %.1e\n", what, sum(known), max(c(0, distance))))
  if (any(is.na(mine[known])) || any(distance > 1e-6)) what else NULL
}
failures <- c(
  differences("weights", weights(linear), their_weights),
  if (how[1] == "raking" && all(weights(linear) / weights(sampled) > as.numeric(how[2]) + 1e-9) &&
      all(weights(linear) / weights(sampled) < as.numeric(how[3]) - 1e-9)) {
    raked <- rake(sampled, lapply(groups, function(g) as.formula(paste("~", g))),
                  lapply(groups, function(g) setNames(data.frame(margins$code[margins$group == g],
                                                                 margins$total[margins$group == g]),
                                                      c(g, "Freq"))),
                  control = list(maxit = 1000, epsilon = 1e-10))
    differences("weights by rake()", weights(raked), their_weights)
  },
  unlist(lapply(names(ours), function(what) differences(what, ours[[what]], theirs[[what]])))
)
if ("--write" %in% arguments) {
  written <- cbind(theirs[c("column", "statistic", "answers", "group", "code")],
                   format(ours, digits = 15, trim = TRUE))
  write.csv(written, file.path(folder, paste0(case, ".r.csv")), row.names = FALSE, quote = FALSE, na = "")
  write.csv(data.frame(line = seq_len(nrow(data)) + 1, weight = format(weights(linear), digits = 15)),
            file.path(folder, paste0(case, ".r_weights.csv")), row.names = FALSE, quote = FALSE)
}
if (length(failures) > 0) {
  cat(paste(failures, "differ"), sep = "\n")
  quit(status = 1)
}
