#!/usr/bin/python3
"""Forged records, made from docs/formats alone, and the marks that `assay verify --suspect` finds in them."""

import json
import math
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import INVALID, OK, CliTest  # noqa: E402

EXPERIMENT = """
[experiment]
id = "{name}"
hypothesis = "A shorter nap is faster"
[variable]
kind = "argument"
name = "T"
control = "0.02"
treatment = "{treatment}"
[[workload]]
name = "nap"
command = ["sleep", "{{T}}"]
[[metric]]
name = "wall"
role = "primary"
margin = "{margin}"
[protocol]
min_blocks = {blocks}
max_blocks = {blocks}
alpha = {alpha}
"""


class SuspectTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def measure(self, treatment="0.01", margin="10%", blocks=12, alpha=0.05):
        self.write("nap.toml", EXPERIMENT.format(name="nap", treatment=treatment, margin=margin, blocks=blocks,
                                                alpha=alpha))
        ended = self.assay("run", "nap.toml", "--json")
        self.assertTrue(ended.out, ended.err)
        return ended.json()["record_name"]

    def marks(self):
        answer = self.assay("verify", "--suspect", "--json").json()
        return {mark["mark"] for mark in answer["marks"]}

    def forge(self, name, edit):
        """Writes the record anew as canonical JSON, with the hash of its plan."""
        record = self.record(f"{name}.json")
        edit(record)
        with open(self.path(f".assay/records/{name}.json"), "w", encoding="utf-8") as file:
            file.write(json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def arm(block, index):
    return next(trial for trial in block["trials"] if trial["arm"] == index)


def set_wall(trial, wall_ns):
    trial["usage"]["wall_ns"] = wall_ns
    trial["values"][0] = wall_ns / 1e9


class Honest(SuspectTest):
    def test_labs_have_no_mark(self):
        self.measure()
        self.measure(treatment="0.0199", margin="0.1%", blocks=6, alpha=0.001)
        self.measure(treatment="0.0199", margin="0.1%", blocks=6, alpha=0.001)
        answer = self.assay("verify", "--suspect")
        self.assertEnds(answer, OK)
        self.assertIn("no marks of cherry-picking; only a challenge shows that numbers were measured", answer.out)
        self.assertEqual(self.marks(), set())

    def test_verification_says_nothing_of_marks_unless_it_is_asked(self):
        self.measure()
        self.assertNotIn("marks", self.assay("verify", "--json").json())


class Samples(SuspectTest):
    def setUp(self):
        super().setUp()
        self.name = self.measure(blocks=24, margin="10%")

    def test_of_blocks_that_were_copied(self):
        def copy(record):
            half = len(record["blocks"]) // 2
            draw = random.Random(2)  # as fine as a clock is; which gaps chance leaves must not decide
            for number in range(half):
                for index in (0, 1):
                    set_wall(arm(record["blocks"][number], index), 10 ** 7 + draw.randrange(10 ** 7))
                record["blocks"][number + half]["trials"] = record["blocks"][number]["trials"]
        self.forge(self.name, copy)
        self.assertIn("repeated-samples", self.marks())

    def test_of_a_treatment_that_is_half_of_control(self):
        def halve(record):
            for block in record["blocks"]:
                set_wall(arm(block, 1), arm(block, 0)["usage"]["wall_ns"] // 2)
        self.forge(self.name, halve)
        self.assertIn("repeated-samples", self.marks())

    def test_of_times_typed_in_as_microseconds(self):
        def type_in(record):
            for block in record["blocks"]:
                for trial in block["trials"]:
                    set_wall(trial, trial["usage"]["wall_ns"] // 1000 * 1000)
        self.forge(self.name, type_in)
        self.assertIn("rounded-samples", self.marks())

    def test_of_times_that_were_drawn_without_the_blocks_starts(self):
        def draw(record):
            for number, block in enumerate(record["blocks"]):
                set_wall(arm(block, 0), 400_000_000 + round(9e6 * math.sin(number)) + number)
                set_wall(arm(block, 1), 90_000_000 + round(3e6 * math.cos(2 * number)) + number)
        self.forge(self.name, draw)
        self.assertIn("impossible-times", self.marks())

    def test_of_arms_that_were_run_in_different_hours(self):
        def part(record):
            for block in record["blocks"]:
                arm(block, 0)["strain"]["load"] = 2.31
                arm(block, 1)["strain"]["load"] = 0.17
        self.forge(self.name, part)
        self.assertIn("hours-apart", self.marks())

    def test_of_another_record(self):
        again = self.measure(treatment="0.011", blocks=24)
        earlier = self.record(f"{self.name}.json")["blocks"]

        def reuse(record):
            for block, other in zip(record["blocks"], earlier):
                set_wall(arm(block, 0), arm(other, 0)["usage"]["wall_ns"])
        self.forge(again, reuse)
        self.assertIn("repeated-samples", self.marks())

    def test_that_do_not_verify_are_shown_with_their_marks(self):
        def rise(record):
            for block in record["blocks"]:
                arm(block, 1)["usage"]["user_ns"] = 10 ** 10
        self.forge(self.name, rise)
        answer = self.assay("verify", "--suspect")
        self.assertEnds(answer, INVALID)
        self.assertIn("impossible-times", answer.out)
        self.assertIn("no honest run does this", answer.out)


class Parts(SuspectTest):
    """What every run leaves in its record."""

    def setUp(self):
        super().setUp()
        self.name = self.measure()
        self.assertEqual(self.marks(), set())

    def test_warm_ups_are_missed(self):
        self.forge(self.name, lambda record: record["result"]["audit"].pop("warm_ups"))
        self.assertIn("parts-missing", self.marks())

    def test_an_opening_is_missed(self):
        [opening] = os.listdir(self.path(".assay/openings"))
        os.remove(self.path(f".assay/openings/{opening}"))
        self.assertIn("parts-missing", self.marks())


class Attempts(SuspectTest):
    """Six blocks show nothing at 0.1 %, so that a second attempt may follow."""

    def setUp(self):
        super().setUp()
        self.first = self.measure(treatment="0.0199", margin="0.1%", blocks=6, alpha=0.001)
        self.second = self.measure(treatment="0.0199", margin="0.1%", blocks=6, alpha=0.001)
        self.assertEqual(self.record(f"{self.second}.json")["plan"]["attempt"], 2)

    def test_that_are_not_there_are_missed(self):
        os.remove(self.path(f".assay/records/{self.first}.json"))
        self.assertIn("attempts-missing", self.marks())

    def test_that_were_opened_and_never_recorded_are_missed(self):
        self.forge(self.second, lambda record: record["plan"].update(attempt=1))
        os.remove(self.path(f".assay/records/{self.first}.json"))
        self.assertIn("attempts-missing", self.marks())

    def test_that_have_the_same_number_spent_alpha_twice(self):
        self.forge(self.second, lambda record: record["plan"].update(attempt=1))
        self.assertIn("alpha-twice", self.marks())

    def test_that_ask_for_a_smaller_margin_moved_the_plan(self):
        self.forge(self.second, lambda record: record["plan"]["metrics"][0].update(margin_percent=0.01))
        self.assertIn("plan-moved", self.marks())

    def test_that_have_the_same_random_bytes_chose_their_order(self):
        entropy = self.record(f"{self.first}.json")["plan"]["seed_entropy"]
        self.forge(self.second, lambda record: record["plan"].update(seed_entropy=entropy))
        self.assertIn("seed-twice", self.marks())


if __name__ == "__main__":
    unittest.main()
