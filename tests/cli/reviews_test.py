#!/usr/bin/python3
"""Baselines, attributions and documents challenged by somebody else: each fault is found by name, and fails only its
own review."""

import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INVALID, OK, REFUSED, WORSE, experiment_text  # noqa: E402
from two_actors import TwoActorsTest  # noqa: E402

WORKLOAD = 'command = ["/bin/sh", "deploy.sh"]\ninputs = ["deploy.sh"]\n'
# From 20 to 90 ms by chance, so that intervals overlap however busy the machine is.
BY_CHANCE = "sleep 0.0$(( $(od -An -N1 -tu1 /dev/urandom) % 8 + 2 ))\n"
PULL = f"assay-span pull -- {BY_CHANCE}"
WHOLE = PULL + "assay-span start -- sleep 0.01\n"
HALF = PULL + "ASSAY_SPANS=/dev/null assay-span start -- sleep 0.01\n"
ATTRIBUTION = "docs/perf/attribution.md"


class ReviewTest(TwoActorsTest):
    """Alice has measured a baseline; Bob's key was there before."""

    def setUp(self):
        super().setUp()
        self.put("deploy.sh", WHOLE)
        self.put("deploy.toml", experiment_text(WORKLOAD))
        self.commit("a lab")
        self.introduce()

    def baseline(self):
        """A baseline of Alice's that is committed; its name."""
        answer = self.run_assay("baseline", "deploy.toml", "--runs", "6", "--json")
        self.assertEnds(answer, OK)
        self.commit("a baseline")
        return answer.json()["record_name"]

    def review(self, which, code, folder, *words):
        answer = self.challenge(which, code, *words, folder=folder)
        self.assertEqual(len(answer["reviews"]), 1)
        self.assertEqual(answer["grade"], answer["reviews"][0]["grade"])
        return answer["reviews"][0]

    def faults(self, review):
        return [(item["aspect"], item.get("name", ""), item["fault"]) for item in review["items"]
                if item["fault"] != "none"]

    def status(self, folder, code):
        answer = self.run_assay("status", "--json", "--strict", "--fresh", "24h", folder=folder)
        self.assertEnds(answer, code)
        return [(one["subject"], one["standing"]) for one in answer.json()["challenged"]]


class OfABaseline(ReviewTest):
    def test_measures_every_cell_again_at_its_revision(self):
        revision = self.git("rev-parse", "HEAD")
        baseline = self.baseline()
        self.put("deploy.sh", "exit 1\n")
        self.commit("everything is different")
        bob = self.clone()
        review = self.review(baseline, OK, bob)
        self.assertEqual((review["grade"], review["independence"]), ("confirmed", "other-actor"))
        self.assertEqual((review["claimant"], review["revision"]), ("alice@example.org", revision))
        self.assertEqual([item["aspect"] for item in review["items"]],
                         ["trials", "interval", "phase", "phase", "sum", "clock"])
        text = self.text(bob, "REVIEW.md")
        for said in ("confirmed: baseline example in local", "bob@example.org (another actor)",
                     "a fresh clone at " + revision, "6 trials of 1 cell under a new seed"):
            self.assertIn(said, text)
        self.assertEnds(self.run_assay("verify", folder=bob), OK)
        self.assertEqual(self.status(bob, WORSE), [("baseline", "unsigned")])
        self.assertEnds(self.run_assay("sign", review["record_name"], folder=bob), OK)
        self.assertEqual(self.status(bob, OK), [("baseline", "verified")])
        self.assertEnds(self.run_assay("verify", folder=bob), OK)
        self.put("REVIEW.md", self.text(bob, "REVIEW.md").replace("6 trials of 1", "7 trials of 1"), folder=bob)
        self.assertFails(self.run_assay("verify", folder=bob), INVALID, "REVIEW.md:",
                         "the first figure that no record carries is 7, for 6")

    def test_names_a_phase_that_was_dropped_and_leaves_the_attribution_alone(self):
        self.put("deploy.sh", HALF)  # and the commit that the baseline names has both phases
        baseline = self.baseline()
        self.put("deploy.sh", WHOLE)
        self.commit("as it was")
        bob = self.clone()
        review = self.review(baseline, WORSE, bob)
        self.assertEqual(self.faults(review), [("phase", "start", "missing")])
        self.assertIn("phase start of work (warm)", review["grade_text"])
        self.assertEqual(self.review(ATTRIBUTION, OK, bob)["grade"], "confirmed")
        self.assertEqual(self.status(bob, WORSE), [("baseline", "refuted"), ("attribution", "unsigned")])
        self.assertEnds(self.run_assay("verify", folder=bob), OK)

    def test_runs_nothing_before_it_was_agreed_to(self):
        baseline = self.baseline()
        bob = self.clone()
        before = self.records(bob)
        answer = self.run_assay("challenge", baseline, folder=bob)
        self.assertEnds(answer, ERROR)
        self.assertIn("--yes", answer.err)
        self.assertIn("trial: /bin/sh deploy.sh", answer.out)
        self.assertEqual(self.records(bob), before)

    def test_is_a_self_check_by_whoever_measured_it(self):
        baseline = self.baseline()
        self.assertEqual(self.review(baseline, OK, self.alice)["independence"], "self-check")
        self.assertEqual(self.status(self.alice, WORSE), [("baseline", "self-checked")])

    def test_says_nothing_about_another_environment(self):
        self.assertFails(self.run_assay("challenge", self.baseline(), "--environment", "ci", "--yes"), REFUSED,
                         "local")


