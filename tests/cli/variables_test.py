#!/usr/bin/python3
"""Variables of the kinds file and state, conditions that show that a variable acts, and what the audit names."""

import collections
import os
import resource
import signal
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INVALID, OK, WORK, WORSE, CliTest, experiment_text, read_until, wait_until  # noqa: E402

SETTINGS = 'kind = "file"\npath = "settings"\ncontrol = "quick"\ntreatment = "slow"'
RUNS_SETTINGS = 'command = ["sh", "settings"]'


class VariableTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def write_experiment(self, variable, workload, more="", blocks=12):
        protocol = f'[protocol]\nseed = "1"\nmax_blocks = {blocks}\n'
        self.write("example.toml", experiment_text(workload, f"{more}\n{protocol}", variable, "10%"))

    def run_file(self, *words, **options):
        return self.assay("run", "example.toml", *words, **options)

    def kill_after_a_block(self, **options):
        process = self.start("run", "example.toml", **options)
        read_until(process.stderr, " of at most ")
        process.send_signal(signal.SIGKILL)
        self.finish(process)


class File(VariableTest):
    def setUp(self):
        super().setUp()
        self.write("quick", "sleep 0.01\n")
        self.write("slow", "sleep 0.1\n")
        self.write("settings", "exit 9\n")
        self.write_experiment(SETTINGS, RUNS_SETTINGS)

    def left_over(self):
        return [name for name in os.listdir(self.folder) if name.startswith(".assay-swap")]

    def test_swaps_the_file_and_puts_the_original_back(self):
        inode = os.stat(self.path("settings")).st_ino
        ended = self.run_file("--json")
        self.assertEnds(ended, WORSE)
        self.assertEqual(ended.json()["audit"]["differs"], ["file settings"])
        self.assertEqual(self.read("settings"), "exit 9\n")
        self.assertEqual(os.stat(self.path("settings")).st_ino, inode)
        self.assertEqual(self.left_over(), [])

    def test_a_file_that_was_not_there_is_gone_again(self):
        os.remove(self.path("settings"))
        self.assertEnds(self.run_file(), WORSE)
        self.assertFalse(os.path.exists(self.path("settings")))

    def test_the_program_itself_may_be_the_file(self):
        self.write("quick", "#!/bin/sh\nsleep 0.01\n")
        self.write("slow", "#!/bin/sh\nsleep 0.15\n")
        self.write("settings", "#!/bin/sh\nexit 9\n")
        os.chmod(self.path("settings"), 0o755)
        self.write_experiment(SETTINGS, 'command = ["./settings"]')
        self.assertEnds(self.run_file(), WORSE)

    def test_a_killed_run_is_mended_by_the_next(self):
        self.write_experiment(SETTINGS, RUNS_SETTINGS, blocks=200)
        self.kill_after_a_block()
        self.assertNotEqual(self.left_over(), [])
        self.assertEnds(self.run_file(), WORSE)
        self.assertEqual(self.read("settings"), "exit 9\n")
        self.assertEqual(self.left_over(), [])

    def leave_swapped(self):
        self.write_experiment(SETTINGS, RUNS_SETTINGS, blocks=200)
        self.kill_after_a_block()
        self.assertNotEqual(self.read("settings"), "exit 9\n")

    def test_other_commands_mend_it_too(self):
        for words, code in ((("close",), OK), (("check",), OK), (("aa", "--no-plant", "--max-blocks", "6"), OK)):
            with self.subTest(words=words):
                self.leave_swapped()
                ended = self.assay(words[0], "example.toml", *words[1:])
                self.assertIn("has its original back", ended.err)
                self.assertEqual(self.read("settings"), "exit 9\n")
                self.assertEqual(self.left_over(), [])

    def test_status_tells_of_what_a_kill_left(self):
        self.leave_swapped()
        status = self.assay("status")
        self.assertRegex(status.out, r"settings still holds (control|treatment)'s content: assay close, given the file "
                                     r"of example, puts the original back")
        [left] = self.assay("status", "--json").json()["swapped_files"]
        self.assertEqual((left["file"], left["experiment"]), ("settings", "example"))
        self.assay("close", "example.toml")
        self.assertNotIn("settings", self.assay("status").out)

    def test_an_edit_after_a_kill_is_kept(self):
        self.leave_swapped()
        self.write("settings", "my new work\n")
        ended = self.assay("close", "example.toml")
        self.assertIn("settings.edited-during-assay; the original is back", ended.err)
        self.assertEqual(self.read("settings.edited-during-assay"), "my new work\n")
        self.assertEqual(self.read("settings"), "exit 9\n")

    def test_an_edit_during_a_run_is_kept_and_told(self):
        self.write_experiment(SETTINGS, 'shell = "test -e edited || echo \'# my new work\' > edited; '
                                        'test -e edited && cat edited > settings; sh settings"')
        ended = self.run_file("--json")
        self.assertEnds(ended, INVALID)
        self.assertIn("settings.edited-during-assay", ended.err)
        self.assertTrue(any("settings.edited-during-assay" in note for note in ended.json()["audit"]["notes"]))
        self.assertEqual(self.read("settings.edited-during-assay"), "# my new work\n")
        self.assertEqual(self.read("settings"), "exit 9\n")

    def test_a_trial_that_writes_into_the_file_is_found(self):
        self.write("quick", "echo '#' >> settings\n")
        self.write("slow", "echo '##' >> settings\n")
        ended = self.run_file("--json")
        self.assertEnds(ended, INVALID)
        self.assertIn(f"file {os.path.realpath(self.path('settings'))} changed during the attempt",
                      ended.json()["audit"]["intruders"])

    def test_a_trial_that_replaces_the_file_is_found(self):
        self.write("quick", "echo '#' > other; mv other settings\n")
        ended = self.run_file()
        self.assertEnds(ended, INVALID)
        self.assertIn("settings was replaced", ended.err)
        self.assertIn("settings.edited-during-assay; the original is back", ended.err)
        self.assertEqual(self.read("settings"), "exit 9\n")

    def test_mistakes_are_named(self):
        self.write("slow", "sleep 0.01\n")
        self.assertFails(self.run_file(), ERROR, "quick and slow hold the same")
        os.remove(self.path("slow"))
        self.assertFails(self.run_file(), ERROR, "slow", "No such file")
        self.write("slow", "sleep 0.03\n")
        os.remove(self.path("settings"))
        os.symlink("quick", self.path("settings"))
        self.assertFails(self.run_file(), ERROR, "settings is a link")


