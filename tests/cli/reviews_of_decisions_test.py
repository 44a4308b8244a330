#!/usr/bin/python3
"""Decisions, gains and claims of a milestone measured again by somebody else: each fault fails only its own criterion.

All differences are of factors of three, between sleeps, so that what runs beside these tests alters them little."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import OK, WORSE, experiment_text  # noqa: E402
from reviews_test import BY_CHANCE, WORKLOAD, ReviewTest  # noqa: E402

READY = 'kind = "env"\nname = "READY_MODE"\ncontrol = "sleep"\ntreatment = "{treatment}"'
# A third of the time, and both long beside what a busy machine adds: the near end of the interval is confirmed.
BY_MODE = 'if [ "${READY_MODE:-sleep}" = poll ]; then sleep 0.1; else sleep 0.3; fi\n'
PROTOCOL = '[protocol]\nseed = "7"\nmax_blocks = 12\nattempts = {attempts}\n'
BASELINE = """[[milestone.criterion]]
name = "T1"
kind = "baseline"
experiment = "example"
"""
DECIDED = """
[[milestone]]
name = "decided"
[[milestone.criterion]]
name = "D"
kind = "decided"
experiment = "example"
"""
CLAIMED = """
[[milestone.criterion]]
name = "C"
kind = "claim"
claim = "{claim}"
"""
ADOPTED = """
[[milestone.criterion]]
name = "A"
kind = "adopted"
experiment = "example"
"""


class OfDecisions(ReviewTest):
    def setUp(self):
        super().setUp()
        self.switch = self.path("switch")  # of no revision: what it changes, the records do not show

    def turn_switch(self):
        with open(self.switch, "w", encoding="utf-8"):
            pass

    def run_experiment(self, treatment, decision, attempts=2, script=BY_MODE):
        self.put("deploy.sh", script)
        self.put("deploy.conf", "READY_MODE=poll\n")
        self.put("deploy.toml", experiment_text(WORKLOAD, PROTOCOL.format(attempts=attempts),
                                                READY.format(treatment=treatment), margin="20%"))
        self.commit("an experiment")
        answer = self.run_assay("run", "deploy.toml", "--json")
        self.assertEqual(answer.json()["decision"], decision)

    def grades(self, folder, code=OK):
        answer = self.run_assay("challenge", "decided", "--yes", "--json", folder=folder)
        self.assertEnds(answer, code)
        self.assertEnds(self.run_assay("verify", folder=folder), OK)
        return {one["criterion"]: one["grade"] for one in answer.json()["criteria"]}

    def test_measure_the_effect_of_a_keep_and_look_for_what_was_adopted(self):
        self.run_experiment("poll", "keep")
        self.assertEnds(self.run_assay("decide", "--adopt", "1", "--commit", "HEAD", "--in", "deploy.conf"), OK)
        self.put("milestones.toml", DECIDED + ADOPTED)
        self.commit("an adoption")
        bob = self.clone()
        self.assertEqual(self.grades(bob), {"D": "confirmed", "A": "confirmed"})
        self.put("deploy.conf", "READY_MODE=sleep\n")
        self.commit("a change that was lost")
        carol = self.clone("carol", "carol@example.org")
        self.assertEqual(self.grades(carol, WORSE), {"D": "confirmed", "A": "refuted"})
        self.assertIn("deploy.conf", self.text(carol, "REVIEW.md"))

    def test_measure_a_gain_again_as_a_claim_in_each_cell(self):
        self.measure_gain("sleep 0.1\n")
        bob = self.clone()
        self.assertEqual(self.grades(bob), {"T1": "confirmed", "D": "confirmed"})
        self.assertIn("confirmed: wall of example", self.text(bob, "REVIEW.md"))

    def test_a_gain_that_is_not_there_fails_its_own_criterion_and_no_other(self):
        self.measure_gain(f"if test -e {self.switch}; then sleep 0.3; else sleep 0.1; fi\n")
        self.turn_switch()
        bob = self.clone()
        self.assertEqual(self.grades(bob, WORSE), {"T1": "confirmed", "D": "refuted"})
        self.assertIn("refuted: wall of example", self.text(bob, "REVIEW.md"))

    def measure_gain(self, faster):
        self.put("deploy.sh", BY_CHANCE + "sleep 0.3\n")
        self.put("deploy.toml", experiment_text(WORKLOAD.splitlines()[0], PROTOCOL.format(attempts=2)))
        gain = DECIDED.replace('"decided"\nexp', '"gain"\npercent = 20\nexp')
        self.put("milestones.toml", gain.replace("[[milestone.criterion]]", BASELINE + "[[milestone.criterion]]"))
        self.commit("slow")
        self.baseline()
        self.put("deploy.sh", BY_CHANCE + faster)
        self.commit("fast")
        self.assertEnds(self.run_assay("baseline", "deploy.toml", "--against", "1"), OK)
        self.commit("a gain")

    def test_an_effect_that_is_not_there_fails_its_own_criterion_and_no_other(self):
        self.run_experiment("poll", "keep", script=BY_MODE.replace(" = poll ]", f" = poll ] && test ! -e {self.switch}"))
        self.assertEnds(self.run_assay("decide", "--adopt", "1", "--commit", "HEAD", "--in", "deploy.conf"), OK)
        self.put("milestones.toml", DECIDED + ADOPTED)
        self.commit("an adoption")
        self.turn_switch()
        bob = self.clone()
        self.assertEqual(self.grades(bob, WORSE), {"D": "refuted", "A": "confirmed"})
        self.assertIn("refuted: wall of example", self.text(bob, "REVIEW.md"))

    def test_a_claim_that_does_not_hold_fails_its_own_criterion_and_no_other(self):
        self.put("deploy.sh", BY_CHANCE + f'test "${{READY_MODE:-sleep}}" != poll || test ! -e {self.switch}\n')
        self.put("deploy.toml", experiment_text(WORKLOAD, PROTOCOL.format(attempts=2), READY.format(treatment="poll")))
        self.commit("an experiment")
        self.baseline()
        claim = self.run_assay("claim", "--experiment", "deploy.toml", "--correct", "HEAD", "--quiet").out.strip()
        self.put("milestones.toml", '[[milestone]]\nname = "decided"\n' + BASELINE + CLAIMED.format(claim=claim))
        self.commit("a claim")
        self.assertEqual(self.grades(self.clone()), {"T1": "confirmed", "C": "confirmed"})
        self.turn_switch()
        carol = self.clone("carol", "carol@example.org")
        self.assertEqual(self.grades(carol, WORSE), {"T1": "confirmed", "C": "refuted"})

    def test_work_a_dead_end_out_again_from_its_blocks(self):
        self.run_experiment("other", "discard", attempts=1)
        self.put("milestones.toml", DECIDED)
        self.commit("a dead end")
        bob = self.clone()
        self.assertEqual(self.grades(bob), {"D": "confirmed"})
        self.assertIn("confirmed: decision example in local", self.text(bob, "REVIEW.md"))


if __name__ == "__main__":
    unittest.main()