class OfAnAttribution(ReviewTest):
    def edit(self, folder, pattern, replacement):
        text = self.text(folder, ATTRIBUTION)
        changed = re.sub(pattern, replacement, text, count=1, flags=re.MULTILINE)
        self.assertNotEqual(changed, text)
        self.put(ATTRIBUTION, changed, folder=folder)

    def test_holds_as_it_was_rendered_and_runs_nothing(self):
        self.baseline()
        bob = self.clone()
        answer = self.run_assay("challenge", ATTRIBUTION, folder=bob)
        self.assertEnds(answer, OK)
        self.assertRegex(answer.out, r"holds +rank of pull of work: stated 1, found 1")
        self.assertRegex(answer.out, r"holds +share of start of work \(warm\): stated .* %")
        self.assertRegex(answer.out, r"holds +lever 1: stated pull: ")
        self.assertIn("confirmed: attribution", self.text(bob, "REVIEW.md"))
        self.assertEnds(self.run_assay("verify", folder=bob), OK)

    def test_names_an_edited_rank_and_leaves_the_baseline_alone(self):
        baseline = self.baseline()
        bob = self.clone()
        self.edit(bob, r"^(\| pull .*\n)(\| start .*\n)", r"\2\1")
        review = self.review(ATTRIBUTION, WORSE, bob)
        self.assertEqual(self.faults(review), [("rank", "pull", "differs"), ("rank", "start", "differs")])
        self.assertEqual(self.review(baseline, OK, bob)["grade"], "confirmed")
        self.assertEnds(self.run_assay("render", folder=bob), OK)
        self.assertEqual(self.review(ATTRIBUTION, OK, bob)["number"], 2)
        self.assertEqual(self.status(bob, WORSE), [("attribution", "unsigned"), ("baseline", "unsigned")])

    def test_names_an_edited_lever_and_an_edited_share(self):
        self.baseline()
        bob = self.clone()
        self.edit(bob, r"^1\. pull: ", "1. start: ")
        self.assertEqual(self.faults(self.review(ATTRIBUTION, WORSE, bob)), [("lever", "1", "differs")])
        self.assertEnds(self.run_assay("render", folder=bob), OK)
        self.edit(bob, r"^(\| pull \|.*?)\d( %)", r"\g<1>x\2")
        self.assertEqual(self.faults(self.review(ATTRIBUTION, WORSE, bob)), [("share", "pull", "differs")])

    def test_needs_a_document_and_phases(self):
        self.assertFails(self.run_assay("challenge", ATTRIBUTION, "--yes"), ERROR, ATTRIBUTION)
        self.put("deploy.sh", "true\n")
        self.baseline()
        self.put(ATTRIBUTION, "# Attribution\n")
        self.assertFails(self.run_assay("challenge", ATTRIBUTION), ERROR, "no attempt reported a phase")


