#!/usr/bin/python3
"""What assay exports, read by the tools that it is meant for: ministat, Google Benchmark's compare.py and Go's benchcmp.

Each tool shows the figures that assay shows. The commands are those of docs/formats/other-tools.md.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

from cli import OK, CliTest  # noqa: E402

COMPARE = "/usr/share/benchmark/compare.py"
BLOCKS = 51  # above 50, compare.py and assay take the same approximation for p; the median of an odd number is a value


class RoundTrip(CliTest):
    def export(self, name, file):
        """Measures, exports, and returns what assay shows of the wall times, and the times of each arm."""
        done = self.assay("compare", "true", "/bin/true", "--runs", str(BLOCKS), "--fail-on", "none", "--json",
                          "--export", "trials=all.csv", "--export", f"{name}={file}")
        self.assertEqual(done.code, OK, done.err)
        (shown,) = [one for one in done.json()["workloads"][0]["metrics"] if one["name"] == "wall"]
        with open(self.path("all.csv"), encoding="utf-8", newline="") as table:
            rows = list(csv.DictReader(table))
        times = {arm: [float(row["wall_s"]) for row in rows if row["label"] == arm] for arm in ("control", "treatment")}
        for arm, values in times.items():
            self.assertEqual(len(values), BLOCKS)
            self.assertAlmostEqual(shown[arm]["median"], statistics.median(values), places=12)
        return times

    def tool(self, *words):
        ended = subprocess.run(words, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return ended.stdout

    def documented(self, first):
        """The shell block of other-tools.md that begins with this word."""
        page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "formats", "other-tools.md")
        with open(page, encoding="utf-8") as file:
            blocks = [block.split("```")[0] for block in file.read().split("```sh\n")[1:]]
        found = [block for block in blocks if block.startswith(first)]
        self.assertEqual(len(found), 1, first)
        return found[0]

    def test_ministat_shows_the_same_medians_and_extremes(self):
        times = self.export("trials", "trials.csv")
        rows = [line.split() for line in self.tool("sh", "-c", self.documented("grep ,control,")).splitlines()]
        figures = {row[0]: row[1:] for row in rows if len(row) == 7 and row[0] in ("x", "+")}
        for mark, arm in (("x", "control"), ("+", "treatment")):
            count, least, most, median, mean, deviation = map(float, figures[mark])
            self.assertEqual(count, BLOCKS)
            for printed, expected in ((least, min(times[arm])), (most, max(times[arm])),
                                      (median, statistics.median(times[arm])), (mean, statistics.mean(times[arm])),
                                      (deviation, statistics.stdev(times[arm]))):
                self.assertLess(abs(printed / expected - 1), 1e-5)  # it prints 8 digits

    def test_compare_py_shows_the_same_times_and_the_same_p(self):
        times = self.export("google-benchmark", "result.json")
        self.assertIn("[control vs. treatment]/", self.tool("sh", "-c", self.documented("/usr/bin/python3")))
        self.tool("/usr/bin/python3", COMPARE, "--no-color", "-d", "dump.json", "filters", "result.json", "control",
                  "treatment")
        (compared,) = [one for one in json.loads(self.read("dump.json")) if one["measurements"] and "vs." in one["name"]]
        for key, arm in (("real_time", "control"), ("real_time_other", "treatment")):
            shown = [one[key] / 1e9 for one in compared["measurements"]]
            self.assertEqual(len(shown), BLOCKS)
            for time, value in zip(shown, times[arm]):
                self.assertAlmostEqual(time, value, places=12)
        again = self.assay("analyse", "result.json", "--json").json()["comparisons"][0]
        self.assertEqual(again["control"]["n"], BLOCKS)
        self.assertAlmostEqual(compared["utest"]["time_pvalue"], again["effect"]["p"], places=9)

    def test_benchcmp_shows_the_same_times(self):
        times = self.export("go", "result.txt")
        rows = [line.split() for line in self.tool("sh", "-c", self.documented("grep arm=control")).splitlines()]
        shown = [row[1:3] for row in rows if len(row) == 4 and row[0].startswith("Benchmark")]
        self.assertEqual(len(shown), BLOCKS)
        for column, arm in enumerate(("control", "treatment")):
            for row, value in zip(shown, times[arm]):
                self.assertAlmostEqual(float(row[column]) / 1e9, value, delta=1e-9)  # it prints whole nanoseconds


if __name__ == "__main__":
    unittest.main()
