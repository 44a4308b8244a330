#!/usr/bin/python3
"""assay gate: a change against its base, judged by the rules of the base."""

import json
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INCONCLUSIVE, INVALID, OK, PROGRAM, REFUSED, WORSE, CliTest  # noqa: E402
from git_repository import Repository  # noqa: E402

EXPERIMENT = """
[experiment]
id = "work"
hypothesis = "The work does not get slower"
[variable]
kind = "revision"
control = "main"
treatment = "HEAD"
build = ["make"]
[[workload]]
name = "work"
command = ["./bench"]
output = "out"
[[metric]]
name = "cpu"
role = "primary"
margin = "3%"
[[check]]
name = "works"
kind = "command"
command = ["sh", "judge/check.sh"]
[protocol]
seed = "1"
max_blocks = 40
"""
POLICY = 'experiments = ["*.toml"]\njudges = ["judge/**"]\n'
CHECK = "test -x bench && ! grep -q BROKEN other.c\n"


class GateTest(CliTest):
    """A repository whose main branch has an experiment, a policy, and a program that takes some 20 ms."""

    def setUp(self):
        super().setUp()
        self.repository = Repository(self.path("app"))
        self.place = os.path.join(self.folder, "temporary")
        os.mkdir(self.place)
        self.environment["TMPDIR"] = self.place
        self.write_base()

    def write_base(self, policy=POLICY, experiment=EXPERIMENT):
        os.makedirs(self.repository.path("judge"), exist_ok=True)
        os.makedirs(self.repository.path(".assay"), exist_ok=True)
        self.put("work.toml", experiment)
        self.put("judge/check.sh", CHECK)
        self.put(".assay/gate.toml", policy)
        self.put(".gitignore", "bench\n*.o\nout\n")
        self.repository.commit("base")
        self.repository.git("branch", "--force", "base")

    def put(self, name, text):
        self.repository.write(name, text)

    def change(self, name, old, new):
        with open(self.repository.path(name), encoding="utf-8") as file:
            text = file.read()
        self.assertIn(old, text)
        self.put(name, text.replace(old, new, 1))

    def gate(self, *words, **options):
        return self.assay("gate", "--base", "base", *words, cwd=self.repository.folder, **options)

    def judged(self, code, *words, **options):
        ended = self.gate("--json", *words, **options)
        self.assertEnds(ended, code)
        self.assertEqual(os.listdir(self.place), [], "left behind")
        return ended.json()

    def outcomes(self, result):
        return {one["file"]: one["outcome"] for one in result["experiments"]}

    def slow(self):
        """Three times the work."""
        self.repository.set_work(60)


