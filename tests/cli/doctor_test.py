#!/usr/bin/python3
"""assay doctor: whether this machine is fit to measure on."""

import fcntl
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

from cli import ERROR, INVALID, OK, PATIENCE_SECONDS, PROGRAM, CliTest, experiment_text  # noqa: E402

SIMULATED = '\n[simulated]\nbaseline = "100 ms"\nshift = "-20%"\nnoise = "2%"\n'


class Doctor(CliTest):
    def test_it_tells_conditions_costs_and_which_metric_decides_fastest(self):
        done = self.assay("doctor", "--json", "--max-blocks", "12", "--plant", "100%", "--margin", "50%", "--", "sleep",
                          "0.02")
        self.assertIn(done.code, (OK, INVALID), done.err)
        answer = done.json()
        self.assertEqual(answer["passed"], done.code == OK)
        self.assertEqual(len({condition["name"] for condition in answer["conditions"]}), 19)
        self.assertEqual(len(answer["conditions"]), 19)
        for condition in answer["conditions"]:
            self.assertIn(condition["disturbance"], ("none", "noted", "disturbing", "unknown"))
            self.assertEqual("advice" in condition, condition["disturbance"] == "disturbing")
        shares = {condition["name"]: condition["share"] for condition in answer["conditions"] if condition["share"]}
        self.assertIn("governor", shares)
        self.assertEqual("load" in shares, len(os.sched_getaffinity(0)) > 1)
        self.assertFalse({"heat", "steal", "swap"} & shares.keys(), "nothing switches these for one trial")
        for share in shares.values():
            self.assertLessEqual(share["low"], share["percent"])
            self.assertLessEqual(share["percent"], share["high"])
            self.assertGreaterEqual(share["noise_with_percent"], 0)
            self.assertTrue(share["how"])
        for key in ("clock_step_ns", "clock_reading_ns", "launched_ns", "started_ns", "synced_ns"):
            self.assertGreater(answer[key], 0, key)
        blocks = [metric["blocks"] for metric in answer["metrics"]]
        self.assertEqual(blocks, sorted(blocks))
        self.assertIn("cpu", [metric["name"] for metric in answer["metrics"]])
        self.assertIn("wall", [metric["name"] for metric in answer["metrics"]])
        self.assertEqual(answer["instructions"]["countable"], answer["instructions"]["why"] is None)
        self.assertEqual(answer["played"]["attempts"], 400)
        self.assertLess(answer["played"]["false_claims"], 0.2)

    def test_a_planted_delay_must_be_found(self):
        self.write("experiment.toml", experiment_text('command = ["true"]', SIMULATED))
        done = self.assay("doctor", "--engine", "simulated", "--seed", "1", "experiment.toml")
        self.assertEqual(done.code, OK, done.err)
        self.assertIn("a delay of 5 % planted in one arm: found", done.out)
        self.assertTrue(done.out.rstrip().splitlines()[-1].startswith("fit to measure"), done.out)
        self.assertRegex(done.out, r"governor +after a rest of 50 ms: [+-][0-9.]+ % time \(95 % interval ")
        self.assertRegex(done.out, r"only listed, since nothing switches them for one trial: |how much each matters")
        self.assertRegex(done.out, r"instructions +(unavailable: \w+|\d+ blocks? \()")
        self.assertNotIn("held this host", done.out)

    def test_another_measurement_is_named(self):
        self.write("experiment.toml", experiment_text('command = ["true"]', SIMULATED))
        with open("/proc/sys/kernel/random/boot_id", encoding="utf-8") as file:
            lock = os.path.join(self.environment["ASSAY_LOCK_DIR"], f"assay-{file.read().strip()}.lock")
        with open(lock, "w", encoding="utf-8") as held:
            held.write("pid 999999999, assay run elsewhere, since 14:05")
            held.flush()
            fcntl.flock(held, fcntl.LOCK_EX)
            doctor = subprocess.Popen([PROGRAM, "doctor", "--engine", "simulated", "--seed", "1", "experiment.toml"],
                                      cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.assertIn("pid 999999999, assay run elsewhere", doctor.stderr.readline())  # it waits
        out, _ = doctor.communicate(timeout=PATIENCE_SECONDS)
        self.assertEqual(doctor.returncode, OK, out)
        self.assertRegex(out, r"measurements +pid 999999999, assay run elsewhere, since 14:05 held this host")
        self.assertIn("measurements on one host take turns", out)

    def test_another_measurement_is_named_though_its_lock_lies_in_another_folder(self):
        self.write("experiment.toml", experiment_text('command = ["true"]', SIMULATED))
        with open("/proc/sys/kernel/random/boot_id", encoding="utf-8") as file:
            name = f"assay-{file.read().strip()}.lock"
        os.mkdir(self.path("elsewhere"))
        holder = "\n".join(["import fcntl, sys", "held = open(sys.argv[1], 'w')",
                            "held.write(sys.argv[2]); held.flush()", "fcntl.flock(held, fcntl.LOCK_EX)",
                            "print('held', flush=True); sys.stdin.read()"])
        said = "pid 999999999, assay run elsewhere, since 14:05"
        with subprocess.Popen([sys.executable, "-c", holder, self.path(f"elsewhere/{name}"), said],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            self.assertEqual(other.stdout.readline(), "held\n")
            done = self.assay("doctor", "--engine", "simulated", "--seed", "1", "experiment.toml")
            found = self.assay("doctor", "--json", "--engine", "simulated", "--seed", "1", "experiment.toml").json()
            other.communicate("")
        self.assertEnds(done, OK)  # it does not wait
        self.assertIn(" measured here, too, when the examination began: let it end first", done.out)
        condition = [one for one in found["conditions"] if one["name"] == "measurements"]
        self.assertEqual(condition[0]["disturbance"], "disturbing")

    def test_a_command_that_fails_is_not_fit(self):
        done = self.assay("doctor", "--", "false")
        self.assertEqual(done.code, INVALID, done.err)
        self.assertIn("not fit to measure", done.out)

    def test_it_changes_nothing(self):
        before = sorted(os.listdir(self.folder))
        self.assay("doctor", "--max-blocks", "6", "--max-time", "1 s", "--", "true")
        self.assertEqual(sorted(os.listdir(self.folder)), before)

    def test_a_file_and_a_command_exclude_each_other(self):
        self.assertFails(self.assay("doctor", "a.toml", "--", "true"), ERROR, "not both")


if __name__ == "__main__":
    unittest.main()
