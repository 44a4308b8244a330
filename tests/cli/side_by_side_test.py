#!/usr/bin/python3
"""Workloads side by side: packed by weight, the same arm of all of a group at once, each with its own figures."""

import json
import os
import signal
import sqlite3
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from cli import (ACT, ERROR, INCONCLUSIVE, INTERRUPTED, INVALID, OK, WORSE, CliTest, read_until,  # noqa: E402
                 running, wait_until)

FILE = """
[experiment]
id = "example"
hypothesis = "An example"
[variable]
kind = "env"
name = "FAST"
control = {{ unset = true }}
treatment = "1"
{workloads}
[[metric]]
name = "wall"
role = "primary"
margin = "3%"
[state.warm]
warmup = 0
[budget]
cpus = {cpus}
[protocol]
seed = "1"
side_by_side = {asked}
{protocol}
{more}
"""
# Each trial tells whose it is, its arm, when and where it ran, and its places.
TELL = f'echo "$1 ${{FAST:-0}} $({ACT} print-span ${{2:-60}}) $TMPDIR $ASSAY_ARM_DIR $ASSAY_PORT" >> log\n'


def on_one_cpu():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


class SideBySideTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        self.write("tell.sh", TELL)

    def file(self, workloads, protocol="blocks = 6", cpus=2, asked="true", more=""):
        """A file with these workloads, each a name and the other lines of its table."""
        tables = "".join(f'[[workload]]\nname = "{name}"\n{lines}\n' for name, lines in workloads.items())
        return self.write("example.toml",
                          FILE.format(workloads=tables, protocol=protocol, cpus=cpus, asked=asked, more=more))

    def telling(self, *names, more=""):
        return {name: f'command = ["sh", "tell.sh", "{name}"]\n{more}' for name in names}

    def blocks(self, cell=None):
        all_blocks = self.record("0001-example.json")["blocks"]
        return [block for block in all_blocks if cell is None or block["cell"] == cell]

    def spans(self):
        """What the trials told: by workload, in the order of time."""
        spans = {}
        for line in self.read("log").splitlines():
            name, arm, start, end, cpu, usable, *places = line.split()
            spans.setdefault(name, []).append((int(start), int(end), int(arm), int(cpu), int(usable), places))
        return {name: sorted(told) for name, told in spans.items()}

    def journalled(self):
        """The cells of the blocks in the journal, read as another process."""
        try:
            journal = sqlite3.connect(f"file:{self.path('.assay/lab.db')}?mode=ro", uri=True)
            rows = journal.execute("SELECT block_json FROM block ORDER BY id").fetchall()
            journal.close()
        except sqlite3.OperationalError:
            return []
        return [json.loads(row[0])["cell"] for row in rows]