class OfAChange(GateTest):
    def test_an_equal_commit_passes(self):
        self.put("README", "words\n")
        self.repository.commit("words")
        before = self.repository.snapshot()
        result = self.judged(OK)
        self.assertEqual((result["passed"], result["outcome"]), (True, "passed"))
        self.assertEqual(self.outcomes(result), {"work.toml": "passed"})
        self.assertEqual(result["experiments"][0]["basis"], "interleaved")
        self.assertEqual(result["changed_rules"], [])
        self.assertEqual(result["policy"]["alert_percent"], 10)
        self.assertEqual(self.repository.snapshot(), before)

    def test_a_slow_commit_fails(self):
        self.slow()
        self.repository.commit("slow")
        result = self.judged(WORSE)
        self.assertEqual((result["passed"], result["outcome"]), (False, "regressed"))
        effect = result["experiments"][0]["result"]["workloads"][0]["metrics"][0]["effect"]
        self.assertGreater(effect["low"], 0.01)  # of some 0.04 s

    def test_a_faster_commit_passes(self):
        self.repository.set_work(5)
        self.repository.commit("fast")
        self.assertEqual(self.judged(OK)["outcome"], "passed")

    def test_the_attempt_of_one_file_is_exported(self):
        self.repository.set_work(5)
        self.repository.commit("fast")
        file = os.path.join(self.folder, "trials.csv")
        self.assertFails(self.gate("--export", f"trials={file}"), ERROR, "give the one FILE")
        for words in (["--github"], ["--markdown", "-"]):
            self.assertFails(self.gate("work.toml", *words, "--export", "junit=/dev/stdout"), ERROR, "--export to -")
        result = self.judged(OK, "work.toml", "--export", f"trials={file}")
        with open(file, encoding="utf-8") as trials:
            measured = [line for line in trials if ",measured," in line]
        self.assertEqual(len(measured), 2 * result["experiments"][0]["result"]["blocks"])

    def test_nothing_is_exported_of_what_was_not_measured(self):
        file = os.path.join(self.folder, "trials.csv")
        ended = self.gate("work.toml", "--export", f"trials={file}")
        self.assertEnds(ended, OK)
        self.assertFalse(os.path.exists(file))
        self.assertIn("were not measured in turn", ended.err)

    def test_a_change_that_does_not_build_is_invalid(self):
        self.put("other.c", "no C\n")
        self.repository.commit("broken")
        result = self.judged(INVALID)
        self.assertEqual(result["outcome"], "invalid")
        note = result["experiments"][0]["note"]
        self.assertRegex(note, r"^the build of change \(.*\) failed: make .*; it printed last: .*other\.c")
        self.assertNotIn(self.place, note)  # its folders are gone
        ended = self.gate("--github", "--markdown", self.path("gate.md"))
        for text in (*ended.out.split("::stop-commands::"), self.read("gate.md")):
            if text:
                self.assertIn("it printed last: ", text)

    def test_a_change_without_the_program_is_invalid(self):
        self.put("Makefile", "all:\n\ttrue\n")
        self.repository.commit("gone")
        self.assertEqual(self.judged(INVALID)["outcome"], "invalid")

    def test_inconclusive_never_passes_in_silence(self):
        few = EXPERIMENT.replace("max_blocks = 40", "max_blocks = 6\nalpha = 0.001\nalpha_eq = 0.001")
        self.write_base(POLICY + 'alert = "0.001%"\n', few)
        self.put("README", "words\n")
        self.repository.commit("words")
        self.assertEqual(self.judged(INCONCLUSIVE)["outcome"], "inconclusive")
        self.write_base(POLICY + 'alert = "0.001%"\nfail_on = ["regressed", "invalid"]\n', few)
        self.put("README", "other words\n")
        self.repository.commit("words")
        ended = self.gate("--github")
        self.assertEnds(ended, OK)
        self.assertIn("inconclusive (the policy lets it pass)", ended.out)
        self.assertIn("::warning file=work.toml,title=assay gate%3A inconclusive::", ended.out)


