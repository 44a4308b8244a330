#!/usr/bin/python3
"""Where the time of an experiment's arms goes: kept with its trials, shown, rendered, verified and challenged."""

import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INCONCLUSIVE, INVALID, OK, WORSE, CliTest, experiment_text  # noqa: E402

ATTRIBUTION = "docs/perf/attribution.md"
SCRIPT = """
assay-span pull -- sleep ${PULL:-0.06}
test -n "$WITHOUT_START" || assay-span start -- sleep 0.02
"""
PHASED = 'command = ["/bin/sh", "deploy.sh"]\n'
PULL = """
[[metric]]
name = "pull"
from = "spans:duration(pull)"
[protocol]
blocks = 6
"""
SHORTER = """
kind = "env"
name = "PULL"
control = "0.06"
treatment = "0.03"
"""


class AttributionTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        self.write("deploy.sh", SCRIPT)

    def run_once(self, more=PULL, variable=SHORTER):
        self.write("deploy.toml", experiment_text(PHASED, more, variable))
        ended = self.assay("run", "deploy.toml")
        self.assertIn(ended.code, (OK, WORSE, INCONCLUSIVE, INVALID), ended.err)  # what it came to is not asked here
        return "0001-example"


class IsShown(AttributionTest):
    def test_for_each_arm_and_for_the_difference(self):
        self.run_once()
        shown = self.assay("show", "example", "--phases", "--json").json()
        self.assertEqual([arm["arm"] for arm in shown["arms"]], ["control", "treatment"])
        control = shown["arms"][0]["workloads"][0]
        self.assertEqual([phase["name"] for phase in control["phases"]], ["pull", "start", None])
        change = shown["changes"][0]["workloads"][0]
        self.assertEqual(change["blocks"], 6)
        self.assertEqual(change["phases"][0]["name"], "pull")
        self.assertAlmostEqual(sum(phase["change_seconds"] for phase in change["phases"]), change["change_seconds"],
                               places=9)
        interval = change["phases"][0]["change_in_a_block_seconds"]["interval"]
        self.assertLess(interval["high"], -0.02)

    def test_as_text(self):
        self.run_once()
        shown = self.assay("show", "example", "--phases")
        self.assertEnds(shown, OK)
        self.assertRegex(shown.out, r"(?m)^control\nwork \(warm\): mean .* a run, 6 runs\n  pull ")
        self.assertRegex(shown.out, r"(?m)^treatment against control\nwork \(warm\): mean .*, in 6 blocks\n  pull .*% of the "
                                    r"change, -.* to -.* in a block$")

    def test_from_any_arm(self):
        self.run_once()
        back = self.assay("show", "example", "--against", "treatment", "--json").json()["changes"]
        self.assertEqual([(change["before"], change["after"]) for change in back], [("treatment", "control")])
        self.assertGreater(back[0]["workloads"][0]["change_seconds"], 0.02)
        self.assertFails(self.assay("show", "example", "--against", "0.04"), ERROR, "its arms are control, treatment")

    def test_not_if_no_trial_was_measured(self):
        self.write("deploy.sh", SCRIPT + "exit 3\n")
        self.run_once()
        self.assertFails(self.assay("show", "example", "--phases"), ERROR, "no trial of 0001-example was measured",
                         "assay show 1")

    def test_with_a_phase_that_vanished_in_one_arm(self):
        self.run_once(variable='kind = "env"\nname = "WITHOUT_START"\ncontrol = ""\ntreatment = "yes"\n')
        change = self.assay("show", "example", "--phases", "--json").json()["changes"][0]["workloads"][0]
        start = next(phase for phase in change["phases"] if phase["name"] == "start")
        self.assertTrue(start["only_before"])
        self.assertEqual(start["after_seconds"], 0)

    def test_only_if_a_metric_reads_spans(self):
        self.run_once(more="[protocol]\nblocks = 6\n")
        self.assertFails(self.assay("show", "example", "--phases"), ERROR, "no metric of 0001-example is read from spans")
        self.assertNotIn('"phases"', self.read(".assay/records/0001-example.json"))


class IsADocument(AttributionTest):
    def setUp(self):
        super().setUp()
        self.name = self.run_once()
        self.assertFalse(os.path.exists(self.path(ATTRIBUTION)))  # this lab has no pipeline yet
        self.assertEnds(self.assay("verify"), OK)
        self.assertEnds(self.assay("baseline", "deploy.toml", "--runs", "6"), OK)

    def edit(self, pattern, replacement):
        text = self.read(ATTRIBUTION)
        changed = re.sub(pattern, replacement, text, count=1, flags=re.MULTILINE)
        self.assertNotEqual(changed, text)
        self.write(ATTRIBUTION, changed)

    def test_beside_the_baselines(self):
        text = self.read(ATTRIBUTION)
        self.assertRegex(text, r"(?m)^## 0001 example in local: control, treatment$")
        self.assertRegex(text, r"(?m)^### work: treatment against control$")
        self.assertRegex(text, r"(?m)^\| pull \| -.* ms \| .* % \| -.* to -.* \| .* % \|$")
        self.assertRegex(text, r"(?m)^Levers of control, by the data:$")
        self.assertEnds(self.assay("verify"), OK)
        self.assertEnds(self.assay("render"), OK)
        self.assertEqual(self.read(ATTRIBUTION), text)

    def test_in_which_one_edited_digit_is_found(self):
        self.edit(r"^(\| pull \| -)\d", r"\g<1>9")
        ended = self.assay("verify")
        self.assertNotEqual(ended.code, OK)
        self.assertIn("0001-example", ended.out + ended.err)

    def test_that_can_be_challenged(self):
        reviews = self.assay("challenge", ATTRIBUTION, "--actor", "bob", "--json", "--yes").json()
        self.assertEqual([review["grade"] for review in reviews["reviews"]], ["confirmed", "confirmed"])
        self.assertEnds(self.assay("verify"), OK)
        self.edit(r"^(\| pull \| -)\d", r"\g<1>9")
        ended = self.assay("challenge", ATTRIBUTION, "--actor", "bob", "--json", "--yes")
        self.assertEqual([review["grade"] for review in ended.json()["reviews"]], ["refuted", "confirmed"])
        self.assertEnds(self.assay("render"), OK)
        self.edit(r"^(- work \(warm\): mean \d)", r"\g<1>9")
        ended = self.assay("challenge", ATTRIBUTION, "--actor", "bob", "--json", "--yes")
        self.assertEqual([review["grade"] for review in ended.json()["reviews"]], ["refuted", "confirmed"])


if __name__ == "__main__":
    unittest.main()
