#!/usr/bin/python3
"""Files of other tools: read by assay analyse, written by --export."""

import os
import shutil
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

from cli import ERROR, INCONCLUSIVE, OK, CliTest  # noqa: E402

FILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "unit", "interop", "files")
ALL_OF_A_RUN = ["hyperfine", "hyperfine-csv", "hyperfine-markdown", "google-benchmark", "go", "github-benchmark",
                "junit", "trials"]


class Import(CliTest):
    def take(self, *names):
        for name in names:
            shutil.copy(os.path.join(FILES, name), self.path(name))
        return names

    def test_two_benchmarks_of_one_file_are_compared(self):
        done = self.assay("analyse", *self.take("hyperfine.json"))
        self.assertEqual(done.code, OK, done.err)
        self.assertIn("gzip -6 -c data.txt against gzip -1 -c data.txt: wall", done.out)
        self.assertIn("difference observed", done.out)
        self.assertIn("order not controlled", done.out)
        for word in ("improved", "regressed", "keep"):
            self.assertNotIn(word, done.out)

    def test_benchmarks_of_two_files_are_matched_by_name(self):
        done = self.assay("analyse", *self.take("go-before.txt", "go-after.txt"), "--json").json()
        self.assertEqual(done["format"], "go")
        self.assertEqual(done["order_controlled"], False)
        self.assertEqual([one["metric"] for one in done["comparisons"]],
                         ["ns/op", "B/op", "allocs/op", "ns/op", "MB/s"])
        self.assertEqual(done["only_in_control"], [])

    def test_every_finding_agrees_with_its_interval_and_p(self):
        done = self.assay("analyse", *self.take("go-before.txt", "go-after.txt"), "--json").json()
        for one in done["comparisons"]:
            if "effect" not in one:
                continue
            effect = one["effect"]
            holds_nothing = effect["low"] is not None and (effect["low"] > 0 or effect["high"] < 0)
            self.assertEqual(one["finding"] == "difference observed", holds_nothing, one)
            self.assertEqual(one["finding"] == "difference observed", effect["p"] <= 0.05, one)

    def test_a_decimal_comma_is_told_and_the_declared_digits_are_obeyed(self):
        self.write("comma.txt", "1,5\n2,25\n3,125\n4,5\n")
        self.write("unclear.txt", "1,005\n2,005\n3,005\n4,005\n")
        self.assertFails(self.assay("analyse", "comma.txt", "unclear.txt", "--digits", "1,234.5"), ERROR,
                         "comma.txt: line 1")
        self.assertFails(self.assay("analyse", "unclear.txt", "unclear.txt"), ERROR, "two ways")
        for digits, median in (("1,234.5", 2505), ("1.234,5", 2.505)):
            done = self.assay("analyse", "unclear.txt", "unclear.txt", "--digits", digits, "--json").json()
            self.assertAlmostEqual(done["comparisons"][0]["control"]["median"], median)
        done = self.assay("analyse", "comma.txt", "comma.txt", "--json").json()
        self.assertIn("comma.txt: the numbers are read as in 1.234,5", done["notes"])

    def test_a_metric_can_be_chosen(self):
        (name,) = self.take("google-benchmark.json")
        done = self.assay("analyse", name, "--metric", "items_per_second", "--json")
        self.assertEqual(done.json()["comparisons"][0]["metric"], "items_per_second")
        self.assertFails(self.assay("analyse", name, "--metric", "items"), ERROR, "items_per_second")

    def test_a_file_with_many_benchmarks_asks_which(self):
        self.write("a.txt", "".join(f"Benchmark{name} 1 {value} ns/op\n" for name in "ABC" for value in range(1, 9)))
        self.assertFails(self.assay("analyse", "a.txt"), ERROR, "A, B, C")
        done = self.assay("analyse", "a.txt", "--control", "C", "--treatment", "A")
        self.assertEqual(done.code, OK, done.err)
        self.assertIn("A against C", done.out)

    def test_summaries_are_refused_with_what_to_do(self):
        self.assertFails(self.assay("analyse", *self.take("hyperfine.csv")), ERROR, "--export-json")
        self.assertFails(self.assay("analyse", *self.take("pytest-benchmark-summaries.json")), ERROR,
                         "--benchmark-save-data")

    def test_a_format_can_be_named(self):
        self.write("a.txt", "1\n2\n3\n4\n5\n")
        self.write("b.txt", "11\n12\n13\n14\n15\n")
        done = self.assay("analyse", "a.txt", "b.txt", "--format", "numbers")
        self.assertEqual(done.code, OK, done.err)
        self.assertFails(self.assay("analyse", "a.txt", "b.txt", "--format", "go"), ERROR, "no file of go")
        self.assertFails(self.assay("analyse", "a.txt", "b.txt", "--format", "gi"), ERROR, "there are: hyperfine")

    def test_a_comparison_of_nothing_is_no_success(self):
        self.write("a.txt", "BenchmarkA 1 1 ns/op\n")
        done = self.assay("analyse", "a.txt", "a.txt")
        self.assertEqual(done.code, ERROR)
        self.assertIn("not compared", done.out)

    def test_what_is_no_text_is_told_as_such(self):
        self.write("a.txt", "BenchmarkA 1 1 ns/op\n")
        self.write("none.txt", "\n")
        with open(self.path("packed.gz"), "wb") as file:
            file.write(b"\x1f\x8b\x08\x00\x00")
        for pair in (["a.txt", "none.txt"], ["none.txt", "none.txt"]):
            self.assertFails(self.assay("analyse", *pair), ERROR, "none.txt: it is empty")
        self.assertFails(self.assay("analyse", "a.txt", "packed.gz"), ERROR, "packed.gz: it is no text: unpack it")

    def test_options_that_the_comparison_does_not_use_are_refused(self):
        self.take("hyperfine.json")
        for words in (["--export", "go=x"], ["--fixed"], ["--anytime"], ["--min-blocks", "6"], ["--max-blocks", "9"],
                      ["--kappa", "0.5"], ["--goal", "improve"], ["--one-sided", "faster"], ["--fail-on", "none"],
                      ["--look-every-block"], ["--order", "o"], ["--direction", "lower"], ["--kind", "positive"],
                      ["--separator", "comma"], ["--unit", "s"], ["--margin", "3%"], ["--alpha-eq", "0.05"]):
            with self.subTest(words):
                self.assertFails(self.assay("analyse", "hyperfine.json", *words), ERROR, "another tool's values",
                                 f"does not use {words[0]}: ")
        self.assertFalse(os.path.exists(self.path("x")))
        used = ("--alpha", "0.01", "--seed", "1", "--time-unit", "ms", "--metric", "wall", "--quiet")
        self.assertEqual(self.assay("analyse", "hyperfine.json", *used).code, OK)

    def test_units_that_a_tool_does_not_have_are_refused_with_their_place(self):
        self.write("g.json", '{"context":{},"benchmarks":[{"name":"a","real_time":1,"time_unit":"fortnight"}]}')
        self.assertFails(self.assay("analyse", "g.json", "g.json"), ERROR, "g.json: /benchmarks/0/time_unit",
                         '"fortnight"')

    def test_broken_files_name_the_place(self):
        self.write("a.json", '{"results": [{"command": "a", "mean": 1, "times": [1, null]}]}')
        self.assertFails(self.assay("analyse", "a.json", "a.json"), ERROR, "a.json: /results/0/times/1")
        self.write("b.json", '{"results": [')
        self.assertFails(self.assay("analyse", "b.json", "b.json"), ERROR, "b.json:1:", "not JSON")

    def test_names_of_benchmarks_change_nothing_on_the_terminal(self):
        self.write("a.json", '{"results": [{"command": "\\u001b[31mred\\n::error::x", "mean": 1, "times": [1,2,3,4,5]},'
                             '{"command": "b", "mean": 1, "times": [1,2,3,4,5]}]}')
        done = self.assay("analyse", "a.json")
        self.assertEqual(done.code, OK, done.err)
        self.assertNotIn("\x1b", done.out)
        self.assertNotIn("\n::error::", done.out)

    def test_pairs_are_read_as_before(self):
        self.write("pairs.csv", "control,treatment\n" + "1,1\n" * 6)
        self.assertIn(self.assay("analyse", "pairs.csv").code, (OK, INCONCLUSIVE))
        self.assertFails(self.assay("analyse", "pairs.csv", "pairs.csv"), ERROR, "--unpaired")
        self.assertFails(self.assay("analyse", "pairs.csv", "--metric", "wall"), ERROR, "--metric")


