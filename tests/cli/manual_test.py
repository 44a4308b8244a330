#!/usr/bin/python3
"""Manual pages: every command has one, and man, groff and mandoc find nothing to complain about."""

import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from help_text import listed_commands  # noqa: E402
from cli import CliTest


class ManualTest(CliTest):
    def pages(self):
        for line in self.assay("man", "--list").out.splitlines():
            file, *words = line.split()
            yield file, words

    def shown(self, file):
        environment = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"}
        return subprocess.run(("man", "-l", file), cwd=self.folder, env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=True).stdout

    def test_every_command_has_a_page_and_no_reader_finds_fault_with_one(self):
        commands = listed_commands(self.assay("--help").out)
        pages = dict(self.pages())
        self.assertEqual(sorted(pages), sorted(["assay.1", "assay-experiment.5", *(f"assay-{name}.1" for name in commands)]))
        for file, words in pages.items():
            self.write(file, self.assay("man", *words, "--date", "2020-01-31").out)
            for reader in (("man", "--warnings", "-E", "UTF-8", "-l"), ("groff", "-ww", "-man", "-z"),
                           ("mandoc", "-T", "lint", "-W", "warning")):
                ended = subprocess.run((*reader, file), cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       text=True)
                complaints = ended.stderr + (ended.stdout if reader[0] == "mandoc" else "")
                self.assertEqual(complaints, "", f"{reader[0]} {file}")

    def test_a_page_says_what_help_says(self):
        self.write("page", self.assay("man", "compare").out)
        page = re.sub(r"\s+", " ", self.shown("page").replace("\u2010\n", ""))
        for option in re.findall(r"--[a-z-]+", self.assay("compare", "--help").out.split("Commands:")[1].split("Exit")[0].replace("--help", "")):
            self.assertIn(option, page)
        self.assertIn("assay compare 'sleep 0.050' 'sleep 0.040' --margin 5%", page)

    def test_the_page_of_experiment_files_has_every_key(self):
        self.write("page", self.assay("man", "experiment").out)
        page = self.shown("page")
        for key in ("hypothesis", "treatment", "max_blocks", "at_most", "evict"):
            self.assertRegex(page, rf"(?m)^ +{key}\b")

    def test_the_date_in_the_foot_is_the_one_given(self):
        self.assertIn(" 1 2020-01-31 ", self.assay("man", "run", "--date", "2020-01-31").out.splitlines()[0])
        self.assertFails(self.assay("man", "--date", "soon"), 1, "--date", '"soon"')

    def test_a_page_that_does_not_exist_is_refused_with_the_nearest(self):
        self.assertFails(self.assay("man", "comapre"), 1, "comapre", "compare")


if __name__ == "__main__":
    unittest.main()
