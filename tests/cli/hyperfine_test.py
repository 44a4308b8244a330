#!/usr/bin/python3
"""Every option that hyperfine 1.20 and 2.0 document: it means the same, or one line says what to use."""

import csv
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, CliTest  # noqa: E402

ACCEPTED = [
    ["-w", "2"], ["--warmup", "0"], ["-m", "6"], ["--min-runs", "6"], ["-M", "8"], ["--max-runs", "8"],
    ["-r", "6"], ["--runs", "6"], ["-s", "true"], ["--setup", "true"], ["-p", "true"], ["--prepare", "true"],
    ["-C", "true"], ["--conclude", "true"], ["-c", "true"], ["--cleanup", "true"], ["-S", "sh"], ["--shell", "none"],
    ["-N"], ["-i"], ["--ignore-failure"], ["--ignore-failure=1,2"], ["--ignore-failure=all-non-zero"],
    ["--style", "basic"], ["--style", "none"], ["--style", "nocolor"], ["-u", "ms"], ["--time-unit", "s"],
    ["--time-unit", "millisecond"], ["-u", "microsecond"], ["-u", "second"],
    ["--export-json", "out"], ["--export-csv", "out"], ["--export-markdown", "out"], ["--export-asciidoc", "out"],
    ["--export-orgmode", "out"], ["--output", "null"], ["--output", "pipe"], ["--output", "./out"],
    ["--input", "null"], ["--input", "input.txt"], ["-n", "one"], ["--command-name", "one", "-n", "two"],
    ["--reference", "true"], ["--reference", "true", "--reference-name", "before"], ["--env", "A=1"],
]
REFUSED = [
    (["--show-output"], "--output FILE"),
    (["--sort", "mean-time"], "order of the commands"),
    (["--output", "inherit"], "pipe"),
    (["--metrics", "wall"], "--metric"),
    (["--reference-name", "before"], "--reference"),
    (["-D", "2"], "--parameter-scan"),
    (["--ignore-failure=0"], "1 to 255"),
]


class HyperfineTest(CliTest):
    def setUp(self):
        super().setUp()
        self.write("input.txt", "some words\n")

    def compare(self, *words, blocks="6"):
        limit = () if any(word in ("-r", "--runs", "-m", "-M", "--min-runs", "--max-runs") for word in words) \
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


class AParameter(HyperfineTest):
    def commands(self, *words):
        return [row["command"] for row in self.table(*words, "-w", "0")]

    def test_of_a_list_makes_an_arm_of_each_value(self):
        self.assertEqual(self.commands("-L", "n", "0.001,0.002,0.003", "sleep {n}"), ["sleep 0.001", "sleep 0.002", "sleep 0.003"])

    def test_of_a_scan_is_counted_exactly(self):
        self.assertEqual(self.commands("-P", "n", "0.001", "0.003", "-D", "0.001", "sleep {n}"),
                         ["sleep 0.001", "sleep 0.002", "sleep 0.003"])
        self.assertEqual(self.commands("--parameter-scan", "n", "0", "1", "sleep 0.00{n}"), ["sleep 0.000", "sleep 0.001"])

    def test_stands_against_a_reference_that_has_none(self):
        words = ("--reference", "true", "--reference-name", "nothing", "-L", "n", "0.001,0.002", "sleep {n}")
        self.assertEqual(self.commands(*words), ["true", "sleep 0.001", "sleep 0.002"])
        shown = self.compare(*words).out
        for name in ("nothing", "n=0.001", "n=0.002"):
            self.assertIn(name, shown)

    def test_is_combined_with_every_other(self):
        names = self.commands("-L", "a", "1,2", "-L", "b", "3,4", "echo {a} {b}")
        self.assertEqual(names, ["echo 1 3", "echo 1 4", "echo 2 3", "echo 2 4"])

    def test_that_nothing_holds_is_refused(self):
        for words, part in ((["-L", "n", "1,2", "true"], "{n}"), (["-L", "n", "1", "echo {n}"], "one value"),
                            (["-P", "n", "1", "x", "echo {n}"], "decimal number"), (["-P", "n", "1"], "3 words"),
                            (["-P", "n", "1", "5", "-D", "0", "echo {n}"], "above 0"),
                            (["-P", "n", "5", "1", "echo {n}"], "two values"),
                            (["-P", "n", "1", "99999999", "echo {n}"], "more than"),
                            (["-L", "n", "1,2", "-p", "rm {n}", "echo {n}"], "--prepare")):
            with self.subTest(words):
                self.assertFails(self.compare(*words), ERROR, part)


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
