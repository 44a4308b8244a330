#!/usr/bin/python3
"""The stories of examples/ run to their ends, with shorter sleeps and caps than a person would wait for.

stories_test.py --long tells them in full.
"""

import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import OK, PROGRAM, CliTest  # noqa: E402

EXAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples")


IS_LONG = "--long" in sys.argv


class Story(CliTest):
    def tell(self, name, **shorter):
        environment = {} if IS_LONG else shorter
        self.lab = self.path("lab")
        done = subprocess.run(["sh", os.path.join(EXAMPLES, name, "story.sh"), PROGRAM, self.lab],
                              env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                              timeout=7200 if IS_LONG else 600)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def result(self, which):
        answer = self.assay("show", which, "--json", cwd=self.lab)
        self.assertEnds(answer, OK)
        return answer.json()


class TheWorkerPool(Story):
    def test_is_vetoed_by_a_guard_mended_kept_and_challenged(self):
        told = self.tell("worker-pool", SETTLING="300", CLAIM="1.2x")
        first = self.result("worker-pool")
        self.assertEqual((first["verdict"], first["decision"], first["reason"]), ("improved", "discard", "guard"))
        guards = {metric["name"]: metric["guard"] for metric in first["workloads"][0]["metrics"] if "guard" in metric}
        self.assertEqual(guards["all_done"], "failed")
        self.assertIn("fresh clone", told)
        self.assertIn("grade     confirmed", told)
        with open(os.path.join(self.lab, "REVIEW.md"), encoding="utf-8") as file:
            self.assertIn("challenger: reviewer@example.org", file.read().replace("\\", ""))
        self.assertEnds(self.assay("verify", cwd=self.lab), OK)


class TheParallelTests(Story):
    """A twentieth of a millisecond is too short for the tests to be compared; a millisecond a unit is enough."""

    def test_are_invalid_until_a_test_is_mended_and_exaggerated_then(self):
        told = self.tell("parallel-tests", WEIGHT="20", CAP="8")
        first, second = told.split("== Act 2")
        self.assertIn("grade     invalid: treatment fails, or fails checks, where control does not", first)
        self.assertRegex(first, r"in treatment only: \(empty\) > test-41 \([1-9]\d* of \d+ trials\)")
        self.assertRegex(first, r"in both arms: \(empty\) > test-17 \([1-9]\d* of \d+ trials of control, [1-9]\d* of")
        good = re.search(r"measured  .*; ([\d.]+)x better in the \d+ blocks in which nothing failed: no grade", first)
        self.assertTrue(good, first)
        self.assertGreater(float(good[1]), 0)
        graded = re.search(r"grade     exaggerated: .* the largest claim that these blocks confirm is ([\d.]+)x", second)
        self.assertTrue(graded, second)
        claim = self.result("parallel-tests")["challenge"]
        self.assertAlmostEqual(float(graded[1]), 1 + (claim["measured"]["low"] - 1) / 0.9, delta=0.01)
        self.assertIn("all 81 tests ran and passed: passed", second)
        self.assertRegex(second, r"test-17 passes(: | +)")
        self.assertNotIn("test-41", second)
        with open(os.path.join(self.lab, "REVIEW.md"), encoding="utf-8") as file:
            review = file.read().replace("\\", "")
        self.assertIn("nothing failed: no grade", review)
        self.assertIn("in both arms: (empty) > test-17", review)
        self.assertEnds(self.assay("verify", cwd=self.lab), OK)


class TheMeasuredPipeline(Story):
    """The short form has two recipes, warm."""

    def test_goes_from_a_baseline_to_a_milestone_that_another_actor_confirmed(self):
        told = self.tell("measured-pipeline", SHORT="1")
        before, after = told.split("== Somebody else")
        self.assertIn("check no run sees another's sessions: failed in 3 trials (control 0, treatment", before)
        self.assertIn("compress is decided, a dead end", before)
        self.assertRegex(before, r"fast-pipeline is not done: .*T1: it holds, and no other actor has confirmed it")
        self.assertIn("T6: no cumulative gain of pipeline in local against 0001-baseline; T7", before)
        self.assertIn("there is no claim CLAIM-portal", before)
        with open(os.path.join(self.lab, "REVIEW.md"), encoding="utf-8") as file:
            entries = re.findall(r"(?ms)^## \d{4} confirmed: (.*?)^<!-- assay:record", file.read())
        for what in ("baseline pipeline", "attribution docs/perf/attribution.md, pipeline", "decision compress",
                     "adoption readiness", "adoption sign-on-realms", "target page/warm/wall/median",
                     r"wall of pipeline \(\w+, warm\), now against baseline", r"trials of pipeline \(portal, warm\)"):
            confirmed = [entry for entry in entries if re.match(what, entry)]
            self.assertTrue(confirmed, what)
            for entry in confirmed:
                self.assertIn("- challenger: eve@example.org (another actor)", entry)
                self.assertIn("- signature: eve@example.org, key ", entry)
        self.assertRegex(after, r"## DONE \d{4}-\d\d-\d\d \(record \d{4}\): fast-pipeline")
        self.assertNotIn("NO LONGER HOLDS", after)
        with open(os.path.join(self.lab, "docs/perf/README.md"), encoding="utf-8") as file:
            model = file.read()
        self.assertIn("- env SIGN_ON: own -> realm", model)
        self.assertIn("Try it again only if one of these no longer holds: the reader is on the same machine", model)
        self.assertEnds(self.assay("verify", cwd=self.lab), OK)

    def test_has_valid_files_for_the_long_form_too(self):
        folder = os.path.join(EXAMPLES, "measured-pipeline")
        experiments = [name for name in os.listdir(folder) if name.endswith(".toml") and name != "milestones.toml"]
        self.assertEqual(len(experiments), 6)
        for name in experiments:
            self.assertEnds(self.assay("check", name, cwd=folder), OK)


if __name__ == "__main__":
    unittest.main(argv=[one for one in sys.argv if one != "--long"])
