#!/usr/bin/python3
"""Long text on a terminal goes through a pager, and nowhere else."""

import os
import pty
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import PROGRAM, CliTest  # noqa: E402


class PagingTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        self.assay("run", self.simulated())
        self.environment |= {"PAGER": "cat >paged; echo shown by the pager", "TERM": "xterm", "LANG": "C.UTF-8"}

    def on_terminal(self, *words, **environment):
        """What a terminal shows, and how the program ends."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execve(PROGRAM, [PROGRAM, *words], {**self.environment, **environment})
        shown = b""
        try:
            while part := os.read(terminal, 4096):
                shown += part
        except OSError:
            pass  # the terminal was closed
        os.close(terminal)
        return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def test_show_and_log_go_through_the_pager(self):
        for words in (("show", "1"), ("log",)):
            shown, code = self.on_terminal(*words)
            self.assertEqual((shown, code), ("shown by the pager\r\n", 0))
            self.assertIn("example", self.read("paged"))
            os.remove(self.path("paged"))

    def test_a_record_on_a_terminal_has_a_line_of_its_effects(self):
        effects = len(self.record(self.records()[0])["blocks"])
        shown, code = self.on_terminal("show", "1", "--no-pager")
        self.assertEqual(code, 0)
        line = re.search("[\u2581-\u2588]{6,}", shown)
        self.assertIsNotNone(line, shown)
        self.assertLessEqual(len(line.group()), effects)
        self.assertNotRegex(self.assay("show", "1").out, "[\u2581-\u2588]")

    def test_a_pager_of_its_own_goes_before_the_usual_one(self):
        shown, _ = self.on_terminal("log", ASSAY_PAGER="cat >/dev/null; echo own")
        self.assertEqual(shown, "own\r\n")

    def test_no_pager_cat_and_a_missing_pager_print_directly(self):
        for words, environment in ((("log", "--no-pager"), {}), (("log",), {"PAGER": "cat"}), (("log",), {"PAGER": ""}),
                                   (("log",), {"TERM": "dumb"}), (("log",), {"PAGER": "no-such-pager-here 2>/dev/null"})):
            shown, code = self.on_terminal(*words, **environment)
            self.assertIn("example", shown)
            self.assertEqual(code, 0)
            self.assertFalse(os.path.exists(self.path("paged")))

    def test_a_pipe_and_programs_get_no_pager(self):
        self.assertIn("example", self.assay("log").out)
        self.on_terminal("log", "--json")
        self.on_terminal("show", "1", "--quiet")
        self.assertFalse(os.path.exists(self.path("paged")))

    def test_a_user_who_leaves_early_is_no_failure(self):
        shown, code = self.on_terminal("show", "1", PAGER="head -n 1")
        self.assertEqual(code, 0)
        self.assertEqual(len(shown.splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
