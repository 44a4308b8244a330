#!/usr/bin/python3
"""The measured pipeline: baseline, kept changes adopted and reverted, the gain of all of them, milestones."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INVALID, OK, PROGRAM, REFUSED, CliTest, experiment_text  # noqa: E402

# assay-span is there only if something reads spans.
SPAN = 'span() {{ if command -v assay-span >/dev/null; then assay-span "$@"; else shift 2; "$@"; fi; }}\n'
SLOW = SPAN + "set -e\nspan pull -- sleep {pull}\nspan start -- true\n"
PROTOCOL = '[protocol]\nseed = "7"\nmax_blocks = 12\n'
READY = 'kind = "env"\nname = "READY_MODE"\ncontrol = "sleep"\ntreatment = "poll"'
BY_MODE = 'if [ "${READY_MODE:-sleep}" = poll ]; then sleep 0.02; else sleep 0.3; fi\n'
PHASE = """
import json, os, time
start = time.monotonic_ns()
time.sleep(0.05)
with open(os.environ["ASSAY_SPANS"], "a") as file:
    file.write(json.dumps({{"name": {name!r}, "start_ns": start, "end_ns": time.monotonic_ns()}}) + "\\n")
"""
MILESTONES = """
[[milestone]]
name = "fast"
[[milestone.criterion]]
name = "T1"
kind = "baseline"
experiment = "example"
[[milestone.criterion]]
name = "T2"
kind = "adopted"
experiment = "example"
"""


class PipelineTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        self.environment.update({"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@t",
                                 "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@t"})
        self.git("init", "--quiet", "--initial-branch=main")

    def made_once(self, make):
        """Fills the folder by `make` for the first test of a class, and by a copy of what that made for the others."""
        kind = type(self)
        if "template" in vars(kind):
            shutil.copytree(kind.template, self.folder, symlinks=True, dirs_exist_ok=True)
            return
        make()
        template = tempfile.mkdtemp(prefix="assay-cli-")
        kind.addClassCleanup(shutil.rmtree, template, ignore_errors=True)
        shutil.copytree(self.folder, template, symlinks=True, dirs_exist_ok=True)
        kind.template = template

    def git(self, *words):
        ended = subprocess.run(["git", *words], cwd=self.folder, env=self.environment, capture_output=True, text=True,
                               check=True)
        return ended.stdout.strip()

    def commit(self, message):
        self.git("add", "--all", ":!.assay", ":!docs", ":!*.md")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def kept(self, variable, script, name="example.toml", more=""):
        """An attempt that is kept, committed before it runs."""
        self.write("deploy.sh", script)
        self.write(name, experiment_text('command = ["/bin/sh", "deploy.sh"]', more + PROTOCOL, variable))
        self.commit("the experiment")
        ended = self.assay("run", name, "--json")
        self.assertEnds(ended, OK)
        self.assertEqual(ended.json()["decision"], "keep")
        return ended.json()

    def adopt(self, *words, record="1"):
        return self.assay("decide", "--adopt", record, "--commit", "HEAD", *words)

    def revert(self, *words, record="1"):
        return self.assay("decide", "--revert", record, "--commit", "HEAD", *words)

    def standing(self):
        [kept] = self.assay("status", "--json").json()["kept"]
        return kept["standing"]

    def verified(self):
        self.assertEnds(self.assay("verify"), OK)

    def done(self, name="fast", actor="tester"):
        return self.assay("decide", "--done", name, "--actor", actor)

    def as_other(self, actor, *words):
        return self.assay(*words, "--actor", actor, environment={
            "XDG_CONFIG_HOME": self.path("home-" + actor), "GIT_AUTHOR_EMAIL": actor + "@example.org",
            "GIT_COMMITTER_EMAIL": actor + "@example.org"})


class OfALevel(PipelineTest):
    def setUp(self):
        super().setUp()
        self.kept(READY, BY_MODE)

    def test_is_adopted_if_the_named_file_says_it(self):
        self.assertEqual(self.standing(), "kept")
        self.assertFails(self.adopt(), REFUSED, "no file was named that says the level treatment", "--why", "--in")
        self.write("deploy.conf", "READY_MODE=sleep\n")
        self.commit("a configuration")
        self.assertFails(self.adopt("--in", "deploy.conf"), REFUSED, "deploy.conf does not say the level treatment")
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.assertFails(self.adopt("--in", "deploy.conf"), REFUSED)  # not committed
        self.commit("poll")
        ended = self.adopt("--in", "deploy.conf")
        self.assertEnds(ended, OK)
        self.assertEqual(ended.out, "0002-adoption\n")
        self.assertEqual(self.standing(), "adopted")
        decisions = self.read("DECISIONS.md")
        self.assertIn("deploy.conf says treatment's level", decisions)
        self.assertIn(self.git("rev-parse", "HEAD"), decisions)
        self.verified()

    def test_is_looked_for_in_the_commit_and_not_behind_links_of_the_working_tree(self):
        self.write("slow.conf", "READY_MODE=sleep\n")
        self.write("fast.conf", "READY_MODE=poll\n")
        self.write("deploy.conf", "READY_MODE=sleep\n")
        self.commit("configurations")
        os.remove(self.path("deploy.conf"))
        os.symlink("fast.conf", self.path("deploy.conf"))
        self.assertFails(self.adopt("--in", "deploy.conf"), REFUSED, "deploy.conf does not say the level treatment")
        self.commit("a link")
        self.assertFails(self.adopt("--in", "deploy.conf"), REFUSED, "deploy.conf is a symbolic link there")
        self.assertFails(self.revert("--in", "deploy.conf"), REFUSED, "deploy.conf is a symbolic link there")
        self.assertEnds(self.adopt("--in", "fast.conf"), OK)

    def test_is_not_said_by_a_line_that_compares_it(self):
        self.write("deploy.conf", "READY_MODE=sleep\n[ \"$READY_MODE\" = poll ] && pause=0\n")
        self.commit("a comparison")
        self.assertFails(self.adopt("--in", "deploy.conf"), REFUSED, "does not say the level treatment")
        self.assertEnds(self.revert("--in", "deploy.conf"), OK)

    def test_may_be_said_by_what_is_not_understood(self):
        self.write("deploy.conf", "[ \"$READY_MODE\" = poll ] && pause=0\n")
        self.commit("only a comparison")
        self.assertFails(self.revert("--in", "deploy.conf"), REFUSED, "deploy.conf may still say the level treatment")

    def test_is_adopted_once_and_reverted_once(self):
        self.assertEnds(self.adopt("--why", "set in the web console"), OK)
        self.assertFails(self.adopt("--why", "again"), REFUSED, "is adopted already, in 0002-adoption")
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.commit("poll")
        self.assertFails(self.revert("--in", "deploy.conf"), REFUSED, "deploy.conf still says the level")
        self.write("deploy.conf", "READY_MODE=sleep\n")
        self.write("README", "words\n")
        self.commit("sleep again")
        self.assertFails(self.revert("--in", "README"), REFUSED, "README does not say the level control")
        self.assertEnds(self.revert("--in", "deploy.conf"), OK)
        self.assertEqual(self.standing(), "reverted")
        decisions = self.read("DECISIONS.md")
        self.assertIn("0002 adoption", decisions)
        self.assertIn("standing: reverted in 0003-reversion", decisions)
        self.assertIn("0003 reversion", decisions)
        self.verified()

    def test_is_gone_only_from_the_file_that_said_it(self):
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.write("README", "READY_MODE=sleep\n")
        self.commit("poll")
        self.assertEnds(self.adopt("--in", "deploy.conf"), OK)
        self.assertFails(self.revert("--in", "README"), REFUSED, "0002-adoption found the change in deploy.conf")
        self.assertFails(self.revert(), REFUSED, "deploy.conf still says the level")
        os.remove(self.path("deploy.conf"))
        self.commit("no configuration")
        self.assertFails(self.revert(), REFUSED, "it has no file deploy.conf")
        self.write("deploy.conf", "# by default\n")
        self.commit("the default")
        self.assertEnds(self.revert(), OK)
        self.verified()

    def test_a_file_that_the_revision_lacks(self):
        self.assertFails(self.adopt("--in", "none.conf"), REFUSED, "it has no file none.conf")

    def test_a_revision_that_is_none(self):
        self.assertFails(self.assay("decide", "--adopt", "1", "--commit", "none"), ERROR, '"none" is no commit')

    def test_bad_words(self):
        self.assertFails(self.assay("decide", "--adopt", "1"), ERROR, "--commit is missing")
        self.assertFails(self.assay("decide", "--commit", "HEAD"), ERROR, "say one of")
        self.assertFails(self.assay("decide", "--open", "x", "--in", "y"), ERROR, "--commit and --in belong to")
        self.assertFails(self.adopt(record="9"), ERROR, "9")

    def test_only_attempts_are_adopted(self):
        self.assertEnds(self.assay("decide", "--open", "Which?", "--option", "a", "--option", "b", "--owner", "ada"), OK)
        self.assertFails(self.adopt(record="2"), ERROR, "0002-question is of the kind question")

    def test_documents_follow(self):
        self.assertFalse(os.path.exists(self.path("STATUS.md")))
        self.assertEnds(self.adopt("--why", "by hand"), OK)
        for name in ("docs/perf/experiments.md", "docs/perf/README.md", "STATUS.md"):
            text = self.read(name)
            self.assertIn("adopted in 0002-adoption" if name != "STATUS.md" else "| adopted | 1 change |", text)
            digit = re.search(r"(\d)(?=[^\d]*1-example|\.)", text) or re.search(r"\d", text)
            at = digit.start()
            self.write(name, text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1:])
            self.assertFails(self.assay("verify"), INVALID, name)
            self.assertEnds(self.assay("render"), OK)
            self.assertEqual(self.read(name), text)
        self.verified()


class OfSources(PipelineTest):
    def test_a_patch_is_adopted_if_it_applies_in_reverse(self):
        self.write("deploy.sh", "echo start\nsleep 0.3\necho end\n")
        self.commit("slow")
        self.write("deploy.sh", "echo start\nsleep 0.02\necho end\n")
        self.write("fast.patch", self.git("diff") + "\n")
        self.git("checkout", "--quiet", "deploy.sh")
        self.kept('kind = "patch"\nfile = "fast.patch"\nrevision = "HEAD"', "echo start\nsleep 0.3\necho end\n")
        self.assertFails(self.adopt(), REFUSED, "the change does not apply to it in reverse")
        self.assertFails(self.assay("decide", "--adopt", "1", "--commit", "HEAD", "--in", "deploy.sh"), REFUSED)
        self.git("apply", "fast.patch")
        self.commit("fast")
        self.assertEnds(self.adopt(), OK)
        self.assertFails(self.revert(), REFUSED, "does not apply to it anew")
        self.git("revert", "--no-edit", "HEAD")
        self.assertEnds(self.revert(), OK)
        self.verified()

    def test_a_patch_that_changed_since_shows_nothing(self):
        self.write("deploy.sh", "sleep 0.3\n")
        self.commit("slow")
        self.write("deploy.sh", "sleep 0.02\n")
        self.write("fast.patch", self.git("diff") + "\n")
        self.git("checkout", "--quiet", "deploy.sh")
        self.kept('kind = "patch"\nfile = "fast.patch"\nrevision = "HEAD"', "sleep 0.3\n")
        self.write("fast.patch", self.read("fast.patch").replace("0.02", "0.03"))
        self.assertFails(self.adopt(), REFUSED, "is not what it was when the experiment ran")

    def test_a_revision_is_adopted_if_its_difference_is_there(self):
        self.write("deploy.sh", "echo start\nsleep 0.3\necho end\n")
        slow = self.commit("slow")
        self.git("checkout", "--quiet", "-b", "fast")
        self.write("deploy.sh", "echo start\nsleep 0.02\necho end\n")
        fast = self.commit("fast")
        self.git("checkout", "--quiet", "main")
        self.kept(f'kind = "revision"\ncontrol = "{slow}"\ntreatment = "{fast}"', "echo start\nsleep 0.3\necho end\n",
                  more="")
        self.assertFails(self.adopt(), REFUSED, "the change does not apply to it in reverse")
        self.git("cherry-pick", "fast")  # beside commits that the treatment does not have
        self.assertEnds(self.adopt(), OK)
        self.assertIn("applies to it in reverse", self.read("DECISIONS.md"))
        self.assertFails(self.revert(), REFUSED, "does not apply to it anew")
        self.git("revert", "--no-edit", "HEAD")
        self.assertEnds(self.revert(), OK)
        self.assertEqual(self.standing(), "reverted")
        self.verified()

    def test_a_file_is_adopted_if_it_is_equal(self):
        self.write("wait.conf", "0.3")
        self.write("fast.conf", "0.02")
        self.kept('kind = "file"\npath = "wait.conf"\ncontrol = "wait.conf"\ntreatment = "fast.conf"',
                  'sleep "$(cat wait.conf)"\n')
        self.assertFails(self.adopt(), REFUSED, "wait.conf is not the file of treatment there")
        self.write("wait.conf", "0.02")
        self.commit("fast")
        self.assertEnds(self.adopt(), OK)
        self.assertIn("wait.conf is the file of treatment", self.read("DECISIONS.md"))
        self.assertFails(self.revert(), REFUSED, "wait.conf is still the file of treatment")
        self.write("wait.conf", "0.02 ")
        self.commit("a blank")
        self.assertFails(self.revert(), REFUSED, "is neither the file of treatment nor that of control there")
        self.write("wait.conf", "0.3")
        self.commit("slow again")
        self.assertEnds(self.revert(), OK)
        self.verified()


class Gain(PipelineTest):
    def setUp(self):
        super().setUp()
        self.made_once(self.measured_once)
        self.first = self.git("rev-parse", "HEAD")

    def measured_once(self):
        self.write("deploy.sh", SLOW.format(pull="0.3"))
        self.write("example.toml", experiment_text('command = ["/bin/sh", "deploy.sh"]\nstates = ["warm", "idle"]\n',
                                                   PROTOCOL + "[state.idle]\nwarmup = 0\n"))
        self.commit("the pipeline")
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)

    def gain(self, *words):
        return self.assay("baseline", "example.toml", "--against", "1", *words)

    def test_is_that_of_all_changes_since_and_measured_anew(self):
        self.write("deploy.sh", SLOW.format(pull="0.02"))
        second = self.commit("fast")
        self.assertFails(self.assay("baseline", "example.toml", "--export", "go=gain.txt"), ERROR, "add --against")
        ended = self.gain("--json", "--export", "go=gain.txt")
        self.assertEnds(ended, OK)
        self.assertIn("arm=treatment", self.read("gain.txt"))
        result = ended.json()
        self.assertEqual((result["from"], result["to"]), (self.first, second))
        self.assertEqual(result["verdict"], "improved")
        self.assertEqual([cell.get("state") for cell in result["cells"]], ["warm", "idle", None])
        for cell in result["cells"]:
            self.assertLess(cell["interval"]["high"], -20)
        self.assertIn("## 0003 gain: example in local: wall -", self.read("DECISIONS.md"))
        self.assertIn("all cells", self.read("docs/perf/README.md"))
        self.verified()

    def test_the_file_may_say_what_the_cells_claim_together(self):
        text = self.read("example.toml")
        self.write("example.toml", text.replace("[protocol]\n", '[protocol]\ncells = "all"\n'))
        self.write("deploy.sh", SLOW.format(pull="0.02"))
        self.commit("fast")
        ended = self.gain("--json")
        self.assertEnds(ended, OK)
        self.assertEqual([cell.get("state") for cell in ended.json()["cells"]], ["warm", "idle"])
        self.assertEqual(json.loads(self.read(".assay/records/0002-example.json"))["plan"]["protocol"]["claim"], "all")
        self.assertRegex(self.read("DECISIONS.md"), r"## 0003 gain: example in local: wall -\S+ % to -\S+ % in 2 cells ")
        self.write("milestones.toml", '[[milestone]]\nname = "fast"\n[[milestone.criterion]]\nname = "T1"\n'
                                      'kind = "gain"\nexperiment = "example"\npercent = 10\ncells = "suite"\n')
        self.assertFails(self.assay("decide", "--done", "fast"), REFUSED, "0003-gain has no average over the cells")
        self.verified()

    def test_a_figure_that_its_samples_do_not_show_is_found(self):
        self.write("deploy.sh", SLOW.format(pull="0.02"))
        self.commit("fast")
        self.assertEnds(self.gain(), OK)
        path = ".assay/records/0003-gain.json"
        entry = json.loads(self.read(path))
        entry["payload"]["cells"][0]["percent"] = -99
        self.write(path, json.dumps(entry, separators=(",", ":"), sort_keys=True))
        self.assertEnds(self.assay("render", "--quiet"), OK)
        self.assertFails(self.assay("verify"), INVALID, "0003-gain")

    def test_a_heading_that_its_records_do_not_state_is_found(self):
        self.write("deploy.sh", SLOW.format(pull="0.02"))
        self.commit("fast")
        self.assertEnds(self.gain(), OK)
        path = ".assay/records/0003-gain.json"
        whole = self.read(path)
        self.assertEnds(self.assay("verify"), OK)
        for key, value in (("from", "0" * 40), ("to", self.first), ("environment", "ci"), ("direction", "higher"),
                           ("experiment", "another"), ("metric", "cpu")):
            entry = json.loads(whole)
            self.assertNotEqual(entry["payload"].get(key), value)
            entry["payload"][key] = value
            self.write(path, json.dumps(entry, separators=(",", ":"), sort_keys=True))
            self.assertEnds(self.assay("render", "--quiet"), OK)
            self.assertFails(self.assay("verify"), INVALID, f"0003-gain: /payload/{key}: recorded {value}, and its records")
        self.write(path, whole)
        self.assertEnds(self.assay("render", "--quiet"), OK)
        self.verified()

    def test_says_how_to_confirm_what_a_challenge_does_not_measure(self):
        self.write("deploy.sh", SLOW.format(pull="0.02"))
        self.commit("fast")
        self.assertEnds(self.gain(), OK)
        self.assertFails(self.assay("challenge", "3", "--yes"), ERROR, "0003-gain is neither a claim",
                         "measuring it again, with assay baseline --against, and sign that record")

    def test_needs_a_change(self):
        self.assertFails(self.gain(), ERROR, "nothing that was committed has changed since")

    def test_needs_the_same_environment(self):
        self.commit("empty")
        self.assertFails(self.gain("--environment", "ci"), REFUSED, "local", "ci")

    def test_needs_a_baseline(self):
        self.assertFails(self.assay("baseline", "example.toml", "--against", "9"), ERROR, "9")
        self.assertEnds(self.assay("decide", "--open", "Which?", "--option", "a", "--option", "b", "--owner", "ada"), OK)
        self.assertFails(self.assay("baseline", "example.toml", "--against", "2"), ERROR, "0002-question is no baseline")

    def test_needs_the_revision(self):
        self.commit("second")
        self.git("checkout", "--quiet", "--orphan", "other")
        self.commit("another history")
        self.git("branch", "-D", "main")
        self.git("reflog", "expire", "--expire=now", "--all")
        self.git("gc", "--quiet", "--prune=now")
        self.assertFails(self.gain(), ERROR, self.first, "is no commit of")


class GainOfAdoptedChanges(PipelineTest):
    """0001 is kept, 0002 is a baseline, and 0003 adopts the change in a commit of its own."""

    def setUp(self):
        super().setUp()
        self.made_once(self.adopted_once)
        self.without = self.git("rev-parse", "without")

    def adopted_once(self):
        self.kept(READY, BY_MODE.replace("sleep 0.3", "sleep 0.2") + "sleep 0.1\n")
        self.write("deploy.conf", "READY_MODE=sleep\n")
        self.commit("a configuration")
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        # Something else gets faster on a branch that lacks the change.
        self.git("checkout", "--quiet", "-b", "without")
        self.write("deploy.sh", "sleep 0.02\n")
        self.commit("fast in another way")
        self.git("checkout", "--quiet", "main")
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.commit("poll")
        self.assertEnds(self.adopt("--in", "deploy.conf"), OK)

    def gain(self, *words, baseline="2"):
        ended = self.assay("baseline", "example.toml", "--against", baseline, "--json", *words)
        self.assertEnds(ended, OK)
        return ended

    def parts(self, name):
        return json.loads(self.read(f".assay/records/{name}.json"))["payload"]["parts"]

    def ask(self, percent, more=""):
        self.write("milestones.toml", '[[milestone]]\nname = "fast"\n[[milestone.criterion]]\nname = "T6"\n'
                                      f'kind = "gain"\nexperiment = "example"\npercent = {percent}\n{more}')

    def test_a_change_that_the_commit_lacks_is_no_part_and_not_measured_again(self):
        ended = self.gain("--commit", "without")
        self.assertIn(f"the change that 0003-adoption adopted is no part of this gain: {self.without[:10]} does not hold "
                      "it: deploy.conf does not say the level treatment", ended.err)
        self.assertEqual(self.parts("0005-gain"), [])
        self.assertEqual(self.standing(), "adopted")
        self.write("deploy.sh", "sleep 0.02\n")
        self.commit("fast and poll")
        self.gain()
        self.assertEqual(len(self.parts("0007-gain")), 1)
        self.assertEqual(self.standing(), "remeasured")
        self.verified()

    def test_a_change_that_a_person_vouched_for_is_a_part_of_what_follows_its_commit(self):
        self.assertEnds(self.revert("--why", "by hand"), OK)
        self.assertEnds(self.adopt("--why", "by hand, too"), OK)
        self.assertIn("it does not follow", self.gain("--commit", "without").err)
        self.assertEqual(self.parts("0007-gain"), [])
        self.write("deploy.sh", "sleep 0.02\n")
        self.commit("fast and poll")
        self.gain()
        self.assertEqual(len(self.parts("0009-gain")), 1)

    def test_a_milestone_needs_a_gain_of_what_head_holds(self):
        self.gain("--commit", "without")
        self.ask(30)
        self.assertFails(self.done(), REFUSED, f"does not follow {self.without[:10]}, whose gain 0005-gain measured")
        self.git("merge", "--quiet", "--no-edit", "without")
        ended = self.done()
        self.assertFails(ended, REFUSED, "T6: it holds, and no other actor has confirmed it")
        self.assertNotIn("does not follow", ended.err)

    def test_a_gain_against_a_baseline_of_a_slow_commit_is_no_gain(self):
        fast = self.read("deploy.sh")
        self.write("deploy.sh", "sleep 0.6\n")
        self.commit("slow on purpose")
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        self.write("deploy.sh", fast)
        self.commit("as before")
        self.gain(baseline="4")
        self.ask(30)
        self.assertFails(self.done(), REFUSED, "T6: no cumulative gain of example in local against 0002-baseline")
        self.ask(30, 'baseline = "0004-baseline"\n')
        self.assertFails(self.done(), REFUSED, "T6: it holds, and no other actor has confirmed it")
        self.ask(30, 'baseline = "0009-baseline"\n')
        self.assertFails(self.done(), REFUSED, "T6: no cumulative gain of example in local against 0009-baseline")


class GainOfOnePlace(PipelineTest):
    """0001 is a baseline. Kept changes of one file: `first`, `second`, each against the slow file, and `both` against
    the first one. 0005 adopts the first."""

    SLOW, FIRST, SECOND, BOTH = "0.2\n0.2\n", "0.02\n0.2\n", "0.2\n0.02\n", "0.02\n0.02\n"

    def setUp(self):
        super().setUp()
        self.made_once(self.adopted_first)

    def adopted_first(self):
        self.write("deploy.sh", 'while read -r seconds; do sleep "$seconds"; done < wait.conf\n')
        self.write("slow.conf", self.SLOW)
        self.write("wait.conf", self.SLOW)
        for name, text, control in (("first", self.FIRST, "slow"), ("second", self.SECOND, "slow"),
                                    ("both", self.BOTH, "first")):
            self.write(f"{name}.conf", text)
            variable = f'kind = "file"\npath = "wait.conf"\ncontrol = "{control}.conf"\ntreatment = "{name}.conf"'
            self.write(f"{name}.toml", experiment_text('command = ["/bin/sh", "deploy.sh"]', PROTOCOL, variable)
                       .replace('"example"', f'"{name}"'))
        self.commit("the experiments")
        self.assertEnds(self.assay("baseline", "first.toml", "--runs", "6"), OK)
        for name in ("first", "second", "both"):
            self.assertEqual(self.assay("run", f"{name}.toml", "--json").json()["decision"], "keep")
        self.adopted("first", self.FIRST)

    def adopted(self, name, text, *words):
        self.write("wait.conf", text)
        self.commit(name)
        self.assertEnds(self.adopt(*words, record=name), OK)

    def gain(self):
        ended = self.assay("baseline", "first.toml", "--against", "1", "--json")
        self.assertEnds(ended, OK)
        self.verified()
        [name] = [name for name in self.records() if name.endswith("-gain.json")]
        gain = self.record(name)["payload"]
        experiments = {self.sha256(name): self.record(name)["plan"]["id"] for name in self.records()
                       if "plan" in self.record(name)}
        return [experiments[part] for part in gain["parts"]], gain.get("left_out", []), ended.json()["warnings"]

    def sha256(self, name):
        with open(self.path(f".assay/records/{name}"), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()

    def test_a_change_that_a_later_one_was_measured_against_is_a_part_of_it(self):
        self.adopted("both", self.BOTH)
        self.assertEqual(self.gain()[:2], (["first", "both"], []))

    def test_a_change_is_a_part_beside_a_later_one_that_a_person_vouches_for(self):
        self.adopted("second", self.BOTH, "--why", "both lines")
        self.assertEqual(self.gain()[:2], (["first", "second"], []))

    def test_a_change_that_a_later_one_replaced_is_left_out_and_said_to_be(self):
        self.adopted("second", self.SECOND)
        parts, left_out, warnings = self.gain()
        self.assertEqual(parts, ["second"])
        told = ("the change that 0005-adoption adopted is no part of this gain: 0006-adoption changed the same place "
                "again, and was not measured against it: the effect of that change stands for both")
        self.assertEqual(left_out, [told])
        self.assertIn(told, warnings)
        self.assertIn(told, self.read("docs/perf/README.md"))


class MeasuringAgain(PipelineTest):
    def test_a_gain_is_offered_only_after_a_commit(self):
        self.kept(READY, BY_MODE)
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        self.assertEnds(self.adopt("--why", "set in the web console"), OK)
        self.assertIn("- `assay baseline example.toml`\n", self.read("docs/perf/README.md"))
        self.assertNotIn("--against", self.read("docs/perf/README.md"))
        self.assertFails(self.assay("baseline", "example.toml", "--against", "2"), ERROR, "nothing that was committed")
        self.assertEnds(self.revert("--why", "by hand"), OK)
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.commit("poll")
        self.assertEnds(self.adopt("--in", "deploy.conf"), OK)
        self.assertIn("- `assay baseline example.toml --against 0002-baseline`\n", self.read("docs/perf/README.md"))
        self.verified()


class WhatAnAttemptMeasured(PipelineTest):
    """A variable that control leaves to the files, and a change that is adopted in one of them."""

    UNSET = 'kind = "env"\nname = "READY_MODE"\ncontrol = { unset = true }\ntreatment = "poll"'
    SCRIPT = '[ -n "$READY_MODE" ] || . ./deploy.conf\n' + BY_MODE

    def measured(self):
        self.write("deploy.conf", "READY_MODE=sleep\n")
        self.kept(self.UNSET, self.SCRIPT)

    def adopted(self):
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.commit("poll")
        self.assertEnds(self.adopt("--in", "deploy.conf"), OK)

    def challenged(self, *words):
        ended = self.as_other("eve", "challenge", "0001", "--yes", "--cap", "40", "--json", *words)
        return ended.json()

    def test_is_noted_and_is_what_a_challenge_measures(self):
        self.measured()
        measured = self.git("rev-parse", "HEAD")
        record = self.record("0001-example.json")
        self.assertEqual((record["revision"], "other_changes" in record), (measured, False))
        self.adopted()
        challenge = self.challenged()
        self.assertEqual(challenge["revision"], measured)
        self.assertGreater(challenge["estimate"], 2)  # HEAD has none
        self.assertFalse([left for left in challenge["not_done_again"] if "proof that this is the tree" in left])
        claim = self.assay("claim", "0001", "--quiet").out.strip()
        self.assertEqual(self.record(f"{claim}.json")["payload"]["revision"], measured)
        self.assertFails(self.assay("challenge", claim, "--yes", "--at", "HEAD"), ERROR, "leave --at out")
        self.verified()

    def test_is_the_last_commit_without_the_adopted_change_if_the_record_names_none(self):
        self.write("deploy.conf", "READY_MODE=sleep\n")
        self.write("deploy.sh", self.SCRIPT)
        self.write("example.toml", experiment_text('command = ["/bin/sh", "deploy.sh"]', PROTOCOL, self.UNSET))
        self.assertEnds(self.assay("run", "example.toml"), OK)  # nothing is committed yet
        self.assertNotIn("revision", self.record("0001-example.json"))
        before = self.commit("the experiment")
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.commit("poll")
        self.commit("something else")
        self.assertEnds(self.adopt("--in", "deploy.conf"), OK)
        challenge = self.challenged()
        self.assertEqual(challenge["revision"], before)
        self.assertGreater(challenge["estimate"], 2)  # HEAD has none
        [doubt] = [left for left in challenge["not_done_again"] if "proof that this is the tree" in left]
        self.assertEqual(doubt, "proof that this is the tree that 0001-example measured: the record names no commit, so "
                         f"{before[:10]}, the last commit without what 0002-adoption adopted, was taken; name another "
                         "with --at REVISION")
        self.verified()

    def test_may_be_named_where_files_differed_from_the_commit(self):
        self.measured_with_changes()
        record = self.record("0001-example.json")
        self.assertTrue(record["other_changes"])
        self.write("deploy.conf", "READY_MODE=poll\n")
        head = self.commit("poll, which nobody adopted here")
        [doubt] = [left for left in self.challenged()["not_done_again"] if "proof that" in left]
        self.assertIn(f"it ran with changes that its commit {record['revision'][:10]} does not hold, so HEAD was taken",
                      doubt)
        named = self.challenged("--at", head + "~1")
        self.assertEqual(named["revision"], self.git("rev-parse", head + "~1"))
        self.assertGreater(named["estimate"], 2)
        self.assertFails(self.assay("challenge", "0001", "--yes", "--at", "nowhere"), ERROR, "nowhere")

    def measured_with_changes(self):
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.write("deploy.sh", self.SCRIPT)
        self.write("example.toml", experiment_text('command = ["/bin/sh", "deploy.sh"]', PROTOCOL, self.UNSET))
        self.commit("the experiment")
        self.write("deploy.conf", "READY_MODE=sleep\n")
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.commit("what was measured")


class OfTargets(PipelineTest):
    def target(self, limit, more=""):
        return f'[[target]]\nworkload = "work"\nmetric = "wall"\nat_most = "{limit}"\n{more}\n'

    def measured(self, limit, more=""):
        self.write("deploy.sh", "sleep 0.02\n")
        self.write("example.toml", experiment_text('command = ["/bin/sh", "deploy.sh"]', self.target(limit, more)))
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        [target] = self.assay("status", "--json").json()["targets"]
        return target

    def test_is_met_or_missed_by_the_interval(self):
        target = self.measured("2 s", 'stages = ["60 s", "10 s"]')
        self.assertEqual((target["met"], target["standing"], target["stage_met"]), (True, "met", 10))
        self.assertEqual(target["measured_in"], "0001-baseline")
        self.assertGreater(target["interval"]["low"], 0.02)
        self.assertEqual(self.measured("1 ms")["standing"], "missed")
        self.assertIn("at most 1.00 ms", self.read("STATUS.md"))
        self.assertEnds(self.assay("render", "--html", "page.html"), OK)
        self.assertRegex(self.read("page.html"), r"<li[^>]*>work/warm/wall/median: at most 1\.00 ms; .*: missed</li>")
        self.verified()

    def test_is_linked_to_the_attribution_that_it_comes_from(self):
        self.write("deploy.sh", (SPAN + "span pull -- sleep 0.02\n").format())
        self.experiment_with_target()
        self.assertFails(self.with_attribution("7"), ERROR, 'attribution = "7"', "no record")
        self.experiment_with_target()
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        self.assertEnds(self.with_attribution("1"), OK)
        records = sorted(os.listdir(self.path(".assay/records")))
        first = self.assay("show", "1", "--json").json()["record_sha256"]
        [target] = json.loads(self.read(".assay/records/" + records[1]))["payload"]["plan"]["targets"]
        self.assertEqual(target["attribution"], first)
        self.assertNotIn("attribution", json.loads(self.read(".assay/records/" + records[0]))["payload"]["plan"]["targets"][0])
        [target] = self.assay("status", "--json").json()["targets"]
        self.assertEqual(target["attribution"], "0001-baseline")
        for text in (self.assay("status").out, self.read("STATUS.md"), self.read("docs/perf/README.md")):
            self.assertIn("derived from the phases of 0001-baseline", text)
        self.verified()

    def test_is_not_linked_to_a_record_without_phases(self):
        self.measured("2 s")
        self.assertFails(self.with_attribution("1"), ERROR, "0001-baseline says nothing about phases")

    def experiment_with_target(self, more=""):
        spans = '[[metric]]\nname = "pull"\nfrom = "spans:duration(pull)"\nrole = "observed"\n'
        self.write("example.toml", experiment_text('command = ["/bin/sh", "deploy.sh"]', spans + self.target("2 s", more)))

    def with_attribution(self, name):
        self.experiment_with_target(f'attribution = "{name}"')
        return self.assay("baseline", "example.toml", "--runs", "6")

    def test_is_not_decidable_from_too_few_trials(self):
        self.write("deploy.sh", "sleep 0.02\n")
        self.write("example.toml", experiment_text('command = ["/bin/sh", "deploy.sh"]', self.target("2 s")))
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "3"), OK)
        [target] = self.assay("status", "--json").json()["targets"]
        self.assertEqual((target["met"], target["standing"]), (None, "not-decidable"))

    def test_stages_lead_to_the_limit(self):
        for stages, text in (('["1 s"]', "is not looser than"), ('["3 s", "4 s"]', "is not tighter than")):
            self.write("example.toml", experiment_text('command = ["true"]', self.target("2 s", f"stages = {stages}")))
            self.assertFails(self.assay("check", "example.toml"), ERROR, text)

    def relaxed(self, more=""):
        self.measured("1 ms", more)
        self.assertEnds(self.assay("relax", "example.toml", "wall", "--to", "none", "--until", "2999-01-01", "--why",
                                   "slow node"), OK)
        self.assertIn("RELAXED to no limit", self.assay("status").out)
        return self.assay("status", "--strict")

    def test_is_met_by_the_relaxed_limit_and_not_by_its_own(self):
        self.measured("10 ms")
        relax = ("relax", "example.toml", "wall", "--until", "2999-01-01", "--why", "slow node")
        self.assertEnds(self.assay(*relax, "--to", "60 s"), OK)
        self.assertRegex(self.assay("status").out, r"at most 10\.0 ms; .* in 0001-baseline, local: met by the relaxed "
                                                   r"limit, at most 60\.0 s; missed by its own\n")
        self.assertEnds(self.assay(*relax, "--to", "none"), OK)
        self.assertRegex(self.assay("status").out, r"at most 10\.0 ms; .*, local: no limit is in force; missed by its own\n")

    def test_may_be_relaxed_in_one_environment_only(self):
        self.measured("10 ms")
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6", "--environment", "ci"), OK)
        relax = ("relax", "example.toml", "wall", "--why", "slow node")
        self.assertEnds(self.assay(*relax, "--to", "60 s", "--until", "2999-01-01", "--environment", "ci"), OK)
        self.assertEqual(json.loads(self.read(".assay/records/0003-relaxation.json"))["payload"]["environment"], "ci")
        standings = {one["environment"]: (one["standing"], one["relaxed"] and one["relaxed"]["environment"])
                     for one in self.assay("status", "--json").json()["targets"]}
        self.assertEqual(standings, {"ci": ("met", "ci"), "local": ("missed", None)})
        told = self.assay("status").out
        self.assertRegex(told, r", ci: met by the relaxed limit, at most 60\.0 s; missed by its own\n"
                               r" +RELAXED in ci to at most 60\.0 s until 2999-01-01, ")
        self.assertRegex(told, r", local: missed\n")
        self.assertIn("RELAXED in ci to", self.read("STATUS.md"))
        self.assertEnds(self.assay("status", "--strict"), 2)
        # A file may ask for less only there.
        looser = self.read("example.toml").replace("10 ms", "60 s")
        self.write("example.toml", looser)
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "assay relax")
        self.assertFails(self.assay(*relax, "--restore"), REFUSED, "is not relaxed: at most 10.0 ms is in force; it is "
                         "relaxed in ci: name that with --environment")
        self.assertFails(self.assay(*relax, "--restore", "--environment", "far"), REFUSED, "is not relaxed in far")
        self.assertEnds(self.assay(*relax, "--restore", "--environment", "ci"), OK)
        self.assertNotIn("RELAXED", self.assay("status").out)
        self.verified()

    def test_a_relaxation_is_shown_where_nothing_was_measured(self):
        self.measured("10 ms")
        self.assertEnds(self.assay("relax", "example.toml", "wall", "--to", "none", "--until", "2999-01-01", "--why", "x",
                                   "--environment", "far"), OK)
        self.assertIn("RELAXED in far to no limit", self.assay("status").out)
        self.assertEnds(self.assay("status", "--strict"), 2)

    def test_a_relaxed_one_fails_the_strict_status(self):
        self.assertEnds(self.relaxed(), 2)

    def test_best_effort_does_not_fail_the_strict_status(self):
        self.assertEnds(self.relaxed('best_effort = "nobody waits for it"'), OK)
        self.assertIn("best effort: nobody waits for it", self.assay("status").out)


class Ideas(PipelineTest):
    PARALLEL = ('assay-span long -- sleep 0.3 &\n(sleep 0.1; assay-span other -- sleep 0.3) &\nwait\n'
                'assay-span after -- sleep 0.3\n')

    def setUp(self):
        super().setUp()
        self.made_once(self.measured_once)

    def measured_once(self):
        self.write("deploy.sh", self.PARALLEL)
        self.idea("after", name="deploy.toml", margin="3%")
        self.commit("the pipeline")
        self.assertEnds(self.assay("baseline", "deploy.toml", "--runs", "8"), OK)

    def idea(self, phase, name="idea.toml", margin="3%"):
        text = experiment_text('command = ["/bin/sh", "deploy.sh"]', PROTOCOL, margin=margin)
        self.write(name, text.replace('hypothesis = ', f'phase = "{phase}"\nhypothesis = '))

    def test_have_a_ceiling_from_the_baseline(self):
        self.idea("after")
        plan = self.assay("plan", "idea.toml", "--json").json()
        [ceiling] = plan["ceilings"]
        self.assertEqual((ceiling["phase"], ceiling["baseline"]), ("after", "0001-baseline"))
        self.assertGreater(ceiling["interval"]["low"], 0.1)
        self.assertLess(ceiling["interval"]["high"], 0.9)
        self.assertIn("if after took none; by 0001-baseline", self.assay("plan", "idea.toml").out)

    def test_of_two_phases_at_once_one_gains_only_what_the_other_leaves(self):
        self.idea("long")
        [ceiling] = self.assay("plan", "idea.toml", "--json").json()["ceilings"]
        self.assertLess(ceiling["share"], 0.3)  # 0.1 of 0.7 s, not 0.3

    def test_are_refused_if_they_cannot_reach_the_margin(self):
        self.idea("long", margin="95%")
        self.assertFails(self.assay("plan", "idea.toml"), REFUSED, "example cannot gain its margin of 95 %",
                         "if long took none")
        self.idea("after", margin="10%")
        self.assertEnds(self.assay("plan", "idea.toml"), OK)

    def test_the_ceiling_of_one_environment_says_nothing_about_another(self):
        self.idea("long", margin="95%")
        self.assertEnds(self.assay("plan", "idea.toml"), REFUSED)
        self.write(".assay/environments.toml", '[[environment]]\nname = "ci"\nhostname = "*"\n')
        ended = self.assay("plan", "idea.toml")
        self.assertEnds(ended, OK)
        self.assertIn("unknown: no baseline here reported the phase long", ended.out)
        self.assertEnds(self.assay("baseline", "deploy.toml", "--runs", "6"), OK)
        self.assertFails(self.assay("plan", "idea.toml"), REFUSED, "by 0002-baseline")
        os.remove(self.path(".assay/environments.toml"))
        self.assertFails(self.assay("plan", "idea.toml"), REFUSED, "by 0001-baseline")

    def test_without_a_baseline_the_ceiling_is_unknown(self):
        self.idea("none", margin="90%")
        ended = self.assay("plan", "idea.toml")
        self.assertEnds(ended, OK)
        self.assertIn("unknown: no baseline here reported the phase none", ended.out)


class IdeasOfPhasesAtOnce(PipelineTest):
    COMMANDS = ("assay-span long -- sleep 0.4 &\nassay-span short -- sleep 0.3 &\nwait\n"
                "assay-span outer -- sh -c 'assay-span inner -- sleep 0.2; true'\n")
    THREADS = """
