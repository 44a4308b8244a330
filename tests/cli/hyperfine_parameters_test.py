#!/usr/bin/python3
"""Parameters of hyperfine: -L, -P and -D in commands, in names and in --env."""

import csv
import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cli import ERROR  # noqa: E402
from hyperfine_test import HyperfineTest  # noqa: E402


class AVariable(HyperfineTest):
    """--env of hyperfine 2.0, whose value may hold a parameter."""

    def test_with_a_parameter_is_what_differs_between_the_arms(self):
        ended = self.compare("-P", "n", "1", "3", "--env", "SEEN={n}", "--env", "FIXED=x", "-S", "-w", "0", "--json",
                             "--fail-on", "none", 'echo "$SEEN $FIXED" >> seen')
        self.assertEqual(ended.code, 0, ended.err)
        self.assertEqual({line: self.read("seen").splitlines().count(line) for line in self.read("seen").splitlines()},
                         {"1 x": 6, "2 x": 6, "3 x": 6})
        shown = self.compare("-L", "n", "1,2", "--env", "SEEN={n}", "true")
        self.assertIn("n=2", shown.out)
        rows = self.table("-L", "n", "1,2", "--env", "SEEN={n}", "-n", "t {n}", "true")
        self.assertEqual([(row["command"], row["parameter_n"]) for row in rows], [("t 1", "1"), ("t 2", "2")])
        rows = self.table("-L", "n", "1,2", "--env", "SEEN={n}", "true")
        self.assertEqual([(row["command"], row["parameter_n"]) for row in rows], [("SEEN=1 true", "1"), ("SEEN=2 true", "2")])

    def test_is_recorded_and_verified(self):
        self.assertEqual(self.assay("init").code, 0)
        self.assertIn(self.compare("-L", "n", "1,2,3", "--env", "SEEN={n}", "true", "--record").code, (0, 2, 3))
        self.assertEqual(self.assay("verify").code, 0)

    def test_is_refused_with_what_to_write_if_more_differs(self):
        for words in (["-L", "n", "1,2", "--env", "A={n}", "echo {n}"],
                      ["-L", "n", "1,2", "--env", "A={n}", "true", "sleep 0.001"],
                      ["-L", "n", "1,2", "--env", "A={n}", "--reference", "true", "true"]):
            with self.subTest(words):
                self.assertFails(self.compare(*words), ERROR, "'env A={n} ...'", "--env A={n}: more than this differs")
        self.assertFails(self.compare("-L", "n", "1,2", "-L", "m", "3,4", "--env", "A={n}", "--env", "B={m}", "true"),
                         ERROR, "'env A={n} B={m} ...'")
        for name in ("--env", "--set"):  # answered as it was called
            self.assertFails(self.compare("-L", "n", "1,2", name, "ASSAY_X={n}", "true"), ERROR, f"{name}: ", "ASSAY_")
            self.assertFails(self.compare("-L", "n", "1,2", name, "A={n}", "echo {n}"), ERROR, f"{name} A={{n}}: more")


