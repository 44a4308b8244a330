#!/usr/bin/python3
"""Checks that veto: whatever makes a treatment faster by giving something up is never kept."""

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INCONCLUSIVE, INVALID, NOTHING_LEFT, OK, WORK, CliTest, experiment_text  # noqa: E402

JOB = os.environ["ASSAY_JOB"]

SAME_PAGE = '[[check]]\nname = "same page"\nkind = "same-output"\nfile = "out/page.html"\n'
NO_TEST_LOST = '[[check]]\nname = "no test lost"\nkind = "test-inventory"\njunit = "out/junit.xml"\n'
NO_CROSS_TALK = '[[check]]\nname = "no cross-talk"\nkind = "isolation"\n'
PROTOCOL = '[protocol]\nseed = "1"\nmax_blocks = 12\nkappa = 0\nalpha = 0.1\n'


class Checked(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def job(self, trick, checks=SAME_PAGE + NO_TEST_LOST, more=PROTOCOL):
        self.experiment(f'command = ["{JOB}", "{trick}"]', checks + more)
        return self.assay("run", "example.toml", "--json")

    def checks(self, ended):
        return {check["name"]: check for check in ended.json()["workloads"][0]["checks"]}

    def assertVetoed(self, ended, check, *texts):
        self.assertEnds(ended, INVALID)
        result = ended.json()
        self.assertEqual((result["decision"], result["reason"]), ("discard", "broken"), ended.out)
        failed = self.checks(ended)[check]
        self.assertFalse(failed["passed"], ended.out)
        for text in texts:
            self.assertIn(text, failed["detail"])


class Tricks(Checked):
    def test_an_honest_gain_is_kept(self):
        ended = self.job("honest")
        self.assertEnds(ended, OK)
        self.assertEqual(ended.json()["decision"], "keep")
        self.assertTrue(all(check["passed"] for check in self.checks(ended).values()), ended.out)

    def test_skipping_the_work_is_not(self):
        self.assertVetoed(self.job("skip-work"), "same page", "out/page.html was not written by this trial")

    def write_script(self, script):
        self.write("work.sh", "#!/bin/sh\n" + script)
        os.chmod(self.path("work.sh"), 0o755)

    def replay(self, script, checks):
        """A treatment that touches what control's trial wrote instead of writing it."""
        self.write_script(script)
        self.experiment('command = ["./work.sh"]', checks + PROTOCOL)
        return self.assay("run", "example.toml", "--json")

    def test_touching_the_output_of_an_earlier_trial_is_not(self):
        self.write("out.txt", "of before the attempt\n")
        ended = self.replay('if [ "$FAST" = 1 ]; then touch -c out.txt; else sleep 0.01; echo right > out.txt; fi\n',
                            '[[check]]\nname = "same"\nkind = "same-output"\nfile = "out.txt"\n')
        self.assertVetoed(ended, "same", "out.txt was not written by this trial")
        self.assertFalse(os.path.exists(self.path(".out.txt.before-assay")))

    def test_touching_the_report_of_an_earlier_trial_is_not(self):
        ended = self.replay('if [ "$FAST" = 1 ]; then touch j.xml; else sleep 0.01; echo \'<testsuite name="s"><testcase '
                            'name="t"/></testsuite>\' > j.xml; fi\n',
                            '[[check]]\nname = "tests"\nkind = "test-inventory"\njunit = "j.xml"\n')
        self.assertVetoed(ended, "tests", "j.xml")

    def test_touching_a_file_whose_size_counts_is_not(self):
        ended = self.replay('if [ "$FAST" = 1 ]; then touch -c out.bin; else sleep 0.01; echo right > out.bin; fi\n',
                            '[[metric]]\nname = "size"\nfrom = "file-size:out.bin"\n')
        self.assertVetoed(ended, "metric size", "out.bin: No such file")

    def test_a_program_may_work_on_what_its_prepare_puts_there(self):
        self.write("sorted", "3\n1\n2\n")
        self.write_script("sleep 0.005\nsort -o data data\n")
        self.experiment('command = ["./work.sh"]\nprepare = ["cp", "sorted", "data"]',
                        '[[check]]\nname = "same"\nkind = "same-output"\nfile = "data"\n' + PROTOCOL)
        ended = self.assay("run", "example.toml", "--json", "--fail-on", "none")
        self.assertTrue(self.checks(ended)["same"]["passed"], ended.out)

    def test_what_the_user_had_there_comes_back_where_no_trial_writes_it(self):
        self.write("out.txt", "mine")
        ended = self.replay("sleep 0.005\n", '[[check]]\nname = "same"\nkind = "same-output"\nfile = "out.txt"\n')
        self.assertFalse(self.checks(ended)["same"]["passed"], ended.out)
        self.assertEqual(self.read("out.txt"), "mine")

    def test_work_that_is_left_running_is_told_of(self):
        self.write_script('if [ "$FAST" = 1 ]; then sleep 5 >/dev/null 2>&1 & else sleep 0.01; fi\n')
        self.experiment('command = ["./work.sh"]', PROTOCOL)
        ended = self.assay("run", "example.toml")
        told = r"processes were left running after 0 trials of control and [1-9][0-9]* of treatment"
        for text in (ended.out, self.read("DECISIONS.md"), self.assay("show", "1").out):
            self.assertRegex(" ".join(text.split()), told)
        self.assertEnds(self.assay("verify"), OK)

    def test_dropping_a_test_is_not(self):
        self.assertVetoed(self.job("drop-test"), "no test lost", "test pages.saves is missing")

    def test_skipping_a_test_is_not(self):
        self.assertVetoed(self.job("skip-test"), "no test lost", "test pages.saves is skipped")

    def test_renaming_a_test_into_a_skip_is_not(self):
        self.assertVetoed(self.job("rename-test"), "no test lost", "test pages.saves is missing")

    def test_weakening_an_assertion_is_not(self):
        self.assertVetoed(self.job("weaken-test"), "no test lost", "pages.saves makes 1 assertions, in control 3")

    def test_a_test_that_became_flaky_is_not(self):
        ended = self.job("flaky")
        self.assertVetoed(ended, "no test lost", "1 flaky tests in treatment (pages.saves), 0 in control")
        self.assertEqual(ended.json()["failed_trials"], {"control": 0, "treatment": 0})


class Leaks(Checked):
    """The shared folders are ignored, so this test's own folder must lie elsewhere."""

    def setUp(self):
        super().setUp()
        self.folder = self.folder_of_its_own()
        self.environment["HOME"] = self.folder
        self.make_lab()

    def watched(self, fast, more="", workload=""):
        """A treatment that does something, in a tenth of control's time."""
        self.experiment(
            f'shell = "if test -n \\"$FAST\\"; then sleep 0.01; {fast}; else sleep 0.3; fi"\n{workload}',
            NOTHING_LEFT + more + PROTOCOL)
        return self.assay("run", "example.toml", "--json")

    def test_leaving_nothing_is_kept(self):
        ended = self.watched("true")
        self.assertEnds(ended, OK)
        self.assertEqual(ended.json()["decision"], "keep")

    def test_leaving_a_daemon_behind_is_not_kept(self):
        self.assertVetoed(self.job("daemon", SAME_PAGE + NO_TEST_LOST + NOTHING_LEFT), "nothing left",
                          "left behind: process ", "job daemon")

    def test_replaying_a_cached_result_is_not_kept(self):
        self.assertVetoed(self.job("replay", SAME_PAGE + NO_TEST_LOST + NOTHING_LEFT), "nothing left",
                          "before the first block it left behind", "/.job-cache")

    def test_leaving_a_file_in_the_temporary_folder_is_not_kept(self):
        self.assertVetoed(self.watched(": > $TMPDIR/left"), "nothing left", "file $TMPDIR/left")

    def test_what_conclude_takes_away_is_no_leak(self):
        ended = self.watched(": > left", workload='conclude = ["rm", "-f", "left"]')
        self.assertEqual(ended.json()["decision"], "keep", ended.out)

    def test_a_watched_folder(self):
        os.mkdir(self.path("store"))
        self.assertVetoed(self.watched("mktemp -p store >/dev/null", 'watch = ["store"]\n'), "nothing left", "/store/tmp.")

    def test_a_neighbour_at_work_in_a_shared_folder_is_not_held_against_trials(self):
        shared = tempfile.mkdtemp(prefix="assay-neighbour-", dir="/dev/shm")
        self.addCleanup(shutil.rmtree, shared)
        done = threading.Event()

        def work():
            for number in itertools.count():
                if done.wait(0.1):
                    return
                with open(os.path.join(shared, f"result-{number}"), "w", encoding="utf-8"):
                    pass

        neighbour = threading.Thread(target=work)
        neighbour.start()
        try:
            self.experiment('shell = "if test -n \\"$FAST\\"; then sleep 0.01; else sleep 0.1; fi"',
                            NOTHING_LEFT.replace(', "/dev/shm/*"', "") + PROTOCOL)
            ended = self.assay("run", "example.toml", "--json")
        finally:
            done.set()
            neighbour.join()
        self.assertEqual(ended.json()["decision"], "keep", ended.out)
        self.assertIn("not held against a trial", " ".join(ended.json()["audit"]["notes"]))

    def watched_in_a_fresh(self, folder, fast):
        """With a file system of its own at the folder, so that tests beside this one see nothing of it."""
        self.experiment(f'shell = "if test -n \\"$FAST\\"; then sleep 0.01; {fast}; else sleep 0.1; fi"\n',
                        NOTHING_LEFT + PROTOCOL)
        mounting = f'mount -t tmpfs none {folder} && exec "$0" "$@"'
        ended = subprocess.run(["unshare", "-m", "sh", "-c", mounting, os.environ["ASSAY_PROGRAM"], "run", "example.toml",
                                "--json", "--fail-on", "none"], cwd=self.folder, env=self.environment, text=True,
                               stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if "mount" in ended.stderr or "unshare" in ended.stderr:
            self.skipTest("this user may not mount: " + ended.stderr)
        return json.loads(ended.stdout)

    def test_a_folder_where_programs_hardly_write(self):
        for folder in ("/opt", "/usr/local"):
            with self.subTest(folder):
                result = self.watched_in_a_fresh(folder, f": > {folder}/left")
                self.assertEqual(result["reason"], "broken", result)
                self.assertIn(f"file {folder}/left", result["workloads"][0]["checks"][0]["detail"])

    def test_a_folder_of_services_is_noted(self):
        result = self.watched_in_a_fresh("/var/lib", ": > /var/lib/left")
        self.assertEqual(result["decision"], "keep", result)
        self.assertRegex(" ".join(result["audit"]["notes"]), "may be a service's, and so is not held against the trial: "
                         "/var/lib/left")

    def test_the_arms_folder_beside_a_service_is_noted(self):
        self.environment["TMPDIR"] = self.folder_of_its_own()  # the check ignores what lies in /tmp
        ended = self.watched(": > $ASSAY_ARM_DIR/left", workload='setup = { shell = "cd $ASSAY_ARM_DIR && sleep 1000 '
                             '> /dev/null 2>&1 &" }')
        self.assertEqual(ended.json()["decision"], "keep", ended.out)
        self.assertRegex(" ".join(ended.json()["audit"]["notes"]), "may be a service's.*/left")

    def test_the_time_of_a_folder_is_noted(self):
        os.mkdir(self.path("store"))
        ended = self.watched("touch -d 2001-01-01 store")
        self.assertEqual(ended.json()["decision"], "keep", ended.out)
        self.assertRegex(" ".join(ended.json()["audit"]["notes"]), "held against the trial: the time of .*/store")

    def test_a_list_command(self):
        # The things are lines of a file that is there already, which no watch of folders sees.
        self.write("things", "")
        self.assertVetoed(self.watched("echo thing $$ >> things", 'list = [["cat", "things"]]\n'), "nothing left",
                          '"thing ', "of cat things")

    def test_a_list_command_that_fails_is_told_at_once(self):
        ended = self.watched("true", 'list = [["false"]]\n')
        self.assertEnds(ended, INVALID)
        self.assertIn("list command false: exited 1", ended.err)
        result = ended.json()
        self.assertEqual((result["verdict"], result["decision"], result["stop"]), ("invalid", "undecided", "failed"))
        self.assertIn("list command false: exited 1", result["audit"]["notes"][0])


class Inputs(Checked):
    """Declared inputs, which must be the same when each trial begins."""

    SAME = '[[check]]\nname = "same"\nkind = "same-output"\nfile = "out.txt"\n'
    # Treatment makes the input small for itself and large for control.
    CHEAT = ('test "$FAST" = 1 && cat orig > data\nsleep $(cat data)\necho right > out.txt\n'
             'if test "$FAST" = 1; then echo 0.2 > data; else cat orig > data; fi\n')

    def run_with(self, script, hooks):
        for name in ("orig", "data"):
            self.write(name, "0.02\n")
        self.write("work.sh", "#!/bin/sh\n" + script)
        os.chmod(self.path("work.sh"), 0o755)
        self.experiment(f'command = ["./work.sh"]\ninputs = ["data"]\n{hooks}', self.SAME + PROTOCOL)
        return self.assay("run", "example.toml", "--json", "--fail-on", "none").json()

    def test_one_that_a_trial_alters_for_the_next_and_cleanup_puts_back(self):
        result = self.run_with(self.CHEAT, 'cleanup = { shell = "cat orig > data" }')
        self.assertEqual((result["verdict"], result["reason"]), ("invalid", "confounded"))
        self.assertIn("input data was not the same when a trial of", " ".join(result["audit"]["intruders"]))

    def test_one_that_is_written_anew_and_stays_the_same_is_no_change(self):
        result = self.run_with('if test "$FAST" = 1; then sleep 0.02; else sleep 0.1; fi\necho right > out.txt\n'
                               'echo used >> data\ncat orig > data\n', 'prepare = { shell = "cat orig > data" }')
        self.assertEqual(result["decision"], "keep", result["audit"])


class Reports(Checked):
    def shell(self, control, treatment, checks, more=PROTOCOL):
        self.write("control.sh", control)
        self.write("treatment.sh", treatment)
        self.experiment('shell = "if test -n \\"$FAST\\"; then . ./treatment.sh; else sleep 0.1; . ./control.sh; fi"',
                        checks + more)
        return self.assay("run", "example.toml", "--json")

    def test_what_a_normaliser_takes_out_may_differ(self):
        check = ('[[check]]\nname = "same text"\nkind = "same-output"\n'
                 'normalise = ["sed", "s/[0-9]* ms/N ms/"]\n')
        ended = self.shell("echo took 20 ms", "echo took 3 ms", check)
        self.assertEqual(ended.json()["decision"], "keep", ended.out)

    def test_what_it_leaves_may_not(self):
        check = ('[[check]]\nname = "same text"\nkind = "same-output"\n'
                 'normalise = { shell = "sed \'s/[0-9]* ms/N ms/\'" }\n')
        self.assertVetoed(self.shell("echo took 20 ms", "echo took 3 s", check), "same text", "standard output differs")

    def test_a_normaliser_that_fails_fails_the_check(self):
        check = '[[check]]\nname = "same text"\nkind = "same-output"\nnormalise = ["false"]\n'
        ended = self.shell("echo", "echo", check)
        self.assertEnds(ended, INVALID)
        self.assertIn("its normaliser exited 1", self.checks(ended)["same text"]["detail"])

    def test_tap_on_standard_output(self):
        check = '[[check]]\nname = "tests"\nkind = "test-inventory"\ntap = "-"\n'
        self.assertVetoed(self.shell("printf '1..2\\nok 1 - a\\nok 2 - b\\n'",
                                     "printf '1..2\\nok 1 - a\\nok 2 - b # SKIP slow\\n'", check),
                          "tests", "test b is skipped")

    def test_what_ctest_prints(self):
        check = '[[check]]\nname = "tests"\nkind = "test-inventory"\nctest = "report.txt"\n'
        lines = "1/2 Test #1: a ....   Passed    0.00 sec\n2/2 Test #2: b ....   Passed    0.00 sec\n"
        self.write("full.txt", lines + "100% tests passed\n")
        self.write("less.txt", lines.splitlines()[0] + "\n100% tests passed\n")
        self.assertVetoed(self.shell("cp full.txt report.txt", "cp less.txt report.txt", check),
                          "tests", "test b is missing")

    def junit(self, control, treatment, check=NO_TEST_LOST):
        """Each arm writes these cases, by suite, into its report."""
        for name, suites in (("control.xml", control), ("treatment.xml", treatment)):
            self.write(name, "<testsuites>" + "".join(
                f'<testsuite name="{suite}">' + "".join(
                    f'<testcase name="{case}" classname="test"/>' for case in cases) + "</testsuite>"
                for suite, cases in suites.items()) + "</testsuites>")
        return self.shell("mkdir -p out; cp control.xml out/junit.xml", "mkdir -p out; cp treatment.xml out/junit.xml", check)

    def test_a_test_that_moved_to_another_suite(self):
        self.assertVetoed(self.junit({"parse": ["empty"], "render": ["full"]}, {"render": ["empty", "full"]}),
                          "no test lost", "test parse > test.empty is missing")

    def unstable(self, treatment, check):
        """The names of tests hold an address that changes with each process."""
        report = ('<testsuite name="s"><testcase name="plain"/><testcase name="f at 0x\'$$\'"/>'
                  '<testcase name="g at 0x\'$$\'"/></testsuite>')
        self.write("report.sh", f"mkdir -p out; echo '{report}' > out/junit.xml\n")
        return self.shell(". ./report.sh", ". ./report.sh" + treatment, check)

    def test_names_that_change_by_themselves(self):
        ended = self.unstable("", NO_TEST_LOST)
        self.assertEnds(ended, OK)
        self.assertEqual(ended.json()["decision"], "keep", ended.out)
        self.assertTrue(any("test names are in only some of control's reports" in note
                            for note in ended.json()["audit"]["notes"]), ended.out)

    def test_a_lost_test_among_names_that_change_by_themselves(self):
        self.assertVetoed(self.unstable("; sed -i 's/<testcase name=.g[^>]*>//' out/junit.xml", NO_TEST_LOST),
                          "no test lost", "2 tests passed, in control 3")

    def test_a_normaliser_of_names_that_change_by_themselves(self):
        check = NO_TEST_LOST + 'normalise = ["sed", "s/0x[0-9]*/ADDRESS/g"]\n'
        ended = self.unstable("", check)
        self.assertEnds(ended, OK)
        self.assertFalse(any("test names" in note for note in ended.json()["audit"]["notes"]), ended.out)

    def test_a_lost_test_whose_name_a_normaliser_makes_stable(self):
        check = NO_TEST_LOST + 'normalise = ["sed", "s/0x[0-9]*/ADDRESS/g"]\n'
        self.assertVetoed(self.unstable("; sed -i 's/<testcase name=.g[^>]*>//' out/junit.xml", check), "no test lost",
                          "test s > g at ADDRESS is missing")

    def test_tests_that_are_ignored(self):
        ended = self.unstable("; sed -i 's/<testcase name=.g[^>]*>//' out/junit.xml", NO_TEST_LOST + 'ignore = ["* at 0x*"]\n')
        self.assertEnds(ended, OK)
        self.assertEqual(ended.json()["decision"], "keep", ended.out)

    def test_a_condition_of_an_element_that_is_named(self):
        check = '[[check]]\nname = "fine"\nkind = "condition"\nrequire = "json:/name=b/ok == true"\n'
        self.assertVetoed(self.shell("""echo '[{"name": "b", "ok": true}]'""",
                                     """echo '[{"name": "a", "ok": true}, {"name": "b", "ok": false}]'""", check),
                          "fine", "/name=b/ok is false, not true")

    def test_a_condition_of_a_key_that_stands_twice(self):
        check = '[[check]]\nname = "fine"\nkind = "condition"\nrequire = "json:/ok == true"\n'
        self.assertVetoed(self.shell("""echo '{"ok": true}'""", """echo '{"ok": false, "ok": true}'""", check),
                          "fine", "standard output has the key at /ok twice")

    def test_a_condition_of_the_results(self):
        check = '[[check]]\nname = "all deployed"\nkind = "condition"\nrequire = ["json:/ok == true", "json:/n >= 3"]\n'
        self.assertVetoed(self.shell("""echo '{"ok": true, "n": 3}'""", """echo '{"ok": true, "n": 2}'""", check),
                          "all deployed", "/n is 2, not at least 3")

    def test_a_condition_of_a_file_that_holds_other_text(self):
        self.write("work.sh", """test "$FAST" && echo warning > r.json || { sleep 0.1; : > r.json; }
                                 echo '{"ok": true}' >> r.json\n""")
        self.experiment('command = ["sh", "work.sh"]\nresults = "r.json"',
                        '[[check]]\nname = "fine"\nkind = "condition"\nrequire = "json:/ok == true"\n' + PROTOCOL)
        self.assertVetoed(self.assay("run", "example.toml", "--json"), "fine",
                          'r.json is not JSON alone: it holds other text at line 1, column 1: "warning"')

    def test_two_instances_that_share_a_file(self):
        # Counts the instances that are at it; control does not look.
        treatment = ("d=$(mktemp -d busy.XXXXXX); sleep 0.2; ls -d busy.* | wc -l; sleep 0.2; rmdir $d\n")
        self.assertVetoed(self.shell("echo 1; sleep 1", treatment, NO_CROSS_TALK), "no cross-talk",
                          "beside a second instance", "differs from that of the lone run")

    def test_instances_that_keep_to_themselves(self):
        ended = self.shell("echo 1", "echo $$ > $TMPDIR/mine; test $(cat $TMPDIR/mine) = $$ && echo 1; rm $TMPDIR/mine",
                           NO_CROSS_TALK)
        self.assertEqual(ended.json()["decision"], "keep", ended.out)

    def sharing(self, treatment, checks, workload=""):
        """The treatment is said to share something."""
        self.write("treatment.sh", treatment)
        self.experiment('shell = "if test -n \\"$FAST\\"; then . ./treatment.sh; else sleep 0.3; echo 1; fi"\n' + workload,
                        checks + PROTOCOL)
        self.write("example.toml", self.read("example.toml").replace('treatment = "1"\n', 'treatment = "1"\nshares = true\n'))
        return self.assay("run", "example.toml", "--json")

    def test_a_change_that_shares_something_and_stands_its_challenge_is_kept(self):
        ended = self.sharing("sleep 0.05; echo 1", NO_CROSS_TALK)
        self.assertEnds(ended, OK)
        self.assertEqual(ended.json()["decision"], "keep", ended.out)
        self.assertEqual(ended.json()["audit"]["challenges"],
                         [{"workload": "work", "state": "warm", "arm": 1, "check": "no cross-talk", "failure": "",
                           "unproven": ""}])
        self.assertEnds(self.assay("verify"), OK)

    def test_a_shared_service_that_mixes_its_users_up_is_never_kept(self):
        # Each instance alone, and each with a service of its own, gets the answer of control.
        treatment = ('d=$ASSAY_ARM_DIR/service; mkdir -p $d; u=$(mktemp $d/XXXXXX); sleep 0.1; ls $d | wc -l; sleep 0.1\n'
                     'rm $u\n')
        self.assertVetoed(self.sharing(treatment, NO_CROSS_TALK), "no cross-talk",
                          "beside a second instance that shares its folder and port",
                          "differs from that of the lone run")

    def test_a_challenge_that_could_not_fail_lifts_nothing(self):
        ended = self.sharing("sleep 0.05; echo 1", NO_CROSS_TALK + 'normalise = ["sed", "d"]\n')
        self.assertEnds(ended, INCONCLUSIVE)
        self.assertEqual(ended.json()["reason"], "awaiting-isolation-challenge")
        self.assertEqual(ended.json()["audit"]["challenges"][0]["unproven"], "a broken arm stands it too: null command")
        self.assertTrue(any("proves no isolation of treatment" in note for note in ended.json()["audit"]["notes"]), ended.out)

    def test_a_change_that_shares_something_waits_for_its_challenge(self):
        self.experiment(f'command = ["{JOB}", "honest"]', SAME_PAGE + PROTOCOL)
        self.write("example.toml", self.read("example.toml").replace('treatment = "1"\n', 'treatment = "1"\nshares = true\n'))
        ended = self.assay("run", "example.toml")
        self.assertEnds(ended, INCONCLUSIVE)
        self.assertIn("improved -> undecided (awaiting isolation challenge)", ended.out)
        self.assertIn("nothing challenges the isolation of work", ended.out + ended.err)


class OlderOutputs(Checked):
    """An output that was there before the trial is not the trial's."""

    def run_with(self, treatment):
        self.write("gold", "right\n")
        os.utime(self.path("gold"), (1e9, 1e9))
        self.write("work.sh", f'rm -f out.txt\nif [ -n "$FAST" ]; then {treatment}; else sleep 0.1; echo right > out.txt; fi\n')
        self.experiment('command = ["sh", "work.sh"]', '[[check]]\nname = "same"\nkind = "same-output"\nfile = "out.txt"\n'
                        '[protocol]\nmax_blocks = 8\n')
        return self.assay("run", "example.toml", "--json").json()

    def test_a_link_to_an_earlier_file_is_no_output(self):
        result = self.run_with("ln gold out.txt")
        self.assertEqual((result["verdict"], result["decision"]), ("invalid", "discard"))
        self.assertIn("out.txt is older than the trial", result["workloads"][0]["checks"][0]["detail"])

    def test_a_copy_that_keeps_its_times_is_no_output(self):
        self.assertEqual(self.run_with("cp -p gold out.txt")["decision"], "discard")

    def test_an_output_that_is_written_is_one(self):
        self.assertEqual(self.run_with("echo right > out.txt")["decision"], "keep")


class Prove(Checked):
    def prove(self, checks, workload=f'command = ["{JOB}", "honest"]'):
        self.experiment(workload, checks)
        return self.assay("check", "--prove", "example.toml")

    def assertRefused(self, ended, *texts):
        self.assertEnds(ended, ERROR)
        for text in texts:
            self.assertIn(text, ended.err)

    def test_checks_that_can_fail(self):
        ended = self.prove(SAME_PAGE + NO_TEST_LOST)
        self.assertEnds(ended, OK)
        self.assertIn("same page (work): can fail: null command, empty output", ended.out)
        self.assertIn("no test lost (work): can fail: null command, empty report, one test removed", ended.out)

    def test_a_command_that_is_content_with_an_earlier_trials_file(self):
        check = f'[[check]]\nname = "there"\nkind = "command"\ncommand = ["{WORK}", "exists", "out/page.html"]\n'
        self.assertRefused(self.prove(check), "there (work) passes on a broken arm (null command)")

    def test_the_same_command_where_prepare_clears_the_file(self):
        check = f'[[check]]\nname = "there"\nkind = "command"\ncommand = ["{WORK}", "exists", "out/page.html"]\n'
        ended = self.prove(check, f'command = ["{JOB}", "honest"]\nprepare = ["rm", "-rf", "out"]')
        self.assertEnds(ended, OK)

    def test_output_of_which_a_normaliser_leaves_nothing(self):
        check = SAME_PAGE + 'normalise = ["sed", "d"]\n'
        self.assertRefused(self.prove(check), "same page (work) passes on a broken arm (empty output)")

    def test_a_watch_that_ignores_everything(self):
        check = '[[check]]\nname = "nothing left"\nkind = "no-leaks"\nignore = ["*"]\n'
        self.assertRefused(self.prove(check), "a file left in the working directory")

    def test_names_of_tests_that_change_by_themselves_are_listed(self):
        report = '<testsuite name="s"><testcase name="plain"/><testcase name="f at 0x\'$$\'"/></testsuite>'
        self.write("report.sh", f"mkdir -p out; echo '{report}' > out/junit.xml\n")
        ended = self.prove(NO_TEST_LOST, 'shell = ". ./report.sh"')
        self.assertEnds(ended, OK)
        self.assertIn("2 test names changed between two runs of control", ended.out)
        self.assertIn("s > f at 0x", ended.out)

    def test_a_check_that_is_lenient_where_it_sees_treatments_environment(self):
        self.write("check.sh", '[ "$FAST" = 1 ] || [ -s out/page.html ]\n')
        check = '[[check]]\nname = "there"\nkind = "command"\ncommand = ["sh", "check.sh"]\n'
        self.assertRefused(self.prove(check, f'command = ["{JOB}", "honest"]\nprepare = ["rm", "-rf", "out"]'),
                           "there (work) passes on a broken arm (null command in the environment of treatment)")

    def test_a_check_that_fails_on_control(self):
        check = '[[check]]\nname = "never"\nkind = "command"\ncommand = ["false"]\n'
        self.assertRefused(self.prove(check), "never (work) fails on control as it is: exited 1")

    def test_conditions_and_isolation(self):
        checks = ('[[check]]\nname = "ok"\nkind = "condition"\nrequire = "json:/ok == true"\n'
                  '[[check]]\nname = "alone"\nkind = "isolation"\n')
        self.experiment("""command = ["echo", '{"ok": true}']""", checks)
        ended = self.assay("check", "--prove", "--json", "example.toml")
        self.assertEnds(ended, OK)
        proofs = ended.json()["files"][0]["proofs"]
        self.assertEqual([(proof["check"], proof["holds"]) for proof in proofs], [("ok", True), ("alone", True)])
        self.assertEqual([arm["arm"] for arm in proofs[0]["broken_arms"]], ["null command", "empty results"])
        self.assertEqual([arm["arm"] for arm in proofs[1]["broken_arms"]],
                         ["null command", "output that is never the same"])

    def test_an_isolation_check_of_output_that_there_is_none_of(self):
        self.assertRefused(self.prove(NO_CROSS_TALK, 'command = ["true"]'),
                           "no cross-talk (work) passes on a broken arm (null command)")

    def test_without_prove_nothing_is_run(self):
        self.experiment(f'command = ["{WORK}", "append", "log", "x"]', SAME_PAGE)
        self.assertEnds(self.assay("check", "example.toml"), OK)
        self.assertFalse(os.path.exists(self.path("log")))


class Programs(CliTest):
    """assay check starts nothing, and tells what cannot be started now."""

    def noted(self, workload, variable=None):
        options = {"variable": variable} if variable else {}
        self.write("example.toml", experiment_text(workload, **options))
        ended = self.assay("check", "example.toml")
        self.assertEnds(ended, OK)  # it is no mistake of the file
        notes = self.assay("check", "--json", "example.toml").json()["files"][0].get("notes", [])
        self.assertEqual(ended.err, "".join(f"example.toml: note: {note}\n" for note in notes))
        return notes

    ARGUMENT = 'kind = "argument"\nname = "s"\ncontrol = "0"\ntreatment = "1"'

    def test_that_are_not_there_are_noted(self):
        [note] = self.noted('command = ["no-such-program", "{s}"]', self.ARGUMENT)
        self.assertEqual(note, 'control of work starts "no-such-program", and there is no such program now')

    def test_that_are_whole_lines_are_taken_apart(self):
        notes = self.noted('command = ["sleep {s}"]', self.ARGUMENT)
        self.assertEqual([note.split(": ")[-1] for note in notes], [
            'each word is a text of its own, ["sleep", "0"]', 'each word is a text of its own, ["sleep", "1"]'])

    def test_that_are_there_or_may_come_are_not(self):
        self.assertEqual(self.noted('command = ["sleep", "{s}"]', self.ARGUMENT), [])
        self.assertEqual(self.noted('command = ["./made", "{s}"]\nprepare = ["make"]', self.ARGUMENT), [])
        self.assertEqual(self.noted('command = ["./made", "{s}"]\nset = { PATH = "/opt/bin" }', self.ARGUMENT), [])


if __name__ == "__main__":
    unittest.main()