import json, os, sys, threading, time
def span(name, seconds):
    start = time.monotonic_ns()
    time.sleep(seconds)
    line = {"name": name, "start_ns": start, "end_ns": time.monotonic_ns()}
    if sys.argv[1:] == ["labelled"]:
        line.update(pid=os.getpid(), tid=threading.get_native_id())
    with open(os.environ["ASSAY_SPANS"], "a") as file:
        file.write(json.dumps(line) + "\\n")
threads = [threading.Thread(target=span, args=one) for one in (("long", 0.3), ("short", 0.25))]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""

    def measured(self, command):
        self.command = command
        self.idea("long", "deploy.toml")
        self.commit("the pipeline")
        self.assertEnds(self.assay("baseline", "deploy.toml", "--runs", "6"), OK)

    def idea(self, phase, name="idea.toml"):
        text = experiment_text(f"command = {json.dumps(self.command)}", PROTOCOL, margin="5%")
        self.write(name, text.replace("hypothesis = ", f'phase = "{phase}"\nhypothesis = '))

    def ceiling_of(self, phase):
        self.idea(phase)
        [ceiling] = self.assay("plan", "idea.toml", "--json").json()["ceilings"]
        return ceiling

    def ceiling(self, phase):
        return self.ceiling_of(phase)["share"]

    def levers(self):
        text = self.read("docs/perf/attribution.md")
        return re.findall(r"(?m)^1\. (\w+): ", text[text.index("Levers"):])

    def test_commands_that_run_at_once_gain_only_what_the_others_leave(self):
        self.write("deploy.sh", self.COMMANDS)
        self.measured(["/bin/sh", "deploy.sh"])
        self.assertGreater(self.ceiling("long"), 0.08)  # 0.1 of 0.6 s
        self.assertLess(self.ceiling("long"), 0.3)
        self.idea("short")
        self.assertFails(self.assay("plan", "idea.toml"), REFUSED, "cannot gain its margin of 5 %")
        self.assertGreater(self.ceiling("outer"), 0.2)  # with what runs within it
        self.assertGreater(self.ceiling("inner"), 0.2)
        self.assertIn("spans that name neither thread nor parent", self.assay("plan", "idea.toml").out)

    def test_threads_that_say_who_they_are_gain_only_what_the_others_leave(self):
        self.write("deploy.py", self.THREADS)
        self.measured(["/usr/bin/python3", "deploy.py", "labelled"])
        self.assertLess(self.ceiling("long"), 0.4)
        self.idea("short")
        self.assertFails(self.assay("plan", "idea.toml"), REFUSED, "cannot gain its margin of 5 %")
        self.assertNotIn("share_beside", self.ceiling_of("long"))
        self.assertEqual(self.levers(), ["long"])
        self.assertIn("Shortening only short gains nothing", self.read("docs/perf/attribution.md"))

    def test_threads_that_say_nothing_may_gain_more_and_the_longer_one_is_the_first_lever(self):
        self.write("deploy.py", self.THREADS)
        self.measured(["/usr/bin/python3", "deploy.py"])
        ceiling = self.ceiling_of("long")
        self.assertGreater(ceiling["share"], 0.5)
        self.assertLess(ceiling["share_beside"], 0.4)  # 0.05 of 0.3 s and more
        self.assertGreater(ceiling["interval"]["low"], ceiling["interval_beside"]["high"])
        told = " ".join(self.assay("plan", "idea.toml").out.split())
        self.assertRegex(told, r"at most [\d.]+ % of the time, interval [\d.]+ % to [\d.]+ %, if long took none and what "
                         r"it overlaps is a part of it, or it of that; at most [\d.]+ % of the time, interval [\d.]+ % "
                         r"to [\d.]+ %, if they run beside each other; their spans do not say which; by 0001-baseline")
        self.assertIn("write pid and tid, or parent, into the lines of the spans", told)
        self.assertEqual(self.levers()[0], "long")
        self.idea("short")
        self.assertEnds(self.assay("plan", "idea.toml"), OK)  # only the upper end refuses an idea
        self.verified()


