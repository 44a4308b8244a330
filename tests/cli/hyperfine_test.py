#!/usr/bin/python3
"""Every option that hyperfine 1.20 and 2.0 document: it means the same, or one line says what to use."""

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, CliTest  # noqa: E402

ACCEPTED = [
    ["-w", "2"], ["--warmup", "0"], ["-m", "6"], ["--min-runs", "6"], ["-M", "8"], ["--max-runs", "8"],
    ["-r", "6"], ["--runs", "6"], ["-s", "true"], ["--setup", "true"], ["-p", "true"], ["--prepare", "true"],
    ["-C", "true"], ["--conclude", "true"], ["-c", "true"], ["--cleanup", "true"], ["-S", "sh"], ["--shell", "none"],
    ["-S"], ["--shell=default"], ["-S", "bash --norc"], ["-iS"], ["-r", "6", "-w=0"], ["-M=8"],
    ["-N"], ["-i"], ["-Ni"], ["-iN"], ["-i=3"], ["-Ni=1,2"], ["--ignore-failure"], ["--ignore-failure=1,2"], ["--ignore-failure=all-non-zero"],
    ["--style", "basic"], ["--style", "none"], ["--style", "nocolor"], ["-u", "ms"], ["--time-unit", "s"],
    ["--time-unit", "millisecond"], ["-u", "microsecond"], ["-u", "second"],
    ["--export-json", "out"], ["--export-csv", "out"], ["--export-markdown", "out"], ["--export-asciidoc", "out"],
    ["--export-orgmode", "out"], ["--sort", "auto"], ["--sort=command"],
    ["--style", "auto"], ["--style", "full"], ["--style", "color"], ["-Sw", "2"], ["-Si"], ["--shell", "bash", "--shell", "none"],
    ["--output", "null"], ["--output", "pipe"], ["--output", "./out"],
    ["--input", "null"], ["--input", "input.txt"], ["-n", "one"], ["--command-name", "one", "-n", "two"],
    ["--reference", "true"], ["--reference", "true", "--reference-name", "before"], ["--env", "A=1"],
]
REFUSED = [
    (["--show-output"], "--output FILE"),
    (["--sort", "mean-time"], "order of the commands"),
    (["--output", "inherit"], "would disturb the clock"),
    (["--metrics", "wall"], "--metric"),
    (["--reference-name", "before"], "--reference"),
    (["-D", "2"], "--parameter-scan"),
    (["--ignore-failure=0"], "1 to 255"),
    (["-i=x"], "1 to 255"),
    (["-S", ""], "--shell is empty"),
    (["--min-benchmarking-time", "3"], "--max-time"),
    (["--debug-mode"], "assay simulate"),
    (["-p", "touch $HYPERFINE_ITERATION"], "log-$$"),
    (["-S", "-N"], "exclude each other"),
    (["-SN"], "exclude each other"),
    (["--env", "A"], "--env: \"A\""),
    (["--set", "A"], "--set: \"A\""),
    (["--sort", "size"], "auto"),
    (["--race"], "--parameter-list"),
    (["-V"], "assay --version"),
    (["--version"], "assay --version"),
]


class HyperfineTest(CliTest):
    def setUp(self):
        super().setUp()
        self.write("input.txt", "some words\n")

    def compare(self, *words, blocks="6"):
        limit = () if any(word in ("-r", "--runs", "-m", "-M", "-M=8", "--min-runs", "--max-runs") for word in words) \
            else ("--runs", blocks)
        return self.assay("compare", *limit, *words)

    def table(self, *words, **options):
        ended = self.compare(*words, "--export-csv", "out.csv", **options)
        self.assertIn(ended.code, (0, 2, 3), ended.err)
        with open(self.path("out.csv"), encoding="utf-8") as file:
            return list(csv.DictReader(file))


