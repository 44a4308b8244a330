#!/usr/bin/python3
"""Kills, signals, full disks and locks: nothing that was finished is lost, and the end is the same."""

import os
import shutil
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import (ACT, ERROR, INTERRUPTED, INVALID, OK, REFUSED, CliTest, children_of, read_until,  # noqa: E402
                 running, wait_until, words_of)


def launchers_of(process):
    return [pid for pid in children_of(process.pid) if words_of(pid) == ["launcher"]]


class LabTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def start_and_wait_for_blocks(self, count, *words):
        process = self.start("run", "example.toml", *words)
        wait_until(lambda: self.journalled_blocks() >= count or process.poll() is not None)
        return process


class Interruption(LabTest):
    def undisturbed_content(self):
        os.mkdir(self.path("undisturbed"))
        os.makedirs(self.path("undisturbed/.assay/records"))
        self.simulated(name="undisturbed/example.toml")
        self.assertEnds(self.assay("run", "undisturbed/example.toml"), OK)
        return self.content("../../undisturbed/.assay/records/0001-example.json")

    def content(self, name):
        content = super().content(name)
        del content["plan"]["simulation"]  # the pace: what makes a kill hit in the middle
        return content

    def test_kill_9_loses_no_block_and_changes_no_result(self):
        expected = self.undisturbed_content()
        self.simulated(pace="5 ms")
        for killed_at in (1, 4, 7):
            process = self.start_and_wait_for_blocks(killed_at)
            process.send_signal(signal.SIGKILL)
            self.finish(process)
            self.assertGreaterEqual(self.journalled_blocks(), killed_at)
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.assertEqual(self.content("0001-example.json"), expected)
        self.assertGreaterEqual(len(self.record("0001-example.json")["interruptions_ns"]), 1)

    def test_one_signal_ends_after_the_running_block(self):
        expected = self.undisturbed_content()
        self.simulated(pace="20 ms")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process = self.start_and_wait_for_blocks(self.journalled_blocks() + 1, "--json")
            process.send_signal(number)
            ended = self.finish(process)
            self.assertEnds(ended, INTERRUPTED)
            self.assertEqual(ended.json()["stop"], "interrupted")
            self.assertIn("go on with: assay run --engine simulated example.toml", ended.err)
            self.assertEqual(self.records(), [])
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.assertEqual(self.content("0001-example.json"), expected)

    def test_two_signals_end_at_once(self):
        self.experiment(f'command = ["{ACT}", "wait", "interrupted"]', '[protocol]\nseed = "1"\n')
        process = self.start("run", "example.toml")
        wait_until(lambda: running(f"{ACT} wait interrupted"))
        process.send_signal(signal.SIGINT)
        read_until(process.stderr, "once more stops at once")
        process.send_signal(signal.SIGINT)
        self.assertEnds(self.finish(process), INTERRUPTED)
        self.assertEqual(running(f"{ACT} wait interrupted"), [])

    def test_a_killed_program_leaves_no_trial_behind(self):
        self.experiment(f'command = ["{ACT}", "wait", "interrupted"]')
        process = self.start("run", "example.toml")
        wait_until(lambda: running(f"{ACT} wait interrupted"))
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        wait_until(lambda: not running(f"{ACT} wait interrupted"))


class LostBlocks(LabTest):
    """A block that a kill broke off keeps its trials, and counts against the claim."""

    # Treatment waits for ever in its third measured trial, unless there is a file "go".
    PROGRAM = ("import os, time\n"
               "fast = os.environ.get('FAST')\n"
               "open('trials', 'a').write('x' if fast else '.')\n"
               "if fast and open('trials').read().count('x') == 4 and not os.path.exists('go'):\n"
               "    open('waits', 'w').close()\n"
               "    time.sleep(1000)\n"
               "time.sleep(0.02 if fast else 0.2)\n")

    def run_until_killed(self):
        self.write("work.py", self.PROGRAM)
        self.experiment('command = ["/usr/bin/python3", "work.py"]', '[protocol]\nmax_blocks = 20\nseed = "1"\n')
        process = self.start("run", "example.toml")
        wait_until(lambda: os.path.exists(self.path("waits")) or process.poll() is not None)
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        self.write("go", "")

    def lost_of(self, record):
        return [block for block in record["blocks"] if "broken_off" in block]

    def test_a_killed_block_stands_in_the_record_and_is_run_again_in_its_order(self):
        self.run_until_killed()
        ended = self.assay("run", "example.toml", "--json")
        notes = " ".join(ended.json()["audit"]["notes"])
        self.assertIn("is lost: it was broken off while treatment ran", notes)
        record = self.record("0001-example.json")
        lost = self.lost_of(record)
        self.assertEqual(len(lost), 1)
        self.assertEqual(lost[0]["broken_off"], {"running": [1]})
        again = [block for block in record["blocks"] if block["number"] == lost[0]["number"]][-1]
        self.assertEqual((again["losses"], again["rerun"]), (1, 1))
        order = [trial["arm"] for trial in again["trials"]]
        self.assertEqual([trial["arm"] for trial in lost[0]["trials"]], order[:order.index(1)])
        self.assertEqual(ended.json()["lost_blocks"], 1)
        self.assertIn("1 block lost", self.read("DECISIONS.md"))
        self.assertIn("every test takes it at the worst", " ".join(self.read("DECISIONS.md").split()))
        self.assertEnds(self.assay("verify"), OK)

    def test_a_killed_attempt_that_is_closed_keeps_its_trials_too(self):
        self.run_until_killed()
        self.assay("close", "example.toml")
        self.assertEqual(len(self.lost_of(self.record("0001-example.json"))), 1)
        self.assertEnds(self.assay("verify"), OK)

    def test_conclude_that_fails_twice_ends_the_session_and_leaves_the_attempt_open(self):
        self.write("ok", "")
        self.experiment('command = ["true"]\nconclude = ["test", "-e", "ok"]',
                        '[state.warm]\nwarmup = 0\n[protocol]\nmax_blocks = 6\n')
        os.remove(self.path("ok"))
        self.assertFails(self.assay("run", "example.toml"), ERROR, "conclude of", "failed twice: exited 1")
        self.assertEqual(self.records(), [])
        self.write("ok", "")
        self.assay("run", "example.toml")
        self.assertEqual(len(self.lost_of(self.record("0001-example.json"))), 1)