class MilestoneTest(PipelineTest):
    """0001 is kept."""

    def setUp(self):
        super().setUp()
        self.made_once(self.make)

    def make(self):
        self.kept(READY, BY_MODE)
        self.write("milestones.toml", MILESTONES)

    def adopted(self):
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.commit("poll")
        self.assertEnds(self.adopt("--in", "deploy.conf"), OK)

    def confirmed(self, actor="eve"):
        """Another actor measures again, looks for the change, and signs, with a key of their own."""
        earlier = set(self.records())
        self.assertEnds(self.as_other(actor, "baseline", "example.toml", "--runs", "6"), OK)
        self.as_other(actor, "challenge", "fast", "--yes")
        self.assertEnds(self.as_other(actor, "sign", "--new-key"), OK)
        for name in set(self.records()) - earlier:
            self.assertEnds(self.as_other(actor, "sign", name.removesuffix(".json")), OK)


class Milestones(MilestoneTest):
    def test_is_refused_with_what_is_missing(self):
        self.assertFails(self.done(), REFUSED, "fast is not done: T1: no baseline of example in local",
                         "T2: 0001-example: kept, in no revision yet")

    def test_is_done_once_everything_holds_and_is_confirmed(self):
        self.adopted()
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        self.assertFails(self.done(), REFUSED, "T1: it holds, and no other actor has confirmed it",
                         "T2: it holds, and no other actor",
                         "another actor confirms what holds with assay challenge fast")
        self.confirmed()
        self.assertEnds(self.done(), OK)
        self.assertRegex(self.read("STATUS.md"), r"## DONE \d{4}-\d\d-\d\d \(record \d{4}\): fast")
        self.assertNotIn("NO LONGER HOLDS", self.read("STATUS.md"))
        self.verified()

    def test_an_adoption_that_only_a_person_vouches_for_is_confirmed_by_its_effect(self):
        self.assertEnds(self.adopt("--why", "set in the web console"), OK)
        self.confirmed()
        self.assertEnds(self.done(), OK)

    def test_says_when_it_holds_no_longer(self):
        self.adopted()
        self.confirmed()
        self.assertEnds(self.done(), OK)
        self.assertEnds(self.revert("--why", "by hand, too"), OK)
        [reversion] = [name.removesuffix(".json") for name in self.records() if "-reversion" in name]
        told = f"NO LONGER HOLDS: T2 (record {reversion[:4]}): 0001-example: reverted in {reversion}"
        self.assertIn(f"\n{told}\n", self.read("STATUS.md"))
        self.assertIn(f"    {told}\n", self.assay("status").out)
        [broken] = self.assay("status", "--json").json()["milestones"][0]["broken"]
        self.assertEqual((broken["criterion"], broken["since"]), ("T2", reversion))
        self.assertEnds(self.assay("status", "--strict"), 2)
        self.verified()

    def test_a_claim_of_correctness_that_fails_says_that_the_change_must_be_reverted(self):
        self.adopted()
        self.write("deploy.sh", BY_MODE + 'test "${READY_MODE:-sleep}" != poll\n')
        self.commit("broken where it polls")
        claim = self.assay("claim", "--experiment", "example.toml", "--correct", "HEAD", "--quiet").out.strip()
        self.as_other("eve", "challenge", claim, "--yes")
        self.assertEqual(self.standing(), "must-be-reverted")
        self.assertRegex(self.read("DECISIONS.md"),
                         r"- standing: MUST BE REVERTED: \d{4}-challenge showed that it is not correct")
        self.assertIn("MUST BE REVERTED: ", self.assay("show", "0002-adoption").out)
        self.verified()
        self.write("deploy.conf", "READY_MODE=sleep\n")
        self.commit("sleep again")
        self.assertEnds(self.revert("--in", "deploy.conf"), OK)
        self.assertRegex(self.read("DECISIONS.md"), r"- standing: reverted in \d{4}-reversion")
        self.verified()

    def test_one_person_with_two_names_confirms_nothing(self):
        self.environment.update({"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.email",
                                 "GIT_CONFIG_VALUE_0": "one@example.org"})
        self.adopted()
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        self.assertEqual(self.record("0003-baseline.json")["git_identity"], "one@example.org")
        self.confirmed()  # under the name eve, with a key of her own
        self.assertFails(self.done(), REFUSED, "T1: it holds, and no other actor has confirmed it",
                         "T2: it holds, and no other actor")
        for name in self.records():
            if name.endswith("-review.json"):
                self.assertEqual(self.record(name)["payload"]["independence"], "self-check", name)
        self.environment["GIT_CONFIG_VALUE_0"] = "another@example.org"
        self.confirmed("adam")
        self.environment["GIT_CONFIG_VALUE_0"] = "one@example.org"
        self.assertEnds(self.done(), OK)
        self.verified()

    def test_needs_more_than_a_signed_record_about_something_else(self):
        self.adopted()
        self.assertEnds(self.as_other("eve", "baseline", "example.toml", "--runs", "6"), OK)
        self.assertEnds(self.as_other("eve", "sign", "--new-key"), OK)
        self.assertEnds(self.as_other("eve", "sign", self.records()[-1].removesuffix(".json")), OK)
        self.assertEnds(self.as_other("eve", "decide", "--open", "Lunch?", "--option", "yes", "--option", "no",
                                      "--owner", "eve", "--quiet"), OK)
        self.assertEnds(self.as_other("eve", "sign", self.records()[-1].removesuffix(".json")), OK)
        ended = self.done()
        self.assertFails(ended, REFUSED, "T2: it holds, and no other actor has confirmed it")
        self.assertNotIn("T1", ended.err)

    def test_needs_the_change_in_head_and_a_lab_that_verifies(self):
        self.adopted()
        self.confirmed()
        self.write("deploy.conf", "READY_MODE=sleep\n")
        self.commit("lost")
        self.assertFails(self.done(), REFUSED, "T2: HEAD (", "does not hold the change that 0002-adoption adopted",
                         "deploy.conf does not say the level treatment; if it is there in another form, revert it")
        self.write("deploy.conf", "READY_MODE=poll\n")
        self.commit("found")
        record = self.path(".assay/records/0002-adoption.json")
        os.rename(record, self.path("away.json"))
        self.assertFails(self.done(), REFUSED, "fast is not done: the lab does not verify: ")
        os.rename(self.path("away.json"), record)
        self.assertEnds(self.done(), OK)

    def test_rendering_anew_writes_the_same_bytes(self):
        self.adopted()
        self.confirmed()
        self.assertEnds(self.done(), OK)
        names = ["STATUS.md", "docs/perf/README.md", "docs/perf/experiments.md", "docs/perf/baseline.md"]
        before = [self.read(name) for name in names]
        for name in names:
            os.remove(self.path(name))
        self.assertEnds(self.assay("render"), OK)
        self.assertEqual([self.read(name) for name in names], before)

    @unittest.skipUnless(shutil.which("faketime"), "faketime is not installed")
    def test_rendering_a_year_later_writes_the_same_bytes(self):
        self.adopted()
        self.confirmed()
        self.assertEnds(self.done(), OK)
        names = ["STATUS.md", "DECISIONS.md", "REVIEW.md",
                 *(f"docs/perf/{name}" for name in os.listdir(self.path("docs/perf")))]
        before = {name: self.read(name) for name in names}
        for name in names:
            os.remove(self.path(name))
        for words in (["render", "--quiet"], ["verify"]):
            ended = subprocess.run(["faketime", "+1 year", PROGRAM, *words], cwd=self.folder, env=self.environment,
                                   capture_output=True, text=True, check=False)
            self.assertEqual(ended.returncode, OK, ended.stderr)
        self.assertEqual({name: self.read(name) for name in names}, before)

    def test_labs_that_were_merged_have_the_documents_of_both(self):
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        other = self.path("other-lab")
        shutil.copytree(self.folder, other, ignore=shutil.ignore_patterns("other-lab"))
        self.assertEnds(self.adopt("--why", "by hand"), OK)
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "7", "--actor", "eve", cwd=other), OK)
        shutil.copytree(os.path.join(other, ".assay/records"), self.path(".assay/records"), dirs_exist_ok=True)
        self.assertIn("0003-adoption.json", self.records())
        self.assertIn("0003-baseline.json", self.records())
        self.assertEnds(self.assay("render", "--quiet"), OK)
        self.assertIn("adopted in 0003-adoption", self.read("docs/perf/experiments.md"))
        self.assertIn("7 runs each (0003-baseline", self.read("docs/perf/README.md"))
        for number in ("0002", "0003"):
            self.assertIn(f"## {number} example in local", self.read("docs/perf/baseline.md"))
        self.assertIn("| adopted | 1 change |", self.read("STATUS.md"))
        self.verified()

    def test_mistakes_in_the_file(self):
        self.assertFails(self.done("slow"), ERROR, '"slow" is no milestone of', '"fast"')
        for old, new, text in (('kind = "adopted"', 'kind = "adpoted"', "adpoted"),
                               ('name = "T2"', 'name = "T1"', 'two criteria are called "T1"'),
                               ('name = "T2"', 'nme = "T2"', 'did you mean "name"'),
                               ('kind = "baseline"', 'kind = "gain"\npercent = 0', "expected how much better")):
            self.write("milestones.toml", MILESTONES.replace(old, new))
            ended = self.done()
            self.assertFails(ended, ERROR, "milestones.toml:", text)
        os.remove(self.path("milestones.toml"))
        self.assertFails(self.done(), ERROR, "milestones.toml")