class State(VariableTest):
    def test_each_arm_is_warmed_up_as_its_own_state_says(self):
        self.write_experiment(
            'kind = "state"\ncontrol = "fresh"\ntreatment = "warm"',
            f'command = ["{WORK}", "append-variable", "log", "ASSAY_ARM_DIR"]',
            "[state.fresh]\nwarmup = 0\n[state.warm]\nwarmup = 3", blocks=8)
        ended = self.run_file("--json", "--fail-on", "none")
        self.assertEnds(ended, OK)
        result = ended.json()
        self.assertEqual(result["audit"]["differs"], ["state"])
        trials = collections.Counter(self.read("log").split())
        self.assertEqual(sorted(count - result["blocks"] for count in trials.values()), [0, 3])

    def test_each_arm_is_prepared_proven_and_concluded_as_its_own_state_says(self):
        hooks = "\n".join(f'[state.{name}]\nwarmup = 0\n' + "\n".join(
            f'{hook} = {{ shell = "echo {hook} of {name} >> log" }}' for hook in ("prepare", "prove", "conclude"))
            for name in ("slow", "quick"))
        self.write_experiment('kind = "state"\ncontrol = "slow"\ntreatment = "quick"',
                              'shell = "echo trial >> log; tail -n 3 log | grep -q slow && sleep 0.3; true"', hooks,
                              blocks=8)
        ended = self.run_file("--json")
        self.assertEnds(ended, OK)
        result = ended.json()
        self.assertEqual((result["verdict"], result["decision"]), ("improved", "keep"))
        lines = self.read("log").splitlines()
        turns = [tuple(lines[at:at + 4]) for at in range(0, len(lines), 4)]
        self.assertEqual(collections.Counter(turns), {
            (f"prepare of {name}", f"prove of {name}", "trial", f"conclude of {name}"): result["blocks"]
            for name in ("slow", "quick")})

    def test_mistakes_are_named(self):
        self.write_experiment('kind = "state"\ncontrol = "warm"\ntreatment = "cosy"', 'command = ["true"]')
        self.assertFails(self.run_file(), ERROR, "variable.treatment", '"cosy" is no state')
        self.write_experiment('kind = "state"\ncontrol = "warm"\ntreatment = "fresh"',
                              'command = ["true"]\nstates = ["warm"]', "[state.fresh]\nwarmup = 0")
        self.assertFails(self.run_file(), ERROR, "states", "the variable is the state")