class OfADocument(ReviewTest):
    README = "docs/perf/README.md"

    def commands(self, review):
        return [(item["of"], item["found"]) for item in review["items"] if item["aspect"] == "command"]

    def write_commands(self, folder, commands):
        """Documents of people may have such a heading, too."""
        self.put("HOWTO.md", "# Deploying\n\n## Measure again\n\n" + "".join(f"- `{one}`\n" for one in commands),
                 folder=folder)

    def test_runs_its_commands_in_a_clean_clone_and_holds_what_they_measure_against_the_baseline(self):
        self.baseline()
        bob = self.clone()
        self.write_commands(bob, ["assay baseline deploy.toml --runs 6", "test ! -e HOWTO.md && test -z \"$SECRET\""])
        before = len(self.records(bob))
        review = self.review("HOWTO.md", OK, bob)
        self.assertEqual([found for _, found in self.commands(review)], ["exited 0", "exited 0"])
        self.assertEqual([item["aspect"] for item in review["items"]],
                         ["command", "command", "trials", "interval", "phase", "phase", "sum", "clock"])
        self.assertEqual(len(self.records(bob)), before + 1)
        self.assertIn("confirmed: document HOWTO.md", self.text(bob, "REVIEW.md"))
        self.assertEnds(self.run_assay("verify", folder=bob), OK)

    def test_holds_as_assay_renders_it(self):
        self.baseline()
        review = self.review(self.README, OK, self.clone())
        self.assertEqual([command for command, _ in self.commands(review)],
                         ["assay show 0001-baseline --phases", "assay baseline deploy.toml", "assay status",
                          "assay verify"])
        self.assertNotIn("gain", " ".join(review["not_again"]))

    def test_leaves_out_a_gain_if_no_change_was_adopted(self):
        self.baseline()
        bob = self.clone()
        self.write_commands(bob, ["assay baseline deploy.toml --against 0001-baseline", "assay verify"])
        review = self.review("HOWTO.md", OK, bob)
        self.assertEqual([command for command, _ in self.commands(review)], ["assay verify"])
        self.assertIn("no change was adopted, so there is no gain to measure", review["not_again"][0])

    def test_names_a_dead_command_and_leaves_baseline_and_attribution_alone(self):
        baseline = self.baseline()
        bob = self.clone()
        readme = self.text(bob, self.README)
        dead = "assay baselines deploy.toml"
        self.put(self.README, readme.replace("`assay baseline deploy.toml`", f"`{dead}`"), folder=bob)
        review = self.review(self.README, WORSE, bob)
        faulty = [item["of"] for item in review["items"] if item["fault"] != "none"]
        self.assertEqual(faulty, [dead])
        self.assertIn(dead, review["grade_text"])
        self.assertEqual(self.review(ATTRIBUTION, OK, bob)["grade"], "confirmed")
        self.assertEqual(self.review(baseline, OK, bob)["grade"], "confirmed")

    def test_finds_figures_that_the_commands_do_not_give(self):
        self.baseline()
        self.put("deploy.sh", "assay-span pull -- sleep 0.5\nassay-span start -- sleep 0.01\n")
        self.commit("slower")
        bob = self.clone()
        self.write_commands(bob, ["assay baseline deploy.toml --runs 6"])
        self.assertEqual(self.faults(self.review("HOWTO.md", WORSE, bob)), [("interval", "wall", "apart")])

    def test_shows_what_it_will_run_and_runs_nothing_without_consent(self):
        self.baseline()
        bob = self.clone()
        self.write_commands(bob, ["touch /tmp/never"])
        answer = self.run_assay("challenge", "HOWTO.md", folder=bob)
        self.assertEnds(answer, ERROR)
        self.assertIn("--yes", answer.err)
        self.assertIn("  touch /tmp/never\n", answer.out)
        self.assertFails(self.run_assay("challenge", "deploy.toml", "--yes", folder=bob), ERROR, "Measure again")


