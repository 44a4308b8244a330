#!/usr/bin/python3
"""Where nothing is to be found, or only to be foreseen: assay aa, plan, analyse --batch and --unpaired."""

import sys
import os
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

from cli import ERROR, INVALID, OK, CliTest, experiment_text, read_until  # noqa: E402

SIMULATED = '\n[simulated]\nbaseline = "100 ms"\nshift = "-20%"\nnoise = "2%"\n'


class Aa(CliTest):
    """aa is another name of doctor."""

    def test_it_is_doctor(self):
        self.write("experiment.toml", experiment_text('command = ["true"]', SIMULATED))
        answers = []
        for name in ("aa", "doctor"):
            done = self.assay(name, "--engine", "simulated", "--seed", "1", "--json", "experiment.toml")
            self.assertEqual(done.code, OK, done.err)
            answers.append(done.json())
        self.assertEqual(answers[0].keys(), answers[1].keys())
        for key in ("verdict", "equivalence_proven", "passed", "same", "planted"):
            self.assertEqual(answers[0][key], answers[1][key], key)
        self.assertEqual(answers[0]["planted"]["plant_percent"], 5)
        helps = [self.assay(name, "--help").out for name in ("aa", "doctor")]
        self.assertEqual(helps[0].replace("assay aa", "assay doctor"), helps[1])

    def test_without_a_planted_delay_equivalence_is_not_proven(self):
        self.write("experiment.toml", experiment_text('command = ["true"]', SIMULATED))
        done = self.assay("aa", "--engine", "simulated", "--seed", "1", "--no-plant", "experiment.toml", "--json")
        self.assertEqual(done.code, OK, done.err)
        self.assertIsNone(done.json()["planted"])
        self.assertFalse(done.json()["equivalence_proven"])
        self.assertFails(self.assay("aa", "--no-plant", "--plant", "5%", "experiment.toml"), ERROR, "--no-plant")

    def test_a_command_of_constant_length_is_equivalent_to_itself(self):
        done = self.assay("aa", "--json", "--no-plant", "--margin", "50%", "--max-blocks", "12", "--", "sleep", "0.02")
        self.assertEqual(done.code, OK, done.err)
        self.assertEqual(done.json()["verdict"], "equivalent")
        self.assertFalse(done.json()["equivalence_proven"])

    def test_a_planted_delay_is_found_and_proves_equivalence(self):
        done = self.assay("aa", "--json", "--plant", "100%", "--margin", "50%", "--max-blocks", "15", "--", "sleep", "0.1")
        self.assertEqual(done.code, OK, done.err)
        answer = done.json()
        self.assertTrue(answer["planted"]["found"])
        self.assertTrue(answer["equivalence_proven"])
        # As much again as control takes, which is the sleep and the shell that starts it.
        effect = answer["planted"]["workloads"][0]["metrics"][0]["effect"]["percent"]
        self.assertGreater(effect, 60)
        self.assertLess(effect, 140)

    def test_a_command_that_fails_is_invalid(self):
        self.assertEqual(self.assay("aa", "--", "false").code, INVALID)

    def test_an_experiment_is_held_against_its_own_control(self):
        self.write("experiment.toml", experiment_text('command = ["true"]', SIMULATED))
        done = self.assay("aa", "--engine", "simulated", "--plant", "5%", "--seed", "1", "--json", "experiment.toml")
        self.assertEqual(done.code, OK, done.err)
        self.assertEqual(done.json()["verdict"], "equivalent")
        self.assertTrue(done.json()["equivalence_proven"])

    def test_a_file_and_a_command_exclude_each_other(self):
        self.assertEqual(self.assay("aa", "experiment.toml", "--", "true").code, ERROR)


