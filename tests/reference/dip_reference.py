# Reference values of Hartigan's dip -> dip_reference.json, by linear programming (SciPy 1.10.1): the smallest d for which
# some distribution function G stays within d of the empirical one, G convex up to a mode and concave after it. Slow and
# independent of the algorithm of Hartigan and Hartigan (1985). Run with /usr/bin/python3 in this folder.
import json
import numpy as np
import scipy
from scipy.optimize import linprog


def slope_rows(x, indices, sign, size):
    """Rows that say: slopes between successive knots grow (sign 1) or fall (sign -1)."""
    rows = []
    for a, b, c in zip(indices, indices[1:], indices[2:]):
        row = np.zeros(size)
        row[a] -= sign / (x[b] - x[a])
        row[b] += sign / (x[b] - x[a]) + sign / (x[c] - x[b])
        row[c] -= sign / (x[c] - x[b])
        rows.append(row)
    return rows


def dip_with_mode_at(x, mode):
    """Variables: G at each value (before any jump at the mode), G just after the mode, d."""
    n = len(x)
    after, d, size = n, n + 1, n + 2
    knots = np.append(x, x[mode])
    before_mode = list(range(mode + 1))
    after_mode = [after] + list(range(mode + 1, n))
    rows = slope_rows(knots, before_mode, 1, size) + slope_rows(knots, after_mode, -1, size)
    limits = [0.0] * len(rows)

    def within(variable, low, high):
        row = np.zeros(size); row[variable], row[d] = 1, -1; rows.append(row); limits.append(low)     # G - F(x-) <= d
        row = np.zeros(size); row[variable], row[d] = -1, -1; rows.append(row); limits.append(-high)  # F(x) - G <= d

    for i in range(n):
        if i == mode:
            within(i, i / n, i / n)
        else:
            within(i, i / n, (i + 1) / n)
    within(after, (mode + 1) / n, (mode + 1) / n)
    row = np.zeros(size); row[mode], row[after] = 1, -1; rows.append(row); limits.append(0.0)
    for chain in (before_mode, after_mode):
        for a, b in zip(chain, chain[1:]):
            row = np.zeros(size); row[a], row[b] = 1, -1; rows.append(row); limits.append(0.0)
    cost = np.zeros(size); cost[d] = 1
    bounds = [(0, 1)] * (n + 1) + [(0, None)]
    result = linprog(cost, np.array(rows), limits, bounds=bounds, method="highs")
    assert result.status == 0
    return result.fun


def dip(x):
    return min(dip_with_mode_at(x, mode) for mode in range(len(x)))


generator = np.random.default_rng(7)
samples = {
    "five equally spaced": [1, 2, 3, 4, 5],
    "two clusters": [1, 1.1, 1.2, 1.3, 9, 9.1, 9.2, 9.3],
    "two pairs and one between": [0, 0.1, 5, 9.9, 10],
    "three clusters": [0, 0.1, 0.2, 5, 5.1, 5.2, 10, 10.1, 10.2],
}
for count in (6, 10, 15, 20, 30):
    samples[f"{count} normal"] = np.round(generator.standard_normal(count), 6)
    samples[f"{count} uniform"] = np.round(generator.random(count), 6)
    samples[f"{count} of two modes"] = np.round(np.where(generator.random(count) < 0.4, 4, 0) + generator.standard_normal(count), 6)
    samples[f"{count} exponential"] = np.round(generator.exponential(size=count), 6)
values = {"meta": {"scipy": scipy.__version__, "tol": 1e-7}, "dip": []}
for name, sample in samples.items():
    x = np.sort(np.asarray(sample, float))
    values["dip"].append({"name": name, "sorted": x.tolist(), "dip": dip(x)})
# Shares of uniform samples whose dip is at least as large.
dips = [dip(np.sort(generator.random(10))) for _ in range(600)]
values["uniform_tail"] = [{"count": 10, "dip": level, "share": float(np.mean(np.array(dips) >= level)), "samples": len(dips)}
                          for level in (0.08, 0.1, 0.12, 0.14)]
json.dump(values, open("dip_reference.json", "w"), indent=1)
