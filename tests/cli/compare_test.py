#!/usr/bin/python3
"""assay compare: two commands and more, without a file."""

import json
import os
import stat
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ACT, ERROR, INCONCLUSIVE, INVALID, OK, WORK, CliTest  # noqa: E402

FIXED = ("--runs", "6", "--warmup", "0")


class Compare(CliTest):
    def compare(self, *words, **options):
        return self.assay("compare", *words, **options)

    def test_finds_a_shorter_sleep(self):
        ended = self.compare("sleep 0.050", "sleep 0.040", "--margin", "5%", "--json", "--seed", "1")
        self.assertEnds(ended, OK)
        result = ended.json()
        self.assertEqual(result["verdict"], "improved")
        effect = result["workloads"][0]["metrics"][0]["effect"]
        self.assertLess(effect["low"], -10)
        self.assertGreater(effect["high"], -40)

    def test_finds_the_same_sleep_equivalent(self):
        ended = self.compare("sleep 0.05", "sleep 0.05", "--margin", "20%", "--json", "--seed", "1")
        self.assertEnds(ended, OK)
        self.assertEqual(ended.json()["verdict"], "equivalent")

    def test_labels_a_command_against_itself(self):
        self.assertIn("A/A", self.compare("true", "true", *FIXED).out)

    def test_calls_a_failing_treatment_invalid(self):
        ended = self.compare("true", f"{ACT} exit 3", "--json")
        self.assertEnds(ended, INVALID)
        result = ended.json()
        self.assertEqual((result["verdict"], result["decision"]), ("invalid", "discard"))
        self.assertEqual(result["failed_trials"], {"control": 0, "treatment": 3})

    def test_calls_it_invalid_where_both_fail(self):
        self.assertEnds(self.compare("false", "false"), INVALID)

    def test_counts_every_exit_code_where_failures_are_ignored(self):
        ended = self.compare("true", "false", "--ignore-failure", "--json", *FIXED)
        self.assertEqual(ended.json()["failed_trials"], {"control": 0, "treatment": 0})
        note = "6 of 6 trials of `false` exited 1, and none of control; -i (--ignore-failure) counts them as measured"
        self.assertIn(note, ended.json()["audit"]["notes"])
        self.assertIn(note, self.compare("true", "false", "-i", "-q", *FIXED).err)

    def test_time_that_runs_out_before_the_first_look_is_not_called_noise(self):
        ended = self.compare("sleep 0.2", "sleep 0.1", "--max-time", "0.4 s", "--warmup", "0")
        self.assertRegex(ended.out, r"\nwhy: the time ran out after \d blocks?; 6 or more can decide\n")

    def test_runs_exactly_as_many_blocks_as_asked(self):
        result = self.compare("true", "true", "--json", *FIXED).json()
        self.assertEqual((result["blocks"], result["trials"]), (6, 12))

    def test_warms_up_as_often_as_asked(self):
        self.compare(f"{WORK} append log x", "true", "--runs", "6", "--warmup", "3")
        self.assertEqual(len(self.read("log").splitlines()), 6 + 3)

    def test_runs_hooks_around_trials_and_arms(self):
        hooks = [word for hook in ("setup", "prepare", "conclude", "cleanup")
                 for word in (f"--{hook}", f"{WORK} append log {hook}")]
        self.compare(f"{WORK} append log trial", f"{WORK} append log trial", *hooks, "--runs", "2", "--warmup", "0")
        trial = ["prepare", "trial", "conclude"]
        self.assertEqual(self.read("log").split(), ["setup"] * 2 + trial * 4 + ["cleanup"] * 2)

    def test_gives_the_same_order_for_the_same_seed(self):
        words = (f"{WORK} append log control", f"{WORK} append log treatment", "--seed", "7", *FIXED)
        self.compare(*words)
        first = self.read("log")
        os.remove(self.path("log"))
        self.compare(*words)
        self.assertEqual(self.read("log"), first)
        self.assertEqual(sorted(first.split()), ["control"] * 6 + ["treatment"] * 6)

    def test_uses_a_shell_where_one_is_asked_for(self):
        ended = self.compare("-S", "sh", "echo a | cat > out", "true", *FIXED)
        self.assertNotEqual(ended.code, ERROR, ended.err)
        self.assertEqual(self.read("out"), "a\n")

    def test_names_the_shell_option_where_a_pipe_needs_it(self):
        self.assertFails(self.compare("sort a | uniq", "true"), ERROR, "command 1", "-S")

    def test_what_only_a_shell_knows_is_a_mistake_and_no_measurement(self):
        self.write("a.txt", "")
        for command, name in (("ls *.txt", '"*"'), ("ls ?.txt", '"?"'), ("ls [ab].txt", '"["'), ("exit 1", '"exit"'),
                              ("command ls", '"command"'), ("no-such-program x", "no-such-program")):
            for commands in ((command, "ls"), ("ls", command)):
                with self.subTest(commands=commands):
                    self.assertFails(self.compare(*commands), ERROR, "-S", name)

    def test_a_command_that_fails_in_every_trial_is_invalid(self):
        for words in (("false", "true"), ("ls '*.txt'", "ls"), ("-S", "sh", "no-such-program", "true")):
            with self.subTest(words=words):
                self.assertEnds(self.compare(*words, "-r", "1"), INVALID)

    def test_gives_no_shell_to_plain_commands(self):
        ended = self.compare(f"{WORK} append-variable log SHELL_WAS_HERE", "true", "-N", *FIXED)
        self.assertNotEqual(ended.code, ERROR, ended.err)

    def test_names_arms_as_asked(self):
        ended = self.compare("true", "sleep 0.01", "-n", "nothing", "-n", "nap", *FIXED)
        self.assertIn("nap", ended.out)
        self.assertIn("nothing", ended.out)

    def test_compares_several_with_the_first(self):
        ended = self.compare("sleep 0.03", "sleep 0.02", "sleep 0.03", "--margin", "10%", "--json", "--seed", "3")
        result = ended.json()
        self.assertEqual([one["verdict"] for one in result["workloads"]][0], "improved", ended.out)
        self.assertEqual(len(result["workloads"]), 2)

    def test_reads_input_and_writes_output(self):
        self.write("in", "some text\n")
        self.compare(f"{ACT} copy-input", f"{ACT} copy-input", "--input", "in", "--output", "out", *FIXED)
        self.assertEqual(self.read("out"), "some text\n")

    def test_reads_output_through_a_pipe(self):
        self.compare("test -p /dev/stdout", "test -p /dev/stdout", "--output", "pipe", "-i", "--export-json", "out.json", *FIXED)
        self.assertEqual([arm["exit_codes"] for arm in json.loads(self.read("out.json"))["results"]], [[0] * 6, [0] * 6])

    def test_says_that_much_output_goes_nowhere(self):
        self.write("big.txt", "1\n" * 100000)
        ended = self.compare("cat big.txt", "cat big.txt", "--runs", "6")
        self.assertIn("go to /dev/null, which some programs notice", " ".join((ended.out + ended.err).split()))
        ended = self.compare("cat big.txt", "cat big.txt", "--output", "pipe", "--runs", "6")
        self.assertNotIn("/dev/null", ended.out + ended.err)

    def test_keeps_the_exit_codes_of_failures_that_are_ignored(self):
        self.compare("exit 22", "true", "-S", "sh", "-i", "--export-json", "out.json", *FIXED)
        self.assertEqual([arm["exit_codes"] for arm in json.loads(self.read("out.json"))["results"]], [[22] * 6, [0] * 6])

    def test_ends_a_trial_that_hangs(self):
        ended = self.compare("true", f"{ACT} wait", "--timeout", "50 ms", "--json", "--warmup", "0")
        self.assertEnds(ended, INVALID)

    def test_writes_what_hyperfine_writes(self):
        self.compare("true", "true", "--export-json", "out.json", *FIXED)
        results = json.loads(self.read("out.json"))["results"]
        self.assertEqual(len(results), 2)
        for result in results:
            self.assertEqual(result["command"], "true")
            self.assertEqual(len(result["times"]), 6)
            self.assertEqual(result["exit_codes"], [0] * 6)
            for key in ("mean", "stddev", "median", "user", "system", "min", "max"):
                self.assertIsInstance(result[key], float)

    def test_writes_that_to_standard_output_and_into_a_pipe(self):
        self.assertIn('"exit_codes"', self.compare("true", "true", "--export-json", "-", *FIXED).out)
        os.mkfifo(self.path("pipe"))
        with open(self.path("out"), "w") as out, subprocess.Popen(["cat", self.path("pipe")], stdout=out) as reader:
            self.compare("true", "true", "--export-json", "pipe", *FIXED)
            reader.wait(timeout=10)
        self.assertEqual(len(json.loads(self.read("out"))["results"]), 2)
        self.assertTrue(stat.S_ISFIFO(os.stat(self.path("pipe")).st_mode))

    def test_compares_another_metric(self):
        ended = self.compare("true", f"{ACT} allocate 50000000", "--metric", "max_rss", "--json", *FIXED)
        metric = ended.json()["workloads"][0]["metrics"][0]
        self.assertEqual((metric["name"], metric["unit"]), ("max_rss", "B"))

    def test_takes_a_guard(self):
        ended = self.compare("true", "true", "--guard", "max_rss=50%", "--json", *FIXED)
        roles = {metric["name"]: metric["role"] for metric in ended.json()["workloads"][0]["metrics"]}
        self.assertEqual(roles["max_rss"], "guard")

    def test_says_what_more_would_cost_where_it_is_inconclusive(self):
        uneven = f"{WORK} doze log"
        ended = self.compare(uneven, uneven, "--max-blocks", "10", "--min-blocks", "10", "--warmup", "0", "--strict")
        self.assertEnds(ended, INCONCLUSIVE)
        self.assertRegex(ended.out, r"to find 3 % takes about \d+ blocks, .*\d")
        self.assertRegex(ended.out, rf": assay compare .*--max-blocks \d+.* '{uneven}' '{uneven}'")

    def test_prints_the_default_margin_as_such(self):
        self.assertIn("3 % (default)", self.compare("true", "true", *FIXED).out)
        self.assertNotIn("(default)", self.compare("true", "true", "--margin", "4%", *FIXED).out)

    def test_notes_that_the_arms_print_differently(self):
        ended = self.compare("echo a", "echo b", "--runs", "6")
        self.assertIn("standard output of treatment", ended.out)

    def test_writes_nothing_outside_a_lab(self):
        self.compare("true", "true", *FIXED)
        self.assertEqual(os.listdir(self.folder), [])

    def test_needs_a_lab_to_record(self):
        self.assertFails(self.compare("true", "true", "--record", *FIXED), ERROR, "--record", "assay init")

    def test_counts_comparisons_in_a_lab_and_records_none(self):
        self.make_lab()
        for _ in range(3):
            ended = self.compare("true", "true", *FIXED)
        self.assertIn("run 3 of this comparison today", ended.out)
        self.assertEqual(self.records(), [])
        self.assertFalse(os.path.exists(self.path("DECISIONS.md")))

    def test_records_where_that_is_asked_for(self):
        self.make_lab()
        ended = self.compare("true", "true", "--record", "--json", *FIXED)
        self.assertEqual(self.records(), ["0001-compare.json"])
        self.assertEqual(ended.json()["record"], "0001")
        self.assertIn("0001-compare", self.read("DECISIONS.md"))

    def test_leaves_nothing_in_the_temporary_place(self):
        os.mkdir(self.path("tmp"))
        self.compare(f"{WORK} litter scrap", "true", *FIXED, environment={"TMPDIR": self.path("tmp")})
        self.assertEqual(os.listdir(self.path("tmp")), [])

    def test_lets_a_trial_compare_too(self):
        # The inner program inherits the measuring lock; it would else wait for its own caller.
        program = os.environ["ASSAY_PROGRAM"]
        inner = f"{program} compare true true --runs 6 --wait '0 s' --fail-on none --quiet"
        ended = self.compare(inner, inner, "--runs", "2", "--warmup", "0", "--json")
        self.assertEqual(ended.json()["failed_trials"], {"control": 0, "treatment": 0})


