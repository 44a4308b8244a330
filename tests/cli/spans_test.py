#!/usr/bin/python3
"""Spans that trials report: as metrics, as the proof that a variable acts, and from shell scripts."""

import json
import os
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ACT, CliTest, ERROR, INVALID, OK, PROGRAM, experiment_text  # noqa: E402

PHASES = os.environ["ASSAY_PHASES"]
REQUESTS = os.environ["ASSAY_REQUESTS"]
SPAN = os.environ["ASSAY_SPAN"]

WORKERS = """
[experiment]
id = "workers"
hypothesis = "Four workers serve the requests sooner than one"
[variable]
kind = "env"
name = "WORKERS"
control = "1"
treatment = "4"
reached = "spans:overlap(request) >= 2"
[[workload]]
name = "requests"
command = ["{requests}", "{how}"]
[[metric]]
name = "wall"
role = "primary"
margin = "5%"
{more}
[protocol]
blocks = 6
"""


class OutsideTrials(CliTest):
    """A run reports its phases into its own file, and anybody can see where its time went."""

    def span(self, name, *command):
        return self.assay("span", "--into", "results.json", name, "--", *command)

    def results(self):
        return json.loads(self.read("results.json"))

    def test_phases_are_merged_into_the_results_of_a_run(self):
        self.write("results.json", '{"ok": true}')
        self.assertEnds(self.span("pull", "sleep", "0.02"), OK)
        self.assertEnds(self.span("pull", "sleep", "0.02"), OK)
        self.assertEnds(self.span("build", "true"), OK)
        results = self.results()
        self.assertTrue(results["ok"])
        self.assertEqual([span["name"] for span in results["spans"]], ["pull", "pull", "build"])
        self.assertGreater(results["phases"]["pull"], 0.04)

    def test_the_command_ends_as_it_would_alone(self):
        self.assertEqual(self.span("pull", ACT, "exit", "3").code, 3)
        self.assertIn("pull", self.results()["phases"])

    def test_a_file_that_is_no_object_stays(self):
        self.write("results.json", "[1]")
        ended = self.span("pull", "true")
        self.assertEnds(ended, OK)
        self.assertIn("results.json: it is no JSON object", ended.err)
        self.assertEqual(self.read("results.json"), "[1]")

    def test_several_processes_add_to_one_file(self):
        started = [self.start("span", "--into", "results.json", "pull", "--", "true") for _ in range(8)]
        for process in started:
            self.assertEnds(self.finish(process), OK)
        self.assertEqual(len(self.results()["spans"]), 8)

    def test_one_run_is_drawn(self):
        self.write("trace.json", '{"traceEvents": [{"ph": "X", "name": "pull", "ts": 0, "dur": 600},'
                                 ' {"ph": "X", "name": "start", "ts": 700, "dur": 300}]}')
        ended = self.assay("show", "--phases", "trace.json")
        self.assertEnds(ended, OK)
        self.assertRegex(ended.out, r"trace\.json \(one run\): mean 1\.00 ms")
        self.assertRegex(ended.out, r"  pull +#+ +600 us +60\.0 %")
        cell = self.assay("show", "--phases", "trace.json", "--json").json()["workloads"][0]
        self.assertEqual([phase["name"] for phase in cell["phases"]], ["pull", "start", None])

    def test_one_run_tells_what_its_phases_spent_their_time_on(self):
        self.write("run.json", json.dumps({"spans": [
            {"name": "build", "start_ns": 0, "end_ns": 1000, "cpu_ns": 900, "io_ns": 50, "memory_ns": 0},
            {"name": "wait", "start_ns": 1000, "end_ns": 2000}]}))
        ended = self.assay("show", "--phases", "run.json")
        self.assertIn("cpu 90.0 %, io 5.0 %, memory 0.0 %, waiting 5.0 %", ended.out)
        build, wait = self.assay("show", "--phases", "run.json", "--json").json()["workloads"][0]["phases"][:2]
        self.assertIsNone(build["spending"]["bound_by"])  # one run bounds nothing
        self.assertNotIn("spending", wait)

    def test_spans_added_to_results_tell_what_bounds_them(self):
        self.span("nap", "sleep", "0.05")
        (span,) = self.results()["spans"]
        self.assertLess(span["cpu_ns"], 40_000_000)

    def test_of_a_file_that_is_not_there(self):
        self.assertFails(self.assay("show", "--phases", "missing.json"), ERROR, '"missing.json" is no file',
                         "there is no lab here")
        self.make_lab()
        self.assertFails(self.assay("show", "--phases", "missing.json"), ERROR,
                         'there is no file "missing.json" with spans, and no record "missing.json"')
        self.assertNotIn("no file", self.assay("show", "missing").err)

    def test_of_a_place_in_a_file(self):
        self.write("results.json", '{"timing": {"pull": 3, "build": 1}}')
        ended = self.assay("show", "--phases", "results.json", "--at", "/timing")
        self.assertRegex(ended.out, r"pull +#+ +3\.00 s +75\.0 %")
        self.assertFails(self.assay("show", "--phases", "results.json", "--at", "/none"), ERROR, "/none")


