#!/usr/bin/python3
"""What the control arm takes: measured in turns, recorded, rendered, verified, shown, and compared with a later one."""

import json
import os
import re
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INTERRUPTED, INVALID, OK, REFUSED, CliTest, experiment_text  # noqa: E402

PHASED = 'command = ["/bin/sh", "deploy.sh"]\nstates = ["warm", "idle"]\n'
IDLE = '[state.idle]\nwarmup = 0\n'
SCRIPT = """
test -z "$FAST" || touch treatment-ran
assay-span pull -- sleep {pull}
assay-span start -- sleep 0.01
"""

# A program that says itself what the kernel counted: tenths of each phase on the processor and waiting for storage.
COUNTED = """
import json, os, time
with open(os.environ["ASSAY_SPANS"], "a", encoding="utf-8") as spans:
    for name, cpu, io in (("spin", 9, 0), ("nap", 1, 0), ("sync", 1, 8), ("both", 4, 4)):
        start = time.monotonic_ns()
        time.sleep(0.01)
        tenth = (time.monotonic_ns() - start) // 10
        spans.write(json.dumps({"name": name, "start_ns": start, "end_ns": start + 10 * tenth, "memory_ns": 0,
                                "cpu_ns": cpu * tenth, "io_ns": io * tenth}) + "\\n")
"""


class BaselineTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def deploy(self, pull="0.03", more=IDLE):
        self.write("deploy.sh", SCRIPT.format(pull=pull))
        self.write("deploy.toml", experiment_text(PHASED, more))

    def baseline(self, *words, runs="6"):
        return self.assay("baseline", "deploy.toml", "--runs", runs, *words)

    def measured(self, *words, **options):
        ended = self.baseline("--json", *words, **options)
        self.assertEnds(ended, OK)
        return ended.json()

    def change(self, name, old, new):
        text = self.read(name)
        self.assertIn(old, text)
        self.write(name, text.replace(old, new, 1))