class BadInput(CliTest):
    def test_no_command(self):
        self.assertFails(self.assay("compare"), ERROR, "none is given")

    def test_an_empty_command(self):
        self.assertFails(self.assay("compare", "true", ""), ERROR, "command 2")

    def test_a_missing_program(self):
        self.assertFails(self.assay("compare", "true", "no-such-program-here"), ERROR, "treatment",
                         "no-such-program-here", "PATH")

    def test_a_file_that_is_no_program(self):
        self.write("text", "words")
        self.assertFails(self.assay("compare", "true", "./text"), ERROR, "./text", "Permission denied")

    def test_more_names_than_commands(self):
        self.assertFails(self.assay("compare", "true", "true", "-n", "a", "-n", "b", "-n", "c"), ERROR, "3 times")

    def test_a_misspelt_option(self):
        self.assertFails(self.assay("compare", "true", "true", "--margn", "3%"), ERROR, "--margin")

    def test_a_margin_without_its_sign(self):
        self.assertFails(self.assay("compare", "true", "true", "--margin", "3"), ERROR, "--margin", "%")

    def test_an_unknown_metric(self):
        self.assertFails(self.assay("compare", "true", "true", "--metric", "wal"), ERROR, "wal", "wall")

    def test_a_guard_without_margin(self):
        self.assertFails(self.assay("compare", "true", "true", "--guard", "max_rss"), ERROR, "max_rss=10%")

    def test_a_guard_that_forgives_less_than_nothing(self):
        self.assertFails(self.assay("compare", "true", "true", "--guard", "max_rss=-5%"), ERROR, "--guard max_rss=-5%",
                         "above 0%")

    def test_a_fixed_number_of_blocks_with_a_cap(self):
        self.assertFails(self.assay("compare", "true", "true", "-r", "6", "-M", "10"), ERROR, "--runs", "--max-blocks")

    def test_one_name_for_two_commands(self):
        self.assertFails(self.assay("compare", "true", "true", "-n", "a", "-n", "a"), ERROR, '"a" is given twice')

    def test_no_time_at_all(self):
        self.assertFails(self.assay("compare", "true", "true", "--timeout", "0 s"), ERROR, "--timeout", "above 0 s")

    def test_fresh_blocks_that_bound_no_effect(self):
        self.assertFails(self.assay("compare", "true", "true", "--strict", "--confirm", "6"), ERROR, "--confirm",
                         "expected 8 or more")

    def test_fewer_blocks_than_show_anything(self):
        self.assertFails(self.assay("compare", "true", "true", "-M", "5"), ERROR, "--max-blocks 5", "6 or more")

    def test_none_among_others(self):
        self.assertFails(self.assay("compare", "true", "true", "--fail-on", "none,any"), ERROR, "none stands alone")

    def test_both_shell_and_none(self):
        self.assertFails(self.assay("compare", "true", "true", "-N", "-S", "sh"), ERROR, "--no-shell")

    def test_an_output_that_hyperfine_has_and_assay_has_not(self):
        self.assertFails(self.assay("compare", "true", "true", "--output", "inherit"), ERROR, "./inherit")

    def test_input_that_is_missing(self):
        self.assertFails(self.assay("compare", "true", "true", "--input", "nothing"), ERROR, "nothing")

    def test_a_program_that_floods_its_output(self):
        ended = self.assay("compare", f"{ACT} flood 200000000", f"{ACT} flood 200000000", *FIXED, "--json")
        self.assertEqual(ended.json()["failed_trials"], {"control": 0, "treatment": 0})

    def test_a_program_that_leaves_a_daemon(self):
        ended = self.assay("compare", f"{ACT} leave-daemon", "true", *FIXED, "--json")
        self.assertEqual(ended.json()["failed_trials"], {"control": 0, "treatment": 0})

    def test_a_program_that_closes_its_output(self):
        ended = self.assay("compare", f"{ACT} close-output", f"{ACT} close-output", *FIXED, "--json")
        self.assertEqual(ended.json()["failed_trials"], {"control": 0, "treatment": 0})

    def test_a_program_that_kills_what_started_it(self):
        self.assertFails(self.assay("compare", "true", f"{ACT} kill-parent", *FIXED), ERROR, "launcher")

    def test_a_program_that_stops_itself(self):
        ended = self.assay("compare", "true", f"{ACT} stop-self", "--timeout", "50 ms", "--warmup", "0", "--json")
        self.assertEnds(ended, INVALID)

    def test_a_setup_that_fails(self):
        self.assertFails(self.assay("compare", "true", "true", "--setup", f"{WORK} fail 3 'port taken'"), INVALID,
                         "setup of control", "exited 3", "port taken")

    def test_a_prepare_that_fails(self):
        self.assertFails(self.assay("compare", "true", "true", "--prepare", f"{WORK} fail 3 'no disk'"), INVALID,
                         "prepare of control", "no disk")


if __name__ == "__main__":
    unittest.main()