class Concurrency(CliTest):
    """A test is called concurrent; whether it was, tell the spans of its requests."""

    def serve(self, how, more=""):
        self.make_lab()
        self.write("workers.toml", WORKERS.format(requests=REQUESTS, how=how, more=more))
        return self.assay("run", "workers.toml", "--json")

    def test_requests_that_overlap_in_treatment_alone(self):
        ended = self.serve("at-once")
        self.assertEnds(ended, OK)
        result = ended.json()
        self.assertEqual((result["verdict"], result["decision"]), ("improved", "keep"))
        overlap = next(metric for metric in result["workloads"][0]["metrics"]
                       if metric["name"] == "spans:overlap(request)")
        self.assertEqual(overlap["role"], "observed")
        self.assertEqual(overlap["control"]["median"], 1)
        self.assertGreaterEqual(overlap["treatment"]["median"], 2)
        self.assertEnds(self.assay("verify"), OK)

    def test_concurrent_in_name_only(self):
        ended = self.serve("in-turn")
        self.assertEnds(ended, INVALID)
        result = ended.json()
        self.assertEqual(result["verdict"], "invalid")
        self.assertNotEqual(result["decision"], "keep")
        text = self.assay("show", "0001").out
        self.assertIn("variable did not act", text)
        self.assertRegex(text, r"spans:overlap\(request\) +1 +1 ")

    def test_metrics_of_spans(self):
        ended = self.serve("at-once", """
[[metric]]
name = "in requests"
from = "spans:duration(request)"
[[metric]]
name = "longest"
from = "spans:duration(request)"
statistic = "max"
[[metric]]
name = "requests"
from = "spans:count(request)"
kind = "deterministic"
""")
        metrics = {metric["name"]: metric for metric in ended.json()["workloads"][0]["metrics"]}
        self.assertEqual(metrics["in requests"]["unit"], "s")
        self.assertGreaterEqual(metrics["in requests"]["control"]["median"], 6 * 0.004)
        self.assertGreaterEqual(metrics["longest"]["control"]["median"], 0.004)
        self.assertLess(metrics["longest"]["control"]["median"], metrics["in requests"]["control"]["median"])
        self.assertEqual(metrics["requests"]["treatment"]["median"], 6)

    def test_a_span_that_no_trial_reports(self):
        ended = self.serve("at-once", '[[metric]]\nname = "pull"\nfrom = "spans:duration(pull)"\n')
        self.assertEnds(ended, INVALID)
        failed = {check["name"]: check for check in ended.json()["workloads"][0]["checks"]}["metric pull"]
        self.assertIn('no span called "pull"', failed["detail"])