class OfTheRules(GateTest):
    def test_a_wider_margin_does_not_help_a_slow_commit(self):
        self.change("work.toml", 'margin = "3%"', 'margin = "90%"')
        self.put(".assay/gate.toml", POLICY + 'alert = "900%"\nfail_on = []\n')
        self.slow()
        self.repository.commit("slow, and all margins wide")
        result = self.judged(WORSE)
        self.assertEqual(result["policy"]["alert_percent"], 10)
        self.assertEqual([(one["path"], one["kind"], one["change"]) for one in result["changed_rules"]],
                         [(".assay/gate.toml", "policy", "changed"), ("work.toml", "experiment", "changed")])
        self.assertIn('+margin = "90%"', result["changed_rules"][1]["diff"])
        text = self.gate().out
        self.assertIn("The change alters what judges it. The base's versions were in force:", text)
        self.assertIn('  | +margin = "90%"', text)

    def test_a_deleted_check_still_fails_a_broken_commit(self):
        self.change("work.toml", EXPERIMENT[EXPERIMENT.index("[[check]]"):EXPERIMENT.index("[protocol]")], "")
        self.put("other.c", '#include "work.h"\nint other(int code) { return code; } /* BROKEN */\n')
        self.repository.commit("no check")
        result = self.judged(INVALID)
        self.assertEqual(result["outcome"], "invalid")
        checks = result["experiments"][0]["result"]["workloads"][0]["checks"]
        self.assertEqual([(check["name"], check["passed"]) for check in checks], [("works", False)])
        self.assertIn("  check works: failed in ", self.gate().out)

    def test_what_a_check_reads_is_found_though_the_policy_does_not_name_it(self):
        self.put("lib.sh", "works() { ! grep -q BROKEN other.c; }\n")
        self.put("judge/check.sh", ". ./lib.sh\nworks\n")
        self.repository.commit("a check with a library")
        self.repository.git("branch", "--force", "base")
        self.put("lib.sh", "works() { true; }\n")
        self.put("other.c", '#include "work.h"\nint other(int code) { return code; } /* BROKEN */\n')
        self.repository.commit("broken, and a library that does not look")
        result = self.judged(INVALID)
        self.assertEqual(result["outcome"], "invalid")
        self.assertIn("check works fails with control's version of lib.sh", self.gate().out)

    def test_a_check_that_always_passes_is_not_in_force(self):
        self.put("judge/check.sh", "exit 0\n")
        self.put("other.c", '#include "work.h"\nint other(int code) { return code; } /* BROKEN */\n')
        self.repository.commit("a check that passes")
        result = self.judged(INVALID)
        self.assertEqual([(one["path"], one["kind"]) for one in result["changed_rules"]], [("judge/check.sh", "judge")])

    def test_a_file_or_a_link_in_place_of_a_judging_folder_is_not_in_force(self):
        for replace in (lambda: self.put("judge", "exit 0\n"),
                        lambda: os.symlink("elsewhere", self.repository.path("judge"))):
            self.repository.git("checkout", "--quiet", "--force", "--detach", "base")
            self.repository.git("rm", "-r", "--quiet", "judge")
            replace()
            self.put("README", "words\n")
            self.repository.commit("no folder of judges")
            result = self.judged(OK)
            self.assertEqual(self.outcomes(result), {"work.toml": "passed"})
            self.assertEqual([(one["path"], one["kind"], one["change"]) for one in result["changed_rules"]],
                             [("judge/check.sh", "judge", "removed"), ("judge", "judge", "changed")])

    def test_a_change_that_brings_policy_and_experiment_has_no_base(self):
        self.repository.git("rm", "--quiet", "work.toml", ".assay/gate.toml")
        self.repository.commit("a base without rules")
        self.repository.git("branch", "--force", "base")
        self.assertFails(self.gate(), ERROR, "nothing to judge")
        self.write_policy_and_experiment()
        result = self.judged(OK)
        self.assertEqual(self.outcomes(result), {"work.toml": "no-base"})
        self.assertEqual([(one["path"], one["change"]) for one in result["changed_rules"]],
                         [(".assay/gate.toml", "added"), ("work.toml", "added")])

    def write_policy_and_experiment(self):
        self.put("work.toml", EXPERIMENT)
        self.put(".assay/gate.toml", POLICY)
        self.repository.commit("the first gate")

    def test_an_empty_file_is_judged_by_that_of_the_base(self):
        self.put("work.toml", "")
        self.slow()
        self.repository.commit("empty")
        self.assertEqual(self.outcomes(self.judged(WORSE)), {"work.toml": "regressed"})

    def test_a_deleted_file_is_judged_by_that_of_the_base(self):
        self.repository.git("rm", "--quiet", "work.toml", ".assay/gate.toml")
        self.slow()
        self.repository.commit("gone")
        result = self.judged(WORSE)
        self.assertEqual(self.outcomes(result), {"work.toml": "regressed"})
        self.assertEqual([one["change"] for one in result["changed_rules"]], ["removed", "removed"])

    def test_a_change_of_rules_alone_measures_nothing(self):
        self.put("judge/check.sh", "exit 0\n")
        self.repository.commit("a check that passes")
        result = self.judged(OK)
        self.assertEqual((result["outcome"], result["passed"]), ("unchanged", True))

    def test_a_policy_may_leave_changed_rules_to_people(self):
        self.write_base(POLICY + "fail_on_changed_rules = true\n")
        self.put("judge/check.sh", "exit 0\n")
        self.repository.commit("a check that passes")
        self.assertFalse(self.judged(REFUSED)["passed"])

    def test_a_new_experiment_has_no_base(self):
        self.put("more.toml", EXPERIMENT.replace('id = "work"', 'id = "more"'))
        self.repository.commit("one more")
        result = self.judged(OK)
        self.assertEqual(self.outcomes(result), {"more.toml": "no-base", "work.toml": "unchanged"})
        self.write_base(POLICY + 'fail_on = ["no-base"]\n')
        self.put("third.toml", EXPERIMENT.replace('id = "work"', 'id = "third"'))
        self.repository.commit("a third")
        self.assertEqual(self.outcomes(self.judged(INCONCLUSIVE, "third.toml")), {"third.toml": "no-base"})

    def test_a_changed_workflow_is_shown(self):
        self.put(".github/workflows/gate.yml", "on: pull_request\n")
        self.repository.commit("a workflow")
        changed = self.judged(OK)["changed_rules"]
        self.assertEqual([(one["path"], one["kind"], one["change"]) for one in changed],
                         [(".github/workflows/gate.yml", "workflow", "added")])