TARGET = """
[[target]]
workload = "work"
state = "warm"
metric = "wall"
statistic = "median"
at_most = "{limit}"
"""
MILESTONE = """
[[milestone]]
name = "fast"
[[milestone.criterion]]
name = "T1"
kind = "baseline"
experiment = "example"
[[milestone.criterion]]
name = "T2"
kind = "attribution"
experiment = "example"
share = 0.1
[[milestone.criterion]]
name = "T3"
kind = "target"
target = "work/warm/wall/median"
"""


class OfAMilestone(ReviewTest):
    def setUp(self):
        super().setUp()
        self.put("deploy.toml", experiment_text(WORKLOAD, TARGET.format(limit="5 s")))
        self.put("milestones.toml", MILESTONE)
        self.commit("a milestone")

    def grades(self, folder, code):
        answer = self.challenge("fast", code, folder=folder)
        return {one["criterion"]: (one["grade"], one["why"]) for one in answer["criteria"]}, answer

    def test_challenges_every_criterion_with_an_entry_each(self):
        self.baseline()
        bob = self.clone()
        before = len(self.records(bob))
        grades, answer = self.grades(bob, OK)
        self.assertEqual([grade for grade, _ in grades.values()], ["confirmed"] * 3)
        self.assertEqual(len(self.records(bob)), before + 3)
        self.assertEnds(self.run_assay("verify", folder=bob), OK)
        done = ("decide", "--done", "fast", "--actor", "alice@example.org")
        self.assertFails(self.run_assay(*done, folder=bob), REFUSED, "T1", "T2", "T3")
        for one in answer["criteria"]:
            self.assertEnds(self.run_assay("sign", one["record_name"], folder=bob), OK)
        # Whoever signed them does not confirm them to himself under another name.
        self.assertFails(self.run_assay(*done, folder=bob), REFUSED, "T1", "T2", "T3")
        self.be("alice@example.org", bob)
        self.assertEnds(self.run_assay(*done, folder=bob), OK)

    def test_ends_with_a_table_and_names_what_is_missing(self):
        bob = self.clone()
        answer = self.run_assay("challenge", "fast", folder=bob)  # there is nothing to run
        self.assertEnds(answer, INVALID)
        self.assertRegex(answer.out, r"(?m)^  T1 +invalid +no entry")
        self.assertIn("no baseline of example in local", answer.out)

    def test_a_dropped_phase_fails_its_own_criterion_and_no_other(self):
        self.put("deploy.sh", HALF)
        self.baseline()
        self.put("deploy.sh", WHOLE)
        self.commit("as it was")
        grades, _ = self.grades(self.clone(), WORSE)
        self.assertEqual([grade for grade, _ in grades.values()], ["refuted", "confirmed", "confirmed"])
        self.assertIn("phase start", grades["T1"][1])

    def test_an_edited_rank_fails_its_own_criterion_and_no_other(self):
        self.baseline()
        bob = self.clone()
        text = self.text(bob, ATTRIBUTION)
        self.put(ATTRIBUTION, re.sub(r"(?m)^(\| pull .*\n)(\| start .*\n)", r"\2\1", text), folder=bob)
        grades, _ = self.grades(bob, WORSE)
        self.assertEqual([grade for grade, _ in grades.values()], ["confirmed", "refuted", "confirmed"])
        self.assertIn("rank of pull", grades["T2"][1])

    def test_a_target_that_is_missed_is_refuted_by_its_interval(self):
        self.put("deploy.toml", experiment_text(WORKLOAD, TARGET.format(limit="300 ms")))
        switch = self.path("switch")
        self.put("deploy.sh", WHOLE + f"test ! -e {switch} || sleep 0.5\n")
        self.commit("slow elsewhere")
        self.baseline()
        with open(switch, "w", encoding="utf-8"):
            pass
        grades, _ = self.grades(self.clone(), WORSE)
        self.assertEqual(grades["T3"][0], "refuted")
        self.assertIn("limit of work/warm/wall/median", grades["T3"][1])
        self.assertEqual(grades["T2"][0], "confirmed")


if __name__ == "__main__":
    unittest.main()
