#!/usr/bin/python3
"""Times assay's resampling against SciPy's, and its BCa intervals also against R's boot, and prints the ratios.

usage: resampling_scipy.py BIN_FOLDER

All in one run on this machine, one thread each.
"""
import json
import os
import pathlib
import subprocess
import sys
import time

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy as np
import scipy
from scipy import stats

VALUES, RESAMPLES = 1000, 9999


def best_of(times, work):
    durations = []
    for _ in range(times):
        start = time.process_time()
        work()
        durations.append(time.process_time() - start)
    return 1000 * min(durations)


def scipy_milliseconds():
    generator = np.random.default_rng(1)
    values, half = generator.standard_normal(VALUES) + 0.01, VALUES // 2
    bootstrap = lambda statistic: stats.bootstrap((values,), statistic, n_resamples=RESAMPLES, method="BCa", random_state=1)
    mean_difference = lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis)
    return {
        "BcaOfMean": best_of(3, lambda: bootstrap(np.mean)),
        "BcaOfAnyStatistic": best_of(3, lambda: bootstrap(lambda values: np.mean(values))),
        "BcaOfMedian": best_of(3, lambda: bootstrap(np.median)),
        "SignFlips": best_of(3, lambda: stats.permutation_test(
            (values,), np.sum, permutation_type="samples", n_resamples=RESAMPLES, vectorized=True, random_state=1)),
        "TwoSamplePermutations": best_of(3, lambda: stats.permutation_test(
            (values[:half], values[half:]), mean_difference, n_resamples=RESAMPLES, vectorized=True, random_state=1)),
    }


def assay_milliseconds(folder):
    command = [os.path.join(folder, "resampling_bench"), "--benchmark_format=json", "--benchmark_repetitions=3",
               "--benchmark_filter=Bca|SignFlips|TwoSample"]
    runs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["benchmarks"]
    best = {}
    for run in runs:
        if run["run_type"] == "iteration":
            best[run["run_name"]] = min(run["cpu_time"], best.get(run["run_name"], float("inf")))
    return best


def boot_milliseconds():
    script = pathlib.Path(__file__).with_name("resampling_boot.R")
    command = ["Rscript", "--vanilla", str(script), str(VALUES), str(RESAMPLES)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    ours, of_scipy, of_boot = assay_milliseconds(sys.argv[1]), scipy_milliseconds(), boot_milliseconds()
    print(f"n = {VALUES}, {RESAMPLES} resamples, processor time of one thread, the best of several")
    for peer, theirs in ((f"SciPy {scipy.__version__}", of_scipy), (f"R boot {of_boot.pop('boot')}", of_boot)):
        for name, theirs_ms in theirs.items():
            print(f"{name:24} {ours[name]:8.2f} ms  {peer} {theirs_ms:8.1f} ms  {theirs_ms / ours[name]:7.1f} times faster")


main()