class BehindLinks(GateTest):
    """Rules of the base that are symbolic links: what lies behind them comes into force with the merge, too."""

    def link(self, name, target, home):
        """Moves a rule of the base to another place, and leaves a link."""
        os.makedirs(os.path.dirname(self.repository.path(home)) or ".", exist_ok=True)
        os.rename(self.repository.path(name), self.repository.path(home))
        os.symlink(target, self.repository.path(name))

    def base_with_links(self):
        self.link(".assay/gate.toml", "../hop", "rules/policy.toml")
        os.symlink("rules/policy.toml", self.repository.path("hop"))
        self.link("work.toml", "real/work.toml", "real/work.toml")
        self.link("judge/check.sh", "../real/check.sh", "real/check.sh")
        os.makedirs(self.repository.path("lib"))
        os.symlink("../lib", self.repository.path("judge/lib"))
        self.repository.commit("links")
        self.repository.git("branch", "--force", "base")

    def changed(self, result):
        return {one["path"]: (one["kind"], one["change"], one["link"]) for one in result["changed_rules"]}

    def test_every_changed_file_that_rules_reach_is_printed(self):
        self.base_with_links()
        self.put("rules/policy.toml", POLICY + 'alert = "900%"\n')
        self.change("real/work.toml", 'margin = "3%"', 'margin = "90%"')
        self.put("real/check.sh", "exit 0\n")
        self.put("lib/more.sh", "added\n")
        self.put("free.sh", "no rule\n")
        self.repository.commit("other rules")
        result = self.judged(INVALID)  # the check reads a script that differs
        self.assertEqual(self.changed(result), {
            "lib/more.sh": ("judge", "added", "judge/lib"),
            "real/check.sh": ("judge", "changed", "judge/check.sh"),
            "real/work.toml": ("experiment", "changed", "work.toml"),
            "rules/policy.toml": ("policy", "changed", ".assay/gate.toml")})
        self.assertEqual(result["policy"]["alert_percent"], 10)
        text = self.gate().out
        self.assertIn('  | +alert = "900%"', text)
        self.assertIn('  | +margin = "90%"', text)
        self.assertIn("rules/policy.toml: changed (policy, behind the link .assay/gate.toml)\n", text)
        self.assertIn("real/check.sh: changed (judge, behind the link judge/check.sh); the change's own version", text)

    def test_a_link_on_the_way_that_leads_elsewhere_is_printed_with_what_it_lets_judge(self):
        self.base_with_links()
        self.put("rules/other.toml", POLICY + 'alert = "900%"\n')
        self.repository.commit("a file that nobody reads")
        self.repository.git("branch", "--force", "base")
        self.repository.link("hop", "rules/other.toml")
        self.repository.commit("the link turned")
        result = self.judged(OK)
        self.assertEqual(self.changed(result), {"hop": ("policy", "changed", ".assay/gate.toml"),
                                                "rules/other.toml": ("policy", "added", ".assay/gate.toml")})
        self.assertIn('+alert = "900%"', result["changed_rules"][1]["diff"])

    def test_a_policy_may_leave_them_to_people(self):
        self.base_with_links()
        self.put("rules/policy.toml", POLICY + "fail_on_changed_rules = true\n")
        self.repository.commit("strict")
        self.repository.git("branch", "--force", "base")
        self.put("rules/policy.toml", POLICY)
        self.repository.commit("not strict")
        self.assertFalse(self.judged(REFUSED)["passed"])

    def test_what_lies_outside_is_named(self):
        os.symlink("/etc/rules.sh", self.repository.path("judge/rules.sh"))
        self.repository.commit("a link out of it")
        self.repository.git("branch", "--force", "base")
        self.put("free.sh", "no rule\n")
        self.repository.commit("words")
        result = self.judged(OK)
        self.assertEqual(result["not_looked_at"],
                         [{"link": "judge/rules.sh", "target": "/etc/rules.sh", "outside": True}])
        ended = self.gate("--github", "--markdown", self.path("gate.md"))
        for text in (ended.out, self.read("gate.md")):
            self.assertIn("/etc/rules.sh (outside the repository)", text)