@unittest.skipIf(len(os.sched_getaffinity(0)) < 2, "a duet needs two CPUs, and this process may use one")
class Duet(LabTest):
    """Both trials of a block at once."""

    TRIAL = f"{ACT} wait duet"

    def start_duet(self):
        self.experiment(f'command = ["{ACT}", "wait", "duet"]',
                        '[state.warm]\nwarmup = 0\n[protocol]\nseed = "1"\ndesign = "duet"\n')
        process = self.start("run", "example.toml")
        wait_until(lambda: len(running(self.TRIAL)) == 2)
        return process

    def test_a_killed_program_leaves_neither_trial_nor_launcher_behind(self):
        process = self.start_duet()
        launchers = launchers_of(process)
        self.assertEqual(len(launchers), 2)
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        wait_until(lambda: not running(self.TRIAL))
        wait_until(lambda: not any(words_of(pid) for pid in launchers))

    def test_two_signals_end_both_trials_at_once(self):
        process = self.start_duet()
        process.send_signal(signal.SIGINT)
        read_until(process.stderr, "once more stops at once")
        process.send_signal(signal.SIGINT)
        ended = self.finish(process)
        self.assertEnds(ended, INTERRUPTED)
        self.assertRegex(ended.err, r"block 1 of work dropped: (control and treatment|treatment and control) had been")
        self.assertEqual(running(self.TRIAL), [])

    def test_a_killed_duet_is_taken_up_again_to_the_same_end(self):
        self.simulated(protocol='design = "duet"')
        self.assertEnds(self.assay("run", "example.toml"), OK)
        undisturbed = self.content("0001-example.json")
        os.remove(self.path(".assay/records/0001-example.json"))
        shutil.rmtree(self.path(".assay/openings"))  # or the attempt counts as spent
        os.remove(self.path(".assay/lab.db"))
        self.simulated(protocol='design = "duet"', pace="5 ms")
        for killed_at in (1, 4):
            process = self.start_and_wait_for_blocks(killed_at)
            process.send_signal(signal.SIGKILL)
            self.finish(process)
        self.assertEnds(self.assay("run", "example.toml"), OK)
        taken_up = self.content("0001-example.json")
        for content in (undisturbed, taken_up):
            del content["plan"]["simulation"]
        self.assertEqual(taken_up, undisturbed)


class Services(LabTest):
    """What a setup left running when everything that knew of it was killed."""

    SERVICE = "/bin/sleep 471148"
    NAMELESS = "/bin/sleep 471149"  # its environment is empty, and it is a child of one that has its own

    def start_with_services(self):
        self.experiment(f'command = ["{ACT}", "wait", "served"]\n'
                        f'setup = {{ shell = "{self.SERVICE} & (env -i {self.NAMELESS}; true) & exit 0" }}',
                        '[state.warm]\nwarmup = 0\n')
        process = self.start("run", "example.toml")
        wait_until(lambda: running(f"{ACT} wait served"))
        self.assertEqual([len(running(self.SERVICE)), len(running(self.NAMELESS))], [2, 2])
        self.watches = [pid for pid in children_of(process.pid) if words_of(pid)[1:2] == ["watch"]]
        self.assertEqual(len(self.watches), 1)
        return process

    def assert_all_is_gone(self):
        for what in (self.SERVICE, self.NAMELESS, f"{ACT} wait served"):
            wait_until(lambda what=what: not running(what))
        wait_until(lambda: not any(words_of(pid) for pid in self.watches))

    def test_end_if_assay_and_its_launcher_are_killed_together(self):
        process = self.start_with_services()
        launchers = launchers_of(process)
        self.assertEqual(len(launchers), 1)
        for pid in [*launchers, process.pid]:
            os.kill(pid, signal.SIGKILL)
        self.finish(process)
        self.assert_all_is_gone()

    def test_end_if_the_launcher_alone_is_killed(self):
        process = self.start_with_services()
        for pid in launchers_of(process):
            os.kill(pid, signal.SIGKILL)
        self.assertFails(self.finish(process), ERROR, "the launcher")
        self.assert_all_is_gone()