class Reached(VariableTest):
    VARIABLE = 'kind = "env"\nname = "WORKERS"\ncontrol = "1"\ntreatment = "4"\nreached = "workers >= 2"'
    METRIC = '[[metric]]\nname = "workers"\nfrom = "regex:(\\\\d+)"'

    def test_a_variable_that_acts_is_judged(self):
        self.write_experiment(self.VARIABLE, 'shell = "echo $WORKERS; sleep 0.$WORKERS"', self.METRIC)
        self.assertEnds(self.run_file(), WORSE)

    def test_a_variable_that_does_nothing_is_invalid(self):
        self.write_experiment(self.VARIABLE, 'shell = "echo 1; sleep 0.0$WORKERS"', self.METRIC)
        ended = self.run_file("--json")
        self.assertEnds(ended, INVALID)
        self.assertEqual((ended.json()["verdict_reason"], ended.json()["decision"]), ("did-not-act", "undecided"))
        self.assertIn("the variable did not act", self.run_file(environment={}).out)

    def test_a_control_that_acts_as_well_is_invalid(self):
        self.write_experiment(self.VARIABLE, 'shell = "echo 4; sleep 0.0$WORKERS"', self.METRIC)
        self.assertEqual(self.run_file("--json").json()["verdict_reason"], "did-not-act")

    def test_units_are_those_of_the_metric(self):
        self.write_experiment(self.VARIABLE.replace("workers >= 2", "wall > 250 ms"), 'shell = "sleep 0.$WORKERS"')
        self.assertEnds(self.run_file(), WORSE)

    def test_mistakes_are_named(self):
        for condition, text in (("workers", "is no condition"), ("worker >= 2", 'did you mean "workers"'),
                                ("workers >= two", "is no value of"), ("wall > 2", "unit"), ("workers => 2", "no condition")):
            with self.subTest(condition=condition):
                self.write_experiment(self.VARIABLE.replace("workers >= 2", condition), 'shell = "true"', self.METRIC)
                self.assertFails(self.assay("check", "example.toml"), ERROR, "variable.reached", text)


class Surroundings(VariableTest):
    VARIABLE = 'kind = "env"\nname = "TIME"\ncontrol = "0.01"\ntreatment = "0.03"'

    def test_a_limit_that_changed_between_two_sessions_is_named(self):
        self.write_experiment(self.VARIABLE, 'shell = "sleep $TIME"', blocks=200)
        self.kill_after_a_block(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (512, 1024)))
        ended = self.run_file("--json", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (500, 1024)))
        self.assertEnds(ended, INVALID)
        self.assertEqual(ended.json()["audit"]["intruders"], [
            "limit open files changed during the attempt (from soft 512, hard 1024 to soft 500, hard 1024)"])

    def test_a_cpu_set_that_changed_between_two_sessions_is_named(self):
        cpus = sorted(os.sched_getaffinity(0))
        if len(cpus) < 2:
            self.skipTest("one CPU has one set")
        self.write_experiment(self.VARIABLE, 'shell = "sleep $TIME"', blocks=200)
        self.kill_after_a_block()
        ended = self.run_file("--json", preexec_fn=lambda: os.sched_setaffinity(0, cpus[:1]))
        self.assertEnds(ended, INVALID)
        self.assertIn("limit CPUs changed during the attempt", ended.json()["audit"]["intruders"][0])

    def test_a_program_that_is_replaced_between_two_sessions_is_named(self):
        self.write("tool", "#!/bin/sh\nsleep $TIME\n")
        os.chmod(self.path("tool"), 0o755)
        self.write_experiment(self.VARIABLE, 'command = ["./tool"]', blocks=200)
        self.kill_after_a_block()
        self.write("tool", "#!/bin/sh\nsleep $TIME # faster\n")
        ended = self.run_file("--json")
        self.assertEnds(ended, INVALID)
        self.assertEqual(ended.json()["audit"]["intruders"], ["executable content changed during the attempt"])


if __name__ == "__main__":
    unittest.main()
