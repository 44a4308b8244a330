#!/usr/bin/python3
"""documents_test.py sees every command of a document."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from documents_test import Document  # noqa: E402


class ADocument(unittest.TestCase):
    def checked(self, text):
        with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            return Document(file.name).check()

    def test_has_its_blocks_run(self):
        document = self.checked("# A\n\n```sh\necho 1\n```\n\n```output\n2\n```\n")
        self.assertEqual((document.run_blocks, document.faults), (1, []))
        self.assertIn("ended with 3", self.checked("```sh\nexit 3\n```\n").faults[0])

    def test_may_not_indent_commands(self):
        (fault,) = self.checked("# A\n\n    assay claim 0001\n").faults
        self.assertIn(":3: commands that are indented", fault)
        self.assertIn("indented", self.checked("1. one\n\n   ```sh\n   echo 1\n   ```\n").faults[0])

    def test_may_indent_what_is_no_command_or_goes_on_with_a_sentence(self):
        self.assertEqual(self.checked("# A\n\n    a tree\n\n1. Run\n    assay and look\n").faults, [])

    def test_says_of_the_next_block_why_it_is_not_run(self):
        document = self.checked("<!-- not run: it needs a cluster -->\n\n```sh\nexit 1\n```\n\n```sh\ntrue\n```\n")
        self.assertEqual((document.run_blocks, document.not_run, document.faults), (1, ["it needs a cluster"], []))

    def test_says_that_of_no_other_kind_of_block(self):
        for line in ("<!-- not run: it needs a cluster -->", "<!-- exits 3 -->"):
            with self.subTest(line):
                document = self.checked(f"{line}\n\n```toml\na = 1\n```\n\n```sh\ntrue\n```\n")
                self.assertEqual((document.run_blocks, document.not_run), (1, []))
                self.assertIn("about a block of ```sh", document.faults[0])
        self.assertIn("no block follows", self.checked("<!-- exits 3 -->\n").faults[0])


if __name__ == "__main__":
    unittest.main()