class OfAnExperiment(BaselineTest):
    def test_measures_control_alone_in_every_state(self):
        self.deploy()
        result = self.measured()
        self.assertEqual([cell["state"] for cell in result["workloads"]], ["warm", "idle"])
        self.assertEqual([cell["measured"] for cell in result["workloads"]], [6, 6])
        self.assertFalse(os.path.exists(self.path("treatment-ran")))
        wall = result["workloads"][0]["metrics"][0]
        self.assertEqual((wall["name"], wall["n"]), ("wall", 6))
        self.assertEqual([wall["interval"]["low"], wall["interval"]["high"]], [wall["minimum"], wall["maximum"]])
        self.assertAlmostEqual(wall["confidence"], 1 - 2 / 64)

    def test_phases_and_the_rest_add_up_to_the_wall_time(self):
        self.deploy()
        for cell in self.measured()["workloads"]:
            self.assertEqual([phase["name"] for phase in cell["phases"]], ["pull", "start", None])
            self.assertAlmostEqual(sum(phase["mean_self_seconds"] for phase in cell["phases"]),
                                   cell["mean_wall_seconds"], places=9)
            self.assertAlmostEqual(sum(phase["share"] for phase in cell["phases"]), 1, places=9)

    def test_phases_are_marked_by_what_bounds_them(self):
        self.write("deploy.py", COUNTED)
        self.write("deploy.toml", experiment_text('command = ["/usr/bin/python3", "deploy.py"]\n'))
        phases = {phase["name"]: phase for phase in self.measured()["workloads"][0]["phases"]}
        bounds = {name: phase["spending"]["bound_by"] for name, phase in phases.items() if "spending" in phase}
        self.assertEqual(bounds, {"spin": "cpu", "nap": "waiting", "sync": "io", "both": "mixed"})
        self.assertRegex(self.read("docs/perf/attribution.md"),
                         r"- nap \(warm\): bound by waiting; cpu 10\.0 %, io 0\.0 %, memory 0\.0 %, waiting 90\.0 %\n")
        self.assertIn("bound by io: cpu 10.0 %", self.assay("show", "1", "--phases").out)
        self.assertRegex(self.read("docs/perf/baseline.md"), r"\| spin \|.*\| cpu \|\n")
        self.assertEnds(self.assay("verify"), OK)
        self.assertEnds(self.assay("challenge", "docs/perf/attribution.md", "--json", "--yes"), OK)

    def test_says_when_the_runs_are_too_few(self):
        self.deploy()
        ended = self.baseline(runs="5")
        self.assertEnds(ended, OK)
        self.assertIn("5 runs give no 95 % interval of wall: at least 6 do", ended.out)

    def test_flags_a_loose_timeout(self):
        self.deploy()
        ended = self.baseline()
        self.assertRegex(ended.out, r"work: timeout 60 min, median .*: over ten times the median; 1\.00 s is enough")

    def test_is_in_the_documents_and_verified(self):
        self.deploy()
        self.measured()
        self.assertIn("## 0001 example in local: 1 workload x 2 states, 6 runs each", self.read("docs/perf/baseline.md"))
        self.assertIn("| pull |", self.read("docs/perf/attribution.md"))
        self.assertIn("0001 baseline", self.read("DECISIONS.md"))
        self.assertEnds(self.assay("verify"), OK)

    def test_a_changed_digit_is_named(self):
        self.deploy()
        self.measured()
        for name in ("docs/perf/baseline.md", "docs/perf/attribution.md"):
            text = self.read(name)
            digit = re.search(r"(\d) ms", text)
            self.write(name, text[:digit.start(1)] + str((int(digit[1]) + 1) % 10) + text[digit.end(1):])
            self.assertFails(self.assay("verify"), INVALID, name, "is not what its record says")
            self.assertEnds(self.assay("render"), OK)
            self.assertEqual(self.read(name), text)

    def test_a_later_one_replaces_it_and_keeps_it(self):
        self.deploy()
        first = self.measured()
        second = self.measured()
        self.assertEqual(second["replaces"], first["record_sha256"])
        document = self.read("docs/perf/baseline.md")
        self.assertIn("Replaced by 0002-baseline.", document)
        self.assertNotIn("control's level", document, "control is unset, so files decide")
        self.assertIn("## 0002 example", document)
        self.assertEnds(self.assay("verify"), OK)

    def test_a_later_one_says_that_it_sets_the_level_of_control(self):
        self.deploy()
        self.change("deploy.toml", "control = { unset = true }", 'control = "0"')
        self.measured()
        self.assertNotIn("control's level", self.read("docs/perf/baseline.md"))
        self.measured()
        document = " ".join(self.read("docs/perf/baseline.md").split())
        self.assertEqual(document.count("every trial has control's level of"), 1)
        self.assertIn("as in 0001-baseline: what was adopted since then shows here only where control's level leaves it "
                      "to the files", document)
        self.assertEnds(self.assay("verify"), OK)

    def test_failed_trials_are_counted_and_fail_the_baseline(self):
        self.deploy()
        self.write("deploy.sh", "exit 3")
        ended = self.baseline()
        self.assertEnds(ended, INVALID)
        self.assertIn("0 of 6 trials measured; 6 exited 3", ended.out)
        self.assertEnds(self.assay("verify"), OK)

    def test_of_several_files_is_one_each(self):
        self.deploy()
        self.write("other.toml", self.read("deploy.toml").replace('id = "example"', 'id = "other"'))
        ended = self.assay("baseline", "deploy.toml", "other.toml", "--runs", "6", "--json")
        self.assertEnds(ended, OK)
        made = [(one["record_name"], one["experiment"]) for one in ended.json()["baselines"]]
        self.assertEqual(made, [("0001-baseline", "example"), ("0002-baseline", "other")])
        for name in ("example", "other"):
            self.assertIn(f"{name} in local: 1 workload x 2 states", self.read("docs/perf/baseline.md"))
        self.assertEnds(self.assay("verify"), OK)

    def test_of_several_files_is_none_if_one_cannot_be_read(self):
        self.deploy()
        self.assertFails(self.assay("baseline", "deploy.toml", "none.toml", "--runs", "6"), ERROR, "none.toml")
        self.assertEqual(os.listdir(self.path(".assay/records")), [])

    def test_of_several_files_fails_if_one_measures_nothing(self):
        self.deploy()
        self.write("other.toml", self.read("deploy.toml").replace('id = "example"', 'id = "other"')
                   .replace('"deploy.sh"', '"missing.sh"'))
        ended = self.assay("baseline", "other.toml", "deploy.toml", "--runs", "6", "--json")
        self.assertEnds(ended, INVALID)
        self.assertEqual([[cell["measured"] for cell in one["workloads"]] for one in ended.json()["baselines"]],
                         [[0, 0], [6, 6]])

    def test_says_what_a_run_needs_of_a_machine(self):
        self.deploy(more=IDLE + '[[metric]]\nname = "cpu"\n[[metric]]\nname = "max_rss"\n')
        self.measured()
        text = self.read("docs/perf/README.md")
        [sizing] = re.findall(r"(?ms)^#+ Sizing\n\n(.*?)^#", text)
        for state in ("warm", "idle"):
            self.assertRegex(sizing, rf"(?m)^- work \({state}\): cpu [\d.]+ m?s, 95 % interval .*; max_rss [\d.]+ MB, 95 %")
        self.assertRegex(sizing, r"(?m)^- work: timeout 60 min, median .*is enough")
        digit = re.search(r"max_rss (\d)", sizing)
        self.change("docs/perf/README.md", digit[0], f"max_rss {(int(digit[1]) + 1) % 10}")
        self.assertFails(self.assay("verify"), INVALID, "docs/perf/README.md")

    def test_a_file_that_is_not_there(self):
        self.assertFails(self.assay("baseline", "none.toml"), ERROR, "none.toml")

    def test_needs_a_lab(self):
        self.deploy()
        os.rename(self.path(".assay"), self.path("other"))
        self.assertEqual(self.baseline().code, ERROR)

    def test_ctrl_c_records_nothing(self):
        self.deploy(pull="0.2")
        process = self.start("baseline", "deploy.toml", "--runs", "100")
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        ended = self.finish(process)
        self.assertEnds(ended, INTERRUPTED)
        self.assertIn("nothing was recorded", ended.err)
        self.assertEqual(os.listdir(self.path(".assay/records")), [])