class Merges(MilestoneTest):
    """Two branches measured a baseline each, and git merges them."""

    def make(self):
        super().make()
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "-m", "the lab")
        self.git("checkout", "--quiet", "-b", "feature")
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "7", "--actor", "eve"), OK)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "-m", "theirs")
        self.git("checkout", "--quiet", "main")
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "8"), OK)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "-m", "ours")

    def git_merged(self, choose=()):
        merge = subprocess.run(["git", "merge", "--quiet", *choose, "feature"], cwd=self.folder, env=self.environment,
                               capture_output=True, text=True, check=False)
        return merge.returncode

    def check_merged(self):
        self.assertEnds(self.assay("render", "--quiet"), OK)
        for name in ("STATUS.md", "DECISIONS.md", *(f"docs/perf/{one}" for one in os.listdir(self.path("docs/perf")))):
            text = self.read(name)
            self.assertNotRegex(text, r"(?m)^(<<<<<<<|=======$|>>>>>>>)", name)
            names = re.findall(r"<!-- assay:record (\S+) begin -->", text)
            self.assertEqual(len(names), len(set(names)), name)
            self.assertRegex(text, r"\A# ", name)
        for name in ("STATUS.md", "docs/perf/README.md"):
            before, section = self.read(name).split("<!-- assay:record", 1)
            self.assertLess(before.count("\n"), 8, before)  # the head only
        self.verified()

    def test_a_merge_with_conflicts_is_rendered(self):
        self.assertNotEqual(self.git_merged(), 0)
        self.assertRegex(self.read("docs/perf/README.md"), r"(?m)^<<<<<<< ")
        self.assertEnds(self.assay("verify"), INVALID)
        self.check_merged()

    def test_a_merge_that_took_one_side_is_rendered(self):
        self.git_merged()
        self.git("checkout", "--ours", "--", "STATUS.md", "docs")
        self.check_merged()

    def test_a_merge_that_prefers_one_side_is_rendered(self):
        self.assertEqual(self.git_merged(["--strategy-option=ours"]), 0)
        self.check_merged()