class HiddenDiffs(GateTest):
    """git shows no lines of what it takes for binary, and of what attributes call so."""

    def test_a_binary_script_is_told_with_its_sizes_and_its_text(self):
        self.put("judge/check.sh", "exit 0\n\0\0\n")
        self.repository.commit("a zero byte")
        change = self.judged(OK)["changed_rules"][0]
        self.assertRegex(change["diff"][0], rf"^binary: {len(CHECK)} bytes \(SHA-256 [0-9a-f]{{64}}\) before, 10 bytes")
        self.assertIn("+exit 0", change["diff"])
        self.assertIn("  | +exit 0", self.gate().out)
        self.assertIn("  | +\\x00\\x00", self.gate().out)

    def test_long_lines_are_cut_and_large_binaries_only_named(self):
        self.put("judge/long.sh", "x" * 5000 + "\n")
        self.put("judge/large", "\0" * (1 << 21))
        self.repository.commit("much")
        changes = {one["path"]: one["diff"] for one in self.judged(OK)["changed_rules"]}
        self.assertEqual(max(map(len, changes["judge/long.sh"])), 403)
        self.assertEqual(len(changes["judge/large"]), 1)
        self.assertIn("no file before, 2097152 bytes (SHA-256 ", changes["judge/large"][0])

    def test_attributes_hide_nothing(self):
        self.put(".gitattributes", "*.sh -diff\n*.toml binary\n")
        self.repository.commit("attributes")
        self.repository.git("branch", "--force", "base")
        self.put("judge/check.sh", "exit 0\n")
        self.change("work.toml", 'margin = "3%"', 'margin = "90%"')
        self.repository.commit("hidden")
        text = self.gate().out
        self.assertIn("  | +exit 0", text)
        self.assertIn('  | +margin = "90%"', text)