class Spans(BaselineTest):
    def test_invalid_lines_are_counted_and_the_others_kept(self):
        self.deploy()
        self.write("deploy.sh", SCRIPT.format(pull="0.02") +
                   'echo nonsense >> "$ASSAY_SPANS"\n'
                   'echo \'{"name":"back","start_ns":9,"end_ns":8}\' >> "$ASSAY_SPANS"\n')
        cell = self.measured()["workloads"][0]
        self.assertEqual(cell["refused_spans"], 12)
        self.assertIn("it ends before it starts", "".join(cell["objections"]))
        self.assertEqual([phase["name"] for phase in cell["phases"]], ["pull", "start", None])
        self.assertIn("of the spans refused", self.read("docs/perf/baseline.md"))

    def test_of_a_trial_that_is_ended_at_its_timeout_those_that_ended_are_kept(self):
        self.write("deploy.sh", "assay-span pull -- sleep 0.02\ntrap \"\" TERM\nassay-span start -- sleep 30\n")
        self.write("deploy.toml", experiment_text(PHASED.splitlines()[0] + '\ntimeout = "1 s"\ngrace = "200 ms"\n'))
        ended = self.baseline(runs="2")
        self.assertEnds(ended, INVALID)
        self.assertIn("0 of 2 trials measured; 2 timed out", ended.out)
        trials = json.loads(self.read(".assay/records/0001-baseline.json"))["payload"]["trials"]
        kept = [[(phase["name"], phase["spans"]) for phase in trial["phases"]["phases"]] for trial in trials]
        self.assertEqual(kept, [[("pull", 1)]] * 2)
        told = r"of the 2 trials that failed, and are in no figure, these spans had ended: pull in 2 trials, mean \d"
        for text in (ended.out, self.read("docs/perf/baseline.md"), self.assay("show", "1", "--phases").out):
            self.assertRegex(text, told)
        self.assertEnds(self.assay("verify"), OK)

    def test_without_any_there_is_no_attribution(self):
        self.deploy()
        self.write("deploy.sh", "true")
        self.measured()
        self.assertFalse(os.path.exists(self.path("docs/perf/attribution.md")))
        self.assertIn("no trial reported a span", self.assay("show", "1", "--phases").out)


