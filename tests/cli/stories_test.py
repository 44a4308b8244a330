#!/usr/bin/python3
"""The stories of examples/ run to their ends, with shorter sleeps and caps than a person would wait for."""

import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import OK, PROGRAM, CliTest  # noqa: E402

EXAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples")


class Story(CliTest):
    def tell(self, name, **environment):
        del self.environment["ASSAY_ACTOR"]
        self.lab = self.path("lab")
        done = subprocess.run(["sh", os.path.join(EXAMPLES, name, "story.sh"), PROGRAM, self.lab],
                              env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=600)
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
    def test_are_invalid_until_a_test_is_mended_and_graded_then(self):
        told = self.tell("parallel-tests", WEIGHT="40", CAP="6")
        acts = told.split("== Act 2")
        self.assertIn("test-41 failed", acts[0])
        self.assertIn("grade     invalid", acts[0])
        self.assertRegex(acts[1], r"grade     (exaggerated|refuted|inconclusive)")
        self.assertIn("all 81 tests ran and passed: passed", acts[1])
        self.assertEnds(self.assay("verify", cwd=self.lab), OK)


if __name__ == "__main__":
    unittest.main()
