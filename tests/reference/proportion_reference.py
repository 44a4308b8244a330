# Reference values of proportions -> proportion_reference.json (SciPy 1.10.1). Run with /usr/bin/python3 in this folder.
import json
import scipy
from scipy import stats

SIDES = ("two-sided", "less", "greater")
values = {"meta": {"scipy": scipy.__version__, "tol_rel": 1e-9}}

values["clopper_pearson"] = []
for count, trials in ((0, 29), (0, 59), (0, 299), (1, 10), (10, 10), (7, 20), (50, 1000), (1, 1)):
    for confidence in (0.9, 0.95, 0.99):
        entry = {"count": count, "trials": trials, "confidence": confidence}
        for side, name in (("two-sided", "interval"), ("less", "upper"), ("greater", "lower")):
            ends = stats.binomtest(count, trials, alternative=side).proportion_ci(confidence, method="exact")
            entry[name] = {"interval": [ends.low, ends.high], "upper": ends.high, "lower": ends.low}[name]
        values["clopper_pearson"].append(entry)

values["mcnemar"] = [
    {"only_control": b, "only_treatment": c, "alternative": side,
     "p": stats.binomtest(c, b + c, 0.5, alternative=side).pvalue}
    for b, c in ((0, 5), (5, 0), (3, 3), (1, 9), (12, 25), (100, 140)) for side in SIDES]

values["fisher"] = [
    {"treatment": [a, m], "control": [b, n], "alternative": side,
     "p": stats.fisher_exact([[a, m - a], [b, n - b]], alternative=side).pvalue}
    for a, m, b, n in ((10, 10, 1, 10), (1, 10, 10, 10), (3, 20, 5, 18), (0, 7, 0, 9), (40, 300, 21, 290), (8, 9, 5, 30),
                       (1222, 2500, 1322, 2500), (130, 5000, 101, 4800), (9, 60000, 30, 50000))
    for side in SIDES]

values["boschloo"] = [
    {"treatment": [a, m], "control": [b, n], "alternative": side,
     "p": stats.boschloo_exact([[a, b], [m - a, n - b]], alternative=side, n=256).pvalue}
    for a, m, b, n in ((10, 10, 1, 10), (1, 10, 10, 10), (3, 20, 5, 18), (8, 9, 5, 30), (7, 12, 4, 15)) for side in SIDES]

# Both arms' exact intervals at the square root of the confidence: the difference of their opposite ends.
values["share_difference"] = []
for a, m, b, n in ((10, 10, 1, 10), (1, 10, 10, 10), (0, 7, 0, 9), (56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 0, 29)):
    for confidence in (0.9, 0.95, 0.99):
        treatment, control = (stats.binomtest(count, trials).proportion_ci(confidence**0.5, method="exact")
                              for count, trials in ((a, m), (b, n)))
        values["share_difference"].append(
            {"treatment": [a, m], "control": [b, n], "confidence": confidence,
             "interval": [treatment.low - control.high, treatment.high - control.low]})

json.dump(values, open("proportion_reference.json", "w"), indent=1)
