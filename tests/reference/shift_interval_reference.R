# Reference values of shift intervals and Fisher's test -> shift_interval_reference.json (R 4.2.2, Debian's r-base-core).
# Run with Rscript in this folder. The exact intervals are those of wilcox.test(conf.int = TRUE, exact = TRUE).
set.seed(20240711)
list_of <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
entries <- character()
for (sizes in list(c(5, 5), c(8, 12), c(20, 20), c(7, 30), c(50, 50))) {
  treatment <- round(rnorm(sizes[1], 0.5), 6)
  control <- round(rnorm(sizes[2]), 6)
  for (confidence in c(0.90, 0.95, 0.99)) {
    test <- suppressWarnings(wilcox.test(treatment, control, exact = TRUE, conf.int = TRUE, conf.level = confidence))
    # R answers with the whole range where no order statistic is wide enough: an unbounded interval by our reckoning.
    if (attr(test$conf.int, "conf.level") + 1e-12 < confidence) next
    entries <- c(entries, sprintf(
      '{"treatment": %s, "control": %s, "confidence": %g, "p": %.17g, "interval": %s, "estimate": %.17g}',
      list_of(treatment), list_of(control), confidence, test$p.value, list_of(test$conf.int), test$estimate))
  }
}
writeLines(c(sprintf('{"meta": {"r": "%s", "tol": 1e-9}, "shift_interval": [', getRversion()),
             paste(entries, collapse = ",\n"), "]}"), "shift_interval_reference.json")
