#!/usr/bin/python3
"""Bad files, closed pipes, limits and signals: each ends soon, tells the truth, and leaves nothing behind."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ACT, ERROR, INTERRUPTED, INVALID, OK, PROGRAM, REFUSED, CliTest, running, wait_until  # noqa: E402

SWAP = 'kind = "file"\npath = "conf"\ncontrol = "one"\ntreatment = "two"'


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

    def test_a_fifo_in_the_place_of_the_state_of_analyse_is_not_waited_for(self):
        self.environment["XDG_STATE_HOME"] = self.path("state")
        os.makedirs(self.path("state/assay"))
        os.mkfifo(self.path("state/assay/readings.json"))
        self.write("rows.csv", "control,treatment\n" + "".join(f"{10 + row * 7 % 13},{10 + row * 5 % 11}\n" for row in range(20)))
        ended = self.assay("analyse", "rows.csv", "--max-blocks", "20")  # too noisy to tell: all rows are read
        self.assertIn("this reading is not counted: cannot read", ended.out)
        self.assertIn("readings.json: it is a FIFO, not a file", ended.out)

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


class AtTheSameTime(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        if not os.access("/run/lock", os.W_OK):
            self.skipTest("only who can write /run/lock is seen by others there")

    def test_another_measurement_whose_lock_lies_elsewhere_is_noted(self):
        elsewhere = self.path("locks")
        os.mkdir(elsewhere)
        other = self.start("compare", "sleep 0.1", "sleep 0.1", "--runs", "400", environment={"ASSAY_LOCK_DIR": elsewhere})
        self.addCleanup(other.communicate)
        self.addCleanup(other.terminate)
        wait_until(lambda: any(os.path.getsize(os.path.join(elsewhere, name)) > 0 for name in os.listdir(elsewhere)))
        self.experiment('command = ["true"]', "[protocol]\nblocks = 6\n")
        ended = self.assay("run", "example.toml", "--json", "--fail-on", "none")
        self.assertIn("another measurement ran on this host at the same time", " ".join(ended.json()["audit"]["notes"]))
        self.assertIn("another measurement ran on this host at the same time", self.read("DECISIONS.md"))


class Signals(Robust):
    def test_a_job_that_is_cancelled_ends_its_trial_at_once_and_goes_on_later(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number=number):
                self.swapped_experiment(f"exec {ACT} wait robust", "[protocol]\nblocks = 6\n")
                process = self.start("run", "example.toml")
                wait_until(lambda: running(f"{ACT} wait robust"))
                process.send_signal(number)
                ended = self.finish(process)
                self.assertEnds(ended, INTERRUPTED)
                self.assertIn("stopping at once", ended.err)
                self.assertIn("go on with: assay run", ended.err)
                self.assertEqual(running(f"{ACT} wait robust"), [])
                self.assertEqual(self.read("conf"), "original")
                self.assertEqual(os.listdir(self.path("tmp")), [])


class Secrets(Robust):
    HIDDEN = {"MYSQL_PWD": "SEKRET1", "JWT": "SEKRET2", "FEED": "https://SEKRET3@feeds.example", "BUILD_FLAVOUR": "plain"}

    def test_stand_in_nothing_that_is_kept_or_printed(self):
        self.experiment("command = ['true']\nset = { DB_PASSWORD = 'SEKRET4' }",
                        "[protocol]\nmax_blocks = 6\n[simulated]\nshift = '-20%'\n")
        ended = self.assay("run", "example.toml", "--json", environment=self.HIDDEN)
        self.assertEnds(ended, OK)
        kept = [ended.out, self.read("DECISIONS.md"), self.read(".assay/records/0001-example.json")]
        with open(self.path(".assay/lab.db"), "rb") as file:
            journal = file.read().decode("latin-1")
        for text in (*kept, journal):
            self.assertNotIn("SEKRET", text)
        self.assertNotIn("plain", kept[2])
        plan = self.record("0001-example.json")["plan"]
        self.assertEqual(set(plan["environment_hmac"]), set(self.HIDDEN))
        self.assertEqual(set(plan["workloads"][0]["set_hmac"]), {"DB_PASSWORD"})
        for name in ("lab.db", "lab.db-key"):
            self.assertEqual(os.stat(self.path(f".assay/{name}")).st_mode & 0o777, 0o600)
        self.assertEnds(self.assay("verify"), OK)

    def test_a_resumed_attempt_has_its_values_and_asks_for_those_that_look_secret(self):
        self.experiment(f'shell = "echo $BUILD_FLAVOUR $JWT $DB_PASSWORD >>seen; test -e go || exec {ACT} wait robust"\n'
                        'set = { DB_PASSWORD = "set" }', "[protocol]\nblocks = 6\n")
        process = self.start("run", "example.toml", environment=self.HIDDEN)
        wait_until(lambda: running(f"{ACT} wait robust"))
        process.send_signal(signal.SIGTERM)
        self.assertEnds(self.finish(process), INTERRUPTED)
        self.write("go", "")
        other = {**self.HIDDEN, "BUILD_FLAVOUR": "other"}
        self.assertFails(self.assay("run", "example.toml", environment={**other, "JWT": "another"}), ERROR,
                         "JWT has another value")
        self.assay("run", "example.toml", environment=other)
        self.assertEqual(set(self.read("seen").splitlines()), {"plain SEKRET2 set"})
        self.assertEqual(self.records(), ["0001-example.json"])

    def test_levels_that_look_secret_are_hidden_and_told_apart(self):
        variable = ('kind = "level"\nlevels = [{ name = "one", set = { API_TOKEN = "SEKRET5" } }, '
                    '{ name = "two", set = { API_TOKEN = "SEKRET6" } }]')
        from cli import experiment_text
        self.write("example.toml", experiment_text('command = ["true"]', "[protocol]\nblocks = 6\n",
                                                   variable=variable))
        ended = self.assay("run", "example.toml", "--fail-on", "none")
        self.assertEnds(ended, OK)
        self.assertIn("the value of API_TOKEN looks secret", ended.err)
        for text in (ended.out, self.read("DECISIONS.md"), self.read(".assay/records/0001-example.json")):
            self.assertNotIn("SEKRET", text)
        self.assertIn("API_TOKEN=(hidden ", self.assay("show", "0001").out)
        self.assertEnds(self.assay("verify"), OK)

    def test_are_masked_in_commands_with_a_warning(self):
        self.experiment('command = ["true", "--token=SEKRET7"]', "[protocol]\nblocks = 6\n")
        ended = self.assay("run", "example.toml", "--fail-on", "none")
        self.assertEnds(ended, OK)
        self.assertIn("the command of workload work has what looks secret", ended.err)
        self.assertNotIn("SEKRET", ended.out + ended.err + self.read("DECISIONS.md"))
        self.assertIn("--token=***", self.read("DECISIONS.md"))


class Telling(Robust):
    def journal(self, statement):
        connection = sqlite3.connect(self.path(".assay/lab.db"))
        with connection:
            connection.execute(statement)
        connection.close()

    def test_a_result_that_a_kill_kept_from_being_told_is_told_by_the_next_run(self):
        self.simulated()
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.journal("UPDATE attempt SET told = 0")  # as a kill just before the output leaves it
        again = self.assay("run", "example.toml", "--json")
        self.assertEnds(again, OK)
        self.assertEqual((again.json()["verdict"], again.json()["record"]), ("improved", "0001"))
        self.assertEqual(self.records(), ["0001-example.json"])
        self.assay("run", "example.toml")  # it was told, so that this is another attempt, or refused
        self.assertEqual(self.assay("run", "example.toml").code, REFUSED)


class Limits(Robust):
    def under(self, which, bytes_or_files, *words):
        def limit():
            resource.setrlimit(which, (bytes_or_files, bytes_or_files))
        ended = subprocess.run([PROGRAM, *words], cwd=self.folder, env={**os.environ, **self.environment}, text=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               preexec_fn=limit, timeout=60, check=False)
        self.assertEqual(ended.returncode, ERROR, ended.stderr)
        self.assertEqual(ended.stderr.count("\n"), 1, ended.stderr)
        return ended.stderr

    def test_that_are_too_small_are_named(self):
        self.simulated()
        for which, limit, words in ((resource.RLIMIT_STACK, 65536, "ulimit -s 512"),
                                    (resource.RLIMIT_NOFILE, 4, "ulimit -n"),
                                    (resource.RLIMIT_FSIZE, 8192, "ulimit -f")):
            with self.subTest(words=words):
                self.assertIn(words, self.under(which, limit, "run", "example.toml"))


class Services(Robust):
    def test_that_outlive_assay_and_launcher_are_ended_by_the_next_run(self):
        self.experiment(f'shell = "exec {ACT} wait robust"\nsetup = {{ shell = "setsid sleep 86399 & :" }}',
                        "[protocol]\nblocks = 6\n")
        process = self.start("run", "example.toml")
        wait_until(lambda: running(f"{ACT} wait robust") and len(running("sleep 86399")) == 2)
        listed = subprocess.run(["ps", "--ppid", str(process.pid), "-o", "pid="], stdout=subprocess.PIPE, text=True,
                                check=True).stdout
        launchers = [int(pid) for pid in listed.split()]
        for pid in launchers:  # so that none of them can still clean up when assay is gone
            os.kill(pid, signal.SIGSTOP)
        for pid in (process.pid, *launchers):
            os.kill(pid, signal.SIGKILL)
        process.wait()
        wait_until(lambda: not running(f"{ACT} wait robust"))
        self.assertEqual(len(running("sleep 86399")), 2)
        self.assertEnds(self.assay("compare", "-r", "6", "--fail-on", "none", "true", "true"), OK)
        self.assertEqual(running("sleep 86399"), [])
        self.assertEqual(os.listdir(self.path("tmp")), [])


class Recursion(Robust):
    def test_of_an_experiment_into_itself_ends_with_one_clear_line(self):
        self.experiment(f'shell = "{PROGRAM} run example.toml"', "[protocol]\nblocks = 6\n")
        ended = self.assay("run", "example.toml")
        self.assertEnds(ended, INVALID)
        self.assertIn("a trial of this experiment tries to run the experiment itself", " ".join(ended.out.split()))

    def test_of_a_comparison_into_itself_ends_too(self):
        self.write("again", f"#!/bin/sh\nexec {PROGRAM} compare ./again ./again\n")
        os.chmod(self.path("again"), 0o755)
        ended = self.assay("compare", "./again", "./again")
        self.assertEnds(ended, INVALID)
        self.assertIn("tries to run the experiment itself", " ".join(ended.out.split()))


class Words(Robust):
    def test_name_the_commands_that_are_compared(self):
        ended = self.assay("compare", "-r", "6", "--fail-on", "none", "sleep 0.01", "sleep 0.05")
        self.assertIn("`sleep 0.05` is ", ended.out)
        self.assertIn("slower than `sleep 0.01`", ended.out)

    def test_say_that_three_blocks_cannot_decide(self):
        ended = self.assay("compare", "-r", "3", "sleep 0.01", "sleep 0.05")
        self.assertIn("3 blocks cannot decide", " ".join(ended.out.split()))

    def test_say_where_a_result_is_recorded(self):
        self.simulated()
        ended = self.assay("run", "example.toml")
        self.assertIn("recorded: .assay/records/0001-example.json and DECISIONS.md; again with: assay show 0001",
                      ended.out)

    def test_of_a_settled_question_do_not_wait_for_the_host(self):
        self.simulated()
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.experiment(f'command = ["{ACT}", "wait", "robust"]', "[protocol]\nblocks = 6\n", name="busy.toml")
        process = self.start("run", "busy.toml")
        wait_until(lambda: running(f"{ACT} wait robust"))
        again = self.assay("run", "example.toml")
        self.assertEnds(again, REFUSED)
        self.assertNotIn("waiting", again.err)
        process.send_signal(signal.SIGTERM)
        self.finish(process)


class Compare(Robust):
    def test_takes_the_names_that_hyperfine_gives_options(self):
        ended = self.assay("compare", "--min-runs", "6", "--max-runs", "6", "--reference", "true", "--fail-on", "none",
                           "--export-csv", "out.csv", "--export-markdown", "out.md", "sleep 0.01")
        self.assertEnds(ended, OK)
        self.assertTrue(self.read("out.csv").startswith("command,mean,"))
        self.assertIn("| `sleep 0.01` |", self.read("out.md"))
        self.assertFails(self.assay("compare", "--show-output", "true", "true"), ERROR, "--output FILE keeps it")

    def test_sets_variables_and_a_folder_for_every_command(self):
        os.mkdir(self.path("deep"))
        self.write("deep/here", "")
        ended = self.assay("compare", "-S", "sh", "--set", "MODE=fast", "--working-directory", "deep", "-r", "6",
                           "--fail-on", "none", 'test -e here && test "$MODE" = fast', "test -e here; test $MODE = fast")
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
