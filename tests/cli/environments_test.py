#!/usr/bin/python3
"""Environments: recognised or named, held side by side, and records that come home from elsewhere."""

import os
import shutil
import socket
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INCONCLUSIVE, INTERRUPTED, INVALID, OK, PROGRAM, REFUSED, CliTest, experiment_text  # noqa: E402

PROTOCOL = '[protocol]\nseed = "1"\nmax_blocks = 40\n'
SCRIPT = "read other < treatment; if test -n \"$FAST\"; then sleep $other; else sleep 0.08; fi\n"
# Treatment takes less time than control, and more, in turn; by so much that the signed ranks of both balance. Control
# starts the same programs, so that a busy machine slows both.
IN_TURN = ('turn=$(cat turn$FAST 2>/dev/null || echo 0); echo $(((turn + 1) % 4)) > turn$FAST\n'
           'if test -z "$FAST"; then turn=4; fi\n'
           "case $turn in 0) sleep 0.055 ;; 1) sleep 0.11 ;; 2) sleep 0.06 ;; 3) sleep 0.12 ;; 4) sleep 0.08 ;; esac\n")
IN_CI = {"CI": "true"}
TARGET = '[[target]]\nworkload = "work"\nmetric = "wall"\nat_most = "50 ms"\n'
MILESTONE = """
[[milestone]]
name = "fast"
[[milestone.criterion]]
name = "T5"
kind = "target"
target = "work/warm/wall/median"
"""
CI_RULE = '[[environment]]\nname = "ci"\nvariables = { CI = "true" }\n'


class LabTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def rules(self, text):
        self.write(".assay/environments.toml", text)


class Recognition(LabTest):
    def test_a_machine_without_rules_is_local(self):
        self.assertEqual(self.run_one()["environment"], "local")

    def run_one(self, *words, **options):
        self.experiment('command = ["true"]', PROTOCOL.replace("40", "6"))
        return self.assay("run", "example.toml", "--json", *words, **options).json()

    def test_the_first_rule_that_matches_is_taken(self):
        self.rules(CI_RULE + f'[[environment]]\nname = "here"\nhostname = "{socket.gethostname()[:2]}*"\n')
        self.assertEqual(self.run_one()["environment"], "here")
        self.assertEqual(self.run_one(environment={"CI": "true"})["environment"], "ci")

    def test_a_machine_that_matches_no_rule_is_local(self):
        self.rules('[[environment]]\nname = "far"\nhostname = "no-such-host"\n')
        self.assertEqual(self.run_one()["environment"], "local")

    def test_a_plan_may_be_for_a_named_environment(self):
        self.experiment('command = ["true"]', PROTOCOL)
        plans = {name: self.assay("plan", "example.toml", "--json", *words).json()["plan"]["environment_name"]
                 for name, words in (("local", ()), ("ci", ("--environment", "ci")))}
        self.assertEqual(plans, {"local": "local", "ci": "ci"})
        self.rules(CI_RULE)
        refused = self.assay("plan", "example.toml", "--environment", "ci", environment={"CI": ""})
        self.assertFails(refused, REFUSED, "this machine is not of the environment ci", "CI")
        self.assertFails(self.assay("plan", "example.toml", "--environment", "a b"), ERROR, "--environment")

    def test_compare_follows_the_rules_too(self):
        self.rules(CI_RULE)
        ended = self.assay("compare", "true", "true", "--runs", "6", "--json", environment={"CI": "true"})
        self.assertEqual(ended.json()["environment"], "ci")

    def test_a_name_whose_rule_does_not_match_is_refused(self):
        self.rules(CI_RULE.replace("variables", 'image = "no-such-image"\nvariables'))
        self.experiment('command = ["true"]', PROTOCOL)
        self.assertFails(self.assay("run", "example.toml", "--environment", "ci", environment={"CI": "secret"}), REFUSED,
                         "this machine is not of the environment ci", 'the rule expects "no-such-image"',
                         "CI has another value", "Leave --environment out")
        self.assertNotIn("secret", self.assay("run", "example.toml", "--environment", "ci",
                                              environment={"CI": "secret"}).err)

    def test_a_name_without_a_rule_is_the_callers(self):
        self.rules(CI_RULE)
        self.assertEqual(self.run_one("--environment", "elsewhere")["environment"], "elsewhere")

    def test_a_mistake_in_the_rules_has_a_place(self):
        self.rules('[[environment]]\nname = "ci"\nhost = "a"\n')
        self.experiment('command = ["true"]', PROTOCOL)
        self.assertFails(self.assay("run", "example.toml"), ERROR, "environments.toml:3:1", "hostname")


