#!/usr/bin/python3
"""A result as another tool's file: --export FORMAT=FILE on every command that shows the result of an attempt."""

import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

from cli import ERROR, INTERRUPTED, OK, PROGRAM, CliTest  # noqa: E402


class Export(CliTest):
    def arms(self, name):
        return json.loads(self.read(name))["results"]

    def write_pairs(self, name):
        self.write(name, "control,treatment\n" + "".join(f"{2 + row / 100},{1 + row / 100}\n" for row in range(12)))

    def test_run_and_show_write_the_same_file(self):
        self.make_lab()
        self.simulated(shift="-20%")
        ran = self.assay("run", "example.toml", "--export", "hyperfine=run.json")
        self.assertEqual(ran.code, OK, ran.err)
        self.assertEqual(self.assay("show", "1", "--export", "hyperfine=show.json").code, OK)
        self.assertEqual(self.read("run.json"), self.read("show.json"))
        self.assertEqual(len(self.arms("run.json")), 2)
        self.assertGreater(len(self.arms("run.json")[0]["times"]), 5)

    def test_close_writes_what_was_measured_before_the_interruption(self):
        self.make_lab()
        self.simulated(pace="50 ms")
        self.assertEnds(self.assay("run", "example.toml", "--pause-after", "0.5 s"), INTERRUPTED)
        closed = self.assay("close", "example.toml", "--export", "hyperfine=closed.json", "--export",
                            "hyperfine-markdown=closed.md", "-u", "s")
        self.assertEnds(closed, OK)
        blocks = self.record("0001-example.json")["blocks"]
        self.assertEqual([len(arm["times"]) for arm in self.arms("closed.json")], [len(blocks)] * 2)
        self.assertGreater(len(blocks), 0)
        self.assertIn("Mean [s]", self.read("closed.md"))
        self.assertEqual(self.assay("show", "1", "--export", "hyperfine=show.json").code, OK)
        self.assertEqual(self.read("closed.json"), self.read("show.json"))

    def test_compare_writes_what_export_json_writes(self):
        done = self.assay("compare", "true", "true", "--runs", "6", "--export", "hyperfine=a.json", "--export-json",
                          "b.json", "--fail-on", "none")
        self.assertEqual(done.code, OK, done.err)
        self.assertEqual(self.read("a.json"), self.read("b.json"))

    def test_aa_writes_control_against_itself(self):
        self.simulated()
        done = self.assay("aa", "--engine", "simulated", "--seed", "1", "--export", "hyperfine=a.json", "example.toml")
        self.assertEqual(done.code, OK, done.err)
        control, treatment = self.arms("a.json")
        self.assertEqual(len(control["times"]), len(treatment["times"]))

    def test_analyse_writes_the_values_that_it_used_as_times(self):
        self.write_pairs("pairs.csv")
        done = self.assay("analyse", "pairs.csv", "--unit", "s", "--json", "--export", "hyperfine=a.json")
        self.assertEqual(done.code, OK, done.err)
        control, treatment = self.arms("a.json")
        self.assertEqual(control["command"], "control")
        self.assertEqual(control["times"][0], 2)
        self.assertEqual(len(treatment["times"]), done.json()["blocks"])

    def test_values_that_are_no_times_are_refused(self):
        self.write_pairs("pairs.csv")
        self.assertFails(self.assay("analyse", "pairs.csv", "--unit", "B", "--export", "hyperfine=a.json"), ERROR,
                         "--export", 'the unit of these values is "B"')

    def test_a_dash_writes_to_standard_output(self):
        self.write_pairs("pairs.csv")
        done = self.assay("analyse", "pairs.csv", "--unit", "s", "--export", "hyperfine=-")
        self.assertIn('"times"', done.out)

    def test_a_file_that_cannot_be_written_is_refused_before_anything_is_measured(self):
        for command in (["compare", "touch ran", "true"], ["aa", "--", "touch", "ran"]):
            first, *words = command
            for place, why in (("none/a.csv", "No such file"), (".", "directory")):
                ended = self.assay(first, "--export", f"trials={place}", *words)
                self.assertFails(ended, ERROR, f"cannot write {place}", why)
        self.assertFails(self.assay("gate", "--base", "HEAD", "--markdown", "none/a.md", "x.toml"), ERROR,
                         "cannot write none/a.md")
        self.assertFalse(os.path.exists(self.path("ran")))

    def test_a_gate_writes_one_thing_to_standard_output(self):
        gate = ["gate", "--base", "HEAD", "x.toml"]
        self.assertFails(self.assay(*gate, "--json", "--github"), ERROR, "--json and --github exclude each other")
        self.assertFails(self.assay(*gate, "--json", "--markdown", "-"), ERROR, "--markdown - writes to standard output")

    def test_a_record_that_no_document_can_show_is_said_to_be_there(self):
        self.make_lab()
        os.mkdir(self.path("DECISIONS.md"))
        question = ["decide", "--open", "Which?", "--option", "a", "--option", "b", "--owner", "ada"]
        self.assertFails(self.assay(*question), ERROR, "recorded as 0001-question, so it need not be done again")
        self.simulated(shift="-20%")
        self.assertFails(self.assay("run", "example.toml"), ERROR, "recorded as 0002-example")

    def test_a_disk_that_fills_up_takes_nothing_from_what_is_shown(self):
        done = self.assay("compare", "true", "true", "--runs", "6", "--export", "trials=/dev/full", "--fail-on", "none")
        self.assertEqual(done.code, ERROR)
        self.assertIn("6 blocks", done.out)
        self.assertIn("No space left on device", done.err)

    def test_two_exports_are_not_written_to_one_place(self):
        self.write_pairs("pairs.csv")
        self.assertFails(self.assay("analyse", "pairs.csv", "--export", "trials=a", "--export", "hyperfine=a"), ERROR,
                         '"a" is named twice')
        self.assertFails(self.assay("analyse", "pairs.csv", "--json", "--export", "trials=-"), ERROR,
                         "--json and an export to - would both write to standard output")

    def test_two_names_of_one_place_are_known_as_such(self):
        self.write_pairs("pairs.csv")
        os.symlink("y", self.path("link"))
        for other in ("y", "link", self.path("y")):
            done = self.assay("analyse", "pairs.csv", "--export", "go=./y", "--export", f"trials={other}")
            self.assertFails(done, ERROR, f'"{other}" is named twice (the other time as "./y")')
        self.assertFalse(os.path.exists(self.path("y")))

    def test_what_the_shell_has_opened_is_written_into(self):
        self.write_pairs("pairs.csv")
        expected = self.assay("analyse", "pairs.csv", "--quiet", "--export", "go=-").out
        self.assertIn("Benchmark", expected)
        self.assertEqual(self.assay("analyse", "pairs.csv", "--quiet", "--export", "go=/dev/stdout").out, expected)
        done = self.assay("analyse", "pairs.csv", "--quiet", "--export", "go=/dev/stderr")
        self.assertIn("Benchmark", done.err)
        self.assertNotIn("Benchmark", done.out)
        self.assertFails(self.assay("analyse", "pairs.csv", "--json", "--export", "go=/dev/stdout"), ERROR,
                         "would both write to standard output")

    def test_a_file_that_standard_output_goes_to_is_not_replaced(self):
        self.write_pairs("pairs.csv")
        with open(self.path("out"), "w", encoding="utf-8") as out:
            words = [PROGRAM, "analyse", "pairs.csv", "--export", "go=out"]
            done = subprocess.run(words, cwd=self.folder, env=self.environment, stdout=out, stderr=subprocess.PIPE,
                                  text=True, check=False)
        self.assertEqual(done.returncode, ERROR)
        self.assertIn("standard output goes to out, too", done.stderr)

    def test_a_fifo_that_nothing_reads_is_refused_before_anything_is_measured(self):
        os.mkfifo(self.path("fifo"))
        done = self.assay("compare", "touch ran", "true", "--export", "go=fifo")
        self.assertFails(done, ERROR, "nothing reads this FIFO")
        self.assertFalse(os.path.exists(self.path("ran")))
        reader = subprocess.Popen(["cat", "fifo"], cwd=self.folder, stdout=subprocess.PIPE, text=True)
        # Opened to read and write, a FIFO waits for nobody: so its reader is there when assay looks.
        held = os.open(self.path("fifo"), os.O_RDWR)
        self.write_pairs("pairs.csv")
        self.assertNotEqual(self.assay("analyse", "pairs.csv", "--export", "go=fifo").code, ERROR)
        os.close(held)
        self.assertIn("Benchmark", reader.communicate(timeout=30)[0])

    def test_the_files_of_a_lab_are_not_replaced(self):
        self.make_lab()
        self.simulated(shift="-20%")
        self.assay("run", "example.toml")
        (record,) = [name for name in os.listdir(self.path(".assay/records")) if name.startswith("0001")]
        before = self.read(f".assay/records/{record}")
        os.symlink(".assay/records", self.path("door"))
        for place in (f".assay/records/{record}", f"door/{record}", ".assay/new"):
            self.assertFails(self.assay("show", "1", "--export", f"trials={place}"), ERROR, "only assay writes")
            self.assertFails(self.assay("render", "--html", place), ERROR, "only assay writes")
        self.assertFails(self.assay("render", "--site", ".assay/site"), ERROR, "only assay writes")
        self.assertEqual(self.read(f".assay/records/{record}"), before)

    def test_a_page_goes_to_standard_output(self):
        self.make_lab()
        for name in ("-", "/dev/stdout"):
            page = self.assay("render", "--html", name).out
            self.assertTrue(page.startswith("<!doctype html>") and page.endswith("</html>\n"), page[:40] + page[-40:])
        self.assertFalse(os.path.exists(self.path("-")))
        self.assertFails(self.assay("render", "--site", "-"), ERROR, "expected a folder")

    def test_what_was_measured_elsewhere_has_no_usage(self):
        self.write_pairs("pairs.csv")
        done = self.assay("analyse", "pairs.csv", "--quiet", "--export", "trials=-")
        self.assertRegex(done.out, r"(?m)^1,1,no,.*,measured,,,,,,[0-9.]+$")

    def test_an_unknown_format_lists_all_formats(self):
        self.assertFails(self.assay("compare", "true", "true", "--export", "cvs=a.csv"), ERROR, "no export format",
                         "hyperfine (JSON with every trial's time")
        self.assertFails(self.assay("compare", "true", "true", "--export", "a.json"), ERROR, "expected FORMAT=FILE")

    def test_only_one_attempt_is_exported(self):
        self.write_pairs("pairs.csv")
        for words, why in ((["--batch", "."], "several attempts"),
                           (["--unpaired", "pairs.csv", "pairs.csv", "--column", "control"], "no attempt")):
            self.assertFails(self.assay("analyse", *words, "--export", "hyperfine=a.json"), ERROR,
                             "does not use --export", why)
        self.make_lab()
        self.simulated()
        self.assertFails(self.assay("run", "example.toml", "example.toml", "--export", "hyperfine=a.json"), ERROR,
                         "of one attempt")


if __name__ == "__main__":
    unittest.main()
