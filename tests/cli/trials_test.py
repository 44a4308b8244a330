#!/usr/bin/python3
"""What surrounds a trial and what is counted of it: setups for each trial, counters of the processor, the machine."""

import os
import pty
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ACT, ERROR, INVALID, OK, PROGRAM, CliTest, experiment_text, wait_until  # noqa: E402

OLD_KERNEL = os.environ["ASSAY_OLD_KERNEL"]
BROAD = '[protocol]\nseed = "1"\nmax_blocks = 8\n'

# Starts a service, and says which; a second form of the setup fails.
START = "echo up >> log; sleep 471147 > /dev/null & echo $! >> pids"
# Fails unless exactly one of all services that were ever started is alive.
COUNT = """n=0
for pid in $(cat pids); do if kill -0 $pid 2>/dev/null; then n=$((n+1)); fi; done
test $n -eq 1 || { echo $n services live >&2; exit 1; }
"""


class TrialTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def run_file(self, *words):
        return self.assay("run", "example.toml", "--json", "--fail-on", "invalid", *words)

    def trials(self):
        return [trial for block in self.record(self.records()[-1])["blocks"] for trial in block["trials"]]


class SetupForEachTrial(TrialTest):
    def experiment_with(self, setup, command='["sh", "count.sh"]', more=BROAD):
        self.write("count.sh", COUNT)
        self.experiment(f"command = {command}\nsetup = {setup}\n"
                        'cleanup = { shell = "echo down >> log" }', more)

    def test_ends_its_service_before_that_of_the_next_trial_starts(self):
        self.experiment_with(f'{{ shell = "{START}", per = "trial" }}')
        ended = self.run_file()
        self.assertEnds(ended, OK)
        result = ended.json()
        self.assertEqual(result["failed_trials"], {"control": 0, "treatment": 0})
        warm_ups = 2
        self.assertEqual(self.read("log").split(), ["up", "down"] * (result["trials"] + warm_ups))
        for trial in self.trials():
            self.assertGreater(trial["outside"]["prepare_ns"], 0)
            self.assertGreater(trial["outside"]["conclude_ns"], 0)
            self.assertNotIn("notes", trial)

    def test_is_for_each_arm_unless_asked_otherwise(self):
        self.experiment_with(f'{{ shell = "{START}", per = "arm" }}', more='[protocol]\nblocks = 6\n')
        ended = self.run_file()
        self.assertEqual(self.read("log").split(), ["up"] * 2 + ["down"] * 2)
        self.assertEnds(ended, INVALID)  # both services live side by side
        self.assertEqual(self.record(self.records()[0])["plan"]["workloads"][0]["hooks"].get("setup_per"), None)

    def test_makes_the_block_void_if_it_fails(self):
        self.write("up.sh", "echo x >> tried; test $(wc -l < tried) -ne 5 || { echo no disk >&2; exit 3; }\n")
        self.experiment_with('{ command = ["sh", "up.sh"], per = "trial" }', '["true"]', '[protocol]\nblocks = 6\n')
        ended = self.run_file()
        notes = " ".join(ended.json()["audit"]["notes"])
        self.assertRegex(notes, r"block \d of work is (void and run again|lost): \w+: .*setup.*exited 3: no disk")

    def test_says_if_its_cleanup_fails(self):
        self.experiment('command = ["true"]\nsetup = { command = ["true"], per = "trial" }\ncleanup = ["false"]', BROAD)
        self.assertEnds(self.run_file(), OK)
        self.assertTrue(all("cleanup failed: exited 1" in trial["notes"] for trial in self.trials()))

    def test_mistakes_are_told(self):
        for setup, texts in (('{ per = "trial" }', ("says nothing to run",)),
                             ('{ command = ["true"], per = "block" }', ('"block" is not one of "arm", "trial"',)),
                             ('{ command = ["true"], shell = "true", per = "trial" }', ("either command or shell",)),
                             ('"true"', ("expected a list of words, or a table",))):
            self.experiment(f'command = ["true"]\nsetup = {setup}', BROAD)
            self.assertFails(self.assay("check", "example.toml"), ERROR, "example.toml:", *texts)
        self.experiment('command = ["true"]\nsetup = { command = ["true"], per = "trial" }',
                        '[[workload]]\nname = "other"\ncommand = ["true"]\nsetup = ["true"]\n' + BROAD)
        self.assertFails(self.assay("check", "example.toml"), ERROR, '"work" has a setup for each trial',
                         'left running: give both per = "trial", or neither')
        self.experiment('command = ["true"]\nsetup = { command = ["true"], per = "trial" }',
                        BROAD + 'design = "duet"\n')
        self.assertFails(self.assay("check", "example.toml"), ERROR, "duet: both arms run at once")