class Scripts(CliTest):
    """assay-span, as a script that is measured calls it."""

    def run_script(self, script, metric, more=""):
        self.make_lab()
        self.write("work.sh", "#!/bin/sh\n" + script)
        os.chmod(self.path("work.sh"), 0o755)
        return self.assay("run", self.experiment('command = ["./work.sh"]\nresults = "out.txt"', f"""
[[metric]]
name = "phase"
{metric}
[protocol]
blocks = 6
{more}"""), "--json")

    def test_phases_of_a_script(self):
        ended = self.run_script("assay-span pull -- sleep 0.01; assay-span pull -- sleep 0.01; command -v assay-span > out.txt\n",
                                'from = "spans:duration(pull)"')
        metric = next(one for one in ended.json()["workloads"][0]["metrics"] if one["name"] == "phase")
        self.assertGreaterEqual(metric["control"]["median"], 0.02)
        self.assertRegex(self.read("out.txt"), r"/tmp\.[^/]+/tools/assay-span\n")
        self.assertTrue(ended.json()["audit"]["passed"], ended.out)

    def test_a_trial_sees_nothing_of_the_spans_before_it(self):
        ended = self.run_script('assay-span pull -- true; wc -l < "$ASSAY_SPANS" > out.txt\n', 'from = "regex:([0-9]+)"\n'
                                '[[metric]]\nname = "pulls"\nfrom = "spans:count(pull)"\nkind = "deterministic"')
        metrics = {one["name"]: one for one in ended.json()["workloads"][0]["metrics"]}
        self.assertEqual(metrics["phase"]["control"]["median"], 1)
        self.assertEqual(metrics["pulls"]["treatment"]["median"], 1)

    def assertNoSpans(self, script, text):
        ended = self.run_script(script, 'from = "spans:count(pull)"')
        self.assertEnds(ended, INVALID)
        self.assertIn(text, ended.json()["workloads"][0]["checks"][0]["detail"])

    def test_a_line_that_is_no_span_fails_the_trial(self):
        self.assertNoSpans('echo "pull took 3 ms" >> "$ASSAY_SPANS"\n', "line 1 of the spans is no span")

    def test_a_span_of_another_time_fails_the_trial(self):
        self.assertNoSpans("""echo '{"name":"pull","start_ns":1,"end_ns":2}' >> "$ASSAY_SPANS"\n""",
                           'a span called "pull" starts before the trial did, by ')

    def test_a_span_of_a_time_to_come_fails_the_trial(self):
        self.assertNoSpans("""echo '{"name":"pull","start_ns":4611686018427387904,"end_ns":4611686018427387905}' >> "$ASSAY_SPANS"\n""",
                           'a span called "pull" ends after the trial did, by ')

    def test_a_pipe_in_place_of_the_file_fails_the_trial(self):
        self.assertNoSpans('mkfifo "$ASSAY_SPANS"\n', "something else than a file")

    def test_a_folder_in_place_of_the_file_fails_the_trial(self):
        self.assertNoSpans('mkdir -p "$ASSAY_SPANS/deep"\n', "something else than a file")

    def test_no_file_without_a_metric_that_reads_it(self):
        ended = self.assay("compare", "--json", "-r", "6", "-S", "sh", 'test -z "$ASSAY_SPANS"', 'test -z "$ASSAY_SPANS"; true')
        self.assertEqual(ended.json()["failed_trials"], {"control": 0, "treatment": 0})


class ControlPhases(CliTest):
    """Phases that the change cannot touch, in real spans."""

    def run_with(self, connect, phases='["connect"]', script=""):
        self.make_lab()
        self.write("deploy.sh", script + f"""
assay-span connect -- sleep {connect}
assay-span start -- sleep ${{FAST:+0.01}}${{FAST:-0.06}}
""".replace("${FAST:+0.01}${FAST:-0.06}", "$(test -n \"$FAST\" && echo 0.01 || echo 0.3)"))
        self.write("deploy.toml", experiment_text(
            f'command = ["/bin/sh", "deploy.sh"]\ncontrol_phases = {phases}\n', "[protocol]\nmax_blocks = 20\n",
            margin="20%"))
        return self.assay("run", "deploy.toml", "--json")

    def test_that_do_not_move_let_a_change_be_kept(self):
        ended = self.run_with("0.03")
        self.assertEnds(ended, OK)
        result = ended.json()
        self.assertEqual(result["decision"], "keep")
        control = [metric for metric in result["workloads"][0]["metrics"] if metric["role"] == "control"]
        self.assertEqual([metric["name"] for metric in control], ["phase connect"])
        self.assertIn("control phase connect:", self.read("DECISIONS.md").replace("\\", ""))
        self.assertEnds(self.assay("verify"), OK)

    def test_that_moved_confound_the_experiment(self):
        ended = self.run_with('$(test -n "$FAST" && echo 0.02 || echo 0.3)')
        self.assertEnds(ended, INVALID)
        result = ended.json()
        self.assertEqual((result["verdict"], result["verdict_reason"]), ("invalid", "confounded"))
        self.assertEqual((result["decision"], result["reason"]), ("discard", "confounded"))
        (found,) = [one for one in result["diagnostics"] if one["name"] == "confounded"]
        self.assertTrue(found["flag"])
        self.assertRegex(found["note"],
                         r"phase connect, which the change cannot touch, moved by -\d+\.\d % \(.* interval -")
        self.assertIn("phase connect, which the change cannot touch", self.read("DECISIONS.md").replace("\\", ""))
        self.assertIn("phase connect, which the change cannot touch", " ".join(self.assay("show", "1").out.split()))
        self.assertEnds(self.assay("verify"), OK)

    def gone_in(self, arm, other, where):
        """An arm whose trials hide the phase, though it takes its time."""
        ended = self.run_with("0.03", script=f'test {where} "$FAST" && export ASSAY_SPANS=/dev/null\n')
        self.assertEnds(ended, INVALID)
        checks = {check["name"]: check for check in ended.json()["workloads"][0]["checks"]}
        failed = checks["metric phase connect"]
        self.assertIn('no span called "connect"', failed["detail"])
        self.assertGreater(failed["failed_trials"][arm], 0)
        self.assertEqual(failed["failed_trials"][other], 0)

    def test_that_are_gone_in_treatment_fail_it(self):
        self.gone_in("treatment", "control", "-n")

    def test_that_are_gone_in_control_fail_it(self):
        self.gone_in("control", "treatment", "-z")

    def test_that_no_trial_reports_fail_it(self):
        ended = self.run_with("0.03", '["connect", "log in"]')
        self.assertEnds(ended, INVALID)
        failed = {check["name"]: check for check in ended.json()["workloads"][0]["checks"]}["metric phase log in"]
        self.assertIn('no span called "log in"', failed["detail"])