class Plan(CliTest):
    """The chance of each verdict, from every kind of noise that plan takes."""

    def chances(self, *words):
        done = self.assay("plan", "--json", "--seed", "1", *words, "example.toml")
        self.assertEqual(done.code, OK, done.err)
        return done.json()["chances"]

    def improved(self, chances):
        return [effect["shares"]["improved"] for effect in chances["effects"]]

    def test_the_noise_is_taken_from_an_attempt_that_was_interrupted(self):
        self.make_lab()
        self.simulated(pace="20 ms")
        self.assertFails(self.assay("plan", "--journal", "example.toml"), ERROR, "no attempt of example.toml is open")
        process = self.start("run", "example.toml")
        read_until(process.stderr, " of at most ")
        process.kill()
        self.finish(process)
        chances = self.chances("--journal")
        self.assertRegex(chances["noise"], r"^\d+ blocks of the open attempt$")
        self.assertAlmostEqual(chances["seconds_per_block"], 0.2, delta=0.05)
        self.assertGreater(self.improved(chances)[4], 0.9)

    def test_the_sources_of_noise_exclude_each_other(self):
        self.simulated()
        self.assertFails(self.assay("plan", "--journal", "--noise", "3%", "example.toml"), ERROR, "exclude each other")

    def test_a_guess_a_trace_and_a_built_in_noise_give_chances(self):
        self.simulated()
        self.write("trace.csv", "v\n" + "".join(f"{100 + row * 7 % 5}\n" for row in range(500)))
        for words in (["--noise", "2%"], ["--noise", "trace.csv"], ["--noise", "lognorm"]):
            chances = self.chances(*words)
            self.assertLess(self.improved(chances)[0], 0.05, words)
            self.assertGreater(self.improved(chances)[-1], 0.95, words)
            self.assertIsNone(chances["seconds_per_block"])

    def test_a_pilot_measures_control_against_itself(self):
        self.simulated(shift="-50%")
        chances = self.chances("--engine", "simulated", "--pilot", "10")
        self.assertEqual(chances["noise"], "a pilot of 10 blocks")
        self.assertGreater(chances["seconds_per_block"], 0)
        self.assertLess(self.improved(chances)[0], 0.05)

    def test_a_record_gives_its_noise_less_its_effect(self):
        self.make_lab()
        self.simulated(shift="-50%")
        self.assay("run", "--engine", "simulated", "example.toml")
        chances = self.chances("--record", "1")
        self.assertEqual(chances["noise"], "record 0001-example")
        self.assertLess(self.improved(chances)[0], 0.1)

    def test_without_a_noise_there_are_no_chances(self):
        self.simulated()
        self.assertIsNone(self.chances())

    def test_a_design_that_is_not_played_keeps_its_forecast(self):
        self.simulated(protocol='design = "abba"')
        done = self.assay("plan", "--json", "--noise", "2%", "example.toml")
        self.assertEqual(done.code, OK, done.err)
        self.assertIsNone(done.json()["chances"])
        self.assertIn("blocks_to_detect", done.json()["forecast"])
        self.assertIn("blocks of one trial of each arm", done.err)
        self.assertEqual(self.assay("plan", "--pilot", "8", "example.toml").code, ERROR)

    def test_noises_exclude_each_other(self):
        self.simulated()
        self.assertEqual(self.assay("plan", "--noise", "2%", "--pilot", "9", "example.toml").code, ERROR)
        self.assertEqual(self.assay("plan", "--noise", "2%", "--column", "v", "example.toml").code, ERROR)


class Batch(CliTest):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("results"))
        rows = lambda ratio: "control,treatment\n" + "".join(
            f"{100 + row % 7},{ratio * (100 + row * 3 % 7)}\n" for row in range(40))
        self.write("results/b.csv", rows(0.5))
        self.write("results/a.csv", rows(1.5))

    def test_every_file_is_judged_in_the_order_of_the_names(self):
        done = self.assay("analyse", "--batch", "results", "--json")
        self.assertEqual([(item["file"], item["verdict"]) for item in done.json()],
                         [("a.csv", "regressed"), ("b.csv", "improved")])
        self.assertEqual(done.code, 2)

    def test_the_number_of_threads_changes_nothing(self):
        self.assertEqual(self.assay("analyse", "--batch", "results", "--json", "--threads", "1").out,
                         self.assay("analyse", "--batch", "results", "--json", "--threads", "4").out)

    def test_a_file_is_judged_as_it_is_alone(self):
        alone = self.assay("analyse", "results/a.csv", "--json").json()
        together = self.assay("analyse", "--batch", "results", "--json").json()[0]
        self.assertEqual({**alone, "file": "a.csv"}, together)

    def test_a_broken_file_is_told_in_its_place(self):
        self.write("results/c.csv", "control\n1\n")
        done = self.assay("analyse", "--batch", "results")
        self.assertEqual(done.code, ERROR)
        lines = done.out.splitlines()
        self.assertEqual(len(lines), 3)
        self.assertIn("c.csv: error:", lines[2])

    def test_a_folder_without_files_is_a_mistake(self):
        os.mkdir(self.path("empty"))
        self.assertEqual(self.assay("analyse", "--batch", "empty").code, ERROR)
        self.assertEqual(self.assay("analyse", "--batch", "missing").code, ERROR)


