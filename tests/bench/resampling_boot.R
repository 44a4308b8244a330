# Times R's boot on the task of resampling_scipy.py, boot.ci of type "bca", and prints one line of JSON: user and system
# milliseconds of this one thread. usage: Rscript resampling_boot.R VALUES RESAMPLES
# RESAMPLES must exceed VALUES, or boot knows no acceleration.
library(boot)

words <- as.integer(commandArgs(trailingOnly = TRUE))
set.seed(1)
values <- rnorm(words[1]) + 0.01

milliseconds <- function(statistic) {
  used <- system.time(boot.ci(boot(values, function(x, chosen) statistic(x[chosen]), R = words[2]), type = "bca"))
  1000 * (used[["user.self"]] + used[["sys.self"]])
}

cat(sprintf('{"boot": "%s", "BcaOfMean": %.1f, "BcaOfMedian": %.1f}\n',
            packageVersion("boot"), milliseconds(mean), milliseconds(median)))
