#!/usr/bin/python3
"""Metrics that count the steady state of the iterations that a trial reports."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import INCONCLUSIVE, INVALID, OK, CliTest  # noqa: E402

# The list of times is made up, from a counter of trials: what is tested is what becomes of it.
ITERATIONS = """
import json, os, random
trial = len(os.listdir("trials"))
open(f"trials/{trial}", "w").close()
noise = random.Random(trial)
fast = os.environ.get("FAST") == "1"
seconds = []
for iteration in range(LENGTH):
    level = 0.8 if fast else 1.0
    if iteration < (60 if fast else 40):
        level *= 3
    if fast and NEVER:
        level *= 1.3 if iteration // 20 % 2 else 1
    seconds.append(level * noise.lognormvariate(0, 0.01))
print(json.dumps({"seconds": seconds}))
"""

METRIC = """
[[metric]]
name = "iteration"
from = "json:/seconds"
unit = "s"
statistic = "steady-mean"
role = "primary"
margin = "3%"
[protocol]
seed = "1"
max_blocks = 12
"""


class Steady(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        os.mkdir(self.path("trials"))

    def run_iterations(self, length=200, never=False):
        script = ITERATIONS.replace("LENGTH", str(length)).replace("NEVER", str(never))
        self.write("iterations.py", script)
        self.experiment('command = ["/usr/bin/python3", "iterations.py"]', METRIC)
        text = self.read("example.toml").replace('name = "wall"\nrole = "primary"\nmargin = "3%"', 'name = "wall"')
        self.write("example.toml", text)
        return self.assay("run", "example.toml", "--json")

    def test_compares_the_steady_state_alone(self):
        ended = self.run_iterations()
        self.assertEnds(ended, OK)
        metric = ended.json()["workloads"][0]["metrics"][0]
        # The warm-ups would make it 11 % less: treatment's is longer.
        self.assertAlmostEqual(metric["effect"]["percent"], -20, delta=1)
        steadiness = metric["steadiness"]
        self.assertEqual(steadiness["control"]["warm-up"], metric["control"]["n"])
        self.assertEqual((steadiness["control"]["median_start"], steadiness["treatment"]["median_start"]), (40, 60))

    def test_keeps_in_the_record_what_it_takes_to_compute_it_again(self):
        self.run_iterations()
        self.assertEnds(self.assay("verify"), OK)
        trial = self.record("0001-example.json")["blocks"][0]["trials"][0]
        self.assertEqual(trial["steady"][0]["class"], "warm-up")
        self.assertLess(len(trial["steady"][0]["from"]), 40)

    def test_claims_nothing_where_treatment_never_becomes_steady(self):
        ended = self.run_iterations(never=True)
        self.assertEnds(ended, INCONCLUSIVE)
        self.assertEqual(ended.json()["verdict_reason"], "no-steady-state")
        notes = [found["note"] for found in ended.json()["diagnostics"] if found["name"] == "steady-state"]
        self.assertIn("no steady state in", notes[0])
        self.assertIn("some trials never reached a steady state", self.assay("show", "1").out)

    def test_fails_trials_with_too_few_iterations(self):
        ended = self.run_iterations(length=10)
        self.assertEnds(ended, INVALID)
        record = self.record("0001-example.json")
        self.assertIn("10 iterations: a steady state is looked for in 40 or more",
                      record["blocks"][0]["trials"][0]["outcome"]["detail"])


if __name__ == "__main__":
    unittest.main()
