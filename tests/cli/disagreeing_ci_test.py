#!/usr/bin/python3
"""examples/disagreeing-ci: two environments, a relaxed limit, and the fix that helps in both.

disagreeing_ci_test.py --long tells it in full, with as many blocks as its files allow.
"""

import glob
import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import PROGRAM, CliTest  # noqa: E402

STORY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "disagreeing-ci", "story.sh")
IS_LONG = "--long" in sys.argv
LIMIT = "dispatch/warm/dispatch/median: at most 1.00 ms"


class DisagreeingCi(CliTest):
    def test_is_told_to_its_end(self):
        # CI is set, as it is in a job of a CI: the story says by itself what is CI.
        ended = subprocess.run([STORY, PROGRAM, self.path("lab")], text=True, check=False,
                               timeout=3600 if IS_LONG else 600,
                               env={**self.environment, "BLOCKS": "" if IS_LONG else "16", "CI": "true"},
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(ended.returncode, 0, ended.stdout)
        records = []
        for name in sorted(glob.glob(self.path("lab/.assay/records/*.json"))):
            with open(name, encoding="utf-8") as file:
                records.append(json.load(file))
        kept = {(one["plan"]["id"], one["plan"]["environment_name"]): one["result"]["decision"]
                for one in records if "plan" in one and "result" in one}
        self.assertEqual(set(kept), {(experiment, environment) for environment in ("local", "ci")
                                     for experiment in ("one-of-seven", "four-of-seven", "all-seven")}, ended.stdout)
        if len(os.sched_getaffinity(0)) > 1:  # a part for each CPU is shorter where there are several, and CI has one
            self.assertEqual(kept["one-of-seven", "local"], "keep", ended.stdout)
        self.assertNotEqual(kept["one-of-seven", "ci"], "keep", ended.stdout)
        self.assertEqual(kept["all-seven", "local"], "keep", ended.stdout)
        self.assertEqual(kept["all-seven", "ci"], "keep", ended.stdout)
        kinds = [one.get("kind") for one in records]
        self.assertIn("relaxation", kinds)
        self.assertIn("restoration", kinds)
        self.check_parts(ended.stdout.split("\n== ")[1:])

    def check_parts(self, parts):
        report, _, carried, _, parity, first, relaxed, four, _, restored, _ = parts
        self.assertIn("two single figures are not comparable", report)
        self.assertIn("this machine is not of the environment ci", carried)
        if len(os.sched_getaffinity(0)) > 1:
            self.assertIn("ci and local: differs by environment; ", parity)
        self.assertIn("It is not carried to another.", parity)
        for part in (first, four, restored):  # each environment has its own reading
            self.assertRegex(part, LIMIT + r".* in \d{4}-\S+, ci: ")
            self.assertRegex(part, LIMIT + r".* in \d{4}-\S+, local: ")
        self.assertRegex(first, r", ci: missed; (no stage met|stage at most \S+ ms met)")
        for part in (relaxed, four):
            self.assertRegex(part, r"RELAXED to at most 8\.00 ms until \d{4}-\d\d-\d\d, by \S+")
        self.assertRegex(four, r", local: \S.*; stage at most [24]\.00 ms met")
        self.assertNotIn("RELAXED", restored)
        self.assertRegex(restored, r", ci: met; stage at most 2\.00 ms met")


if __name__ == "__main__":
    unittest.main(argv=[one for one in sys.argv if one != "--long"])