class Crossing(LabTest):
    """What was measured in one environment is neither compared with, nor challenged by, what is measured in another."""

    def setUp(self):
        super().setUp()
        self.git("init", "--quiet", "--initial-branch=main")
        self.write("work.sh", SCRIPT)
        self.write("treatment", "0.04\n")
        self.rules(CI_RULE)
        self.write(".assay/.gitignore", "lab.db*\nlab.lock\nindex.db*\nbuilds/\nvalues.key\n")
        self.experiment('command = ["/bin/sh", "work.sh"]', TARGET + PROTOCOL)
        self.commit()

    def git(self, *words):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=self.folder, check=True,
                       env=self.environment, capture_output=True)

    def commit(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x")

    def baseline(self, *words, **options):
        return self.assay("baseline", "example.toml", *words, **options)

    def test_a_gain_is_measured_against_a_baseline_of_the_recognised_environment(self):
        self.assertEnds(self.baseline("--runs", "6"), OK)
        self.assertEnds(self.baseline("--runs", "6", environment=IN_CI), OK)
        self.write("work.sh", SCRIPT + "\n")
        self.commit()
        self.assertFails(self.baseline("--against", "1", environment=IN_CI), REFUSED,
                         "0001-baseline was measured in local, and this is ci")
        self.assertFails(self.baseline("--against", "2"), REFUSED, "0002-baseline was measured in ci, and this is local")
        ended = self.baseline("--against", "2", "--json", environment=IN_CI)
        self.assertEqual(ended.json()["environment"], "ci", ended.err)

    def test_a_baseline_is_challenged_in_its_own_environment(self):
        self.assertEnds(self.baseline("--runs", "6"), OK)
        self.commit()
        self.assertFails(self.assay("challenge", "1", "--yes", environment=IN_CI), REFUSED,
                         "the baseline is that of the environment local, and says nothing about ci")

    def test_what_a_record_shows_is_challenged_in_its_own_environment(self):
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.commit()
        self.assertFails(self.assay("challenge", "1", "--yes", environment=IN_CI), REFUSED,
                         "the claim is that of the environment local, and says nothing about ci")

    def test_a_plan_is_that_of_the_recognised_environment(self):
        here = self.assay("plan", "example.toml", "--seed", "1", "--json").json()
        there = self.assay("plan", "example.toml", "--seed", "1", "--json", environment=IN_CI).json()
        self.assertEqual((here["plan"]["environment_name"], there["plan"]["environment_name"]), ("local", "ci"))
        self.assertNotEqual(here["plan_sha256"], there["plan_sha256"])

    def test_a_target_is_read_in_each_environment(self):
        self.assertEnds(self.baseline("--runs", "8", environment={**IN_CI, "FAST": ""}), OK)
        self.write("work.sh", "sleep 0.02\n")
        self.assertEnds(self.baseline("--runs", "8"), OK)
        met = {one["environment"]: one["met"] for one in self.assay("status", "--json").json()["targets"]}
        self.assertEqual(met, {"ci": False, "local": True})
        for text in (self.assay("status").out, self.read("STATUS.md")):
            self.assertRegex(text, r"0001-baseline, ci: missed")
            self.assertRegex(text, r"0002-baseline, local: met")
        self.write("milestones.toml", MILESTONE)
        self.assertFails(self.assay("decide", "--done", "fast"), REFUSED, "0001-baseline, ci: missed")
        self.assertEnds(self.assay("verify"), OK)


class Parity(LabTest):
    def measure(self, environment, treatment, margin="10%", code=None, script=SCRIPT):
        self.write("work.sh", script)
        self.write("treatment", treatment + "\n")
        self.write("example.toml", experiment_text('command = ["/bin/sh", "work.sh"]', PROTOCOL, margin=margin))
        ended = self.assay("run", "example.toml", "--environment", environment, "--json")
        if code is not None:
            self.assertEnds(ended, code)
        return ended

    def parity(self, *words):
        ended = self.assay("show", "example", "--parity", *words)
        self.assertEnds(ended, OK)
        return ended

    def pair(self):
        (cell,) = self.parity("--json").json()["workloads"]
        (pair,) = cell["pairs"]
        return pair

    def test_better_here_and_worse_there(self):
        self.measure("local", "0.04")
        self.measure("ci", "0.16")
        pair = self.pair()
        self.assertEqual((pair["first"], pair["second"]), ("ci", "local"))
        self.assertEqual((pair["verdict"], pair["opposite"]), ("differs", True), self.parity().out)
        self.assertLess(pair["difference"]["high"], -40)
        text = self.parity().out
        self.assertIn("ci and local: differs by environment", text)
        self.assertIn("better in local, worse in ci", text)
        self.assertIn("It is not carried to another.", text)

    def test_better_here_and_undecided_there_is_not_worse_there(self):
        self.measure("local", "0.04")
        self.measure("ci", "", script=IN_TURN)
        (cell,) = self.parity("--json").json()["workloads"]
        (pair,) = cell["pairs"]
        ci, local = cell["environments"]
        self.assertLess(ci["effect"]["low"], 0)
        self.assertGreater(ci["effect"]["high"], 0)
        self.assertLess(local["effect"]["high"], 0)
        self.assertEqual((pair["verdict"], pair["opposite"]), ("differs", False), self.parity().out)
        self.assertNotIn("better in", self.parity().out)

    def test_the_same_in_both_agrees_within_the_margin(self):
        self.measure("local", "0.04", margin="60%")
        self.measure("ci", "0.04", margin="60%")
        self.assertEqual(self.pair()["verdict"], "agrees")

    def test_the_smallest_of_several_margins_decides(self):
        self.measure("ci", "0.04", margin="400%")  # the first by name
        self.measure("local", "0.05", margin="1%")
        self.assertNotEqual(self.pair()["verdict"], "agrees", self.parity().out)
        self.assertIn("note: the margins differ: 400 % in ci, 1 % in local; the smallest decides what agrees",
                      self.parity().out)

    def test_an_invalid_side_is_not_comparable(self):
        self.measure("local", "0.04")
        self.measure("ci", "no-time", code=INVALID)
        self.assertEqual(self.pair()["verdict"], "not-comparable")
        self.assertIn("not comparable: a side has fewer than 6 valid blocks", self.parity().out)

    def test_one_environment_alone_is_said(self):
        self.measure("local", "0.04")
        self.assertIn("it was asked in one environment only, local", self.parity("--quiet").out)

    def test_needs_a_record_of_an_attempt(self):
        self.assertFails(self.assay("show", "example", "--parity"), ERROR, "example")


class Import(LabTest):
    def setUp(self):
        super().setUp()
        self.there = self.path("there")

    def run_here(self, name, folder=None):
        with open(os.path.join(folder or self.folder, name + ".toml"), "w", encoding="utf-8") as file:
            file.write(experiment_text('command = ["true"]', PROTOCOL.replace("40", "6"))
                       .replace('id = "example"', f'id = "{name}"').replace('name = "FAST"', f'name = "{name.upper()}"'))
        return self.assay("run", name + ".toml", "--environment", "ci", cwd=folder or self.folder)

    def branch(self):
        """A lab elsewhere that knows the records of this one, as a clone in CI does."""
        shutil.copytree(self.path(".assay"), os.path.join(self.there, ".assay"))
        for name in os.listdir(os.path.join(self.there, ".assay")):
            if "lab.db" in name:
                os.remove(os.path.join(self.there, ".assay", name))

    def names(self):
        return [name.split(".")[0] for name in self.records()]

    def imported(self, *words):
        ended = self.assay("import", *words, "--json")
        self.assertEnds(ended, OK)
        return ended.json()

    def test_records_come_home_into_the_chain(self):
        self.run_here("first")
        self.branch()
        self.run_here("second", self.there)
        self.assertEqual(self.imported("there")["imported"], ["0002-second"])
        self.assertEnds(self.assay("verify"), OK)
        self.assertIn("second", self.read("DECISIONS.md"))
        self.assertEqual(self.assay("show", "second", "--json").json()["environment"], "ci")
        again = self.imported("there/.assay")
        self.assertEqual((again["imported"], again["already_here"]), ([], 2))
        self.assertEqual(again["openings_already_here"], len(os.listdir(self.path("there/.assay/openings"))))
        ended = self.assay("import", "there")
        self.assertIn("0 records imported, 2 already here\n", ended.out)
        self.assertIn("openings and closings of attempts: 0 imported, 2 already here\n", ended.out)

    def signed_there(self):
        """A record that CI signed with a key of its own."""
        self.run_here("first")
        self.branch()
        self.run_here("second", self.there)
        for words in (("--new-key",), ("second",)):
            self.assertEnds(self.assay("sign", *words, cwd=self.there, environment={
                "XDG_CONFIG_HOME": self.path("home-ci"), "ASSAY_ACTOR": "ci"}), OK)
        [self.signature] = [name for name in os.listdir(os.path.join(self.there, ".assay/records"))
                            if name.endswith(".sig")]

    def signature_there(self):
        return os.path.join(self.there, ".assay/records", self.signature)

    def test_signatures_and_keys_come_home_with_their_records(self):
        self.signed_there()
        ended = self.assay("import", "there")
        self.assertIn("1 signature imported, 0 already here\n", ended.out)
        self.assertRegex(ended.out, r"imported the key [0-9a-f]{16}\.json, said to be that of ci: commit it only if")
        verified = self.assay("verify", "--json").json()
        self.assertEqual((verified["signatures"], verified["verified"]), (1, True))
        again = self.imported("there")
        self.assertEqual((again["signatures"], again["signatures_already_here"], again["keys"]), (0, 1, 0))

    def test_a_signature_that_is_not_genuine_is_refused_with_everything(self):
        self.signed_there()
        with open(self.signature_there(), encoding="utf-8") as file:
            text = file.read()
        with open(self.signature_there(), "w", encoding="utf-8") as file:
            file.write(text.replace('"actor":"ci"', '"actor":"boss"'))
        before = self.records()
        self.assertFails(self.assay("import", "there"), INVALID, self.signature, "do not sign that record",
                         "nothing was imported")
        self.assertEqual(self.records(), before)

    def test_a_signature_whose_key_nobody_published_is_left_out(self):
        self.signed_there()
        shutil.rmtree(os.path.join(self.there, ".assay/keys"))
        self.assertIn("left out 1 signature whose keys are in no .assay/keys/", self.assay("import", "there").out)
        self.assertEnds(self.assay("verify"), OK)

    def test_a_key_that_is_anothers_here_is_refused(self):
        self.signed_there()
        os.makedirs(self.path(".assay/keys"), exist_ok=True)
        [key] = os.listdir(os.path.join(self.there, ".assay/keys"))
        with open(os.path.join(self.there, ".assay/keys", key), encoding="utf-8") as file:
            self.write(".assay/keys/" + key, file.read().replace('"owner":"ci"', '"owner":"eve"'))
        self.assertFails(self.assay("import", "there"), INVALID, key, 'the key of "ci" there, and of "eve" here')

    def test_two_records_of_one_name_are_kept_apart(self):
        self.run_here("first")
        self.branch()
        self.run_here("other")
        self.run_here("other", self.there)
        self.imported("there")
        self.assertEqual(self.names(), ["0001-first", "0002-other", "0002-other"])
        self.assertEnds(self.assay("verify"), OK)

    def test_an_altered_record_is_refused_and_nothing_is_taken(self):
        self.run_here("first")
        self.branch()
        self.run_here("second", self.there)
        path = os.path.join(self.there, ".assay/records/0002-second.json")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace('"verdict":"', '"verdict":"x', 1) if '"verdict":"' in text else text + " ")
        before = self.records()
        self.assertFails(self.assay("import", "there"), INVALID, "0002-second.json", "nothing was imported")
        self.assertEqual(self.records(), before)

    def test_a_record_without_what_it_rests_on_is_refused(self):
        self.branch()
        self.run_here("first", self.there)
        self.run_here("second", self.there)
        os.mkdir(self.path("one"))
        shutil.copy(os.path.join(self.there, ".assay/records/0002-second.json"), self.path("one"))
        self.assertFails(self.assay("import", "one"), INVALID, "second", "nothing was imported")

    def test_a_folder_without_records_is_a_mistake(self):
        os.mkdir(self.path("empty"))
        self.assertFails(self.assay("import", "empty"), ERROR, "holds no records")
        self.assertFails(self.assay("import", "no-such-folder"), ERROR, "no-such-folder")