class Export(CliTest):
    def test_every_format_is_written_by_a_run(self):
        self.make_lab()
        self.simulated(shift="-20%")
        words = [word for name in ALL_OF_A_RUN for word in ("--export", f"{name}={name}.out")]
        done = self.assay("run", "example.toml", *words)
        self.assertEqual(done.code, OK, done.err)
        for name in ALL_OF_A_RUN:
            self.assertTrue(self.read(f"{name}.out").endswith("\n"), name)

    def test_what_is_exported_can_be_read_again(self):
        done = self.assay("compare", "true", "true", "--runs", "6", "--fail-on", "none", "--export", "go=a.txt",
                          "--export", "google-benchmark=a.json")
        self.assertEqual(done.code, OK, done.err)
        for name in ("a.txt", "a.json"):
            again = self.assay("analyse", name, "--json")
            self.assertEqual(again.code, OK, again.err)
            self.assertEqual(again.json()["comparisons"][0]["control"]["n"], 6)


class ALimit(CliTest):
    def test_of_size_is_said_before_the_file_is_read(self):
        with open(self.path("huge.json"), "wb") as file:
            file.truncate((1 << 30) + 1)  # takes no room on the disk
        for words in (["huge.json"], ["huge.json", "huge.json"], ["--unpaired", "huge.json", "huge.json"]):
            with self.subTest(words):
                self.assertFails(self.assay("analyse", *words), ERROR, "huge.json: it has more than the 1024 MiB")


if __name__ == "__main__":
    unittest.main()