class Ring(CliTest):
    """Phases that a C++ program records with <assay/span.hpp>."""

    def run_phases(self, how):
        return self.run_workload(f'command = ["{PHASES}", "{how}"]')

    def run_workload(self, workload):
        self.make_lab()
        return self.assay("run", self.experiment(workload, """
[[metric]]
name = "load"
from = "spans:duration(load)"
[[metric]]
name = "items"
from = "spans:count(item)"
kind = "deterministic"
[protocol]
blocks = 6
"""), "--json")

    def test_its_phases_are_metrics(self):
        ended = self.run_phases("parse")
        metrics = {one["name"]: one for one in ended.json()["workloads"][0]["metrics"]}
        self.assertGreaterEqual(metrics["load"]["control"]["median"], 0.002)
        self.assertLess(metrics["load"]["control"]["median"], 1)
        self.assertEqual(metrics["items"]["treatment"]["median"], 3)
        self.assertTrue(ended.json()["audit"]["passed"], ended.out)

    def test_phases_that_ended_outlive_a_kill_of_their_program(self):
        ended = self.run_workload(f'shell = "{PHASES} die; test $? = 137"')
        self.assertEqual(ended.json()["failed_trials"], {"control": 0, "treatment": 0}, ended.out)
        metrics = {one["name"]: one for one in ended.json()["workloads"][0]["metrics"]}
        self.assertGreaterEqual(metrics["load"]["control"]["median"], 0.002)
        self.assertEqual(metrics["items"]["control"]["median"], 3)

    def test_a_full_ring_fails_the_trial_and_says_by_how_much(self):
        ended = self.run_phases("burst")
        self.assertEnds(ended, INVALID)
        self.assertRegex(ended.json()["workloads"][0]["checks"][0]["detail"],
                         r"the ring of spans lost [0-9]+ of them: it was full; report fewer")

    def test_does_nothing_where_no_metric_reads_it(self):
        environment = {name: value for name, value in self.environment.items() if name != "ASSAY_SPANS"}
        ended = subprocess.run([PHASES, "parse"], cwd=self.folder, env=environment, capture_output=True, timeout=60,
                               check=True)
        self.assertEqual((ended.stdout, ended.stderr), (b"", b""))

    def test_says_where_it_cannot_record(self):
        environment = {**self.environment, "ASSAY_SPANS": self.path("missing/spans")}
        ended = subprocess.run([PHASES, "parse"], cwd=self.folder, env=environment, capture_output=True, text=True,
                               timeout=60, check=True)
        self.assertEqual(ended.stderr, f"assay: no spans are recorded in {self.path('missing/spans')}.ring: "
                                       "No such file or directory\n")