class EveryDocumentedOption(HyperfineTest):
    def test_is_accepted_where_it_means_the_same(self):
        for words in ACCEPTED:
            with self.subTest(words):
                ended = self.compare(*words, "true", "true")
                self.assertIn(ended.code, (0, 2, 3), ended.err)
                if words[-1] == "out":
                    self.assertTrue(self.read("out"))
                    os.remove(self.path("out"))

    def test_is_refused_in_one_line_where_it_does_not(self):
        for words, advice in REFUSED:
            with self.subTest(words):
                self.assertFails(self.compare(*words, "true", "true"), ERROR, advice)


    def test_of_help_has_its_short_name(self):
        self.assertEqual(self.assay("compare", "-h").out, self.assay("compare", "--help").out)

    def test_that_groups_short_names_takes_no_command_for_its_value(self):
        ended = self.assay("compare", "-Ni", "-r6", "false", "true", "--json", "--fail-on", "none")
        self.assertEqual((ended.code, ended.json()["blocks"]), (0, 6), ended.err)

    def test_that_counts_runs_is_told_to_count_blocks(self):
        for words in (["-r", "6"], ["--runs=6"], ["-m6", "-M", "8"], ["--min-runs", "6"]):
            with self.subTest(words):
                err = self.assay("compare", *words, "true", "true", "--fail-on", "none").err
                self.assertEqual(err.count("runs are blocks here: each is one trial of every command"), 1, err)
        self.assertIn("each is two trials of the command", self.assay("compare", "-r", "6", "true").err)
        for words in (["-r", "6", "--quiet"], ["-r", "6", "--json"], ["--max-blocks", "6"]):
            with self.subTest(words):
                self.assertNotIn("runs are blocks", self.assay("compare", *words, "true", "true").err)


class AShell(HyperfineTest):
    """hyperfine 1 has -S SHELL, and hyperfine 2 has -S for the usual shell."""

    def commands(self, *words):
        return [row["command"] for row in self.table(*words, "-w", "0", "--fail-on", "none")]

    def test_is_the_usual_one_if_the_word_after_it_is_a_command(self):
        for words in (["-S", "true", "true"], ["true", "true", "-S"], ["-iS", "true", "true"]):
            with self.subTest(words):
                self.assertEqual(self.commands(*words), ["sh -c true", "sh -c true"])
        self.assertNotIn("is a command", self.compare("-S", "--", "true | true", "true").err)
        self.assertEqual(self.commands("-S", "echo a | cat", "sh -c true"), ["sh -c 'echo a | cat'", "sh -c 'sh -c true'"])

    def test_is_the_word_after_it_if_that_names_one(self):
        self.assertEqual(self.commands("-S", "sh", "true", "true"), ["sh -c true", "sh -c true"])
        self.assertEqual(self.commands("-Sbash", "true", "true"), ["bash -c true", "bash -c true"])
        self.assertEqual(self.commands("-S/bin/sh", "true", "true"), ["/bin/sh -c true", "/bin/sh -c true"])
        self.assertEqual(self.commands("--shell", "bash", "--shell=sh", "true", "true"), ["sh -c true", "sh -c true"])
        self.assertEqual(self.commands("-S", "/bin/sh -e", "true", "true"), ["/bin/sh -e -c true"] * 2)

    def test_is_the_usual_one_if_other_letters_follow_in_its_word(self):
        self.assertEqual(self.commands("-Si", "true", "true"), ["sh -c true", "sh -c true"])
        ended = self.assay("compare", "-Swr", "6", "true", "true")
        self.assertFails(ended, ERROR, "--warmup")
        ended = self.assay("compare", "-r6", "-Sw", "2", "echo x >> trials", "true", "--fail-on", "none")
        self.assertEqual((ended.code, self.read("trials")), (0, "x\n" * 8), ended.err)
        self.assertNotIn("is a command", ended.err)

    def test_that_might_have_been_meant_by_a_command_is_remarked_on_once(self):
        err = self.compare("-S", "true", "true").err
        self.assertEqual(err.count('-S is --shell=default here, and "true" is a command'), 1, err)
        for words in (["-S", "sh", "true", "true"], ["-S", "a | b", "true"], ["-S", "-r", "6", "true", "true"],
                      ["-S", "true", "true", "--quiet"]):
            with self.subTest(words):
                self.assertNotIn("is a command", self.compare(*words).err)

    def test_runs_hooks_that_need_one(self):
        ended = self.compare("-p", "echo x >> hooks; true", "true", "true", "-w", "0", "--fail-on", "none")
        self.assertEqual(ended.code, 0, ended.err)
        self.assertEqual(self.read("hooks"), "x\n" * 12)
        self.assertFails(self.compare("true | true", "true"), ERROR, "-S")


