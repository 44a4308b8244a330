#!/usr/bin/python3
"""The design duet: both arms at once, each on a CPU of its own."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from cli import ACT, ERROR, INCONCLUSIVE, INVALID, OK, WORSE, CliTest  # noqa: E402

DUET = '[protocol]\ndesign = "duet"\nseed = "1"\nblocks = 8\n'


def on_one_cpu():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


class DuetTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def blocks(self):
        return self.record("0001-example.json")["blocks"]


@unittest.skipIf(len(os.sched_getaffinity(0)) < 2, "a duet needs two CPUs, and this process may use one")
class OnTwoCpus(DuetTest):
    def run_spans(self):
        """Each trial tells when and where it ran, and which arm it is."""
        self.write("tell.sh", f'echo "${{FAST:-0}} $({ACT} print-span 120)" >> log\n')
        self.experiment('command = ["sh", "tell.sh"]', '[state.warm]\nwarmup = 0\n' + DUET)
        self.assertIn(self.assay("run", "example.toml").code, (OK, WORSE, INCONCLUSIVE))
        spans = {}
        for line in self.read("log").splitlines():
            arm, start, end, cpu, usable = map(int, line.split())
            spans.setdefault(arm, []).append((start, end, cpu, usable))
        return [sorted(spans[arm]) for arm in (0, 1)]

    def test_both_trials_of_each_block_run_at_the_same_time_on_two_cpus(self):
        controls, treatments = self.run_spans()
        self.assertEqual(len(controls), 8)
        self.assertEqual(len(treatments), 8)
        for (start, end, cpu, usable), (other_start, other_end, other_cpu, other_usable) in zip(controls, treatments):
            self.assertLess(start, other_end)
            self.assertLess(other_start, end)
            self.assertNotEqual(cpu, other_cpu)
            self.assertEqual((usable, other_usable), (1, 1))

    def test_the_record_tells_the_cpu_of_each_trial_and_the_coin_picks_it(self):
        controls, treatments = self.run_spans()
        recorded = {0: [], 1: []}
        for block in self.blocks():
            self.assertEqual([trial["cpu"] for trial in block["trials"]], sorted(os.sched_getaffinity(0))[:2])
            for trial in block["trials"]:
                recorded[trial["arm"]].append(trial["cpu"])
        self.assertEqual(recorded[0], [span[2] for span in controls])
        self.assertEqual(recorded[1], [span[2] for span in treatments])
        self.assertEqual(len(set(recorded[0])), 2)
        self.assertEqual(self.assay("verify").code, OK)

    def test_the_result_names_the_design_the_cpus_and_the_check_of_a_cpu_effect(self):
        self.experiment('command = ["true"]', DUET)
        result = self.assay("run", "example.toml", "--json").json()
        self.assertEqual(result["design"], "duet")
        self.assertTrue(any(note.startswith("duet on CPUs ") for note in result["audit"]["notes"]), result["audit"])
        names = [one["name"] for one in result["diagnostics"]]
        self.assertIn("cpu-effect", names)
        self.assertNotIn("order-effect", names)

    def test_a_treatment_that_hangs_beside_a_good_control_is_broken(self):
        self.write("hang.sh", '[ -z "$FAST" ] || exec sleep 1000\n')
        self.experiment('command = ["sh", "hang.sh"]\ntimeout = "400 ms"', '[state.warm]\nwarmup = 0\n' + DUET)
        ended = self.assay("run", "example.toml")
        self.assertEnds(ended, INVALID)
        for block in self.blocks():
            kinds = {trial["arm"]: trial["outcome"]["kind"] for trial in block["trials"]}
            self.assertEqual(kinds, {0: "measured", 1: "timed-out"})
            walls = {trial["arm"]: trial["usage"]["wall_ns"] for trial in block["trials"]}
            self.assertLess(walls[0], 350_000_000)
            self.assertGreaterEqual(walls[1], 400_000_000)

    def test_two_commands_are_compared_so(self):
        ended = self.assay("compare", "sleep 0.02", "sleep 0.08", "--design", "duet", "--runs", "8", "--json")
        self.assertEqual(ended.json()["verdict"], "regressed", ended.err)
        self.assertEqual(ended.json()["design"], "duet")

    def test_named_cpus_are_taken_in_their_order(self):
        first, second = sorted(os.sched_getaffinity(0))[:2]
        self.experiment(f'command = ["true"]\nlimits = {{ cpus = [{second}, {first}] }}', DUET)
        self.assay("run", "example.toml")
        self.assertEqual([trial["cpu"] for trial in self.blocks()[0]["trials"]], [second, first])


class Refused(DuetTest):
    def test_where_there_is_one_cpu_the_way_out_is_named(self):
        self.experiment('command = ["true"]', DUET)
        ended = self.assay("run", "example.toml", preexec_fn=on_one_cpu)
        self.assertFails(ended, ERROR, "on a CPU each, and this process may use only CPU", 'design = "blocks"')

    def test_a_cpu_that_may_not_be_used_is_named(self):
        self.experiment('command = ["true"]\nlimits = { cpus = [0, 999] }', DUET)
        self.assertFails(self.assay("run", "example.toml"), ERROR, "limits.cpus names CPU 999")

    def test_three_commands_are_too_many(self):
        ended = self.assay("compare", "true", "true", "true", "--design", "duet")
        self.assertFails(ended, ERROR, "--design duet: two trials run at once, on two CPUs, and there are 3 arms")

    def test_one_file_for_both_outputs_is_refused(self):
        ended = self.assay("compare", "true", "false", "--design", "duet", "--output", "out.txt")
        self.assertFails(ended, ERROR, 'both arms would write "out.txt" at once')

    def test_inner_trials_are_no_part_of_it(self):
        self.assertFails(self.assay("compare", "true", "false", "--design", "duet", "--inner", "3"), ERROR,
                         "--inner: the design duet says how many trials a unit has")


class Simulated(DuetTest):
    def test_a_duet_without_cpus_is_the_coin_alone(self):
        self.simulated(protocol='design = "duet"')
        self.assertEnds(self.assay("run", "example.toml", preexec_fn=on_one_cpu), OK)
        orders = [[trial["arm"] for trial in block["trials"]] for block in self.blocks()]
        self.assertIn([0, 1], orders)
        self.assertIn([1, 0], orders)
        self.assertNotIn("cpu", self.blocks()[0]["trials"][0])
        self.assertEqual(self.assay("verify").code, OK)

    def test_the_time_of_a_block_is_that_of_its_longer_trial(self):
        self.simulated(shift="0%", protocol='design = "duet"\nblocks = 12')
        self.assay("run", "example.toml")
        chances = self.assay("plan", "--json", "--record", "1", "example.toml").json()["chances"]
        self.assertLess(chances["seconds_per_block"], 0.15)  # two trials of 0.1 s


if __name__ == "__main__":
    unittest.main()
