# Fits the panels of panels.cpp with msm (Jackson 2011, Journal of Statistical Software 38(8)) and compares
# with what was put in. Usage: Rscript fit.R FOLDER; exit code 1 if anything is not recovered.
#
# Each of the six quantities must lie within the fit's own confidence interval on the log scale, so wide that
# a correct program fails any of them for one seed in a million (Bonferroni: 1e-6 / 6 each, 5.2 standard
# errors). That would forgive a fit that knows nothing: standard errors must be below 2 per cent, and the
# contract's interval must exclude "no effect".
# Usage: Rscript fit.R FOLDER control; the same against a wrong truth, the monthly hazards in place of the
# entries of the matrix logarithm (4 per cent less): exit code 1 unless the panel of returns refuses it.
library(msm)

folder <- commandArgs(trailingOnly = TRUE)[1]
control <- identical(commandArgs(trailingOnly = TRUE)[2], "control")
truth <- read.csv(file.path(folder, "truth.csv"))
family_error <- 1e-6
bound <- qnorm(1 - family_error / (2 * nrow(truth)))
largest_error <- 0.02

read_panel <- function(name) {
  panel <- read.csv(file.path(folder, paste0(name, ".csv")), colClasses = c(person = "character"))
  panel$person <- as.integer(factor(panel$person))  # beyond what a double holds exactly
  panel[order(panel$person, panel$month), ]
}

# Log estimates and standard errors, intensities in the order of the matrix's rows, then covariates.
fit_panel <- function(panel, intensities, ...) {
  fit <- msm(state ~ month, subject = person, data = panel, qmatrix = intensities, center = FALSE,
             method = "BFGS", control = list(fnscale = 1e4, reltol = 1e-12, maxit = 500), ...)
  stopifnot(fit$opt$convergence == 0, fit$foundse)
  free <- fit$paramdata$optpars  # a covariate on one transition is held at zero on the others
  data.frame(estimate = fit$estimates[free], error = sqrt(diag(fit$covmat))[free])
}

# Guesses to start from, away from the truth.
fit_exits <- function() {
  start <- rbind(c(0, 0.1, 0.1, 0.1), c(0, 0, 0, 0), c(0, 0, 0, 0), c(0, 0, 0, 0))
  fit_panel(read_panel("exits"), start, covariates = list("1-2" = ~contract))
}
fit_returns <- function() fit_panel(read_panel("returns"), rbind(c(0, 0.2), c(0.2, 0)))

# The fit beside what it should have found, and how far it is, in standard errors.
beside <- function(rows, fitted, should) {
  result <- cbind(rows, fitted)
  result$distance <- (result$estimate - log(should)) / result$error
  result$fitted <- exp(result$estimate)
  print(cbind(result[, c("panel", "quantity")], should, result[, c("fitted", "error", "distance")]), digits = 4)
  cat(sprintf("bound: %.2f standard errors\n", bound))
  result
}

if (control) {
  rows <- truth[truth$panel == "returns", ]
  result <- beside(rows, fit_returns(), rows$monthly)
  failures <- if (!any(abs(result$distance) > bound)) "a wrong truth is not refused"
} else {
  result <- beside(truth, rbind(fit_exits(), fit_returns()), truth$value)
  contract <- result[result$quantity == "contract", ]
  failures <- c(
    sprintf("%s %s is not recovered", result$panel, result$quantity)[abs(result$distance) > bound],
    sprintf("%s %s is not known well", result$panel, result$quantity)[result$error > largest_error],
    if (contract$estimate - bound * contract$error <= 0) "the contract's effect is not told from none"
  )
}
if (length(failures) > 0) {
  cat(failures, sep = "\n")
  quit(status = 1)
}