class Command(CliTest):
    """Both forms, outside of any trial."""

    forms = ([SPAN], [PROGRAM, "span"])

    def span(self, form, *words, spans=True):
        environment = {**self.environment, **({"ASSAY_SPANS": self.path("spans")} if spans else {})}
        return subprocess.run([*form, *words], cwd=self.folder, env=environment, capture_output=True, text=True,
                              timeout=60, check=False)

    def test_ends_as_the_command_ended(self):
        for form in self.forms:
            with self.subTest(form):
                self.assertEqual(self.span(form, "a", "--", "true").returncode, 0)
                self.assertEqual(self.span(form, "a", "--", ACT, "exit", "3").returncode, 3)
                self.assertEqual(self.span(form, "a", "--", "kill-me-not").returncode, 127)
                self.assertEqual(self.span(form, "a", "--", "/etc").returncode, 126)
                self.assertEqual(self.span(form, "a", "--", "sh", "-c", "kill -SEGV $$").returncode, -signal.SIGSEGV)

    def test_writes_one_line(self):
        for form in self.forms:
            with self.subTest(form):
                ended = self.span(form, 'a "b" \\ é', "--", "sh", "-c", "echo $$; sleep 0.02")
                with open(self.path("spans"), encoding="utf-8") as file:
                    line = json.loads(file.read())
                self.assertEqual(line["name"], 'a "b" \\ é')
                self.assertGreaterEqual(line["end_ns"] - line["start_ns"], 20_000_000)
                self.assertEqual(line["pid"], int(ended.stdout))
                self.assertLess(line["cpu_ns"], line["end_ns"] - line["start_ns"])
                os.remove(self.path("spans"))

    def test_tells_what_the_kernel_counted_for_the_command(self):
        for form in self.forms:
            with self.subTest(form):
                self.span(form, "a", "--", "sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done")
                with open(self.path("spans"), encoding="utf-8") as file:
                    line = json.loads(file.read())
                self.assertGreater(line["cpu_ns"], 10_000_000)
                # It has moved no block. On a busy machine nobody can tell what a command waited for.
                self.assertIn(line.get("io_ns"), (0, None))
                self.assertEqual("io_ns" in line, "memory_ns" in line)
                os.remove(self.path("spans"))

    def test_words_of_the_command_are_its_own(self):
        for form in self.forms:
            with self.subTest(form):
                self.assertEqual(self.span(form, "a", "--", "echo", "--help", "--", "-x").stdout, "--help -- -x\n")

    def test_only_runs_the_command_where_no_file_is_named(self):
        for form in self.forms:
            with self.subTest(form):
                ended = self.span(form, "a", "--", "echo", "ran", spans=False)
                self.assertEqual((ended.stdout, ended.stderr, ended.returncode), ("ran\n", "", 0))

    def test_says_where_the_span_cannot_be_written(self):
        os.mkdir(self.path("spans"))
        for form in self.forms:
            with self.subTest(form):
                ended = self.span(form, "a", "--", "echo", "ran")
                self.assertEqual((ended.stdout, ended.returncode), ("ran\n", 0))
                self.assertIn("cannot write to", ended.stderr)

    def test_hands_on_that_it_shall_end(self):
        for form in self.forms:
            with self.subTest(form):
                environment = {**self.environment, "ASSAY_SPANS": self.path("spans")}
                process = subprocess.Popen([*form, "a", "--", "sh", "-c", "trap 'exit 7' TERM; echo up; while :; do sleep 0.01; done"],
                                           env=environment, stdout=subprocess.PIPE, text=True)
                self.assertEqual(process.stdout.readline(), "up\n")
                process.send_signal(signal.SIGTERM)
                self.assertEqual(process.wait(timeout=30), 7)
                process.stdout.close()
                self.assertIn('"name":"a"', self.read("spans"))
                os.remove(self.path("spans"))

    def test_refuses_what_is_no_name(self):
        for form in self.forms:
            for words in ((), ("a",), ("a", "--"), ("", "--", "true"), ("a\nb", "--", "true"), ("x" * 1001, "--", "true")):
                with self.subTest(form=form, words=words):
                    self.assertEqual(self.span(form, *words).returncode, ERROR)


if __name__ == "__main__":
    unittest.main()