class Names(HyperfineTest):
    def exported(self, *words):
        ended = self.compare(*words, "-w", "0", "--fail-on", "none", "--export-csv", "out.csv", "--export-json", "out.json",
                             "--export-markdown", "out.md")
        self.assertEqual(ended.code, 0, ended.err)
        with open(self.path("out.csv"), encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        results = json.loads(self.read("out.json"))["results"]
        cells = [line.split("|")[1].strip().strip("`") for line in self.read("out.md").splitlines()[2:]]
        self.assertEqual([row["command"] for row in rows], [one["command"] for one in results])
        return rows, results, cells

    def test_stand_for_the_commands(self):
        rows, _, cells = self.exported("-n", "one", "-n", "two", "true", "sleep 0.001")
        self.assertEqual([row["command"] for row in rows], ["one", "two"])
        self.assertEqual(cells, ["one", "two"])
        rows, _, _ = self.exported("-n", "one", "true", "sleep 0.001")
        self.assertEqual([row["command"] for row in rows], ["one", "sleep 0.001"])

    def test_hold_the_values_of_parameters(self):
        rows, results, cells = self.exported("-L", "t", "1,2", "-n", "x{t}", "sleep 0.00{t}")
        self.assertEqual([(row["command"], row["parameter_t"]) for row in rows], [("x1", "1"), ("x2", "2")])
        self.assertEqual([one["parameters"] for one in results], [{"t": "1"}, {"t": "2"}])
        self.assertEqual(cells, ["x1", "x2"])

    def test_that_lack_a_parameter_show_it_in_tables(self):
        rows, _, cells = self.exported("-L", "t", "1,2", "-n", "x", "sleep 0.00{t}")
        self.assertEqual([row["command"] for row in rows], ["x", "x"])
        self.assertEqual(cells, ["x (t = 1)", "x (t = 2)"])

    def test_are_commands_if_none_is_given(self):
        rows, results, _ = self.exported("-L", "t", "1,2", "sleep 0.00{t}")
        self.assertEqual([(row["command"], row["parameter_t"]) for row in rows],
                         [("sleep 0.001", "1"), ("sleep 0.002", "2")])
        rows, results, _ = self.exported("--reference", "true", "-L", "t", "1,2", "sleep 0.00{t}")
        self.assertEqual([row["parameter_t"] for row in rows], ["", "1", "2"])
        self.assertNotIn("parameters", results[0])

    def test_are_given_once_or_for_each_value(self):
        self.assertFails(self.compare("-L", "t", "1,2,3", "-n", "a", "-n", "b", "sleep 0.00{t}"), ERROR,
                         "--command-name is given 2 times for 3 commands")
        self.assertFails(self.compare("-n", "treatment", "true", "true"), ERROR, 'two commands are called "treatment"')

    def test_of_one_command_make_one_row(self):
        rows, results, cells = self.exported("sleep 0.001")
        self.assertEqual((len(rows), len(results), cells), (1, 1, ["sleep 0.001"]))
        self.assertEqual(len(results[0]["times"]), 12)

    @unittest.skipUnless(shutil.which("hyperfine"), "hyperfine is not installed")
    def test_are_those_of_hyperfine_itself(self):
        for words in (["-n", "one", "-n", "two", "true", "sleep 0.001"], ["-L", "t", "1,2", "sleep 0.00{t}"],
                      ["-L", "t", "1,2", "-n", "x{t}", "sleep 0.00{t}"], ["sleep 0.001"]):
            with self.subTest(words):
                ours = self.exported(*words)
                subprocess.run(["hyperfine", "-N", "-w", "0", "-r", "3", *words, "--export-csv", "out.csv",
                                "--export-json", "out.json", "--export-markdown", "out.md"], cwd=self.folder,
                               check=True, capture_output=True)
                with open(self.path("out.csv"), encoding="utf-8") as file:
                    theirs = list(csv.DictReader(file))
                self.assertEqual([row.keys() for row in ours[0]], [row.keys() for row in theirs])
                for key in theirs[0]:
                    if key == "command" or key.startswith("parameter_"):
                        self.assertEqual([row[key] for row in ours[0]], [row[key] for row in theirs])
                results = json.loads(self.read("out.json"))["results"]
                self.assertEqual([(one["command"], one.get("parameters")) for one in ours[1]],
                                 [(one["command"], one.get("parameters")) for one in results])
                cells = [line.split("|")[1].strip().strip("`") for line in self.read("out.md").splitlines()[2:]]
                self.assertEqual(ours[2], cells)


class Scripts(HyperfineTest):
    """What the scripts of hyperfine's repository read: advanced_statistics, plot_* and welch_ttest."""

    def results(self, *words):
        ended = self.compare(*words, "-w", "0", "--fail-on", "none", "--export-json", "out.json")
        self.assertEqual(ended.code, 0, ended.err)
        return json.loads(self.read("out.json"))["results"]

    def test_find_the_times_of_each_command_and_their_figures(self):
        results = self.results("-n", "nothing", "-n", "sleep", "true", "sleep 0.001")
        self.assertEqual([one["command"] for one in results], ["nothing", "sleep"])
        for one in results:
            self.assertEqual((len(one["times"]), len(one["exit_codes"]), len(one["memory_usage_byte"])), (6, 6, 6))
            self.assertAlmostEqual(one["mean"], statistics.fmean(one["times"]), delta=1e-9)
            self.assertAlmostEqual(one["stddev"], statistics.stdev(one["times"]), delta=1e-9)
            self.assertAlmostEqual(one["median"], statistics.median(one["times"]), delta=1e-9)
            self.assertEqual((one["min"], one["max"]), (min(one["times"]), max(one["times"])))
            self.assertTrue(all(isinstance(one[key], float) for key in ("user", "system", "mean", "stddev", "median")))

    def test_find_one_parameter_that_reads_as_a_number(self):
        for words in (["-P", "n", "1", "3", "sleep 0.00{n}"], ["-L", "n", "1,2,3", "--env", "N={n}", "true"]):
            with self.subTest(words):
                results = self.results(*words)
                self.assertEqual([{key: float(value) for key, value in one["parameters"].items()} for one in results],
                                 [{"n": 1.0}, {"n": 2.0}, {"n": 3.0}])


class OptionsForEachCommand(HyperfineTest):
    def test_are_taken_if_they_are_alike(self):
        for words in (["-p", "true"], ["--conclude", "true"], ["--output", "null"]):
            with self.subTest(words):
                ended = self.compare(*words, *words, "sleep 0.05", "sleep 0.001", "--json", "--fail-on", "none")
                self.assertEqual((ended.code, ended.json()["blocks"]), (0, 6), ended.err)

    def test_are_refused_if_they_differ(self):
        for option, one, other in (("--prepare", "true", "false"), ("--output", "null", "pipe")):
            with self.subTest(option):
                ended = self.compare(option, one, option, other, "sleep 0.001", "sleep 0.002")
                self.assertFails(ended, ERROR, option, f'"{one}" and "{other}"', "the same for all commands")


class IgnoredFailures(HyperfineTest):
    def test_are_only_those_of_the_named_codes(self):
        ended = self.compare("-S", "sh", "--ignore-failure=3", "exit 3", "exit 3", "--json")
        self.assertEqual(ended.json()["failed_trials"], {"control": 0, "treatment": 0})
        ended = self.compare("-S", "sh", "--ignore-failure=3", "exit 4", "exit 4", "--json")
        self.assertNotEqual(ended.json()["failed_trials"]["control"], 0)


class Tables(HyperfineTest):
    def test_are_in_the_unit_that_is_asked_for(self):
        for words, unit in (([], "ms"), (["-u", "second"], "s"), (["-u", "microsecond"], "\u00b5s"), (["-u", "ms"], "ms")):
            with self.subTest(words):
                self.compare(*words, "sleep 0.01", "sleep 0.01", "--export-markdown", "t.md", "--export-asciidoc", "t.adoc",
                             "--export-orgmode", "t.org", "--fail-on", "none")
                self.assertIn(f"| Mean [{unit}] | Min [{unit}] | Max [{unit}] |", self.read("t.md"))
                self.assertIn(f"| Mean [{unit}] \n", self.read("t.adoc"))
                self.assertIn(f"|  Mean [{unit}] |", self.read("t.org"))

    def test_keep_commands_in_their_cells(self):
        self.compare("-S", "sh", "true | true", "true", "--export-asciidoc", "t.adoc",
                     "--export-orgmode", "t.org")
        self.assertIn("| `sh -c 'true \\| true'` \n", self.read("t.adoc"))
        self.assertTrue(self.read("t.adoc").endswith("|===\n"))
        self.assertIn("| =sh -c 'true \\vert{} true'=  |", self.read("t.org"))
        for line in self.read("t.org").splitlines():
            self.assertEqual(line.count("|") + line.count("+"), 6, line)


class OneCommand(HyperfineTest):
    def test_is_measured_and_what_a_comparison_needs_is_said(self):
        ended = self.assay("compare", "sleep 0.01")
        self.assertEnds(ended, 0)
        self.assertIn("sleep 0.01\n  time    ", ended.out)
        self.assertIn("20 trials", ended.out)
        self.assertIn("assay compare 'sleep 0.01' 'OTHER COMMAND'", ended.out)
        self.assertRegex(ended.out, r"blocks?\b.*(would|show|too few)")

    def test_that_never_succeeds_says_so(self):
        self.assertIn("no trial succeeded", self.assay("compare", "false", "-w", "0").out)

    def test_is_a_result_for_programs_too(self):
        self.assertEqual(self.assay("compare", "true", "-r", "6", "--json").json()["blocks"], 6)


if __name__ == "__main__":
    unittest.main()
