#!/usr/bin/python3
"""Bad files, closed pipes, limits and signals: each ends soon, tells the truth, and leaves nothing behind."""

import os
import resource
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ACT, ERROR, INTERRUPTED, INVALID, OK, PROGRAM, CliTest, wait_until  # noqa: E402

SWAP = 'kind = "file"\npath = "conf"\ncontrol = "one"\ntreatment = "two"'


def running(command):
    listed = subprocess.run(["ps", "-eo", "pid,args"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [line for line in listed.splitlines() if line.split(None, 1)[1].startswith(command)]


class Robust(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        os.mkdir(self.path("tmp"))
        self.environment["TMPDIR"] = self.path("tmp")

    def swapped_experiment(self, shell, more):
        from cli import experiment_text
        self.write("conf", "original")
        self.write("one", "1")
        self.write("two", "2")
        self.write("example.toml", experiment_text(f"shell = '{shell}'\ncleanup = {{ shell = 'echo x >>cleaned' }}",
                                                   more, variable=SWAP))


class Files(Robust):
    def test_what_a_trial_leaves_in_place_of_its_results_is_named(self):
        for number, (make, what) in enumerate((("mkfifo out", "a FIFO"), ("ln -sf /dev/zero out", "a device"))):
            with self.subTest(make=make):
                self.experiment(f"shell = 'rm -f out; {make}'\nresults = 'out'",
                                f'[[metric]]\nname = "m{number}"\nfrom = "json:/a"\nrole = "guard"\nmargin = "5%"\n'
                                '[protocol]\nblocks = 6\n', name=f"e{number}.toml")
                ended = self.assay("run", f"e{number}.toml", "--environment", f"e{number}")
                self.assertNotEqual(ended.code, OK)
                self.assertIn(f"it is {what}, not a file", ended.out + ended.err)

    def test_a_document_that_is_a_fifo_is_refused(self):
        self.simulated()
        self.assertEnds(self.assay("run", "example.toml"), OK)
        os.remove(self.path("DECISIONS.md"))
        os.mkfifo(self.path("DECISIONS.md"))
        for command in ("verify", "render"):
            self.assertFails(self.assay(command), ERROR, "DECISIONS.md: it is a FIFO, not a file")

    def test_a_table_may_come_from_the_shell(self):
        rows = "\n".join(f"1.{row},0.{row}" for row in range(10, 30))
        self.write("rows", f"control,treatment\n{rows}\n")
        ended = subprocess.run(["bash", "-c", f'"{PROGRAM}" analyse <(cat rows)'], cwd=self.folder,
                               env=self.environment, stdout=subprocess.PIPE, text=True, check=False)
        self.assertIn("improved", ended.stdout)

    def test_an_expression_that_needs_backtracking_is_refused_where_it_stands(self):
        self.experiment('command = ["true"]',
                        "[[metric]]\nname = 'm'\nfrom = 'regex:([0-9]+)(?= ms)'\nrole = 'observed'\n")
        self.assertFails(self.assay("run", "example.toml"), ERROR, "example.toml:", "(?=, a look-ahead")


class Pipes(Robust):
    def test_a_reader_that_goes_away_ends_no_measurement(self):
        self.swapped_experiment("sleep 0.01", "[protocol]\nblocks = 6\n")
        process = self.start("run", "example.toml")
        process.stdout.close()
        process.stderr.readline()
        process.stderr.close()
        self.assertLess(process.wait(timeout=60), 128)
        self.assertEqual(self.read("conf"), "original")
        self.assertEqual(self.records(), ["0001-example.json"])
        self.assertEqual(os.listdir(self.path("tmp")), [])

    def test_a_limit_of_file_sizes_is_told_and_not_died_of(self):
        self.simulated()
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # noqa: E731
        self.assertFails(self.assay("run", "example.toml", preexec_fn=limit), ERROR, "cannot", "File too large")


class Signals(Robust):
    def test_a_job_that_is_cancelled_ends_its_trial_at_once_and_goes_on_later(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number=number):
                self.swapped_experiment(f"exec {ACT} wait", "[protocol]\nblocks = 6\n")
                process = self.start("run", "example.toml")
                wait_until(lambda: running(f"{ACT} wait"))
                process.send_signal(number)
                ended = self.finish(process)
                self.assertEnds(ended, INTERRUPTED)
                self.assertIn("stopping at once", ended.err)
                self.assertIn("go on with: assay run", ended.err)
                self.assertEqual(running(f"{ACT} wait"), [])
                self.assertEqual(self.read("conf"), "original")
                self.assertEqual(os.listdir(self.path("tmp")), [])


class Compare(Robust):
    def test_sets_variables_and_a_folder_for_every_command(self):
        os.mkdir(self.path("deep"))
        self.write("deep/here", "")
        ended = self.assay("compare", "-S", "sh", "--set", "MODE=fast", "--working-directory", "deep", "-r", "6",
                           "--fail-on", "none", 'test -e here && test "$MODE" = fast', 'test -e here; test $MODE = fast')
        self.assertEnds(ended, OK)
        self.assertFails(self.assay("compare", "--set", "MODE", "true", "true"), ERROR, "NAME=VALUE")

    def test_checks_what_must_hold(self):
        ended = self.assay("compare", "--check", "same-output", "-r", "6", "echo a", "echo b")
        self.assertEnds(ended, INVALID)
        self.assertIn("same-output", ended.out)
        self.assertFails(self.assay("compare", "--check", "same", "true", "true"), ERROR, "same-output")
        self.assertFails(self.assay("compare", "--check", "condition", "true", "true"), ERROR, "condition=CONDITION")

    def test_checkout_and_harness_need_revisions(self):
        self.assertFails(self.assay("compare", "--checkout", "filters", "true", "true"), ERROR, "without --rev")
        self.assertFails(self.assay("compare", "--harness", "*.sh", "true", "true"), ERROR, "without --rev")


if __name__ == "__main__":
    unittest.main()
