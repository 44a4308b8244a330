#!/usr/bin/python3
"""picture_test.py finds what is planted: a circle of rooms, a full folder, a cli that grew.

Usage: picture_faults_test.py
"""

import pathlib
import tempfile
import unittest

import picture_test


class Planted(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for top in ("core", "stats", "experiments/cli"):
            (self.root / top).mkdir(parents=True)

    def plant(self, path, text=""):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def fill(self, folder, names, count):
        for number in range(count):
            self.plant(f"{folder}/{names}{number}.cpp")

    def mistakes(self):
        return list(picture_test.mistakes_in(self.root))

    def test_a_small_house_is_fine(self):
        self.fill("experiments/cli/commands", "command_", picture_test.MOST_UNITS)
        self.fill("experiments/screen", "unit", picture_test.MOST_UNITS)
        self.assertEqual(self.mistakes(), [])

    def test_header_and_body_are_one_unit(self):
        self.fill("core", "unit", picture_test.MOST_UNITS)
        self.plant("core/unit0.hpp")
        self.assertEqual(self.mistakes(), [])

    def test_a_full_folder(self):
        self.fill("core", "unit", picture_test.MOST_UNITS + 1)
        self.assertEqual(self.mistakes(), ["core holds 25 units side by side; at most 24 are allowed"])

    def test_a_circle_of_rooms(self):
        self.plant("experiments/trial/a.cpp", '#include "experiments/record/b.hpp"\n')
        self.plant("experiments/record/b.hpp", '#include "experiments/trial/a.hpp"\n')
        self.assertEqual(len(self.mistakes()), 1)
        self.assertTrue(self.mistakes()[0].startswith("a circle of rooms:"), self.mistakes())

    def test_one_unit_too_many_in_cli(self):
        self.fill("experiments/cli/commands/measuring", "command_", 15)
        self.fill("experiments/cli/commands/records", "command_more_", 15)
        self.fill("experiments/cli", "unit", 5)
        self.plant("experiments/cli/main.cpp")
        self.assertEqual(self.mistakes(), [])
        self.plant("experiments/cli/rule.cpp")
        self.assertEqual(self.mistakes(),
                         ["experiments/cli holds 36 units; at most 35 are allowed: what commands share belongs to "
                          "experiments/screen, and a rule, figure or file format to the room that it is about"])


if __name__ == "__main__":
    unittest.main()