@unittest.skipIf(len(os.sched_getaffinity(0)) < 2, "two workloads at once need two CPUs, and this process may use one")
class AtOnce(SideBySideTest):
    def test_workloads_of_a_group_overlap_in_both_arms_and_others_do_not(self):
        self.file(self.telling("a", "b", "c"))
        self.assertIn(self.assay("run", "example.toml").code, (OK, WORSE, INCONCLUSIVE))
        spans = self.spans()
        arms = set()
        for (start, end, arm, cpu, usable, _), (other_start, other_end, other_arm, other_cpu, other_usable, _) in zip(
                spans["a"], spans["b"]):
            self.assertLess(start, other_end)
            self.assertLess(other_start, end)
            self.assertEqual(arm, other_arm)
            self.assertNotEqual(cpu, other_cpu)
            self.assertEqual((usable, other_usable), (1, 1))
            arms.add(arm)
        self.assertEqual(arms, {0, 1})
        self.assertEqual([len(spans[name]) for name in "abc"], [12, 12, 12])
        for start, end, *_ in spans["c"]:
            for other_start, other_end, *_ in spans["a"] + spans["b"]:
                self.assertTrue(end <= other_start or other_end <= start)

    def test_the_two_arms_of_a_workload_never_overlap(self):
        self.file(self.telling("a", "b"))
        self.assay("run", "example.toml")
        for told in self.spans().values():
            for (_, end, *_), (start, *_) in zip(told, told[1:]):
                self.assertLessEqual(end, start)

    def test_the_record_says_what_ran_beside_each_block_and_verifies(self):
        self.file(self.telling("a", "b", "c"))
        self.assay("run", "example.toml")
        record = self.record("0001-example.json")
        self.assertEqual(record["plan"]["groups"], [[0, 1], [2]])
        self.assertEqual({block["cell"]: block.get("beside") for block in record["blocks"]}, {0: [1], 1: [0], 2: None})
        orders = [[[trial["arm"] for trial in block["trials"]] for block in self.blocks(cell)] for cell in (0, 1)]
        self.assertEqual(orders[0], orders[1])
        self.assertEqual(self.blocks(0)[0]["started_ns"], self.blocks(1)[0]["started_ns"])
        self.assertEnds(self.assay("verify"), OK)
        self.assertEnds(self.assay("verify", "--suspect"), OK)
        shown = self.assay("show", "1")
        self.assertIn("side by side: workloads run at once", shown.out)
        self.assertIn("side by side: a on CPU", shown.out)
        self.assertEqual(self.assay("show", "1", "--json").json()["side_by_side"], [["a", "b"], ["c"]])

    def test_a_record_that_hides_what_ran_beside_does_not_verify(self):
        self.file(self.telling("a", "b"))
        self.assay("run", "example.toml")
        text = self.read(".assay/records/0001-example.json")
        self.assertIn('"beside":[1],', text)
        self.write(".assay/records/0001-example.json", text.replace('"beside":[1],', "", 1))
        ended = self.assay("verify")
        self.assertEnds(ended, INVALID)

    def test_places_of_the_lanes_are_their_own(self):
        self.file(self.telling("a", "b"))
        self.assay("run", "example.toml")
        spans = self.spans()
        places = {name: {(told[2], *told[5]) for told in spans[name]} for name in "ab"}
        self.assertEqual([len(places[name]) for name in "ab"], [2, 2])  # one for each arm, all the time
        self.assertFalse({place for arm in places["a"] for place in arm[1:]} &
                         {place for arm in places["b"] for place in arm[1:]})

    def test_wall_and_cpu_are_each_workloads_own(self):
        self.file({"spins": f'command = ["{ACT}", "spin", "200"]', "sleeps": 'command = ["sleep", "0.5"]'})
        self.assay("run", "example.toml")
        for spins, sleeps in zip(self.blocks(0), self.blocks(1)):
            for spun, slept in zip(spins["trials"], sleeps["trials"]):
                self.assertGreater(spun["usage"]["user_ns"] + spun["usage"]["system_ns"], 150_000_000)
                self.assertLess(spun["usage"]["wall_ns"], 400_000_000)
                self.assertLess(slept["usage"]["user_ns"] + slept["usage"]["system_ns"], 50_000_000)
                self.assertGreaterEqual(slept["usage"]["wall_ns"], 500_000_000)

    def test_it_saves_the_time_of_the_shorter_ones(self):
        times = {}
        for asked, duration in (("true", "0.2"), ("false", "0.20")):  # another question, which may be asked, too
            self.file({name: f'command = ["sleep", "{duration}"]' for name in "ab"}, asked=asked)
            started = time.monotonic()
            self.assertIn(self.assay("run", "example.toml").code, (OK, WORSE, INCONCLUSIVE))
            times[asked] = time.monotonic() - started
        self.assertLess(times["true"], 0.75 * times["false"])  # 12 turns of 0.2 s in place of 24, and what it costs else

    def test_a_workload_that_fails_fails_its_own_block_only(self):
        self.write("fail.sh", '[ -z "$FAST" ] || exit 3\n')
        self.file({"fails": 'command = ["sh", "fail.sh"]', "works": 'command = ["sleep", "0.02"]'})
        ended = self.assay("run", "example.toml")
        self.assertEnds(ended, INVALID)
        for block in self.blocks(0):
            self.assertEqual({trial["arm"]: trial["outcome"]["kind"] for trial in block["trials"]},
                             {0: "measured", 1: "exited"})
        for block in self.blocks(1):
            self.assertEqual([trial["outcome"]["kind"] for trial in block["trials"]], ["measured", "measured"])

    def test_a_workload_that_hangs_runs_into_its_own_timeout(self):
        self.write("hang.sh", '[ -z "$FAST" ] || exec sleep 1000\n')
        self.file({"hangs": 'command = ["sh", "hang.sh"]\ntimeout = "400 ms"', "works": 'command = ["sleep", "0.02"]'})
        self.assertEnds(self.assay("run", "example.toml"), INVALID)
        for block in self.blocks(0):
            self.assertEqual({trial["arm"]: trial["outcome"]["kind"] for trial in block["trials"]},
                             {0: "measured", 1: "timed-out"})
        for block in self.blocks(1):
            for trial in block["trials"]:
                self.assertEqual(trial["outcome"]["kind"], "measured")
                self.assertLess(trial["usage"]["wall_ns"], 300_000_000)

    def test_what_one_leaves_running_is_no_others(self):
        self.file({"leaves": f'command = ["{ACT}", "leave-one"]', "works": 'command = ["sleep", "0.1"]'})
        self.assay("run", "example.toml")
        for block in self.blocks(0):
            for trial in block["trials"]:
                self.assertTrue(any("running" in note for note in trial["notes"]), trial)
        for block in self.blocks(1):
            for trial in block["trials"]:
                self.assertNotIn("notes", trial)

    def test_if_one_cannot_be_prepared_none_of_its_turn_starts_and_all_run_again(self):
        self.write("prepare.sh", 'n=$(cat n 2>/dev/null || echo 0); echo $((n + 1)) > n; [ "$n" -ne 3 ]\n')
        self.file({"works": 'command = ["sh", "tell.sh", "works"]',
                   "stumbles": 'command = ["sh", "tell.sh", "stumbles"]\nprepare = ["sh", "prepare.sh"]'})
        ended = self.assay("run", "example.toml", "--json")
        self.assertIn(ended.code, (OK, WORSE, INCONCLUSIVE), ended.err)
        spans = self.spans()
        # The second turn of block 2 never began: its first turn was run in vain, and both blocks came again.
        self.assertEqual([len(spans[name]) for name in ("works", "stumbles")], [13, 13])
        self.assertEqual(ended.json()["lost_blocks"], 2)
        for cell in (0, 1):
            self.assertEqual([block["number"] for block in self.blocks(cell)], [1, 2, 3, 4, 5, 6, 2])
        self.assertIn("block 2 of works is lost", ended.err)
        self.assertIn("block 2 of stumbles is lost", ended.err)
        self.assertEnds(self.assay("verify"), OK)

    def test_a_prepare_that_fails_before_the_first_turn_loses_nothing(self):
        self.write("prepare.sh", 'n=$(cat n 2>/dev/null || echo 0); echo $((n + 1)) > n; [ "$n" -ne 2 ]\n')
        self.file({"works": 'command = ["sh", "tell.sh", "works"]',
                   "stumbles": 'command = ["sh", "tell.sh", "stumbles"]\nprepare = ["sh", "prepare.sh"]'})
        result = self.assay("run", "example.toml", "--json").json()
        self.assertEqual([len(self.spans()[name]) for name in ("works", "stumbles")], [12, 12])
        self.assertEqual((result["void_blocks"], result.get("lost_blocks", 0)), (1, 0))
        self.assertEqual([block["number"] for block in self.blocks(0)], [1, 3, 4, 5, 6, 2])  # no trial of 2 was started
        self.assertEnds(self.assay("verify"), OK)

    def test_a_file_as_the_variable_is_that_of_the_arm_for_all(self):
        for name in ("old.conf", "new.conf"):
            self.write(name, name + "\n")
        self.write("app.conf", "old.conf\n")
        self.write("read.sh", 'echo "$1 $(cat app.conf)" >> log\nsleep 0.02\n')
        self.file({name: f'command = ["sh", "read.sh", "{name}"]' for name in "ab"})
        text = self.read("example.toml")
        begin, end = text.index("[variable]"), text.index("[[workload]]")
        self.write("example.toml", text[:begin] + '[variable]\nkind = "file"\npath = "app.conf"\n'
                   'control = "old.conf"\ntreatment = "new.conf"\n' + text[end:])
        self.assertIn(self.assay("run", "example.toml").code, (OK, WORSE, INCONCLUSIVE))
        told = self.read("log").splitlines()
        for one, other in zip(told[::2], told[1::2]):
            self.assertEqual(one.split()[1], other.split()[1])
            self.assertNotEqual(one.split()[0], other.split()[0])

    def test_kill_9_in_a_turn_loses_no_finished_block_and_leaves_no_process(self):
        self.write("work.sh", f'echo x >> "$1.runs"\n'
                              f'if [ $(wc -l < "$1.runs") -eq 8 ] && [ ! -e go ]; then exec {ACT} wait beside; fi\nsleep 0.02\n')
        self.file({name: f'command = ["sh", "work.sh", "{name}"]' for name in "ab"}, "blocks = 8")
        process = self.start("run", "example.toml")
        wait_until(lambda: len(running(f"{ACT} wait beside")) >= 2 or process.poll() is not None)
        self.assertEqual(self.journalled(), [0, 1] * 3)
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        wait_until(lambda: not running(f"{ACT} wait beside"))
        self.assertEqual(self.journalled(), [0, 1] * 3)
        self.write("go", "")
        ended = self.assay("run", "example.toml", "--json")
        self.assertIn(ended.code, (OK, WORSE, INCONCLUSIVE), ended.err)
        self.assertEqual(ended.json()["lost_blocks"], 2)
        blocks = self.blocks()
        self.assertEqual([block["cell"] for block in blocks], [0, 1] * 9)
        self.assertEqual([len(block["trials"]) for block in blocks if "broken_off" in block], [1, 1])
        self.assertEnds(self.assay("verify"), OK)

    def test_the_second_signal_ends_all_trials_of_a_turn_at_once(self):
        self.file({name: f'command = ["{ACT}", "wait", "beside"]' for name in "ab"})
        process = self.start("run", "example.toml")
        wait_until(lambda: len(running(f"{ACT} wait beside")) == 2 or process.poll() is not None)
        process.send_signal(signal.SIGINT)
        read_until(process.stderr, "once more stops at once")
        process.send_signal(signal.SIGINT)
        ended = self.finish(process)
        self.assertEnds(ended, INTERRUPTED)
        self.assertEqual(running(f"{ACT} wait beside"), [])
        self.assertIn("block 1 of a and b dropped", ended.err)

    def test_the_first_signal_ends_after_the_turn(self):
        self.file({name: 'command = ["sleep", "0.1"]' for name in "ab"}, "blocks = 40")
        process = self.start("run", "example.toml")
        wait_until(lambda: len(self.journalled()) >= 2 or process.poll() is not None)
        process.send_signal(signal.SIGINT)
        self.assertEnds(self.finish(process), INTERRUPTED)
        cells = self.journalled()
        self.assertEqual(cells, [0, 1] * (len(cells) // 2))
        self.assertIn("example", self.assay("status").out)

    def test_fractions_share_the_cpus(self):
        self.file(self.telling("a", "b", more="weight = { cpu = 0.5 }\n"), cpus=1)
        self.assertIn(self.assay("run", "example.toml").code, (OK, WORSE, INCONCLUSIVE))
        self.assertIn("a; b, on the same CPUs", self.assay("show", "1").out)
        for told in self.spans().values():
            self.assertEqual({one[4] for one in told}, {len(os.sched_getaffinity(0))})

    def test_named_cpus_are_taken(self):
        first, second = sorted(os.sched_getaffinity(0))[:2]
        workloads = {"a": f'command = ["sh", "tell.sh", "a"]\nlimits = {{ cpus = [{second}] }}',
                     "b": 'command = ["sh", "tell.sh", "b"]'}
        self.file(workloads)
        self.assay("run", "example.toml")
        self.assertEqual([{one[3] for one in self.spans()[name]} for name in "ab"], [{second}, {first}])


    def test_an_attempt_that_is_open_is_no_unknown_record_and_closing_it_tells_what_its_blocks_show(self):
        # Treatment of b is three times as fast, so that b is decided long before a, which changes with every trial.
        self.write("fast.sh", 'if [ "${FAST:-0}" = 0 ]; then sleep 0.06; else sleep 0.02; fi\n')
        self.write("noise.sh", f'echo x >> m\nif [ $(wc -l < m) -eq 70 ]; then exec {ACT} wait beside; fi\n'
                   'sleep 0.0$((1 + $(wc -l < m) * 7 % 9))\n')
        self.file({"a": 'command = ["sh", "noise.sh"]', "b": 'command = ["sh", "fast.sh"]'}, "max_blocks = 60")
        process = self.start("run", "example.toml")
        wait_until(lambda: len(running(f"{ACT} wait beside")) >= 1 or process.poll() is not None)
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        self.assertFails(self.assay("show", "example"), ERROR, "its attempt is open", "`assay close`")
        closed = self.assay("close", "example.toml")
        self.assertEnds(closed, OK)
        self.assertRegex(closed.out, r"b: \d+ of its blocks ran only beside others")
        self.assertEnds(self.assay("verify"), OK)

    def test_doctor_plants_its_delay_in_one_workload(self):
        self.file({"a": 'command = ["sleep", "0.02"]', "b": 'command = ["sleep", "0.03"]'}, "max_blocks = 8")
        ended = self.assay("doctor", "example.toml")
        self.assertNotIn("no two workloads", ended.err)
        self.assertIn(ended.code, (OK, INVALID), ended.err)

    def test_a_machine_with_one_cpu_advises_to_go_on_elsewhere_and_may_close(self):
        self.file(self.telling("a", "b"), "blocks = 200")
        process = self.start("run", "example.toml")
        wait_until(lambda: len(self.journalled()) >= 4 or process.poll() is not None)
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        ended = self.assay("run", "example.toml", preexec_fn=on_one_cpu)
        self.assertFails(ended, ERROR, "a and b run side by side and weigh 2 CPUs", "use a machine like the one")
        self.assertNotIn("leave side_by_side out", ended.err)
        self.assertEnds(self.assay("close", "example.toml", preexec_fn=on_one_cpu), OK)
        self.assertEnds(self.assay("verify"), OK)


class Planned(SideBySideTest):
    def test_the_packing_is_shown(self):
        self.write(".assay/environments.toml", "")
        self.file(self.telling("a", "b", "c"), "max_blocks = 20")
        shown = self.assay("plan", "example.toml")
        if len(os.sched_getaffinity(0)) < 2:
            return self.assertFails(shown, ERROR, "no two workloads fit together")
        self.assertEnds(shown, OK)
        self.assertRegex(shown.out, r"group 1 +a \(1 CPU\), b \(1 CPU\): 2 CPUs together, of 2 CPUs")
        self.assertRegex(shown.out, r"group 2 +c \(1 CPU\), alone")
        self.assertRegex(shown.out, r"turns +at most 80 turns of trials that run at once, in place of 120")
        packing = self.assay("plan", "--json", "example.toml").json()["side_by_side"]
        self.assertEqual([group["workloads"] for group in packing["groups"]], [["a", "b"], ["c"]])
        self.assertEqual((packing["turns_at_most"], packing["seconds_at_most"]), (80, None))

    @unittest.skipIf(len(os.sched_getaffinity(0)) < 2, "two workloads at once need two CPUs")
    def test_the_time_with_and_without_is_that_of_the_noise_it_is_given(self):
        self.file({"a": 'command = ["sleep", "0.2"]', "b": 'command = ["sleep", "0.1"]'}, "max_blocks = 20")
        self.assay("run", "example.toml")
        packing = self.assay("plan", "--json", "--record", "1", "example.toml").json()["side_by_side"]
        self.assertAlmostEqual(packing["seconds_at_most"], 20 * 2 * 0.2, delta=1)
        self.assertAlmostEqual(packing["seconds_alone_at_most"], 20 * 2 * 0.3, delta=1.5)
        self.assertIn("side by side, ", self.assay("plan", "--record", "1", "example.toml").out)

    def test_nothing_is_said_unless_it_is_asked_for(self):
        self.file(self.telling("a", "b"), asked="false")
        self.assertNotIn("group 1", self.assay("plan", "example.toml").out)
        self.assay("run", "example.toml")
        text = self.read(".assay/records/0001-example.json")
        for key in ('"beside"', '"groups"', '"side_by_side"'):
            self.assertNotIn(key, text)


class Refused(SideBySideTest):
    def test_a_workload_heavier_than_the_budget_of_its_file(self):
        self.file(self.telling("a", "b", more="weight = { cpu = 3 }\n"))
        ended = self.assay("check", "example.toml")
        self.assertEnds(ended, ERROR)
        self.assertIn('side_by_side: workload "a" weighs 3 CPUs, and the budget has 2 CPUs', ended.err)
        self.assertRegex(ended.err, r"example\.toml:\d+:\d+")

    def test_a_workload_heavier_than_the_budget_of_its_environment(self):
        self.write(".assay/environments.toml", '[[environment]]\nname = "local"\nbudget = { cpus = 1 }\n')
        self.file({**self.telling("a"), **self.telling("b", more="weight = { cpu = 2 }\n")}, cpus=3)
        self.assertFails(self.assay("run", "example.toml"), ERROR,
                         "workload b weighs 2 CPUs, and the budget has 1 CPU")

    def test_more_than_this_machine_has(self):
        self.file(self.telling("a", "b"))
        self.assertFails(self.assay("run", "example.toml", preexec_fn=on_one_cpu), ERROR,
                         "no two workloads fit together: this machine lets trials have 1 CPU")

    @unittest.skipIf(len(os.sched_getaffinity(0)) < 2, "two workloads at once need two CPUs")
    def test_a_machine_with_fewer_cpus_does_not_go_on(self):
        self.file({**self.telling("a", "b"), **self.telling("c", "d", more="weight = { cpu = 0.5 }\n")}, "blocks = 200")
        process = self.start("run", "example.toml")
        wait_until(lambda: len(self.journalled()) >= 4 or process.poll() is not None)
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        before = self.journalled()
        ended = self.assay("run", "example.toml", preexec_fn=on_one_cpu)
        self.assertFails(ended, ERROR, "a and b run side by side and weigh 2 CPUs, and this machine lets trials have 1")
        self.assertLessEqual(len(self.journalled()) - len(before), 4)  # what the kill broke off

    def test_workloads_of_which_no_two_fit_into_the_budget_of_their_file(self):
        self.file(self.telling("a", "b", more='weight = { cpu = 0.5, memory = "2 GB" }\n'), more="")
        self.write("example.toml", self.read("example.toml").replace("cpus = 2\n", 'memory = "3 GB"\n'))
        ended = self.assay("check", "example.toml")
        self.assertFails(ended, ERROR,
                         "budget.memory: side_by_side: no two workloads fit together: the budget has 3.00 GB of memory")
        self.assertRegex(ended.err, r"example\.toml:\d+:\d+")

    def test_a_baseline_measures_each_workload_alone_on_any_machine(self):
        self.file(self.telling("a", "b"))
        self.assertEnds(self.assay("baseline", "example.toml", "--runs", "2", preexec_fn=on_one_cpu), OK)
        self.assertEnds(self.assay("verify"), OK)

    def test_unannounced_trials(self):
        self.file(self.telling("a", "b"))
        self.assertFails(self.assay("run", "example.toml", "--vigilant"), ERROR, "unannounced trials run alone")

    def test_a_cluster(self):
        self.file(self.telling("a", "b"))
        self.assertFails(self.assay("run", "example.toml", "--engine", "slurm"), ERROR,
                         "runs one block of one workload in each task")


if __name__ == "__main__":
    unittest.main()