class Runners(LabTest):
    def session(self, *words, image="a", **variables):
        """So many blocks are asked for that a pause of a second comes before the last and after the first."""
        self.experiment('command = ["sleep", "0.05"]', PROTOCOL + "min_blocks = 25\n")
        return self.assay("run", "example.toml", "--json", *words, environment={"CI_JOB_IMAGE": image, **variables})

    def test_a_paused_attempt_goes_on_with_the_same_command(self):
        paused = self.session("--pause-after", "1 s")
        self.assertEnds(paused, INTERRUPTED)
        self.assertIn("interrupted, the attempt is open; go on with: assay run", paused.err)
        result = paused.json()
        self.assertEqual((result["verdict_reason"], result["decision"], result["reason"]),
                         ("interrupted", "undecided", "interrupted"))
        self.assertEqual(result["workloads"][0]["verdict_reason"], "interrupted")
        ended = self.session()
        self.assertIn(ended.code, (OK, INCONCLUSIVE), ended.err)
        self.assertEqual(ended.json()["attempt"], 1)
        (record,) = self.records()
        self.assertEqual(self.record(record)["machine"]["image"], "a")
        self.assertEqual(len(self.record(record)["interruptions_ns"]), 1)

    def test_the_limit_of_a_job_may_be_that_of_the_environment(self):
        self.rules(CI_RULE + 'job_limit = "1 s"\n')
        paused = self.session(CI="true")
        self.assertEnds(paused, INTERRUPTED)
        self.assertEqual(self.records(), [])
        self.rules(CI_RULE + 'job_limit = "10 min"\n')
        ended = self.session(CI="true")
        self.assertIn(ended.code, (OK, INCONCLUSIVE), ended.err)
        self.assertEqual((ended.json()["attempt"], ended.json()["environment"]), (1, "ci"))
        (record,) = self.records()
        self.assertEqual(len(self.record(record)["interruptions_ns"]), 1)

    def test_the_limit_of_a_job_is_that_of_its_own_environment_and_the_option_goes_first(self):
        self.rules(CI_RULE + 'job_limit = "1 s"\n')
        self.assertIn(self.session("--pause-after", "10 min", CI="true").code, (OK, INCONCLUSIVE))
        self.experiment('command = ["sleep", "0.05"]', PROTOCOL + "min_blocks = 25\n")
        local = self.assay("run", "example.toml", "--json")
        self.assertEqual(local.json()["environment"], "local")
        self.assertIn(local.code, (OK, INCONCLUSIVE), local.err)

    def test_a_job_takes_time(self):
        self.rules(CI_RULE + 'job_limit = "0 s"\n')
        self.assertFails(self.session(CI="true"), ERROR, "environments.toml", "expected more than 0 s")

    def test_max_time_ends_the_attempt_with_one_last_look(self):
        self.experiment('command = ["sleep", "0.05"]', PROTOCOL + 'min_blocks = 25\nmax_time = "1 s"\n')
        self.assertEqual(self.assay("run", "example.toml", "--json").json()["stop"], "time")
        self.assertEqual(len(self.records()), 1)

    def test_another_kind_of_machine_is_refused_with_what_differs(self):
        self.assertEnds(self.session("--pause-after", "1 s"), INTERRUPTED)
        self.assertFails(self.session(image="b"), REFUSED, 'image: "a" then, "b" now', "assay close example.toml")
        self.assertEnds(self.assay("close", "example.toml"), OK)

    def on_host(self, name, *words):
        """A session on a machine of this name: in a namespace of host names."""
        self.experiment('command = ["sleep", "0.1"]', PROTOCOL + "min_blocks = 40\n")
        command = ["unshare", "--uts", "sh", "-c", 'hostname "$0" && exec "$@"', name, PROGRAM, "run", "example.toml",
                   "--json", *words]
        ended = subprocess.run(command, cwd=self.folder, env={**self.environment, "CI_JOB_IMAGE": "a"},
                               capture_output=True, text=True, check=False)
        if "unshare" in ended.stderr or "hostname" in ended.stderr:
            self.skipTest("no namespace of host names here")
        return ended

    def test_another_runner_is_a_stratum(self):
        self.assertEqual(self.on_host("first", "--pause-after", "2 s").returncode, INTERRUPTED)
        self.assertEqual(self.on_host("second", "--pause-after", "2 s").returncode, INTERRUPTED)
        ended = self.on_host("first", "--no-futility")
        self.assertNotEqual(ended.returncode, INVALID, ended.stderr)
        (name,) = self.records()
        record = self.record(name)
        nodes = [block["node"] for block in record["blocks"]]
        self.assertEqual(set(nodes), {"first", "second"})
        changes = sum(one != other for one, other in zip(nodes, nodes[1:]))
        self.assertEqual(changes, 2)  # first, second, and first again
        self.assertEqual([node["name"] for node in record["result"]["audit"]["nodes"]], ["first", "second"])
        self.assertIn("node-effects", [found["name"] for found in record["result"]["workloads"][0]["diagnostics"]])
        self.assertEnds(self.assay("verify"), OK)

    def test_of_one_machine_names_none(self):
        self.assertEnds(self.session("--pause-after", "1 s"), INTERRUPTED)
        self.session()
        (name,) = self.records()
        self.assertNotIn('"node"', self.read(f".assay/records/{name}"))
        self.assertNotIn('"nodes"', self.read(f".assay/records/{name}"))

    def test_of_another_folder_is_refused_for_that_reason(self):
        self.assertEnds(self.session("--pause-after", "1 s"), INTERRUPTED)
        elsewhere = self.path("elsewhere")
        shutil.copytree(self.path(".assay"), os.path.join(elsewhere, ".assay"))
        shutil.copy(self.path("example.toml"), elsewhere)
        ended = self.assay("run", "example.toml", cwd=elsewhere, environment={"CI_JOB_IMAGE": "a"})
        self.assertFails(ended, REFUSED, "was begun in the folder " + self.folder, "is asked for in " + elsewhere,
                         "mount it there", "assay close example.toml")
        self.assertNotIn("changed since", ended.err)
        with open(os.path.join(elsewhere, "example.toml"), "a", encoding="utf-8") as file:
            file.write('[[target]]\nworkload = "work"\nmetric = "wall"\nat_most = "9 s"\n')
        self.assertFails(self.assay("run", "example.toml", cwd=elsewhere), ERROR, "changed since its attempt 1 was begun")
        self.assertEnds(self.assay("close", "example.toml", cwd=elsewhere), OK)

    def test_a_pause_takes_time(self):
        self.assertFails(self.session("--pause-after", "0 s"), ERROR, "--pause-after")


if __name__ == "__main__":
    unittest.main()
