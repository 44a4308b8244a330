# Reference values of correlations and permutation tests -> resampling_reference.json (SciPy 1.10.1, NumPy 1.24.2).
# Run with /usr/bin/python3 in this folder.
import json
import numpy as np
import scipy
from scipy import stats

generator = np.random.default_rng(20240711)
values = {"meta": {"scipy": scipy.__version__, "numpy": np.__version__, "tol_rel": 1e-9}}

values["correlation"] = []
for count, digits, slope in ((6, 3, 0.5), (10, 0, 0.2), (20, 2, 0.0), (33, 4, 0.05), (34, 4, 0.05), (40, 0, 0.1), (200, 1, 0.01), (12, 9, 9.0)):
    first = np.arange(count) if digits % 2 else generator.integers(0, count // 2, count)
    second = np.round(slope * first + generator.standard_normal(count), digits)
    tau, rho = stats.kendalltau(first, second), stats.spearmanr(first, second)
    values["correlation"].append({
        "first": first.tolist(), "second": second.tolist(), "tau": tau.statistic, "tau_p": tau.pvalue,
        "rho": rho.statistic, "rho_p": max(rho.pvalue, 2.2250738585072014e-308), "slope_by_index": stats.theilslopes(second)[0]})

values["two_sample_permutation"] = []
for m, n, shift in ((5, 5, 1.0), (6, 4, -0.8), (3, 9, 0.0), (7, 8, 1.5)):
    treatment, control = np.round(generator.standard_normal(m) + shift, 2), np.round(generator.standard_normal(n), 2)
    for side in ("two-sided", "less", "greater"):
        test = stats.permutation_test((treatment, control), lambda x, y: np.mean(x) - np.mean(y),
                                      alternative=side, n_resamples=np.inf, permutation_type="independent")
        values["two_sample_permutation"].append({
            "treatment": treatment.tolist(), "control": control.tolist(), "alternative": side,
            "statistic": test.statistic, "p": test.pvalue})

values["two_sample_bootstrap"] = []
treatment, control = np.round(97 * np.exp(0.05 * generator.standard_normal(25)), 3), np.round(100 * np.exp(0.05 * generator.standard_normal(30)), 3)
statistic = lambda x, y: np.log(np.mean(x) / np.mean(y))
ends = []
for seed in range(5):
    # SciPy's own `bootstrap` of two samples with BCa
    result = stats.bootstrap((treatment, control), lambda x, y, axis: np.log(x.mean(axis) / y.mean(axis)), method="BCa",
                             n_resamples=19999, confidence_level=0.95, random_state=np.random.default_rng(seed))
    ends.append([result.confidence_interval.low, result.confidence_interval.high])
values["two_sample_bootstrap"].append({
    "treatment": treatment.tolist(), "control": control.tolist(), "statistic": "log ratio of means", "confidence": 0.95,
    "estimate": statistic(treatment, control), "interval": np.mean(ends, 0).tolist(), "tol": 0.0015})

json.dump(values, open("resampling_reference.json", "w"), indent=1)
