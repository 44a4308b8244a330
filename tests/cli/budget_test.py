#!/usr/bin/python3
"""Budgets: what a trial may take of its node, in experiment files and environments, in results, and at adoption."""

import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INCONCLUSIVE, OK, REFUSED, CliTest, experiment_text  # noqa: E402

PROTOCOL = '[protocol]\nseed = "3"\nblocks = 6\n'
# Treatment is faster, and holds 24 MB long enough for a sampler, too.
WORK = """
import os, time
held = b"x" * 24_000_000 if os.environ.get("FAST") else b""
time.sleep(0.12 if held else 0.5)
"""
BUDGET = '[budget]\nmemory = "{}"\n'
RULES = '[[environment]]\nname = "local"\nbudget = {{ {} }}\n'


class BudgetTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        self.write("work.py", WORK)

    def measure(self, more="", *words):
        self.write("example.toml", experiment_text('command = ["/usr/bin/python3", "-S", "work.py"]', more + PROTOCOL))
        return self.assay("run", "example.toml", *words)

    def environment_budget(self, text):
        self.write(".assay/environments.toml", RULES.format(text))


# Twice the workers take half the time, up to 2; 8 hold 24 MB.
WORKERS = """
import sys, time
workers = int(sys.argv[1])
held = b"x" * 24_000_000 if workers == 8 else b""
time.sleep(0.8 / min(workers, 2))
"""


class OfLevels(BudgetTest):
    def test_the_text_names_the_knee_and_the_largest_inside_the_budget(self):
        self.write("workers.py", WORKERS)
        self.write("example.toml", experiment_text(
            'command = ["/usr/bin/python3", "-S", "workers.py", "{n}"]',
            BUDGET.format("16 MB") + PROTOCOL.replace("6", "8"),
            variable='kind = "level"\nname = "n"\nlevels = [1, 2, 4, 8]', margin="20%"))
        ended = self.assay("run", "example.toml", "--fail-on", "none")
        self.assertEnds(ended, OK)
        self.assertRegex(ended.out, r"(?m)^knee: n=2; by these estimates nothing beyond it gains")
        self.assertRegex(ended.out, r"(?m)^largest inside the budget and without memory pressure: n=4$")
        self.assertRegex(ended.out, r"(?m)^budget of memory: n=8: breached, ")
        self.assertNotIn("budget of memory: n=4", ended.out)


class InAResult(BudgetTest):
    def test_a_breach_is_a_guard_by_name(self):
        ended = self.measure(BUDGET.format("16 MB"), "--json", "--fail-on", "guard")
        result = ended.json()
        self.assertEqual((result["verdict"], result["decision"], result["reason"]), ("improved", "discard", "budget"))
        [use] = result["workloads"][0]["budget"]
        self.assertEqual((use["part"], use["standing"], use["limit"]), ("memory", "breached", 16e6))
        self.assertGreater(use["used"], 24e6)
        self.assertIn("over the budget: memory", self.assay("show", "1").out)
        self.assertRegex(self.assay("show", "1").out, r"budget of memory: breached, [23]\d(\.\d)? MB of 16\.0 MB")
        self.assertRegex(self.read("DECISIONS.md"), r"budget of memory: breached, [23]")
        self.assertEnds(self.assay("verify"), OK)

    def test_a_budget_that_is_kept_is_shown(self):
        ended = self.measure(BUDGET.format("1 GB") + "cpus = 2\n")
        self.assertEnds(ended, OK)
        self.assertIn("budget of memory: kept", ended.out)
        self.assertIn("budget of cpus: kept", ended.out)

    def test_the_smaller_limit_of_file_and_environment_counts(self):
        self.environment_budget('memory = "30 MB", cpus = 2')
        self.write("example.toml", experiment_text('command = ["true"]', BUDGET.format("16 MB") + PROTOCOL))
        self.assertRegex(self.assay("plan", "example.toml").out, r"budget +memory 16\.0 MB, 2 CPUs for each trial")

    def test_a_larger_budget_must_be_allowed(self):
        self.measure(BUDGET.format("16 MB"))
        refused = self.measure(BUDGET.format("1 GB"))
        self.assertFails(refused, REFUSED, "budget")


class InAFile(BudgetTest):
    def assertMistake(self, budget, *texts):
        self.write("example.toml", experiment_text('command = ["true"]', f"[budget]\n{budget}\n" + PROTOCOL))
        self.assertFails(self.assay("check", "example.toml"), ERROR, "example.toml:", *texts)

    def test_mistakes_are_told(self):
        self.assertMistake("memory = 5", "a size with its unit")
        self.assertMistake('memory = "0 B"', "above 0")
        self.assertMistake("cpus = -1", "a number of CPUs above 0")
        self.assertMistake('dsk = "1 GB"', "disk")
        self.assertMistake("", "it limits nothing")


class Adoption(BudgetTest):
    def setUp(self):
        super().setUp()
        self.environment.update({"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@t",
                                 "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@t"})
        for words in (["init", "--quiet"], ["commit", "--quiet", "--allow-empty", "-m", "first"]):
            subprocess.run(["git", *words], cwd=self.folder, env=self.environment, check=True)

    def adopt(self):
        return self.assay("decide", "--adopt", "1", "--commit", "HEAD", "--why", "it is in the console")

    def test_is_refused_while_a_budget_is_breached(self):
        self.assertEnds(self.measure(), OK)
        self.environment_budget('memory = "16 MB"')
        self.assertFails(self.adopt(), REFUSED, "0001-example cannot be adopted", "took ", "MB of memory",
                         "the budget of local is 16.0 MB")
        self.environment_budget('memory = "1 GB"')
        self.assertEnds(self.adopt(), OK)

    def test_of_a_change_that_was_discarded_for_it_names_the_figure(self):
        self.measure(BUDGET.format("16 MB"))
        self.assertFails(self.adopt(), REFUSED, "0001-example cannot be adopted", "MB of memory")


class DiskGrowth(BudgetTest):
    def test_is_a_metric_or_said_to_be_shared(self):
        metric = '[[metric]]\nname = "disk_growth"\n'
        self.write("example.toml", experiment_text(
            'command = ["/bin/dd", "if=/dev/zero", "of=large", "bs=1M", "count=8", "status=none"]',
            metric + PROTOCOL, margin="90%"))
        ended = self.assay("run", "example.toml", "--json")
        self.assertIn(ended.code, (OK, INCONCLUSIVE, 2), ended.err)
        trials = [trial for block in self.record(self.records()[0])["blocks"] for trial in block["trials"]]
        told = [trial for trial in trials if "disk_growth_bytes" in trial["usage"]]
        notes = " ".join(ended.json()["audit"]["notes"])
        self.assertEqual(len(told) < len(trials), "wrote to the same disks" in notes, notes)


if __name__ == "__main__":
    unittest.main()