class Unpaired(CliTest):
    def test_two_files_are_compared_without_a_verdict(self):
        self.write("before.csv", "v\n" + "".join(f"{100 + row % 7}\n" for row in range(30)))
        self.write("after.csv", "v\n" + "".join(f"{50 + row % 7}\n" for row in range(30)))
        done = self.assay("analyse", "--unpaired", "before.csv", "after.csv", "--json")
        self.assertEqual(done.code, OK, done.err)
        self.assertEqual(done.json()["finding"], "difference observed")
        self.assertFalse(done.json()["order_controlled"])
        self.assertNotIn("verdict", done.json())
        strict = self.assay("analyse", "--unpaired", "--strict", "before.csv", "after.csv", "--json")
        self.assertEqual(strict.json()["effect"]["confidence"], 0.99)

    def test_a_yes_or_no_per_trial_is_compared_exactly(self):
        self.write("before.csv", "v\n" + "1\n" + "0\n" * 9)
        self.write("after.csv", "v\n" + "1\n" * 10)
        done = self.assay("analyse", "--unpaired", "--kind", "proportion", "before.csv", "after.csv", "--json")
        self.assertEqual(done.code, OK, done.err)
        self.assertEqual(done.json()["finding"], "difference observed")
        self.assertEqual(done.json()["control"], {"n": 10, "count": 1, "share": 0.1})
        self.write("shares.csv", "v\n0.5\n0.7\n")
        refused = self.assay("analyse", "--unpaired", "--kind", "proportion", "shares.csv", "after.csv")
        self.assertEqual(refused.code, ERROR)
        self.assertIn("--kind difference", refused.err)

    def test_options_of_the_sequential_test_are_refused(self):
        self.write("v.csv", "v\n1\n2\n3\n4\n")
        for words in (["--margin", "2%"], ["--fixed"], ["--max-blocks", "9"], ["--kappa", "1"], ["--anytime"],
                      ["--one-sided", "faster"], ["--goal", "not-worse"]):
            self.assertEqual(self.assay("analyse", "--unpaired", "v.csv", "v.csv", *words).code, ERROR, words)
        self.assertEqual(self.assay("analyse", "--unpaired", "v.csv").code, ERROR)
        for words in (["--margin", "3%"], ["--direction", "lower"], ["--control", "control"], ["--format", "numbers"]):
            self.assertFails(self.assay("analyse", "--unpaired", "v.csv", "v.csv", *words), ERROR,
                             f"--unpaired does not use {words[0]}: ")
        self.assertFails(self.assay("analyse", "--batch", ".", "--metric", "wall"), ERROR, "--batch does not use --metric")

    def test_a_first_line_that_is_a_number_is_a_value(self):
        self.write("one.txt", "".join(f"{value}\n" for value in range(1, 7)))
        self.write("two.txt", "v\n" + "".join(f"{value}\n" for value in range(11, 17)))
        done = self.assay("analyse", "--unpaired", "one.txt", "two.txt", "--json").json()
        self.assertEqual((done["control"]["n"], done["treatment"]["n"]), (6, 6))
        self.assertEqual(done["control"]["median"], 3.5)


if __name__ == "__main__":
    unittest.main()