class Locking(LabTest):
    def test_a_second_measurement_waits_and_says_for_whom(self):
        self.simulated(pace="20 ms")
        first = self.start_and_wait_for_blocks(1)
        second = self.start("compare", "true", "true", "--runs", "6")
        line = second.stderr.readline()
        self.assertRegex(line, r"^assay: waiting for another measurement on this host: pid \d+, assay run example")
        self.assertEnds(self.finish(first), OK)
        self.assertNotEqual(self.finish(second).code, REFUSED)

    def test_a_second_measurement_is_refused_where_it_may_not_wait(self):
        self.simulated(pace="20 ms")
        first = self.start_and_wait_for_blocks(1)
        self.assertFails(self.assay("compare", "true", "true", "--wait", "0 s"), REFUSED, f"pid {first.pid}")
        first.kill()
        self.finish(first)

    def test_the_lock_goes_with_its_holder(self):
        self.simulated(pace="20 ms")
        first = self.start_and_wait_for_blocks(1)
        first.kill()
        self.finish(first)
        self.assertNotEqual(self.assay("compare", "true", "true", "--runs", "6", "--wait", "0 s").code, REFUSED)


class Recording(LabTest):
    def test_a_kill_between_record_and_document_is_mended(self):
        self.simulated()
        os.mkfifo(self.path("DECISIONS.md"))  # whoever opens it to read waits for a writer: here the kill hits
        process = self.start("run", "example.toml")
        wait_until(lambda: self.records() == ["0001-example.json"])
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        os.remove(self.path("DECISIONS.md"))
        self.assertFails(self.assay("verify"), INVALID, "DECISIONS.md", "0001-example", "assay render")
        self.assertEnds(self.assay("render"), OK)
        self.assertIn("## 0001 example: improved", self.read("DECISIONS.md"))
        self.assertEnds(self.assay("verify"), OK)
        # The journal does not know of the record yet: going on ends the attempt, with that one record.
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.assertEqual(self.records(), ["0001-example.json"])
        self.assertEnds(self.assay("verify"), OK)

    def test_a_kill_while_a_record_is_written_leaves_none_or_a_whole_one(self):
        for delay in range(0, 20, 2):
            self.simulated(name=f"e{delay}.toml", seed=delay)
            process = self.start("run", f"e{delay}.toml", "--environment", f"e{delay}")
            wait_until(lambda: self.journalled_blocks() > 0 or process.poll() is not None)
            for _ in range(delay):
                os.sched_yield()
            process.send_signal(signal.SIGKILL)
            self.finish(process)
            self.assertEnds(self.assay("render"), OK)
            self.assertEnds(self.assay("verify"), OK)


class Disks(LabTest):
    def mount(self, *options):
        folder = self.path("disk")
        os.makedirs(folder, exist_ok=True)
        if subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", folder], capture_output=True).returncode != 0:
            self.skipTest("may not mount")
        self.addCleanup(subprocess.run, ["umount", "-l", folder], capture_output=True)
        os.makedirs(self.path("disk/.assay/records"))

    def test_a_full_disk_is_one_line_and_loses_no_finished_block(self):
        self.mount("-o", "size=400k")
        self.simulated(shift="0%", noise="20%", name="disk/example.toml")
        self.assertFails(self.assay("run", "disk/example.toml", "--quiet"), ERROR, "disk")
        subprocess.run(["mount", "-o", "remount,size=20m", self.path("disk")], check=True)
        ended = self.assay("run", "disk/example.toml", "--json", "--fail-on", "none", "--no-futility")
        self.assertEnds(ended, OK)
        self.assertEqual(ended.json()["blocks"], 200)

    def test_a_read_only_lab_is_one_line(self):
        self.mount()
        self.simulated(name="disk/example.toml")
        subprocess.run(["mount", "-o", "remount,ro", self.path("disk")], check=True)
        self.assertFails(self.assay("run", "disk/example.toml"), ERROR, ".assay")


if __name__ == "__main__":
    unittest.main()