class BeforeTheFirstBlock(TrialTest):
    def test_what_fails_there_is_told_as_json_and_spends_nothing(self):
        self.experiment('command = ["true"]\nsetup = ["false"]', BROAD)
        ended = self.run_file()
        self.assertEnds(ended, INVALID)
        result = ended.json()
        self.assertEqual((result["record"], result["verdict"], result["stop"], result["blocks"]),
                         (None, "invalid", "failed", 0))
        self.assertIn("setup of", " ".join(result["audit"]["notes"]))
        self.assertEqual(result["attempts_left"], 3)
        self.assertEqual(self.records(), [])
        self.assertEqual(self.assay("tried", "example.toml", "--json").json()["attempts_left"], 3)


class HardwareCounters(TrialTest):
    """Many machines have none, so each test says what both kinds do."""

    REASON = r"(hypervisor|perf_event_paranoid|seccomp|counts no events|only a part of the trial)"

    def with_metric(self, text):
        self.write("example.toml", experiment_text(f'command = ["{ACT}", "spin", "5"]', text + BROAD, margin="90%"))

    def test_one_that_decides_is_measured_or_refused_before_anything_starts(self):
        self.write("example.toml", experiment_text(f'command = ["{ACT}", "spin", "5"]', BROAD, margin="90%").replace(
            'name = "wall"', 'name = "instructions"'))
        ended = self.run_file()
        if ended.code == OK:
            self.assertTrue(all(trial["usage"]["instructions"] > 1000 for trial in self.trials()))
            return
        self.assertFails(ended, ERROR, "metric instructions cannot be measured here: ", "nothing was started")
        self.assertRegex(ended.err, self.REASON)
        self.assertEqual(self.records(), [])

    def test_one_that_is_only_observed_is_there_or_unavailable(self):
        self.with_metric('[[metric]]\nname = "cycles"\n')
        ended = self.run_file()
        self.assertEnds(ended, OK)
        counted = [trial["usage"].get("cycles") for trial in self.trials()]
        notes = " ".join(ended.json()["audit"]["notes"])
        if None in counted:
            self.assertRegex(notes, "cycles is unavailable: .*" + self.REASON)
        else:
            self.assertTrue(all(count > 1000 for count in counted), counted)

    def test_a_guard_is_refused_or_observed_where_the_kernel_has_none(self):
        guard = '[[metric]]\nname = "branch_misses"\nrole = "guard"\nmargin = "50%"\n'
        for more, code in (("", ERROR), ('when_unavailable = "observe"\n', OK)):
            self.with_metric(guard + more)
            ended = subprocess.run([OLD_KERNEL, PROGRAM, "run", "example.toml", "--json", "--fail-on", "invalid"],
                                   cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)
            self.assertEqual(ended.returncode, code, ended.stderr)
            if code == ERROR:
                self.assertIn("guard branch_misses cannot be measured here: this kernel counts no events", ended.stderr)
                self.assertIn('guard cpu instead, or set when_unavailable = "observe"', ended.stderr)
        self.assertIn("only observed, as when_unavailable says", ended.stdout)


def may_mount():
    tried = subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    return tried.returncode == 0