class CriteriaThatBreak(PipelineTest):
    """A milestone that is done, and then what each criterion rests on is found to be otherwise."""

    def setUp(self):
        super().setUp()
        self.slowed, self.broken = self.path("slowed"), self.path("broken")  # of no revision
        self.kept(READY, f'if [ "${{READY_MODE:-sleep}}" = poll ] && [ ! -e {self.slowed} ]; then sleep 0.1\n'
                         f'else sleep 0.3; fi\n[ ! -e {self.broken} ] || [ "${{READY_MODE:-sleep}}" != poll ]\n')
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6"), OK)
        self.slow = self.read("deploy.sh")
        self.write("deploy.sh", self.slow.replace("0.1", "0.05").replace("0.3", "0.15"))
        self.commit("fast")
        self.assertEnds(self.assay("baseline", "example.toml", "--against", "2"), OK)
        self.claim = self.assay("claim", "--experiment", "example.toml", "--correct", "HEAD", "--quiet").out.strip()
        criteria = (("gain", 'experiment = "example"\npercent = 20'), ("decided", 'experiment = "example"'),
                    ("claim", f'claim = "{self.claim}"'))
        self.write("milestones.toml", '[[milestone]]\nname = "fast"\n' + "".join(
            f'[[milestone.criterion]]\nname = "T{number}"\nkind = "{kind}"\n{keys}\n'
            for number, (kind, keys) in enumerate(criteria, 1)))
        self.commit("a milestone")

    def as_eve(self, *words, code=OK):
        """Eve acts, and signs what comes of it."""
        earlier = set(self.records())
        self.assertEnds(self.as_other("eve", *words), code)
        for name in sorted(set(self.records()) - earlier):
            self.assertEnds(self.as_other("eve", "sign", name.removesuffix(".json")), OK)

    def broken_criteria(self):
        [milestone] = self.assay("status", "--json").json()["milestones"]
        self.verified()
        return [one["criterion"] for one in milestone["broken"]]

    def turn(self, switch):
        with open(switch, "w", encoding="utf-8"):
            pass

    def test_each_by_its_own_fault(self):
        self.assertEnds(self.as_other("eve", "sign", "--new-key"), OK)
        self.as_eve("challenge", "fast", "--yes")
        self.assertEnds(self.done(), OK)
        self.assertEqual(self.broken_criteria(), [])

        self.turn(self.broken)
        self.as_eve("challenge", self.claim, "--yes", code=2)
        self.assertEqual(self.broken_criteria(), ["T3"])
        self.assertIn(f"NO LONGER HOLDS: T3 (record {self.records()[-1][:4]}): {self.claim} is disputed",
                      self.read("STATUS.md"))
        os.remove(self.broken)

        # What was confirmed once is disputed, and the decision stands; the claim has to be verified.
        self.turn(self.slowed)
        self.as_eve("challenge", "1", "--yes", code=2)
        self.assertEqual(self.broken_criteria(), ["T3"])
        os.remove(self.slowed)

        self.write("deploy.sh", self.slow + "# as slow as before\n")
        self.commit("slow")
        self.assay("baseline", "example.toml", "--against", "2")
        self.assertEqual(self.broken_criteria(), ["T1", "T3"])
        self.assertRegex(self.read("STATUS.md"), r"NO LONGER HOLDS: T1 \(record \d{4}\): in \d{4}-gain, wall of work")
        self.assertFails(self.done(), REFUSED, "T1: in ", f"T3: {self.claim} is disputed")


class HostileNames(PipelineTest):
    def test_change_nothing_in_the_documents(self):
        name = "`id` | <!-- assay:record status end --> ## DONE"
        self.write("deploy.py", PHASE.format(name=name + "\n## DONE\x1b[31m\u202e"))
        text = experiment_text('command = ["/usr/bin/python3", "deploy.py"]', PROTOCOL)
        self.write("example.toml", text.replace('name = "work"', f"name = '{name}'"))
        self.commit("hostile")
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "6", "--actor", "eve\u202e<b>"), OK)
        for document in ("docs/perf/baseline.md", "docs/perf/attribution.md", "docs/perf/README.md", "STATUS.md"):
            written = self.read(document)
            self.assertNotIn("\u001b", written)
            self.assertNotIn("\u202e", written)
            self.assertNotIn("<b>", written)
            self.assertNotRegex(written, r"(?m)^## DONE")
            self.assertEqual(written.count("<!-- assay:record"), written.count("begin -->") + written.count("end -->"))
        self.verified()


if __name__ == "__main__":
    unittest.main()
