#!/usr/bin/python3
"""A trial that reports a million spans, beside one that writes as many lines raw: both are real trials of one attempt.

Usage: million_spans.py ASSAY PHASES     the program, and the test program that reports them

Ends with 1 if the spans take more than twice the raw write, in the medians of blocks of both, three attempts in a row.
Blocks hold both trials side by side in time and in random order, so that a busy machine slows both.
"""

import json
import os
import subprocess
import sys
import tempfile

SPANS = 1_000_000
EXPERIMENT = """
[experiment]
id = "million-spans"
hypothesis = "A million spans take at most twice the raw write of their lines"
goal = "not-worse"
[variable]
kind = "argument"
name = "how"
control = "raw"
treatment = "many"
[[workload]]
name = "spans"
command = ["{phases}", "{{how}}"]
[[metric]]
name = "wall"
role = "primary"
margin = "100%"
[[metric]]
name = "items"
from = "spans:count(item)"
kind = "deterministic"
role = "observed"
[protocol]
blocks = 6
attempts = 3
"""


def measure(assay, phases):
    """The ratio of spans to raw write in one attempt, and the spans that each arm was seen to report."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ASSAY_LOCK_DIR": folder, "ASSAY_ACTOR": "bench", "HOME": folder}
        with open(os.path.join(folder, "spans.toml"), "w", encoding="utf-8") as file:
            file.write(EXPERIMENT.format(phases=phases))
        subprocess.run([assay, "init"], cwd=folder, env=environment, check=True, capture_output=True)
        ended = subprocess.run([assay, "run", "spans.toml", "--json"], cwd=folder, env=environment, check=False,
                               capture_output=True, text=True)
    if not ended.stdout:
        raise SystemExit(ended.stderr)
    metrics = {metric["name"]: metric for metric in json.loads(ended.stdout)["workloads"][0]["metrics"]}
    wall = metrics["wall"]
    reported = [metrics["items"][arm]["median"] for arm in ("control", "treatment")]
    return wall["treatment"]["median"] / wall["control"]["median"], wall, reported


def main():
    assay, phases = sys.argv[1:]
    for _ in range(3):
        ratio, wall, reported = measure(assay, phases)
        if reported != [SPANS, SPANS]:
            raise SystemExit(f"the trials reported {reported} spans, and not {SPANS} each")
        print(f"trials that report {SPANS} spans take {wall['treatment']['median']:.3f} s, those that write their lines "
              f"raw {wall['control']['median']:.3f} s: {ratio:.2f} times the raw write, in {wall['control']['n']} blocks")
        if ratio <= 2:
            return
    raise SystemExit("a million spans take more than twice the raw write of their lines")


if __name__ == "__main__":
    main()