@unittest.skipUnless(may_mount(), "only who may mount can show what mounts do")
class LeaksAndMounts(TrialTest):
    # Seen at another place, so that what tests beside this one do in /tmp can be ignored.
    ELSEWHERE = 'mount --bind . /mnt && cd /mnt && '

    def leaks(self, command):
        """What the trials of treatment left behind, below a file system that is mounted in their folder."""
        self.folder = self.folder_of_its_own()
        self.make_lab()
        os.mkdir(self.path("mounted"))
        os.mkdir(self.path("free"))
        self.write("leak.sh", f'test -z "$FAST" || {{ {command}; }}\n')
        self.experiment('command = ["sh", "leak.sh"]', '[[check]]\nname = "nothing left"\nkind = "no-leaks"\n'
                        'ignore = ["/tmp/**"]\n[protocol]\nblocks = 6\n')
        ended = subprocess.run(
            ["unshare", "-m", "sh", "-c", self.ELSEWHERE + 'mount -t tmpfs none mounted && exec "$0" "$@"', PROGRAM, "run",
             "example.toml", "--json"],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)
        self.assertNotEqual(ended.stdout, "", ended.stderr)
        return [trial["outcome"] for trial in self.trials() if trial["arm"] == 1 and "check-failed" in str(trial)]

    def test_a_file_beside_the_mount_is_one(self):
        found = self.leaks("touch left.$$")
        self.assertIn("left behind", str(found))

    def test_a_file_below_the_mount_is_none(self):
        self.assertNotIn("mounted", str(self.leaks("touch mounted/left")))

    def test_a_mount_that_a_trial_makes_is_one(self):
        found = self.leaks("mount -t tmpfs none free")
        self.assertRegex(str(found), "left behind: .*mount .*free")


class Progress(TrialTest):
    def on_terminal(self, *words):
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execve(PROGRAM, [PROGRAM, *words], {**self.environment, "TERM": "xterm"})
        shown = b""
        try:
            while part := os.read(terminal, 4096):
                shown += part
        except OSError:
            pass  # the terminal was closed
        os.close(terminal)
        os.waitpid(pid, 0)
        return shown.decode()

    def commit(self, text):
        self.write("run.sh", text)
        for words in (["init", "-q"], ["add", "run.sh"], ["commit", "-q", "-m", "x"]):
            subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=self.folder, check=True)

    def test_waiting_building_warming_and_measuring_have_a_line_each(self):
        self.commit("sleep 0.12\n")
        self.commit("sleep 0.13\n")
        self.write("example.toml", experiment_text(
            'command = ["sh", "prog"]', '[protocol]\nblocks = 6\n', variable='kind = "revision"\n'
            'control = "HEAD~1"\ntreatment = "HEAD"\nbuild = ["cp", "run.sh", "prog"]'))
        self.simulated(pace="20 ms", name="holder.toml")
        holder = self.start("run", "holder.toml")
        wait_until(lambda: os.path.isdir(self.path(".assay/openings")) and os.listdir(self.path(".assay/openings")))
        shown = self.on_terminal("run", "example.toml")
        self.assertEnds(self.finish(holder), OK)
        lines = ["waiting for another measurement on this host: pid ", "build of control", "build of treatment",
                 "warm-up of control", "warm-up of treatment", "1 of at most 6 blocks, at most"]
        places = [shown.find(line) for line in lines]
        self.assertNotIn(-1, places, shown)
        self.assertEqual(places, sorted(places))
        # How long it takes is said once a block shows it, and counts neither the waiting nor the builds.
        self.assertNotIn(" left", shown[:places[-1]])
        seconds = [int(figure) for figure in re.findall(r"1 of at most 6 blocks, at most (\d+) s left", shown)]
        self.assertTrue(seconds and seconds[0] < 30, shown)


class Machine(TrialTest):
    def test_its_cpu_time_is_recorded_beside_each_trial(self):
        self.experiment(f'command = ["{ACT}", "spin", "30"]', '[protocol]\nblocks = 6\n')
        self.run_file()
        tick_ns = 10 ** 9 // os.sysconf("SC_CLK_TCK")
        for trial in self.trials():
            own = trial["usage"]["user_ns"] + trial["usage"]["system_ns"]
            # Each CPU counts what it did up to its last tick.
            self.assertGreaterEqual(trial["strain"]["machine_cpu_ns"], own - 2 * os.cpu_count() * tick_ns)


if __name__ == "__main__":
    unittest.main()