class BehindItsBase(GateTest):
    """Others changed the base after the change had left it."""

    def behind(self, change, meanwhile):
        self.repository.git("checkout", "--quiet", "-b", "request", "base")
        change()
        self.repository.commit("the request")
        self.repository.git("checkout", "--quiet", "base")
        meanwhile()
        self.repository.commit("meanwhile")
        self.repository.git("checkout", "--quiet", "request")

    def words(self):
        self.put("README", "words\n")

    def test_words_pass_though_the_base_got_faster(self):
        left = self.repository.git("rev-parse", "base")
        self.behind(self.words, lambda: self.repository.set_work(7))
        result = self.judged(OK)
        self.assertEqual(self.outcomes(result), {"work.toml": "passed"})
        self.assertEqual(result["control"], left)
        self.assertEqual(result["base"]["commit"], self.repository.git("rev-parse", "base"))
        ended = self.gate("--markdown", self.path("gate.md"))
        for text in (ended.out, self.read("gate.md")):
            self.assertRegex(text, rf"Control is {left[:10]}[0-9a-f]*, where the change left base \([0-9a-f]+\), which "
                                   r"has moved on since\.")

    def test_a_loss_fails_though_the_base_got_slower(self):
        self.behind(lambda: self.repository.set_work(40), lambda: self.repository.set_work(80))
        result = self.judged(WORSE)
        self.assertEqual(self.outcomes(result), {"work.toml": "regressed"})
        effect = result["experiments"][0]["result"]["workloads"][0]["metrics"][0]["effect"]
        self.assertGreater(effect["low"], 0.005)  # of some 0.02 s

    def test_rules_that_the_base_altered_are_in_force_and_no_change_of_the_request(self):
        def stricter():
            self.put("judge/check.sh", CHECK + "! grep -q words README\n")
            self.put(".assay/gate.toml", POLICY + 'alert = "20%"\n')
            self.put("more.toml", EXPERIMENT.replace('id = "work"', 'id = "more"'))

        self.behind(self.words, stricter)
        result = self.judged(INVALID)
        self.assertEqual(result["changed_rules"], [])
        self.assertEqual(result["policy"]["alert_percent"], 20)
        # The base's check fails on the words of the request, and on nothing of control.
        self.assertEqual(self.outcomes(result), {"more.toml": "invalid", "work.toml": "invalid"})
        self.assertNotIn("alters what judges it", self.gate().out)

    def test_only_what_the_request_alters_of_the_rules_is_shown(self):
        self.behind(lambda: self.put("judge/check.sh", "exit 0\n"),
                    lambda: self.change("work.toml", 'margin = "3%"', 'margin = "4%"'))
        result = self.judged(OK)
        self.assertEqual([(one["path"], one["change"]) for one in result["changed_rules"]],
                         [("judge/check.sh", "changed")])
        self.assertEqual(self.outcomes(result), {"work.toml": "unchanged"})

    def test_an_experiment_that_the_base_removed_is_not_new(self):
        self.put("old.toml", EXPERIMENT.replace('id = "work"', 'id = "old"'))
        self.repository.commit("an old one")
        self.repository.git("branch", "--force", "base")
        self.behind(self.words, lambda: self.repository.git("rm", "--quiet", "old.toml"))
        self.assertEqual(self.outcomes(self.judged(OK)), {"work.toml": "passed"})

    def test_is_recorded_with_its_control(self):
        left = self.repository.git("rev-parse", "base")
        self.behind(lambda: self.put("judge/check.sh", "exit 0\n"), lambda: self.repository.set_work(7))
        self.assertEnds(self.gate("--record"), OK)
        with open(self.repository.path(".assay/records/0001-gate.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["payload"]["control"], left)
        self.assertIn(left[:10], self.assay("show", "1", cwd=self.repository.folder).out)

    def test_without_a_common_history_it_is_refused(self):
        self.repository.git("checkout", "--quiet", "--orphan", "other")
        self.repository.commit("another beginning")
        self.assertFails(self.gate(), ERROR, "have no common history here", "name the base that it was branched off")

    def test_a_shallow_clone_is_told_how_to_get_its_history(self):
        self.behind(self.words, lambda: self.repository.set_work(7))
        shallow = self.path("shallow")
        self.repository.git("clone", "--quiet", "--depth", "1", "--no-single-branch",
                            "file://" + self.repository.folder, shallow)
        self.assertFails(self.assay("gate", "--base", "origin/base", cwd=shallow), ERROR,
                         "have no common history here", "fetch-depth: 0")
        self.assertFails(self.assay("gate", "--base", "HEAD~", cwd=shallow), ERROR, "is no commit", "fetch-depth: 0")


class AgainstAStoredBaseline(GateTest):
    def setUp(self):
        super().setUp()
        os.makedirs(self.repository.path(".assay/records"), exist_ok=True)

    def store(self):
        self.put(".assay/.gitignore", "lab.db*\nindex.db*\nkey\n*.lock\nbuilds/\n")
        ended = self.assay("baseline", "work.toml", "--runs", "12", cwd=self.repository.folder)
        self.assertEnds(ended, OK)

    def break_base(self):
        """The base asks for a tool that this machine does not have; the change does not."""
        self.put("Makefile", "all:\n\tno-such-compiler work.c\n")
        self.repository.commit("base that cannot be built")
        self.repository.git("branch", "--force", "base")
        self.repository.git("checkout", "--quiet", "base~", "--", "Makefile")

    def test_is_inconclusive_without_one(self):
        self.break_base()
        self.repository.commit("builds again")
        result = self.judged(INCONCLUSIVE)
        self.assertIn("the base has no stored baseline of work in the environment local from before",
                      result["experiments"][0]["note"])

    def test_a_slow_commit_fails_and_the_weaker_evidence_is_said(self):
        self.store()
        self.break_base()
        self.slow()
        self.repository.commit("slow")
        result = self.judged(WORSE)
        one = result["experiments"][0]
        self.assertEqual((one["outcome"], one["basis"], one["baseline"]),
                         ("regressed", "stored-baseline", "0001-baseline"))
        self.assertEqual(one["against_stored"][0]["baseline_trials"], 12)
        self.assertGreater(one["against_stored"][0]["worse_by"]["low"], 50)
        self.assertIn("weaker evidence", self.gate().out)

    def test_is_inconclusive_if_it_is_from_another_processor(self):
        self.store()
        with open(self.repository.path(".assay/records/0001-baseline.json"), encoding="utf-8") as file:
            model = json.load(file)["payload"]["machine"]["cpu_model"]
        self.change(".assay/records/0001-baseline.json", f'"cpu_model":"{model}"', '"cpu_model":"Another One"')
        self.break_base()
        self.slow()
        self.repository.commit("slow")
        result = self.judged(INCONCLUSIVE)
        one = result["experiments"][0]
        self.assertEqual(one["outcome"], "inconclusive")
        self.assertNotIn("against_stored", one)
        self.assertIn(f"0001-baseline is from another processor (Another One; this is {model})", one["note"])

    def test_is_not_one_that_measured_what_others_did_to_the_base_later(self):
        self.repository.git("branch", "request")
        self.repository.set_work(7)
        self.repository.commit("faster")
        self.store()
        self.repository.commit("a baseline of that")
        self.repository.git("branch", "--force", "base")
        self.repository.git("checkout", "--quiet", "request")
        self.put("README", "words\n")
        self.repository.commit("words")
        result = self.judged(INCONCLUSIVE, "--against", "stored-baseline")
        self.assertIn("has no stored baseline of work in the environment local from before the change left it",
                      result["experiments"][0]["note"])

    def test_may_be_asked_for(self):
        self.store()
        self.repository.commit("base with a baseline")
        self.repository.git("branch", "--force", "base")
        self.repository.set_work(10)
        self.repository.commit("faster")
        result = self.judged(OK, "--against", "stored-baseline")
        self.assertEqual(result["experiments"][0]["basis"], "stored-baseline")


class Output(GateTest):
    def test_markdown_and_annotations_are_written(self):
        self.slow()
        self.repository.commit("slow")
        summary = self.path("summary.md")
        self.write("summary.md", "before\n")
        ended = self.gate("--github", "--markdown", self.path("gate.md"), environment={"GITHUB_STEP_SUMMARY": summary})
        self.assertEnds(ended, WORSE)
        self.assertIn("| `work.toml` | **regressed** |", self.read("gate.md"))
        self.assertEqual(self.read("summary.md"), "before\n" + self.read("gate.md"))
        self.assertRegex(ended.out, r"(?m)^::error file=work\.toml,title=assay gate%3A regressed::")

    def test_foreign_lines_cannot_command_github(self):
        self.put("judge/check.sh", "::error::forged\n%0A::warning::forged\n" + CHECK)
        self.put("a,b:c%.toml", EXPERIMENT)
        self.repository.commit("forged")
        ended = self.gate("--github")
        stop = re.match(r"::stop-commands::(assay-[0-9a-f]{16})\n", ended.out)
        self.assertTrue(stop, ended.out)
        text, commands = ended.out.split(f"::{stop.group(1)}::\n")
        self.assertIn("  | +::error::forged", text)
        self.assertNotIn("forged", commands)
        self.assertIn("file=a%2Cb%3Ac%25.toml,", commands)

    def test_quiet_says_one_sentence(self):
        self.repository.git("commit", "--quiet", "--allow-empty", "--message", "nothing")
        self.assertEqual(self.gate("--quiet").out, "gate passed: 1 unchanged\n")


class Bisect(GateTest):
    def test_the_script_of_the_cookbook_finds_the_slow_commit(self):
        page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "git-bisect.md")
        with open(page, encoding="utf-8") as file:
            script = file.read().split("<<'END'\n")[1].split("\nEND\n")[0] + "\n"
        self.write("bisect.sh", script)
        os.chmod(self.path("bisect.sh"), 0o755)
        tools = self.path("tools")
        os.mkdir(tools)
        os.symlink(PROGRAM, os.path.join(tools, "assay"))
        good = self.repository.git("rev-parse", "HEAD")
        commits = []
        for number in range(4):
            self.repository.set_work(60 if number >= 2 else 20)
            self.put("README", f"{number}\n")
            if number == 1:
                self.put("other.c", "no C\n")
            if number == 2:
                self.repository.git("checkout", good, "--", "other.c")
            commits.append(self.repository.commit(f"commit {number}"))
        environment = {**self.environment, "GOOD": good, "PATH": tools + ":" + self.environment["PATH"],
                       "GIT_CONFIG_NOSYSTEM": "1"}
        for words in (["start", "HEAD", good], ["run", self.path("bisect.sh")]):
            ended = subprocess.run(["git", "bisect", *words], cwd=self.repository.folder, env=environment, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        # Commit 1 does not build, so it is skipped: the first bad one is it or the one after it.
        self.assertIn("only 'skip'ped commits left", ended.stdout)
        self.assertIn(commits[2], ended.stdout)
        self.assertNotIn(commits[3] + " is the first bad commit", ended.stdout)


class Recorded(GateTest):
    def recorded(self, *words):
        return self.assay(*words, cwd=self.repository.folder)

    def test_gate_is_in_the_chain(self):
        self.slow()
        self.repository.commit("slow")
        ended = self.gate("--record")
        self.assertEnds(ended, WORSE)
        self.assertIn("recorded as 0001-gate", ended.err)
        self.assertRegex(self.recorded("log").out, r"gate.*HEAD \(.*\) against base \(.*\) in local: gate failed")
        self.assertIn("last gates", self.recorded("status").out)
        self.assertEqual([gate["record_name"] for gate in self.recorded("status", "--json").json()["gates"]],
                         ["0001-gate"])
        shown = self.recorded("show", "1").out
        self.assertIn("regressed", shown)
        self.assertIn("alert beyond 10 %", shown)
        self.assertEnds(self.recorded("verify"), OK)
        path = self.repository.path(".assay/records/0001-gate.json")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        self.assertIn('"failed":true', text)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace('"outcome":"regressed"', '"outcome":"passed"', 1))
        damaged = self.recorded("verify")
        self.assertEnds(damaged, INVALID)
        self.assertIn("/payload/findings/0/outcome: recorded passed, computed regressed", damaged.out + damaged.err)

    def test_a_change_of_rules_is_recorded_without_its_lines(self):
        self.change("work.toml", 'margin = "3%"', 'margin = "60%" # my password')
        self.repository.commit("a wider margin")
        self.assertEnds(self.gate("--record"), OK)
        with open(self.repository.path(".assay/records/0001-gate.json"), encoding="utf-8") as file:
            text = file.read()
        self.assertIn('"path":"work.toml"', text)
        self.assertNotIn("password", text)

    def test_without_a_lab_nothing_is_measured(self):
        self.repository.git("rm", "-r", "--quiet", ".assay")
        self.repository.commit("no lab")
        self.assertFails(self.gate("--record"), ERROR, "assay init")


class Mistakes(GateTest):
    def test_are_answered(self):
        self.assertFails(self.assay("gate", cwd=self.repository.folder), ERROR, "--base is missing")
        self.assertFails(self.assay("gate", "--base", "nowhere", cwd=self.repository.folder), ERROR, "nowhere")
        self.assertFails(self.gate("/etc/hostname"), ERROR, "lies outside the repository")
        self.assertFails(self.assay("gate", "--base", "base"), ERROR, "repository")

    def test_of_the_policy_name_line_and_column(self):
        self.write_base(POLICY + 'alarm = "10%"\n')
        self.assertFails(self.gate(), ERROR, ".assay/gate.toml of the base:3:1: alarm: unknown key", "alert")
        self.write_base(POLICY + 'fail_on = ["passed"]\n')
        self.assertFails(self.gate(), ERROR, "a gate cannot fail on")

    def test_of_the_experiment(self):
        self.write_base(experiment=EXPERIMENT.replace('kind = "revision"\ncontrol = "main"\ntreatment = "HEAD"\n'
                                                      'build = ["make"]', 'kind = "env"\nname = "A"\n'
                                                      'control = "0"\ntreatment = "1"'))
        self.put("README", "words\n")
        self.repository.commit("words")
        self.assertFails(self.gate(), ERROR, "work.toml of the base", "a gate compares two revisions")

    def test_without_anything_to_judge(self):
        self.write_base(policy="")
        self.assertFails(self.gate(), ERROR, "nothing to judge")
        self.write_base(policy='experiments = ["bnch/*.toml"]\n')
        self.assertFails(self.gate(), ERROR, "no file of base or change matches", "bnch/*.toml")

    def test_of_a_name_that_no_commit_has(self):
        self.put("new.toml", EXPERIMENT)
        self.assertFails(self.gate("new.toml"), ERROR, "new.toml is neither in the base nor in the change")

    def test_changes_that_no_commit_holds_are_said(self):
        self.put("work.c", "changed\n")
        self.assertIn("a gate judges commits only", self.gate().err)


if __name__ == "__main__":
    unittest.main()