class ARace(HyperfineTest):
    """compare --race: which value is best, instead of each against the first."""

    def race(self, *words):
        return self.assay("compare", *words, "--race", "--json", "-w", "0", "-M", "60")

    def test_names_the_best_value_and_measures_it_afresh(self):
        ended = self.race("-L", "t", "0.06,0.12,0.005", "sleep {t}")
        self.assertEqual(ended.code, 0, ended.out + ended.err)
        result = ended.json()
        [workload] = result["workloads"]
        self.assertEqual(workload["verdict"], "improved")
        [search] = result["searches"]
        self.assertEqual(search["best"], "t=0.005")
        self.assertEqual([level["level"] for level in search["levels"]], ["t=0.06", "t=0.12", "t=0.005"])

    def test_may_be_of_an_environment_variable_and_of_a_scan(self):
        ended = self.race("-P", "n", "1", "2", "--env", "SEEN={n}", "-S", "sleep 0.0$SEEN; echo $SEEN >> seen")
        self.assertIn(ended.code, (0, 2, 3), ended.err)
        self.assertEqual(set(self.read("seen").split()), {"1", "2"})
        self.assertIn("n=1", ended.out)

    def test_keeps_words_together(self):
        self.assertFails(self.race("-L", "n", "a b,c", "echo {n}"), ERROR, '"a b" is not one word', "'echo \"{n}\"'")
        self.assertIn(self.race("-L", "n", "a b,c", 'echo "{n}"').code, (0, 2, 3))

    def test_is_about_one_parameter_of_one_command(self):
        for words in (("true",), ("true", "false"), ("-L", "a", "1,2", "-L", "b", "1,2", "echo {a} {b}")):
            self.assertFails(self.race(*words), ERROR, "--race asks which value of one parameter is best")
        for words in (("-L", "a", "1,2", "echo {a}", "true {a}"), ("-L", "a", "1,2", "echo {a}", "--reference", "true")):
            self.assertFails(self.race(*words), ERROR, "for one command")
        self.assertFails(self.race("-L", "a", "1,2", "echo {a}", "--design", "duet"), ERROR, "race")


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
        self.assertEqual(self.commands(*words), ["nothing", "sleep 0.001", "sleep 0.002"])
        shown = self.compare(*words).out
        for name in ("nothing", "n=0.001", "n=0.002"):
            self.assertIn(name, shown)

    def test_is_combined_with_every_other(self):
        names = self.commands("-L", "a", "1,2", "-L", "b", "3,4", "echo {a} {b}")
        self.assertEqual(names, ["echo 1 3", "echo 2 3", "echo 1 4", "echo 2 4"])
        names = self.commands("-L", "a", "1,2", "-L", "b", "3,4", "-n", "one", "-n", "two", "-n", "three", "-n", "four",
                              "echo {a} {b}")
        self.assertEqual(names, ["one", "two", "three", "four"])

    def test_reaches_hooks_in_a_variable(self):
        ended = self.compare("-L", "n", "1,2", "--env", "V={n}", "-p", 'echo "$V" >> hooks; true', "true", "-w", "0",
                             "--fail-on", "none")
        self.assertEqual(ended.code, 0, ended.err)
        self.assertEqual(sorted(self.read("hooks").split()), ["1"] * 6 + ["2"] * 6)

    @unittest.skipUnless(shutil.which("hyperfine"), "hyperfine is not installed")
    def test_has_the_values_and_the_order_of_hyperfine_itself(self):
        for words in (["-L", "a", "1,2", "-L", "b", "3,4", "true {a} {b}", "echo {a} {b}"],
                      ["-P", "x", "1", "2", "-D", "0.5", "true {x}"], ["-P", "x", "-1.00", "1", "-D", "0.5", "true {x}"]):
            with self.subTest(words):
                subprocess.run(["hyperfine", "-N", "-w", "0", "-r", "2", *words, "--export-csv", "theirs.csv"],
                               cwd=self.folder, check=True, capture_output=True)
                with open(self.path("theirs.csv"), encoding="utf-8") as file:
                    theirs = [row["command"] for row in csv.DictReader(file)]
                self.assertEqual(self.commands(*words), theirs)

    def test_is_read_in_every_spelling(self):
        for words in (["-Ln", "1,2"], ["-NL", "n", "1,2"], ["--parameter-list=n", "1,2"], ["-L=n", "1,2"]):
            with self.subTest(words):
                self.assertEqual(self.commands(*words, "echo {n}"), ["echo 1", "echo 2"])

    def test_is_not_replaced_within_the_value_of_another(self):
        self.assertEqual(self.commands("-L", "foo", "a,{bar}", "-L", "bar", "b,c", "echo {foo} {bar}"),
                         ["echo a b", "echo '{bar}' b", "echo a c", "echo '{bar}' c"])

    def test_that_nothing_holds_is_refused(self):
        for words, part in ((["-L", "n", "1,2", "true"], "no command and no --set holds {n}"), (["-L", "n", "1", "echo {n}"], "one value"),
                            (["-P", "n", "1", "x", "echo {n}"], "decimal number"), (["-P", "n", "1"], "3 words"),
                            (["-P", "n", "1", "5", "-D", "0", "echo {n}"], "above 0"),
                            (["-P", "n", "5", "1", "echo {n}"], "two values"),
                            (["-P", "n", "1", "99999999", "echo {n}"], "more than"),
                            (["-L", "n", "1,2", "-p", "rm {n}", "echo {n}"], "--set VAR="),
                            (["-L", "branch", "main,new", "--setup", "git switch {branch}", "make"], "--rev main --rev"),
                            (["-L", "n", "1", "echo {n}"], "-L n 1,OTHER"),
                            (["-P", "n", "1.5", "3", "echo {n}"], "-D 0.5"),
                            (["-L", "n", "1,2", "-P", "m", "1", "2", "echo {n} {m}"], "exclude each other"),
                            (["-P", "n", "1", "2", "-P", "m", "1", "2", "echo {n} {m}"], "--parameter-list")):
            with self.subTest(words):
                self.assertFails(self.compare(*words), ERROR, part)


if __name__ == "__main__":
    unittest.main()