class SpansInTheResults(BaselineTest):
    """A trial that writes a trace of its own, in the form of another tool."""

    TRACE = """
import json, sys, time
start = time.{clock}()
time.sleep(0.05)
end = time.{clock}()
with open(sys.argv[1], "w") as file:
    json.dump({document}, file)
"""

    def trace(self, document, clock="monotonic_ns", results="results.json", more=""):
        self.write("deploy.py", self.TRACE.format(clock=clock, document=document))
        self.write("deploy.toml", experiment_text(
            f'command = ["/usr/bin/python3", "deploy.py", "results.json"]\nresults = "{results}"', more))

    def phases(self):
        [cell] = self.measured()["workloads"]
        self.assertEqual(cell["refused_spans"], 0, cell["objections"])
        for phase in cell["phases"]:
            if phase["name"] == "pull":
                self.assertGreaterEqual(phase["self_seconds"]["median"], 0.05)
        self.assertEnds(self.assay("verify"), OK)
        return [phase["name"] for phase in cell["phases"]]

    def test_of_chrome_trace_events(self):
        self.trace('[{"ph": "X", "name": "pull", "ts": start / 1000, "dur": (end - start) / 1000}]')
        self.assertEqual(self.phases(), ["pull", None])

    def test_of_open_telemetry(self):
        self.trace('{"resourceSpans": [{"scopeSpans": [{"spans": [{"name": "pull", "startTimeUnixNano": str(start), '
                   '"endTimeUnixNano": str(end)}]}]}]}', clock="time_ns")
        self.assertEqual(self.phases(), ["pull", None])

    def test_of_phases_in_seconds(self):
        self.trace('{"ok": True, "phases": {"pull": (end - start) / 1e9}}')
        self.assertEqual(self.phases(), ["pull", None])

    def test_at_the_place_that_the_workload_names(self):
        self.trace('{"timing": {"pull": (end - start) / 1e9}, "phases": {"other": 0.01}}')
        self.change("deploy.toml", "results = ", 'spans = "/timing"\nresults = ')
        self.assertEqual(self.phases(), ["pull", None])
        self.change("deploy.toml", '"/timing"', '"/timings"')
        [cell] = self.measured()["workloads"]
        self.assertEqual((cell["refused_spans"], cell["phases"]), (6, []))
        self.assertIn('results.json: it has no place "/timings"', cell["objections"][0])

    def test_are_never_those_of_an_earlier_trial(self):
        self.trace("{}", results="old.json")
        self.write("old.json", '{"phases": {"pull": 0.01}}')
        self.assertEqual(self.phases(), [])

    def test_of_a_clock_that_went_backwards_are_counted(self):
        self.trace('{"spans": [{"name": "back", "start_ns": end, "end_ns": start}]}')
        [cell] = self.measured()["workloads"]
        self.assertEqual(cell["refused_spans"], 6)
        self.assertIn("results.json: element 1 of the spans is no span: it ends before it starts", cell["objections"][0])

    def test_are_what_metrics_read(self):
        self.trace('{"rate": 7, "spans": [{"name": "pull", "start_ns": start, "end_ns": end}, 3]}', more=(
            '[[metric]]\nname = "pull"\nfrom = "spans:duration(pull)"\n[protocol]\nblocks = 6\n'))
        ended = self.assay("run", "deploy.toml", "--json")
        metrics = {metric["name"]: metric for metric in ended.json()["workloads"][0]["metrics"]}
        self.assertGreaterEqual(metrics["pull"]["control"]["median"], 0.05)
        self.assertEnds(self.assay("verify"), OK)


class Shown(BaselineTest):
    def test_as_bars(self):
        self.deploy()
        self.measured()
        ended = self.assay("show", "1", "--phases")
        self.assertEnds(ended, OK)
        self.assertRegex(ended.out, r"  pull +#+ ")
        self.assertRegex(ended.out, r"Levers, by the data\n  pull: ")

    def test_against_an_earlier_one_names_the_phase_that_carries_the_change(self):
        self.deploy(pull="0.16")
        self.measured()
        self.deploy(pull="0.01")
        self.measured()
        change = self.assay("show", "2", "--against", "1", "--json").json()
        for cell in change["workloads"]:
            self.assertEqual(cell["phases"][0]["name"], "pull")
            self.assertAlmostEqual(sum(phase["change_seconds"] for phase in cell["phases"]), cell["change_seconds"],
                                   places=9)
            self.assertLess(cell["phases"][0]["change_seconds"], -0.02)
        self.assertIn("of the change", self.assay("show", "2", "--against", "1").out)

    def test_a_phase_that_is_gone_is_named(self):
        self.deploy()
        self.measured()
        self.write("deploy.sh", "assay-span start -- sleep 0.01\n")
        self.measured()
        self.assertRegex(self.assay("show", "2", "--against", "1").out, r"  pull .*\(gone\)")

    def test_not_against_another_environment(self):
        self.deploy()
        self.measured()
        self.measured("--environment", "ci")
        self.assertFails(self.assay("show", "2", "--against", "1"), REFUSED, "local", "ci")

    def test_only_baselines_have_phases(self):
        self.assertEnds(self.assay("decide", "--open", "Which?", "--option", "a", "--option", "b", "--owner", "ada"), OK)
        self.assertFails(self.assay("show", "1", "--phases"), ERROR, "0001-question is no baseline")


if __name__ == "__main__":
    unittest.main()
